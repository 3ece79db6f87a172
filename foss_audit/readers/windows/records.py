# SPDX-License-Identifier: Apache-2.0
"""What an object that Windows tools print is, by the names of its fields, and the entry it makes. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from foss_audit.activation import ActivationStatus
from foss_audit.messages import message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.windows.licensing import activation_of, status_of


class Kind(Enum):
    """What Windows has a class or a registry key for."""

    LICENSE = "SoftwareLicensingProduct"
    HOTFIX = "Win32_QuickFixEngineering"
    SYSTEM = "Win32_OperatingSystem, Get-ComputerInfo"
    PROGRAM = "key of Uninstall"
    PACKAGE = "Win32_Product, Get-Package, Get-AppxPackage"


@dataclass(frozen=True, slots=True)
class Record:
    """An object as a tool printed it."""

    fields: Mapping[str, str]
    """Names in lower case to values."""
    place: str
    position: int


NAME_FIELDS = ("displayname", "name", "caption", "osname", "windowsproductname", "hotfixid", "packagefullname")
"""Fields by which an object is found again in its file."""

_SYSTEM = frozenset({"osarchitecture", "buildnumber", "csname", "windowsdirectory", "operatingsystemsku"})
_REGISTRY = frozenset(
    {"displayversion", "uninstallstring", "quietuninstallstring", "systemcomponent", "parentkeyname", "pschildname"}
)
_PACKAGE = frozenset(
    {"packagefullname", "packagefamilyname", "vendor", "identifyingnumber", "packagecode", "providername", "pubid", "version"}
    | {"publisher"}
)
_SURELY_PACKAGE = frozenset({"packagefullname", "packagefamilyname", "providername", "identifyingnumber", "pubid"})
_OTHER_OBJECTS = frozenset(
    {
        # services, processes, commands, modules, devices, drivers, features, firmware
        "status", "starttype", "startmode", "servicename", "servicetype", "handles", "processname", "commandtype",
        "moduletype", "exportedcommands", "pnpclass", "deviceid", "driverversion", "featurename", "installstate", "state",
        # packages of Linux distributions, of Python and of PowerShell's own gallery
        "smbiosbiosversion", "uuid", "serialnumber", "partnumber", "portname", "drivername", "processorid",
        "release", "licenses", "license", "url", "depends on", "repository", "summary", "home-page", "from repo",
        "source rpm", "build date", "arch", "installed size", "author", "package", "section",
    }
)  # fmt: skip
_DEVICES = ("pscomputername", "computername", "csname", "systemname", "__server", "node", "computer", "machinename")
_NO_DEVICE = frozenset({"", "localhost", ".", "127.0.0.1", "{}"})
_NOTHING = frozenset({"undefined", "null", "{}"})
_COMMON_NAME = re.compile(r"CN=(\"[^\"]*\"|[^,]*)", re.IGNORECASE)
_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
_KNOWLEDGE_BASE = re.compile(r"KB\d{5,}", re.IGNORECASE)


def kind_of(names: Collection[str]) -> Kind | None:
    """What objects with fields of these names (lower case) are; None for what is no software.

    >>> kind_of({"displayname", "publisher"}), kind_of({"status", "name", "displayname"})
    (<Kind.PROGRAM: 'key of Uninstall'>, None)
    """
    found = frozenset(names)
    if "partialproductkey" in found or {"name", "licensestatus"} <= found:
        return Kind.LICENSE
    if "hotfixid" in found:
        return Kind.HOTFIX
    if ("caption" in found and found & _SYSTEM) or not found.isdisjoint({"osname", "windowsproductname"}):
        return Kind.SYSTEM
    if "name" in found and found & _SURELY_PACKAGE and "uuid" not in found:
        return Kind.PACKAGE
    if found & _OTHER_OBJECTS:
        return None
    if "displayname" in found or found & _REGISTRY:
        return Kind.PROGRAM
    if not found.isdisjoint({"name", "caption"}) and found & _PACKAGE:
        return Kind.PACKAGE
    return None


def is_surely(names: Collection[str]) -> bool:
    """Whether fields of these names (lower case) are of Windows alone: name and version have many lists."""
    kind = kind_of(names)
    return kind is not None and (kind is not Kind.PACKAGE or not _SURELY_PACKAGE.isdisjoint(names))


def add_record(record: Record, found: EntryCollector, kind: Kind | None = None) -> None:
    """Adds an object as the entry, the skipped line or the problem that it is; what is no software is passed over."""
    fields = record.fields
    kind = kind or kind_of(fields)
    if kind is Kind.LICENSE:
        _add_license(record, found)
    elif kind is Kind.HOTFIX:
        _add(record, found, _hotfix_name(fields))
    elif kind is Kind.SYSTEM:
        name = _first(fields, "osname", "caption", "windowsproductname")
        _add(record, found, name, _first(fields, "osversion", "version"), _first(fields, "osmanufacturer", "manufacturer"))
    elif kind is Kind.PROGRAM:
        _add(record, found, fields.get("displayname", ""), _first(fields, "displayversion", "version"), _publisher(fields))
    elif kind is Kind.PACKAGE:
        _add(record, found, _first(fields, "name", "caption"), fields.get("version", ""), _publisher(fields))


def device_of(fields: Mapping[str, str]) -> str:
    """The device that an object says it is of; '' where it says none."""
    values = (fields.get(name, "").strip() for name in _DEVICES)
    return next((value for value in values if value.casefold() not in _NO_DEVICE), "")


def common_name(publisher: str) -> str:
    """The name in a publisher's X.500 name; '' where it is a number of the Store, which names nobody.

    >>> common_name("CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond"), common_name("Igor Pavlov")
    ('Microsoft Corporation', 'Igor Pavlov')
    """
    named = _COMMON_NAME.match(publisher.strip())
    name = named[1].strip('" ') if named else publisher.strip()
    return "" if _GUID.fullmatch(name) else name


def _add_license(record: Record, found: EntryCollector) -> None:
    """A product is installed where a key of it is; of the others Windows only holds the licence texts."""
    fields = record.fields
    activation = activation_of(fields)
    is_used = status_of(fields.get("licensestatus", "")) != ActivationStatus.UNLICENSED
    if not (activation.key if "partialproductkey" in fields else is_used):
        found.skip(record.place, record.position, SkipReason.NOT_INSTALLED)
        return
    _add(record, found, _first(fields, "name", "description"), activation=str(activation))


def _hotfix_name(fields: Mapping[str, str]) -> str:
    description = fields.get("description", "").strip()
    identifiers = (fields.get(name, "").strip() for name in ("hotfixid", "servicepackineffect"))
    identifier = next((value for value in identifiers if _KNOWLEDGE_BASE.match(value)), "")
    if not identifier or identifier in description:
        return description
    return f"{description} ({identifier})" if description else identifier


def _publisher(fields: Mapping[str, str]) -> str:
    return common_name(_first(fields, "publisher", "vendor"))


def _first(fields: Mapping[str, str], *names: str) -> str:
    values = (fields.get(name, "").strip() for name in names)
    return next((value for value in values if value), "")


def _add(record: Record, found: EntryCollector, name: str, version: str = "", publisher: str = "", activation: str = "") -> None:
    """An entry; what has no name is a key that nobody wrote a name into."""
    place, position = record.place, record.position
    name = found.text(name, "Name", place, position)
    if not name or name.casefold() in _NOTHING:
        found.skip(place, position, SkipReason.BLANK)
        return
    if name.endswith(("…", "...")):
        found.note(place, position, message("The name is cut off at its end; export the list as CSV to have all of it."))
    found.add(
        name=name,
        version=_said(found.text(version, "Version", place, position)),
        publisher=_said(found.text(publisher, "Publisher", place, position)),
        license="",
        purl="",
        place=place,
        position=position,
        activation=activation,
        device=device_of(record.fields),
    )


def _said(value: str) -> str:
    return "" if value.casefold() in _NOTHING else value
