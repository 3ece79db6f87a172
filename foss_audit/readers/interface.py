# SPDX-License-Identifier: Apache-2.0
"""What a reader is, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import pandas as pd

from foss_audit.messages import Message, message
from foss_audit.model import LicenseText, Note, Problem, Skipped, Source
from foss_audit.vocabulary import Vocabulary

ENTRY_COLUMNS: Mapping[str, str] = {
    "name": "category",
    "version": "category",
    "publisher": "category",
    "license": "category",
    "license_origin": "category",
    "claim": "category",
    "activation": "category",
    "purl": "category",
    "agency": "category",
    "location": "category",
    "device": "category",
    "user": "category",
    "unnamed": "bool",
    "quantity": "int32",
    "place": "category",
    "position": "int32",
}
"""Columns of an entries table and their dtypes. Text columns hold '' for nothing, never a missing value.

`device` is the row's own, `user` who works on it. `unnamed` says the row stands for devices that nobody named (an empty
device cell, or an installed quantity in a file without a device column). `quantity` is 1 or more. `place` and `position` make the
locator: `Sheet1!A` and 17 are `Sheet1!A17`, `/components/` and 3 are `/components/3`. `activation` is
what the device says of its activation (activation.Activation as text). `license_origin` is a model.LicenseOrigin, '' for a
licence that is declared.
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a stranger's file may ask of this machine."""

    file_bytes: int = 2 * 1024**3
    document_bytes: int = 512 * 1024**2
    """Of a JSON or XML document, which is read as a whole."""
    elements: int = 20_000_000
    """Objects and lists of a JSON document, tags of an XML document."""
    unpacked_bytes: int = 1024**3
    """Of all parts of a workbook, of all files of an archive."""
    members: int = 10_000
    """Files of an archive."""
    cells: int = 30_000_000
    """Of the rectangles in use of all sheets: 1,048,576 rows of 28 columns."""
    characters: int = 500_000_000
    """That the cells of a workbook show, a text counted as often as it is shown."""
    quantity: int = 100_000
    """Installations that one line may stand for."""
    field_characters: int = 100_000

    def exceeded(self, limit: str) -> Message:
        """What to say of a file beyond the limit of that name."""
        return message(
            "The file is beyond the limit {limit} = {value}. Split it, or raise {limit} under [limits] in audit.toml.",
            limit=limit,
            value=str(getattr(self, limit)),
        )

    def without(self, unpacked: int) -> "Limits":
        """What is left for an archive when a file of that many bytes has been unpacked."""
        return replace(self, unpacked_bytes=self.unpacked_bytes - unpacked, members=self.members - 1)


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, by which a reader knows it."""

    path: Path
    suffix: str
    """Lower case, with its dot."""
    bytes: bytes
    """The first 64 KiB."""
    text: str
    """The same decoded, as far as it can be."""


@dataclass(frozen=True, slots=True)
class SheetReading:
    """How a sheet (or the one table of a file) was read."""

    sheet: str
    header_row: int | None
    """1-based row of the heading, the first of two."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Canonical column to the heading as found."""


@dataclass(frozen=True, slots=True)
class StatedEntitlement:
    """A right to use that an SBOM states of one of its components (CycloneDX `licensing`, from 1.5 on). Texts as written."""

    source: Source
    name: str
    """Of the component."""
    version: str = ""
    publisher: str = ""
    kinds: tuple[str, ...] = ()
    """licenseTypes: `perpetual`, `subscription`, `evaluation`, `named-user` …"""
    licensor: str = ""
    licensee: str = ""
    """Who may use it; else who purchased it."""
    purchase_order: str = ""
    license_ids: tuple[str, ...] = ()
    """altIds: numbers that name the licence."""
    start: str = ""
    """lastRenewal."""
    end: str = ""
    """expiration."""


@dataclass(frozen=True, slots=True)
class StatedLicense:
    """The licence of a package, where a file tells it that is no list of what is installed."""

    source: Source
    package_type: str
    """As purls have it: `deb`."""
    package: str
    license: str
    """As written; '' where the file does not say it in a way that can be read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in a file: entries, and everything that is not one."""

    reader: str
    encoding: str | None
    sheets: tuple[SheetReading, ...]
    entries: pd.DataFrame
    """As ENTRY_COLUMNS, in file order."""
    skipped: tuple[Skipped, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    device: str | None = None
    """The device that the file names itself (hardware name, SBOM subject)."""
    device_is_folder: bool = False
    """Whether the folder names the device where the file does not: one piece of software a file, as SWID tags."""
    entitlements: tuple[StatedEntitlement, ...] = ()
    """Rights that the file states of its software."""
    licenses: tuple[StatedLicense, ...] = ()
    """Licences of packages that other files of the agency list."""
    license_texts: tuple[LicenseText, ...] = ()
    """Beginnings of the licence texts in it that are not known word for word."""


class Reader(Protocol):
    """A module of this package or one in it with these names is a reader; nothing else has to know of it.

    A reader with `GENERAL = True` takes what no particular one claims.
    """

    NAME: str
    """Short id, as `inspect` prints it: `cyclonedx-json`."""
    DESCRIPTION: str
    """For the table of formats in the docs."""

    @staticmethod
    def recognises(head: Head) -> bool:
        """Whether this is the reader's format. Two readers that claim one file are an error that names them."""
        ...

    @staticmethod
    def read(path: Path, file: str, context: "ReadingContext") -> Reading:
        """Reads a file, shown as `file` in sources. Raises UnreadableFile where nothing of it can be read."""
        ...


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of a table holds what, as a person says it: it overrules what is recognised."""

    columns: Mapping[str, str]
    """Canonical column to its heading, or to its letters (`B`) or number from 1; '' where no column is to be read as such."""
    files: str = ""
    """Glob over the file as sources show it, or over its name; '' for every file."""
    sheet: str = ""
    """Name of the one sheet it is for; '' for every sheet."""
    header_row: int | None = None
    """Row of the heading, the first of two, from 1; 0 where the table has none; None where it is to be searched."""


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What readers need from outside: the vocabulary of headings and words, the limits, and what a person says of tables."""

    vocabulary: Vocabulary
    limits: Limits = Limits()
    mappings: tuple[ColumnMapping, ...] = ()
    """Of several for one table the later overrule the earlier, column by column."""


__all__ = [
    "ENTRY_COLUMNS",
    "ColumnMapping",
    "Head",
    "Limits",
    "Reader",
    "Reading",
    "ReadingContext",
    "SheetReading",
    "StatedEntitlement",
    "StatedLicense",
    "Vocabulary",
]
