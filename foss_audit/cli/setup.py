# SPDX-License-Identifier: Apache-2.0
"""What several commands need before they begin: rules, agencies, limits, the language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from foss_audit.agencies import AgencyTable
from foss_audit.config import Config
from foss_audit.errors import FossAuditError
from foss_audit.language import Translator
from foss_audit.readers.interface import ColumnMapping, Limits, ReadingContext
from foss_audit.readers.sheets.mapping import parse_mapping
from foss_audit.recognise import Recogniser
from foss_audit.rulebook import Rulebook, load_rulebook


@dataclass(frozen=True)
class Workbench:
    """The rules and what is made of them."""

    rulebook: Rulebook
    translator: Translator
    limits: Limits
    mappings: tuple[ColumnMapping, ...]

    @cached_property
    def agencies(self) -> AgencyTable:
        return AgencyTable(self.rulebook.agencies)

    @cached_property
    def recogniser(self) -> Recogniser:
        return self.rulebook.recogniser()

    @cached_property
    def context(self) -> ReadingContext:
        return ReadingContext(self.rulebook.vocabulary, self.limits, self.mappings)


def workbench(config: Config, overlays: Sequence[Path], language: str | None, mappings: Sequence[str] = ()) -> Workbench:
    """Loads the rules that a project's settings name, and those over them; `mappings` go over those of the settings.

    Raises RulesError or ConfigError.
    """
    rulebook = load_rulebook((*config.rules, *overlays), config.agencies)
    translator = Translator(chosen := language or config.lang or "id", rulebook.texts(chosen))
    given = tuple(parse_mapping(text) for text in mappings)
    return Workbench(rulebook, translator, config.limits, (*config.mappings, *given))


def said(error: FossAuditError, translator: Translator) -> str:
    """An error in the reader's language, with its place."""
    place = " ".join(part for part in (error.source.file, error.source.locator) if part) if error.source else ""
    return f"{place}: {translator.say(error.message)}" if place else translator.say(error.message)
