# SPDX-License-Identifier: Apache-2.0
"""What PowerShell prints as lists: the keys of Uninstall, packages, AppX packages, products of WMI, Windows itself."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_titled_lines
from foss_audit.readers.windows.printed_parts import Form, is_printed_alone, read_form
from foss_audit.readers.windows.property_lines import Block, list_blocks
from foss_audit.readers.windows.records import Kind, Record, add_record, is_surely, kind_of
from foss_audit.readers.windows.united_rows import united

NAME = "powershell-list"
DESCRIPTION = (
    "PowerShell Format-List text (`Name : value`): Uninstall keys, Get-Package, Get-AppxPackage, Get-HotFix, Win32_Product, "
    "Win32_OperatingSystem, SoftwareLicensingProduct"
)

_LINES_OF_HEAD = 600
_BLOCKS_OF_HEAD = 20
_FEWEST_PROPERTIES = 2
_OF_AGENT = frozenset({"name", "publisher", "pubid"})
"""AppX packages as the PowerShell script of GLPI agents prints them, in capitals and not aligned."""


def recognises(head: Head) -> bool:
    """Whether one of the first blocks is an object of software with its properties below each other."""
    return is_printed_alone(head, is_printed)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every object, in file order. Raises UnreadableFile for what is no text."""
    text = read_titled_lines(path, file, context.limits)
    return united(read_form(NAME, text, EntryCollector(file, context.limits), read_printed, Form.LIST), file)


def is_printed(lines: Sequence[str]) -> bool:
    """Whether objects of software are among the first lines."""
    lines = lines[:_LINES_OF_HEAD]
    blocks = list(list_blocks(lines))
    if any(_is_object(block) for block in islice(blocks, _BLOCKS_OF_HEAD)):
        return True
    # A name and a version are too little to go by where they are not all there is.
    plain = [block for block in blocks if block.is_aligned and "Name" in block.labels and kind_of(block.fields) is Kind.PACKAGE]
    return sum(len(block.fields) for block in plain) * 2 > sum(bool(line.strip()) for line in lines)


def read_printed(lines: Sequence[str], found: EntryCollector) -> None:
    """Every object, in file order."""
    first: Block | None = None
    for block in list_blocks(lines):
        kind = kind_of(block.fields)
        first = first or (block if kind else None)
        if kind is None and first and block.fields.keys() <= first.fields.keys():
            # An object like the others that says less.
            kind = kind_of(first.fields)
        add_record(Record(block.fields, LINE, block.line), found, kind)


def _is_object(block: Block) -> bool:
    names = block.fields.keys()
    if names >= _OF_AGENT:
        return True
    return block.is_aligned and is_surely(names) and (len(names) >= _FEWEST_PROPERTIES or kind_of(names) is Kind.PROGRAM)
