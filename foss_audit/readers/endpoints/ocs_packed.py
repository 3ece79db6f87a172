# SPDX-License-Identifier: Apache-2.0
"""Inventories as OCS agents compress them (`.ocs`, zlib) and people do (gzip), unpacked within a limit."""

import zlib
from dataclasses import dataclass
from pathlib import Path

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import Problem, Source
from foss_audit.readers.interface import Limits

_EITHER = zlib.MAX_WBITS | 32
"""Zlib or gzip, as the beginning says."""
_GZIP = b"\x1f\x8b\x08"
_DEFLATE = 8
_CHUNK = 1 << 14
_HEAD = 1 << 16
_MEMBERS = 1_000
"""Compressed streams one after the other."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The bytes of a file, unpacked where they were packed."""

    content: bytes
    damage: Problem | None = None
    """Where the compressed bytes end before their time: what came before is in the content."""


def is_packed(beginning: bytes) -> bool:
    """Whether bytes begin as zlib or gzip does."""
    if beginning.startswith(_GZIP):
        return True
    if len(beginning) < 3:
        return False
    method, flags = beginning[0], beginning[1]
    return method & 0x0F == _DEFLATE and method >> 4 <= 7 and (method * 256 + flags) % 31 == 0 and not flags & 0x20


def unpacked_head(beginning: bytes) -> bytes:
    """What the beginning of a packed file unpacks to, at most 64 KiB; nothing where it does not."""
    try:
        return zlib.decompressobj(_EITHER).decompress(beginning, _HEAD)
    except zlib.error:
        return b""


def unpack(path: Path, file: str, limits: Limits) -> Unpacked:
    """Reads a file, shown as `file`. Raises UnreadableFile where it is beyond a limit, packed or unpacked."""
    if path.stat().st_size > limits.document_bytes:
        raise UnreadableFile(limits.exceeded("document_bytes"), Source(file))
    packed = path.read_bytes()
    if not is_packed(packed):
        return Unpacked(packed)
    room = min(limits.unpacked_bytes, limits.document_bytes)
    content = bytearray()
    try:
        whole = _inflate(packed, content, room)
    except zlib.error:
        whole = False
    if len(content) > room:
        raise UnreadableFile(
            limits.exceeded("unpacked_bytes" if limits.unpacked_bytes <= limits.document_bytes else "document_bytes"),
            Source(file),
        )
    damage = message("The compressed file is damaged or cut off: what came before was read. Copy it again.")
    return Unpacked(bytes(content), None if whole else Problem(Source(file), damage))


def _inflate(packed: bytes, content: bytearray, room: int) -> bool:
    """Unpacks up to one byte more than there is room for; whether all of it was whole."""
    stream, members = zlib.decompressobj(_EITHER), 1
    for start in range(0, len(packed), _CHUNK):
        data = packed[start : start + _CHUNK]
        while data:
            content += stream.decompress(data, room + 1 - len(content))
            if len(content) > room:
                return False
            data = stream.unconsumed_tail
            if stream.eof:
                data = stream.unused_data
                if data and not is_packed(data[:3]):
                    return not data.strip(b"\0\r\n")
                stream, members = zlib.decompressobj(_EITHER), members + 1
                if members > _MEMBERS:
                    return False
    return stream.eof or members > 1
