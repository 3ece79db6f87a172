# SPDX-License-Identifier: Apache-2.0
"""Reads what osquery prints and logs as JSON: rows of a table, several tables, the log of scheduled queries, Fleet's exports."""

from collections.abc import Mapping
from pathlib import Path

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.readers.endpoints.osquery_rows import OsqueryRows
from foss_audit.readers.endpoints.osquery_tables import (
    KNOWN_COLUMNS,
    OS_VERSION,
    PLAIN,
    SOFTWARE_TABLES,
    SYSTEM_INFO,
    host_of,
    table_of_columns,
)
from foss_audit.readers.entries import NO_POSITION
from foss_audit.readers.interface import Head, Limits, Reading, ReadingContext
from foss_audit.readers.json_document import (
    JsonLines,
    JsonValue,
    Outline,
    list_outline_of,
    load_json,
    load_json_lines,
    outline_of,
)
from foss_audit.readers.packages.pip_names import is_pip_list
from foss_audit.readers.text_lines import LINE

NAME = "osquery"
DESCRIPTION = "osquery results in JSON: osqueryi --json, logs of scheduled queries, exports of Fleet"

_LOG_HOSTS = frozenset({"hostIdentifier", "host_identifier", "hostname", "decorations"})
_LOG_RESULTS = frozenset({"columns", "snapshot", "diffResults"})
_ROWS_OF_FLEET = frozenset({"host_id", "host_name", "host_hostname", "host_display_name"})
_NAMES = frozenset({"name", "package", "bundle_name"})
_VERSIONS = frozenset({"version", "bundle_short_version", "bundle_version"})


def recognises(head: Head) -> bool:
    """Whether the head is of rows of osquery's tables of software, bare, by table, or in a log."""
    outline = outline_of(head.text)
    if outline is not None:
        return _is_log(outline) or _are_tables(outline) or _is_of_fleet(outline)
    rows = list_outline_of(head.text)
    if rows is None:
        return False
    return _is_log(rows) or (_is_row(rows) and not is_pip_list(rows, head.text, head.path.name))


def _is_log(outline: Outline) -> bool:
    """A line of the results log."""
    outer = outline.outer
    return "name" in outer and not outer.isdisjoint(_LOG_HOSTS) and not outer.isdisjoint(_LOG_RESULTS)


def _are_tables(outline: Outline) -> bool:
    """Tables by their names; `apps` or `programs` alone may be anything, so columns have to agree."""
    tables = outline.outer & (SOFTWARE_TABLES | {SYSTEM_INFO})
    return bool(tables) and table_of_columns(outline.keys) not in ("", PLAIN)


def _is_of_fleet(outline: Outline) -> bool:
    results = "results" in outline.outer and "columns" in outline.keys and not outline.keys.isdisjoint(_ROWS_OF_FLEET)
    hosts = ("host" in outline.outer or "hosts" in outline.outer) and {"software", "hostname", "osquery_version"} <= outline.keys
    return results or hosts


def _is_row(outline: Outline) -> bool:
    columns = outline.outer
    if not columns <= KNOWN_COLUMNS or columns.isdisjoint(_NAMES) or columns.isdisjoint(_VERSIONS):
        return False
    return table_of_columns(columns, outline.values.get("/path", "")) not in ("", SYSTEM_INFO)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every row of software, in document order. Raises UnreadableFile where the JSON is damaged.

    In a log, what was removed since, or what the latest snapshot of a query no longer has, is not installed.
    """
    rows = OsqueryRows(file, context.limits)
    opened = _opened(path, file, context.limits)
    if isinstance(opened, JsonValue):
        _read_value(opened.value, rows, "", NO_POSITION, "")
        return rows.reading(NAME, opened.encoding, opened.notes, damage=opened.damage)
    for number, value in opened.values:
        _read_value(value, rows, LINE, number, f"{LINE}{number}")
    for number, what in opened.damaged:
        rows.found.problem(LINE, number, what)
    return rows.reading(NAME, opened.encoding, opened.notes)


def _opened(path: Path, file: str, limits: Limits) -> JsonValue | JsonLines:
    """One document, or a log with one on each line."""
    try:
        document = load_json(path, file, limits)
        if document.damage is None:
            return document
    except UnreadableFile as error:
        document, failure = None, error
    lines = load_json_lines(path, file, limits)
    if _stand_for_themselves(lines):
        return lines
    if document is None:
        raise failure
    return document


def _stand_for_themselves(lines: JsonLines) -> bool:
    """Whether lines are values; of a damaged document that fills several lines, hardly any is."""
    return len(lines.values) >= max(len(lines.damaged), 1)


def _read_value(value: object, rows: OsqueryRows, place: str, position: int, pointer: str) -> None:
    """A document, or a line of a log, which stands at `place` and `position`; what it holds has pointers from `pointer` on."""
    if isinstance(value, list):
        _read_list(value, rows, "", "", pointer)
    elif not isinstance(value, dict):
        rows.found.problem(place, position, message("This row is no JSON object; run the query again."))
    elif not _LOG_RESULTS.isdisjoint(value):
        _read_result(value, rows, place, position, pointer)
    elif isinstance(value.get("results"), list):
        _read_list(value["results"], rows, "", "", f"{pointer}/results")
    elif "host" in value or "hosts" in value:
        _read_hosts(value, rows, pointer)
    elif any(isinstance(table, list) for table in value.values()):
        _read_tables(value, rows, "", pointer)
    else:
        rows.add(value, "", "", place, position)


def _read_list(values: list[object], rows: OsqueryRows, query: str, host: str, pointer: str) -> None:
    for position, value in enumerate(values):
        if isinstance(value, dict) and not _LOG_RESULTS.isdisjoint(value):
            _read_result(value, rows, f"{pointer}/", position, f"{pointer}/{position}")
        else:
            rows.add(value, query, host, f"{pointer}/", position)


def _read_result(result: Mapping[str, object], rows: OsqueryRows, place: str, position: int, pointer: str) -> None:
    """A line of the log: one row that came or went, all rows at a time, or all changes at a time."""
    query, host = _string(result.get("name")), host_of(result)
    decorations = result.get("decorations")
    if isinstance(decorations, dict):
        host = host or host_of(decorations)
        rows.name_device(host, host_of(decorations))
    if "columns" in result:
        take = rows.remove if result.get("action") == "removed" else rows.add
        take(result["columns"], query, host, place, position)
    snapshot = result.get("snapshot")
    if isinstance(snapshot, list):
        earlier = rows.begin_snapshot(query, host)
        _read_list(snapshot, rows, query, host, f"{pointer}/snapshot")
        rows.end_snapshot(query, host, earlier)
    elif snapshot is not None:
        rows.found.problem(place, position, message("The snapshot is no list and was not read; run the query again."))
    changes = result.get("diffResults")
    if isinstance(changes, dict):
        for kind, take in (("removed", rows.remove), ("added", rows.add)):
            changed = changes.get(kind)
            for number, row in enumerate(changed if isinstance(changed, list) else ()):
                take(row, query, host, f"{pointer}/diffResults/{kind}/", number)


def _read_tables(tables: Mapping[str, object], rows: OsqueryRows, host: str, pointer: str) -> None:
    for name, table in tables.items():
        if isinstance(table, list):
            _read_list(table, rows, name, host, f"{pointer}/{_escaped(name)}")
        elif name in SOFTWARE_TABLES and table is not None:
            rows.found.problem(
                f"{pointer}/{_escaped(name)}",
                NO_POSITION,
                message("This table is no list of rows and was not read; run the query again."),
            )


def _read_hosts(document: Mapping[str, object], rows: OsqueryRows, pointer: str) -> None:
    """Machines as Fleet describes them, each with its list of software and the name of its system."""
    several = document.get("hosts")
    hosts = [(f"{pointer}/hosts/{number}", host) for number, host in enumerate(several)] if isinstance(several, list) else []
    if "host" in document:
        hosts.insert(0, (f"{pointer}/host", document["host"]))
    for place, host in hosts:
        if not isinstance(host, dict):
            rows.found.problem(place, NO_POSITION, message("This machine is no JSON object; export it again."))
            continue
        name = host_of(host)
        system = _string(host.get("os_version"))
        if system:
            rows.add({"name": system, "platform": host.get("platform")}, OS_VERSION, name, f"{place}/os_version", NO_POSITION)
        software = host.get("software")
        if isinstance(software, list):
            _read_list(software, rows, PLAIN, name, f"{place}/software")


def _escaped(key: str) -> str:
    """A key in a JSON Pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
