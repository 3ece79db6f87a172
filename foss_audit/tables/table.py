# SPDX-License-Identifier: Apache-2.0
"""A table found in a grid: its columns by name, its rows told apart, its groups filled down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from foss_audit.model import SkipReason
from foss_audit.tables.choice import Choice, chosen_header
from foss_audit.tables.grid import Column, Grid, column_letters
from foss_audit.tables.groups import device_groups, device_rows, filled_down, unmerged
from foss_audit.tables.headings import Header, is_written_by_machine
from foss_audit.tables.regions import split_tables
from foss_audit.tables.rows import RowKind, classify_rows
from foss_audit.tables.sections import Sections, Standing, filled_in, read_sections
from foss_audit.tables.swapped import Straightened, straightened


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
    failed: Mapping[str, NDArray[np.bool_]]
    """Of columns where any cell holds an error value, or a formula without a result: which rows."""
    repeats: NDArray[np.bool_]
    """Rows that name one more device of the software on the row above, which is filled down."""
    left: int = 0
    """First column in the sheet: 0 but for a table beside another."""
    moved: tuple[tuple[str, str], ...] = ()
    """(heading, canonical column that it was read as) of columns that hold what another heading says."""
    titles: tuple[int, ...] = ()
    """1-based rows above the heading that stand between the table and the one before it."""

    @property
    def header_row(self) -> int | None:
        """1-based row of the heading, the first of two."""
        return None if self.header is None or not self.header.height else self.header.row + 1

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
        titles = [(row, SkipReason.HEADING) for row in self.titles]
        return [*titles, *((row, reason) for row, reason in found if reason is not None)]

    def nameless(self) -> list[int]:
        """1-based rows that someone filled in, except for the required column."""
        return [int(row) for row in self.rows[self.kinds == RowKind.NAMELESS]]

    def nameless_lines(self) -> "Iterator[Line]":
        """The same rows as lines."""
        return (Line(self, int(position)) for position in np.flatnonzero(self.kinds == RowKind.NAMELESS))

    def has_failed(self, canonical: str, row: int) -> bool:
        """Whether a cell of a 1-based row holds an error value, or a formula without a result."""
        failed = self.failed.get(canonical)
        return failed is not None and bool(failed[row - int(self.rows[0])])

    def cell(self, canonical: str, row: int) -> str:
        """A cell as a spreadsheet calls it, `B17`, of a column that the table has."""
        index = 0 if self.header is None else self.header.columns[canonical]
        return f"{column_letters(index)}{row}"

    def place(self, column: int | None = None) -> str:
        """The beginning of the locator of a row, by the first column of the table or by another, from 0: `Sheet1!A`, `A`."""
        return self.grid.place(self.left if column is None else column)

    def locator(self, row: int) -> str:
        """Where a 1-based row stands, as sources show it."""
        return f"{self.place()}{row}"


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
    """The first table of a grid whose heading names the required column, or None where none does. As find_tables."""
    return next((one for one in find_tables(grid, headings, words, required) if isinstance(one, Table)), None)


def find_tables(
    grid: Grid,
    headings: Mapping[str, str],
    words: Mapping[str, tuple[str, ...]],
    required: str,
    choice: Choice | None = None,
) -> list[Table | Grid]:
    """The tables of a grid whose headings name the required column, and in their places the parts of it where none does.

    `headings`: normalised heading to canonical column, best first; `words`: kind to globs over text in lower case
    (`empty` is applied where the grid is made; here `weak-heading`, `total`, `signature`, `signature-end`, `section`,
    `agency-section`). A grid without any such heading is given back as it is. `choice`: what a person says of the columns.
    """
    if choice is not None and (chosen := chosen_header(grid, choice, headings, words)) is not None:
        return [_with_sections_of(grid, chosen, headings, words, required)] if required in chosen.columns else [grid]
    headings, words = choice.overlaid(headings, words) if choice is not None else (headings, words)
    straightens = required == "name" and (choice is None or not {"name", "version", "publisher"} & set(choice.columns))
    found: list[Table | Grid] = []
    standing = above = at_heading = Standing()
    left = 0
    for region in split_tables(grid, headings, words, required):
        if region.header is None:
            found.append(region.grid if region.start == 0 and region.left == 0 else _below(region.grid, region.start))
            continue
        told = straightened(region.grid, region.header, words) if straightens else Straightened(region.header)
        table = _table(region.grid, told.header, required, told.header.columns, words)
        table = replace(table, left=region.left, moved=told.moved)
        if region.start:
            table = replace(table, titles=_filled_rows(region.grid, region.start, region.header.row))
        if table.titles:  # a table with a title of its own is not in the last room of the one before
            standing = replace(at_heading, agency=standing.agency)
        before = standing if region.left == left else above
        sections = read_sections(
            region.grid,
            region.start,
            region.header.row,
            table.kinds,
            headings,
            words,
            before.without(table.header.columns if table.header is not None else ()),
            with_device="device" not in table.columns,
        )
        if not found:
            above = sections.above
        standing, at_heading, left = sections.after, sections.above, region.left
        found.append(_with_sections(table, sections))
    return found


def _with_sections_of(
    grid: Grid, header: Header, headings: Mapping[str, str], words: Mapping[str, tuple[str, ...]], required: str
) -> Table:
    """The one table of a grid whose heading is known."""
    table = _table(grid, header, required, header.columns, words)
    with_device = "device" not in table.columns
    return _with_sections(table, read_sections(grid, 0, header.row, table.kinds, headings, words, Standing(), with_device))


def _with_sections(table: Table, sections: Sections) -> Table:
    kinds = table.kinds.copy()
    kinds[sections.rows] = RowKind.HEADING
    return replace(table, columns=filled_in(table.columns, sections, table.failed), kinds=kinds)


def _below(grid: Grid, start: int) -> Grid:
    """The grid with its first rows emptied."""
    columns = []
    for column in grid.columns:
        texts = pd.concat([pd.Series([""], dtype="str"), column.texts[column.texts != ""]])
        position = np.cumsum((column.texts != "").to_numpy(dtype=bool), dtype=np.int32)
        codes = np.where((column.texts != "").to_numpy(dtype=bool), position, 0).astype(np.int32)[column.codes]
        codes[:start] = 0
        columns.append(Column(codes, texts.reset_index(drop=True), column.failed[column.failed >= start]))
    return replace(grid, columns=tuple(columns))


def _filled_rows(grid: Grid, start: int, end: int) -> tuple[int, ...]:
    """1-based rows in which anything stands."""
    return tuple(row + 1 for row in range(start, end) if any(column.text(row) for column in grid.columns))


def list_of_names(grid: Grid, words: Mapping[str, tuple[str, ...]], required: str) -> Table | None:
    """A grid of one filled column and no heading as a list of names; None where it is prose, or no list.

    Prose has long lines or sentences; a list has two names or more, most of them with letters.
    """
    filled = [index for index, column in enumerate(grid.columns) if column.filled().any()]
    if len(filled) != 1 or not _reads_as_names(grid.columns[filled[0]]):
        return None
    return _table(grid, None, required, {required: filled[0]}, words)


def _table(
    grid: Grid, header: Header | None, required: str, positions: Mapping[str, int], words: Mapping[str, tuple[str, ...]]
) -> Table:
    start = header.body if header else 0
    if "version" in positions:
        grid = grid.as_shown(positions["version"])
    devices = device_rows(grid, start, positions, required)
    grid = unmerged(grid, start, positions)
    kinds = classify_rows(grid, header, required, positions, words, devices)
    columns = {canonical: grid.columns[index].taken(slice(start, None)) for canonical, index in positions.items()}
    failed = {
        canonical: grid.columns[index].failed_below(start)
        for canonical, index in positions.items()
        if len(grid.columns[index].failed)
    }
    by_machine = header is not None and is_written_by_machine(header, required, words)
    groups = device_groups(kinds, columns, positions, may_repeat=required == "name" and not by_machine)
    kinds[groups.heads] = RowKind.HEADING
    columns = filled_down(columns, kinds, groups, failed.get("device"))
    kinds[groups.repeats] = RowKind.ENTRY
    kinds[kinds == RowKind.DEVICE] = RowKind.BLANK if by_machine else RowKind.NAMELESS
    return Table(grid, header, required, columns, np.arange(start + 1, grid.rows + 1), kinds, failed, groups.repeats)


def _reads_as_names(column: Column) -> bool:
    texts: Sequence[str] = [text for text in column.texts[:2000] if text]
    if len(texts) < 2:
        return False
    if sum(any(map(str.isalpha, text)) for text in texts) * 4 < len(texts) * 3:
        return False
    words = sorted(len(text.split()) for text in texts)
    sentences = sum(text.endswith((".", "?", "!", ":", ";", ",")) for text in texts)
    return words[len(words) // 2] <= 6 and words[int(len(words) * 0.95)] <= 12 and sentences * 5 <= len(texts)
