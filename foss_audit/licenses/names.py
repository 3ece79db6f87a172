# SPDX-License-Identifier: Apache-2.0
"""Names of licences, however they are spelled, and the SPDX expression they mean."""

import fnmatch
import re
from collections.abc import Iterable, Mapping

from foss_audit.licenses.ids import IdIndex, LicenseId
from foss_audit.licenses.text import name_form, prepare

FAMILY = ""
"""In place of an expression: free, but which version or variant is left open."""

SAID_FREE = "?"
"""In place of an expression: words that call something free without naming a licence."""

# fmt: off
RESTRICTING = frozenset((
    "academic", "additional", "almost", "anti", "commercial", "commons", "custom", "education", "educational", "ethical",
    "evaluation", "except", "excepting", "excluding", "extra", "government", "hippocratic", "home", "internal", "limited",
    "maybe", "military", "mixed", "modified", "most", "mostly", "nc", "nd", "no", "non", "noncommercial", "not",
    "nuclear", "partial", "partially", "partly", "parts", "personal", "portions", "possibly", "private", "probably",
    "prohibited", "proprietary", "research", "restricted", "restriction", "restrictions", "some", "trial", "unless",
    "weapons", "without",
))
# fmt: on
"""Words that may take freedom away: a variant of a free licence with one of them is no free licence until someone has read it."""

_GNU = ("GPL-", "LGPL-", "AGPL-", "GFDL-")
_MAX_VARIANT_WORDS = 10
_NUMBER = re.compile(r"\d[\d.]*$")
_JOIN = re.compile(r"""([^\s,;|()/"“”]+)["”]?(?:\s+(and|or|dan|atau|&)\s+|\s*(/)\s*)["“]?(?=([^\s,;|()/"“”]+))""", re.IGNORECASE)
_COMPOUND = re.compile(r" (?:AND|OR) ")
_EXCEPTION_STEM = re.compile(r"(.+?)-exception\b")
_GNU_PREFIX = re.compile(r"^[al]?gpl-(?:\d[\d.]*-)?(?:plus-)?")


class NameIndex:
    """Names of the SPDX list and of the rule pack, compared by their name form.

    An alias is of one of five kinds, told by its texts: an expression is what the name means; an empty one is a family;
    `?` calls something free without naming a licence; one with a `*` (`GPL-*`) is a family whose version may follow the name;
    a `*` in the name makes any variant of it a family.
    """

    def __init__(self, ids: IdIndex, aliases: Mapping[str, str], phrases: Iterable[str] = ()) -> None:
        self._ids = ids
        self._names: dict[str, str] = {}
        self._families: dict[str, str] = {}
        self._variants: list[re.Pattern[str]] = []
        self._exceptions: dict[str, list[str]] = {}
        self._scancode_exceptions: dict[str, list[LicenseId]] = {}
        self.joins: set[tuple[str, str, str]] = set()
        """(word, operator, word) within a name, where the operator joins nothing: `mit / x11`."""
        self._add_lists()
        for text in sorted(aliases):
            self._add_alias(text, aliases[text].strip())
        for phrase in phrases:
            self._add_joins(phrase)

    def expression(self, form: str) -> str | None:
        """The SPDX expression of a name form; `FAMILY` where the version is left open; None where there is no such name."""
        known = self._names.get(form)
        return known if known is not None else self._versioned(form)

    def is_variant(self, form: str) -> bool:
        """Whether a name form is a variant of a family that keeps it free, such as `bsd 3 clause google`."""
        words = form.split()
        if len(words) > _MAX_VARIANT_WORDS or not RESTRICTING.isdisjoint(words):
            return False
        return any(pattern.match(form) for pattern in self._variants)

    def exception(self, form: str, base: str | None) -> str | None:
        """The SPDX exception of a name form. Of several versions, the one that goes with the base licence."""
        for candidate in (form, form.removesuffix(" exception"), form.removesuffix(" linking exception")):
            found = self._exceptions.get(candidate, [])
            if len(found) == 1:
                return found[0]
            major = re.search(r"-(\d)", base or "")
            fitting = [id for id in found if major and f"-{major[1]}." in id]
            if len(fitting) == 1:
                return fitting[0]
        return None

    def scancode_exceptions(self, form: str) -> list[LicenseId]:
        """ScanCode's exceptions of a name form: several where the base licence's version tells them apart."""
        found = self._scancode_exceptions.get(form)
        return found or self._scancode_exceptions.get(form.replace(" linking exception", " exception"), [])

    def _add_lists(self) -> None:
        named: dict[str, set[str]] = {}
        for id, name in self._ids.spdx.items():
            known = self._ids.get(id)
            today = known.id if known else id
            if known and not known.deprecated:
                self._names[name_form(id)] = today
            self._add_joins(name)
            named.setdefault(name_form(prepare(name)), set()).add(today)
        for form, meant in sorted(named.items()):
            if len(meant) == 1:
                self._names.setdefault(form, meant.pop())
        for id, name in self._ids.exception_names.items():
            for form in {name_form(id), name_form(name)}:
                self._add_exception(form, id)

        for key, known in self._ids.scancode_exceptions:
            for name in _exception_names(key):
                self._scancode_exceptions.setdefault(name_form(name), []).append(known)

    def _add_exception(self, form: str, id: str) -> None:
        """An exception by its name, by its name without the version, and by either without the word exception."""
        unversioned = re.sub(r"(?: [\d.]+)+$", "", form)
        for name in {form, unversioned, unversioned.removesuffix(" exception")}:
            ids = self._exceptions.setdefault(name, [])
            if id not in ids:
                ids.append(id)

    def _add_alias(self, text: str, expression: str) -> None:
        if "*" in text:
            pattern = " ".join("*" if word == "*" else name_form(word) for word in text.split())
            self._variants.append(re.compile(fnmatch.translate(pattern)))
            return
        form = name_form(prepare(text))
        if not _COMPOUND.search(expression):
            self._add_joins(text)
        if expression in self._ids.exception_names:
            self._exceptions[form] = [expression]
        elif "*" in expression:
            self._families[form] = expression
            self._names.setdefault(form, FAMILY)
        else:
            self._names[form] = expression

    def _add_joins(self, text: str) -> None:
        for match in _JOIN.finditer(text):
            left, word, slash, right = match.groups()
            self.joins.add((left.strip("*").casefold(), (word or slash).casefold(), right.strip("*").casefold()))

    def _versioned(self, form: str) -> str | None:
        """A name followed by a version, by `only`, or by `or later`."""
        later = form.endswith(" or later")
        base = form.removesuffix(" or later").removesuffix(" only")
        name, _, version = base.rpartition(" ")
        family = self._families.get(name)
        if family is not None and _NUMBER.match(version):
            found = self._in_family(family, version, later)
            if found is not None:
                return found
        if base == form:
            return None
        known = self._names.get(base)
        if known is None or known == FAMILY:
            return known
        if " " in known:
            return None
        if not later or known.endswith(("-or-later", "+")):
            return known
        return known.removesuffix("-only") + "-or-later" if known.endswith("-only") else known + "+"

    def _in_family(self, family: str, version: str, later: bool) -> str | None:
        for spelled in (version, f"{version}.0"):
            id = family.replace("*", spelled)
            for candidate in (f"{id}-or-later",) if later else (f"{id}-only", id):
                known = self._ids.get(candidate)
                if known is not None and known.id:
                    return known.id
            known = self._ids.get(id) if later else None
            if known is not None and known.id:
                return f"{known.id}+"
        return FAMILY if family.startswith(_GNU) and len(version) <= 3 else None  # GNU licences of every version are free.


def _exception_names(key: str) -> set[str]:
    """What a ScanCode key calls its exception: `openssl-exception-gpl-2.0` and `gpl-2.0-openssl` both mean OpenSSL's."""
    stem = _EXCEPTION_STEM.match(key)
    names = {key, f"{stem[1]}-exception"} if stem else {key}
    return names | {
        f"{_GNU_PREFIX.sub('', name).removesuffix('-exception')}-exception" for name in names if _GNU_PREFIX.match(name)
    }
