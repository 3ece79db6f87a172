# SPDX-License-Identifier: Apache-2.0
"""Reads inventories of GLPI agents in JSON: whole ones and partial ones of one device."""

from collections.abc import Mapping
from pathlib import Path

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import Source
from foss_audit.readers.endpoints.agent_inventory import Inventory, device_name, read_inventory
from foss_audit.readers.endpoints.agent_rows import Section
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import load_document, outline_of

NAME = "glpi-json"
DESCRIPTION = "Inventory of a GLPI agent in JSON (GLPI Agent 1.x, GLPI 10 and later), partial ones too"

_SECTIONS = frozenset(
    {"accesslog", "antivirus", "batteries", "bios", "cpus", "databases_services", "drives", "hardware", "licenseinfos"}
    | {"memories", "networks", "operatingsystem", "softwares", "storages", "versionclient", "versionprovider", "virtualmachines"}
)
_ENOUGH = 2
"""Sections by which an inventory is known whose action comes late or is missing."""


def recognises(head: Head) -> bool:
    """Whether the head is of an inventory: the action says so, or the content has the sections of one."""
    outline = outline_of(head.text)
    if outline is None or "content" not in outline.outer:
        return False
    sections = sum(f"/content/{section}" in outline.values for section in _SECTIONS)
    action = outline.values.get("/action")
    return sections > 0 if action == "inventory" else sections >= _ENOUGH and action is None


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads the software of the device, in document order. Raises UnreadableFile where the JSON is damaged."""
    document = load_document(path, file, context.limits)
    content = document.root.get("content")
    if not isinstance(content, dict):
        raise UnreadableFile(message("The inventory has no content; collect it again."), Source(file, "/content"))
    found = EntryCollector(file, context.limits)
    inventory = _inventory(document.root, content, found)
    read_inventory(inventory, found)
    return found.reading(NAME, document.encoding, device_name(inventory) or None, document.notes, document.damage)


def _inventory(root: Mapping[str, object], content: Mapping[str, object], found: EntryCollector) -> Inventory:
    device_id = root.get("deviceid")
    return Inventory(
        softwares=_section(content, "softwares", found),
        hardware=_record(content, "hardware"),
        hardware_place="/content/hardware",
        system=_record(content, "operatingsystem"),
        system_place="/content/operatingsystem",
        databases=_section(content, "databases_services", found),
        antivirus=_section(content, "antivirus", found),
        licenses=_section(content, "licenseinfos", found),
        device_id=device_id if isinstance(device_id, str) else "",
        partial=root.get("partial") is True,
    )


def _section(content: Mapping[str, object], name: str, found: EntryCollector) -> Section:
    value = content.get(name)
    if value is not None and not isinstance(value, list):
        found.problem(
            f"/content/{name}",
            NO_POSITION,
            message("The section {name} is no list and was not read; correct it in the export.", name=name),
        )
    return Section(f"/content/{name}/", value if isinstance(value, list) else ())


def _record(content: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = content.get(name)
    return value if isinstance(value, dict) else {}
