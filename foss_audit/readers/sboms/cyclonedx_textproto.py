# SPDX-License-Identifier: Apache-2.0
"""Reads CycloneDX SBOMs in protobuf's text format as the document in the JSON shape that says the same."""

import re
from pathlib import Path

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Note, Problem, Source
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.sboms.cyclonedx import read_components
from foss_audit.readers.sboms.cyclonedx_protobuf_shape import further_subjects, json_shape
from foss_audit.readers.sboms.protobuf_text import Fields, TextDamage, Value, Word, first_word, parse_protobuf_text
from foss_audit.readers.text_file import read_text_file

NAME = "cyclonedx-textproto"
DESCRIPTION = "CycloneDX SBOM in protobuf text format (.textproto), 1.3 to 1.7"

_SUBJECT = "/metadata/component"
_SUFFIXES = frozenset({".pbtxt", ".prototxt", ".textpb", ".textproto", ".txtpb"})
_VERSION = re.compile(r"1\.\d{1,2}")
_MESSAGES = frozenset((
    "annotations", "citations", "components", "compositions", "declarations", "definitions", "dependencies",
    "external_references", "formulation", "metadata", "properties", "services", "vulnerabilities",
))  # fmt: skip
_FIELDS = _MESSAGES | {"bom_format", "serial_number", "spec_version", "version"}
"""Of the message Bom in any version of the format."""


def recognises(head: Head) -> bool:
    """Whether the text begins with a field of CycloneDX's message Bom, and holds what no other message or format has."""
    text = head.text.removeprefix("\ufeff")
    if first_word(text) not in _FIELDS:
        return False
    fields = parse_protobuf_text(_with_line_feeds(text)).fields
    given = {name: values for name, values in fields.items() if values}
    if any(all(isinstance(value, str) for value in given[name]) for name in given.keys() & _MESSAGES):
        return False  # as YAML has it
    components = _outer_components(given)
    if any(_is_kind(kind) for component in components for kind in component.get("type", ())):
        return True
    if not any(_VERSION.fullmatch(version) for version in _texts(given, "spec_version")):
        return False
    if any(number.startswith("urn:uuid:") for number in _texts(given, "serial_number")):
        return True
    return given.keys() <= _FIELDS and (bool(components) or head.suffix in _SUFFIXES)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every component, in document order, as far as the text goes. Raises UnreadableFile beyond a limit."""
    if path.stat().st_size > context.limits.document_bytes:
        raise UnreadableFile(context.limits.exceeded("document_bytes"), Source(file))
    source = read_text_file(path, file, context.limits)
    text = _with_line_feeds(source.content().decode("utf-8-sig", errors="replace"))
    if max(text.count(":"), text.count("{") + text.count("<")) > context.limits.elements:
        raise UnreadableFile(context.limits.exceeded("elements"), Source(file))
    found = EntryCollector(file, context.limits)
    document = parse_protobuf_text(text)
    shape = json_shape(document.fields)
    shape["bomFormat"] = "CycloneDX"
    device, notes = read_components(shape, found)
    for _ in range(further_subjects(document.fields)):
        found.problem(_SUBJECT, NO_POSITION, _described_again())
    notes = (*(Note(Source(file), what) for what in source.notes), *notes)
    damage = None if document.damage is None else Problem(Source(file), _lost(document.damage))
    return found.reading(NAME, source.encoding, device, notes, damage)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _outer_components(fields: Fields) -> list[Fields]:
    """The subject, and the components that are no part of another."""
    metadata = [one for one in fields.get("metadata", ()) if isinstance(one, dict)]
    found = [component for one in metadata for component in one.get("component", ())]
    return [component for component in [*found, *fields.get("components", ())] if isinstance(component, dict)]


def _is_kind(value: Value) -> bool:
    return isinstance(value, Word) and value.startswith("CLASSIFICATION_")


def _texts(fields: Fields, name: str) -> list[str]:
    """Values of a field that are in quotes."""
    return [value for value in fields.get(name, ()) if isinstance(value, str) and not isinstance(value, Word)]


def _described_again() -> Message:
    return message(
        "The SBOM describes several subjects where the format has one; this one was not read. Correct it in the export."
    )


def _lost(damage: TextDamage) -> Message:
    line = str(damage.line)
    if damage.is_cut:
        return message(
            "The protobuf text is cut off: what begins in line {line} never ends. What stands before was read. "
            "Export or copy it again.",
            line=line,
        )
    return message(
        "The protobuf text is damaged in line {line}: what stands before was read, the rest is lost. Export it again.", line=line
    )
