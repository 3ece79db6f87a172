# SPDX-License-Identifier: Apache-2.0
"""Reads the blocks that `rpm -qai`, `dnf info` and `zypper info` print: a block is a package, with its licence."""

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import rpm_distribution
from foss_audit.readers.packages.printed_list import Block, add_package, blocks, nameless_block, sample
from foss_audit.readers.packages.rpm_names import KEY, namespace_of, said, without_epoch_of_nothing
from foss_audit.readers.sboms.statements import party_name
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "rpm-info"
DESCRIPTION = "RPM packages with their licences, printed by `rpm -qai`, `dnf info` (`yum info`) or `zypper info`"

_FIELD = re.compile(r"(Name(?= {2,}:)|(?!Name)[A-Z][A-Za-z]{1,15}(?: [A-Za-z]{2,12})?) *:(.*)")
_SECOND = re.compile(r" (Vendor|License|Relocations|Build Date|Build Host|Source RPM): ?(.*)")
"""What old versions of rpm print in a second column."""
_TWO_COLUMNS = ("name", "version", "release", "group", "size")
_KEPT = frozenset({*_TWO_COLUMNS, "license", "vendor", "packager", "epoch", "install date", "installed"})
_ON_OFFER = re.compile(r"(?:Available [Pp]ackages|Paket (?:yang )?[Tt]ersedia)$")
_ON_DEVICE = re.compile(r"(?:Installed [Pp]ackages|Paket (?:yang )?[Tt]erpasang)$")
_SEARCHED_LINES = 40


def recognises(head: Head) -> bool:
    """Whether a block with a name, a version and what only rpm has comes first."""
    lines = sample(head)[:_SEARCHED_LINES]
    start = next((number for number, line in enumerate(lines) if re.match(r"Name {2,}:", line)), None)
    if start is None or start > 12:
        return False
    names = {match[1].casefold() for line in lines[start : start + 20] if (match := _FIELD.match(line))}
    return "version" in names and ("release" in names or {"repository", "arch"} <= names) and "licenses" not in names


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every block. Raises UnreadableFile where the file is no text or beyond a limit."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    packages = [(block, _columns_of(block)) for block in blocks(text.lines, _FIELD, _KEPT, starts="name")]
    of_list = rpm_distribution(fields.get("name", "") for _, fields in packages)
    on_offer = _Sections(text.lines)
    for block, fields in packages:
        if not fields["name"]:
            found.problem(LINE, block.position, nameless_block())
        elif fields["name"] == KEY or _is_gone(fields) or on_offer.at(block.position):
            found.skip(LINE, block.position, SkipReason.NOT_INSTALLED)
        else:
            _read_package(block.position, fields, of_list, found)
    return found.reading(NAME, text.encoding, text.device, text.notes, hosts=text.hosts)


def _read_package(position: int, fields: Mapping[str, str], of_list: str, found: EntryCollector) -> None:
    version, release = without_epoch_of_nothing(fields.get("version", "")), fields.get("release", "")
    vendor = said(fields.get("vendor", ""))
    publisher = party_name(vendor) or party_name(said(fields.get("packager", "")))
    add_package(
        found,
        position,
        "rpm",
        namespace_of(release or version, vendor, of_list),
        fields["name"],
        f"{version}-{release}" if release else version,
        publisher,
        said(fields.get("license", "")),
    )


def _columns_of(block: Block) -> dict[str, str]:
    """The fields of a block, those of a second column among them."""
    fields = {"name": "", **block.fields}
    for name in _TWO_COLUMNS:
        if second := _SECOND.search(fields.get(name, "")):
            fields[name] = fields[name][: second.start()].strip()
            fields.setdefault(second[1].casefold(), second[2].strip())
    return fields


def _is_gone(fields: Mapping[str, str]) -> bool:
    return fields.get("install date") == "(not installed)" or fields.get("installed", "").casefold() in ("no", "tidak")


class _Sections:
    """Which lines stand below a heading of packages that are only on offer."""

    def __init__(self, lines: Sequence[str]) -> None:
        marks = [(number, _ON_OFFER.match(line) is not None) for number, line in enumerate(lines, 1) if _is_mark(line)]
        self._positions = [number for number, _ in marks]
        self._on_offer = [on_offer for _, on_offer in marks]

    def at(self, position: int) -> bool:
        """Whether what stands on a line is only on offer."""
        before = bisect(self._positions, position)
        return before > 0 and self._on_offer[before - 1]


def _is_mark(line: str) -> bool:
    return _ON_OFFER.match(line) is not None or _ON_DEVICE.match(line) is not None
