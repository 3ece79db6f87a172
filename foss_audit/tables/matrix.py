# SPDX-License-Identifier: Apache-2.0
"""Software × device tables: a column for every device, a mark where the software is on it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foss_audit.tables.grid import Column, column_letters
from foss_audit.tables.rows import RowKind
from foss_audit.tables.table import Table
from foss_audit.tables.words import WordSet

_NAMED_DEVICE = re.compile(r"(?=.*[0-9])(?=.*[^\W\d_]).{2,60}")
_SURELY_A_DEVICE = re.compile(
    r"(?:pc|laptop|komputer|computer|notebook|nb|server|srv|host|desktop|workstation)\b.*\d.*|.*[a-z].*[-_]\d{1,4}", re.IGNORECASE
)
_AMOUNT_OR_VERSION = re.compile(r"\d{1,4}(?:\.\d+)*")


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """The marks of a table, device by device."""

    devices: tuple[tuple[int, str], ...]
    """(position of the column, name of the device)."""
    marked: tuple[NDArray[np.bool_], ...]
    """For each device one flag a row below the heading."""
    unclear: tuple[NDArray[np.bool_], ...]
    """For each device the rows whose cell is neither a mark nor a no."""
    cross_is_no: bool
    """Whether `x` says that it is not installed, because other cells are ticked."""
    named_in: int | None = None
    """Position among the rows of a second row of the heading, which names the devices."""

    def letters(self, device: int) -> str:
        """The column of a device as a spreadsheet calls it."""
        return column_letters(self.devices[device][0])


def find_matrix(table: Table, words: Mapping[str, tuple[str, ...]]) -> Matrix | None:
    """The matrix in a table of software, or None.

    Columns that no heading of the rules names are devices where two or more of them bear a name with letters and digits
    (`PC-01`; not `Legal`, not `2025`), or stand under a heading for devices, and most of their cells are marks (words of
    kind `tick`, `cross`, `yes`, `no`). Beside ticks a cross means no, as on Indonesian forms; alone it is a mark.
    """
    if table.header is None:
        return None
    named_in, offers = _offers(table)
    entries = table.kinds == RowKind.ENTRY
    columns = [(position, name, _cells(table, position)) for position, name in offers]
    ticks = WordSet((*words.get("tick", ()), *words.get("yes", ())))
    crosses, noes = WordSet(words.get("cross", ())), WordSet(words.get("no", ()))
    ticked = any((column.where(ticks.among(column.texts)) & entries).any() for _, _, column in columns)
    crossed = any((column.where(crosses.among(column.texts)) & entries).any() for _, _, column in columns)
    devices, marked, unclear = [], [], []
    for position, name, column in columns:
        is_cross = column.where(crosses.among(column.texts))
        is_mark = column.where(ticks.among(column.texts)) | (is_cross & (not ticked))
        is_no = column.where(noes.among(column.texts)) | (is_cross & ticked)
        filled = column.filled() & entries
        understood = (is_mark | is_no) & filled
        if 2 * np.count_nonzero(understood) < np.count_nonzero(filled):
            continue
        devices.append((position, name))
        marked.append(is_mark & entries)
        unclear.append((filled & ~understood) | (_failed(table, position) & entries))
    if len(devices) < 2 or not any(flags.any() for flags in marked):
        return None
    return Matrix(tuple(devices), tuple(marked), tuple(unclear), ticked and crossed, named_in)


def doubtful_devices(table: Table, words: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Headings of columns that look like devices in a table that is no matrix: to read it as a list would be a guess.

    They are columns named like a device with marks, amounts or versions in them, or several columns of nothing but ticks
    and crosses whose headings say nothing of a status (words of kind `status-heading`).
    """
    if table.header is None or "device" in table.columns or "quantity" in table.columns:
        return []
    marks = WordSet([word for kind in ("tick", "cross", "yes", "no") for word in words.get(kind, ())])
    signs = WordSet([word for kind in ("tick", "cross") for word in words.get(kind, ()) if not word.isdigit()])
    status = WordSet(words.get("status-heading", ()))
    entries = table.kinds == RowKind.ENTRY
    taken = set(table.header.columns.values())
    named, marked = [], []
    for position, grid_column in enumerate(table.grid.columns):
        heading = grid_column.text(table.header.body - 1)
        if position in taken or not heading or status.matches(heading):
            continue
        column = _cells(table, position)
        filled = column.filled() & entries
        is_mark = column.where(marks.among(column.texts)) & filled
        is_number = (
            column.where(np.array([_AMOUNT_OR_VERSION.fullmatch(text) is not None for text in column.texts], bool)) & filled
        )
        if filled.any() and _SURELY_A_DEVICE.fullmatch(heading) and (is_mark | is_number)[filled].all():
            named.append(heading)
        elif filled.any() and column.where(signs.among(column.texts))[filled].all():
            marked.append(heading)
    return [*named, *marked] if named or len(marked) > 1 else []


def _cells(table: Table, position: int) -> Column:
    assert table.header is not None  # noqa: S101 - for the type checker; callers ask first
    return table.grid.columns[position].taken(slice(table.header.body, None))


def _failed(table: Table, position: int) -> NDArray[np.bool_]:
    assert table.header is not None  # noqa: S101 - for the type checker; callers ask first
    return table.grid.columns[position].failed_below(table.header.body)


def _offers(table: Table) -> tuple[int | None, list[tuple[int, str]]]:
    """Columns that may be devices, and the row below the heading that names them, where it is that row."""
    assert table.header is not None  # noqa: S101 - for the type checker; find_matrix asks first
    header = table.header
    taken = set(header.columns.values())
    above = [column.text(header.row) for column in table.grid.columns]
    last = [column.text(header.body - 1) for column in table.grid.columns]
    below = _texts_of_first_row(table)
    device = header.columns.get("device")
    if device is not None and header.height == 1 and below is not None and not below[header.columns[table.required]]:
        end = next((index for index in range(device + 1, len(above)) if above[index]), len(above))
        under = [(index, below[index]) for index in range(device, end) if below[index]]
        if len(under) >= 2:
            return 0, under
    if device is not None:
        return None, []
    return None, [(index, text) for index, text in enumerate(last) if index not in taken and _NAMED_DEVICE.fullmatch(text)]


def _texts_of_first_row(table: Table) -> list[str] | None:
    if not len(table.rows):
        return None
    row = int(table.rows[0]) - 1
    return [column.text(row) for column in table.grid.columns]
