# SPDX-License-Identifier: Apache-2.0
"""Inventories as workbooks: Excel and OpenDocument, every sheet."""

import re
from pathlib import Path

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import Source
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.sheets.tabular import read_grids
from foss_audit.readers.sheets.workbook_grid import OLE, ZIP, is_workbook, open_workbook

NAME = "spreadsheet"
DESCRIPTION = "Workbooks of Excel and LibreOffice (.xlsx, .xlsm, .xlsb, .xls, .ods), all sheets"

_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".ots", ".et"})
_INSIDE = (b"xl/", b"opendocument.spreadsheet", "Workbook".encode("utf-16-le"))
_TABLES = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv", ""})
_MARKUP = re.compile(r"\s*<")


def recognises(head: Head) -> bool:
    """A workbook by its content; by its suffix also a web page or a damaged file that only bears the name of one."""
    if head.bytes.startswith((ZIP, OLE)):
        return head.suffix in _SUFFIXES or (head.suffix in _TABLES and any(sign in head.bytes for sign in _INSIDE))
    if head.suffix not in _SUFFIXES:
        return False
    return bool(_MARKUP.match(head.text)) or not head.bytes or head.bytes.count(0) * 20 > len(head.bytes)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """All sheets of the workbook. Raises UnreadableFile where it is damaged, encrypted, no workbook, or beyond a limit."""
    if not is_workbook(path):
        raise UnreadableFile(
            message("The file has the name of a workbook but is none; open it in Excel or LibreOffice and save it as XLSX."),
            Source(file),
        )
    return read_grids(NAME, file, open_workbook(path, file, context), context)
