# SPDX-License-Identifier: Apache-2.0
"""What can be done about a shortfall, the choices side by side, and the way that costs least by the prices known. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from foss_audit.catalogue import Product
from foss_audit.license_position import Position, Remedy, Spare
from foss_audit.outcome import AgencyAudit


def remedies(
    agencies: Sequence[AgencyAudit], pool: Sequence[Position], products: Mapping[str, Product]
) -> dict[str, tuple[Remedy, ...]]:
    """By agency, the choices for every shortfall, those of the dearest first.

    The plan reassigns what others hold and do not use, each licence once over all agencies, replaces by FOSS where the catalogue
    knows any, and buys the rest. What a move to FOSS costs in training is not in it. Licences that a contract or hardware ties to
    their holder are not told apart: whether they may move is for a person to read.
    """
    left = _spare(agencies, pool)
    return {agency.agency: tuple(_of_agency(agency, left, products)) for agency in agencies}


_Key = tuple[str, str | None, str | None]


def _key(position: Position) -> _Key:
    return position.product_id, position.edition, position.release


def _spare(agencies: Iterable[AgencyAudit], pool: Iterable[Position]) -> dict[_Key, dict[str | None, int]]:
    """By product, edition and release, who has how many to spare, the pool first; what hardware ties moves nowhere."""
    spare: dict[_Key, dict[str | None, int]] = {}
    held: list[tuple[str | None, Position]] = [(None, one) for one in pool]
    held += [(agency.agency, one) for agency in agencies for one in agency.positions]
    for holder, one in held:
        if one.surplus and one.metric != "oem":
            of_key = spare.setdefault(_key(one), {})
            of_key[holder] = of_key.get(holder, 0) + one.surplus
    return spare


def _of_agency(
    agency: AgencyAudit, left: Mapping[_Key, dict[str | None, int]], products: Mapping[str, Product]
) -> Iterable[Remedy]:
    short = [one for one in agency.positions if one.shortfall]
    for one in sorted(short, key=lambda one: (-(one.cost_to_cure or 0), one.product.casefold(), one.release or "")):
        offered = left.get(_key(one), {})
        others = {holder: number for holder, number in offered.items() if holder != agency.agency and number > 0}
        taken = _take(others, one.shortfall, offered)
        rest = one.shortfall - taken
        product = products.get(one.product_id)
        alternatives = product.alternatives if product else ()
        yield Remedy(
            agency=agency.agency,
            product_id=one.product_id,
            product=one.product,
            edition=one.edition,
            release=one.release,
            short=one.shortfall,
            unit_price=one.unit_price,
            spare=tuple(Spare(holder, number, one.product, one.release) for holder, number in others.items()),
            alternatives=alternatives,
            from_others=taken,
            to_buy=0 if alternatives else rest,
            to_replace=rest if alternatives else 0,
        )


def _take(others: Mapping[str | None, int], wanted: int, offered: dict[str | None, int]) -> int:
    taken = 0
    for holder, number in others.items():
        share = min(number, wanted - taken)
        offered[holder] -= share
        taken += share
    return taken
