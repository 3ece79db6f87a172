# SPDX-License-Identifier: Apache-2.0
"""Blocks in which officials sign below or beside a table."""

import re
from itertools import pairwise

import numpy as np

from foss_audit.tables.below import Below, Flags
from foss_audit.tables.grid import Column
from foss_audit.tables.words import WordSet, searched

_DIGIT = r"[0-9]"
_DATED_PLACE = re.compile(
    r"^[^\d,]{3,60},\s*(?:tanggal\s+|tgl\.?\s*)?(?:\d{1,2}\s+|[._…]{2,}\s*)?[^\W\d]{3,12}\s*(?:\d{4}|20[._…]+)$"
)
_LONGEST_SIGNATURE = 10
"""Rows from the opening of a signature block to the last of its lines, at most."""


def signature_blocks(below: Below) -> Flags:
    """The block in which officials sign: from its opening line to the last of its lines, entries in it excepted."""
    opening = WordSet(below.words.get("signature", ()))
    closing = WordSet(below.words.get("signature-end", ()))
    marks = np.zeros(below.rows, dtype=bool)
    ends = np.zeros(below.rows, dtype=bool)
    for index, column in enumerate(below.all):
        if index == below.positions.get("number") and below.is_numbered.all():
            continue
        # Beside a name only what stands before it counts: a user may well be a "Kepala Dinas".
        counts = ~below.has_name if index > below.name_position else np.ones(below.rows, dtype=bool)
        opens = opening.among(column.texts) | _dated_places(column)
        closes = closing.among(column.texts)
        if opens.any():
            marks |= column.where(opens) & counts
        if closes.any():
            ends |= column.where(closes) & counts
    sure = _surely_entry(below)
    return _block(below, (marks | ends) & ~sure, ends, sure)


def _surely_entry(below: Below) -> Flags:
    """Rows with a name that nobody would take for a signature: numbered, or with a figure for version, quantity or device."""
    sure = below.is_numbered.copy()
    for canonical in ("version", "quantity", "device"):
        if canonical in below.named:
            column = below.named[canonical]
            if not sure.all():
                sure |= column.where(searched(column.texts, _DIGIT) & ~_dated_places(column))
    return sure & below.has_name


def _block(below: Below, marked: Flags, ends: Flags, sure: Flags) -> Flags:
    """The marked rows, what stands between two of them, and what stands below the last."""
    found = marked.copy()
    marks = np.flatnonzero(marked)
    described = sure | (below.has_name & below.says("version", "publisher", "license", "purl") & (below.count > 2))
    for first, second in pairwise(marks):
        between = slice(first + 1, second)
        if not ends[first] and second - first <= _LONGEST_SIGNATURE and not described[between].any():
            found[between] = True
    if len(marks) and not ends[marks[-1]] and below.rows - marks[-1] <= _LONGEST_SIGNATURE:
        rest = slice(marks[-1] + 1, below.rows)
        if not (sure | (below.has_name & below.says("version", "publisher", "license", "purl")))[rest].any():
            found[rest] = True
    return found


def _dated_places(column: Column) -> Flags:
    """`Tabanan, 12 Januari 2026`: few texts have a comma and end so."""
    likely = searched(column.texts, r"^[^0-9,]{3,60}, *[^ ].{0,40}(?:[0-9]{4}|20[._…]+)$")
    for index in np.flatnonzero(likely):
        likely[index] = _DATED_PLACE.match(str(column.texts.iat[index])) is not None
    return likely
