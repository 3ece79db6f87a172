# SPDX-License-Identifier: Apache-2.0
"""How large a workbook unpacks, found by streaming it, before calamine allocates the rectangle of every sheet.

calamine reserves first to last used row times first to last used column: two cells far apart would end the process.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Source
from foss_audit.readers.biff_extents import ole_extent
from foss_audit.readers.interface import Limits
from foss_audit.readers.sheet_extents import ExtentError, SheetExtent, binary_extent, opendocument_extent, xml_extent

_CHUNK = 1 << 20
_PARTS = 20_000
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")

PASSWORD = message("The workbook is protected by a password; open it in Excel, remove the password, and save it again.")
DAMAGED = message("The workbook is damaged and cannot be read; open it in Excel or LibreOffice and save it again as XLSX.")
_TOO_LARGE = message("The workbook unpacks to more than this program accepts; save it again with only the sheets that matter.")
_NO_WORKBOOK = message("This is an archive but no workbook; unpack it and hand in the files in it, or save it as XLSX.")


def check_workbook(path: Path, file: str, limits: Limits) -> None:
    """Raises UnreadableFile where a workbook is encrypted, no workbook, or would take more than the limits."""
    try:
        with path.open("rb") as opened:
            if opened.read(4) == b"PK\x03\x04":
                _check_archive(opened, limits)
            else:
                opened.seek(0)
                _check_ole(opened.read(), limits)
    except _Refused as refused:
        raise UnreadableFile(refused.why, Source(file)) from refused
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFile(DAMAGED, Source(file)) from error


def _check_ole(content: bytes, limits: Limits) -> None:
    if _ENCRYPTED_OLE in content:
        raise _Refused(PASSWORD)
    _check_extent(ole_extent(content), limits)


def _check_archive(opened: BinaryIO, limits: Limits) -> None:
    with zipfile.ZipFile(opened) as archive:
        parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise _Refused(PASSWORD)
    if "content.xml" not in names and not any("workbook." in name for name in names):
        raise _Refused(_NO_WORKBOOK)
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise _Refused(_TOO_LARGE)
    left = limits.unpacked_bytes
    for part in parts:
        stream = _PartStream(opened, part, left)
        _check_extent(_extent(part.filename, stream, limits.cells), limits)
        left -= stream.size


def _extent(name: str, stream: "_PartStream", limit: int) -> SheetExtent:
    """The extent of a part that may be a sheet; any other is only unpacked, to see that it ends."""
    if name == "content.xml":
        return opendocument_extent(iter(stream))
    first = next(iter(stream), b"")
    if name.endswith(".bin"):
        return binary_extent(iter(stream))
    if first.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<":
        return xml_extent(stream, limit)
    for _ in stream:
        pass
    return SheetExtent()


def _check_extent(extent: SheetExtent, limits: Limits) -> None:
    if extent.cells > limits.cells:
        raise _Refused(
            message(
                "A sheet spans {rows} rows and {columns} columns, more than {limit} cells; "
                "delete the cells far off to the right and below, and save it again.",
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


__all__ = ["DAMAGED", "PASSWORD", "ExtentError", "check_workbook"]
