# SPDX-License-Identifier: Apache-2.0
"""Column mappings: how the command line writes them, and which of them are for a table."""

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from foss_audit.errors import ConfigError
from foss_audit.messages import message
from foss_audit.readers.interface import ColumnMapping
from foss_audit.tables import Choice

MAPPED_COLUMNS = (
    "name",
    "version",
    "publisher",
    "license",
    "claim",
    "purl",
    "agency",
    "location",
    "device",
    "quantity",
    "number",
    "user",
    "remark",
)
"""Canonical columns of an inventory that a mapping may name; `number` and `remark` are told apart but not read."""
_EXTRA = ("sheet", "files", "header_row")
_KEY = re.compile(r"\s*([A-Za-z_]+)\s*=")
_NEXT = re.compile(r",(?=\s*[A-Za-z_]+\s*=)")


def parse_mapping(text: str) -> ColumnMapping:
    """A mapping as `--map` takes it: `name=Nama Barang,version=C`, also with `sheet=`, `header_row=` and `files=`.

    A column is named by its heading, its letters or its number; by nothing where it is not to be read.
    Raises ConfigError for what is not written so, and for a column that there is none of.

    >>> parse_mapping("name=Nama Barang, version=C,license=").columns
    {'name': 'Nama Barang', 'version': 'C', 'license': ''}
    """
    given: dict[str, str] = {}
    for part in _NEXT.split(text):
        key = _KEY.match(part)
        if key is None:
            raise ConfigError(
                message(
                    "The mapping {mapping} is not understood: write column=heading, such as name=Nama Barang,version=C.",
                    mapping=text,
                )
            )
        given[key[1].lower()] = part[key.end() :].strip()
    return mapping_of(given)


def mapping_of(parts: Mapping[str, object]) -> ColumnMapping:
    """A mapping by its parts: canonical columns, and `sheet`, `header_row`, `files`. Raises ConfigError as parse_mapping."""
    given = {name: str(value).strip() for name, value in parts.items()}
    columns = {name: value for name, value in given.items() if name not in _EXTRA}
    for name in columns:
        if name not in MAPPED_COLUMNS:
            raise ConfigError(
                message(
                    "A mapping cannot name the column {column}; the columns are: {columns}.",
                    column=name,
                    columns=", ".join(MAPPED_COLUMNS),
                )
            )
    row = given.get("header_row", "")
    if row and not (row.isdecimal() and len(row) < 8):
        raise ConfigError(
            message("header_row of a mapping is {value}; write the number of the row, or 0 where there is no heading.", value=row)
        )
    if not columns and not row:
        raise ConfigError(message("The mapping names no column; the columns are: {columns}.", columns=", ".join(MAPPED_COLUMNS)))
    return ColumnMapping(columns, given.get("files", ""), given.get("sheet", ""), int(row) if row else None)


def choice_for(mappings: Iterable[ColumnMapping], file: str, sheet: str) -> Choice | None:
    """What the mappings say of a table; None where they say nothing of it. `file` as sources show it."""
    columns: dict[str, str] = {}
    header_row: int | None = None
    applies = False
    for mapping in mappings:
        if (mapping.sheet and mapping.sheet.casefold() != sheet.casefold()) or not _is_for(mapping.files, file):
            continue
        applies = True
        columns.update(mapping.columns)
        header_row = mapping.header_row if mapping.header_row is not None else header_row
    return Choice(columns, header_row) if applies else None


def _is_for(glob: str, file: str) -> bool:
    shown = file.replace("\\", "/").casefold()
    wanted = glob.replace("\\", "/").casefold()
    return (
        not wanted
        or fnmatchcase(shown, wanted)
        or fnmatchcase(shown.rpartition("/")[2], wanted)
        or fnmatchcase(shown, f"*/{wanted}")
    )
