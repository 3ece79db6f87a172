# SPDX-License-Identifier: Apache-2.0
"""A sheet as a grid of texts, column by column: a code a row, each distinct text once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from foss_audit.tables.words import WordSet, searched

# The characters themselves, no `\\s`: the pattern is read by RE2, which knows fewer blanks, and by re, which is slow.
_OTHER_BLANKS = "\\x00-\\x1f\\x7f\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_UNTIDY = f"^ | $|  |[{_OTHER_BLANKS}]"
_BLANKS = f"[ {_OTHER_BLANKS}]+"


_NO_ROWS: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
_NO_WORDS = WordSet(())
_LARGEST_VERSION = 1e9
_MANY = 50_000
"""Distinct texts above which a list of them costs more than it saves: then few rows are asked for."""


@dataclass(frozen=True, eq=False)
class Column:
    """Texts of a column. `texts[codes]` is the column; '' is nothing, and stands once among the texts."""

    codes: NDArray[np.int32]
    """One a row: position in `texts`."""
    texts: "pd.Series[str]"
    """Distinct texts, trimmed, with single blanks."""
    failed: NDArray[np.intp] = field(default_factory=lambda: _NO_ROWS)
    """Of a whole column: rows, from 0, whose cell is '' because it holds an error value, or a formula without a result."""

    @classmethod
    def of(cls, codes: NDArray[np.int32], texts: "pd.Series[str]", empty: WordSet, errors: WordSet = _NO_WORDS) -> "Column":
        """A column of texts as found; words that mean nothing (`-`, `#REF!`) become ''; those of them in `errors` are noted."""
        tidy = texts
        untidy = searched(texts, _UNTIDY)
        if untidy.any():
            tidy = texts.where(~untidy, texts.str.replace(_BLANKS, " ", regex=True).str.strip())
        short = (tidy.str.len() <= empty.longest).to_numpy(dtype=bool)
        meaningless = short.copy()
        meaningless[short] = empty.among(tidy[short])
        meaningless &= np.asarray(tidy != "", dtype=np.bool_)
        failed = _NO_ROWS
        if meaningless.any():
            error = meaningless.copy()
            error[meaningless] = errors.among(tidy[meaningless])
            failed = np.flatnonzero(error[codes]) if error.any() else failed
        if not untidy.any() and not meaningless.any():
            return cls(codes, tidy)
        tidy = tidy.where(~meaningless, "")
        merged, distinct = pd.factorize(tidy)
        return cls(merged.astype(np.int32)[codes], pd.Series(distinct, dtype="str"), failed)

    @classmethod
    def of_values(cls, values: Sequence[object], empty: WordSet, errors: WordSet = _NO_WORDS) -> "Column":
        """A column of a workbook: texts, numbers, dates, and booleans, each as a person reads it in the sheet."""
        kinds = set(map(type, values))
        if bool in kinds and len(kinds) > 1:  # True would be the same as 1
            values = [str(value).upper() if isinstance(value, bool) else value for value in values]
        array = np.empty(len(values), dtype=object)
        array[:] = values
        codes, distinct = pd.factorize(array, use_na_sentinel=False)
        codes = codes.astype(np.int32)
        if kinds <= {str}:
            return cls.of(codes, pd.Series(distinct, dtype="str"), empty, errors)
        # A number and a text may read the same.
        merged, texts = pd.factorize(np.array([as_text(value) for value in distinct], dtype=object))
        return cls.of(merged.astype(np.int32)[codes], pd.Series(texts, dtype="str"), empty, errors)

    def __len__(self) -> int:
        return len(self.codes)

    def filled(self) -> NDArray[np.bool_]:
        """Which rows hold any text."""
        return (self.texts != "").to_numpy(dtype=bool)[self.codes] if len(self.texts) else np.zeros(len(self.codes), dtype=bool)

    def failed_below(self, start: int) -> NDArray[np.bool_]:
        """One flag for each row from a position on of a whole column: whether its cell is one of `failed`."""
        flags = np.zeros(len(self) - start, dtype=bool)
        flags[self.failed[self.failed >= start] - start] = True
        return flags

    def where(self, flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """One flag a distinct text as one flag a row."""
        return flags[self.codes] if len(flags) else np.zeros(len(self.codes), dtype=bool)

    def text(self, row: int) -> str:
        """The text of one row, counted from 0."""
        if len(self.texts) > _MANY:
            return str(self.texts.iat[self.codes[row]])
        text: str = self._as_list[self.codes[row]]
        return text

    @cached_property
    def _as_list(self) -> list[str]:
        return [str(text) for text in self.texts]

    def taken(self, rows: NDArray[np.intp] | slice) -> "Column":
        """Some rows of the column."""
        return Column(self.codes[rows], self.texts)

    def series(self) -> "pd.Series[str]":
        """The column as texts, one a row."""
        return self.texts.take(self.codes).reset_index(drop=True)

    def categorical(self) -> pd.Categorical:
        """The column as a category, holding only texts that occur."""
        used = np.zeros(len(self.texts), dtype=bool)
        used[self.codes] = True
        position = np.cumsum(used, dtype=np.int32) - 1
        return pd.Categorical.from_codes(position[self.codes], categories=pd.Index(self.texts[used], dtype="str"))


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The cells of a sheet, or of a delimited file. Row 1 of the file is position 0."""

    sheet: str
    """'' for a delimited file."""
    columns: tuple[Column, ...]
    rows: int
    values: tuple[Sequence[object], ...] | None = None
    """The same cells as the workbook holds them (str, int, float, bool, date, datetime …), by column; None for text files."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first row, first column, last row, last column, from 0."""
    hidden: bool = False
    written: "tuple[tuple[NDArray[np.int32], pd.Series[str]], ...] | None" = None
    """Codes and texts of the same cells as they were before blanks were tidied; None for a workbook, which has `values`."""

    hidden_rows: tuple[tuple[int, int], ...] = ()
    """First and last of rows that a workbook hides, from 0."""
    hidden_columns: tuple[tuple[int, int], ...] = ()
    decimals: Mapping[int, tuple[NDArray[np.int64], NDArray[np.int64]]] = field(default_factory=dict)
    """By column: rows whose number is shown with some decimals, and how many: 3.1 as 3.10."""

    def top(self, rows: int) -> list[list[str]]:
        """The first rows, as texts."""
        return self.rows_as_texts(0, rows)

    def rows_as_texts(self, start: int, end: int) -> list[list[str]]:
        """Some rows, as texts."""
        return [[column.text(row) for column in self.columns] for row in range(start, min(end, self.rows))]

    def as_shown(self, column: int) -> "Grid":
        """The grid with the numbers of a column as the workbook shows them: 3.1 as 3.10 where its format says so."""
        if column not in self.decimals or self.values is None:
            return self
        values = self.values[column]
        texts = list(self.columns[column].texts)
        codes = self.columns[column].codes.copy()
        position = {text: code for code, text in enumerate(texts)}
        for row, decimals in zip(*self.decimals[column], strict=True):
            value = values[row] if row < self.rows else None
            if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) >= _LARGEST_VERSION:
                continue
            text = as_text(value)
            missing = int(decimals) - len(text.partition(".")[2])
            if missing <= 0 or not text.replace(".", "").lstrip("-").isdecimal():
                continue
            text = (text if "." in text else f"{text}.") + "0" * missing
            codes[row] = position.setdefault(text, len(position))
            if codes[row] == len(texts):
                texts.append(text)
        changed = Column(codes, pd.Series(texts, dtype="str"), self.columns[column].failed)
        return replace(self, columns=(*self.columns[:column], changed, *self.columns[column + 1 :]))

    def as_written(self, column: int, row: int) -> str:
        """A cell with its line breaks; as tidied where it was merged with one above it."""
        if self.values is not None:
            value = self.values[column][row]
            return value if isinstance(value, str) and value.strip() else self.columns[column].text(row)
        if self.written is not None:
            codes, texts = self.written[column]
            return str(texts.iat[codes[row]]) or self.columns[column].text(row)
        return self.columns[column].text(row)

    def with_line_breaks(self, column: int) -> NDArray[np.bool_]:
        """Which rows have a cell of several lines in a column."""
        if self.values is not None:
            flags = [isinstance(value, str) and "\n" in value for value in self.values[column][: self.rows]]
            return np.array(flags, dtype=np.bool_)
        if self.written is not None:
            codes, texts = self.written[column]
            return searched(texts, "\n")[codes[: self.rows]]
        return np.zeros(self.rows, dtype=np.bool_)

    def place(self, column: int = 0) -> str:
        """The beginning of a locator in a column, counted from 0: `Sheet1!A`, or `A`."""
        return f"{self.sheet}!{column_letters(column)}" if self.sheet else column_letters(column)


def is_tabular(grid: Grid) -> bool:
    """Whether a sheet looks like a table: three rows or more with two filled cells or more."""
    filled = np.zeros(grid.rows, dtype=np.int32)
    for column in grid.columns:
        filled += column.filled()
    return int((filled >= 2).sum()) >= 3


def first_filled(grid: Grid) -> int:
    """The first row, from 0, in which anything stands; 0 where nothing does."""
    return min((int(filled.argmax()) for column in grid.columns if (filled := column.filled()).any()), default=0)


def likely_heading(grid: Grid) -> tuple[int, list[str]]:
    """The row, from 1, among the first that a table without a known heading may have for one, and its filled cells.

    The first of those with most cells that hold a letter; no cells where none has two.
    """
    first = first_filled(grid)
    offers = [[cell for cell in row if any(map(str.isalpha, cell))] for row in grid.rows_as_texts(first, first + 60)]
    best = max(range(len(offers)), key=lambda row: len(offers[row]), default=0)
    return (first + best + 1, offers[best]) if offers and len(offers[best]) >= 2 else (1, [])


def as_text(value: object) -> str:
    """A workbook's value as text: whole numbers without a point, dates in ISO 8601.

    >>> as_text(10.0), as_text(3.1), as_text(date(2026, 1, 12)), as_text(True)
    ('10', '3.1', '2026-01-12', 'TRUE')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


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
