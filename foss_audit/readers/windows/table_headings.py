# SPDX-License-Identifier: Apache-2.0
"""Headings of tables that PowerShell prints: names with dashes exactly below them. Pure."""

from collections.abc import Sequence
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
    names = tuple(above[start:next_start].strip() for (start, _), next_start in zip(runs, _next_starts(runs), strict=True))
    if not runs or any(above[start:end] != name for name, (start, end) in zip(names, runs, strict=True)):
        return None
    folded = tuple(name.casefold() for name in names)
    kind = kind_of(folded)
    return None if kind is None else TableHeading(folded, tuple(start for start, _ in runs), kind)


def _next_starts(runs: Sequence[tuple[int, int]]) -> list[int | None]:
    return [start for start, _ in runs[1:]] + [None] if runs else []
