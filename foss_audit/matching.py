# SPDX-License-Identifier: Apache-2.0
"""One product, or a suite and its parts: the places that need rights, the rights, and who gets what. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from foss_audit.allocation import UNLIMITED, Kind, Portion, Visit, allocate
from foss_audit.coverage import Answer, Coverage
from foss_audit.model import Basis, Metric
from foss_audit.rights import Right, State

_SUITE_THERE, _ONE_PRODUCT, _PARTS_ALONE = -1, 0, 1


@dataclass(frozen=True, slots=True)
class Need:
    """Titles that every right covers alike: what is counted as one thing on a device."""

    product_key: str
    product: str
    edition: str
    """Empty where no right of the product names one, or the titles do not tell it."""
    release: str
    coverage: Mapping[int, Coverage]
    """By number of the right, for the rights that are for this product at all."""
    as_part: frozenset[int] = frozenset()
    """Of these rights those for a suite that it is a part of."""


class Places(NamedTuple):
    """Places of one agency that need the same and may draw on the same rights."""

    agency: str
    tied: frozenset[int]
    """Numbers of the rights that are tied to devices, to each of these among them."""
    needs: tuple[int, ...]
    number: int


class Given(NamedTuple):
    """What a need gets at some places."""

    basis: Basis
    right: int | None = None
    """Number of the right that covers it or, where the basis is undetermined, may cover it."""

    @property
    def covers(self) -> bool:
        """Whether the right surely covers it."""
        return self.basis is Basis.ENTITLED or self.basis is Basis.OEM


class Stretch(NamedTuple):
    """Consecutive places of a kind with the same outcome."""

    number: int
    outcome: tuple[Given, ...]
    """By need, in the order of Places.needs."""


_Wanting = tuple[Places, frozenset[int]]


class Matching:
    """Who gets what of one product, or of a suite and its parts."""

    def __init__(
        self, needs: Sequence[Need], rights: Sequence[Right], places: Sequence[Places], agencies_in_register: frozenset[str]
    ) -> None:
        self.needs, self.rights, self.places = needs, rights, places
        self._in_register = agencies_in_register
        self._suites = frozenset(number for need in needs for number in need.as_part)
        self._tied = frozenset(number for number, right in enumerate(rights) if right.entitlement.devices)
        self._is_withheld = any(right.without or right.only for right in rights)
        self._alike, self._members = _alike(rights)
        self._of_need = [self._by_agency(need) for need in needs]
        self._miss: dict[tuple[str, frozenset[int], int], Basis] = {}
        self.left: list[int] = []
        """What is left of every right after the sure coverage."""
        self.stretches = self._matched()
        """For every kind of places, in their order."""

    def candidates(self, places: Places, need: int) -> Iterator[int]:
        """Numbers of the rights for a need that may be drawn on at places, whether or not they cover it."""
        return (number for number in self.of_agency(places.agency, need) if number not in self._tied or number in places.tied)

    def of_agency(self, agency: str, need: int) -> list[int]:
        """Numbers of the rights for a need that an agency may draw on somewhere."""
        own, pooled = self._of_need[need]
        mine = own.get(agency, [])
        if not self._is_withheld:
            return mine + pooled if pooled else mine
        return mine + [number for number in pooled if self.rights[number].open_to(agency)]

    def _by_agency(self, need: Need) -> tuple[dict[str, list[int]], list[int]]:
        """Numbers of the rights for a need: those of each agency, and those of all."""
        own: dict[str, list[int]] = {}
        pooled: list[int] = []
        for number in need.coverage:
            agency = self.rights[number].agency
            (pooled if agency is None else own.setdefault(agency, [])).append(number)
        return own, pooled

    def _matched(self) -> list[list[Stretch]]:
        """First the rights that surely cover are given out, then what is left of them where they may cover."""
        wanting: list[_Wanting] = [(one, frozenset(one.needs)) for one in self.places]
        capacities = [right.capacity if right.state is State.VALID else 0 for right in self.rights]
        sure = self._allocated(wanting, Answer.YES, capacities)
        self.left = _left(capacities, chain.from_iterable(sure))
        if not any(found.answer is Answer.OPEN for need in self.needs for found in need.coverage.values()):
            return [
                [self._stretch(places, portion, ()) for portion in parts] for places, parts in zip(self.places, sure, strict=True)
            ]
        wanting = [
            (Places(places.agency, places.tied, places.needs, portion.number),
             frozenset(places.needs).difference(need for need, _ in portion.given))
            for places, parts in zip(self.places, sure, strict=True)
            for portion in parts
        ]  # fmt: skip
        maybe = iter(self._allocated(wanting, Answer.OPEN, self.left))
        return [
            [
                self._stretch(places, Portion(later.number, portion.given), later.given)
                for portion in parts
                for later in next(maybe)
            ]
            for places, parts in zip(self.places, sure, strict=True)
        ]

    def _allocated(self, wanting: Sequence[_Wanting], answer: Answer, capacities: Sequence[int]) -> list[list[Portion]]:
        kinds = [Kind(places.number, needs) for places, needs in wanting]
        return allocate(kinds, self._visits(wanting, answer, capacities), capacities)

    def _visits(self, wanting: Sequence[_Wanting], answer: Answer, capacities: Sequence[int]) -> list[Visit]:
        """The turns of the rights of which something is left, in order."""
        covering = [
            frozenset(number for number, found in need.coverage.items() if found.answer is answer and capacities[number] > 0)
            for need in self.needs
        ]
        of_need: dict[tuple[str, int], list[int]] = {}
        turns: dict[tuple[int, int], list[tuple[int, frozenset[int]]]] = {}
        for kind, (places, needs) in enumerate(wanting):
            covers: dict[int, list[int]] = {}
            for need in needs if len(needs) < 2 else sorted(needs):
                if not covering[need]:
                    continue
                key = places.agency, need
                if key not in of_need:
                    alike = {self._alike[number] for number in self.of_agency(*key) if number in covering[need]}
                    of_need[key] = sorted(alike)
                for number in of_need[key]:
                    if number not in self._tied or number in places.tied:
                        covers.setdefault(number, []).append(need)
            for number, covered in covers.items():
                rank = self._suite_rank(number, places) if number in self._suites else _ONE_PRODUCT
                turns.setdefault((number, rank), []).append((kind, frozenset(covered)))
        shared = {}
        for (number, rank), its in turns.items():
            if rank == _PARTS_ALONE:
                its.sort(key=lambda one: -len(one[1]))  # a suite goes first where it covers most
            shared[number, rank] = tuple(its)
        visits = [
            (self.rights[number].order(rank), Visit(number, covers))
            for (first, rank), covers in shared.items()
            for number in self._members[first]
            if capacities[number] > 0
        ]
        return [visit for _, visit in sorted(visits, key=lambda one: one[0])]

    def _suite_rank(self, number: int, places: Places) -> int:
        """Whether the suite itself is at the places."""
        there = any(number in self.needs[need].coverage and number not in self.needs[need].as_part for need in places.needs)
        return _SUITE_THERE if there else _PARTS_ALONE

    def _stretch(self, places: Places, sure: Portion, later: Iterable[tuple[int, int]]) -> Stretch:
        certain, possible = dict(sure.given), dict(later)
        return Stretch(sure.number, tuple([self._outcome(places, need, certain, possible) for need in places.needs]))

    def _outcome(self, places: Places, need: int, certain: Mapping[int, int], possible: Mapping[int, int]) -> Given:
        if (number := certain.get(need)) is not None:
            tied = self.rights[number].entitlement.metric is Metric.OEM
            return Given(Basis.OEM if tied else Basis.ENTITLED, number)
        if (number := possible.get(need)) is not None:
            academic = self.rights[number].terms.academic
            return Given(Basis.LICENSE_UNKNOWN if academic else Basis.EDITION_UNKNOWN, number)
        key = places.agency, places.tied, need
        if key not in self._miss:
            self._miss[key] = self._nearest_miss(places, need)
        return Given(self._miss[key])

    def _nearest_miss(self, places: Places, need: int) -> Basis:
        """Why what nothing covers is unlicensed; restricted freeware is told apart by the caller."""
        coverage = self.needs[need].coverage
        near = {self.rights[one].state for one in self.candidates(places, need) if coverage[one].answer is not Answer.NO}
        if State.VALID in near:
            return Basis.ENTITLEMENT_EXHAUSTED
        if State.EXPIRED in near:
            return Basis.ENTITLEMENT_EXPIRED
        if any(self._is_near(one, places.agency, found) for one, found in coverage.items()):
            return Basis.NOT_COVERED
        return Basis.NO_ENTITLEMENT if places.agency in self._in_register else Basis.NO_REGISTER

    def _is_near(self, number: int, agency: str, found: Coverage) -> bool:
        """Whether a right misses by one thing alone: by release, edition, device or day, or by whose it is."""
        right = self.rights[number]
        return right.state is not State.NO_INSTALLATION and (right.open_to(agency) or found.answer is not Answer.NO)


def _alike(rights: Sequence[Right]) -> tuple[list[int], dict[int, list[int]]]:
    """For every right the first that the same places may draw on for the same needs; by such a first one all that are like it."""
    first: dict[object, int] = {}
    alike = [
        number if right.entitlement.devices else first.setdefault((right.terms, right.agency, right.without, right.only), number)
        for number, right in enumerate(rights)
    ]
    members: dict[int, list[int]] = {}
    for number, one in enumerate(alike):
        members.setdefault(one, []).append(number)
    return alike, members


def _left(capacities: Sequence[int], portions: Iterable[Portion]) -> list[int]:
    left = list(capacities)
    for portion in portions:
        for right in portion.rights():
            if left[right] != UNLIMITED:
                left[right] -= portion.number
    return left
