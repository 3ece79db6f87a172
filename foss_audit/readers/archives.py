# SPDX-License-Identifier: Apache-2.0
"""Archives of inventories (.zip, .tar, .tar.gz …): their files, unpacked one by one within limits, under names of our own."""

import bz2
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.readers.interface import Limits

_CHUNK = 1 << 20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPRESSED: dict[bytes, Callable[[BinaryIO], IO[bytes]]] = {
    b"\x1f\x8b": lambda opened: cast(IO[bytes], gzip.GzipFile(fileobj=opened)),
    b"BZh": lambda opened: cast(IO[bytes], bz2.BZ2File(opened)),
    b"\xfd7zXZ\x00": lambda opened: cast(IO[bytes], lzma.LZMAFile(opened)),  # noqa: SIM115 (closed with the file below it)
}
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "content.xml"})
"""Parts by which a ZIP file is a workbook, a document or a program, not an archive of files."""
_DIRECTORY_BYTES_A_MEMBER = 1600
_END = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 65_535
_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_PLAIN_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,12}")
_DAMAGED = message("The archive is damaged here: what stands before was read, the rest is lost. Pack it again.")
_ENCRYPTED = message("This file in the archive is protected by a password; pack it again without one.")
_OUTSIDE = message("The path of this file leads out of the archive, so it was not unpacked; pack the folder again.")
_NO_FILE = message("This is a link or a device, not a file; pack the file itself.")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive."""

    parts: tuple[str, ...]
    """Folders and name inside the archive; empty for a problem of the archive as a whole."""
    path: Path | None
    """Where it was unpacked; None where it was not."""
    problem: Message | None = None


def is_archive(path: Path) -> bool:
    """Whether an ordinary file is an archive by its content: no workbook, no document, no program that is packed like one."""
    with path.open("rb") as opened:
        head = opened.read(560)
        if head.startswith(_ZIP):
            return not _is_office(opened)
        if head[257:262] == b"ustar":
            return True
    return any(head.startswith(magic) for magic in _COMPRESSED)


def unpack(path: Path, folder: Path, limits: Limits) -> Iterator[Member]:
    """Unpacks the files of an archive into an empty folder, one at a time; nothing is written outside of it.

    What is encrypted, leads outside, or is no file is a member with a problem. Beyond a limit, or where the archive is damaged,
    the rest is one member with a problem. Raises UnreadableFile where nothing can be read.
    """
    with path.open("rb") as opened:
        head = opened.read(8)
        opened.seek(0)
        if head.startswith(_ZIP):
            yield from _Unpacking(folder, limits).zipped(opened)
            return
        decompress = next((how for magic, how in _COMPRESSED.items() if head.startswith(magic)), None)
        stream = _Metered(decompress(opened) if decompress else opened, limits.unpacked_bytes)
        yield from _Unpacking(folder, limits).streamed(stream, path, decompress is not None)


@dataclass(slots=True)
class _Unpacking:
    """How much has been unpacked."""

    folder: Path
    limits: Limits
    members: int = 0
    unpacked: int = 0
    """Bytes."""

    def zipped(self, opened: BinaryIO) -> Iterator[Member]:
        if _directory_bytes(opened) > self.limits.members * _DIRECTORY_BYTES_A_MEMBER:
            raise UnreadableFile(self.limits.exceeded("members"))
        try:
            archive = zipfile.ZipFile(opened)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise UnreadableFile(message("The archive is damaged and cannot be read; pack it again.")) from error
        with archive:
            for info in sorted(archive.infolist(), key=lambda one: one.filename):
                if info.is_dir():
                    continue
                parts = _parts(info.filename)
                if info.flag_bits & 1:
                    yield Member(parts, None, _ENCRYPTED)
                elif info.external_attr >> 28 == 0o12:
                    yield Member(parts, None, _NO_FILE)
                else:
                    try:
                        yield self._member(info.filename, partial(archive.open, info))
                    except _Beyond as beyond:
                        yield Member((), None, beyond.why)
                        return

    def streamed(self, stream: "_Metered", path: Path, compressed: bool) -> Iterator[Member]:
        """A tar archive, or a single file that is only compressed."""
        buffered = io.BufferedReader(stream, _CHUNK)
        try:
            if compressed and buffered.peek(262)[257:262] != b"ustar":
                yield self._member(path.stem, lambda: buffered)
                return
            with tarfile.open(fileobj=cast(IO[bytes], buffered), mode="r|") as archive:
                for info in archive:
                    if info.isdir():
                        continue
                    if not info.isreg():
                        yield Member(_parts(info.name), None, _NO_FILE)
                    else:
                        yield self._member(info.name, partial(_opened, archive, info))
        except _Beyond as beyond:
            yield Member((), None, beyond.why or self.limits.exceeded("unpacked_bytes"))
        except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, OSError, ValueError, RecursionError):
            yield Member((), None, _DAMAGED)

    def _member(self, name: str, open_it: Callable[[], IO[bytes]]) -> Member:
        self.members += 1
        if self.members > self.limits.members:
            raise _Beyond(self.limits.exceeded("members"))
        parts = _parts(name)
        if not parts or _leads_outside(name):
            return Member(parts or ("?",), None, _OUTSIDE)
        target = self.folder / f"{self.members:06}{_suffix(parts[-1])}"
        try:
            with open_it() as source, target.open("wb") as unpacked:
                while chunk := source.read(_CHUNK):
                    self.unpacked += len(chunk)
                    if self.unpacked > self.limits.unpacked_bytes:
                        raise _Beyond(self.limits.exceeded("unpacked_bytes"))
                    unpacked.write(chunk)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError):
            return Member(parts, None, message("This file in the archive is damaged; pack it again."))
        return Member(parts, target)


class _Beyond(Exception):
    """A limit was reached."""

    def __init__(self, why: Message | None = None) -> None:
        super().__init__(why)
        self.why = why


class _Metered(io.RawIOBase):
    """A stream that gives no more than a limit, so that no header of a tar archive can ask for all of the memory."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._left = limit + _CHUNK

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self._stream.read(min(len(buffer), _CHUNK))
        self._left -= len(chunk)
        if self._left < 0:
            raise _Beyond
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _opened(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    """An ordinary file of a tar archive."""
    return cast(IO[bytes], archive.extractfile(info))


def _is_office(opened: BinaryIO) -> bool:
    """Whether one of the first parts of a ZIP file says that it is something else than an archive of files."""
    opened.seek(0)
    head = opened.read(_CHUNK)
    names: list[str] = []
    at = head.find(b"PK\x03\x04")
    while 0 <= at <= len(head) - 30 and len(names) < 64:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        names.append(head[at + 30 : at + 30 + length].decode("utf-8", errors="replace"))
        at = head.find(b"PK\x03\x04", at + 30 + length)
    return not _OFFICE.isdisjoint(names) or any(name.startswith(("xl/", "word/", "ppt/", "_rels/")) for name in names)


def _directory_bytes(opened: BinaryIO) -> int:
    """The size that the list of a ZIP file's members claims: the module zipfile takes all of it into memory at once."""
    size = opened.seek(0, io.SEEK_END)
    opened.seek(max(0, size - _END.size - _LONGEST_COMMENT))
    tail = opened.read()
    opened.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        return 0
    return int(_END.unpack_from(tail, at)[5])


def _parts(name: str) -> tuple[str, ...]:
    """A member's path in parts that can be shown, whatever separator the packer used."""
    plain = _UNSPEAKABLE.sub("\ufffd", name).replace("\\", "/")
    return tuple(part for part in PurePosixPath(plain).parts if part not in ("/", "..", "."))


def _leads_outside(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or re.match(r"[A-Za-z]:", plain) is not None


def _suffix(name: str) -> str:
    """Its suffix where that is a plain one, so that no name of a stranger becomes one of this machine."""
    suffix = PurePosixPath(name).suffix
    return suffix.lower() if _PLAIN_SUFFIX.fullmatch(suffix) else ""
