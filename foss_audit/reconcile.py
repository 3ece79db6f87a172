# SPDX-License-Identifier: Apache-2.0
"""Installations that need a licence against the entitlements of the registers: who is covered, by what, what is missing. Pure.

Order of consumption: an agency's own entitlements before the pool; within each, perpetual before ending, the sooner end
first, then the id. Units (devices) are served in the order of agency, device, first source. The pool serves what the
agencies' own entitlements leave, in the same order of units.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from foss_audit.codes import combine
from foss_audit.model import Basis, Entitlement, LicenseModel, Position, Verdict

_UNLIMITED = 2**62


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What became of every installation that needs an entitlement."""

    basis: np.ndarray
    """Per installation: index into `bases`, -1 where no entitlement is needed."""
    bases: tuple[Basis, ...]
    entitlement: np.ndarray
    """Per installation: index into the entitlements, -1 where none covers it."""
    positions: dict[str, tuple[Position, ...]]
    """By agency."""
    pool_positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class _Holding:
    """An entitlement valid on the audit date, with its place in the caller's list."""

    number: int
    entitlement: Entitlement

    @property
    def capacity(self) -> int:
        return _UNLIMITED if self.entitlement.quantity is None else self.entitlement.quantity


def reconcile(
    installations: pd.DataFrame,
    verdicts: Sequence[Verdict],
    entitlements: Sequence[Entitlement],
    agencies_in_register: frozenset[str],
    as_of: date,
) -> Reconciliation:
    """Covers as many installations as the entitlements allow and says of the others what they came nearest to.

    `installations` as in Inventory.installations, in source order; `verdicts` by title. A unit is a product on a device
    (metric `device`): all its installations there are covered by one entitlement. An installation on an unnamed device
    is a unit of its own.
    """
    units = _units(installations, verdicts)
    agency_names = list(installations["agency"].cat.categories)
    register = _Register(entitlements, as_of)
    bases = tuple(Basis)
    unit_basis = np.full(len(units.agency), -1, dtype=np.int16)
    unit_entitlement = np.full(len(units.agency), -1, dtype=np.int32)
    positions: dict[str, list[Position]] = {}
    pool_positions: list[Position] = []
    for product, rows in units.by_product():
        key, name = units.keys[product], units.names[product]
        holdings = register.take(key)
        shares = _shares(units.agency[rows], agency_names)
        covered = _cover(shares, len(rows), holdings, as_of)
        unit_entitlement[rows] = covered
        for agency, share in shares:
            unit_basis[rows[share]] = bases.index(_nearest_miss(agency, holdings, agency in agencies_in_register, as_of))
            positions.setdefault(agency, []).append(register.position(key, name, agency, covered[share], holdings))
        _add_idle(key, name, holdings, {agency for agency, _ in shares}, register, positions)
        pool_positions += register.pool_position(key, name, covered, holdings)
    for key, holdings in register.untaken():
        name = min(held.entitlement.product_name for held in holdings)
        _add_idle(key, name, holdings, set(), register, positions)
        pool_positions += register.pool_position(key, name, np.empty(0, np.int32), holdings)
    covered_units = unit_entitlement >= 0
    unit_basis[covered_units] = bases.index(Basis.ENTITLED)
    basis_of = np.full(len(installations), -1, dtype=np.int16)
    entitlement_of = np.full(len(installations), -1, dtype=np.int32)
    basis_of[units.rows] = _restricted_told_apart(unit_basis[units.unit_of_row], units.restricted, bases)
    entitlement_of[units.rows] = unit_entitlement[units.unit_of_row]
    return Reconciliation(
        basis_of,
        bases,
        entitlement_of,
        {agency: tuple(sorted(found, key=_by_product)) for agency, found in positions.items()},
        tuple(sorted(pool_positions, key=_by_product)),
    )


@dataclass(frozen=True, slots=True)
class _Units:
    """What entitlements are spent on. Sorted by product, agency, device, first source."""

    rows: np.ndarray
    """Installations that need an entitlement."""
    unit_of_row: np.ndarray
    agency: np.ndarray
    product: np.ndarray
    keys: list[str]
    names: list[str]
    restricted: np.ndarray
    """Per row: whether it is restricted freeware."""

    def by_product(self) -> Iterable[tuple[int, np.ndarray]]:
        bounds = np.searchsorted(self.product, np.arange(len(self.keys) + 1))
        return ((product, np.arange(bounds[product], bounds[product + 1])) for product in range(len(self.keys)))


def _units(installations: pd.DataFrame, verdicts: Sequence[Verdict]) -> _Units:
    needing = {number: verdict for number, verdict in enumerate(verdicts) if verdict.basis is None}
    keys = sorted({verdict.product_key for verdict in needing.values()})
    number_of = {key: number for number, key in enumerate(keys)}
    product_of_title = np.full(len(verdicts), -1, dtype=np.int64)
    names = [""] * len(keys)
    restricted = np.zeros(len(verdicts), dtype=bool)
    for title, verdict in needing.items():
        number = number_of[verdict.product_key]
        product_of_title[title] = number
        names[number] = names[number] or (verdict.product.name if verdict.product else verdict.title.name)
        restricted[title] = verdict.license_model is LicenseModel.RESTRICTED_FREEWARE
    titles = installations["title"].to_numpy()
    product = product_of_title[titles] if len(verdicts) else np.empty(0, np.int64)
    rows = np.flatnonzero(product >= 0)
    device = installations["device"].cat.codes.to_numpy().astype(np.int64)[rows]
    unnamed = installations["device"].to_numpy()[rows] == ""
    device = np.where(unnamed, len(installations) + rows, device)
    agency = installations["agency"].cat.codes.to_numpy().astype(np.int64)[rows]
    unit, first = combine([product[rows], agency, device])
    order = np.lexsort((first, device[first], agency[first], product[rows][first]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return _Units(rows, rank[unit], agency[first][order], product[rows][first][order], keys, names, restricted[titles[rows]])


def _restricted_told_apart(basis: np.ndarray, restricted: np.ndarray, bases: Sequence[Basis]) -> np.ndarray:
    """For restricted freeware that no entitlement comes near, its terms are the reason rather than the missing entitlement."""
    farthest = np.isin(basis, [bases.index(Basis.NO_ENTITLEMENT), bases.index(Basis.NO_REGISTER)])
    return np.where(farthest & restricted, bases.index(Basis.RESTRICTED_USE), basis)


def _shares(agency: np.ndarray, names: Sequence[str]) -> list[tuple[str, slice]]:
    """The stretches of one agency each in units that are sorted by agency."""
    starts = np.flatnonzero(np.diff(agency, prepend=-1)) if len(agency) else np.empty(0, np.int64)
    ends = [*starts[1:], len(agency)][: len(starts)]
    return [(names[agency[start]], slice(int(start), int(end))) for start, end in zip(starts, ends, strict=True)]


def _cover(shares: Sequence[tuple[str, slice]], units: int, holdings: Sequence[_Holding], as_of: date) -> np.ndarray:
    """The entitlement of each unit (index into the entitlements), -1 where none is left."""
    covered = np.full(units, -1, dtype=np.int32)
    valid = [held for held in holdings if held.entitlement.valid_on(as_of)]
    if not valid:
        return covered
    for agency, share in shares:
        own = [held for held in valid if held.entitlement.agency == agency]
        covered[share] = _spend(own, share.stop - share.start)
    rest = np.flatnonzero(covered < 0)
    covered[rest] = _spend([held for held in valid if held.entitlement.agency is None], len(rest))
    return covered


def _spend(holdings: Sequence[_Holding], units: int) -> np.ndarray:
    """Gives the entitlements out in order: for each of so many units the entitlement's number, -1 when none is left."""
    numbers = np.array([held.number for held in holdings] + [-1], dtype=np.int32)
    ends = np.cumsum([min(held.capacity, units) for held in holdings], dtype=np.int64)
    return numbers[np.searchsorted(ends, np.arange(units), side="right")]


def _nearest_miss(agency: str, holdings: Sequence[_Holding], in_register: bool, as_of: date) -> Basis:
    """Why a unit that nothing covers is unlicensed, by the nearest miss; restricted freeware is told apart later."""
    open_to_it = [held.entitlement for held in holdings if held.entitlement.agency in (agency, None)]
    if any(entitlement.valid_on(as_of) for entitlement in open_to_it):
        return Basis.ENTITLEMENT_EXHAUSTED
    if any(entitlement.end is not None and entitlement.end < as_of for entitlement in open_to_it):
        return Basis.ENTITLEMENT_EXPIRED
    if holdings:
        return Basis.NOT_COVERED
    return Basis.NO_ENTITLEMENT if in_register else Basis.NO_REGISTER


class _Register:
    """The entitlements by product, and the positions they make."""

    def __init__(self, entitlements: Sequence[Entitlement], as_of: date) -> None:
        self._as_of = as_of
        self._ids = [entitlement.id for entitlement in entitlements]
        self._from_pool = np.array([entitlement.agency is None for entitlement in entitlements], dtype=bool)
        self._by_product: dict[str, list[_Holding]] = {}
        for number, entitlement in enumerate(entitlements):
            self._by_product.setdefault(entitlement.product_key, []).append(_Holding(number, entitlement))

    def take(self, key: str) -> list[_Holding]:
        """The entitlements of a product in the order they are consumed."""
        return sorted(self._by_product.pop(key, []), key=_consumption_order)

    def untaken(self) -> list[tuple[str, list[_Holding]]]:
        """The entitlements of products that are nowhere installed."""
        return [(key, self.take(key)) for key in sorted(self._by_product)]

    def position(self, key: str, name: str, agency: str, covered: np.ndarray, holdings: Sequence[_Holding]) -> Position:
        """An agency's position for a product; `covered` holds the entitlement of each of its units."""
        if not holdings:
            return Position(key, name, None, None, "device", len(covered), 0, 0, 0, len(covered), 0, ())
        own = [held for held in holdings if held.entitlement.agency == agency]
        used = covered[covered >= 0]
        from_pool = int(self._from_pool[used].sum()) if len(used) else 0
        entitled = _total([held for held in own if held.entitlement.valid_on(self._as_of)])
        return Position(
            product_id=key,
            product=name,
            edition=None,
            release=None,
            metric="device",
            deployed=len(covered),
            entitled=entitled,
            from_pool=from_pool,
            consumed=len(used),
            shortfall=len(covered) - len(used),
            surplus=None if entitled is None else entitled - (len(used) - from_pool),
            entitlements=tuple(sorted({held.entitlement.id for held in own} | {self._ids[number] for number in np.unique(used)})),
            expired=self._expired(own),
        )

    def pool_position(self, key: str, name: str, covered: np.ndarray, holdings: Sequence[_Holding]) -> list[Position]:
        """The pool's position for a product, where the pool holds any: deployed is what agencies drew from it or lacked."""
        pool = [held for held in holdings if held.entitlement.agency is None]
        if not pool:
            return []
        used = covered[covered >= 0]
        drawn = int(self._from_pool[used].sum()) if len(used) else 0
        wanting = len(covered) - len(used)
        entitled = _total([held for held in pool if held.entitlement.valid_on(self._as_of)])
        return [
            Position(
                product_id=key,
                product=name,
                edition=None,
                release=None,
                metric="device",
                deployed=drawn + wanting,
                entitled=entitled,
                from_pool=drawn,
                consumed=drawn,
                shortfall=wanting,
                surplus=None if entitled is None else entitled - drawn,
                entitlements=tuple(sorted(held.entitlement.id for held in pool)),
                expired=self._expired(pool),
            )
        ]

    def _expired(self, holdings: Sequence[_Holding]) -> int:
        ended = [held.entitlement for held in holdings if held.entitlement.end is not None and held.entitlement.end < self._as_of]
        return sum(entitlement.quantity or 0 for entitlement in ended)


def _add_idle(
    key: str,
    name: str,
    holdings: Sequence[_Holding],
    deploying: set[str],
    register: _Register,
    positions: dict[str, list[Position]],
) -> None:
    """Positions of the agencies that hold entitlements for a product which they have nowhere installed."""
    for agency in sorted({held.entitlement.agency for held in holdings if held.entitlement.agency is not None} - deploying):
        positions.setdefault(agency, []).append(register.position(key, name, agency, np.empty(0, np.int32), holdings))


def _consumption_order(held: _Holding) -> tuple[bool, date, str]:
    entitlement = held.entitlement
    return entitlement.end is not None, entitlement.end or date.max, entitlement.id


def _total(holdings: Sequence[_Holding]) -> int | None:
    """Quantity of some entitlements; None where one of them is unlimited."""
    quantities = [held.entitlement.quantity for held in holdings]
    return None if None in quantities else sum(quantity for quantity in quantities if quantity is not None)


def _by_product(position: Position) -> tuple[str, str]:
    return position.product.casefold(), position.product_id
