# SPDX-License-Identifier: Apache-2.0
"""Reads CycloneDX SBOMs in JSON: a component is an entry, nested ones included; the document's subject is the device."""

from collections.abc import Mapping
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import load_document, outline_of
from foss_audit.readers.sboms.cyclonedx import read_components

NAME = "cyclonedx-json"
DESCRIPTION = "CycloneDX SBOM in JSON, 1.2 to 1.7, also in attestations"

_ENVELOPE = "predicate"
"""Key under which an attestation holds the document."""


def recognises(head: Head) -> bool:
    """Whether the head is of a CycloneDX document in JSON, bare or attested, also where bomFormat is missing or comes late."""
    outline = outline_of(head.text)
    if outline is None:
        return False
    outer = outline.outer
    return (
        "bomFormat" in outer
        or f"/{_ENVELOPE}/bomFormat" in outline.values
        or "cyclonedx.org/schema/bom" in outline.values.get("/$schema", "")
        or ("specVersion" in outer and not outer.isdisjoint({"components", "metadata", "serialNumber"}))
        or (not outer.isdisjoint({"components", "metadata"}) and "bom-ref" in outline.keys)
    )


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every component, in document order. Raises UnreadableFile where the JSON is damaged."""
    document = load_document(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    root, pointer = _opened(document.root)
    device, notes = read_components(root, found, pointer)
    return found.reading(NAME, document.encoding, device, (*document.notes, *notes), document.damage)


def _opened(document: Mapping[str, object]) -> tuple[Mapping[str, object], str]:
    """The document itself, out of its attestation where it is in one, and the pointer to it."""
    inner = document.get(_ENVELOPE)
    if isinstance(inner, dict) and document.keys().isdisjoint(("bomFormat", "components")):
        return inner, f"/{_ENVELOPE}"
    return document, ""
