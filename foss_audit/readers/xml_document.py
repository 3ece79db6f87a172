# SPDX-License-Identifier: Apache-2.0
"""XML as strangers write it, as a tree without namespaces; nothing in it can grow or reach outside."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Problem, Source
from foss_audit.readers.interface import Limits

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class XmlDocument:
    """A document, as far as it could be read."""

    root: Element
    """Tags and attributes without their namespaces."""
    namespace: str
    """Of the root element; '' where it has none."""
    encoding: str
    damage: Problem | None = None
    """Where the document ends before its root does: what came before is in the tree."""


def load_xml(path: Path, file: str, limits: Limits) -> XmlDocument:
    """Reads an XML document, shown as `file`. Raises UnreadableFile where nothing of it can be read, or it is beyond a limit."""
    if path.stat().st_size > limits.document_bytes:
        raise UnreadableFile(limits.exceeded("document_bytes"), Source(file))
    return parse_xml_document(path.read_bytes(), file, limits)


def parse_xml_document(content: bytes, file: str, limits: Limits) -> XmlDocument:
    """Reads the bytes of an XML document; raises as load_xml does.

    What declares entities, or names anything outside, is refused whole.
    """
    if content.count(b"<") > limits.elements:
        raise UnreadableFile(limits.exceeded("elements"), Source(file))
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    damage = None
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
        parser.close()
    except DefusedXmlException:
        raise UnreadableFile(
            message("The XML declares entities or names other files, which no inventory needs; export it again."), Source(file)
        ) from None
    except (ParseError, LookupError, ValueError) as error:  # an encoding that nobody knows is a LookupError
        damage = _damage(error)
    if builder.root is None:
        raise UnreadableFile(damage or message("There is no XML in this file; export it again."), Source(file))
    return XmlDocument(builder.root, builder.namespace, _encoding(content), Problem(Source(file), damage) if damage else None)


class _Builder:
    """Builds the tree and keeps its root, so that what came before damage is not lost."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.namespace = ""
        self._tree = TreeBuilder()

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        plain = {name.rpartition("}")[2]: value for name, value in attributes.items()}
        element = self._tree.start(tag.rpartition("}")[2], plain)
        if self.root is None:
            self.root = element
            self.namespace = tag[1:].partition("}")[0] if tag.startswith("{") else ""
        return element

    def end(self, tag: str) -> Element:
        return self._tree.end(tag.rpartition("}")[2])

    def data(self, text: str) -> None:
        self._tree.data(text)

    def close(self) -> None:
        self._tree.close()


def _damage(error: Exception) -> Message:
    line, column = getattr(error, "position", (None, None))
    if line is None:
        return message("The XML names an encoding that is not known; export it again as UTF-8.")
    return message(
        "The XML is damaged at line {line}, column {column}: what stands before was read, the rest is lost. Export it again.",
        line=str(line),
        column=str(column),
    )


def _encoding(content: bytes) -> str:
    """As the document declares it; UTF-8 where it does not."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declaration = content[:200].split(b"?>", 1)[0]
    _, found, rest = declaration.partition(b"encoding=")
    return rest[1:].split(rest[:1], 1)[0].decode("ascii", errors="replace").lower() if found and rest else "utf-8"
