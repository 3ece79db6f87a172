# SPDX-License-Identifier: Apache-2.0
"""Entitlement documents (ISO/IEC 19770-3 `Ent`) as a table of a register.

The standard's schema is not public. Its examples state everything in attributes, `Ent` around `Entity` with `name` and `role` and
`EntMeta` with `Right`. Attributes and elements are taken by what their names mean as headings of a register; what has no meaning
there is passed over, and an Ent that names no product is a problem as any other line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import Source
from foss_audit.readers.interface import ReadingContext
from foss_audit.readers.sheets.opened import Opened
from foss_audit.readers.xml_document import load_xml, outermost_tag
from foss_audit.tables import Column, Grid, normalise_heading
from foss_audit.tables.words import WordSet

_ENT = "ent"
_CASES = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_AMBIGUOUS = frozenset({"name", "title", "type", "version", "id", "description", "note", "comment", "vendor"})
"""Attributes that mean something only together with their element."""
_OF_ROLE = {"licensee": "agency", "softwareLicensee": "agency", "softwareCreator": "publisher", "licensor": "supplier"}
_ROOT = re.compile(r"ent(?:s|list|collection|library|package)?", re.IGNORECASE)
"""An Ent, or whatever holds several."""
_HEAD = 4096
_SEVERAL = 2


def is_entitlement_xml(path: Path) -> bool:
    """Whether a file is XML around an `Ent`."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return _ROOT.fullmatch(outermost_tag(head.decode("utf-8", "replace"))) is not None


def open_entitlement_xml(path: Path, file: str, context: ReadingContext) -> Opened:
    """The rights of a document as a grid, one a row below a heading; sheet `Ent`. Raises as load_xml does."""
    document = load_xml(path, file, context.limits)
    heading_of: dict[str, str] = {}
    for heading, canonical in context.vocabulary.register_headings.items():
        heading_of.setdefault(canonical, heading)
    rows = [
        right
        for ent in document.root.iter()
        if ent.tag.casefold() == _ENT
        for right in _rights(ent, context.vocabulary.register_headings)
    ]
    if not any("product" in row for row in rows):
        raise UnreadableFile(
            message("holds no entitlement that names a product; enter what it grants in a table of licences"), Source(file)
        )
    names = list(dict.fromkeys(("product", *(name for row in rows for name in row))))
    empty = WordSet(context.vocabulary.words.get("empty", ()))
    columns = tuple(Column.of_values([heading_of[name], *(row.get(name, "") for row in rows)], empty) for name in names)
    damage = () if document.damage is None else (document.damage,)
    return Opened((Grid("Ent", columns, len(rows) + 1),), document.encoding, damage, document.notes)


def _rights(ent: Element, headings: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What an Ent says by canonical column: for each element that states a quantity of its own, where there are several."""
    counted = [one for one in ent.iter() if any(name == "quantity" for name, _ in _stated(one, headings))]
    if len(counted) < _SEVERAL:
        yield _fields(ent.iter(), headings)
        return
    others = frozenset(counted)
    shared = _fields(_without(ent, others), headings)
    for one in counted:
        yield shared | _fields(_without(one, others), headings)


def _without(element: Element, others: frozenset[Element]) -> Iterator[Element]:
    """An element and what is in it, in their order, but for some elements and what is in them."""
    waiting = [element]
    while waiting:
        current = waiting.pop()
        yield current
        waiting += [inner for inner in reversed(current) if inner not in others]


def _fields(elements: Iterable[Element], headings: Mapping[str, str]) -> dict[str, str]:
    """What elements state, by canonical column; the first says it."""
    found: dict[str, str] = {}
    for element in elements:
        for name, value in _stated(element, headings):
            found.setdefault(name, value)
    return found


def _stated(element: Element, headings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What an element's own attributes and text say: canonical column and value."""
    roles = element.get("role", "").split()
    for role in roles:
        if (name := _OF_ROLE.get(role)) and element.get("name"):
            yield name, element.get("name", "").strip()
    if roles:
        return
    tag = _CASES.sub(" ", element.tag)
    for attribute, value in element.attrib.items():
        own = _CASES.sub(" ", attribute)
        alone = None if attribute in _AMBIGUOUS else headings.get(normalise_heading(own))
        canonical = headings.get(normalise_heading(f"{tag} {own}")) or alone
        if canonical and value.strip():
            yield canonical, value.strip()
    text = (element.text or "").strip()
    if text and len(element) == 0 and element.tag not in _AMBIGUOUS and (canonical := headings.get(normalise_heading(tag))):
        yield canonical, text
