# SPDX-License-Identifier: Apache-2.0
"""The three ways a licence text is brought to one form before it is compared."""

import re
import unicodedata

MAX_LENGTH = 250_000
"""Characters. A longer text is no licence name, and is not read."""

MAX_NAME_LENGTH = 1_000
"""Characters. A longer stretch without an operator is a sentence or a licence's full text, no name."""

_DECORATION = str.maketrans(dict.fromkeys('[]{}<>"“”„«»`', " ") | dict.fromkeys("®™", ""))
_ODD = re.compile(r"[^\w\s().,;:/+-]")
_CLASSIFIER = re.compile(r"\blicen[sc]e\s*::\s*(?:[^:,;|]{1,80}::\s*){0,5}", re.IGNORECASE)
_LATER = re.compile(
    r"(?:,\s?|,?\s\(?)\(?(?:or|and|atau|oder)[\s(-]+(?:\(?at your (?:option|choice|discretion)\)?,?\s)?(?:any\s)?"
    r"(?:later|newer|higher|greater|above|beyond|lebih\sbaru)\b(?:\sversions?\b)?(?:\s?\))?|,\s?later\b",
    re.IGNORECASE,
)
_MAYBE_LATER = re.compile(r"later|newer|higher|greater|above|beyond|baru", re.IGNORECASE)
_VERSION_AFTER_COMMA = re.compile(r"\s*,\s*(?=(?:version|versi|ver\.?|v\.?)\s?\d|\d[\s-]clause\b(?!\sbsd))", re.IGNORECASE)
_DATED = re.compile(
    r"\s?,?\s(?:\d{1,2}\s)?(?:january|february|march|april|may|june|july|august|september|october|november|december)\s(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"\(\s?(?:>=?|≥)\s?(\d[\d.]{0,10})\s?\)")
_EXACTLY = re.compile(r"\(\s?==?\s?(\d[\d.]{0,10})\s?\)")
_PLUS_FILE = re.compile(r"\s*\+\s*file\s+licen[sc]e\b", re.IGNORECASE)
_SHORT_WITH = re.compile(r"(?<=\s)w/\s*", re.IGNORECASE)
_DUAL = re.compile(
    r"^\s*(?:your choice of|dual|(?:dual|tri|multi)[\s-]*licen[sc](?:ed?|ing)(?:\sunder)?)\s?:?\s"
    r"(?:consisting of\s)?(?:the\s)?(?=\S)",
    re.IGNORECASE,
)

_VERSION_BY_UNDERSCORES = re.compile(r"(?<=[a-z])_(\d)_(\d)\b")
"""`apache_2_0`, as CPAN writes it."""
_JOINED_BY_UNDERSCORES = re.compile(r"(?<=[\w+])_(or|and|with)_(?=[A-Za-z])")
_GENTOO_CHOICE = re.compile(r"(?:([^\s|()]+)\s)?\|\|\s\(\s([^()|]{1,400})\s\)")
_WITH_AFTER_COMMA = re.compile(r"\s*,\s+(?=with\s)", re.IGNORECASE)
_ACRONYM_BEFORE_VERSION = re.compile(r"\s\([A-Z][A-Za-z]{1,8}\),?\s(?=(?:version\s|ver\.?\s|v\.?\s?)?\d)", re.IGNORECASE)
_POINTER = re.compile(
    r"(?<=\S)\s*[.,;(-]*\s*\b(?:please\s)?see\s(?:the\s)?[\w./-]{0,60}(?:licen[sc]e|copying|notice|readme)[\w./-]{0,20}"
    r"(?:\s(?:file|for|detailed|info|details|information|more|terms|the|in|this|package)){0,8}[\s.)]*$",
    re.IGNORECASE,
)
"""A note at the end that says where the text is."""
_ARCH_OWN = re.compile(r"\bcustom:\s*", re.IGNORECASE)
"""Before licences that Arch has no common text of: `custom:MIT`."""
_PERL_GRANT = re.compile(r"^this is free software,?\s+(?=licen[sc]ed\b)", re.IGNORECASE)
_DASHED_OPERATOR = re.compile(r"\s-(or|and)-\s", re.IGNORECASE)

_PLAIN_EXPRESSION = re.compile(r"(?:\(*[A-Za-z0-9.+-]+\)* (?:AND|OR|WITH) )+\(*[A-Za-z0-9.+-]+\)*")

_POSSESSIVE = re.compile(r"['’]s?\b")
_GLUED_VERSION = re.compile(r"(?<=[a-z])v(?=\d)")
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|\+")
_NOT_A_WORD = re.compile(r"[^a-z0-9*?]+")
_ID_WORD = re.compile(r"[\w.+*?]+")
_TRAILING_ZEROS = re.compile(r"(?:\.0+)+$")
_FILLERS = frozenset(
    (
        "the",
        "license",
        "licence",
        "licenses",
        "licences",
        "licensed",
        "licenced",
        "lisensi",
        "version",
        "versions",
        "versi",
        "ver",
    )
)
_JOINED = re.compile(r"\b(non|share|no) (commercial|alike|derivatives|derivs)\b")
"""Words that some join and some do not, as in the names of Creative Commons."""
_SINGULAR = {"exceptions": "exception", "clauses": "clause"}


def is_plain_expression(text: str) -> bool:
    """Whether a text is written as SPDX expressions are, so that there is nothing to prepare.

    >>> is_plain_expression("(MIT OR GPL-2.0+) AND Zlib"), is_plain_expression("MIT or Zlib"), is_plain_expression("MIT AND")
    (True, False, False)
    """
    return _PLAIN_EXPRESSION.fullmatch(text) is not None


def prepare(text: str) -> str:
    """A text with decoration removed and the spellings that hold operator characters without meaning them rewritten.

    >>> prepare("GNU General Public License, version 2 or (at your option) any later version")
    'GNU General Public License version 2 or-later'
    >>> prepare("License :: OSI Approved :: MIT License")
    'MIT License'
    """
    if "=" in text or "≥" in text:
        text = _EXACTLY.sub(r" \1", _AT_LEAST.sub(r" \1 or-later", text))
    if _ODD.search(text):
        text = text.translate(_DECORATION)
    text = " ".join(text.split())
    if "::" in text:
        text = _CLASSIFIER.sub("", text)
    if ":" in text:
        text = _ARCH_OWN.sub("", text)
    if "_" in text:
        text = _VERSION_BY_UNDERSCORES.sub(r"-\1.\2", _JOINED_BY_UNDERSCORES.sub(r" \1 ", text))
    if "||" in text:
        text = _GENTOO_CHOICE.sub(_as_choice, text)
    if "+" in text:
        text = _PLUS_FILE.sub("", text)
    if "/" in text:
        text = _SHORT_WITH.sub("with ", text)
    if " " in text:
        if _MAYBE_LATER.search(text):
            text = _LATER.sub(" or-later", text)
        if "," in text:
            text = _WITH_AFTER_COMMA.sub(" ", _VERSION_AFTER_COMMA.sub(" ", text))
        if "(" in text:
            text = _ACRONYM_BEFORE_VERSION.sub(" ", text)
        if "ee " in text or "EE " in text:
            text = _POINTER.sub("", text)
        if "-" in text:
            text = _DASHED_OPERATOR.sub(r" \1 ", text)
        if "19" in text or "20" in text:
            text = _DATED.sub("", text)
        text = _PERL_GRANT.sub("", _DUAL.sub("", text))
    return text.strip()


def _as_choice(match: re.Match[str]) -> str:
    """`GPL-2+ || ( MIT BSD )`, as Gentoo writes it: a name, and one of those in the brackets."""
    joint = " AND " if match[1] else ""
    return f"{match[1] or ''}{joint}({' OR '.join(match[2].split())})"


def name_form(text: str) -> str:
    """The form in which licence names are equal: case, blanks, punctuation, articles and the words licence and version gone.

    >>> name_form("The GPL-2.0 License") == name_form("gplv2") == "gpl 2"
    True
    >>> name_form("GPLv2+") == name_form("GPL-2.0-or-later")
    True
    """
    folded = _folded(text)
    if "'" in folded or "’" in folded:
        folded = _POSSESSIVE.sub("", folded)
    if "v" in folded:
        folded = _GLUED_VERSION.sub(" v", folded)
    found = _TOKEN.findall(folded)
    tokens: list[str] = []
    for number, word in enumerate(found):
        if word in _FILLERS or (word == "v" and number + 1 < len(found) and found[number + 1][0].isdecimal()):
            continue
        if word[0].isdecimal():
            tokens.append(_TRAILING_ZEROS.sub("", word))
        elif word == "+":
            tokens += ["or", "later"]
        else:
            tokens.append(_SINGULAR.get(word, word))
    form = " ".join(tokens)
    return _JOINED.sub(r"\1\2", form) if "non " in form or "no " in form or "share " in form else form


def word_form(text: str) -> str:
    """The form in which phrases and claims are compared: case folded, punctuation made blank. Wildcards `*` and `?` stay.

    >>> word_form("Free for Non-Commercial use!")
    'free for non commercial use'
    """
    folded = _folded(text)
    if folded.isascii():
        return _NOT_A_WORD.sub(" ", folded).strip()
    return " ".join("".join(character if character.isalnum() or character in "*?" else " " for character in folded).split())


def id_form(text: str) -> str:
    """The form in which override globs are compared: case folded, everything but letters, digits, dots and plus made a hyphen.

    >>> id_form("CC BY-NC 4.0")
    'cc-by-nc-4.0'
    """
    return "-".join(_ID_WORD.findall(_folded(text).replace("_", "-")))


def _folded(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
