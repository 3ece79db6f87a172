# SPDX-License-Identifier: Apache-2.0
"""Sentences for people, kept apart from the language they are said in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be said later in the reader's language.

    `template` is English and the key of the locale catalogues; `values` fill its `{fields}`.
    `plural`, where given, is the template for every count but one, and `count` that number.
    """

    template: str
    values: tuple[tuple[str, object], ...] = ()
    plural: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        template = self.plural if self.plural is not None and self.count != 1 else self.template
        return fill(template, dict(self.values))


def message(template: str, /, **values: object) -> Message:
    """A message with its values: `message("Row {row} has no name", row=3)`.

    >>> str(message("Row {row} has no name", row=3))
    'Row 3 has no name'
    """
    return Message(template, tuple(values.items()))


def counted(template: str, plural: str, /, *, count: int, **values: object) -> Message:
    """A message whose wording depends on a number, which fills `{count}`.

    >>> str(counted("{count} row", "{count} rows", count=2))
    '2 rows'
    """
    return Message(template, (("count", count), *values.items()), plural, count)


def fill(template: str, values: Mapping[str, object], say: Callable[[object], str] = str) -> str:
    """Replaces each `{field}` of a template that has a value, said by `say`; braces inside the values stay as they are.

    >>> fill("{a} and {b}", {"a": "{b}"})
    '{b} and {b}'
    """
    said: list[str] = []
    for part, is_field in _parts(template):
        value = values.get(part, "{" + part + "}") if is_field else part
        said.append(value if isinstance(value, str) else say(value))
    return "".join(said)


def fields(template: str) -> list[str]:
    """The names of the fields of a template, each once, in order."""
    return list(dict.fromkeys(_FIELD.findall(template)))


@cache
def _parts(template: str) -> tuple[tuple[str, bool], ...]:
    """A template as its texts and the names of its fields, in order; the flag says which is a field."""
    return tuple((piece, number % 2 == 1) for number, piece in enumerate(_FIELD.split(template)) if piece)
