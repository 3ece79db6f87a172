# SPDX-License-Identifier: Apache-2.0
"""JSON as strangers write it: any Unicode encoding, numbers as written, repeated keys, and damage named by its place."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Note, Source
from foss_audit.readers.interface import Limits

_TOKEN = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"|[{}\[\]]', re.DOTALL)
_COLON = re.compile(r"\s*:")
_OUTLINE_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Outline:
    """What the beginning of a JSON object tells of the document."""

    values: Mapping[str, str]
    """Paths of the outer two levels of objects (`/spdxVersion`, `/sbom/spdxVersion`) to their text, '' for what is no text."""
    keys: frozenset[str]
    """Every key seen, at any depth."""

    @property
    def outer(self) -> frozenset[str]:
        """Keys of the document itself."""
        return frozenset(path[1:] for path in self.values if path.count("/") == 1)


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """A JSON document whose root is an object. Numbers are the text they were written as."""

    root: Mapping[str, object]
    encoding: str
    notes: tuple[Note, ...]


def load_document(path: Path, file: str, limits: Limits) -> JsonDocument:
    """Reads a JSON document, shown as `file`. Raises UnreadableFile, with the position, where it is damaged or no object.

    A key that an object holds twice gets a note; of two lists under it both are kept, of other values the last.
    """
    if path.stat().st_size > limits.document_bytes:
        raise UnreadableFile(limits.exceeded("document_bytes"), Source(file))
    text, encoding, notes = _decode(path.read_bytes(), file)
    if text.count("{") + text.count("[") > limits.elements:
        raise UnreadableFile(limits.exceeded("elements"), Source(file))
    repeated: dict[str, None] = {}
    root = _parse(text, file, repeated)
    if not isinstance(root, dict):
        raise UnreadableFile(message("This JSON document holds no object at its top; export the inventory again."), Source(file))
    if repeated:
        names = ", ".join(list(repeated)[:5])
        notes += (Note(Source(file), message("The document gives {keys} more than once in one object.", keys=names)),)
    return JsonDocument(root, encoding, notes)


@lru_cache(maxsize=4)
def outline_of(text: str) -> Outline | None:
    """The outline of the JSON object that a text begins with, or None where it begins with anything else.

    >>> outline = outline_of('{"sbom": {"spdxVersion": "SPDX-2.3", "packages": [{"name": "zl')
    >>> outline.values
    {'/sbom': '', '/sbom/spdxVersion': 'SPDX-2.3', '/sbom/packages': ''}
    """
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return None
    values: dict[str, str] = {}
    keys: set[str] = set()
    opened: list[str] = []
    named: list[str] = []
    awaiting = ""
    for token in _TOKEN.finditer(text):
        string = token[1]
        if string is None:
            if token[0] in "{[":
                opened.append(token[0])
                named.append(awaiting)
            elif opened:
                opened.pop()
                named.pop()
            awaiting = ""
        elif opened and opened[-1] == "{" and _COLON.match(text, token.end()):
            keys.add(string)
            awaiting = ""
            if len(opened) <= _OUTLINE_DEPTH and "[" not in opened:
                awaiting = f"{named[-1]}/{string}"
                values[awaiting] = ""
        elif awaiting:
            values[awaiting] = string
            awaiting = ""
    return Outline(values, frozenset(keys))


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


def _parse(text: str, file: str, repeated: dict[str, None]) -> object:
    def united(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        return found if len(found) == len(pairs) else _unite(pairs, repeated)

    try:
        # Numbers stay text: a version written as 3.10 is not 3.1.
        return json.loads(text, strict=False, object_pairs_hook=united, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise UnreadableFile(_damage(error, text), Source(file)) from error
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
                value = [*earlier, *value]
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
