# SPDX-License-Identifier: Apache-2.0
"""Reads dpkg's own database (`/var/lib/dpkg/status`) and what is printed of it: a paragraph is a package."""

import re
from collections.abc import Mapping
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import deb_distribution, unfree_area
from foss_audit.readers.packages.printed_list import Block, add_package, blocks, nameless_block, sample
from foss_audit.readers.sboms.statements import party_name
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "dpkg-status"
DESCRIPTION = "Database of dpkg (`/var/lib/dpkg/status`, `status.d`) and what `dpkg -s` or `apt show` prints of it"

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):(.*)")
_KEPT = frozenset(
    {
        "package",
        "status",
        "version",
        "maintainer",
        "vendor",
        "license",
        "filename",
        "apt-sources",
        "apt-manual-installed",
        "section",
    }
)
_OTHERS = frozenset({"architecture", "maintainer", "status", "installed-size", "section"})
_STATES_ON_DEVICE = frozenset(
    {"installed", "unpacked", "half-configured", "half-installed", "triggers-awaited", "triggers-pending"}
)
_STATES_GONE = frozenset({"config-files", "not-installed"})


def recognises(head: Head) -> bool:
    """Whether the file begins with a paragraph of a Debian package."""
    lines = sample(head)
    if not lines or not lines[0].startswith("Package: "):
        return False
    seen: set[str] = set()
    for line in lines[1:60]:
        match = _FIELD.match(line)
        if match is None and line[0].isspace():
            continue
        if match is None or match[1] == "Package":
            break
        seen.add(match[1].casefold())
    return ("version" in seen or "status" in seen) and not seen.isdisjoint(_OTHERS)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every paragraph. Raises UnreadableFile where the file is no text or beyond a limit."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    packages = list(blocks(text.lines, _FIELD, _KEPT))
    namespace = deb_distribution(package.fields.get("version", "") for package in packages)
    has_states = any("status" in package.fields for package in packages)
    for package in packages:
        _read_package(package, namespace, has_states, found)
    return found.reading(NAME, text.encoding, text.device, text.notes, hosts=text.hosts)


def _read_package(package: Block, namespace: str, has_states: bool, found: EntryCollector) -> None:
    fields = package.fields
    state = _state(fields, has_states)
    if not fields.get("package"):
        found.problem(LINE, package.position, nameless_block())
    elif state in _STATES_GONE:
        found.skip(LINE, package.position, SkipReason.NOT_INSTALLED)
    elif state not in _STATES_ON_DEVICE:
        found.problem(
            LINE,
            package.position,
            message("The state of the package {name} is missing or unknown; copy the file again.", name=fields["package"][:100]),
        )
    else:
        publisher = party_name(fields.get("maintainer", "")) or fields.get("vendor", "")
        add_package(
            found,
            package.position,
            "deb",
            namespace,
            fields["package"],
            fields.get("version", ""),
            publisher,
            fields.get("license", ""),
            unfree_area(fields.get("section", "")),
        )


def _state(fields: Mapping[str, str], has_states: bool) -> str:
    """The state as dpkg names it. A paragraph without one is of an installed package (distroless images keep such files),

    of one on offer where it says which repository has it, and damaged where the others have states.
    """
    if "status" in fields:
        return fields["status"].rpartition(" ")[2]
    if "apt-manual-installed" in fields:
        return "installed"
    if "filename" in fields or "apt-sources" in fields:
        return "not-installed"
    return "" if has_states else "installed"
