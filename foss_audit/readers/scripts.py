# SPDX-License-Identifier: Apache-2.0
"""Whether bytes are text of another script, or Western text with a few accents that could be read so."""

import re
from dataclasses import dataclass

_FEWEST = 4
"""Letters of another script below which a text is taken for Western."""
_SHARE = 0.7
"""Share of such letters that must stand together as in words, and be in everyday use: Western accents stand alone."""
_MIXED = 0.2
"""Share of words that may have Western letters too, in a script that has an alphabet."""


@dataclass(frozen=True, slots=True)
class _Script:
    """What text of a script looks like."""

    letters: str
    """Character class of its letters."""
    everyday: range | None = None
    """First bytes of the letters in everyday use, of an encoding with two bytes a letter; None for an alphabet."""
    lowest: int = 0
    """Least second byte of these."""


_CHINESE = "\u3400-\u9fff"
_JAPANESE = "\u3040-\u30ff\u3400-\u9fff"
_HANGUL = "\uac00-\ud7a3"
_CYRILLIC = "\u0400-\u045f"
_SCRIPTS = {
    "gb": _Script(_CHINESE, range(0xB0, 0xD8), 0xA1),
    "big5": _Script(_CHINESE, range(0xA4, 0xC7)),
    "cp950": _Script(_CHINESE, range(0xA4, 0xC7)),
    "cp932": _Script(_JAPANESE, range(0x82, 0x98)),
    "shift": _Script(_JAPANESE, range(0x82, 0x98)),
    "euc_j": _Script(_JAPANESE, range(0xA4, 0xD0), 0xA1),
    "cp949": _Script(_HANGUL, range(0xB0, 0xC9), 0xA1),
    "euc_kr": _Script(_HANGUL, range(0xB0, 0xC9), 0xA1),
    "cp1251": _Script(_CYRILLIC),
    "koi8": _Script(_CYRILLIC),
    "mac_cyrillic": _Script(_CYRILLIC),
    "iso8859_5": _Script(_CYRILLIC),
    "cp1253": _Script("\u0370-\u03ff"),
    "cp1255": _Script("\u05d0-\u05ea"),
    "cp1256": _Script("\u0620-\u06d2"),
    "cp874": _Script("\u0e01-\u0e5b"),
    "tis_620": _Script("\u0e01-\u0e5b"),
}
"""By the beginning of the name that Python gives the encoding."""
_ALWAYS_ASKED = ("cp949", "gb18030", "big5", "cp932", "cp1251")
"""Encodings in use that statistics miss in short texts; of equals the first."""


def likeliest(content: bytes, guessed: str) -> str | None:
    """The encoding of another script that some lines speak for, first the one that statistics guessed; None for Western text.

    >>> likeliest("Café™ Söft".encode("cp1252"), "gb18030")
    >>> likeliest("金山办公软件".encode("gb18030"), "cp1252")
    'gb18030'
    """
    offers = [guessed, *(encoding for encoding in _ALWAYS_ASKED if encoding != guessed)]
    score, _, encoding = max((_plausibility(encoding, content), -order, encoding) for order, encoding in enumerate(offers))
    return encoding if score >= _SHARE else None


def _plausibility(encoding: str, content: bytes) -> float:
    """Share of the letters that are as in text of the encoding's script; 0 for a Western one, and for too little of another."""
    script = next((script for name, script in _SCRIPTS.items() if encoding.startswith(name)), None)
    if script is None:
        return 0.0
    text = content.decode(encoding, errors="replace")
    letters = re.findall(f"[{script.letters}]", text)
    others = sum(character > "\x9f" for character in text) - len(letters)
    if len(letters) < max(_FEWEST, others):
        return 0.0
    least = 3 if script.everyday is None else 2
    together = sum(map(len, re.findall(f"[{script.letters}]{{{least},}}", text)))
    if script.everyday is None:
        return together / len(letters) if _mixed(script, text) <= _MIXED else 0.0
    everyday = sum(_is_everyday(script.everyday, script.lowest, letter.encode(encoding)) for letter in letters)
    return min(together, everyday) / len(letters)


def _mixed(script: _Script, text: str) -> float:
    words = re.findall(f"[A-Za-z]*[{script.letters}][A-Za-z{script.letters}]*", text)
    return sum(re.search("[A-Za-z]", word) is not None for word in words) / max(len(words), 1)


def _is_everyday(leads: range, lowest: int, encoded: bytes) -> bool:
    return len(encoded) == 2 and encoded[0] in leads and encoded[1] >= lowest
