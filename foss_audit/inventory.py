# SPDX-License-Identifier: Apache-2.0
"""The inventory table: entries of all files as installations, each once, with all its sources. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from packageurl import PackageURL

from foss_audit.agencies import AgencyTable
from foss_audit.attribution import Origin, file_agency, row_agencies
from foss_audit.codes import CodeBook, combine
from foss_audit.model import Note, Problem, Title
from foss_audit.readers.interface import Reading
from foss_audit.sources import SourceTable

_EMPTY_VERSIONS = frozenset({"-", "--", "n/a", "na", "none", "nihil", "null"})
_TRAILING_ZEROS = re.compile(r"(?:\.0+)+$")
_PACKAGE_OF_SYSTEM = ("pkg:deb/", "pkg:rpm/", "pkg:apk/", "pkg:alpm/")
_TEXTS = ("name", "version", "publisher", "license", "claim", "purl", "location", "device")


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file of an inventory: what was read, or why it could not be."""

    origin: Origin
    reading: Reading | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class FileCount:
    """What became of a file's entries: rows = installations + duplicates + skipped + problems."""

    file: str
    rows: int
    installations: int
    duplicates: int
    skipped: int
    problems: int


@dataclass(frozen=True, slots=True)
class TwiceInventoried:
    """A device that two files list with differing content."""

    agency: str
    device: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything that was handed in."""

    installations: pd.DataFrame
    """agency, device, location, claim: category ('' for nothing); title: int32. One row per installation."""
    titles: tuple[Title, ...]
    sources: SourceTable
    counts: tuple[FileCount, ...]
    problems: dict[str, tuple[Problem, ...]]
    """By agency."""
    notes: dict[str, tuple[Note, ...]]
    """By agency."""
    twice: tuple[TwiceInventoried, ...]
    agencies: tuple[str, ...]
    """Every agency of which anything was handed in, readable or not, sorted."""


def assemble(files: Sequence[FileReading], table: AgencyTable) -> Inventory:
    """Puts the files, in the order given, together: agencies and devices named, the same installation counted once.

    The same installation is device + name + version within an agency, without regard to case, repeated blanks and
    trailing `.0` groups; it goes by its first source. Installations on unnamed devices are never the same.
    """
    books = {column: CodeBook() for column in (*_TEXTS, "agency", "place", "file")}
    problems: dict[str, list[Problem]] = {}
    notes: dict[str, list[Note]] = {}
    parts = [_entries_of(file, table, books, problems, notes) for file in files]
    entries = {name: np.concatenate([part[name] for part in parts]) if parts else np.empty(0, np.int32) for name in _COLUMNS}
    keys = _keys(entries, books)
    installation, first = _first_of_each(keys)
    titles, title_codes = _titles({name: column[first] for name, column in entries.items()}, books)
    agencies = books["agency"].values
    installations = pd.DataFrame(
        {
            "agency": books["agency"].series(entries["agency"][first]),
            "device": books["device"].series(
                np.where(entries["unnamed"][first], books["device"].code(""), entries["device"][first])
            ),
            "location": books["location"].series(entries["location"][first]),
            "claim": books["claim"].series(entries["claim"][first]),
            "title": title_codes,
        }
    )
    sources = SourceTable(
        installation, entries["file"], entries["place"], entries["position"], books["file"].values, books["place"].values
    )
    return Inventory(
        installations,
        titles,
        sources,
        _count(files, entries["file"], first, books["file"]),
        {agency: tuple(found) for agency, found in problems.items()},
        {agency: tuple(found) for agency, found in notes.items()},
        _twice(entries, keys, books),
        tuple(sorted({*agencies, *problems, *notes})),
    )


_COLUMNS = ("agency", *_TEXTS, "unnamed", "file", "place", "position")


def _entries_of(
    file: FileReading,
    table: AgencyTable,
    books: dict[str, CodeBook],
    problems: dict[str, list[Problem]],
    notes: dict[str, list[Note]],
) -> dict[str, np.ndarray]:
    """The columns of one file's entries as codes, a line with a quantity repeated; its problems go to their agencies."""
    origin, reading = file.origin, file.reading
    if reading is None:
        agency = file_agency(origin, table, has_device_column=False) or table.canonical(origin.input_folder)
        if file.problem is not None:
            problems.setdefault(agency, []).append(file.problem)
        return {name: np.empty(0, bool if name == "unnamed" else np.int32) for name in _COLUMNS}
    found = reading.entries
    agency_codes, agency_names = row_agencies(reading, origin, table)
    _attribute(reading, origin, table, agency_codes, agency_names, problems, notes)
    columns = {name: books[name].recode(found[name]) for name in (*_TEXTS, "place")}
    columns["agency"] = books["agency"].codes(agency_names)[agency_codes] if len(found) else np.empty(0, np.int32)
    columns["unnamed"] = found["unnamed"].to_numpy(dtype=bool)
    columns["position"] = found["position"].to_numpy(dtype=np.int32)
    columns["file"] = np.full(len(found), books["file"].code(origin.file), dtype=np.int32)
    nameless = (columns["device"] == books["device"].code("")) & ~columns["unnamed"]
    columns["device"] = np.where(nameless, books["device"].code(reading.device or origin.stem), columns["device"]).astype(
        np.int32
    )
    quantity = found["quantity"].to_numpy()
    if (quantity != 1).any():
        return {name: np.repeat(column, quantity) for name, column in columns.items()}
    return columns


def _attribute(
    reading: Reading,
    origin: Origin,
    table: AgencyTable,
    agency_codes: np.ndarray,
    agency_names: list[str],
    problems: dict[str, list[Problem]],
    notes: dict[str, list[Note]],
) -> None:
    """Gives each problem to the agency of the entry before it in the same place; notes to every agency of the file."""
    default = file_agency(origin, table, any("device" in sheet.columns for sheet in reading.sheets))
    present = [agency_names[code] for code in np.unique(agency_codes)]
    fallback = default or (present[0] if present else table.canonical(origin.input_folder))
    for problem in reading.problems:
        problems.setdefault(_nearest(problem, reading, agency_codes, agency_names) or fallback, []).append(problem)
    for note in reading.notes:
        for agency in present or [fallback]:
            notes.setdefault(agency, []).append(note)


def _nearest(problem: Problem, reading: Reading, agency_codes: np.ndarray, agency_names: list[str]) -> str | None:
    match = re.fullmatch(r"(.*?)(\d+)", problem.source.locator)
    if match is None or len(agency_codes) == 0:
        return None
    rows = np.flatnonzero((reading.entries["place"] == match[1]).to_numpy())
    if len(rows) == 0:
        return None
    positions = reading.entries["position"].to_numpy()[rows]
    before = int(np.searchsorted(positions, int(match[2]))) - 1
    nearest: int = agency_codes[rows[max(before, 0)]]
    return agency_names[nearest]


def _keys(entries: dict[str, np.ndarray], books: dict[str, CodeBook]) -> dict[str, np.ndarray]:
    """What makes an installation the same: agency, device, name and version, spellings made equal."""
    device = books["device"].equate(_plain)[entries["device"]]
    unnamed = entries["unnamed"]
    device = np.where(unnamed, -1 - np.arange(len(device), dtype=np.int64), device)
    return {
        "agency": entries["agency"],
        "device": device,
        "name": books["name"].equate(_plain)[entries["name"]],
        "version": books["version"].equate(plain_version)[entries["version"]],
    }


def _first_of_each(keys: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The installation of every entry, and the first entry of every installation."""
    return combine(list(keys.values()))


def _titles(first: dict[str, np.ndarray], books: dict[str, CodeBook]) -> tuple[tuple[Title, ...], np.ndarray]:
    """The distinct titles, sorted, and each installation's index among them."""
    origins = CodeBook()
    origin_of_purl = origins.codes([package_origin(purl) for purl in books["purl"].values])
    origin = origin_of_purl[first["purl"]] if len(origin_of_purl) else first["purl"]
    codes, representative = combine([first["name"], first["version"], first["publisher"], first["license"], origin])
    texts = [(books[column].values, first[column]) for column in ("name", "version", "publisher", "license")]
    texts.append((origins.values, origin))
    titles = [Title(*(values[codes[at]] for values, codes in texts)) for at in representative]
    order = sorted(range(len(titles)), key=lambda number: titles[number])
    rank = np.empty(len(titles), dtype=np.int32)
    rank[order] = np.arange(len(titles), dtype=np.int32)
    return tuple(titles[number] for number in order), rank[codes] if len(titles) else codes.astype(np.int32)


def package_origin(purl: str) -> str:
    """The ecosystem of a package: `npm`; for packages of an operating system with its distribution, `deb/debian`."""
    if not purl.startswith("pkg:"):
        return ""
    if not purl.startswith(_PACKAGE_OF_SYSTEM):
        return purl[4:].split("/", 1)[0].lower()
    try:
        parsed = PackageURL.from_string(purl)
    except ValueError:
        return purl[4:].split("/", 1)[0].lower()
    return f"{parsed.type}/{parsed.namespace}" if parsed.namespace else str(parsed.type)


def plain_version(version: str) -> str:
    """A version as installations are compared by: `3.0.0` is `3`, `N/A` is nothing, `3.10` stays.

    >>> plain_version("22.01.00.0"), plain_version(" N/A "), plain_version("3.10")
    ('22.01', '', '3.10')
    """
    plain = _plain(version)
    return "" if plain in _EMPTY_VERSIONS else _TRAILING_ZEROS.sub("", plain)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _count(files: Iterable[FileReading], file_codes: np.ndarray, first: np.ndarray, book: CodeBook) -> tuple[FileCount, ...]:
    entries = np.bincount(file_codes, minlength=len(book.values))
    installations = np.bincount(file_codes[first], minlength=len(book.values))
    counts = []
    for file in files:
        if file.reading is None:
            counts.append(FileCount(file.origin.file, 0, 0, 0, 0, 0))
            continue
        code = book.code(file.origin.file)
        total = int(entries[code]) if code < len(entries) else 0
        kept = int(installations[code]) if code < len(installations) else 0
        skipped, lost = len(file.reading.skipped), len(file.reading.problems)
        counts.append(FileCount(file.origin.file, total + skipped + lost, kept, total - kept, skipped, lost))
    return tuple(counts)


def _twice(
    entries: dict[str, np.ndarray], keys: dict[str, np.ndarray], books: dict[str, CodeBook]
) -> tuple[TwiceInventoried, ...]:
    """Devices that more than one file lists, and not alike."""
    named = ~entries["unnamed"]
    device, first = combine([keys["agency"][named], keys["device"][named]])
    file = entries["file"][named]
    pairs = pd.DataFrame({"device": device, "file": file}).drop_duplicates()
    several = pairs.groupby("device")["file"].transform("size") > 1
    suspects = pairs.loc[several, "device"].unique()
    if len(suspects) == 0:
        return ()
    chosen = np.isin(device, suspects)
    rows = pd.DataFrame(
        {
            "device": device[chosen],
            "file": file[chosen],
            "software": combine([keys["name"][named][chosen], keys["version"][named][chosen]])[0],
        }
    ).drop_duplicates()
    files_of = rows.groupby("device")["file"].nunique()
    in_files = rows.groupby(["device", "software"])["file"].nunique().reset_index()
    differing = in_files.loc[in_files["file"] < files_of.loc[in_files["device"]].to_numpy(), "device"].unique()
    found = []
    for number in differing:
        at = np.flatnonzero(named)[first[number]]
        names = sorted(books["file"].values[code] for code in rows.loc[rows["device"] == number, "file"].unique())
        found.append(
            TwiceInventoried(
                books["agency"].values[entries["agency"][at]], books["device"].values[entries["device"][at]], tuple(names)
            )
        )
    return tuple(sorted(found, key=lambda one: (one.agency, one.device)))
