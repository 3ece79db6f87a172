# SPDX-License-Identifier: Apache-2.0
"""Rows of osquery's tables, of one machine or of many, to entries: machines named, what is gone left out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from foss_audit.messages import message
from foss_audit.model import Note, Problem, SkipReason, Source
from foss_audit.readers.endpoints.osquery_tables import (
    SYSTEM_INFO,
    distribution_of,
    host_of,
    software_of,
    table_of,
)
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Limits, Reading

_SHOWN = 5
_Content = frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Row:
    values: Mapping[str, object]
    table: str
    host: str
    place: str
    position: int
    is_gone: bool = False


@dataclass(slots=True)
class OsqueryRows:
    """Gathers rows in the order of the file; `reading` makes entries of them when all are known."""

    file: str
    limits: Limits
    found: EntryCollector = field(init=False)
    _rows: list[_Row] = field(default_factory=list)
    _present: dict[tuple[str, str], dict[_Content, _Row]] = field(default_factory=dict)
    """By machine and query: the rows that hold as far as the log has been read, by their content."""
    _devices: dict[str, str] = field(default_factory=dict)
    _distributions: dict[str, str] = field(default_factory=dict)
    _left_out: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.found = EntryCollector(self.file, self.limits)

    def add(self, row: object, query: str, host: str, place: str, position: int) -> None:
        """A row that a query gave; `host` is the machine where the row does not name it itself."""
        kept = self._keep(row, query, host, place, position)
        if kept is not None:
            self._present.setdefault((kept.host, query), {})[_content(kept.values)] = kept

    def remove(self, row: object, query: str, host: str, place: str, position: int) -> None:
        """A row that is no longer so: neither it nor the row that it takes back is installed."""
        kept = self._keep(row, query, host, place, position)
        if kept is not None:
            kept.is_gone = True
            earlier = self._present.get((kept.host, query), {}).pop(_content(kept.values), None)
            if earlier is not None:
                earlier.is_gone = True

    def begin_snapshot(self, query: str, host: str) -> dict[_Content, _Row]:
        """A snapshot of a query begins: it takes the place of what was known; pass what this returns to end_snapshot."""
        return self._present.pop((host, query), {})

    def end_snapshot(self, query: str, host: str, earlier: Mapping[_Content, _Row]) -> None:
        """What an earlier snapshot had and this one has not is gone."""
        now = self._present.get((host, query), {})
        for content, row in earlier.items():
            row.is_gone = content not in now

    def name_device(self, host: str, device: str) -> None:
        """What a machine is called whose rows only give an id."""
        if host and device:
            self._devices.setdefault(host, device)

    def reading(
        self,
        reader: str,
        encoding: str | None,
        notes: tuple[Note, ...],
        damage: Problem | None = None,
    ) -> Reading:
        """All entries; the machine is the file's where there is but one."""
        device = ""
        hosts = {row.host for row in self._rows}
        alone = len(hosts) == 1
        for row in self._rows:
            self._emit(row, "" if alone else self._devices.get(row.host, row.host))
        if alone:
            (host,) = hosts
            device = self._devices.get(host, host)
        if self._left_out:
            names = ", ".join(list(self._left_out)[:_SHOWN])
            notes += (
                Note(
                    Source(self.file),
                    message("These tables list no software in a form that is known, and were left out: {tables}.", tables=names),
                ),
            )
        return self.found.reading(reader, encoding, device or None, notes, damage)

    def _keep(self, values: object, query: str, host: str, place: str, position: int) -> _Row | None:
        """The row where it is of software; one that tells of the machine is used for that."""
        if not isinstance(values, dict):
            self.found.problem(place, position, message("This row is no JSON object; run the query again."))
            return None
        table = table_of(values, query)
        host = host if table == SYSTEM_INFO else host_of(values) or host
        if table == SYSTEM_INFO:
            self.name_device(host, host_of(values))
            # One system_info among tables of one machine names the machine of all.
            if not host:
                self._devices.setdefault("", host_of(values))
            return None
        if not table:
            self._left_out.setdefault(query or ", ".join(list(values)[:_SHOWN]))
            return None
        if distribution := distribution_of(values) if table == "os_version" else "":
            self._distributions.setdefault(host, distribution)
        row = _Row(values, table, host, place, position)
        self._rows.append(row)
        return row

    def _emit(self, row: _Row, device: str) -> None:
        place, position = row.place, row.position
        software = software_of(row.values, row.table, self._distributions.get(row.host, ""))
        name = self.found.text(software.name, "name", place, position)
        if not name:
            if any(row.values.get(column) for column in ("version", "publisher", "path")) and row.table != "programs":
                self.found.problem(place, position, message("This row has no name; correct it in the export."))
            else:
                self.found.skip(place, position, SkipReason.BLANK)
        elif row.is_gone or not software.installed:
            self.found.skip(place, position, SkipReason.NOT_INSTALLED)
        else:
            self.found.add(
                name=name,
                version=self.found.text(software.version, "version", place, position),
                publisher=self.found.text(software.publisher, "publisher", place, position),
                license=self.found.text(software.license, "license", place, position),
                purl=software.purl,
                place=place,
                position=position,
                device=device,
            )


def _content(values: Mapping[str, object]) -> _Content:
    """What makes a row the same as another; osquery's values are texts."""
    return frozenset((column, value) for column, value in values.items() if isinstance(value, str))
