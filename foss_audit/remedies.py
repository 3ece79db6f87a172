# SPDX-License-Identifier: Apache-2.0
"""What can be done about a shortfall, the choices side by side, and the way that costs least by the prices known. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foss_audit.catalogue import Product
from foss_audit.editions import Editions
from foss_audit.entitlement import UnreadRight
from foss_audit.license_position import Position, Remedy, Spare
from foss_audit.messages import Message, message
from foss_audit.model import Problem
from foss_audit.outcome import AgencyAudit

_MOST_NAMED = 5


def remedies(
    agencies: Sequence[AgencyAudit],
    pool: Sequence[Position],
    products: Mapping[str, Product],
    unread: Sequence[UnreadRight] = (),
    editions: Editions | None = None,
) -> dict[str, tuple[Remedy, ...]]:
    """By agency, the choices for every shortfall, those of the dearest first.

    The plan reassigns what others hold and do not use, each licence once over all agencies, replaces by FOSS where the catalogue
    knows any, and buys the rest. What a move to FOSS costs in training is not in it. Licences that a contract or hardware ties to
    their holder are not told apart: whether they may move is for a person to read. `unread`: what register lines would license
    if they were understood.
    """
    left = _spare(agencies, pool)
    lines = _Unread(unread, editions or Editions())
    return {agency.agency: tuple(_of_agency(agency, left, products, lines)) for agency in agencies}


def with_lines_to_correct(agency: AgencyAudit, found: Iterable[Remedy]) -> AgencyAudit:
    """The same, where a finding on a product says first which register lines may license it and could not be understood."""
    lines = {one.product: one.to_correct for one in found if one.to_correct}
    if not lines:
        return agency
    return replace(
        agency,
        findings=tuple(
            replace(finding, how_to_fix=_corrected_first(finding.how_to_fix, lines[finding.subject]))
            if finding.subject in lines
            else finding
            for finding in agency.findings
        ),
    )


def _corrected_first(fix: Message, lines: Sequence[Problem]) -> Message:
    places = ", ".join(f"{line.source.file} {line.source.locator}" for line in lines[:_MOST_NAMED])
    return message(
        "First correct what could not be understood in the register and may license it: {places}. {fix}", places=places, fix=fix
    )


class _Unread:
    """Register lines that were not understood, by what they would license."""

    def __init__(self, unread: Iterable[UnreadRight], editions: Editions) -> None:
        self._editions = editions
        self._lines: dict[str, list[UnreadRight]] = {}
        for one in unread:
            self._lines.setdefault(editions.family(one.product_key), []).append(one)

    def of(self, agency: str, product: str, suites: Iterable[str]) -> tuple[Problem, ...]:
        """The lines by which an agency may have a product, or a suite that it is a part of."""
        families = dict.fromkeys(map(self._editions.family, (product, *suites)))
        return tuple(
            Problem(one.source, one.message)
            for family in families
            for one in self._lines.get(family, ())
            if one.agency in (None, agency)
        )


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
    agency: AgencyAudit, left: Mapping[_Key, dict[str | None, int]], products: Mapping[str, Product], lines: _Unread
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
            to_correct=lines.of(agency.agency, one.product_id, product.suites if product else ()),
        )


def _take(others: Mapping[str | None, int], wanted: int, offered: dict[str | None, int]) -> int:
    taken = 0
    for holder, number in others.items():
        share = min(number, wanted - taken)
        offered[holder] -= share
        taken += share
    return taken
