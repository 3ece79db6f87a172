# SPDX-License-Identifier: Apache-2.0
"""Objects printed as one property a line, in blocks: `Name : value` of Format-List, `Name=value` of wmic. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from foss_audit.readers.windows.records import NAME_FIELDS

_COLOURS = re.compile(r"\x1b\[[0-9;]{0,20}m")
_LONGEST_LABEL = 64
_LABEL = re.compile(r"[^\W\d_][\w .()/#-]{0,63}")
_CAPITALS = re.compile(r"[A-Z][A-Z_]{1,30}: ")


@dataclass(frozen=True, slots=True)
class Block:
    """An object."""

    fields: Mapping[str, str]
    """Names in lower case to values."""
    labels: tuple[str, ...]
    """The names as written."""
    line: int
    """Where its name stands, else where it begins."""
    is_aligned: bool
    """Whether all its separators stand below each other, as Format-List writes them."""


def list_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """The blocks of `Name : value` lines: a blank line ends one, lines indented beyond the separator go on with a value.

    >>> [dict(block.fields) for block in list_blocks(["DisplayName : 7-Zip", "Publisher   : Igor", "              Pavlov"])]
    [{'displayname': '7-Zip', 'publisher': 'Igor Pavlov'}]
    """
    block = _Growing()
    for number, raw in enumerate(lines, 1):
        line = plain(raw).rstrip()
        if not line.strip():
            if block.fields:
                yield block.done()
                block = _Growing()
            continue
        label, separator, value = _labelled(line)
        if label:
            if label.casefold() in block.fields:
                yield block.done()
                block = _Growing()
            block.add(label, value, number, separator)
        elif line[0] in " \t":
            block.go_on(line.strip())
    if block.fields:
        yield block.done()


def assigned_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """The blocks of `Name=value` lines. wmic parts objects by two blank lines and, redirected, doubles every line's end.

    >>> [block.line for block in assigned_blocks(["", "Name=A", "", "Version=1", "", "", "Name=B"])]
    [2, 7]
    """
    block = _Growing()
    blank = 0
    for number, raw in enumerate(lines, 1):
        label, separator, value = raw.strip().partition("=")
        if not separator or not _is_label(label):
            blank = 0 if raw.strip() else blank + 1
            continue
        if block.fields and (blank >= 2 or label.casefold() in block.fields):
            yield block.done()
            block = _Growing()
        block.add(label, value.strip(), number, 0)
        blank = 0
    if block.fields:
        yield block.done()


def inline_properties(text: str, name: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Properties one behind the other: names (group 1, in lower case), and what stands between each and the next.

    >>> list(inline_properties("Name=VMware, Inc., Version=5", re.compile(r"(?:^|, )(Name|Version)=")))
    [('name', 'VMware, Inc.'), ('version', '5')]
    """
    found = list(name.finditer(text))
    ends = [*(following.start() for following in found[1:]), len(text)]
    for property, end in zip(found, ends, strict=False):
        yield property[1].casefold(), text[property.end() : end].strip()


def plain(line: str) -> str:
    """A line without the colours that PowerShell 7 puts in."""
    return _COLOURS.sub("", line) if "\x1b" in line else line


class _Growing:
    """A block that is being read."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._labels: list[str] = []
        self._parts: list[str] = []
        self._label = ""
        self._line = 0
        self._separators: set[int] = set()

    def add(self, label: str, value: str, line: int, separator: int) -> None:
        self._close()
        self._label = label.casefold()
        self._labels.append(label)
        self.fields[self._label] = ""
        self._parts = [value]
        self._separators.add(separator)
        if not self._line or self._label in NAME_FIELDS[:2]:
            self._line = line

    def go_on(self, value: str) -> None:
        if self._label:
            self._parts.append(value)

    def done(self) -> Block:
        self._close()
        return Block(self.fields, tuple(self._labels), self._line, len(self._separators) == 1)

    def _close(self) -> None:
        if self._label:
            self.fields[self._label] = " ".join(part for part in self._parts if part)


def _labelled(line: str) -> tuple[str, int, str]:
    """Label, place of the separator and value of a line; an empty label where the line is no property."""
    if line[0] in " \t":
        return "", 0, ""
    separator = line.find(" :", 0, _LONGEST_LABEL + 2)
    if separator > 0 and line[separator + 2 : separator + 3] in ("", " "):
        label = line[:separator].rstrip()
        return (label, separator, line[separator + 2 :].strip()) if _is_label(label) else ("", 0, "")
    if capitals := _CAPITALS.match(line + " "):
        return capitals[0][:-2], 0, line[capitals.end() - 1 :].strip()
    colon = len(line) - 1 if line.endswith(":") else 0
    # A property without a value loses the blank behind its colon to editors that trim lines.
    return (line[:colon].rstrip(), colon, "") if colon and _is_label(line[:colon].rstrip()) else ("", 0, "")


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and _LABEL.fullmatch(text) is not None
