# SPDX-License-Identifier: Apache-2.0
"""Licence text to SPDX expression, freedom, license model and claim. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from foss_audit.catalogue import LicenseModel
from foss_audit.licenses.full_texts import license_of_text, license_title
from foss_audit.licenses.ids import IdIndex
from foss_audit.licenses.leaves import LeafReader
from foss_audit.licenses.names import NameIndex
from foss_audit.licenses.node import Node, single, unknown
from foss_audit.licenses.parse import Parser
from foss_audit.licenses.phrases import PhraseBook
from foss_audit.licenses.text import MAX_LENGTH, name_form, prepare, word_form
from foss_audit.messages import message
from foss_audit.model import Freedom, License, LicenseOrigin

__all__ = ["LicenseReader"]

_CACHE_SIZE = 50_000
_MAX_WHOLE_LENGTH = 400
"""Characters. Longer texts are no claim and no name."""
_NPM_UNLICENSED = "UNLICENSED"
"""Said so, in capitals, by packages that grant no licence; in small letters it is a claim about an installation."""
_NOTHING = ("", "noassertion", "none")
_COMPOUND = re.compile(r" (?:AND|OR) ")
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
        self._leaves = LeafReader(ids, names, book, self._parse_exactly)
        self._exact_parser = Parser(self._leaves.exact)
        self._parser = Parser(self._leaves.read, frozenset(names.joins))
        self._claims = dict.fromkeys(_NOTHING, "none") | {word_form(word): claim for word, claim in claims.items()}
        joined = (text for text, meant in aliases.items() if _COMPOUND.search(meant))
        self._whole_names = frozenset(prepare(text).casefold() for text in joined)
        self._cache: dict[tuple[str, LicenseOrigin], License] = {}

    def read(self, text: str, origin: LicenseOrigin = LicenseOrigin.DECLARED) -> License:
        """What a licence text says; the same object for the same text and origin."""
        license = self._cache.get((text, origin))
        if license is None:
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            license = self._read(text)
            if origin is not license.origin:
                license = replace(license, origin=origin)
            self._cache[text, origin] = license
        return license

    def _read(self, text: str) -> License:
        if len(text) > MAX_LENGTH:
            return _license(text, unknown("", message("too long to be read")))
        known = license_of_text(text)
        if known:
            return _license(text, self._word_for_word(known))
        prepared = prepare(text)
        if len(prepared) <= _MAX_WHOLE_LENGTH:
            said = self._said_as_a_whole(text, prepared)
            if said is not None:
                return said
        license = _license(text, self._parser.parse(prepared))
        if license.freedom is Freedom.UNDECIDED and "\n" in text and (title := license_title(text)):
            return _license(text, self._parser.parse(prepare(title)))
        return license

    def _word_for_word(self, id: str) -> Node:
        """The licence whose text was found."""
        known = self._leaves.exact(id)
        reason = message("word for word the text of {license}", license=known.expression)
        return single(known.part.text, known.freedom, reason, known.expression, known.model, known.part.category)

    def _said_as_a_whole(self, text: str, prepared: str) -> License | None:
        """Nothing, a claim, a bare copyright notice, or a name that only the whole text is."""
        if prepared == _NPM_UNLICENSED:
            return _license(text, self._leaves.read(prepared))
        words = word_form(prepared).replace("?", "").strip()
        claim = self._claims.get(words)
        if claim is not None:
            claim = "" if claim == "none" else claim
            reason = message("a claim, no licence") if claim else message("says nothing")
            return License(text, None, Freedom.ABSENT, claim=claim, tree=single(text, Freedom.ABSENT, reason).part)
        if prepared.casefold() in self._whole_names:
            return _license(text, self._leaves.read(prepared))
        if _COPYRIGHT.match(prepared) and not _GRANTING.search(prepared) and not self._holds_a_name(prepared):
            return _license(text, single(text.strip(), Freedom.NOT_FREE, message("copyright notice without a licence")))
        return None

    def _holds_a_name(self, prepared: str) -> bool:
        return any(self._leaves.read(word).known for word in prepared.replace(",", " ").split() if name_form(word))

    def _parse_exactly(self, expression: str) -> Node:
        return self._exact_parser.parse(expression)


def _license(text: str, node: Node) -> License:
    model = node.model if node.freedom is Freedom.NOT_FREE else LicenseModel.UNKNOWN
    return License(text, node.expression, node.freedom, model, tree=node.part)
