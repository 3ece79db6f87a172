# SPDX-License-Identifier: Apache-2.0
"""What `wmic` prints of products, updates, Windows and its licences: as a table, as a list, and as CSV."""

import re
from collections.abc import Callable, Collection, Sequence
from itertools import islice
from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_lines
from foss_audit.readers.windows.fixed_columns import cells_of
from foss_audit.readers.windows.property_lines import Block, assigned_blocks
from foss_audit.readers.windows.records import Kind, Record, add_record, is_surely, kind_of
from foss_audit.readers.windows.system_lines import system_of

NAME = "wmic"
DESCRIPTION = "wmic product, qfe, os and SoftwareLicensingProduct: tables, /format:list and /format:csv, as a rule in UTF-16"

_LINES_OF_HEAD = 200
_BLOCKS_OF_HEAD = 5
_PROPERTIES = frozenset(
    {
        "assignmenttype", "caption", "description", "helplink", "helptelephone", "identifyingnumber", "installdate",
        "installdate2", "installlocation", "installsource", "installstate", "language", "localpackage", "name", "packagecache",
        "packagecode", "packagename", "productid", "regcompany", "regowner", "skunumber", "transforms", "urlinfoabout",
        "urlupdateinfo", "vendor", "version", "wordcount", "node", "csname", "hotfixid", "fixcomments", "installedby",
        "installedon", "servicepackineffect", "status", "buildnumber", "osarchitecture", "manufacturer", "serialnumber",
    }
)  # fmt: skip
"""Of the classes Win32_Product, Win32_QuickFixEngineering and Win32_OperatingSystem."""
_PRODUCTS_ALONE = frozenset({"vendor", "identifyingnumber", "caption"})
"""Other tools have headings of Name and Version, but none of these."""
_STATES = frozenset({"status", "installstate", "description"})
"""Properties of products that objects of other kinds have too."""
_WORD = re.compile(r"\S+")
_GAP = re.compile(r"\S\s{2,}\S")


def recognises(head: Head) -> bool:
    """Whether one of the three forms begins near the beginning of the file."""
    lines = head.text.lstrip("\ufeff").splitlines()
    return is_printed(lines) and system_of(lines) is None


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every object, in file order. Raises UnreadableFile for what is no text."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    read_printed(text.lines, found)
    return found.reading(NAME, text.encoding, text.device, text.notes, hosts=text.hosts)


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
    return _read_table if any(_starts(line) for line in lines) else None


def _is_object(block: Block) -> bool:
    names = block.fields.keys()
    if len(names) < 2 or _kind_of(names) is None:
        return False
    # Files of settings have a name and a version too, in other spelling or with more beside them.
    return is_surely(names) or (_PROPERTIES.issuperset(names) and not {"Name", "Caption"}.isdisjoint(block.labels))


def _kind_of(names: Collection[str]) -> Kind | None:
    return kind_of(names) or kind_of(set(names) - _STATES)


def _read_list(lines: Sequence[str], found: EntryCollector) -> None:
    for block in assigned_blocks(lines):
        add_record(Record(block.fields, LINE, block.line), found, _kind_of(block.fields))


def _read_table(lines: Sequence[str], found: EntryCollector) -> None:
    """Rows below each heading; a line of blanks is a product without a name."""
    names: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
    for number, line in enumerate(lines, 1):
        if heading := _starts(line):
            starts = heading
            names = tuple(line.casefold().split())
        elif names and line:
            fields = dict(zip(names, cells_of(line, starts), strict=True))
            add_record(Record(fields, LINE, number), found, _kind_of({*names, "version"}))


def _starts(line: str) -> tuple[int, ...]:
    """Where the columns of a heading begin; nothing for what is no heading of products."""
    words = [(found[0].casefold(), found.start()) for found in islice(_WORD.finditer(line), len(_PROPERTIES))]
    names = [name for name, _ in words]
    if not _PROPERTIES.issuperset(names) or line.casefold().split() != names:
        return ()
    # wmic fills every line to the width of its table with blanks, until somebody edits the file.
    is_padded = line.endswith("  ")
    if not is_padded and (_PRODUCTS_ALONE.isdisjoint(names) or not _GAP.search(line)):
        return ()
    return tuple(start for _, start in words) if names == ["name"] or _kind_of(names) else ()


def _read_csv(lines: Sequence[str], found: EntryCollector) -> None:
    """wmic writes no quotes: a cell that begins with a blank goes on with the one before, as in `VMware, Inc.`."""
    names: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cells = line.strip().split(",")
        if not names or cells[0] == "Node":
            names = [name.strip().casefold() for name in cells]
            continue
        cells = _united(cells) if len(cells) > len(names) else cells
        if len(cells) != len(names):
            found.problem(LINE, number, message("This line has more or fewer cells than the heading; export the list again."))
            continue
        add_record(Record(dict(zip(names, cells, strict=True)), LINE, number), found, _kind_of(names))


def _united(cells: Sequence[str]) -> list[str]:
    united: list[list[str]] = []
    for cell in cells:
        if united and cell.startswith(" "):
            united[-1].append(cell)
        else:
            united.append([cell])
    return [",".join(parts) for parts in united]
