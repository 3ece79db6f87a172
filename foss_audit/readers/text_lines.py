# SPDX-License-Identifier: Apache-2.0
"""A text file as numbered lines, whatever its encoding: what the readers of printed lists begin with."""

from dataclasses import dataclass, replace
from pathlib import Path

from foss_audit.model import Note, Source
from foss_audit.readers.consoles import device_titles, output_of
from foss_audit.readers.interface import Limits
from foss_audit.readers.text_file import read_text_file

LINE = "A"
"""Place of an entry in a list: line 17 is `A17`, as a spreadsheet and the tables of text show it."""


@dataclass(frozen=True, slots=True)
class TextLines:
    """The lines of a text file, without their ends."""

    lines: tuple[str, ...]
    """Line n of the file is `lines[n - 1]`; blank where it is a prompt or of a transcript's frame (see consoles)."""
    encoding: str
    notes: tuple[Note, ...]
    hosts: tuple[tuple[int, str], ...] = ()
    """From which line on (from 1) prompts or a transcript name which host."""

    @property
    def device(self) -> str | None:
        """The one host that prompts or a transcript name."""
        return self.hosts[0][1] if len(self.hosts) == 1 else None


def read_titled_lines(path: Path, file: str, limits: Limits) -> TextLines:
    """As read_lines; what people wrote above tables to name their devices is blank too, and among the hosts."""
    text = read_lines(path, file, limits)
    titles = device_titles(text.lines)
    if not titles:
        return text
    lines = list(text.lines)
    for number, _ in titles:
        lines[number - 1] = ""
    return replace(text, lines=tuple(lines), hosts=tuple(sorted((*text.hosts, *titles))))


def read_lines(path: Path, file: str, limits: Limits) -> TextLines:
    """All lines of a file, shown as `file`. Raises UnreadableFile where it is beyond a limit or no text."""
    text = read_text_file(path, file, limits)
    content = text.content().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    notes = tuple(Note(Source(file), what) for what in text.notes)
    output = output_of(content.removesuffix("\n").split("\n"))
    return TextLines(output.lines, text.encoding, notes, output.hosts)
