# SPDX-License-Identifier: Apache-2.0
"""Reads what `apk list -I` and `apk info -v` print: packages of Alpine, the former with their licences."""

import re
from collections.abc import Sequence
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import apk_distribution
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "apk-list"
DESCRIPTION = "Alpine packages, printed by `apk list -I` (with licences) or `apk info -v`"

_FULL = re.compile(r"([A-Za-z0-9_][^\s/]*)-(\d[^-\s]*-r\d+)$")
_STATE = re.compile(r" \[([^\[\]]+)\]$")
_AROUND = re.compile(r"(?:WARNING|ERROR|fetch)\b")


def recognises(head: Head) -> bool:
    """Whether nearly all lines begin with a full name as apk makes them, which ends with `-r` and a number."""
    lines = _without_warnings(list(enumerate(sample(head), 1)))
    return share([line for _, line in lines], _is_line) >= 0.9


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    lines = _without_warnings(opened.lines)
    namespace = apk_distribution(line.partition("-")[0] for _, line in lines)
    for number, line in lines:
        if not _is_line(line):
            found.problem(LINE, number, strange_line("apk"))
        elif not (full := _installed(line)):
            found.skip(LINE, number, SkipReason.NOT_INSTALLED)
        else:
            add_package(found, number, "apk", namespace, *full, license=_license(line))
    return reading_of(found, NAME, opened)


def _is_line(line: str) -> bool:
    first, _, rest = line.partition(" ")
    return _FULL.match(first) is not None and (not rest or rest.startswith("- ") or "{" in rest)


def _installed(line: str) -> tuple[str, str] | None:
    """Name and version of what is installed; None where the package is only on offer."""
    full, _, rest = line.partition(" ")
    state = _STATE.search(rest)
    if state and state[1].startswith("upgradable from: "):
        full = state[1].removeprefix("upgradable from: ")
    elif "{" in rest and (state is None or not state[1].startswith("installed")):
        return None
    match = _FULL.match(full)
    return (match[1], match[2]) if match else None


def _license(line: str) -> str:
    """What stands in round brackets after the origin in curly ones."""
    _, origin, rest = line.partition("} (")
    return rest[: rest.rfind(")")] if origin and ")" in rest else ""


def _without_warnings(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(number, line) for number, line in lines if not _AROUND.match(line)]
