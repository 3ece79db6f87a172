# SPDX-License-Identifier: Apache-2.0
"""Sentences for people, kept apart from the language they are said in."""

from dataclasses import dataclass


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
        return fill(template, self.values)


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


def fill(template: str, values: tuple[tuple[str, object], ...]) -> str:
    """Replaces each `{field}` of a template; braces inside the values stay as they are."""
    for name, _ in values:
        template = template.replace("{" + name + "}", "\x00" + name + "\x00")
    for name, value in values:
        template = template.replace("\x00" + name + "\x00", str(value))
    return template
