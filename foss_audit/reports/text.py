# SPDX-License-Identifier: Apache-2.0
"""Inventory text on its way into a file that other programs open: hostile until proven otherwise."""

import re

FORMULA_START = r"(^|;\s*)([=+\-@\t\r\n＝＋－＠])"
"""Where a spreadsheet program may begin a formula. Excel under an Indonesian locale splits a CSV at semicolons, also inside
a field whose quotation mark does not stand first for it, so what follows a semicolon counts as a beginning too."""

FORMULA_GUARD = r"\1'\2"

_FORMULA = re.compile(FORMULA_START)
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXCEL_CELL = 32_767


def neutralised(text: str) -> str:
    """Text that no spreadsheet program takes for a formula: a leading apostrophe where it would.

    >>> neutralised("=1+1")
    "'=1+1"
    >>> neutralised("Notepad++")
    'Notepad++'
    """
    return _FORMULA.sub(FORMULA_GUARD, encodable(text))


def encodable(text: str) -> str:
    """Text without lone surrogates, which no encoding can write; each becomes the replacement character."""
    return _SURROGATE.sub("\ufffd", text)


def excel_cell(text: str) -> str:
    """Text as an Excel cell can hold it: at most 32,767 UTF-16 units, the last an ellipsis where something was cut."""
    text = encodable(text)
    if len(text) * 2 <= _EXCEL_CELL or len(text.encode("utf-16-le")) // 2 <= _EXCEL_CELL:
        return text
    return text.encode("utf-16-le")[: (_EXCEL_CELL - 1) * 2].decode("utf-16-le", "ignore") + "…"
