# SPDX-License-Identifier: Apache-2.0
"""One product, or a suite and its parts: the places that need rights, the rights, and who gets what. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from foss_audit.allocation import UNLIMITED, Kind, Portion, Visit, allocate
from foss_audit.coverage import Answer
from foss_audit.entitlement import Metric
from foss_audit.misses import Misses
from foss_audit.model import Basis
from foss_audit.needs import Given, Need, Places, Stretch
from foss_audit.rights import Right, State

_SUITE_THERE, _ONE_PRODUCT, _PARTS_ALONE = -1, 0, 1


_Wanting = tuple[Places, frozenset[int]]


class Matching:
    """Who gets what of one product, or of a suite and its parts."""

    def __init__(
        self, needs: Sequence[Need], rights: Sequence[Right], places: Sequence[Places], agencies_in_register: frozenset[str]
    ) -> None:
        self.needs, self.rights, self.places = needs, rights, places
        self._suites = frozenset(number for need in needs for number in need.as_part)
        self._tied = frozenset(number for number, right in enumerate(rights) if right.entitlement.devices)
        self._is_withheld = any(right.without or right.only for right in rights)
        self._alike, self._members = _alike(rights)
        self._of_need = [self._by_agency(need) for need in needs]
        self._misses = Misses(needs, rights, agencies_in_register)
        self._given = [
            Given(Basis.OEM if right.entitlement.metric is Metric.OEM else Basis.ENTITLED, number)
            for number, right in enumerate(rights)
        ]
        """What a need gets that a right surely covers."""
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
        may_be_covered = self._may_be_covered()
        wanting = []
        for places, parts in zip(self.places, sure, strict=True) if may_be_covered else ():
            for portion in parts:
                missing = frozenset(places.needs).difference([need for need, _ in (*portion.given, *self._also(places, portion))])
                if not missing.isdisjoint(may_be_covered):
                    wanting.append((Places(places.agency, places.tied, places.needs, portion.number), missing))
        maybe = iter(self._allocated(wanting, Answer.OPEN, self.left) if wanting else ())
        return [
            [stretch for portion in parts for stretch in self._stretches(places, portion, may_be_covered, maybe)]
            for places, parts in zip(self.places, sure, strict=True)
        ]

    def _may_be_covered(self) -> frozenset[int]:
        """The needs that some right of which something is left may cover."""
        return frozenset(
            number
            for number, need in enumerate(self.needs)
            if any(found.answer is Answer.OPEN and self.left[right] > 0 for right, found in need.coverage.items())
        )

    def _stretches(
        self, places: Places, sure: Portion, may_be_covered: frozenset[int], maybe: Iterator[list[Portion]]
    ) -> Iterator[Stretch]:
        """What the places of a portion got for sure, with what they may have beside it: the next of `maybe` where it asked."""
        also = self._also(places, sure)
        covered = [need for need, _ in (*sure.given, *also)]
        if not may_be_covered or may_be_covered.isdisjoint(need for need in places.needs if need not in covered):
            yield self._stretch(places, sure, also)
            return
        for later in next(maybe):
            yield self._stretch(places, Portion(later.number, sure.given), (*also, *later.given))

    def _also(self, places: Places, sure: Portion) -> tuple[tuple[int, int], ...]:
        """What of the other needs there the rights that were given may cover beside, with the right."""
        if len(sure.given) == len(places.needs) or not sure.given:
            return ()
        covered = {need for need, _ in sure.given}
        given = dict.fromkeys(right for _, right in sure.given)
        return tuple(
            (need, right)
            for need in places.needs
            if need not in covered
            for right in [one for one in given if self._may_cover(need, one)][:1]
        )

    def _may_cover(self, need: int, right: int) -> bool:
        found = self.needs[need].coverage.get(right)
        return found is not None and found.answer is Answer.OPEN

    def _allocated(self, wanting: Sequence[_Wanting], answer: Answer, capacities: Sequence[int]) -> list[list[Portion]]:
        kinds = [Kind(places.number, needs) for places, needs in wanting]
        return allocate(kinds, self._visits(wanting, answer, capacities), capacities)

    def _visits(self, wanting: Sequence[_Wanting], answer: Answer, capacities: Sequence[int]) -> list[Visit]:
        """The turns of the rights of which something is left, in order."""
        covering = [
            frozenset(number for number, found in need.coverage.items() if found.answer is answer and capacities[number] > 0)
            for need in self.needs
        ]
        of_need: dict[tuple[str, int], tuple[list[int], list[int]]] = {}
        """By agency and need the rights that are tied to no device, and those that are."""
        turns: dict[tuple[int, int], list[tuple[int, frozenset[int]]]] = defaultdict(list)
        alone = [frozenset((need,)) for need in range(len(self.needs))]
        for kind, (places, needs) in enumerate(wanting):
            covers: dict[int, frozenset[int]] = {}
            for need in needs:
                if not covering[need]:
                    continue
                key = places.agency, need
                if key not in of_need:
                    rights = sorted({self._alike[number] for number in self.of_agency(*key) if number in covering[need]})
                    of_need[key] = [one for one in rights if one not in self._tied], [one for one in rights if one in self._tied]
                free, tied = of_need[key]
                its = [*free, *places.tied.intersection(tied)] if tied and places.tied else free
                if covers:
                    for number in its:
                        covers[number] = covers[number] | alone[need] if number in covers else alone[need]
                else:
                    covers = dict.fromkeys(its, alone[need])
            for number, covered in covers.items():
                rank = self._suite_rank(number, places) if number in self._suites else _ONE_PRODUCT
                turns[number, rank].append((kind, covered))
        shared = {}
        for (number, rank), turn in turns.items():
            if rank == _PARTS_ALONE:
                turn.sort(key=lambda one: -len(one[1]))  # a suite goes first where it covers most
            shared[number, rank] = tuple(turn)
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

    def _stretch(self, places: Places, sure: Portion, later: Sequence[tuple[int, int]]) -> Stretch:
        if not sure.given and not later:
            return Stretch(sure.number, tuple([self._misses.of(places, need) for need in places.needs]))
        certain, possible = dict(sure.given), dict(later)
        return Stretch(sure.number, tuple([self._outcome(places, need, certain, possible) for need in places.needs]))

    def _outcome(self, places: Places, need: int, certain: Mapping[int, int], possible: Mapping[int, int]) -> Given:
        if (number := certain.get(need)) is not None:
            return self._given[number]
        if (number := possible.get(need)) is not None:
            academic = self.rights[number].terms.academic
            return Given(Basis.LICENSE_UNKNOWN if academic else Basis.EDITION_UNKNOWN, number)
        return self._misses.of(places, need)


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
