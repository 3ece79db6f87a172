# SPDX-License-Identifier: Apache-2.0
"""The best way to give out scarce rights, by scipy's flows and, through it, HiGHS (https://highs.dev). Pure.

Where every right covers one need of a place it is a flow; where one covers several, an integer program. Beyond some size the
latter is not weighed: what was given to places with several needs stays, and the rest is solved as a flow.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, combinations
from typing import NamedTuple

import numpy as np

UNLIMITED = 2**53
_MOST = 2**30
"""What scipy's flow can count to, with room for sums."""

MOST_CHOICES = 500
"""Ways to cover places with several needs that are weighed against each other at most."""


class Kind(NamedTuple):
    """Places that are alike."""

    number: int
    """How many there are."""
    needs: frozenset[int]
    """What is to be covered at each: numbers of the caller's."""


Covers = tuple[tuple[int, frozenset[int]], ...]


class Visit(NamedTuple):
    """A right's turn. Rights that cover the same share one `covers`."""

    right: int
    covers: Covers
    """Kinds that may be given it, in order, and what it covers of their needs. Each place that is given it consumes one."""


class Portion(NamedTuple):
    """Places of a kind that got the same."""

    number: int
    given: tuple[tuple[int, int], ...] = ()
    """(need, right), sorted."""

    def rights(self) -> set[int]:
        """The rights that each place consumes one of."""
        return {right for _, right in self.given}


@dataclass(frozen=True, slots=True)
class _Choice:
    """What places of a kind may get together."""

    kind: int
    given: tuple[tuple[int, int], ...]
    rank: int


def best_allocation(
    kinds: Sequence[Kind], visits: Sequence[Visit], capacities: Sequence[int], in_turn: list[list[Portion]]
) -> list[list[Portion]]:
    """The way that covers most; of those, where few enough are to be weighed, the one whose rights come first.

    `in_turn` is the way to better: of a flow only as much is changed as more coverage asks for.
    """
    distinct = {id(visit.covers): visit.covers for visit in visits}.values()
    several = {kind for covers in distinct for kind, needs in covers if len(needs) > 1}
    choices = _choices(kinds, visits) if several else None
    if choices is None:
        return _shifted(kinds, visits, capacities, in_turn, several)
    gain = [-float(len(one.given)) for one in choices]
    covered = sum(number * len(one.given) for number, one in zip(_solve(choices, kinds, capacities, gain), choices, strict=True))
    numbers = _solve(choices, kinds, capacities, [float(one.rank) for one in choices], covered)
    portions: list[list[Portion]] = [[] for _ in kinds]
    for at in sorted(range(len(choices)), key=lambda at: (choices[at].kind, choices[at].rank, choices[at].given)):
        if numbers[at]:
            portions[choices[at].kind].append(Portion(numbers[at], choices[at].given))
    for kind, its in zip(kinds, portions, strict=True):
        if rest := kind.number - sum(one.number for one in its):
            its.append(Portion(rest))
    return portions


def _shifted(
    kinds: Sequence[Kind],
    visits: Sequence[Visit],
    capacities: Sequence[int],
    in_turn: list[list[Portion]],
    several: set[int],
) -> list[list[Portion]]:
    """More coverage by shifting what was given: the greatest flow from what is uncovered, over rights that others hold and could
    do without, to rights of which something is left. What places in `several` got stays.

    Rights that cover the same are one stock in the flow, and are given out in their turn at its end.
    """
    stocks, covers_of = _stocks(visits)
    stock_of = {right: stock for stock, rights in enumerate(stocks) for right in rights}
    left = list(capacities)
    given: dict[tuple[int, int], dict[int, int]] = {}
    """By kind and need, how many places hold of each stock."""
    for kind, its in enumerate(in_turn):
        for portion in its:
            for right in portion.rights() if kind in several else ():
                left[right] -= portion.number
            for need, right in portion.given if kind not in several else ():
                held = given.setdefault((kind, need), {})
                held[stock_of[right]] = held.get(stock_of[right], 0) + portion.number
    able = [
        (kind, need, stock)
        for stock, all_covers in enumerate(covers_of)
        for covers in all_covers
        for kind, needs in covers
        if kind not in several
        for need in needs
    ]
    stock_left = [min(sum(left[right] for right in rights), UNLIMITED) for rights in stocks]
    for held in given.values():
        for stock, number in held.items():
            stock_left[stock] -= number
    for (kind, need), stock, number in _greatest_flow(kinds, able, given, stock_left):
        held = given.setdefault((kind, need), {})
        held[stock] = held.get(stock, 0) + number
    return [its if kind in several else _put_together(kind, kinds[kind], given, stocks, left) for kind, its in enumerate(in_turn)]


def _stocks(visits: Sequence[Visit]) -> tuple[list[list[int]], list[list[Covers]]]:
    """Rights that cover the same, in the order of their turns, and what each such stock covers."""
    turns: dict[int, list[Covers]] = {}
    for visit in visits:
        turns.setdefault(visit.right, []).append(visit.covers)
    stocks: dict[tuple[int, ...], tuple[list[int], list[Covers]]] = {}
    for right, covers in turns.items():
        stocks.setdefault(tuple(sorted(map(id, covers))), ([], covers))[0].append(right)
    return [rights for rights, _ in stocks.values()], [covers for _, covers in stocks.values()]


def _greatest_flow(
    kinds: Sequence[Kind],
    able: Collection[tuple[int, int, int]],
    given: Mapping[tuple[int, int], Mapping[int, int]],
    left: Sequence[int],
) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Which need gets how many of which stock more, or less where the number is negative, so that most is covered."""
    from scipy.sparse import csr_array  # noqa: PLC0415  (only where rights are scarce and differ)
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415

    if not able:
        return
    wants = sorted({(kind, need) for kind, need, _ in able})
    stocks = sorted({stock for _, _, stock in able})
    want_at = {one: at + 2 for at, one in enumerate(wants)}
    stock_at = {one: at + 2 + len(wants) for at, one in enumerate(stocks)}
    edges = [(0, want_at[one], kinds[one[0]].number - sum(given.get(one, {}).values())) for one in wants]
    edges += [(stock_at[one], 1, left[one]) for one in stocks]
    edges += [(want_at[kind, need], stock_at[stock], kinds[kind].number) for kind, need, stock in able]
    edges += [(stock_at[stock], want_at[one], number) for one in wants for stock, number in given.get(one, {}).items()]
    start, end, limit = np.fromiter(chain.from_iterable(edges), dtype=np.int64, count=3 * len(edges)).reshape(-1, 3).T
    open_ = limit > 0
    size = 2 + len(wants) + len(stocks)
    graph = csr_array((np.minimum(limit[open_], _MOST).astype(np.int32), (start[open_], end[open_])), shape=(size, size))
    flow = maximum_flow(graph, 0, 1).flow.tocoo()
    for one, other, number in zip(flow.row.tolist(), flow.col.tolist(), flow.data.tolist(), strict=True):
        if number and 2 <= one < 2 + len(wants) <= other:
            yield wants[one - 2], stocks[other - 2 - len(wants)], number


def _put_together(
    number: int, kind: Kind, given: Mapping[tuple[int, int], Mapping[int, int]], stocks: Sequence[Sequence[int]], left: list[int]
) -> list[Portion]:
    """What was given need by need, drawn from the stocks in the order of their rights: the first places get the first."""
    by_need = {need: _drawn(given.get((number, need), {}), stocks, left) for need in sorted(kind.needs)}
    ends = {end for its in by_need.values() for end in accumulate(count for _, count in its)}
    portions, start = [], 0
    for end in sorted({*ends, kind.number}):
        held = [(need, right) for need, its in by_need.items() if (right := _at(its, start)) is not None]
        if end > start:
            portions.append(Portion(end - start, tuple(held)))
        start = end
    return portions


def _drawn(held: Mapping[int, int], stocks: Sequence[Sequence[int]], left: list[int]) -> list[tuple[int, int]]:
    """The rights, each with how many of it, that so many of each stock are; what is left of them falls."""
    drawn = []
    for stock, wanted in sorted(held.items()):
        for right in stocks[stock]:
            number = min(wanted, left[right])
            if number > 0:
                drawn.append((right, number))
                left[right] -= number
                wanted -= number
    return drawn


def _at(its: Sequence[tuple[int, int]], place: int) -> int | None:
    """The right that a place holds."""
    for right, count in its:
        if place < count:
            return right
        place -= count
    return None


def _choices(kinds: Sequence[Kind], visits: Sequence[Visit]) -> list[_Choice] | None:
    """Every way to cover a part of what places of a kind need by rights of which each adds something; None for too many."""
    if sum(len(visit.covers) for visit in visits) > MOST_CHOICES:
        return None
    turns: list[list[tuple[int, int, frozenset[int]]]] = [[] for _ in kinds]
    for rank, visit in enumerate(visits, 1):
        for kind, covers in visit.covers:
            turns[kind].append((rank, visit.right, covers))
    choices: list[_Choice] = []
    weighed = 0
    for kind, its in enumerate(turns):
        for size in range(1, len(kinds[kind].needs) + 1):
            for chosen in combinations(its, size):
                weighed += 1
                if weighed > MOST_CHOICES:
                    return None
                if len({right for _, right, _ in chosen}) == size and (given := _given(chosen)) is not None:
                    choices.append(_Choice(kind, given, sum(rank for rank, _, _ in chosen)))
    return choices


def _given(chosen: Sequence[tuple[int, int, frozenset[int]]]) -> tuple[tuple[int, int], ...] | None:
    """Who covers what; None where one of them adds nothing."""
    given: dict[int, int] = {}
    for _, right, covers in chosen:
        new = covers - given.keys()
        if not new:
            return None
        given.update(dict.fromkeys(new, right))
    return tuple(sorted(given.items()))


def _solve(
    choices: Sequence[_Choice],
    kinds: Sequence[Kind],
    capacities: Sequence[int],
    costs: Sequence[float],
    covering: int | None = None,
) -> list[int]:
    """How many places get each choice, at the least cost; with `covering`, among the ways that cover so many needs."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  (only where rights are scarce and differ)
    from scipy.sparse import csc_array  # noqa: PLC0415

    rows = [[one.kind, *sorted({len(kinds) + right for _, right in one.given})] for one in choices]
    index, starts = np.array([at for row in rows for at in row]), np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    consumed = csc_array((np.ones(len(index)), index, starts), shape=(len(kinds) + len(capacities), len(choices)))
    limits = [kind.number for kind in kinds] + [min(one, UNLIMITED) for one in capacities]
    constraints = [LinearConstraint(consumed, ub=np.array(limits, dtype=float))]
    if covering is not None:
        constraints.append(LinearConstraint(np.array([[float(len(one.given)) for one in choices]]), lb=covering))
    bounds = Bounds(0.0, np.array([float(kinds[one.kind].number) for one in choices]))
    whole = np.ones(len(choices))
    solved = milp(np.array(costs), integrality=whole, bounds=bounds, constraints=constraints, options={"mip_rel_gap": 0.0})
    if solved.x is None:
        raise RuntimeError(f"no best allocation was found: {solved.message}")
    return [round(value) for value in solved.x]
