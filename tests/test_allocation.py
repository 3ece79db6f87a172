# SPDX-License-Identifier: Apache-2.0
"""Rights given out to places: as many needs covered as can be, against every way tried; never more than there is; in order."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foss_audit import best_allocation
from foss_audit.allocation import UNLIMITED, Kind, Portion, Visit, allocate

_NEEDS = st.frozensets(st.integers(0, 2), min_size=1, max_size=3)
_KINDS = st.lists(st.builds(Kind, st.integers(1, 2), _NEEDS), min_size=1, max_size=3)


@st.composite
def _cases(draw: st.DrawFn, most_needs: int = 3) -> tuple[list[Kind], list[Visit], list[int]]:
    kinds = draw(_KINDS)
    kinds = [Kind(kind.number, frozenset(sorted(kind.needs)[:most_needs])) for kind in kinds]
    visits, capacities = [], []
    for right in range(draw(st.integers(1, 4))):
        capacities.append(draw(st.sampled_from([0, 1, 1, 2, UNLIMITED])))
        covers = draw(st.frozensets(st.integers(0, 2), min_size=1))
        reached = [(at, kind.needs & covers) for at, kind in enumerate(kinds) if kind.needs & covers]
        reached = draw(st.lists(st.sampled_from(reached), unique_by=lambda one: one[0])) if reached else []
        if reached:
            visits.append(Visit(right, tuple(sorted(reached, key=lambda one: one[0]))))
    return kinds, draw(st.permutations(visits)), capacities


def _most(kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int]) -> int:
    """How many needs can be covered at most: every way to give every place every set of rights, tried."""
    places = [(kind, need_set.needs) for kind, need_set in enumerate(kinds) for _ in range(need_set.number)]
    offers = [[(visit.right, dict(visit.covers)[kind]) for visit in visits if kind in dict(visit.covers)] for kind, _ in places]

    def best(at: int, left: tuple[int, ...]) -> int:
        if at == len(places):
            return 0
        most = 0
        subsets = chain.from_iterable(combinations(offers[at], size) for size in range(len(offers[at]) + 1))
        for chosen in subsets:
            after = list(left)
            for right, _ in chosen:
                after[right] -= 1
            if min(after) >= 0:
                covered = len(frozenset().union(*(covers for _, covers in chosen)))
                most = max(most, covered + best(at + 1, tuple(after)))
        return most

    return best(0, tuple(min(one, len(places)) for one in capacities))


def _check(kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int], found: Sequence[Sequence[Portion]]) -> int:
    """That nothing is given that there is not, nor to whom it is not for; returns how many needs are covered."""
    spent: Counter[int] = Counter()
    covered = 0
    for at, (kind, portions) in enumerate(zip(kinds, found, strict=True)):
        assert sum(portion.number for portion in portions) == kind.number
        for portion in portions:
            assert portion.number > 0
            for need, right in portion.given:
                assert any(visit.right == right and need in dict(visit.covers).get(at, ()) for visit in visits)
            assert len(dict(portion.given)) == len(portion.given)
            covered += portion.number * len(portion.given)
            for right in portion.rights():
                spent[right] += portion.number
    assert all(number <= capacities[right] for right, number in spent.items())
    return covered


@given(_cases())
@settings(max_examples=300, deadline=None)
def test_no_way_covers_more(case: tuple[list[Kind], list[Visit], list[int]]) -> None:
    kinds, visits, capacities = case
    assert _check(kinds, visits, capacities, allocate(kinds, visits, capacities)) == _most(kinds, visits, capacities)


@given(_cases(most_needs=1))
@settings(max_examples=200, deadline=None)
def test_no_flow_covers_more(case: tuple[list[Kind], list[Visit], list[int]]) -> None:
    kinds, visits, capacities = case
    assert _check(kinds, visits, capacities, allocate(kinds, visits, capacities)) == _most(kinds, visits, capacities)


@given(_cases())
@settings(max_examples=100, deadline=None)
def test_what_is_too_much_to_weigh_is_given_out_lawfully_too(case: tuple[list[Kind], list[Visit], list[int]]) -> None:
    kinds, visits, capacities = case
    most = best_allocation.MOST_CHOICES
    best_allocation.MOST_CHOICES = 0
    try:
        _check(kinds, visits, capacities, allocate(kinds, visits, capacities))
    finally:
        best_allocation.MOST_CHOICES = most


@given(_cases(), st.integers(0, 2))
@settings(max_examples=100, deadline=None)
def test_one_more_right_never_covers_less(case: tuple[list[Kind], list[Visit], list[int]], need: int) -> None:
    kinds, visits, capacities = case
    reached = tuple((at, frozenset({need})) for at, kind in enumerate(kinds) if need in kind.needs)
    more = [*visits, Visit(len(capacities), reached)] if reached else visits
    before = _check(kinds, visits, capacities, allocate(kinds, visits, capacities))
    after = allocate(kinds, more, [*capacities, 1])
    assert _check(kinds, more, [*capacities, 1], after) >= before


ONE = frozenset({0})


def test_the_order_of_turns_decides_where_all_are_covered() -> None:
    kinds = [Kind(3, ONE)]
    visits = [Visit(1, ((0, ONE),)), Visit(0, ((0, ONE),))]
    assert allocate(kinds, visits, [5, 2]) == [[Portion(2, ((0, 1),)), Portion(1, ((0, 0),))]]


def test_who_has_no_other_right_is_not_left_out() -> None:
    kinds = [Kind(2, ONE), Kind(2, ONE)]
    visits = [Visit(0, ((0, ONE), (1, ONE))), Visit(1, ((0, ONE),))]
    assert allocate(kinds, visits, [2, 2]) == [[Portion(2, ((0, 1),))], [Portion(2, ((0, 0),))]]


def test_a_suite_goes_where_it_covers_most() -> None:
    kinds = [Kind(1, ONE), Kind(1, frozenset({0, 1, 2}))]
    visits = [Visit(0, ((0, ONE), (1, frozenset({0, 1, 2}))))]
    assert allocate(kinds, visits, [1]) == [[Portion(1)], [Portion(1, ((0, 0), (1, 0), (2, 0)))]]


@pytest.mark.slow
def test_many_kinds_and_scarce_rights_take_bounded_time() -> None:
    kinds = [Kind(3, frozenset({at % 7, at % 5})) for at in range(3_000)]
    covers = [tuple((at, kind.needs & {one}) for at, kind in enumerate(kinds) if one in kind.needs) for one in range(7)]
    wide = tuple((at, kind.needs) for at, kind in enumerate(kinds))
    visits = [Visit(right, covers[right % 7] if right % 3 else wide) for right in range(500)]
    found = allocate(kinds, visits, [5] * 500)
    assert _check(kinds[:1], visits, [5] * 500, found[:1]) >= 0
