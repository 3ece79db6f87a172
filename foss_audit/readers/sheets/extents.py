# SPDX-License-Identifier: Apache-2.0
"""What a workbook unpacks to, found by streaming it, before calamine allocates the rectangle of every sheet.

calamine reserves first to last used row times first to last used column: two cells far apart would end the process. It
copies a text for every cell that shows it: one long text shown by many cells would too. And it gives nothing for errors
and formulas without a result, so that they look like empty cells: these are found here.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Source
from foss_audit.readers.interface import Limits
from foss_audit.readers.sheets.biff_extents import ole_extents
from foss_audit.readers.sheets.number_formats import style_decimals
from foss_audit.readers.sheets.opendocument_extents import opendocument_extents
from foss_audit.readers.sheets.parse_xml import XmlError
from foss_audit.readers.sheets.shared_strings import NO_STRINGS, Lengths, binary_lengths, xml_lengths
from foss_audit.readers.sheets.sheet_extents import NO_STYLES, ExtentError, SheetExtent, TooManyFailed, binary_extent, xml_extent
from foss_audit.readers.sheets.sheet_parts import relations_part, sheet_parts, workbook_part

_CHUNK = 1 << 20
_PARTS = 20_000
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")

PASSWORD = message("The workbook is protected by a password; open it in Excel, remove the password, and save it again.")
DAMAGED = message("The workbook is damaged and cannot be read; open it in Excel or LibreOffice and save it again as XLSX.")
_TOO_LARGE = message(
    "The workbook unpacks to more than this program accepts; save it again with only the sheets that matter, "
    "or raise unpacked_bytes under [limits] in audit.toml."
)
_ALL_FAILED = message(
    "More than a million cells of a sheet are errors or formulas without a result; "
    "open the workbook in Excel, correct it or paste the values, and save it again."
)
_NO_WORKBOOK = message("This is an archive but no workbook; unpack it and hand in the files in it, or save it as XLSX.")


Told = Mapping[int, SheetExtent]
"""By sheet, from 0: what calamine does not tell of it: failed cells, which it gives as empty, and `marks`."""


def check_workbook(path: Path, file: str, limits: Limits) -> Told:
    """What calamine does not tell of the sheets of a workbook, of those where there is anything to tell.

    Raises UnreadableFile where it is encrypted, no workbook, or would take more than the limits.
    """
    try:
        with path.open("rb") as opened:
            if opened.read(4) == b"PK\x03\x04":
                return _check_archive(opened, limits)
            opened.seek(0)
            return _check_ole(opened.read(), limits)
    except _Refused as refused:
        raise UnreadableFile(refused.why, Source(file)) from refused
    except TooManyFailed as error:
        raise UnreadableFile(_ALL_FAILED, Source(file)) from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFile(DAMAGED, Source(file)) from error


def _check_ole(content: bytes, limits: Limits) -> Told:
    if _ENCRYPTED_OLE in content:
        raise _Refused(PASSWORD)
    return _checked(ole_extents(content), limits, together=True)


def _check_archive(opened: BinaryIO, limits: Limits) -> Told:
    with zipfile.ZipFile(opened) as archive:
        parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise _Refused(PASSWORD)
    if "content.xml" not in names and not any("workbook." in name for name in names):
        raise _Refused(_NO_WORKBOOK)
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise _Refused(_TOO_LARGE)
    streams = {part.filename: _PartStream(opened, part, limits.unpacked_bytes) for part in parts}
    if len({name.casefold() for name in streams}) != len(parts):  # which of two parts of one name is read is anybody's guess
        raise _Refused(DAMAGED)
    strings = _strings(streams)
    styles = _styles(streams)
    extents: dict[str, SheetExtent] = {}
    tables: list[SheetExtent] = []
    left = limits.unpacked_bytes
    for name, stream in streams.items():
        stream.limit = left
        if name == "content.xml":
            tables = opendocument_extents(stream)
        else:
            extents[name] = _extent(name, stream, strings, styles, limits.cells, limits.characters)
        left -= stream.size
    if sum(extent.characters for extent in extents.values()) > limits.characters:  # each alone may only have been estimated
        extents = {name: _extent(name, streams[name], strings, styles, limits.cells, 0) for name in extents}
    told = _checked(tables, limits, together=True)
    if not _checked(list(extents.values()), limits) or workbook_part(streams) is None:
        return told
    return _telling([extents.get(name, SheetExtent()) for name in _sheets(streams)])


def _strings(streams: "Mapping[str, _PartStream]") -> Lengths:
    """How long the shared strings of a workbook are."""
    parts = [name for name, stream in streams.items() if "sharedstrings." in name.lower() or b"<sst" in next(iter(stream), b"")]
    if len(parts) > 1:
        raise _Refused(DAMAGED)
    if not parts:
        return NO_STRINGS
    stream = streams[parts[0]]
    return binary_lengths(b"".join(stream)) if parts[0].endswith(".bin") else xml_lengths(stream)


def _styles(streams: "Mapping[str, _PartStream]") -> Mapping[int, int]:
    """Number of a cell's style to the decimals it shows; without any where the styles are damaged, as they tell nothing else."""
    name = next(
        (name for name in streams if posixpath.basename(name).lower() == "styles.xml" and "content.xml" not in streams), None
    )
    if name is None:
        return NO_STYLES
    try:
        return style_decimals(streams[name])
    except XmlError:
        return NO_STYLES


def _sheets(streams: "Mapping[str, _PartStream]") -> list[str]:
    workbook = workbook_part(streams)
    if workbook is None or relations_part(workbook) not in streams:
        raise _Refused(DAMAGED)
    return sheet_parts(workbook, b"".join(streams[workbook]), b"".join(streams[relations_part(workbook)]))


def _extent(
    name: str, stream: "_PartStream", strings: Lengths, styles: Mapping[int, int], cells: int, characters: int
) -> SheetExtent:
    """The extent of a part that may be a sheet, exact beyond some figures; any other is only unpacked, to see that it ends."""
    first = next(iter(stream), b"")
    if name.endswith(".bin"):
        return binary_extent(stream, strings)
    if first.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<":
        return xml_extent(stream, cells, strings, characters, styles)
    for _ in stream:
        pass
    return SheetExtent()


def _checked(extents: list[SheetExtent], limits: Limits, together: bool = False) -> Told:
    """The extents that tell something, by position; raises _Refused where one, or all `together`, exceed the limits."""
    widest = max((extent.columns for extent in extents), default=0)
    total = sum(extent.cells for extent in extents)
    for extent in extents:
        _check_size(extent, limits)
    if together and widest and total > limits.cells:
        _check_size(SheetExtent(-(-total // widest), widest), limits)
    if sum(extent.characters for extent in extents) > limits.characters:
        raise _Refused(
            message(
                "The cells of the workbook show more than {limit} characters, most of them again and again; "
                "shorten the long texts, split the workbook, or raise characters under [limits] in audit.toml.",
                limit=limits.characters,
            )
        )
    return _telling(extents)


def _telling(extents: list[SheetExtent]) -> Told:
    return {index: extent for index, extent in enumerate(extents) if extent.failed or extent.marks}


def _check_size(extent: SheetExtent, limits: Limits) -> None:
    if extent.cells > limits.cells:
        raise _Refused(
            message(
                "A sheet spans {rows} rows and {columns} columns, more than {limit} cells; "
                "delete the cells far off to the right and below and save it again, or raise cells under [limits] in audit.toml.",
                rows=extent.rows,
                columns=extent.columns,
                limit=limits.cells,
            )
        )


@dataclass(slots=True)
class _PartStream:
    """What a part of an archive really unpacks to, whatever size it declares; every iteration begins anew."""

    opened: BinaryIO
    part: zipfile.ZipInfo
    limit: int
    """Bytes it may unpack to."""
    size: int = 0
    """Bytes it did unpack to, in the last iteration."""

    def __iter__(self) -> Iterator[bytes]:
        if self.part.compress_type not in (_STORED, _DEFLATED):
            raise _Refused(DAMAGED)
        inflater = zlib.decompressobj(-zlib.MAX_WBITS) if self.part.compress_type == _DEFLATED else None
        self.size = 0
        position, end = self._span()
        while position < end:
            self.opened.seek(position)
            chunk = self.opened.read(min(_CHUNK, end - position))
            if not chunk:
                return
            position += len(chunk)
            while chunk:
                data = inflater.decompress(chunk, _CHUNK) if inflater is not None else chunk
                chunk = inflater.unconsumed_tail if inflater is not None else b""
                self.size += len(data)
                if self.size > self.limit:
                    raise _Refused(_TOO_LARGE)
                if data:
                    yield data

    def _span(self) -> tuple[int, int]:
        """Where its packed bytes begin and end in the file."""
        self.opened.seek(self.part.header_offset)
        header = self.opened.read(30)
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise _Refused(DAMAGED)
        begin = self.part.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        return begin, begin + self.part.compress_size


class _Refused(Exception):
    """A workbook that is not to be opened, and why; given its file in check_workbook."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


__all__ = ["DAMAGED", "PASSWORD", "ExtentError", "Told", "check_workbook"]
