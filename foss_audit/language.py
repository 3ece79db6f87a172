# SPDX-License-Identifier: Apache-2.0
"""Messages in the reader's language, and numbers and dates as that language writes them."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from importlib.resources import files

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from foss_audit.messages import Message, fill

LANGUAGES = ("id", "en")


class Translator:
    """Says messages in one language. English needs no catalogue: its sentences are the keys."""

    def __init__(self, language: str, texts: Mapping[str, str] | None = None) -> None:
        """`texts` adds sentences that rule files bring with them: English template to this language's."""
        self.language = language
        self.locale = Locale.parse(language)
        self._texts = dict(texts or {})
        self._numbers: dict[int | float, str] = {}

    def say(self, sentence: Message) -> str:
        """A message, filled in. A message among its values is said in the same language."""
        if sentence.plural is None or sentence.count is None:
            template = self.gettext(sentence.template)
        else:
            template = self.ngettext(sentence.template, sentence.plural, sentence.count)
        return fill(template, dict(sentence.values), self._said)

    def gettext(self, template: str) -> str:
        """The template in this language; the English one where the catalogue lacks it."""
        found = self._texts.get(template)
        if found is None:
            entry = self._catalog.get(template)
            text = entry.string if entry is not None else ""
            found = self._texts[template] = (text if isinstance(text, str) else (text or ("",))[0]) or template
        return found

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The template for a number of things."""
        entry = self._catalog.get(singular)
        if entry is not None and entry.string and not isinstance(entry.string, str):
            forms = entry.string
            if chosen := forms[min(len(forms) - 1, 0 if count == 1 else 1)]:
                return chosen
        return singular if count == 1 else plural

    def number(self, value: int | float) -> str:
        """1250 as `1.250` in Indonesian, `1,250` in English."""
        if value not in self._numbers:
            self._numbers[value] = format_decimal(value, locale=self.locale)
        return self._numbers[value]

    def percent(self, share: float | None) -> str:
        """A share of 0 to 1 as a percentage with one decimal; a dash where there is none."""
        return "–" if share is None else format_percent(share, format="0.0%", locale=self.locale)

    def day(self, value: date | None) -> str:
        """`24 November 2026`; a dash where there is none."""
        return "–" if value is None else format_date(value, format="d MMMM y", locale=self.locale)

    def _said(self, value: object) -> str:
        """A value of a message as this language writes it."""
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value)
        return self.day(value) if isinstance(value, date) else str(value)

    @cached_property
    def _catalog(self) -> Catalog:
        if self.language == "en":
            return Catalog(locale="en")
        with files("foss_audit").joinpath("locale", self.language, "messages.po").open("rb") as catalogue:
            return read_po(catalogue, locale=self.language)
