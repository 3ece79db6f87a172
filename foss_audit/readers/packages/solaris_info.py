# SPDX-License-Identifier: Apache-2.0
"""Reads the blocks that `pkg info` (Solaris 11, OpenIndiana) and `pkginfo -l` (Solaris 10 and older) print."""

import re
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import Block, add_software, blocks, nameless_block, sample
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "solaris-info"
DESCRIPTION = "Solaris packages, printed by `pkg info` or `pkginfo -l`"

_FIELD = re.compile(r" {0,30}([A-Z][A-Za-z]{1,15}(?: [A-Z][A-Za-z]{1,10}){0,2}): +(.*)")
_KEPT = frozenset({"pkginst", "name", "version", "vendor", "publisher", "state", "status", "fmri"})
_OWN = ({"pkginst", "category", "arch"}, {"publisher", "fmri", "branch"})
"""What only blocks of `pkginfo -l`, or only those of `pkg info`, have."""


def recognises(head: Head) -> bool:
    """Whether the file begins with a block of either tool."""
    lines = sample(head)[:30]
    names = [match[1].casefold() for line in lines if (match := _FIELD.match(line))]
    return names[:1] in (["pkginst"], ["name"]) and any(own <= set(names) for own in _OWN)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every block. Raises UnreadableFile where the file is no text or beyond a limit."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for package in blocks(text.lines, _FIELD, _KEPT):
        _read_package(package, found)
    return found.reading(NAME, text.encoding, text.device, text.notes, hosts=text.hosts)


def _read_package(package: Block, found: EntryCollector) -> None:
    fields = package.fields
    name = fields.get("name") or fields.get("pkginst", "")
    if not name:
        found.problem(LINE, package.position, nameless_block())
    elif fields.get("state", "").startswith("Not") or fields.get("status", "").startswith("not"):
        found.skip(LINE, package.position, SkipReason.NOT_INSTALLED)
    else:
        # The publisher of `pkg info` is the name of a package source.
        version = fields.get("version", "").partition(" ")[0].partition(",REV=")[0]
        add_software(found, package.position, name, version, fields.get("vendor", ""))
