# SPDX-License-Identifier: Apache-2.0
"""Words of rules/words.csv within what register lines say, and the days that are told by them. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from foss_audit.dates import UP_TO, NotADate, end_after, read_date
from foss_audit.tables.words import branches

_UNTIL = rf"(?:{UP_TO}|until|till|to|berlaku)"
_DAY = r"\d{1,2}[\s./-]+(?:\d{1,2}|[^\W\d_]+)[\s./-]+\d{2,4}|\d{4}-\d{1,2}-\d{1,2}"
_DATE = rf"({_DAY}|[^\W\d_]+\s+\d{{4}}|\d{{4}})"
_FULL_DATE = rf"({_DAY}|[^\W\d_]{{3,}}\s+\d{{4}})"
_BEGINS = r"(?!\s*(?:mulai|sejak|dari|terhitung|tmt|surut|from|since|starting)\b)"
_BETWEEN = r"(?:(?!mulai|sejak|dari|surut)[\w.&-]+\s+){0,3}?"
_VALID_UNTIL = re.compile(
    rf"{_BEGINS}[\s:(]*{_BETWEEN}(?:{_FULL_DATE}\s*(?:-|–|{_UNTIL})[\s:]*{_FULL_DATE}|{_UNTIL}[\s:]*{_DATE})", re.IGNORECASE
)
"""Behind a word such as `berlaku`: until when; or from when until when."""
_ENDS_ON = re.compile(rf"[\s:.(]*{_BETWEEN}(?:{_UNTIL}[\s:]*)?{_DATE}", re.IGNORECASE)
"""Behind a word such as `berakhir`: the day."""
_LENGTH = r"(\d{1,2}\s*(?:\([^)]*\)\s*)?(?:tahun|thn|th|years?|bulan|bln|months?)\b)"
_ALONE = re.compile(
    rf"(?:{_UNTIL}[\s:]*(?P<date>{_DATE[1:-1]})|(?:(?:perpanjangan|renewal|langganan|sewa|selama|lisensi)\s+)*(?P<length>{_LENGTH[1:-1]})(?:\s*\([^()]*\))?)",
    re.IGNORECASE,
)
"""A part of a remark that says nothing but until when, or for how long: `s.d. 4 Maret 2026`, `perpanjangan 1 tahun`."""
_CLAUSE_ENDS = re.compile(r"[;\n|]|(?<!s[./]d)(?<!s\.\sd)\.(?=\s|$)", re.IGNORECASE)
_WORDS_BEFORE = 5
_BOUNDLESS = ("tidak terbatas", "not limited")


class DayWords:
    """The words by which lines tell until when."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], months: Mapping[str, int]) -> None:
        self._words = words
        self._months = months
        self._compiled: dict[str, re.Pattern[str]] = {}

    def valid_until(self, text: str, since: date | None) -> date | None:
        """The last day that a remark states: `berlaku s.d. 31 Desember 2025`, `langganan 1 tahun`; None where it states none.

        A length of time counts from `since`. What is said of maintenance, guarantee or contract is no end of the right.
        """
        other = self._pattern("other-days")
        for kind, dated in (("ends-on", _ENDS_ON), ("valid-until", _VALID_UNTIL)):
            for match in self._pattern(kind).finditer(text):
                before = re.split(r"[.;,](?=\s)", text[: match.start()])[-1]
                if self._is_denied(text, match.start()) or other.search(before):
                    continue
                clause = text[match.end() : match.end() + 80]
                if found := dated.match(clause):
                    if not other.search(clause[: found.end()]) and (
                        until := self._date(next(filter(None, found.groups()[::-1])))
                    ):
                        return until
                elif kind == "valid-until" and (last := _length_behind(clause, since)) is not None:
                    return last
        for part in re.split(r"[;,\n]|(?<![sd])\.(?=\s)", text):
            if (whole := _ALONE.fullmatch(part.strip())) is not None:
                if whole["date"] and (until := self._date(whole["date"])) is not None:
                    return until
                if whole["length"] and since is not None:
                    return end_after(since, whole["length"])
        return None

    def length_in_name(self, name: str, since: date | None) -> date | None:
        """The last day by a length of time in a product's name: `Kaspersky Endpoint Security (1 tahun)`."""
        found = re.search(rf"(?<![\w.]){_LENGTH}", name, re.IGNORECASE)
        other = self._pattern("other-days")
        if found is None or since is None or other.search(name[: found.start()]):
            return None
        return end_after(since, found[1])

    def is_by_term(self, texts: Iterable[str]) -> bool:
        """Whether texts say that something is subscribed to, or rented."""
        return any(self._says("by-term", text) or self._says("yearly", text) for text in texts)

    def is_yearly(self, texts: Iterable[str]) -> bool:
        """Whether texts say that it is for a year at a time."""
        return any(self._says("yearly", text) for text in texts)

    def maintained_until(self, remark: str, start: date | None) -> date | None:
        pattern = self._pattern("maintenance")
        for match in pattern.finditer(remark):
            if self._is_denied(remark, match.start(), match.end()):
                continue
            clause = remark[match.end() : match.end() + 60]
            if dated := re.match(rf"[\s:(]*(?:\w+\s+){{0,2}}?{_UNTIL}[\s:]*{_DATE}", clause, re.IGNORECASE):
                if not self._pattern("not-of-software").search(dated[0]) and (until := self._date(dated[1])) is not None:
                    return until
            elif (last := _length_behind(clause, start)) is not None:
                return last
        return None

    def _date(self, text: str) -> date | None:
        try:
            return read_date(text, self._months, end=True)
        except NotADate:
            return None

    def _says(self, kind: str, text: str) -> bool:
        pattern = self._pattern(kind)
        return any(not self._is_denied(text, match.start(), match.end()) for match in pattern.finditer(text))

    def _is_denied(self, text: str, start: int, end: int | None = None) -> bool:
        """Whether its part of the sentence says before it that it is not so; with `end`, also within three words behind it."""
        pattern = self._pattern("without")
        before = re.split(r"[.;,]", text[:start])[-1].split()[-_WORDS_BEFORE:]
        behind = [] if end is None else re.split(r"[.;,]", text[end:].lstrip(" :=("))[0].split()[:3]
        said = " ".join(behind)
        return pattern.search(" ".join(before).replace("-", " ")) is not None or (
            pattern.search(said) is not None and not said.casefold().startswith(_BOUNDLESS)
        )

    def _pattern(self, kind: str) -> "re.Pattern[str]":
        """The words of a kind, wherever they stand; nothing where there are none."""
        if kind not in self._compiled:
            known = branches(self._words.get(kind, ()))
            self._compiled[kind] = re.compile(rf"(?<!\w)(?:{known})(?![\w-])", re.IGNORECASE)
        return self._compiled[kind]


def _length_behind(clause: str, since: date | None) -> date | None:
    length = re.match(rf"[\s:(]*(?:selama\s+|for\s+)?{_LENGTH}", clause, re.IGNORECASE)
    return end_after(since, length[1]) if length and since is not None else None


def clause_at(text: str, start: int) -> str:
    """What stands behind a place in a text, to the end of its part of the sentence; `s.d.` ends none."""
    end = _CLAUSE_ENDS.search(text, start)
    return text[start : end.start() if end else len(text)].lstrip(" :=")
