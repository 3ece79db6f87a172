# SPDX-License-Identifier: Apache-2.0
"""Headings of tables that PowerShell prints: names with dashes exactly below them. Pure."""

from dataclasses import dataclass

from foss_audit.readers.windows.fixed_columns import runs_of_dashes
from foss_audit.readers.windows.records import Kind, kind_of


@dataclass(frozen=True, slots=True)
class TableHeading:
    """Of a table of software."""

    names: tuple[str, ...]
    """In lower case."""
    starts: tuple[int, ...]
    kind: Kind


def table_heading(above: str, below: str) -> TableHeading | None:
    """The heading of a table of software, where the dashes stand exactly below its names."""
    runs = runs_of_dashes(below)
    if not runs:
        return None
    starts = tuple(start for start, _ in runs)
    names = tuple(above[start:end].strip() for start, end in zip(starts, (*starts[1:], None), strict=True))
    if any(above[start:end] != name for name, (start, end) in zip(names, runs, strict=True)):
        return None
    folded = tuple(name.casefold() for name in names)
    kind = kind_of(folded)
    return None if kind is None else TableHeading(folded, starts, kind)
