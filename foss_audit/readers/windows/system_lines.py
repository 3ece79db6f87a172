# SPDX-License-Identifier: Apache-2.0
"""The first lines of what `systeminfo` prints. Values tell them, whatever their language. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LABELLED = re.compile(r"([^\s:][^:]{0,60}?)\s{0,60}:\s{1,60}(\S.{0,200})")
_WINDOWS = re.compile(r"(?:Microsoft|Майкрософт)(?:\(R\)|®)? Windows\b")
_VERSION = re.compile(r"(\d{1,2}\.\d{1,2}\.\d{3,6})\b")
_HOST = re.compile(r"[^\s:\\/]{1,63}")
_LINES_OF_HEAD = 10


@dataclass(frozen=True, slots=True)
class System:
    """What systeminfo begins with."""

    host: str
    name: str
    """Of Windows."""
    version: str
    publisher: str
    line: int
    """Where the name of Windows stands."""


def system_of(lines: Sequence[str]) -> System | None:
    """The system that a report begins with: host, Windows and its version, one below the other."""
    labelled = [(number, _LABELLED.match(line)) for number, line in enumerate(lines[:_LINES_OF_HEAD], 1)]
    said = [(number, found[2].strip()) for number, found in labelled if found]
    if len(said) < 3:
        return None
    (_, host), (line, name), (_, version) = said[:3]
    number = _VERSION.match(version)
    if not _HOST.fullmatch(host) or not _WINDOWS.match(name) or number is None:
        return None
    publisher = said[3][1] if len(said) > 3 and said[3][1].startswith("Microsoft") else ""
    return System(host, name, number[1], publisher, line)
