# SPDX-License-Identifier: Apache-2.0
"""What the rows of one file say of each other: one row names the device of all, a licence is of the software beside it."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from foss_audit.messages import message
from foss_audit.model import Note, Source
from foss_audit.readers.endpoints.agent_activation import Titles
from foss_audit.readers.entries import entries_table, locator
from foss_audit.readers.interface import Reading

_LICENSE_OF_WINDOWS = re.compile(r"Windows(?:\(R\)|®)?,? .{1,60}edition$", re.IGNORECASE)
_LICENSE_OF_OFFICE = re.compile(r"Office \d\d, \S{1,80} edition$", re.IGNORECASE)
_WINDOWS = re.compile(
    r"(?:Microsoft(?:\(R\)|®)? )?Windows(?:\(R\)|®|™)?(?: Server(?:\(R\)|®)?)? (?:XP|Vista|7|8|8\.1|1[01]|20\d\d)\b"
    r"[\w .()®™]{0,60}$",
    re.IGNORECASE,
)

_COMPARED = 100
"""Rows of one title; a device has a few."""


def united(reading: Reading, file: str) -> Reading:
    """A reading whose rows without a device are of the one that others name, and whose licences stand with their software.

    Windows and Office tell their activation under names of their own: where the same device lists the software, its row gets
    what the licence says and the row of the licence goes, with a note. A licence of nothing in the list stays a row.
    """
    return _with_activation(_of_one_device(reading), file)


def _of_one_device(reading: Reading) -> Reading:
    devices = _devices(reading)
    return reading if reading.device or len(devices) != 1 else replace(reading, device=devices[0])


def _devices(reading: Reading) -> list[str]:
    """The devices that rows name, each once."""
    named = {device.casefold(): device for device in map(str, reading.entries["device"].unique()) if device}
    return list(named.values())


def _with_activation(reading: Reading, file: str) -> Reading:
    names, activations, devices = (list(map(str, reading.entries[column])) for column in ("name", "activation", "device"))
    licenses = {row for row, name in enumerate(names) if activations[row] and _is_license(name)}
    if not licenses:
        return reading
    software: dict[str, list[int]] = {}
    for row, device in enumerate(devices):
        if row not in licenses:
            software.setdefault((device or reading.device or "").casefold(), []).append(row)
    beside = {device: _Software(rows, [names[row] for row in rows]) for device, rows in software.items()}
    notes, gone = list(reading.notes), set()
    for row in sorted(licenses):
        listed = beside.get((devices[row] or reading.device or "").casefold())
        at = listed.row_of(names[row]) if listed else None
        if at is None or activations[at]:
            continue
        activations[at] = activations[row]
        gone.add(row)
        place, position = str(reading.entries["place"].iloc[row]), int(reading.entries["position"].iloc[row])
        what = message("This activation is of {name}, which the list holds; it was put with it.", name=names[at])
        notes.append(Note(Source(file, locator(place, position)), what))
    return replace(reading, entries=_entries_without(reading, gone, activations), notes=tuple(notes)) if gone else reading


def _is_license(name: str) -> bool:
    return bool(_LICENSE_OF_WINDOWS.match(name) or _LICENSE_OF_OFFICE.match(name))


class _Software:
    """The rows of a device that are of software."""

    def __init__(self, rows: Sequence[int], names: Sequence[str]) -> None:
        self._rows, self._names = rows, names
        self._windows = self._one_of([number for number, name in enumerate(names) if _WINDOWS.match(name)])
        self._titles = Titles(names)
        self._of_office: dict[str, int | None] = {}

    def row_of(self, license_name: str) -> int | None:
        """The row of the one title that a licence is of; None where there is none, or several that differ."""
        if _LICENSE_OF_WINDOWS.match(license_name):
            return self._windows
        if license_name not in self._of_office:
            at = self._titles.of_license({"name": license_name})
            self._of_office[license_name] = self._one_of(at) if len(at) <= _COMPARED else None
        return self._of_office[license_name]

    def _one_of(self, at: Sequence[int]) -> int | None:
        """The first of these rows, where all have the same name."""
        return self._rows[at[0]] if len({self._names[number].casefold() for number in at}) == 1 else None


def _entries_without(reading: Reading, gone: set[int], activations: list[str]) -> pd.DataFrame:
    entries = reading.entries.assign(activation=activations)
    kept = entries.loc[[row not in gone for row in range(len(entries))]]
    return entries_table({name: list(kept[name]) for name in kept.columns})
