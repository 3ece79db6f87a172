# SPDX-License-Identifier: Apache-2.0
"""What calamine does not tell of a sheet: hidden rows and columns, and the decimals that numbers are shown with."""

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

_HIDDEN_TAG = re.compile(rb'<(row|col) (?:[^<>]{0,2000} )?hidden="(?:1|true)"[^<>]{0,2000}>')
_ROW = re.compile(rb'[ ]r="([0-9]{1,9})"')
_FIRST = re.compile(rb'[ ]min="([0-9]{1,9})"')
_LAST = re.compile(rb'[ ]max="([0-9]{1,9})"')
_MOST_MARKS = 2_000_000


@dataclass(slots=True)
class CellMarks:
    """Of one sheet. Positions are counted from 0."""

    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    """First and last of rows that are hidden together."""
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    rows: "array[int]" = field(default_factory=lambda: array("l"))
    """Of cells whose number is shown with decimals: their rows,"""
    columns: "array[int]" = field(default_factory=lambda: array("l"))
    """their columns,"""
    decimals: "array[int]" = field(default_factory=lambda: array("b"))
    """and how many decimals are shown."""

    def __bool__(self) -> bool:
        return bool(self.hidden_rows or self.hidden_columns or self.rows)

    def hide_rows(self, first: int, last: int) -> None:
        """Takes note of hidden rows, from above."""
        _extend(self.hidden_rows, first, last)

    def hide_columns(self, first: int, last: int) -> None:
        """Takes note of hidden columns, from the left."""
        _extend(self.hidden_columns, first, last)

    def show(self, row: int, column: int, decimals: int) -> None:
        """Takes note of how a number is shown."""
        if len(self.rows) < _MOST_MARKS and row < 1 << 31 and column < 1 << 31:
            self.rows.append(row)
            self.columns.append(column)
            self.decimals.append(decimals)


def _extend(ranges: list[tuple[int, int]], first: int, last: int) -> None:
    if ranges and ranges[-1][0] <= first <= ranges[-1][1] + 1:
        ranges[-1] = (ranges[-1][0], max(ranges[-1][1], last))
    elif len(ranges) < _MOST_MARKS:
        ranges.append((first, last))


def styled_cells(styles: Mapping[int, int]) -> "re.Pattern[bytes] | None":
    """A pattern for cells of an XLSX sheet that have one of some styles; None where there are none."""
    if not styles:
        return None
    numbers = b"|".join(b"%d" % style for style in sorted(styles))
    return re.compile(rb'<c r="([A-Za-z]{1,4})([0-9]{1,9})"(?: [^<>]{0,200})? s="(' + numbers + rb')"')


def take_hidden(marks: CellMarks, chunk: bytes) -> None:
    """Takes the hidden rows and columns of a piece of an XLSX sheet that is written the usual way."""
    for found in _HIDDEN_TAG.finditer(chunk):
        tag = found[0]
        if found[1] == b"row":
            row = _ROW.search(tag)
            if row is not None and int(row[1]):
                marks.hide_rows(int(row[1]) - 1, int(row[1]) - 1)
            continue
        first, last = _FIRST.search(tag), _LAST.search(tag)
        if first is not None and last is not None and int(first[1]):
            marks.hide_columns(int(first[1]) - 1, int(last[1]) - 1)


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether the attributes of a row or a column of an XLSX sheet hide it."""
    return attributes.get("hidden", "") in ("1", "true")
