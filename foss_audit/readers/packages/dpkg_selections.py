# SPDX-License-Identifier: Apache-2.0
"""Reads what `dpkg --get-selections` prints: names of packages without their versions."""

import re
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "dpkg-selections"
DESCRIPTION = "Debian and Ubuntu packages without versions, printed by `dpkg --get-selections`"

_ROW = re.compile(r"([a-z0-9][a-z0-9+.-]+)(?::[a-z0-9]+)?[ \t]+(install|hold|deinstall|purge)$")


def recognises(head: Head) -> bool:
    """Whether nearly all lines are a name and what is wanted of it."""
    return share(sample(head), _ROW.match) >= 0.95


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for number, line in opened.lines:
        row = _ROW.match(line)
        if row is None:
            found.problem(LINE, number, strange_line("dpkg --get-selections"))
        elif row[2] in ("deinstall", "purge"):
            found.skip(LINE, number, SkipReason.NOT_INSTALLED)
        else:
            add_package(found, number, "deb", "", row[1], "")
    return reading_of(found, NAME, opened)
