# SPDX-License-Identifier: Apache-2.0
"""Reports of Farbar Recovery Scan Tool and MiniToolBox: the section of installed programs, and Windows itself."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import Note, SkipReason, Source
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "scan-report"
DESCRIPTION = "Reports of Farbar Recovery Scan Tool (FRST.txt, Addition.txt) and MiniToolBox: installed programs and Windows"

_LINES_OF_HEAD = 400
_TOOL = re.compile(r".{0,80}(?:Farbar Recovery Scan Tool|MiniToolBox by Farbar).{0,20}\bVersion\b")
_SECTION = re.compile(r"={8,} *([^=]{1,120}?) *=*$")
_PROGRAMS = "installed programs"
_PACKAGES = "Packages:"
_ON_DEVICE = re.compile(r"Ran by .{1,200} on ([^\s()]{1,63})(?: |$)")
_WINDOWS = re.compile(
    r"(?:Platform: )?((?:Microsoft )?Windows (?:Server )?[\w.]{1,8}(?: [A-Z][A-Za-z]{1,20}| R2){0,5}?)"
    r"(?: (?:Version ([\w.]{1,10} [\d.]{1,20})|(Service Pack \d))|(?= \(X)|$)"
)
_LINES_BEFORE_SECTIONS = 15
_KEYS = (" (HKLM", " (HKU", " (HKCU")
_VERSION = " (Version:"
_PROGRAM = re.compile(r" \(HK(?:LM|CU|U)\b[^()]{0,300}\) \(Version: ")


def recognises(head: Head) -> bool:
    """Whether one of the tools names itself at the top."""
    lines = head.text.lstrip("\ufeff").splitlines()[:5]
    return any(map(_TOOL.match, lines))


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Windows and every installed program. Raises UnreadableFile for what is no text."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    device = _read_beginning(text.lines, found)
    notes = text.notes
    sections = [(heading, end) for heading, end in _sections(text.lines) if _has_programs(text.lines, heading, end)]
    if not sections:
        what = message("The report has no section of installed programs; add Addition.txt, which FRST writes beside it.")
        notes = (*notes, Note(Source(file), what))
    for position, line, is_package in _program_lines(text.lines, sections):
        (_read_package if is_package else _read_program)(line, position, found)
    return found.reading(NAME, text.encoding, device, notes)


def _read_beginning(lines: Sequence[str], found: EntryCollector) -> str | None:
    """Windows, where the report names it; the device."""
    device = None
    is_named = False
    for position, line in enumerate(lines[:_LINES_BEFORE_SECTIONS], 1):
        if on_device := _ON_DEVICE.match(line):
            device = on_device[1]
        windows = None if is_named else _WINDOWS.match(line)
        if windows is not None:
            is_named = True
            name = windows[1] if windows[1].startswith("Microsoft") else f"Microsoft {windows[1]}"
            found.add(name, windows[2] or windows[3] or "", "Microsoft Corporation", "", "", LINE, position)
    return device


def _sections(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Heading and end of each section, as indices."""
    headings = [number for number, line in enumerate(lines) if _SECTION.match(line.strip()) and line.strip().strip("=")]
    return pairwise([*headings, len(lines)])


def _has_programs(lines: Sequence[str], heading: int, end: int) -> bool:
    """Whether a section is that of the programs.

    The tool translates its headings; programs have their key of the registry and a version behind them in every language.
    """
    section = _SECTION.match(lines[heading].strip())
    is_named = section is not None and section[1].casefold().startswith(_PROGRAMS)
    return is_named or any(_PROGRAM.search(line) for line in lines[heading + 1 : end])


def _program_lines(lines: Sequence[str], sections: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str, bool]]:
    """Lines of these sections, with their numbers; the flag says whether they are packages of the Store."""
    for heading, end in sections:
        is_package = False
        for number in range(heading + 1, end):
            line = lines[number].strip()
            if line == _PACKAGES:
                is_package = True
            elif line and line.strip("=") and not _is_remark(line):
                yield number + 1, line, is_package


def _is_remark(line: str) -> bool:
    """Whether a whole line stands in brackets: what FRST says of the section."""
    return line.startswith("(") and line.endswith(")") and _VERSION not in line


def _read_program(line: str, position: int, found: EntryCollector) -> None:
    """`Name (HKLM\\...\\key) (Version: 1.2 - Publisher) <==== ATTENTION`."""
    version_at = line.rfind(_VERSION)
    if version_at < 0:
        found.problem(
            LINE, position, message("This line has no version in brackets as the others; check whether it is software.")
        )
        return
    stated = line[version_at + len(_VERSION) :]
    stated = stated[: stated.rfind(")")] if ")" in stated else stated
    version, separator, publisher = stated.partition(" - ")
    if not separator and stated.rstrip().endswith(" -"):
        version = stated.rstrip()[:-2]
    key_at = max(line.rfind(key, 0, version_at) for key in _KEYS)
    name = found.text(line[: key_at if key_at > 0 else version_at], "Name", LINE, position)
    if not name:
        found.skip(LINE, position, SkipReason.BLANK)
        return
    version, publisher = found.text(version, "Version", LINE, position), found.text(publisher, "Publisher", LINE, position)
    found.add(name, version, publisher, "", "", LINE, position)


def _read_package(line: str, position: int, found: EntryCollector) -> None:
    """`Name -> C:\\…\\WindowsApps\\Package_1.2.3_x64__abc [date] (Publisher)`."""
    name, arrow, rest = line.partition(" -> ")
    location, _, remark = rest.partition(" [")
    parts = location.rpartition("\\")[2].split("_")
    if not arrow or not name.strip() or len(parts) < 2:
        found.problem(LINE, position, message("This package is not written as the others; check whether it is software."))
        return
    publisher = found.text(remark.partition("(")[2].partition(")")[0], "Publisher", LINE, position)
    name, version = found.text(name, "Name", LINE, position), found.text(parts[1], "Version", LINE, position)
    found.add(name, version, publisher, "", "", LINE, position)
