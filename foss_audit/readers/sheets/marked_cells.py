# SPDX-License-Identifier: Apache-2.0
"""Entries of matrices: software × devices and rooms, and devices × software. Every cell that says so is one."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from foss_audit.messages import message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import entries_table
from foss_audit.readers.interface import SheetReading
from foss_audit.readers.sheets.gathering import SHOWN, SHOWN_CELLS, Gathering, constant
from foss_audit.readers.sheets.line_limits import overlong
from foss_audit.readers.sheets.sheet_notes import notes_on_shape
from foss_audit.tables import Table
from foss_audit.tables.lists import NameLists
from foss_audit.tables.matrix import Matrix, MatrixColumn
from foss_audit.tables.transposed import Installed, SoftwareColumns

_OF_DEVICES = ("agency", "location", "device", "user")


def add_matrix(gathering: Gathering, table: Table, matrix: Matrix) -> None:
    """A software × device matrix: every marked cell is an entry, whose locator is that cell."""
    heads = {int(table.rows[head]) for head in matrix.heads}
    rows = table.entries()
    rows = rows[~np.isin(rows, matrix.heads)]
    kept = rows[~overlong(gathering, table, rows, np.ones(len(rows), dtype=bool), NameLists())]
    any_mark = np.logical_or.reduce([flags for column in matrix.columns for flags in (column.marked, column.unclear)])
    unmarked = [(int(row), SkipReason.NOT_INSTALLED) for row in table.rows[kept[~any_mark[kept]]]]
    heading = [(row, SkipReason.HEADING) for row in heads]
    gathering.skip(table, [*(line for line in table.skipped() if line[0] not in heads), *unmarked, *heading])
    gathering.skip_nameless(table, [row for row in table.nameless() if row not in heads])
    for column in matrix.columns:
        _add_marked(gathering, table, matrix, column, kept)
    if matrix.cross_is_no:
        gathering.note(table.grid.sheet, message("Beside ticks, a cross was read as: not installed."))
    if matrix.tells_versions:
        gathering.note(table.grid.sheet, message("A version in a cell of the matrix was read as: installed in that version."))
    if matrix.of_rooms:
        what = message(
            "The columns of {count} rooms or units were read as a matrix: every number is that many installations.",
            count=len(matrix.columns),
        )
    else:
        what = message(
            "The columns of {count} devices were read as a matrix: every mark is an installation.", count=len(matrix.columns)
        )
    gathering.note(table.grid.sheet, what)


def _add_marked(gathering: Gathering, table: Table, matrix: Matrix, column: MatrixColumn, kept: NDArray[np.intp]) -> None:
    """The marked cells of one column of a matrix."""
    marked = kept[column.marked[kept]]
    columns = gathering.texts(table, marked)
    told = column.told[marked]
    cells = [column.cells.text(int(row)) if is_told else "" for row, is_told in zip(marked, told, strict=True)]
    if matrix.of_rooms:
        columns["quantity"] = np.array([int(cell) if cell else 1 for cell in cells], dtype=np.int32)
        columns["unnamed"] = np.ones(len(marked), dtype=bool)
    elif told.any():
        stated = table.column("version")
        columns["version"] = pd.Categorical([cell or stated.text(int(row)) for cell, row in zip(cells, marked, strict=True)])
    if column.device:
        columns["device"] = constant(column.device, len(marked))
    if column.location:
        columns["location"] = constant(column.location, len(marked))
    columns["place"] = constant(table.place(column.position), len(marked))
    columns["position"] = table.rows[marked]
    gathering.frames.append(entries_table(columns))
    for row in table.rows[kept[column.unclear[kept]]]:
        gathering.cell_problem(
            table,
            int(row),
            column.position,
            message("This mark is not understood: write v where it is installed, leave it empty where it is not."),
        )


def add_devices(gathering: Gathering, table: Table, columns: SoftwareColumns) -> None:
    """A device × software table: every cell that tells of software is an entry, whose locator is that cell."""
    gathering.sheets.append(SheetReading(table.grid.sheet, table.header_row, table.headings))
    for what in notes_on_shape(table):
        gathering.note(table.grid.sheet, what)
    heads = {int(table.rows[head]) for head in columns.heads}
    told = {one.row for one in columns.installed} | {row for row, _ in (*columns.unclear, *columns.nameless)}
    entries = [int(row) for row in table.entries() if row not in columns.heads]
    none = [(int(table.rows[row]), SkipReason.NOT_INSTALLED) for row in entries if row not in told]
    lines = [line for line in table.skipped() if line[0] not in heads]
    gathering.skip(table, [*lines, *none, *((row, SkipReason.HEADING) for row in heads)])
    for row in table.nameless():
        if row not in heads:
            gathering.row_problem(table, row, message("The line names no device; write it, or clear the line."))
    if columns.doubtful:
        gathering.problem(
            table.grid.sheet,
            message(
                "It cannot be told whether the columns {columns} are software. Name them as the software is called, below a "
                "heading Perangkat Lunak, or take them out.",
                columns=", ".join(heading[:SHOWN] for heading in columns.doubtful[:5]),
            ),
        )
    if columns.cross_is_no:
        gathering.note(table.grid.sheet, message("Beside ticks, a cross was read as: not installed."))
    gathering.note(
        table.grid.sheet,
        message(
            "The columns {columns} were read as software on the devices of the lines.",
            columns=", ".join(heading[:SHOWN] for heading in columns.headings[:SHOWN_CELLS]),
        ),
    )
    add_installed(gathering, table, columns.installed)
    for cells, what in (
        (
            columns.unclear,
            message("This cell is not understood: write the name of the software, or v where it is installed."),
        ),
        (columns.nameless, message("This mark does not say which software it is: write its name instead.")),
    ):
        for row, position in cells:
            gathering.cell_problem(table, int(table.rows[row]), position, what)


def add_installed(gathering: Gathering, table: Table, installed: Sequence[Installed]) -> None:
    """The cells of columns of software, as entries on the devices of their rows."""
    for position in dict.fromkeys(one.column for one in installed):
        here = [one for one in installed if one.column == position]
        rows = np.array([one.row for one in here], dtype=np.intp)
        entries = {name: table.columns[name].taken(rows).categorical() for name in _OF_DEVICES if name in table.columns}
        for name in ("name", "version", "claim"):
            entries[name] = pd.Categorical([getattr(one, name) for one in here])
        unnamed = ~table.column("device").filled()[rows]
        place = constant(table.place(position), len(here))
        gathering.frames.append(entries_table({**entries, "unnamed": unnamed, "place": place, "position": table.rows[rows]}))
