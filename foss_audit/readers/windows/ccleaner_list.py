# SPDX-License-Identifier: Apache-2.0
"""What CCleaner saves of its uninstall list: name, publisher, date, size and version between tabs, without a heading."""

import re
from collections.abc import Sequence
from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "ccleaner-list"
DESCRIPTION = "CCleaner's uninstall list saved as text (name, publisher, date, size, version between tabs, no heading)"

_DATE = re.compile(r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\.?")
_SIZE = re.compile(r"[\d.,\u00a0\u202f ]{1,12}\s?(?:[KMG]?[BO]|[КМГ]?Б)", re.IGNORECASE)
"""In bytes, French octets or Russian байт."""
_CELLS = 5
_LINES_OF_HEAD = 100
_MOST = 0.9


def recognises(head: Head) -> bool:
    """Whether the lines have a date and a size where CCleaner writes them."""
    lines = [line for line in head.text.lstrip("\ufeff").splitlines()[:_LINES_OF_HEAD] if line.strip()]
    rows = [line.split("\t") for line in lines]
    return (
        bool(rows)
        and sum(_is_row(row) for row in rows) >= _MOST * len(rows)
        and any(_SIZE.fullmatch(row[3].strip()) for row in rows if len(row) == _CELLS)
    )


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile for what is no text."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for position, line in enumerate(text.lines, 1):
        row = line.split("\t")
        if not line.strip():
            continue
        name = found.text(row[0], "Name", LINE, position)
        if not name or not _is_row(row):
            found.problem(LINE, position, message("This line is no row of CCleaner's list; save the list again."))
        else:
            version = found.text(row[4], "Version", LINE, position) if len(row) == _CELLS else ""
            found.add(name, version, found.text(row[1], "Publisher", LINE, position), "", "", LINE, position)
    return found.reading_of_lines(NAME, text)


def _is_row(row: Sequence[str]) -> bool:
    """Name, publisher, date, size, version; the last may be missing with its tab."""
    return (
        _CELLS - 1 <= len(row) <= _CELLS
        and _DATE.fullmatch(row[2].strip()) is not None
        and (not row[3].strip() or _SIZE.fullmatch(row[3].strip()) is not None)
    )
