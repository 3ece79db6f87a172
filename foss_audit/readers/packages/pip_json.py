# SPDX-License-Identifier: Apache-2.0
"""Reads what pip tells of a Python environment in JSON: `pip list --format=json` and `pip inspect`."""

from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import list_outline_of, load_json, outline_of
from foss_audit.readers.package_urls import package_url
from foss_audit.readers.packages.pip_names import is_pip_list
from foss_audit.readers.packages.python_licenses import python_license
from foss_audit.readers.sboms.statements import party_name

NAME = "pip-json"
DESCRIPTION = "Python packages (pip list --format=json, pip inspect)"

_INSPECT = frozenset({"pip_version", "installed"})


def recognises(head: Head) -> bool:
    """Whether the head is of a list that pip printed, or of a report of `pip inspect`."""
    outline = outline_of(head.text)
    if outline is not None:
        return outline.outer >= _INSPECT
    packages = list_outline_of(head.text)
    return packages is not None and is_pip_list(packages, head.text, head.path.name)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every package, in document order. Raises UnreadableFile where the JSON is damaged."""
    document = load_json(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    packages, pointer = document.value, ""
    if isinstance(packages, dict):
        packages, pointer = packages.get("installed"), "/installed"
    if isinstance(packages, list):
        for position, package in enumerate(packages):
            _read_package(package, f"{pointer}/", position, found)
    else:
        found.problem(pointer, NO_POSITION, message("The packages are no list and were not read; correct it in the export."))
    return found.reading(NAME, document.encoding, None, document.notes, document.damage)


def _read_package(package: object, place: str, position: int, found: EntryCollector) -> None:
    named = found.named_package(package.get("metadata", package) if isinstance(package, dict) else None, "name", place, position)
    if named is None:
        return
    name, metadata = named
    version = found.text_of(metadata, "version", place, position)
    author = metadata.get("author") or metadata.get("author_email")
    expression, stated = (found.text_of(metadata, field, place, position) for field in ("license_expression", "license"))
    classifiers = metadata.get("classifier")
    license, origin = python_license(expression, stated, classifiers if isinstance(classifiers, list) else ())
    found.add(
        name=name,
        version=version,
        publisher=party_name(found.text(author, "author", place, position)),
        license=license,
        purl=package_url("pypi", "", name, version),
        place=place,
        position=position,
        license_origin=origin,
    )
