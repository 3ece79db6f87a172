# SPDX-License-Identifier: Apache-2.0
"""Entries tables, built column by column: what every reader ends with."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
import pandas as pd

from foss_audit.activation import without_keys
from foss_audit.messages import Message, message
from foss_audit.model import Note, Problem, Skipped, SkipReason, Source
from foss_audit.readers.interface import ENTRY_COLUMNS, Limits, Reading, StatedEntitlement

NO_POSITION = -1
"""Position of an entry whose place is its whole locator, such as `/metadata/component`."""

_DEFAULTS: Mapping[str, object] = {"unnamed": False, "quantity": 1, "position": NO_POSITION}
_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def locator(place: str, position: int) -> str:
    """Where an entry stands, as sources show it.

    >>> locator("Sheet1!A", 17), locator("/metadata/component", NO_POSITION)
    ('Sheet1!A17', '/metadata/component')
    """
    return place if position == NO_POSITION else f"{place}{position}"


def entries_table(columns: Mapping[str, Sequence[object] | pd.Series | np.ndarray], rows: int | None = None) -> pd.DataFrame:
    """Columns as an entries table with exactly the columns and dtypes of ENTRY_COLUMNS, in file order.

    A column may be any sequence; a text column also a Categorical. Columns that are missing are filled with nothing said
    ('', False, one installation); `rows` is needed only where all are missing. Text loses outer blanks and whole product keys,
    None becomes '', and what no report could write (lone surrogates, control characters) becomes U+FFFD.
    Raises ValueError for a column that is none of ENTRY_COLUMNS, or of another length.
    """
    if unknown := sorted(set(columns) - set(ENTRY_COLUMNS)):
        raise ValueError(f"no columns of an entries table: {', '.join(unknown)}")
    lengths = {len(column) for column in columns.values()} | ({rows} if rows is not None else set())
    if len(lengths) > 1:
        raise ValueError(f"columns differ in length: {sorted(lengths)}")
    count = lengths.pop() if lengths else 0
    return pd.DataFrame(
        {name: _column(columns.get(name), name, dtype, count) for name, dtype in ENTRY_COLUMNS.items()},
        index=pd.RangeIndex(count),
        copy=False,
    )


class EntryCollector:
    """Gathers what a reader finds in a document, entry by entry; `table` makes the columns of it at the end."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.skipped: list[Skipped] = []
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self._limit = limits.field_characters
        self._columns: dict[str, list[object]] = {name: [] for name in ENTRY_COLUMNS}
        self._appends = [column.append for column in self._columns.values()]
        self.entitlements: list[StatedEntitlement] = []

    def add(
        self,
        name: str,
        version: str,
        publisher: str,
        license: str,
        purl: str,
        place: str,
        position: int,
        *,
        claim: str = "",
        activation: str = "",
        agency: str = "",
        location: str = "",
        device: str = "",
    ) -> None:
        """One entry, standing at `place` and `position`; `device` where the file lists several."""
        values = (
            name, version, publisher, license, claim, activation, purl, agency, location, device, False, 1, place, position,
        )  # fmt: skip
        for append, value in zip(self._appends, values, strict=True):
            append(value)

    def skip(self, place: str, position: int, reason: SkipReason) -> None:
        """A line that is no installation."""
        self.skipped.append(Skipped(Source(self.file, locator(place, position)), reason))

    def problem(self, place: str, position: int, what: Message) -> None:
        """An entry that cannot be read."""
        self.problems.append(Problem(Source(self.file, locator(place, position)), what))

    def note(self, place: str, position: int, what: Message) -> None:
        """Something about how an entry was read."""
        self.notes.append(Note(Source(self.file, locator(place, position)), what))

    def text(self, value: object, field: str, place: str, position: int) -> str:
        """A text field without outer blanks; '' for nothing, and with a note for what is no text or beyond the limit."""
        if value is None:
            return ""
        if not isinstance(value, str):
            self.note(
                place, position, message("The field {field} is no text and was left out; correct it in the export.", field=field)
            )
            return ""
        if len(value) > self._limit:
            self.note(
                place,
                position,
                message("The field {field} is longer than {limit} characters and was cut.", field=field, limit=self._limit),
            )
            value = value[: self._limit]
        return value.strip()

    def reading(
        self,
        reader: str,
        encoding: str | None,
        device: str | None,
        notes: Sequence[Note] = (),
        damage: Problem | None = None,
        hosts: Sequence[tuple[int, str]] = (),
    ) -> Reading:
        """All that was found in a document without sheets; `notes` on the whole of it first, and where it breaks off.

        `hosts` of a list of lines: from which line on, in order, entries without a device of their own are of which.
        """
        if len(hosts) > 1:
            self._name_devices(hosts)
        return Reading(
            reader=reader,
            encoding=encoding,
            sheets=(),
            entries=self.table(),
            skipped=tuple(self.skipped),
            problems=tuple(self.problems) if damage is None else (damage, *self.problems),
            notes=(*notes, *self.notes),
            device=device,
            entitlements=tuple(self.entitlements),
        )

    def _name_devices(self, hosts: Sequence[tuple[int, str]]) -> None:
        first_lines = [line for line, _ in hosts]
        devices = self._columns["device"]
        for row, position in enumerate(self._columns["position"]):
            before = bisect_right(first_lines, cast(int, position))
            if before and not devices[row]:
                devices[row] = hosts[before - 1][1]

    def table(self) -> pd.DataFrame:
        """All entries, as ENTRY_COLUMNS."""
        return entries_table(self._columns)


def _column(values: Sequence[object] | pd.Series | np.ndarray | None, name: str, dtype: str, count: int) -> object:
    if dtype != "category":
        return np.full(count, _DEFAULTS[name], dtype=dtype) if values is None else np.asarray(values, dtype=dtype)
    if values is None:
        return pd.Categorical.from_codes(np.zeros(count, dtype=np.int8), categories=_categories([""] if count else []))
    if isinstance(values, pd.Series):
        values = values.array
    if isinstance(values, pd.Categorical):
        # A missing value has code -1, which picks the '' put last.
        return _speakable(np.asarray(values.codes), [*values.categories, ""])
    found: dict[object, int] = {}
    codes = np.fromiter((found.setdefault(value, len(found)) for value in values), dtype=np.int32, count=count)
    return _speakable(codes, list(found))


def _speakable(codes: np.ndarray, texts: Sequence[object]) -> pd.Categorical:
    """A text column whose distinct values are made fit for reports; only those that occur, in order of appearance."""
    cleaned = [_clean(text) for text in texts]
    used: dict[str, int] = {}
    mapping = np.zeros(max(len(cleaned), 1), dtype=np.int32)
    for code in pd.unique(codes):
        text = cleaned[code]
        mapping[code] = used.setdefault(text, len(used))
    return pd.Categorical.from_codes(mapping[codes], categories=_categories(list(used)))


def _clean(text: object) -> str:
    if text is None or text is pd.NA or text != text:
        return ""
    return without_keys(_UNSPEAKABLE.sub("\ufffd", str(text)).strip())


def _categories(texts: list[str]) -> pd.Index:
    return pd.Index(texts, dtype="str")
