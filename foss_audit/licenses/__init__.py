# SPDX-License-Identifier: Apache-2.0
"""Licence text to SPDX expression, freedom, license model and claim. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from foss_audit.catalogue import LicenseModel
from foss_audit.licenses.full_texts import beginning_of, is_prose, license_of_notice, license_of_text, license_title
from foss_audit.licenses.ids import IdIndex
from foss_audit.licenses.leaves import LeafReader
from foss_audit.licenses.names import NameIndex
from foss_audit.licenses.node import Node, single, unknown
from foss_audit.licenses.parse import Parser
from foss_audit.licenses.phrases import PhraseBook
from foss_audit.licenses.plain import parse_plain
from foss_audit.licenses.text import MAX_LENGTH, is_plain_expression, name_form, prepare, word_form
from foss_audit.licenses.urls import AddressBook
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
        addresses: Mapping[str, str],
        own_words: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """Tables as docs/rules.md describes them.

        `aliases`: text to SPDX expression. `phrases`: (glob, model). `overrides`: SPDX or ScanCode key, or a glob over them, to
        (free, reason). `claims`: word to `licensed`, `unlicensed`, or `none` for words that say nothing.
        `addresses`: site, or glob over site and path, to SPDX expression. `own_words`: by package type (purl), what texts mean
        in packages of that type alone, to SPDX expression.
        """
        ids, book = IdIndex(overrides), PhraseBook(phrases)
        names = NameIndex(ids, aliases, book.patterns)
        self._leaves = LeafReader(ids, names, book, AddressBook(addresses), self._parse_exactly)
        self._exact_parser = Parser(self._leaves.exact)
        self._parser = Parser(self._leaves.read, frozenset(names.joins))
        self._claims = dict.fromkeys(_NOTHING, "none") | {word_form(word): claim for word, claim in claims.items()}
        joined = (text for text, meant in aliases.items() if _COMPOUND.search(meant))
        self._whole_names = frozenset(prepare(text).casefold() for text in joined)
        self._own_words = {
            kind: {name_form(text): meant for text, meant in texts.items()} for kind, texts in (own_words or {}).items()
        }
        self._cache: dict[tuple[str, LicenseOrigin, str], License] = {}

    def read(self, text: str, origin: LicenseOrigin = LicenseOrigin.DECLARED, package_type: str = "") -> License:
        """What a licence text says; the same object for the same text, origin and type.

        `package_type`: purl type of the package that states it (`cpan`, `cran`), '' for other software; some ecosystems have
        words of their own.
        """
        key = text, origin, package_type if package_type in self._own_words else ""
        license = self._cache.get(key)
        if license is None:
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            license = self._own_word(text, package_type) or self._read(text)
            if origin is not license.origin:
                license = replace(license, origin=origin)
            self._cache[key] = license
        return license

    def undecided_ids(self) -> list[str]:
        """Licences and exceptions of the installed SPDX list of which neither its flags, nor ScanCode, nor an override say
        whether they are free.
        """
        return self._leaves.undecided_ids()

    def _own_word(self, text: str, package_type: str) -> License | None:
        words = self._own_words.get(package_type, {})
        meant = words.get(name_form(text)) if len(text) <= _MAX_WHOLE_LENGTH else None
        return None if meant is None else _license(text, self._leaves.meant(text, meant))

    def _read(self, text: str) -> License:
        if len(text) > MAX_LENGTH:
            return _license(text, unknown("", message("too long to be read")))
        if is_prose(text):
            return _license(text, self._of_prose(text))
        if is_plain_expression(text) and (node := parse_plain(text, self._leaves.read)) is not None:
            return _license(text, node)
        prepared = prepare(text)
        if len(prepared) <= _MAX_WHOLE_LENGTH:
            said = self._said_as_a_whole(text, prepared)
            if said is not None:
                return said
        return _license(text, self._parser.parse(prepared))

    def _of_prose(self, text: str) -> Node:
        """A licence's own wording: known word for word, by the usual notice, or by its title."""
        if id := license_of_text(text):
            known, reason = self._leaves.exact(id), message("word for word the text of {license}", license=id)
        elif id := license_of_notice(text):
            known, reason = self._leaves.exact(id), message("the usual notice of {license}", license=id)
        elif title := license_title(text):
            return self._parser.parse(prepare(title))
        else:
            return unknown(beginning_of(text), message("the text of a licence that is none of the common ones"))
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
        if "," in prepared and all(map(name_form, prepared.split(","))) and (named := self._leaves.named(prepared)) is not None:
            return _license(text, named)
        if _COPYRIGHT.match(prepared) and not _GRANTING.search(prepared) and not self._holds_a_name(prepared):
            return _license(text, single(text.strip(), Freedom.NOT_FREE, message("copyright notice without a licence")))
        return None

    def _holds_a_name(self, prepared: str) -> bool:
        return any(self._is_name(word) for word in prepared.replace(",", " ").split())

    def _is_name(self, word: str) -> bool:
        """Whether a word is a licence's name and no holder's: as the lists spell it, or with a version."""
        return (
            bool(name_form(word))
            and (expression := self._leaves.read(word)).known
            and (expression.expression == word or any(map(str.isdigit, word)))
        )

    def _parse_exactly(self, expression: str) -> Node:
        return self._exact_parser.parse(expression)


def _license(text: str, node: Node) -> License:
    model = node.model if node.freedom is Freedom.NOT_FREE else LicenseModel.UNKNOWN
    return License(text, node.expression, node.freedom, model, tree=node.part)
