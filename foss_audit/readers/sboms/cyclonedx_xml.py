# SPDX-License-Identifier: Apache-2.0
"""Reads CycloneDX SBOMs in XML as the document in the JSON shape that says the same."""

import re
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import Note, Source
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.sboms.cyclonedx import read_components
from foss_audit.readers.sboms.cyclonedx_shape import json_shape, strangers
from foss_audit.readers.xml_document import load_xml, root_of

NAME = "cyclonedx-xml"
DESCRIPTION = "CycloneDX SBOM in XML, 1.0 to 1.7"

_NAMESPACE = re.compile(r"https?://(?:www\.)?cyclonedx\.org/schema/bom/(.*)", re.IGNORECASE)


def recognises(head: Head) -> bool:
    """Whether the root element is a bom of CycloneDX, with or without a prefix, or a bom of components without a namespace."""
    root = root_of(head.text)
    if root is None or root.name != "bom":
        return False
    if root.namespace:
        return _NAMESPACE.fullmatch(root.namespace) is not None
    return "<components" in head.text and "<component" in head.text.replace("<components", "")


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every component, in document order, as far as the XML goes. Raises UnreadableFile where nothing can be read."""
    document = load_xml(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    named = _NAMESPACE.fullmatch(document.namespace)
    shape = json_shape(document.root)
    shape |= {"bomFormat": "CycloneDX", "specVersion": named[1].strip("/") if named else ""}
    device, notes = read_components(shape, found, takes_any_field=True)
    if named is None:
        notes += (Note(Source(file), message("The XML does not name the namespace of CycloneDX; read as far as it goes.")),)
    if left_out := strangers(document.root):
        what = message("Elements that are no components stand among them and were left out: {names}.", names=_list(left_out))
        notes += (Note(Source(file), what),)
    return found.reading(NAME, document.encoding, device, (*document.notes, *notes), document.damage)


def _list(names: tuple[str, ...]) -> str:
    shown = [name[:40] for name in names[:5]]
    return ", ".join([*shown, "…"] if len(names) > 5 else shown)
