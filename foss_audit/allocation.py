# SPDX-License-Identifier: Apache-2.0
"""Rights given out to places that need them: as many needs as possible are covered, by the order of rights. Pure.

A place is a product, or the parts of a suite, on one device. Places that need the same and may be given the same are alike,
and are handled together: the numbers here are those of kinds of places, not of devices.

First the rights are given out one after the other, as the order says. Only where that leaves something uncovered which
another way would cover, the best way is looked for (best_allocation.py), apart for each part that shares scarce rights.
"""

from collections.abc import Iterable, Iterator, Sequence

from foss_audit.best_allocation import UNLIMITED, Kind, Portion, Visit, best_allocation

__all__ = ["UNLIMITED", "Kind", "Portion", "Visit", "allocate"]


def allocate(kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int]) -> list[list[Portion]]:
    """For every kind what its places get, in their order; the numbers of a kind's portions add up to its number.

    `capacities`: how many of each right there are, UNLIMITED for any number. As many needs as possible are covered; among
    the ways to do so, rights whose turn comes earlier are preferred.
    """
    portions, left = _in_turn(kinds, visits, capacities)
    if _may_be_bettered(kinds, visits, portions, left):
        for some, turns in _parts(kinds, visits, capacities):
            own = [kinds[kind] for kind in some]
            found, left = _in_turn(own, turns, capacities)
            if _may_be_bettered(own, turns, found, left):
                for kind, better in zip(some, best_allocation(own, turns, capacities, found), strict=True):
                    portions[kind] = better
    return portions


def _parts(kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int]) -> Iterator[tuple[list[int], list[Visit]]]:
    """Kinds between which some scarce right is to be shared, with the turns of their rights by their place in the list.

    A right that suffices for all who may have it is scarce for nobody, and links none.
    """
    wanted = [0] * len(capacities)
    for visit in visits:
        wanted[visit.right] += sum(kinds[kind].number for kind, _ in visit.covers)
    root = list(range(len(kinds)))

    def find(kind: int) -> int:
        while root[kind] != kind:
            root[kind] = root[root[kind]]
            kind = root[kind]
        return kind

    for visit in visits:
        if wanted[visit.right] > capacities[visit.right]:
            first = find(visit.covers[0][0])
            for kind, _ in visit.covers[1:]:
                root[find(kind)] = first
    members: dict[int, list[int]] = {}
    for kind in range(len(kinds)):
        members.setdefault(find(kind), []).append(kind)
    turns: dict[int, list[Visit]] = {}
    for visit in visits:
        split: dict[int, list[tuple[int, frozenset[int]]]] = {}
        for kind, covers in visit.covers:
            split.setdefault(find(kind), []).append((kind, covers))
        for part, its in split.items():
            turns.setdefault(part, []).append(Visit(visit.right, tuple(its)))
    for part, some in members.items():
        if part in turns:
            place = {kind: at for at, kind in enumerate(some)}
            yield (
                some,
                [Visit(one.right, tuple((place[kind], covers) for kind, covers in one.covers)) for one in turns[part]],
            )


def _in_turn(kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int]) -> tuple[list[list[Portion]], list[int]]:
    portions = [[Portion(kind.number)] for kind in kinds]
    left = list(capacities)
    for visit in visits:
        for kind, covers in visit.covers:
            if left[visit.right] <= 0:
                break
            portions[kind], left[visit.right] = _give(portions[kind], visit.right, covers, left[visit.right])
    return portions, left


def _give(portions: Iterable[Portion], right: int, covers: frozenset[int], left: int) -> tuple[list[Portion], int]:
    """The portions of a kind after a right was given to as many of its places as need it."""
    after = []
    for portion in portions:
        wanted = covers.difference(need for need, _ in portion.given)
        number = min(left, portion.number) if wanted else 0
        if number:
            left -= number
            after.append(Portion(number, tuple(sorted((*portion.given, *((need, right) for need in wanted))))))
        if number < portion.number:
            after.append(Portion(portion.number - number, portion.given))
    return after, left


def _may_be_bettered(
    kinds: Sequence[Kind], visits: Sequence[Visit], portions: Sequence[Sequence[Portion]], left: Sequence[int]
) -> bool:
    """Whether another way might cover more: whether what is uncovered could have a right that others hold, who could have
    another one of which something is left.
    """
    able: dict[tuple[int, int], set[int]] = {}
    whole: set[int] = set()
    for visit in visits:
        for kind, covers in visit.covers:
            for need in covers:
                able.setdefault((kind, need), set()).add(visit.right)
            if len(covers) > 1 and left[visit.right] <= 0:
                whole.add(visit.right)
    held: dict[int, set[int]] = {}
    wanted: set[int] = set()
    for kind, its in enumerate(portions):
        for portion in its:
            given = dict(portion.given)
            for need in kinds[kind].needs:
                if need not in given:
                    wanted |= able.get((kind, need), set())
                elif len(others := able[kind, need]) > 1:
                    held.setdefault(given[need], set()).update(others)
    if wanted & whole:
        return True
    reached: set[int] = set()
    while wanted:
        reached |= wanted
        wanted = set().union(*(held.get(right, set()) for right in wanted)) - reached
    return any(left[right] > 0 for right in reached)
