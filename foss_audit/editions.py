# SPDX-License-Identifier: Apache-2.0
"""Which edition and release of a product a title or a register line shows, and how two releases stand to each other. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property

from foss_audit.catalogue import VersionRange, numbers

OPEN = "*"
"""The edition of what does not tell it, in families whose editions are products of their own."""

_WORDS = re.compile(r"[^\W_]+(?:[.+][^\W_]+)*")
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_NUMBER = re.compile(r"v?\d+(?:\.\d+)*")
_SMALL_NUMBER = re.compile(r"v?\d{1,2}(?:\.\d+)*")
_BITS = frozenset({"32", "64", "86", "x86", "x64"})


@dataclass(frozen=True, slots=True)
class Release:
    """A line of rules/releases.csv."""

    families: tuple[str, ...]
    release: str
    names: tuple[str, ...]
    """As titles and registers write it, in lower case."""
    versions: VersionRange | None
    """The versions that belong to it; None where versions do not tell."""
    released: date | None
    upgrade_from: tuple[str, ...]
    """Earlier releases whose holders may upgrade to it at no fee, by its publisher's terms."""
    sold_for_good: bool = False
    """Whether it could be bought without an end, although its product is a subscription today."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A line of rules/editions.csv."""

    family: str
    """`*` for products of every family that has no editions of its own here."""
    edition: str
    """A glob for a product that does not tell it."""
    product: str
    """Empty for lines of every family."""
    words: tuple[str, ...]
    """By which titles tell it, in lower case; none where the product is the edition."""


class Relation(StrEnum):
    """How the release that is shown stands to the one that is named."""

    SAME = "same"
    OLDER = "older"
    NEWER = "newer"
    OTHER = "other"
    UNKNOWN = "unknown"
    """Not shown, or not to be compared."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a title shows of its product. A value: titles that show the same are covered alike."""

    product_key: str
    family: str
    edition: str
    """As in rules/editions.csv; '' where neither product nor title tells it."""
    release: str
    """As in rules/releases.csv, else a year in the name, else the version."""
    listed: bool
    """Whether the release stands in rules/releases.csv."""
    words: tuple[str, ...] = ()
    """Of the name, in lower case, where they may tell a release or edition."""
    version: str = ""
    suites: tuple[str, ...] = ()
    """Products whose rights cover it too, as parts of them."""


class Editions:
    """The tables of editions and releases."""

    def __init__(self, editions: Iterable[Edition] = (), releases: Iterable[Release] = ()) -> None:
        self._editions = tuple(editions)
        self._releases: dict[str, list[Release]] = {}
        self._named: dict[str, list[tuple[tuple[str, ...], Release]]] = {}
        """By family, releases with their names as words, those of more words behind those of fewer."""
        self._found: dict[tuple[str, str], Release | None] = {}
        for release in releases:
            names = [(_words(name), release) for name in release.names]
            for family in release.families:
                self._releases.setdefault(family, []).append(release)
                self._named.setdefault(family, []).extend(names)
        for named in self._named.values():
            named.sort(key=lambda one: len(one[0]))

    @cached_property
    def _of_product(self) -> Mapping[str, Edition]:
        """Products that are editions of a family."""
        return {one.product: one for one in self._editions if one.product and not one.words}

    @cached_property
    def _told_by_words(self) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
        """By product (`*`: any): words that tell an edition, the longest first."""
        told: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for one in self._editions:
            for words in one.words:
                told.setdefault(one.product or one.family, []).append((_words(words), one.edition))
        return {product: tuple(sorted(found, key=lambda one: (-len(one[0]), one))) for product, found in told.items()}

    def family(self, product_key: str) -> str:
        """The family of a product; its own key where it has none."""
        one = self._of_product.get(product_key)
        return one.family if one else product_key

    def siblings(self, product_key: str) -> tuple[str, ...]:
        """Products that are editions of the same family, the product itself among them; sorted."""
        return self._siblings.get(self.family(product_key), (product_key,))

    @cached_property
    def _siblings(self) -> Mapping[str, tuple[str, ...]]:
        """By family the products that are editions of it, and itself."""
        found: dict[str, set[str]] = {}
        for one in self._of_product.values():
            found.setdefault(one.family, {one.family}).add(one.product)
        return {family: tuple(sorted(products)) for family, products in found.items()}

    @cached_property
    def _order(self) -> Mapping[str, Mapping[str, int]]:
        """By family the releases with their place."""
        return {family: {one.release: at for at, one in enumerate(found)} for family, found in self._releases.items()}

    def of_title(self, product_key: str, name: str, version: str, suites: Sequence[str] = ()) -> Shown:
        """What a title shows of the product that it was recognised as."""
        words = _words(name)
        family = self.family(product_key)
        found = self._listed(family, words, version)
        year = next((word for word in words if _YEAR.fullmatch(word)), "")
        return Shown(
            product_key,
            family,
            self.edition(product_key, name),
            found.release if found else year or version,
            found is not None,
            words,
            version,
            tuple(suites),
        )

    def edition(self, product_key: str, text: str) -> str:
        """The edition that a product is, or that a text tells of it; '' where neither does."""
        if (one := self._of_product.get(product_key)) is not None:
            return one.edition
        return self._told(product_key, _words(text))

    def stated_edition(self, product_key: str, stated: str) -> str:
        """The edition that a register's own column names: as the table calls it, else as it stands there."""
        plain = " ".join(stated.split())
        if not any(map(str.isalpha, plain)):
            return ""
        return self._told(product_key, _words(plain)) or self.usual_edition(_words(plain)) or plain

    def usual_edition(self, words: tuple[str, ...]) -> str:
        """The edition that words tell as they do of most products: `Standard`, `Pro`."""
        return self._told(OPEN, words)

    def has_editions(self, product_key: str) -> bool:
        """Whether the table has editions of the product, or it is one."""
        return product_key in self._of_product or product_key in self._told_by_words

    def _told(self, product_key: str, words: tuple[str, ...]) -> str:
        told = self._told_by_words.get(product_key, ())
        return next((edition for phrase, edition in told if _holds(words, phrase)), "")

    def release(self, product_key: str, text: str, product: str = "") -> str:
        """The release that a product's name in a register tells: one that is listed, a year, or a number that is no part of what
        the `product` is called; '' where it tells none.
        """
        words = _words(text)
        if (found := self._listed(self.family(product_key), words, "")) is not None:
            return found.release
        own = _words(product)
        numbered = [word for word in words if _SMALL_NUMBER.fullmatch(word) and word not in own and word not in _BITS]
        return next((word for word in words if _YEAR.fullmatch(word)), numbered[-1] if numbered else "")

    def was_sold_for_good(self, product_key: str, named: str) -> bool:
        """Whether a release of what is a subscription today could be bought without an end: `CS6`, `AutoCAD 2014`."""
        found = self._find(self.family(product_key), named)
        return found is not None and found.sold_for_good

    def relation(self, named: str, shown: Shown) -> Relation:
        """How the release that a title shows stands to one that a right names: `2021`, `CS6`, `16.0`."""
        family = shown.family
        right = self._find(family, named)
        if right is not None and shown.listed:
            order = self._order[family]
            return _compared(order[shown.release], order[right.release])
        wanted = _words(named)
        if wanted and _holds(shown.words, wanted):
            return Relation.SAME
        is_year = _YEAR.fullmatch(named.strip()) is not None
        year = next((word for word in shown.words if _YEAR.fullmatch(word)), "")
        if is_year and year:
            return _compared(int(year), int(named))
        if not _NUMBER.fullmatch(named.strip().casefold()):
            return Relation.UNKNOWN
        if right is None and shown.listed and not is_year and not self._tells_versions(family, shown.release):
            return Relation.UNKNOWN
        version = shown.version or next((word for word in shown.words if _is_number(word)), "") or self._least(family, shown)
        found, asked = numbers(version), numbers(named)
        if not found or is_year is not bool(_YEAR.fullmatch(str(found[0]))):
            return Relation.UNKNOWN
        return _compared(found[: len(asked)], asked)

    def _least(self, family: str, shown: Shown) -> str:
        """The least version of the listed release that is shown; '' where it is not listed, or versions do not tell it."""
        ranges = (one.versions for one in self._releases.get(family, ()) if shown.listed and one.release == shown.release)
        return next((".".join(map(str, one.bounds[0][1])) for one in ranges if one is not None), "")

    def _tells_versions(self, family: str, release: str) -> bool:
        """Whether versions tell a listed release: Office from 2016 on is 16.0 in every one."""
        return any(one.versions is not None for one in self._releases[family] if one.release == release)

    def steps(self, named: str, shown: Shown) -> int | None:
        """How many releases the one that a title shows lies before the one that a right names; None where it is not listed."""
        right = self._find(shown.family, named)
        if right is None or not shown.listed:
            return None
        order = self._order[shown.family]
        return order[right.release] - order[shown.release]

    def between(self, product_key: str, first: str, last: str) -> tuple[str, ...]:
        """The listed releases from one to another; none where the table does not have them."""
        family = self.family(product_key)
        one, other = self._find(family, first), self._find(family, last)
        if one is None or other is None:
            return ()
        order = self._releases[family]
        return tuple(release.release for release in order[order.index(one) : order.index(other) + 1])

    def may_upgrade(self, held: str, shown: Shown) -> bool:
        """Whether holders of a release may use the shown one by its publisher's own offer."""
        held_release = self._find(shown.family, held)
        target = next(
            (one for one in self._releases.get(shown.family, ()) if shown.listed and one.release == shown.release), None
        )
        return held_release is not None and target is not None and held_release.release in target.upgrade_from

    def released(self, shown: Shown) -> date | None:
        """When the shown release came out; None where the table does not say."""
        found = (one for one in self._releases.get(shown.family, ()) if shown.listed and one.release == shown.release)
        return next((one.released for one in found), None)

    def _find(self, family: str, named: str) -> Release | None:
        """The listed release that a right names, by name or by version."""
        key = family, named
        if key not in self._found:
            version = named if _NUMBER.fullmatch(named.strip().casefold()) else ""
            self._found[key] = self._listed(family, _words(named), version)
        return self._found[key]

    def _listed(self, family: str, words: tuple[str, ...], version: str) -> Release | None:
        """The release that words tell, the longest name first; else the one that the version belongs to."""
        named = next((one for told, one in reversed(self._named.get(family, ())) if _holds(words, told)), None)
        if named is not None or not numbers(version):
            return named
        return next(
            (one for one in self._releases.get(family, ()) if one.versions is not None and one.versions.holds(version)), None
        )


def editions_agree(held: str, shown: str) -> bool | None:
    """Whether two editions are the same; None where one of them is open and may be the other.

    >>> editions_agree("Standard", "Standard"), editions_agree("Standard", "Professional Plus"), editions_agree("LTSC *", "*")
    (True, False, None)
    """
    if held == shown:
        return True
    if not shown or fnmatchcase(shown, held) or fnmatchcase(held, shown):
        return None
    return False


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(text.casefold()))


def _holds(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return bool(phrase) and any(words[at : at + len(phrase)] == phrase for at in range(len(words) - len(phrase) + 1))


def _is_number(word: str) -> bool:
    return _NUMBER.fullmatch(word) is not None and word not in _BITS


def _compared(shown: object, named: object) -> Relation:
    if shown == named:
        return Relation.SAME
    return Relation.OLDER if shown < named else Relation.NEWER  # type: ignore[operator]
