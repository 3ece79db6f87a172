# SPDX-License-Identifier: Apache-2.0
"""Reads what `flatpak info` prints, one or several after each other: an application with its licence."""

import re
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import Block, add_software, blocks, nameless_block, sample
from foss_audit.readers.text_lines import LINE, read_lines

NAME = "flatpak-info"
DESCRIPTION = "A Flatpak application or runtime with its licence, printed by `flatpak info`"

_FIELD = re.compile(r" {0,20}([A-Z][A-Za-z]{1,15}): (.*)")
_KEPT = frozenset({"id", "ref", "branch", "version", "license"})
_TITLE = re.compile(r"(\S.{0,150}?) - ")


def recognises(head: Head) -> bool:
    """Whether an id stands before its reference, its architecture and its branch near the top."""
    names = [match[1] for line in sample(head)[:12] if (match := _FIELD.match(line))]
    return names[:4] == ["ID", "Ref", "Arch", "Branch"]


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every block with an id. Raises UnreadableFile where the file is no text or beyond a limit."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    title = ""
    for block in blocks(text.lines, _FIELD, _KEPT):
        if "id" in block.fields or "ref" in block.fields:
            _read_block(block, title, found)
        heading = _TITLE.match(text.lines[block.position - 1])
        title = heading[1] if heading and not block.fields else ""
    return found.reading(NAME, text.encoding, text.device, text.notes, hosts=text.hosts)


def _read_block(block: Block, title: str, found: EntryCollector) -> None:
    fields = block.fields
    if not fields.get("id"):
        found.problem(LINE, block.position, nameless_block())
        return
    branch = fields.get("branch", "")
    version = fields.get("version", "") or (branch if branch[:1].isdigit() else "")
    add_software(found, block.position, title or fields["id"], version, license=fields.get("license", ""))
