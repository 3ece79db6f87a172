# SPDX-License-Identifier: Apache-2.0
"""Licence text to SPDX expression, freedom, license model and claim. Pure."""

import re
from collections.abc import Mapping, Sequence

from foss_audit.licenses.ids import IdIndex
from foss_audit.licenses.leaves import LeafReader
from foss_audit.licenses.names import NameIndex
from foss_audit.licenses.node import Node, single, unknown
from foss_audit.licenses.parse import Parser
from foss_audit.licenses.phrases import PhraseBook
from foss_audit.licenses.text import MAX_LENGTH, MAX_NAME_LENGTH, name_form, prepare, word_form
from foss_audit.model import Freedom, License, LicenseModel

__all__ = ["LicenseReader"]

_CACHE_SIZE = 50_000
_NOTHING = frozenset({"", "noassertion", "none", "null", "nan"})
_COPYRIGHT = re.compile(r"^\s*(?:copyright\b|©|\(c\)|hak\s+cipta\b)", re.IGNORECASE)
_GRANTING = re.compile(r"licen[sc]|lisensi|permi|free|open|public|gratis|bebas|grant|redistribut", re.IGNORECASE)


class LicenseReader:
    """Reads licence texts by the rule pack's tables and the SPDX and ScanCode lists. Never raises, whatever the text."""

    def __init__(
        self,
        aliases: Mapping[str, str],
        phrases: Sequence[tuple[str, LicenseModel]],
        overrides: Mapping[str, tuple[bool, str]],
        claims: Mapping[str, str],
    ) -> None:
        """Tables as docs/rules.md describes them.

        `aliases`: text to SPDX expression. `phrases`: (glob, model). `overrides`: SPDX or ScanCode key, or a glob over them, to
        (free, reason). `claims`: word to `licensed`, `unlicensed`, or `none` for words that say nothing.
        """
        ids, book = IdIndex(overrides), PhraseBook(phrases)
        names = NameIndex(ids, aliases, book.patterns)
        self._ids = ids
        self._leaves = LeafReader(ids, names, book, self._parse_exactly)
        self._exact_parser = Parser(self._leaves.exact)
        self._parser = Parser(self._leaves.read, frozenset(names.joins))
        self._claims = {word_form(word): claim for word, claim in claims.items()}
        self._whole_names = frozenset(name_form(prepare(text)) for text, meant in aliases.items() if re.search(r" (AND|OR) ", meant))
        self._cache: dict[str, License] = {}

    def read(self, text: str) -> License:
        """What a licence text says; the same object for the same text."""
        license = self._cache.get(text)
        if license is None:
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            license = self._cache[text] = self._read(text)
        return license

    def _read(self, text: str) -> License:
        if len(text) > MAX_LENGTH:
            return _license(text, unknown("", "too long to be read"))
        if len(text) <= MAX_NAME_LENGTH:
            said = self._said_as_a_whole(text)
            if said is not None:
                return said
        return _license(text, self._parser.parse(prepare(text)))

    def _said_as_a_whole(self, text: str) -> License | None:
        """Nothing, a claim, a bare copyright notice, or a name that only the whole text is."""
        judged = self._ids.override(text.strip()) if text.isupper() else None
        if judged is not None and judged[0] is Freedom.NOT_FREE and self._ids.get(text.strip()) is None:
            return _license(text, single(text.strip(), *judged))
        words = word_form(text)
        claim = "none" if words in _NOTHING else self._claims.get(words)
        if claim is not None:
            claim = "" if claim == "none" else claim
            reason = "a claim, no licence" if claim else "says nothing"
            return License(text, None, Freedom.ABSENT, claim=claim, tree=single(text, Freedom.ABSENT, reason).part)
        if name_form(prepare(text)) in self._whole_names:
            return _license(text, self._leaves.read(prepare(text)))
        if _COPYRIGHT.match(text) and not _GRANTING.search(text) and not self._holds_a_name(text):
            return _license(text, single(text.strip(), Freedom.NOT_FREE, "copyright notice without a licence"))
        return None

    def _holds_a_name(self, text: str) -> bool:
        return any(self._leaves.read(word).known for word in prepare(text).replace(",", " ").split() if name_form(word))

    def _parse_exactly(self, expression: str) -> Node:
        return self._exact_parser.parse(expression)


def _license(text: str, node: Node) -> License:
    model = node.model if node.freedom is Freedom.NOT_FREE else LicenseModel.UNKNOWN
    return License(text, node.expression, node.freedom, model, tree=node.part)
