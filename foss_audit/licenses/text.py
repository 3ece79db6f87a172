# SPDX-License-Identifier: Apache-2.0
"""The three ways a licence text is brought to one form before it is compared."""

import re
import unicodedata

MAX_LENGTH = 250_000
"""Characters. A longer text is no licence name, and is not read."""

MAX_NAME_LENGTH = 1_000
"""Characters. A longer stretch without an operator is a sentence or a licence's full text, no name."""

_DECORATION = str.maketrans(dict.fromkeys('[]{}<>"“”„«»`', " ") | dict.fromkeys("®™", ""))
_CLASSIFIER = re.compile(r"\blicen[sc]e\s*::\s*(?:[^:,;|]{1,80}::\s*){0,5}", re.IGNORECASE)
_LATER = re.compile(
    r"(?:\s*,)?\s*\(?\s*\b(?:or|and|atau|oder)[\s(-]+(?:\(?at your (?:option|choice|discretion)\)?,?\s+)?(?:any\s+)?"
    r"(?:later|newer|higher|greater|above|beyond|lebih\s+baru)\b(?:\s+versions?\b)?\s*\)?|\s*,\s*later\b",
    re.IGNORECASE,
)
_VERSION_AFTER_COMMA = re.compile(r"\s*,\s*(?=(?:version|versi|ver\.?|v\.?)\s*\d)", re.IGNORECASE)
_AT_LEAST = re.compile(r"\(\s*>=?\s*(\d[\d.]{0,10})\s*\)")
_EXACTLY = re.compile(r"\(\s*==?\s*(\d[\d.]{0,10})\s*\)")
_PLUS_FILE = re.compile(r"\s*\+\s*file\s+licen[sc]e\b", re.IGNORECASE)
_SHORT_WITH = re.compile(r"(?<=\s)w/\s*", re.IGNORECASE)
_DUAL = re.compile(r"^\s*(?:dual|tri|multi)(?:[\s-]*licen[sc](?:ed?|ing))?(?:\s+under)?\s*:?\s+(?=\S)", re.IGNORECASE)

_POSSESSIVE = re.compile(r"['’]s?\b")
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|\+")
_TRAILING_ZEROS = re.compile(r"(?:\.0+)+$")
_FILLERS = frozenset(
    {"the", "license", "licence", "licenses", "licences", "licensed", "licenced", "lisensi", "version", "versions", "versi", "ver"}
)
_SINGULAR = {"exceptions": "exception", "clauses": "clause"}


def prepare(text: str) -> str:
    """A text with decoration removed and the spellings that hold operator characters without meaning them rewritten.

    >>> prepare("GNU General Public License, version 2 or (at your option) any later version")
    'GNU General Public License version 2 or-later'
    >>> prepare("License :: OSI Approved :: MIT License")
    'MIT License'
    """
    text = " ".join(text.translate(_DECORATION).split())
    if "::" in text:
        text = _CLASSIFIER.sub("", text)
    if "=" in text:
        text = _EXACTLY.sub(r" \1", _AT_LEAST.sub(r" \1 or-later", text))
    if "+" in text:
        text = _PLUS_FILE.sub("", text)
    if "/" in text:
        text = _SHORT_WITH.sub("with ", text)
    if " " in text:
        text = _DUAL.sub("", _VERSION_AFTER_COMMA.sub(" ", _LATER.sub(" or-later", text)))
    return text.strip()


def name_form(text: str) -> str:
    """The form in which licence names are equal: case, blanks, punctuation, articles and the words licence and version gone.

    >>> name_form("The GPL-2.0 License") == name_form("gplv2") == "gpl 2"
    True
    >>> name_form("GPLv2+") == name_form("GPL-2.0-or-later")
    True
    """
    found = _TOKEN.findall(_POSSESSIVE.sub("", unicodedata.normalize("NFKC", text).casefold()))
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
    return " ".join(tokens)


def word_form(text: str) -> str:
    """The form in which phrases and claims are compared: case folded, punctuation made blank. Wildcards `*` and `?` stay.

    >>> word_form("Free for Non-Commercial use!")
    'free for non commercial use'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(character if character.isalnum() or character in "*?" else " " for character in folded).split())


def id_form(text: str) -> str:
    """The form in which override globs are compared: case folded, everything but letters, digits, dots and plus made a hyphen.

    >>> id_form("CC BY-NC 4.0")
    'cc-by-nc-4.0'
    """
    return "-".join(re.findall(r"[\w.+*?]+", unicodedata.normalize("NFKC", text).casefold().replace("_", "-")))
