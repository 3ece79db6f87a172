# SPDX-License-Identifier: Apache-2.0
"""CSV of PowerShell that is no plain table of software: activation, AppX packages, whole objects in one cell (`@{…}`)."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_lines
from foss_audit.readers.windows.property_lines import inline_properties
from foss_audit.readers.windows.records import Kind, Record, add_record, kind_of
from foss_audit.readers.windows.united_rows import united

NAME = "powershell-csv"
DESCRIPTION = (
    "PowerShell Export-Csv of SoftwareLicensingProduct, Get-AppxPackage, Get-HotFix and Win32_OperatingSystem, "
    "and of objects that became one cell (`@{DisplayName=…; …}`)"
)

_TYPE = "#TYPE"
_SEPARATORS = (",", ";", "\t")
_OBJECT = re.compile(r"@\{(?:DisplayName|Name|Caption)=(?!['{(])")
_FIELD = re.compile(r"(?:^|; )([A-Za-z_]\w{0,60})=")
_PROPERTY = re.compile(r"[A-Za-z]\w{1,60}")
_LONGEST_OBJECT = 20_000
_LONGEST_RECORD = 100_000
_LINES_OF_RECORD = 20
_LINES_OF_HEAD = 30
_OF_APPX = frozenset({"packagefullname", "packagefamilyname"})


def recognises(head: Head) -> bool:
    """Whether the heading is of such a class, or cells hold whole objects."""
    lines = head.text.lstrip("\ufeff").splitlines()[:_LINES_OF_HEAD]
    heading, rows = _heading(lines)
    if heading is None or head.suffix in (".ps1", ".psm1", ".psd1"):
        return False
    separator, names = _columns(heading)
    return _is_particular(names, rows) or any(_is_cell_of_object(row, separator) for row in rows)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every object, in file order. Raises UnreadableFile for what is no text."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    heading, rows = _heading(text.lines)
    if heading is not None:
        separator, names = _columns(heading)
        first = len(text.lines) - len(rows) + 1
        if _is_particular(names, rows):
            _read_rows(rows, first, separator, names, found)
        else:
            _read_objects(rows, first, found)
    return united(found.reading_of_lines(NAME, text), file)


def _heading(lines: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """The heading and the lines below it; a heading that is an object itself is a row of a file without one."""
    for number, line in enumerate(lines[:_LINES_OF_HEAD]):
        if line.strip() and not line.startswith(_TYPE):
            return (line, lines[number:]) if _OBJECT.search(line) else (line, lines[number + 1 :])
    return None, ()


def _columns(heading: str) -> tuple[str, tuple[str, ...]]:
    """What separates the cells, and the names of the columns in lower case."""
    separator = max(_SEPARATORS, key=heading.count)
    cells = next(csv.reader([heading[:_LONGEST_OBJECT]], delimiter=separator), [])
    return separator, tuple(cell.strip().casefold() for cell in cells)


def _is_particular(names: Sequence[str], rows: Sequence[str]) -> bool:
    """Whether the columns are of such a class; AppX packages show in their names, or in X.500 names of publishers."""
    kind = kind_of(names)
    has_publishers = "publisher" in names and any("CN=" in row for row in rows[:_LINES_OF_HEAD])
    is_appx = kind is Kind.PACKAGE and (has_publishers or not _OF_APPX.isdisjoint(names))
    return is_appx or kind in (Kind.LICENSE, Kind.HOTFIX, Kind.SYSTEM)


def _is_cell_of_object(row: str, separator: str) -> bool:
    """Whether a cell begins with an object."""
    found = _OBJECT.search(row)
    return found is not None and (found.start() == 0 or row[found.start() - 1] in f'"{separator}')


def _read_rows(rows: Sequence[str], first: int, separator: str, names: Sequence[str], found: EntryCollector) -> None:
    kind = kind_of(names)
    for number, cells in _records(rows, separator):
        position = first + number
        if cells and (cells[0].startswith(_TYPE) or _is_heading(cells)):
            # Objects of another class, which a script appended to the file.
            names = tuple(cell.casefold() for cell in cells)
            kind = kind_of(names)
        elif cells is None or len(cells) > len(names):
            found.problem(LINE, position, message("This line has more or fewer cells than the heading; export the list again."))
        elif any(cell.strip() for cell in cells):
            cells += [""] * (len(names) - len(cells))
            add_record(Record(dict(zip(names, cells, strict=True)), LINE, position), found, kind)


def _is_heading(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and all(map(_PROPERTY.fullmatch, cells)) and kind_of([cell.casefold() for cell in cells]) is not None


def _cells(record: str, separator: str) -> list[str] | None:
    """The cells of a record; None where it is no single one."""
    try:
        lines = list(csv.reader([record], delimiter=separator))
    except csv.Error:
        return None
    return lines[0] if len(lines) == 1 else [] if not lines else None


def _records(rows: Sequence[str], separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Cells of lines, with what goes on in the next ones; None for a line with impossible quotes, alone."""
    number = 0
    while number < len(rows):
        end = number + 1
        record = rows[number]
        while record.count('"') % 2 and end < min(len(rows), number + _LINES_OF_RECORD) and len(record) <= _LONGEST_RECORD:
            record = f"{record}\n{rows[end]}"
            end += 1
        is_whole = record.count('"') % 2 == 0 and len(record) <= _LONGEST_RECORD
        cells = _cells(record, separator) if is_whole else None
        yield number, cells
        number = number + 1 if cells is None else end


def _read_objects(rows: Sequence[str], first: int, found: EntryCollector) -> None:
    for position, row in enumerate(rows, first):
        objects = list(_objects(row))
        if not objects and row.strip():
            found.problem(LINE, position, message("This cell holds no object as the others do; check whether it is software."))
        for fields in objects:
            if fields is None:
                found.problem(LINE, position, message("This object has no end; export the list again."))
            else:
                add_record(Record(fields, LINE, position), found, kind_of(fields) or Kind.PACKAGE)


def _objects(row: str) -> Iterator[dict[str, str] | None]:
    """The objects of a line; None for one without an end."""
    end = 0
    for begin in _OBJECT.finditer(row):
        if begin.start() < end:
            continue
        end = _end_of(row, begin.start() + 1)
        if end < 0:
            yield None
            return
        yield dict(inline_properties(row[begin.start() + 2 : end].replace('""', '"'), _FIELD))


def _end_of(row: str, brace: int) -> int:
    """Where the brace is closed that opens at `brace`; GUIDs have braces of their own."""
    depth = 0
    for place in range(brace, min(len(row), brace + _LONGEST_OBJECT)):
        depth += (row[place] == "{") - (row[place] == "}")
        if not depth:
            return place
    return -1
