# SPDX-License-Identifier: Apache-2.0
"""Reads what `winget export` writes: ids and versions of packages, which are turned into names as people know them."""

import re
from collections.abc import Mapping
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import Note, Source
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import load_document, outline_of
from foss_audit.readers.package_urls import package_url

NAME = "winget-export"
DESCRIPTION = "Packages of the Windows Package Manager (winget export)"

_SCHEMA = "winget-packages.schema"
_IDS = ("PackageIdentifier", "Id")
"""Names of the id since schema 2, and before."""
_WORD_BEGINS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])|(?<=[A-Za-z]{2})(?=\d)")
_SPELLINGS = {"dotnet": "Microsoft .NET"}


def recognises(head: Head) -> bool:
    """Whether the head is of an export of winget, by its schema or by the ids in its sources."""
    outline = outline_of(head.text)
    if outline is None or "Sources" not in outline.outer:
        return False
    return _SCHEMA in outline.values.get("/$schema", "") or {"Packages", "PackageIdentifier"} <= outline.keys


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every package of every source. Raises UnreadableFile where the JSON is damaged."""
    document = load_document(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for position, source in _elements(document.root.get("Sources"), "/Sources", found):
        packages = source.get("Packages") if isinstance(source, dict) else source
        if isinstance(source, dict):
            place = f"/Sources/{position}/Packages"
            for number, package in _elements(packages, place, found):
                _read_package(package, f"{place}/", number, found)
        else:
            found.problem("/Sources/", position, message("This source is no JSON object; run winget export again."))
    note = message(
        "winget exports ids without names; names and publishers were read out of the ids. Its list view has the names."
    )
    return found.reading(NAME, document.encoding, None, (*document.notes, Note(Source(file), note)), document.damage)


def _elements(values: object, place: str, found: EntryCollector) -> enumerate[object]:
    if values is not None and not isinstance(values, list):
        found.problem(place, NO_POSITION, message("This is no list and was not read; run winget export again."))
    return enumerate(values if isinstance(values, list) else [])


def _read_package(package: object, place: str, position: int, found: EntryCollector) -> None:
    if not isinstance(package, dict):
        found.problem(place, position, message("This package is no JSON object; correct it in the export."))
        return
    id = _id(package, place, position, found)
    if not id:
        found.problem(place, position, message("This package has no id; run winget export again."))
        return
    name, publisher = name_of_id(id)
    version = found.text(package.get("Version"), "Version", place, position)
    found.add(
        name=name,
        version=version,
        publisher=publisher,
        license="",
        purl=package_url("winget", "", id, version),
        place=place,
        position=position,
    )


def _id(package: Mapping[str, object], place: str, position: int, found: EntryCollector) -> str:
    field = next((field for field in _IDS if package.get(field) is not None), _IDS[0])
    return found.text(package.get(field), field, place, position)


def name_of_id(id: str) -> tuple[str, str]:
    """The name and the publisher that an id `Publisher.Product` tells; an id of the Microsoft Store tells neither.

    >>> name_of_id("Google.GoogleDrive"), name_of_id("WinSCP.WinSCP"), name_of_id("Oracle.VirtualBox"), name_of_id("9NT1R1C2HH7J")
    (('Google Drive', 'Google'), ('WinSCP', 'WinSCP'), ('Virtual Box', 'Oracle'), ('9NT1R1C2HH7J', ''))
    """
    publisher, _, product = id.partition(".")
    if not product.strip(".") or not publisher:
        return id, ""
    words = (_words(part, publisher) for part in product.split(".") if part)
    return " ".join(" ".join(words).replace("_", " ").split()), publisher


def _words(part: str, publisher: str) -> str:
    """A part of an id as words. The publisher's own name is written as it writes it: `WinSCP` is one word."""
    if part.casefold() == publisher.casefold():
        return part
    if part.casefold().startswith(publisher.casefold()):
        return f"{part[: len(publisher)]} {_WORD_BEGINS.sub(' ', part[len(publisher) :])}"
    return _SPELLINGS.get(part.casefold()) or _WORD_BEGINS.sub(" ", part)
