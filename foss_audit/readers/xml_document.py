# SPDX-License-Identifier: Apache-2.0
"""XML as strangers write it, as a tree without namespaces; nothing in it can grow or reach outside."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Note, Problem, Source
from foss_audit.readers.interface import Limits

_CHUNK = 1 << 20
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WIDE = (*_WIDE_MARKS, b"\0<", b"<\0")
"""Beginnings of UTF-16."""
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_SPOKEN = bytes(0x20 if code in _CONTROLS else code for code in range(256))
"""Bytes with blanks for the control characters that XML forbids."""
_REFERENCE = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
"""References to the same characters."""
_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)")
"""That stands for itself, as in AT&T."""
_OTHER_ENCODING = re.compile(r"(?:ascii|big5|cp|euc|gb|iso|koi|latin|mac|shift|us-ascii|windows)")
"""Encodings of one or two bytes a character that are decoded as declared; all others are taken for UTF-8."""
_TAKEN_ENCODING = re.compile(rf"utf-?(?:8|16)|{_OTHER_ENCODING.pattern}")
_DECLARED = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([\w.\-]+)""")
_BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_TAG = re.compile(r"<(?:([\w.\-]+):)?([\w.\-]+)(?=[\s/>])")
_ATTRIBUTE = re.compile(r"""\s+([\w:.\-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")


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
    notes: tuple[Note, ...] = ()
    """What had to be mended to read it."""


@dataclass(frozen=True, slots=True)
class XmlRoot:
    """What the tag of a root element tells."""

    name: str
    """Without its prefix."""
    namespace: str
    attributes: Mapping[str, str]
    """As written, prefixes and namespaces included; entities are not resolved."""


@lru_cache(maxsize=4)
def root_of(text: str) -> XmlRoot | None:
    """The root element of the XML that a text begins with, or None where it begins with anything else.

    >>> root_of('<?xml version="1.0"?><!-- x --><b:bom xmlns:b="http://cyclonedx.org/schema/bom/1.4"><b:comp')
    XmlRoot(name='bom', namespace='http://cyclonedx.org/schema/bom/1.4', attributes={'xmlns:b': 'http://cyclonedx.org/schema/bom/1.4'})
    """
    place = 1 if text.startswith("\ufeff") else 0
    while before := _BEFORE_ROOT.match(text, place):
        place = before.end()
    tag = _TAG.match(text, place)
    if tag is None:
        return None
    attributes: dict[str, str] = {}
    place = tag.end()
    while attribute := _ATTRIBUTE.match(text, place):
        attributes.setdefault(attribute[1], attribute[2] if attribute[2] is not None else attribute[3])
        place = attribute.end()
    return XmlRoot(tag[2], attributes.get(f"xmlns:{tag[1]}" if tag[1] else "xmlns", "").strip(), attributes)


def outermost_tag(text: str) -> str:
    """The name of the root element of the XML that a text begins with, without its prefix; '' where it begins with anything else.

    >>> outermost_tag('<?xml version="1.0"?><x:Document xmlns:x="y">'), outermost_tag("{}")
    ('Document', '')
    """
    root = root_of(text)
    return "" if root is None else root.name


def load_xml(path: Path, file: str, limits: Limits) -> XmlDocument:
    """Reads an XML document, shown as `file`. Raises UnreadableFile where nothing of it can be read, or it is beyond a limit."""
    if path.stat().st_size > limits.document_bytes:
        raise UnreadableFile(limits.exceeded("document_bytes"), Source(file))
    return parse_xml_document(path.read_bytes(), file, limits)


def parse_xml_document(content: bytes, file: str, limits: Limits) -> XmlDocument:
    """Reads the bytes of an XML document; raises as load_xml does.

    What declares entities or default attributes, or names anything outside, is refused whole. Characters that XML forbids
    become blanks, and what is no UTF-8 though it says so is read as Windows-1252, both with a note.
    """
    if max(content.count(b"<"), content.count(b"=")) > limits.elements:
        raise UnreadableFile(limits.exceeded("elements"), Source(file))
    content = _from_its_beginning(content)
    marked = "utf-16" if content.startswith(_WIDE_MARKS) else None  # the mark is right where the declaration says otherwise
    encoding = _encoding(content)
    notes: tuple[Note, ...] = ()
    root: Element | None = None
    error: Exception | None = LookupError(encoding)
    if _TAKEN_ENCODING.match(encoding):
        _refuse_declarations(content, file, marked)
        root, error = _parse(content, marked)
    if error is not None and (mended := _mended(content, encoding, file)) is not None:
        _refuse_declarations(mended.content, file, "utf-8")
        root_again, error_again = _parse(mended.content, "utf-8")
        if _reach(error_again) > _reach(error):
            root, error, encoding, notes = root_again, error_again, mended.encoding, mended.notes
    damage = None if error is None else _damage(error)
    if root is None:
        raise UnreadableFile(message("There is no XML in this file; export it again."), Source(file))
    namespace = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""
    _drop_namespaces(root, with_attributes=encoding == "utf-16" or b"xmlns:" in content or b"xml:" in content)
    return XmlDocument(root, namespace, encoding, Problem(Source(file), damage) if damage else None, notes)


def _from_its_beginning(content: bytes) -> bytes:
    """The document without blank lines above it, which no parser takes before a declaration; UTF-16 with its mark.

    >>> _from_its_beginning(b"\\r\\n<a/>"), _from_its_beginning("<a/>".encode("utf-16-le"))[:4]
    (b'<a/>', b'\\xff\\xfe<\\x00')
    """
    if content.startswith(_WIDE_MARKS):
        return content
    if content.startswith((b"<\0", b"\0<")):
        return (codecs.BOM_UTF16_LE if content.startswith(b"<") else codecs.BOM_UTF16_BE) + content
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    plain = content[len(mark) :].lstrip(b" \t\r\n")
    return mark + plain if plain.startswith(b"<") else content


def _refuse_declarations(content: bytes, file: str, encoding: str | None = None) -> None:
    """Reads all that stands before the root element, where alone a document can declare anything, in the guarded parser."""
    parser = DefusedXMLParser(
        target=_UntilRoot(), encoding=encoding, forbid_dtd=False, forbid_entities=True, forbid_external=True
    )
    parser.parser.AttlistDeclHandler = _refuse_attributes
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
    except (DefusedXmlException, _DeclaredAttributes):
        raise UnreadableFile(
            message("The XML declares entities or names other files, which no inventory needs; export it again."), Source(file)
        ) from None
    except (_RootReached, ParseError, LookupError, ValueError):
        return  # the parse of the whole says what is damaged


class _RootReached(Exception):
    """The root element begins."""


class _DeclaredAttributes(Exception):
    """A default attribute would be repeated in every element, however long it is."""


class _UntilRoot:
    """Takes what a parser finds before the root element."""

    def start(self, tag: str, attributes: dict[str, str]) -> NoReturn:
        raise _RootReached

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...


def _refuse_attributes(*_: object) -> NoReturn:
    raise _DeclaredAttributes


def _parse(content: bytes, encoding: str | None = None) -> tuple[Element | None, Exception | None]:
    """The tree, as far as it goes, and what ended it before its end."""
    builder = TreeBuilder()
    parser = XMLParser(target=builder, encoding=encoding)  # noqa: S314  (what it could do harm with is refused before)
    error = None
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
        parser.close()
    except (ParseError, LookupError, ValueError) as found:  # an encoding that nobody knows is a LookupError
        error = found
    root: Element | None = builder.close()
    return root, error


@dataclass(frozen=True, slots=True)
class _Mended:
    """A document as UTF-8, with what no parser takes replaced."""

    content: bytes
    encoding: str
    notes: tuple[Note, ...]


def _mended(content: bytes, declared: str, file: str) -> _Mended | None:
    """None where there is nothing to mend, or every character has two bytes."""
    if content.startswith(_WIDE):
        return None
    text, encoding, note = _decoded(content, declared)
    plain = text.encode("utf-8", errors="replace")
    spoken = _AMPERSAND.sub(b"&amp;", _REFERENCE.sub(b" ", plain.translate(_SPOKEN))).rstrip()
    notes = [] if note is None else [note]
    if spoken != plain.rstrip():
        notes.append(message("Characters that XML does not allow were replaced; check names with odd characters."))
    return _Mended(spoken, encoding, tuple(Note(Source(file), one) for one in notes))


def _decoded(content: bytes, declared: str) -> tuple[str, str, Message | None]:
    """The text, its encoding, and what to say of it where that is not the one declared."""
    if _OTHER_ENCODING.match(declared):
        try:
            return content.decode(declared), declared, None
        except LookupError:
            pass
        except UnicodeDecodeError as error:
            return content.decode(declared, errors="replace"), declared, _broken(error.start)
    text = content.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    if len(text) - len(text.encode("ascii", errors="ignore")) > 4 * wrong or not wrong:
        return text, "utf-8", _broken(text.find("\ufffd")) if wrong else None
    note = message("The text is no valid UTF-8 and was read as Windows-1252; check names with accents.")
    return content.decode("cp1252", errors="replace"), "cp1252", note


def _broken(position: int) -> Message:
    return message("Some characters from position {position} on were damaged and are shown as \ufffd.", position=str(position))


def _reach(error: Exception | None) -> tuple[float, float]:
    """Line and column up to which a document could be read."""
    if error is None:
        return (float("inf"), 0)
    line, column = getattr(error, "position", (0, 0))
    return (line, column)


def _drop_namespaces(root: Element, *, with_attributes: bool) -> None:
    """Of tags, and of attributes where some prefix is declared."""
    plain: dict[str, str] = {}
    for element in root.iter():
        tag = element.tag
        try:
            element.tag = plain[tag]
        except KeyError:
            element.tag = plain[tag] = tag.rpartition("}")[2]
        if with_attributes:
            for name in element.keys():  # noqa: SIM118  (an element iterates over its children)
                if name.startswith("{"):
                    element.set(name.rpartition("}")[2], element.attrib.pop(name))


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
    if content.startswith(_WIDE):
        return "utf-16"
    declared = _DECLARED.match(content[:200].removeprefix(b"\xef\xbb\xbf"))
    return declared[1].decode("ascii", errors="replace").lower() if declared else "utf-8"
