# SPDX-License-Identifier: Apache-2.0
"""Addresses of licence texts and the licence name they hold."""

import re
from itertools import pairwise

_ADDRESS = re.compile(r"^(?:https?://|www\.|(?:[\w-]{1,63}\.){1,8}[a-z]{2,8}/|/)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\.(?:html?|txt|md|rst|php|aspx?|pdf|[a-z]{2}))+$", re.IGNORECASE)
_ESCAPED = re.compile(r"%([2-7][0-9a-fA-F])")
_TEXT_FILE = re.compile(r"licen[sc]|copying|legal|notice", re.IGNORECASE)
_DEFINITE = re.compile(r"\d|licen[sc]e", re.IGNORECASE)
_LICENSE_SITES = frozenset(
    {
        "apache.org",
        "artlibre.org",
        "boost.org",
        "cecill.info",
        "choosealicense.com",
        "creativecommons.org",
        "eclipse.org",
        "fsf.org",
        "gnu.org",
        "latex-project.org",
        "licenses.nuget.org",
        "mozilla.org",
        "opensource.org",
        "php.net",
        "python.org",
        "scripts.sil.org",
        "spdx.org",
        "unlicense.org",
        "wtfpl.net",
    }
)
_SITE_NAMES = {"apache.org": "apache", "php.net": "php"}
_SITES_OF_ONE = {"unlicense.org": "Unlicense", "wtfpl.net": "WTFPL", "boost.org": "BSL-1.0"}
_CREATIVE_COMMONS = re.compile(r"/(licenses|publicdomain)/([a-z+-]{2,12})/(\d\.\d)(?:/([a-z]{2,5})(?=/|$))?", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether a text is an address or a path and nothing else."""
    return " " not in text and _ADDRESS.match(text) is not None


def names_in(address: str) -> list[str]:
    """Licence names that an address may mean, likeliest first; empty where it does not say.

    >>> names_in("https://www.gnu.org/licenses/gpl-3.0.html")
    ['gpl-3.0', 'licenses']
    >>> names_in("https://creativecommons.org/licenses/by-sa/4.0/")
    ['cc-by-sa-4.0']
    """
    site, path = _site_and_path(address)
    if site in _SITES_OF_ONE:
        return [_SITES_OF_ONE[site]]
    if site == "creativecommons.org":
        return _creative_commons(path)
    segments = [_spelled(segment) for segment in path.split("/") if segment]
    if not segments:
        return []
    if says_family(address):
        pairs = [f"{_SITE_NAMES.get(site, name)}-{number}" for name, number in pairwise(segments) if number[:1].isdecimal()]
        return [*reversed(pairs), *reversed(segments)]
    last = segments[-1]
    return [last] if _DEFINITE.search(path.rpartition("/")[2]) and not _is_repository(site, segments) else []


def says_family(address: str) -> bool:
    """Whether a licence's name without a version is to be believed in an address: on the sites that publish licences."""
    site, path = _site_and_path(address)
    return site in _LICENSE_SITES or "common-licenses" in path


def is_pointer(address: str) -> bool:
    """Whether an address leads to a licence text rather than to terms of its own."""
    _, path = _site_and_path(address)
    return bool(_TEXT_FILE.search(path))


def _site_and_path(address: str) -> tuple[str, str]:
    address = re.split(r"[?#]", re.sub(r"^https?://", "", address, flags=re.IGNORECASE), maxsplit=1)[0]
    site, slash, path = address.partition("/")
    return site.casefold().removeprefix("www.").partition(":")[0], slash + path


def _creative_commons(path: str) -> list[str]:
    match = _CREATIVE_COMMONS.search(path)
    if not match:
        return []
    kind, terms, version, country = match.groups()
    if kind.casefold() == "publicdomain":
        return [f"cc0-{version}"] if terms.casefold() == "zero" else ["public domain"]
    base = f"cc-{terms}-{version}"
    return [f"{base}-{country}", base] if country else [base]


def _spelled(segment: str) -> str:
    """A path segment without its ending and the word licence: `mit-license.php` is `mit`, `LICENSE-2.0.txt` is `2.0`."""
    text = re.sub(r"(?<=\d)_(?=\d)", ".", _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), _SUFFIX.sub("", segment)))
    return re.sub(r"^licen[sc]es?[-_.]|[-_.]licen[sc]es?$", "", text, flags=re.IGNORECASE)


def _is_repository(site: str, segments: list[str]) -> bool:
    return site in {"github.com", "gitlab.com", "bitbucket.org"} and len(segments) <= 2
