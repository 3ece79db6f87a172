# SPDX-License-Identifier: Apache-2.0
"""Reads what `rpm -qa` prints, plain or in a query format of one's own: columns are told by their values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import ENTERPRISE_TAG, RPM_ARCHITECTURES, rpm_distribution, rpm_tag
from foss_audit.readers.packages.fields import Layout, Test, find_layout
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.packages.rpm_names import KEY, RpmName, namespace_of, parse_rpm_name, said, without_epoch_of_nothing
from foss_audit.readers.sboms.statements import party_name
from foss_audit.readers.text_lines import LINE

NAME = "rpm-list"
DESCRIPTION = (
    "RPM packages, printed by `rpm -qa`, plain (also `--last`) or in a format of one's own (`--qf`), with or without licences"
)

_NAME = re.compile(r"[A-Za-z0-9_][\w.+-]*$")
_VERSION_RELEASE = re.compile(r"(?:\(none\):|\d+:)?[A-Za-z]?\d[\w.+~^]*-[\w.+~^]*\d[\w.+~^]*$")
_VERSION = re.compile(r"(?:\(none\):|\d+:)?[A-Za-z]?\d[\w.+~^:]*$")
_RELEASE = re.compile(r"\d[\w.+~^]*$")
_LICENSE = re.compile(
    r".*(?:\b[AL]?GPL|\bGPL|\bBSD\b|\bBSD-|\bMIT\b|\bASL\b|\bApache|\bMPL|\bISC\b|\bzlib\b|\bOpenSSL\b|Public [Dd]omain|Artistic"
    r"|\bOFL\b|\bCC0|\bPython\b|\bFTL\b|Distributable|Proprietary|Commercial|\bpubkey\b|Redistributable)"
)
_VENDOR = re.compile(
    r".*(?:Project|\bInc\b|\bLLC\b|\bLtd|GmbH|\bCorp|\.[Oo]rg\b|Foundation|SUSE|CentOS|Red Hat|Oracle|Rocky|RESF|AlmaLinux"
    r"|Fedora|Mageia|Google|Microsoft|Amazon|\bTeam\b|\(none\)$)"
)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}[:.]\d{2}")
_PACKAGER = re.compile(r"[^<>]{2,200}<[^<>\s]+>$")


def _is_name(cell: str) -> bool:
    # dnf prints names with their architecture: that is another reader's.
    return bool(_NAME.match(cell)) and not _VERSION.match(cell) and cell.rpartition(".")[2] not in RPM_ARCHITECTURES


def _is_version(cell: str) -> bool:
    return bool(_VERSION.match(cell)) and not (cell.isdigit() and len(cell) > 8)


_TESTS = (
    Test("full", lambda cell: (full := parse_rpm_name(cell)) and (full.architecture or full.name == KEY)),
    Test("architecture", lambda cell: cell in RPM_ARCHITECTURES or cell == "(none)"),
    Test("license", _LICENSE.match, 0.6),
    Test("packager", _PACKAGER.match, 0.7),
    Test("vendor", lambda cell: _VENDOR.match(cell) and "/" not in cell and len(cell) < 60, 0.6),
    Test("version-release", _VERSION_RELEASE.match),
    Test("name", _is_name, names=True),
    Test("version", _is_version),
    Test("release", _RELEASE.match),
)
_REQUIRED = (frozenset({"full"}), frozenset({"name", "version-release"}), frozenset({"name", "version", "release"}))


@dataclass(frozen=True, slots=True)
class _Row:
    package: RpmName
    vendor: str = ""
    license: str = ""


def recognises(head: Head) -> bool:
    """Whether nearly all lines are full names of packages, or rows of columns in which rpm's are told."""
    lines = sample(head)
    if share(lines, _full_name) >= 0.9:
        return share(lines, _is_surely_rpm) >= 0.3
    layout = _layout(lines)
    if layout is None or not layout.begins_told:
        return False
    rows = [row for line in lines if (row := _row_of(layout, line)) is not None]
    return len(rows) >= 0.9 * len(lines) and sum(_is_rpm(row.package) for row in rows) >= 0.3 * len(rows)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    layout = None if share(opened.beginning(), _full_name) >= 0.9 else _layout(opened.beginning())
    rows = [(number, _row_of(layout, line)) for number, line in opened.lines]
    of_list = rpm_distribution(row.package.name for _, row in rows if row is not None)
    for number, row in rows:
        if row is None:
            found.problem(LINE, number, strange_line("rpm -qa"))
        elif row.package.name == KEY:
            found.skip(LINE, number, SkipReason.NOT_INSTALLED)
        else:
            package = row.package
            namespace = namespace_of(package.release, row.vendor, of_list)
            add_package(found, number, "rpm", namespace, package.name, package.full_version, row.vendor, row.license)
    return reading_of(found, NAME, opened)


def _full_name(line: str) -> RpmName | None:
    """The full name on a line, which `rpm -qa --last` follows by the time of its installation."""
    first, _, rest = line.partition(" ")
    return parse_rpm_name(first) if not rest or _TIME.search(rest[:80]) else None


def _layout(lines: Sequence[str]) -> Layout | None:
    return next((layout for required in _REQUIRED if (layout := find_layout(lines, _TESTS, required)) is not None), None)


def _row_of(layout: Layout | None, line: str) -> _Row | None:
    if layout is None:
        package = _full_name(line)
        return None if package is None else _Row(package)
    cells = layout.cells(line)
    if cells is None:
        return None
    told = {column: said(cells[index]) for column, index in layout.columns.items()}
    package = _package_of(told)
    if package is None:
        return None
    return _Row(package, party_name(told.get("vendor", "")) or party_name(told.get("packager", "")), told.get("license", ""))


def _package_of(told: dict[str, str]) -> RpmName | None:
    if "full" in told:
        return parse_rpm_name(told["full"])
    version, release = told.get("version", ""), told.get("release", "")
    if "version-release" in told:
        version, _, release = told["version-release"].rpartition("-")
    if not _NAME.match(told["name"]) or not version:
        return None
    return RpmName(told["name"], without_epoch_of_nothing(version), release, told.get("architecture", ""))


def _is_surely_rpm(line: str) -> bool:
    package = _full_name(line)
    return package is not None and _is_rpm(package)


def _is_rpm(package: RpmName) -> bool:
    """Whether an architecture or a mark of a distribution shows that a name is one of rpm's."""
    marked = rpm_tag(package.release) or ENTERPRISE_TAG.search(package.release) or ENTERPRISE_TAG.search(f".{package.release}")
    return bool(package.architecture) or bool(marked) or package.name == KEY
