# SPDX-License-Identifier: Apache-2.0
"""Reads what `lslpp -lc` prints on AIX: filesets, a line each, separated by colons."""

from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import add_software, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "lslpp-list"
DESCRIPTION = "AIX filesets, printed by `lslpp -lc`"


def recognises(head: Head) -> bool:
    """Whether nearly all lines but the heading name a part of the object database and a fileset with its level."""
    return share([line for line in sample(head) if not line.startswith("#")], _cells) >= 0.9


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line but the heading. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for number, line in opened.lines:
        if line.startswith("#"):
            continue
        cells = _cells(line)
        if not cells:
            found.problem(LINE, number, strange_line("lslpp -lc"))
        else:
            add_software(found, number, cells[1], cells[2])
    return reading_of(found, NAME, opened)


def _cells(line: str) -> list[str]:
    """The cells of a line; none where it is not of this list."""
    cells = [cell.strip() for cell in line.split(":", 7)]
    fits = len(cells) > 5 and cells[0].startswith("/") and cells[0].endswith("/objrepos") and cells[1] and cells[2][:1].isdigit()
    return cells if fits else []
