# SPDX-License-Identifier: Apache-2.0
"""Rule files read and checked: every defect named by file, row and field, all at once."""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from foss_audit.errors import FossAuditError, RulesError
from foss_audit.messages import Message, message
from foss_audit.model import Source
from foss_audit.rulebook.lines import Line
from foss_audit.wording import in_words

LineType = TypeVar("LineType", bound=Line)
ModelType = TypeVar("ModelType", bound=BaseModel)


class Defects:
    """Collects what is wrong, so that one run names everything."""

    def __init__(self) -> None:
        self.found: list[FossAuditError] = []

    def add(self, what: Message, file: str, locator: str = "") -> None:
        self.found.append(FossAuditError(what, Source(file, locator)))

    def raise_if_any(self) -> None:
        if self.found:
            raise RulesError(tuple(self.found))


def read_lines(path: Path, file: str, kind: type[LineType], defects: Defects) -> Iterator[tuple[int, LineType]]:
    """The lines of a CSV rule file with their 1-based row numbers; a faulty line is a defect and left out."""
    adapter = TypeAdapter(kind)
    for row_number, record in _records(path, file, list(kind.model_fields), kind, defects):
        try:
            yield row_number, adapter.validate_python(record)
        except ValidationError as error:
            _add_validation_errors(error, file, f"row {row_number}", defects)


def read_toml(path: Path, file: str, kind: type[ModelType], defects: Defects) -> ModelType | None:
    """A TOML rule file, or None where it is faulty."""
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError:
        defects.add(message("is not UTF-8: save it as UTF-8"), file)
    except tomllib.TOMLDecodeError as error:
        defects.add(message("is no TOML: {reason}", reason=str(error)), file)
    except ValidationError as error:
        _add_validation_errors(error, file, "", defects)
    return None


def _records(
    path: Path, file: str, fields: list[str], kind: type[Line], defects: Defects
) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        defects.add(message("is not UTF-8: save it as 'CSV UTF-8'"), file)
        return
    first_line = text.split("\n", 1)[0]
    separator = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    try:
        heading = [name.strip() for name in next(reader, [])]
        optional = frozenset(name for name in fields if not kind.model_fields[name].is_required())
        missing = [name for name in fields if name not in heading and (name not in optional or name in kind.COLUMNS)]
        if missing:
            defects.add(message("has no column {columns}", columns=", ".join(missing)), file, "row 1")
            return
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(heading):
                defects.add(
                    message("has {found} fields, the heading {expected}", found=len(cells), expected=len(heading)),
                    file,
                    f"row {reader.line_num}",
                )
                continue
            cells += [""] * (len(heading) - len(cells))
            yield reader.line_num, {name: cell for name, cell in zip(heading, cells, strict=True) if cell or name not in optional}
    except csv.Error as error:
        defects.add(message("cannot be read as CSV: {reason}", reason=str(error)), file, f"row {reader.line_num}")


def _add_validation_errors(error: ValidationError, file: str, row: str, defects: Defects) -> None:
    for what in in_words(error):
        defects.add(what, file, row)
