# SPDX-License-Identifier: Apache-2.0
"""What there is to say of a sheet: why it is no inventory, and what was passed over or filled in."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from foss_audit.messages import Message, counted, message
from foss_audit.tables import Grid, Table, is_tabular

_SHOWN = 80


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
    if table.header is None:
        yield message("There is no heading: every line was read as the name of a piece of software.")
        return
    if table.grid.hidden:
        yield message("The sheet is hidden in the workbook; it was read all the same.")
    for canonical, heading in table.header.passed_over:
        yield message(
            "The column {heading} was not read: {chosen} already gives the {canonical}.",
            heading=heading[:_SHOWN],
            chosen=table.headings[canonical][:_SHOWN],
            canonical=canonical,
        )


def notes_on_lines(table: Table, rows: NDArray[np.intp], columns: Sequence[str]) -> Iterator[Message]:
    """What was read into the lines that are entries, of some columns. `rows`: positions below the heading."""
    repeats = int(table.repeats[rows].sum())
    if repeats:
        yield counted(
            "{count} line names only a device; it was read as one more of the software on the line above.",
            "{count} lines name only a device; they were read as more of the software on the line above.",
            count=repeats,
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
