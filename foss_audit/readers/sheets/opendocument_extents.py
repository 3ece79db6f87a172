# SPDX-License-Identifier: Apache-2.0
"""What the sheets of an OpenDocument spreadsheet hold, from a stream of its content."""

import re
from collections.abc import Iterable

from foss_audit.readers.sheets.parse_xml import parse_xml
from foss_audit.readers.sheets.sheet_extents import SheetExtent

_HIDDEN = ("collapse", "filter")
_SHOWN_DECIMALS = re.compile(r"-?[0-9]+[.,]([0-9]{1,15})")
_LONGEST_NUMBER = 40
_MOST_REPEATED = 100_000
"""Cells that one cell of the content may stand for, for its decimals to be noted."""


def opendocument_extents(chunks: Iterable[bytes]) -> list[SheetExtent]:
    """Of the sheets of an OpenDocument spreadsheet, with repeated rows and cells counted out.

    A formula without a value has not failed there: LibreOffice writes so that its result is the empty text.
    """
    sheets: list[SheetExtent] = []
    state = {"row": 0, "repeat": 1, "column": 0, "wide": 1, "declared": 0}
    failing: list[str] = []
    shown: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "table":
            sheets.append(SheetExtent())
            state.update(row=0, column=0, declared=0)
        elif not sheets:
            return
        elif tag == "table-row":
            state["repeat"] = _times(attributes.get("table:number-rows-repeated"))
            state.update(row=state["row"] + state["repeat"], column=0)
            if attributes.get("table:visibility") in _HIDDEN:
                sheets[-1].marks.hide_rows(state["row"] - state["repeat"], state["row"] - 1)
        elif tag == "table-column":
            first = state["declared"]
            state["declared"] += _times(attributes.get("table:number-columns-repeated"))
            if attributes.get("table:visibility") in _HIDDEN:
                sheets[-1].marks.hide_columns(first, state["declared"] - 1)
        elif tag in ("table-cell", "covered-table-cell"):
            state["wide"] = _times(attributes.get("table:number-columns-repeated"))
            state["column"] += state["wide"]
            if "office:value-type" in attributes or "calcext:value-type" in attributes or "table:formula" in attributes:
                sheets[-1].take(state["row"], state["column"])
            take_text(attributes.get("office:string-value", ""))
            if attributes.get("calcext:value-type") == "error":
                failing.append("")
            shown[:] = [attributes.get("office:value", ""), ""] if attributes.get("office:value-type") == "float" else []
        elif tag == "p" and state["column"]:
            sheets[-1].take(state["row"], state["column"])

    def take_text(text: str) -> None:
        if not sheets:
            return
        if state["repeat"] * state["wide"] > 1:
            sheets[-1].characters += len(text) * state["repeat"] * state["wide"]
        if failing:
            failing[-1] += text
        if shown and len(shown[1]) < _LONGEST_NUMBER:
            shown[1] += text

    def end(name: str) -> None:
        if shown and name.endswith("table-cell"):
            take_decimals(_decimals(*shown))
            shown.clear()
        if failing and name.endswith("table-cell"):
            text = failing.pop() or "#VALUE!"
            for row in range(state["repeat"]):
                for column in range(state["wide"]):
                    sheets[-1].fail(state["row"] - row, state["column"] - column, text)

    def take_decimals(decimals: int) -> None:
        if not decimals or state["repeat"] * state["wide"] > _MOST_REPEATED:
            return
        for row in range(state["row"] - state["repeat"], state["row"]):
            for column in range(state["column"] - state["wide"], state["column"]):
                sheets[-1].marks.show(row, column, decimals)

    parse_xml(chunks, start, end, take_text)
    return sheets


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
