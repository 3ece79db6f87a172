# SPDX-License-Identifier: Apache-2.0
"""Reads what `gem list` prints: every version of a gem is an entry."""

import re
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "gem-list"
DESCRIPTION = "Ruby gems, printed by `gem list`"

_HEADING = "*** LOCAL GEMS ***"
_ROW = re.compile(r"([A-Za-z0-9_][\w.-]*) \(((?:default: )?\d[^()]*)\)$")


def recognises(head: Head) -> bool:
    """Whether gem's heading comes first, or all lines are gems and one shows what only gem prints."""
    lines = sample(head)
    if lines and lines[0].strip() == _HEADING:
        return True
    return share(lines, _ROW.match) >= 0.95 and any("(default: " in line for line in lines)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every version on every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for number, line in opened.lines:
        if line.strip() == _HEADING:
            continue
        row = _ROW.match(line)
        if row is None:
            found.problem(LINE, number, strange_line("gem list"))
            continue
        for version in row[2].split(","):
            # Behind the version stand the platforms: `1.15.4 x86_64-linux`.
            number_of = version.strip().removeprefix("default: ").partition(" ")[0]
            add_package(found, number, "gem", "", row[1], number_of)
    return reading_of(found, NAME, opened)
