# SPDX-License-Identifier: Apache-2.0
"""Reads what `conda list` prints: packages of an environment, those that pip installed among them."""

from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "conda-list"
DESCRIPTION = "Conda packages, printed by `conda list`"

_OPENING = "# packages in environment at "


def recognises(head: Head) -> bool:
    """Whether the file begins as conda does."""
    lines = sample(head)
    return bool(lines) and lines[0].startswith(_OPENING)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for number, line in opened.lines:
        cells = line.split()
        if line.startswith("#"):
            continue
        if not 2 <= len(cells) <= 4:
            found.problem(LINE, number, strange_line("conda list"))
        else:
            add_package(found, number, "pypi" if cells[-1] == "pypi" else "conda", "", cells[0], cells[1])
    return reading_of(found, NAME, opened)
