# SPDX-License-Identifier: Apache-2.0
"""The tables of one sheet: one below the other, each with a heading of its own, and side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from foss_audit.tables.grid import Column, Grid
from foss_audit.tables.headings import Header, find_header, normalise_heading
from foss_audit.tables.words import searched

_SEARCHED_ROWS = 80
_MANY = 5_000
"""Distinct texts of a column above which headings are looked up as a whole, without what stands in brackets."""
_LONGEST_HEADING = 120
_MOST_CANDIDATES = 5_000
_FEWEST_TABLES, _MOST_TABLES, _ROWS_OF_TABLES = 20, 1000, 30_000_000
"""How many tables of a sheet are read: the more rows it has the fewer."""
_OTHER_TABLE = 3
"""Columns that a heading must name for it to be that of another table, where it names no software."""
_MOSTLY = 0.6
"""Share of the filled cells of a heading in the midst of a sheet that must be known."""
_NUMBER = "number"
_LONGEST_TITLE = 10
"""Rows from the first line above a heading to the heading, at most."""
_SHARED = ("agency", "location", "device", "user")
"""Columns that stand once for several tables beside each other."""

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A table of a sheet, or what stands there instead of one."""

    grid: Grid
    """The sheet down to the last row of the region, with only the columns of the region filled."""
    start: int
    """Its first row, from 0: what stands between the table before it and its heading belongs to it."""
    header: Header | None
    """None where no heading names the required column."""
    left: int = 0
    """Its first column; 0 for the first of several beside each other."""


def split_tables(grid: Grid, headings: Mapping[str, str], words: Words, required: str) -> list[Region]:
    """The regions of a sheet, from the left, each from above; the whole sheet without a header where no heading is found."""
    found: list[Region] = []
    for left, beside in _side_by_side(grid, headings, words, required):
        found.extend(replace(region, left=left) for region in _stacked(beside, headings, words, required))
    return found


def _stacked(grid: Grid, headings: Mapping[str, str], words: Words, required: str) -> list[Region]:
    """The tables of a grid, one below the other."""
    filled = _filled_cells(grid)
    headers = _all_headers(grid, filled, headings, words, required)
    if not headers:
        return [Region(grid, 0, None)]
    starts = [0]
    for (_, former), (row, _) in pairwise(headers):
        starts.append(_first_title(grid, filled, row, former.body if former is not None else starts[-1] + 1))
    return [
        Region(_until(grid, end), start, header)
        for start, end, (_, header) in zip(starts, [*starts[1:], grid.rows], headers, strict=True)
    ]


def _first_title(grid: Grid, filled: NDArray[np.int32], heading: int, floor: int) -> int:
    """The first row of the lines that stand above a heading and are parted from the table before it, else the heading's row."""
    row = heading
    while row > floor and not filled[row - 1] and heading - row < _LONGEST_TITLE:
        row -= 1
    first = row
    while first > floor and heading - first < _LONGEST_TITLE and _is_title(grid, filled, first - 1):
        first -= 1
    return first if first < row and first > floor and not filled[first - 1] else heading


def _is_title(grid: Grid, filled: NDArray[np.int32], row: int) -> bool:
    """Whether a row has one filled cell only, or is `label : value` in two."""
    if filled[row] != 2:
        return bool(filled[row] == 1)
    first, second = (text for column in grid.columns if (text := column.text(row)))
    return first.endswith(":") or second.startswith(":")


def _all_headers(
    grid: Grid, filled: NDArray[np.int32], headings: Mapping[str, str], words: Words, required: str
) -> list[tuple[int, Header | None]]:
    """(first row, header) of every table in the order of the rows; None for a heading that names no software."""
    best = find_header(grid.top(_SEARCHED_ROWS), headings, words, required)
    found: list[tuple[int, Header | None]] = [(best.row, best)] if best is not None else []
    refused: set[tuple[str, ...]] = set()
    for row in _candidates(grid, headings):
        if best is not None and best.row <= row < best.body:
            continue
        cells = tuple(column.text(row) for column in grid.columns)
        if cells in refused:
            continue
        below = [column.text(row + 1) for column in grid.columns] if row + 1 < grid.rows else []
        header, is_heading = _header_at(row, cells, below, headings, words, required)
        parted = row == 0 or filled[row - 1] <= 1 or _NUMBER in map(headings.get, map(normalise_heading, cells))
        if is_heading and parted:
            found.append((row, header))
        elif not is_heading:
            refused.add(cells)
    return _distinct(grid, filled, sorted(found, key=lambda one: one[0]), best)


def _distinct(
    grid: Grid, filled: NDArray[np.int32], found: list[tuple[int, Header | None]], best: Header | None
) -> list[tuple[int, Header | None]]:
    """Without headings that are repeated, and without those that have no lines of their own."""
    kept: list[tuple[int, Header | None]] = []
    for index, (row, header) in enumerate(found):
        if kept and _belongs_to_heading(kept[-1], row):
            continue
        body = header.body if header is not None else row + 1
        following = found[index + 1][0] if index + 1 < len(found) else grid.rows
        if header is not best and not (filled[body:following] >= 2).any():
            continue
        if header is not None and kept and (former := kept[-1][1]) is not None and _repeats(grid, former, header):
            continue
        kept.append((row, header))
    most = min(max(_FEWEST_TABLES, _ROWS_OF_TABLES // max(grid.rows, 1)), _MOST_TABLES)
    # What is beyond that many tables is refused as a whole: nobody writes so many, and each takes its time.
    return kept if len(kept) <= most else [*kept[:most], (kept[most][0], None)]


def _belongs_to_heading(former: tuple[int, Header | None], row: int) -> bool:
    header = former[1]
    return row < header.body if header is not None else row == former[0]


def _repeats(grid: Grid, former: Header, header: Header) -> bool:
    """Whether a heading is that of the table above once more, as on every printed page; rows.py skips such a row."""
    if dict(header.columns).items() - dict(former.columns).items():
        return False
    above = [column.text(former.row) for column in grid.columns]
    here = [column.text(header.row) for column in grid.columns]
    same = sum(bool(text) and text == other for text, other in zip(above, here, strict=True))
    return same * 2 >= sum(map(bool, above)) and all(above[position] == here[position] for position in header.columns.values())


def _header_at(
    row: int, cells: Sequence[str], below: Sequence[str], headings: Mapping[str, str], words: Words, required: str
) -> tuple[Header | None, bool]:
    """The heading of a row in the midst of a sheet, and whether it is one at all: most of its cells must be known."""
    header = find_header([cells, below], headings, words, required)
    if header is not None and header.row == 0 and len(header.columns) >= 2:
        filled = sum(any(pair) for pair in zip_longest(cells, below if header.height == 2 else ()))
        if len(header.columns) >= (_MOSTLY if len(header.columns) > 2 else 1) * filled:
            return replace(header, row=row), True
    known = {headings[key] for key in map(normalise_heading, cells) if key in headings}
    is_other = len(known) >= _OTHER_TABLE and len(known) >= _MOSTLY * sum(map(bool, cells)) and required not in known
    return None, is_other


def _filled_cells(grid: Grid) -> NDArray[np.int32]:
    """How many cells of each row are filled."""
    filled = np.zeros(grid.rows, dtype=np.int32)
    for column in grid.columns:
        filled += column.filled()
    return filled


def _candidates(grid: Grid, headings: Mapping[str, str]) -> Iterator[int]:
    """Rows with two cells or more that read like headings."""
    count = np.zeros(grid.rows, dtype=np.int16)
    known = frozenset(headings)
    for column in grid.columns:
        flags = _are_headings(column.texts, known)
        if flags.any():
            count += flags[column.codes]
    yield from map(int, np.flatnonzero(count >= 2)[:_MOST_CANDIDATES])


def _are_headings(texts: "pd.Series[str]", known: frozenset[str]) -> NDArray[np.bool_]:
    if len(texts) <= _MANY:
        return np.fromiter((normalise_heading(text) in known for text in texts), dtype=np.bool_, count=len(texts))
    short = np.asarray(texts.str.len() <= _LONGEST_HEADING, dtype=np.bool_) & searched(texts, "[A-Za-z]")
    plain = texts[short].str.lower().str.replace("[^a-z0-9]+", " ", regex=True).str.strip()
    short[short] = np.asarray(plain.isin(list(known)), dtype=np.bool_)
    return short


def _until(grid: Grid, end: int) -> Grid:
    """The first rows of a grid."""
    if end >= grid.rows:
        return grid
    columns = tuple(Column(column.codes[:end], column.texts, column.failed[column.failed < end]) for column in grid.columns)
    return replace(grid, columns=columns, rows=end)


def _side_by_side(grid: Grid, headings: Mapping[str, str], words: Words, required: str) -> Iterator[tuple[int, Grid]]:
    """(first column, grid with only the columns of one table filled); the whole grid where there is one table only."""
    spans = _spans_between_empty_columns(grid, headings, words, required) or _spans_of_a_repeated_heading(
        grid, headings, words, required
    )
    if len(spans) < 2:
        yield 0, grid
        return
    first = find_header(_only(grid, spans[0], ()).top(_SEARCHED_ROWS), headings, words, required)
    for index, span in enumerate(spans):
        header = find_header(_only(grid, span, ()).top(_SEARCHED_ROWS), headings, words, required)
        shared = _shared(first, header) if index else ()
        yield (span[0] if index else 0), _only(grid, span, shared)


def _shared(first: Header | None, header: Header | None) -> tuple[int, ...]:
    """Columns of the first table that also hold for one beside it, in the same rows and without numbers of its own."""
    if first is None or header is None or first.row != header.row or "number" in header.columns:
        return ()
    return tuple(first.columns[name] for name in _SHARED if name in first.columns and name not in header.columns)


def _spans_between_empty_columns(grid: Grid, headings: Mapping[str, str], words: Words, required: str) -> list[tuple[int, int]]:
    """(first column, column behind the last) of tables that a wholly empty column parts, each with a heading of its own."""
    used = [bool(column.filled().any() or len(column.failed)) for column in grid.columns]
    runs: list[tuple[int, int]] = []
    for index, filled in enumerate(used):
        if filled and index and used[index - 1]:
            runs[-1] = (runs[-1][0], index + 1)
        elif filled:
            runs.append((index, index + 1))
    if len(runs) < 2:
        return []
    starts = [run[0] for run in runs if _names_software(_only(grid, run, ()), headings, words, required)]
    if len(starts) < 2:
        return []
    return _spans([0, *starts[1:]], len(grid.columns))


def _names_software(grid: Grid, headings: Mapping[str, str], words: Words, required: str) -> bool:
    header = find_header(grid.top(_SEARCHED_ROWS), headings, words, required)
    return header is not None and len(header.columns) >= 2


def _spans_of_a_repeated_heading(grid: Grid, headings: Mapping[str, str], words: Words, required: str) -> list[tuple[int, int]]:
    """The same for `No, Software, Versi, No, Software, Versi`: a heading that begins anew in its row."""
    header = find_header(grid.top(_SEARCHED_ROWS), headings, words, required)
    if header is None or header.height > 1 or all(canonical != required for canonical, _ in header.passed_over):
        return []
    cells = [normalise_heading(column.text(header.row)) for column in grid.columns]
    while cells and not cells[-1]:
        cells.pop()
    for width in range(2, len(cells) // 2 + 1):
        if len(cells) % width == 0 and cells == cells[:width] * (len(cells) // width) and all(cells[:width]):
            return _spans(list(range(0, len(cells), width)), len(grid.columns))
    return []


def _spans(starts: Sequence[int], width: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], width], strict=True))


def _only(grid: Grid, span: tuple[int, int], shared: Sequence[int]) -> Grid:
    """The grid with every column emptied that is neither in the span nor shared."""
    nothing = Column(np.zeros(grid.rows, dtype=np.int32), pd.Series([""], dtype="str"))
    columns = tuple(
        column if span[0] <= index < span[1] or index in shared else nothing for index, column in enumerate(grid.columns)
    )
    return replace(grid, columns=columns)
