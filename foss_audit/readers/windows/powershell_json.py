# SPDX-License-Identifier: Apache-2.0
"""What PowerShell writes by ConvertTo-Json: one object of software, or a list of them."""

from collections.abc import Mapping
from pathlib import Path

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import Source
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import list_outline_of, load_json, outline_of
from foss_audit.readers.windows.records import NAME_FIELDS, Record, add_record, kind_of
from foss_audit.readers.windows.united_rows import united

NAME = "powershell-json"
DESCRIPTION = (
    "PowerShell ConvertTo-Json: Uninstall keys, Get-Package, Get-AppxPackage, Win32_Product, Win32_OperatingSystem, "
    "SoftwareLicensingProduct"
)

_PASCAL = frozenset({"DisplayName", "Name", "Caption", "HotFixID", "OsName", "WindowsProductName"})
"""Other tools write these in lower case."""
_WRAPPED = frozenset({"value", "Count"})
"""An array as Windows PowerShell 5.1 writes one that was given whole."""


def recognises(head: Head) -> bool:
    """Whether the outermost objects are software by the names that PowerShell gives their properties."""
    outline = list_outline_of(head.text)
    if outline is not None:
        return _is_software(outline.outer)
    outline = outline_of(head.text)
    if outline is None:
        return False
    if outline.outer == {"value"} or outline.outer == _WRAPPED:
        return _is_software(outline.keys - _WRAPPED)
    return _is_software(outline.outer)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every object, in file order. Raises UnreadableFile where nothing stands whole before its damage."""
    document = load_json(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    root, place = document.value, "/"
    if isinstance(root, dict) and root.keys() <= _WRAPPED and isinstance(root.get("value"), list):
        root, place = root["value"], "/value/"
    if isinstance(root, list):
        for position, element in enumerate(root):
            _read_object(element, place, position, found)
    elif isinstance(root, dict):
        _read_object(root, "", NO_POSITION, found)
    else:
        raise UnreadableFile(message("This JSON document holds no object at its top; export the inventory again."), Source(file))
    return united(found.reading(NAME, document.encoding, None, document.notes, document.damage), file)


def _is_software(names: frozenset[str]) -> bool:
    return not names.isdisjoint(_PASCAL) and kind_of({name.casefold() for name in names}) is not None


def _read_object(element: object, place: str, position: int, found: EntryCollector) -> None:
    if not isinstance(element, dict):
        found.problem(place, position, message("This entry is no JSON object; correct it in the export."))
        return
    fields = {str(name).casefold(): _text(value) for name, value in element.items()}
    if _has_unreadable_name(element):
        found.problem(place, position, message("The name of this entry is no text; correct it in the export."))
    elif kind_of(fields) is None:
        found.problem(place, position, message("This object has none of the properties of software; export the list again."))
    else:
        add_record(Record(fields, place, position), found)


def _has_unreadable_name(element: Mapping[str, object]) -> bool:
    names = {name.casefold(): value for name, value in element.items()}
    found = [names[name] for name in NAME_FIELDS[:4] if names.get(name) is not None]
    return bool(found) and not any(isinstance(value, str) for value in found)


def _text(value: object) -> str:
    """A property as text, where it is one; a version may be written out as the object it is."""
    if isinstance(value, dict):
        numbers = [value.get(name) for name in ("Major", "Minor", "Build", "Revision")]
        value = ".".join(number for number in numbers if isinstance(number, str) and number != "-1")
    return value if isinstance(value, str) else ""
