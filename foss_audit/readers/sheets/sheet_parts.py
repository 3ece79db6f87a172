# SPDX-License-Identifier: Apache-2.0
"""Which part of a workbook's archive is which of its sheets."""

import posixpath
from collections.abc import Iterable

from foss_audit.readers.sheets.parse_xml import parse_xml
from foss_audit.readers.sheets.shared_strings import varint

_BINARY_SHEET = 156


def workbook_part(names: Iterable[str]) -> str | None:
    """The name of the part that lists the sheets of an Excel workbook."""
    return next((name for name in names if posixpath.basename(name) in ("workbook.xml", "workbook.bin")), None)


def relations_part(workbook: str) -> str:
    """The name of the part that says where the sheets are."""
    folder, name = posixpath.split(workbook)
    return posixpath.join(folder, "_rels", name + ".rels")


def sheet_parts(name: str, workbook: bytes, relations: bytes) -> list[str]:
    """Names of the parts of the sheets, in the order of the workbook; '' where one is not told."""
    targets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            target = posixpath.join("/", posixpath.dirname(name), attributes.get("Target", ""))
            targets[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    parse_xml([relations], relation)
    listed = _binary_sheets(workbook) if name.endswith(".bin") else _xml_sheets(workbook)
    return [targets.get(sheet, "") for sheet in listed]


def _xml_sheets(workbook: bytes) -> list[str]:
    """Ids of the relations of the sheets."""
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            found.append(next((text for name, text in attributes.items() if name.endswith(":id")), ""))

    parse_xml([workbook], start)
    return found


def _binary_sheets(workbook: bytes) -> list[str]:
    found: list[str] = []
    position = 0
    while position < len(workbook):
        kind, position = varint(workbook, position, 2)
        size, position = varint(workbook, position, 4)
        if kind == _BINARY_SHEET:
            length = int.from_bytes(workbook[position + 8 : position + 12], "little")
            end = min(position + 12 + 2 * length, position + size)
            found.append(workbook[position + 12 : end].decode("utf-16-le", errors="replace"))
        position += size
    return found
