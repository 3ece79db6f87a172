# SPDX-License-Identifier: Apache-2.0
"""Rights on the audit date: who may draw on them, how many there are, whose turn is first. Pure.

Order of consumption: rights tied to named devices, rights tied to the hardware, the agency's own, what was allotted to it of a
regional contract, the pool. Within each: suites where the suite itself is installed, rights to one product, suites for parts
alone; then what does not end before what ends, what ends later before what ends sooner; then the id.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum

from foss_audit.allocation import UNLIMITED
from foss_audit.coverage import Terms
from foss_audit.entitlement import CORES_ASSUMED, Entitlement, Metric
from foss_audit.messages import Message, message


class State(StrEnum):
    """What a right is worth on the audit date."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_BEGUN = "not-begun"
    NO_INSTALLATION = "no-installation"
    """It lets nobody install anything."""


class Tier(IntEnum):
    """Whose turn is first."""

    TIED = 0
    OEM = 1
    OWN = 2
    ALLOTTED = 3
    POOL = 4


@dataclass(frozen=True, slots=True)
class Right:
    """An entitlement, or the part of it that one agency may draw on."""

    number: int
    """Of the entitlement in the caller's list."""
    entitlement: Entitlement
    terms: Terms
    agency: str | None
    """None: every agency in `only` that is not in `without`."""
    capacity: int
    tier: Tier
    state: State
    without: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    """Of a right without an agency, the only ones that may draw on it; empty for all."""
    cores: int = CORES_ASSUMED
    """Of each device, where the right is counted by them."""

    @property
    def id(self) -> str:
        return self.entitlement.id

    @property
    def is_pooled(self) -> bool:
        """Whether the region holds it."""
        return self.entitlement.agency is None

    def open_to(self, agency: str) -> bool:
        """Whether an agency may draw on it."""
        if self.agency is not None:
            return self.agency == agency
        return agency not in self.without and (not self.only or agency in self.only)

    def order(self, is_suite: int) -> tuple[object, ...]:
        """By which turns are sorted; `is_suite`: -1 a suite where it is installed, 0 one product, 1 a suite for its parts."""
        end = self.entitlement.end
        return (
            self.tier,
            is_suite,
            end is not None,
            -(end or date.min).toordinal(),
            self.id,
            self.agency is None,
            self.agency or "",
        )


def rights_on(entitlements: Sequence[Entitlement], as_of: date, cores: int = CORES_ASSUMED) -> list[Right]:
    """The rights of every entitlement; one that was allotted in parts. `cores`: of each device.

    Of cores that are licensed on the same terms what is left of one line goes with the next.
    """
    rest: dict[tuple[object, ...], int] = {}
    found: list[Right] = []
    for number, one in enumerate(entitlements):
        if one.metric is Metric.CORE and one.quantity is not None and not one.allotments:
            alike = Terms.of(one), one.agency, one.shared_by, one.withheld_from, one.devices, _state(one, as_of)
            whole = one.quantity + rest.get(alike, 0)
            rest[alike] = whole % cores
            one = replace(one, quantity=whole - whole % cores)
        found += _rights(number, one, as_of, cores)
    return found


def _rights(number: int, one: Entitlement, as_of: date, cores: int) -> Iterator[Right]:
    terms, state = Terms.of(one), _state(one, as_of)
    left = capacity = _capacity(one, cores)
    for agency, quantity in one.allotments if one.agency is None else ():
        allotted = min(quantity // cores if one.metric is Metric.CORE else quantity * one.each, left)
        left = left if left == UNLIMITED else left - allotted
        yield Right(number, one, terms, agency, allotted, Tier.ALLOTTED, state, cores=cores)
    allotted_to = frozenset(agency for agency, _ in one.allotments)
    if not allotted_to or left or one.agency is not None:
        yield Right(
            number,
            one,
            terms,
            one.agency,
            left if allotted_to else capacity,
            _tier(one),
            state,
            allotted_to.union(one.withheld_from),
            frozenset(one.shared_by),
            cores,
        )


def _tier(one: Entitlement) -> Tier:
    if one.devices:
        return Tier.TIED
    if one.metric is Metric.OEM:
        return Tier.OEM
    return Tier.POOL if one.agency is None else Tier.OWN


def _state(one: Entitlement, as_of: date) -> State:
    if one.metric is Metric.CAL:
        return State.NO_INSTALLATION
    if one.end is not None and one.end < as_of:
        return State.EXPIRED
    return State.VALID if one.valid_on(as_of) else State.NOT_BEGUN


def _capacity(one: Entitlement, cores: int) -> int:
    if one.quantity is None or one.metric in (Metric.SITE, Metric.CONCURRENT):
        return UNLIMITED
    return one.quantity // cores if one.metric is Metric.CORE else one.quantity * one.each


def state_in_words(right: Right) -> Message:
    """Why a right that is not valid covers nothing."""
    one = right.entitlement
    match right.state:
        case State.EXPIRED:
            return message("ended on {day}", day=one.end)
        case State.NOT_BEGUN:
            return message("begins on {day} only", day=one.start)
    return message("gives access to a server, and no right to install")


def closed_in_words(right: Right, agency: str) -> Message:
    """Why an agency may not draw on a right."""
    if held := right.agency or right.entitlement.agency:
        return message("held by {agency}", agency=held)
    if agency in right.entitlement.withheld_from:
        return message("the line excepts this agency")
    if right.only and agency not in right.only:
        return message("for {agencies} alone", agencies=", ".join(sorted(right.only)))
    return message("allotted to it in another number")


def metric_in_words(right: Right) -> Message:
    """What is to be known of how a right is counted; empty for devices."""
    one = right.entitlement
    match one.metric:
        case Metric.CONCURRENT:
            return message("for {quantity} at the same time, which no inventory shows", quantity=one.quantity or "∞")
        case Metric.CORE:
            return message("{cores} cores assumed for each device", cores=right.cores)
        case Metric.OEM if not one.devices:
            return message("tied to hardware, but the line names no devices: counted by quantity")
        case Metric.USER:
            return message("per user; a device whose user is not known counts as one")
    return message("one is for {devices} devices, as the line says", devices=one.each) if one.each > 1 else Message("")
