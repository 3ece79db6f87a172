# SPDX-License-Identifier: Apache-2.0
"""What there is to say of a sheet: why it is no inventory, and what was passed over or filled in."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foss_audit.messages import Message, counted, message
from foss_audit.tables import Grid, Table, is_tabular
from foss_audit.tables.grid import column_letters

_SHOWN = 80
_SHOWN_RANGES = 20


def why_no_inventory(grid: Grid) -> Message | None:
    """Why a sheet without a known heading is a problem; None where it is no table."""
    failed = sum(len(column.failed) for column in grid.columns)
    if failed:
        return counted(
            "A cell of this table holds an error or a formula without a result, and no heading names software; "
            "open the file in Excel, correct or recalculate it (Ctrl+Alt+F9), and save it again.",
            "{count} cells of this table hold an error or a formula without a result, and no heading names software; "
            "open the file in Excel, correct or recalculate it (Ctrl+Alt+F9), and save it again.",
            count=failed,
        )
    if not is_tabular(grid):
        return None
    return message(
        "The table has no heading that names software. Name a column of it, for instance, "
        "Nama Perangkat Lunak or Software, or take it out of the inventory."
    )


def notes_on_shape(table: Table) -> Iterator[Message]:
    """What is unusual about a table before its lines are looked at."""
    if table.grid.hidden:
        yield message("The sheet is hidden in the workbook; it was read all the same.")
    yield from _notes_on_hidden(table)
    if table.header is None:
        yield message("There is no heading: every line was read as the name of a piece of software.")
        return
    for canonical, heading in table.header.passed_over:
        yield message(
            "The column {heading} was not read: {chosen} already gives the {canonical}.",
            heading=heading[:_SHOWN],
            chosen=table.headings[canonical][:_SHOWN],
            canonical=canonical,
        )


def _notes_on_hidden(table: Table) -> Iterator[Message]:
    """Hidden rows and columns of the table that hold anything."""
    filled = np.zeros(table.grid.rows, dtype=bool)
    for column in table.grid.columns:
        filled |= column.filled()
    first = int(table.rows[0]) - 1 if len(table.rows) else table.grid.rows
    rows = [(max(begin, first), end) for begin, end in table.grid.hidden_rows if filled[max(begin, first) : end + 1].any()]
    if rows:
        yield counted(
            "Row {rows} is hidden in the workbook; it was read all the same.",
            "Rows {rows} are hidden in the workbook; they were read all the same.",
            count=sum(end - begin + 1 for begin, end in rows),
            rows=_spelt([(str(begin + 1), str(end + 1)) for begin, end in rows]),
        )
    columns = [
        index
        for begin, end in table.grid.hidden_columns
        for index in range(begin, min(end + 1, len(table.grid.columns)))
        if table.grid.columns[index].filled()[first:].any()
    ]
    if columns:
        yield counted(
            "Column {columns} is hidden in the workbook; it was read all the same.",
            "Columns {columns} are hidden in the workbook; they were read all the same.",
            count=len(columns),
            columns=_spelt([(column_letters(index), column_letters(index)) for index in columns]),
        )


def _spelt(ranges: Sequence[tuple[str, str]]) -> str:
    """Some ranges as text: `5–7, 12`; only the first of very many."""
    spelt = [begin if begin == end else f"{begin}–{end}" for begin, end in ranges[:_SHOWN_RANGES]]
    return ", ".join([*spelt, "…"] if len(ranges) > _SHOWN_RANGES else spelt)


def notes_on_lines(table: Table, rows: NDArray[np.intp], columns: Sequence[str]) -> Iterator[Message]:
    """What was read into the lines that are entries, of some columns. `rows`: positions below the heading."""
    repeats = int(table.repeats[rows].sum())
    if repeats:
        yield counted(
            "{count} line names only a device; it was read as one more of the software on the line above.",
            "{count} lines name only a device; they were read as more of the software on the line above.",
            count=repeats,
        )
    dated = _dated_versions(table, rows)
    if dated:
        yield counted(
            "The version in {cell} is a date: the program may have made it of a version such as 21.1.10. "
            "Format the column as text and type the version again.",
            "{count} versions are dates, the first in {cell}: the program may have made them of versions such as 21.1.10. "
            "Format the column as text and type the versions again.",
            count=len(dated),
            cell=table.cell("version", dated[0]),
        )
    failed = [
        (int(row), canonical)
        for canonical in columns
        if canonical in table.failed
        for row in table.rows[rows[table.failed[canonical][rows]]]
    ]
    if failed:
        row, canonical = min(failed)
        yield counted(
            "Cell {cell} holds an error or a formula without a result; it was read as empty.",
            "{count} cells hold an error or a formula without a result, the first is {cell}; they were read as empty.",
            count=len(failed),
            cell=table.cell(canonical, row),
        )


def _dated_versions(table: Table, rows: NDArray[np.intp]) -> list[int]:
    """1-based rows whose version a workbook holds as a date."""
    if table.grid.values is None or table.header is None or "version" not in table.header.columns:
        return []
    values = table.grid.values[table.header.columns["version"]]
    return [int(row) for row in table.rows[rows] if isinstance(values[row - 1], date)]


def failed_cell(table: Table, canonical: str, row: int) -> Message:
    """That a name or a quantity failed, and what to do."""
    cell = table.cell(canonical, row)
    if canonical == "name":
        return message(
            "Cell {cell} holds an error or a formula without a result instead of a name; open the file in Excel, "
            "correct or recalculate it (Ctrl+Alt+F9), or paste the names as values, and save it again.",
            cell=cell,
        )
    return message(
        "Cell {cell} holds an error or a formula without a result instead of a quantity; open the file in Excel, "
        "correct or recalculate it (Ctrl+Alt+F9), or paste the quantities as values, and save it again.",
        cell=cell,
    )
