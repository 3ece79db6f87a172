# SPDX-License-Identifier: Apache-2.0
"""Many globs, asked at once: which of them match a text? Indexed by their rarest word or letters, so most are never tried."""

import fnmatch
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

_WILD = re.compile(r"[*?\[]")
_LETTERS = 3
"""Length of the runs of letters that globs without a whole word are found by."""


@dataclass(frozen=True, slots=True)
class Glob:
    """A glob and the entry it belongs to."""

    pattern: str
    entry: int

    @property
    def literal_length(self) -> int:
        """How many characters it fixes: of two globs that match, the longer is the more specific."""
        return len(_WILD.sub("", self.pattern))


class GlobIndex:
    """Globs over normalised text. The order in which they are given does not matter."""

    def __init__(self, globs: Iterable[Glob]) -> None:
        self._exact: dict[str, list[Glob]] = {}
        self._by_word: dict[str, list[Glob]] = {}
        self._by_letters: dict[str, list[Glob]] = {}
        self._anywhere: list[Glob] = []
        wild = []
        for glob in globs:
            if _WILD.search(glob.pattern):
                wild.append((glob, _whole_words(glob.pattern), _runs(glob.pattern)))
            else:
                self._exact.setdefault(glob.pattern, []).append(glob)
        words = Counter(word for _, found, _ in wild for word in set(found))
        letters = Counter(run for _, found, runs in wild if not found for run in set(runs))
        for glob, found, runs in wild:
            if found:
                self._by_word.setdefault(min(found, key=lambda word: (words[word], word)), []).append(glob)
            elif runs:
                self._by_letters.setdefault(min(runs, key=lambda run: (letters[run], run)), []).append(glob)
            else:
                self._anywhere.append(glob)

    def matches(self, texts: tuple[str, ...]) -> Iterator[Glob]:
        """Every glob that matches at least one of the texts, each once, in no particular order."""
        seen: set[Glob] = set()
        for text in texts:
            for glob in self._matches(text):
                if glob not in seen:
                    seen.add(glob)
                    yield glob

    def _matches(self, text: str) -> Iterator[Glob]:
        yield from self._exact.get(text, ())
        for word in set(text.split(" ")):
            for glob in self._by_word.get(word, ()):
                if matches(glob.pattern, text):
                    yield glob
        for run in {text[start : start + _LETTERS] for start in range(len(text) - _LETTERS + 1)} & self._by_letters.keys():
            for glob in self._by_letters[run]:
                if matches(glob.pattern, text):
                    yield glob
        for glob in self._anywhere:
            if matches(glob.pattern, text):
                yield glob


def matches(pattern: str, text: str) -> bool:
    """Whether a glob covers the whole of a text.

    >>> matches("microsoft * mui*", "microsoft word mui (english)"), matches("photoshop", "photoshop elements")
    (True, False)
    """
    return _matcher(pattern)(text)


@cache
def _matcher(pattern: str) -> Callable[[str], bool]:
    """A glob as a test; those with nothing but `*` need no regular expression, which would take long to make for thousands."""
    if "?" in pattern or "[" in pattern:
        compiled = re.compile(fnmatch.translate(pattern))
        return lambda text: compiled.match(text) is not None
    if "*" not in pattern:
        return lambda text: text == pattern
    first, *middle, last = pattern.split("*")
    shortest = len(pattern) - pattern.count("*")
    inner = [part for part in middle if part]

    def covers(text: str) -> bool:
        if len(text) < shortest or not text.startswith(first) or not text.endswith(last):
            return False
        start, end = len(first), len(text) - len(last)
        for part in inner:
            found = text.find(part, start, end)
            if found < 0:
                return False
            start = found + len(part)
        return True

    return covers


def _whole_words(pattern: str) -> list[str]:
    """The words of a glob that hold no wildcard: a text that it matches must hold them too."""
    return [word for word in pattern.split(" ") if word and not _WILD.search(word)]


def _runs(pattern: str) -> list[str]:
    """Every run of letters between the wildcards of a glob: a text that it matches must hold them too."""
    fixed = re.split(r"\*|\?|\[[^\]]*\]?", pattern)
    return [part[start : start + _LETTERS] for part in fixed for start in range(len(part) - _LETTERS + 1)]
