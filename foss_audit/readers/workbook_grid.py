# SPDX-License-Identifier: Apache-2.0
"""A workbook as grids, one a sheet, through python-calamine, after its size was found to be sane."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import Problem, Source
from foss_audit.readers.extents import DAMAGED, PASSWORD, check_workbook
from foss_audit.readers.interface import ReadingContext
from foss_audit.readers.opened import Opened
from foss_audit.tables import Column, Grid
from foss_audit.tables.words import WordSet

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its content."""
    with path.open("rb") as opened:
        return opened.read(8).startswith((ZIP, OLE))


def open_workbook(path: Path, file: str, context: ReadingContext) -> Opened:
    """All worksheets of a workbook. Raises UnreadableFile where it is damaged, encrypted, or beyond a limit."""
    check_workbook(path, file, context.limits)
    empty = WordSet(context.vocabulary.words.get("empty", ()))
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
                        message("The sheets have more than {limit} cells; split the workbook.", limit=context.limits.cells),
                        Source(file),
                    )
                grids.append(_grid(sheet, metadata.name, metadata.visible != SheetVisibleEnum.Visible, empty))
        except UnreadableFile as error:
            problems.append(Problem(Source(file, metadata.name), error.message))
    if problems and not grids:
        raise UnreadableFile(problems[0].message, problems[0].source)
    return Opened(tuple(grids), None, tuple(problems))


def _grid(sheet: CalamineSheet, name: str, hidden: bool, empty: WordSet) -> Grid:
    rows = sheet.to_python(skip_empty_area=False)
    values = tuple(zip(*rows, strict=True))
    merged = tuple((first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ())
    return Grid(name, tuple(Column.of_values(column, empty) for column in values), len(rows), values, merged, hidden)


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
