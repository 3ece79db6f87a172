# SPDX-License-Identifier: Apache-2.0
"""What a register line licenses: a product of the catalogue under the words of purchases, else what the line calls it. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foss_audit.catalogue import LicenseModel, Product
from foss_audit.model import Title
from foss_audit.recognise import Recogniser
from foss_audit.recognise.registered import registered_product
from foss_audit.tables.words import branches

_SOLD = (LicenseModel.COMMERCIAL, LicenseModel.SUBSCRIPTION)
_BOUGHT = "lisensi"
"""Before a name in the catalogue: what is meant where a licence of it was bought."""
_STOCK_NUMBER = re.compile(
    r"(?<![\w-])(?:(?=[A-Z0-9]*\d)[A-Z0-9]{3,}-(?=[A-Z0-9]*\d)[A-Z0-9]{3,}|(?=[A-Z]*\d)[A-Z0-9]{10,}(?::\d{4})?|LC[A-Z0-9]{6,}|[A-Z]\d{2}-\d{4,5})(?![\w-])"
)
"""Numbers under which publishers sell: `T5D-03510`, `DG7GMGF0D7FZ:0002`."""
_PURPOSE = re.compile(r"\s(?:untuk|utk)\s.*$", re.IGNORECASE)
"""Whom or what it was bought for."""
_EMPTY_BRACKETS = re.compile(r"[(\[][\s,;/&+\-]*[)\]]")
_LOOSE_ENDS = re.compile(r"^[\s,;:/&+–-]+|[\s,;:/&+–-]+$")


@dataclass(frozen=True, slots=True)
class Licensed:
    """What a line licenses."""

    product: Product
    name: str
    """As the line names it, without the words of a purchase: no fiscal year, no length of time, no number of devices."""


class ProductWords:
    """The words of rules/words.csv that stand around a product's name in registers."""

    def __init__(self, recogniser: Recogniser, words: Mapping[str, tuple[str, ...]]) -> None:
        self._recogniser = recogniser
        self._before = _phrases(words.get("register-prefix", ()), at_start=True)
        self._around = _phrases(words.get("register-noise", ()))
        self._years = _phrases(words.get("fiscal-year", ()))
        self._found: dict[tuple[str, str, str, str], Licensed] = {}

    def licensed(self, name: str, edition: str, version: str, publisher: str) -> Licensed:
        """The product that a line names: as it stands there, then with ever fewer of the words of a purchase."""
        asked = name, edition, version, publisher
        if asked not in self._found:
            self._found[asked] = self._licensed(*asked)
        return self._found[asked]

    def _licensed(self, name: str, edition: str, version: str, publisher: str) -> Licensed:
        plain = self._without_noise(self._without_years(name))
        for attempt, stated_version, stated_publisher in self._attempts(name, edition, version, publisher):
            found = self._recogniser.recognise(Title(attempt, stated_version, stated_publisher)).product
            if found is not None:
                return Licensed(self._what_is_sold(found, attempt), plain)
        bare = self._without_prefix(name)
        shortest = self._without_prefix(self._without_noise(self._without_years(bare)))
        return Licensed(registered_product(shortest, (bare, name)), plain)

    def _what_is_sold(self, found: Product, name: str) -> Product:
        """Who buys a licence of `Adobe Creative Cloud` means no program of that name that costs nothing."""
        if found.license_model in _SOLD:
            return found
        sold = self._recogniser.recognise(Title(f"{_BOUGHT} {name}", "", "")).product
        return sold if sold is not None and sold.license_model in _SOLD else found

    def says_nothing(self, text: str) -> bool:
        """Whether a text holds nothing but words of a purchase: `OEM`, `64-bit`, `Perpetual`."""
        return not any(map(str.isalnum, self._around.sub(" ", " ".join(text.split()))))

    def _attempts(self, name: str, edition: str, version: str, publisher: str) -> Iterator[tuple[str, str, str]]:
        bare = self._without_prefix(name)
        plain = self._without_years(bare)
        names = dict.fromkeys((bare, plain, self._without_noise(plain), self._without_prefix(self._without_noise(plain))))
        for one in names:
            with_more = dict.fromkeys(
                " ".join(part for part in parts if part)
                for parts in ((one, edition, version), (one, edition), (one, version), (one,))
            )
            for stated_publisher in dict.fromkeys((publisher, "")):
                for attempt in with_more:
                    yield attempt, version, stated_publisher

    def _without_prefix(self, name: str) -> str:
        """`Lisensi Microsoft Office` without its first words, as far as they only say that it is a licence."""
        shorter = self._before.sub("", " ".join(name.split()))
        return shorter if any(map(str.isalpha, shorter)) else name

    def _without_years(self, name: str) -> str:
        return _cut(self._years, name)

    def _without_noise(self, name: str) -> str:
        return _cut(self._around, _cut(_STOCK_NUMBER, _cut(_PURPOSE, name)))


def _cut(pattern: "re.Pattern[str]", name: str) -> str:
    """The name without what a pattern finds and the brackets that it leaves empty; the name itself where nothing is left."""
    shorter = _EMPTY_BRACKETS.sub(" ", pattern.sub(" ", " ".join(name.split())))
    shorter = _LOOSE_ENDS.sub("", " ".join(shorter.split()))
    return shorter if any(map(str.isalpha, shorter)) else name


def _phrases(words: tuple[str, ...], *, at_start: bool = False) -> "re.Pattern[str]":
    """Phrases with `#` for a number, as one pattern; at the start as many of them as stand there."""
    known = branches(words).replace(r"\#", r"\d{1,4}")
    if at_start:
        return re.compile(rf"^(?:(?:{known})(?!\w)[\s:.,/-]*)+", re.IGNORECASE)
    return re.compile(rf"(?<![\w.])(?:{known})(?!\w)", re.IGNORECASE)
