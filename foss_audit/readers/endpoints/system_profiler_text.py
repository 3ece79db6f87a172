# SPDX-License-Identifier: Apache-2.0
"""Reads the applications and the system of a Mac as system_profiler prints them."""

import re
from collections.abc import Sequence
from pathlib import Path

from foss_audit.readers.endpoints.system_profiler_rows import add_application, add_system, note_without_applications
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "system-profiler-text"
DESCRIPTION = "Applications of macOS as system_profiler prints them"

_APPLICATIONS = "Applications:"
_SYSTEM = "Software:"
_OVERVIEW = "System Software Overview:"
_SECTION = re.compile(r"\S.*:$")
_ITEM = re.compile(r" {4}(\S.*):$")
_FIELD = re.compile(r" {6}(\S[^:]*): ?(.*)$")
_FIELD_NAMES = {
    "Version": "version",
    "Obtained from": "obtained_from",
    "Signed by": "signed_by",
    "Location": "path",
    "System Version": "os_version",
    "Computer Name": "local_host_name",
}


def recognises(head: Head) -> bool:
    """Whether the head has a section of applications or of the system as system_profiler indents it."""
    lines = [line.rstrip() for line in head.text.lstrip("\ufeff").splitlines()]
    for number, line in enumerate(lines):
        if line in (_APPLICATIONS, _SYSTEM):
            below = [other for other in lines[number + 1 : number + 8] if other]
            if len(below) > 1 and _ITEM.match(below[0]) and _FIELD.match(below[1]):
                return line == _APPLICATIONS or below[0].strip() == _OVERVIEW
    return False


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every application and the system. Raises UnreadableFile where the file is no text or beyond a limit."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    device = None
    section = ""
    has_applications = False
    for number, line in enumerate(text.lines, 1):
        stripped = line.rstrip()
        if not _stands_alone(text.lines, number):
            continue
        if _SECTION.match(stripped):
            section = stripped
            has_applications = has_applications or section == _APPLICATIONS
        elif section in (_APPLICATIONS, _SYSTEM) and (item := _ITEM.match(stripped)):
            fields = {"_name": item[1], **_fields(text.lines, number)}
            if section == _APPLICATIONS:
                add_application(fields, LINE, number, found)
            elif stripped.strip() == _OVERVIEW:
                device = add_system(fields, LINE, number, found) or device
    notes = text.notes if has_applications else (*text.notes, note_without_applications(file))
    return found.reading(NAME, text.encoding, device, notes)


def _stands_alone(lines: Sequence[str], number: int) -> bool:
    """Whether line `number` has blank lines around it, as every heading has and no line of a text within a field."""
    return (number == 1 or not lines[number - 2].strip()) and (number == len(lines) or not lines[number].strip())


def _fields(lines: Sequence[str], number: int) -> dict[str, object]:
    """The fields below a heading on line `number`, after the blank line there, up to the next blank line."""
    found: dict[str, object] = {}
    for at in range(number + 1, len(lines)):
        if not lines[at].strip():
            break
        field = _FIELD.match(lines[at])
        if field and field[1] in _FIELD_NAMES:
            found.setdefault(_FIELD_NAMES[field[1]], field[2].strip())
    return found
