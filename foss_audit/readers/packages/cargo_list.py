# SPDX-License-Identifier: Apache-2.0
"""Reads what `cargo install --list` prints: a crate, and indented below it the programs that it brought."""

import re
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "cargo-list"
DESCRIPTION = "Rust programs, printed by `cargo install --list`"

_CRATE = re.compile(r"([A-Za-z0-9_][\w-]*) v(\d[\w.+-]*)(?: \([^()]*\))?:$")
_PROGRAM = re.compile(r"    [\w.-]+$")


def recognises(head: Head) -> bool:
    """Whether all lines are crates and programs, a crate first."""
    lines = sample(head)
    crates = sum(_CRATE.match(line) is not None for line in lines)
    programs = sum(_PROGRAM.match(line) is not None for line in lines)
    return len(lines) > 1 and _CRATE.match(lines[0]) is not None and programs > 0 and crates + programs == len(lines)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every crate. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for number, line in opened.lines:
        if crate := _CRATE.match(line):
            add_package(found, number, "cargo", "", crate[1], crate[2])
        elif not _PROGRAM.match(line):
            found.problem(LINE, number, strange_line("cargo install --list"))
    return reading_of(found, NAME, opened)
