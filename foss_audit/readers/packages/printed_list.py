# SPDX-License-Identifier: Apache-2.0
"""Lists that package tools print: their lines, blocks of fields, the prompt above them, and how a package is an entry."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from foss_audit.messages import Message, message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Limits, Reading
from foss_audit.readers.package_urls import package_url
from foss_audit.readers.text_lines import LINE, TextLines, read_lines

_SAMPLE_LINES = 300
_SAMPLE_CHARACTERS = 60_000
"""A head of that length may end within a line."""
_LONGEST_LINE = 4_000


@dataclass(frozen=True, slots=True)
class PrintedList:
    """The lines of a list that are neither blank nor a command typed above it."""

    lines: tuple[tuple[int, str], ...]
    """(1-based number, text without spaces at its end; tabs there part an empty cell)."""
    text: TextLines

    def beginning(self) -> list[str]:
        """The first lines, by which a layout is found."""
        return [line[:_LONGEST_LINE] for _, line in self.lines[:_SAMPLE_LINES]]


def open_list(path: Path, file: str, limits: Limits) -> PrintedList:
    """The lines of a printed list. Raises UnreadableFile where it is beyond a limit or no text."""
    text = read_lines(path, file, limits)
    return PrintedList(tuple((number, line.rstrip(" ")) for number, line in enumerate(text.lines, 1) if line.strip()), text)


def sample(head: Head) -> Sequence[str]:
    """The first lines of a file that are neither blank nor a typed command, whole ones only."""
    return _sample(head.text)


@lru_cache(maxsize=4)
def _sample(text: str) -> Sequence[str]:
    found = []
    *whole, last = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n", _SAMPLE_LINES)
    if len(whole) < _SAMPLE_LINES and len(text) < _SAMPLE_CHARACTERS:
        whole.append(last)
    for line in whole:
        if line.strip():
            found.append(line.rstrip(" ")[:_LONGEST_LINE])
    return tuple(found)


def share(lines: Sequence[str], fits: Callable[[str], object]) -> float:
    """Which part of the lines fits; 0 where there are none.

    >>> share(["a", "b", "1"], str.isalpha) > 0.6
    True
    """
    return sum(1 for line in lines if fits(line)) / len(lines) if lines else 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines `Field: value` that belong together."""

    position: int
    """1-based number of its first line."""
    fields: Mapping[str, str]
    """By lower-case name; what is folded over several lines is joined by a blank. The first of a name counts."""


def blocks(lines: Sequence[str], field: re.Pattern[str], kept: frozenset[str], starts: str | None = None) -> Iterator[Block]:
    """The blocks of a text, parted by blank lines or, where `starts` is given, begun by the field of that lower-case name.

    `field` has the name as group 1 and the value as group 2; an indented line that does not match goes on with the field
    above it. Only fields that are `kept` (in lower case) are remembered. What stands above the first start is left out.
    """
    block = _Gathered(0)
    for number, line in enumerate(lines, 1):
        match = field.match(line)
        name = match[1].strip().casefold() if match else ""
        if name == starts if starts is not None else not line.strip():
            if block.position:
                yield block.done()
            block = _Gathered(number if starts is not None else 0)
        if not line.strip() or (starts is not None and not block.position):
            continue
        block.position = block.position or number
        block.take(name, match[2] if match else line, kept, continued=match is None and line[0].isspace())
    if block.position:
        yield block.done()


class _Gathered:
    """A block that is being read."""

    def __init__(self, position: int) -> None:
        self.position = position
        self._fields: dict[str, list[str]] = {}
        self._last: list[str] | None = None

    def take(self, name: str, text: str, kept: frozenset[str], *, continued: bool) -> None:
        """A field, or what goes on with the last one; the first of a name counts."""
        if continued:
            if self._last is not None:
                self._last.append(text.strip())
            return
        self._last = None
        if name in kept and name not in self._fields:
            self._last = self._fields[name] = [text.strip()]

    def done(self) -> Block:
        return Block(self.position, {name: " ".join(filter(None, parts)) for name, parts in self._fields.items()})


def add_package(
    found: EntryCollector,
    line: int,
    type: str,
    namespace: str,
    name: str,
    version: str,
    publisher: str = "",
    license: str = "",
    unfree_area: str = "",
) -> None:
    """One package of a package manager, by its purl's type, as an entry on a line; `unfree_area` as in package_url."""
    name, version = found.text(name, "name", LINE, line), found.text(version, "version", LINE, line)
    _add(found, line, name, version, publisher, license, package_url(type, namespace, name, version, unfree_area))


def add_software(found: EntryCollector, line: int, name: str, version: str, publisher: str = "", license: str = "") -> None:
    """One piece of software that no package manager of a system vouches for, as an entry on a line."""
    name, version = found.text(name, "name", LINE, line), found.text(version, "version", LINE, line)
    _add(found, line, name, version, publisher, license, "")


def _add(found: EntryCollector, line: int, name: str, version: str, publisher: str, license: str, purl: str) -> None:
    publisher, license = found.text(publisher, "publisher", LINE, line), found.text(license, "license", LINE, line)
    if name:
        found.add(name, version, publisher, license, purl, LINE, line)
    else:
        found.problem(LINE, line, message("This line names no software; correct it, or export the list again."))


def strange_line(tool: str) -> Message:
    """What to say of a line that the tool would not have printed."""
    return message(
        "This line is none that {tool} prints and was not read; export the list again, or correct the line.", tool=tool
    )


def nameless_block() -> Message:
    """What to say of a block of fields that does not say what it is about."""
    return message("This block names no package; copy the file or export the list again.")


def reading_of(found: EntryCollector, reader: str, opened: PrintedList, device: str | None = None) -> Reading:
    """All that was found in a list; `device` where the tool itself names one."""
    text = opened.text
    return found.reading(reader, text.encoding, device or text.device, text.notes, hosts=text.hosts)
