# SPDX-License-Identifier: Apache-2.0
"""The entries of all files in columns of numbers, each with its agency and device; problems and notes by agency. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import pandas as pd

from foss_audit.agencies import AgencyTable, display_names
from foss_audit.attribution import Origin, file_agency_or_input, row_agencies
from foss_audit.codes import CodeBook, plain_text
from foss_audit.messages import message
from foss_audit.model import Note, Problem, Source
from foss_audit.readers.interface import Reading

_Item = TypeVar("_Item")

TEXTS = ("name", "version", "publisher", "license", "license_origin", "claim", "activation", "purl", "location", "device", "user")
COLUMNS = ("agency", *TEXTS, "unnamed", "file", "place", "position")


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file of an inventory: what was read, or why it could not be."""

    origin: Origin
    reading: Reading | None
    problem: Problem | None = None


@dataclass(slots=True)
class Gathered:
    """Entries of all files, in file order."""

    entries: dict[str, np.ndarray]
    """COLUMNS: `unnamed` bool, `position` int32, the others int32 codes of the books. Duplicates are still among them."""
    books: dict[str, CodeBook]
    agency_names: dict[str, str]
    """AgencyTable.key to the one name that the reports use."""
    problems: dict[str, list[Problem]]
    """By agency."""
    notes: dict[str, list[Note]]
    """By agency."""


def gather(files: Sequence[FileReading], table: AgencyTable) -> Gathered:
    """Gives every entry its agency and device; spellings of one agency or device become one."""
    gathering = _Gathering(table)
    parts = [gathering.add(file) for file in files]
    entries = {name: np.concatenate([part[name] for part in parts]) if parts else np.empty(0, np.int32) for name in COLUMNS}
    _state_licenses(entries, gathering)
    names = display_names(gathering.handed_in, table)
    books = dict(gathering.books)
    books["agency"] = CodeBook()
    agency_of = books["agency"].codes([names[table.key(name)] for name in gathering.books["agency"].values])
    entries["agency"] = agency_of[entries["agency"]] if len(agency_of) else entries["agency"]
    entries["device"] = _first_spelling(books["device"])[entries["device"]] if parts else entries["device"]
    return Gathered(entries, books, names, _renamed(gathering.problems, names, table), _renamed(gathering.notes, names, table))


@dataclass(slots=True)
class _Gathering:
    """What has been gathered so far."""

    table: AgencyTable
    books: dict[str, CodeBook] = field(default_factory=lambda: {name: CodeBook() for name in (*TEXTS, "agency", "place", "file")})
    handed_in: set[str] = field(default_factory=set)
    """Names of agencies, as they are spelt."""
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    notes: dict[str, list[Note]] = field(default_factory=dict)
    licenses: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """Licences that files state of packages, by key of the agency, package type and name."""

    def add(self, file: FileReading) -> dict[str, np.ndarray]:
        """The columns of one file's entries, a line with a quantity repeated."""
        origin, reading = file.origin, file.reading
        self.books["device"].code("")
        if reading is None or len(reading.entries) == 0:
            self._add_without_entries(file)
            return {name: np.empty(0, bool if name == "unnamed" else np.int32) for name in COLUMNS}
        found = reading.entries
        codes, names = row_agencies(reading, origin, self.table)
        self._attribute(reading, codes, names)
        columns = {name: self.books[name].recode(found[name]) for name in (*TEXTS, "place")}
        of_row = pd.Categorical.from_codes(codes, names).remove_unused_categories()
        columns["agency"] = self.books["agency"].recode(pd.Series(of_row))
        columns["unnamed"] = found["unnamed"].to_numpy(dtype=bool)
        columns["position"] = found["position"].to_numpy(dtype=np.int32)
        columns["file"] = np.full(len(found), self.books["file"].code(origin.file), dtype=np.int32)
        columns["device"] = self._devices(columns["device"], columns["unnamed"], reading.device or _place_name(reading, origin))
        quantity = found["quantity"].to_numpy()
        if (quantity != 1).any():
            return {name: np.repeat(column, quantity) for name, column in columns.items()}
        return columns

    def _devices(self, device: np.ndarray, unnamed: np.ndarray, of_file: str) -> np.ndarray:
        """The row's device, else the file's; '' where nobody names it."""
        nobody = self.books["device"].code("")
        stated = np.where(device == nobody, self.books["device"].code(of_file), device)
        return np.where(unnamed, nobody, stated).astype(np.int32)

    def _add_without_entries(self, file: FileReading) -> None:
        """A file that cannot be read, or in which there is no software: its agency handed it in all the same."""
        reading, origin = file.reading, file.origin
        with_devices = reading is not None and any("device" in sheet.columns for sheet in reading.sheets)
        agency = file_agency_or_input(origin, self.table, with_devices)
        for stated in reading.licenses if reading is not None else ():
            if stated.license:
                key = self.table.key(agency), stated.package_type, plain_text(stated.package)
                self.licenses.setdefault(key, stated.license)
        self.handed_in.add(agency)
        found = [file.problem] if file.problem is not None else []
        if reading is not None:
            found += problems_of(reading, origin.file)
            self.notes.setdefault(agency, []).extend(reading.notes)
        self.problems.setdefault(agency, []).extend(found)

    def _attribute(self, reading: Reading, codes: np.ndarray, names: list[str]) -> None:
        """Gives each problem to the agency of the entry before it in the same place; notes to every agency of the file."""
        present = [names[code] for code in np.unique(codes)]
        self.handed_in.update(present)
        for problem in reading.problems:
            nearest = names[codes[_nearest_entry(problem, reading)]]
            self.problems.setdefault(nearest, []).append(problem)
        for note in reading.notes:
            for agency in present:
                self.notes.setdefault(agency, []).append(note)


def _state_licenses(entries: dict[str, np.ndarray], gathering: _Gathering) -> None:
    """Gives packages of which their list tells no licence the one that another file of the agency states."""
    if not gathering.licenses:
        return
    books, table = gathering.books, gathering.table
    agencies, purls, names = (books[column].values for column in ("agency", "purl", "name"))
    without = np.flatnonzero((entries["license"] == books["license"].code("")) & (entries["purl"] != books["purl"].code("")))
    stated = np.stack([entries[column][without] for column in ("agency", "purl", "name")])
    distinct, of_row = np.unique(stated, axis=1, return_inverse=True)
    found = [
        gathering.licenses.get((table.key(agencies[agency]), _package_type(purls[purl]), plain_text(names[name])), "")
        for agency, purl, name in distinct.T
    ]
    entries["license"][without] = books["license"].codes(found)[of_row.ravel()] if found else entries["license"][without]


def _package_type(purl: str) -> str:
    return purl.removeprefix("pkg:").partition("/")[0].lower()


def problems_of(reading: Reading, file: str) -> tuple[Problem, ...]:
    """The problems of a file that was read; that it lists nothing is one, where nothing else says so."""
    if len(reading.entries) or reading.problems or reading.skipped or reading.licenses:
        return reading.problems
    return (Problem(Source(file), message("lists no software: fill it in or take it out of the inventory")),)


def _place_name(reading: Reading, origin: Origin) -> str:
    """The device that the place of a file names: its stem, or its folder."""
    if not reading.device_is_folder:
        return origin.stem
    return origin.folders[-1] if origin.folders else origin.input_folder


def _nearest_entry(problem: Problem, reading: Reading) -> int:
    """The entry before a problem in the same place, else the first there, else the first of the file."""
    match = re.fullmatch(r"(.*?)(\d+)", problem.source.locator)
    rows = np.flatnonzero((reading.entries["place"] == match[1]).to_numpy()) if match else np.empty(0, np.int64)
    if match is None or len(rows) == 0:
        return 0
    before = int(np.searchsorted(reading.entries["position"].to_numpy()[rows], int(match[2]))) - 1
    return int(rows[max(before, 0)])


def _first_spelling(book: CodeBook) -> np.ndarray:
    """For every code the code of the text that was first to mean the same."""
    plain = book.equate(plain_text)
    _, first = np.unique(plain, return_index=True)
    codes: np.ndarray = first[plain].astype(np.int32)
    return codes


def _renamed(by_agency: dict[str, list[_Item]], names: dict[str, str], table: AgencyTable) -> dict[str, list[_Item]]:
    renamed: dict[str, list[_Item]] = {}
    for agency, found in by_agency.items():
        if found:
            renamed.setdefault(names[table.key(agency)], []).extend(found)
    return renamed
