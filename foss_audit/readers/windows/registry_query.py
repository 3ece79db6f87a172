# SPDX-License-Identifier: Apache-2.0
"""What `reg query` prints: keys at the beginning of lines, their values indented; a key of Uninstall is an entry."""

import re
from collections.abc import Sequence
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import read_lines
from foss_audit.readers.windows.printed_parts import Form, holds_several, report_other_parts
from foss_audit.readers.windows.registry_keys import KEY, RegistryKeys, number_of

NAME = "registry-query"
DESCRIPTION = "`reg query … /s` text with the keys of Uninstall"

_KIND = re.compile(r"REG_(?:SZ|EXPAND_SZ|MULTI_SZ|DWORD|QWORD|BINARY|NONE)\b")
_TEXTS = ("REG_SZ", "REG_EXPAND_SZ", "REG_MULTI_SZ")
_LINES_OF_HEAD = 200
_FEWEST_KEYS = 3
_REMARKS = 1
"""Lines that are neither: `End of search`."""


def recognises(head: Head) -> bool:
    """Whether the first line that says something is a key, with values or more keys below it."""
    lines = [line for line in head.text.lstrip("\ufeff").splitlines()[:_LINES_OF_HEAD] if line.strip()]
    begun = [line for line in lines if not line.startswith("! REG.EXE")]
    if not begun or not KEY.match(begun[0]):
        return False
    keys = sum(KEY.match(line) is not None for line in begun)
    values = sum(_is_value(line) for line in begun)
    others = len(begun) - keys - values
    if holds_several(head):
        return False
    return others <= max(_REMARKS, len(begun) // 10) and (values > others or keys >= _FEWEST_KEYS)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every key of Uninstall, in file order, and Windows where its key is there. Raises UnreadableFile for what is no text."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    keys = read_printed(text.lines, found)
    report_other_parts(text.lines, found, Form.REGISTRY)
    return keys.reading(NAME, text)


def read_printed(lines: Sequence[str], found: EntryCollector) -> RegistryKeys:
    """Every key of Uninstall, in file order; gives back the keys, which may name the device."""
    keys = RegistryKeys(found)
    for number, line in enumerate(lines, 1):
        if line[:1] in (" ", "\t"):
            _read_value(line, keys)
        elif KEY.match(line):
            keys.key(line, number)
    keys.finish()
    return keys


def _read_value(line: str, keys: RegistryKeys) -> None:
    """A value: name, kind and data, four blanks or a tab between them."""
    kind = _KIND.search(line)
    if kind is None:
        return
    name, data = line[: kind.start()].strip(), line[kind.end() :].strip()
    if not keys.wants(name):
        return
    if kind[0] in _TEXTS:
        keys.value(name, data.replace("\\0", ", ") if kind[0] == "REG_MULTI_SZ" else data)
    else:
        is_number = kind[0] == "REG_DWORD" and data.startswith("0x")
        keys.value(name, number_of(data[2:]) if is_number else None)


def _is_value(line: str) -> bool:
    return line[:1] in (" ", "\t") and _KIND.search(line) is not None
