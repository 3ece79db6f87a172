# SPDX-License-Identifier: Apache-2.0
"""The last row and column of a sheet that hold anything, from a stream of its bytes."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

EXCEL_ROWS = 1_048_576
_CELL = b'<c r="'
_OTHER_TAGS = (b"<co", b"<cf", b"<cu", b"<ce")
_PREFIXED = re.compile(rb"<[^<>\s/:]+:c[\s/>]")
_CONTENT = rb'"(?:[^<>]*[^/<>])?>(?!</c>)'
_FAR_CELL = re.compile(rb'<c r="(?:([A-Za-z]{2,})[0-9]+|[A-Za-z]+([0-9]{7,}))' + _CONTENT)
_ANY_CELL = re.compile(rb'<c r="([A-Za-z]+)([0-9]+)' + _CONTENT)
_REFERENCE = re.compile(r"([A-Za-z]+)([0-9]+)")
_LONGEST_TAG = 1 << 20


class ExtentError(ValueError):
    """A sheet that is not what it should be."""


@dataclass(slots=True)
class SheetExtent:
    """A rectangle from the first cell of a sheet, at least as large as what is in use."""

    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def take(self, row: int, column: int) -> None:
        """Stretches it to a cell, counted from 1."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)


def xml_extent(stream: Iterable[bytes], limit: int) -> SheetExtent:
    """Of a sheet of an XLSX workbook; exact only where it may exceed `limit` cells. `stream` is iterated more than once.

    Sheets written the usual way are searched as bytes, which is quick; others are parsed.
    """
    widest = 26
    tallest = EXCEL_ROWS
    for chunk in _whole_cells(stream):
        if not _is_plain(chunk):
            return _parsed_extent(stream)
        for letters, row in set(_FAR_CELL.findall(chunk)):
            widest = max(widest, _column(letters.decode()))
            tallest = max(tallest, int(row[:12] or b"0"))
    if widest * tallest <= limit:
        return SheetExtent(tallest, widest)
    extent = SheetExtent()
    for chunk in _whole_cells(stream):
        cells = _ANY_CELL.findall(chunk)
        if cells:
            extent.take(
                max(int(row[:12]) for _, row in cells), max(_column(text.decode()) for text in {text for text, _ in cells})
            )
    return extent


def opendocument_extent(chunks: Iterator[bytes]) -> SheetExtent:
    """Of the largest sheet of an OpenDocument spreadsheet, with repeated rows and cells counted out."""
    extent = SheetExtent()
    state = {"row": 0, "repeat": 1, "column": 0}

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "table":
            state.update(row=0)
        elif tag == "table-row":
            state["repeat"] = _times(attributes.get("table:number-rows-repeated"))
            state.update(row=state["row"] + state["repeat"], column=0)
        elif tag in ("table-cell", "covered-table-cell"):
            state["column"] += _times(attributes.get("table:number-columns-repeated"))
            if "office:value-type" in attributes or "calcext:value-type" in attributes or "table:formula" in attributes:
                extent.take(state["row"], state["column"])
        elif tag == "p" and state["column"]:
            extent.take(state["row"], state["column"])

    _parse(chunks, start)
    return extent


def binary_extent(chunks: Iterator[bytes]) -> SheetExtent:
    """Of a sheet of an XLSB workbook: records, of which 145 begins the cells, 0 a row, and 2 to 11 are cells with a value.

    Nothing for any other part.
    """
    extent = SheetExtent()
    data = b"".join(chunks)
    position = row = 0
    begun = False
    while position < len(data):
        kind, position = _varint(data, position, 2)
        size, position = _varint(data, position, 4)
        if kind == 145:
            begun = True
        elif not begun:
            pass
        elif kind == 0:
            row = int.from_bytes(data[position : position + 4], "little") + 1
        elif 2 <= kind <= 11:
            extent.take(row, int.from_bytes(data[position : position + 4], "little") + 1)
        position += size
    return extent


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


def _is_plain(chunk: bytes) -> bool:
    """Whether every cell is written `<c r="A1"`, so that searching bytes misses none."""
    others = sum(map(chunk.count, _OTHER_TAGS))
    return (
        chunk.count(b"<c") == chunk.count(_CELL) + others
        and b"\0" not in chunk
        and (b":c" not in chunk or _PREFIXED.search(chunk) is None)
    )


def _parsed_extent(stream: Iterable[bytes]) -> SheetExtent:
    extent = SheetExtent()
    state = {"row": 0, "column": 0}

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            stated = attributes.get("r", "")
            state.update(row=int(stated[:12]) if stated.isdecimal() else state["row"] + 1, column=0)
        elif tag == "c":
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            if found is None:
                state["column"] += 1
            else:
                state.update(row=int(found[2][:12]), column=_column(found[1]))
        elif tag in ("v", "is", "f") and state["column"]:
            extent.take(state["row"], state["column"])

    _parse(stream, start)
    return extent


def _parse(chunks: Iterable[bytes], start: Callable[[str, dict[str, str]], None]) -> None:
    """Feeds an XML parser; a document type, of which no workbook has need, is refused with whatever it declares."""

    def refuse(*_: object) -> None:
        raise ExtentError("a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ExtentError("no well-formed XML") from error


def _times(text: str | None) -> int:
    return int(text[:12]) if text is not None and text.isdecimal() else 1


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + ord(letter) - 64
    return number


def _varint(data: bytes, position: int, longest: int) -> tuple[int, int]:
    value = 0
    for index in range(longest):
        if position >= len(data):
            return value, position
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return value, position
