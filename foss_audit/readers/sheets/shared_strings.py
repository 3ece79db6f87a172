# SPDX-License-Identifier: Apache-2.0
"""How long the texts are that a workbook stores once for many cells: a few bytes of a sheet may stand for a long text."""

import re
import struct
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Lengths = NDArray[np.int64]
NO_STRINGS: Lengths = np.zeros(0, dtype=np.int64)
_ITEM = re.compile(rb"<(?:[^<>\s/:]{1,40}:)?si[\s/>]")
_LONGEST_MATCH = 64
_BINARY_ITEM = 19


def xml_lengths(stream: Iterable[bytes]) -> Lengths:
    """Bytes of each text of an XLSX workbook's shared strings, markup included: never less than it has characters."""
    starts: list[NDArray[np.int64]] = []
    position = 0
    tail = b""
    for chunk in stream:
        buffer = tail + chunk
        begin = position - len(tail)
        found = buffer.rfind(b"<", max(len(buffer) - _LONGEST_MATCH, 0))
        cut = found if found >= 0 else len(buffer)
        starts.append(np.fromiter((begin + item.start() for item in _ITEM.finditer(buffer[:cut])), dtype=np.int64))
        tail = buffer[cut:]
        position += len(chunk)
    starts.append(np.array([position - len(tail)] if _ITEM.match(tail) else [], dtype=np.int64))
    return np.diff(np.concatenate([*starts, np.array([position], dtype=np.int64)]))


def binary_lengths(content: bytes) -> Lengths:
    """Characters of each text of an XLSB workbook's shared strings, never less than it has."""
    found: list[int] = []
    position = 0
    while position < len(content):
        kind, position = varint(content, position, 2)
        size, position = varint(content, position, 4)
        if kind == _BINARY_ITEM:
            found.append(size // 2)
        position += size
    return np.array(found, dtype=np.int64)


def biff_lengths(parts: list[bytes]) -> Lengths:
    """Characters of each text of an old workbook: `parts` are its SST record and the CONTINUE records behind it."""
    content = b"".join(parts)
    ends = set(np.cumsum([len(part) for part in parts]).tolist())
    count = struct.unpack_from("<I", content, 4)[0] if len(content) >= 8 else 0
    found: list[int] = []
    position = 8
    while position + 3 <= len(content) and len(found) < count:
        characters, flags = struct.unpack_from("<HB", content, position)
        found.append(characters)
        position += 3
        runs = extended = 0
        if flags & 8 and position + 2 <= len(content):
            runs = struct.unpack_from("<H", content, position)[0]
            position += 2
        if flags & 4 and position + 4 <= len(content):
            extended = struct.unpack_from("<I", content, position)[0]
            position += 4
        position = _after_characters(content, ends, position, characters, flags & 1) + 4 * runs + extended
    return np.array(found, dtype=np.int64)


def _after_characters(content: bytes, ends: set[int], position: int, characters: int, wide: int) -> int:
    """Where a text ends: at every border of a record a byte says anew how wide its characters are."""
    borders = sorted(end for end in ends if position < end <= position + 2 * characters + 8)
    for end in (*borders, len(content)):
        fit = (end - position) // (1 + wide)
        if characters <= fit:
            return position + characters * (1 + wide)
        characters -= fit
        if end >= len(content):
            break
        wide = content[end] & 1
        position = end + 1
    return len(content)


def varint(data: bytes, position: int, longest: int) -> tuple[int, int]:
    """A number of a binary workbook, seven bits a byte, and the position behind it."""
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
