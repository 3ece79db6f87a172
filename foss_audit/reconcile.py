# SPDX-License-Identifier: Apache-2.0
"""Installations that need a licence against the entitlements of the registers: who is covered, by what, what is missing. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from foss_audit.catalogue import LicenseModel
from foss_audit.codes import combine
from foss_audit.model import Basis, Entitlement, Verdict
from foss_audit.outcome import Position
from foss_audit.rights import Rights, Share, rights_by_product

_BASES = tuple(Basis)
_NO_RIGHTS = Rights((), date.max)


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


def reconcile(
    installations: pd.DataFrame,
    verdicts: Sequence[Verdict],
    entitlements: Sequence[Entitlement],
    agencies_in_register: frozenset[str],
    as_of: date,
    covered_by_suite: np.ndarray | None = None,
) -> Reconciliation:
    """Covers as many installations as the entitlements allow and says of the others what they came nearest to.

    `installations` as in Inventory.installations, in source order; `verdicts` by title. A unit is a product on a device
    (metric `device`): all its installations there are covered by one entitlement. An installation on an unnamed device
    is a unit of its own. Parts of a suite on the same device (`covered_by_suite`, bool by row) need none. Units are
    served in the order of agency, device, first source; rights.py has the order of rights.
    """
    covered_by_suite = np.zeros(len(installations), dtype=bool) if covered_by_suite is None else covered_by_suite
    units = _units(installations, verdicts, covered_by_suite)
    rights_to = rights_by_product(entitlements, as_of)
    ids = [entitlement.id for entitlement in entitlements]
    basis = np.full(len(units.agency), -1, dtype=np.int16)
    entitlement = np.full(len(units.agency), -1, dtype=np.int32)
    positions: dict[str, list[Position]] = {}
    pool_positions: list[Position] = []
    for key, name, rows, shares in units.by_product():
        rights = rights_to.get(key, _NO_RIGHTS)
        covered = entitlement[rows] = rights.cover(shares, rows.stop - rows.start)
        found = []
        for share in shares:
            basis[rows][share.units] = _BASES.index(rights.nearest_miss(share.agency, share.agency in agencies_in_register))
            found.append((share.agency, rights.position(key, name, share.agency, covered[share.units], ids)))
        found += _idle(key, name, rights, {share.agency for share in shares}, ids)
        _file(found, positions)
        pool_positions += rights.pool_position(key, name, [position for _, position in found])
    for key in sorted(rights_to.keys() - set(units.keys)):
        name = min(one.product_name for one in entitlements if one.product_key == key)
        _file(_idle(key, name, rights_to[key], set(), ids), positions)
        pool_positions += rights_to[key].pool_position(key, name, ())
    basis[entitlement >= 0] = _BASES.index(Basis.ENTITLED)
    basis_of = np.full(len(installations), -1, dtype=np.int16)
    entitlement_of = np.full(len(installations), -1, dtype=np.int32)
    basis_of[covered_by_suite] = _BASES.index(Basis.COMPONENT)
    basis_of[units.rows] = _restricted_told_apart(basis[units.unit_of_row], units.restricted)
    entitlement_of[units.rows] = entitlement[units.unit_of_row]
    return Reconciliation(
        basis_of,
        _BASES,
        entitlement_of,
        {agency: tuple(sorted(found, key=_by_product)) for agency, found in positions.items()},
        tuple(sorted(pool_positions, key=_by_product)),
    )


def _idle(key: str, name: str, rights: Rights, deploying: set[str], ids: Sequence[str]) -> list[tuple[str, Position]]:
    """Positions of the agencies that hold entitlements for a product which they have nowhere installed."""
    nowhere = np.empty(0, dtype=np.int32)
    return [(agency, rights.position(key, name, agency, nowhere, ids)) for agency in rights.holders if agency not in deploying]


def _file(found: Iterable[tuple[str, Position]], positions: dict[str, list[Position]]) -> None:
    for agency, position in found:
        positions.setdefault(agency, []).append(position)


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

    agencies: list[str]
    """Names of the agency codes."""

    def by_product(self) -> Iterator[tuple[str, str, slice, list[Share]]]:
        """Per product its key, its name, its units, and the shares of the agencies among them."""
        bounds = np.searchsorted(self.product, np.arange(len(self.keys) + 1)).tolist()
        for product, (start, end) in enumerate(pairwise(bounds)):
            yield self.keys[product], self.names[product], slice(start, end), self._shares(start, end)

    def _shares(self, start: int, end: int) -> list[Share]:
        """The stretches of one agency each, counted from `start`."""
        agency = self.agency[start:end]
        if start == end:
            return []
        starts = np.flatnonzero(np.diff(agency, prepend=-1)).tolist()
        return [Share(self.agencies[agency[first]], slice(first, last)) for first, last in pairwise([*starts, end - start])]


def _units(installations: pd.DataFrame, verdicts: Sequence[Verdict], covered_by_suite: np.ndarray) -> _Units:
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
    rows = np.flatnonzero((product >= 0) & ~covered_by_suite)
    device = installations["device"].cat.codes.to_numpy().astype(np.int64)[rows]
    unnamed = installations["device"].to_numpy()[rows] == ""
    device = np.where(unnamed, len(installations) + rows, device)
    agency = installations["agency"].cat.codes.to_numpy().astype(np.int64)[rows]
    agencies = list(installations["agency"].cat.categories)
    unit, first = combine([product[rows], agency, device])
    order = np.lexsort((first, device[first], agency[first], product[rows][first]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return _Units(
        rows, rank[unit], agency[first][order], product[rows][first][order], keys, names, restricted[titles[rows]], agencies
    )


def _restricted_told_apart(basis: np.ndarray, restricted: np.ndarray) -> np.ndarray:
    """For restricted freeware that no entitlement comes near, its terms are the reason rather than the missing entitlement."""
    farthest = np.isin(basis, [_BASES.index(Basis.NO_ENTITLEMENT), _BASES.index(Basis.NO_REGISTER)])
    return np.where(farthest & restricted, _BASES.index(Basis.RESTRICTED_USE), basis)


def _by_product(position: Position) -> tuple[str, str]:
    return position.product.casefold(), position.product_id
