# SPDX-License-Identifier: Apache-2.0
"""Reads SPDX 2 SBOMs in XML, the form that the SPDX tools write beside RDF."""

from pathlib import Path
from xml.etree.ElementTree import Element

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import Source
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.sboms.spdx import format_notes, listed_packages, read_packages
from foss_audit.readers.xml_document import load_xml, root_of

NAME = "spdx-xml"
DESCRIPTION = "SPDX SBOM in XML (root element Document), 2.1 to 2.3"

_ROOT = "Document"
_OUTER_ROOT = "SpdxDocument"
_TELLING = ("<spdxVersion>", "<SPDXID>", "<specVersion>SPDX-", "<documentNamespace>", "<dataLicense>")
_LISTED = frozenset({"packages", "relationships", "hasExtractedLicensingInfos", "extractedLicenseInfos", "documentDescribes"})
_LISTS = frozenset({"externalRefs", "licenseInfoFromFiles"})
"""Fields of a package that are lists, however often they stand there."""
_DEPTH = 3
"""Of what is read: a described package, its references, their fields."""


def recognises(head: Head) -> bool:
    """Whether the outermost element is that of an SPDX document, and elements of one stand in it."""
    root = root_of(head.text)
    return root is not None and root.name in (_ROOT, _OUTER_ROOT) and any(tag in head.text for tag in _TELLING)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every package, in document order. Raises UnreadableFile where nothing of the XML can be read."""
    document = load_xml(path, file, context.limits)
    inner = document.root if document.root.tag == _ROOT else document.root.find(_ROOT)
    if inner is None:
        raise UnreadableFile(message("There is no SPDX document in this XML; export it again."), Source(file))
    found = EntryCollector(file, context.limits)
    root = _root(inner)
    device = read_packages(root, listed_packages(root, "", found), found)
    return found.reading(NAME, document.encoding, device, (*document.notes, *format_notes(root, file)), document.damage)


def _root(document: Element) -> dict[str, object]:
    """What the core reads of a document, in the shape of JSON; files and snippets are left out."""
    root: dict[str, object] = {}
    for element in document:
        if element.tag in _LISTED:
            values = root.setdefault(element.tag, [])
            if isinstance(values, list):
                # A package is never only a text: where it holds nothing, it lacks its name.
                values.append({} if element.tag == "packages" and not len(element) else _value(element, _DEPTH))
        elif not len(element):
            root.setdefault(element.tag, _text(element))
    return root


def _value(element: Element, depth: int) -> object:
    """An object of what stands in the element; of one without others, its text."""
    if not len(element) or not depth:
        return _text(element)
    value: dict[str, object] = {}
    for child in element:
        part = _value(child, depth - 1)
        if child.tag in _LISTS:
            values = value.setdefault(child.tag, [])
            if isinstance(values, list):
                values.append(part)
        else:
            value.setdefault(child.tag, part)
    return value


def _text(element: Element) -> str:
    return (element.text or "").strip()
