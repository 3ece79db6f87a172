# SPDX-License-Identifier: Apache-2.0
"""Files of several XML documents, one after the other or with a bare < in a text: what each of them says is kept."""

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import Note, Problem, Source
from foss_audit.readers.interface import Limits
from foss_audit.readers.xml_document import XmlDocument, parse_xml_document

_START = re.compile(rb"<\?xml\s{1,10}version")
_DECLARATION = re.compile(rb"<\?xml\s[^>]{0,200}\?>")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]{0,1000}>")
_BARE_LESS = re.compile(rb"<(?![A-Za-z_:/!?\x80-\xff])")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_KNOWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_BLANKS = b" \t\r\n"
_WRAPPER = b"documents"


@dataclass(slots=True)
class XmlDocuments:
    """The documents of a file, as far as they could be read."""

    roots: list[Element] = field(default_factory=list)
    """Tags and attributes without their namespaces."""
    encoding: str = ""
    """Of the first."""
    problems: list[Problem] = field(default_factory=list)
    """Where something was lost."""
    notes: list[Note] = field(default_factory=list)

    def take(self, document: XmlDocument, roots: list[Element], source: Source) -> None:
        """Adds a document that was read, whose inventories are `roots`."""
        self.roots.extend(roots)
        self.encoding = self.encoding or document.encoding
        self.notes.extend(Note(source, note.message) for note in document.notes)
        if document.damage is not None:
            self.problems.append(Problem(source, document.damage.message))


def read_documents(content: bytes, file: str, limits: Limits) -> XmlDocuments:
    """Reads all XML documents of a file's bytes. Raises UnreadableFile where there is none, or they are beyond a limit."""
    if len(content) > limits.document_bytes:
        raise UnreadableFile(limits.exceeded("document_bytes"), Source(file))
    content = content.lstrip(_BLANKS)
    if content.startswith(codecs.BOM_UTF8) and content[3:4] in (b" ", b"\t", b"\r", b"\n"):
        content = content[3:].lstrip(_BLANKS)
    document, refusal = _parse(content, file, limits)
    found = XmlDocuments()
    if document is not None and document.damage is None:
        found.take(document, [document.root], Source(file))
        return found
    pieces = list(_pieces(content))
    if refusal is not None and (len(pieces) == 1 or b"<!ENTITY" in content):
        raise refusal
    if len(pieces) > limits.members:
        raise UnreadableFile(limits.exceeded("members"), Source(file))
    for number, piece in enumerate(pieces, 1):
        if len(pieces) > 1:
            document, refusal = _parse(piece, file, limits)
        _read_piece(piece, document, refusal, Source(file, f"#{number}" if len(pieces) > 1 else ""), limits, found)
    return found


def _parse(content: bytes, file: str, limits: Limits) -> tuple[XmlDocument | None, UnreadableFile | None]:
    try:
        return parse_xml_document(content, file, limits), None
    except UnreadableFile as error:
        return None, error


def _pieces(content: bytes) -> Iterator[bytes]:
    """The documents of a file that holds several, each with its declaration."""
    starts = [found.start() for found in _START.finditer(content)]
    if not starts or b"<" in content[: starts[0]]:
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        yield content[start:end].strip()


def _read_piece(
    piece: bytes,
    document: XmlDocument | None,
    refusal: UnreadableFile | None,
    source: Source,
    limits: Limits,
    found: XmlDocuments,
) -> None:
    """A document as it is, or mended where that gives more of it."""
    if document is not None and document.damage is None:
        found.take(document, [document.root], source)
        return
    wrapped, changed = _wrapped(piece)
    mended, _ = _parse(wrapped, source.file, limits)
    if mended is not None and len(mended.root) and _size(mended) > _size(document) + 1:
        found.take(mended, list(mended.root), source)
        if changed:
            found.notes.append(
                Note(source, message("The XML was damaged by bare < or foreign entities and was mended; check names."))
            )
    elif document is not None:
        found.take(document, [document.root], source)
    else:
        what = refusal.message if refusal is not None else message("There is no XML in this file; export it again.")
        found.problems.append(Problem(source, what))


def _wrapped(piece: bytes) -> tuple[bytes, bool]:
    """The documents of a piece in one element, with what no parser takes escaped; and whether something had to be."""
    declaration = _DECLARATION.match(piece)
    body = _DOCTYPE.sub(b"", _DECLARATION.sub(b"", piece))
    mended = _NAMED.sub(_meant, _BARE_LESS.sub(b"&lt;", body))
    start = declaration[0] if declaration else b""
    return start + b"<" + _WRAPPER + b">" + mended + b"</" + _WRAPPER + b">", mended != body


def _meant(found: re.Match[bytes]) -> bytes:
    """A reference that XML does not know as a number, which any encoding can write."""
    if found[1] in _KNOWN:
        return found[0]
    meant = html.unescape(found[0].decode())
    return found[0] if len(meant) > 1 else f"&#{ord(meant)};".encode()


def _size(document: XmlDocument | None) -> int:
    return sum(1 for _ in document.root.iter()) if document is not None else 0
