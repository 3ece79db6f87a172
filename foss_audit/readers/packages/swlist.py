# SPDX-License-Identifier: Apache-2.0
"""Reads what `swlist` prints on HP-UX: a tag, a version and a title a line, below the target that it lists."""

import re
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import add_software, open_list, reading_of, sample, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "swlist"
DESCRIPTION = "HP-UX software, printed by `swlist`"

_TARGET = re.compile(r"# Target: +([\w.-]+):")
_ROW = re.compile(r"  ([A-Za-z0-9][\w.+-]*)(?: +([A-Za-z]?[\w.]*\d[\w.]*))?(?: +(\S.*))?$")


def recognises(head: Head) -> bool:
    """Whether a comment near the top names the target."""
    return any(_TARGET.match(line) for line in sample(head)[:12])


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line that is no comment. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    device = None
    for number, line in opened.lines:
        if line.startswith("#"):
            target = _TARGET.match(line)
            device = device or (target[1] if target else None)
            continue
        row = _ROW.match(line) if len(line) < 1000 else None
        if row is None:
            found.problem(LINE, number, strange_line("swlist"))
        else:
            add_software(found, number, row[3] or row[1], row[2] or "")
    return reading_of(found, NAME, opened, device)
