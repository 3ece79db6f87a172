# SPDX-License-Identifier: Apache-2.0
"""Agencies under their many names: the same office in a folder, a column and a register is one agency. Pure."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_PUNCTUATION = re.compile(r"[\s\-_./\\,;:()\[\]'\"`*]+")
_REGION = re.compile(
    r"^(?P<name>.*\S)\s+(?:(?:pemerintah|pemda|pemkab|pemkot)\s+)?(?:kabupaten|kab|kota|pemkab|pemkot)\.?\s+\S+(?:\s+\S+){0,2}$",
    re.IGNORECASE,
)
_GOVERNMENT_OF = re.compile(r"\s+(?:pemerintah(?:\s+daerah)?|pemda|pemkab|pemkot)$", re.IGNORECASE)
_WHOLE_REGION = re.compile(
    r"^(?:pemerintah (?:daerah )?(?:kabupaten|kab|kota)|pemkab|pemkot|pemda|kabupaten|kab|kota)\b.*"
    r"|^(?:semua|seluruh)(?: (?:opd|skpd|pd|perangkat daerah|agencies|dinas|instansi|satker).*)?$|^(?:all|all agencies|pool)$"
)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 .,&()/'\-]*[A-Za-z0-9][A-Za-z0-9 .,&()/'\-]*")
_MOST_WORDS = 30
_LONGEST_SLUG = 80
_KINDS = frozenset(
    {"dinas", "badan", "kantor", "kecamatan", "camat", "bagian", "desa", "kelurahan", "sekretariat", "upt", "uptd"}
)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """A line of the agency table."""

    name: str
    aliases: tuple[str, ...] = ()
    devices_expected: int | None = None


class AgencyTable:
    """The agencies that are known by name; others go by the name they are given. A later row has a name before an earlier."""

    def __init__(self, rows: Iterable[AgencyRow]) -> None:
        self.rows = tuple(rows)
        self._by_key: dict[str, AgencyRow] = {}
        for row in reversed(self.rows):
            for name in (row.name, *row.aliases):
                self._by_key.setdefault(_plain_key(name), row)

    def find(self, name: str) -> AgencyRow | None:
        """The agency of that name or alias, or None where the table has none."""
        return self._by_key.get(_plain_key(name)) or self._by_key.get(_plain_key(without_region(name)))

    def find_within(self, text: str) -> AgencyRow | None:
        """The agency that the longest run of two words or more within a text names: `Lisensi Dinas Sosial 2024`."""
        words = _plain_key(text).split()[:_MOST_WORDS]
        runs = ((start, start + length) for length in range(len(words), 1, -1) for start in range(len(words) - length + 1))
        return next((row for start, end in runs if (row := self.find(" ".join(words[start:end]))) is not None), None)

    def canonical(self, name: str) -> str:
        """The table's name for an agency, or the name itself without a trailing regency or city."""
        if row := self.find(name):
            return row.name
        return " ".join(without_region(name).split())

    def key(self, name: str) -> str:
        """What two spellings of one agency share."""
        return _plain_key(self.canonical(name))


def display_names(names: Iterable[str], table: AgencyTable) -> dict[str, str]:
    """One name for each agency among its spellings, by AgencyTable.key; the same whatever the order they come in.

    >>> display_names(["dinas-x", "DINAS X", "Dinas X"], AgencyTable(()))
    {'dinas x': 'Dinas X'}
    """
    best: dict[str, str] = {}
    for name in sorted(names, key=lambda one: (one.islower() or one.isupper(), " " not in one, one)):
        best.setdefault(table.key(name), name)
    return best


def without_region(name: str) -> str:
    """The name without a trailing `Kabupaten X` or `Kota X`, as long as a name remains.

    >>> without_region("Dinas Kesehatan Kabupaten Tabanan")
    'Dinas Kesehatan'
    >>> without_region("Kecamatan Kota Baru")
    'Kecamatan Kota Baru'
    """
    match = _REGION.match(" ".join(name.replace("_", " ").split()))
    if match is None:
        match = _REGION.match(" ".join(name.replace("-", " ").replace("_", " ").split())) if " " not in name else None
    if match is None or match["name"].casefold() in _KINDS:
        return name
    return _GOVERNMENT_OF.sub("", match["name"]).rstrip(" -,")


def names_whole_region(name: str) -> bool:
    """Whether a register's agency column means every agency: empty, `Semua`, `Seluruh OPD`, `Pemerintah Kabupaten …`."""
    key = _plain_key(name)
    return not key or _WHOLE_REGION.match(key) is not None


def slug(name: str) -> str:
    """A name safe as a folder on every system: `dinas-komunikasi-dan-informatika`.

    >>> slug("Dinas Komunikasi & Informatika"), slug("../../etc"), slug("CON")
    ('dinas-komunikasi-dan-informatika', 'etc', 'con-opd')
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " dan ")).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-")
    if not found:
        found = "opd"
    return f"{found}-opd" if re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", found) else found


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A slug of its own for each name. It depends on no other name: what a plain slug would lose stands in a hash after it."""
    given = {name: slug(name) for name in names}
    shared = Counter(given.values())
    return {
        name: f"{short}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:6]}"
        if shared[short] > 1 or not _PLAIN_NAME.fullmatch(name) or len(name) > _LONGEST_SLUG
        else short
        for name, short in given.items()
    }


def _plain_key(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " dan ").replace("+", " dan ")
    return _PUNCTUATION.sub(" ", text).strip()
