# SPDX-License-Identifier: Apache-2.0
"""Licences of SPDX 3 as expressions: simple ones, and those built of parts. Pure."""

from collections import ChainMap
from collections.abc import Iterator, Mapping

from foss_audit.readers.sboms.spdx3_graph import Element, Graph, id_of, listed, type_of
from foss_audit.readers.sboms.statements import join_parts, reference_name, reference_names, resolve_references, string_of

_DEPTH = 40
_REFERENCE = "LicenseRef-"
_EXPRESSION = "simplelicensing_licenseExpression"
_TEXT = "simplelicensing_licenseText"
_MEMBERS = "expandedlicensing_member"
_SUBJECT = "expandedlicensing_subjectLicense"
_EXTENDABLE = "expandedlicensing_subjectExtendableLicense"
_ADDITION = "expandedlicensing_subjectAddition"
_INDIVIDUAL = "expandedlicensing_"
"""Before the names of the two below, where the context of the document shortens their addresses."""
_NONE, _NO_ASSERTION = "NONE", "NOASSERTION"
_LISTED_AT = ("://spdx.org/licenses/", "://spdx.org/licences/")
_NOTHING = {
    "nonelicense": _NONE,
    "none": _NONE,
    "noassertionlicense": _NO_ASSERTION,
    "noassertion": _NO_ASSERTION,
    "noassertionelement": _NO_ASSERTION,
    "noneelement": _NONE,
}
"""Last parts of ids, in lower case, by which a document says that there is no licence or that it does not say which."""


class LicenseTexts:
    """Licences of a document by what refers to them; each is read once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._read: dict[str, str] = {}
        ids = ((id, element) for id, element in graph.by_id.items() if _REFERENCE in id)
        self._custom = reference_names((id[id.find(_REFERENCE) :], _called("", element)) for id, element in ids)
        """What licences are called whose address ends in the id that expressions use."""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every licence text that the document brings along, by the id or name that it has there."""
        for id, element in self._graph.by_id.items():
            if text := string_of(element.get(_TEXT)):
                yield (id[id.find(_REFERENCE) :] if _REFERENCE in id else string_of(element.get("name")) or id), text

    def of_package(self, kind: str, id: str) -> str:
        """What the relationships of that kind give a package; several licences hold together."""
        targets = self._graph.targets(kind, id)
        return join_parts([self.text(target) for target in targets], "AND") if targets else ""

    def text(self, reference: object, depth: int = _DEPTH) -> str:
        """An id or a licence itself as text; '' where it holds none."""
        if not isinstance(reference, str):
            element = self._graph.element(reference)
            if element is not None:
                return self._element_text(element, depth)
            id = id_of(reference) if isinstance(reference, dict) else ""
            return _named_by(id) if id else ""
        known = self._read.get(reference)
        if known is None:
            self._read[reference] = ""  # whatever leads back to itself says nothing
            element = self._graph.by_id.get(reference)
            known = _named_by(reference) if element is None else self._element_text(element, depth)
            self._read[reference] = known
        return known

    def _element_text(self, element: Element, depth: int) -> str:
        if not depth:
            return ""
        expression = element.get(_EXPRESSION)
        if isinstance(expression, str):
            return (
                resolve_references(expression.strip(), self._names(element)) if _REFERENCE in expression else expression.strip()
            )
        kind = type_of(element)
        members = listed(element.get(_MEMBERS))
        if members:
            parts = [self.text(member, depth - 1) for member in members]
            return join_parts(parts, "OR" if "Disjunctive" in kind else "AND")
        if subject := element.get(_SUBJECT):
            license = self.text(subject, depth - 1)
            return f"{license}+" if license and " " not in license else license
        if subject := element.get(_EXTENDABLE):
            return self._with_addition(self.text(subject, depth - 1), self.text(element.get(_ADDITION), depth - 1))
        return _own_text(element)

    @staticmethod
    def _with_addition(license: str, addition: str) -> str:
        return f"{license} WITH {addition}" if license and addition else ""

    def _names(self, element: Element) -> Mapping[str, str]:
        """What the expression's own ids are called by the licences that it refers them to."""
        names: dict[str, str] = {}
        for entry in listed(element.get("simplelicensing_customIdToUri")):
            if not isinstance(entry, dict):
                continue
            id, uri = entry.get("key"), entry.get("value")
            custom = self._graph.by_id.get(uri) if isinstance(uri, str) else None
            if isinstance(id, str) and custom is not None and (called := _called(id, custom)):
                names[id] = called
        return ChainMap(names, self._custom)


def _own_text(element: Element) -> str:
    """What a licence that is no expression is called: its id on the SPDX list, its name, its text."""
    id = id_of(element)
    if said := _NOTHING.get(_last(id)):
        return said
    if any(address in id for address in _LISTED_AT):
        return _listed_id(id)
    name = string_of(element.get("name")) or string_of(element.get("expandedlicensing_licenseId"))
    reference = id[id.find(_REFERENCE) :] if _REFERENCE in id else ""
    return _called(reference, element) or reference or name


def _called(id: str, element: Element) -> str:
    return reference_name(id, string_of(element.get("name")), string_of(element.get(_TEXT)))


def _named_by(reference: str) -> str:
    """What an id tells that the document does not explain: an address of the SPDX list, nothing said, or itself."""
    if said := _NOTHING.get(_last(reference)):
        return said
    if any(address in reference for address in _LISTED_AT):
        return _listed_id(reference)
    return reference[reference.find(_REFERENCE) :] if _REFERENCE in reference else reference


def _listed_id(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2].removesuffix(".html").removesuffix(".json")


def _last(id: str) -> str:
    return id.rpartition("/")[2].rpartition("#")[2].casefold().removeprefix(_INDIVIDUAL)
