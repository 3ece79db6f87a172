# SPDX-License-Identifier: Apache-2.0
"""Reads CycloneDX SBOMs in JSON: a component is an entry, nested ones included; the document's subject is the device."""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import Note, SkipReason, Source
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import load_document, outline_of
from foss_audit.readers.sboms.statements import (
    NO_INSTALLATION,
    first_that_says,
    join_licenses,
    package_name,
    party_name,
    says_something,
)

NAME = "cyclonedx-json"
DESCRIPTION = "CycloneDX SBOM in JSON, 1.2 to 1.7"

_VERSIONS = frozenset({"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"})
_SUBJECT = "/metadata/component"


def recognises(head: Head) -> bool:
    """Whether the head is of a CycloneDX document in JSON, also where bomFormat is missing or comes late."""
    outline = outline_of(head.text)
    if outline is None:
        return False
    outer = outline.outer
    return (
        "bomFormat" in outer
        or "cyclonedx.org/schema/bom" in outline.values.get("/$schema", "")
        or ("specVersion" in outer and not outer.isdisjoint({"components", "metadata", "serialNumber"}))
        or (not outer.isdisjoint({"components", "metadata"}) and "bom-ref" in outline.keys)
    )


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every component, in document order. Raises UnreadableFile where the JSON is damaged."""
    document = load_document(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    device = _read_subject(document.root, found)
    _read_components(document.root.get("components"), "/components", found)
    return found.reading(NAME, document.encoding, device, (*document.notes, *_format_notes(document.root, file)))


def _format_notes(root: Mapping[str, object], file: str) -> tuple[Note, ...]:
    notes = []
    if root.get("bomFormat") != "CycloneDX":
        notes.append(message("bomFormat is not CycloneDX as the format demands; read as far as it goes."))
    if root.get("specVersion") not in _VERSIONS:
        notes.append(message("The version of the CycloneDX format is missing or not known; read as far as it goes."))
    return tuple(Note(Source(file), note) for note in notes)


def _read_subject(root: Mapping[str, object], found: EntryCollector) -> str | None:
    """What the document describes: its name is the device; it is an entry itself where it is software."""
    metadata = root.get("metadata")
    subject = metadata.get("component") if isinstance(metadata, dict) else None
    if subject is None:
        return None
    if not isinstance(subject, dict):
        found.problem(_SUBJECT, NO_POSITION, message("What the SBOM describes is no JSON object; correct it in the export."))
        return None
    if not subject:
        found.skip(_SUBJECT, NO_POSITION, SkipReason.BLANK)
        return None
    if _kind(subject) in NO_INSTALLATION:
        found.skip(_SUBJECT, NO_POSITION, SkipReason.DESCRIBES_DEVICE)
    else:
        _read_component(subject, _SUBJECT, NO_POSITION, found)
    _read_components(subject.get("components"), f"{_SUBJECT}/components", found)
    name = subject.get("name")
    return (name.strip() or None) if isinstance(name, str) else None


def _kind(component: Mapping[str, object]) -> str:
    kind = component.get("type")
    return kind.strip().casefold() if isinstance(kind, str) else ""


def _read_components(components: object, pointer: str, found: EntryCollector) -> None:
    """A list of components and all lists nested in it, each component before its parts; a loop, for no depth is too much."""
    if components is None:
        return
    if not isinstance(components, list):
        found.problem(pointer, NO_POSITION, message("The components are no list and were not read; correct it in the export."))
        return
    levels = [(f"{pointer}/", enumerate(components))]
    while levels:
        place, remaining = levels[-1]
        for position, component in remaining:
            _read_component(component, place, position, found)
            nested = component.get("components") if isinstance(component, dict) else None
            if isinstance(nested, list):
                levels.append((f"{place}{position}/components/", enumerate(nested)))
                break
            if nested is not None:
                _read_components(nested, f"{place}{position}/components", found)
        else:
            levels.pop()


def _read_component(component: object, place: str, position: int, found: EntryCollector) -> None:
    if not isinstance(component, dict):
        found.problem(place, position, message("This component is no JSON object; correct it in the export."))
        return

    def text(field: str) -> str:
        return found.text(component.get(field), field, place, position)

    name = text("name")
    if not name:
        found.problem(place, position, message("This component has no name; add it in the export."))
        return
    purl = text("purl")
    found.add(
        name=package_name(name, text("group"), purl),
        version=text("version"),
        publisher=_publisher(component, place, position, found),
        license=_license(component, place, position, found),
        purl=purl,
        place=place,
        position=position,
    )


def _publisher(component: Mapping[str, object], place: str, position: int, found: EntryCollector) -> str:
    """Its publisher, else its supplier, manufacturer or authors."""
    for field in ("publisher", "supplier", "manufacturer", "author", "authors"):
        value = component.get(field)
        if value is None:
            continue
        parties = value if isinstance(value, list) else [value]
        names = [party.get("name") if isinstance(party, dict) else party for party in parties]
        texts = [party_name(found.text(name, field, place, position)) for name in names]
        if joined := ", ".join(dict.fromkeys(text for text in texts if text)):
            return joined
    return ""


def _license(component: Mapping[str, object], place: str, position: int, found: EntryCollector) -> str:
    """The concluded licences, else the declared ones, else those that the evidence shows."""
    stated = component.get("licenses")
    declared = _chosen(stated, place, position, found) if stated is not None else ""
    evidence = component.get("evidence")
    if says_something(declared) or not isinstance(evidence, dict) or evidence.get("licenses") is None:
        return declared
    return first_that_says((declared, _chosen(evidence["licenses"], place, position, found)))


def _chosen(licenses: object, place: str, position: int, found: EntryCollector) -> str:
    if not isinstance(licenses, list):
        found.note(place, position, message("The licenses are no list and were read as far as they go."))
        licenses = [licenses]
    by_acknowledgement: dict[bool, list[str]] = {True: [], False: []}
    for choice in licenses:
        text, concluded = _license_choice(choice, place, position, found)
        by_acknowledgement[concluded].append(text)
    return first_that_says((join_licenses(by_acknowledgement[True]), join_licenses(by_acknowledgement[False])))


def _license_choice(choice: object, place: str, position: int, found: EntryCollector) -> tuple[str, bool]:
    """An element of a licences list as text, and whether somebody concluded it."""
    if isinstance(choice, str):
        found.note(place, position, message("A license is bare text where the format has an object; it was read as a name."))
        return found.text(choice, "licenses", place, position), False
    if not isinstance(choice, dict):
        found.note(place, position, message("A license is neither object nor text and was left out."))
        return "", False
    license = choice.get("license")
    parts = [choice.get("expression")]
    concluded = choice.get("acknowledgement") == "concluded"
    if isinstance(license, dict):
        concluded = concluded or license.get("acknowledgement") == "concluded"
        parts.append(_license_name(license))
    else:
        parts.append(license)
    return join_licenses(found.text(part, "licenses", place, position) for part in parts if part is not None), concluded


def _license_name(license: Mapping[str, object]) -> object:
    """Its id, else its name, else its address, else the first line of its text."""
    for field in ("id", "name", "url"):
        if value := license.get(field):
            return value
    return _first_line(license.get("text"))


def _first_line(attachment: object) -> str | None:
    content = attachment.get("content") if isinstance(attachment, dict) else attachment
    if not isinstance(content, str):
        return None
    if isinstance(attachment, dict) and attachment.get("encoding") == "base64":
        try:
            content = base64.b64decode(content).decode("utf-8", errors="replace")
        except (binascii.Error, ValueError):
            return None
    return next((line.strip() for line in content.splitlines() if line.strip()), None)
