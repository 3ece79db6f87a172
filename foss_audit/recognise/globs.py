# SPDX-License-Identifier: Apache-2.0
"""Many globs, asked at once: which of them match a text? Indexed by their rarest fixed text: most are never tried."""

import fnmatch
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from ahocorasick import Automaton

_WILD = re.compile(r"[*?\[]")
_WILDCARDS = re.compile(r"\*|\?|\[[^\]]*\]?")


@dataclass(frozen=True, slots=True)
class Glob:
    """A glob and the entry it belongs to."""

    pattern: str
    entry: int

    @property
    def literal_length(self) -> int:
        """How many characters it fixes: of two globs that match, the longer is the more specific."""
        return len(_WILD.sub("", self.pattern))


_Test = tuple[Callable[[str], bool], Glob]


class GlobIndex:
    """Globs over normalised text. The order in which they are given does not matter."""

    def __init__(self, globs: Iterable[Glob]) -> None:
        self._exact: dict[str, list[Glob]] = {}
        self._by_text: dict[str, list[_Test]] = {}
        """Globs by the rarest text between their wildcards, which every text that they match must hold."""
        self._anywhere: list[_Test] = []
        wild = []
        for glob in globs:
            if _WILD.search(glob.pattern):
                wild.append((glob, _fixed(glob.pattern)))
            else:
                self._exact.setdefault(glob.pattern, []).append(glob)
        frequency = Counter(text for _, fixed in wild for text in set(fixed))
        for glob, fixed in wild:
            rarest = min(fixed, key=lambda text: (frequency[text], -len(text), text), default=None)
            tests = self._anywhere if rarest is None else self._by_text.setdefault(rarest, [])
            tests.append((_matcher(glob.pattern), glob))
        self._finder = Automaton()
        for text, tests in self._by_text.items():
            self._finder.add_word(text, tests)
        self._finder.make_automaton()

    def matches(self, texts: Iterable[str]) -> set[Glob]:
        """Every glob that matches at least one of the texts."""
        found: set[Glob] = set()
        for text in texts:
            found.update(self._exact.get(text, ()))
            tried = self._finder.iter(text) if self._by_text else ()
            for _, tests in (*tried, (0, self._anywhere)):
                for covers, glob in tests:
                    if covers(text):
                        found.add(glob)
        return found


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
        return lambda text: _compiled(pattern).match(text) is not None
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


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern))


def _fixed(pattern: str) -> list[str]:
    """The texts between the wildcards of a glob.

    >>> _fixed("microsoft * mui ([a-z]*)")
    ['microsoft ', ' mui (', ')']
    """
    return [part for part in _WILDCARDS.split(pattern) if part]
