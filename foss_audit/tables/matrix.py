# SPDX-License-Identifier: Apache-2.0
"""Software × device tables: a column for every device or room, a mark where the software is on it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foss_audit.tables.grid import Column
from foss_audit.tables.marks import Marks, MarkWords, read_marks
from foss_audit.tables.quantities import quantity
from foss_audit.tables.rows import RowKind
from foss_audit.tables.table import Table
from foss_audit.tables.words import WordSet

_NAMED_DEVICE = re.compile(r"(?=.*[0-9])(?=.*[^\W\d_]).{2,60}")
_SURELY_A_DEVICE = re.compile(
    r"(?:pc|laptop|komputer|computer|notebook|nb|server|srv|host|desktop|workstation)\b.*\d.*|.*[a-z].*[-_]\d{1,4}", re.IGNORECASE
)
_LONGEST_DEVICE = 100
_AMOUNT_OR_VERSION = re.compile(r"\d{1,4}(?:\.\d+)*")
_Words = Mapping[str, tuple[str, ...]]
_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class MatrixColumn:
    """A column of marks. One flag a row below the heading."""

    position: int
    device: str
    """'' for a column of a room."""
    location: str
    marked: _Flags
    unclear: _Flags
    """Cells that are neither a mark nor a no."""
    cells: Column
    """The cells themselves; of a marked one that is `told` its text is a version or an amount."""
    told: _Flags


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """The marks of a table, column by column."""

    columns: tuple[MatrixColumn, ...]
    cross_is_no: bool
    """Whether `x` says that it is not installed, because other cells are ticked."""
    tells_versions: bool
    """Whether some marks are versions."""
    heads: tuple[int, ...] = ()
    """Positions among the rows of further rows of the heading, which name devices, rooms or people."""

    @property
    def of_rooms(self) -> bool:
        """Whether the columns are rooms, whose cells are amounts."""
        return not self.columns[0].device


@dataclass(frozen=True, slots=True)
class _Offer:
    """A column that may be a device or a room."""

    position: int
    device: str
    location: str = ""


def find_matrix(table: Table, words: _Words) -> Matrix | None:
    """The matrix in a table of software, or None.

    Columns that no heading of the rules names are devices where two or more of them bear a name with letters and digits
    (`PC-01`; not `Legal`, not `2025`), or stand under a heading for devices, and most of their cells are marks (words of
    kind `tick`, `cross`, `yes`, `no`), or plainly versions. Beside ticks a cross means no, as on Indonesian forms; alone it
    is a mark. Columns headed by rooms and units (words of kind `section`) hold amounts.
    """
    if table.header is None or not table.header.height:
        return None
    heads, offers = _offers(table, words)
    return _of_devices(table, heads, offers, words) or _of_rooms(table, words)


def _of_devices(table: Table, heads: tuple[int, ...], offers: Sequence[_Offer], words: _Words) -> Matrix | None:
    entries = _entries(table, heads)
    read = [read_marks(_cells(table, offer.position), entries, MarkWords.of(words)) for offer in offers]
    ticked = any(marks.ticks.any() for marks in read)
    versions = any(marks.versions.any() for marks in read) and not any(marks.amounts.any() for marks in read)
    found: list[MatrixColumn] = []
    for offer, marks in zip(offers, read, strict=True):
        told = marks.versions if versions else np.zeros(len(entries), dtype=bool)
        understood = marks.marked(ticked) | marks.denied(ticked) | told
        if 2 * np.count_nonzero(understood) < np.count_nonzero(marks.filled):
            continue
        unclear = (marks.filled & ~understood) | (_failed(table, offer.position) & entries)
        marked = marks.marked(ticked) | told
        found.append(MatrixColumn(offer.position, offer.device, offer.location, marked, unclear, marks.column, told))
    if len(found) < 2 or not any(column.marked.any() for column in found):
        return None
    heads = (*heads, *_people(table, heads, [column.position for column in found], words))
    return Matrix(tuple(found), ticked and any(marks.crosses.any() for marks in read), versions, tuple(dict.fromkeys(heads)))


def _of_rooms(table: Table, words: _Words) -> Matrix | None:
    """Two columns or more headed by rooms, with amounts or marks in them, that add up to the quantity where there is one."""
    assert table.header is not None  # noqa: S101 - for the type checker; find_matrix asks first
    if "device" in table.columns or "location" in table.header.columns:
        return None
    section = WordSet(words.get("section", ()))
    taken = set(table.header.columns.values())
    entries = table.kinds == RowKind.ENTRY
    found: list[MatrixColumn] = []
    amounts = np.zeros(len(entries), dtype=np.int64)
    for position, column in enumerate(table.grid.columns):
        heading = column.text(table.header.body - 1)
        if position in taken or not section.matches(heading):
            continue
        marks = read_marks(_cells(table, position), entries, MarkWords.of(words))
        understood = marks.ticks | marks.crosses | marks.noes | marks.amounts
        if not (marks.filled & ~understood).any() and not _failed(table, position).any():
            marked = marks.ticks | marks.crosses | marks.amounts
            found.append(MatrixColumn(position, "", heading, marked, ~entries & False, marks.column, marks.amounts))
            amounts += np.where(marks.amounts, _numbers(marks), marked)
    if len(found) < 2 or not any(column.marked.any() for column in found):
        return None
    return Matrix(tuple(found), False, False) if _adds_up(table, amounts, entries, words) else None


def _numbers(marks: Marks) -> NDArray[np.int64]:
    numbers = np.array([int(text) if text.isdecimal() and len(text) < 6 else 0 for text in marks.column.texts], dtype=np.int64)
    return numbers[marks.column.codes] if len(numbers) else np.zeros(len(marks.filled), dtype=np.int64)


def _adds_up(table: Table, amounts: NDArray[np.int64], entries: _Flags, words: _Words) -> bool:
    column = table.columns.get("quantity")
    if column is None:
        return True
    stated = np.array([quantity(str(text), words) if text else -1 for text in column.texts], dtype=object)[column.codes]
    return bool(all(total in (-1, amount) for total, amount in zip(stated[entries], amounts[entries], strict=True)))


def doubtful_devices(table: Table, words: _Words) -> list[str]:
    """Headings of columns that look like devices in a table that is no matrix: to read it as a list would be a guess.

    They are columns named like a device with marks, amounts or versions in them, or several columns of nothing but ticks
    and crosses whose headings say nothing of a status (words of kind `status-heading`).
    """
    if table.header is None or not table.header.height or "device" in table.columns or "quantity" in table.columns:
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
        if (
            filled.any()
            and len(heading) < _LONGEST_DEVICE
            and _SURELY_A_DEVICE.fullmatch(heading)
            and (is_mark | is_number)[filled].all()
        ):
            named.append(heading)
        elif filled.any() and column.where(signs.among(column.texts))[filled].all():
            marked.append(heading)
    return [*named, *marked] if named or len(marked) > 1 else []


def _entries(table: Table, heads: Sequence[int]) -> _Flags:
    entries: _Flags = table.kinds == RowKind.ENTRY
    entries[list(heads)] = False
    return entries


def _cells(table: Table, position: int) -> Column:
    assert table.header is not None  # noqa: S101 - for the type checker; callers ask first
    return table.grid.columns[position].taken(slice(table.header.body, None))


def _failed(table: Table, position: int) -> _Flags:
    assert table.header is not None  # noqa: S101 - for the type checker; callers ask first
    return table.grid.columns[position].failed_below(table.header.body)


def _offers(table: Table, words: _Words) -> tuple[tuple[int, ...], list[_Offer]]:
    """Columns that may be devices, and the rows below the heading that name them or the rooms above them."""
    assert table.header is not None  # noqa: S101 - for the type checker; find_matrix asks first
    header = table.header
    taken = set(header.columns.values())
    last = [column.text(header.body - 1) for column in table.grid.columns]
    device = header.columns.get("device")
    if device is not None:
        return _under_device(table, last, device, words) if header.height == 1 else ((), [])
    named = [_Offer(index, text) for index, text in enumerate(last) if index not in taken and _NAMED_DEVICE.fullmatch(text)]
    below = _row_below(table, 0)
    if below is not None:
        under = [index for index, text in enumerate(below) if text]
        if len(under) >= 2 and not taken & set(under) and all(_NAMED_DEVICE.fullmatch(below[index]) for index in under):
            return (0,), _placed([_Offer(index, below[index]) for index in under], last, words)
    above = [column.text(header.body - 2) for column in table.grid.columns] if header.body >= 2 else []
    first = min((offer.position for offer in named), default=0)
    return (), _placed(named, above, words) if not any(above[:first]) or header.height == 2 else named


def _under_device(table: Table, above: Sequence[str], device: int, words: _Words) -> tuple[tuple[int, ...], list[_Offer]]:
    """Devices that the first row below a heading for devices names, or the second below a row of rooms."""
    end = next((index for index in range(device + 1, len(above)) if above[index]), len(above))
    first, second = _row_below(table, 0), _row_below(table, 1)
    if first is None:
        return (), []
    under = [index for index in range(device, end) if first[index]]
    if second is not None:
        deeper = [index for index in range(device, end) if second[index]]
        marks = WordSet([word for kind in ("tick", "cross", "yes", "no") for word in words.get(kind, ())])
        if len(deeper) >= max(2, len(under)) and under and not any(marks.matches(second[index]) for index in deeper):
            return (0, 1), _placed([_Offer(index, second[index]) for index in deeper], first, words)
    total = WordSet(words.get("total", ()))
    offers = [_Offer(index, first[index]) for index in under if not total.matches(first[index])]
    return ((0,), offers) if len(offers) >= 2 else ((), [])


def _placed(offers: Sequence[_Offer], above: Sequence[str], words: _Words) -> list[_Offer]:
    """The offers with the rooms above them; one text over all of them is a room only where it says so."""
    if not offers or not above:
        return list(offers)
    rooms: list[str] = []
    room = ""
    for offer in offers:
        before = [text for text in above[offers[0].position : offer.position + 1] if text]
        room = before[-1] if before else room
        rooms.append(room)
    section = WordSet(words.get("section", ()))
    if len(set(rooms) - {""}) < 2 and not section.matches(rooms[-1]):
        return list(offers)
    return [replace(offer, location=room) for offer, room in zip(offers, rooms, strict=True)]


def _people(table: Table, heads: Sequence[int], positions: Sequence[int], words: _Words) -> tuple[int, ...]:
    """The row below the names of the devices that names their users: no mark, and nothing in any other column."""
    row = len(heads)
    below = _row_below(table, row)
    if below is None:
        return ()
    filled = {index for index, text in enumerate(below) if text}
    marks = WordSet([word for kind in ("tick", "cross", "yes", "no") for word in words.get(kind, ())])
    is_text = all(any(map(str.isalpha, below[index])) and not marks.matches(below[index]) for index in filled)
    return (row,) if filled and filled <= set(positions) and 2 * len(filled) >= len(positions) and is_text else ()


def _row_below(table: Table, row: int) -> list[str] | None:
    """Texts of one of the first rows below the heading, where it names no software."""
    if row >= len(table.rows):
        return None
    position = int(table.rows[row]) - 1
    texts = [column.text(position) for column in table.grid.columns]
    assert table.header is not None  # noqa: S101 - for the type checker; callers ask first
    return None if texts[table.header.columns[table.required]] else texts
