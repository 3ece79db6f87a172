# SPDX-License-Identifier: Apache-2.0
"""What the sheets of an old binary workbook (.xls) hold, which are all unpacked at once when it is opened."""

import struct

from foss_audit.readers.sheets.number_formats import decimals_of
from foss_audit.readers.sheets.shared_strings import biff_lengths
from foss_audit.readers.sheets.sheet_extents import ExtentError, SheetExtent, error_text

_BEGIN = 0x0809
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00FD, 0x00D6})
"""Formula, number, label, boolean or error, RK, many RK, shared string, rich string: two bytes of row, two of column, more."""
_FORMULA, _ERROR, _MANY, _SHARED = 0x0006, 0x0205, 0x00BD, 0x00FD
_SHEET, _STRINGS, _CONTINUED = 0x0085, 0x00FC, 0x003C
_NUMBER, _RK = 0x0203, 0x027E
_FORMAT, _STYLE, _ROW, _COLUMNS = 0x041E, 0x00E0, 0x0208, 0x007D
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_END_OF_CHAIN = 0xFFFFFFFA
_WORKBOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))


def ole_extents(content: bytes) -> list[SheetExtent]:
    """Of the sheets, in the order of the workbook. Raises ExtentError for what is no workbook."""
    stream = _workbook_stream(content)
    begun: dict[int, SheetExtent] = {}
    listed: list[int] = []
    strings: list[bytes] = []
    shown: list[tuple[SheetExtent, int]] = []
    styles = _Styles()
    extent = SheetExtent()
    position = former = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        data = stream[position + 4 : position + 4 + size]
        if kind == _BEGIN:
            extent = begun.setdefault(position, SheetExtent())
        elif kind in _CELLS and len(data) >= 4:
            _take_cell(extent, kind, data)
            styles.show(extent, kind, data)
            if kind == _SHARED and len(data) >= 10:
                shown.append((extent, int.from_bytes(data[6:10], "little")))
        elif kind in (_FORMAT, _STYLE):
            styles.take(kind, data)
        elif kind in (_ROW, _COLUMNS):
            _take_hidden(extent, kind, data)
        elif kind == _SHEET and len(data) >= 4:
            listed.append(int.from_bytes(data[:4], "little"))
        elif kind == _STRINGS or (kind == _CONTINUED and former in (_STRINGS, _CONTINUED) and strings):
            strings.append(data)
        former = kind
        position += 4 + size
    lengths = biff_lengths(strings)
    longest = int(lengths.max(initial=0))
    for sheet, number in shown:
        sheet.characters += int(lengths[number]) if number < len(lengths) else longest
    ordered = [begun.pop(place) for place in listed if place in begun]
    return [*ordered, *begun.values()]


def _take_cell(extent: SheetExtent, kind: int, data: bytes) -> None:
    row, column = struct.unpack_from("<HH", data)
    last = int.from_bytes(data[-2:], "little") if kind == _MANY else column
    extent.take(row + 1, max(column, last) + 1)
    if kind == _ERROR and len(data) >= 8 and data[7]:
        extent.fail(row + 1, column + 1, error_text(data[6]))
    elif kind == _FORMULA and len(data) >= 14 and data[6] == 2 and data[12:14] == b"\xff\xff":
        extent.fail(row + 1, column + 1, error_text(data[8]))


def _take_hidden(extent: SheetExtent, kind: int, data: bytes) -> None:
    """A row, whose flags stand behind its height; columns, whose flags stand behind their format."""
    if kind == _ROW and len(data) >= 14 and data[12] & _HIDDEN_ROW:
        row = int.from_bytes(data[:2], "little")
        extent.marks.hide_rows(row, row)
    elif kind == _COLUMNS and len(data) >= 10 and data[8] & _HIDDEN_COLUMN:
        extent.marks.hide_columns(*struct.unpack_from("<HH", data))


class _Styles:
    """Number formats by the style of a cell."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._decimals: dict[int, int] = {}

    def take(self, kind: int, data: bytes) -> None:
        """Takes a number format with its text, or the format of the next style."""
        if kind == _STYLE and len(data) >= 4:
            self._formats.append(int.from_bytes(data[2:4], "little"))
        elif kind == _FORMAT and len(data) >= 5:
            length, is_wide = int.from_bytes(data[2:4], "little"), data[4] & 1
            text = data[5 : 5 + length * (2 if is_wide else 1)]
            self._codes[int.from_bytes(data[:2], "little")] = text.decode("utf-16-le" if is_wide else "latin-1", errors="replace")

    def show(self, extent: SheetExtent, kind: int, data: bytes) -> None:
        """Takes note of the decimals that a cell with a number shows."""
        row, column = struct.unpack_from("<HH", data)
        if kind == _MANY:
            styles = [int.from_bytes(data[at : at + 2], "little") for at in range(4, len(data) - 7, 6)]
        elif kind in (_NUMBER, _RK, _FORMULA) and len(data) >= 6:
            styles = [int.from_bytes(data[4:6], "little")]
        else:
            return
        for index, style in enumerate(styles):
            if decimals := self._of(style):
                extent.marks.show(row, column + index, decimals)

    def _of(self, style: int) -> int:
        if style not in self._decimals:
            number = self._formats[style] if style < len(self._formats) else 0
            self._decimals[style] = decimals_of(number, self._codes.get(number))
        return self._decimals[style]


def _workbook_stream(content: bytes) -> bytes:
    """The stream named Workbook (or Book) of a compound file."""
    if len(content) < 512:
        raise ExtentError("no compound file")
    shift = struct.unpack_from("<H", content, 30)[0]
    if not 7 <= shift <= 12:
        raise ExtentError("no compound file")
    size = 1 << shift
    table = _allocation_table(content, size)
    directory = _chain(content, table, struct.unpack_from("<I", content, 48)[0], size)
    entries = [directory[start : start + 128] for start in range(0, len(directory) - 127, 128)]
    root = next((entry for entry in entries if entry[66] == 5), None)
    for wanted in _WORKBOOKS:
        for entry in entries:
            if (
                entry[66] == 2
                and entry[: struct.unpack_from("<H", entry, 64)[0]].rstrip(b"\0").ljust(len(wanted), b"\0") == wanted
            ):
                first, length = struct.unpack_from("<II", entry, 116)
                if length >= struct.unpack_from("<I", content, 56)[0] or root is None:
                    return _chain(content, table, first, size)[:length]
                small = _chain(content, table, struct.unpack_from("<I", root, 116)[0], size)
                return _small_chain(content, table, small, first, size)[:length]
    raise ExtentError("no workbook in it")


def _allocation_table(content: bytes, size: int) -> list[int]:
    """The sector that follows each sector."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    following = struct.unpack_from("<I", content, 68)[0]
    seen: set[int] = set()
    while following < _END_OF_CHAIN and following not in seen:
        seen.add(following)
        more = _sector(content, following, size)
        if len(more) < size:
            break
        *found, following = struct.unpack(f"<{size // 4}I", more)
        sectors.extend(found)
    table: list[int] = []
    for sector in sectors:
        data = _sector(content, sector, size) if sector < _END_OF_CHAIN else b""
        if len(data) == size:
            table.extend(struct.unpack(f"<{size // 4}I", data))
    return table


def _chain(content: bytes, table: list[int], first: int, size: int) -> bytes:
    found: list[bytes] = []
    sector = first
    while sector < len(table) and len(found) <= len(table):
        found.append(_sector(content, sector, size))
        sector = table[sector]
    return b"".join(found)


def _small_chain(content: bytes, table: list[int], small: bytes, first: int, size: int) -> bytes:
    """A short stream: sectors of 64 bytes within the root's stream."""
    allocation = _chain(content, table, struct.unpack_from("<I", content, 60)[0], size)
    following = struct.unpack(f"<{len(allocation) // 4}I", allocation[: len(allocation) // 4 * 4])
    found: list[bytes] = []
    sector = first
    while sector < len(following) and len(found) <= len(following):
        found.append(small[sector * 64 : sector * 64 + 64])
        sector = following[sector]
    return b"".join(found)


def _sector(content: bytes, number: int, size: int) -> bytes:
    begin = (number + 1) * size
    return content[begin : begin + size]
