# SPDX-License-Identifier: Apache-2.0
"""Reads what `snap info` prints, one or several after each other: a snap with its publisher and licence."""

import re
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import Block, add_package, blocks, nameless_block, sample
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "snap-info"
DESCRIPTION = "A snap with its publisher and licence, printed by `snap info`"

_FIELD = re.compile(r"([a-z][a-z-]{1,20}):(?: +|$)(.*)")
_KEPT = frozenset({"name", "publisher", "license", "installed"})
_FIRST = ["name", "summary", "publisher"]
_VERIFIED = "✓✪*"
_NOTHING = frozenset({"unset", "unknown", "-", "--"})


def recognises(head: Head) -> bool:
    """Whether snap's first fields come first."""
    names = [match[1] for line in sample(head)[:6] if (match := _FIELD.match(line))]
    return names[:3] == _FIRST


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every snap; one that is only on offer is skipped. Raises UnreadableFile where the file is no text or beyond a limit."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for block in blocks(text.lines, _FIELD, _KEPT, starts="name"):
        _read_block(block, found)
    return found.reading(NAME, text.encoding, text.device, text.notes, hosts=text.hosts)


def _read_block(block: Block, found: EntryCollector) -> None:
    fields = {name: "" if value in _NOTHING else value for name, value in block.fields.items()}
    if not fields.get("name"):
        found.problem(LINE, block.position, nameless_block())
    elif not fields.get("installed"):
        found.skip(LINE, block.position, SkipReason.NOT_INSTALLED)
    else:
        version = fields["installed"].partition(" ")[0]
        publisher, license = fields.get("publisher", "").rstrip(_VERIFIED), fields.get("license", "")
        add_package(found, block.position, "snap", "", fields["name"], version, publisher, license)
