# SPDX-License-Identifier: Apache-2.0
"""Reads SPDX SBOMs in tag-value form; an entry stands at the line of its PackageName."""

from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.sboms.spdx import format_notes, read_packages
from foss_audit.readers.sboms.spdx_tags import TAGS, is_comment, parse_tags, tag_and_value
from foss_audit.readers.text_lines import read_lines

NAME = "spdx-tag-value"
DESCRIPTION = "SPDX SBOM as tag-value text (.spdx, .tag), 1.0 to 2.3"

_VERSION = "SPDXVersion"
_TELLING = frozenset(
    {
        "DocumentNamespace",
        "PackageName",
        "PackageDownloadLocation",
        "PackageLicenseDeclared",
        "PackageLicenseConcluded",
        "PackageCopyrightText",
    }
)
"""Tags that no other format has; two of them are enough where the version is missing."""
_FIRST_LINES = 2_000


def recognises(head: Head) -> bool:
    """Whether the first line that says something is a tag of SPDX, and the version or what only SPDX has is among the tags."""
    lines = [line for line in head.text.lstrip("\ufeff").splitlines()[:_FIRST_LINES] if line.strip() and not is_comment(line)]
    if not lines or tag_and_value(lines[0])[0].casefold() not in TAGS:
        return False
    seen: set[str] = set()
    for line in lines:
        tag, value = tag_and_value(line)
        if tag == _VERSION and value.startswith("SPDX-"):
            return True
        if tag in _TELLING:
            seen.add(tag)
    return len(seen) > 1


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every package, in the order of lines. Raises UnreadableFile where the file is no text or beyond a limit."""
    text = read_lines(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    root, packages = parse_tags(text.lines, found)
    device = read_packages(root, packages, found)
    return found.reading(NAME, text.encoding, device, (*text.notes, *format_notes(root, file)))
