# SPDX-License-Identifier: Apache-2.0
"""Which separator a text table has, from its first lines."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from foss_audit.messages import Message, message
from foss_audit.tables import find_header
from foss_audit.vocabulary import Vocabulary

SEPARATORS = (";", "\t", "|", ",")
NO_SEPARATOR = "\x1f"
"""Stands for a list of one column: a character that no file has."""
_SAMPLE_ROWS = 200
_AS_A_LIST = 0.5
"""Steadiness below which a separator only occurs within names."""
_ESCAPED_TAB = "`t"
_ESCAPED_LINE = re.compile(r"\w[^`]*`t[^`]*`t")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text table is written."""

    separator: str
    width: int
    """Cells of its widest line among the first."""
    rewrite: Callable[[bytes], bytes] | None = None
    """What makes a broken file fit for the separator."""
    note: Message | None = None


def sniff(sample: str, vocabulary: Vocabulary) -> Dialect:
    """The dialect of a text by its first lines: the separator by which a heading is recognised, else the steadiest."""
    if _has_escaped_tabs(sample):
        return Dialect(
            "\t",
            max(len(row) for row in _rows(_with_tabs(sample.encode()).decode(), "\t")),
            _with_tabs,
            message(
                "Columns are separated by the letters {letters}, which an export took for a tab; they were split there.",
                letters=_ESCAPED_TAB,
            ),
        )
    stated = sample[:6].lower()
    if stated.startswith("sep=") and len(stated) > 4 and stated[4] not in "\r\n":
        return Dialect(stated[4], _offer(_rows(sample, stated[4]), stated[4], vocabulary)[-1])
    offers = [
        (named, steadiness, -order, separator, width)
        for order, separator in enumerate((*SEPARATORS, NO_SEPARATOR))
        if separator == NO_SEPARATOR or separator in sample
        for named, steadiness, width in (_offer(_rows(sample, separator), separator, vocabulary),)
    ]
    best = max(offers)
    return Dialect(best[-2], best[-1])


def is_steady(sample: str) -> bool:
    """Whether some separator splits nearly all lines into the same number of cells, two or more."""
    return any(_steadiness(_rows(sample, separator)) >= 0.9 for separator in SEPARATORS if separator in sample)


def _offer(rows: list[list[str]], separator: str, vocabulary: Vocabulary) -> tuple[int, float, int]:
    """What speaks for a separator: columns recognised in a heading, steadiness; and the width of the table it makes."""
    named = 0
    width = max(map(len, rows), default=1)
    tidy = [[" ".join(cell.split()) for cell in row] for row in rows[:80]]
    for headings, required in ((vocabulary.headings, "name"), (vocabulary.register_headings, "product")):
        header = find_header(tidy, headings, vocabulary.words, required)
        if header is not None and len(header.columns) > named:
            named = len(header.columns)
            width = max(_commonest(rows), *map(len, rows[header.row : header.body]))
    return named, _AS_A_LIST if separator == NO_SEPARATOR else _steadiness(rows), max(width, 1)


def _commonest(rows: list[list[str]]) -> int:
    counts = Counter(len(row) for row in rows if any(row))
    return max(counts, key=lambda cells: (counts[cells], cells), default=1)


def _steadiness(rows: list[list[str]]) -> float:
    """Share of lines with the commonest number of cells; 0 where that is one."""
    counts = Counter(len(row) for row in rows if any(row))
    if not counts:
        return 0.0
    (cells, lines), *_ = counts.most_common(1)
    return lines / counts.total() if cells > 1 and counts.total() > 1 else 0.0


def _rows(sample: str, separator: str) -> list[list[str]]:
    """The first lines as cells; a quotation mark that is never closed ends at its line."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    if len(rows) < 3 or any("\n" in cell for row in rows for cell in row):
        by_line = [next(csv.reader([line], delimiter=separator), []) for line in sample.splitlines()[:_SAMPLE_ROWS]]
        if any(cell.count("\n") * 4 > len(by_line) for row in rows for cell in row):
            return by_line
    return rows


def _has_escaped_tabs(sample: str) -> bool:
    lines = [line for line in sample.splitlines() if line.strip()][1:]
    return bool(lines) and sum(_ESCAPED_LINE.search(line) is not None for line in lines) * 2 > len(lines)


def _with_tabs(content: bytes) -> bytes:
    """Lines with the letters backtick-t as real tabs; other lines, such as the heading, split at their commas."""
    mark = _ESCAPED_TAB.encode()
    return b"\n".join(
        line.rstrip(b"\r,").strip(b'"').replace(b'""', b"'").replace(mark, b"\t") if mark in line else b"\t".join(_cells(line))
        for line in content.split(b"\n")
    )


def _cells(line: bytes) -> list[bytes]:
    return [cell.encode() for cell in next(csv.reader([line.decode(errors="replace")]), [])]
