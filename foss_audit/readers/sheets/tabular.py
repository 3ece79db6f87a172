# SPDX-License-Identifier: Apache-2.0
"""Grids as a reading: what the readers of delimited files and of workbooks have in common."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import union_categoricals

from foss_audit.messages import Message, message
from foss_audit.model import Note, Problem, Skipped, SkipReason, Source
from foss_audit.readers.entries import entries_table
from foss_audit.readers.interface import ENTRY_COLUMNS, Reading, ReadingContext, SheetReading
from foss_audit.readers.sheets.opened import Opened
from foss_audit.readers.sheets.sheet_notes import failed_cell, notes_on_lines, notes_on_shape, why_no_inventory
from foss_audit.tables import (
    Grid,
    Table,
    find_header,
    find_table,
    is_written_by_machine,
    likely_heading,
    list_of_names,
    looks_like_register,
)
from foss_audit.tables.matrix import Matrix, doubtful_devices, find_matrix
from foss_audit.tables.quantities import quantity

_TEXT_COLUMNS = ("name", "version", "publisher", "license", "claim", "purl", "agency", "location", "device")
_SHOWN = 80
_SHOWN_CELLS = 30
_LONGEST_NAME = 300
"""Characters; Windows itself allows 259."""


def read_grids(reader: str, file: str, opened: Opened, context: ReadingContext) -> Reading:
    """All tables of an opened file as one reading. Raises UnreadableFile where none of its sheets can be read as an inventory."""
    gathering = _Gathering(file, context)
    for grid in opened.grids:
        gathering.add(grid, alone=len(opened.grids) == 1)
    return gathering.reading(reader, opened)


@dataclass(slots=True)
class _Gathering:
    """What has been found so far, sheet by sheet."""

    file: str
    context: ReadingContext
    sheets: list[SheetReading] = field(default_factory=list)
    frames: list[pd.DataFrame] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, grid: Grid, alone: bool) -> None:
        if not any(column.filled().any() or len(column.failed) for column in grid.columns):
            return
        vocabulary = self.context.vocabulary
        table = find_table(grid, vocabulary.headings, vocabulary.words, required="name")
        if table is None and alone:
            table = list_of_names(grid, vocabulary.words, required="name")
        if table is None:
            self._refuse(grid)
            return
        self.sheets.append(SheetReading(grid.sheet, table.header_row, table.headings))
        if table.header is not None and "device" not in table.columns and self._is_register(grid):
            self._problem(
                grid.sheet,
                message(
                    "This is a licence register, not an inventory: nothing in it was counted as installed. "
                    "Pass it with --register."
                ),
            )
            return
        for what in notes_on_shape(table):
            self._note(grid.sheet, what)
        self._add_rows(table)

    def reading(self, reader: str, opened: Opened) -> Reading:
        if not self.sheets and not self.problems and not opened.problems:
            self._problem("", message("There is no table of software in this file; correct it, or take it out of the inventory."))
        return Reading(
            reader,
            opened.encoding,
            tuple(self.sheets),
            _joined(self.frames),
            tuple(self.skipped),
            (*opened.problems, *self.problems),
            (*opened.notes, *self.notes),
        )

    def _refuse(self, grid: Grid) -> None:
        """A sheet without a heading: a problem where it looks like a table, or its formulas failed, else a note."""
        problem = why_no_inventory(grid)
        if problem is None:
            self._note(grid.sheet, message("There is no table of software here; it was passed over."))
            return
        self._problem(grid.sheet, problem)
        row, cells = likely_heading(grid)
        if cells:
            shown = " · ".join(cell[:_SHOWN] for cell in cells[:_SHOWN_CELLS])
            self._note(grid.sheet, message("Row {row} may be the heading: {cells}.", row=row, cells=shown))

    def _is_register(self, grid: Grid) -> bool:
        vocabulary = self.context.vocabulary
        header = find_header(grid.top(80), vocabulary.register_headings, vocabulary.words, "product")
        return header is not None and looks_like_register(header.columns)

    def _add_rows(self, table: Table) -> None:
        matrix = find_matrix(table, self.context.vocabulary.words)
        if matrix is not None:
            self._add_marks(table, matrix)
            return
        if doubtful := doubtful_devices(table, self.context.vocabulary.words):
            self._problem(
                table.grid.sheet,
                message(
                    "The columns {columns} look like devices, but it cannot be told on which of them the software is installed. "
                    "Mark with v where it is and leave empty where it is not, two devices or more, or write one line per device.",
                    columns=", ".join(heading[:_SHOWN] for heading in doubtful[:5]),
                ),
            )
            return
        rows = table.entries()
        amounts = self._quantities(table, rows)
        kept = amounts.kept & ~self._overlong(table, rows, amounts.kept)
        self._skip(table, [*table.skipped(), *((row, SkipReason.NOT_INSTALLED) for row in amounts.none)])
        self._add_nameless(table, table.nameless())
        rows = rows[kept]
        for what in notes_on_lines(table, rows, _TEXT_COLUMNS):
            self._note(table.grid.sheet, what)
        columns = self._texts(table, rows)
        devices = table.columns.get("device")
        columns["unnamed"] = np.full(len(rows), "quantity" in table.columns) if devices is None else ~devices.filled()[rows]
        columns["quantity"] = amounts.values[kept]
        columns["place"] = _constant(table.grid.place(), len(rows))
        columns["position"] = table.rows[rows]
        self.frames.append(entries_table(columns))

    def _add_marks(self, table: Table, matrix: Matrix) -> None:
        """A software × device matrix: every marked cell is an entry, whose locator is that cell."""
        rows = table.entries()
        kept = rows[~self._overlong(table, rows, np.ones(len(rows), dtype=bool))]
        any_mark = np.logical_or.reduce((*matrix.marked, *matrix.unclear))
        heads_devices = int(table.rows[matrix.named_in]) if matrix.named_in is not None else None
        unmarked = [(int(row), SkipReason.NOT_INSTALLED) for row in table.rows[kept[~any_mark[kept]]]]
        heading = [(heads_devices, SkipReason.HEADING)] if heads_devices is not None else []
        self._skip(table, [*(line for line in table.skipped() if line[0] != heads_devices), *unmarked, *heading])
        self._add_nameless(table, [row for row in table.nameless() if row != heads_devices])
        for index, (_, device) in enumerate(matrix.devices):
            marked = kept[matrix.marked[index][kept]]
            columns = self._texts(table, marked)
            columns["device"] = _constant(device, len(marked))
            columns["place"] = _constant(table.grid.place()[:-1] + matrix.letters(index), len(marked))
            columns["position"] = table.rows[marked]
            self.frames.append(entries_table(columns))
            for row in table.rows[kept[matrix.unclear[index][kept]]]:
                self.problems.append(
                    Problem(
                        Source(self.file, f"{table.grid.place()[:-1]}{matrix.letters(index)}{row}"),
                        message("This mark is not understood: write v where it is installed, leave it empty where it is not."),
                    )
                )
        if matrix.cross_is_no:
            self._note(table.grid.sheet, message("Beside ticks, a cross was read as: not installed."))
        self._note(
            table.grid.sheet,
            message(
                "The columns of {count} devices were read as a matrix: every mark is an installation.", count=len(matrix.devices)
            ),
        )

    def _texts(self, table: Table, rows: NDArray[np.intp]) -> dict[str, pd.Categorical | NDArray[np.generic]]:
        return {name: table.columns[name].taken(rows).categorical() for name in _TEXT_COLUMNS if name in table.columns}

    def _skip(self, table: Table, lines: list[tuple[int, SkipReason]]) -> None:
        self.skipped.extend(Skipped(Source(self.file, table.locator(row)), reason) for row, reason in sorted(lines))

    def _quantities(self, table: Table, rows: NDArray[np.intp]) -> "_Amounts":
        """The installed quantity of each entry; what is none, or not understood, is told and not kept."""
        column = table.columns.get("quantity")
        if column is None:
            return _Amounts(np.ones(len(rows), dtype=np.int32), np.ones(len(rows), dtype=bool), [])
        used = column.taken(rows)
        limit = self.context.limits.quantity
        texts = [str(text) for text in used.texts]
        understood = [1 if not text else quantity(text, self.context.vocabulary.words) for text in texts]
        within = np.array([amount is not None and 0 < amount <= limit for amount in understood], dtype=bool)
        values = np.array(
            [amount if good and amount else 1 for amount, good in zip(understood, within, strict=True)], dtype=np.int32
        )
        failed = table.failed["quantity"][rows] if "quantity" in table.failed else np.zeros(len(rows), dtype=bool)
        for row in table.rows[rows[failed]]:
            self._row_problem(
                table,
                int(row),
                failed_cell(table, "quantity", int(row)),
            )
        none = used.where(np.array([amount == 0 for amount in understood], dtype=bool))
        kept = used.where(within) & ~failed
        for position in np.flatnonzero(~kept & ~none & ~failed):
            self._quantity_problem(
                table, int(table.rows[rows[position]]), used.text(int(position)), understood[used.codes[position]]
            )
        return _Amounts(values[used.codes], kept, [int(row) for row in table.rows[rows[none]]])

    def _quantity_problem(self, table: Table, row: int, text: str, amount: int | None) -> None:
        if amount is None:
            what = message("The quantity {text} is no number of installations; correct it.", text=text[:_SHOWN])
        else:
            what = message(
                "The quantity {text} is more than one line may stand for ({limit}); correct or split it.",
                text=text[:_SHOWN],
                limit=self.context.limits.quantity,
            )
        self._row_problem(table, row, what)

    def _overlong(self, table: Table, rows: NDArray[np.intp], kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Entries with a text beyond the limit; each is a problem."""
        limit = self.context.limits.field_characters
        overlong = np.zeros(len(rows), dtype=bool)
        for canonical in _TEXT_COLUMNS:
            if canonical in table.columns:
                column = table.columns[canonical].taken(rows)
                overlong |= column.where((column.texts.str.len() > limit).to_numpy(dtype=bool))
        names = table.columns["name"].taken(rows)
        joined = names.where((names.texts.str.len() > min(_LONGEST_NAME, limit)).to_numpy(dtype=bool)) & kept & ~overlong
        for row in table.rows[rows[joined]]:
            self._row_problem(
                table,
                int(row),
                message("The name is longer than that of any software; write one piece of software on each line."),
            )
        for row in table.rows[rows[overlong & kept]]:
            self._row_problem(
                table, int(row), message("A cell of this line has more than {limit} characters; shorten it.", limit=limit)
            )
        return overlong | joined

    def _add_nameless(self, table: Table, rows: list[int]) -> None:
        """Lines without a name: nobody's in a machine's export, a problem where a person wrote them or a formula failed."""
        by_machine = table.header is not None and is_written_by_machine(table.header, "name", self.context.vocabulary.words)
        for row in rows:
            if table.has_failed("name", row):
                self._row_problem(table, row, failed_cell(table, "name", row))
            elif by_machine:
                self.skipped.append(Skipped(Source(self.file, table.locator(row)), SkipReason.BLANK))
            else:
                self._row_problem(table, row, message("The line has no name of software; write it, or clear the line."))

    def _row_problem(self, table: Table, row: int, what: Message) -> None:
        self.problems.append(Problem(Source(self.file, table.locator(row)), what))

    def _problem(self, sheet: str, what: Message) -> None:
        self.problems.append(Problem(Source(self.file, sheet), what))

    def _note(self, sheet: str, what: Message) -> None:
        self.notes.append(Note(Source(self.file, sheet), what))


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables of entries one below the other."""
    if len(frames) == 1:
        return frames[0]
    columns: dict[str, pd.Categorical | NDArray[np.generic]] = {}
    for name, dtype in ENTRY_COLUMNS.items() if frames else ():
        parts = [frame[name] for frame in frames]
        columns[name] = union_categoricals(parts) if dtype == "category" else np.concatenate(parts)
    return entries_table(columns)


def _constant(text: str, count: int) -> pd.Categorical:
    return pd.Categorical.from_codes(np.zeros(count, dtype=np.int8), categories=[text])


@dataclass(frozen=True, slots=True)
class _Amounts:
    values: NDArray[np.int32]
    kept: NDArray[np.bool_]
    none: list[int]
    """1-based rows with a quantity of nothing."""
