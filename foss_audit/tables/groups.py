# SPDX-License-Identifier: Apache-2.0
"""What people write once for several lines: merged cells, groups, a device above its software, software before its devices."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foss_audit.tables.grid import Column, Grid
from foss_audit.tables.rows import RowKind

FILLED_DOWN = ("agency", "location", "device")
"""Columns that say which group a row belongs to, and are often written once for all of it."""
_OF_SOFTWARE = ("name", "version", "publisher", "license", "claim", "purl")
_WRITTEN_ONCE = frozenset({"number", "quantity", "license_quantity", "price", "total_price"})
_BREAKS = (RowKind.HEADING, RowKind.TOTAL, RowKind.SIGNATURE, RowKind.COLUMN_NUMBERS)
_Flags = NDArray[np.bool_]


def unmerged(grid: Grid, start: int, positions: Mapping[str, int]) -> Grid:
    """The grid with every cell merged downwards written on all its rows, amounts and running numbers excepted."""
    wanted = {index for canonical, index in positions.items() if canonical not in _WRITTEN_ONCE}
    columns = list(grid.columns)
    for first, left, last, right in grid.merged:
        if left == right and left in wanted and start <= first < last < grid.rows:
            column = columns[left]
            codes = column.codes.copy() if column is grid.columns[left] else column.codes
            codes[first : last + 1] = codes[first]
            failed = column.failed
            if first in failed:
                failed = np.union1d(failed, np.arange(first, last + 1))
            columns[left] = Column(codes, column.texts, failed)
    return replace(grid, columns=tuple(columns))


def device_rows(grid: Grid, start: int, positions: Mapping[str, int], required: str) -> _Flags:
    """Rows below the heading in which someone wrote a device, though not above the software of a merged cell."""
    if "device" not in positions:
        return np.zeros(max(grid.rows - start, 0), dtype=bool)
    device = positions["device"]
    own = grid.columns[device].filled()
    named = grid.columns[positions[required]].filled()
    for first, left, last, right in grid.merged:
        if left <= device <= right and start <= first < last < grid.rows and named[first : last + 1].any():
            own[first] = False
    return own[start:]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The rows that hold nothing but a device, told apart. One flag a row below the heading."""

    heads: _Flags
    """A device above the lines of its software."""
    repeats: _Flags
    """One more device of the software that the row above names."""


def device_groups(
    kinds: NDArray[np.int8], columns: Mapping[str, Column], positions: Mapping[str, int], may_repeat: bool
) -> Groups:
    """What the rows of kind DEVICE are; where a table is written neither way they are neither."""
    nothing = np.zeros(len(kinds), dtype=bool)
    if not (kinds == RowKind.DEVICE).any():
        return Groups(nothing, nothing)
    used = np.flatnonzero(kinds != RowKind.NOTHING)
    own = columns["device"].filled()[used]
    entry, lone = kinds[used] == RowKind.ENTRY, kinds[used] == RowKind.DEVICE
    heads = nothing.copy()
    heads[used] = lone & np.append(entry[1:] & ~own[1:], False)
    repeats = nothing.copy()
    if (
        may_repeat
        and not heads.any()
        and positions["name"] < positions["device"]
        and _names_once(used, entry, lone, own, columns)
    ):
        repeats[used] = lone
    return Groups(heads, repeats)


def _names_once(used: NDArray[np.intp], entry: _Flags, lone: _Flags, own: _Flags, columns: Mapping[str, Column]) -> bool:
    """Whether a table names each piece of software once, before all its devices: any exception could be a forgotten name."""
    if not (entry | lone)[np.flatnonzero(lone) - 1].all() or lone[0] or not own[entry].all():
        return False
    begin = np.maximum.accumulate(np.where(lone, 0, np.arange(len(used))))
    grouped = entry[begin]
    devices = columns["device"].codes[used]
    if not grouped[lone].all() or len(np.unique(np.stack((begin, devices))[:, grouped], axis=1).T) != int(grouped.sum()):
        return False
    inner = int((lone[:-1] & entry[1:]).sum())
    if "number" in columns:
        return inner > 0 and bool(columns["number"].filled()[used][entry].all())
    names = columns["name"].codes[used]
    return inner > 1 and not (entry[1:] & entry[:-1] & (names[1:] == names[:-1])).any()


def filled_down(
    columns: Mapping[str, Column], kinds: NDArray[np.int8], groups: Groups, failed: _Flags | None
) -> dict[str, Column]:
    """The columns with what is written once on every row that it holds for. `failed`: rows whose device is an error value."""
    found = dict(columns)
    if groups.repeats.any():
        rows = np.arange(len(kinds))
        source = np.maximum.accumulate(np.where(kinds == RowKind.ENTRY, rows, 0))
        source = np.where(groups.repeats, source, rows)
        for canonical in _OF_SOFTWARE:
            if canonical in found:
                found[canonical] = found[canonical].taken(source)
    for canonical in FILLED_DOWN:
        if canonical in found:
            kept = failed if canonical == "device" else None
            heads = groups.heads if canonical == "device" else groups.heads | _group_heads(found[canonical], kinds)
            found[canonical] = _filled_down(found[canonical], found.get("number"), kinds, heads, kept)
    return found


def _group_heads(column: Column, kinds: NDArray[np.int8]) -> _Flags:
    """Rows that hold nothing but an agency or a place, above a line that names none."""
    used = np.flatnonzero(kinds != RowKind.NOTHING)
    own = column.filled()[used]
    heads = np.zeros(len(kinds), dtype=bool)
    heads[used] = (kinds[used] == RowKind.BLANK) & own & np.append((kinds[used] == RowKind.ENTRY)[1:] & ~own[1:], False)
    return heads


def _filled_down(column: Column, number: Column | None, kinds: NDArray[np.int8], heads: _Flags, kept: _Flags | None) -> Column:
    """The column with its groups written on every row whose running number is blank too, and below a head.

    Also where the running number begins anew with every group that is written.
    """
    filled = column.filled()
    rows = np.arange(len(filled))
    breaks = np.isin(kinds, _BREAKS)
    if kept is not None:
        breaks |= kept
    belongs = np.zeros(len(rows), dtype=bool)
    if heads.any():
        belongs |= heads[np.maximum.accumulate(np.where(filled | breaks, rows, 0))]
    if number is not None:
        begins = number.where((number.texts.str.strip("().") == "1").to_numpy(dtype=bool))
        entries = kinds == RowKind.ENTRY
        if (begins & entries).sum() > 1 and np.array_equal((begins & entries), (filled & entries)):
            belongs |= entries
        else:
            belongs |= ~number.filled()
    source = np.maximum.accumulate(np.where(filled | breaks | ~belongs, rows, 0)) if len(rows) else rows
    return column.taken(source)
