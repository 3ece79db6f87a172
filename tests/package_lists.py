# SPDX-License-Identifier: Apache-2.0
"""What the tests of package lists ask of a reading."""

from collections.abc import Callable

from table_vocabulary import shipped_vocabulary

from foss_audit.readers.interface import Reading, ReadingContext

CONTEXT = ReadingContext(shipped_vocabulary())
Write = Callable[..., Reading]
"""Writes a file and reads it: content, then name and context where they matter."""


def rows(reading: Reading, *columns: str) -> list[tuple[str, ...]]:
    """The entries' columns, as text."""
    return [tuple(str(value) for value in row) for row in reading.entries[list(columns)].itertuples(index=False)]


def names(reading: Reading) -> list[str]:
    return [name for (name,) in rows(reading, "name")]


def skipped(reading: Reading) -> list[tuple[str, str]]:
    """(locator, reason) of every line that is no installation."""
    return [(line.source.locator, str(line.reason)) for line in reading.skipped]


def problems(reading: Reading) -> list[str]:
    """Where problems are."""
    return [problem.source.locator for problem in reading.problems]
