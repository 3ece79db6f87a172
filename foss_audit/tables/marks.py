# SPDX-License-Identifier: Apache-2.0
"""What stands in the cells of a matrix: a mark, a no, a version, an amount."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foss_audit.tables.grid import Column
from foss_audit.tables.words import WordSet

_VERSION = re.compile(r"(?:v\.? ?)?(?:\d{1,4}(?:\.\d{1,6})+[a-z]?|(?:19|20)\d\d(?: ?r\d)?)", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,4}")
_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class MarkWords:
    """Words of kind `tick`, `cross`, `yes`, `no`."""

    ticks: WordSet
    crosses: WordSet
    noes: WordSet

    @classmethod
    def of(cls, words: Mapping[str, tuple[str, ...]]) -> "MarkWords":
        """As the rules have them."""
        ticks = WordSet((*words.get("tick", ()), *words.get("yes", ())))
        return cls(ticks, WordSet(words.get("cross", ())), WordSet(words.get("no", ())))


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The filled cells of a column, told apart. One flag a row."""

    column: Column
    filled: _Flags
    """Cells that count and hold anything."""
    ticks: _Flags
    crosses: _Flags
    noes: _Flags
    versions: _Flags
    """Plainly a version: a year, or figures with a point."""
    amounts: _Flags
    """Whole numbers that are neither a mark nor a year."""

    def marked(self, ticked: bool) -> _Flags:
        """Cells that say it is installed; a cross does not where others are `ticked`."""
        return self.ticks if ticked else self.ticks | self.crosses

    def denied(self, ticked: bool) -> _Flags:
        """Cells that say it is not."""
        return self.noes | self.crosses if ticked else self.noes


def read_marks(column: Column, counts: _Flags, words: MarkWords) -> Marks:
    """The cells of a column; only those that `counts`."""
    filled = column.filled() & counts
    ticks = column.where(words.ticks.among(column.texts)) & filled
    crosses = column.where(words.crosses.among(column.texts)) & filled
    noes = column.where(words.noes.among(column.texts)) & filled
    known = ticks | crosses | noes
    versions = _where(column, lambda text: _VERSION.fullmatch(text) is not None) & filled & ~known
    amounts = _where(column, lambda text: _AMOUNT.fullmatch(text) is not None) & filled & ~known & ~versions
    return Marks(column, filled, ticks, crosses, noes, versions, amounts)


def _where(column: Column, ask: Callable[[str], bool]) -> _Flags:
    return column.where(np.fromiter((ask(text) for text in column.texts), dtype=np.bool_, count=len(column.texts)))
