# SPDX-License-Identifier: Apache-2.0
"""Finds the files of inputs and registers and reads the inventories, one file or many at once."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from foss_audit.attribution import Origin
from foss_audit.errors import UnreadableFile
from foss_audit.gather import FileReading
from foss_audit.messages import Message, message
from foss_audit.model import Problem, Source
from foss_audit.readers import guarded, read_file
from foss_audit.readers.archives import is_archive, unpack
from foss_audit.readers.interface import Limits, ReadingContext
from foss_audit.register import RegisterFile
from foss_audit.store import MANIFEST, former_reports
from foss_audit.tables.words import WordSet

_DEEPEST = 4
"""Archives in each other."""
_NOTHING_PACKED = message("There is no inventory in this archive; pack the files, or remove it from the input.")


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
    """Reads the files, in as many processes as `jobs`; `done` is told each file's name. An unreadable file is a problem.

    An archive is read as a folder. The readings are in sorted order of their files.
    """
    read = partial(read_found, context=context)
    readings: list[FileReading] = []
    if jobs > 1 and len(found) > 1:
        with ProcessPoolExecutor(max_workers=min(jobs, len(found))) as pool:
            results = pool.map(read, found, chunksize=max(1, len(found) // (jobs * 8)))
            for one, of_file in zip(found, results, strict=True):
                done(one.origin.file)
                readings += of_file
    else:
        for one in found:
            readings += read(one)
            done(one.origin.file)
    return sorted(readings, key=lambda reading: reading.origin.file)


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


def read_found(one: FoundFile, context: ReadingContext) -> list[FileReading]:
    """A file's reading; of an archive those of the files in it, in sorted order, as if it were a folder."""
    return _Reading(context, context.limits).read(one)


@dataclass(slots=True)
class _Reading:
    """Reads files and what is packed in them; what archives in archives unpack counts together."""

    context: ReadingContext
    left: Limits

    def read(self, one: FoundFile, depth: int = 0) -> list[FileReading]:
        try:
            with guarded(one.path, one.origin.file, self.context.limits):
                packed = is_archive(one.path)
            if packed:
                return self._read_archive(one, depth)
            return [FileReading(one.origin, read_file(one.path, one.origin.file, self.context))]
        except UnreadableFile as error:
            return [_unread(one.origin, error.message, error.source)]

    def _read_archive(self, one: FoundFile, depth: int) -> list[FileReading]:
        if depth == _DEEPEST:
            raise UnreadableFile(message("Archives lie in archives here, more than {depth} deep; unpack them.", depth=depth))
        ignored = WordSet(self.context.vocabulary.words.get("ignored-file", ()))
        readings: list[FileReading] = []
        times: Counter[tuple[str, ...]] = Counter()
        with TemporaryDirectory(prefix="foss-audit-") as folder, guarded(one.path, one.origin.file, self.context.limits):
            for member in unpack(one.path, Path(folder), self.left):
                times[member.parts] += 1
                origin = _inside(one.origin, member.parts, times[member.parts])
                if member.path is None:
                    readings.append(_unread(origin, member.problem or _NOTHING_PACKED))
                    continue
                self.left = self.left.without(member.path.stat().st_size)
                hidden = any(folder.startswith(".") or folder == "__MACOSX" for folder in member.parts[:-1])
                if not hidden and _is_meant(member.parts[-1], ignored):
                    readings += self.read(FoundFile(member.path, origin), depth + 1)
                member.path.unlink()
        if not readings:
            raise UnreadableFile(_NOTHING_PACKED)
        return sorted(readings, key=lambda reading: reading.origin.file)


def _inside(archive: Origin, parts: tuple[str, ...], time: int) -> Origin:
    """Where a file of an archive lies: the archive is a folder, of its name. The second file of one name shows as that."""
    if not parts:
        return archive
    name = re.sub(r"\.(?:tar|tgz|tbz2?|txz)$", "", archive.stem, flags=re.IGNORECASE)
    folders = (*archive.folders, name) if archive.input_is_folder else ()
    return replace(
        archive,
        file="/".join((archive.file, *parts)) + (f" ({time})" if time > 1 else ""),
        stem=PurePath(parts[-1]).stem,
        input_folder=archive.input_folder if archive.input_is_folder else name,
        input_is_folder=True,
        folders=(*folders, *parts[:-1]),
    )


def _unread(origin: Origin, what: Message, source: Source | None = None) -> FileReading:
    return FileReading(origin, None, Problem(source or Source(origin.file), what))


def _is_meant(name: str, ignored: WordSet) -> bool:
    """Whether somebody means a file of that name as an inventory: no hidden file, no lock file of Office, no read-me."""
    return not name.startswith((".", "~$")) and not ignored.matches(name)


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
            if _is_meant(name, ignored) and path.resolve() not in excluded and path not in reports:
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
