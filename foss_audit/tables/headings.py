# SPDX-License-Identifier: Apache-2.0
"""The heading of a table: which row it is, and which canonical column each of its cells names."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from foss_audit.tables.words import WordSet

_SEARCHED_ROWS = 60
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_WORD = re.compile(r"[\W_]+")
_LONGEST_HEADING = 120
_REGISTER_MARKS = frozenset(
    {"end", "bast", "price", "total_price", "contract", "invoice", "sp2d", "supplier", "fund", "key", "license_quantity"}
)
_TELLING = frozenset({"end", "bast", "price", "total_price"})
_SUPPORT = frozenset({"version", "license", "claim", "purl", "publisher", "metric", "edition", "installed"}) | _REGISTER_MARKS
"""Columns that say that what a weak heading names is software, or a right to it."""


def normalise_heading(text: str) -> str:
    """A heading without case, punctuation, line breaks and marks: what rules/headings.csv is compared by.

    >>> normalise_heading("Nama Perangkat\\nLunak *:")
    'nama perangkat lunak'
    >>> normalise_heading("No.")
    'no'
    >>> normalise_heading("#")
    '#'
    """
    folded = unicodedata.normalize("NFKC", text[:_LONGEST_HEADING]).casefold()
    return _NOT_WORD.sub(" ", folded).strip() or folded.strip()


@dataclass(frozen=True, slots=True)
class Header:
    """A heading found in a grid. Positions are 0-based."""

    row: int
    """Its first row."""
    height: int
    """1, or 2 for a merged heading over two rows; 0 where there is none and a person said what the columns are."""
    columns: Mapping[str, int]
    """Canonical column to position, in the order of the columns."""
    headings: Mapping[str, str]
    """Canonical column to the heading as found; of two rows `upper | lower`."""
    passed_over: tuple[tuple[str, str], ...] = ()
    """(canonical, heading as found) of columns that name one already taken by a better heading."""

    @property
    def body(self) -> int:
        """Position of the first row below it."""
        return self.row + self.height


def find_header(
    rows: Sequence[Sequence[str]], headings: Mapping[str, str], words: Mapping[str, tuple[str, ...]], required: str
) -> Header | None:
    """The heading among the first rows (cells as text), or None where none names the required column.

    The row that names most distinct columns wins; of equals one row before two, then the first.
    A required column that is named only by a word in general use (words of kind `weak-heading`: Name, Nama Barang) must
    be supported by another column that says it is software. A row with a heading of kind `no-software-heading` (Service
    Name, Driver Type) is of a table of something else.
    """
    other = WordSet(words.get("no-software-heading", ()))
    lookup = _Lookup(headings, {heading: rank for rank, heading in enumerate(headings)}, WordSet(words.get("weak-heading", ())))
    best: Header | None = None
    for position, cells in enumerate(rows[:_SEARCHED_ROWS]):
        if not any(cells) or any(other.matches(normalise_heading(cell)) for cell in cells if cell):
            continue
        below = rows[position + 1] if position + 1 < len(rows) else ()
        for header in (lookup.one_row(position, cells), lookup.two_rows(position, cells, below)):
            if header is None or not lookup.accepts(header, required) or _is_caught_in_a_list(rows, header):
                continue
            if best is None or (len(header.columns), -header.height) > (len(best.columns), -best.height):
                best = header
    return best


def header_at(
    rows: Sequence[Sequence[str]], row: int, headings: Mapping[str, str], words: Mapping[str, tuple[str, ...]]
) -> Header:
    """The heading that stands in a row, whatever it names; of one row or two that which names more."""
    lookup = _Lookup(headings, {heading: rank for rank, heading in enumerate(headings)}, WordSet(words.get("weak-heading", ())))
    cells, below = rows[row], rows[row + 1] if row + 1 < len(rows) else ()
    found = [header for header in (lookup.one_row(row, cells), lookup.two_rows(row, cells, below)) if header is not None]
    return max(found, key=lambda header: (len(header.columns), -header.height), default=Header(row, 1, {}, {}))


def looks_like_register(columns: Collection[str]) -> bool:
    """Whether the columns that a heading names in a register's words are those of a licence register.

    `columns` are canonical columns as `Vocabulary.register_headings` names them.
    """
    names = set(columns)
    has_amount = bool(names & {"quantity", "license_quantity"})
    return has_amount and bool(names & _TELLING) and len(names & _REGISTER_MARKS) >= 2 and not names & {"device", "installed"}


def is_written_by_machine(header: Header, required: str, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether only a program heads the required column so (words of kind `machine-heading`), and numbers no lines."""
    heading = normalise_heading(header.headings[required])
    return "number" not in header.columns and WordSet(words.get("machine-heading", ())).matches(heading)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """Headings by their normalised text. Where the same column is named twice the heading that stands first in the rules wins."""

    headings: Mapping[str, str]
    ranks: Mapping[str, int]
    """Place of each heading in the rules."""
    weak: WordSet

    def one_row(self, position: int, cells: Sequence[str]) -> Header | None:
        return self._header(position, 1, [(cell, self._keys(cell)) for cell in cells])

    def two_rows(self, position: int, upper: Sequence[str], lower: Sequence[str]) -> Header | None:
        """A merged heading: the upper cell stands over all columns up to the next upper cell."""
        filled = [cell for cell in lower if cell]
        if not filled or any(_is_number(cell) for cell in filled):
            return None
        found: list[tuple[str, list[str]]] = []
        group = ""
        named = 0
        for index in range(max(len(upper), len(lower))):
            above = upper[index] if index < len(upper) else ""
            below = lower[index] if index < len(lower) else ""
            group = above or (group if below else "")
            keys = self._merged_keys(group, below)
            named += bool(below) and self._canonical(keys) is not None
            found.append((" | ".join(part for part in (group, below) if part), keys))
        if named * 2 < len(filled):
            return None
        return self._header(position, 2, found)

    def accepts(self, header: Header, required: str) -> bool:
        if required not in header.columns:
            return False
        if not self._is_weak(header.headings[required]):
            return True
        return any(column in _SUPPORT and not self._is_weak(heading) for column, heading in header.headings.items())

    def _header(self, row: int, height: int, cells: Iterable[tuple[str, list[str]]]) -> Header | None:
        taken: dict[str, tuple[int, int, str]] = {}
        passed_over: list[tuple[str, str]] = []
        for index, (cell, keys) in enumerate(cells):
            key = self._canonical(keys)
            if key is None:
                continue
            canonical = self.headings[key]
            offer = (self.ranks[key], index, cell)
            if canonical in taken:
                offer, loser = sorted((offer, taken[canonical]))
                passed_over.append((canonical, loser[2]))
            taken[canonical] = offer
        if not taken:
            return None
        ordered = sorted(taken.items(), key=lambda item: item[1][1])
        return Header(
            row,
            height,
            {canonical: index for canonical, (_, index, _) in ordered},
            {canonical: " ".join(cell.split()) for canonical, (_, _, cell) in ordered},
            tuple(passed_over),
        )

    def _keys(self, cell: str) -> list[str]:
        """Texts under which a heading is looked up: whole, then without what stands in brackets."""
        if not cell or len(cell) > _LONGEST_HEADING:
            return []
        return [normalise_heading(cell), normalise_heading(_BRACKETS.sub(" ", cell))]

    def _merged_keys(self, above: str, below: str) -> list[str]:
        """`Komputer | Nama` is looked up as `komputer nama`, `nama komputer`, then by the cell that says more."""
        if not below:
            return self._keys(above)
        if not above:
            return self._keys(below)
        both = [key for one in self._keys(above) for two in self._keys(below) for key in (f"{one} {two}", f"{two} {one}")]
        alone = self._keys(below)
        over = self._keys(above)
        if self._canonical(both) is None and self.weak.matches(alone[0] if alone else "") and self._canonical(over) is not None:
            return over
        return both + alone

    def _canonical(self, keys: Iterable[str]) -> str | None:
        return next((key for key in keys if key in self.headings), None)

    def _is_weak(self, heading: str) -> bool:
        """Whether no known part of a heading says that it is software."""
        parts = [normalise_heading(part) for part in heading.split(" | ")]
        return all(self.weak.matches(part) or (len(parts) > 1 and part not in self.headings) for part in parts)


def _is_caught_in_a_list(rows: Sequence[Sequence[str]], header: Header) -> bool:
    """Whether a lone word that could be a heading stands in the midst of a one-column list."""
    if sum(map(bool, rows[header.row])) > 1 or header.row == 0:
        return False
    return sum(map(bool, rows[header.row - 1])) == 1


def _is_number(cell: str) -> bool:
    return cell.strip("()").replace(".", "").isdigit()
