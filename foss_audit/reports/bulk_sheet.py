# SPDX-License-Identifier: Apache-2.0
"""A worksheet for very many rows, ten times as quick as cell by cell: equal cells are made ready once and then repeated.

It reaches into XlsxWriter where its constant-memory mode writes rows; the tests read back what comes of it.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from foss_audit.reports.text import excel_cell

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CHUNK = 2_000


def ready_cell(text: str, look: Format) -> str:
    """A text cell but for its place; empty where there is nothing to write."""
    if not text:
        return ""
    marked = _LOOKS_ESCAPED.sub("_x005F_", excel_cell(text))
    said = _CONTROL.sub(lambda found: f"_x{ord(found.group()):04X}_", escape(marked, quote=False))
    return f' s="{look._get_xf_index()}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


class BulkSheet(Worksheet):  # type: ignore[misc]
    """A worksheet of a workbook in constant memory."""

    def write_ready_rows(self, first: int, rows: Iterable[Sequence[str]], columns: int) -> int:
        """Writes rows of ready cells from row `first` (counted from 0) on, below all that was written; how many there were."""
        self._write_single_row(first)
        letters = [xl_col_to_name(column) for column in range(columns)]
        waiting = iter(rows)
        written = first
        while chunk := list(islice(waiting, _CHUNK)):
            self.fh.write("".join(_line(number, letters, cells) for number, cells in enumerate(chunk, start=written + 1)))
            written += len(chunk)
        self.previous_row = written
        self.dim_rowmax = written - 1
        return written - first


def _line(number: int, letters: Sequence[str], cells: Sequence[str]) -> str:
    placed = [f'<c r="{letter}{number}"{cell}' for letter, cell in zip(letters, cells, strict=True) if cell]
    return f'<row r="{number}">{"".join(placed)}</row>'
