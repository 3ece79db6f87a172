# SPDX-License-Identifier: Apache-2.0
"""Entries tables, built column by column: what every reader ends with."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TypeVar, cast

import numpy as np
import pandas as pd

from foss_audit.activation import without_keys
from foss_audit.licenses.full_texts import beginning_of, license_of_text
from foss_audit.messages import Message, message
from foss_audit.model import LicenseText, Note, Problem, Skipped, SkipReason, Source
from foss_audit.readers.interface import ENTRY_COLUMNS, Limits, Reading, StatedEntitlement, StatedLicense
from foss_audit.readers.text_lines import TextLines

NO_POSITION = -1
"""Position of an entry whose place is its whole locator, such as `/metadata/component`."""

_ADDED = tuple(name for name in ENTRY_COLUMNS if name not in ("unnamed", "quantity"))
"""Columns of an entry of a document, in the order of its cells."""
_DEFAULTS: Mapping[str, object] = {"unnamed": False, "quantity": 1, "position": NO_POSITION}
_Value = TypeVar("_Value")
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
        self._cells: list[object] = []
        """Of one entry after the other, as _ADDED: lists of columns, or an object for each entry, take far longer to fill."""
        self.entitlements: list[StatedEntitlement] = []
        self.licenses: list[StatedLicense] = []
        self._license_texts: dict[tuple[str, str], LicenseText] = {}

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
        license_origin: str = "",
        claim: str = "",
        activation: str = "",
        agency: str = "",
        location: str = "",
        device: str = "",
        user: str = "",
    ) -> None:
        """One entry, standing at `place` and `position`; `device` where the file lists several."""
        self._cells += (
            name, version, publisher, license, license_origin, claim, activation, purl, agency, location, device, user, place,
            position,
        )  # fmt: skip

    def license_text(self, id: str, text: str, place: str, position: int) -> None:
        """A licence text that the document calls `id`; one that is known word for word needs no reader."""
        beginning = beginning_of(text)
        if beginning and (id, beginning) not in self._license_texts and not license_of_text(text):
            source = Source(self.file, locator(place, position))
            self._license_texts[id, beginning] = LicenseText(source, id, without_keys(beginning))

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

    def text_of(self, record: Mapping[str, object], field: str, place: str, position: int) -> str:
        """The field of that name of an object, as `text` gives it."""
        return self.text(record.get(field), field, place, position)

    def named_package(self, package: object, field: str, place: str, position: int) -> tuple[str, Mapping[str, object]] | None:
        """The name of a package of a JSON document, which the field holds, and the package; None, with a problem, for none."""
        if not isinstance(package, dict):
            self.problem(place, position, message("This package is no JSON object; correct it in the export."))
            return None
        name = self.text_of(package, field, place, position)
        if not name:
            self.problem(place, position, message("This package has no name; add it in the export."))
            return None
        return name, package

    def reading_of_lines(self, reader: str, text: TextLines) -> Reading:
        """All that was found in a list of lines, with the devices that its console or its titles name."""
        return self.reading(reader, text.encoding, text.device, text.notes, hosts=text.hosts)

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
            licenses=tuple(self.licenses),
            license_texts=tuple(self._license_texts.values()),
        )

    def _name_devices(self, hosts: Sequence[tuple[int, str]]) -> None:
        first_lines = [line for line, _ in hosts]
        devices = self._column("device")
        for row, position in enumerate(self._column("position")):
            before = bisect_right(first_lines, cast(int, position))
            if before and not devices[row]:
                devices[row] = hosts[before - 1][1]
        self._cells[_ADDED.index("device") :: len(_ADDED)] = devices

    def table(self) -> pd.DataFrame:
        """All entries, as ENTRY_COLUMNS."""
        return entries_table({name: self._column(name) for name in _ADDED})

    def _column(self, name: str) -> list[object]:
        return self._cells[_ADDED.index(name) :: len(_ADDED)]


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
    return _speakable(*_numbered(list(values)))


def _speakable(codes: np.ndarray, texts: Sequence[object]) -> pd.Categorical:
    """A text column whose distinct values are made fit for reports; only those that occur, in order of appearance."""
    occurring = pd.unique(codes)
    mapping = np.zeros(max(len(texts), 1), dtype=np.int32)
    mapping[occurring], used = _numbered([_clean(texts[code]) for code in occurring.tolist()])
    return pd.Categorical.from_codes(mapping[codes], categories=_categories(used))


def _numbered(values: Sequence[_Value]) -> tuple[np.ndarray, list[_Value]]:
    """Each value as a number, and the distinct values that the numbers stand for, in order of appearance."""
    distinct = list(dict.fromkeys(values))
    if len(distinct) < 2:
        return np.zeros(len(values), dtype=np.int32), distinct
    if len(distinct) == len(values):
        return np.arange(len(values), dtype=np.int32), distinct
    numbers = dict(zip(distinct, range(len(distinct)), strict=True))
    return np.fromiter(map(numbers.__getitem__, values), dtype=np.int32, count=len(values)), distinct


def _clean(text: object) -> str:
    if not isinstance(text, str):
        text = "" if text is None or text is pd.NA or text != text else str(text)
    # What is printable, as nearly all is, needs no search.
    return without_keys((text if text.isprintable() else _UNSPEAKABLE.sub("\ufffd", text)).strip())


def _categories(texts: list[str]) -> pd.Index:
    return pd.Index(texts, dtype="str")
