# SPDX-License-Identifier: Apache-2.0
"""Positions of one product, or of a suite and its parts: deployed against entitled, by agency and for the pool. Pure.

What is covered stands in the position of the right that covers it; what is not, in that of the right it came nearest to, else
in one of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from foss_audit.allocation import UNLIMITED
from foss_audit.entitlement import Metric
from foss_audit.license_position import Position
from foss_audit.matching import Matching
from foss_audit.needs import Given, Need, Places
from foss_audit.rights import Right, State

_DAYS = (30, 60, 90)


class Key(NamedTuple):
    """What a position is of."""

    product_key: str
    product: str
    edition: str
    release: str
    metric: Metric

    @classmethod
    def of_right(cls, right: Right) -> "Key":
        one = right.entitlement
        return cls(one.product_key, one.product_name, one.edition or "", ", ".join(one.releases), one.metric)

    @classmethod
    def of_need(cls, need: Need) -> "Key":
        return cls(need.product_key, need.product, need.edition, need.release, Metric.DEVICE)


@dataclass(slots=True)
class _Count:
    """What is counted of an agency's position."""

    consumed: int = 0
    from_pool: int = 0
    shortfall: int = 0
    undetermined: int = 0
    held_back: int = 0
    """Rights of its own that may cover what is undetermined, and are no surplus until it is known."""
    held_back_in_pool: int = 0
    drawn_on: set[str] = field(default_factory=set)
    """Ids of pooled rights."""


def positions_of(matching: Matching, as_of: date, prices: Mapping[str, int]) -> tuple[list[tuple[str, Position]], list[Position]]:
    """Every agency's positions with the agency, and the pool's. `prices`: whole rupiah by product, where a price list tells."""
    price_of = _prices(matching.rights, prices)
    counts: dict[tuple[str, Key], _Count] = {}
    keys = _Keys(matching)
    for places, stretches in zip(matching.places, matching.stretches, strict=True):
        for stretch in stretches:
            _count(keys, places, stretch.outcome, stretch.number, counts)
    own: dict[tuple[str, Key], list[Right]] = {}
    pool: dict[Key, list[Right]] = {}
    for right in matching.rights:
        key = Key.of_right(right)
        if right.is_pooled:
            pool.setdefault(key, []).append(right)
        else:
            own.setdefault((right.entitlement.agency or "", key), []).append(right)
            counts.setdefault((right.entitlement.agency or "", key), _Count())
    found = [
        (
            agency,
            _position(
                key, count, own.get((agency, key), ()), count.consumed - count.from_pool + count.held_back, as_of, price_of(key)
            ),
        )
        for (agency, key), count in sorted(counts.items(), key=itemgetter(0))
    ]
    pooled = _of_pool(counts)
    of_pool = [
        _position(
            key, count := pooled.get(key, _Count()), pool[key], count.consumed + count.held_back_in_pool, as_of, price_of(key)
        )
        for key in sorted(pool)
    ]
    return found, of_pool


class _Keys:
    """The positions of the rights and needs of a matching, each worked out once."""

    def __init__(self, matching: Matching) -> None:
        self.rights = matching.rights
        self.of_right = [Key.of_right(right) for right in matching.rights]
        self._of_need = [Key.of_need(need) for need in matching.needs]

    def of_missing(self, need: int, near: int | None) -> Key:
        """The position in which something uncovered stands: of the nearest right, else its own."""
        return self._of_need[need] if near is None else self.of_right[near]


def _count(keys: _Keys, places: Places, outcome: Sequence[Given], number: int, counts: dict[tuple[str, Key], _Count]) -> None:
    """Adds places with the same outcome. A right covers all that it covers at a place as one."""
    consumed, missing, held_back = set(), set(), set()
    for need, given in zip(places.needs, outcome, strict=True):
        if given.right is None:
            missing.add(keys.of_missing(need, given.near))
        elif given.covers:
            consumed.add(given.right)
        else:
            held_back.add(given.right)

    held_back -= consumed

    def of(key: Key) -> _Count:
        at = places.agency, key
        if at not in counts:
            counts[at] = _Count()
        return counts[at]

    for one in consumed:
        count = of(keys.of_right[one])
        count.consumed += number
        if keys.rights[one].is_pooled:
            count.from_pool += number
            count.drawn_on.add(keys.rights[one].id)
    for one in held_back:
        count = of(keys.of_right[one])
        if keys.rights[one].is_pooled:
            count.held_back_in_pool += number
        else:
            count.held_back += number
    for key in missing:
        of(key).shortfall += number
    for key in (
        {keys.of_right[one] for one in held_back} - missing - {keys.of_right[one] for one in consumed} if held_back else ()
    ):
        of(key).undetermined += number


def _position(key: Key, count: _Count, rights: Sequence[Right], spent: int, as_of: date, price: int | None) -> Position:
    """A holder's position; `spent` is how many of its own rights are consumed or held back."""
    entitled, expired, expiring = _quantities(rights, as_of)
    return Position(
        product_id=key.product_key,
        product=key.product,
        edition=key.edition or None,
        release=key.release or None,
        metric=key.metric.value,
        deployed=count.consumed + count.shortfall + count.undetermined,
        entitled=entitled,
        from_pool=count.from_pool,
        consumed=count.consumed,
        shortfall=count.shortfall,
        undetermined=count.undetermined,
        surplus=None if entitled is None else entitled - spent,
        entitlements=tuple(sorted(count.drawn_on.union([right.id for right in rights]))),
        expired=expired,
        unit_price=price,
        expiring=expiring,
    )


def _of_pool(counts: Mapping[tuple[str, Key], _Count]) -> dict[Key, _Count]:
    """By position what agencies drew from the pool, lack, or may have."""
    pooled: dict[Key, _Count] = {}
    for (_, key), one in counts.items():
        count = pooled.setdefault(key, _Count())
        count.consumed += one.from_pool
        count.from_pool += one.from_pool
        count.shortfall += one.shortfall
        count.undetermined += one.undetermined
        count.held_back_in_pool += one.held_back_in_pool
    return pooled


def _quantities(rights: Sequence[Right], as_of: date) -> tuple[int | None, int, tuple[int, int, int]]:
    """In devices: what is valid, None for any number; what has ended; and of what is valid, what ends within each time."""
    if not rights:
        return 0, 0, (0, 0, 0)
    valid, expired, expiring = 0, 0, [0] * len(_DAYS)
    for right in rights:
        if right.state is State.EXPIRED:
            expired += right.capacity if right.capacity != UNLIMITED else 0
        elif right.state is State.VALID:
            valid = min(valid + right.capacity, UNLIMITED)
            end = right.entitlement.end
            if end is not None and right.capacity != UNLIMITED:
                for at, within in enumerate(_DAYS):
                    expiring[at] += right.capacity if (end - as_of).days <= within else 0
    first, second, third = expiring
    return None if valid == UNLIMITED else valid, expired, (first, second, third)


def _prices(rights: Iterable[Right], listed: Mapping[str, int]) -> Callable[[Key], int | None]:
    """Of a position what was paid for one licence of it last, else of its product, else what the price list says."""
    paid: dict[tuple[str, ...], tuple[date, str, int]] = {}
    for right in rights:
        one = right.entitlement
        if one.unit_price is not None:
            bought = one.purchased or one.start or date.min, one.id, _price_of_device(right, one.unit_price)
            key = Key.of_right(right)
            for what in ((key.product_key, key.edition, key.release), (key.product_key,)):
                paid[what] = max(bought, paid.get(what, bought))

    def price(key: Key) -> int | None:
        found = paid.get((key.product_key, key.edition, key.release))
        if found is None and key.product_key in listed:
            return listed[key.product_key]
        found = found or paid.get((key.product_key,))
        return found[2] if found else None

    return price


def _price_of_device(right: Right, unit_price: int) -> int:
    """Whole rupiah for one device, of what one of the metric's units costs."""
    one = right.entitlement
    return unit_price * right.cores if one.metric is Metric.CORE else round(unit_price / one.each)


def in_order(positions: Iterable[Position]) -> Iterator[Position]:
    """By product, edition, release and metric."""
    yield from sorted(
        positions, key=lambda one: (one.product.casefold(), one.product_id, one.edition or "", one.release or "", one.metric)
    )
