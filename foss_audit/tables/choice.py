# SPDX-License-Identifier: Apache-2.0
"""What a person says of the columns of a table: it overrules what the headings seem to say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foss_audit.tables.grid import Grid, likely_heading
from foss_audit.tables.headings import Header, find_header, header_at, normalise_heading

_SEARCHED_ROWS = 60
_LETTERS = re.compile(r"[A-Z]{1,3}")

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Columns and heading of a table as somebody names them."""

    columns: Mapping[str, str]
    """Canonical column to its heading, its letters (`B`) or its number from 1; '' for none."""
    header_row: int | None = None
    """Row of the heading, from 1; 0 where there is none; None where it is not said."""

    def overlaid(self, headings: Mapping[str, str], words: Words) -> tuple[dict[str, str], Words]:
        """The headings of the rules with those that are named before all, and no heading for a column that is not to be read."""
        named = {normalise_heading(text): canonical for canonical, text in self.columns.items() if text}
        ignored = {canonical for canonical, text in self.columns.items() if not text}
        others = {key: canonical for key, canonical in headings.items() if key not in named and canonical not in ignored}
        weak = tuple(word for word in words.get("weak-heading", ()) if normalise_heading(word) not in named)
        return {**named, **others}, {**words, "weak-heading": weak}

    def missing(self, grid: Grid) -> list[str]:
        """Columns that are named and that the grid does not have."""
        known = {normalise_heading(cell) for row in _heading_rows(grid, self.header_row) for cell in row if cell}
        return [
            text
            for text in self.columns.values()
            if text and normalise_heading(text) not in known and _position(text, grid) is None
        ]


def chosen_header(grid: Grid, choice: Choice, headings: Mapping[str, str], words: Words) -> Header | None:
    """The heading of a grid as somebody states it; None where headings alone are named, so that they can be searched."""
    rows = [list(map(normalise_heading, row)) for row in _heading_rows(grid, choice.header_row)]
    places = {
        canonical: position
        for canonical, text in choice.columns.items()
        if (position := _position(text, grid)) is not None and not _is_heading(text, rows, headings)
    }
    if choice.header_row is None and not places:
        return None
    by_heading = replace(choice, columns={name: text for name, text in choice.columns.items() if name not in places})
    overlaid, weaker = by_heading.overlaid(headings, words)
    header = _base(grid, choice, overlaid, weaker, places)
    kept = {name: index for name, index in header.columns.items() if name not in places and index not in places.values()}
    columns = dict(sorted({**kept, **places}.items(), key=lambda item: item[1]))
    return replace(header, columns=columns, headings={name: _heading(grid, header, columns[name]) for name in columns})


def _base(grid: Grid, choice: Choice, headings: Mapping[str, str], words: Words, places: Mapping[str, int]) -> Header:
    """The heading where it is said to be, else where it is found."""
    if choice.header_row == 0:
        return Header(0, 0, {}, {})
    rows = grid.top(_SEARCHED_ROWS)
    if choice.header_row is not None:
        row = min(choice.header_row, grid.rows) - 1
        return replace(header_at(grid.rows_as_texts(row, row + 2), 0, headings, words), row=row)
    required = next((name for name in choice.columns if choice.columns[name] and name not in places), "name")
    found = find_header(rows, headings, words, required)
    return found if found is not None else header_at(rows, likely_heading(grid)[0] - 1, headings, words)


def _heading(grid: Grid, header: Header, position: int) -> str:
    """The heading of a column as found; its letters where it has none."""
    texts = [text for row in range(header.row, header.body) if (text := grid.columns[position].text(row))]
    return " | ".join(texts) or grid.place(position).rpartition("!")[2]


def _heading_rows(grid: Grid, header_row: int | None) -> list[list[str]]:
    """Rows that may hold the heading: those that are searched, or the one that is named with the one below it."""
    if header_row == 0:
        return []
    return grid.top(_SEARCHED_ROWS) if header_row is None else grid.rows_as_texts(header_row - 1, header_row + 1)


def _is_heading(text: str, rows: Sequence[Sequence[str]], headings: Mapping[str, str]) -> bool:
    """Whether what may be the letters of a column stands as a heading beside one that is known: `PC`, `OS`, `No`."""
    key = normalise_heading(text)
    return not text.isdecimal() and any(key in row and any(cell != key and cell in headings for cell in row) for row in rows)


def _position(text: str, grid: Grid) -> int | None:
    """The position of a column, from 0, by its letters or its number; None where it is neither, or the grid is not so wide."""
    if text.isdecimal():
        position = int(text[:6]) - 1
    elif _LETTERS.fullmatch(text):
        position = -1
        for letter in text:
            position = (position + 1) * 26 + ord(letter) - 65
    else:
        return None
    return position if 0 <= position < len(grid.columns) else None
