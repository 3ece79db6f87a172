# SPDX-License-Identifier: Apache-2.0
"""How a file is read, as a value for scripts and people."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from foss_audit.attribution import Origin
from foss_audit.cli.setup import Workbench
from foss_audit.collect import FoundFile, read_found
from foss_audit.gather import FileReading, problems_of
from foss_audit.inventory import Inventory, assemble
from foss_audit.language import Translator
from foss_audit.model import Note, Problem
from foss_audit.readers.entries import locator
from foss_audit.readers.interface import Reading

ARCHIVE = "archive"
"""What stands for the reader of an archive; its files have their own, under `members`."""
_EXAMPLES = 3


def inspect_file(given: str, path: Path, bench: Workbench) -> dict[str, Any]:
    """How a file is read, as `inspect --format json` says it; of an archive with every file in it under `members`."""
    readings = read_found(FoundFile(path, Origin(given, path.stem, path.parent.name, False)), bench.context)
    inspected = [_inspected(reading, bench) for reading in readings]
    if len(readings) == 1 and readings[0].origin.file == given:
        return inspected[0]
    inventory = assemble(readings, bench.agencies)
    return {
        **_nothing_read(given),
        "reader": ARCHIVE if any(one["reader"] for one in inspected) else None,
        "rows": sum(one["rows"] for one in inspected),
        "installations": sum(count.installations for count in inventory.counts),
        "duplicates": sum(count.duplicates for count in inventory.counts),
        "devices": _devices(inventory),
        **{name: _of_members(name, given, inspected) for name in ("skipped", "problems", "notes")},
        "members": inspected,
    }


def _inspected(file: FileReading, bench: Workbench) -> dict[str, Any]:
    """What `inspect --format json` says of a file, of an archive of each file in it."""
    reading = file.reading
    if reading is None:
        alone = () if file.problem is None else (file.problem,)
        return {**_nothing_read(file.origin.file), "problems": _said(alone, bench.translator)}
    inventory = assemble([file], bench.agencies)
    counts = inventory.counts[0]
    problems = problems_of(reading, file.origin.file)
    return {
        **_nothing_read(file.origin.file),
        "reader": reading.reader,
        "encoding": reading.encoding,
        "sheets": [
            {"sheet": sheet.sheet, "header_row": sheet.header_row, "columns": dict(sheet.columns)} for sheet in reading.sheets
        ],
        "rows": counts.rows - counts.problems + len(problems),
        "installations": counts.installations,
        "duplicates": counts.duplicates,
        "devices": _devices(inventory),
        "examples": _examples(reading),
        "skipped": [{"locator": one.source.locator, "reason": one.reason.value} for one in reading.skipped],
        "problems": _said(problems, bench.translator),
        "notes": _said(reading.notes, bench.translator),
    }


def _nothing_read(file: str) -> dict[str, Any]:
    """Every key of the answer, for a file of which nothing could be read."""
    return {
        "file": file, "reader": None, "encoding": None, "sheets": [], "rows": 0, "installations": 0, "duplicates": 0,
        "devices": [], "examples": [], "skipped": [], "problems": [], "notes": [],
    }  # fmt: skip


def _said(told: Iterable[Problem | Note], translator: Translator) -> list[dict[str, str]]:
    return [{"locator": one.source.locator, "message": translator.say(one.message)} for one in told]


def _of_members(name: str, archive: str, inspected: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """A list of all files of an archive together, each locator with its file before it."""
    return [
        line | {"locator": " ".join(part for part in (one["file"].removeprefix(f"{archive}/"), line["locator"]) if part)}
        for one in inspected
        for line in one[name]
    ]


def _devices(inventory: Inventory) -> list[str]:
    """The devices that are named, in the order of the file."""
    return [device for device in inventory.installations["device"].unique() if device]


def _examples(reading: Reading) -> list[dict[str, str]]:
    """The first entries, by which a person sees whether the file was understood."""
    first = reading.entries.head(_EXAMPLES)
    return [
        {"locator": locator(place, position), "name": name, "version": version}
        for place, position, name, version in zip(first["place"], first["position"], first["name"], first["version"], strict=True)
    ]
