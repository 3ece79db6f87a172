# SPDX-License-Identifier: Apache-2.0
"""Reads what `pacman -Q` prints: `bash 5.1.016-1`."""

import re
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import alpm_distribution
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "pacman-list"
DESCRIPTION = "Packages of Arch Linux and its kin, printed by `pacman -Q`"

_ROW = re.compile(r"([a-z0-9@_+][A-Za-z0-9@._+-]*) ((?:\d+:)?[A-Za-z0-9][A-Za-z0-9._+~]*-\d+(?:\.\d+)?)(?: \[[a-z]+\])?$")
_FEWEST = 2


def recognises(head: Head) -> bool:
    """Whether all but a few lines are a name and a version with pacman's release."""
    lines = sample(head)
    return len(lines) >= _FEWEST and share(lines, _ROW.match) >= 0.95


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    rows = [(number, _ROW.match(line)) for number, line in opened.lines]
    namespace = alpm_distribution(row[1] for _, row in rows if row is not None)
    for number, row in rows:
        if row is None:
            found.problem(LINE, number, strange_line("pacman -Q"))
        else:
            add_package(found, number, "alpm", namespace, row[1], row[2])
    return reading_of(found, NAME, opened)
