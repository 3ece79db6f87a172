# SPDX-License-Identifier: Apache-2.0
"""CycloneDX XML as the document in the JSON shape, as far as anybody here reads it. Pure."""

from collections import deque
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

Shape = dict[str, object]
_Pending = deque[tuple[Element, Shape | list[object]]]
"""Elements whose children are still to be put into what stands for them: a loop, for no depth is too much."""

_UNREAD = frozenset((
    "ancestors", "annotations", "callstack", "commits", "compositions", "copyright", "cpe", "cryptoProperties", "data",
    "declarations", "definitions", "descendants", "description", "externalReferences", "formulation", "identity", "lifecycles",
    "modelCard", "modified", "notes", "occurrences", "patentAssertions", "releaseNotes", "signature", "tags", "tools",
    "variants", "vulnerabilities",
))  # fmt: skip
"""What is left out with all that is in it: there, but without content."""
_OBJECTS = frozenset({"component", "evidence", "individual", "licensing", "metadata", "organization", "pedigree", "swid"})
"""What is an object even where it is empty."""
_TEXTS = frozenset({"author", "expiration", "group", "id", "name", "publisher", "purl", "scope", "url", "version"})
"""What is text in most documents; where it holds elements, it is what they make of it."""
_PLACES_OF_LISTS: Mapping[str, str] = {
    "altIds": "altId",
    "authors": "author",
    "citations": "citation",
    "components": "component",
    "dependencies": "dependency",
    "hashes": "hash",
    "licenseTypes": "licenseType",
    "licenses": "",
    "patches": "patch",
    "properties": "property",
    "resolves": "issue",
    "services": "service",
}
"""Elements that are lists in JSON, and what their parts are called ('' for several names)."""


def json_shape(root: Element) -> Shape:
    """The element `bom` as the JSON document that says the same; bomFormat, specVersion and damage are the caller's.

    A list holds nothing but what belongs there; text loses line breaks as the format demands; an element that stands twice
    where the format has one is the list of both.
    """
    document: Shape = {}
    pending: _Pending = deque([(root, document)])
    while pending:
        element, into = pending.popleft()
        if isinstance(into, list):
            _fill_list(element, into, pending)
        else:
            _fill_object(element, into, pending)
    return document


def strangers(root: Element) -> tuple[str, ...]:
    """Names of elements that stand among components and are none, each once."""
    return tuple(sorted({child.tag for components in root.iter("components") for child in components} - {"component"}))


def _fill_object(element: Element, into: Shape, pending: _Pending) -> None:
    into.update(element.items())
    for child in element:
        tag = child.tag
        if tag in _TEXTS and tag not in into and not len(child):
            into[tag] = _text(child)
        elif tag in _PLACES_OF_LISTS:
            listed = into.get(tag)
            if not isinstance(listed, list):
                into[tag] = listed = []
            pending.append((child, listed))
        elif tag in _UNREAD:
            into.setdefault(tag)
        else:
            value = _value(child, pending)
            earlier = into.get(tag)
            if tag not in into:
                into[tag] = value
            elif isinstance(earlier, list):
                earlier.append(value)
            else:
                into[tag] = [earlier, value]


def _fill_list(element: Element, into: list[object], pending: _Pending) -> None:
    name = _PLACES_OF_LISTS[element.tag]
    make = _PARTS.get(element.tag, _value)
    for child in element:
        if not name or child.tag == name:
            into.append(make(child, pending))


def _value(element: Element, pending: _Pending) -> object:
    """An element as its own kind demands: an attachment, an object, or plain text."""
    if element.tag == "text":
        return _attachment(element)
    if element.tag not in _OBJECTS and _is_plain(element):
        return _text(element)
    return _object(element, pending)


def _object(element: Element, pending: _Pending) -> Shape:
    shape: Shape = {}
    pending.append((element, shape))
    return shape


def _is_plain(element: Element) -> bool:
    return len(element) == 0 and not element.keys()


def _text(element: Element) -> str:
    text = element.text or ""
    return " ".join(text.split()) if "\n" in text else text


def _attachment(element: Element) -> Shape:
    names = {"content-type": "contentType"}
    return {**{names.get(name, name): value for name, value in element.items()}, "content": element.text or ""}


def _license_choice(element: Element, pending: _Pending) -> object:
    if element.tag == "license":
        return {"license": _object(element, pending)}
    if element.tag == "expression":
        return {**dict(element.items()), "expression": _text(element)}
    if element.tag != "expression-detailed":
        return {element.tag: _text(element)}
    details: list[object] = []
    choice: Shape = {**dict(element.items()), "expressionDetails": details}
    for child in element:
        if child.tag == "details":
            texts = [_attachment(part) for part in child if part.tag == "text"]
            details.append({"licenseIdentifier": child.get("license-identifier"), **({"text": texts[0]} if texts else {})})
        elif child.tag == "licensing":
            choice["licensing"] = _object(child, pending)
    return choice


def _hash(element: Element, pending: _Pending) -> object:
    return {**dict(element.items()), "content": (element.text or "").strip()}


def _property(element: Element, pending: _Pending) -> object:
    return {**dict(element.items()), "value": element.text or ""}


def _dependency(element: Element, pending: _Pending) -> object:
    return {**dict(element.items()), "dependsOn": [part.get("ref", "") for part in element if part.tag == "dependency"]}


def _service(element: Element, pending: _Pending) -> object:
    shape = _object(element, pending)
    shape["data"] = [dict(found.items()) for data in element.findall("data") for found in data.iter("classification")]
    return shape


_PARTS: Mapping[str, Callable[[Element, _Pending], object]] = {
    "components": _object,
    "dependencies": _dependency,
    "hashes": _hash,
    "licenses": _license_choice,
    "patches": _object,
    "properties": _property,
    "resolves": _object,
    "services": _service,
}
