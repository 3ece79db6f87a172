# SPDX-License-Identifier: Apache-2.0
"""Reads osquery's tables of packages as delimited text, whose columns need more than a heading to be read right."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.endpoints.osquery_rows import OsqueryRows
from foss_audit.readers.endpoints.osquery_tables import KNOWN_COLUMNS, table_of_columns
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "osquery-csv"
DESCRIPTION = "osquery's tables of packages and applications as text (osqueryi --csv), separated by |, comma, semicolon or tab"

_SEPARATORS = ("|", ",", ";", "\t")
_READ_AS_TABLES = frozenset({"", "software", "programs", "os_version", "system_info"})
"""Tables whose columns are what their headings say: the reader of delimited text reads those."""
_LONGEST_HEADING = 4000
_JOINED_LINES = 50
"""Lines that one row may fill, where a text in it has line breaks."""


def recognises(head: Head) -> bool:
    """Whether the first line is the heading of a table of packages, and nothing but columns of osquery."""
    return has_package_heading(head.text)


def has_package_heading(text: str) -> bool:
    """Whether the first line of a text is the heading of one of osquery's tables of packages."""
    first = text.lstrip("\ufeff\r\n")[:_LONGEST_HEADING].splitlines()
    return bool(first and _heading(first[0]))


def _heading(line: str) -> tuple[str, tuple[str, ...]] | tuple[()]:
    """The separator of a heading and its columns; nothing where it is none of a table of packages."""
    for separator in _SEPARATORS:
        columns = tuple(column.strip().strip('"') for column in line.strip("\ufeff\r\n ").split(separator))
        if len(columns) > 2 and KNOWN_COLUMNS.issuperset(columns) and table_of_columns(columns) not in _READ_AS_TABLES:
            return separator, columns
    return ()


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every row. Raises UnreadableFile where the file is no text or beyond a limit."""
    text = read_lines(path, file, context.limits)
    rows = OsqueryRows(file, context.limits)
    first = next((number for number, line in enumerate(text.lines) if line.strip()), 0)
    separator, columns = _heading(text.lines[first]) or (",", ())
    for number, cells in _records(text.lines, first + 1, separator, len(columns)):
        if len(cells) == len(columns):
            rows.add(dict(zip(columns, cells, strict=True)), "", "", LINE, number)
        else:
            rows.found.problem(
                LINE,
                number,
                message(
                    "This line has {cells} cells where the heading has {columns}; export it again.",
                    cells=str(len(cells)),
                    columns=str(len(columns)),
                ),
            )
    return rows.reading(NAME, text.encoding, text.notes)


def _records(lines: Sequence[str], start: int, separator: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Numbers of lines, from 1 on, and their cells; lines are joined where a quotation mark is still open."""
    at = start
    while at < len(lines):
        line = lines[at]
        if line.strip():
            cells = _cells(line, separator)
            used = 1
            while len(cells) < width and line.count('"') % 2 and used < _JOINED_LINES and at + used < len(lines):
                line = f"{line}\n{lines[at + used]}"
                used += 1
                cells = _cells(line, separator)
            if len(cells) == width:
                yield at + 1, cells
                at += used
                continue
            yield at + 1, _cells(lines[at], separator)
        at += 1


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        # A cell longer than the csv module takes, or a mark it cannot place: without quotation marks it can be read.
        return line.split(separator)
