# SPDX-License-Identifier: Apache-2.0
"""Inventories as delimited text: CSV, TSV, and what else separates cells by a character."""

import re
from pathlib import Path

from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.sheets.delimited_grid import open_delimited
from foss_audit.readers.sheets.dialects import is_steady
from foss_audit.readers.sheets.tabular import read_grids

NAME = "delimited"
DESCRIPTION = "Tables as text (.csv, .tsv, .txt), separated by comma, semicolon, tab or |, in any encoding"
GENERAL = True

_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".psv"})
_MISNAMED = frozenset({".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"})
"""Text under such a suffix is what some exports call an Excel file."""
_TELL_NOTHING = frozenset({".txt", "", ".log", ".dat", ".lst", ".out"})
"""Suffixes under which a table is one where it is steadily separated."""
_MARKUP = re.compile(r"\s*(?:<|\{|\[\s*[\[{\"\]])")
_TAGGED = re.compile(r"^[A-Za-z][\w.-]{0,60}:(?:\s|$)")


def recognises(head: Head) -> bool:
    """Text under a suffix of tables, or under one that tells nothing (`.txt`) where it is steadily separated."""
    if _is_binary(head.bytes) or _MARKUP.match(head.text):
        return False
    if head.suffix in _SUFFIXES or head.suffix in _MISNAMED:
        return bool(head.bytes)
    return head.suffix in _TELL_NOTHING and not _is_tagged(head.text) and is_steady(head.text)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """The one table of the file. Raises UnreadableFile where it is no text or beyond a limit."""
    return read_grids(NAME, file, open_delimited(path, file, context), context)


def _is_binary(content: bytes) -> bool:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x7fELF", b"MZ")):
        return True
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = content.count(0)
    return zeros * 5 > len(content) and not 0.4 < zeros / len(content) < 0.6


def _is_tagged(text: str) -> bool:
    """Whether most lines are `Tag: value`, as in SPDX documents and package lists."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    return sum(_TAGGED.match(line) is not None for line in lines) * 2 > len(lines)
