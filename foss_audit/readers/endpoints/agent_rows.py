# SPDX-License-Identifier: Apache-2.0
"""The rows of agents' sections that list software: programs and packages, databases, and what is named as antivirus."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foss_audit.messages import message
from foss_audit.model import SkipReason
from foss_audit.readers.endpoints.agent_packages import archive_area, package_publisher, package_url
from foss_audit.readers.entries import EntryCollector

_PART_OF_WINDOWS = frozenset(
    {"windows defender", "microsoft defender", "windows defender antivirus", "microsoft defender antivirus", "windows security"}
)
_COMPARED = 500
"""Databases and antivirus programs that are looked up in the list of software; a device holds a few."""
_SAYS_MORE = ("version", "publisher", "guid", "uninstall_string", "filename", "comments")
_SAYS_INSTALLED = ("version", "publisher", "uninstall_string", "uninstall", "comments", "helplink", "url_info_about")


@dataclass(frozen=True, slots=True)
class Section:
    """Records of one kind, with the place before their numbers."""

    place: str
    records: Sequence[object] = ()
    first: int = 0
    """Number of the first record: 0 in JSON, 1 in XML."""

    def numbered(self) -> Iterator[tuple[int, object]]:
        """Each record with its number."""
        return enumerate(self.records, self.first)


NO_RECORDS = Section("")


@dataclass(slots=True)
class Row:
    """An entry that may still get what other sections say of it."""

    name: str
    version: str
    publisher: str
    place: str
    position: int
    license: str = ""
    purl: str = ""
    activation: str = ""


def software_rows(section: Section, distribution: str, found: EntryCollector) -> list[Row]:
    """The programs and packages of the list of software; `distribution` is that of the packages' system."""
    rows = (_software_row(record, section.place, position, distribution, found) for position, record in section.numbered())
    return [row for row in rows if row is not None]


def _software_row(record: object, place: str, position: int, distribution: str, found: EntryCollector) -> Row | None:
    if not isinstance(record, dict):
        found.problem(place, position, message("This software is no object; correct it in the export."))
        return None

    def text(field_name: str) -> str:
        return found.text_of(record, field_name, place, position)

    name = text("name")
    if not name:
        _tell_nameless(record, place, position, found)
        return None
    if _is_nameless_key(record, name):
        found.skip(place, position, SkipReason.BLANK)
        return None
    version, source = text("version"), text("from")
    return Row(
        name=name,
        version=version,
        publisher=package_publisher(source, text("publisher")),
        place=place,
        position=position,
        license=archive_area(source, text("system_category")),
        purl=package_url(source, name, version, distribution),
    )


def _tell_nameless(record: Mapping[str, object], place: str, position: int, found: EntryCollector) -> None:
    if record.get("name_id"):
        found.problem(
            place,
            position,
            message("This software has only a number for its name; take the agent's own file, or export the list as CSV."),
        )
    elif record.get("name") is not None and not isinstance(record["name"], str):
        found.problem(place, position, message("The name of this software is no text; correct it in the export."))
    elif any(record.get(field_name) for field_name in _SAYS_MORE):
        found.problem(place, position, message("This software has no name; find out on the device what it is."))
    else:
        found.skip(place, position, SkipReason.BLANK)


def _is_nameless_key(record: Mapping[str, object], name: str) -> bool:
    """Whether a key of the registry without a name is listed by the key's own, with nothing that says something is installed."""
    key = record.get("guid")
    return isinstance(key, str) and key.strip() == name and not any(record.get(field_name) for field_name in _SAYS_INSTALLED)


def database_rows(section: Section, rows: Sequence[Row], found: EntryCollector) -> list[Row]:
    """Databases that run on the device and that the list of software does not hold: installed without a package."""
    listed = _words_of(rows)
    added = []
    for position, record in section.numbered():
        if not isinstance(record, dict):
            found.problem(section.place, position, message("This software is no object; correct it in the export."))
            continue
        name = found.text_of(record, "name", section.place, position)
        name = name or found.text_of(record, "type", section.place, position)
        if not name:
            found.problem(section.place, position, message("This software has no name; find out on the device what it is."))
        elif _is_listed(name, position, listed):
            found.note(
                section.place,
                position,
                message("{name} stands in the list of software too and was counted there.", name=name),
            )
        else:
            version = found.text_of(record, "version", section.place, position)
            publisher = found.text_of(record, "manufacturer", section.place, position)
            added.append(Row(name, version, publisher, section.place, position))
    return added


def note_antivirus(section: Section, rows: Sequence[Row], found: EntryCollector) -> None:
    """What Windows' security centre names may be long gone: it is no list of what is installed."""
    listed = _words_of(rows)
    for position, record in section.numbered():
        name = found.text_of(record, "name", section.place, position) if isinstance(record, dict) else ""
        if name and name.casefold() not in _PART_OF_WINDOWS and not _is_listed(name, position, listed):
            found.note(
                section.place,
                position,
                message(
                    "{name} is named as antivirus, but the list of software does not hold it; check whether it is installed.",
                    name=name,
                ),
            )


def _words_of(rows: Sequence[Row]) -> list[frozenset[str]]:
    return [_words(row.name) for row in rows]


def _words(name: str) -> frozenset[str]:
    """The words of a name that are no number."""
    return frozenset(word for word in re.split(r"[^a-z0-9+#]+", name.casefold()) if word and not word.isdigit())


def _is_listed(name: str, number: int, listed: Sequence[frozenset[str]]) -> bool:
    words = _words(name)
    return bool(words) and number <= _COMPARED and any(words <= other for other in listed)
