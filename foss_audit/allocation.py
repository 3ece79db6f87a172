# SPDX-License-Identifier: Apache-2.0
"""Rights given out to places that need them: as many needs as possible are covered, by the order of rights. Pure.

A place is a product, or the parts of a suite, on one device. Places that need the same and may be given the same are alike,
and are handled together: the numbers here are those of kinds of places, not of devices.

First the rights are given out one after the other, as the order says. Only where that leaves something uncovered which
another way would cover, the best way is looked for (best_allocation.py), apart for each part that shares scarce rights.
"""

from collections.abc import Iterable, Iterator, Sequence

from foss_audit.best_allocation import UNLIMITED, Covers, Kind, Portion, Visit, best_allocation

__all__ = ["UNLIMITED", "Kind", "Portion", "Visit", "allocate"]


def allocate(kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int]) -> list[list[Portion]]:
    """For every kind what its places get, in their order; the numbers of a kind's portions add up to its number.

    `capacities`: how many of each right there are, UNLIMITED for any number. As many needs as possible are covered; among
    the ways to do so, rights whose turn comes earlier are preferred.
    """
    portions, left = _in_turn(kinds, visits, capacities)
    if _may_be_bettered(kinds, visits, portions, left):
        for some, turns in _parts(kinds, visits, capacities):
            own, found = [kinds[kind] for kind in some], [portions[kind] for kind in some]
            if _may_be_bettered(own, turns, found, left):
                for kind, better in zip(some, best_allocation(own, turns, capacities, found), strict=True):
                    portions[kind] = better
    return portions


def _parts(kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int]) -> Iterator[tuple[list[int], list[Visit]]]:
    """Kinds between which some scarce right is to be shared, with the turns of their rights by their place in the list.

    A right that suffices for all who may have it is scarce for nobody, and links none.
    """
    root = list(range(len(kinds)))

    def find(kind: int) -> int:
        while root[kind] != kind:
            root[kind] = root[root[kind]]
            kind = root[kind]
        return kind

    for covers, rights in _by_covers(visits):
        wanted = sum(kinds[kind].number for kind, _ in covers)
        if wanted > min(capacities[right] for right in rights):
            first = find(covers[0][0])
            for kind, _ in covers[1:]:
                root[find(kind)] = first
    members: dict[int, list[int]] = {}
    for kind in range(len(kinds)):
        members.setdefault(find(kind), []).append(kind)
    place = {kind: at for some in members.values() for at, kind in enumerate(some)}
    split: dict[int, dict[int, Covers]] = {}
    """By what a visit covers, the share of every part, the same for all visits that cover the same."""
    for covers, _ in _by_covers(visits):
        shares: dict[int, list[tuple[int, frozenset[int]]]] = {}
        for kind, needs in covers:
            shares.setdefault(find(kind), []).append((place[kind], needs))
        split[id(covers)] = {part: tuple(share) for part, share in shares.items()}
    turns: dict[int, list[Visit]] = {}
    for visit in visits:
        for part, share in split[id(visit.covers)].items():
            turns.setdefault(part, []).append(Visit(visit.right, share))
    for part, its in turns.items():
        yield members[part], its


def _by_covers(visits: Iterable[Visit]) -> list[tuple[Covers, list[int]]]:
    """The rights of visits that share what they cover."""
    shared: dict[int, tuple[Covers, list[int]]] = {}
    for visit in visits:
        shared.setdefault(id(visit.covers), (visit.covers, []))[1].append(visit.right)
    return list(shared.values())


def _in_turn(kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int]) -> tuple[list[list[Portion]], list[int]]:
    portions = [[Portion(kind.number)] for kind in kinds]
    left = list(capacities)
    done: dict[int, int] = {}
    """Of what visits cover, how many of the first kinds need nothing more of it."""
    for visit in visits:
        at = done.get(id(visit.covers), 0)
        while at < len(visit.covers):
            kind, covers = visit.covers[at]
            portions[kind], left[visit.right] = _give(portions[kind], visit.right, covers, left[visit.right])
            if left[visit.right] <= 0:
                break
            at += 1
        done[id(visit.covers)] = at
    return portions, left


def _give(portions: list[Portion], right: int, covers: frozenset[int], left: int) -> tuple[list[Portion], int]:
    """The portions of a kind after a right was given to as many of its places as need it, and what is left of the right."""
    after = []
    for portion in portions:
        wanted = covers.difference(need for need, _ in portion.given) if portion.given else covers
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
    if not visits or all(len(one.given) == len(kind.needs) for kind, its in zip(kinds, portions, strict=True) for one in its):
        return False
    groups = _by_covers(visits)
    of_right: dict[int, list[int]] = {}
    able: dict[tuple[int, int], list[int]] = {}
    """By kind and need the groups of rights that it may have."""
    whole: set[int] = set()
    for group, (covers, rights) in enumerate(groups):
        for right in rights:
            of_right.setdefault(right, []).append(group)
        is_used_up = any(left[right] <= 0 for right in rights)
        for kind, needs in covers:
            for need in needs:
                able.setdefault((kind, need), []).append(group)
            if is_used_up and len(needs) > 1:
                whole.add(group)
    held: dict[int, set[int]] = {}
    wanted: set[int] = set()
    for kind, its in enumerate(portions):
        for portion in its:
            given = dict(portion.given)
            for need in kinds[kind].needs:
                if need not in given:
                    wanted.update(able.get((kind, need), ()))
                elif len(others := able[kind, need]) > 1:
                    for group in of_right[given[need]]:
                        held.setdefault(group, set()).update(others)
    if wanted & whole:
        return True
    reached: set[int] = set()
    while wanted:
        reached |= wanted
        wanted = set().union(*(held.get(group, set()) for group in wanted)) - reached
    return any(left[right] > 0 for group in reached for right in groups[group][1])
