# SPDX-License-Identifier: Apache-2.0
"""Rights given out to places that need them: as many needs as possible are covered, by the order of rights. Pure.

A place is a product, or the parts of a suite, on one device. Places that need the same and may be given the same are alike,
and are handled together: the numbers here are those of kinds of places, not of devices.

First the rights are given out one after the other, as the order says. Only where that leaves something uncovered which
another way would cover, the best way is looked for (best_allocation.py), apart for each part that shares scarce rights.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from foss_audit.best_allocation import MOST_CHOICES, UNLIMITED, Covers, Kind, Portion, Visit, best_allocation

__all__ = ["UNLIMITED", "Kind", "Portion", "Visit", "allocate"]

_Group = tuple[Covers, list[int]]
"""What some rights cover, and these rights."""


def allocate(kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int]) -> list[list[Portion]]:
    """For every kind what its places get, in their order; the numbers of a kind's portions add up to its number.

    `capacities`: how many of each right there are, UNLIMITED for any number. As many needs as possible are covered; among
    the ways to do so, rights whose turn comes earlier are preferred.
    """
    portions, left = _in_turn(kinds, visits, capacities)
    groups = _by_covers(visits)
    short = _short(kinds, portions, groups)
    shiftable, several = (_shiftable(groups, portions, left, short), _several(groups, left, short)) if short else (set(), set())
    for some, turns in _parts(kinds, visits, groups, capacities, shiftable, several):
        better = best_allocation([kinds[kind] for kind in some], turns, capacities, [portions[kind] for kind in some])
        for kind, its in zip(some, better, strict=True):
            portions[kind] = its
    return portions


def _short(kinds: Sequence[Kind], portions: Sequence[Sequence[Portion]], groups: Sequence[_Group]) -> dict[int, set[int]]:
    """By kind the needs that some of its places are left with, of kinds that some right may cover."""
    short: dict[int, set[int]] = {}
    for number in {number for covers, _ in groups for number, _ in covers}:
        needs = kinds[number].needs
        for portion in portions[number]:
            if len(portion.given) < len(needs):
                short.setdefault(number, set()).update(needs.difference([need for need, _ in portion.given]))
    return short


def _several(groups: Sequence[_Group], left: Sequence[int], short: Mapping[int, set[int]]) -> set[int]:
    """The kinds with an uncovered need that could have a right which is used up and covers several needs somewhere: another
    choice of the places that get it may cover more.
    """
    return {
        kind
        for covers, rights in groups
        if any(left[right] <= 0 for right in rights) and any(len(needs) > 1 for _, needs in covers)
        for kind, needs in covers
        if kind in short and not needs.isdisjoint(short[kind])
    }


def _shiftable(
    groups: Sequence[_Group], portions: Sequence[Sequence[Portion]], left: Sequence[int], short: Mapping[int, set[int]]
) -> set[int]:
    """The kinds with an uncovered need that could have a right that others hold, who could have another one of which something
    is left. It is looked for from what is left, which is less than what is held.
    """
    of_right = _groups_of_rights(groups)
    expanded: dict[int, frozenset[int]] = {}
    """By kind the needs whose holders have been looked at."""
    found: set[int] = set()
    waiting = [group for group, (_, rights) in enumerate(groups) if any(left[right] > 0 for right in rights)]
    reached = set(waiting)
    while waiting:
        for kind, needs in groups[waiting.pop()][0]:
            before = expanded.get(kind)
            if before is not None and needs <= before:
                continue
            expanded[kind] = needs if before is None else before | needs
            if kind in short and not needs.isdisjoint(short[kind]):
                found.add(kind)
            for portion in portions[kind]:
                for need, right in portion.given:
                    if need in needs:
                        for group in of_right[right]:
                            if group not in reached:
                                reached.add(group)
                                waiting.append(group)
    return found


def _parts(
    kinds: Sequence[Kind],
    visits: Sequence[Visit],
    groups: Sequence[_Group],
    capacities: Sequence[int],
    shiftable: Collection[int],
    several: Collection[int],
) -> Iterator[tuple[list[int], list[Visit]]]:
    """Kinds between which some scarce right is to be shared, with the turns of their rights by their place in the list: those
    with a kind that is shiftable, and those with one in `several` that are few enough to be weighed.

    A right that suffices for all who may have it is scarce for nobody, and links none.
    """
    if not shiftable and not several:
        return
    partners = _sharing_scarce_rights(kinds, groups, capacities)
    scarce: dict[int, list[int]] = {}
    for group in partners:
        for kind, _ in groups[group][0]:
            scarce.setdefault(kind, []).append(group)
    members: list[list[int]] = []
    part_of: dict[int, int] = {}
    linking: dict[int, int] = {}
    """By scarce group the part that it links."""
    for first in sorted({*shiftable, *several}):
        if first in part_of:
            continue
        part, linked, choices = _linked(first, scarce, partners, groups)
        if choices <= MOST_CHOICES or not part.isdisjoint(shiftable):
            part_of.update(dict.fromkeys(part, len(members)))
            linking.update(dict.fromkeys(linked, len(members)))
            members.append(sorted(part))
        else:
            part_of.update(dict.fromkeys(part, -1))
    if not members:
        return
    place = {kind: at for some in members for at, kind in enumerate(some)}
    shares: dict[int, dict[int, Covers]] = {}
    for group, number in linking.items():
        covers = groups[group][0]
        shares[id(covers)] = {number: tuple([(place[kind], needs) for kind, needs in covers])}
    for covers in (covers for group, (covers, _) in enumerate(groups) if group not in partners):
        shares[id(covers)] = _shared(covers, part_of, place)
    turns: list[list[Visit]] = [[] for _ in members]
    for visit in visits:
        for number, share in shares.get(id(visit.covers), {}).items():
            turns[number].append(Visit(visit.right, share))
    yield from zip(members, turns, strict=True)


def _sharing_scarce_rights(kinds: Sequence[Kind], groups: Sequence[_Group], capacities: Sequence[int]) -> dict[int, set[int]]:
    """The groups of rights that do not suffice for all who may have them, with the groups that share such a right: a suite where
    it is installed, and for its parts alone.
    """
    wanted = [sum([kinds[kind].number for kind, _ in covers]) for covers, _ in groups]
    partners: dict[int, set[int]] = {}
    for right, its in _groups_of_rights(groups).items():
        if sum([wanted[group] for group in its]) > capacities[right]:
            for group in its:
                partners.setdefault(group, set()).update(its)
    return partners


def _groups_of_rights(groups: Sequence[_Group]) -> dict[int, list[int]]:
    of_right: dict[int, list[int]] = {}
    for group, (_, rights) in enumerate(groups):
        for right in rights:
            of_right.setdefault(right, []).append(group)
    return of_right


def _linked(
    first: int, scarce: Mapping[int, Sequence[int]], partners: Mapping[int, set[int]], groups: Sequence[_Group]
) -> tuple[set[int], set[int], int]:
    """The kinds that scarce rights link to one, the groups of these rights, and at least how many ways there are to give one."""
    part, waiting, linked, choices = {first}, [first], set[int](), 0
    while waiting:
        for near in scarce.get(waiting.pop(), ()):
            for group in partners[near] - linked:
                linked.add(group)
                covers, rights = groups[group]
                choices += len(covers) * len(rights)
                waiting += (more := [other for other, _ in covers if other not in part])
                part.update(more)
    return part, linked, choices


def _shared(covers: Covers, part_of: Mapping[int, int], place: Mapping[int, int]) -> dict[int, Covers]:
    """What a visit covers of every part, the same for all visits that cover the same."""
    shares: dict[int, list[tuple[int, frozenset[int]]]] = {}
    for kind, needs in covers:
        if (part := part_of.get(kind, -1)) >= 0:
            shares.setdefault(part, []).append((place[kind], needs))
    return {part: tuple(share) for part, share in shares.items()}


def _by_covers(visits: Iterable[Visit]) -> list[_Group]:
    """The rights of visits that share what they cover."""
    shared: dict[int, _Group] = {}
    for visit in visits:
        shared.setdefault(id(visit.covers), (visit.covers, []))[1].append(visit.right)
    return list(shared.values())


def _in_turn(kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int]) -> tuple[list[list[Portion]], list[int]]:
    portions = [[Portion(kind.number)] for kind in kinds]
    left = list(capacities)
    done: dict[int, int] = {}
    """Of what visits cover, how many of the first kinds need nothing more of it."""
    is_full = [False] * len(kinds)
    for right, covers in visits:
        at = done.get(id(covers), 0)
        rest = left[right]
        while at < len(covers):
            kind, needs = covers[at]
            if not is_full[kind]:
                before, (portions[kind], rest) = rest, _give(portions[kind], right, needs, rest)
                if rest != before:
                    most = len(kinds[kind].needs)
                    is_full[kind] = all(len(portion.given) == most for portion in portions[kind])
                if rest <= 0:
                    break
            at += 1
        left[right] = rest
        done[id(covers)] = at
    return portions, left


def _give(portions: list[Portion], right: int, covers: frozenset[int], left: int) -> tuple[list[Portion], int]:
    """The portions of a kind after a right was given to as many of its places as need it, and what is left of the right."""
    after = []
    for portion in portions:
        wanted = covers.difference([need for need, _ in portion.given]) if portion.given else covers
        number = min(left, portion.number) if wanted else 0
        if number:
            left -= number
            given = [(need, right) for need in wanted]
            if portion.given or len(given) > 1:
                given = sorted((*portion.given, *given))
            after.append(Portion(number, tuple(given)))
        if number < portion.number:
            after.append(Portion(portion.number - number, portion.given) if number else portion)
    return after, left
