# SPDX-License-Identifier: Apache-2.0
"""A delimited file as a grid: separator found, broken quotes and ragged lines survived."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, counted, message
from foss_audit.model import Note, Source
from foss_audit.readers.interface import ReadingContext
from foss_audit.readers.sheets.dialects import Dialect, sniff
from foss_audit.readers.sheets.opened import Opened
from foss_audit.readers.text_file import TextFile, read_text_file
from foss_audit.tables import Column, Grid
from foss_audit.tables.words import WordSet

_BLOCK = 4 << 20
_LARGEST_BLOCK = 256 << 20


def open_delimited(path: Path, file: str, context: ReadingContext) -> Opened:
    """A delimited file as one grid. Raises UnreadableFile where it is no such file or beyond a limit."""
    text = read_text_file(path, file, context.limits)
    sample = text.sample()
    if not sample.strip():
        raise UnreadableFile(message("The file is empty; export it again."), Source(file))
    dialect = sniff(sample, context.vocabulary)
    notes = list(text.notes)
    if dialect.note is not None:
        notes.append(dialect.note)
    if dialect.rewrite is not None:
        text = TextFile(dialect.rewrite(text.content()), text.encoding, text.lines)
    if dialect.width * text.lines > context.limits.cells:
        raise UnreadableFile(
            message(
                "The table has more than {limit} cells; split the file, or raise cells under [limits] in audit.toml.",
                limit=context.limits.cells,
            ),
            Source(file),
        )
    columns, rows, more = _columns(text, dialect, file)
    notes.extend(more)
    words = context.vocabulary.words
    errors = words.get("error", ())
    empty = WordSet((*words.get("empty", ()), *errors))
    tidied = tuple(Column.of(codes, texts, empty, WordSet(errors)) for codes, texts in columns)
    grid = Grid("", tidied, rows, written=tuple(columns))
    return Opened((grid,), text.encoding, notes=tuple(Note(Source(file), note) for note in notes))


_Coded = tuple[NDArray[np.int32], "pd.Series[str]"]


def _columns(text: TextFile, dialect: Dialect, file: str) -> tuple[list[_Coded], int, list[Message]]:
    """The columns, how many rows, and notes on what was repaired."""
    notes: list[Message] = []
    try:
        table, ragged = _parse(text.data, dialect)
        swallowed = _swallowed(table, dialect) or (
            ragged and any("\n" in line for _, line in ragged) and _unbalanced(ragged, dialect)
        )
    except pa.ArrowInvalid:
        swallowed = True
    if swallowed:
        content, first = _rebalanced(text.content(), dialect)
        notes.append(
            message(
                "A quotation mark on line {line} is never closed; lines like it were read without quotation marks.", line=first
            )
        )
        try:
            table, ragged = _parse(content, dialect)
        except pa.ArrowInvalid as error:
            raise UnreadableFile(
                message("The lines of this file cannot be told apart; export it again."), Source(file)
            ) from error
    columns, wide = _with_ragged(table, ragged, dialect)
    if wide:
        notes.append(
            counted(
                "Line {row} has more cells than the heading; what is beyond was not read.",
                "{count} lines have more cells than the heading, the first is line {row}; what is beyond was not read.",
                count=len(wide),
                row=wide[0],
            )
        )
    return columns, table.num_rows + len(ragged), notes


def _parse(data: bytes | Path, dialect: Dialect) -> tuple[pa.Table, list[tuple[int, str]]]:
    """The even lines as a table of dictionaries, and the others as (1-based row, line)."""
    try:
        return _parse_with(data, dialect, None), []
    except pa.ArrowInvalid:
        ragged: list[tuple[int, str]] = []
        return _parse_with(data, dialect, ragged), ragged


def _parse_with(data: bytes | Path, dialect: Dialect, ragged: list[tuple[int, str]] | None) -> pa.Table:
    def keep(row: arrow_csv.InvalidRow) -> str:
        if ragged is None:
            return "error"
        ragged.append((row.number, row.text))
        return "skip"

    names = [str(index) for index in range(dialect.width)]
    block = _BLOCK
    while True:
        try:
            table = arrow_csv.read_csv(
                io.BytesIO(data) if isinstance(data, bytes) else str(data),
                read_options=arrow_csv.ReadOptions(column_names=names, use_threads=ragged is None, block_size=block),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=dialect.separator, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=keep
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in names}, strings_can_be_null=False
                ),
            )
            return table.unify_dictionaries().combine_chunks()
        except pa.ArrowInvalid as error:
            if "straddl" not in str(error) or block >= _LARGEST_BLOCK:
                raise
            block *= 8
            if ragged is not None:
                ragged.clear()


def _swallowed(table: pa.Table, dialect: Dialect) -> bool:
    """Whether a cell holds whole lines of the table, for want of a closing quotation mark."""
    if dialect.width < 2:
        return False
    for column in table.columns:
        for texts in _dictionaries(column):
            many = texts[texts.str.contains("\n", regex=False)]
            if any(_holds_lines(cell, dialect) for cell in many):
                return True
    return False


def _holds_lines(cell: str, dialect: Dialect) -> bool:
    """Whether lines within a cell have as many separators as the table: all but the first and last are whole ones."""
    inner = cell.split("\n")
    whole = [line for line in inner[1:-1] if line.count(dialect.separator) >= dialect.width - 1]
    if whole:
        return dialect.width > 2 or len(whole) * 2 > len(inner) - 2
    return len(inner) == 2 and inner[1].count(dialect.separator) + inner[0].count(dialect.separator) >= max(dialect.width - 1, 3)


def _unbalanced(ragged: Iterable[tuple[int, str]], dialect: Dialect) -> bool:
    """Whether a short line goes on over others for want of a closing mark; a cell of several lines closes it, before any row."""
    for _, line in ragged:
        first, *others = line.split("\n")
        if others and first.count('"') % 2:
            rows = any(other.count(dialect.separator) >= max(dialect.width - 1, 1) for other in others)
            if rows or line.count('"') % 2:
                return True
    return False


def _rebalanced(content: bytes, dialect: Dialect) -> tuple[bytes, int]:
    """The text with quotation marks taken off every line on which they do not pair; and the first such line, from 1."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    odd = [index for index, line in enumerate(lines) if line.count(b'"') % 2]
    for index in odd:
        lines[index] = _unquoted(lines[index], dialect.separator.encode())
    return b"\n".join(lines), odd[0] + 1 if odd else 1


def _unquoted(line: bytes, separator: bytes) -> bytes:
    """Cells of a line without quotation marks around them; those within a cell, such as inches, stay where they do no harm."""
    return separator.join(cell.strip().strip(b'"').replace(b'"', b"'") for cell in line.split(separator))


def _with_ragged(table: pa.Table, ragged: Sequence[tuple[int, str]], dialect: Dialect) -> tuple[list[_Coded], list[int]]:
    """All columns with the ragged lines back in their places, and the rows that had more cells than fit."""
    cells = [next(csv.reader(io.StringIO(line, newline=""), delimiter=dialect.separator), []) for _, line in ragged]
    wide = [row for (row, _), found in zip(ragged, cells, strict=True) if any(map(str.strip, found[dialect.width :]))]
    at = np.array([row - 1 for row, _ in ragged], dtype=np.int64)
    even = np.ones(table.num_rows + len(ragged), dtype=bool)
    even[at] = False
    columns: list[_Coded] = []
    for index, column in enumerate(table.columns):
        codes, texts = _coded(column)
        if len(ragged):
            more = pd.Series([found[index] if index < len(found) else "" for found in cells], dtype="str")
            added, distinct = pd.factorize(pd.concat([texts, more], ignore_index=True))
            together = np.zeros(len(even), dtype=np.int32)
            together[even] = added[: len(texts)].astype(np.int32)[codes] if len(texts) else 0
            together[at] = added[len(texts) :]
            codes, texts = together, pd.Series(distinct, dtype="str")
        columns.append((codes, texts))
    return columns, wide


def _coded(column: pa.ChunkedArray) -> _Coded:
    if not column.num_chunks:
        return np.zeros(0, dtype=np.int32), pd.Series([], dtype="str")
    chunk = column.combine_chunks()
    chunk = chunk.chunk(0) if isinstance(chunk, pa.ChunkedArray) else chunk
    return chunk.indices.to_numpy(), pd.Series(chunk.dictionary.to_pandas(), dtype="str")


def _dictionaries(column: pa.ChunkedArray) -> Iterable["pd.Series[str]"]:
    return [_coded(column)[1]] if column.num_chunks else []
