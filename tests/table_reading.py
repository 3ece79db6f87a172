# SPDX-License-Identifier: Apache-2.0
"""Small tables as text, read with the shipped rules."""

from collections.abc import Sequence
from pathlib import Path

from foss_audit.readers import read_file
from foss_audit.readers.interface import ColumnMapping, Reading, ReadingContext
from foss_audit.rulebook import load_rulebook

CONTEXT = ReadingContext(load_rulebook().vocabulary)


def read_text(folder: Path, text: str, mappings: Sequence[ColumnMapping] = ()) -> Reading:
    """A CSV file with semicolons."""
    path = folder / "inventaris.csv"
    path.write_text(text, encoding="utf-8")
    return read_file(path, "inventaris.csv", ReadingContext(CONTEXT.vocabulary, mappings=tuple(mappings)))


def rows(reading: Reading, *columns: str) -> list[tuple[str, ...]]:
    """Some columns of the entries; `cell` is where they stand."""
    entries = reading.entries
    cells = [f"{place}{position}" for place, position in zip(entries["place"], entries["position"], strict=True)]
    values = [cells if name == "cell" else [str(value) for value in entries[name]] for name in columns]
    return list(zip(*values, strict=True))


def skipped(reading: Reading) -> list[tuple[str, str]]:
    """(locator, reason) of the lines that are no entries."""
    return [(one.source.locator, one.reason.value) for one in reading.skipped]


def problems(reading: Reading) -> list[str]:
    """Where the problems are."""
    return [problem.source.locator for problem in reading.problems]


def said(reading: Reading) -> str:
    """Everything that the notes and problems say."""
    return "\n".join(str(one.message) for one in (*reading.problems, *reading.notes))
