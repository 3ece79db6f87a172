# SPDX-License-Identifier: Apache-2.0
"""What inventory agents say of a device, JSON or XML alike: software, its system, its databases, and licences as evidence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foss_audit.activation import Activation, without_keys
from foss_audit.messages import message
from foss_audit.readers.endpoints.agent_activation import Titles, activation_of
from foss_audit.readers.endpoints.agent_packages import distribution_of
from foss_audit.readers.endpoints.agent_rows import NO_RECORDS, Row, Section, database_rows, note_antivirus, software_rows
from foss_audit.readers.entries import NO_POSITION, EntryCollector

_STAMP = re.compile(r"-\d{4}(?:-\d\d){5}$")
_LICENSE_FIELDS = ("name", "fullname", "key", "productid", "oem", "trial")
_MAKERS = (("windows", "Microsoft Corporation"), ("macos", "Apple Inc."), ("mac os", "Apple Inc."), ("os x", "Apple Inc."))
_VERSION_IS_KERNEL = re.compile(r"\d+\.\d+(?:\.\d+)?-\d")
"""`4.18.9-200.fc28.x86_64`: the kernel's, not the distribution's."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """An agent's inventory of one device; fields of records have lower-case names."""

    softwares: Section
    hardware: Mapping[str, object] = field(default_factory=dict)
    hardware_place: str = ""
    system: Mapping[str, object] = field(default_factory=dict)
    system_place: str = ""
    databases: Section = NO_RECORDS
    antivirus: Section = NO_RECORDS
    licenses: Section = NO_RECORDS
    device_id: str = ""
    partial: bool = False


def read_inventory(inventory: Inventory, found: EntryCollector, device: str = "") -> None:
    """Adds all software of an inventory; `device` where the file holds several."""
    system = _system_row(inventory, found)
    rows = [system] if system else []
    rows += software_rows(inventory.softwares, distribution_of(system.name if system else ""), found)
    rows += database_rows(inventory.databases, rows, found)
    note_antivirus(inventory.antivirus, rows, found)
    _use_system_key(inventory, system, found)
    _use_licenses(inventory.licenses, rows, found)
    for row in rows:
        found.add(
            row.name,
            row.version,
            row.publisher,
            row.license,
            row.purl,
            row.place,
            row.position,
            activation=row.activation,
            device=device,
        )
    if inventory.partial or not inventory.softwares.records:
        _note_gaps(inventory, found)


def device_name(inventory: Inventory) -> str:
    """The name of the device: its hardware's, else the one in the agent's id of it, which ends with a point in time."""
    for name in (inventory.hardware.get("name"), _STAMP.sub("", inventory.device_id.strip()), inventory.system.get("fqdn")):
        if isinstance(name, str) and name.strip():
            return name.strip()
    return ""


def _system_row(inventory: Inventory, found: EntryCollector) -> Row | None:
    """The operating system as software; None where the inventory names none."""
    system, hardware = inventory.system, inventory.hardware
    stated = [
        (system, "full_name", inventory.system_place),
        (hardware, "osname", inventory.hardware_place),
        (system, "name", inventory.system_place),
    ]
    for record, field_name, place in stated:
        if name := found.text_of(record, field_name, place, NO_POSITION):
            return Row(name, _system_version(name, inventory, found), _maker(name), place, NO_POSITION)
    return None


def _system_version(name: str, inventory: Inventory, found: EntryCollector) -> str:
    """Its release; of Windows without one the build, of others never that of the kernel."""
    version = found.text_of(inventory.system, "version", inventory.system_place, NO_POSITION)
    if version:
        return version
    if "windows" in name.casefold():
        kernel = found.text_of(inventory.system, "kernel_version", inventory.system_place, NO_POSITION)
        if kernel:
            return kernel
    version = found.text_of(inventory.hardware, "osversion", inventory.hardware_place, NO_POSITION)
    return "" if _VERSION_IS_KERNEL.match(version) else version


def _maker(system: str) -> str:
    plain = system.casefold()
    return next((maker for word, maker in _MAKERS if word in plain), "")


def _use_system_key(inventory: Inventory, system: Row | None, found: EntryCollector) -> None:
    """The key and id of Windows that the hardware section holds, as evidence of the operating system's row."""
    fields = {
        name: found.text_of(inventory.hardware, source, inventory.hardware_place, NO_POSITION)
        for name, source in (("key", "winprodkey"), ("productid", "winprodid"))
    }
    activation = activation_of(fields)
    if not str(activation):
        return
    if system is None or "windows" not in system.name.casefold():
        _note_homeless("Windows", activation, inventory.hardware_place, NO_POSITION, found)
    else:
        system.activation = str(activation)


def _use_licenses(section: Section, rows: Sequence[Row], found: EntryCollector) -> None:
    titles = Titles([row.name for row in rows])
    for position, record in section.numbered():
        if not isinstance(record, dict):
            found.note(section.place, position, message("This licence is no object and was left out; correct it in the export."))
            continue
        fields = {name: found.text(_flag(record.get(name)), name, section.place, position) for name in _LICENSE_FIELDS}
        activation = activation_of(fields)
        at = titles.of_license(fields)
        if not at:
            _note_homeless(fields["fullname"] or fields["name"], activation, section.place, position, found)
        for number in at:
            rows[number].activation = rows[number].activation or str(activation)


def _flag(value: object) -> object:
    return {True: "1", False: "0"}[value] if isinstance(value, bool) else value


def _note_homeless(name: str, activation: Activation, place: str, position: int, found: EntryCollector) -> None:
    found.note(
        place,
        position,
        message(
            "The licence that the device holds for {name} ({evidence}) belongs to no software of this list; compare it by hand.",
            name=without_keys(name)[:200] or "?",
            evidence=str(activation) or "-",
        ),
    )


def _note_gaps(inventory: Inventory, found: EntryCollector) -> None:
    if not inventory.softwares.records:
        what = message("This inventory holds no list of software; collect it again with the software category.")
    else:
        what = message("This inventory is a partial one: what it does not list may be installed nevertheless.")
    found.note(inventory.softwares.place.rstrip("/"), NO_POSITION, what)
