# SPDX-License-Identifier: Apache-2.0
"""Reads the blocks that `pacman -Qi` prints: a block is a package, with its licences."""

import re
from collections.abc import Mapping
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import alpm_distribution
from foss_audit.readers.packages.printed_list import add_package, blocks, nameless_block, sample
from foss_audit.readers.sboms.statements import join_licenses
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "pacman-info"
DESCRIPTION = "Packages of Arch Linux and its kin with their licences, printed by `pacman -Qi`"

_FIELD = re.compile(r"([^\W\d_][^\W\d_]*(?: [^\W\d_]+){0,3}) +:(.*)")
_NAMES, _VERSIONS, _LICENSES = ("name", "nama"), ("version", "versi"), ("licenses", "lisensi")
_KEPT = frozenset({*_NAMES, *_VERSIONS, *_LICENSES, "repository", "repositori", "install date", "tanggal pemasangan", "packager"})


def recognises(head: Head) -> bool:
    """Whether the file begins with a block of pacman's: its name, then its version, and licences in the plural."""
    lines = sample(head)[:12]
    names = [match[1].casefold() for line in lines if (match := _FIELD.match(line))]
    start = 1 if names[:1] in (["repository"], ["repositori"]) else 0
    return len(names) > 3 and names[start] in _NAMES and names[start + 1] in _VERSIONS and not set(names).isdisjoint(_LICENSES)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every block. Raises UnreadableFile where the file is no text or beyond a limit."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    packages = list(blocks(text.lines, _FIELD, _KEPT))
    namespace = alpm_distribution(_first(package.fields, _NAMES) for package in packages)
    if not namespace and any("archlinux.org" in package.fields.get("packager", "") for package in packages):
        namespace = "arch"
    for package in packages:
        name = _first(package.fields, _NAMES)
        if not name:
            found.problem(LINE, package.position, nameless_block())
        elif "repository" in package.fields or "repositori" in package.fields:
            found.skip(LINE, package.position, SkipReason.NOT_INSTALLED)
        else:
            licenses = re.split(" {2,}", _first(package.fields, _LICENSES))
            license = join_licenses(license for license in licenses if license != "None")
            add_package(found, package.position, "alpm", namespace, name, _first(package.fields, _VERSIONS), license=license)
    return found.reading(NAME, text.encoding, text.device, text.notes, hosts=text.hosts)


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if name in fields), "")
