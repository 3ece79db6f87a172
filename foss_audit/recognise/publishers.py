# SPDX-License-Identifier: Apache-2.0
"""Who a title says made it: as written, as its certificate names it, and under the one name that the catalogue uses. Pure."""

import re
from collections.abc import Iterable, Mapping

from foss_audit.recognise.globs import Glob, GlobIndex
from foss_audit.recognise.names import normalise

_FIELD = re.compile(r"(?:^|,\s*)(cn|o)=(?:\"([^\"]*)\"|((?:[^,]|,(?!\s*\w{1,2}=))*))")
"""The common name and the organisation in the subject of a certificate, which AppX packages give as their publisher."""

_SIGNED = re.compile(r"^developer id application: (.+?)(?: \([0-9a-z]{10}\))?$")
"""How macOS names who signed an application."""


class Publishers:
    """The names that publishers have gone by."""

    def __init__(self, aliases: Mapping[str, Iterable[str]]) -> None:
        """`aliases`: the one name of each publisher, with globs over the normalised names that it is met under."""
        self._names = tuple(normalise(name) for name in sorted(aliases))
        self._index = GlobIndex(
            Glob(pattern, number) for number, name in enumerate(sorted(aliases)) for pattern in (normalise(name), *aliases[name])
        )
        self._forms: dict[str, tuple[str, ...]] = {}

    def forms(self, publisher: str) -> tuple[str, ...]:
        """What a publisher is compared by, normalised; () where none is stated.

        >>> Publishers({"Adobe": ["adobe *"]}).forms("CN=Adobe Inc., OU=DVA, O=Adobe Inc., C=US")
        ('cn=adobe inc., ou=dva, o=adobe inc., c=us', 'adobe inc.', 'adobe')
        """
        known = self._forms.get(publisher)
        if known is None:
            known = self._forms[publisher] = self._read(normalise(publisher))
        return known

    def _read(self, plain: str) -> tuple[str, ...]:
        if not plain:
            return ()
        found = [plain, *((quoted or bare).strip() for _, quoted, bare in _FIELD.findall(plain)), *_SIGNED.findall(plain)]
        ours = sorted(self._names[glob.entry] for glob, _ in self._index.matches(found))
        return tuple(dict.fromkeys((*filter(None, found), *ours)))
