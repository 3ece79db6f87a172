# SPDX-License-Identifier: Apache-2.0
"""Reads SPDX 2 SBOMs in YAML."""

import re
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.sboms.spdx import format_notes, listed_packages, opened, read_packages
from foss_audit.readers.sboms.spdx_yaml_tree import load_yaml

NAME = "spdx-yaml"
DESCRIPTION = "SPDX SBOM in YAML, 2.1 to 2.3"

_KEYS = frozenset(
    {
        "SPDXID",
        "annotations",
        "comment",
        "creationInfo",
        "dataLicense",
        "documentDescribes",
        "documentNamespace",
        "externalDocumentRefs",
        "files",
        "hasExtractedLicensingInfos",
        "name",
        "packages",
        "relationships",
        "revieweds",
        "snippets",
        "spdxVersion",
    }
)
_ENVELOPE = "Document"
_KEY = re.compile(r"""["']?([A-Za-z]+)["']?[ \t]*:(?:[ \t]|$)""")
_VERSION = re.compile(r"""["']?spdxVersion["']?[ \t]*:[ \t]*["']?SPDX-""")
_INNER_KEY = re.compile(r"""[ \t]{1,8}["']?(specVersion|spdxVersion|SPDXID)["']?[ \t]*:[ \t]""")
_MARKS = ("#", "---", "%YAML")


def recognises(head: Head) -> bool:
    """Whether the document begins with a key of SPDX at its margin, and has the version or the id and another one there."""
    lines = [line for line in head.text.lstrip("\ufeff").splitlines() if line.strip() and not line.startswith(_MARKS)]
    first = _KEY.match(lines[0]) if lines else None
    if first is None:
        return False
    if first[1] == _ENVELOPE:
        return any(_INNER_KEY.match(line) for line in lines)
    if first[1] not in _KEYS:
        return False
    keys = {match[1] for match in map(_KEY.match, lines) if match}
    return any(map(_VERSION.match, lines)) or ("SPDXID" in keys and not keys.isdisjoint(_KEYS - {"SPDXID"}))


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every package, in document order. Raises UnreadableFile where nothing of the YAML can be read."""
    document = load_yaml(path, file, context.limits)
    root, pointer = opened(document.root)
    found = EntryCollector(file, context.limits)
    found.problems.extend(document.problems)
    device = read_packages(root, listed_packages(root, pointer, found), found)
    return found.reading(NAME, document.encoding, device, (*document.notes, *format_notes(root, file)))
