# SPDX-License-Identifier: Apache-2.0
"""Exports of the registry (.reg): a key of Uninstall is an entry."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import read_lines
from foss_audit.readers.windows.registry_keys import RegistryKeys, is_hexadecimal, number_of

NAME = "registry-export"
DESCRIPTION = "Registry exports (.reg) with the keys of Uninstall: Registry Editor 5.00 and REGEDIT4"

_NEW = "Windows Registry Editor Version 5.00"
_OLD = "REGEDIT4"
_BEGINNING = re.compile(rf"\s*(?:{re.escape(_NEW)}|{_OLD})\s")
_HEX = re.compile(r"hex\(([0-9a-f]+)\):", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LONGEST_TEXT = 1000
"""Lines that one quoted text may go over; an export that was cut in the midst of one loses no more."""


def recognises(head: Head) -> bool:
    """Whether the file begins as the Registry Editor's exports do."""
    return _BEGINNING.match(head.text.lstrip("\ufeff")[:200] + "\n") is not None


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every key of Uninstall, in file order, and Windows where its key is there. Raises UnreadableFile for what is no text."""
    text = read_lines(path, file, context.limits)
    keys = RegistryKeys(EntryCollector(file, context.limits))
    is_old = any(line.strip().startswith(_OLD) for line in text.lines[:5])
    _read_lines(text.lines, keys, "cp1252" if is_old else "utf-16-le")
    keys.finish()
    return keys.reading(NAME, text)


def _read_lines(lines: Sequence[str], keys: RegistryKeys, encoding: str) -> None:
    remaining = iter(enumerate(lines, 1))
    for number, line in remaining:
        if line.startswith("["):
            # [-KEY] deletes one, and so says nothing of what is there.
            path = line.rstrip()
            keys.key("" if path.startswith("[-") else path[1:].removesuffix("]"), number)
        elif line.startswith('"'):
            end = _closing_quote(line, 1)
            name = _unescaped(line[1:end])
            if end > 0 and line[end + 1 : end + 2] == "=" and keys.wants(name):
                keys.value(name, _data(line[end + 2 :], remaining, encoding))


def _data(data: str, remaining: Iterator[tuple[int, str]], encoding: str) -> str | None:
    """A value as text, over the lines it goes; None for what is no text."""
    if data.startswith('"'):
        return _quoted(data, remaining)
    if data.startswith("dword:"):
        return number_of(data[6:].strip())
    kind = _HEX.match(data)
    if kind is None or kind[1] not in ("1", "2", "7"):
        return None
    parts = [data[kind.end() :].strip()]
    while parts[-1].endswith("\\"):
        _, line = next(remaining, (0, ""))
        parts[-1] = parts[-1][:-1]
        parts.append(line.strip())
    return _decoded("".join(parts), encoding)


def _quoted(data: str, remaining: Iterator[tuple[int, str]]) -> str:
    """A quoted text; line ends stand in it as they are."""
    end = _closing_quote(data, 1)
    if end > 0:
        return _unescaped(data[1:end])
    parts = [data[1:]]
    for _ in range(_LONGEST_TEXT):
        _, line = next(remaining, (0, '"'))
        end = _closing_quote(line, 0)
        parts.append(line if end < 0 else line[:end])
        if end >= 0:
            break
    return _unescaped(" ".join(parts))


def _closing_quote(text: str, start: int) -> int:
    """Where the quote stands that ends a text; -1 where none does."""
    end = text.find('"', start)
    while end > 0:
        escapes = end
        while escapes > start and text[escapes - 1] == "\\":
            escapes -= 1
        if (end - escapes) % 2 == 0:
            return end
        end = text.find('"', end + 1)
    return end


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _decoded(digits: str, encoding: str) -> str | None:
    """Text of bytes written as `41,00,42,00`, several texts of one value joined; None where these are no bytes."""
    pairs = [pair.strip() for pair in digits.split(",") if pair.strip()]
    if not all(len(pair) <= 2 and is_hexadecimal(pair) for pair in pairs):
        return None
    text = bytes(int(pair, 16) for pair in pairs).decode(encoding, errors="replace")
    return ", ".join(part for part in text.split("\0") if part)
