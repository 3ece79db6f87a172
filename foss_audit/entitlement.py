# SPDX-License-Identifier: Apache-2.0
"""A right to use as a register states it, as a value."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foss_audit.model import Problem, Source

CORES_ASSUMED = 16
"""Of each device, where nobody says how many it has: the least that Microsoft licenses of a server (Product Terms)."""


class Metric(StrEnum):
    """By what a right is counted."""

    DEVICE = "device"
    USER = "user"
    """Named users; where no users are known, every installation is one."""
    OEM = "oem"
    """Tied to the hardware it came with."""
    SITE = "site"
    """Everything within its scope."""
    CONCURRENT = "concurrent"
    """So many at the same time, which no inventory shows: every installation within its scope is covered."""
    CORE = "core"
    CAL = "cal"
    """The right to reach a server; none to install anything."""
    ACADEMIC = "academic"
    """For teaching and research alone."""
    EVALUATION = "evaluation"
    """To try it, until its last day."""


@dataclass(frozen=True, slots=True)
class VersionRights:
    """What a right covers beside the release that it names."""

    downgrade: bool = False
    downgrade_to: tuple[str, ...] = ()
    """The releases that may be used instead; empty for every earlier one."""
    downgrade_not_before: str = ""
    """The earliest release that may be used instead; empty for no such bound."""
    downgrade_steps: int | None = None
    """How many releases back it reaches: 1 of `N-1`; None for no such bound."""
    upgrade: bool = False
    upgrade_until: date | None = None
    """Releases that came out to this day may be used; None for every later one."""

    @property
    def downgrades_to_any(self) -> bool:
        """Whether every earlier release may be used."""
        return self.downgrade and not (self.downgrade_to or self.downgrade_not_before or self.downgrade_steps is not None)


_NO_FURTHER = VersionRights()


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A line of a licence register: a right to use."""

    id: str
    """Stable within a run: register file and line."""
    source: Source
    product_key: str
    """As `Verdict.product_key`."""
    product_name: str
    """Canonical where recognised, else as written."""
    as_written: str
    agency: str | None
    """Canonical agency name; None for the region's pool."""
    quantity: int | None
    """Of what the metric counts; None is unlimited."""
    metric: Metric = Metric.DEVICE
    each: int = 1
    """For how many devices one is: a pack for three PCs, a right to second use."""
    start: date | None = None
    end: date | None = None
    """Last valid day; None does not end."""
    perpetual: bool = True
    edition: str | None = None
    """None for every edition of the product."""
    release: str | None = None
    """As written; None for every release."""
    releases: tuple[str, ...] = ()
    """The releases that it names; empty for every one."""
    rights: VersionRights = _NO_FURTHER
    devices: tuple[str, ...] = ()
    """The devices that it is tied to; empty where it names none."""
    is_tied_in_words: bool = False
    """Whether words say that it is tied to them; else a column names them."""
    allotments: tuple[tuple[str, int], ...] = ()
    """Of a pooled right, the agencies that it was allotted to, and how many to each."""
    shared_by: tuple[str, ...] = ()
    """Of a pooled right, the only agencies that may draw on it; empty for every one."""
    withheld_from: tuple[str, ...] = ()
    """Of a pooled right, the agencies that may not draw on it."""
    proof: tuple[tuple[str, str], ...] = ()
    """Documents by kind: (`bast`, number), (`contract`, number), (`invoice`, number) …"""
    unit_price: int | None = None
    """Whole rupiah for one of what the metric counts."""
    supplier: str = ""
    purchased: date | None = None
    fund: str = ""
    asset_code: str = ""
    remark: str = ""

    def valid_on(self, day: date) -> bool:
        """Whether the right holds on a day; the last day counts as valid."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class UnreadRight(Problem):
    """A register line that would license a product if it were understood."""

    agency: str | None
    """None for the region's."""
    product_key: str
