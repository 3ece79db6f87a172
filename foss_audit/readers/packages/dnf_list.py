# SPDX-License-Identifier: Apache-2.0
"""Reads what `dnf list installed` and `yum list installed` print: name.arch, version and repository, also wrapped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import RPM_ARCHITECTURES, rpm_distribution, unfree_area
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, strange_line
from foss_audit.readers.packages.rpm_names import KEY, namespace_of, without_epoch_of_nothing
from foss_audit.readers.text_lines import LINE

NAME = "dnf-list"
DESCRIPTION = "RPM packages, printed by `dnf list --installed` or `yum list installed`"

_VERSION = re.compile(r"(?:\d+:)?[\w.+~^]+-[\w.+~^]+$")
_ON_OFFER = re.compile(r"(?:Available|Recently|Obsoleting|Upgrade|Update|Extra|Autoremove|Paket (?:yang )?[Tt]ersedia)")
_SECTION = re.compile(r"[^\W\d]+(?: [^\W\d]+){0,3}$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A package, a heading, or what is neither."""

    number: int
    cells: tuple[str, ...]
    """Name with architecture, version, repository; the text of a heading alone; nothing where the line is not understood."""


def recognises(head: Head) -> bool:
    """Whether packages stand in three columns below what dnf or yum says of itself."""
    lines = list(_joined(list(enumerate(sample(head), 1))))
    packages = [line for line in lines if len(line.cells) == 3]
    strange = [line for line in lines if not line.cells and packages and line.number > packages[0].number]
    return bool(packages) and packages[0].number <= 20 and len(strange) <= len(packages) // 10


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line below the first heading. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    lines = list(_joined(opened.lines))
    packages = [line.cells for line in lines if len(line.cells) == 3]
    of_list = rpm_distribution(cells[0] for cells in packages)
    marked = any(cells[2].startswith("@") for cells in packages)
    section = ""
    begun = False
    for line in lines:
        if len(line.cells) == 3:
            begun = True
            _read_package(line, section, marked, of_list, found)
        elif line.cells:
            section = line.cells[0]
        elif begun:
            found.problem(LINE, line.number, strange_line("dnf list"))
    return reading_of(found, NAME, opened)


def _read_package(line: _Line, section: str, marked: bool, of_list: str, found: EntryCollector) -> None:
    full, version, repository = line.cells
    name = full.rpartition(".")[0]
    installed = repository.startswith("@") or repository in ("installed", "System")
    if name == KEY or (not installed and (marked or _ON_OFFER.match(section))):
        found.skip(LINE, line.number, SkipReason.NOT_INSTALLED)
        return
    version = without_epoch_of_nothing(version)
    namespace = namespace_of(version.rpartition("-")[2], "", of_list)
    add_package(found, line.number, "rpm", namespace, name, version, unfree_area=unfree_area(repository))


def _joined(lines: Sequence[tuple[int, str]]) -> Iterator[_Line]:
    """Lines with what yum wrapped put together: a long name stands alone, its version and repository are indented below."""
    begun: _Line | None = None
    for number, line in lines:
        words = tuple(line.split())
        if begun is not None:
            together = _Line(begun.number, begun.cells + words) if line[0].isspace() else None
            begun = None
            if together is not None and len(together.cells) <= 3:
                if _is_package(together.cells):
                    yield together
                else:
                    begun = together
                continue
            yield _Line(number - 1, ())
        if _is_package(words):
            yield _Line(number, words)
        elif len(words) < 3 and not line[0].isspace() and _is_full_name(words[0]):
            begun = _Line(number, words)
        else:
            yield _Line(number, (line,) if _SECTION.match(line) else ())
    if begun is not None:
        yield _Line(begun.number, ())


def _is_package(words: Sequence[str]) -> bool:
    return len(words) == 3 and _is_full_name(words[0]) and _VERSION.match(words[1]) is not None


def _is_full_name(word: str) -> bool:
    name, _, architecture = word.rpartition(".")
    return bool(name) and (architecture in RPM_ARCHITECTURES or architecture == "(none)")
