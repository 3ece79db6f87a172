# SPDX-License-Identifier: Apache-2.0
"""The effective licence position as values: what is deployed and entitled, what became of every right, what can be done."""

from dataclasses import dataclass
from enum import StrEnum

from foss_audit.messages import Message
from foss_audit.model import Problem


@dataclass(frozen=True, slots=True)
class Position:
    """Deployed against entitled, for one product × edition × release × metric. Units are those of the metric."""

    product_id: str
    product: str
    edition: str | None
    release: str | None
    metric: str
    deployed: int
    entitled: int | None
    """The agency's own valid quantity; None is unlimited."""
    from_pool: int
    consumed: int
    shortfall: int
    surplus: int | None
    """What covers nothing and may cover nothing that is undetermined; None where unlimited."""
    entitlements: tuple[str, ...]
    expired: int = 0
    """Quantity of rights that ended before the audit date."""
    undetermined: int = 0
    """Deployed units that a right may cover, by something that title or line does not tell: neither consumed nor short."""
    unit_price: int | None = None
    """Whole rupiah for one: what was paid last for the same, else what the price list says; None where neither tells."""
    expiring: tuple[int, int, int] = (0, 0, 0)
    """Of what is valid, how many end within 30, 60 and 90 days of the audit date."""

    @property
    def cost_to_cure(self) -> int | None:
        """What the missing licences cost; None where the price is unknown and any is missing."""
        if not self.shortfall:
            return 0
        return None if self.unit_price is None else self.shortfall * self.unit_price

    @property
    def idle_value(self) -> int | None:
        """What the unused licences cost; None where the price is unknown, or where there is any number of them."""
        if self.surplus == 0:
            return 0
        return None if self.unit_price is None or self.surplus is None else self.surplus * self.unit_price


class TraceOutcome(StrEnum):
    """What became of a right where it could be drawn on."""

    CONSUMED = "consumed"
    OPEN = "open"
    """It may cover, by something that title or line does not tell."""
    REJECTED = "rejected"
    NOT_NEEDED = "not-needed"
    """It could cover, and others did."""


@dataclass(frozen=True, slots=True)
class TraceLine:
    """What became of one right for one thing that an agency has installed."""

    product_id: str
    product: str
    edition: str
    release: str
    entitlement: str
    """Its id."""
    outcome: TraceOutcome
    devices: int
    """How many it covered, may cover, or could not cover."""
    why: Message
    """Empty where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Spare:
    """Licences that somebody holds and does not use."""

    agency: str | None
    """None is the region's pool."""
    number: int
    product: str
    release: str | None


@dataclass(frozen=True, slots=True)
class Remedy:
    """The choices for one product of one agency, and which of them the cheapest plan takes."""

    agency: str
    product_id: str
    product: str
    edition: str | None
    release: str | None
    short: int
    unit_price: int | None
    """Whole rupiah; None where no register or price list tells it."""
    spare: tuple[Spare, ...]
    """Who has unused licences for the very same; those of the plan first."""
    alternatives: tuple[str, ...]
    """FOSS that can replace it."""
    from_others: int
    """Of the plan: how many unused licences are reassigned."""
    to_buy: int
    """Of the plan: how many are bought, where no FOSS replaces the product."""
    to_replace: int
    """Of the plan: on how many devices FOSS replaces it."""
    to_correct: tuple[Problem, ...] = ()
    """Register lines that may license it and could not be understood: whoever corrects them may need nothing else."""

    @property
    def cost_of_buying(self) -> int | None:
        """What buying all of them costs; None where no price is known."""
        return None if self.unit_price is None else self.short * self.unit_price

    @property
    def cost_of_plan(self) -> int | None:
        """What the plan costs in licences; None where something is bought whose price nobody knows."""
        if not self.to_buy:
            return 0
        return None if self.unit_price is None else self.to_buy * self.unit_price
