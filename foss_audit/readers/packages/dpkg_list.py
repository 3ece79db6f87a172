# SPDX-License-Identifier: Apache-2.0
"""Reads what `dpkg -l` prints: a line is a package with its state; names that its columns cut are no longer looked up."""

import re
from collections.abc import Sequence
from pathlib import Path

from foss_audit.messages import counted
from foss_audit.model import Note, SkipReason, Source
from foss_audit.readers.entries import EntryCollector, locator
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import DEB_ARCHITECTURES, deb_distribution
from foss_audit.readers.packages.printed_list import (
    add_package,
    add_software,
    open_list,
    reading_of,
    sample,
    share,
    strange_line,
)
from foss_audit.readers.text_lines import LINE

NAME = "dpkg-list"
DESCRIPTION = "Debian and Ubuntu packages, printed by `dpkg -l`, with or without its heading"

_RULE = re.compile(r"\+\+\+-=+(?:-=+)+$")
_ROW = re.compile(r"[uihrp]([ncHUFWti])[ RHX] *(\S+)(?: +(\S+))?(?: +(\S+))?")
_HEADING = re.compile(r"\|[ /|]|[^\s=]+=[^\s=]+/\S")
_GONE = frozenset("nc")
"""States not-installed and config-files."""
_NARROWEST = 14
"""Columns for a name on a terminal of 80."""
_CUT_MARKS = ("…", ">")


def recognises(head: Head) -> bool:
    """Whether there is the rule under dpkg's heading with packages below it, or nothing but lines of packages."""
    lines = sample(head)
    rule = next((number for number, line in enumerate(lines[:60]) if _RULE.match(line)), None)
    if rule is not None:
        return share([line for line in lines[rule + 1 :] if not _is_layout(line)], _is_row) >= 0.8
    return share(lines, _is_whole_row) >= 0.95


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line below the heading. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    lines = _body(opened.lines)
    rows = [(number, _ROW.match(line)) for number, line in lines]
    matched = [(number, row) for number, row in rows if row is not None]
    namespace = deb_distribution(row[3] or "" for _, row in matched)
    cut = _cut_lines(opened.lines, [(number, row[2]) for number, row in matched])
    for number, row in rows:
        if row is None:
            found.problem(LINE, number, strange_line("dpkg -l"))
            continue
        state, name, version = row[1], row[2].partition(":")[0], row[3] or ""
        version = "" if version == "<none>" else version
        if state in _GONE:
            found.skip(LINE, number, SkipReason.NOT_INSTALLED)
        elif number in cut:
            add_software(found, number, name.rstrip("".join(_CUT_MARKS)), version)
        else:
            add_package(found, number, "deb", namespace, name, version)
    if cut:
        found.notes.append(_cut_note(file, sorted(cut)))
    return reading_of(found, NAME, opened)


def _is_row(line: str) -> object:
    return _ROW.match(line)


def _is_whole_row(line: str) -> bool:
    row = _ROW.match(line)
    return row is not None and row[4] in DEB_ARCHITECTURES and any(map(str.isdigit, row[3]))


def _body(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Lines of packages: what stands above the first rule, and every other heading, is none."""
    first = next((number for number, line in lines if _RULE.match(line)), 0)
    return [(number, line) for number, line in lines if number > first and not _is_layout(line)]


def _is_layout(line: str) -> bool:
    return _RULE.match(line) is not None or _HEADING.match(line) is not None


def _cut_lines(lines: Sequence[tuple[int, str]], names: Sequence[tuple[int, str]]) -> frozenset[int]:
    """Lines whose name may be cut: dpkg cuts to the width of the terminal, and says so by nothing but full columns.

    Written to a file, it makes the column as wide as the longest name; a name or two that fill it are whole then.
    """
    marked = frozenset(number for number, name in names if name.endswith(_CUT_MARKS))
    rule = next((line for _, line in lines if _RULE.match(line)), None)
    if rule is None:
        return marked
    width = len(rule.split("-")[1])
    full = frozenset(number for number, name in names if len(name) >= width)
    return marked | full if width <= _NARROWEST or len(full) > max(2, len(names) // 100) else marked


def _cut_note(file: str, lines: Sequence[int]) -> Note:
    return Note(
        Source(file, locator(LINE, lines[0])),
        counted(
            "The name on line {line} fills its column and may be cut; list the packages again with {command}.",
            "{count} names fill their column and may be cut, the first on line {line}; list the packages again with {command}.",
            count=len(lines),
            line=lines[0],
            command="dpkg-query -W",
        ),
    )
