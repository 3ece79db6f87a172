# SPDX-License-Identifier: Apache-2.0
"""A table found in a grid: its columns by name, its rows told apart, its groups filled down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from foss_audit.model import SkipReason
from foss_audit.tables.blocks import labelled_rows, stated_below
from foss_audit.tables.grid import Column, Grid
from foss_audit.tables.headings import Header, find_header
from foss_audit.tables.rows import RowKind, classify_rows

FILLED_DOWN = ("agency", "location", "device")
"""Columns that say which group a row belongs to, and are often written once for all of it."""
_WRITTEN_ONCE = frozenset({"number", "quantity", "license_quantity", "price", "total_price"})


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table below its heading. All columns and `kinds` have one value for each of `rows`."""

    grid: Grid
    header: Header | None
    """None for a list of names without a heading."""
    required: str
    """Canonical column without which a row is no entry: `name`, `product`."""
    columns: Mapping[str, Column]
    """Canonical column to its cells, groups filled down."""
    rows: NDArray[np.int64]
    """1-based rows in the sheet."""
    kinds: NDArray[np.int8]
    """RowKind of each row."""

    @property
    def header_row(self) -> int | None:
        """1-based row of the heading, the first of two."""
        return None if self.header is None else self.header.row + 1

    @property
    def headings(self) -> Mapping[str, str]:
        """Canonical column to the heading as found."""
        return {} if self.header is None else self.header.headings

    def entries(self) -> NDArray[np.intp]:
        """Positions of the rows that are entries."""
        return np.flatnonzero(self.kinds == RowKind.ENTRY)

    def column(self, canonical: str) -> Column:
        """A column; all empty where the table has none."""
        if canonical in self.columns:
            return self.columns[canonical]
        return Column(np.zeros(len(self.rows), dtype=np.int32), pd.Series([""], dtype="str"))

    def lines(self) -> "Iterator[Line]":
        """The entries, one at a time, for tables that are small."""
        return (Line(self, int(position)) for position in self.entries())

    def skipped(self) -> list[tuple[int, SkipReason]]:
        """(1-based row, why) of the rows that are no entries and no problems."""
        found = [
            (int(self.rows[index]), RowKind(self.kinds[index]).reason) for index in np.flatnonzero(self.kinds >= RowKind.BLANK)
        ]
        return [(row, reason) for row, reason in found if reason is not None]

    def nameless(self) -> list[int]:
        """1-based rows that someone filled in, except for the required column."""
        return [int(row) for row in self.rows[self.kinds == RowKind.NAMELESS]]

    def nameless_lines(self) -> "Iterator[Line]":
        """The same rows as lines."""
        return (Line(self, int(position)) for position in np.flatnonzero(self.kinds == RowKind.NAMELESS))

    def locator(self, row: int) -> str:
        """Where a 1-based row stands, as sources show it."""
        return f"{self.grid.place()}{row}"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a table."""

    table: Table
    position: int
    """Among the rows below the heading, from 0."""

    @property
    def row(self) -> int:
        """1-based row in the sheet."""
        return int(self.table.rows[self.position])

    def text(self, canonical: str) -> str:
        """A cell as text; '' where it is empty or there is no such column."""
        column = self.table.columns.get(canonical)
        return "" if column is None else column.text(self.position)

    def value(self, canonical: str) -> object:
        """A cell as the workbook holds it (date, datetime, int, float, bool), else its text; '' where there is nothing."""
        text = self.text(canonical)
        header = self.table.header
        values = self.table.grid.values
        if not text or header is None or values is None or canonical not in header.columns:
            return text
        value = values[header.columns[canonical]][self.row - 1]
        return text if isinstance(value, str) or value is None else value


def find_table(grid: Grid, headings: Mapping[str, str], words: Mapping[str, tuple[str, ...]], required: str) -> Table | None:
    """The table of a grid whose heading names the required column, or None where none does.

    `headings`: normalised heading to canonical column, best first; `words`: kind to globs over text in lower case
    (`empty` is applied where the grid is made; here `weak-heading`, `total`, `signature`, `signature-end`, `section`).
    """
    header = find_header(grid.top(80), headings, words, required)
    if header is None:
        return None
    table = _table(grid, header, required, header.columns, words)
    return table if "device" in header.columns else _with_stated_devices(table, headings)


def list_of_names(grid: Grid, words: Mapping[str, tuple[str, ...]], required: str) -> Table | None:
    """A grid of one filled column and no heading as a list of names; None where it is prose, or no list.

    Prose has long lines or sentences; a list has two names or more, most of them with letters.
    """
    filled = [index for index, column in enumerate(grid.columns) if column.filled().any()]
    if len(filled) != 1 or not _reads_as_names(grid.columns[filled[0]]):
        return None
    return _table(grid, None, required, {required: filled[0]}, words)


def _with_stated_devices(table: Table, headings: Mapping[str, str]) -> Table:
    """The table with a device column where lines such as `Nama Komputer : PC-01` above or within it state one."""
    labelled = labelled_rows(table.grid, headings, "device")
    first = int(table.rows[0]) - 1 if len(table.rows) else 0
    devices = stated_below(labelled, first, len(table.rows))
    if devices is None:
        return table
    kinds = table.kinds.copy()
    kinds[[row - first for row in labelled if row >= first]] = RowKind.HEADING
    return replace(table, columns={**table.columns, "device": devices}, kinds=kinds)


def _table(
    grid: Grid, header: Header | None, required: str, positions: Mapping[str, int], words: Mapping[str, tuple[str, ...]]
) -> Table:
    start = header.body if header else 0
    grid = _unmerged(grid, start, positions)
    kinds = classify_rows(grid, header, required, positions, words)
    columns = {canonical: grid.columns[index].taken(slice(start, None)) for canonical, index in positions.items()}
    for canonical in FILLED_DOWN:
        if canonical in columns:
            columns[canonical] = _filled_down(columns[canonical], columns.get("number"), kinds)
    return Table(grid, header, required, columns, np.arange(start + 1, grid.rows + 1), kinds)


def _unmerged(grid: Grid, start: int, positions: Mapping[str, int]) -> Grid:
    """The grid with every cell merged downwards written on all its rows, amounts and running numbers excepted."""
    wanted = {index for canonical, index in positions.items() if canonical not in _WRITTEN_ONCE}
    columns = list(grid.columns)
    for first, left, last, right in grid.merged:
        if left == right and left in wanted and start <= first < last < grid.rows:
            codes = columns[left].codes.copy() if columns[left] is grid.columns[left] else columns[left].codes
            codes[first : last + 1] = codes[first]
            columns[left] = Column(codes, columns[left].texts)
    return replace(grid, columns=tuple(columns))


def _filled_down(column: Column, number: Column | None, kinds: NDArray[np.int8]) -> Column:
    """The column with its groups written on every row whose running number is blank too.

    Also where the running number begins anew with every group that is written.
    """
    filled = column.filled()
    belongs = np.zeros(len(filled), dtype=bool)
    if number is not None:
        begins = number.where((number.texts.str.strip("().") == "1").to_numpy(dtype=bool))
        entries = kinds == RowKind.ENTRY
        if (begins & entries).sum() > 1 and np.array_equal((begins & entries), (filled & entries)):
            belongs |= entries
        else:
            belongs |= ~number.filled()
    breaks = np.isin(kinds, (RowKind.HEADING, RowKind.TOTAL, RowKind.SIGNATURE, RowKind.COLUMN_NUMBERS))
    source = np.maximum.accumulate(np.where(filled | breaks | ~belongs, np.arange(len(filled)), 0)) if len(filled) else filled
    return Column(column.codes[source], column.texts)


def _reads_as_names(column: Column) -> bool:
    texts: Sequence[str] = [text for text in column.texts[:2000] if text]
    if len(texts) < 2:
        return False
    if sum(any(map(str.isalpha, text)) for text in texts) * 4 < len(texts) * 3:
        return False
    words = sorted(len(text.split()) for text in texts)
    sentences = sum(text.endswith((".", "?", "!", ":", ";", ",")) for text in texts)
    return words[len(words) // 2] <= 6 and words[int(len(words) * 0.95)] <= 12 and sentences * 5 <= len(texts)
