# SPDX-License-Identifier: Apache-2.0
"""What a register line says of the right beside product, number and days: by what it is counted, which releases it covers, the
devices it is tied to, how it was allotted. From columns of their own and from remarks as people write them. Pure.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from foss_audit.dates import UP_TO
from foss_audit.device_names import device_names
from foss_audit.entitlement import Metric, VersionRights
from foss_audit.register_words import DayWords, clause_at
from foss_audit.tables.words import WordSet

_RELEASE_NAME = r"(?:cs\d(?:\.\d)?|cc(?:\s\d{4})?|x\d|xi|xp|vista|\d{1,4}(?:\.\d+)*(?:\s?r2)?)"
_RELEASE = rf"{_RELEASE_NAME}(?![\w-])"
_COUNTED = r"(?!\s*(?:versi|version|rilis|release|generasi|tahun|year|bulan|unit|pc|lisensi))"
_JOINED = r"\s*(?:,|/|&|\+|\bdan\b|\batau\b|\band\b|\bor\b)+\s*"
_NAMED_RELEASES = re.compile(
    rf"[^\d]{{0,30}}?(?<![\w-])({_RELEASE}{_COUNTED}(?:{_JOINED}(?:(?:versi|version)\s+)?{_RELEASE}{_COUNTED})*)", re.IGNORECASE
)
"""Releases that stand near."""
_ANY_RELEASE = re.compile(rf"(?<![\w.-]){_RELEASE}|(?<=\bv){_RELEASE}|(?<=\bv\.){_RELEASE}", re.IGNORECASE)
_WHOLE_YEAR = re.compile(r"\b((?:19|20)\d\d)\.0+\b")
"""What a spreadsheet makes of a year that stands as a number."""
_YEAR_BESIDE_NUMBER = re.compile(
    r"((?:.*\D)?(?:19|20)\d\d)\s*[(/]\s*(?:v|versi|version|build)?\.?\s*\d{1,2}(?:\.\d+)+\s*\)?", re.IGNORECASE
)
"""`2019 (16.0)`: the year tells more than the number beside it."""
_FROM_TO = re.compile(
    rf"(?<![\w.-])({_RELEASE_NAME})\s*(?:\b(?:{UP_TO}|to)|–|(?<=\s)-(?=\s)|(?<=[A-Za-z]\d)-(?=[A-Za-z]))\s*({_RELEASE})",
    re.IGNORECASE,
)
_CORES = re.compile(r"(?<!\d)([1-9]\d{0,2})[\s-]*(?:core|inti)\b", re.IGNORECASE)
_DEVICES = r"(?:pc|komputer|laptop|perangkat|devices?|nodes?|users?|pengguna)\b"
_PACK = re.compile(rf"(?<![\d.,–-])([1-9]\d{{0,2}})[\s-]*{_DEVICES}", re.IGNORECASE)
_EACH = re.compile(
    rf"\b(?:1|satu|tiap|setiap|per)\s+lisensi\s*(?:\w+\s+){{0,2}}?(?:untuk|=|:|@)?\s*([2-9]|10)\s*{_DEVICES}"
    rf"|([2-9]|10)\s*{_DEVICES}\s*(?:per|tiap|setiap|/)\s*lisensi",
    re.IGNORECASE,
)
_VIRTUAL = re.compile(r"([1-9])\s*(?:vm|vms|ose|mesin virtual|virtual machines?|virtual ose)\b", re.IGNORECASE)
_LARGEST_PACK = 10
"""Devices of the greatest pack that shops sell."""
_AT_LEAST = re.compile(r"\d\s*\+|(?:>=|≥|>)\s*\d|\bmin\.?\s*\d", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:<=|≤|<)\s*\d|\bma(?:ks|x)\.?\s*\d", re.IGNORECASE)
_YEARS = re.compile(rf"((?:19|20)\d\d)\s*(?:-|–|{UP_TO}|to)\s*((?:19|20)\d\d)", re.IGNORECASE)
_STEPS = re.compile(
    r"[^\d;.]{0,20}?(?:\bn\s*-\s*(\d)\b|(\d)\s*(?:versi|version|rilis|release|generasi|tingkat)\b)", re.IGNORECASE
)
"""`N-1`, `2 versi sebelumnya`."""
_DOWN_TO = re.compile(
    rf"(?:\b(?:{UP_TO})|\bminimal|\bmin\.?|\bpaling rendah|\bdown to|\bback to)"
    r"\s*(?:versi\s*|version\s*)?[^\d]{0,20}$",
    re.IGNORECASE,
)
"""Words before the earliest release that a right to downgrade reaches."""
_ALLOTTED = re.compile(
    r"(?P<agency>.*?[^\W\d_].*?)\s*(?:[:=–@(-]|\bsebanyak\b)?\s*(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,7})"
    r"\s*(?:\([^()\d]*\))?\s*(?:[^\W\d]+\s*){0,3}\)?"
)
_ALLOTTED_BEFORE = re.compile(
    r"(?P<number>\d{1,7})\s*(?:lisensi|unit|pc|licen[cs]es?)?\s*(?:untuk|ke|kepada|for)?\s+(?P<agency>[^\d]+)", re.IGNORECASE
)
_LONGEST_ALLOTMENT = 300
"""Characters of an agency with its number."""
_ENUMERATED = re.compile(r"^\s*\d{1,2}[.)]\s+", re.MULTILINE)
_SENTENCE_ENDS = re.compile(r"\.(?=\s+[^\W\d])")


@dataclass(frozen=True, slots=True)
class TiedDevices:
    """The devices that words tie a right to."""

    names: tuple[str, ...] = ()
    is_sure: bool = False
    """Whether the words say that it is tied; without names: that they name none that can be read."""


class TermWords(DayWords):
    """The words of rules/words.csv by which lines tell their terms."""

    @cached_property
    def _metrics(self) -> tuple[tuple[Metric, WordSet, "re.Pattern[str]"], ...]:
        return tuple(
            (metric, WordSet(self._words.get(f"metric-{metric.value}", ())), self._pattern(f"metric-{metric.value}-within"))
            for metric in Metric
        )

    @cached_property
    def _places(self) -> WordSet:
        """Rooms and offices: no devices."""
        return WordSet(self._words.get("section", ()))

    @cached_property
    def _any_version(self) -> WordSet:
        return WordSet(self._words.get("any-version", ()))

    def metric(self, cells: Iterable[str], texts: Iterable[str]) -> Metric:
        """By what a right is counted: of the cells that say nothing else, else of a word within the texts."""
        for cell in cells:
            for metric, whole, _ in self._metrics:
                if cell and whole.matches(" ".join(cell.split())):
                    return metric
        for text in (*cells, *texts):
            for metric, _, within in self._metrics:
                if any(not self._is_denied(text, found.start()) for found in within.finditer(text)):
                    return metric
        return Metric.DEVICE

    def cores_in(self, texts: Iterable[str]) -> int:
        """How many cores one licence is for: 2 of `2 Core Pack`; 1 where no text says."""
        return next((int(found[1]) for text in texts if (found := _CORES.search(text))), 1)

    def devices_each(self, name: str, remark: str, quantity: int | None) -> int:
        """For how many devices one licence is: `3 PC` in the name of what is sold in packs, `1 lisensi untuk 2 PC`, second use.

        A number that repeats the quantity says nothing; a great one is that of the whole line, where its quantity is 1.
        """
        if (stated := _EACH.search(remark)) and not self._is_denied(remark, stated.start()):
            return int(stated[1] or stated[2])
        found = _PACK.search(name)
        number = int(found[1]) if found else 1
        if number == quantity or (number > _LARGEST_PACK and quantity != 1):
            number = 1
        beside = 1 if self._says("second-use", remark) else 0
        virtual = _VIRTUAL.search(remark)
        if virtual and not self._is_denied(remark, virtual.start()):
            beside += int(virtual[1])
        return number + beside

    def releases(self, cell: str, between: Callable[[str, str], tuple[str, ...]]) -> tuple[tuple[str, ...], VersionRights]:
        """The releases that the version column names, none for every one, and what it adds: `2019 ke atas`.

        `between`: the listed releases from one to another, of the product; none where they are not listed.
        """
        text = _WHOLE_YEAR.sub(r"\1", " ".join(cell.split()))
        if beside := _YEAR_BESIDE_NUMBER.fullmatch(text):
            text = beside[1]
        if (not any(map(str.isdigit, text)) and not _ANY_RELEASE.search(text)) or self._any_version.matches(text):
            return (), VersionRights()
        if years := _YEARS.search(text):
            first, last = int(years[1]), int(years[2])
            return tuple(str(year) for year in range(first, last + 1)), VersionRights()
        if ends := _FROM_TO.search(text):
            listed = between(ends[1], ends[2])
            return listed or (ends[2],), VersionRights() if listed else VersionRights(True, downgrade_not_before=ends[1])
        newer, older = self._pattern("and-newer"), self._pattern("and-older")
        rights = VersionRights(
            downgrade=_AT_MOST.search(text) is not None or older.search(text) is not None,
            upgrade=_AT_LEAST.search(text) is not None or newer.search(text) is not None,
        )
        return _releases_in(text) or (text,), rights

    def version_rights(self, remark: str, maintained_until: date | None, start: date | None) -> VersionRights:
        """Rights to earlier and later releases that a remark states, or the column of the last day of maintenance."""
        until, forever = maintained_until or self.maintained_until(remark, start), self._says("upgrade", remark)
        return replace(self._downgrade(remark), upgrade=until is not None or forever, upgrade_until=until)

    def tied_devices(self, text: str) -> TiedDevices:
        """The devices that a remark names behind words such as `melekat pada`; else those behind such as may mean it, `OEM`."""
        for kind, is_sure in (("tied-to", True), ("tied-to-perhaps", False)):
            pattern = self._pattern(kind)
            found = [one for one in pattern.finditer(text) if not self._is_denied(text, one.start())]
            listed = [device for one in found for device in device_names(clause_at(text, one.end()))]
            names = tuple(dict.fromkeys(one for one in listed if not self._places.matches(one.replace("-", " "))))
            if names or (is_sure and found):
                return TiedDevices(names, is_sure)
        return TiedDevices()

    def allotments(self, remark: str, cell: str, agency: Callable[[str], str]) -> tuple[tuple[str, int], ...]:
        """The agencies that a regional right was allotted to, and how many; `agency` knows the names, '' for none.

        Of the column, else of the remark.
        """
        behind = [remark[match.end() :] for match in self._pattern("allotment").finditer(remark)]
        text = _SENTENCE_ENDS.split(_ENUMERATED.sub("", cell or (behind[0] if behind else "")))[0]
        found: dict[str, int] = {}
        for part in (one for one in re.split(r"[;\n]|,(?!\d)", text) if len(one) <= _LONGEST_ALLOTMENT):
            whole = _allotted(part, agency)
            for name, number in whole or [one for half in re.split(r"\bdan\b", part) for one in _allotted(half, agency)]:
                found[name] = found.get(name, 0) + number
        return tuple(found.items())

    def _downgrade(self, remark: str) -> VersionRights:
        pattern = self._pattern("downgrade")
        for match in pattern.finditer(remark):
            if self._is_denied(remark, match.start(), match.end()):
                return VersionRights()
            clause = clause_at(remark, match.end())
            if steps := _STEPS.match(clause):
                return VersionRights(True, downgrade_steps=int(steps[1] or steps[2]))
            named = _NAMED_RELEASES.match(clause)
            releases = _releases_in(named[1]) if named else ()
            if named and len(releases) == 1 and _DOWN_TO.search(clause[: named.start(1)]):
                return VersionRights(True, downgrade_not_before=releases[0])
            return VersionRights(True, releases)
        return VersionRights()

    def is_realised(self, text: str) -> bool:
        """Whether a text says that what was wished for was bought: `usulan tahun 2023 terealisasi 2024`."""
        return self._says("realised", text)


def _allotted(text: str, agency: Callable[[str], str]) -> list[tuple[str, int]]:
    """The agency and the number of `Dinas Sosial: 15 (lima belas) lisensi`, `3 untuk Dinas Sosial`; none for anything else."""
    for pattern in (_ALLOTTED, _ALLOTTED_BEFORE):
        match = pattern.fullmatch(text.strip(" .:"))
        if match and (name := agency(match["agency"].strip(" :=-–(@"))):
            return [(name, int(match["number"].replace(".", "")))]
    return []


def _releases_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(match[0].split()) for match in _ANY_RELEASE.finditer(text)))
