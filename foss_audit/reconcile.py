# SPDX-License-Identifier: Apache-2.0
"""Installations against entitlements: what is covered by which right, what is not and why, and the positions. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from foss_audit.catalogue import LicenseModel
from foss_audit.collector import collector_paused
from foss_audit.coverage import Coverage, Terms, coverage
from foss_audit.editions import Editions, Shown
from foss_audit.entitlement import CORES_ASSUMED, Entitlement
from foss_audit.license_position import Position
from foss_audit.matching import Matching
from foss_audit.model import Basis, Verdict
from foss_audit.needs import Need
from foss_audit.positions import in_order, positions_of
from foss_audit.rights import Right, rights_on
from foss_audit.trace import Traces
from foss_audit.units import Group, Units

_BASES = tuple(Basis)


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
    traces: Traces
    """What became of every right."""


@collector_paused()
def reconcile(
    installations: pd.DataFrame,
    verdicts: Sequence[Verdict],
    entitlements: Sequence[Entitlement],
    agencies_in_register: frozenset[str],
    as_of: date,
    covered_by_suite: np.ndarray | None = None,
    editions: Editions | None = None,
    prices: Mapping[str, int] | None = None,
    cores: int = CORES_ASSUMED,
) -> Reconciliation:
    """Covers as many installations as the entitlements allow and says of the others what they came nearest to.

    `installations` as in Inventory.installations, in source order; `verdicts` by title. A place is a device of an agency;
    one right covers all of its product that it may cover there; where all rights of a product are counted by users, and the
    inventory names them, a place is a user. An installation on an unnamed device is a place of its own.
    Parts of a suite on the same device (`covered_by_suite`, bool by row) need none. Places are served in the order of agency,
    device, first source; rights.py has the order of rights. `prices`: whole rupiah by product key, of the agency's price list.
    `cores`: of each device, where rights are counted by them.
    """
    covered_by_suite = np.zeros(len(installations), dtype=bool) if covered_by_suite is None else covered_by_suite
    rights = rights_on(_one_name_each(entitlements, verdicts), as_of, cores)
    groups = _groups(verdicts, rights, editions or Editions())
    units = Units.of(installations, groups, len(verdicts), covered_by_suite)
    right_of_unit = np.full(len(units.need), -1, dtype=np.int32)
    basis_of_unit = np.full(len(units.need), -1, dtype=np.int16)
    positions: dict[str, list[Position]] = {}
    pool_positions: list[Position] = []
    matchings: list[Matching] = []
    for number, group in enumerate(groups):
        kinds, kind_of_place = units.kinds(number, group)
        matching = Matching(group.needs, group.rights, kinds, agencies_in_register)
        units.spread(number, matching, kind_of_place, basis_of_unit, right_of_unit)
        found, of_pool = positions_of(matching, as_of, prices or {})
        for agency, position in found:
            positions.setdefault(agency, []).append(position)
        pool_positions += of_pool
        matchings.append(matching)
    basis = np.full(len(installations), -1, dtype=np.int16)
    entitlement = np.full(len(installations), -1, dtype=np.int32)
    basis[covered_by_suite] = _BASES.index(Basis.COMPONENT)
    basis[units.rows] = _restricted_told_apart(basis_of_unit[units.unit_of_row], _is_restricted(verdicts)[units.title])
    entitlement[units.rows] = right_of_unit[units.unit_of_row]
    return Reconciliation(
        basis,
        _BASES,
        entitlement,
        {agency: tuple(in_order(found)) for agency, found in positions.items()},
        tuple(in_order(pool_positions)),
        Traces(matchings),
    )


def _one_name_each(entitlements: Sequence[Entitlement], verdicts: Iterable[Verdict]) -> list[Entitlement]:
    """The same with one name for each product: what the catalogue, else the first in the alphabet, calls it."""
    names: dict[str, str] = {}
    for one in entitlements:
        names[one.product_key] = min(one.product_name, names.get(one.product_key, one.product_name))
    names |= {verdict.product.id: verdict.product.name for verdict in verdicts if verdict.product is not None}
    return [
        one if one.product_name == names[one.product_key] else replace(one, product_name=names[one.product_key])
        for one in entitlements
    ]


def _groups(verdicts: Sequence[Verdict], rights_held: Iterable[Right], editions: Editions) -> list[Group]:
    """Products that some right connects are one group; sorted by the first of their families."""
    titles: dict[str, list[tuple[int, Shown]]] = {}
    links: dict[str, str] = {}
    for number, verdict in enumerate(verdicts):
        if verdict.basis is None:
            suites = verdict.product.suites if verdict.product else ()
            shown = editions.of_title(verdict.product_key, verdict.title.name, verdict.title.version, suites)
            titles.setdefault(shown.family, []).append((number, shown))
    rights: dict[str, list[Right]] = {}
    for right in rights_held:
        rights.setdefault(editions.family(right.terms.product_key), []).append(right)
    granted = {right.terms.product_key for of_family in rights.values() for right in of_family}
    for family, found in titles.items():
        for suite in sorted({suite for _, shown in found for suite in shown.suites if suite in granted}):
            _link(links, family, editions.family(suite))
    families: dict[str, list[str]] = {}
    for family in sorted(titles.keys() | rights.keys()):
        families.setdefault(_root(links, family), []).append(family)
    return [
        _group(
            [title for family in members for title in titles.get(family, ())],
            [right for family in members for right in rights.get(family, ())],
            verdicts,
            editions,
        )
        for _, members in sorted(families.items())
    ]


def _root(links: Mapping[str, str], family: str) -> str:
    while family in links:
        family = links[family]
    return family


def _link(links: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(links, one), _root(links, other)))
    if first != second:
        links[second] = first


def _group(
    titles: Sequence[tuple[int, Shown]], rights: Sequence[Right], verdicts: Sequence[Verdict], editions: Editions
) -> Group:
    rights = sorted(rights, key=lambda right: right.order(0))
    terms: dict[Terms, list[int]] = {}
    for number, right in enumerate(rights):
        terms.setdefault(right.terms, []).append(number)
    of_product: dict[str, list[tuple[int, Terms]]] = {}
    """Terms with their place, by what they are for: a family, or a suite under its own key."""
    for number, one in enumerate(terms):
        for licensed in {editions.family(one.product_key), one.product_key}:
            of_product.setdefault(licensed, []).append((number, one))
    by_release = {one.product_key for one in terms if one.releases}
    by_edition = {one.product_key for one in terms if one.edition}
    needs: dict[object, int] = {}
    values: list[Need] = []
    need_of_title: dict[int, int] = {}
    answers: dict[Shown, tuple[Coverage | None, ...]] = {}
    for title, shown in sorted(titles, key=lambda one: (verdicts[one[0]].title, one[0])):
        if shown not in answers:
            answers[shown] = _answers(shown, of_product, len(terms), editions)
        family = editions.siblings(shown.product_key)
        release = shown.release if shown.listed and not by_release.isdisjoint(family) else ""
        edition = shown.edition.strip("*") if not by_edition.isdisjoint(family) else ""
        key = shown.product_key, release, edition, tuple(one and one.answer for one in answers[shown])
        if key not in needs:
            needs[key] = len(values)
            product = verdicts[title].product
            name = product.name if product else verdicts[title].title.name
            found = {
                number: one for one, numbers in zip(answers[shown], terms.values(), strict=True) if one for number in numbers
            }
            part = frozenset(one for one in found if rights[one].terms.product_key in shown.suites)
            values.append(Need(shown.product_key, name, edition, release, found, part))
        need_of_title[title] = needs[key]
    return Group(tuple(values), need_of_title, tuple(rights))


def _answers(
    shown: Shown, of_product: Mapping[str, Sequence[tuple[int, Terms]]], number: int, editions: Editions
) -> tuple[Coverage | None, ...]:
    """Whether each of the terms covers what is shown; those for something else altogether are passed over."""
    found: list[Coverage | None] = [None] * number
    for key in dict.fromkeys((shown.family, *shown.suites)):
        for place, one in of_product.get(key, ()):
            if found[place] is None:
                found[place] = coverage(one, shown, editions)
    return tuple(found)


def _is_restricted(verdicts: Sequence[Verdict]) -> np.ndarray:
    return np.array([one.license_model is LicenseModel.RESTRICTED_FREEWARE for one in verdicts], dtype=bool)


def _restricted_told_apart(basis: np.ndarray, restricted: np.ndarray) -> np.ndarray:
    """For restricted freeware that no entitlement comes near, its terms are the reason rather than the missing entitlement."""
    farthest = np.isin(basis, [_BASES.index(Basis.NO_ENTITLEMENT), _BASES.index(Basis.NO_REGISTER)])
    return np.where(farthest & restricted, _BASES.index(Basis.RESTRICTED_USE), basis)
