# SPDX-License-Identifier: Apache-2.0
"""A workbook whose every text is text: tables with headings, colours of classes and verdicts, and A4 print setup."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from itertools import chain, islice
from typing import Any, TypeVar

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from foss_audit.reports.bulk_sheet import BulkSheet, ready_cell
from foss_audit.reports.text import excel_cell

MAX_ROWS = 1_048_575
"""Rows of a sheet below its heading row."""

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_FONT = {"font_name": "Calibri", "font_size": 10.5, "valign": "top"}
_RULED = {"bottom": 1, "bottom_color": "#D5DBE1"}
_A4 = 9
_FOOTER = 60
_LINE_HEIGHT = 14.5
_MAX_HEIGHT = 240.0
_ESTIMATED = 5_000
_HEADING_ROOM = 0.7
_LETTERS = 1.12
"""Letters to a unit of width, which is that of a digit."""
_FORMULA = re.compile(r"^[\t\r\n]|(^|[;\n])\s*[=+\-@＝＋－＠]")
"""What some spreadsheet program may take for a formula, in the cell or where somebody saves the sheet as a CSV file."""

STYLES: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True} | _RULED,
    "line": {},
    "number": {"num_format": "#,##0", "align": "right", "indent": 1} | _RULED,
    "shortfall": {"num_format": "#,##0", "align": "right", "indent": 1, "bold": True, "font_color": "#8F1D1D",
                  "bg_color": "#FBE3E3", **_RULED},
    "percent": {"num_format": "0.0%", "align": "right", "indent": 1} | _RULED,
    "center": {"align": "center"} | _RULED,
    "right": {"align": "right"},
    "figure": {"num_format": "#,##0", "align": "left", "bold": True},
    "share": {"num_format": "0.0%", "align": "left", "bold": True},
    "heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True, "valign": "vcenter", "border": 1,
                "border_color": "#FFFFFF"},
    "title": {"bold": True, "font_size": 18, "font_color": "#1F4E79"},
    "subtitle": {"font_color": "#56616E"},
    "section": {"bold": True, "font_size": 12.5, "font_color": "#1F4E79", "bottom": 2, "bottom_color": "#1F4E79"},
    "label": {"bold": True, "text_wrap": True},
    "draft": {"bold": True, "italic": True, "text_wrap": True, "font_color": "#3F4A56"},
    "sentence": {"bold": True, "font_size": 12, "text_wrap": True},
    "fill_in": {"text_wrap": True, "bg_color": "#FAFAF2", "border": 4, "border_color": "#93A1AF"},
    "line_below": {"bottom": 1},
    "unlicensed": {"text_wrap": True, "bold": True, "font_color": "#8F1D1D", "bg_color": "#FBE3E3"},
    "undetermined": {"text_wrap": True, "bold": True, "font_color": "#6B4700", "bg_color": "#FFF0CC"},
    "legal_commercial": {"text_wrap": True, "font_color": "#1F4E79", "bg_color": "#E3EDF7"},
    "foss": {"text_wrap": True, "font_color": "#1D6138", "bg_color": "#E4F3E9"},
    "non_compliant": {"text_wrap": True, "bold": True, "font_color": "#8F1D1D", "bg_color": "#FBE3E3"},
    "compliant": {"text_wrap": True, "bold": True, "font_color": "#1D6138", "bg_color": "#E4F3E9"},
    "not_submitted": {"text_wrap": True, "bold": True, "font_color": "#3F4A56", "bg_color": "#E7EAED"},
    "very_high": {"text_wrap": True, "bold": True, "font_color": "#FFFFFF", "bg_color": "#7A1414"},
    "high": {"text_wrap": True, "bold": True, "font_color": "#7A1414", "bg_color": "#F8DCDC"},
    "medium": {"text_wrap": True, "font_color": "#6B4700", "bg_color": "#FDECC4"},
    "low": {"text_wrap": True, "font_color": "#3F4A56", "bg_color": "#EEF0F3"},
}  # fmt: skip
"""Looks by name; classes, verdicts and severities go by their own."""


@dataclass(frozen=True, slots=True)
class Styled:
    """A value that looks other than its column."""

    value: str | int | float | None
    style: str


Value = str | int | float | None | Styled

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table sheet."""

    heading: str
    width: float
    """In characters."""
    style: str = "text"
    printed: bool = True
    """Whether it goes on paper; those that do not stand behind those that do."""


class Book:
    """A workbook in memory. The same values give the same bytes: its dates are the audit's."""

    def __init__(self, title: str, author: str, day: date, footer: str, draft: str) -> None:
        """`footer` and `draft` stand on every printed page."""
        self._content = BytesIO()
        self.workbook = Workbook(self._content, _OPTIONS)
        self.workbook.set_properties(
            {"title": excel_cell(title)[:250], "author": author, "created": datetime(day.year, day.month, day.day)}
        )
        self._footer = f"&L{_printed(footer)}&C{_printed(draft)}&R&P / &N"
        self.format = cache(self._format)

    def close(self) -> bytes:
        """The finished workbook."""
        self.workbook.close()
        return self._content.getvalue()

    def sheet(self, name: str, *, landscape: bool = True) -> BulkSheet:
        """An empty sheet with print setup: A4, as wide as one page, numbered pages."""
        sheet: BulkSheet = self.workbook.add_worksheet(name, worksheet_class=BulkSheet)
        sheet.set_paper(_A4)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.75)
        sheet.set_footer(self._footer)
        return sheet

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        choices: Mapping[int, Sequence[str]] | None = None,
    ) -> None:
        """A sheet with a frozen heading row and a filter, then further ones where Excel's limit ends the first.

        `choices`: by column, counted from 0, the texts that a cell offers to choose from.
        """
        for sheet, part in self._parts(name, columns, rows):
            number = 0
            for number, row in enumerate(part, start=1):
                self._row(sheet, number, columns, row)
            for column, texts in (choices or {}).items():
                self._offer(sheet, column, max(number, 1), texts)
            _finish(sheet, columns, number)

    def _offer(self, sheet: Worksheet, column: int, last: int, texts: Sequence[str]) -> None:
        """A list to choose from in a column. It stands on a hidden sheet: Excel would split one in the rule at its commas."""
        name = f"{sheet.get_name()}_{column}"
        listed = self.workbook.add_worksheet(name)
        for row, text in enumerate(texts):
            self.write(listed, row, 0, text, "line")
        listed.hide()
        source = f"='{name}'!$A$1:$A${len(texts)}"
        sheet.data_validation(1, column, last, column, {"validate": "list", "source": source, "error_type": "warning"})

    def bulk_table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """As `table`, for very many rows: their cells come ready from `ready_cell`, one line high."""
        for sheet, part in self._parts(name, columns, rows):
            _finish(sheet, columns, sheet.write_ready_rows(1, part, len(columns)))

    def ready_cell(self, text: str, style: str) -> str:
        """A cell for `bulk_table`; make one for equal texts."""
        return ready_cell(text, self.format(style, _FORMULA.search(text) is not None))

    def write(self, sheet: Worksheet, row: int, column: int, value: str | int | float | None, style: str) -> None:
        """One cell. Text stays text, whatever it begins with; what a spreadsheet could take for a formula is marked as text."""
        if isinstance(value, str):
            if value:
                sheet.write_string(row, column, excel_cell(value), self.format(style, _FORMULA.search(value) is not None))
            elif style != "line":
                sheet.write_blank(row, column, None, self.format(style))
        elif value is not None:
            sheet.write_number(row, column, value, self.format(style))
        elif style != "line":
            sheet.write_blank(row, column, None, self.format(style))

    def merge(self, sheet: Worksheet, row: int, first: int, last: int, text: str, style: str) -> None:
        """Text across several columns of a row."""
        sheet.merge_range(row, first, row, last, "", self.format(style))
        self.write(sheet, row, first, text, style)

    def _parts(self, name: str, columns: Sequence[Column], rows: Iterable[_Row]) -> Iterator[tuple[BulkSheet, Iterator[_Row]]]:
        waiting = iter(rows)
        head = list(islice(waiting, 1))
        part = 1
        while head or part == 1:
            sheet = self._table_sheet(name if part == 1 else f"{name} {part}", columns)
            yield sheet, islice(chain(head, waiting), MAX_ROWS)
            head = list(islice(waiting, 1))
            part += 1

    def _table_sheet(self, name: str, columns: Sequence[Column]) -> BulkSheet:
        sheet = self.sheet(name)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.heading, self.format("heading"))
        narrowed = [column.width * _HEADING_ROOM for column in columns]
        sheet.set_row(0, row_height([column.heading for column in columns], narrowed))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _row(self, sheet: Worksheet, at: int, columns: Sequence[Column], values: Sequence[Value]) -> None:
        if any(column.style == "text" for column in columns):
            sheet.set_row(at, row_height(values, [column.width for column in columns]))
        for index, (column, value) in enumerate(zip(columns, values, strict=True)):
            if isinstance(value, Styled):
                self.write(sheet, at, index, value.value, value.style)
            else:
                self.write(sheet, at, index, value, column.style)

    def _format(self, style: str, quoted: bool = False) -> Format:
        look = _FONT | STYLES[style] | ({"quote_prefix": True} if quoted else {})
        return self.workbook.add_format(look)


def _finish(sheet: Worksheet, columns: Sequence[Column], rows: int) -> None:
    last = max(rows, 1)
    sheet.print_area(0, 0, last, sum(column.printed for column in columns) - 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def row_height(values: Sequence[Value], widths: Sequence[float]) -> float:
    """Points that a row of wrapped cells takes, at least one line; what needs more than half a page is cut on paper only.

    Estimated, for the programs that open a workbook do not agree on whether they do it themselves.
    """
    texts = (value.value if isinstance(value, Styled) else value for value in values)
    lines = [_lines(text, width) for text, width in zip(texts, widths, strict=False) if isinstance(text, str)]
    return min(_MAX_HEIGHT, _LINE_HEIGHT * max(lines, default=1) + 2)


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(len(part) / (width * _LETTERS))) for part in text[:_ESTIMATED].split("\n"))


def _printed(text: str) -> str:
    """Text in a page footer, where `&` begins a code and little room is."""
    return excel_cell(text)[:_FOOTER].replace("&", "&&")
