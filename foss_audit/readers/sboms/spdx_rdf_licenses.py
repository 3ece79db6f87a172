# SPDX-License-Identifier: Apache-2.0
"""Licences of an SPDX document in RDF as expressions. Pure."""

from xml.etree.ElementTree import Element

from foss_audit.readers.sboms.spdx_rdf_graph import Node, Nodes, fragment, id_of, properties, text_of, type_of
from foss_audit.readers.sboms.statements import join_all, join_parts

_DEPTH = 40
_SETS = {"ConjunctiveLicenseSet": "AND", "DisjunctiveLicenseSet": "OR"}
_OPERATORS = frozenset({*_SETS, "OrLaterOperator", "WithExceptionOperator"})
_NOTHING = {"noassertion": "NOASSERTION", "none": "NONE"}


class RdfLicenses:
    """Licences of a document; one that stands elsewhere is read once, however often it is pointed at."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._read: dict[str, str] = {}

    def joined(self, node: Node, field: str) -> str:
        """What a field leads to, as an expression; '' where it leads to nothing."""
        return join_all(self.all(node, field))

    def all(self, node: Node, field: str) -> list[str]:
        """Every licence that a field leads to."""
        return [self._license(property, pointer, _DEPTH) for property, pointer in properties(node, field)]

    def _license(self, property: Element, pointer: str, depth: int) -> str:
        """A licence by an address, by a node elsewhere, by a node in it, or by a text."""
        if not depth:
            return ""
        if pointer:
            known = self._read.get(pointer)
            if known is None:
                self._read[pointer] = ""  # whatever leads back to itself says nothing
                known = self._read[pointer] = self._elsewhere(pointer, depth)
            return known
        for node in property:
            return self._node(node, depth)
        return (property.text or "").strip()

    def _elsewhere(self, pointer: str, depth: int) -> str:
        elements = self._nodes.elements(pointer)
        return self._node(elements[0], depth) if elements and type_of(elements[0]) in _OPERATORS else _named_by(pointer)

    def _node(self, node: Element, depth: int) -> str:
        type = type_of(node)
        if type not in _OPERATORS:
            return text_of((node,), "licenseId") or _named_by(id_of(node))
        members = [self._license(member, pointer, depth - 1) for member, pointer in properties((node,), "member")]
        if type in _SETS:
            # RDF knows no order of members.
            return join_parts(sorted(members), _SETS[type])
        license = members[0] if members else ""
        if type == "OrLaterOperator":
            return f"{license}+" if license and " " not in license else license
        exception = _exception(node)
        return f"{license} WITH {exception}" if license and exception else ""


def _exception(node: Element) -> str:
    for property, pointer in properties((node,), "licenseException"):
        if pointer:
            return _named_by(pointer)
        for inner in property:
            return text_of((inner,), "licenseExceptionId") or _named_by(id_of(inner))
    return ""


def _named_by(address: str) -> str:
    """`MIT` of `http://spdx.org/licenses/MIT`, `LicenseRef-1` of an id in the document, `NOASSERTION`."""
    last = fragment(address).rstrip("/").rpartition("/")[2]
    return _NOTHING.get(last.casefold(), last.removesuffix(".html"))
