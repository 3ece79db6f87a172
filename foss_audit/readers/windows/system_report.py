# SPDX-License-Identifier: Apache-2.0
"""What `systeminfo` prints: Windows is the entry, the host name the device; and the list that a script printed below it."""

from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_lines
from foss_audit.readers.windows import powershell_list, powershell_table, wmic
from foss_audit.readers.windows.system_lines import system_of

NAME = "systeminfo"
DESCRIPTION = "`systeminfo` text, in any language: Windows and the host name, and a table or list of wmic or PowerShell below it"

_LISTS = (powershell_table, powershell_list, wmic)


def recognises(head: Head) -> bool:
    """Whether the text begins with host, Windows and its version, one below the other."""
    return system_of(head.text.lstrip("\ufeff").splitlines()) is not None


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Windows, and what a list below it holds. Raises UnreadableFile for what is no text."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    device = None
    if system := system_of(text.lines):
        device = system.host
        found.add(system.name, system.version, system.publisher, "", "", LINE, system.line)
    if below := next((one for one in _LISTS if one.is_printed(text.lines)), None):
        below.read_printed(text.lines, found)
    return found.reading(NAME, text.encoding, device, text.notes)
