# SPDX-License-Identifier: Apache-2.0
"""A workbook as grids, one a sheet, through python-calamine, after its size was found to be sane."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import Problem, Source
from foss_audit.readers.interface import ReadingContext
from foss_audit.readers.sheets.cell_marks import CellMarks
from foss_audit.readers.sheets.extents import DAMAGED, PASSWORD, check_workbook
from foss_audit.readers.sheets.opened import Opened
from foss_audit.readers.sheets.sheet_extents import UNCALCULATED, SheetExtent
from foss_audit.tables import Column, Grid
from foss_audit.tables.words import WordSet

_Value = int | float | str | bool | time | date | datetime | timedelta
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its content."""
    with path.open("rb") as opened:
        return opened.read(8).startswith((ZIP, OLE))


def open_workbook(path: Path, file: str, context: ReadingContext) -> Opened:
    """All worksheets of a workbook. Raises UnreadableFile where it is damaged, encrypted, or beyond a limit."""
    told = check_workbook(path, file, context.limits)
    words = context.vocabulary.words
    errors = WordSet((*words.get("error", ()), UNCALCULATED))
    empty = WordSet((*words.get("empty", ()), *words.get("error", ()), UNCALCULATED))
    grids: list[Grid] = []
    problems: list[Problem] = []
    cells = 0
    with _guarded(file):
        workbook = CalamineWorkbook.from_path(str(path))
    for index, metadata in enumerate(workbook.sheets_metadata):
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            with _guarded(file):
                sheet = workbook.get_sheet_by_index(index)
                cells += sheet.total_height * sheet.total_width
                if cells > context.limits.cells:
                    raise UnreadableFile(
                        message(
                            "The sheets have more than {limit} cells; split the workbook, "
                            "or raise cells under [limits] in audit.toml.",
                            limit=context.limits.cells,
                        ),
                        Source(file),
                    )
                extent = told.get(index, SheetExtent())
                rows = _with_failed(sheet.to_python(skip_empty_area=False), extent.failed)
                hidden = metadata.visible != SheetVisibleEnum.Visible
                grids.append(_with_marks(_grid(sheet, rows, hidden, empty, errors), extent.marks))
        except UnreadableFile as error:
            problems.append(Problem(Source(file, metadata.name), error.message))
    if problems and not grids:
        raise UnreadableFile(problems[0].message, problems[0].source)
    return Opened(tuple(grids), None, tuple(problems))


def _with_failed(rows: list[list[_Value]], failed: Iterable[tuple[int, int, str]]) -> list[list[_Value]]:
    """The rows with the text of each failed cell, which calamine leaves empty, or leaves out at the end."""
    height, width = len(rows), len(rows[0]) if rows else 0
    failed = list(failed)
    if failed:
        wider = max(column for _, column, _ in failed) + 1 - width
        if wider > 0:
            for cells in rows:
                cells.extend([""] * wider)
        rows.extend([""] * (width + max(wider, 0)) for _ in range(height, max(row for row, _, _ in failed) + 1))
    for row, column, text in failed:
        rows[row][column] = text
    return rows


def _grid(sheet: CalamineSheet, rows: list[list[_Value]], hidden: bool, empty: WordSet, errors: WordSet) -> Grid:
    values = tuple(zip(*rows, strict=True))
    merged = tuple((first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ())
    columns = tuple(Column.of_values(column, empty, errors) for column in values)
    return Grid(sheet.name, columns, len(rows), values, merged, hidden)


def _with_marks(grid: Grid, marks: CellMarks) -> Grid:
    """The grid with what is hidden in it, and the decimals that its numbers are shown with."""
    if not marks:
        return grid
    rows, columns, decimals = (np.array(part) for part in (marks.rows, marks.columns, marks.decimals))
    within = (rows < grid.rows) & (rows >= 0)
    shown = {
        int(column): (rows[within & (columns == column)], decimals[within & (columns == column)])
        for column in np.unique(columns)
        if column < len(grid.columns)
    }
    return replace(
        grid,
        hidden_rows=tuple((first, min(last, grid.rows - 1)) for first, last in marks.hidden_rows if first < grid.rows),
        hidden_columns=tuple((first, last) for first, last in marks.hidden_columns if first < len(grid.columns)),
        decimals=shown,
    )


@contextmanager
def _guarded(file: str) -> Iterator[None]:
    """Turns whatever calamine does to a broken workbook, a Rust panic too, into UnreadableFile."""
    try:
        yield
    except (UnreadableFile, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except PasswordError as error:
        raise UnreadableFile(PASSWORD, Source(file)) from error
    except (CalamineError, Exception) as error:
        raise UnreadableFile(DAMAGED, Source(file)) from error
    except BaseException as error:  # pyo3's PanicException is no Exception
        raise UnreadableFile(DAMAGED, Source(file)) from error
