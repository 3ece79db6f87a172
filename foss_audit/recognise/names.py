# SPDX-License-Identifier: Apache-2.0
"""The forms under which a title's name is looked up: as written, then without version, architecture and language."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_MARKS = re.compile(r"[®™©℠]|\((?:r|tm|c)\)")
_SPACES = re.compile(r"[\s_\u200b\ufeff]+")
_VERSION = r"v?\.?\d+(?:[.,\-]\d+)*[a-z]?(?:[\-.]?(?:rc|beta|alpha|b|sp|u|r|p)\d*)?"
_TRAILING_VERSION = re.compile(
    rf"[\s,\-–:]+(?:(?:version|versi|ver\.?|release|rel\.?|build|update|rev\.?|sp|service pack)\s*)?({_VERSION})\+?$"
)
_TRAILING_WORD = re.compile(r"[\s,\-–:]+([^\s,]+)$")
_TRAILING_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]$")
_EXTENSION = re.compile(r"(?<=\w)\.(?:app|exe|msi|lnk)$")
_LOCALE = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?-[a-z]{2}|[a-z]{2}_[a-z]{2}")
_EPOCH = re.compile(r"^\d+:")
_WORD_BEGINS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])|(?<=[A-Za-z]{2})(?=\d)")
_BARE_VERSION = re.compile(rf"{_VERSION}|kb\d+")


def normalise(text: str) -> str:
    """Case, width, trade marks and blanks made equal.

    >>> normalise("Microsoft®  Office_Word")
    'microsoft office word'
    """
    if text.isascii() and "(" not in text:  # nothing to make equal but case and blanks; most names are such
        return " ".join(text.casefold().replace("_", " ").split()).strip(" \"'")
    text = _MARKS.sub("", unicodedata.normalize("NFKC", _MARKS.sub("", text)).casefold())
    return _SPACES.sub(" ", text).strip(" \"'")


class Spellings:
    """Words of names as people spell them, and what they mean in the names of products.

    >>> Spellings({"profesional": "professional"}).mended("windows 10 profesional")
    'windows 10 professional'
    """

    def __init__(self, meant: Mapping[str, str] = MappingProxyType({})) -> None:
        self._meant = dict(meant)
        longest_first = sorted(meant, key=lambda spelling: (-len(spelling), spelling))
        words = "|".join(map(re.escape, longest_first)) or r"x\A"
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")

    def mended(self, name: str) -> str:
        """A normalised name with what is meant in place of what is spelt."""
        return self._pattern.sub(lambda match: self._meant[match[0]], name)


_AS_SPELT = Spellings()


def forms(
    name: str, version: str, noise: frozenset[str], prefixes: frozenset[str] = frozenset(), spellings: Spellings = _AS_SPELT
) -> tuple[str, ...]:
    """The name normalised, then ever shorter as trailing noise is taken off; the last is the bare product name.

    `noise` holds the words that say nothing of the product at the end of a name: architectures, languages, `remove only`;
    `prefixes` those that people write before it: `aplikasi`, `software`.

    >>> forms("7-Zip 22.01 (x64)", "22.01", frozenset({"x64"}))
    ('7-zip 22.01 (x64)', '7-zip 22.01', '7-zip', '7-zip (x64)')
    >>> forms("Firefox.app", "", frozenset()), forms("Aplikasi SIPD", "", frozenset(), frozenset({"aplikasi"}))
    (('firefox.app', 'firefox'), ('aplikasi sipd', 'sipd'))
    >>> forms("Microsoft Office Standard 2016 - id-id", "", frozenset())
    ('microsoft office standard 2016 - id-id', 'microsoft office standard 2016', 'microsoft office standard')
    """
    current = normalise(name)
    found = [current]
    if extension := _EXTENSION.search(current):
        current = current[: extension.start()]
        found.append(current)
    without_version = _without(current, normalise(version))
    while (shorter := _shorten(current, noise)) is not None:
        found.append(shorter)
        current = shorter
    shorter = without_version
    while shorter is not None and shorter not in found:
        found.append(shorter)
        shorter = _shorten(shorter, noise)
    for further in (_without_prefix(found[0], prefixes), spellings.mended(found[0])):
        if further and further != found[0]:
            found += forms(further, version, noise, prefixes, spellings)
    return tuple(dict.fromkeys(found))


def package_forms(exact: tuple[str, ...], version: str, suffixes: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a package is looked up as besides the forms of its name: with its version, and looser.

    The first are the forms with the package's version, but for the epoch that distributions put before it. The looser ones go
    without the channels that vendors put behind a name, and with blanks for hyphens: too loose to tell FOSS by.

    >>> package_forms(("google-chrome-stable",), "1:120.0-1", frozenset({"stable"}))
    (('google-chrome-stable@120.0-1',), ('google-chrome', 'google chrome stable', 'google chrome'))
    """
    plain_version = _EPOCH.sub("", normalise(version))
    versioned = tuple(f"{form}@{plain_version}" for form in exact) if plain_version else ()
    bare = [shorter for form in exact if (shorter := _without_suffixes(form, suffixes)) != form]
    spaced = [spelling for form in (*exact, *bare) if (spelling := form.replace("-", " ")) != form]
    return versioned, tuple(dict.fromkeys((*bare, *spaced)))


def version_in(exact: tuple[str, ...]) -> str:
    """The version that the forms of a name tell, of several the one next to the name; empty where there is none.

    >>> version_in(("laragon 6.0 220916", "laragon 6.0", "laragon")), version_in(("7-zip",))
    ('6.0', '')
    """
    found = [version[1] for version in map(_TRAILING_VERSION.search, exact) if version]
    return found[-1] if found else ""


def words_of_id(id: str) -> tuple[str, tuple[str, ...]]:
    """The publisher that an id `Publisher.Product` names, and the names that it tells, normalised.

    >>> words_of_id("Google.GoogleDrive")
    ('Google', ('google drive', 'googledrive', 'google.googledrive'))
    >>> words_of_id("Oracle.VirtualBox")[1]
    ('oracle virtual box', 'virtual box', 'oracle virtualbox', 'virtualbox', 'oracle.virtualbox')
    >>> words_of_id("Python.Python.3.12")
    ('Python', ('python', 'python.python.3.12'))
    """
    publisher, _, product = id.partition(".")
    parts = [part for part in product.split(".") if not part.isdecimal()] or [publisher]
    spaced = normalise(" ".join(_words(part, publisher) for part in parts))
    plain = normalise(" ".join(parts))
    maker = normalise(publisher)
    names = (name for spelling in (spaced, plain) for name in (_by(maker, spelling), spelling))
    return publisher, tuple(dict.fromkeys((*names, normalise(id))))


def _by(maker: str, name: str) -> str:
    return name if name.startswith(maker) else f"{maker} {name}"


def _words(part: str, publisher: str) -> str:
    """A part of an id as words. The publisher's own name is written as it writes it: `WinSCP` is one word."""
    if part.casefold() == publisher.casefold():
        return part
    if part.casefold().startswith(publisher.casefold()):
        return f"{part[: len(publisher)]} {_WORD_BEGINS.sub(' ', part[len(publisher) :])}"
    return _WORD_BEGINS.sub(" ", part)


def _without_suffixes(name: str, suffixes: frozenset[str]) -> str:
    stem, hyphen, last = name.rpartition("-")
    return _without_suffixes(stem, suffixes) if hyphen and stem and last in suffixes else name


def _without_prefix(name: str, prefixes: frozenset[str]) -> str:
    """What stands behind the first one or two words where they are a prefix, else nothing."""
    first, _, rest = name.partition(" ")
    second, _, behind = rest.partition(" ")
    if behind and f"{first} {second.rstrip(':.')}" in prefixes:
        return behind
    return rest if first.rstrip(":.") in prefixes else ""


def _without(name: str, version: str) -> str | None:
    """The name with its own version taken out of its middle, or None where it does not hold it."""
    if len(version) < 2 or version not in name:
        return None
    words = [word for word in name.split(" ") if word.strip("()[]v,-") != version]
    shorter = " ".join(words).strip(" -,:–")
    return shorter if shorter and shorter != name else None


def _shorten(name: str, noise: frozenset[str]) -> str | None:
    """The name without its last piece of noise, or None where the last piece is part of the name."""
    if bracket := _TRAILING_BRACKET.search(name):
        words = bracket.group(1).replace(",", " ").replace("/", " ").split()
        phrase = " ".join(words)
        if phrase in noise or all(_is_noise(word, noise) for word in words):
            return _tidy(name[: bracket.start()])
        return None
    if version := _TRAILING_VERSION.search(name):
        return _tidy(name[: version.start()])
    if (word := _TRAILING_WORD.search(name)) and _is_noise(word.group(1), noise):
        return _tidy(name[: word.start()])
    return None


def _is_noise(word: str, noise: frozenset[str]) -> bool:
    return word in noise or _LOCALE.fullmatch(word) is not None or _BARE_VERSION.fullmatch(word) is not None


def _tidy(name: str) -> str | None:
    name = name.rstrip(" -,:–")
    return name or None
