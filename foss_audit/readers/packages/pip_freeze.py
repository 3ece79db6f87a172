# SPDX-License-Identifier: Apache-2.0
"""Reads what `pip freeze` prints; in a requirements file written by hand, a line that pins no version is a problem."""

import re
from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "pip-freeze"
DESCRIPTION = "Python packages, printed by `pip freeze` (`name==version`)"

_REQUIREMENT = re.compile(r"([A-Za-z0-9][\w.-]*)(?:\[[\w., -]*\])? *(?P<rest>(?:[<>=!~(].*)?|@ .*|;.*|#.*)$")
_PIN = re.compile(r"===? *([\w.!+-]+)(?:$|[ ;#])")
_EDITABLE = re.compile(r"-.*[#&]egg=([A-Za-z0-9][\w.-]*)")
_ELSEWHERE = ("-e ", "--editable", "-r ", "--requirement")
_OPTION = re.compile(r"--?[A-Za-z]|\s")
"""Options of pip, and lines that go on with the one above (hashes)."""
_FILE_OF_URL = re.compile(r"/[A-Za-z0-9][\w.]*-(\d[\w.!+]*?)(?:-[^/]*\.whl|\.tar\.gz|\.zip)")


def recognises(head: Head) -> bool:
    """Whether all lines are requirements or options of pip and at least half of them pin a version."""
    lines = [line for line in sample(head) if not line.startswith("#")]
    requirements = [match for line in lines if (match := _REQUIREMENT.match(_plain(line)))]
    strange = len(lines) - len(requirements) - sum(_OPTION.match(line) is not None for line in lines)
    pinned = sum(_PIN.match(match["rest"]) is not None for match in requirements)
    return pinned > 0 and strange <= len(lines) // 20 and pinned * 2 >= len(requirements)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for number, line in opened.lines:
        if line.startswith(_ELSEWHERE):
            _read_reference(number, line, found)
        elif not line.startswith("#") and not _OPTION.match(line):
            _read_requirement(number, _plain(line), found)
    return reading_of(found, NAME, opened)


def _read_reference(number: int, line: str, found: EntryCollector) -> None:
    """A line that leads to a folder, a repository, or another list."""
    if named := _EDITABLE.match(line):
        add_package(found, number, "pypi", "", named[1], "")
    else:
        found.problem(
            LINE,
            number,
            message(
                "This line names a folder or another file, not a package; list the packages with {command}.", command="pip list"
            ),
        )


def _read_requirement(number: int, line: str, found: EntryCollector) -> None:
    match = _REQUIREMENT.match(line)
    if match is None:
        found.problem(LINE, number, strange_line("pip freeze"))
        return
    pin = _PIN.match(match["rest"])
    if pin is not None:
        add_package(found, number, "pypi", "", match[1], pin[1])
    elif match["rest"].startswith("@ "):
        file = _FILE_OF_URL.search(match["rest"])
        add_package(found, number, "pypi", "", match[1], file[1] if file else "")
    else:
        found.problem(
            LINE,
            number,
            message(
                "This line says which versions of {name} would do, not which one is installed; list the packages with {command}.",
                name=match[1][:100],
                command="pip freeze",
            ),
        )


def _plain(line: str) -> str:
    """A line without the mark that it goes on below."""
    return line.removesuffix("\\").rstrip()
