# SPDX-License-Identifier: Apache-2.0
"""Licences that an agent found on a device, as evidence of activation of the software they belong to. Pure."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from foss_audit.activation import Activation, partial_key

_CHANNEL = re.compile(r"\b([A-Z]{3,12}(?:_[A-Z]{2,12}){0,3}) channel\b")
_EDITION = re.compile(r",\s*([\w-]{3,60}) edition\b")
_FAMILY = re.compile(r"(?:Office(?:\d\d)?)?(\w*?)(20\d\d)?(?:E?VL|XC2RVL|DemoR|R)?[-_][\w-]+$")
_GENERATION = re.compile(r"\bOffice (\d\d)\b")
_YEAR = re.compile(r"\b(20\d\d)\b")
_LANGUAGE = re.compile(r"\s-\s[a-z]{2,3}-[a-z]{2,4}(?:-[a-z]{2,4})?$")
_BITS = re.compile(r"\s\((?:x64|x86|32[- ]?bit|64[- ]?bit)(?: edition)?\)$")
_MARKS = re.compile("[®™©]")
_OF_GENERATION = {"14": "2010", "15": "2013", "16": "2016", "19": "2019", "21": "2021", "24": "2024"}
_CHANNEL_OF_EDITION = (("KMS_CLIENT", "VOLUME_KMSCLIENT"), ("_MAK", "VOLUME_MAK"), ("_OEM", "OEM"), ("_RETAIL", "RETAIL"))
_OF_FAMILY: Mapping[str, tuple[str, str]] = {
    "proplus": ("professional plus", ""),
    "standard": ("office standard", ""),
    "professional": ("office professional", "plus"),
    "homebusiness": ("office home business", ""),
    "homestudent": ("office home student", ""),
    "personal": ("office personal", ""),
    "visiopro": ("visio professional", ""),
    "visiostd": ("visio standard", ""),
    "projectpro": ("project professional", ""),
    "projectstd": ("project standard", ""),
    "o365proplus": ("365", ""),
    "o365business": ("365", ""),
    "o365homeprem": ("365", ""),
}
"""Names that Windows gives editions of Office, to the words that their titles have, and one that they have not."""
_NO_TITLE = frozenset({"microsoft office", "office", "windows", "microsoft windows"})
"""Names so wide that they fit programs of any edition."""
_COMPARED = 2_000
"""Licences that are compared with titles that are not the same; a device holds a few dozen."""


def activation_of(record: Mapping[str, str]) -> Activation:
    """What a licence record says: `fullname`, `name`, `key`, `productid`, `oem`, `trial` as agents write them.

    >>> str(activation_of({"fullname": "Office 16, VOLUME_KMSCLIENT channel", "key": "XXXXX-XXXXX-XXXXX-XXXXX-WE9H9"}))
    'channel=VOLUME_KMSCLIENT; key=WE9H9'
    """
    return Activation(channel=_channel(record), key=partial_key(record.get("key", "")))


def _channel(record: Mapping[str, str]) -> str:
    for field in ("fullname", "name"):
        if found := _CHANNEL.search(record.get(field, "")[:1000]):
            return found[1]
    edition = _edition(record).upper()
    for mark, channel in _CHANNEL_OF_EDITION:
        if mark in edition:
            return channel
    if "OEM" in record.get("productid", "").upper() or _says_yes(record.get("oem", "")):
        return "OEM"
    return "TRIAL" if _says_yes(record.get("trial", "")) else ""


def _says_yes(value: str) -> bool:
    """Whether a flag is set; a trial's is its number of days."""
    return value.strip().casefold() not in ("", "0", "no", "false", "none", "-", "n/a")


class Titles:
    """The titles of a device's software, in which those of licences are looked up."""

    def __init__(self, names: Sequence[str]) -> None:
        self._rows: dict[str, list[int]] = {}
        for number, name in enumerate(names):
            self._rows.setdefault(_plain(name), []).append(number)
        self._sorted = sorted(self._rows)
        self._words: list[tuple[frozenset[str], str]] | None = None
        self._of_edition: dict[tuple[str, str], list[int]] = {}
        self._compared = 0

    def of_license(self, record: Mapping[str, str]) -> list[int]:
        """Numbers of the names that a licence belongs to: those that its own names equal or begin, else those of its edition.

        >>> Titles(["7-Zip", "Microsoft Office Professional Plus 2016 - en-us"]).of_license(
        ...     {"name": "Office 16, Office16ProPlusVL_KMS_Client edition"}
        ... )
        [1]
        """
        wanted = [title for title in (_plain(record.get(field, "")) for field in ("fullname", "name")) if title]
        wanted = [title for title in wanted if title not in _NO_TITLE]
        for title in wanted:
            if title in self._rows:
                return self._rows[title]
        self._compared += 1
        if self._compared > _COMPARED:
            return []
        for title in wanted:
            if rows := self._beginning(f"{title} "):
                return rows
        return self._edition(record)

    def _beginning(self, beginning: str) -> list[int]:
        """Rows of the shortest title with this beginning: longer ones are of parts and updates."""
        first = bisect_left(self._sorted, beginning)
        last = bisect_left(self._sorted, f"{beginning}\U0010ffff")
        return self._shortest(self._sorted[first:last])

    def _edition(self, record: Mapping[str, str]) -> list[int]:
        edition = _FAMILY.match(_edition(record))
        family = edition[1].casefold() if edition else ""
        if edition is None or family not in _OF_FAMILY:
            return []
        generation = _GENERATION.search(record.get("name", "")[:1000])
        year = edition[2] or _OF_GENERATION.get(generation[1] if generation else "", "")
        if (family, year) not in self._of_edition:
            self._of_edition[family, year] = self._with_words(*_OF_FAMILY[family], year)
        return self._of_edition[family, year]

    def _with_words(self, words: str, but: str, year: str) -> list[int]:
        if self._words is None:
            self._words = [(frozenset(title.split()), title) for title in self._sorted]
        wanted = set(words.split())
        return self._shortest([title for own, title in self._words if wanted <= own and but not in own and _of_year(title, year)])

    def _shortest(self, titles: Sequence[str]) -> list[int]:
        return self._rows[min(titles, key=lambda title: (len(title), title))] if titles else []


def _plain(name: str) -> str:
    """A title without its language, its bits and its marks, as all titles of one program have it."""
    plain = " ".join(_MARKS.sub("", name[:500]).casefold().split()).removesuffix(" oem")
    return _BITS.sub("", _LANGUAGE.sub("", plain))


def _edition(record: Mapping[str, str]) -> str:
    found = _EDITION.search(record.get("name", "")[:1000]) or _EDITION.search(record.get("fullname", "")[:1000])
    return found[1] if found else ""


def _of_year(title: str, year: str) -> bool:
    stated = _YEAR.search(title)
    return not year or stated is None or stated[1] == year
