# SPDX-License-Identifier: Apache-2.0
"""A file opened as grids, and what is worth knowing of how that went."""

from dataclasses import dataclass

from foss_audit.model import Note, Problem
from foss_audit.tables import Grid


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """What open_grids gives."""

    grids: tuple[Grid, ...]
    """In the order of the sheets."""
    encoding: str | None
    """Of a delimited file; None for a workbook."""
    problems: tuple[Problem, ...] = ()
    """Sheets that could not be read."""
    notes: tuple[Note, ...] = ()
    """What was guessed or repaired."""
