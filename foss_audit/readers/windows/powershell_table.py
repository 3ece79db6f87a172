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
from foss_audit.readers.windows.printed_parts import Form, is_printed_alone, read_form
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
    return is_printed_alone(head, is_printed)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every row of every table of software. Raises UnreadableFile for what is no text."""
    text = read_titled_lines(path, file, context.limits)
    return united(read_form(NAME, text, EntryCollector(file, context.limits), read_printed, Form.TABLE), file)


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


def _rows(lines: Sequence[str], first: int, end: int, *, is_last: bool) -> range:
    """Numbers of the lines of rows: blank ones between others are nameless, those at the end only part the tables."""
    end = _end_of_text(lines, first, end)
    if not is_last and end > first and _GROUP.match(lines[end - 1]):
        end = _end_of_text(lines, first, end - 1)
    return range(first + 1, end + 1)


def _end_of_text(lines: Sequence[str], first: int, end: int) -> int:
    while end > first and not lines[end - 1]:
        end -= 1
    return end
