# SPDX-License-Identifier: Apache-2.0
"""Licence registers: tables of what was bought, as entitlements. A line that cannot be understood is a problem."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from foss_audit.agencies import AgencyTable, names_whole_region
from foss_audit.editions import Editions
from foss_audit.entitlement import Entitlement
from foss_audit.entitlements import Register
from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Source
from foss_audit.readers import guarded
from foss_audit.readers.entitlement_xml import is_entitlement_xml, open_entitlement_xml
from foss_audit.readers.interface import ReadingContext
from foss_audit.readers.sheets.grids import open_grids
from foss_audit.recognise import Recogniser
from foss_audit.register_gathering import LineGathering, RegisterLine
from foss_audit.register_line import read_entitlement, unread_right
from foss_audit.register_product import ProductWords
from foss_audit.register_scope import Scope, ScopeWords
from foss_audit.register_terms import TermWords
from foss_audit.tables import Line, Table, find_tables, is_tabular
from foss_audit.validity import Refused

_CELLS_OF_A_LINE = 4
_SEVERAL = 2
_DITTO_MARK = re.compile(r"""["'”“〃]{1,2}|-["”“]-""")
_LONGEST_NAME = 2_000
"""Characters of a cell that are looked through for agencies."""
_DOCUMENT = re.compile(r"^\s*(?:nomor|no\.?)\s*:?|[\s._]+")
"""What two spellings of one document's number may differ in."""


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register file and where it lies."""

    path: Path
    file: str
    """As the reports show it."""
    folder: str = ""
    """The first folder under a `--register` DIR; empty where the file lies in DIR itself or was named itself."""


def load_register(
    files: Sequence[RegisterFile],
    context: ReadingContext,
    agencies: AgencyTable,
    recogniser: Recogniser,
    editions: Editions | None = None,
) -> Register:
    """Reads the registers in the order given. A file or line that cannot be read is a problem; the rest is read."""
    terms = TermWords(context.vocabulary.words, context.vocabulary.months)
    gathering = LineGathering(
        context=context,
        agencies_table=agencies,
        scopes=ScopeWords(agencies, context.vocabulary.words),
        product_words=ProductWords(recogniser, context.vocabulary.words),
        editions=editions or Editions(),
        terms=terms,
    )
    unread: list[tuple[RegisterFile, Source, Message]] = []
    for file in files:
        try:
            gathering.folder = file.path.parent
            _read_file(file, gathering)
        except UnreadableFile as error:
            unread.append((file, error.source or Source(file.file), error.message))
    for file, source, what in unread:
        if file.path.resolve() not in gathering.certificates:
            gathering.problem(_agency_of_file(file, agencies), source, what)
    return gathering.register()


def _read_file(file: RegisterFile, gathering: LineGathering) -> None:
    vocabulary = gathering.context.vocabulary
    of_file = _agency_of_file(file, gathering.agencies_table)
    with guarded(file.path, file.file, gathering.context.limits):
        open_register = open_entitlement_xml if is_entitlement_xml(file.path) else open_grids
        opened = open_register(file.path, file.file, gathering.context)
    for problem in opened.problems:
        gathering.problem(of_file, problem.source, problem.message)
    for note in opened.notes:
        gathering.note(of_file, note.source, note.message)
    found = 0
    for grid in opened.grids:
        read_to = 0
        for table in find_tables(grid, vocabulary.register_headings, vocabulary.words, required="product"):
            if isinstance(table, Table):
                found += 1
                _tell_of_rows_above(table, read_to, of_file, file, gathering)
                read_to = max((*table.rows, read_to))
                _read_table(table, file, of_file, gathering)
            elif is_tabular(table):
                gathering.problem(
                    of_file,
                    Source(file.file, grid.sheet),
                    message(
                        "has no heading that names a product, so no licence of it was counted: "
                        "name a column 'Nama Perangkat Lunak'"
                    ),
                )
    if not found:
        raise UnreadableFile(message("holds no table of licences"), Source(file.file))


def _read_table(table: Table, file: RegisterFile, of_file: str | None, gathering: LineGathering) -> None:
    scope = Scope(of_file)
    for line in table.lines():
        scope = _scope_of_line(line, of_file, scope, gathering)
        gathering.agencies.update(filter(None, (scope.agency, *scope.shared_by)))
        of_register = RegisterLine(line, Source(file.file, table.locator(line.row)), scope, gathering)
        try:
            entitlement = read_entitlement(of_register)
            if entitlement is not None and not _repeats(entitlement, gathering):
                gathering.entitlements.append(entitlement)
        except Refused as refused:
            gathering.problem(scope.agency, of_register.source, refused.why)
            gathering.unread += unread_right(of_register, refused.why)
    for line in table.nameless_lines():
        scope = _scope_of_line(line, of_file, Scope(of_file), gathering)
        source = Source(file.file, table.locator(line.row))
        gathering.problem(scope.agency, source, message("names no product: fill it in or clear the line"))


def _tell_of_rows_above(table: Table, read_to: int, of_file: str | None, file: RegisterFile, gathering: LineGathering) -> None:
    """Adds a problem where rows that look like lines stand above what was taken for the heading: nothing of them was read."""
    if table.header_row is None or table.grid.rows < table.header_row:
        return
    rows = enumerate(table.grid.rows_as_texts(read_to, table.header_row - 1), read_to + 1)
    above = [row for row, cells in rows if sum(map(bool, cells)) >= _CELLS_OF_A_LINE]
    if len(above) > 1:
        what = message(
            "{rows} rows above row {heading}, which was taken for the heading, were not read: name the columns above them",
            rows=len(above),
            heading=table.header_row,
        )
        gathering.problem(of_file, Source(file.file, table.locator(above[0])), what)


def _repeats(one: Entitlement, gathering: LineGathering) -> bool:
    """Whether an earlier line grants the very same by the same documents: it is counted once, with a note."""
    if not one.proof:
        return False
    what = (
        one.agency,
        one.shared_by,
        one.product_key,
        one.edition,
        one.releases,
        one.quantity,
        one.metric,
        one.each,
        one.rights,
        one.allotments,
        one.withheld_from,
        one.start,
        one.end,
        one.devices,
        tuple((kind, _DOCUMENT.sub("", value.casefold())) for kind, value in one.proof),
        _DOCUMENT.sub("", one.remark.casefold()),
        one.asset_code,
    )
    former = gathering.granted.setdefault(what, one)
    if former is one:
        return False
    gathering.repeats.setdefault(one.agency or "", []).append(one.source)
    gathering.note(one.agency, one.source, message("repeats {former}, by the same documents; counted once", former=former.id))
    return True


def _agency_of_file(file: RegisterFile, agencies: AgencyTable) -> str | None:
    """The agency that a register's place tells: its first folder under DIR, else its stem where the table knows it."""
    if file.folder and not names_whole_region(file.folder):
        return agencies.canonical(file.folder)
    row = agencies.find(file.path.stem) or agencies.find_within(file.path.stem)
    return row.name if row else None


def _scope_of_line(line: Line, of_file: str | None, before: Scope, gathering: LineGathering) -> Scope:
    """Whose right it is: as the line's own column says, which may repeat that of the line `before`; else the place that it names,
    its sheet, or the file's. What one agency holds for all, or allots to several, is the region's.
    """
    scope = _stated_scope(line, of_file, before, gathering)
    remark, allotment = line.text("remark")[:_LONGEST_NAME], line.text("allotment")[:_LONGEST_NAME]
    allotments = gathering.allotted(remark, allotment)
    if scope.agency is not None and len(allotments) < _SEVERAL and not gathering.scopes.is_for_all(remark):
        return scope
    of_remark = gathering.scopes.of_remark(remark)
    withheld_from = (*scope.withheld_from, *of_remark.withheld_from)
    return Scope(None, scope.shared_by or of_remark.shared_by, withheld_from, allotments)


def _stated_scope(line: Line, of_file: str | None, before: Scope, gathering: LineGathering) -> Scope:
    name = line.text("agency")[:_LONGEST_NAME]
    if name and (_DITTO_MARK.fullmatch(name) or gathering.words("ditto").matches(name)):
        return before
    if name or (line.table.header is not None and "agency" in line.table.header.columns):
        return gathering.scopes.of_cell(name)
    for place in (line.text("location"), line.table.place().rpartition("!")[0]):
        if (row := gathering.agencies_table.find(place)) is not None:
            return Scope(row.name)
    return Scope(of_file)
