# SPDX-License-Identifier: Apache-2.0
"""A text file as numbered lines, whatever its encoding: what the readers of printed lists begin with."""

from dataclasses import dataclass
from pathlib import Path

from foss_audit.model import Note, Source
from foss_audit.readers.interface import Limits
from foss_audit.readers.text_file import read_text_file

LINE = "A"
"""Place of an entry in a list: line 17 is `A17`, as a spreadsheet and the tables of text show it."""


@dataclass(frozen=True, slots=True)
class TextLines:
    """The lines of a text file, without their ends."""

    lines: tuple[str, ...]
    """Line n of the file is `lines[n - 1]`."""
    encoding: str
    notes: tuple[Note, ...]


def read_lines(path: Path, file: str, limits: Limits) -> TextLines:
    """All lines of a file, shown as `file`. Raises UnreadableFile where it is beyond a limit or no text."""
    text = read_text_file(path, file, limits)
    content = text.content().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    notes = tuple(Note(Source(file), what) for what in text.notes)
    return TextLines(tuple(content.removesuffix("\n").split("\n")), text.encoding, notes)
