# SPDX-License-Identifier: Apache-2.0
"""JSON as strangers write it: any Unicode encoding, numbers as written, repeated keys, and damage named by its place.

A document may have an object at its top (`load_document`), anything (`load_json`), or be one value a line (`load_json_lines`).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Note, Problem, Source
from foss_audit.readers.interface import Limits
from foss_audit.readers.json_salvage import whole_part

_TOKEN = re.compile(r'"([^"\\]*+(?:\\.?[^"\\]*+)*+)(?:"|\Z)|[{}\[\]]', re.DOTALL)
"""Strings, one that is cut off included, and brackets."""
_COLON = re.compile(r"\s*:")
_OUTLINE_DEPTH = 2
_SHOWN_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Outline:
    """What the beginning of a JSON object, or of a list of objects, tells of the document."""

    values: Mapping[str, str]
    """Paths of the outer two levels of objects (`/spdxVersion`, `/sbom/spdxVersion`) to their text, '' for what is no text."""
    keys: frozenset[str]
    """Every key seen, at any depth."""

    @property
    def outer(self) -> frozenset[str]:
        """Keys of the document itself; in a list, of its first object."""
        return frozenset(path[1:] for path in self.values if path.count("/") == 1)


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """A JSON document whose root is an object. Numbers are the text they were written as."""

    root: Mapping[str, object]
    encoding: str
    notes: tuple[Note, ...]
    damage: Problem | None = None
    """Where the document is damaged: what stands whole before that place was read."""


@dataclass(frozen=True, slots=True)
class JsonValue:
    """A JSON document with anything at its top: an object, a list, a text. Numbers are the text they were written as."""

    value: object
    encoding: str
    notes: tuple[Note, ...]
    damage: Problem | None = None
    """As of a JsonDocument."""


@dataclass(frozen=True, slots=True)
class JsonLines:
    """JSON values, one a line."""

    values: tuple[tuple[int, object], ...]
    """Numbers of lines, from 1 on, and their values; lines that hold nothing are left out."""
    damaged: tuple[tuple[int, Message], ...]
    """Lines that are no JSON, and what to say of them."""
    encoding: str
    notes: tuple[Note, ...]


def load_document(path: Path, file: str, limits: Limits) -> JsonDocument:
    """Reads a JSON document, shown as `file`. Raises UnreadableFile, with the position, where it is damaged or no object.

    A key that an object holds twice gets a note; of two lists under it both are kept, of other values the last.
    """
    document = load_json(path, file, limits)
    if not isinstance(document.value, dict):
        raise UnreadableFile(message("This JSON document holds no object at its top; export the inventory again."), Source(file))
    return JsonDocument(document.value, document.encoding, document.notes, document.damage)


def load_json(path: Path, file: str, limits: Limits) -> JsonValue:
    """Reads a JSON document whatever is at its top; raises and notes as load_document does."""
    text, encoding, notes = _load_text(path, file, limits)
    repeated: dict[str, None] = {}
    damage = None
    try:
        value = _parse(text, file, repeated)
    except _Damaged as damaged:
        whole = damaged.whole_part()
        if whole is None:
            raise UnreadableFile(damaged.message, Source(file)) from None
        value = _parse(whole, file, repeated)
        damage = Problem(Source(file), damaged.lost())
    return JsonValue(value, encoding, (*notes, *_repeated_notes(repeated, file)), damage)


def load_json_lines(path: Path, file: str, limits: Limits) -> JsonLines:
    """Reads one JSON value a line: a line that is damaged takes no other with it. Raises UnreadableFile beyond a limit."""
    text, encoding, notes = _load_text(path, file, limits)
    repeated: dict[str, None] = {}
    values: list[tuple[int, object]] = []
    damaged: list[tuple[int, Message]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip("\ufeff \t\r\0"):
            try:
                values.append((number, _parse(line.strip("\ufeff \t\r"), file, repeated)))
            except UnreadableFile:
                damaged.append((number, message("This line is no complete JSON; export it again.")))
    return JsonLines(tuple(values), tuple(damaged), encoding, (*notes, *_repeated_notes(repeated, file)))


def is_json_lines(text: str) -> bool:
    """Whether a text begins with a JSON object that fills its line, with another one below it.

    >>> is_json_lines('{"a": 1}\\n{"a": 2}\\n'), is_json_lines('{"a": 1}\\n'), is_json_lines('{\\n"a": 1}')
    (True, False, False)
    """
    first, _, rest = text.lstrip("\ufeff \t\r\n").partition("\n")
    return first.startswith("{") and first.rstrip().endswith("}") and rest.lstrip().startswith("{")


@lru_cache(maxsize=4)
def outline_of(text: str) -> Outline | None:
    """The outline of the JSON object that a text begins with, or None where it begins with anything else.

    >>> outline = outline_of('{"sbom": {"spdxVersion": "SPDX-2.3", "packages": [{"name": "zl')
    >>> outline.values
    {'/sbom': '', '/sbom/spdxVersion': 'SPDX-2.3', '/sbom/packages': ''}
    """
    return _outline(text) if text.lstrip("\ufeff \t\r\n").startswith("{") else None


@lru_cache(maxsize=4)
def list_outline_of(text: str) -> Outline | None:
    """The outline of a JSON list of objects that a text begins with: values of the first one, keys of all that are seen.

    None where the text begins with anything else.

    >>> outline = list_outline_of('[{"name": "7-Zip", "version": "22.01"}, {"name": "KMPlayer", "size": {"mb": 4')
    >>> dict(outline.values), sorted(outline.keys)
    ({'/name': '7-Zip', '/version': '22.01'}, ['mb', 'name', 'size', 'version'])
    """
    beginning = text.lstrip("\ufeff \t\r\n")
    elements = beginning[1:].lstrip(" \t\r\n")
    return _outline(elements) if beginning.startswith("[") and elements.startswith("{") else None


def _outline(text: str) -> Outline:
    """Of the object that a text begins with; keys also of what follows it."""
    values: dict[str, str] = {}
    keys: set[str] = set()
    opened: list[str] = []
    named: list[str] = []
    awaiting = ""
    is_first = True
    for token in _TOKEN.finditer(text):
        string = token[1]
        if string is None:
            if token[0] in "{[":
                opened.append(token[0])
                named.append(awaiting)
            elif opened:
                opened.pop()
                named.pop()
                is_first = is_first and bool(opened)
            awaiting = ""
        elif opened and opened[-1] == "{" and _COLON.match(text, token.end()):
            keys.add(string)
            awaiting = ""
            if is_first and len(opened) <= _OUTLINE_DEPTH and "[" not in opened:
                awaiting = f"{named[-1]}/{string}"
                values[awaiting] = ""
        elif awaiting:
            values[awaiting] = string if token.end(1) < token.end() else ""  # cut off
            awaiting = ""
    return Outline(values, frozenset(keys))


def _load_text(path: Path, file: str, limits: Limits) -> tuple[str, str, tuple[Note, ...]]:
    """As _decode. Raises UnreadableFile beyond a limit."""
    if path.stat().st_size > limits.document_bytes:
        raise UnreadableFile(limits.exceeded("document_bytes"), Source(file))
    text, encoding, notes = _decode(path.read_bytes(), file)
    if text.count("{") + text.count("[") > limits.elements:
        raise UnreadableFile(limits.exceeded("elements"), Source(file))
    return text, encoding, notes


def _repeated_notes(repeated: Mapping[str, None], file: str) -> tuple[Note, ...]:
    if not repeated:
        return ()
    names = ", ".join(key[:_SHOWN_CHARACTERS] for key in islice(repeated, 5))
    return (Note(Source(file), message("The document gives {keys} more than once in one object.", keys=names)),)


def _decode(content: bytes, file: str) -> tuple[str, str, tuple[Note, ...]]:
    """The text, its encoding, and what a reader should know of how it was found."""
    encoding = json.detect_encoding(content)
    try:
        return content.decode(encoding), encoding, ()
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise UnreadableFile(
                message(
                    "The text is no valid {encoding} from byte {position} on; the file is damaged. Export it again.",
                    encoding=encoding.upper(),
                    position=str(error.start),
                ),
                Source(file),
            ) from error
        where = error.start
    note = message(
        "The text is no valid UTF-8 from byte {position} on and was read as Windows-1252; check names with accents.",
        position=str(where),
    )
    try:
        return content.decode("cp1252"), "cp1252", (Note(Source(file), note),)
    except UnicodeDecodeError:
        note = message(
            "The text is no valid UTF-8 at byte {position}; what could not be read shows as \ufffd.", position=str(where)
        )
        return content.decode("utf-8", errors="replace"), "utf-8", (Note(Source(file), note),)


class _Damaged(UnreadableFile):
    """JSON that does not go on as it should."""

    def __init__(self, error: json.JSONDecodeError, text: str, file: str) -> None:
        super().__init__(_damage(error, text), Source(file))
        self._error = error
        self._text = text

    def whole_part(self) -> str | None:
        """What stands whole before the damage, as a document of its own; None where there is nothing."""
        if self._error.msg == "Extra data":
            return self._text[: self._error.pos]
        return whole_part(self._text, self._error.pos)

    def lost(self) -> Message:
        """What to say where that was read."""
        return message(
            "The JSON is damaged at line {line}, column {column}: what stands before was read, the rest is lost. "
            "Export it again.",
            line=str(self._error.lineno),
            column=str(self._error.colno),
        )


def _parse(text: str, file: str, repeated: dict[str, None]) -> object:
    def united(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        return found if len(found) == len(pairs) else _unite(pairs, repeated)

    try:
        # Numbers stay text: a version written as 3.10 is not 3.1.
        return json.loads(text, strict=False, object_pairs_hook=united, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise _Damaged(error, text, file) from error
    except RecursionError:
        # The traceback of a thousand levels helps nobody.
        raise UnreadableFile(
            message("The JSON document is nested too deeply to be an inventory; export it again."), Source(file)
        ) from None


def _unite(pairs: list[tuple[str, object]], repeated: dict[str, None]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            repeated.setdefault(key)
            earlier = found[key]
            if isinstance(earlier, list) and isinstance(value, list):
                earlier.extend(value)
                value = earlier
        found[key] = value
    return found


def _damage(error: json.JSONDecodeError, text: str) -> Message:
    where = {"line": str(error.lineno), "column": str(error.colno), "position": str(error.pos)}
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        return message(
            "The JSON document is cut off: what begins at line {line}, column {column} (character {position}) never ends. "
            "Export or copy it again.",
            **where,
        )
    return message(
        "The JSON document is damaged at line {line}, column {column} (character {position}). Export it again.", **where
    )
