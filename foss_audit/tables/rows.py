# SPDX-License-Identifier: Apache-2.0
"""What each row below a heading is: an entry, or one of the other things that people write into a table."""

from collections.abc import Mapping
from enum import IntEnum
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from foss_audit.model import SkipReason
from foss_audit.tables.below import Below, Flags
from foss_audit.tables.grid import Grid
from foss_audit.tables.headings import Header
from foss_audit.tables.signatures import signature_blocks
from foss_audit.tables.words import WordSet, searched

_GROUPING = frozenset({"number", "device", "agency", "location"})
"""Columns that may be filled ahead of the software: such a row says nothing of its own."""
_BESIDE = _GROUPING | {"user", "remark"}
"""Columns in which a lone cell heads what follows; in any other it is a line without its name."""
_AMOUNTS = ("quantity", "license_quantity", "price", "total_price")
_ENUMERATED = r"^(?:[A-Z]|[IVX]{1,5})[.)] +[^ ]"
_SENTENCE = r"^[*]|:$|^(?:[^ ]+ +){5}[^ ]"
DEVICE_ALONE = (
    r"(?i)^(?:(?:unit +)?(?:pc|laptop|komputer|computer|notebook|netbook)(?:[ ._-]+[a-z]{1,12}){0,3}[ ._-]*[0-9]{1,4}[a-z]?"
    r"|(?:server|srv)[ ._-]*[0-9]{1,3}|(?:desktop|laptop|win)-[a-z0-9]{7,15})$"
)
"""Nothing but the name of a device: no software is called so. For re and RE2."""
_DEVICE_FIRST = DEVICE_ALONE.removesuffix("$") + r"(?: *[/|(,] *[^ ].{2,60}| +[–-] +[^ ].{2,60})?:?$"


class RowKind(IntEnum):
    """What a row is."""

    ENTRY = 0
    NOTHING = 1
    """Wholly empty; not listed."""
    NAMELESS = 2
    """Filled in, except for the name."""
    BLANK = 3
    HEADING = 4
    TOTAL = 5
    SIGNATURE = 6
    COLUMN_NUMBERS = 7
    DEVICE = 8
    """Nothing but a device; what it is the rows around it tell."""

    @property
    def reason(self) -> SkipReason | None:
        """Why a row is skipped; None for an entry, an empty row, and a problem."""
        return _REASONS.get(self)


_REASONS: Mapping[RowKind, SkipReason] = {
    RowKind.BLANK: SkipReason.BLANK,
    RowKind.HEADING: SkipReason.HEADING,
    RowKind.TOTAL: SkipReason.TOTAL,
    RowKind.SIGNATURE: SkipReason.SIGNATURE,
    RowKind.COLUMN_NUMBERS: SkipReason.COLUMN_NUMBERS,
}


def classify_rows(
    grid: Grid,
    header: Header | None,
    required: str,
    columns: Mapping[str, int],
    words: Mapping[str, tuple[str, ...]],
    devices: Flags,
) -> NDArray[np.int8]:
    """The RowKind of every row below the heading (of every row, where there is none), in order.

    `devices`: rows in which someone wrote a device, one flag each.

    Works column by column on distinct texts; only rows that stand out are looked at one by one.
    """
    below = _Questions(grid, header, required, dict(columns), words, devices)
    kinds = np.full(below.rows, RowKind.ENTRY, dtype=np.int8)
    for kind, find in (
        (RowKind.NAMELESS, below.nameless),
        (RowKind.BLANK, below.blank),
        (RowKind.NAMELESS, below.numbered_device),
        (RowKind.DEVICE, below.device),
        (RowKind.HEADING, below.section),
        (RowKind.NAMELESS, below.failed),
        (RowKind.TOTAL, below.total),
        (RowKind.SIGNATURE, partial(signature_blocks, below)),
        (RowKind.COLUMN_NUMBERS, below.column_numbers),
        (RowKind.HEADING, below.repeated_heading),
        (RowKind.NOTHING, below.nothing),
    ):
        kinds[find()] = kind
    return kinds


class _Questions(Below):
    """What can be asked of the rows below a heading; every question gives one flag a row."""

    def nothing(self) -> Flags:
        return np.logical_and(np.equal(self.count, 0), ~self.failed())

    def failed(self) -> Flags:
        """A line whose name is an error value, or a formula without a result."""
        return self.grid.columns[self.name_position].failed_below(self.start)

    def nameless(self) -> Flags:
        return np.logical_not(self.has_name)

    def blank(self) -> Flags:
        """Nothing but a running number, or the group that a row belongs to."""
        says = self.count.copy()
        for canonical, index in self.positions.items():
            if canonical in _GROUPING:
                says -= self.filled[index] if canonical != "number" else self.filled[index] & self.is_numbered
        blank: Flags = np.logical_and(~self.has_name, np.equal(says, 0))
        return blank

    def numbered_device(self) -> Flags:
        """A running number and a device: what is on it is missing."""
        return np.logical_and(self.blank() & self.devices, self.is_numbered)

    def device(self) -> Flags:
        """Nothing but a device, perhaps with its place."""
        return np.logical_and(self.blank() & self.devices, ~self.is_numbered)

    def section(self) -> Flags:
        """A line that heads a group: one cell only, beside the name, or a word for a room or a unit."""
        beside = self.lone & ~self.has_name & ~self.blank() & ~self.says(*(set(self.positions) - _BESIDE))
        beside |= self._remark()
        if len(self.positions) < 2:
            return beside
        words = WordSet((*self.words.get("section", ()), *self.words.get("agency-section", ())))
        as_name = self.of_name(lambda column: words.among(column.texts))
        as_name |= self.of_name(lambda column: searched(column.texts, _DEVICE_FIRST))
        if "number" in self.positions:
            as_name |= self.of_name(lambda column: searched(column.texts, _ENUMERATED))
        return beside | (self.lone & (as_name | self._merged_across()))

    def _merged_across(self) -> Flags:
        """Rows with a cell merged over the name and another column of the table, where a row of software is not written so."""
        found = np.zeros(self.rows, dtype=bool)
        positions = sorted(self.positions.values())
        for first, left, last, right in self.grid.merged:
            covered = [index for index in positions if left <= index <= right]
            if first == last and self.start <= first < self.grid.rows and self.name_position in covered and len(covered) > 1:
                found[first - self.start] = "number" in self.positions or covered == positions
        of_lines = np.count_nonzero(found & ~self.lone)
        return found if 2 * of_lines < np.count_nonzero(found) else np.zeros(self.rows, dtype=bool)

    def _remark(self) -> Flags:
        """A lone cell below the devices that is none: a room, a unit, a sentence."""
        lone = self.lone & self.blank() & self.devices
        if not lone.any():
            return lone
        device = self.named["device"]
        words = WordSet(self.words.get("section", ()))
        return np.logical_and(lone, device.where(words.among(device.texts) | searched(device.texts, _SENTENCE)))

    def total(self) -> Flags:
        """A sum: the name or the first text of the row says so, and nothing tells of a piece of software."""
        words = WordSet(self.words.get("total", ()))
        found = self.of_name(lambda column: words.among(column.texts))
        first = ~self.nothing()
        for index, column in enumerate(self.all):
            running = self.is_numbered if index == self.positions.get("number") else np.zeros(self.rows, dtype=bool)
            if not first.any():
                break
            if not running.all():
                found |= first & column.where(words.among(column.texts))
            first &= ~self.filled[index] | running
        found |= self.lone & self.says(*_AMOUNTS)
        described = self.says("publisher", "license", "purl") | (self.says("version") & self.is_numbered)
        return found & ~(described & self.has_name)

    def column_numbers(self) -> Flags:
        """A row that numbers the columns: 1 2 3, or (1) (2) (3)."""
        found = np.zeros(self.rows, dtype=bool)
        candidates = np.flatnonzero(self.of_name(lambda column: searched(column.texts, r"^\(?[0-9]{1,2}\)?$")))
        for row in candidates[:1000]:
            numbers = [
                _small_number(column.text(row)) for column, filled in zip(self.all, self.filled, strict=True) if filled[row]
            ]
            found[row] = _count_up(numbers)
        return found

    def repeated_heading(self) -> Flags:
        """The heading again, as on every printed page."""
        found = np.zeros(self.rows, dtype=bool)
        if self.header is None:
            return found
        for position in range(self.header.row, self.header.body):
            same = np.zeros(self.rows, dtype=np.int32)
            expected = 0
            for index, column in enumerate(self.all):
                code = self.grid.columns[index].codes[position]
                if column.texts.iat[code]:
                    expected += 1
                    same += column.codes == code
            found |= (same == expected) & (self.count == expected)
            if self.all[self.name_position].texts.iat[self.grid.columns[self.name_position].codes[position]] and expected > 1:
                code = self.grid.columns[self.name_position].codes[position]
                found |= (self.name.codes == code) & (same * 2 >= expected)
        return found


def _small_number(text: str) -> int | None:
    bare = text.strip("()")
    return int(bare) if bare.isdecimal() and len(bare) <= 3 else None


def _count_up(numbers: list[int | None]) -> bool:
    if len(numbers) < 2 or None in numbers or numbers[0] not in (0, 1, 2):
        return False
    return all(after == before + 1 for before, after in pairwise(numbers) if before is not None)
