# SPDX-License-Identifier: Apache-2.0
"""Words of a rule file as one pattern, quick over many texts."""

import re
import sys
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_NOTHING = "x^"
_FEW = 2000


class WordSet:
    """Globs (`*` anything, `?` one character) over text without case, each covering the whole text."""

    __slots__ = ("_pattern", "longest", "pattern")

    def __init__(self, globs: Iterable[str]) -> None:
        globs = tuple(globs)
        self.longest = sys.maxsize if any("*" in glob for glob in globs) else max(map(len, globs), default=0)
        """Characters of the longest text that can be one of the words."""
        self.pattern = _as_pattern(globs)
        """The globs as one anchored pattern of a dialect that both re and RE2 read."""
        self._pattern = re.compile(self.pattern)

    def matches(self, text: str) -> bool:
        """Whether a text, in any case, is one of the words."""
        return self._pattern.match(text.casefold()) is not None

    def among(self, texts: "pd.Series[str]") -> NDArray[np.bool_]:
        """Which of some texts are one of the words: one flag a text."""
        return searched(texts.str.lower(), self.pattern)


def searched(texts: "pd.Series[str]", pattern: str) -> NDArray[np.bool_]:
    """Which of some texts a pattern is found in. The pattern must mean the same to re and to RE2: no `\\s`, `\\w`, `\\d`."""
    if len(texts) > _FEW:
        return np.array(texts.str.contains(pattern, regex=True), dtype=np.bool_)
    # For every call pandas examines the pattern anew, which takes longer than searching a few texts.
    search = re.compile(pattern).search
    return np.fromiter((search(text) is not None for text in texts), dtype=np.bool_, count=len(texts))


def branches(words: Iterable[str]) -> str:
    """Words and phrases as branches of a pattern, the longest first and blanks of any width; what never matches for none."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first) or r"x\A"


@lru_cache(maxsize=64)
def _as_pattern(globs: tuple[str, ...]) -> str:
    branches = "|".join("".join(map(_as_regex, glob.casefold())) for glob in globs)
    return rf"^(?:{branches or _NOTHING})$"


def _as_regex(character: str) -> str:
    if character == "*":
        return ".*"
    return "." if character == "?" else re.escape(character)
