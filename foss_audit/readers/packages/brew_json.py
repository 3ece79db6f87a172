# SPDX-License-Identifier: Apache-2.0
"""Reads what Homebrew tells of its packages in JSON: formulae with their licences, and casks."""

from collections.abc import Mapping
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import list_outline_of, load_json, outline_of
from foss_audit.readers.package_urls import package_url

NAME = "brew-json"
DESCRIPTION = "Packages of Homebrew (brew info --json=v2 --installed, also --json=v1)"

_OF_FORMULAE = frozenset({"full_name", "tap", "versions", "installed", "linked_keg"})
_OF_CASKS = frozenset({"token", "full_token"})


def recognises(head: Head) -> bool:
    """Whether the head is of formulae and casks, or of the list of formulae of old versions."""
    outline = outline_of(head.text)
    if outline is not None:
        known = outline.keys >= _OF_FORMULAE or outline.keys >= _OF_CASKS
        return {"formulae", "casks"} <= outline.outer or (known and not outline.outer.isdisjoint({"formulae", "casks"}))
    formulae = list_outline_of(head.text)
    return formulae is not None and formulae.outer >= _OF_FORMULAE - {"linked_keg"}


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every installed version of every package. Raises UnreadableFile where the JSON is damaged."""
    document = load_json(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    if isinstance(document.value, dict):
        _read_group(document.value.get("formulae"), "/formulae", is_cask=False, found=found)
        _read_group(document.value.get("casks"), "/casks", is_cask=True, found=found)
    else:
        _read_group(document.value, "", is_cask=False, found=found)
    return found.reading(NAME, document.encoding, None, document.notes, document.damage)


def _read_group(packages: object, pointer: str, *, is_cask: bool, found: EntryCollector) -> None:
    if packages is None:
        return
    if not isinstance(packages, list):
        found.problem(pointer, NO_POSITION, message("The packages are no list and were not read; correct it in the export."))
        return
    place = f"{pointer}/"
    for position, package in enumerate(packages):
        if not isinstance(package, dict):
            found.problem(place, position, message("This package is no JSON object; correct it in the export."))
            continue
        id = found.text(package.get("token" if is_cask else "name"), "token" if is_cask else "name", place, position)
        name = (_cask_name(package) or id) if is_cask else id
        versions = _installed(package)
        if not name:
            found.problem(place, position, message("This package has no name; add it in the export."))
        elif not versions:
            found.skip(place, position, SkipReason.NOT_INSTALLED)
        for version in versions if name else ():
            license = found.text(package.get("license"), "license", place, position)
            found.add(name, version, "", license, package_url("brew", "", id or name, version), place, position)


def _cask_name(cask: Mapping[str, object]) -> str:
    """The name of the application, of which a cask lists several spellings."""
    names = cask.get("name")
    first = names[0] if isinstance(names, list) and names else names
    return first.strip() if isinstance(first, str) else ""


def _installed(package: Mapping[str, object]) -> list[str]:
    """The versions that are there: of a formula a list of them, of a cask one."""
    installed = package.get("installed")
    if isinstance(installed, str):
        return [installed.strip()]
    versions = []
    for one in installed if isinstance(installed, list) else ():
        version = one.get("version") if isinstance(one, dict) else one
        versions.append(version.strip() if isinstance(version, str) else "")
    return versions
