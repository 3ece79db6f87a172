# SPDX-License-Identifier: Apache-2.0
"""What `choco list` prints: ids of packages with versions, and programs that Chocolatey did not install."""

import re
from collections.abc import Sequence
from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.package_urls import package_url
from foss_audit.readers.text_lines import LINE, read_lines
from foss_audit.readers.windows.printed_parts import CHOCOLATEY_HEADING, Form, holds_several, read_form

NAME = "choco-list"
DESCRIPTION = "`choco list` text (`id version`), also with -r (`id|version`), --id-only and --include-programs"

_FOOTER = re.compile(r"\d+ (?:packages? installed|applications? not managed)", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}")
_PACKAGE = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_.+-]{0,99})[ |](\d[\w.+-]{0,60})(?: \[Approved\].*)?")
_ITSELF = "chocolatey"
"""Chocolatey is a package of its own, in every list."""
_VARIANT = re.compile(r"\.(?:install|portable|commandline)$", re.IGNORECASE)
"""Chocolatey lists a program twice: as `vlc`, which asks for `vlc.install`, which installs it."""
_LINES_OF_HEAD = 2000
_MOST = 0.6


def recognises(head: Head) -> bool:
    """Whether most lines are packages, with Chocolatey's heading above or its own package among them."""
    if holds_several(head):
        return False
    lines = [line.strip() for line in head.text.lstrip("\ufeff").splitlines()[:_LINES_OF_HEAD] if line.strip()]
    packages = [found for line in lines if (found := _PACKAGE.fullmatch(line))]
    if any(CHOCOLATEY_HEADING.match(line) for line in lines[:10]):
        return bool(packages) or any(_FOOTER.match(line) for line in lines)
    if any(found[1].casefold() == _ITSELF for found in packages):
        return len(packages) > len(lines) * _MOST
    # --id-only
    return (
        len(lines) > 1 and any(line.casefold() == _ITSELF for line in lines) and all(_ID.fullmatch(line) for line in lines[:-1])
    )


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every package, and every program below the packages. Raises UnreadableFile for what is no text."""
    text = read_lines(path, file, context.limits)
    return read_form(NAME, text, EntryCollector(file, context.limits), read_printed, Form.CHOCOLATEY)


def read_printed(lines: Sequence[str], found: EntryCollector) -> None:
    """Every package, and every program below the packages."""
    is_ids = not any(_PACKAGE.fullmatch(line.strip()) for line in lines)
    first = next((number for number, line in enumerate(lines) if _is_entry(line.strip(), is_ids)), len(lines))
    _read_lines(lines, first, is_ids, found)


def _read_lines(lines: Sequence[str], first: int, is_ids: bool, found: EntryCollector) -> None:
    is_over = False
    for position, line in enumerate(lines[first:], first + 1):
        line = line.strip()
        package = _PACKAGE.fullmatch(line)
        if _FOOTER.match(line):
            is_over = True
        elif package:
            _add(package[1], package[2], position, found)
        elif "|" in line:
            name, _, version = line.rpartition("|")
            name, version = found.text(name, "Name", LINE, position), found.text(version, "Version", LINE, position)
            if name:
                found.add(name, version, "", "", "", LINE, position)
            else:
                found.problem(LINE, position, message("This line is no package with a version; list the packages again."))
        elif is_ids and not is_over and _ID.fullmatch(line):
            _add(line, "", position, found)
        elif line and not is_over:
            found.problem(LINE, position, message("This line is no package with a version; list the packages again."))


def _is_entry(line: str, is_ids: bool) -> bool:
    return (_ID if is_ids else _PACKAGE).fullmatch(line) is not None or (not is_ids and line.count("|") == 1)


def _add(identifier: str, version: str, position: int, found: EntryCollector) -> None:
    purl = package_url("chocolatey", "", identifier.lower(), version)
    found.add(_VARIANT.sub("", identifier) or identifier, version, "", "", purl, LINE, position)
