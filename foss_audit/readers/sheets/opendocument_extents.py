# SPDX-License-Identifier: Apache-2.0
"""What the sheets of an OpenDocument spreadsheet hold, from a stream of its content."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from foss_audit.readers.sheets.parse_xml import parse_xml
from foss_audit.readers.sheets.sheet_extents import SheetExtent

_HIDDEN = ("collapse", "filter")
_OF_CONTENT = frozenset({"office:value-type", "calcext:value-type", "table:formula"})
"""Attributes of a cell that holds something."""
_SHOWN_DECIMALS = re.compile(r"-?[0-9]+[.,]([0-9]{1,15})")
_LONGEST_NUMBER = 40
_MOST_REPEATED = 100_000
"""Cells that one cell of the content may stand for, for its decimals to be noted."""


def opendocument_extents(chunks: Iterable[bytes]) -> list[SheetExtent]:
    """Of the sheets of an OpenDocument spreadsheet, with repeated rows and cells counted out.

    A formula without a value has not failed there: LibreOffice writes so that its result is the empty text.
    """
    content = _Content()
    parse_xml(chunks, content.start, content.end, content.take_text)
    return content.sheets


@dataclass(slots=True)
class _Content:
    """Where in the content of a spreadsheet the parser is, and what has been found. Positions are counted from 1."""

    sheets: list[SheetExtent] = field(default_factory=list)
    row: int = 0
    """The last of the rows that the present one stands for,"""
    rows: int = 1
    """and how many these are."""
    column: int = 0
    """The last of the columns that the present cell stands for,"""
    columns: int = 1
    declared: int = 0
    """Columns that have been declared so far."""
    failing: list[str] = field(default_factory=list)
    """Of cells that hold an error and are not closed yet: what they show."""
    number: str | None = None
    """The value of a cell that holds a number and is not closed yet,"""
    shown: str = ""
    """and as it is shown."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "table":
            self.sheets.append(SheetExtent())
            self.row = self.column = self.declared = 0
        elif not self.sheets:
            return
        elif tag == "table-row":
            self._start_row(attributes)
        elif tag == "table-column":
            self._declare_columns(attributes)
        elif tag in ("table-cell", "covered-table-cell"):
            self._start_cell(attributes)
        elif tag == "p" and self.column:
            self.sheets[-1].take(self.row, self.column)

    def take_text(self, text: str) -> None:
        if not self.sheets:
            return
        if self._cells > 1:
            self.sheets[-1].characters += len(text) * self._cells
        if self.failing:
            self.failing[-1] += text
        if self.number is not None and len(self.shown) < _LONGEST_NUMBER:
            self.shown += text

    def end(self, name: str) -> None:
        if not name.endswith("table-cell"):
            return
        if self.number is not None:
            self._note_decimals(_decimals(self.number, self.shown))
            self.number = None
        if self.failing:
            self._fail(self.failing.pop() or "#VALUE!")

    @property
    def _cells(self) -> int:
        """Cells that the present one stands for."""
        return self.rows * self.columns

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.rows = _times(attributes.get("table:number-rows-repeated"))
        self.row += self.rows
        self.column = 0
        if attributes.get("table:visibility") in _HIDDEN:
            self.sheets[-1].marks.hide_rows(self.row - self.rows, self.row - 1)

    def _declare_columns(self, attributes: dict[str, str]) -> None:
        first = self.declared
        self.declared += _times(attributes.get("table:number-columns-repeated"))
        if attributes.get("table:visibility") in _HIDDEN:
            self.sheets[-1].marks.hide_columns(first, self.declared - 1)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.columns = _times(attributes.get("table:number-columns-repeated"))
        self.column += self.columns
        if not _OF_CONTENT.isdisjoint(attributes):
            self.sheets[-1].take(self.row, self.column)
        self.take_text(attributes.get("office:string-value", ""))
        if attributes.get("calcext:value-type") == "error":
            self.failing.append("")
        self.number = attributes.get("office:value", "") if attributes.get("office:value-type") == "float" else None
        self.shown = ""

    def _fail(self, text: str) -> None:
        for row in range(self.rows):
            for column in range(self.columns):
                self.sheets[-1].fail(self.row - row, self.column - column, text)

    def _note_decimals(self, decimals: int) -> None:
        if not decimals or self._cells > _MOST_REPEATED:
            return
        for row in range(self.row - self.rows, self.row):
            for column in range(self.column - self.columns, self.column):
                self.sheets[-1].marks.show(row, column, decimals)


def _decimals(value: str, shown: str) -> int:
    """Decimals of a number as it is shown, where it is shown in full; 0 where it is not.

    >>> _decimals("3.1", "3,10"), _decimals("3.14", "3.1"), _decimals("1234", "1.234")
    (2, 0, 0)
    """
    found = _SHOWN_DECIMALS.fullmatch(shown.strip())
    try:
        return len(found[1]) if found and float(shown.strip().replace(",", ".")) == float(value) else 0
    except ValueError:
        return 0


def _times(text: str | None) -> int:
    return int(text[:12]) if text is not None and text.isdecimal() else 1
