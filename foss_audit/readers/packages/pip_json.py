# SPDX-License-Identifier: Apache-2.0
"""Reads what pip tells of a Python environment in JSON: `pip list --format=json` and `pip inspect`."""

from collections.abc import Mapping
from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import list_outline_of, load_json, outline_of
from foss_audit.readers.package_urls import package_url
from foss_audit.readers.packages.pip_names import is_pip_list
from foss_audit.readers.sboms.statements import join_licenses, party_name, says_something

NAME = "pip-json"
DESCRIPTION = "Python packages (pip list --format=json, pip inspect)"

_INSPECT = frozenset({"pip_version", "installed"})
_CLASSIFIER = "License :: "
_NO_LICENSE = frozenset({"License", "OSI Approved"})
"""Ends of classifiers that name no licence."""
_SHORT = 100


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
    found.add(
        name=name,
        version=version,
        publisher=party_name(found.text(author, "author", place, position)),
        license=_license(metadata, place, position, found),
        purl=package_url("pypi", "", name, version),
        place=place,
        position=position,
    )


def _license(metadata: Mapping[str, object], place: str, position: int, found: EntryCollector) -> str:
    """The SPDX expression, else the short name of the licence, else the classifiers, else the first line of its text."""
    expression = found.text_of(metadata, "license_expression", place, position)
    stated = found.text_of(metadata, "license", place, position)
    if expression or (says_something(stated) and len(stated) <= _SHORT and "\n" not in stated):
        return expression or stated
    return _classified(metadata.get("classifier")) or stated.split("\n", 1)[0].strip()


def _classified(classifiers: object) -> str:
    if not isinstance(classifiers, list):
        return ""
    names = (
        classifier.rpartition(" :: ")[2].strip()
        for classifier in classifiers
        if isinstance(classifier, str) and classifier.startswith(_CLASSIFIER)
    )
    return join_licenses(name for name in names if name not in _NO_LICENSE)
