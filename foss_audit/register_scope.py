# SPDX-License-Identifier: Apache-2.0
"""Whose the right of a register line is: an agency's, the region's, or some agencies' together, as people write it. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foss_audit.agencies import AgencyTable, names_whole_region
from foss_audit.tables.words import WordSet

_LISTED = (re.compile(r"\s*[;,\n]\s*(?:dan\s+|and\s+)?"), re.compile(r"\s*[/&+]\s*|\s+(?:dan|serta|and)\s+", re.IGNORECASE))
"""What stands between the names of a list: first what no name holds, then what a name may hold too."""
_NUMBERED = re.compile(
    r"\s*(?:\bsebanyak\b|\bselama\b|[:=–(-]\s*\d|\b\d+\s*(?:unit|pc|lisensi|licen[cs]e|buah|user|tahun)).*$",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSE_ENDS = re.compile(r"[;\n|)]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Scope:
    """Who may draw on a right."""

    agency: str | None = None
    """None: the region holds it."""
    shared_by: tuple[str, ...] = ()
    """Of what the region holds, the only agencies that may draw on it; empty for every one."""
    withheld_from: tuple[str, ...] = ()


class ScopeWords:
    """Names of agencies, and the words of rules/words.csv that draw a line around them."""

    def __init__(self, agencies: AgencyTable, words: Mapping[str, tuple[str, ...]]) -> None:
        self._agencies = agencies
        self._looks_like_one = WordSet(words.get("agency-section", ()))
        self._whole_region = WordSet(words.get("whole-region", ()))
        self._only = _pattern(words.get("scope-only", ()))
        self._except = _pattern(words.get("scope-except", ()))

    def of_cell(self, cell: str) -> Scope:
        """Of a column that names whose it is: `Semua OPD kecuali Dinas X`, `Dinas X dan Dinas Y`, `Bersama`."""
        for match in self._except.finditer(cell):
            if withheld := self._names(cell[match.end() :]):
                before = self.of_cell(cell[: match.start()].rstrip(" (,-"))
                return before if before.agency else Scope(None, before.shared_by, withheld)
        for match in self._only.finditer(cell):
            if named := self._names(cell[match.end() :]):
                return _of(named)
        if self._is_whole_region(cell):
            return Scope()
        return _of(self._names(cell) or (self._agencies.canonical(cell),))

    def of_remark(self, remark: str) -> Scope:
        """How a remark narrows what the region holds: `khusus Dinas X`, `kecuali Dinas X`."""
        return Scope(None, self._behind(self._only, remark), self._behind(self._except, remark))

    def _behind(self, pattern: "re.Pattern[str]", remark: str) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                name
                for match in pattern.finditer(remark)
                for name in self._names(_NUMBERED.sub("", _clause(remark, match.end())).strip(" ."))
            )
        )

    def _is_whole_region(self, cell: str) -> bool:
        return names_whole_region(cell) or self._whole_region.matches(" ".join(cell.split()))

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
        yield self._agencies.canonical(text) if self._looks_like_one.matches(text) and len(parts) == 1 else None


def _of(names: tuple[str, ...]) -> Scope:
    return Scope(names[0]) if len(names) == 1 else Scope(None, names)


def _clause(text: str, start: int) -> str:
    end = _CLAUSE_ENDS.search(text, start)
    return text[start : end.start() if end else len(text)].lstrip(" :=")


def _pattern(words: tuple[str, ...]) -> "re.Pattern[str]":
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    branches = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{branches})(?!\w)" if branches else r"x\A", re.IGNORECASE)
