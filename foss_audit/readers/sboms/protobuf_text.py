# SPDX-License-Identifier: Apache-2.0
"""Protobuf's text format without a schema: fields of messages, as far as the text holds together. Pure and linear."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

_TOKEN = re.compile(
    r"""\s*+(?:
        ([^\s{}<>\[\]:,;"'\#]+)
        |([{}<>\[\]:,;])
        |"((?:[^"\\\n]++|\\.)*+)"
        |'((?:[^'\\\n]++|\\.)*+)'
        |(\#[^\n]*)
        |(\Z)
        |(["'])
    )""",
    re.VERBOSE,
)
_WORD, _SIGN, _DOUBLE, _SINGLE, _COMMENT, _END, _OPEN_QUOTE = range(1, 8)
"""Groups of a token: quotes without their other half are one of their own."""
_STRINGS = (_DOUBLE, _SINGLE)
_CLOSERS = {"{": "}", "<": ">"}
_ESCAPE = re.compile(
    r"""\\(?:
        ([0-7]{1,3})
        |[xX]([0-9a-fA-F]{1,2})
        |u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})
        |(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))
        |([abfnrtv\\'"?])
    )""",
    re.VERBOSE,
)
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_UNREADABLE = "\ufffd"


class Word(str):
    """A value without quotes, as written: a number, the name of an enum's value, `true`."""

    __slots__ = ()


Value: TypeAlias = "str | Fields"
Fields: TypeAlias = "dict[str, list[Value]]"
"""A message: every field with its values in the order of the text. A field that was named but never given has none."""


@dataclass(frozen=True, slots=True)
class TextDamage:
    """Where a text stops to hold together."""

    line: int
    """From 1 on; of what never ends, the line in which it begins."""
    is_cut: bool
    """Whether the text just ends too early."""


@dataclass(frozen=True, slots=True)
class ProtobufText:
    """A message, as far as its text could be read."""

    fields: Fields
    damage: TextDamage | None = None
    """What stands before is in the fields, messages that were not closed included."""


def parse_protobuf_text(text: str) -> ProtobufText:
    """Reads a message of the text format; lines end with a line feed.

    Separators between fields may be missing or repeated; an escape that is none stays as it is written.

    >>> parse_protobuf_text('type: LIBRARY name: "a" "b" tags: ["x", "y"] swid < tag_id: \\'1\\' >').fields
    {'type': ['LIBRARY'], 'name': ['ab'], 'tags': ['x', 'y'], 'swid': [{'tag_id': ['1']}]}
    >>> parse_protobuf_text('name: "a"\\nversion: }')
    ProtobufText(fields={'name': ['a'], 'version': []}, damage=TextDamage(line=2, is_cut=False))
    """
    fields: Fields = {}
    try:
        _Parser(text, fields).parse()
    except _Damaged as damaged:
        return ProtobufText(fields, TextDamage(text.count("\n", 0, damaged.place) + 1, damaged.is_cut))
    return ProtobufText(fields)


def first_word(text: str) -> str:
    """The name that a text begins with, comments aside; '' where it begins with anything else."""
    kind, said, _ = next(_tokens(text))
    return said if kind == _WORD else ""


class _Damaged(Exception):
    """The text does not go on as it should."""

    def __init__(self, place: int, is_cut: bool) -> None:
        super().__init__()
        self.place = place
        self.is_cut = is_cut


@dataclass(slots=True)
class _Opened:
    """A message or a list that has begun."""

    closer: str
    place: int
    fields: Fields
    values: list[Value] | None = None
    """Of a list; None for a message."""


class _Parser:
    """Puts the fields of a text where they belong: a loop over what is open, for no depth is too much."""

    def __init__(self, text: str, fields: Fields) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._opened = [_Opened("", 0, fields)]
        self._step()

    def parse(self) -> None:
        """Raises _Damaged."""
        while True:
            within = self._opened[-1]
            if self._kind == _END:
                if within.closer:
                    raise _Damaged(within.place, is_cut=True)
                return
            if self._kind == _SIGN and self._said == within.closer:
                self._opened.pop()
                self._step()
            elif self._kind == _SIGN and self._said in ",;":
                self._step()
            elif within.values is not None:
                self._read_value(within.values, may_be_bare=True)
            else:
                self._read_field(within.fields)

    def _read_field(self, fields: Fields) -> None:
        name = self._name()
        values = fields.setdefault(name, [])
        has_colon = self._kind == _SIGN and self._said == ":"
        if has_colon:
            self._step()
        self._read_value(values, may_be_bare=has_colon)

    def _name(self) -> str:
        """Of a field; an extension's is in brackets."""
        if self._kind == _WORD:
            name = sys.intern(self._said)
        elif self._kind == _SIGN and self._said == "[":
            parts = []
            while self._step() == _WORD:
                parts.append(self._said)
            if self._kind != _SIGN or self._said != "]":
                raise self._damaged()
            name = f"[{''.join(parts)}]"
        else:
            raise self._damaged()
        self._step()
        return name

    def _read_value(self, values: list[Value], *, may_be_bare: bool) -> None:
        """A value, or the beginning of a message or list that is one."""
        if self._kind == _SIGN and self._said in _CLOSERS:
            message: Fields = {}
            values.append(message)
            self._opened.append(_Opened(_CLOSERS[self._said], self._place, message))
            self._step()
        elif self._kind == _SIGN and self._said == "[":
            self._opened.append(_Opened("]", self._place, {}, values))
            self._step()
        elif self._kind in _STRINGS and may_be_bare:
            parts = [self._said]
            while self._step() in _STRINGS:
                parts.append(self._said)
            values.append(_joined(parts))
        elif self._kind == _WORD and may_be_bare:
            values.append(Word(self._said))
            self._step()
        else:
            raise self._damaged()

    def _step(self) -> int:
        self._kind, self._said, self._place = next(self._tokens)
        return self._kind

    def _damaged(self) -> _Damaged:
        if self._kind == _END:
            return _Damaged(len(self._text.rstrip()), is_cut=True)
        return _Damaged(self._place, is_cut=self._kind == _OPEN_QUOTE and "\n" not in self._text[self._place :].rstrip())


def _tokens(text: str) -> Iterator[tuple[int, str, int]]:
    """Kind, text and place of each token without comments; the last one is the end."""
    for token in _TOKEN.finditer(text):
        kind = token.lastindex or _END
        if kind != _COMMENT:
            yield kind, token[kind], token.start(kind)


def _joined(parts: list[str]) -> str:
    """Strings that stand beside each other, with their escapes, as one text: escapes are bytes of it."""
    if not any("\\" in part for part in parts):
        return "".join(parts)
    return b"".join(map(_bytes, parts)).decode("utf-8", errors="replace")


def _bytes(part: str) -> bytes:
    found = []
    end = 0
    for escape in _ESCAPE.finditer(part):
        found += [part[end : escape.start()].encode("utf-8", errors="replace"), _unescaped(escape)]
        end = escape.end()
    return b"".join([*found, part[end:].encode("utf-8", errors="replace")])


def _unescaped(escape: re.Match[str]) -> bytes:
    octal, hexadecimal, high, low, short, long, letter = escape.groups()
    if octal or hexadecimal:
        return bytes([(int(octal, 8) if octal else int(hexadecimal, 16)) & 0xFF])
    if letter:
        return _ESCAPED.get(letter, letter).encode()
    code = 0x10000 + (int(high, 16) - 0xD800) * 0x400 + int(low, 16) - 0xDC00 if high else int(short or long, 16)
    return (_UNREADABLE if code > sys.maxunicode or 0xD800 <= code < 0xE000 else chr(code)).encode()
