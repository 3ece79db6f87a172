# SPDX-License-Identifier: Apache-2.0
"""Reads inventories of OCS, FusionInventory and GLPI agents in XML, plain or compressed, of one device or several."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import Source
from foss_audit.readers.endpoints.agent_inventory import Inventory, device_name, read_inventory
from foss_audit.readers.endpoints.agent_rows import Section
from foss_audit.readers.endpoints.ocs_packed import is_packed, unpack, unpacked_head
from foss_audit.readers.endpoints.xml_documents import read_documents
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.xml_document import outermost_tag

NAME = "ocs-xml"
DESCRIPTION = "Inventory of an OCS, FusionInventory or GLPI agent in XML, plain or compressed (`.ocs`)"

_SECTION = re.compile(
    r"<(?:HARDWARE|SOFTWARES?|BIOS|OPERATINGSYSTEM|ACCOUNTINFO|ACCESSLOG|ANTIVIRUS|BATTERIES|CONTROLLERS|CPUS|DRIVES|ENVS"
    r"|INPUTS|LICENSEINFOS|LOCAL_GROUPS|LOCAL_USERS|MEMORIES|MONITORS|NETWORKS|OFFICEPACK|PRINTERS|SOUNDS|STORAGES"
    r"|VERSIONCLIENT)[\s/>]"
)
_REQUEST, _CONTENT = "REQUEST", "CONTENT"
_ROOTS = frozenset({_REQUEST, "REQUESTS"})
_OFFICE_FIELDS = {"product": "fullname", "officekey": "key", "productid": "productid"}


def recognises(head: Head) -> bool:
    """Whether the head is of an agent's request with the content of a computer, also a compressed one."""
    text = head.text
    if is_packed(head.bytes):
        text = unpacked_head(head.bytes).decode("utf-8", errors="replace")
    return outermost_tag(text) in _ROOTS and f"<{_CONTENT}" in text and _SECTION.search(text) is not None


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads the software of each device, in document order. Raises UnreadableFile where there is no inventory in the file."""
    unpacked = unpack(path, file, context.limits)
    documents = read_documents(unpacked.content, file, context.limits)
    requests = [request for root in documents.roots for request in _requests(root)]
    if not requests:
        raise UnreadableFile(message("The inventory has no content; collect it again."), Source(file))
    found = EntryCollector(file, context.limits)
    found.problems.extend(problem for problem in (unpacked.damage, *documents.problems) if problem is not None)
    several = len(requests) > 1
    device = ""
    for number, request in enumerate(requests, 1):
        inventory = _inventory(request, f"/REQUEST[{number}]" if several else "/REQUEST")
        device = device_name(inventory)
        if several and not device:
            _note_nameless(number, found)
        read_inventory(inventory, found, device if several else "")
    return found.reading(NAME, documents.encoding, None if several else device or None, documents.notes)


def _note_nameless(number: int, found: EntryCollector) -> None:
    found.note(
        f"/REQUEST[{number}]",
        NO_POSITION,
        message("This inventory does not name its device; the name of the file stands for it."),
    )


def _requests(root: Element) -> Iterator[Element]:
    """Requests with content: the document itself, or those one level down."""
    for element in (root, *root):
        if element.tag == _REQUEST and element.find(_CONTENT) is not None:
            yield element


def _inventory(request: Element, place: str) -> Inventory:
    content = [child for element in request.findall(_CONTENT) for child in element]
    place = f"{place}/{_CONTENT}"
    named = [child for child in content if child.tag in ("SOFTWARES", "SOFTWARE")]
    softwares = [row for element in named for row in (element.findall("SOFTWARE") or [element])]
    licenses = [_record(child) for child in content if child.tag == "LICENSEINFOS"]
    licenses += [_office_license(_record(child)) for child in content if child.tag == "OFFICEPACK"]
    device_id = request.findtext("DEVICEID")
    return Inventory(
        softwares=Section(f"{place}/SOFTWARES/", [_record(row) for row in softwares if len(row) or len(softwares) > 1], 1),
        hardware=_first(content, "HARDWARE"),
        hardware_place=f"{place}/HARDWARE",
        system=_first(content, "OPERATINGSYSTEM"),
        system_place=f"{place}/OPERATINGSYSTEM",
        databases=Section(
            f"{place}/DATABASES_SERVICES/", [_record(child) for child in content if child.tag == "DATABASES_SERVICES"], 1
        ),
        antivirus=Section(f"{place}/ANTIVIRUS/", [_record(child) for child in content if child.tag == "ANTIVIRUS"], 1),
        licenses=Section(f"{place}/LICENSEINFOS/", licenses, 1),
        device_id=device_id or "",
    )


def _first(content: list[Element], tag: str) -> Mapping[str, object]:
    """The fields of a section that is there once; where it is there more often, the first value of each."""
    united: dict[str, object] = {}
    for child in content:
        if child.tag == tag:
            united = {**_record(child), **united}
    return united


def _record(element: Element) -> dict[str, object]:
    """The fields of an element by their names in lower case; of a field given twice, the first that says something."""
    fields: dict[str, object] = {}
    for child in element:
        text = (child.text or "").strip()
        if text:
            fields.setdefault(child.tag.lower(), text)
    return fields


def _office_license(record: Mapping[str, object]) -> dict[str, object]:
    """An Office that the plugin officepack of OCS found, as a licence."""
    return {name: record[source] for source, name in _OFFICE_FIELDS.items() if source in record}
