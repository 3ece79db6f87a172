# SPDX-License-Identifier: Apache-2.0
"""Installations against entitlements: what is covered by which right, what is not and why, and the positions. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from foss_audit.catalogue import LicenseModel
from foss_audit.codes import combine, plain_text
from foss_audit.collector import collector_paused
from foss_audit.coverage import Coverage, Terms, coverage
from foss_audit.editions import Editions, Shown
from foss_audit.matching import Matching, Need, Places
from foss_audit.model import Basis, Entitlement, Verdict
from foss_audit.outcome import Position
from foss_audit.positions import in_order, positions_of
from foss_audit.rights import Right, rights_on
from foss_audit.trace import Traces

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
) -> Reconciliation:
    """Covers as many installations as the entitlements allow and says of the others what they came nearest to.

    `installations` as in Inventory.installations, in source order; `verdicts` by title. A place is a device of an agency;
    one right covers all of its product that it may cover there. An installation on an unnamed device is a place of its own.
    Parts of a suite on the same device (`covered_by_suite`, bool by row) need none. Places are served in the order of agency,
    device, first source; rights.py has the order of rights.
    """
    covered_by_suite = np.zeros(len(installations), dtype=bool) if covered_by_suite is None else covered_by_suite
    groups = _groups(verdicts, _one_name_each(entitlements, verdicts), as_of, editions or Editions())
    units = _Units.of(installations, groups, len(verdicts), covered_by_suite)
    right_of_unit = np.full(len(units.need), -1, dtype=np.int32)
    basis_of_unit = np.full(len(units.need), -1, dtype=np.int16)
    positions: dict[str, list[Position]] = {}
    pool_positions: list[Position] = []
    matchings: list[Matching] = []
    for number, group in enumerate(groups):
        kinds, kind_of_place = units.kinds(number, group)
        matching = Matching(group.needs, group.rights, kinds, agencies_in_register)
        units.spread(number, matching, kind_of_place, basis_of_unit, right_of_unit)
        found, of_pool = positions_of(matching)
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


@dataclass(frozen=True, slots=True)
class _Group:
    """A product, or a suite and its parts, with the rights to them."""

    needs: tuple[Need, ...]
    need_of_title: dict[int, int]
    rights: tuple[Right, ...]


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


def _groups(verdicts: Sequence[Verdict], entitlements: Sequence[Entitlement], as_of: date, editions: Editions) -> list[_Group]:
    """Products that some right connects are one group; sorted by the first of their families."""
    titles: dict[str, list[tuple[int, Shown]]] = {}
    links: dict[str, str] = {}
    for number, verdict in enumerate(verdicts):
        if verdict.basis is None:
            suites = verdict.product.suites if verdict.product else ()
            shown = editions.of_title(verdict.product_key, verdict.title.name, verdict.title.version, suites)
            titles.setdefault(shown.family, []).append((number, shown))
    rights: dict[str, list[Right]] = {}
    for right in rights_on(entitlements, as_of):
        rights.setdefault(editions.family(right.terms.product_key), []).append(right)
    granted = {one.product_key for one in entitlements}
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
) -> _Group:
    rights = sorted(rights, key=lambda right: right.order(0))
    terms: dict[Terms, list[int]] = {}
    for number, right in enumerate(rights):
        terms.setdefault(right.terms, []).append(number)
    by_release = {one.product_key for one in terms if one.releases}
    by_edition = {one.product_key for one in terms if one.edition}
    needs: dict[object, int] = {}
    values: list[Need] = []
    need_of_title: dict[int, int] = {}
    answers: dict[Shown, tuple[Coverage | None, ...]] = {}
    for title, shown in sorted(titles, key=lambda one: (verdicts[one[0]].title, one[0])):
        if shown not in answers:
            answers[shown] = tuple(coverage(one, shown, editions) for one in terms)
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
    return _Group(tuple(values), need_of_title, tuple(rights))


@dataclass(frozen=True, slots=True)
class _Units:
    """What rights are spent on: a need at a place. Sorted by group, agency, device, first source, need."""

    rows: np.ndarray
    """Installations that need an entitlement."""
    title: np.ndarray
    """Of every such row."""
    unit_of_row: np.ndarray
    need: np.ndarray
    """Of every unit, its number in the group."""
    place: np.ndarray
    """Of every unit."""
    first_unit: np.ndarray
    """Of every place, and the end behind the last."""
    group_bounds: np.ndarray
    """Of every group the first place, and the end behind the last."""
    agency: np.ndarray
    """Of every place, its code."""
    device: np.ndarray
    """Of every place, its code; -1 where it has no name."""
    agencies: list[str]
    devices: list[str]
    named: dict[str, list[int]]
    """Codes of devices by plain name, where any right is tied to one."""

    @classmethod
    def of(cls, installations: pd.DataFrame, groups: Sequence[_Group], titles: int, without: np.ndarray) -> "_Units":
        """The units of the installations but those in `without`."""
        group_of_title, need_of_title = np.full(titles, -1, dtype=np.int64), np.full(titles, -1, dtype=np.int64)
        for number, group in enumerate(groups):
            of_group = np.fromiter(group.need_of_title, dtype=np.int64, count=len(group.need_of_title))
            group_of_title[of_group] = number
            need_of_title[of_group] = np.fromiter(group.need_of_title.values(), dtype=np.int64, count=len(of_group))
        title = installations["title"].to_numpy()
        rows = np.flatnonzero((group_of_title[title] >= 0) & ~without) if titles else np.empty(0, np.int64)
        title = title[rows]
        code = installations["device"].cat.codes.to_numpy().astype(np.int64)[rows]
        agency = installations["agency"].cat.codes.to_numpy().astype(np.int64)[rows]
        devices = [str(name) for name in installations["device"].cat.categories]
        unnamed = code == (devices.index("") if "" in devices else -1)
        device = np.where(unnamed, len(devices) + rows, code)
        found, first = combine([group_of_title[title], agency, device])
        order = np.lexsort((first, device[first], agency[first], group_of_title[title[first]]))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        place, first = rank[found], first[order]
        most = int(need_of_title.max(initial=0)) + 1
        pairs, unit_of_row = np.unique(place * most + need_of_title[title], return_inverse=True)
        return cls(
            rows=rows,
            title=title,
            unit_of_row=unit_of_row,
            need=pairs % most,
            place=pairs // most,
            first_unit=np.searchsorted(pairs // most, np.arange(len(order) + 1)),
            group_bounds=np.searchsorted(group_of_title[title[first]], np.arange(len(groups) + 1)),
            agency=agency[first],
            device=np.where(unnamed[first], -1, code[first]),
            agencies=[str(name) for name in installations["agency"].cat.categories],
            devices=devices,
            named=_named(devices) if any(right.entitlement.devices for group in groups for right in group.rights) else {},
        )

    def kinds(self, number: int, group: _Group) -> tuple[list[Places], np.ndarray]:
        """The kinds of places of a group, in the order of their first one, and the kind of each of its places."""
        start, end = self.group_bounds[number : number + 2]
        if start == end:
            return [], np.empty(0, dtype=np.int64)
        tied, tied_sets = self._tied(group, start, end)
        kind, first = combine([self.agency[start:end], self._need_sets(start, end), tied])
        sizes = np.bincount(kind)
        places = [
            Places(
                self.agencies[self.agency[place]],
                tied_sets[tied[place - start]],
                tuple(self.need[self.first_unit[place] : self.first_unit[place + 1]].tolist()),
                int(size),
            )
            for place, size in zip((first + start).tolist(), sizes, strict=True)
        ]
        return places, kind

    def _need_sets(self, start: int, end: int) -> np.ndarray:
        """Numbers equal sets of needs alike, for every place."""
        first, count = self.first_unit[start:end], np.diff(self.first_unit[start : end + 1])
        found: np.ndarray = self.need[first]
        for more in range(1, int(count.max())):
            has = count > more
            following = np.where(has, self.need[np.where(has, first + more, 0)], -1)
            found, _ = combine([found, following])
        return found

    def _tied(self, group: _Group, start: int, end: int) -> tuple[np.ndarray, list[frozenset[int]]]:
        """For every place the number of the set of rights tied to its device, and the sets; the first is empty."""
        sets: dict[frozenset[int], int] = {frozenset(): 0}
        by_code: dict[int, list[int]] = {}
        for number, right in enumerate(group.rights):
            for code in {code for device in right.entitlement.devices for code in self.named.get(plain_text(device), ())}:
                by_code.setdefault(code, []).append(number)
        of_device = np.zeros(len(self.devices) + 1, dtype=np.int64)
        for code, rights in by_code.items():
            of_device[code] = sets.setdefault(frozenset(rights), len(sets))
        tied: np.ndarray = of_device[self.device[start:end]]
        return tied, list(sets)

    def spread(self, number: int, matching: Matching, kind: np.ndarray, basis: np.ndarray, right: np.ndarray) -> None:
        """Writes the outcome of every kind to its units, places in their order."""
        start = self.group_bounds[number]
        order = np.argsort(kind, kind="stable")
        at = 0
        for stretches in matching.stretches:
            for stretch in stretches:
                found = self.first_unit[order[at : at + stretch.number] + start]
                for offset, given in enumerate(stretch.outcome):
                    basis[found + offset] = _BASES.index(given.basis)
                    if given.right is not None and given.basis in (Basis.ENTITLED, Basis.OEM):
                        right[found + offset] = matching.rights[given.right].number
                at += stretch.number


def _named(devices: Iterable[str]) -> dict[str, list[int]]:
    named: dict[str, list[int]] = {}
    for code, device in enumerate(devices):
        named.setdefault(plain_text(device), []).append(code)
    return named


def _is_restricted(verdicts: Sequence[Verdict]) -> np.ndarray:
    return np.array([one.license_model is LicenseModel.RESTRICTED_FREEWARE for one in verdicts], dtype=bool)


def _restricted_told_apart(basis: np.ndarray, restricted: np.ndarray) -> np.ndarray:
    """For restricted freeware that no entitlement comes near, its terms are the reason rather than the missing entitlement."""
    farthest = np.isin(basis, [_BASES.index(Basis.NO_ENTITLEMENT), _BASES.index(Basis.NO_REGISTER)])
    return np.where(farthest & restricted, _BASES.index(Basis.RESTRICTED_USE), basis)
