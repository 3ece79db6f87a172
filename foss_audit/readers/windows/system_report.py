# SPDX-License-Identifier: Apache-2.0
"""What `systeminfo` prints, and lists of Windows tools that a script printed one below the other: each part by its own form."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from foss_audit.messages import Message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_titled_lines
from foss_audit.readers.windows import (
    activation_report,
    choco_list,
    powershell_list,
    powershell_table,
    registry_query,
    winget_list,
    wmic,
)
from foss_audit.readers.windows.printed_parts import Form, Part, holds_several, parts_of
from foss_audit.readers.windows.system_lines import system_of
from foss_audit.readers.windows.united_rows import united

NAME = "systeminfo"
DESCRIPTION = (
    "`systeminfo` text, in any language: Windows and the host name; and several lists one below the other in one file "
    "(systeminfo, wmic, PowerShell, slmgr, ospp, winget, choco, reg query), of one computer or more"
)

_READ: Mapping[Form, Callable[[Sequence[str], EntryCollector], object]] = {
    Form.ACTIVATION: activation_report.read_printed,
    Form.TABLE: powershell_table.read_printed,
    Form.LIST: powershell_list.read_printed,
    Form.PROPERTIES: wmic.read_printed,
    Form.ASSIGNED: wmic.read_printed,
    Form.NODES: wmic.read_printed,
    Form.WINGET: winget_list.read_printed,
    Form.CHOCOLATEY: choco_list.read_printed,
    Form.REGISTRY: registry_query.read_printed,
}
_BELOW = (powershell_table, powershell_list, wmic)
"""What may stand below a systeminfo without telling its form as clearly as among others."""


def recognises(head: Head) -> bool:
    """Whether there is a systeminfo (host, Windows and its version, one below the other), or lists of several forms."""
    return holds_several(head)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every part, in file order; each systeminfo names the device from there on. Raises UnreadableFile for what is no text."""
    text = read_titled_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    hosts = [host for part in parts_of(text.lines) if (host := _read_part(text.lines, part, found)) is not None]
    named = tuple(hosts) or text.hosts
    device = named[0][1] if len({host for _, host in named}) == 1 else None
    return united(found.reading(NAME, text.encoding, device, text.notes, hosts=() if device else named), file)


def _read_part(lines: Sequence[str], part: Part, found: EntryCollector) -> tuple[int, str] | None:
    """Adds what a part holds; gives back the line and the host of a systeminfo."""
    own_lines, collector = lines[part.first : part.end], _PartCollector(found, part.first)
    if part.form is not Form.SYSTEM:
        _READ[part.form](own_lines, collector)
        return None
    system = system_of(own_lines)
    if system is None:
        return None
    collector.add(system.name, system.version, system.publisher, "", "", LINE, system.line)
    if below := next((one for one in _BELOW if one.is_printed(own_lines)), None):
        below.read_printed(own_lines, collector)
    return part.first + 1, system.host


class _PartCollector(EntryCollector):
    """Takes what stands in some lines of a file, whose numbers begin at 1, for the collector of the whole file."""

    def __init__(self, whole: EntryCollector, lines_before: int) -> None:
        self._whole = whole
        self._before = lines_before

    def add(
        self, name: str, version: str, publisher: str, license: str, purl: str, place: str, position: int, **rest: str
    ) -> None:
        self._whole.add(name, version, publisher, license, purl, place, position + self._before, **rest)

    def skip(self, place: str, position: int, reason: SkipReason) -> None:
        self._whole.skip(place, position + self._before, reason)

    def problem(self, place: str, position: int, what: Message) -> None:
        self._whole.problem(place, position + self._before, what)

    def note(self, place: str, position: int, what: Message) -> None:
        self._whole.note(place, position + self._before, what)

    def text(self, value: object, field: str, place: str, position: int) -> str:
        return self._whole.text(value, field, place, position + self._before)
