# SPDX-License-Identifier: Apache-2.0
"""Columns under each other's headings: names below `Versi`, versions below `Nama`. The values tell, where they tell plainly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import permutations

import numpy as np

from foss_audit.tables.grid import Grid
from foss_audit.tables.headings import Header
from foss_audit.tables.words import WordSet

_LOOKED_AT = 2000
"""Rows below the heading."""
_FEWEST = 5
_SHARE = 0.8
_VERSION = re.compile(
    r"(?:v(?:er(?:si|sion)?)?\.? ?)?\d{1,5}(?:[.,_-]\d{1,6})*(?: ?[a-z]\d{0,2}| ?(?:build|beta|rc|sp) ?\d*)?(?: \(.{1,40}\))?",
    re.IGNORECASE,
)
_SURELY_VERSION = re.compile(r"(?:v\D{0,7})?(?:(?:19|20)\d\d\b|\d+[.,]\d).*", re.IGNORECASE)


class _Holds(Enum):
    """What most cells of a column are."""

    NAMES = "name"
    VERSIONS = "version"
    PUBLISHERS = "publisher"
    ANYTHING = ""


@dataclass(frozen=True, slots=True)
class Straightened:
    """A heading whose columns go by what they hold."""

    header: Header
    moved: tuple[tuple[str, str], ...] = ()
    """(heading as found, canonical column that it was read as) of those that hold what another heading says."""


def straightened(grid: Grid, header: Header, words: Mapping[str, tuple[str, ...]]) -> Straightened:
    """The heading with names, versions and publishers told by their values where they stand under each other's headings.

    Only where of five rows or more four fifths of each column in question are plainly something else than its heading says:
    versions by their figures, publishers by words of kind `publisher-name`.
    """
    named = [name for name in ("name", "version", "publisher") if name in header.columns]
    if "name" not in named or len(named) < 2:
        return Straightened(header)
    publishers = WordSet(words.get("publisher-name", ()))
    held = {name: _held(grid, header, header.columns[name], publishers) for name in named}
    for order in sorted(permutations(named), key=lambda order: sum(map(str.__ne__, order, named))):
        moved = {canonical: source for canonical, source in zip(named, order, strict=True) if canonical != source}
        stays = all(_may_be(held[name], name) for name in named if name not in moved)
        if not moved:
            if stays:
                return Straightened(header)
        elif stays and all(held[source] is _Holds(canonical) for canonical, source in moved.items()):
            return _moved(header, moved)
    return Straightened(header)


def _may_be(holds: _Holds, canonical: str) -> bool:
    """Whether a column may be what its heading says; publishers that nobody knows look like names."""
    if canonical == "publisher":
        return holds is not _Holds.VERSIONS
    return holds in (_Holds(canonical), _Holds.ANYTHING) or (canonical == "version" and holds is _Holds.NAMES)


def _moved(header: Header, moved: Mapping[str, str]) -> Straightened:
    columns = {**header.columns, **{canonical: header.columns[source] for canonical, source in moved.items()}}
    headings = {**header.headings, **{canonical: header.headings[source] for canonical, source in moved.items()}}
    ordered = dict(sorted(columns.items(), key=lambda item: item[1]))
    found = replace(header, columns=ordered, headings={name: headings[name] for name in ordered})
    return Straightened(found, tuple((headings[canonical], canonical) for canonical in moved))


def _held(grid: Grid, header: Header, position: int, publishers: WordSet) -> _Holds:
    column = grid.columns[position]
    codes, counts = np.unique(column.codes[header.body : header.body + _LOOKED_AT], return_counts=True)
    rows = {text: int(count) for code, count in zip(codes, counts, strict=True) if (text := str(column.texts.iat[int(code)]))}
    total = sum(rows.values())
    if total < _FEWEST:
        return _Holds.ANYTHING
    versions = {text for text in rows if len(text) <= 60 and _VERSION.fullmatch(text)}
    known = {text for text in rows if text not in versions and publishers.matches(text)}
    titles = {text for text in rows if text not in versions | known and sum(map(str.isalpha, text)) > 2}

    def share(texts: set[str]) -> float:
        return sum(rows[text] for text in texts) / total

    if share(versions) >= _SHARE and 2 * sum(_SURELY_VERSION.match(text) is not None for text in versions) >= len(versions):
        return _Holds.VERSIONS
    if share(known) >= _SHARE:
        return _Holds.PUBLISHERS
    return _Holds.NAMES if share(titles) >= _SHARE else _Holds.ANYTHING
