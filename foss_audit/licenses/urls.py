# SPDX-License-Identifier: Apache-2.0
"""Addresses of licence texts and the licence name they hold."""

import fnmatch
import re
from collections.abc import Mapping
from itertools import pairwise

_ADDRESS = re.compile(r"^(?:https?://|www\.|(?:[\w-]{1,63}\.){1,8}[a-z]{2,8}/|/)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\.(?:html?|txt|md|rst|php|aspx?|pdf|[a-z]{2}))+$", re.IGNORECASE)
_ESCAPED = re.compile(r"%([2-7][0-9a-fA-F])")
_TEXT_FILE = re.compile(r"licen[sc]|copying|legal|notice", re.IGNORECASE)
_DEFINITE = re.compile(r"\d|licen[sc]e", re.IGNORECASE)
_CREATIVE_COMMONS = re.compile(r"/(licenses|publicdomain)/([a-z+-]{2,12})/(\d\.\d)(?:/([a-z]{2,5})(?=/|$))?", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether a text is an address or a path and nothing else."""
    return " " not in text and _ADDRESS.match(text) is not None


class AddressBook:
    """What addresses mean: those of licences by themselves, and those of sites that publish licences under their names.

    A line is told by its expression: an SPDX expression is what the address (a site, or a glob over site and path) means;
    `*` is a site in whose paths the names of licences are to be believed; `Apache-*` one whose paths hold only the version.
    """

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._sites = {address: expression.removesuffix("*") for address, expression in addresses.items() if "*" in expression}
        self._meant = [
            (re.compile(fnmatch.translate(address)), expression)
            for address, expression in sorted(addresses.items(), key=lambda line: (-len(line[0]), line[0]))
            if "*" not in expression
        ]

    def names_in(self, address: str) -> list[str]:
        """Licence names that an address may mean, likeliest first; empty where it does not say.

        >>> AddressBook({"gnu.org": "*"}).names_in("https://www.gnu.org/licenses/gpl-3.0.html")
        ['gpl-3.0', 'licenses']
        >>> AddressBook({"apache.org": "Apache-*"}).names_in("http://www.apache.org/licenses/LICENSE-2.0.txt")
        ['Apache-2.0', '2.0', 'licenses']
        >>> AddressBook({"json.org/license*": "JSON"}).names_in("https://www.json.org/license.html")
        ['JSON']
        """
        site, path = _site_and_path(address)
        plain = f"{site}{path}".rstrip("/").casefold()
        for pattern, expression in self._meant:
            if pattern.match(plain):
                return [expression]
        if site == "creativecommons.org":
            return _creative_commons(path)
        segments = [_spelled(segment) for segment in path.split("/") if segment]
        if not segments:
            return []
        if self.says_family(address):
            of_site = self._sites.get(site, "")
            pairs = [f"{of_site or name + '-'}{number}" for name, number in pairwise(segments) if number[:1].isdecimal()]
            return [*reversed(pairs), *reversed(segments)]
        last = segments[-1]
        return [last] if _DEFINITE.search(path.rpartition("/")[2]) and not _is_repository(site, segments) else []

    def says_family(self, address: str) -> bool:
        """Whether a licence's name without a version is to be believed in an address: on the sites that publish licences."""
        site, path = _site_and_path(address)
        return site in self._sites or "common-licenses" in path


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
    return re.sub(r"^licen[sc]es?[-_.]|[-_.](?:licen[sc]es?|standalone)$", "", text, flags=re.IGNORECASE)


def _is_repository(site: str, segments: list[str]) -> bool:
    return site in {"github.com", "gitlab.com", "bitbucket.org"} and len(segments) <= 2
