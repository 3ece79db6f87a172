# SPDX-License-Identifier: Apache-2.0
"""Lines that say whose and where the software below them is: `Dinas Kesehatan`, `PC-01 / Ruang Kepala`, `Ruang : Tata Usaha`."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from foss_audit.tables.blocks import labelled_rows
from foss_audit.tables.grid import Column, Grid
from foss_audit.tables.headings import normalise_heading
from foss_audit.tables.rows import DEVICE_ALONE, RowKind
from foss_audit.tables.words import WordSet

_LEVELS = ("agency", "location", "device")
"""From the widest to the narrowest: a wider group ends the narrower ones."""
_ENUMERATION = re.compile(r"^(?:[A-Z]|[IVX]{1,5}|\d{1,3})[.)]\s*(?=\D)")
_SURELY_A_DEVICE = re.compile(DEVICE_ALONE)
_PERHAPS_A_DEVICE = re.compile(r".*[A-Za-z].*[-_]\d{1,4}")
_SEPARATOR = re.compile(r"\s+[/|–-]\s+|\s*[/(,]\s*")
_OF_A_REGION = re.compile(r"(?:pemerintah|pemkab|pemkot|pemda|kabupaten|kota|provinsi)\b", re.IGNORECASE)
_PREFIXED = ("dinas", "badan", "kecamatan", "puskesmas", "bidang", "bagian", "seksi", "ruang", "ruangan", "uptd", "upt")
"""Labels without which a value is no name: `Dinas : Kesehatan`."""
_LONGEST_NAME = 200
"""Characters of a group's name; what is longer is no heading, and patterns are not let loose on it."""
_LONGEST_PREAMBLE = 60

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Standing:
    """The groups that hold for a line: what the lines above it say. '' where they do not."""

    agency: str = ""
    location: str = ""
    device: str = ""

    def without(self, levels: Collection[str]) -> "Standing":
        """The same without groups for which a table has a column of its own."""
        return Standing(**{level: "" if level in levels else getattr(self, level) for level in _LEVELS})

    def below(self, stated: Mapping[str, str], begins: bool) -> "Standing":
        """What holds below a line that states something; `begins` where it is the first of its block."""
        kept = {level: getattr(self, level) for level in _LEVELS}
        if begins:
            widest = min(_LEVELS.index(level) for level in stated)
            kept.update(dict.fromkeys(_LEVELS[widest + 1 :], ""))
        return Standing(**{**kept, **stated})


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """What the lines of a table say of the lines below them."""

    rows: NDArray[np.intp]
    """Positions below the heading of lines that are no software but only seem to be: `label : value`."""
    columns: Mapping[str, Column]
    """The canonical columns that they state, one value a row below the heading."""
    above: Standing
    """What holds at the heading."""
    after: Standing
    """What holds below the last row."""


def read_sections(
    grid: Grid,
    start: int,
    heading: int,
    kinds: NDArray[np.int8],
    headings: Mapping[str, str],
    words: Words,
    standing: Standing,
    with_device: bool,
) -> Sections:
    """The groups of a table. `start`: first row of its preamble, `heading`: of its heading; `kinds`: of the rows below it.

    `with_device`: whether the heading names no column of devices, so that `Nama Komputer : PC-01` states one.
    """
    first = grid.rows - len(kinds)
    reader = _Reader(headings, WordSet(words.get("section", ())), WordSet(words.get("agency-section", ())))
    stated = reader.labelled(grid, with_device)
    seeming = np.array(sorted(row - first for row in stated if row >= first), dtype=np.intp)
    lone = _lone_cells(grid, first, kinds)
    read = {text: reader.alone(text, True) for text in {text for _, text in lone}}
    names_agencies = any("agency" in found for found in read.values())
    for row, text in lone:
        stated.setdefault(row, read[text])
    for row in range(max(start, heading - _LONGEST_PREAMBLE), heading):
        texts = [text for column in grid.columns if (text := column.text(row))]
        if len(texts) == 1 and row not in stated:
            found = reader.alone(texts[0], False)
            if start or names_agencies or "agency" not in found:
                stated[row] = found
    stated = {row: found for row, found in stated.items() if found and (row < heading or row >= first) and row >= start}
    spans, above, after = _spans(stated, kinds, first, standing)
    return Sections(seeming, _columns(spans, len(kinds)), above, after)


def filled_in(columns: Mapping[str, Column], sections: Sections, failed: Mapping[str, NDArray[np.bool_]]) -> dict[str, Column]:
    """The columns of a table with what its sections state where a cell of their own says nothing."""
    found = dict(columns)
    for canonical, stated in sections.columns.items():
        if canonical not in found:
            found[canonical] = stated
            continue
        own = found[canonical]
        kept = own.filled() | failed.get(canonical, np.zeros(len(own), dtype=bool))
        texts, codes = _merged([*own.texts, *stated.texts])
        together = np.where(kept, codes[own.codes], codes[stated.codes + len(own.texts)]).astype(np.int32)
        found[canonical] = Column(together, texts)
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads single lines with the words of the rules."""

    headings: Mapping[str, str]
    section: WordSet
    agency: WordSet

    def alone(self, text: str, is_heading: bool) -> dict[str, str]:
        """What a cell alone in its row states; nothing where it is no device, room, unit or agency.

        `is_heading`: whether the row is one of a table that heads others, so that `KEU-01` can only be a device.
        """
        if len(text) > _LONGEST_NAME:
            return {}
        bare = _ENUMERATION.sub("", text).rstrip(": ")
        parts = [part.strip(" )") for part in _SEPARATOR.split(bare, maxsplit=1)]
        for device, place in (parts, parts[::-1]) if len(parts) == 2 else ([bare, ""],):
            if _SURELY_A_DEVICE.fullmatch(device) and (not place or self.section.matches(place)):
                return {"device": device} | ({"location": place} if place else {})
        if len(parts) == 2 and _SURELY_A_DEVICE.fullmatch(parts[0]):
            return {"device": parts[0]}
        if self.agency.matches(bare):
            return {"agency": bare}
        if self.section.matches(bare) and ":" not in bare:
            return {"location": bare}
        return {"device": bare} if is_heading and _PERHAPS_A_DEVICE.fullmatch(bare) and len(bare) <= 40 else {}

    def labelled(self, grid: Grid, with_device: bool) -> dict[int, dict[str, str]]:
        """Lines `label : value` by row; of several devices in one block the one with the best label."""
        stated: dict[int, dict[str, str]] = {}
        devices = labelled_rows(grid, self.headings, ("device",)) if with_device else {}
        best: tuple[int, int] | None = None
        for row in sorted(devices):
            rank, _, value = devices[row]
            if best is None or row > best[0] + 1 or rank <= best[1]:
                stated[row] = {"device": value}
                best = (row, rank)
            else:
                stated[row] = {}
                best = (row, best[1])
        for row, (_, label, value) in labelled_rows(grid, self.headings, ("agency", "location")).items():
            plain = normalise_heading(label)
            if row in stated or not self.section.matches(f"{plain}:") or _OF_A_REGION.match(value):
                continue
            named = f"{label.strip()} {value}" if plain in _PREFIXED and not value.casefold().startswith(plain) else value
            stated[row] = {self.headings[plain]: named}
        return stated


def _lone_cells(grid: Grid, first: int, kinds: NDArray[np.int8]) -> list[tuple[int, str]]:
    """Rows below the heading that head others, with their only text."""
    heads = kinds == RowKind.HEADING
    if not heads.any():
        return []
    count = np.zeros(len(kinds), dtype=np.int32)
    for column in grid.columns:
        count += column.taken(slice(first, None)).filled()
    heads &= count == 1
    found: list[tuple[int, str]] = []
    for column in grid.columns:
        filled = column.taken(slice(first, None)).filled() & heads
        found.extend((int(row) + first, column.text(int(row) + first)) for row in np.flatnonzero(filled))
    return sorted(found)


def _spans(
    stated: Mapping[int, Mapping[str, str]], kinds: NDArray[np.int8], first: int, standing: Standing
) -> tuple[list[tuple[int, Standing]], Standing, Standing]:
    """(position below the heading, what holds from there on), what holds at the heading, and after the last row."""
    entries = np.concatenate(([0], np.cumsum(kinds == RowKind.ENTRY)))
    above = standing
    spans: list[tuple[int, Standing]] = []
    before = -1
    for row in sorted(stated):
        position = max(row - first, 0)
        counted = int(entries[position])
        standing = standing.below(stated[row], begins=counted != before)
        before = counted
        if row < first:
            above = standing
        spans.append((position, standing))
    return ([(0, above), *spans] if above != Standing() else spans), above, standing


def _columns(spans: Sequence[tuple[int, Standing]], rows: int) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for level in _LEVELS:
        values = ["", *(getattr(standing, level) for _, standing in spans)]
        if not any(values):
            continue
        codes: NDArray[np.int32] = np.zeros(rows, dtype=np.int32)
        for index, (position, _) in enumerate(spans, 1):
            codes[position:] = index
        texts, merged = _merged(values)
        found[level] = Column(merged[codes], texts)
    return found


def _merged(values: Iterable[str]) -> tuple["pd.Series[str]", NDArray[np.int32]]:
    """Distinct texts, and where each of the values stands among them."""
    codes, distinct = pd.factorize(np.array(list(values), dtype=object))
    return pd.Series(distinct, dtype="str"), codes.astype(np.int32)
