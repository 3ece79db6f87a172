# SPDX-License-Identifier: Apache-2.0
"""Where the lists begin that a script printed one below the other: systeminfo, wmic, PowerShell, slmgr, winget, reg. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from foss_audit.messages import message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading
from foss_audit.readers.text_lines import LINE, TextLines
from foss_audit.readers.windows.fixed_columns import runs_of_dashes
from foss_audit.readers.windows.property_lines import list_blocks, plain
from foss_audit.readers.windows.records import is_surely, kind_of
from foss_audit.readers.windows.registry_keys import KEY
from foss_audit.readers.windows.system_lines import system_of
from foss_audit.readers.windows.table_headings import table_heading


class Form(Enum):
    """What printed a part of a text."""

    SYSTEM = "systeminfo"
    ACTIVATION = "slmgr.vbs, ospp.vbs"
    TABLE = "PowerShell, Format-Table"
    LIST = "PowerShell, Format-List"
    PROPERTIES = "wmic"
    ASSIGNED = "wmic, /format:list"
    NODES = "wmic, /format:csv"
    WINGET = "winget list"
    CHOCOLATEY = "choco list"
    REGISTRY = "reg query"


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of one form, as indices. Those of one form that follow each other are one part, but each systeminfo is its own."""

    form: Form
    first: int
    end: int


_LINES_ABOVE = 40
"""That a list may have before the property which tells it."""
_REGISTRY_VALUE = re.compile(r"[ \t]+\S.{0,300}?\sREG_[A-Z_]{2,9}\b")
CHOCOLATEY_HEADING = re.compile(r"Chocolatey v\d")
_NAME = re.compile(r"(?:LICENSE )?NAME: ", re.IGNORECASE)
_DESCRIPTION = re.compile(r"(?:LICENSE )?DESCRIPTION: ", re.IGNORECASE)
_ACTIVATION_BEGINS = re.compile(r"Software licensing service version:|---Processing-{10}", re.IGNORECASE)
_WINGET_HEADING = re.compile(r"[^:]{0,300}\s(?:id|ид|kimlik|identifiant)\s", re.IGNORECASE)
FEWEST_DASHES = 20
"""Below a heading of winget."""
_WMIC_HEADING = re.compile(
    r"(?:(?:BuildNumber|Caption|CSName|Description|HotFixID|IdentifyingNumber|InstallDate|InstalledOn|InstallLocation"
    r"|Manufacturer|Name|OSArchitecture|SerialNumber|Vendor|Version) {2,1000}){2,14}$"
)
_ASSIGNED = re.compile(r"(?:Caption|Description|DisplayName|IdentifyingNumber|Name|Node|Vendor|Version)=(?!.*, ?\w{4,20} ?=)")


def holds_several(head: Head) -> bool:
    """Whether the beginning of a file holds parts that the reader of one form does not read: several, or a systeminfo."""
    return _are_several(head.text.lstrip("\ufeff"))


def is_printed_alone(head: Head, is_printed: Callable[[Sequence[str]], bool]) -> bool:
    """Whether a file begins with a list of one form, and with no other beside it."""
    return is_printed(head.text.lstrip("\ufeff").splitlines()) and not holds_several(head)


def read_form(
    reader: str,
    text: TextLines,
    found: EntryCollector,
    read_printed: Callable[[Sequence[str], EntryCollector], None],
    *forms: Form,
) -> Reading:
    """What a reader finds in a file that holds lists of its own forms; where others begin is a problem."""
    read_printed(text.lines, found)
    report_other_parts(text.lines, found, *forms)
    return found.reading_of_lines(reader, text)


def report_other_parts(lines: Sequence[str], found: EntryCollector, *forms: Form) -> None:
    """Says where a file holds lists of other forms than those by which it is read: they begin far below its beginning."""
    for part in parts_of(lines):
        if part.form not in forms:
            found.problem(
                LINE,
                part.first + 1,
                message("A list of another kind begins here and was not read; save each list as a file of its own."),
            )


def parts_of(lines: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a text, in order; what stands before the first is in none."""
    begins: list[tuple[int, Form]] = []
    for first, form in sorted(_begins(lines), key=lambda begin: begin[0]):
        if not begins or form is not begins[-1][1] or form is Form.SYSTEM:
            begins.append((first, form))
    bounds = pairwise([*(first for first, _ in begins), len(lines)])
    return tuple(Part(form, first, end) for (_, form), (first, end) in zip(begins, bounds, strict=True))


@lru_cache(maxsize=2)
def _are_several(text: str) -> bool:
    """Kept for the readers of all forms, which ask one after the other."""
    parts = parts_of(text.splitlines())
    return len(parts) > 1 or any(part.form is Form.SYSTEM for part in parts)


def _begins(lines: Sequence[str]) -> Iterator[tuple[int, Form]]:
    for block in list_blocks(lines):
        if block.is_aligned and len(block.fields) > 1 and is_surely(block.fields):
            yield _top_of_block(lines, block.line - 1), Form.LIST
    for number, line in enumerate(lines):
        if line.strip() and (form := _form_at(lines, number)):
            yield (number - 1 if form in (Form.SYSTEM, Form.TABLE, Form.WINGET) else number), form


def _top_of_block(lines: Sequence[str], number: int) -> int:
    top = max(number - _LINES_ABOVE, 0)
    while number > top and lines[number - 1].strip():
        number -= 1
    return number


def _form_at(lines: Sequence[str], number: int) -> Form | None:
    """The form that this line shows to begin: its heading, or the line below that."""
    line, above = lines[number], lines[number - 1] if number else ""
    below = lines[number + 1] if number + 1 < len(lines) else ""
    if _ACTIVATION_BEGINS.match(line) or (_NAME.match(line) and _DESCRIPTION.match(below)):
        return Form.ACTIVATION
    if line.startswith("-"):
        return _form_of_dashes(plain(above), line)
    if "Windows" in line and ":" in line and system_of(lines[max(number - 1, 0) : number + 4]) is not None:
        return Form.SYSTEM
    if KEY.match(line) and (_REGISTRY_VALUE.match(below) or KEY.match(below)):
        return Form.REGISTRY
    if CHOCOLATEY_HEADING.match(line):
        return Form.CHOCOLATEY
    if line.endswith("  ") and _WMIC_HEADING.match(line) and not runs_of_dashes(below):
        return Form.PROPERTIES
    if line.startswith("Node,") and kind_of(line.strip().casefold().split(",")):
        return Form.NODES
    following = below if below.strip() else lines[number + 2] if number + 2 < len(lines) else ""
    return Form.ASSIGNED if _ASSIGNED.match(line) and _ASSIGNED.match(following) else None


def _form_of_dashes(above: str, line: str) -> Form | None:
    line = plain(line).rstrip()
    if len(line) >= FEWEST_DASHES and not line.strip("-") and _WINGET_HEADING.match(above):
        return Form.WINGET
    return Form.TABLE if table_heading(above, line) is not None else None
