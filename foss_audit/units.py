# SPDX-License-Identifier: Apache-2.0
"""The places of installations that need rights, as columns, and the kinds that they are of. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from foss_audit.codes import combine, plain_text
from foss_audit.entitlement import Metric
from foss_audit.matching import Matching
from foss_audit.model import Basis
from foss_audit.needs import Given, Need, Places
from foss_audit.rights import Right

MOST_DEVICES_OF_USER = 5
"""On how many computers one person may use a licence: what Microsoft 365 allows (Product Terms), the widest in common use."""
_NOTHING = Given(Basis.NO_ENTITLEMENT)
_NUMBER_OF_BASIS = {basis: number for number, basis in enumerate(Basis)}


@dataclass(frozen=True, slots=True)
class Group:
    """A product, or a suite and its parts, with the rights to them."""

    needs: tuple[Need, ...]
    need_of_title: dict[int, int]
    rights: tuple[Right, ...]

    @property
    def is_per_user(self) -> bool:
        """Whether a place is a user with all their devices: where no right is counted by anything else."""
        return bool(self.rights) and all(
            right.entitlement.metric is Metric.USER and not right.entitlement.devices for right in self.rights
        )


@dataclass(frozen=True, slots=True)
class Units:
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
    def of(cls, installations: pd.DataFrame, groups: Sequence[Group], titles: int, without: np.ndarray) -> "Units":
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
        holder = device = np.where(unnamed, len(devices) + rows, code)
        if any(group.is_per_user for group in groups):
            per_user = np.array([group.is_per_user for group in groups])[group_of_title[title]]
            holder = _or_user(device, agency, installations, rows, per_user, len(devices) + len(installations))
        found, first = combine([group_of_title[title], agency, holder])
        least = device[first] if holder is device else _least(device, found, len(first))
        order = np.lexsort((first, least, agency[first], group_of_title[title[first]]))
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

    def kinds(self, number: int, group: Group) -> tuple[list[Places], np.ndarray]:
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

    def _tied(self, group: Group, start: int, end: int) -> tuple[np.ndarray, list[frozenset[int]]]:
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
        stretches = [stretch for its in matching.stretches for stretch in its]
        first = self.first_unit[np.argsort(kind, kind="stable") + self.group_bounds[number]]
        of_place = np.repeat(np.arange(len(stretches)), [stretch.number for stretch in stretches])
        needs = np.array([len(stretch.outcome) for stretch in stretches], dtype=np.int64)
        for offset in range(needs.max(initial=0)):
            given = [stretch.outcome[offset] if len(stretch.outcome) > offset else _NOTHING for stretch in stretches]
            has = needs[of_place] > offset
            units, at = first[has] + offset, of_place[has]
            basis[units] = np.array([_NUMBER_OF_BASIS[one.basis] for one in given], dtype=basis.dtype)[at]
            covering = [matching.rights[one.right].number if one.right is not None and one.covers else -1 for one in given]
            right[units] = np.array(covering, dtype=right.dtype)[at]


def _or_user(
    device: np.ndarray, agency: np.ndarray, installations: pd.DataFrame, rows: np.ndarray, per_user: np.ndarray, above: int
) -> np.ndarray:
    """The devices, and in their place the users where rights are counted by them, numbered from `above`.

    A name on more devices than one person may use is taken for none: `Staf`, `Operator`.
    """
    if "user" not in installations:
        return device
    names = [plain_text(str(name)) for name in installations["user"].cat.categories]
    plain = {name: number for number, name in enumerate(dict.fromkeys(names))}
    code = installations["user"].cat.codes.to_numpy()[rows]
    user = np.array([plain[name] for name in names] or [0], dtype=np.int64)[code]
    known = per_user & (code >= 0) & (user != plain.get("", -1))
    pairs = pd.DataFrame({"agency": agency[known], "user": user[known], "device": device[known]})
    devices = pairs.groupby(["agency", "user"])["device"].transform("nunique").to_numpy()
    found = device.copy()
    persons = np.flatnonzero(known)[devices <= MOST_DEVICES_OF_USER]
    found[persons] = above + user[persons]
    return found


def _least(device: np.ndarray, place: np.ndarray, places: int) -> np.ndarray:
    """Of every place the least of its devices."""
    least = np.full(places, np.iinfo(np.int64).max)
    np.minimum.at(least, place, device)
    return least


def _named(devices: Iterable[str]) -> dict[str, list[int]]:
    named: dict[str, list[int]] = {}
    for code, device in enumerate(devices):
        named.setdefault(plain_text(device), []).append(code)
    return named
