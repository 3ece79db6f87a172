# SPDX-License-Identifier: Apache-2.0
"""One licence name without operators around it, however it is written, and what it means."""

import re
from collections.abc import Callable

from foss_audit.catalogue import LicenseModel
from foss_audit.licenses.ids import IdIndex, LicenseId
from foss_audit.licenses.names import FAMILY, SAID_FREE, NameIndex
from foss_audit.licenses.node import AND, WITH, Node, combine, single, unknown
from foss_audit.licenses.phrases import PhraseBook
from foss_audit.licenses.text import MAX_NAME_LENGTH, name_form, word_form
from foss_audit.licenses.urls import AddressBook, is_address
from foss_audit.messages import Message, message
from foss_audit.model import Freedom, LicensePart

_CACHE_SIZE = 50_000
_REFERENCE = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?(?:LicenseRef|AdditionRef)-([A-Za-z0-9.-]+)$", re.IGNORECASE)
_WITH = re.compile(r"^(.+?)[\s_-](?:with|dengan)[\s_-](.+)$", re.IGNORECASE)
_SAYS_WITH = re.compile(r"with|dengan", re.IGNORECASE)
_WITH_INSIDE = re.compile(r"^(\S+?)with(\S*exceptions?)$", re.IGNORECASE)
_ANNOTATION = re.compile(r"^([^()]+)\(([^()]*)\)[\s.]*$")
_POINTER_NOTE = re.compile(r"^\s*(?:see\b|please see\b|lihat\b|https?:|www\.|/)", re.IGNORECASE)
_DASH = re.compile(r"\s(–|—|-)\s")
_ADDRESS_INSIDE = re.compile(r"\s*\(?\bhttps?://\S+", re.IGNORECASE)
_GRANT = re.compile(
    r"^(?:(?:this|the)\s+\S+\s+(?:is|are)\s+|this\s+is\s+free\s+software,?\s+)?(?:licen[sc]ed|released|distributed|available|provided|published)\s+under:?\s+"
    r"(?:the\s+)?(?:terms?\s+(?:and\s+conditions\s+)?of\s+)?(?:the\s+)?(.+)$",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DENYING = frozenset(("non", "not", "or", "dual"))
_UNFREE_WORDS = {
    "noncommercial": LicenseModel.RESTRICTED_FREEWARE,
    "proprietary": LicenseModel.UNKNOWN,
    "eula": LicenseModel.UNKNOWN,
    "confidential": LicenseModel.UNKNOWN,
    "commercial": LicenseModel.COMMERCIAL,
    "freeware": LicenseModel.FREEWARE,
    "shareware": LicenseModel.TRIALWARE,
    "evaluation": LicenseModel.TRIALWARE,
}
_MAX_EXCEPTION_WORDS = 14
_SAID_FREE = message("said to be open source, but not by which licence")
_OF_ITS_DOCUMENT = message("licence that only its document knows")


class LeafReader:
    """Reads single licence names, each distinct one once."""

    def __init__(
        self, ids: IdIndex, names: NameIndex, phrases: PhraseBook, addresses: AddressBook, parse: Callable[[str], Node]
    ) -> None:
        self._ids, self._names, self._phrases, self._addresses = ids, names, phrases, addresses
        self._parse = parse
        self._cache: dict[str, Node] = {}

    def read(self, text: str) -> Node:
        """What a name means; a node that is not `known` where nothing recognises it."""
        cached = self._cache.get(text)
        if cached is None:
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            cached = self._cache[text] = self._read(text)
        return cached

    def exact(self, text: str) -> Node:
        """What an SPDX or ScanCode id means, spelled as the lists spell it."""
        return self._id(text) or self._with(text, self.exact) or unknown(text)

    def _read(self, text: str) -> Node:
        if len(text) > MAX_NAME_LENGTH:
            return unknown(text[:MAX_NAME_LENGTH] + "…", message("too long for a licence name"))
        if is_address(text):
            return self._address(text)
        return (
            self._id(text)
            or self._named(text)
            or self._reference(text)
            or self._decided(self._with(text, self.read))
            or self._annotated(text)
            or self._dashed(text)
            or self._unfree(text)
            or self._exception_at_end(text)
            or self._granted(text)
            or self._several(text)
            or self._variant(text)
            or self._with(text, self.read)
            or unknown(text)
        )

    @staticmethod
    def _decided(node: Node | None) -> Node | None:
        return node if node is not None and node.freedom is not Freedom.UNDECIDED else None

    def undecided_ids(self) -> list[str]:
        """SPDX ids of whose freedom nothing is known, sorted."""
        return self._ids.undecided()

    def named(self, text: str) -> Node | None:
        """What a whole text means that is a name although it holds operators: `Functional Source License, Version 1.1, …`."""
        return self._named(text)

    def _id(self, text: str) -> Node | None:
        known = self._ids.get(text)
        if known is not None:
            if known.deprecated:
                return self._named(text) or self._with(text, self.exact) or self._listed(text, known)
            if known.id.casefold() != text.casefold():
                # ScanCode's keys are words like any others ("unknown"), and the rule pack knows better what people mean by them.
                spoken = not text.startswith("LicenseRef-") and not (known.id and known.id in self._ids.spdx)
                meant = self._named(text) or (self._told(text) if spoken else None)
                if meant is None and spoken and (known.freedom is Freedom.UNDECIDED or _is_word(text, known)):
                    return None
                return meant or self._listed(text, known)
            return self._listed(text, known)
        if text.endswith("+"):
            base = self._ids.get(text[:-1])
            if base is not None and base.id and not base.exception and not base.id.endswith(("-only", "-or-later")):
                return self._listed(text, base, suffix="+")
        return None

    def _listed(self, text: str, known: LicenseId, suffix: str = "") -> Node:
        model = LicenseModel.UNKNOWN
        if known.freedom is Freedom.NOT_FREE:
            told = self._phrases.find(known.id or text)
            model = told[1] if told else LicenseModel.COMMERCIAL if known.commercial else LicenseModel.UNKNOWN
        expression: str | None = known.id + suffix
        if text.startswith("LicenseRef-"):
            expression = text
        elif not known.id or (known.exception and not known.id.startswith("LicenseRef-")):
            expression = None  # An exception is no licence by itself.
        return single(known.id + suffix or text, known.freedom, known.reason, expression, model, known.category)

    def _named(self, text: str) -> Node | None:
        expression = self._names.expression(name_form(text))
        return None if expression is None else self.meant(text, expression)

    def meant(self, text: str, expression: str) -> Node:
        """What an alias means: `text` as it was written, `expression` as NameIndex has it."""
        if expression == SAID_FREE:
            return single(text, Freedom.UNDECIDED, _SAID_FREE)
        if expression == FAMILY:
            return single(text, Freedom.FREE, message("free in every version or variant; which one is left open"))
        if " " in expression:
            return self._parse(expression)
        known = self._ids.get(expression)
        if known is not None and known.id:
            return (self._with(expression, self.exact) if known.deprecated else None) or self._listed(expression, known)
        return self._id(expression) or self._reference(expression) or unknown(expression)

    def _reference(self, text: str) -> Node | None:
        """A licence that its document calls by a name of its own: what the name says, where it says something."""
        match = _REFERENCE.match(text)
        if match is None:
            return None
        judged = self._ids.override(text)
        if judged is not None:
            told = self._phrases.find(text)
            model = told[1] if told and judged[0] is Freedom.NOT_FREE else LicenseModel.UNKNOWN
            return single(text, *judged, text, model)
        name = match[1]
        words = word_form(_CAMEL.sub(" ", name)).split()
        if "non" in words and "commercial" in words:
            words.append("noncommercial")
        elif not _DENYING.isdisjoint(words):
            return unknown(text, _OF_ITS_DOCUMENT, text)
        for word, model in () if _UNFREE_WORDS.keys().isdisjoint(words) else _UNFREE_WORDS.items():
            if word in words:
                return single(text, Freedom.NOT_FREE, message("named {word}", word=word), text, model)
        meant = (self._named(name) or self._with(name, self.read)) if len(name) > 2 else None
        if meant is not None and meant.freedom is not Freedom.UNDECIDED:
            reason = message("named after {license}", license=meant.expression or name)
            return single(text, meant.freedom, reason, text, meant.model, meant.part.category)
        return unknown(text, _OF_ITS_DOCUMENT, text)

    def _address(self, text: str) -> Node:
        for name in self._addresses.names_in(text):
            found = self._parse(name) if " " in name and len(name) <= MAX_NAME_LENGTH else self._id(name) or self._named(name)
            if found is not None and (found.expression is not None or self._addresses.says_family(text)):
                return found
        told = self._phrases.find(re.split(r"[?#]", text, maxsplit=1)[0])
        if told is not None:
            return single(text, Freedom.NOT_FREE, _phrase(told[0]), None, told[1])
        return unknown(text, message("address that does not say which licence"))

    def _with(self, text: str, read: Callable[[str], Node]) -> Node | None:
        if not _SAYS_WITH.search(text):  # Cheaper than the two patterns that tell where.
            return None
        match = _WITH.match(text) or _WITH_INSIDE.match(text)
        if match is None:
            return None
        base = read(match[1].strip(" ,-_"))
        return self._join_exception(base, match[2].strip(" -_")) if base.known else None

    def _join_exception(self, base: Node, text: str) -> Node:
        freedom, reason, expression = self._exception(text, base.expression)
        joined = Freedom.NOT_FREE if Freedom.NOT_FREE in (base.freedom, freedom) else base.freedom
        if base.freedom is Freedom.FREE:
            joined = freedom
        addition = LicensePart(expression or text, freedom, reason)
        part = LicensePart(WITH, joined, message("by base licence and exception"), (base.part, addition))
        whole = f"{base.expression} WITH {expression}" if base.expression and expression and not base.operator else None
        return Node(part, whole, base.model, WITH if whole else "")

    def _exception(self, text: str, base: str | None) -> tuple[Freedom, Message, str | None]:
        judged = self._ids.override(text)
        if judged is not None and judged[0] is Freedom.NOT_FREE:
            return *judged, None
        known = self._ids.get(text)
        form = name_form(text)
        if known is None or not known.exception:
            named = self._names.exception(form, base)
            known = self._ids.get(named) if named else None
        if known is not None:
            return known.freedom, known.reason, known.id
        several = self._names.scancode_exceptions(form)
        if several and all(one.freedom is Freedom.FREE for one in several):
            return Freedom.FREE, several[0].reason, several[0].id or None if len(several) == 1 else None
        return Freedom.UNDECIDED, message("unknown addition"), None

    def _annotated(self, text: str) -> Node | None:
        """A name with a note in brackets that repeats it, spells it out, or says where to find the text."""
        match = _ANNOTATION.match(text)
        if match is None:
            stripped = _ADDRESS_INSIDE.sub("", text).strip(" ;:-)")
            return self.read(stripped) if stripped and stripped != text else None
        name, note = match[1].strip(), match[2].strip()
        return self._noted(name, note)

    def _dashed(self, text: str) -> Node | None:
        """`WTFPL – Do What the Fuck You Want To Public License`: a name and what it is short for."""
        name, dash, note = _DASH.split(text, maxsplit=1) if _DASH.search(text) else (text, "", "")
        return self._noted(name.strip(), note.strip()) if dash and name_form(name) else None

    def _noted(self, name: str, note: str) -> Node | None:
        base = self.read(name)
        if not base.known:
            return None
        if _POINTER_NOTE.match(note) or not name_form(note) or name_form(note).startswith(name_form(name)):
            return base
        noted = self.read(note)
        if base.part.reason is _SAID_FREE:
            return noted if noted.known else base
        if noted.part.reason is _SAID_FREE:
            return noted if base.freedom is Freedom.NOT_FREE else base
        if not noted.known or noted.freedom is not base.freedom:
            return None
        if noted.expression is None or noted.expression == base.expression:
            return base
        return noted if base.expression is None else None

    def _unfree(self, text: str) -> Node | None:
        """Names and plain words that say what may not be done, or that nothing is given away."""
        judged = self._ids.override(text)
        if judged is None:
            return self._told(text)
        told = self._phrases.find(text) if judged[0] is Freedom.NOT_FREE else None
        return single(text, *judged, None, told[1] if told else LicenseModel.UNKNOWN)

    def _told(self, text: str) -> Node | None:
        told = self._phrases.find(text)
        return single(text, Freedom.NOT_FREE, _phrase(told[0]), None, told[1]) if told is not None else None

    def _exception_at_end(self, text: str) -> Node | None:
        """`Apache-2.0-LLVM-exception`: the longest beginning that is a licence, then the exception."""
        words = name_form(text).split()
        if (
            not words
            or words[-1] != "exception"
            or len(words) > _MAX_EXCEPTION_WORDS
            or self._names.exception(" ".join(words), None)
        ):
            return None
        for end in range(len(words) - 1, 0, -1):
            base = self._named(" ".join(words[:end]))
            if base is not None:
                return self._join_exception(base, " ".join(words[end:]))
        return None

    def _variant(self, text: str) -> Node | None:
        if self._names.is_variant(name_form(text)):
            return single(text, Freedom.FREE, message("variant of a free licence; which text is left open"))
        return None

    def _granted(self, text: str) -> Node | None:
        match = _GRANT.match(text)
        if match is None:
            return None
        meant = self.read(match[1].rstrip(" .!"))
        return meant if meant.known else None

    def _several(self, text: str) -> Node | None:
        """Licences with nothing between them but blanks or a plus: all of them hold."""
        words = text.split() if " " in text else text.split("+")
        if not 2 <= len(words) <= 20:
            return None
        nodes = [self._id(word) or self._named(word) or self._hyphenated(word) for word in words if name_form(word)]
        found = [node for node in nodes if node is not None]
        return combine(AND, found) if len(found) == len(nodes) >= 2 else None

    def _hyphenated(self, word: str) -> Node | None:
        """A phrase written as one word among ids: `all-rights-reserved Apache-2.0`."""
        return self._told(word) if "-" in word else None


def _is_word(text: str, known: LicenseId) -> bool:
    """Whether a key of what is not free is a mere word, by which others call other licences: `HP`."""
    return known.freedom is Freedom.NOT_FREE and text.isalpha()


def _phrase(pattern: str) -> Message:
    return message("the words {phrase}", phrase=pattern)
