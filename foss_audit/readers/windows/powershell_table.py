# SPDX-License-Identifier: Apache-2.0
"""What PowerShell prints as tables: a heading, dashes below each name of it, columns at fixed places."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_titled_lines
from foss_audit.readers.windows.fixed_columns import cells_of, fits, runs_of_dashes
from foss_audit.readers.windows.printed_parts import Form, holds_several, report_other_parts
from foss_audit.readers.windows.property_lines import plain
from foss_audit.readers.windows.records import Kind, Record, add_record
from foss_audit.readers.windows.table_headings import TableHeading, table_heading
from foss_audit.readers.windows.united_rows import united

NAME = "powershell-table"
DESCRIPTION = (
    "PowerShell Format-Table text (heading, dashes, columns): Uninstall keys, Get-Package, Get-AppxPackage, Win32_Product"
)

_LINES_OF_HEAD = 300
_GROUP = re.compile(r" {3}\w[\w ]{0,40}: ")


def recognises(head: Head) -> bool:
    """Whether a table of software begins near the beginning of the file."""
    lines = head.text.lstrip("\ufeff").splitlines()
    return is_printed(lines) and not holds_several(head)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every row of every table of software. Raises UnreadableFile for what is no text."""
    text = read_titled_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    read_printed(text.lines, found)
    report_other_parts(text.lines, found, Form.TABLE)
    return united(found.reading(NAME, text.encoding, text.device, text.notes, hosts=text.hosts), file)


def is_printed(lines: Sequence[str]) -> bool:
    """Whether a heading of software stands in the first lines."""
    coloured = (plain(line) for line in lines[:_LINES_OF_HEAD])
    return any(table_heading(above, below) is not None for above, below in pairwise(coloured))


def read_printed(lines: Sequence[str], found: EntryCollector) -> None:
    """Every row of every table of software."""
    lines = [plain(line) for line in lines]
    for heading, rows in _tables(lines):
        _read_rows(lines, heading, rows, found)


def _read_rows(lines: Sequence[str], heading: TableHeading, rows: Sequence[int], found: EntryCollector) -> None:
    may_be_over = False
    for position in rows:
        line = lines[position - 1]
        may_be_over = may_be_over or not line
        if may_be_over and not fits(line, heading.starts):
            found.problem(
                LINE, position, message("This line does not fit the columns of the table above; check whether it is software.")
            )
            continue
        fields = dict(zip(heading.names, cells_of(line, heading.starts), strict=True))
        if heading.kind is Kind.HOTFIX:
            fields["computername"] = fields.get("source", "")
        add_record(Record(fields, LINE, position), found, heading.kind)


def _tables(lines: Sequence[str]) -> Iterator[tuple[TableHeading, Sequence[int]]]:
    """The tables of software: heading and numbers of the lines of their rows."""
    dashes = [number for number, line in enumerate(lines) if number and "-" in line and runs_of_dashes(line)]
    for index, number in enumerate(dashes):
        heading = table_heading(lines[number - 1], lines[number])
        if heading is not None:
            end = dashes[index + 1] - 1 if index + 1 < len(dashes) else len(lines)
            yield heading, _rows(lines, number + 1, end, is_last=index + 1 == len(dashes))


def _rows(lines: Sequence[str], first: int, end: int, *, is_last: bool) -> list[int]:
    """Numbers of the lines of rows: blank ones between others are nameless, those at the end only part the tables."""
    rows = list(range(first, end))
    while rows and not lines[rows[-1]]:
        rows.pop()
    if not is_last and rows and _GROUP.match(lines[rows[-1]]):
        rows.pop()
        while rows and not lines[rows[-1]]:
            rows.pop()
    return [number + 1 for number in rows]
