# SPDX-License-Identifier: Apache-2.0
"""Reads apk's own database (`/lib/apk/db/installed`): a paragraph is a package of Alpine, with its licence."""

import re
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import apk_distribution
from foss_audit.readers.packages.printed_list import add_package, blocks, nameless_block, sample
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "apk-installed"
DESCRIPTION = "Database of apk (`/lib/apk/db/installed`) with the licences of Alpine packages"

_FIELD = re.compile(r"([PVLFC]):(.*)")
_KEPT = frozenset("pvlf")


def recognises(head: Head) -> bool:
    """Whether the file begins with a paragraph of apk's."""
    lines = sample(head)[:8]
    return (
        bool(lines)
        and lines[0].startswith(("C:Q", "P:"))
        and any(line.startswith("P:") for line in lines)
        and any(line.startswith("V:") for line in lines)
    )


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every paragraph. Raises UnreadableFile where the file is no text or beyond a limit."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    packages = list(blocks(text.lines, _FIELD, _KEPT))
    namespace = apk_distribution(package.fields.get("p", "").partition("-")[0] for package in packages)
    # The index of a repository has the same fields, but for the files that a package put on the device.
    is_index = not any("f" in package.fields for package in packages)
    for package in packages:
        fields = package.fields
        if not fields.get("p"):
            found.problem(LINE, package.position, nameless_block())
        elif is_index:
            found.skip(LINE, package.position, SkipReason.NOT_INSTALLED)
        else:
            version, license = fields.get("v", ""), fields.get("l", "")
            add_package(found, package.position, "apk", namespace, fields["p"], version, license=license)
    return found.reading(NAME, text.encoding, text.device, text.notes, hosts=text.hosts)
