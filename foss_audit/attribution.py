# SPDX-License-Identifier: Apache-2.0
"""Whose is it: the agency of every entry, from its row, its sheet, its folders and its file name. Pure."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from foss_audit.agencies import AgencyTable
from foss_audit.codes import CodeBook
from foss_audit.readers.interface import Reading

_ORDINARY_SHEET = re.compile(
    r"(?:sheet|lembar|data|table|tabel|daftar|software|aplikasi|inventaris|inventory|ruang|ruangan|room|lantai)\b.*|.*\d.*|",
    re.IGNORECASE,
)
"""Sheets named for what is in them, for a room or with a number (a device) are no agencies."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file lies, as far as it tells whose it is."""

    file: str
    """Path as the reports show it."""
    stem: str
    input_folder: str
    """Name of the INPUT folder; of the folder it lies in where INPUT is a file."""
    input_is_folder: bool
    folders: tuple[str, ...] = ()
    """Folders between INPUT and the file, outermost first."""
    agency_option: str = ""
    """`--agency`; empty where not given."""


def file_agency(origin: Origin, table: AgencyTable, has_device_column: bool) -> str | None:
    """The agency that a file's place and name tell, or None where only the INPUT folder's name is left."""
    named_folders = (*((origin.input_folder,) if origin.input_is_folder else ()), *origin.folders)
    for folder in reversed(named_folders):
        if row := table.find(folder):
            return row.name
    if origin.folders:
        return table.canonical(origin.folders[0])
    if origin.agency_option:
        return table.canonical(origin.agency_option)
    if row := table.find(origin.stem):
        return row.name
    return table.canonical(origin.stem) if has_device_column else None


def file_agency_or_input(origin: Origin, table: AgencyTable, has_device_column: bool) -> str:
    """The agency of a file; the INPUT folder's name where nothing else tells one."""
    return file_agency(origin, table, has_device_column) or table.canonical(origin.input_folder)


def row_agencies(reading: Reading, origin: Origin, table: AgencyTable) -> tuple[np.ndarray, list[str]]:
    """The agency of every entry, as codes into a list of names.

    In this order: the row's agency column; its location, then its sheet, where the agency table knows that name;
    what the file's place and name tell; its location where nothing else names an agency; the INPUT folder's name.
    """
    entries = reading.entries
    book = CodeBook()
    code = book.code
    from_file = file_agency(origin, table, any("device" in sheet.columns for sheet in reading.sheets))
    last_resort = code(from_file or table.canonical(origin.input_folder))
    found = np.full(len(entries), last_resort, dtype=np.int32)
    if from_file is None:
        _overlay(found, entries["place"], {place: code(name) for place, name in _telling_sheets(reading, table).items()})
        _overlay(found, entries["location"], {where: code(table.canonical(where)) for where in _used(entries["location"])})
    in_table = {place: code(row.name) for place, sheet in _sheets(reading).items() if (row := table.find(sheet))}
    _overlay(found, entries["place"], in_table)
    known = {where: code(row.name) for where in _used(entries["location"]) if (row := table.find(where))}
    _overlay(found, entries["location"], known)
    _overlay(found, entries["agency"], {name: code(table.canonical(name)) for name in _used(entries["agency"])})
    return found, book.values


def _overlay(found: np.ndarray, column: pd.Series, codes: dict[str, int]) -> None:
    """Writes the code of a column's value where it has one."""
    if codes:
        by_category = np.array([codes.get(value, -1) for value in column.cat.categories], dtype=np.int32)
        of_row = by_category[column.cat.codes.to_numpy()]
        np.copyto(found, of_row, where=of_row >= 0)


def _used(column: pd.Series) -> list[str]:
    return [value for value in column.cat.categories if value.strip()]


def _sheets(reading: Reading) -> dict[str, str]:
    """Place of an entry to the sheet it is on."""
    return {place: place.rsplit("!", 1)[0] for place in reading.entries["place"].cat.categories if "!" in place}


def _telling_sheets(reading: Reading, table: AgencyTable) -> dict[str, str]:
    """Sheets that are taken for agencies where nothing else names one: of several, those with a name of their own."""
    sheets = _sheets(reading)
    if len(set(sheets.values())) < 2:
        return {}
    return {place: table.canonical(sheet) for place, sheet in sheets.items() if not _ORDINARY_SHEET.fullmatch(sheet.strip())}
