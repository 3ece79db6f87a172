# SPDX-License-Identifier: Apache-2.0
"""Lists without a heading whose columns are told by their values: what a query format of a package tool prints. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

SEPARATORS = ("\t", "|", ";", ",", " ")
_STEADY = 0.9
_FITS = 0.9
_LONGEST_CELL = 200
_TRIED_LINES = 120
_MOST_WORDS = 4
"""Columns of a list that is separated by blanks; more of them is a sentence."""


@dataclass(frozen=True, slots=True)
class Test:
    """How a column is told."""

    column: str
    fits: Callable[[str], object]
    share: float = _FITS
    """Least part of its filled cells that must fit."""
    names: bool = False
    """Whether its cells name what the lines are about: most differ from each other."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a list are parted, and which column is what."""

    separator: str
    width: int
    columns: Mapping[str, int]

    @property
    def begins_told(self) -> bool:
        """Whether every column before the names is known: what an unknown one says might change what the names are."""
        return all(index in self.columns.values() for index in range(self.columns.get("name", 0)))

    def cells(self, line: str) -> list[str] | None:
        """The cells of a line; None where it has too few of them, or too many words."""
        cells = [cell.strip() for cell in line.split(self.separator)]
        return cells if _fits_width(len(cells), self.width, self.separator) else None


def find_layout(lines: Sequence[str], tests: Sequence[Test], required: frozenset[str]) -> Layout | None:
    """The layout by which all `required` columns are found, or None. Each test takes the first column left that fits best."""
    lines = lines[:_TRIED_LINES]
    for separator in (separator for separator in SEPARATORS if lines and (separator in lines[0] or separator in lines[-1])):
        rows = [[cell.strip() for cell in line.split(separator)] for line in lines]
        counts = Counter(map(len, rows))
        width = max(counts, key=lambda cells: (counts[cells], cells), default=0)
        rows = [row for row in rows if _fits_width(len(row), width, separator)]
        if width < 2 or len(rows) < _STEADY * len(lines) or (separator == " " and width > _MOST_WORDS):
            continue
        columns = _columns(rows, width, tests)
        if required <= columns.keys():
            return Layout(separator, width, columns)
    return None


def _fits_width(cells: int, width: int, separator: str) -> bool:
    """Lines of one list may have more cells at their end, but a sentence has any number of words."""
    return cells == width if separator == " " else cells >= width


def _columns(rows: Sequence[Sequence[str]], width: int, tests: Sequence[Test]) -> dict[str, int]:
    found: dict[str, int] = {}
    for test in tests:
        offers = [
            (_share([row[index] for row in rows if row[index]], test), -index)
            for index in range(width)
            if index not in found.values()
        ]
        best, at = max(offers, default=(0.0, 0))
        if best >= test.share:
            found[test.column] = -at
    return found


def _share(cells: Sequence[str], test: Test) -> float:
    if not cells or (test.names and len(set(cells)) * 2 < len(cells)):
        return 0.0
    return sum(1 for cell in cells if len(cell) <= _LONGEST_CELL and test.fits(cell)) / len(cells)
