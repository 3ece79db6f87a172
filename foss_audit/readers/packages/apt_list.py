# SPDX-License-Identifier: Apache-2.0
"""Reads what `apt list --installed` prints: `bash/jammy,now 5.1-6ubuntu1 amd64 [installed]`."""

import re
from pathlib import Path

from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.distributions import deb_distribution
from foss_audit.readers.packages.printed_list import add_package, open_list, reading_of, sample, share, strange_line
from foss_audit.readers.text_lines import LINE

NAME = "apt-list"
DESCRIPTION = "Debian and Ubuntu packages, printed by `apt list --installed`"

_ROW = re.compile(r"([a-z0-9][a-z0-9+.-]+)/([A-Za-z0-9.,_/-]+) (\S+) ([a-z0-9]+)(?: \[(.+)\])?$")
_AROUND = re.compile(r"WARNING: apt |[^\W\d]+(?:\.\.\.|…)(?: ?[^\W\d]+)?$|N: ")
"""apt's warning that its output may change, its progress (`Listing... Done`), its notices."""
_FROM = re.compile(r"upgradable from: (\S+)$")


def recognises(head: Head) -> bool:
    """Whether nearly all lines are of apt's list."""
    return share([line for line in sample(head) if not _AROUND.match(line)], _ROW.match) >= 0.9


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    rows = [(number, _ROW.match(line)) for number, line in opened.lines if not _AROUND.match(line)]
    matched = [row for _, row in rows if row is not None]
    suites = (suite for row in matched for suite in row[2].split(","))
    namespace = deb_distribution((row[3] for row in matched), suites)
    for number, row in rows:
        if row is None:
            found.problem(LINE, number, strange_line("apt list"))
        elif version := _installed_version(row[2], row[3], row[5] or ""):
            add_package(found, number, "deb", namespace, row[1], version)
        else:
            found.skip(LINE, number, SkipReason.NOT_INSTALLED)
    return reading_of(found, NAME, opened)


def _installed_version(suites: str, version: str, state: str) -> str:
    """The version that is installed; '' where none is, as for packages that are only on offer or left configuration behind."""
    if older := _FROM.search(state):
        return older[1]
    return version if "now" in suites.split(",") and "residual-config" not in state else ""
