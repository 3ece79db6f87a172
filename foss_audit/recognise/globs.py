# SPDX-License-Identifier: Apache-2.0
"""Many globs, asked at once: which of them match a text? Indexed by their rarest fixed text: most are never tried."""

import fnmatch
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ahocorasick import Automaton

_WILD = re.compile(r"[*?\[]")
_WILDCARDS = re.compile(r"\*|\?|\[[^\]]*\]?")


class Glob(NamedTuple):
    """A glob and the entry it belongs to."""

    pattern: str
    entry: int

    @property
    def literal_length(self) -> int:
        """How many characters it fixes: of two globs that match, the longer is the more specific."""
        return len(_WILD.sub("", self.pattern))


_START, _END = "\x02", "\x03"
"""Stand before and behind a text, so that what a glob begins or ends with is found there only."""

_TELLING = 4
"""Letters from which on a text tells something; a shorter one is looked for only where a glob has no other."""

_Test = tuple[int, str, int, str, tuple[str, ...], str]
"""A wild glob taken apart: its number, the pattern where a regular expression is needed, the length of the shortest text, what
texts begin with, what they hold in this order, what they end with. Values, for tens of thousands of closures would keep
Python's collector of garbage busy."""


class GlobIndex:
    """Globs over normalised text. The order in which they are given does not matter."""

    def __init__(self, globs: Iterable[Glob]) -> None:
        self._globs = tuple(globs)
        self._exact: dict[str, list[int]] = {}
        self._by_text: dict[str, list[_Test]] = {}
        """Globs by the rarest text between their wildcards, which every text that they match must hold."""
        self._anywhere: list[_Test] = []
        self._always: list[int] = []
        wild = []
        for number, glob in enumerate(self._globs):
            if glob.pattern and not glob.pattern.strip("*"):
                self._always.append(number)
            elif _WILD.search(glob.pattern):
                wild.append((number, glob, _fixed(glob.pattern)))
            else:
                self._exact.setdefault(glob.pattern, []).append(number)
        frequency = Counter(text for _, _, fixed in wild for text in set(fixed))
        for number, glob, fixed in wild:
            if len(fixed) > 1:
                fixed.sort(key=lambda text: (len(text) < _TELLING, frequency[text], -len(text), text))
            tests = self._by_text.setdefault(fixed[0], []) if fixed else self._anywhere
            tests.append(_test(glob.pattern, number))
        self._finder = Automaton()
        for text, tests in self._by_text.items():
            self._finder.add_word(text, tests)
        self._finder.make_automaton()

    def matches(self, texts: Iterable[str], spelled: Iterable[str] = ()) -> list[tuple[Glob, list[str]]]:
        """Every glob that matches at least one of the texts, with the texts that it matches; in no particular order.

        `spelled`: texts that only globs without wildcards can match.
        """
        texts = list(texts)
        found = {number: list(texts) for number in self._always} if texts else {}
        for text in spelled:
            for number in self._exact.get(text, ()):
                found.setdefault(number, []).append(text)
        for text in texts:
            for number in self._exact.get(text, ()):
                found.setdefault(number, []).append(text)
            for number in self._wild_matches(text):
                found.setdefault(number, []).append(text)
        return [(self._globs[number], matched) for number, matched in found.items()]

    def _wild_matches(self, text: str) -> set[int]:
        found = {test[0] for test in self._anywhere if _covers(test, text)} if self._anywhere else set()
        if self._by_text:
            for _, tests in self._finder.iter(f"{_START}{text}{_END}"):
                for test in tests:
                    if test[0] not in found and _covers(test, text):
                        found.add(test[0])
        return found


def matches(pattern: str, text: str) -> bool:
    """Whether a glob covers the whole of a text.

    >>> matches("microsoft * mui*", "microsoft word mui (english)"), matches("photoshop", "photoshop elements")
    (True, False)
    """
    return _covers(_test(pattern, 0), text) if _WILD.search(pattern) else text == pattern


def _test(pattern: str, number: int) -> _Test:
    """Globs with nothing but `*` need no regular expression, which would take long to make for thousands."""
    expression = pattern if "?" in pattern or "[" in pattern else ""
    parts = _WILDCARDS.split(pattern) if expression else pattern.split("*")
    inner = () if expression else tuple(filter(None, parts[1:-1]))
    return number, expression, sum(map(len, parts)), parts[0], inner, parts[-1]


def _covers(test: _Test, text: str) -> bool:
    _, expression, shortest, first, inner, last = test
    if len(text) < shortest or not text.startswith(first) or not text.endswith(last):
        return False
    if expression:
        return _compiled(expression).match(text) is not None
    start, end = len(first), len(text) - len(last)
    for part in inner:
        found = text.find(part, start, end)
        if found < 0:
            return False
        start = found + len(part)
    return True


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern))


def _fixed(pattern: str) -> list[str]:
    """The texts between the wildcards of a glob, with the marks of start and end where they stand there."""
    parts = _WILDCARDS.split(f"{_START}{pattern}{_END}")
    return [part for part in parts if part not in ("", _START, _END)]
