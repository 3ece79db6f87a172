# SPDX-License-Identifier: Apache-2.0
"""Whole licence texts: the id or title they bear, what narrows them, and which known licence they are word for word. Pure."""

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import NamedTuple

from foss_audit.licenses.names import RESTRICTING

_SHORT_TEXT = 100
_TITLE_LINES = 5
_TITLE = re.compile(r"\b(?:licen[sc]e|lisensi|agreement|eula)\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"SPDX-License-Identifier:[ \t]*([^\r\n]{1,100})")
_NARROWING = re.compile(
    r"commons\s+clause|(?<!commercial and )(?<!commercial or )non[-\s]{0,3}commercial\s+(?:use|purpose)|personal\s+use"
    r"|evaluation\s+(?:use|purpose|licen[cs]e)|(?:academic|educational|research)\s+(?:use|purposes?)\s+only|not\s+for\s+(?:re)?sale",
    re.IGNORECASE,
)
_UNREAD = "NOASSERTION"
_PROSE = re.compile(
    r"\b(?:hereby|redistribut\w*|warrant(?:y|ies)|liab(?:le|ility)|provided that|permission to use|you may(?: not)?|shall|"
    r"terms of the|free software|unencumbered software|confidential)\b",
    re.IGNORECASE,
)
_WORDING = re.compile(
    r"permission is hereby granted|redistribution and use in source and binary forms|you may not use this file except"
    r"|redistribute it and/or modify it under the terms",
    re.IGNORECASE,
)
"""Words that no name of a licence holds, however short the text."""
_SHORT_NAME, _LONG = 30, 200
"""Characters."""
_GNU_GRANT = re.compile(
    r"under the terms of (?:version (?P<early>[\d.]+) of )?the GNU (?P<kind>Lesser |Library |Affero )?General Public License"
    r"(?: \([AL]?GPL\))?,?(?: version (?P<before>[\d.]+))?(?: as published by the Free Software Foundation)?[,;]?"
    r"(?: either)?(?: version (?P<version>[\d.]+)(?: of the License| only)?)?"
    r"(?P<later>,? or \(?at your option\)?,? any later version)?",
    re.IGNORECASE,
)
_GNU_NAMES = {"": "GPL", "lesser": "LGPL", "library": "LGPL", "affero": "AGPL"}
_GRANTS = (
    (re.compile(r"licensed under the Apache License, Version 2\.0\b", re.IGNORECASE), "Apache-2.0"),
    (re.compile(r"subject to the terms of the Mozilla Public License, v\. 2\.0\b", re.IGNORECASE), "MPL-2.0"),
    (re.compile(r"^\W*This is free and unencumbered software released into the public domain\.", re.IGNORECASE), "Unlicense"),
)
_ADDING = re.compile(
    r"\b(?:additional|further|following) (?:terms|restrictions?|conditions)\b|\bexcept\b|\bexception\b", re.IGNORECASE
)

MAX_LENGTH = 200_000
"""Characters. The longest licence of the SPDX list has some 45,000."""
_LONGEST_NOTICE = 2_500
"""Characters of a notice in the head of a source file."""
_MIN_WORDS = 40
"""The shortest licence that is compared (WTFPL) has some 60 words."""
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)*")
_NOTICE = re.compile(
    r"^\W*(?:(?:portions|parts)\s+(?:are\s+)?)?(?:copyright\b(?=.{0,160}(?:\(c\)|©|\b(?:19|20)\d\d\b|[\[{<]))"
    r"|\(c\)(?=\s*copyright|.{0,160}\b(?:19|20)\d\d\b)|©|spdx-license-identifier:"
    r"|all rights reserved\W*$).{0,160}$",
    re.IGNORECASE | re.MULTILINE,
)
_LEADS = re.compile(r"^\s*(?:[-*#/;]+\s|\(?[0-9a-z]{1,3}[.)]\s)+|[‘’'`]", re.IGNORECASE | re.MULTILINE)
"""Comment marks, bullets and numbers at the beginning of lines, and apostrophes."""
_ADDRESS = re.compile(r"https?://\S+|\[[^\]\n]{0,40}\]|\{[^}\n]{0,40}\}|<[^>\n]{0,60}>")
"""Addresses, and the places where a name is to be filled in."""
_END = ["end", "of", "terms", "and", "conditions"]
# fmt: off
_WATCHED = RESTRICTING | frozenset((
    "agree", "agreement", "cannot", "charge", "competing", "copy", "derivative", "distribute", "fee", "fees", "hosted",
    "license", "licensed", "may", "modify", "must", "never", "only", "pay", "payment", "purchase", "purpose", "purposes",
    "redistribute", "royalty", "sale", "sell", "service", "shall", "sold", "use", "used", "uses", "using",
))
# fmt: on
"""Words that change what a licence allows: a text that adds or lacks one of them is not the known one."""
_OF_TITLES = frozenset(("agreement", "license", "purpose"))
_LONGEST_INSERTION, _LONGEST_OMISSION = 12, 8
_MOST_CHANGED, _OF_SHORT, _SHORT_CHANGE = 0.04, 0.12, 24
"""Share of the words that may differ: names of holders in the conditions and the disclaimer do, and postal addresses. Of short
texts a larger share, up to so many words.
"""
_MOST_COMPARED = 3_000
"""Words between the first and the last difference. More are no few differing names."""


class _Known(NamedTuple):
    id: str
    words: list[str]
    """Up to its end of terms and conditions, where it says so."""
    counts: Counter[str]
    appendix: str
    """The words behind, each between blanks."""
    title: frozenset[str]
    """The words of its title, which may stand in a text of one line."""


def license_of_text(text: str) -> str:
    """The SPDX id of the licence whose text this is, but for notices, names and layout; '' where it is none of the common ones.

    Compared are the texts of the package `identify` (those of choosealicense.com). A text that adds or leaves out a word by
    which a licence allows or forbids is none of them.

    >>> license_of_text("Permission is hereby granted")
    ''
    """
    if not _SHORT_TEXT < len(text) <= MAX_LENGTH:
        return ""
    return _license_of(text)


def is_prose(text: str) -> bool:
    """Whether a text is a licence's wording or a notice of it, whose commas and conjunctions join no licences.

    >>> is_prose("MIT, GPL-2.0 or later"), is_prose("Permission is hereby granted, free of charge, " * 9)
    (False, True)
    """
    return len(text) > _SHORT_NAME and (
        _WORDING.search(text) is not None or (len(text) > _LONG and _PROSE.search(text) is not None)
    )


def license_of_notice(text: str) -> str:
    """The licence that the usual notice in sources names; '' for other texts, and where something is added to it.

    Sources: the notices that the GNU, Apache and Mozilla licences themselves ask for.

    >>> license_of_notice("This program is free software: you can redistribute it under the terms of the GNU General Public "
    ... "License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later "
    ... "version.")
    'GPL-3.0-or-later'
    """
    plain = " ".join(text.split())
    if len(plain) > _LONGEST_NOTICE or _NARROWING.search(plain):
        return ""
    found = [id for pattern, id in _GRANTS if pattern.search(plain)]
    found += [_gnu_license(match) for match in _GNU_GRANT.finditer(plain)]
    named = set(filter(None, found))
    if len(named) != 1 or len(found) != len(named):
        return ""
    # The Apache notice itself speaks of exceptions ("except in compliance").
    return "" if _ADDING.search(plain.replace("except in compliance with the License", "")) else named.pop()


def _gnu_license(match: re.Match[str]) -> str:
    version = match["version"] or match["before"] or match["early"]
    if not version:
        return ""
    number = version.rstrip(".")
    number = number if "." in number else f"{number}.0"
    kind = _GNU_NAMES[(match["kind"] or "").strip().casefold()]
    return f"{kind}-{number}-or-later" if match["later"] else f"{kind}-{number}-only"


def license_title(text: str) -> str:
    """What a licence text calls itself: the SPDX id in it, else a title above it; '' where neither stands there.

    A text that narrows what its title promises (no commercial use, say) has none, nor has a known licence's that was altered.

    >>> license_title("ACME Source License 1.1\\n\\nPermission is hereby granted ...")
    'ACME Source License 1.1'
    >>> license_title("MIT License\\n\\n... for non-commercial use only"), license_title("Copyright 2020\\nAll rights reserved.")
    ('', '')
    """
    if _NARROWING.search(text):
        return ""
    identifiers: set[str] = {found.strip(" \t*/-#<>") for found in _IDENTIFIER.findall(text)}
    if identifiers:
        return identifiers.pop() if len(identifiers) == 1 else ""
    beginning = text.lstrip()[: _TITLE_LINES * _SHORT_TEXT].splitlines()[:_TITLE_LINES]
    lines = [line.strip(" \t*/=-#") for line in beginning]
    title = next((line for line in lines if line), "")
    is_title = len(title) <= _SHORT_TEXT and not title.endswith((":", ",", ";", ".")) and _TITLE.search(title)
    return title if is_title and not _is_altered(title, text) else ""


def narrowed(name: str, text: str) -> str:
    """What a licence is called; with a part that nobody asserts where its text narrows what the name promises.

    How far it does is for a person to read: the same words also stand in texts that allow every use.

    >>> narrowed("MIT License", "MIT License\\n\\n... for non-commercial use only"), narrowed("MIT License", "Permission is ...")
    ('MIT License AND NOASSERTION', 'MIT License')
    """
    return f"{name} AND {_UNREAD}" if _NARROWING.search(text) and not _NARROWING.search(name) else name


def beginning_of(text: str, lines: int = 4, length: int = 300) -> str:
    """The first lines of a text in one, for a person who must decide what it is.

    >>> beginning_of("  ACME\\n\\n Terms  of Use \\n")
    'ACME / Terms of Use'
    """
    stripped = (" ".join(line.split()) for line in text[: 20 * length].splitlines())
    joined = " / ".join([line for line in stripped if line][:lines])
    return joined if len(joined) <= length else joined[: length - 1] + "…"


def _is_altered(title: str, text: str) -> bool:
    """Whether a text bears the title of a licence that it nearly is, with other words where that one allows or forbids."""
    if len(text) > MAX_LENGTH or license_of_text(text):
        return False
    words = set(_WORD.findall(title.casefold()))
    return any(known.title <= words for known in _near(_parts(text)[0]))


@lru_cache(maxsize=1_000)
def _license_of(text: str) -> str:
    words, appendix = _parts(text)
    near = (known for known in _near(words) if appendix in known.appendix)
    return next((known.id for known in near if _same(known, words)), "")


def _near(words: list[str]) -> list[_Known]:
    """The known licences with which a text shares most of its words."""
    if len(words) < _MIN_WORDS:
        return []
    counts = Counter(words)
    return [known for known in _known_licenses() if _may_be(known, words, counts)]


@cache
def _known_licenses() -> tuple[_Known, ...]:
    """Sorted by id."""
    from identify.vendor.licenses import LICENSES  # noqa: PLC0415  (only needed once a whole text is met)

    known = []
    for id, text in sorted(LICENSES):
        words, appendix = _parts(text)
        title = frozenset(_WORD.findall(text.split("\n", 1)[0].casefold()))
        known.append(_Known(id, words, Counter(words), appendix, title))
    return tuple(known)


def _parts(text: str) -> tuple[list[str], str]:
    """The words of a text up to its end of terms and conditions, and those behind, where it says so."""
    words = _words(text)
    for at in range(len(words) - len(_END) + 1):
        if words[at : at + len(_END)] == _END:
            end = at + len(_END)
            return words[:end], " ".join(["", *words[end:], ""])
    return words, " "


def _words(text: str) -> list[str]:
    """The words of a text without notices, marks, numbers of clauses, addresses, and the title above it."""
    body = _LEADS.sub("", _ADDRESS.sub(" ", _NOTICE.sub("", text)))
    lines = body.strip().splitlines()
    if lines and len(lines[0]) <= _SHORT_TEXT and _TITLE.search(lines[0]) and _OF_TITLES.issuperset(_watched_in(lines[0])):
        body = "\n".join(lines[1:])
    return _WORD.findall(body.casefold())


def _watched_in(line: str) -> frozenset[str]:
    return _WATCHED.intersection(_WORD.findall(line.casefold()))


def _may_be(known: _Known, words: list[str], counts: Counter[str]) -> bool:
    """Whether two texts share so many words that a comparison is worth its time."""
    longer = max(len(words), len(known.words))
    if abs(len(words) - len(known.words)) > _allowed(longer):
        return False
    return longer - (counts & known.counts).total() <= _allowed(longer)


def _allowed(count: int) -> int:
    return max(min(_SHORT_CHANGE, int(count * _OF_SHORT)), int(count * _MOST_CHANGED))


def _same(license: _Known, words: list[str]) -> bool:
    """Whether two texts differ only in names and the like."""
    known = license.words
    if known == words:
        return True
    watched = _WATCHED - license.title
    start = next((at for at, (one, other) in enumerate(zip(known, words, strict=False)) if one != other), 0)
    end = 0
    while end < min(len(known), len(words)) - start and known[-1 - end] == words[-1 - end]:
        end += 1
    left, right = known[start : len(known) - end], words[start : len(words) - end]
    if max(len(left), len(right)) > _MOST_COMPARED:
        return False
    changed = 0
    for kind, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        omitted, inserted = left[i:j], right[k:m]
        if len(omitted) > _LONGEST_OMISSION or len(inserted) > _LONGEST_INSERTION:
            return False
        if not watched.isdisjoint(omitted) or not watched.isdisjoint(inserted):
            return False
        changed += max(j - i, m - k)
    return changed <= _allowed(len(known))
