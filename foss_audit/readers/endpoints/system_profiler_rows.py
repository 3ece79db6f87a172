# SPDX-License-Identifier: Apache-2.0
"""What macOS's system_profiler tells of an application and of the system, in whatever form it was saved. Pure."""

import re
from collections.abc import Mapping

from foss_audit.messages import message
from foss_audit.model import Note, Source
from foss_audit.readers.entries import EntryCollector

_APPLE = "Apple Inc."
PART_OF_MACOS = "Apple Inc. (macOS)"
"""The publisher of what lies in a folder that only Apple can change: hundreds of parts of macOS with names of their own."""
SYSTEM_FOLDER = "/System/"
_DEVELOPER = re.compile(r"^\s*Developer ID Application:\s*([^,]{1,200}?)\s*(?:\([A-Z0-9]{10}\))?\s*(?:,|$)")
_SYSTEM_VERSION = re.compile(r"^\s*([^\d(]{1,60}?)\s+(\d[\w.]{0,40})")


def add_application(application: object, place: str, position: int, found: EntryCollector) -> None:
    """An application by its fields as in JSON: `_name`, `version`, `obtained_from`, `signed_by`, `path`."""
    if not isinstance(application, dict):
        found.problem(place, position, message("This application is no object; export it again."))
        return
    name = found.text_of(application, "_name", place, position)
    if not name:
        found.problem(place, position, message("This application has no name; export it again."))
        return
    version = found.text_of(application, "version", place, position)
    found.add(name.removesuffix(".app"), version, _publisher(application), "", "", place, position)


def add_system(overview: object, place: str, position: int, found: EntryCollector) -> str | None:
    """The operating system by its fields as in JSON: `os_version`; returns what the computer is called."""
    if not isinstance(overview, dict):
        found.problem(place, position, message("What the system is like is no object; export it again."))
        return None
    stated = found.text_of(overview, "os_version", place, position)
    if stated:
        parts = _SYSTEM_VERSION.match(stated)
        name, version = (parts[1], parts[2]) if parts else (stated, "")
        found.add(name, version, _APPLE, "", "", place, position)
    computer = overview.get("local_host_name")
    return (computer.strip() or None) if isinstance(computer, str) else None


def note_without_applications(file: str) -> Note:
    """What to say of a report of the system alone: hardly an inventory."""
    return Note(
        Source(file),
        message("The report lists no applications; run system_profiler with SPApplicationsDataType and SPSoftwareDataType."),
    )


def _publisher(application: Mapping[str, object]) -> str:
    """Who signed it; Apple where it says so, and macOS's own where it lies in a folder that only Apple can change."""
    signed = application.get("signed_by")
    first = signed[0] if isinstance(signed, list) and signed else signed
    if isinstance(first, str) and (developer := _DEVELOPER.match(first)):
        return developer[1]
    source, path = application.get("obtained_from"), application.get("path")
    if isinstance(path, str) and path.startswith(SYSTEM_FOLDER):
        return PART_OF_MACOS
    return _APPLE if isinstance(source, str) and source.strip().casefold() == "apple" else ""
