# SPDX-License-Identifier: Apache-2.0
"""Why what nothing covers is unlicensed: the right that comes nearest, and by what it misses. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from foss_audit.coverage import Answer
from foss_audit.model import Basis
from foss_audit.needs import Given, Need, Places
from foss_audit.rights import Right, State


@dataclass(slots=True)
class _Around:
    """The rights around one need, by whose they are."""

    hope: dict[str | None, list[int]] = field(default_factory=dict)
    """Rights that cover or may cover it, and were used up or have ended; None: the region's."""
    is_known_elsewhere: bool = False
    """Whether somebody, perhaps another agency, holds a right that covers or may cover it."""
    holders: set[str] = field(default_factory=set)
    """Agencies that hold any right to the product."""
    pooled: list[int] = field(default_factory=list)
    """The region's rights to the product."""


class Misses:
    """What comes nearest to covering needs at places where nothing covers them; restricted freeware is the caller's."""

    def __init__(self, needs: Sequence[Need], rights: Sequence[Right], agencies_in_register: frozenset[str]) -> None:
        self._rights = rights
        self._in_register = agencies_in_register
        self._around = [self._around_need(need) for need in needs]
        tied = frozenset(number for number, right in enumerate(rights) if right.entitlement.devices)
        self._tied = [tied.intersection(need.coverage) for need in needs]
        self._found: dict[tuple[str, frozenset[int], int], Given] = {}

    def of(self, places: Places, need: int) -> Given:
        """The reason, and the nearest right where it was used up or has ended."""
        tied = places.tied & self._tied[need] if places.tied else places.tied
        key = places.agency, tied, need
        if key not in self._found:
            self._found[key] = self._nearest(places.agency, tied, need)
        return self._found[key]

    def _nearest(self, agency: str, tied: frozenset[int], need: int) -> Given:
        around = self._around[need]
        used_up = ended = None
        for number in (*around.hope.get(agency, ()), *around.hope.get(None, ())):
            right = self._rights[number]
            if not right.open_to(agency) or (right.entitlement.devices and number not in tied):
                continue
            if right.state is State.VALID:
                used_up = number if used_up is None else min(number, used_up)
            else:
                ended = number if ended is None else min(number, ended)
        if used_up is not None:
            return Given(Basis.ENTITLEMENT_EXHAUSTED, near=used_up)
        if ended is not None:
            return Given(Basis.ENTITLEMENT_EXPIRED, near=ended)
        is_near = around.is_known_elsewhere or agency in around.holders
        if is_near or any(self._rights[number].open_to(agency) for number in around.pooled):
            return Given(Basis.NOT_COVERED)
        return Given(Basis.NO_ENTITLEMENT if agency in self._in_register else Basis.NO_REGISTER)

    def _around_need(self, need: Need) -> _Around:
        found = _Around()
        for number, coverage in need.coverage.items():
            right = self._rights[number]
            if right.state is State.NO_INSTALLATION:
                continue
            if coverage.answer is not Answer.NO:
                found.is_known_elsewhere = True
                if right.state in (State.VALID, State.EXPIRED):
                    found.hope.setdefault(right.agency, []).append(number)
            if right.agency is None:
                found.pooled.append(number)
            else:
                found.holders.add(right.agency)
        return found
