# SPDX-License-Identifier: Apache-2.0
"""The inventory table: entries of all files as installations, each once, with all its sources. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from packageurl import PackageURL

from foss_audit.agencies import AgencyTable
from foss_audit.codes import CodeBook, combine, plain_text
from foss_audit.gather import FileReading, gather
from foss_audit.model import LicenseOrigin, LicenseText, Note, Problem, Title
from foss_audit.sources import SourceTable

_EMPTY_VERSIONS = frozenset({"-", "--", "n/a", "na", "none", "nihil", "null"})
_TRAILING_ZEROS = re.compile(r"(?:\.0+)+$")
_PACKAGE_OF_WINDOWS = ("pkg:winget/", "pkg:appx/")
_PACKAGE_OF_SYSTEM = ("pkg:deb/", "pkg:rpm/", "pkg:apk/", "pkg:alpm/")
_TITLE_TEXTS = ("name", "version", "publisher", "license", "license_origin")


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
    """agency, device, location, claim, activation, user: category ('' for nothing); title: int32. One row per installation."""
    titles: tuple[Title, ...]
    sources: SourceTable
    counts: tuple[FileCount, ...]
    problems: dict[str, tuple[Problem, ...]]
    """By agency."""
    notes: dict[str, tuple[Note, ...]]
    """By agency."""
    twice: tuple[TwiceInventoried, ...]
    agency_names: dict[str, str]
    """Every agency of which anything was handed in, readable or not: AgencyTable.key to the name that reports use."""
    license_texts: tuple[LicenseText, ...] = ()
    """Beginnings of licence texts that documents bring along and that are not known word for word."""

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies that handed anything in, sorted."""
        return tuple(sorted(self.agency_names.values()))

    def devices_of(self) -> dict[str, list[str]]:
        """The named devices of every agency."""
        pairs = self.installations[["agency", "device"]].drop_duplicates()
        named = pairs[pairs["device"] != ""]
        return {str(agency): list(found) for agency, found in named.groupby("agency", observed=True)["device"]}


def assemble(files: Sequence[FileReading], table: AgencyTable) -> Inventory:
    """Puts the files, in the order given, together: agencies and devices named, the same installation counted once.

    The same installation is device + name + version within an agency, without regard to case, repeated blanks and
    trailing `.0` groups; it goes by its first source. Installations on unnamed devices are never the same.
    """
    gathered = gather(files, table)
    entries, books = gathered.entries, gathered.books
    keys = _keys(entries, books)
    installation, first = combine(list(keys.values()))
    titles, title_codes = _titles({name: column[first] for name, column in entries.items()}, books)
    columns = ("agency", "device", "location", "claim")
    installations = pd.DataFrame({name: books[name].series(entries[name][first]) for name in columns} | {"title": title_codes})
    for name in ("activation", "user"):
        installations[name] = books[name].series(_first_stated(entries[name], books[name], installation, first))
    sources = SourceTable(
        installation, entries["file"], entries["place"], entries["position"], books["file"].values, books["place"].values
    )
    return Inventory(
        installations,
        titles,
        sources,
        _count(files, entries["file"], first, books["file"]),
        {agency: tuple(found) for agency, found in gathered.problems.items()},
        {agency: tuple(found) for agency, found in gathered.notes.items()},
        _twice(entries, keys, books, _handed_in_together(files, books["file"])),
        gathered.agency_names,
        tuple(text for file in files if file.reading is not None for text in file.reading.license_texts),
    )


def _keys(entries: dict[str, np.ndarray], books: dict[str, CodeBook]) -> dict[str, np.ndarray]:
    """What makes an installation the same: agency, device, name and version, spellings made equal."""
    device = np.where(entries["unnamed"], -1 - np.arange(len(entries["device"]), dtype=np.int64), entries["device"])
    return {
        "agency": entries["agency"],
        "device": device,
        "name": books["name"].equate(plain_text)[entries["name"]],
        "version": books["version"].equate(plain_version)[entries["version"]],
    }


def _first_stated(codes: np.ndarray, book: CodeBook, installation: np.ndarray, first: np.ndarray) -> np.ndarray:
    """What the first of every installation's sources says that says something."""
    stated = np.flatnonzero(codes != book.code(""))
    chosen: np.ndarray = codes[first]
    of_installation, at = np.unique(installation[stated], return_index=True)
    chosen[of_installation] = codes[stated][at]
    return chosen


def _titles(first: dict[str, np.ndarray], books: dict[str, CodeBook]) -> tuple[tuple[Title, ...], np.ndarray]:
    """The distinct titles, sorted, and each installation's index among them."""
    origins = CodeBook()
    origin_of_purl = origins.codes([package_origin(purl) for purl in books["purl"].values])
    origin = origin_of_purl[first["purl"]] if len(origin_of_purl) else first["purl"]
    codes, representative = combine([first["name"], first["version"], first["publisher"], first["license"], origin])
    values: dict[str, list[str]] = {column: books[column].values for column in _TITLE_TEXTS}
    values["origin"], first = origins.values, first | {"origin": origin}

    def text(column: str, at: int) -> str:
        return values[column][int(first[column][at])]

    titles = [
        Title(
            text("name", at),
            text("version", at),
            text("publisher", at),
            text("license", at),
            text("origin", at),
            LicenseOrigin(text("license_origin", at) or LicenseOrigin.DECLARED),
        )
        for at in representative
    ]
    order = sorted(range(len(titles)), key=lambda number: titles[number])
    rank = np.empty(len(titles), dtype=np.int32)
    rank[order] = np.arange(len(titles), dtype=np.int32)
    return tuple(titles[number] for number in order), rank[codes] if len(titles) else codes.astype(np.int32)


def package_origin(purl: str) -> str:
    """The ecosystem of a package: `npm`; for packages of an operating system with its distribution, `deb/debian`.

    Where the distribution keeps it among what is not free, the area stands behind it: `deb/debian/non-free`.
    For packages of Windows it holds the id, which tells more than the name that people see: `winget/Mozilla.Firefox`.
    """
    if not purl.startswith("pkg:"):
        return ""
    if not purl.startswith(_PACKAGE_OF_SYSTEM + _PACKAGE_OF_WINDOWS):
        return purl[4:].split("/", 1)[0].lower()
    try:
        parsed = PackageURL.from_string(purl)
    except ValueError:
        return purl[4:].split("/", 1)[0].lower()
    if purl.startswith(_PACKAGE_OF_WINDOWS):
        return f"{parsed.type}/{parsed.name}"
    area = parsed.qualifiers.get("section", "") if isinstance(parsed.qualifiers, dict) else ""
    return "/".join((parsed.type, parsed.namespace or "", area)).rstrip("/")


def plain_version(version: str) -> str:
    """A version as installations are compared by: `3.0.0` is `3`, `N/A` is nothing, `3.10` stays.

    >>> plain_version("22.01.00.0"), plain_version(" N/A "), plain_version("3.10")
    ('22.01', '', '3.10')
    """
    plain = plain_text(version)
    return "" if plain in _EMPTY_VERSIONS else _TRAILING_ZEROS.sub("", plain)


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


def _handed_in_together(files: Iterable[FileReading], book: CodeBook) -> np.ndarray:
    """For every file's code that of the first file of its inventory: files that list a device together are one inventory."""
    together = np.arange(len(book.values), dtype=np.int32)
    first_of_folder: dict[str, int] = {}
    for file in files:
        if file.reading is not None and file.reading.device_is_folder and len(file.reading.entries):
            code = book.code(file.origin.file)
            together[code] = first_of_folder.setdefault(file.origin.file.rpartition("/")[0], code)
    return together


def _twice(
    entries: dict[str, np.ndarray], keys: dict[str, np.ndarray], books: dict[str, CodeBook], inventory_of: np.ndarray
) -> tuple[TwiceInventoried, ...]:
    """Devices that more than one inventory (`inventory_of`: by file code) lists, and not alike."""
    named = ~entries["unnamed"]
    device, first = combine([keys["agency"][named], keys["device"][named]])
    file = inventory_of[entries["file"][named]]
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
