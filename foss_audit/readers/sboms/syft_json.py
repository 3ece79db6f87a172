# SPDX-License-Identifier: Apache-2.0
"""Reads Syft's own JSON: an artifact is an entry; what Syft scanned is the device."""

from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import LicenseOrigin
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import load_document, outline_of
from foss_audit.readers.sboms.statements import NO_NAMES, first_stated, join_all, party_name, string_of, text_alone

NAME = "syft-json"
DESCRIPTION = "Syft JSON, all schema versions (syft -o json)"

_ARTIFACTS = "/artifacts"
_KEYS_OF_ARTIFACTS = frozenset({"foundBy", "cpes", "metadataType", "purl", "locations"})
_ROOT_KEYS = frozenset({"artifactRelationships", "source", "distro", "descriptor", "schema"})
_PUBLISHERS = ("vendor", "maintainer", "publisher", "author", "companyName", "CompanyName")
"""Fields of an artifact's metadata that name who made the package, by the kind of package."""


def recognises(head: Head) -> bool:
    """Whether the head is of a document of Syft, also where only its artifacts are seen."""
    outline = outline_of(head.text)
    if outline is None or "artifacts" not in outline.outer:
        return False
    known = outline.keys & _KEYS_OF_ARTIFACTS
    return "foundBy" in known or len(known) > 2 or outline.outer >= {"source", "descriptor"} or outline.outer >= _ROOT_KEYS


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every artifact, in document order. Raises UnreadableFile where the JSON is damaged."""
    document = load_document(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    artifacts = document.root.get("artifacts")
    if isinstance(artifacts, list):
        for position, artifact in enumerate(artifacts):
            _read_artifact(artifact, position, found)
    elif artifacts is not None:
        found.problem(
            _ARTIFACTS, NO_POSITION, message("The artifacts are no list and were not read; run Syft again with -o json.")
        )
    return found.reading(NAME, document.encoding, _device(document.root.get("source")), document.notes, document.damage)


def _device(source: object) -> str | None:
    """The image, folder or file that was scanned, by the name a person gave it where there is one."""
    if not isinstance(source, dict):
        return None
    name, target = string_of(source.get("name")), source.get("target")
    input_of_user = string_of(target)
    for part in (source.get("metadata"), target):
        if isinstance(part, dict):
            input_of_user = input_of_user or string_of(part.get("userInput")) or string_of(part.get("path"))
    # Syft shortens an image to its bare name there; a name of one's own is no part of the image's.
    device = input_of_user if source.get("type") == "image" and name in input_of_user else name or input_of_user
    return None if device in NO_NAMES else device


def _read_artifact(artifact: object, position: int, found: EntryCollector) -> None:
    place = f"{_ARTIFACTS}/"
    if not isinstance(artifact, dict):
        found.problem(place, position, message("This package is no JSON object; correct it in the export."))
        return

    def text(field: str) -> str:
        return found.text(artifact.get(field), field, place, position)

    name = text("name")
    if not name:
        found.problem(place, position, message("This package has no name; add it in the export."))
        return
    license, origin = _license(artifact.get("licenses"), place, position, found)
    found.add(
        name=name,
        version=text("version"),
        publisher=_publisher(artifact.get("metadata")),
        license=license,
        purl=text("purl"),
        place=place,
        position=position,
        license_origin=origin,
    )


def _publisher(metadata: object) -> str:
    if not isinstance(metadata, dict):
        return ""
    names = (party_name(string_of(metadata.get(field))) for field in _PUBLISHERS)
    return next((name for name in names if name), "")


def _license(licenses: object, place: str, position: int, found: EntryCollector) -> tuple[str, LicenseOrigin]:
    """The concluded licences, else the declared ones; plain texts, as before schema 9, are declared."""
    if licenses is None:
        return "", LicenseOrigin.DECLARED
    if not isinstance(licenses, list):
        found.note(place, position, message("The licenses are no list and were read as far as they go."))
        licenses = [licenses]
    stated: dict[LicenseOrigin, list[str]] = {LicenseOrigin.CONCLUDED: [], LicenseOrigin.DECLARED: []}
    for license in licenses:
        concluded = isinstance(license, dict) and license.get("type") == "concluded"
        origin = LicenseOrigin.CONCLUDED if concluded else LicenseOrigin.DECLARED
        stated[origin].append(_license_text(license, place, position, found))
    return first_stated((join_all(texts), origin) for origin, texts in stated.items())


def _license_text(license: object, place: str, position: int, found: EntryCollector) -> str:
    """Its SPDX expression, else its value, else what its text alone tells, else its first address."""
    if not isinstance(license, dict):
        return found.text(license, "licenses", place, position)
    for field in ("spdxExpression", "value", "fullText", "contents", "urls"):
        value = license.get(field)
        if isinstance(value, list):
            value = value[0] if value else None
        text = found.text(value, "licenses", place, position)
        if text:
            return text_alone(text)
    return ""
