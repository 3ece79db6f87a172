# SPDX-License-Identifier: Apache-2.0
"""The nodes of an SPDX document in RDF/XML, by type and by id. Pure.

Read from the guarded XML tree: the XML parser of the usual RDF library resolves entities. An RDF/XML file may tell of one node
in several places; what they say is taken together.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

_IDS = ("about", "ID", "nodeID")
_POINTERS = ("resource", "nodeID")
_DESCRIPTION = "Description"
_TYPE = "type"
_PLACES = 100
"""At how many places what is said of one node is looked for."""
_NOTHING = {"noassertion": "NOASSERTION", "none": "NONE"}

Node = tuple[Element, ...]
"""All elements that tell of a node."""


class Nodes:
    """Nodes of the document, by type and by id."""

    def __init__(self, root: Element) -> None:
        self._by_id: dict[str, list[Element]] = {}
        self._of_type: dict[str, list[Element]] = {}
        for element in root.iter():
            id = id_of(element)
            if id and element.tag[:1].isupper():
                self._by_id.setdefault(id, []).append(element)
            self._of_type.setdefault(type_of(element), []).append(element)

    def of_type(self, type: str) -> Iterator[tuple[str, Node]]:
        """Every node of a type once, in document order: its id ('' where it has none) and all elements that tell of it."""
        seen: set[str] = set()
        for element in self._of_type.get(type, ()):
            id = id_of(element)
            if not id:
                yield "", (element,)
            elif id not in seen:
                seen.add(id)
                yield id, tuple(self._by_id[id])

    def elements(self, id: str) -> Node:
        """The elements that tell of a node, as far as anybody would write."""
        return tuple(self._by_id.get(id, ())[:_PLACES])


def text_of(node: Node, field: str) -> str:
    """A field of a node that is a text, or an attribute for one; '' where it has none."""
    for element in node:
        if (text := element.get(field)) is not None:
            return text.strip()
        for child in element.iterfind(field):
            if child.text and child.text.strip():
                return child.text.strip()
            if address := child.get("resource"):
                return _nothing_or(address)
    return ""


def fields_of(node: Node, names: Mapping[str, str]) -> dict[str, object]:
    """Fields of a node that are texts, under the names of the JSON form."""
    return {json: text for rdf, json in names.items() if (text := text_of(node, rdf))}


def pointed_at(node: Node, field: str) -> Iterator[str]:
    """Ids of the nodes that a field leads to, whether they stand in it or elsewhere."""
    for child, pointer in properties(node, field):
        yield pointer or next((id for inner in child if (id := id_of(inner))), "")


def nodes_in(node: Node, field: str, nodes: Nodes) -> Iterator[Node]:
    """The nodes that a field leads to."""
    for child, pointer in properties(node, field):
        if pointer:
            yield nodes.elements(pointer)
        for inner in child:
            yield nodes.elements(id_of(inner)) or (inner,)


def fragment(id: str) -> str:
    """`SPDXRef-Package` of `https://example.org/document#SPDXRef-Package`."""
    return id.rpartition("#")[2]


def properties(node: Node, field: str) -> Iterator[tuple[Element, str]]:
    """The elements of a field, and the id that each points to; '' where what it leads to stands in it."""
    for element in node:
        for child in element.iterfind(field):
            yield child, next((value for name in _POINTERS if (value := child.get(name))), "")


def id_of(element: Element) -> str:
    """Id of a node; '' where it has none."""
    return next((value for name in _IDS if (value := element.get(name))), "")


def type_of(element: Element) -> str:
    """Type of a node, which is its tag or a property of it."""
    if element.tag != _DESCRIPTION:
        return element.tag
    type = element.find(_TYPE)
    return fragment(type.get("resource", "")) if type is not None else ""


def _nothing_or(address: str) -> str:
    last = fragment(address)
    return _NOTHING.get(last.casefold(), address)
