# SPDX-License-Identifier: Apache-2.0
"""Device × software tables: a row for every device, a column for every piece of software or kind of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from foss_audit.tables.grid import Grid
from foss_audit.tables.headings import is_written_by_machine, normalise_heading
from foss_audit.tables.lists import Certainty, names_in_cell
from foss_audit.tables.marks import Marks, MarkWords, read_marks
from foss_audit.tables.rows import RowKind
from foss_audit.tables.table import Table, find_tables
from foss_audit.tables.words import WordSet

_Words = Mapping[str, tuple[str, ...]]
_SPEAKS_OF_SOFTWARE = ("software", "perangkat lunak", "piranti lunak", "aplikasi", "lisensi")
_TITLE_ROWS = 12


@dataclass(frozen=True, slots=True)
class Installed:
    """A piece of software that a cell tells of. `row`: position below the heading; `column`: position in the sheet."""

    row: int
    column: int
    name: str
    version: str = ""
    claim: str = ""


@dataclass(slots=True)
class SoftwareColumns:
    """What the columns of software in a table of devices say."""

    installed: list[Installed] = field(default_factory=list)
    unclear: list[tuple[int, int]] = field(default_factory=list)
    """(row, column) of cells that are not understood."""
    nameless: list[tuple[int, int]] = field(default_factory=list)
    """Cells that tick a kind of software without naming it."""
    headings: list[str] = field(default_factory=list)
    """Of the columns that were read."""
    doubtful: list[str] = field(default_factory=list)
    """Headings of columns of marks of which it cannot be told whether they are software."""
    heads: tuple[int, ...] = ()
    """Positions among the rows of a second row of the heading."""
    cross_is_no: bool = False


def find_device_tables(grid: Grid, headings: Mapping[str, str], words: _Words) -> list[tuple[Table, SoftwareColumns]]:
    """The tables of a sheet that list devices and have columns of software; none where no column surely is one.

    A column is one where its heading names a kind of software (words of kind `software-kind`) or a known piece of it
    (`known-software`), or stands below a heading for software, or the title speaks of software and every cell is a mark.
    """
    found = []
    others = {heading: canonical for heading, canonical in headings.items() if canonical != "name"}
    for table in find_tables(grid, others, words, required="device"):
        if isinstance(table, Table):
            columns = software_columns(table, headings, words)
            if columns.headings:
                found.append((table, columns))
    return found


def is_transposed(table: Table, words: _Words) -> bool:
    """Whether a table only seems to name software: its heading stands over several columns that the row below names."""
    header = table.header
    if header is None or header.height != 1 or "device" not in header.columns or len(table.rows) < 2:
        return False
    position = header.columns["name"]
    below = [column.text(int(table.rows[0]) - 1) for column in table.grid.columns]
    above = [column.text(header.row) for column in table.grid.columns]
    end = next((index for index in range(position + 1, len(above)) if above[index]), len(above))
    if below[header.columns["device"]] or sum(map(bool, below[position:end])) < 2:
        return False
    column = table.grid.columns[position].taken(slice(header.body + 1, None))
    marks = read_marks(column, np.ones(len(column), dtype=bool), MarkWords.of(words))
    return bool((marks.ticks | marks.crosses | marks.noes | marks.versions)[marks.filled].all())


def systems_beside(table: Table, headings: Mapping[str, str], words: _Words) -> list[Installed]:
    """What columns such as `Sistem Operasi` name in a list of software by device; each once for a device."""
    header = table.header
    if header is None or "device" not in header.columns or is_written_by_machine(header, table.required, words):
        return []
    known = WordSet(words.get("known-software", ()))
    named = software_columns(table, headings, words, kinds_only=True).installed
    found: dict[tuple[str, str], Installed] = {}
    for position in dict.fromkeys(one.column for one in named):
        here = [one for one in named if one.column == position]
        if 5 * sum(known.matches(one.name) for one in here) < 4 * len(here):
            continue
        for one in here:
            device = table.columns["device"].text(one.row)
            if device:
                found.setdefault((device.casefold(), one.name.casefold()), one)
    return list(found.values())


def software_columns(table: Table, headings: Mapping[str, str], words: _Words, kinds_only: bool = False) -> SoftwareColumns:
    """What columns of software say in a table with a column of devices; with `kinds_only` those headed by a kind alone."""
    return _Columns(table, headings, words, kinds_only).read()


class _Columns:
    def __init__(self, table: Table, headings: Mapping[str, str], words: _Words, kinds_only: bool) -> None:
        self.table = table
        self.headings = headings
        self.words = words
        self.kinds_only = kinds_only
        self.kinds = WordSet(words.get("software-kind", ()))
        self.known = WordSet(words.get("known-software", ()))
        self.tails = WordSet(words.get("title-tail", ()))
        self.status = WordSet(words.get("status-heading", ()))
        self.hardware = WordSet(words.get("hardware-heading", ()))
        self.found = SoftwareColumns()
        self.entries: NDArray[np.bool_] = table.kinds == RowKind.ENTRY

    def read(self) -> SoftwareColumns:
        header = self.table.header
        assert header is not None  # noqa: S101 - for the type checker; callers ask first
        taken = set(header.columns.values())
        upper = self._texts(header.row)
        lower = self._second_row(taken) if header.height == 1 else self._texts(header.body - 1)
        columns = [
            (position, *_above_and_below(upper, lower, position, taken))
            for position in range(len(upper))
            if position not in taken and (upper[position] or (lower and lower[position]))
        ]
        read = {position: self._marks(position) for position, _, _ in columns}
        ticked = any(marks.ticks.any() for marks in read.values())
        self.found.cross_is_no = ticked and any(marks.crosses.any() for marks in read.values())
        speaks = not self.kinds_only and self._title_speaks_of_software()
        for position, group, heading in columns:
            self._take(position, group, heading, read[position], ticked, speaks)
        self.found.installed.sort(key=lambda one: (one.column, one.row))
        return self.found

    def _take(self, position: int, group: str, heading: str, marks: Marks, ticked: bool, speaks: bool) -> None:
        """Takes the cells of one column, where it is one of software."""
        of_known = bool(group) and self.known.matches(group)
        if not marks.filled.any() or self.hardware.matches(heading) or (self.status.matches(heading) and not of_known):
            return
        is_kind = self.kinds.matches(heading) or (bool(group) and self.kinds.matches(group) and not self.known.matches(heading))
        only_marks = bool((marks.ticks | marks.crosses | marks.noes | marks.versions)[marks.filled].all())
        grouped = self.headings.get(normalise_heading(group)) == "name" if group else False
        is_known = self.known.matches(heading) or of_known
        if self.kinds_only and not is_kind:
            return
        if not (is_kind or is_known or grouped or (speaks and only_marks)):
            if only_marks and bool((marks.ticks | marks.crosses)[marks.filled].all()):
                self.found.doubtful.append(heading)
            return
        self.found.headings.append(heading)
        name = f"{group} {heading}" if of_known and not self.known.matches(heading) else heading
        for row in np.flatnonzero(marks.filled):
            self._take_cell(int(row), position, name, is_kind and not is_known, marks, ticked)

    def _take_cell(self, row: int, position: int, name: str, is_kind: bool, marks: Marks, ticked: bool) -> None:
        text = marks.column.text(row)
        if marks.denied(ticked)[row]:
            return
        if marks.marked(ticked)[row]:
            if is_kind:
                self.found.nameless.append((row, position))
            else:
                self.found.installed.append(Installed(row, position, name))
        elif marks.versions[row] and not is_kind:
            self.found.installed.append(Installed(row, position, name, version=text))
        elif not any(map(str.isalpha, text)):
            self.found.unclear.append((row, position))
        elif is_kind or self.known.matches(text):
            self._take_names(row, position)
        elif self.status.matches(text):
            self.found.installed.append(Installed(row, position, name, claim=text))
        elif self.tails.matches(text):
            self.found.installed.append(Installed(row, position, f"{name} {text}"))
        else:
            self.found.unclear.append((row, position))

    def _take_names(self, row: int, position: int) -> None:
        """Takes a cell that names software, one or several."""
        names = names_in_cell(self.table.grid.as_written(position, int(self.table.rows[row]) - 1), self.words, of_devices=True)
        if names.certainty is Certainty.UNSURE:
            self.found.unclear.append((row, position))
            return
        column = self.table.grid.columns[position]
        parts = names.parts if names.certainty is Certainty.MANY else (column.text(int(self.table.rows[row]) - 1),)
        self.found.installed.extend(Installed(row, position, part) for part in parts)
        if names.more:
            self.found.unclear.append((row, position))

    def _marks(self, position: int) -> Marks:
        header = self.table.header
        assert header is not None  # noqa: S101 - for the type checker; callers ask first
        column = self.table.grid.columns[position].taken(slice(header.body, None))
        return read_marks(column, self.entries, MarkWords.of(self.words))

    def _texts(self, row: int) -> list[str]:
        return [column.text(row) for column in self.table.grid.columns]

    def _second_row(self, taken: set[int]) -> list[str]:
        """The first row below the heading, where it only names columns of software more closely; else nothing."""
        if not len(self.table.rows):
            return []
        below = self._texts(int(self.table.rows[0]) - 1)
        filled = [index for index, text in enumerate(below) if text]
        marks = MarkWords.of(self.words)
        if len(filled) < 2 or taken & set(filled) or any(marks.ticks.matches(below[index]) for index in filled):
            return []
        self.found.heads = (0,)
        return below

    def _title_speaks_of_software(self) -> bool:
        header = self.table.header
        assert header is not None  # noqa: S101 - for the type checker; callers ask first
        above = [text for row in range(max(0, header.row - _TITLE_ROWS), header.row) for text in self._texts(row) if text]
        said = " ".join([self.table.grid.sheet, *above]).casefold()
        return any(word in said for word in _SPEAKS_OF_SOFTWARE)


def _above_and_below(upper: Sequence[str], lower: Sequence[str], position: int, taken: set[int]) -> tuple[str, str]:
    """(heading of the group, heading of the column); the group is '' where the column has but one heading."""
    below = lower[position] if lower else ""
    if not below:
        return "", upper[position]
    group = ""
    for index in range(position, -1, -1):
        if upper[index] or index in taken:
            group = "" if index in taken else upper[index]
            break
    return (group, below) if group != below else ("", below)
