# SPDX-License-Identifier: Apache-2.0
"""Reads what `dpkg-query -W` prints, plain or in a format of one's own: columns are told by their values."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.endpoints.osquery_csv import has_package_heading
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import DEB_ARCHITECTURES, deb_distribution
from foss_audit.readers.packages.fields import Layout, Test, find_layout
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.sboms.statements import party_name
from foss_audit.readers.text_lines import LINE

NAME = "dpkg-query"
DESCRIPTION = "Debian and Ubuntu packages, printed by `dpkg-query -W`, plain or in a format of one's own (`-f`)"

_NAME = re.compile(r"[a-z0-9][a-z0-9+.-]+(?::[a-z0-9]+)?$")
_QUALIFIED = re.compile(r"[a-z0-9][a-z0-9+.-]+:(?:amd64|arm64|armhf|i386|all|any)$")
_VERSION = re.compile(r"(?:\d+:)?\d[A-Za-z0-9.+~:-]*$")
_TOLD_VERSION = re.compile(r".*(?:ubuntu|[+~-]deb\d|\+nmu|\+b\d|\+squeeze|\d+build\d)")
_STATUS = re.compile(
    r"(?:(?:unknown|install|hold|deinstall|purge) (?:ok|reinstreq|hold) )?"
    r"(installed|unpacked|half-installed|half-configured|triggers-awaited|triggers-pending|config-files|not-installed)$"
)
_ABBREVIATION = re.compile(r"[uihrp]([ncHUFWti])[ R]?$")
_MAINTAINER = re.compile(r"[^<>]{2,200}<[^<>@\s]+@[^<>\s]+>$")
_DATED = re.compile(r"\t\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\t(?:\d[\d.,]{0,9} [KMG]?B)?\t")
"""A date with a size behind it, which CCleaner lists of the programs of Windows."""
_OWN_PACKAGES = frozenset({"apt", "base-files", "base-passwd", "debconf", "debianutils", "dpkg", "libc6", "libpam-runtime"})
_TESTS = (
    Test("status", _STATUS.match),
    Test("abbreviation", _ABBREVIATION.match),
    Test("architecture", DEB_ARCHITECTURES.__contains__),
    Test("maintainer", _MAINTAINER.match, 0.8),
    Test("name", _NAME.match, 0.95, names=True),
    Test("version", lambda cell: _VERSION.match(cell) and not cell.isdigit(), 0.6),
)
_REQUIRED = frozenset({"name", "version"})
_GONE = frozenset({"config-files", "not-installed", "n", "c"})


def recognises(head: Head) -> bool:
    """Whether the lines have names and versions of packages in columns, and something that only Debian's have."""
    if has_package_heading(head.text):  # a table of osquery's
        return False
    lines = sample(head)
    if share(lines, _DATED.search) > 0.5:
        return False
    layout = find_layout(lines, _TESTS, _REQUIRED)
    if layout is None or not layout.begins_told:
        return False
    return _is_debian([cells for line in lines if (cells := layout.cells(line)) is not None], layout)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    layout = find_layout(opened.beginning(), _TESTS, _REQUIRED)
    rows = [(number, layout.cells(line) if layout else None) for number, line in opened.lines]
    columns = layout.columns if layout else {}
    namespace = deb_distribution(cells[columns["version"]] for _, cells in rows if cells is not None)
    for number, cells in rows:
        if cells is None or not _NAME.match(cells[columns["name"]]):
            found.problem(LINE, number, strange_line("dpkg-query -W"))
            continue
        told = {column: cells[index] for column, index in columns.items()}
        if not told["version"] or _state(cells, columns) in _GONE:
            found.skip(LINE, number, SkipReason.NOT_INSTALLED)
        else:
            name = told["name"].partition(":")[0]
            add_package(found, number, "deb", namespace, name, told["version"], party_name(told.get("maintainer", "")))
    return reading_of(found, NAME, opened)


def _is_debian(rows: Sequence[Sequence[str]], layout: Layout) -> bool:
    name, version = layout.columns["name"], layout.columns["version"]
    if "architecture" in layout.columns or "status" in layout.columns or "abbreviation" in layout.columns:
        return True
    if any(_QUALIFIED.match(row[name]) or row[name] in _OWN_PACKAGES for row in rows):
        return True
    return share([row[version] for row in rows], _TOLD_VERSION.match) >= 0.1


def _state(cells: Sequence[str], columns: Mapping[str, int]) -> str:
    """What a line says of the package's state, in whatever other cell; '' for nothing. A package may be named `rc`."""
    others = (cell for index, cell in enumerate(cells) if index not in (columns["name"], columns["version"]))
    states = (_STATUS.match(cell) or _ABBREVIATION.match(cell) for cell in others)
    return next((state[1] for state in states if state is not None), "")
