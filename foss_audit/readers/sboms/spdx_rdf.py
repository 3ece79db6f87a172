# SPDX-License-Identifier: Apache-2.0
"""Reads SPDX 2 SBOMs in RDF/XML."""

import re
from collections.abc import Iterator
from pathlib import Path

from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.sboms.spdx import Listed, format_notes, read_packages
from foss_audit.readers.sboms.spdx_rdf_graph import Node, Nodes, fields_of, fragment, nodes_in, pointed_at, text_of
from foss_audit.readers.sboms.spdx_rdf_licenses import RdfLicenses
from foss_audit.readers.xml_document import load_xml, root_of

NAME = "spdx-rdf"
DESCRIPTION = "SPDX SBOM in RDF/XML, 1.0 to 2.3"

_TERMS = "http://spdx.org/rdf/terms"
_ROOTS = frozenset({"RDF", "SpdxDocument"})
_TELLING = re.compile(r"<(?:\w+:)?(?:SpdxDocument|Package|File|Snippet|ExtractedLicensingInfo)[\s>]|terms#Package\b")
_NO_INVENTORY = ("owl:Ontology", "owl:Class")
_FIELDS = {"name": "name", "versionInfo": "versionInfo", "supplier": "supplier", "originator": "originator"}
_PURPOSE = "purpose_"
_DESCRIBES = "relationshipType_describes"


def recognises(head: Head) -> bool:
    """Whether the outermost element is of RDF or SPDX, and the terms of SPDX 1 and 2 are used in it, not defined."""
    text = head.text
    root = root_of(text)
    return (
        root is not None
        and root.name in _ROOTS
        and _TERMS in text
        and _TELLING.search(text) is not None
        and not any(word in text for word in _NO_INVENTORY)
    )


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every package, in document order. Raises UnreadableFile where nothing of the XML can be read."""
    document = load_xml(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    nodes = Nodes(document.root)
    root = _root(nodes)
    device = read_packages(root, _packages(nodes), found)
    return found.reading(NAME, document.encoding, device, (*document.notes, *format_notes(root, file)), document.damage)


def _root(nodes: Nodes) -> dict[str, object]:
    """What the core reads of a document, in the shape of JSON."""
    root: dict[str, object] = {}
    described: list[str] = []
    for _, node in nodes.of_type("SpdxDocument"):
        root.setdefault("spdxVersion", text_of(node, "specVersion"))
        described.extend(fragment(id) for id in pointed_at(node, "describesPackage"))
        for relationship in nodes_in(node, "relationship", nodes):
            if fragment(text_of(relationship, "relationshipType")) == _DESCRIBES:
                described.extend(fragment(id) for id in pointed_at(relationship, "relatedSpdxElement"))
    root["documentDescribes"] = described
    root["hasExtractedLicensingInfos"] = [
        {
            "licenseId": text_of(node, "licenseId") or fragment(id),
            "name": text_of(node, "name"),
            "extractedText": text_of(node, "extractedText"),
        }
        for id, node in nodes.of_type("ExtractedLicensingInfo")
    ]
    return root


def _packages(nodes: Nodes) -> Iterator[Listed]:
    """Each package at its id, or at its number where it has none."""
    licenses = RdfLicenses(nodes)
    for number, (id, node) in enumerate(nodes.of_type("Package")):
        place, position = (f"#{fragment(id)}", NO_POSITION) if id else ("/packages/", number)
        for part in _told_apart(node):
            yield place, position, _package(id, part, nodes, licenses)


def _told_apart(node: Node) -> tuple[Node, ...]:
    """A node as one package, or as several where different names go by its id."""
    names = {name for element in node if (name := text_of((element,), "name"))}
    return (node,) if len(names) < 2 else tuple((element,) for element in node)


def _package(id: str, node: Node, nodes: Nodes, licenses: RdfLicenses) -> dict[str, object]:
    package = fields_of(node, _FIELDS)
    package["SPDXID"] = fragment(id)
    package["licenseConcluded"] = licenses.joined(node, "licenseConcluded")
    package["licenseDeclared"] = licenses.joined(node, "licenseDeclared")
    package["licenseInfoFromFiles"] = licenses.all(node, "licenseInfoFromFiles")
    package["primaryPackagePurpose"] = fragment(text_of(node, "primaryPackagePurpose")).removeprefix(_PURPOSE)
    package["externalRefs"] = [
        {"referenceType": text_of(reference, "referenceType"), "referenceLocator": text_of(reference, "referenceLocator")}
        for reference in nodes_in(node, "externalRef", nodes)
    ]
    return package
