# SPDX-License-Identifier: Apache-2.0
"""Reads the tables that zypper prints (`zypper se -i`, `zypper pa -i`): a row is a package with its state."""

import re
from collections.abc import Sequence
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import rpm_distribution, unfree_area
from foss_audit.readers.packages.printed_list import add_package, add_software, open_list, reading_of, sample, strange_line
from foss_audit.readers.packages.rpm_names import namespace_of
from foss_audit.readers.text_lines import LINE

NAME = "zypper-list"
DESCRIPTION = "Packages of SUSE and openSUSE, printed by `zypper search -i` (also `-s`) or `zypper packages -i`"

_RULE = re.compile(r"-+(?:\+-+){2,}$")
_COLUMNS = {
    "s": "state",
    "name": "name",
    "nama": "name",
    "version": "version",
    "versi": "version",
    "type": "type",
    "tipe": "type",
    "repository": "repository",
    "repositori": "repository",
}
_PRODUCT = "product"
"""Kind of a row that is a product (an edition of the system), not a package."""


def recognises(head: Head) -> bool:
    """Whether zypper's heading, a rule and rows of as many columns come first."""
    lines = sample(head)
    rule = next((number for number, line in enumerate(lines[:20]) if _RULE.match(line)), 0)
    if rule == 0:
        return False
    cells = _cells(lines[rule - 1])
    named = {_COLUMNS.get(cell.casefold()) for cell in cells}
    return cells[0] == "S" and "name" in named and len(cells) == lines[rule].count("+") + 1


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every row. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    rule = next((at for at, (_, line) in enumerate(opened.lines) if at and _RULE.match(line)), 0)
    heading = _cells(opened.lines[rule - 1][1]) if rule else []
    rows = [(number, _row(heading, line)) for number, line in opened.lines[rule + 1 :]]
    of_list = rpm_distribution(row["name"] for _, row in rows if row is not None)
    for number, row in rows:
        if row is None:
            found.problem(LINE, number, strange_line("zypper"))
        else:
            _read_row(number, row, of_list, found)
    return reading_of(found, NAME, opened)


def _row(heading: Sequence[str], line: str) -> dict[str, str] | None:
    """The columns of a line; None where it has others, or no name."""
    cells = _cells(line)
    row = dict(zip((_COLUMNS.get(shown.casefold(), "") for shown in heading), cells, strict=False))
    return row if len(cells) == len(heading) and row.get("name") else None


def _read_row(number: int, told: dict[str, str], of_list: str, found: EntryCollector) -> None:
    version = told.get("version", "")
    if not told.get("state", "").startswith("i"):
        found.skip(LINE, number, SkipReason.NOT_INSTALLED)
    elif told.get("type") == _PRODUCT:
        add_software(found, number, told["name"], version)
    else:
        namespace = namespace_of(version.rpartition("-")[2], "", of_list)
        area = unfree_area(told.get("repository", ""))
        add_package(found, number, "rpm", namespace, told["name"], version, unfree_area=area)


def _cells(line: str) -> Sequence[str]:
    return [cell.strip() for cell in line.split("|")]
