# SPDX-License-Identifier: Apache-2.0
"""Reads what `pip list` prints: columns below a heading, or `name (version)` of versions before 10."""

import re
from pathlib import Path

from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "pip-list"
DESCRIPTION = "Python packages, printed by `pip list`, in columns or as older versions do"

_HEADING = re.compile(r"Package +Version\b")
_RULE = re.compile(r"-+(?: +-+)+$")
_ROW = re.compile(r"([A-Za-z0-9][\w.-]*) +(\d[\w.!+-]*)(?: .*)?$")
_OLD_ROW = re.compile(r"([A-Za-z0-9][\w.-]*) \((\d[\w.!+-]*)(?:, .*)?\)$")
_AROUND = re.compile(r"(?:WARNING|DEPRECATION|ERROR)\b|\[notice\]|You are using pip |You should consider upgrading ")
_OWN = re.compile(r"(?:pip|setuptools|wheel) \(")
"""Packages that are in every old list: a list of Ruby's gems looks the same."""


def recognises(head: Head) -> bool:
    """Whether pip's heading comes first, or all lines are as old versions print them and pip itself is among them."""
    lines = [line for line in sample(head) if not _AROUND.match(line)]
    if lines and _HEADING.match(lines[0]):
        return len(lines) > 1 and _RULE.match(lines[1]) is not None
    return share(lines, _OLD_ROW.match) >= 0.95 and any(map(_OWN.match, lines))


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    for number, line in opened.lines:
        if _HEADING.match(line) or _RULE.match(line) or _AROUND.match(line):
            continue
        row = _OLD_ROW.match(line) or _ROW.match(line)
        if row is None:
            found.problem(LINE, number, strange_line("pip list"))
        else:
            add_package(found, number, "pypi", "", row[1], row[2])
    return reading_of(found, NAME, opened)
