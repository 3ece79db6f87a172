# SPDX-License-Identifier: Apache-2.0
"""What has been read of registers so far, what their lines are read with, and a line that is being read."""

from dataclasses import dataclass, field
from pathlib import Path

from foss_audit.agencies import AgencyTable
from foss_audit.editions import Editions
from foss_audit.entitlement import Entitlement
from foss_audit.entitlements import Gathering
from foss_audit.messages import Message
from foss_audit.model import Source
from foss_audit.readers.interface import ReadingContext
from foss_audit.register_product import ProductWords
from foss_audit.register_scope import Scope, ScopeWords
from foss_audit.register_terms import TermWords
from foss_audit.tables import Line, Table
from foss_audit.tables.words import WordSet
from foss_audit.validity import Calendar


@dataclass(slots=True, kw_only=True)
class LineGathering(Gathering):
    """What has been read so far, and what it is read with."""

    context: ReadingContext
    agencies_table: AgencyTable
    scopes: ScopeWords
    product_words: ProductWords
    word_sets: dict[str, WordSet] = field(default_factory=dict)
    editions: Editions
    granted: dict[tuple[object, ...], Entitlement] = field(default_factory=dict)
    """Rights by what they grant and prove."""
    terms: TermWords
    folder: Path = Path()
    """Of the register that is being read."""
    certificates: set[Path] = field(default_factory=set)
    """Files that lines name as their certificates."""

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.context.vocabulary.months, self.words("perpetual"))

    def words(self, kind: str) -> WordSet:
        if kind not in self.word_sets:
            self.word_sets[kind] = WordSet(self.context.vocabulary.words.get(kind, ()))
        return self.word_sets[kind]

    def allotted(self, remark: str, cell: str) -> tuple[tuple[str, int], ...]:
        """The agencies, among those known by name, to which a column or a remark allots, and how many to each."""

        def known(name: str) -> str:
            row = self.agencies_table.find(name)
            return row.name if row else ""

        return self.terms.allotments(remark, cell, known)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line that is being read, with where it stands and whose its right is."""

    line: Line
    source: Source
    scope: Scope
    gathering: LineGathering

    @property
    def table(self) -> Table:
        return self.line.table

    def text(self, column: str) -> str:
        """A cell as text; '' where it is empty or there is no such column."""
        return self.line.text(column)

    def value(self, column: str) -> object:
        """A cell as the workbook holds it."""
        return self.line.value(column)

    def heading(self, column: str) -> str:
        """The heading of a column; '' where there is none."""
        return self.table.headings.get(column, "")

    def says(self, kind: str, column: str) -> bool:
        """Whether a cell is nothing but a word of a kind."""
        return self.gathering.words(kind).matches(self.text(column))

    def note(self, what: Message) -> None:
        """Something about how the line was read."""
        self.gathering.note(self.scope.agency, self.source, what)
