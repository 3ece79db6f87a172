# SPDX-License-Identifier: Apache-2.0
"""What `winget list` prints: names, ids and versions in columns over a line of dashes, in the language of the machine."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile
from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.package_urls import package_url
from foss_audit.readers.text_lines import LINE, read_titled_lines
from foss_audit.readers.windows.fixed_columns import cells_of, fits, runs_of_dashes, width_of, with_ellipses
from foss_audit.readers.windows.printed_parts import FEWEST_DASHES, Form, holds_several, read_form
from foss_audit.readers.windows.property_lines import plain

NAME = "winget-list"
DESCRIPTION = "`winget list` text (Name, Id, Version, …), headings in any language"

_LINES_OF_HEAD = 500
_IDS = frozenset({"id", "ид", "identifiant", "kimlik", "идентификатор"})
_ID = re.compile(r"(?:ARP|MSIX)\\|\{?[0-9A-Fa-f]{8}-|[^\s.]+\.\S+|[0-9A-Z]{10,14}\b|\S+…$")
_WORD = re.compile(r"\S+")
_ROWS_TRIED = 400
_MSIX = re.compile(r"MSIX\\([\w.\-]+?)(?:_|$)", re.ASCII)
_CROSSED = 0.25
"""Share of rows that may have text across the beginning of a column: remarks, names that were read in a wrong encoding."""
_MEANT = ("name", "id", "version")
"""The first three columns, whatever they are called; what comes behind them is no fact of the installation."""


def recognises(head: Head) -> bool:
    """Whether a heading with an Id stands over one line of dashes, and ids of packages below it."""
    lines = _plain_lines(head.text.lstrip("\ufeff").splitlines()[:_LINES_OF_HEAD])
    return any(_columns(lines, dashes) for dashes in _dashes(lines)) and not holds_several(head)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every row below a heading. Raises UnreadableFile for what is no text."""
    text = read_titled_lines(path, file, context.limits)
    return read_form(NAME, text, EntryCollector(file, context.limits), read_printed, Form.WINGET)


def read_printed(lines: Sequence[str], found: EntryCollector) -> None:
    """Every row below a heading."""
    lines = _plain_lines(lines)
    tables = [(dashes, starts) for dashes in _dashes(lines) if (starts := _columns(lines, dashes))]
    bounds = pairwise([*(dashes for dashes, _ in tables), len(lines) + 1])
    for (_, starts), (dashes, next_dashes) in zip(tables, bounds, strict=True):
        _read_rows(lines[dashes + 1 : next_dashes - 1], dashes + 2, starts, found)


def _read_rows(rows: Sequence[str], first: int, starts: Sequence[int], found: EntryCollector) -> None:
    for position, line in enumerate(rows, first):
        if not line.strip():
            continue
        name, identifier, version = cells_of(line, starts)[: len(_MEANT)]
        if not identifier or not ((name and fits(line, starts)) or _ID.match(identifier)):
            # winget closes with sentences on upgrades.
            if _is_sentence(line):
                continue
            found.problem(LINE, position, message("This line is no row of the list of winget; check whether it is software."))
            continue
        if not name:
            found.problem(LINE, position, message("This row has no name; list the software again in a wider window."))
            continue
        if name.endswith("…"):
            found.note(
                LINE,
                position,
                message("The name is cut off at its end; its id in winget is {id}.", id=identifier),
            )
        version = "" if version.casefold() == "unknown" else found.text(version, "Version", LINE, position)
        found.add(found.text(name, "Name", LINE, position), version, "", "", _purl(identifier), LINE, position)


def _purl(identifier: str) -> str:
    """The id as a package URL, of winget's own or of an AppX package (`MSIX\\Name_version_…`); '' for a key of the registry."""
    if packaged := _MSIX.match(identifier):
        return package_url("appx", "", packaged[1], "")
    return "" if "\\" in identifier or "…" in identifier else package_url("winget", "", identifier, "")


def _plain_lines(lines: Sequence[str]) -> list[str]:
    return [with_ellipses(plain(line)).rstrip() for line in lines]


def _dashes(lines: Sequence[str]) -> Iterator[int]:
    """Indices of lines of dashes that stand below a heading with an Id."""
    for number, line in enumerate(lines):
        if number and line.startswith("-" * FEWEST_DASHES) and len(runs_of_dashes(line)) == 1:
            words = lines[number - 1].casefold().split()
            if len(words) >= len(_MEANT) and not _IDS.isdisjoint(words[1:]):
                yield number


def _columns(lines: Sequence[str], dashes: int) -> tuple[int, ...]:
    """Where the columns begin: below words of the heading that the rows have a blank before; nothing where these are no ids."""
    heading = lines[dashes - 1]
    below = takewhile(lambda line: not runs_of_dashes(line), lines[dashes + 1 : dashes + 1 + _ROWS_TRIED])
    rows = [line for line in below if line.strip() and not _is_sentence(line)]
    starts = [0]
    for word in islice(_WORD.finditer(heading), 1, 12):
        start = width_of(heading[: word.start()])
        crossed = sum(not fits(row, (0, start)) for row in rows)
        if crossed <= max(1, _CROSSED * len(rows)):
            starts.append(start)
    if len(starts) < len(_MEANT) or not rows:
        return ()
    ids = [cells_of(row, starts)[1] for row in rows]
    return tuple(starts) if sum(_ID.match(one) is not None for one in ids) * 2 >= len(ids) else ()


def _is_sentence(line: str) -> bool:
    """Whether a line has no gap as columns have, or no more than a few words."""
    return "  " not in line and line.rstrip().endswith((".", "!", "。"))
