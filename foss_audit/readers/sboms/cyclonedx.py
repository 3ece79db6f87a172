# SPDX-License-Identifier: Apache-2.0
"""The core of the CycloneDX readers: a component is an entry, nested ones included; the document's subject is the device.

Both forms of the format come here as the JSON shape; locators are pointers into it.
"""

from collections.abc import Mapping
from functools import lru_cache

from foss_audit.messages import message
from foss_audit.model import Note, SkipReason, Source
from foss_audit.readers.entries import NO_POSITION, EntryCollector, locator
from foss_audit.readers.sboms.cyclonedx_defects import Defects
from foss_audit.readers.sboms.cyclonedx_licenses import LicenseReader
from foss_audit.readers.sboms.statements import NO_INSTALLATION, package_name, party_name

_VERSIONS = frozenset({"1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"})
_SPELT_LEVELS = 200
"""Depth of nesting down to which locators tell every level: deeper ones would only fill the memory."""
_PARTIES = ("publisher", "supplier", "manufacturer", "author", "authors")
_ANY_PARTY = frozenset(_PARTIES)


def read_components(
    root: Mapping[str, object], found: EntryCollector, pointer: str = "", *, takes_any_field: bool = False
) -> tuple[str | None, tuple[Note, ...]]:
    """Reads every component, in document order; returns the device that the document names, and notes on all of it.

    `pointer` leads to `root` where that is not the whole file; `takes_any_field` says that components may have fields which
    the format does not know, as in XML.
    """
    defects = Defects(found.file, takes_any_field)
    reader = _ComponentReader(found, defects, root.get("specVersion"))
    device = reader.read_subject(root, f"{pointer}/metadata/component")
    reader.read_components(root.get("components"), f"{pointer}/components")
    defects.check_document(root, pointer)
    return device, (*_format_notes(root, found.file), *defects.notes())


def _format_notes(root: Mapping[str, object], file: str) -> tuple[Note, ...]:
    notes = []
    if root.get("bomFormat") != "CycloneDX":
        notes.append(message("bomFormat is not CycloneDX as the format demands; read as far as it goes."))
    version = root.get("specVersion")
    if not isinstance(version, str) or version not in _VERSIONS:
        notes.append(message("The version of the CycloneDX format is missing or not known; read as far as it goes."))
    return tuple(Note(Source(file), note) for note in notes)


class _ComponentReader:
    """Reads the components of one document."""

    def __init__(self, found: EntryCollector, defects: Defects, version: object) -> None:
        self._found = found
        self._defects = defects
        self._licenses = LicenseReader(found, defects, version)

    def read_subject(self, root: Mapping[str, object], pointer: str) -> str | None:
        """What the document describes: its name is the device; it is an entry itself where it is software."""
        metadata = root.get("metadata")
        subject = metadata.get("component") if isinstance(metadata, dict) else None
        if subject is None:
            return None
        if not isinstance(subject, dict):
            self._found.problem(
                pointer, NO_POSITION, message("What the SBOM describes is no JSON object; correct it in the export.")
            )
            return None
        if not subject:
            self._found.skip(pointer, NO_POSITION, SkipReason.BLANK)
            return None
        if _kind(subject) in NO_INSTALLATION:
            self._found.skip(pointer, NO_POSITION, SkipReason.DESCRIBES_DEVICE)
            self._defects.check_component(subject, pointer, NO_POSITION)
            name = subject.get("name")
            device = name.strip() if isinstance(name, str) else ""
        else:
            device = self._read_component(subject, pointer, NO_POSITION)
        self.read_components(subject.get("components"), f"{pointer}/components")
        return device or None

    def read_components(self, components: object, pointer: str) -> None:
        """A list of components and all lists nested in it, each component before its parts; a loop: no depth is too much."""
        if components is None:
            return
        if not isinstance(components, list):
            self._found.problem(
                pointer, NO_POSITION, message("The components are no list and were not read; correct it in the export.")
            )
            return
        levels = [(f"{pointer}/", enumerate(components))]
        while levels:
            place, remaining = levels[-1]
            for position, component in remaining:
                self._read_component(component, place, position)
                nested = component.get("components") if isinstance(component, dict) else None
                if isinstance(nested, list):
                    inner = f"{place}{position}" if len(levels) < _SPELT_LEVELS else f"{pointer}/…"
                    levels.append((f"{inner}/components/", enumerate(nested)))
                    break
                if nested is not None:
                    self.read_components(nested, f"{place}{position}/components")
            else:
                levels.pop()

    def _read_component(self, component: object, place: str, position: int) -> str:
        """One component without its parts; returns its name as written, '' where it has none."""
        found = self._found
        if not isinstance(component, dict):
            found.problem(place, position, message("This component is no JSON object; correct it in the export."))
            return ""
        self._defects.check_component(component, place, position)
        written = self._text(component, "name", place, position)
        if not written:
            found.problem(place, position, message("This component has no name; add it in the export."))
            return ""
        purl = self._text(component, "purl", place, position)
        name = package_name(written, self._text(component, "group", place, position), purl)
        version = self._text(component, "version", place, position)
        publisher = self._publisher(component, place, position)
        license, origin = self._licenses.effective(component, place, position)
        found.add(name, version, publisher, license, purl, place, position, license_origin=origin)
        if "licenses" in component:
            self._licenses.add_entitlements(component["licenses"], name, version, publisher, place, position)
        return written

    def _publisher(self, component: Mapping[str, object], place: str, position: int) -> str:
        """Its publisher, else its supplier, manufacturer or authors."""
        if _ANY_PARTY.isdisjoint(component):
            return ""
        for field in _PARTIES:
            value = component.get(field)
            if value is None:
                continue
            parties = value if isinstance(value, list) else [value]
            names = [party.get("name") if isinstance(party, dict) else party for party in parties]
            texts = [_party_name(self._found.text(name, field, place, position)) for name in names]
            if joined := ", ".join(dict.fromkeys(text for text in texts if text)):
                return joined
        return ""

    def _text(self, component: Mapping[str, object], field: str, place: str, position: int) -> str:
        """A field's text; the first where it stands there more than once, as XML can have it."""
        value = component.get(field)
        if value is None:
            return ""
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            self._defects.add(field, f"{locator(place, position)}/{field}", value[0])
            value = next(filter(None, map(str.strip, value)), "")
        return self._found.text(value, field, place, position)


def _kind(component: Mapping[str, object]) -> str:
    kind = component.get("type")
    return kind.strip().casefold() if isinstance(kind, str) else ""


_party_name = lru_cache(maxsize=4096)(party_name)
