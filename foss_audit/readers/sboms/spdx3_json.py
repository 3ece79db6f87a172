# SPDX-License-Identifier: Apache-2.0
"""Reads SPDX 3 SBOMs in JSON-LD: a package is an entry; the root that the document or its SBOM names is the device."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import LicenseOrigin, Note, SkipReason, Source
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import load_document, outline_of
from foss_audit.readers.sboms.spdx import UNSAID, kind_of
from foss_audit.readers.sboms.spdx3_graph import Element, Graph, graph_of, id_of, listed, plain, type_of
from foss_audit.readers.sboms.spdx3_licenses import LicenseTexts
from foss_audit.readers.sboms.statements import NO_INSTALLATION, first_stated, party_name

NAME = "spdx3-json"
DESCRIPTION = "SPDX 3 SBOM in JSON-LD, 3.0.0 and 3.0.1"

_CONTEXT = "https://spdx.org/rdf/3"
_KINDS = {"ai_AIPackage": "machine-learning-model", "dataset_DatasetPackage": "data"}
"""Types of packages that tell what they hold."""
_HOSTS = NO_INSTALLATION | {"disk-image", "filesystem-image"}
_PURLS = frozenset({"packageurl", "purl"})
_LICENSES = {"hasconcludedlicense": LicenseOrigin.CONCLUDED, "hasdeclaredlicense": LicenseOrigin.DECLARED}
"""Relationships that give a package its licence, the one that says more first."""


def recognises(head: Head) -> bool:
    """Whether the head is of a JSON-LD document in SPDX's context, or of elements with the ids of SPDX 3."""
    outline = outline_of(head.text)
    if outline is None:
        return False
    outer = outline.outer
    if "@context" not in outer and "@graph" not in outer:
        return False
    if outline.values.get("/@context", "").startswith(_CONTEXT):
        return True
    return "spdxId" in outline.keys and not outline.keys.isdisjoint({"creationInfo", "relationshipType", "specVersion"})


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every package, in document order. Raises UnreadableFile where the JSON is damaged."""
    document = load_document(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    graph = _graph(document.root, found)
    device = _read_packages(graph, found)
    return found.reading(NAME, document.encoding, device, (*document.notes, *_format_notes(graph, file)), document.damage)


def _graph(root: Element, found: EntryCollector) -> Graph:
    """Of the elements under @graph, else of the one element that the document is."""
    elements = root.get("@graph")
    if elements is None:
        return graph_of([(root, "", NO_POSITION)])
    if isinstance(elements, dict):
        return graph_of([(elements, "/@graph", NO_POSITION)])
    if not isinstance(elements, list):
        found.problem("/@graph", NO_POSITION, message("The elements are no list and were not read; correct it in the export."))
        return Graph()
    return graph_of((element, "/@graph/", position) for position, element in enumerate(elements))


def _format_notes(graph: Graph, file: str) -> tuple[Note, ...]:
    if graph.versions and all(version.startswith("3.0") for version in graph.versions):
        return ()
    return (Note(Source(file), message("The version of the SPDX format is missing or not known; read as far as it goes.")),)


def _read_packages(graph: Graph, found: EntryCollector) -> str | None:
    """Every package; returns the name of what the document describes."""
    for place, position in graph.broken:
        found.problem(place, position, message("This element is no JSON object; correct it in the export."))
    roots = _roots(graph)
    licenses = LicenseTexts(graph)
    for id, text in licenses.texts():
        found.license_text(id, text, "/@graph", NO_POSITION)
    hosts: list[str] = []
    subjects: list[str] = []
    for place, position, element in graph.packages:
        if id_of(element) in roots:
            is_host = _is_host(element)
            (hosts if is_host else subjects).append(found.text(element.get("name"), "name", place, position))
            if is_host:
                found.skip(place, position, SkipReason.DESCRIBES_DEVICE)
                continue
        _read_package(element, place, position, graph, licenses, found)
    # Several subjects of one kind name no device: the file's own name has to do.
    candidates = hosts or subjects
    return candidates[0] or None if len(candidates) == 1 else None


def _roots(graph: Graph) -> frozenset[str]:
    """Ids of what the document describes, through the SBOMs that it holds."""
    waiting: list[object] = list(graph.described())
    for collection in graph.collections:
        waiting.extend(listed(collection.get("rootElement")))
    return frozenset(id for reference in waiting if (id := id_of(reference) if isinstance(reference, dict) else str(reference)))


def _is_host(element: Element) -> bool:
    """Whether a subject is what software is installed on."""
    purposes = [element.get("software_primaryPurpose"), *listed(element.get("software_additionalPurpose"))]
    kind = next((kind for purpose in purposes if (kind := kind_of(purpose))), _KINDS.get(type_of(element), ""))
    return kind in _HOSTS


def _read_package(
    element: Element, place: str, position: int, graph: Graph, licenses: LicenseTexts, found: EntryCollector
) -> None:
    name = found.text(element.get("name"), "name", place, position)
    if not name:
        found.problem(place, position, message("This package has no name; add it in the export."))
        return
    id = id_of(element)
    version = found.text(element.get("software_packageVersion"), "software_packageVersion", place, position)
    license, origin = first_stated((licenses.of_package(kind, id), origin) for kind, origin in _LICENSES.items())
    found.add(
        name=name,
        version="" if version in UNSAID else version,
        publisher=_party(element, "suppliedBy", graph) or _party(element, "originatedBy", graph),
        license=found.text(license, "licenses", place, position),
        purl=_purl(element, graph, place, position, found),
        place=place,
        position=position,
        license_origin=origin,
    )


def _party(element: Element, field: str, graph: Graph) -> str:
    agents = (graph.element(reference) for reference in listed(element.get(field)))
    names = (agent.get("name") for agent in agents if agent is not None)
    parties = [party_name(name) for name in names if isinstance(name, str)]
    return ", ".join(dict.fromkeys(party for party in parties if party))


def _purl(element: Element, graph: Graph, place: str, position: int, found: EntryCollector) -> str:
    stated = element.get("software_packageUrl")
    if stated is not None:
        return found.text(stated, "software_packageUrl", place, position)
    return next((identifier for identifier in _purls(listed(element.get("externalIdentifier")), graph)), "")


def _purls(references: Sequence[object], graph: Graph) -> Iterator[str]:
    for reference in references:
        identifier = plain(reference) if isinstance(reference, dict) else graph.element(reference)
        if identifier is None:
            continue
        kind, text = identifier.get("externalIdentifierType"), identifier.get("identifier")
        if isinstance(kind, str) and kind.rpartition("/")[2].casefold() in _PURLS and isinstance(text, str):
            yield text.strip()
