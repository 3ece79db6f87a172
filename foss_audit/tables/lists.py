# SPDX-License-Identifier: Apache-2.0
"""Several names of software in one cell: told apart where that is sure, refused where it is not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from foss_audit.tables.headings import is_written_by_machine
from foss_audit.tables.table import Table
from foss_audit.tables.words import WordSet, searched

_MAY_BE_A_LIST = "[;,•▪●◦]|^[-*·–>✓✔] *[^ ]|^1[.)] *[^ ]"
_BULLET = re.compile(r"^\s*(?:[-*·–>✓✔•▪●◦]\s*|\d{1,2}[.)]\s*(?=\D))")
_INLINE_BULLET = re.compile(r"\s*[•▪●◦]\s*")
_NUMBERED = re.compile(r"(?:^|[\s;,])(\d{1,2})[.)]\s*(?=[^\W\d])")
_OUTER_COMMA = re.compile(r",(?![^()\[\]]*[)\]])(?!\d)\s*")
_OUTER_SEMICOLON = re.compile(r";(?![^()\[\]]*[)\]])\s*")
_AND = re.compile(r"^(?:dan|serta|and|&|\+)\s+", re.IGNORECASE)
_AND_MORE = re.compile(r"^(?:dan lain(?:\s*-\s*lain|nya)?|dll|dsb|dst|lain\s*-\s*lain|etc)\b[.\s]*$", re.IGNORECASE)
_OPEN_END = re.compile(r"[-,(&/+:]$|\b(?:for|dan|and|untuk|of|with)$", re.IGNORECASE)
_LONGEST_TITLE = 120
_MOST_PARTS = 500
_ALONGSIDE = ("version", "publisher", "license", "claim")


class Certainty(Enum):
    """What a cell is known to be."""

    ONE = "one name"
    MANY = "several names"
    UNSURE = "one or several"


@dataclass(frozen=True, slots=True)
class Names:
    """A cell, told apart."""

    certainty: Certainty
    parts: tuple[str, ...] = ()
    more: bool = False
    """Whether it ends with `dll.`: there is more that it does not name."""


@dataclass(slots=True)
class NameLists:
    """The cells of a table that hold several names. Positions are those of rows below the heading."""

    parts: dict[int, tuple[str, ...]] = field(default_factory=dict)
    alongside: dict[int, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """Canonical columns whose cell has as many lines: one for each name."""
    unsure: list[int] = field(default_factory=list)
    more: list[int] = field(default_factory=list)
    """Rows that say there is more software than they name."""

    @property
    def columns(self) -> frozenset[str]:
        """Canonical columns with a line for each name in some row."""
        return frozenset(canonical for columns in self.alongside.values() for canonical in columns)

    def texts(self, row: int, canonical: str) -> tuple[str, ...]:
        """What a column says of each of the names of a row; '' where it has no line for each."""
        parts = self.parts[row]
        return parts if canonical == "name" else self.alongside[row].get(canonical, ("",) * len(parts))


def name_lists(table: Table, rows: NDArray[np.intp], words: Mapping[str, tuple[str, ...]]) -> NameLists:
    """The lists among the entries at `rows`. A program's export has none: there a cell is one name.

    Line breaks, semicolons, bullets and numbers part names; commas only where every part may be a name and two are known
    ones (words of kind `known-software`). A line with a version or publisher of its own is one piece of software.
    """
    found = NameLists()
    if table.header is not None and is_written_by_machine(table.header, table.required, words):
        return found
    position = table.header.columns[table.required] if table.header is not None else _only_column(table)
    column = table.columns[table.required]
    likely = column.where(searched(column.texts, _MAY_BE_A_LIST))
    likely |= table.grid.with_line_breaks(position)[table.grid.rows - len(likely) :]
    splitter = _Splitter.of(words, _is_of_devices(table), table.header is None)
    for row in rows[likely[rows]]:
        written = table.grid.as_written(position, int(table.rows[row]) - 1)
        names = splitter.names(written)
        if names.certainty is Certainty.ONE:
            continue
        alongside = _alongside(table, int(row), len(names.parts))
        if alongside is None and not splitter.is_marked(written) and not splitter.knows_several(names, written):
            continue
        if alongside is None or names.certainty is Certainty.UNSURE:
            found.unsure.append(int(row))
            continue
        found.parts[int(row)] = names.parts
        found.alongside[int(row)] = alongside
        if names.more:
            found.more.append(int(row))
    return found


def names_in_cell(written: str, words: Mapping[str, tuple[str, ...]], of_devices: bool) -> Names:
    """The names in one cell with its line breaks; `of_devices`: whether its row is a device or a person."""
    return _Splitter.of(words, of_devices).names(written)


def _is_of_devices(table: Table) -> bool:
    """Whether a row is a device or a person rather than a piece of software."""
    return bool({"device", "user"} & set(table.columns)) and not {"version", "publisher"} & set(table.columns)


def _only_column(table: Table) -> int:
    return next((index for index, column in enumerate(table.grid.columns) if column.filled().any()), 0)


def _alongside(table: Table, row: int, count: int) -> dict[str, tuple[str, ...]] | None:
    """Cells of the row with as many lines as there are names; None where one says something of all or of one of them."""
    found: dict[str, tuple[str, ...]] = {}
    for canonical in _ALONGSIDE:
        column = table.columns.get(canonical)
        if column is None or table.header is None or canonical not in table.header.columns or not column.text(row):
            continue
        written = table.grid.as_written(table.header.columns[canonical], int(table.rows[row]) - 1)
        lines = [" ".join(line.split()) for line in re.split(r"[\n;]", written) if line.strip()]
        if len(lines) == count:
            found[canonical] = tuple(_BULLET.sub("", line) for line in lines)
        elif canonical != "claim":
            return None
    return found


@dataclass(frozen=True, slots=True)
class _Splitter:
    known: WordSet
    tails: WordSet
    publishers: WordSet
    of_devices: bool
    """Whether a row of the table is a device, so that a cell may well be a list."""
    bare_list: bool
    """Whether the table is a list of names without a heading: a comma there is part of a name."""

    @classmethod
    def of(cls, words: Mapping[str, tuple[str, ...]], of_devices: bool, bare_list: bool = False) -> "_Splitter":
        """With the words of the rules."""
        known, tails, publishers = (WordSet(words.get(kind, ())) for kind in ("known-software", "title-tail", "publisher-name"))
        return cls(known, tails, publishers, of_devices, bare_list)

    def names(self, written: str) -> Names:
        """The names in a cell."""
        if len(written) > _LONGEST_TITLE * _MOST_PARTS:
            return Names(Certainty.ONE)
        lines = [line.strip() for line in written.splitlines() if line.strip()]
        for marked in (self._bulleted(lines), self._numbered(" ".join(lines)), self._inline(" ".join(lines))):
            if len(marked) > 1:
                return self._sure(marked)
        if len(lines) > 1:
            return self._of_lines(lines)
        text = lines[0] if lines else ""
        text = _BULLET.sub("", text)
        by_semicolon = [part for part in _OUTER_SEMICOLON.split(text) if part]
        if len(by_semicolon) > 1:
            names = self._sure(by_semicolon)
            return names if names.certainty is Certainty.MANY else Names(Certainty.ONE)
        return Names(Certainty.ONE) if self.bare_list else self._of_commas(text)

    def is_marked(self, written: str) -> bool:
        """Whether bullets or numbers mark the names."""
        lines = written.splitlines()
        return any(len(found) > 1 for found in (self._bulleted(lines), self._numbered(" ".join(lines)), self._inline(written)))

    def knows_several(self, names: Names, written: str) -> bool:
        """Whether two of the names are known ones; line breaks alone part nothing then, as a wrapped name has them too."""
        return ";" in written and sum(self.known.matches(part) for part in names.parts) > 1

    def _bulleted(self, lines: Sequence[str]) -> list[str]:
        """Lines behind bullets or numbers; a line without one goes on with the one before it."""
        if sum(_BULLET.match(line) is not None for line in lines) < 2:
            return []
        found: list[str] = []
        for line in lines:
            if _BULLET.match(line) or not found:
                found.append(_BULLET.sub("", line))
            else:
                found[-1] += " " + line
        return found

    def _numbered(self, text: str) -> list[str]:
        """`1. Office 2. Chrome`, counted without a gap."""
        marks = list(_NUMBERED.finditer(text))
        if len(marks) < 2 or marks[0].start() or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
            return []
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]

    def _inline(self, text: str) -> list[str]:
        return [part for part in _INLINE_BULLET.split(text) if part.strip()]

    def _sure(self, parts: Sequence[str]) -> Names:
        tidy, more = _tidy(parts)
        if not all(any(map(str.isalpha, part)) for part in tidy) or any(self.tails.matches(part) for part in tidy):
            return Names(Certainty.UNSURE if len(tidy) > 1 else Certainty.ONE)
        return Names(Certainty.MANY if len(tidy) > 1 or more else Certainty.ONE, tuple(tidy), more)

    def _of_lines(self, lines: Sequence[str]) -> Names:
        """Names on lines of their own; what only goes on with a name is put to it."""
        joined: list[str] = []
        for line in lines:
            goes_on = not _has_letters(line) or line.startswith(("(", "[")) or self.tails.matches(line)
            if joined and (goes_on or self._is_open(joined[-1])):
                joined[-1] += " " + line
            else:
                joined.append(line)
        parts = [
            part for line in joined for part in (_OUTER_SEMICOLON.split(line) if ";" in line else [line]) if part.strip(" ,;")
        ]
        known = sum(self.known.matches(part) for part in parts)
        if len(parts) == 1 or not (self.of_devices or known > 1):
            return Names(Certainty.ONE)
        return self._sure(parts)

    def _is_open(self, line: str) -> bool:
        """Whether a line breaks off: behind a publisher, a bracket, a *for*."""
        return self.publishers.matches(line) or (_OPEN_END.search(line) is not None and not line.endswith(","))

    def _of_commas(self, text: str) -> Names:
        parts, more = _tidy(_OUTER_COMMA.split(text))
        if (len(parts) < 2 and not more) or not all(_has_letters(part) and len(part) <= _LONGEST_TITLE for part in parts):
            return Names(Certainty.ONE)
        if any(self.tails.matches(part) for part in parts):
            return Names(Certainty.ONE)
        known = sum(self.known.matches(part) for part in parts)
        if (known > 1 or (more and known)) and 2 * known >= len(parts):
            return Names(Certainty.MANY, tuple(parts), more)
        return Names(Certainty.UNSURE if self.of_devices and known else Certainty.ONE)


def _tidy(parts: Sequence[str]) -> tuple[list[str], bool]:
    """Parts without blanks, a leading `dan` and what stands for more of them; and whether that is there."""
    bare = [_AND.sub("", " ".join(part.split()).strip(" ,;")) for part in parts]
    bare = [part for part in bare if part]
    named = [part for part in bare if not _AND_MORE.match(part)]
    return named, len(named) < len(bare)


def _has_letters(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= 2
