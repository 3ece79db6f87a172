# SPDX-License-Identifier: Apache-2.0
"""Grids as a reading: what the readers of delimited files and of workbooks have in common."""

from dataclasses import dataclass, field

from foss_audit.messages import message
from foss_audit.readers.interface import Reading, ReadingContext, SheetReading
from foss_audit.readers.sheets.gathering import SHOWN, SHOWN_CELLS, Gathering
from foss_audit.readers.sheets.mapping import choice_for
from foss_audit.readers.sheets.marked_cells import add_devices, add_matrix
from foss_audit.readers.sheets.opened import Opened
from foss_audit.readers.sheets.sheet_notes import notes_on_shape, why_no_inventory
from foss_audit.readers.sheets.table_lines import add_lines
from foss_audit.tables import Choice, Grid, Table, find_header, find_tables, likely_heading, list_of_names, looks_like_register
from foss_audit.tables.grid import first_filled
from foss_audit.tables.matrix import doubtful_devices, find_matrix
from foss_audit.tables.transposed import find_device_tables, is_transposed


def read_grids(reader: str, file: str, opened: Opened, context: ReadingContext) -> Reading:
    """All tables of an opened file as one reading. Raises UnreadableFile where none of its sheets can be read as an inventory."""
    gathering = Gathering(file, context)
    mapped = _Mapped()
    for grid in opened.grids:
        _add_sheet(gathering, grid, mapped, alone=len(opened.grids) == 1)
    mapped.tell(gathering)
    return gathering.reading(reader, opened)


@dataclass(slots=True)
class _Mapped:
    """Which columns that mappings name were found."""

    found: set[str] = field(default_factory=set)
    missing: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    """Those that a sheet does not have, with the first such sheet and its headings."""

    def check(self, grid: Grid, choice: Choice, tables: list[Table]) -> None:
        """Takes note of the columns that a sheet has, and of those that it has not."""
        missing = choice.missing(grid)
        self.found |= {column for column in choice.columns.values() if column} - set(missing)
        row = tables[0].header_row if tables else likely_heading(grid)[0]
        cells = [cell for column in grid.columns if row and (cell := column.text(row - 1))]
        for column in missing:
            self.missing.setdefault(column, (grid.sheet, cells))

    def tell(self, gathering: Gathering) -> None:
        """Tells of the columns that no sheet has."""
        for column, (sheet, cells) in self.missing.items():
            if column not in self.found:
                gathering.problem(
                    sheet,
                    message(
                        "The mapping names the column {column}, which is not there. The headings found are: {headings}.",
                        column=column,
                        headings=" · ".join(cell[:SHOWN] for cell in cells[:SHOWN_CELLS]),
                    ),
                )


def _add_sheet(gathering: Gathering, grid: Grid, mapped: _Mapped, alone: bool) -> None:
    if not any(column.filled().any() or len(column.failed) for column in grid.columns):
        return
    vocabulary = gathering.context.vocabulary
    choice = choice_for(gathering.context.mappings, gathering.file, grid.sheet)
    found = find_tables(grid, vocabulary.headings, vocabulary.words, "name", choice)
    tables = [one for one in found if isinstance(one, Table)]
    if choice is not None:
        mapped.check(grid, choice, tables)
    if all(is_transposed(one, vocabulary.words) for one in tables):
        devices = find_device_tables(grid, vocabulary.headings, vocabulary.words)
        for table, columns in devices:
            add_devices(gathering, table, columns)
        if devices:
            return
    if alone and not tables and (names := list_of_names(grid, vocabulary.words, required="name")) is not None:
        found = [names]
    for one in found:
        if isinstance(one, Table):
            _add_table(gathering, one)
        else:
            _refuse(gathering, one, whole=len(found) == 1)


def _add_table(gathering: Gathering, table: Table) -> None:
    gathering.sheets.append(SheetReading(table.grid.sheet, table.header_row, table.headings))
    if table.header is not None and "device" not in table.columns and _is_register(gathering, table):
        gathering.problem(
            table.grid.sheet,
            message(
                "This is a licence register, not an inventory: nothing in it was counted as installed. Pass it with --register."
            ),
        )
        return
    if table.moved:
        gathering.problem(
            table.grid.sheet,
            message(
                "The columns {columns} do not hold what their headings say. They were read by what they hold ({reading}); "
                "correct the headings.",
                columns=", ".join(heading[:SHOWN] for heading, _ in table.moved),
                reading=", ".join(f"{heading[:SHOWN]} → {canonical}" for heading, canonical in table.moved),
            ),
        )
    for what in notes_on_shape(table):
        gathering.note(table.grid.sheet, what)
    _add_rows(gathering, table)


def _add_rows(gathering: Gathering, table: Table) -> None:
    matrix = find_matrix(table, gathering.context.vocabulary.words)
    if matrix is not None:
        add_matrix(gathering, table, matrix)
        return
    if doubtful := doubtful_devices(table, gathering.context.vocabulary.words):
        gathering.problem(
            table.grid.sheet,
            message(
                "The columns {columns} look like devices, but it cannot be told on which of them the software is installed. "
                "Mark with v where it is and leave empty where it is not, two devices or more, or write one line per device.",
                columns=", ".join(heading[:SHOWN] for heading in doubtful[:5]),
            ),
        )
        return
    add_lines(gathering, table)


def _is_register(gathering: Gathering, table: Table) -> bool:
    assert table.header is not None  # noqa: S101 - for the type checker; _add_table asks first
    vocabulary = gathering.context.vocabulary
    rows = table.grid.rows_as_texts(table.header.row, table.header.row + 3)
    header = find_header(rows, vocabulary.register_headings, vocabulary.words, "product")
    return header is not None and looks_like_register(header.columns)


def _refuse(gathering: Gathering, grid: Grid, whole: bool) -> None:
    """A sheet or a part of it without a heading: a problem where it is a table, or its formulas failed, else a note."""
    row, cells = likely_heading(grid)
    place = grid.sheet if whole else f"{grid.place()}{first_filled(grid) + 1}"
    problem = why_no_inventory(grid)
    if problem is None:
        gathering.note(place, message("There is no table of software here; it was passed over."))
        return
    gathering.problem(place, problem)
    if cells:
        shown = " · ".join(cell[:SHOWN] for cell in cells[:SHOWN_CELLS])
        gathering.note(grid.sheet, message("Row {row} may be the heading: {cells}.", row=row, cells=shown))
