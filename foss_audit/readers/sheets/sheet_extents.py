# SPDX-License-Identifier: Apache-2.0
"""What a sheet holds, from a stream of its bytes: its last row and column, how much text, and which cells failed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from foss_audit.readers.sheets.cell_marks import CellMarks, is_hidden, styled_cells, take_hidden
from foss_audit.readers.sheets.parse_xml import parse_xml
from foss_audit.readers.sheets.shared_strings import NO_STRINGS, Lengths, varint

EXCEL_ROWS = 1_048_576
UNCALCULATED = "#UNCALCULATED!"
"""Stands in for the value of a formula that no program ever calculated."""
_CELL = b'<c r="'
_OTHER_TAGS = (b"<co", b"<cf", b"<cu", b"<ce")
_PREFIXED = re.compile(rb"<[^<>\s/:]+:c[\s/>]")
_ODD_KINDS = (b" t='", b" t =", b" t= ", b"\tt", b"\nt")
_CONTENT = rb'"(?:[^<>]*[^/<>])?>(?!</c>)'
_FAR_CELL = re.compile(rb'<c r="(?:([A-Za-z]{2,})[0-9]+|[A-Za-z]+([0-9]{7,}))' + _CONTENT)
_ANY_CELL = re.compile(rb'<c r="([A-Za-z]+)([0-9]+)' + _CONTENT)
_SHARED = b't="s"'
_SHARED_CELL = re.compile(rb't="s"[^<>]*><v>([0-9]{1,9})</v>')
_FORMULA = rb"(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)"
_VALUELESS = rb"(<v */>|<v></v>)?</c>"
_MAY_FAIL = re.compile(rb"(?:</f>|<f[^<>]*/>)" + _VALUELESS)
_PLACED = rb'<c r="([A-Za-z]{1,4})([0-9]{1,9})"'
_ERROR_CELL = re.compile(_PLACED + rb'[^<>]* t="e"[^<>]*>' + _FORMULA + rb"?<v>([^<]{1,40})</v>")
_UNCALCULATED_CELL = re.compile(_PLACED + rb"([^<>]*)>" + _FORMULA + _VALUELESS)
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_REFERENCE = re.compile(r"([A-Za-z]+)([0-9]+)")
_LONGEST_TAG = 1 << 20
_MOST_FAILED = 1_000_000
NO_STYLES: Mapping[int, int] = {}


class ExtentError(ValueError):
    """A sheet that is not what it should be."""


class TooManyFailed(ExtentError):
    """A sheet of hardly anything but errors."""


@dataclass(slots=True)
class SheetExtent:
    """A rectangle from the first cell of a sheet, at least as large as what is in use."""

    rows: int = 0
    columns: int = 0
    characters: int = 0
    """Of texts that are stored once and shown by many cells, counted for each; at least as many as there are."""
    failed: list[tuple[int, int, str]] = field(default_factory=list)
    """Cells that hold an error, or a formula without a result: row and column, from 0, and what to show for it."""
    marks: CellMarks = field(default_factory=CellMarks)
    """What is hidden, and how numbers are shown."""

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def take(self, row: int, column: int) -> None:
        """Stretches it to a cell, counted from 1."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)

    def fail(self, row: int, column: int, text: str) -> None:
        """Takes note of a failed cell, counted from 1."""
        if len(self.failed) >= _MOST_FAILED:
            raise TooManyFailed("hardly anything but errors")
        self.failed.append((row - 1, column - 1, text))


def xml_extent(
    stream: Iterable[bytes], limit: int, strings: Lengths = NO_STRINGS, most: int = 0, styles: Mapping[int, int] = NO_STYLES
) -> SheetExtent:
    """Of a sheet of an XLSX workbook; exact only where it may exceed `limit` cells or `most` characters of shared `strings`.

    `styles`: number of a cell's style to the decimals it shows. `stream` is iterated more than once.
    Sheets written the usual way are searched as bytes, which is quick; others are parsed.
    """
    widest = 26
    tallest = EXCEL_ROWS
    cells = 0
    fails = calculates = False
    marks = CellMarks()
    styled = styled_cells(styles)
    for chunk in _whole_cells(stream):
        found = _plain_cells(chunk)
        if found is None:
            return _parsed_extent(stream, strings, styles)
        if b'hidden="' in chunk:
            take_hidden(marks, chunk)
        if styled is not None:
            for letters, row, style in styled.findall(chunk):
                marks.show(int(row) - 1, _column(letters.decode()) - 1, styles[int(style)])
        cells += found
        for letters, row in set(_FAR_CELL.findall(chunk)):
            widest = max(widest, _column(letters.decode()))
            tallest = max(tallest, int(row[:12] or b"0"))
        calculates = calculates or b"</f>" in chunk  # `<f/>` repeats a formula further up
        fails = fails or b't="e"' in chunk or (calculates and _MAY_FAIL.search(chunk) is not None)
    longest = int(strings.max(initial=0))
    extent = SheetExtent(tallest, widest, cells * longest)
    if widest * tallest > limit:
        extent = _exact_extent(stream)
    if cells * longest > most:
        characters = _shared_characters(stream, strings, longest)
        if characters is None:
            return _parsed_extent(stream, strings, styles)
        extent.characters = characters
    extent.marks = marks
    if fails:
        for chunk in _whole_cells(stream):
            _take_failed(extent, chunk)
    return extent


def _exact_extent(stream: Iterable[bytes]) -> SheetExtent:
    extent = SheetExtent()
    for chunk in _whole_cells(stream):
        cells = _ANY_CELL.findall(chunk)
        if cells:
            extent.take(
                max(int(row[:12]) for _, row in cells), max(_column(text.decode()) for text in {text for text, _ in cells})
            )
    return extent


def _shared_characters(stream: Iterable[bytes], strings: Lengths, longest: int) -> int | None:
    """Characters of shared strings that the cells show, or None where these cells are not written the usual way."""
    characters = 0
    for chunk in _whole_cells(stream):
        if any(odd in chunk for odd in _ODD_KINDS):
            return None
        shown = np.array(_SHARED_CELL.findall(chunk), dtype="S9").astype(np.int64)
        known = shown[shown < len(strings)]
        characters += int(strings[known].sum()) + (chunk.count(_SHARED) - len(shown)) * longest
    return characters


def _take_failed(extent: SheetExtent, chunk: bytes) -> None:
    for letters, row, shown in _ERROR_CELL.findall(chunk):
        extent.fail(int(row), _column(letters.decode()), shown.decode(errors="replace"))
    for letters, row, attributes, value in _UNCALCULATED_CELL.findall(chunk):
        if not _is_empty_result(b't="str"' in attributes, bool(value)):
            extent.fail(int(row), _column(letters.decode()), UNCALCULATED)


def _is_empty_result(is_text: bool, has_value: bool) -> bool:
    """Whether a formula without anything in its value has the empty text for its result, as `=IF(A2="","",A2)` may."""
    return is_text and has_value


def binary_extent(chunks: Iterable[bytes], strings: Lengths = NO_STRINGS) -> SheetExtent:
    """Of a sheet of an XLSB workbook: records, of which 145 begins the cells, 0 a row, and 2 to 11 are cells with a value.

    3 and 11 are errors, 7 is a shared string. Nothing for any other part.
    """
    extent = SheetExtent()
    data = b"".join(chunks)
    position = row = 0
    begun = False
    while position < len(data):
        kind, position = varint(data, position, 2)
        size, position = varint(data, position, 4)
        if kind == 145:
            begun = True
        elif not begun:
            pass
        elif kind == 0:
            row = int.from_bytes(data[position : position + 4], "little") + 1
        elif 2 <= kind <= 11:
            column = int.from_bytes(data[position : position + 4], "little") + 1
            extent.take(row, column)
            if kind in (3, 11) and position + 8 < len(data):
                extent.fail(row, column, error_text(data[position + 8]))
            elif kind == 7:
                number = int.from_bytes(data[position + 8 : position + 12], "little")
                extent.characters += int(strings[number]) if number < len(strings) else 0
        position += size
    return extent


def error_text(code: int) -> str:
    """What a binary workbook's error code is shown as."""
    return _ERRORS.get(code, "#VALUE!")


def _whole_cells(stream: Iterable[bytes]) -> Iterator[bytes]:
    """The stream cut anew so that the beginning of a cell stays with what follows it."""
    buffer = b""
    for chunk in stream:
        buffer += chunk
        cut = buffer.rfind(_CELL)
        cut = cut if cut >= 0 else buffer.rfind(b"<")
        if cut > 0:
            yield buffer[:cut]
            buffer = buffer[cut:]
        elif len(buffer) > 64 * _LONGEST_TAG:
            raise ExtentError("no end of a cell")
    yield buffer


def _plain_cells(chunk: bytes) -> int | None:
    """How many cells there are, where every one is written `<c r="A1"`, so that searching bytes misses none; else None."""
    cells = chunk.count(_CELL)
    others = sum(map(chunk.count, _OTHER_TAGS))
    is_plain = (
        chunk.count(b"<c") == cells + others and b"\0" not in chunk and (b":c" not in chunk or _PREFIXED.search(chunk) is None)
    )
    return cells if is_plain else None


def _parsed_extent(stream: Iterable[bytes], strings: Lengths, styles: Mapping[int, int]) -> SheetExtent:
    extent = SheetExtent()
    longest = int(strings.max(initial=0))
    state = {"row": 0, "column": 0}
    seen: set[str] = set()
    value: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            stated = attributes.get("r", "")
            state.update(row=int(stated[:12]) if stated.isdecimal() else state["row"] + 1, column=0)
            if is_hidden(attributes):
                extent.marks.hide_rows(state["row"] - 1, state["row"] - 1)
        elif tag == "col" and is_hidden(attributes):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                extent.marks.hide_columns(int(first[:9]) - 1, int(last[:9]) - 1)
        elif tag == "c":
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            if found is None:
                state["column"] += 1
            else:
                state.update(row=int(found[2][:12]), column=_column(found[1]))
            value.clear()
            seen.clear()
            seen.add("t=" + attributes.get("t", ""))
            style = attributes.get("s", "")
            if styles and style[:9].isdecimal() and int(style[:9]) in styles:
                extent.marks.show(state["row"] - 1, state["column"] - 1, styles[int(style[:9])])
        elif tag in ("v", "is", "f") and state["column"]:
            extent.take(state["row"], state["column"])
            seen.add(tag)

    def text(part: str) -> None:
        if "v" in seen and len(value) < 10:
            value.append(part[:20])

    def end(name: str) -> None:
        if name.rpartition(":")[2] != "c" or not state["column"]:
            return
        shown = "".join(value).strip()
        if "t=s" in seen:
            number = int(shown) if shown.isdecimal() and len(shown) < 10 else len(strings)
            extent.characters += int(strings[number]) if number < len(strings) else longest
        if "t=e" in seen and shown:
            extent.fail(state["row"], state["column"], shown)
        elif "f" in seen and not shown and not _is_empty_result("t=str" in seen, "v" in seen):
            extent.fail(state["row"], state["column"], UNCALCULATED)

    parse_xml(stream, start, end, text)
    return extent


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + ord(letter) - 64
    return number
