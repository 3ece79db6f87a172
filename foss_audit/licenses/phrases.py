# SPDX-License-Identifier: Apache-2.0
"""Licences in plain language ("Freeware", "gratis untuk penggunaan pribadi") and the license model they tell."""

import fnmatch
import re
from collections.abc import Sequence

from foss_audit.catalogue import LicenseModel
from foss_audit.licenses.text import word_form

_WILD = re.compile(r"[*?]")
_DENIALS = frozenset({"not", "no", "non", "never", "without", "isn", "aren", "bukan", "tidak", "tanpa", "belum", "dual"})


class PhraseBook:
    """Globs over the words of a text. The glob with more fixed characters wins."""

    def __init__(self, phrases: Sequence[tuple[str, LicenseModel]]) -> None:
        self._exact: dict[str, LicenseModel] = {}
        wild: list[tuple[str, LicenseModel]] = []
        for phrase, model in phrases:
            pattern = word_form(phrase)
            if _WILD.search(pattern):
                wild.append((pattern, model))
            else:
                self._exact.setdefault(pattern, model)
        wild.sort(key=lambda entry: (-len(_WILD.sub("", entry[0])), entry[0], entry[1]))
        self._wild = [
            (re.compile(fnmatch.translate(pattern)), pattern, frozenset(pattern.split()) & _DENIALS, model)
            for pattern, model in wild
        ]
        self.patterns = (*sorted(self._exact), *(pattern for pattern, _ in wild))

    def find(self, text: str) -> tuple[str, LicenseModel] | None:
        """The pattern that a text matches, and its model. A wide pattern matches no text that denies what it does not itself."""
        words = word_form(text)
        if not words:
            return None
        if words in self._exact:
            return words, self._exact[words]
        denied = _DENIALS.intersection(words.split())
        for compiled, pattern, denials, model in self._wild:
            if denied <= denials and compiled.match(words):
                return pattern, model
        return None
