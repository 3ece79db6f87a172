# SPDX-License-Identifier: Apache-2.0
"""Entries of ordinary tables: a line is a piece of software, or a cell of it names several."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from foss_audit.messages import counted, message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import entries_table
from foss_audit.readers.sheets.gathering import TEXT_COLUMNS, Gathering, TextColumn, constant
from foss_audit.readers.sheets.line_limits import Amounts, overlong, quantities
from foss_audit.readers.sheets.marked_cells import add_installed
from foss_audit.readers.sheets.sheet_notes import notes_on_lines
from foss_audit.tables import Table
from foss_audit.tables.lists import NameLists, name_lists
from foss_audit.tables.transposed import systems_beside


def add_lines(gathering: Gathering, table: Table) -> None:
    """The entries of a table that lists software."""
    vocabulary = gathering.context.vocabulary
    rows = table.entries()
    lists = name_lists(table, rows, vocabulary.words)
    amounts = quantities(gathering, table, rows)
    kept = amounts.kept & ~overlong(gathering, table, rows, amounts.kept, lists)
    kept &= ~_unsure(gathering, table, rows, amounts, kept, lists)
    gathering.skip(table, [*table.skipped(), *((row, SkipReason.NOT_INSTALLED) for row in amounts.none)])
    gathering.skip_nameless(table, table.nameless())
    rows = rows[kept]
    for what in notes_on_lines(table, rows, TEXT_COLUMNS):
        gathering.note(table.grid.sheet, what)
    columns = gathering.texts(table, rows)
    devices = table.columns.get("device")
    columns["unnamed"] = np.full(len(rows), "quantity" in table.columns) if devices is None else ~devices.filled()[rows]
    columns["quantity"] = amounts.values[kept]
    columns["place"] = constant(table.place(), len(rows))
    columns["position"] = table.rows[rows]
    gathering.frames.append(entries_table(_told_apart(gathering, table, rows, columns, lists) if lists.parts else columns))
    if beside := systems_beside(table, vocabulary.headings, vocabulary.words):
        add_installed(gathering, table, beside)
        names = dict.fromkeys(table.grid.columns[one.column].text(int(table.rows[0]) - 2) for one in beside)
        gathering.note(
            table.grid.sheet,
            message("The columns {columns} name more software of the devices; it was read too.", columns=", ".join(names)),
        )


def _unsure(
    gathering: Gathering, table: Table, rows: NDArray[np.intp], amounts: Amounts, kept: NDArray[np.bool_], lists: NameLists
) -> NDArray[np.bool_]:
    """Entries whose cell may hold one name or several, or a quantity of several; each is a problem."""
    unsure = np.isin(rows, lists.unsure)
    unsure |= np.isin(rows, list(lists.parts)) & (amounts.values > 1)
    for position in np.flatnonzero(unsure & kept):
        gathering.row_problem(
            table,
            int(table.rows[rows[position]]),
            message("It cannot be told whether this cell names one piece of software or several; write one on each line."),
        )
    return unsure


def _told_apart(
    gathering: Gathering, table: Table, rows: NDArray[np.intp], columns: dict[str, TextColumn], lists: NameLists
) -> dict[str, TextColumn]:
    """The columns with an entry for every name of a cell that holds several, whose locator is that cell."""
    of_row = [lists.parts.get(int(row), ()) for row in rows]
    times = np.array([max(len(parts), 1) for parts in of_row], dtype=np.intp)
    repeated = np.repeat(np.arange(len(rows)), times)
    split = np.repeat(np.array([bool(parts) for parts in of_row], dtype=bool), times)
    found: dict[str, TextColumn] = {}
    for name, column in columns.items():
        taken = column.take(repeated) if isinstance(column, pd.Categorical) else column[repeated]
        if name in lists.columns or name == "name":
            texts = np.asarray(taken, dtype=object)
            texts[split] = [
                text for row, parts in zip(rows, of_row, strict=True) if parts for text in lists.texts(int(row), name)
            ]
            taken = pd.Categorical(texts)
        found[name] = taken
    column_of_names = 0 if table.header is None else table.header.columns["name"]
    cell, row_place = table.place(column_of_names), table.place()
    found["place"] = (
        pd.Categorical.from_codes(split.astype(np.int8), categories=[row_place, cell]) if cell != row_place else found["place"]
    )
    for row in lists.more:
        if row in lists.parts and row in rows:
            gathering.row_problem(
                table,
                int(table.rows[row]),
                message("This cell says that there is more software than it names; write every one on a line of its own."),
            )
    gathering.note(
        table.grid.sheet,
        counted(
            "{count} cell holds several names; each was read as a piece of software.",
            "{count} cells hold several names; each was read as a piece of software.",
            count=sum(map(bool, of_row)),
        ),
    )
    return found
