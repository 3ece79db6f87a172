# SPDX-License-Identifier: Apache-2.0
"""Finds the files of inputs and registers and reads the inventories, one file or many at once."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from foss_audit.attribution import Origin
from foss_audit.errors import UnreadableFile
from foss_audit.gather import FileReading
from foss_audit.messages import message
from foss_audit.model import Problem, Source
from foss_audit.readers import read_file
from foss_audit.readers.interface import ReadingContext
from foss_audit.register import RegisterFile
from foss_audit.store import MANIFEST, former_reports
from foss_audit.tables.words import WordSet


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of an inventory, not read yet."""

    path: Path
    origin: Origin


def find_inventories(
    inputs: Sequence[Path], excluded: Iterable[Path], agency_option: str, context: ReadingContext
) -> list[FoundFile]:
    """The files of the inputs in sorted path order, each once; folders are searched to the bottom.

    Files that no one means as an inventory (hidden ones, lock files, read-me's: rules/words.csv, kind `ignored-file`)
    and what is excluded (registers, the config, earlier reports) are left out.
    """
    ignored = WordSet(context.vocabulary.words.get("ignored-file", ()))
    taken = {path.resolve() for path in excluded}
    found: dict[Path, FoundFile] = {}
    for given in inputs:
        whole = given.resolve()
        if not given.is_dir():
            found.setdefault(whole, FoundFile(given, Origin(whole.name, whole.stem, whole.parent.name, False, (), agency_option)))
            continue
        for path in _walk(whole, taken, ignored):
            inside = path.relative_to(whole)
            origin = Origin(f"{whole.name}/{inside.as_posix()}", path.stem, whole.name, True, inside.parts[:-1], agency_option)
            found.setdefault(path.resolve(), FoundFile(path, origin))
    ordered = sorted(found.values(), key=lambda one: (one.origin.file, str(one.path)))
    names = _distinct_names([(one.origin.file, one.path) for one in ordered])
    return [FoundFile(one.path, replace(one.origin, file=name)) for one, name in zip(ordered, names, strict=True)]


def read_inventories(
    found: Sequence[FoundFile], context: ReadingContext, jobs: int = 1, done: Callable[[str], None] = lambda file: None
) -> list[FileReading]:
    """Reads the files, in as many processes as `jobs`; `done` is told each file's name. An unreadable file is a problem."""
    read = partial(_read, context=context)
    readings = []
    if jobs > 1 and len(found) > 1:
        with ProcessPoolExecutor(max_workers=min(jobs, len(found))) as pool:
            for reading in pool.map(read, found, chunksize=max(1, len(found) // (jobs * 8))):
                done(reading.origin.file)
                readings.append(reading)
    else:
        for one in found:
            readings.append(read(one))
            done(one.origin.file)
    return readings


def find_registers(given: Sequence[Path], context: ReadingContext) -> list[RegisterFile]:
    """The register files in sorted path order, each once."""
    ignored = WordSet(context.vocabulary.words.get("ignored-file", ()))
    found: dict[Path, RegisterFile] = {}
    for one in given:
        whole = one.resolve()
        if not one.is_dir():
            found.setdefault(whole, RegisterFile(one, whole.name))
            continue
        for path in _walk(whole, set(), ignored):
            inside = path.relative_to(whole)
            folder = inside.parts[0] if len(inside.parts) > 1 else ""
            found.setdefault(path.resolve(), RegisterFile(path, f"{whole.name}/{inside.as_posix()}", folder))
    ordered = sorted(found.values(), key=lambda register: (register.file, str(register.path)))
    names = _distinct_names([(one.file, one.path) for one in ordered])
    return [replace(one, file=name) for one, name in zip(ordered, names, strict=True)]


def _read(one: FoundFile, context: ReadingContext) -> FileReading:
    try:
        return FileReading(one.origin, read_file(one.path, one.origin.file, context))
    except UnreadableFile as error:
        return FileReading(one.origin, None, Problem(error.source or Source(one.origin.file), error.message))


def _walk(folder: Path, excluded: set[Path], ignored: WordSet) -> Iterator[Path]:
    """Files below a folder but earlier reports, and folders that cannot be listed, so that reading them says so.

    Links to folders are not followed, so that no loop can be entered.
    """
    reports: set[Path] = set()
    unlisted: list[Path] = []
    for current, folders, files in os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename))):
        here = Path(current)
        if MANIFEST in files:
            reports |= former_reports(here)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and (here / name).resolve() not in excluded)
        for name in sorted(files):
            path = here / name
            if name.startswith((".", "~$")) or ignored.matches(name) or path.resolve() in excluded or path in reports:
                continue
            yield path
    yield from unlisted


def _distinct_names(files: Sequence[tuple[str, Path]]) -> list[str]:
    """The shown names of files (name, path); the same ones are told apart by as few parent folders as it takes."""
    names = [name for name, _ in files]
    depth = 1
    while len(set(names)) < len(names):
        times = Counter(names)
        longer = [
            "/".join((*path.resolve().parts[-len(name.split("/")) - depth : -len(name.split("/"))], name))
            if times[shown] > 1
            else shown
            for shown, (name, path) in zip(names, files, strict=True)
        ]
        if longer == names:
            break
        names, depth = longer, depth + 1
    return names


NOTHING_FOUND = message("There is no file to audit in the input: name a folder with inventories, or a file")
