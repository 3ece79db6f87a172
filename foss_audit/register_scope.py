# SPDX-License-Identifier: Apache-2.0
"""Whose the right of a register line is: an agency's, the region's, or some agencies' together, as people write it. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foss_audit.agencies import AgencyTable, names_whole_region
from foss_audit.register_words import clause_at
from foss_audit.tables.words import WordSet, branches

_LISTED = (re.compile(r"\s*[;,\n]\s*(?:dan\s+|and\s+)?"), re.compile(r"\s*[/&+]\s*|\s+(?:dan|serta|and)\s+", re.IGNORECASE))
"""What stands between the names of a list: first what no name holds, then what a name may hold too."""
_NUMBERED = re.compile(
    r"\s*(?:\bsebanyak\b|\bselama\b|[:=–(-]\s*\d|\b\d+\s*(?:unit|pc|lisensi|licen[cs]e|buah|user|tahun)).*$",
    re.IGNORECASE | re.DOTALL,
)
_OF_A_NAME = re.compile(r"(?!(?:TA|T\.A\.?|SK|BAST|APBD)$)[A-Z][\w.&/'-]*|dan|di|\d{1,3}|[IVX]+")
"""A word that an agency's name may hold: none that begins with a small letter."""
_PARTED = re.compile(r"\s+[-–/]\s+|[,:\n]")
_FOR_ALL = re.compile(r"\((?:untuk\s+|for\s+)?([^()]*)\)")
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """Who may draw on a right."""

    agency: str | None = None
    """None: the region holds it."""
    shared_by: tuple[str, ...] = ()
    """Of what the region holds, the only agencies that may draw on it; empty for every one."""
    withheld_from: tuple[str, ...] = ()
    allotments: tuple[tuple[str, int], ...] = ()
    """Of what the region holds, the agencies that it was allotted to, and how many to each."""


class ScopeWords:
    """Names of agencies, and the words of rules/words.csv that draw a line around them."""

    def __init__(self, agencies: AgencyTable, words: Mapping[str, tuple[str, ...]]) -> None:
        self._agencies = agencies
        self._looks_like_one = WordSet(words.get("agency-section", ()))
        self._whole_region = WordSet(words.get("whole-region", ()))
        self._for_all = _pattern(words.get("scope-all", ()))
        self._only = _pattern(words.get("scope-only", ()))
        self._except = _pattern(words.get("scope-except", ()))

    def of_cell(self, cell: str) -> Scope:
        """Of a column that names whose it is: `Semua OPD kecuali Dinas X`, `Dinas X dan Dinas Y`, `Bersama`."""
        for match in self._except.finditer(cell):
            if withheld := self._named_in(cell[match.end() :]):
                before = self.of_cell(cell[: match.start()].rstrip(" (,-"))
                return before if before.agency else Scope(None, before.shared_by, withheld)
        for match in self._only.finditer(cell):
            if named := self._named_in(cell[match.end() :]):
                return _of(named)
        if (row := self._agencies.find(cell)) is not None:
            return Scope(row.name)
        if self._is_whole_region(cell) or any(map(self._is_whole_region, _FOR_ALL.findall(cell))):
            return _of(known) if (known := self._known_parts(cell)) else Scope()
        return _of(self._names(cell) or self._numbered(cell) or (self._agencies.canonical(cell),))

    def is_for_all(self, remark: str) -> bool:
        """Whether a remark opens what one agency holds to every one: `digunakan oleh seluruh OPD`."""
        return self._for_all.search(remark) is not None

    def of_remark(self, remark: str) -> Scope:
        """How a remark narrows what the region holds: `khusus Dinas X`, `kecuali Dinas X`."""
        return Scope(None, self._behind(self._only, remark), self._behind(self._except, remark))

    def _behind(self, pattern: "re.Pattern[str]", remark: str) -> tuple[str, ...]:
        found = (self._named_in(clause_at(remark, match.end()).partition(")")[0]) for match in pattern.finditer(remark))
        return tuple(dict.fromkeys(name for names in found for name in names))

    def _is_whole_region(self, cell: str) -> bool:
        return names_whole_region(cell) or self._whole_region.matches(" ".join(cell.split()))

    def _known_parts(self, cell: str) -> tuple[str, ...]:
        """The agencies of the table in a cell that else means the region: `Pemerintah Kabupaten X - Dinas Y`, `Semua Dinas Y`."""
        parts = [*_PARTED.split(cell), cell.partition(" ")[2]]
        rows = [self._agencies.find(part.strip(" ()")) for part in parts if part.strip(" ()")]
        return tuple(dict.fromkeys(row.name for row in rows if row is not None))

    def _numbered(self, cell: str) -> tuple[str, ...]:
        """The agencies of a list in which numbers stand beside them: `Dinas X (2), Dinas Y (4)`; none for one alone."""
        found = self._named_in(cell)
        return found if len(found) > 1 and any(map(str.isdigit, cell)) else ()

    def _named_in(self, text: str) -> tuple[str, ...]:
        """The agencies that a text lists, whatever stands beside or between them."""
        found: list[str] = []
        for part in _LISTED[0].split(text):
            bare, halves = _NUMBERED.sub("", part), _LISTED[1].split(part)
            several = self._agencies.find(bare) is None and any(self._agencies.find(half) is not None for half in halves)
            names = () if several else self._names(bare)
            found += names or [name for half in halves if (name := self._beginning(half))]
        return tuple(dict.fromkeys(found))

    def _beginning(self, text: str) -> str:
        """The agency that a text begins with: the longest that the table knows, else as far as it goes on like a name; or ''."""
        words = text.strip(" .:()").split()[:_LONGEST_NAME]
        for end in range(len(words), 0, -1):
            if (row := self._agencies.find(" ".join(words[:end]))) is not None:
                return row.name
        length = next((at for at, word in enumerate(words) if not _OF_A_NAME.fullmatch(word)), len(words))
        name = " ".join(words[:length])
        return self._agencies.canonical(name) if length > 1 and self._looks_like_one.matches(name) else ""

    def _names(self, text: str) -> tuple[str, ...]:
        """The agencies that a text lists; none where a part of it is no agency's name."""
        found = list(self._listed(text.strip(" :.()"), 0))
        return () if None in found else tuple(dict.fromkeys(name for name in found if name))

    def _listed(self, text: str, level: int) -> Iterator[str | None]:
        if (row := self._agencies.find(text)) is not None:
            yield row.name
            return
        parts = _LISTED[level].split(text) if level < len(_LISTED) else [text]
        if level < len(_LISTED):
            names = [name for part in parts if part for name in self._listed(part, level + 1)]
            if len(names) > 1 and None not in names:
                yield from names
                return
        is_name = all(map(_OF_A_NAME.fullmatch, text.split())) and self._looks_like_one.matches(text)
        yield self._agencies.canonical(text) if is_name and len(parts) == 1 else None


def _of(names: tuple[str, ...]) -> Scope:
    return Scope(names[0]) if len(names) == 1 else Scope(None, names)


def _pattern(words: tuple[str, ...]) -> "re.Pattern[str]":
    return re.compile(rf"(?<!\w)(?:{branches(words)})(?!\w)", re.IGNORECASE)
