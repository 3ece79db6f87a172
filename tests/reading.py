# SPDX-License-Identifier: Apache-2.0
"""Reads a file without the guard that makes every fault an unreadable file, and holds what came of it to the contract."""

import re
from functools import cache
from pathlib import Path

from foss_audit.agencies import AgencyTable
from foss_audit.attribution import Origin
from foss_audit.errors import UnreadableFile
from foss_audit.gather import FileReading
from foss_audit.inventory import assemble
from foss_audit.readers import pick, read_head
from foss_audit.readers.interface import ENTRY_COLUMNS, Limits, Reading, ReadingContext
from foss_audit.rulebook import load_rulebook

UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
SMALL = Limits(
    file_bytes=8 << 20,
    document_bytes=8 << 20,
    elements=200_000,
    unpacked_bytes=8 << 20,
    members=50,
    cells=200_000,
    characters=2_000_000,
)
"""So that a bomb that gets through costs a test seconds, not the machine."""


@cache
def context(limits: Limits = SMALL) -> ReadingContext:
    """The shipped vocabulary with small limits."""
    return ReadingContext(load_rulebook().vocabulary, limits)


def read_unguarded(path: Path, file: str = "Dinas X/file") -> Reading | None:
    """What the one reader of a file makes of it; None where it says that it cannot. Any other exception is a fault of ours."""
    try:
        return pick(read_head(path)).read(path, file, context())
    except UnreadableFile as error:
        assert str(error.message), "an error that says nothing"
        assert not UNSPEAKABLE.search(str(error.message))
        return None


def entries_in(reading: Reading) -> int:
    """Entries of a file: what was kept, skipped, or is a problem."""
    return int(reading.entries["quantity"].sum()) + len(reading.skipped) + len(reading.problems)


def hold_to_contract(reading: Reading, file: str = "Dinas X/file") -> None:
    """Asserts what every reading must be, whatever the file was like."""
    entries = reading.entries
    assert list(entries.columns) == list(ENTRY_COLUMNS)
    for name, dtype in ENTRY_COLUMNS.items():
        assert str(entries[name].dtype) == dtype, name
        if dtype == "category":
            assert (entries[name].cat.codes >= 0).all(), f"{name} holds a missing value"
            texts = [str(text) for text in entries[name].cat.categories]
            assert not any(UNSPEAKABLE.search(text) for text in texts), name
            assert not any(len(text) > SMALL.field_characters for text in texts), name
    assert (entries["quantity"] >= 1).all()
    assert (entries["name"] != "").all(), "an entry without a name is a problem, not an installation"
    assert all(one.source.file == file for one in (*reading.skipped, *reading.problems, *reading.notes))
    assert all(str(one.message) for one in (*reading.problems, *reading.notes))
    (count,) = assemble([FileReading(Origin(file, "file", "Dinas X", True), reading)], AgencyTable([])).counts
    assert count.rows == entries_in(reading)
    assert count.rows == count.installations + count.duplicates + count.skipped + count.problems
