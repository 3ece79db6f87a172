# SPDX-License-Identifier: Apache-2.0
"""What the sheets of an OpenDocument spreadsheet hold, from a stream of its content."""

from collections.abc import Iterable

from foss_audit.readers.sheets.parse_xml import parse_xml
from foss_audit.readers.sheets.sheet_extents import SheetExtent


def opendocument_extents(chunks: Iterable[bytes]) -> list[SheetExtent]:
    """Of the sheets of an OpenDocument spreadsheet, with repeated rows and cells counted out.

    A formula without a value has not failed there: LibreOffice writes so that its result is the empty text.
    """
    sheets: list[SheetExtent] = []
    state = {"row": 0, "repeat": 1, "column": 0, "wide": 1}
    failing: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "table":
            sheets.append(SheetExtent())
            state.update(row=0, column=0)
        elif not sheets:
            return
        elif tag == "table-row":
            state["repeat"] = _times(attributes.get("table:number-rows-repeated"))
            state.update(row=state["row"] + state["repeat"], column=0)
        elif tag in ("table-cell", "covered-table-cell"):
            state["wide"] = _times(attributes.get("table:number-columns-repeated"))
            state["column"] += state["wide"]
            if "office:value-type" in attributes or "calcext:value-type" in attributes or "table:formula" in attributes:
                sheets[-1].take(state["row"], state["column"])
            take_text(attributes.get("office:string-value", ""))
            if attributes.get("calcext:value-type") == "error":
                failing.append("")
        elif tag == "p" and state["column"]:
            sheets[-1].take(state["row"], state["column"])

    def take_text(text: str) -> None:
        if not sheets:
            return
        if state["repeat"] * state["wide"] > 1:
            sheets[-1].characters += len(text) * state["repeat"] * state["wide"]
        if failing:
            failing[-1] += text

    def end(name: str) -> None:
        if failing and name.endswith("table-cell"):
            text = failing.pop() or "#VALUE!"
            for row in range(state["repeat"]):
                for column in range(state["wide"]):
                    sheets[-1].fail(state["row"] - row, state["column"] - column, text)

    parse_xml(chunks, start, end, take_text)
    return sheets


def _times(text: str | None) -> int:
    return int(text[:12]) if text is not None and text.isdecimal() else 1
