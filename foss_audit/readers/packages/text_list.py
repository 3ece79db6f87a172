# SPDX-License-Identifier: Apache-2.0
"""Reads software that somebody wrote down line by line, with numbers or bullets or without: the last reader to be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from foss_audit.activation import without_keys
from foss_audit.messages import message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.packages.printed_list import open_list, reading_of, sample
from foss_audit.readers.packages.text_titles import (
    Kind,
    Written,
    announces_software,
    cells_of,
    is_about_software,
    is_about_something_else,
    is_bulleted,
    is_instruction,
    is_printed_rule,
    is_statement,
    kind_of,
    label_and_value,
    names_device,
    take_apart,
    tells_of_software,
    unbulleted,
)
from foss_audit.readers.sheets import delimited
from foss_audit.readers.text_lines import LINE
from foss_audit.tables.headings import normalise_heading
from foss_audit.tables.words import WordSet

NAME = "text-list"
DESCRIPTION = "Names of software written line by line (.txt, .lst, .log), with numbers, bullets, versions and headings or without"
GENERAL = True

_SUFFIXES = frozenset({"", ".txt", ".text", ".lst", ".list", ".log"})
_FEWEST_TITLES = 3
_STRANGE = 0.1
"""Most lines, to one that is a name, that may be none."""
_TELLING = 0.1
"""Least part of the names that must speak of software where a heading or the file's name does."""
_TELLING_ALONE = 0.4
"""The same where they do not."""
_BULLETED = 0.6
"""Least part of the lines that have a bullet where those without are headings."""
_SIGNATURE_LINES = 12
_SOFTWARE_LABELS = frozenset(
    {"sistem operasi", "operating system", "os", "office", "browser", "antivirus", "anti virus", "pdf reader", "aplikasi"}
    | {"software", "program", "perangkat lunak", "aplikasi perkantoran", "aplikasi desain", "pemutar media"}
)
_OTHER_LABELS = frozenset(
    {"date", "hari", "hari tanggal", "harddisk", "hdd", "ip", "ip address", "alamat ip", "mac address", "mac", "memori", "memory"}
    | {"merk", "merek", "model", "model laptop", "nip", "no inventaris", "pemeriksa", "petugas", "processor", "prosesor", "cpu"}
    | {"ram", "ssd", "tanggal", "tanggal pemeriksaan", "tanggal pendataan", "tipe", "type", "vga", "serial number", "dibuat oleh"}
)


def recognises(head: Head) -> bool:
    """Whether nearly all lines could be names of software and something says that they are."""
    # A table is one whatever its file is called.
    if head.suffix not in _SUFFIXES or delimited.recognises(replace(head, suffix=".txt")):
        return False
    lines = sample(head)
    if any(map(is_printed_rule, lines)) or any(map(is_about_something_else, (head.path.stem, *lines[:2]))):
        return False
    kinds = [(line, kind_of(line)) for line in lines]
    titles = [line for line, kind in kinds if kind is Kind.TITLE]
    strange = sum(kind is Kind.STRANGE for _, kind in kinds)
    headings = sum(kind is Kind.HEADING for _, kind in kinds)
    labelled = sum(kind is Kind.LABELLED for _, kind in kinds)
    if (
        len(titles) < max(_FEWEST_TITLES, headings)
        or strange > max(1, _STRANGE * len(titles))
        or labelled > max(8, _STRANGE * len(titles))
    ):
        return False
    if max(sum(map(is_instruction, titles)), sum(map(is_statement, titles))) > max(1, _STRANGE * len(titles)):
        return False
    announced = is_about_software(head.path.stem) or any(announces_software(line) for line, _ in kinds[:5])
    return sum(map(tells_of_software, titles)) >= len(titles) * (_TELLING if announced else _TELLING_ALONE)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every line. Raises UnreadableFile where the file is no text or beyond a limit."""
    opened = open_list(path, file, context.limits)
    found = _Lines(EntryCollector(file, context.limits), context)
    groups = _groups(opened.lines)
    for number, line in opened.lines:
        if number in groups:
            found.take_group(number, line)
        else:
            found.take(number, line)
    return reading_of(found.entries, NAME, opened)


def _groups(lines: Sequence[tuple[int, str]]) -> frozenset[int]:
    """Numbers of the lines that head a group: in a list of items with bullets those without, above an item."""
    bulleted = [is_bulleted(line) for _, line in lines]
    if sum(bulleted) < max(_FEWEST_TITLES, _BULLETED * len(lines)):
        return frozenset()
    return frozenset(
        number
        for (number, line), own, below in zip(lines, bulleted, bulleted[1:], strict=False)
        if below and not own and kind_of(line) is Kind.TITLE and not tells_of_software(line)
    )


class _Lines:
    """A list that is read, with what its lines so far say of those below."""

    def __init__(self, entries: EntryCollector, context: ReadingContext) -> None:
        self.entries = entries
        self._headings: Mapping[str, str] = context.vocabulary.headings
        words = context.vocabulary.words
        self._total, self._signature = WordSet(words.get("total", ())), WordSet(words.get("signature", ()))
        self._device = ""
        self._columns: list[str] = []
        """By a heading above; a column that nobody knows is ''."""
        self._signature_from: int | None = None

    def take(self, number: int, line: str) -> None:
        """One line, to where it belongs."""
        kind = kind_of(line)
        if kind is Kind.RULE:
            return
        if reason := self._reason_to_skip(number, line, kind):
            self.entries.skip(LINE, number, reason)
        elif kind is Kind.LABELLED:
            self._take_labelled(number, line)
        elif kind is Kind.TITLE and without_keys(unbulleted(line))[:1] == "…":
            # A key alone, of the software above.
            self.entries.problem(
                LINE,
                number,
                message("This line is a product key and names no software; hand in lists without keys."),
            )
        elif kind is Kind.TITLE:
            self._add(number, line)
        else:
            self._refuse(number)

    def take_group(self, number: int, line: str) -> None:
        """A line above items: a device, or whatever they have in common."""
        if names_device(line):
            self._device = self.entries.text(line.strip(), "device", LINE, number)
            self.entries.skip(LINE, number, SkipReason.DESCRIBES_DEVICE)
        else:
            self._device = ""
            self.entries.skip(LINE, number, SkipReason.HEADING)

    def _reason_to_skip(self, number: int, line: str, kind: Kind) -> SkipReason | None:
        if kind is Kind.HEADING:
            return SkipReason.HEADING
        plain = " ".join(unbulleted(line)[:200].split())
        if self._signature_from is not None and number - self._signature_from <= _SIGNATURE_LINES:
            return SkipReason.SIGNATURE
        if self._signature.matches(plain):
            self._signature_from = number
            return SkipReason.SIGNATURE
        if self._total.matches(plain):
            return SkipReason.TOTAL
        return SkipReason.HEADING if kind is Kind.TITLE and self._is_heading(line) else None

    def _is_heading(self, line: str) -> bool:
        """Whether a line names columns, or the list itself without a colon."""
        if is_bulleted(line):
            return False
        columns = [self._headings.get(normalise_heading(cell), "") for cell in cells_of(line)]
        if "name" in columns and all(columns):
            self._columns = [column for column in columns if column != "number"]
            return True
        return (
            is_about_software(line) and not tells_of_software(line) and line.strip().casefold().startswith(("daftar", "list of"))
        )

    def _take_labelled(self, number: int, line: str) -> None:
        label, value = label_and_value(unbulleted(line))
        plain = normalise_heading(label)
        column = self._headings.get(plain, "")
        if column == "device":
            self._device = self.entries.text(value, label, LINE, number)
            self.entries.skip(LINE, number, SkipReason.DESCRIBES_DEVICE)
        elif plain in _SOFTWARE_LABELS or column == "name":
            self._add(number, value)
        elif column in ("version", "publisher", "license"):
            self._refuse(number)
        elif column or plain in _OTHER_LABELS:
            self.entries.skip(LINE, number, SkipReason.DESCRIBES_DEVICE)
        elif is_bulleted(line):
            self._add(number, line)
        else:
            self._refuse(number)

    def _add(self, number: int, line: str) -> None:
        written = self._in_columns(line) or take_apart(line)
        name, version, publisher = (
            self.entries.text(value, field, LINE, number)
            for value, field in ((written.name, "name"), (written.version, "version"), (written.publisher, "publisher"))
        )
        if name:
            self.entries.add(name, version, publisher, "", "", LINE, number, device=self._device)
        else:
            self._refuse(number)

    def _in_columns(self, line: str) -> Written | None:
        """The columns of a line by the heading above it; None where there is none, or the line has other columns."""
        cells = cells_of(line)
        if len(self._columns) < 2 or len(cells) != len(self._columns):
            return None
        told = dict(zip(self._columns, cells, strict=True))
        return Written(told["name"], told.get("version", ""), told.get("publisher", "")) if told["name"] else None

    def _refuse(self, number: int) -> None:
        self.entries.problem(
            LINE,
            number,
            message("It is not sure that this line names software; write one name a line, or list the software in a table."),
        )
