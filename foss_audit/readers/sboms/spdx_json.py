# SPDX-License-Identifier: Apache-2.0
"""Reads SPDX 2 SBOMs in JSON, bare or in an envelope."""

from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import load_document, outline_of
from foss_audit.readers.sboms.spdx import ENVELOPES, format_notes, listed_packages, opened, read_packages

NAME = "spdx-json"
DESCRIPTION = "SPDX SBOM in JSON, 2.0 to 2.3, also as GitHub exports it and in attestations"


def recognises(head: Head) -> bool:
    """Whether the head is of an SPDX 2 document in JSON, bare or in an envelope, also where spdxVersion comes late."""
    outline = outline_of(head.text)
    if outline is None:
        return False
    values = outline.values
    for pointer in ("", *(f"/{key}" for key in ENVELOPES)):
        version = values.get(f"{pointer}/spdxVersion")
        if version is None and pointer == "/Document":
            version = values.get("/Document/specVersion")
        if version is not None:
            return not version.startswith("SPDX-3")
    outer = outline.outer
    if outer in ({"sbom"}, {"Document"}):
        outer = frozenset(path.rpartition("/")[2] for path in values if path.count("/") == 2)
    return "SPDXID" in outline.keys and not outer.isdisjoint({"SPDXID", "packages", "files"})


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every package, in document order. Raises UnreadableFile where the JSON is damaged."""
    document = load_document(path, file, context.limits)
    root, pointer = opened(document.root)
    found = EntryCollector(file, context.limits)
    device = read_packages(root, listed_packages(root, pointer, found), found)
    return found.reading(NAME, document.encoding, device, (*document.notes, *format_notes(root, file)), document.damage)
