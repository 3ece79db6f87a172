# SPDX-License-Identifier: Apache-2.0
"""Reads what `qlist -Iv` and `equery list` print: packages of Gentoo, named with their category."""

import re
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.package_urls import package_url
from foss_audit.readers.packages.printed_list import open_list, reading_of, sample, share, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "gentoo-list"
DESCRIPTION = "Gentoo packages, printed by `qlist -Iv` or `equery list`"

_ROW = re.compile(
    r"(?:\[[IPO-]{3}\] \[[ ~M?-]{0,3}\] )?((?:[a-z0-9]+-[a-z0-9]+|virtual)/[A-Za-z0-9+_][A-Za-z0-9+_-]*?)"
    r"-(\d[\w.]*(?:-r\d+)?)(?::\S+| \(\S+\))?$"
)
_AROUND = re.compile(r" \* |\[ Searching|\[I-O\]")
_LONGEST = 300


def recognises(head: Head) -> bool:
    """Whether nearly all lines are a category, a name and a version."""
    return share([line for line in sample(head) if not _AROUND.match(line)], _row) >= 0.95


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for number, line in opened.lines:
        if _AROUND.match(line):
            continue
        row = _row(line)
        if row is None:
            found.problem(LINE, number, strange_line("qlist -Iv"))
        else:
            category, _, name = row[1].partition("/")
            found.add(name, row[2], "", "", package_url("ebuild", category, name, row[2]), LINE, number)
    return reading_of(found, NAME, opened)


def _row(line: str) -> re.Match[str] | None:
    return _ROW.match(line) if len(line) <= _LONGEST else None
