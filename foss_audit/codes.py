# SPDX-License-Identifier: Apache-2.0
"""Text columns as numbers: what makes tables of millions small and quick. Pure."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd


class CodeBook:
    """Texts to numbers, in order of first appearance."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    @property
    def values(self) -> list[str]:
        """The texts; the position is the code."""
        return list(self._codes)

    def code(self, value: str) -> int:
        """The number of one text, given on first sight."""
        return self._codes.setdefault(value, len(self._codes))

    def codes(self, values: Iterable[str]) -> np.ndarray:
        """The numbers of texts, int32."""
        return np.array([self.code(value) for value in values], dtype=np.int32)

    def recode(self, column: pd.Series) -> np.ndarray:
        """The numbers of a category column's values, int32."""
        of_category = self.codes(column.cat.categories)
        if len(of_category) == 0:
            return np.empty(0, dtype=np.int32)
        coded: np.ndarray = of_category[column.cat.codes.to_numpy()]
        return coded

    def equate(self, plain: Callable[[str], str]) -> np.ndarray:
        """For every code, the number of its plain form: equal where two texts are to be taken as one."""
        forms: dict[str, int] = {}
        return np.array([forms.setdefault(plain(value), len(forms)) for value in self._codes], dtype=np.int64)

    def series(self, codes: np.ndarray) -> pd.Series:
        """Codes as a category column whose categories are sorted and all used."""
        used, compact = np.unique(codes, return_inverse=True)
        values = self.values
        texts = [values[code] for code in used]
        order = sorted(range(len(texts)), key=texts.__getitem__)
        rank = np.empty(len(texts), dtype=np.int32)
        rank[order] = np.arange(len(texts), dtype=np.int32)
        ranked = rank[compact] if len(texts) else compact
        categories = pd.Index([texts[number] for number in order], dtype=object)
        return pd.Series(pd.Categorical.from_codes(ranked, categories=categories))


def combine(columns: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Numbers equal rows of several integer columns alike, from 0 in order of first appearance.

    Returns the number of every row (int64) and the first row of every number.
    """
    combined = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, values = pd.factorize(column)
        combined, _ = pd.factorize(combined * (len(values) + 1) + codes)
    first = np.full(int(combined.max()) + 1 if len(combined) else 0, -1, dtype=np.int64)
    first[combined[::-1]] = np.arange(len(combined) - 1, -1, -1)
    return combined, first


def plain_text(text: str) -> str:
    """A text as spellings are compared: without regard to case and repeated blanks."""
    return " ".join(text.casefold().split())
