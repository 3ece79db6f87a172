# SPDX-License-Identifier: Apache-2.0
"""What has been read of a file of tables so far, and how it becomes a reading."""

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import union_categoricals

from foss_audit.messages import Message, message
from foss_audit.model import Note, Problem, Skipped, SkipReason, Source
from foss_audit.readers.entries import entries_table
from foss_audit.readers.interface import ENTRY_COLUMNS, Reading, ReadingContext, SheetReading
from foss_audit.readers.sheets.opened import Opened
from foss_audit.readers.sheets.sheet_notes import failed_cell
from foss_audit.tables import Table, is_written_by_machine

TEXT_COLUMNS = ("name", "version", "publisher", "license", "claim", "purl", "agency", "location", "device", "user")
SHOWN = 80
"""Characters of a heading or a cell that a message shows."""
SHOWN_CELLS = 30
TextColumn: TypeAlias = pd.Categorical | NDArray[np.generic]


@dataclass(slots=True)
class Gathering:
    """Sheet by sheet."""

    file: str
    context: ReadingContext
    sheets: list[SheetReading] = field(default_factory=list)
    frames: list[pd.DataFrame] = field(default_factory=list)
    """Entries, as ENTRY_COLUMNS."""
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def reading(self, reader: str, opened: Opened) -> Reading:
        """All of it as what `reader` found."""
        if not self.sheets and not self.problems and not opened.problems:
            self.problem("", message("There is no table of software in this file; correct it, or take it out of the inventory."))
        return Reading(
            reader,
            opened.encoding,
            tuple(self.sheets),
            _joined(self.frames),
            tuple(self.skipped),
            (*opened.problems, *self.problems),
            (*opened.notes, *self.notes),
        )

    def texts(self, table: Table, rows: NDArray[np.intp]) -> dict[str, TextColumn]:
        """The text columns of some rows of a table, by their positions below the heading."""
        return {name: table.columns[name].taken(rows).categorical() for name in TEXT_COLUMNS if name in table.columns}

    def skip(self, table: Table, lines: list[tuple[int, SkipReason]]) -> None:
        """Takes 1-based rows that are no entries, and why."""
        self.skipped.extend(Skipped(Source(self.file, table.locator(row)), reason) for row, reason in sorted(lines))

    def skip_nameless(self, table: Table, rows: list[int]) -> None:
        """Lines without a name: nobody's in a machine's export, a problem where a person wrote them or a formula failed."""
        by_machine = table.header is not None and is_written_by_machine(table.header, "name", self.context.vocabulary.words)
        for row in rows:
            if table.has_failed("name", row):
                self.row_problem(table, row, failed_cell(table, "name", row))
            elif by_machine:
                self.skipped.append(Skipped(Source(self.file, table.locator(row)), SkipReason.BLANK))
            else:
                self.row_problem(table, row, message("The line has no name of software; write it, or clear the line."))

    def row_problem(self, table: Table, row: int, what: Message) -> None:
        """Takes a problem of a 1-based row."""
        self.problems.append(Problem(Source(self.file, table.locator(row)), what))

    def cell_problem(self, table: Table, row: int, column: int, what: Message) -> None:
        """Takes a problem of a cell: its 1-based row, and its column from 0."""
        self.problems.append(Problem(Source(self.file, f"{table.place(column)}{row}"), what))

    def problem(self, sheet: str, what: Message) -> None:
        """Takes a problem of a sheet, or of a place on it."""
        self.problems.append(Problem(Source(self.file, sheet), what))

    def note(self, sheet: str, what: Message) -> None:
        """Takes what is worth knowing of a sheet."""
        self.notes.append(Note(Source(self.file, sheet), what))


def constant(text: str, count: int) -> pd.Categorical:
    """A column of one text."""
    return pd.Categorical.from_codes(np.zeros(count, dtype=np.int8), categories=[text])


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables of entries one below the other."""
    if len(frames) == 1:
        return frames[0]
    columns: dict[str, pd.Categorical | NDArray[np.generic]] = {}
    for name, dtype in ENTRY_COLUMNS.items() if frames else ():
        parts = [frame[name] for frame in frames]
        columns[name] = union_categoricals(parts) if dtype == "category" else np.concatenate(parts)
    return entries_table(columns)
