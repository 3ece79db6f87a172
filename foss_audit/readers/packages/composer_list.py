# SPDX-License-Identifier: Apache-2.0
"""Reads what `composer show` and `composer licenses` print: PHP packages, the latter with their licences."""

import re
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.package_urls import package_url
from foss_audit.readers.packages.printed_list import open_list, reading_of, sample, share, strange_line
from foss_audit.readers.sboms.statements import join_parts, says_something
from foss_audit.readers.text_lines import LINE

NAME = "composer-list"
DESCRIPTION = "PHP packages, printed by `composer show` or, with their licences, `composer licenses`"

_ROW = re.compile(r"([a-z0-9][a-z0-9_.-]*)/([a-z0-9][a-z0-9_.-]*) +(v?\d\S*|dev-\S+|\d+\.x-dev)(?: +(?:[0-9a-f]{7} +)?(.*))?$")
_HEADING = re.compile(r"Name +Version +Licenses?(?: |$)")
_PROJECT = re.compile(r"(?:Name|Version|Licenses|Dependencies):")
"""What `composer licenses` says of the project itself."""


def recognises(head: Head) -> bool:
    """Whether nearly all lines are packages named `vendor/package` with a version."""
    lines = [line for line in sample(head) if not _HEADING.match(line) and not _PROJECT.match(line)]
    return share(lines, _ROW.match) >= 0.95


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    has_licenses = False
    for number, line in opened.lines:
        if _HEADING.match(line) or _PROJECT.match(line):
            has_licenses = has_licenses or _HEADING.match(line) is not None
            continue
        row = _ROW.match(line)
        if row is None:
            found.problem(LINE, number, strange_line("composer show"))
            continue
        name = found.text(f"{row[1]}/{row[2]}", "name", LINE, number)
        version = found.text(row[3], "version", LINE, number)
        license = found.text(row[4] or "", "license", LINE, number) if has_licenses else ""
        purl = package_url("composer", row[1], row[2], version)
        # Several licences of a package are a choice (Composer's schema calls them disjunctive).
        choice = join_parts(map(str.strip, license.split(",")), "OR") if says_something(license) else ""
        found.add(name, version, "", choice, purl, LINE, number)
    return reading_of(found, NAME, opened)
