# SPDX-License-Identifier: Apache-2.0
"""Reads what `flatpak list` prints, by tabs or in columns below a heading, also with columns of one's own."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.fields import Layout, Test, find_layout
from foss_audit.readers.packages.printed_list import add_software, open_list, reading_of, sample, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "flatpak-list"
DESCRIPTION = "Flatpak applications and runtimes, printed by `flatpak list`, also with columns of one's own (`--columns`)"

_ID = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+){2,}…?$")
_BRANCH = re.compile(r"(?:stable|master|beta|main|devel|\d{1,2}(?:\.\d{2})?(?:beta)?(?:-\d{2}\.\d{2})?)$")
_TESTS = (
    Test("id", _ID.match),
    Test("installation", re.compile(r"(?:system|user|default)$").match),
    Test("architecture", re.compile(r"(?:x86_64|aarch64|i386|arm)$").match),
    Test("branch", _BRANCH.match, 0.8),
    Test("version", re.compile(r"[vV]?\d[^\s/]*$").match, 0.7),
    Test("name", lambda cell: any(map(str.isalpha, cell)) and "/" not in cell, names=True),
)
_SHOWN = {
    "Name": "name",
    "Application ID": "id",
    "Application": "id",
    "Version": "version",
    "Branch": "branch",
    "Arch": "architecture",
    "Origin": "origin",
    "Installation": "installation",
    "Ref": "reference",
    "Options": "options",
    "Size": "size",
    "Description": "description",
}
_HEADING = re.compile(r"(?:Name|Ref)[ \t]+.*Application(?: ID)?[ \t]")


def recognises(head: Head) -> bool:
    """Whether a heading of flatpak's comes first, or every line has an application's id and its branch or installation."""
    lines = sample(head)
    if not lines:
        return False
    if _HEADING.match(lines[0]):
        return True
    layout = _layout(lines)
    return layout is not None and not layout.columns.keys().isdisjoint({"branch", "installation"})


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    lines = list(opened.lines)
    heading = lines.pop(0)[1] if lines and _HEADING.match(lines[0][1]) else ""
    layout = None if heading else _layout([line for _, line in lines[:300]])
    for number, line in lines:
        told = _by_heading(heading, line) if heading else _by_layout(layout, line)
        if not _ID.match(told.get("id", "")):
            found.problem(LINE, number, strange_line("flatpak list"))
        else:
            add_software(found, number, _name(told), _version(told))
    return reading_of(found, NAME, opened)


def _name(told: Mapping[str, str]) -> str:
    """What people call it; extensions of a runtime that are called `default` go by their id."""
    name = told.get("name", "")
    return told["id"] if name in ("", "default") else name


def _version(told: Mapping[str, str]) -> str:
    """The version; of a runtime, which has none, its branch."""
    branch = told.get("branch", "")
    return told.get("version", "") or (branch if branch[:1].isdigit() else "")


def _layout(lines: Sequence[str]) -> Layout | None:
    layout = find_layout([line for line in lines if "\t" in line], _TESTS, frozenset({"id"})) if _tabbed(lines) else None
    return layout if layout is not None and layout.separator == "\t" else None


def _tabbed(lines: Sequence[str]) -> bool:
    return sum("\t" in line for line in lines) >= 0.9 * len(lines)


def _by_layout(layout: Layout | None, line: str) -> dict[str, str]:
    cells = layout.cells(line) if layout else None
    return {column: cells[index] for column, index in layout.columns.items()} if layout and cells else {}


def _by_heading(heading: str, line: str) -> dict[str, str]:
    """The columns of a line, which begin where their headings do, or are parted by tabs as they are."""
    if "\t" in heading:
        return dict(
            zip((_SHOWN.get(cell.strip(), "") for cell in heading.split("\t")), map(str.strip, line.split("\t")), strict=False)
        )
    starts = sorted(
        (heading.index(f"{shown} ") if f"{shown} " in heading else heading.rindex(shown), column)
        for shown, column in _SHOWN.items()
        if re.search(rf"(?<!\S){shown}(?: {{1,}}|$)", heading)
    )
    ends = [start for start, _ in starts[1:]] + [len(line)]
    return {column: line[start:end].strip() for (start, column), end in zip(starts, ends, strict=True)}
