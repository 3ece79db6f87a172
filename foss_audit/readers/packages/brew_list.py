# SPDX-License-Identifier: Apache-2.0
"""Reads what `brew list` prints: names below headings, or names with all their installed versions."""

import re
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "brew-list"
DESCRIPTION = "Packages of Homebrew, printed by `brew list`, also with `--versions`"

_HEADING = re.compile(r"==> (?:Formulae|Casks)$")
_NAME = re.compile(r"[a-z0-9][a-z0-9@+._/-]*$")
_VERSIONS = re.compile(r"([a-z0-9][a-z0-9@+._/-]*)((?: [0-9][\w.,+-]*)+)$")
_OWN = re.compile(r"\S*@\d|\S+ .*\d_\d+(?: |$)")
"""What only Homebrew writes: versioned names (`python@3.12`), revisions of its builds (`1.6.43_1`)."""


def recognises(head: Head) -> bool:
    """Whether a heading of Homebrew's comes first, or all lines are names and versions and one is as only Homebrew writes it."""
    lines = sample(head)
    if lines and _HEADING.match(lines[0]):
        return True
    return share(lines, _VERSIONS.match) >= 0.95 and ("brew" in head.path.stem.casefold() or any(map(_OWN.match, lines)))


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every name, with each of its versions. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for number, line in opened.lines:
        if not _HEADING.match(line):
            _read_line(line, number, found)
    return reading_of(found, NAME, opened)


def _read_line(line: str, number: int, found: EntryCollector) -> None:
    row = _VERSIONS.match(line)
    if row is not None:
        for version in row[2].split():
            add_package(found, number, "brew", "", row[1], version)
        return
    names = line.split()  # on a terminal several stand on a line
    if not all(map(_NAME.match, names)):
        found.problem(LINE, number, strange_line("brew list"))
        return
    for name in names:
        add_package(found, number, "brew", "", name, "")
