# SPDX-License-Identifier: Apache-2.0
"""Software × device tables: a column for every device, a mark where the software is on it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foss_audit.tables.rows import RowKind
from foss_audit.tables.table import Table
from foss_audit.tables.words import WordSet

_NAMED_DEVICE = re.compile(r"(?=.*[0-9])(?=.*[^\W\d_]).{2,60}")


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """The marks of a table, device by device."""

    devices: tuple[tuple[int, str], ...]
    """(position of the column, name of the device)."""
    marked: tuple[NDArray[np.bool_], ...]
    """For each device one flag a row below the heading."""
    named_in: int | None = None
    """Position among the rows of a second row of the heading, which names the devices."""

    def letters(self, device: int) -> str:
        """The column of a device as a spreadsheet calls it."""
        return column_letters(self.devices[device][0])


def find_matrix(table: Table, words: Mapping[str, tuple[str, ...]]) -> Matrix | None:
    """The matrix in a table of software, or None.

    Columns that no heading of the rules names are devices where two or more of them bear a name with letters and digits
    (`PC-01`; not `Legal`, not `2025`), or stand under a heading for devices, and hold nothing but marks (kinds `mark`,
    `yes`, `no`).
    """
    if table.header is None:
        return None
    marks = WordSet((*words.get("mark", ()), *words.get("yes", ())))
    noes = WordSet(words.get("no", ()))
    named_in, offers = _offers(table)
    entries = table.kinds == RowKind.ENTRY
    devices: list[tuple[int, str]] = []
    marked: list[NDArray[np.bool_]] = []
    for position, name in offers:
        column = table.grid.columns[position].taken(slice(table.header.body, None))
        flags = marks.among(column.texts)
        allowed = flags | noes.among(column.texts) | np.asarray(column.texts == "", dtype=np.bool_)
        if not column.where(allowed)[entries].all():
            continue
        devices.append((position, name))
        marked.append(column.where(flags) & entries)
    if len(devices) < 2 or not any(flags.any() for flags in marked):
        return None
    return Matrix(tuple(devices), tuple(marked), named_in)


def column_letters(position: int) -> str:
    """Letters of a column, counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


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
