# SPDX-License-Identifier: Apache-2.0
"""Reads what `snap list` prints, also with `--all`: a line is a revision of a snap."""

from collections.abc import Sequence
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "snap-list"
DESCRIPTION = "Snaps, printed by `snap list`, also with `--all`"

_VERIFIED = "✓✪*"
"""Marks that snap puts behind publishers that are known to be who they say."""
_DISABLED = "disabled"


def recognises(head: Head) -> bool:
    """Whether snap's heading comes first and lines of as many columns follow."""
    lines = sample(head)
    heading = lines[0].split() if lines else []
    return _is_heading(heading) and share(lines[1:], lambda line: len(line.split()) == len(heading)) >= 0.8


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. A revision that is disabled beside one that is not is an old one and no longer installed.

    Raises UnreadableFile where the file is no text or beyond a limit.
    """
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    heading = opened.lines[0][1].split() if opened.lines else []
    rows = [(number, line.split()) for number, line in opened.lines[1:]]
    enabled = {cells[0] for _, cells in rows if len(cells) == len(heading) and not _is_disabled(cells)}
    for number, cells in rows:
        if len(cells) != len(heading) or len(cells) < 2:
            found.problem(LINE, number, strange_line("snap list"))
        elif _is_disabled(cells) and cells[0] in enabled:
            found.skip(LINE, number, SkipReason.NOT_INSTALLED)
        else:
            publisher = cells[-2].rstrip(_VERIFIED)
            add_package(found, number, "snap", "", cells[0], cells[1], "" if publisher in ("-", "--") else publisher)
    return reading_of(found, NAME, opened)


def _is_heading(cells: Sequence[str]) -> bool:
    return 5 <= len(cells) <= 6 and cells[0] in ("Name", "Nama") and cells[2] == "Rev" and cells[-1] in ("Notes", "Catatan")


def _is_disabled(cells: Sequence[str]) -> bool:
    return _DISABLED in cells[-1].split(",")
