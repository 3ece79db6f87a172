# SPDX-License-Identifier: Apache-2.0
"""What `wmic` prints of products, updates, Windows and its licences: as a table, as a list, and as CSV."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_titled_lines
from foss_audit.readers.windows.fixed_columns import cells_of, runs_of_dashes
from foss_audit.readers.windows.printed_parts import Form, is_printed_alone, read_form
from foss_audit.readers.windows.property_lines import Block, assigned_blocks
from foss_audit.readers.windows.records import Kind, Record, add_record, is_surely, kind_of
from foss_audit.readers.windows.united_rows import united
from foss_audit.readers.windows.wmi_properties import (
    KNOWN,
    OF_ANTIVIRUS,
    OF_OTHER_CLASSES,
    OF_PRODUCTS_ALONE,
    OF_SOFTWARE,
    STATES,
)

NAME = "wmic"
DESCRIPTION = "wmic product, qfe, os and SoftwareLicensingProduct: tables, /format:list and /format:csv, as a rule in UTF-16"

_LINES_OF_HEAD = 200
_BLOCKS_OF_HEAD = 5
_MOST_ANTIVIRUS = 3
_ROWS_TRIED = 200
_TELLING = 0.3
_IN_TITLES = re.compile(r"\S \S|\d")
"""Nearly every name of software has a blank or a digit; names of services and accounts have none."""
_OTHER_NAME = re.compile(
    r"(?:Administrator|DefaultAccount|Guest|WDAGUtilityAccount|Microsoft Print to PDF|Microsoft XPS Document Writer)\s*$"
    r"|(?:\\\\|[A-Z]:\s*$)|.{0,80}(?:\bCPU\b.{0,20}@|@ ?\d\.\d{1,3} ?GHz|\.exe\s*$)",
    re.IGNORECASE,
)
"""Names that are of accounts, printers, disks, processors or processes."""
_MAKER = re.compile(
    r"(?:acer|asus|axioo|dell|fujitsu|gigabyte|hewlett|hp|lenovo|micro-star|samsung|toshiba|zyrex|to be filled)", re.IGNORECASE
)
"""Makers of computers: a table of one row that names one is of the computer itself (csproduct)."""
_WORD = re.compile(r"\S+")
_GAP = re.compile(r"\S\s{2,}\S")


def recognises(head: Head) -> bool:
    """Whether one of the three forms begins near the beginning of the file."""
    return is_printed_alone(head, is_printed)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every object, in file order. Raises UnreadableFile for what is no text."""
    text = read_titled_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    return united(read_form(NAME, text, found, read_printed, Form.PROPERTIES, Form.ASSIGNED, Form.NODES), file)


def is_printed(lines: Sequence[str]) -> bool:
    """Whether one of the three forms is in the first lines."""
    return _form_of(lines[:_LINES_OF_HEAD]) is not None


def read_printed(lines: Sequence[str], found: EntryCollector) -> None:
    """Every object, in file order."""
    form = _form_of(lines[:_LINES_OF_HEAD])
    if form is not None:
        form(lines, found)


def _form_of(lines: Sequence[str]) -> Callable[[Sequence[str], EntryCollector], None] | None:
    """How to read the file."""
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("Node,") and _kind_of(first.casefold().split(",")):
        return _read_csv
    if any(_is_object(block) for block in islice(assigned_blocks(lines), _BLOCKS_OF_HEAD)):
        return _read_list
    return _read_table if any(_is_software(table, lines) for table in _tables(lines)) else None


def _is_object(block: Block) -> bool:
    names = block.fields.keys()
    if len(names) < 2 or _kind_of(names) is None:
        return False
    # Files of settings have a name and a version too, in other spelling or with more beside them.
    return is_surely(names) or (OF_SOFTWARE.issuperset(names) and not {"Name", "Caption"}.isdisjoint(block.labels))


def _kind_of(names: Collection[str]) -> Kind | None:
    return kind_of(names) or kind_of(set(names) - STATES)


def _read_list(lines: Sequence[str], found: EntryCollector) -> None:
    for block in assigned_blocks(lines):
        add_record(Record(block.fields, LINE, block.line), found, _kind_of(block.fields))


def _read_table(lines: Sequence[str], found: EntryCollector) -> None:
    """Rows below each heading; a line of blanks is a product without a name. What is no software describes the device."""
    for table in _tables(lines):
        is_software, kind = _is_software(table, lines), _kind_of({*table.names, "version"})
        for number in range(table.first, table.end):
            line = lines[number]
            if line and is_software:
                fields = dict(zip(table.names, cells_of(line, table.starts), strict=True))
                add_record(Record(fields, LINE, number + 1), found, kind)
            elif line.strip():
                found.skip(LINE, number + 1, SkipReason.DESCRIBES_DEVICE)


@dataclass(frozen=True, slots=True)
class _Table:
    """A heading of wmic and the rows below it, as indices of lines."""

    names: tuple[str, ...]
    """In lower case."""
    starts: tuple[int, ...]
    first: int
    end: int


def _tables(lines: Sequence[str]) -> Iterator[_Table]:
    """The tables of a file, of products and of anything else."""
    headings = [(number, heading) for number in range(len(lines)) if (heading := _heading_at(lines, number))]
    bounds = pairwise([*(number for number, _ in headings), len(lines)])
    for (_, heading), (number, end) in zip(headings, bounds, strict=True):
        yield _Table(tuple(name for name, _ in heading), tuple(start for _, start in heading), number + 1, end)


def _heading_at(lines: Sequence[str], number: int) -> tuple[tuple[str, int], ...]:
    """Names of properties and where their columns begin; nothing for what is no heading: PowerShell's have dashes below."""
    heading = _heading(lines[number])
    return () if heading and number + 1 < len(lines) and runs_of_dashes(lines[number + 1]) else heading


def _heading(line: str) -> tuple[tuple[str, int], ...]:
    if not line[:1].isalpha():
        return ()
    words = tuple((found[0].casefold(), found.start()) for found in islice(_WORD.finditer(line), len(OF_SOFTWARE)))
    names = [name for name, _ in words]
    if not KNOWN.issuperset(names) or line.casefold().split() != names:
        return ()
    # wmic fills every line to the width of its table with blanks, until somebody edits the file.
    is_padded = line.endswith("  ")
    is_of_devices = OF_OTHER_CLASSES.issuperset(set(names) - {"manufacturer", "serialnumber"})
    return words if is_padded or is_of_devices or (_GAP.search(line) and not OF_PRODUCTS_ALONE.isdisjoint(names)) else ()


def _is_software(table: _Table, lines: Sequence[str]) -> bool:
    """Whether a table is of software: devices, accounts and printers have names, makers and versions too."""
    rows = [line for line in lines[table.first : min(table.end, table.first + _ROWS_TRIED)] if line.strip()]
    if "displayname" in table.names:
        return not OF_ANTIVIRUS.isdisjoint(table.names) or (len(table.names) == 1 and len(rows) <= _MOST_ANTIVIRUS)
    if not OF_OTHER_CLASSES.isdisjoint(table.names):
        return False
    if table.names in (("name",), ("caption",)):
        telling = sum(_IN_TITLES.search(row) is not None for row in rows)
        return telling >= _TELLING * len(rows) and not any(_OTHER_NAME.match(row) for row in rows)
    if _kind_of(table.names) is None:
        return False
    vendors = table.names.index("vendor") if "vendor" in table.names else None
    return vendors is None or len(rows) != 1 or not _MAKER.match(cells_of(rows[0], table.starts)[vendors])


def _read_csv(lines: Sequence[str], found: EntryCollector) -> None:
    """wmic writes no quotes: a cell that begins with a blank goes on with the one before, as in `VMware, Inc.`."""
    names: list[str] = []
    kind = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cells = line.strip().split(",")
        if not names or cells[0] == "Node":
            names = [name.strip().casefold() for name in cells]
            kind = _kind_of(names)
            continue
        cells = _united(cells) if len(cells) > len(names) else cells
        if len(cells) != len(names):
            found.problem(LINE, number, message("This line has more or fewer cells than the heading; export the list again."))
            continue
        add_record(Record(dict(zip(names, cells, strict=True)), LINE, number), found, kind)


def _united(cells: Sequence[str]) -> list[str]:
    united: list[list[str]] = []
    for cell in cells:
        if united and cell.startswith(" "):
            united[-1].append(cell)
        else:
            united.append([cell])
    return [",".join(parts) for parts in united]
