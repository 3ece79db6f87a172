# SPDX-License-Identifier: Apache-2.0
"""Reads an auditor's answers back from the review sheet of a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foss_audit.dates import NotADate, read_date
from foss_audit.errors import FossAuditError
from foss_audit.language import LANGUAGES, Translator
from foss_audit.messages import Message, message
from foss_audit.model import Source
from foss_audit.readers import guarded
from foss_audit.readers.interface import ReadingContext
from foss_audit.readers.sheets.grids import open_grids
from foss_audit.review import COLUMNS, DECISIONS, Answer
from foss_audit.tables.grid import Grid
from foss_audit.tables.headings import normalise_heading

_HEADING_ROWS = 20
_REQUIRED = ("name", "decision")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decided, and when, for lines that do not say it themselves."""

    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What the review sheets of a file say."""

    given: tuple[Answer, ...]
    defects: tuple[FossAuditError, ...]
    """Lines that were filled in and cannot be understood."""
    left_open: int
    """Lines without a decision."""


def read_answers(path: Path, context: ReadingContext, signature: Signature) -> Answers:
    """The answers of every review sheet in a report, in whichever of our languages it was written.

    Raises UnreadableFile where the file cannot be read, FossAuditError where it has no review sheet.
    """
    with guarded(path, path.name, context.limits):
        opened = open_grids(path, path.name, context)
    given: list[Answer] = []
    defects: list[FossAuditError] = []
    left_open = sheets = 0
    for grid in opened.grids:
        if (heading := _heading(grid)) is None:
            continue
        sheets += 1
        top, columns = heading
        for number, cells in enumerate(grid.rows_as_texts(top + 1, len(grid.columns[0])), start=top + 2):
            source = Source(path.name, f"{grid.sheet}!A{number}" if grid.sheet else f"A{number}")
            line = {key: cells[at].strip() if at < len(cells) else "" for key, at in columns.items()}
            if not line["decision"]:
                left_open += bool(line["name"])
                continue
            answer = _answer(line, source, context, signature)
            (given if isinstance(answer, Answer) else defects).append(answer)  # type: ignore[arg-type]
    if not sheets:
        raise FossAuditError(
            message("has no review sheet: give the report.xlsx or summary.xlsx of an audit, with its sheet for decisions"),
            Source(path.name),
        )
    return Answers(tuple(given), tuple(defects), left_open)


def _heading(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of the heading and the place of each column, or None where this is no review sheet."""
    for row, cells in enumerate(grid.top(_HEADING_ROWS)):
        columns = {key: at for at, cell in enumerate(cells) if (key := _HEADINGS.get(normalise_heading(cell)))}
        if all(key in columns for key in _REQUIRED):
            return row, columns
    return None


def _answer(line: Mapping[str, str], source: Source, context: ReadingContext, signature: Signature) -> Answer | FossAuditError:
    def wrong(what: Message) -> FossAuditError:
        return FossAuditError(what, source)

    if not line["name"]:
        return wrong(message("a decision without the name of the software: restore the name from the report"))
    decision = _DECISIONS.get(normalise_heading(line["decision"]))
    if decision is None:
        return wrong(message("'{text}' is no decision: choose one from the list in the cell", text=line["decision"]))
    by = line.get("by", "") or signature.by
    if not by:
        return wrong(message("nobody signed this decision: fill in who decided, or give --by"))
    try:
        on = read_date(line.get("on", ""), context.vocabulary.months, end=False) or signature.on
    except NotADate:
        return wrong(message("'{text}' is no date; write it as 2026-12-31", text=line["on"]))
    if on is None:
        return wrong(message("the decision has no date: fill in when it was made, or give --on"))
    rest = {key: line.get(key, "") for key in ("publisher", "product", "license", "terms", "reason", "product_id")}
    return Answer(source=source, name=line["name"], decision=decision, by=by, on=on, **rest)


def _in_every_language(words: Mapping[str, Message]) -> dict[str, str]:
    translators = [Translator(language) for language in LANGUAGES]
    return {normalise_heading(one.say(word)): key for key, word in words.items() for one in translators}


_HEADINGS: Mapping[str, str] = _in_every_language(COLUMNS)
_DECISIONS: Mapping[str, str] = {
    **_in_every_language(DECISIONS),
    **{normalise_heading(key): key for key in DECISIONS},
}
