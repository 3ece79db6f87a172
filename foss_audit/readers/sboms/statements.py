# SPDX-License-Identifier: Apache-2.0
"""What the SBOM formats have in common, however they are written: licences, parties, names. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from foss_audit.licenses.full_texts import license_of_text, license_title, narrowed
from foss_audit.model import LicenseOrigin

_OPERATOR = re.compile(r"\b(?:and|dan|und|or|atau|oder|with)(?![\w.+\-])|\|", re.IGNORECASE)
_LIST_MARKS = (",", ";")
_REFERENCE = re.compile(r"(?<![\w:.+\-])LicenseRef-[\w.+\-]+")
_ROLE = re.compile(r"^\s*(?:organi[sz]ation|person|tool)\s*:\s*", re.IGNORECASE)
_NOTHING = frozenset({"", "none", "noassertion"})
_AS_WRITTEN = frozenset({"", "NONE", "NOASSERTION"})
_LISTED = "licenseref-scancode-"
_UNREAD = "NOASSERTION"
_LONGEST_SET = 10_000
_SHORT_TEXT = 100

NO_NAMES = frozenset({"", ".", "./", "/", "-"})
"""What a scan of the whole machine or of the current folder calls what it scanned."""

NO_INSTALLATION = frozenset(
    {
        "container",
        "cryptographic-asset",
        "data",
        "device",
        "file",
        "firmware",
        "image",
        "machine-learning-model",
        "operating-system",
        "platform",
    }
)
"""Kinds of an SBOM's subject (in lower case) by which it is what software is installed on, not software itself."""


def says_something(license: str) -> bool:
    """Whether a licence field tells anything: not empty, NONE or NOASSERTION."""
    return license not in _AS_WRITTEN and license.strip().casefold() not in _NOTHING


def first_that_says(licenses: Iterable[str]) -> str:
    """The first licence that says something; where none does, the first that is not empty, as written.

    >>> first_that_says(["NOASSERTION", "MIT"]), first_that_says(["", "NONE"])
    ('MIT', 'NONE')
    """
    written = ""
    for text in licenses:
        if text and says_something(text):
            return text
        written = written or text
    return written


def first_stated(licenses: Iterable[tuple[str, LicenseOrigin]]) -> tuple[str, LicenseOrigin]:
    """As first_that_says, of licences each with whoever says so.

    >>> first_stated([("NOASSERTION", LicenseOrigin.CONCLUDED), ("MIT", LicenseOrigin.DECLARED)])
    ('MIT', <LicenseOrigin.DECLARED: 'declared'>)
    """
    written = ("", LicenseOrigin.DECLARED)
    for text, origin in licenses:
        if text and says_something(text):
            return text, origin
        if text and not written[0]:
            written = text, origin
    return written


def join_licenses(licenses: Iterable[str]) -> str:
    """Licences that hold together, as one expression; empty texts stay out, a part that says nothing leaves it undecided.

    >>> join_licenses(["MIT", "GPL-2.0-only OR BSD-3-Clause", "MIT", ""]), join_licenses(["MIT", "NOASSERTION"])
    ('MIT AND (GPL-2.0-only OR BSD-3-Clause)', 'MIT AND NOASSERTION')
    """
    return join_parts(filter(None, licenses), "AND")


def join_all(licenses: Collection[str]) -> str:
    """As join_licenses, but a text that is empty is a part that could not be read; '' where all of them are.

    >>> join_all(["MIT", ""]), join_all(["", ""])
    ('MIT AND NOASSERTION', '')
    """
    return join_parts(licenses, "AND") if any(licenses) else ""


def join_parts(licenses: Iterable[str], operator: str) -> str:
    """Parts of a licence set with an operator between them; a part that cannot be read is NOASSERTION, never left out.

    No longer than anybody could read: sets that hold each other many times over would grow beyond all bounds.

    >>> join_parts(["MIT", "GPL-2.0-only AND Zlib", "MIT", ""], "OR"), join_parts(["NONE", "NOASSERTION"], "AND")
    ('MIT OR (GPL-2.0-only AND Zlib) OR NOASSERTION', 'NONE')
    """
    distinct = list(dict.fromkeys(text or _UNREAD for text in licenses))
    if len(distinct) < 2 or not any(says_something(text) for text in distinct):
        return distinct[0] if distinct else ""
    joined = f" {operator} ".join(_grouped(text, operator) for text in distinct)
    return joined if len(joined) <= _LONGEST_SET else f"{joined[:_LONGEST_SET]}… {operator} {_UNREAD}"


def resolve_references(license: str, names: Mapping[str, str]) -> str:
    """An expression with the names of its LicenseRef ids in their place; ids without a name stay.

    >>> resolve_references("MIT OR LicenseRef-1", {"LicenseRef-1": "Apache 2"})
    'MIT OR Apache 2'
    """
    if "LicenseRef-" not in license:
        return license
    alone = _REFERENCE.fullmatch(license.strip()) is not None
    return _REFERENCE.sub(lambda found: _named(found[0], names, alone), license)


def reference_names(called: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What LicenseRef ids are called, of pairs of both; an id that goes by several names has none.

    >>> reference_names([("LicenseRef-1", "MIT"), ("LicenseRef-2", "ISC"), ("LicenseRef-1", "Acme EULA")])
    {'LicenseRef-1': '', 'LicenseRef-2': 'ISC'}
    """
    names: dict[str, str] = {}
    for id, name in called:
        if name:
            names[id] = name if names.get(id, name) == name else ""
    return names


def reference_name(id: str, name: str, text: str) -> str:
    """What a LicenseRef is called: the licence whose text it is word for word, else its name, else its text where that is no
    more than a name, else what its text calls itself.

    '' where nothing tells, and for ids of ScanCode's list, which say more than what a document calls them.
    """
    if id.casefold().startswith(_LISTED):
        return ""
    if known := license_of_text(text):
        return known
    for candidate in (name.strip(), text.strip()):
        short = len(candidate) <= _SHORT_TEXT and "\n" not in candidate
        if short and says_something(candidate) and candidate.casefold() != id.casefold():
            return narrowed(candidate, text)
    return license_title(text)


def text_alone(text: str) -> str:
    """What stands for a licence of which only the text is given: the licence whose text it is, else its first line, narrowed
    where the rest narrows it.

    >>> text_alone("\\n  MIT License\\n\\nPermission is hereby granted")
    'MIT License'
    """
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return license_of_text(text) or (narrowed(first, text) if first else "")


@lru_cache(maxsize=4096)
def party_name(party: str) -> str:
    """A supplier or author without its role and address.

    >>> party_name("Organization: Acme Corp. (sales@acme.example)"), party_name("NOASSERTION")
    ('Acme Corp.', '')
    """
    name = _without_address(_ROLE.sub("", party).strip())
    return name if says_something(name) else ""


def package_name(name: str, group: str, purl: str) -> str:
    """A package as people know it: scoped where it is from npm; elsewhere the purl holds the group.

    >>> package_name("core", "@angular", ""), package_name("commons-io", "org.apache", "pkg:maven/org.apache/commons-io@2")
    ('@angular/core', 'commons-io')
    """
    if not name or not group or not (group.startswith("@") or purl.startswith("pkg:npm/")):
        return name
    scope = group if group.startswith("@") else f"@{group}"
    return name if name.startswith(f"{scope}/") else f"{scope}/{name}"


def objects(values: object) -> Iterator[Mapping[str, object]]:
    """The objects of what should be a list of them."""
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, dict))


def string_of(value: object) -> str:
    """A text without outer blanks; '' for what is no text."""
    return value.strip() if isinstance(value, str) else ""


def _without_address(party: str) -> str:
    """Without an address in brackets at its end, or empty round ones."""
    for opening, closing in ("()", "<>"):
        before, bracket, inside = party.removesuffix(closing).rpartition(opening)
        is_address = "@" in inside or (opening == "(" and not inside.strip())
        if bracket and party.endswith(closing) and closing not in inside and is_address:
            return before.strip()
    return party


def _grouped(license: str, operator: str = "AND") -> str:
    """A part that stays one part beside the operator, whatever operators and brackets are in it."""
    if not _is_paired(license):
        # Nobody knows what stood in the part that is missing; left there, its bracket would pair with another part's.
        plain = license.replace("(", " ").replace(")", " ").strip()
        return f"{_UNREAD} AND ({plain})"
    loose = _OPERATOR.search(license) or (operator == "OR" and any(mark in license for mark in _LIST_MARKS))
    return f"({license})" if loose and not _is_group(license) else license


def _is_paired(license: str) -> bool:
    """Whether every bracket has its partner."""
    depth = 0
    for character in license if "(" in license or ")" in license else "":
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _is_group(license: str) -> bool:
    """Whether one pair of brackets already holds the whole text."""
    depth = 0
    for place, character in enumerate(license):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place > 0 and place == len(license) - 1
    return False


def _named(id: str, names: Mapping[str, str], alone: bool) -> str:
    name = names.get(id, "")
    if not name:
        return id
    return name if alone else _grouped(name)
