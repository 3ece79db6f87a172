# SPDX-License-Identifier: Apache-2.0
"""Many globs, asked at once: which of them match a text? Indexed by their rarest whole word, so most are never tried."""

import fnmatch
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_WILD = re.compile(r"[*?\[]")


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
    """Globs over normalised text, compiled once. The order in which they are given does not matter."""

    def __init__(self, globs: Iterable[Glob]) -> None:
        self._exact: dict[str, list[Glob]] = {}
        self._by_word: dict[str, list[tuple[re.Pattern[str], Glob]]] = {}
        self._wordless: list[tuple[re.Pattern[str], Glob]] = []
        wild = []
        for glob in globs:
            if _WILD.search(glob.pattern):
                wild.append(glob)
            else:
                self._exact.setdefault(glob.pattern, []).append(glob)
        frequency = Counter(word for glob in wild for word in set(_whole_words(glob.pattern)))
        for glob in wild:
            compiled = re.compile(fnmatch.translate(glob.pattern))
            words = _whole_words(glob.pattern)
            if words:
                rarest = min(words, key=lambda word: (frequency[word], word))
                self._by_word.setdefault(rarest, []).append((compiled, glob))
            else:
                self._wordless.append((compiled, glob))

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
            for compiled, glob in self._by_word.get(word, ()):
                if compiled.match(text):
                    yield glob
        for compiled, glob in self._wordless:
            if compiled.match(text):
                yield glob


def _whole_words(pattern: str) -> list[str]:
    """The words of a glob that hold no wildcard: a text that it matches must hold them too."""
    return [word for word in pattern.split(" ") if word and not _WILD.search(word)]
