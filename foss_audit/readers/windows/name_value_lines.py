# SPDX-License-Identifier: Apache-2.0
"""Lists of scripts that write one program a line: `Name=…, Version=…, Publisher=…`."""

import re
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_lines
from foss_audit.readers.windows.property_lines import inline_properties
from foss_audit.readers.windows.records import Kind, Record, add_record

NAME = "name-value-lines"
DESCRIPTION = "Lines of scripts: `Name=…, Version=…, Publisher=…`, also with DisplayName, Vendor and colons"

_NAME = r"(?:Display)?Name ?[=:]"
_LINE = re.compile(rf"\s*[{{(\[]?{_NAME}(?=.*[,;] ?(?:(?:Display)?Version|Publisher|Vendor) ?[=:])", re.IGNORECASE)
_FIELD = re.compile(r"(?:^|[,;]) ?(DisplayName|Name|DisplayVersion|Version|Publisher|Vendor) ?[=:]", re.IGNORECASE)
_CANONICAL = {"displayname": "name", "displayversion": "version", "vendor": "publisher"}
_TOTAL = re.compile(r"[^=:]{3,80}[:=] {0,20}\d{1,7}")
"""How many there are, as scripts write it below their lists."""
_LONGEST_LINE = 4000
_LINES_OF_HEAD = 200
_MOST = 0.8


def recognises(head: Head) -> bool:
    """Whether nearly all lines are of this form."""
    said = [line for line in head.text.lstrip("\ufeff").splitlines()[:_LINES_OF_HEAD] if line.strip()]
    lines = [line for line in said if not _TOTAL.fullmatch(line.strip())]
    return bool(lines) and sum(_is_program(line) for line in lines) >= _MOST * len(lines)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile for what is no text."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for position, line in enumerate(text.lines, 1):
        if not line.strip():
            continue
        if _is_program(line):
            add_record(Record(_fields(line), LINE, position), found, Kind.PACKAGE)
        elif _TOTAL.fullmatch(line.strip()):
            found.skip(LINE, position, SkipReason.TOTAL)
        else:
            found.problem(LINE, position, message("This line names no software as the others do; check whether it is any."))
    return found.reading_of_lines(NAME, text)


def _is_program(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and _LINE.match(line) is not None


def _fields(line: str) -> dict[str, str]:
    """Values may hold commas: each goes on to the next name of a field."""
    line = line.strip().strip("{}()[]") if line.strip()[:1] in "{([" else line.strip()
    fields: dict[str, str] = {}
    for name, value in inline_properties(line, _FIELD):
        fields.setdefault(_CANONICAL.get(name, name), value.strip("'\""))
    return fields
