# SPDX-License-Identifier: Apache-2.0
"""A title as the catalogue is asked for it: every form of its name, its ids, who made it, which version it is. Pure."""

import re
from dataclasses import dataclass, field

from foss_audit.model import Title
from foss_audit.recognise.names import Spellings, forms, normalise, package_forms, version_in, words_of_id
from foss_audit.recognise.publishers import Publishers

LIBRARIES = frozenset(
    {"cargo", "composer", "conan", "conda", "cocoapods", "cpan", "cran", "gem", "golang", "hackage", "hex"}
    | {"maven", "npm", "nuget", "pub", "pypi", "swift"}
)
"""Package types by purl whose names are taken without regard to products: an npm package `opera` is no browser."""

DISTRIBUTIONS = frozenset({"deb", "rpm", "apk", "alpm"})
"""Package types whose names are the distribution's own: Debian's `slack` is no chat program unless its publisher says so."""

WINDOWS_PACKAGES = ("winget", "appx")
"""Package types whose ids `Publisher.Product` stand beside the names that people see."""

_ID_SCHEMES = {"chocolatey": "choco"}
"""Package types that the catalogue knows ids of, other than by purl."""
_PACKAGE_ID = re.compile(r"[^\s.]+(?:\.[^\s.]+)+")
_STORE_ID = re.compile(r"[0-9a-f]{4,8}", re.IGNORECASE)
"""What the Microsoft Store puts in the place of a publisher's name: `4DF9E0F8.Netflix`."""
ANY_MAKER = "*"
"""The maker of an id that names nobody: its words are enough."""
_APPX_NAME = re.compile(r"([\w.\-]+)_\d+(?:\.\d+)+_(?:x64|x86|arm64|arm|neutral)_[^_]*_[a-z0-9]{13}", re.IGNORECASE)
"""The full name of an AppX package: name, version, architecture, resource, hash of the publisher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A title as the catalogue is asked for it."""

    exact: tuple[str, ...]
    """The name as written, then ever shorter."""
    package_type: str = ""
    """By purl; empty for what is no package of a distribution, registry or collection."""
    versioned: tuple[str, ...] = ()
    """Only for lines made for packages: `redis-server@7.4.2`."""
    loose: tuple[str, ...] = ()
    """Only for what is not FOSS."""
    split: tuple[str, ...] = ()
    """The words of an id `Publisher.Product`: only for products of that publisher."""
    ids: tuple[str, ...] = ()
    """As Product.ids, and `title:…` by which products have the titles that a person assigned to them."""
    publishers: tuple[str, ...] = ()
    """Forms of the publisher; empty where none is stated."""
    makers: tuple[str, ...] = ()
    """Forms of the publisher that an id `Publisher.Product` names."""
    stated_version: str = ""

    @property
    def version(self) -> str:
        """The version as stated, or as the name tells it; empty where neither holds a number."""
        return self.stated_version if any(map(str.isdigit, self.stated_version)) else version_in(self.exact)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that globs are matched with."""
        return (*self.exact, *self.versioned, *self.loose, *self.split)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that say nothing of a product."""

    noise: frozenset[str] = frozenset()
    """At the end of a name."""
    prefixes: frozenset[str] = frozenset()
    """Before a name."""
    package_suffixes: frozenset[str] = frozenset()
    """At the end of a package's name."""
    spellings: Spellings = field(default_factory=Spellings)
    """Anywhere in a name."""


def ask(title: Title, words: Words, publishers: Publishers) -> Asked:
    """The forms of a title."""
    kind, _, id = title.origin.partition("/")
    if kind in LIBRARIES:
        name = normalise(title.name)
        return Asked(package_type=kind, exact=(name,), ids=(f"purl:{kind}/{name}",), stated_version=title.version)
    if kind and kind not in WINDOWS_PACKAGES:
        return _ask_of_package(kind, title, words, publishers)
    appx = _APPX_NAME.fullmatch(title.name.strip())
    name = appx[1] if appx else title.name.strip()
    exact = forms(name, title.version, words.noise, words.prefixes, words.spellings)
    id = id or name
    maker, split = words_of_id(id) if _PACKAGE_ID.fullmatch(id) else ("", ())
    ids = (f"title:{normalise(title.name) if appx else exact[0]}", *(f"{scheme}:{id.casefold()}" for scheme in WINDOWS_PACKAGES))
    return Asked(
        exact=exact,
        split=split,
        ids=ids,
        publishers=publishers.forms(title.publisher),
        makers=(ANY_MAKER,) if _STORE_ID.fullmatch(maker) else publishers.forms(maker),
        stated_version=title.version,
    )


def _ask_of_package(kind: str, title: Title, words: Words, publishers: Publishers) -> Asked:
    exact = forms(title.name, title.version, words.noise)
    versioned, loose = package_forms(exact, title.version, words.package_suffixes)
    return Asked(
        package_type=kind,
        exact=exact,
        versioned=versioned,
        loose=loose,
        ids=(f"purl:{kind}/{exact[0]}", f"{_ID_SCHEMES.get(kind, kind)}:{exact[0]}"),
        publishers=publishers.forms(title.publisher),
        stated_version=title.version,
    )
