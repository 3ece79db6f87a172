# SPDX-License-Identifier: Apache-2.0
"""The elements of an SPDX 3 document, found by their ids, and what relationships say between them. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

_TERMS = re.compile(r"https?://spdx\.org/rdf/3[\w.]*/terms/(\w+)/(\w+)$")
_NO_PREFIX = "Core"
_TELLING = frozenset({"hasconcludedlicense", "hasdeclaredlicense", "describes"})
_SOURCES = 100
_OF_COLLECTIONS = ("rootElement", "element")
_OF_RELATIONSHIPS = ("to", "from")
"""Fields in which documents hold elements themselves instead of their ids."""

PACKAGES = frozenset({"software_Package", "ai_AIPackage", "dataset_DatasetPackage"})
COLLECTIONS = frozenset({"SpdxDocument", "Bom", "software_Sbom", "Bundle"})

Element = Mapping[str, object]
Placed = tuple[str, int, Element]
"""Place, position and the element there."""


@dataclass(slots=True)
class Graph:
    """Elements by id, packages in document order, and the relationships that tell of licences and subjects."""

    packages: list[Placed] = field(default_factory=list)
    collections: list[Element] = field(default_factory=list)
    """Documents and the SBOMs in them."""
    by_id: dict[str, Element] = field(default_factory=dict)
    versions: set[str] = field(default_factory=set)
    """Of the format, as the elements state them."""
    broken: list[tuple[str, int]] = field(default_factory=list)
    """Where something stands that is no element."""
    related: dict[str, dict[str, list[object]]] = field(default_factory=dict)
    """Kind of relationship, to the id it comes from, to what it leads to."""

    def targets(self, kind: str, id: str) -> Sequence[object]:
        """What relationships of a kind lead to from the element with that id: ids, or elements themselves."""
        return self.related.get(kind, {}).get(id, ())

    def described(self) -> Iterator[object]:
        """What documents and SBOMs are said to describe; a file that describes a package makes it no subject."""
        for source, targets in self.related.get("describes", {}).items():
            if source not in self.by_id or type_of(self.by_id[source]) in COLLECTIONS:
                yield from targets

    def element(self, reference: object) -> Element | None:
        """The element that an id names, or that stands there itself; None where the document does not hold it."""
        if isinstance(reference, str):
            return self.by_id.get(reference)
        if not isinstance(reference, dict):
            return None
        element = plain(reference)
        return element if type_of(element) else self.by_id.get(id_of(element))


def graph_of(elements: Iterable[tuple[object, str, int]]) -> Graph:
    """The graph of a document's elements, each with its place; those that stand inside others come after them."""
    graph = Graph()
    for element, place, position in elements:
        nested = _take(element, place, position, graph)
        while nested:
            inner, inner_place, inner_position = nested.pop()
            nested.extend(_take(inner, inner_place, inner_position, graph))
    return graph


def id_of(element: Element) -> str:
    """An element's id, also of a blank node; '' where it has none."""
    for key in ("spdxId", "@id", "id"):
        id = element.get(key)
        if isinstance(id, str) and id:
            return id
    return ""


def type_of(element: Element) -> str:
    """`software_Package`, `Relationship` …, also where it is written as an address."""
    kind = element.get("type", element.get("@type"))
    if isinstance(kind, list):
        kind = kind[0] if kind else None
    return _short(kind) if isinstance(kind, str) else ""


def listed(value: object) -> Sequence[object]:
    """A value as a list: of nothing, one or several."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def plain(element: Mapping[str, object]) -> Element:
    """An element whose fields go by their short names."""
    if "spdxId" not in element and any("/" in key for key in element):
        return {_short(key): value for key, value in element.items()}
    return element


def _short(name: str) -> str:
    """`software_packageVersion` of `https://spdx.org/rdf/3.0.1/terms/Software/packageVersion`; other names as they are."""
    match = _TERMS.match(name) if "/" in name else None
    if match is None:
        return name
    return match[2] if match[1] == _NO_PREFIX else f"{match[1][0].lower()}{match[1][1:].lower()}_{match[2]}"


def _take(found: object, place: str, position: int, graph: Graph) -> list[tuple[object, str, int]]:
    """Files an element; returns those that stand in it, the last first."""
    if not isinstance(found, dict):
        graph.broken.append((place, position))
        return []
    element = plain(found)
    kind = type_of(element)
    for info in (element, element.get("creationInfo")):
        if isinstance(info, dict) and isinstance(version := info.get("specVersion"), str):
            graph.versions.add(version)
    if kind and (id := id_of(element)):
        graph.by_id.setdefault(id, element)
    if kind in PACKAGES:
        graph.packages.append((place, position, element))
    elif "relationshipType" in element:
        _relate(element, graph)
        return _nested(element, _OF_RELATIONSHIPS, place, position)
    elif kind in COLLECTIONS:
        graph.collections.append(element)
        return _nested(element, _OF_COLLECTIONS, place, position)
    return []


def _nested(element: Element, fields: Sequence[str], place: str, position: int) -> list[tuple[object, str, int]]:
    nested: list[tuple[object, str, int]] = []
    for key in fields:
        inner = element.get(key)
        if inner is None or isinstance(inner, str) or (isinstance(inner, list) and all(isinstance(one, str) for one in inner)):
            continue
        pointer = f"{place}{position}/{key}" if position >= 0 else f"{place}/{key}"
        if isinstance(inner, dict):
            nested.append((inner, pointer, -1))
        elif isinstance(inner, list):
            nested.extend((one, f"{pointer}/", number) for number, one in enumerate(inner) if isinstance(one, dict))
    nested.reverse()
    return nested


def _relate(element: Element, graph: Graph) -> None:
    kind = element["relationshipType"]
    short = _kind_of_relationship(kind) if isinstance(kind, str) else ""
    if short not in _TELLING:
        return
    by_source = graph.related.setdefault(short, {})
    # The format has one source; each of many would take all targets again.
    for source in listed(element.get("from"))[:_SOURCES]:
        id = id_of(plain(source)) if isinstance(source, dict) else source
        if isinstance(id, str):
            by_source.setdefault(id, []).extend(listed(element.get("to")))


@lru_cache(maxsize=256)
def _kind_of_relationship(written: str) -> str:
    """`hasdeclaredlicense` of `HAS_DECLARED_LICENSE`, as early tools write it, and of `hasDeclaredLicense`."""
    return _short(written).replace("_", "").casefold()
