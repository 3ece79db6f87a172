# SPDX-License-Identifier: Apache-2.0
"""The entitlements to one product: how they are spent, what agencies that get none came nearest to, and the positions. Pure.

Order of consumption: an agency's own entitlements before the pool; within each, perpetual before ending, the sooner end
first, then the id. Units (devices) are served in the order they come. The pool serves what agencies' own leave.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from foss_audit.model import Basis, Entitlement
from foss_audit.outcome import Position

_UNLIMITED = 2**62
_NOBODY = -1


@dataclass(frozen=True, slots=True)
class Share:
    """A stretch of units of one agency."""

    agency: str
    units: slice

    @property
    def size(self) -> int:
        return int(self.units.stop - self.units.start)


class Rights:
    """What is held of a product, by agencies and in the pool, on the audit date."""

    def __init__(self, holdings: Iterable[tuple[int, Entitlement]], as_of: date) -> None:
        """`holdings`: entitlements to this product, each with its place in the caller's list."""
        by_agency: dict[str | None, list[tuple[int, Entitlement]]] = {}
        for number, entitlement in sorted(holdings, key=_consumption_order):
            by_agency.setdefault(entitlement.agency, []).append((number, entitlement))
        self._pool = _Held(by_agency.pop(None, ()), as_of)
        self._own = {agency: _Held(held, as_of) for agency, held in by_agency.items() if agency is not None}

    @property
    def holders(self) -> list[str]:
        """Agencies that hold any, sorted."""
        return sorted(self._own)

    def cover(self, shares: Sequence[Share], units: int) -> np.ndarray:
        """The entitlement of each unit (place in the caller's list), -1 where none is left."""
        covered = np.full(units, _NOBODY, dtype=np.int32)
        if self._own:
            for share in shares:
                if (own := self._own.get(share.agency)) is not None:
                    covered[share.units] = own.spend(share.size)
        rest = np.flatnonzero(covered == _NOBODY)
        covered[rest] = self._pool.spend(len(rest))
        return covered

    def nearest_miss(self, agency: str, in_register: bool) -> Basis:
        """Why a unit that nothing covers is unlicensed; restricted freeware is told apart by the caller."""
        open_to_it = (self._own.get(agency, _NOTHING), self._pool)
        if any(held.valid for held in open_to_it):
            return Basis.ENTITLEMENT_EXHAUSTED
        if any(held.expired_lines for held in open_to_it):
            return Basis.ENTITLEMENT_EXPIRED
        if self._own or self._pool.ids:
            return Basis.NOT_COVERED
        return Basis.NO_ENTITLEMENT if in_register else Basis.NO_REGISTER

    def position(self, key: str, name: str, agency: str, covered: np.ndarray, ids: Sequence[str]) -> Position:
        """An agency's position; `covered` holds the entitlement of each of its units, `ids` the id of every entitlement."""
        own = self._own.get(agency, _NOTHING)
        consumed = int(np.count_nonzero(covered >= 0))
        from_pool = consumed - min(own.capacity, len(covered))
        used = {ids[number] for number in np.unique(covered[covered >= 0])} if from_pool else set()
        return Position(
            product_id=key,
            product=name,
            edition=None,
            release=None,
            metric="device",
            deployed=len(covered),
            entitled=own.quantity,
            from_pool=from_pool,
            consumed=consumed,
            shortfall=len(covered) - consumed,
            surplus=None if own.quantity is None else own.quantity - (consumed - from_pool),
            entitlements=tuple(sorted(used.union(own.ids))),
            expired=own.expired,
        )

    def pool_position(self, key: str, name: str, positions: Sequence[Position]) -> list[Position]:
        """The pool's position, where it holds any, from the agencies' positions: deployed is what they drew or lacked."""
        if not self._pool.ids:
            return []
        drawn, wanting = sum(one.from_pool for one in positions), sum(one.shortfall for one in positions)
        return [
            Position(
                product_id=key,
                product=name,
                edition=None,
                release=None,
                metric="device",
                deployed=drawn + wanting,
                entitled=self._pool.quantity,
                from_pool=drawn,
                consumed=drawn,
                shortfall=wanting,
                surplus=None if self._pool.quantity is None else self._pool.quantity - drawn,
                entitlements=tuple(sorted(self._pool.ids)),
                expired=self._pool.expired,
            )
        ]


class _Held:
    """Entitlements of one holder to one product, in the order they are consumed."""

    def __init__(self, held: Iterable[tuple[int, Entitlement]], as_of: date) -> None:
        held = tuple(held)
        valid = [(number, one) for number, one in held if one.valid_on(as_of)]
        ended = [one for _, one in held if one.end is not None and one.end < as_of]
        capacities = [_UNLIMITED if one.quantity is None else one.quantity for _, one in valid]
        self.ids = [one.id for _, one in held]
        self.valid = bool(valid)
        self.expired_lines = len(ended)
        self.expired = sum(one.quantity or 0 for one in ended)
        self.capacity = min(sum(capacities), _UNLIMITED)
        self.quantity = None if any(one.quantity is None for _, one in valid) else self.capacity
        self._numbers = np.array([number for number, _ in valid] + [_NOBODY], dtype=np.int32)
        self._capacities = capacities

    def spend(self, units: int) -> np.ndarray:
        """For each of so many units the entitlement that covers it, -1 when none is left."""
        if not self._capacities:
            return np.full(units, _NOBODY, dtype=np.int32)
        ends = np.cumsum([min(capacity, units) for capacity in self._capacities], dtype=np.int64)
        spent: np.ndarray = self._numbers[np.searchsorted(ends, np.arange(units), side="right")]
        return spent


_NOTHING = _Held((), date.max)


def rights_by_product(entitlements: Sequence[Entitlement], as_of: date) -> Mapping[str, Rights]:
    """The rights to every product that a register names, by product key."""
    grouped: dict[str, list[tuple[int, Entitlement]]] = {}
    for number, entitlement in enumerate(entitlements):
        grouped.setdefault(entitlement.product_key, []).append((number, entitlement))
    return {key: Rights(held, as_of) for key, held in grouped.items()}


def _consumption_order(held: tuple[int, Entitlement]) -> tuple[bool, date, str]:
    entitlement = held[1]
    return entitlement.end is not None, entitlement.end or date.max, entitlement.id
