# SPDX-License-Identifier: Apache-2.0
"""Reads the applications and the system of a Mac as system_profiler writes them in JSON and XML."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from foss_audit.messages import message
from foss_audit.readers.endpoints.system_profiler_rows import add_application, add_system, note_without_applications
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import load_document, outline_of
from foss_audit.readers.xml_document import load_xml

NAME = "system-profiler"
DESCRIPTION = "Applications of macOS in JSON and XML (system_profiler -json or -xml SPApplicationsDataType SPSoftwareDataType)"

_APPLICATIONS = "SPApplicationsDataType"
_SYSTEM = "SPSoftwareDataType"
_Part = tuple[str, object, str]
"""Kind, items, and where they stand."""
_DEEPEST = 20
"""Levels of a property list that are read; applications lie on the fourth."""


def recognises(head: Head) -> bool:
    """Whether the head is of a report in JSON or XML that has applications or the system in it."""
    outline = outline_of(head.text)
    if outline is not None:
        return not outline.outer.isdisjoint({_APPLICATIONS, _SYSTEM})
    return "<plist" in head.text[:1000] and "_dataType" in head.text and (_APPLICATIONS in head.text or _SYSTEM in head.text)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every application. Raises UnreadableFile where the document is damaged from its beginning on."""
    found = EntryCollector(file, context.limits)
    if _is_xml(path):
        xml = load_xml(path, file, context.limits)
        parts, encoding, notes, damage = _parts_of_plist(xml.root), xml.encoding, xml.notes, xml.damage
    else:
        document = load_document(path, file, context.limits)
        parts, encoding, notes, damage = _parts_of_json(document.root), document.encoding, document.notes, document.damage
    device = None
    for kind, items, pointer in parts:
        device = _read_items(kind, items, pointer, found) or device
    if all(kind != _APPLICATIONS for kind, _, _ in parts):
        notes = (*notes, note_without_applications(file))
    return found.reading(NAME, encoding, device, notes, damage)


def _parts_of_json(root: Mapping[str, object]) -> list[_Part]:
    return [(kind, root[kind], f"/{kind}") for kind in (_SYSTEM, _APPLICATIONS) if kind in root]


def _parts_of_plist(root: Element) -> list[_Part]:
    """The parts of a property list: a list of reports, each of one kind with its items."""
    parts: list[_Part] = []
    for number, report in enumerate(root[0] if len(root) else ()):
        fields = dict(_fields(report))
        kind = (fields["_dataType"].text or "").strip() if "_dataType" in fields else ""
        if kind in (_APPLICATIONS, _SYSTEM) and "_items" in fields:
            parts.append((kind, [_value(item, _DEEPEST) for item in fields["_items"]], f"/{number}/_items"))
    return parts


def _is_xml(path: Path) -> bool:
    with path.open("rb") as opened:
        return b"<" in opened.read(8)


def _read_items(kind: str, items: object, pointer: str, found: EntryCollector) -> str | None:
    """Applications, or the system; returns what the computer is called."""
    if items is None:
        return None
    if not isinstance(items, list):
        found.problem(pointer, NO_POSITION, message("This is no list and was not read; run system_profiler again."))
        return None
    if kind == _SYSTEM:
        names = [add_system(item, f"{pointer}/", position, found) for position, item in enumerate(items)]
        return next((name for name in names if name), None)
    for position, item in enumerate(items):
        add_application(item, f"{pointer}/", position, found)
    return None


def _fields(dictionary: Element) -> Iterable[tuple[str, Element]]:
    """Keys and values, which stand one after the other."""
    key = None
    for child in dictionary:
        if child.tag == "key":
            key = (child.text or "").strip()
        elif key is not None:
            yield key, child
            key = None


def _value(element: Element, depth: int) -> object:
    """An element of a property list as text, list or dictionary."""
    if depth == 0:
        return None
    if element.tag == "dict":
        return {key: _value(value, depth - 1) for key, value in _fields(element)}
    if element.tag == "array":
        return [_value(child, depth - 1) for child in element]
    return element.text or ""
