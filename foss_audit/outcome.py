# SPDX-License-Identifier: Apache-2.0
"""What the audit says in the end: positions, findings, agencies, the region. Reports render these values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

from foss_audit.catalogue import Product
from foss_audit.entitlement import CORES_ASSUMED, Entitlement
from foss_audit.license_position import Position, Remedy, TraceLine
from foss_audit.messages import Message
from foss_audit.model import Basis, LicenseText, Note, Problem, Source, Verdict


class Severity(StrEnum):
    """How grave a finding is, from low to very high."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"

    @property
    def rank(self) -> int:
        """0 for low to 3 for very high."""
        return _RANKS[self]


class AgencyVerdict(StrEnum):
    """Whether an agency meets the clause."""

    COMPLIANT = "compliant"
    NON_COMPLIANT = "non_compliant"
    UNDETERMINED = "undetermined"


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that someone accepted: who, why, until when."""

    who: str
    why: str
    until: date


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's outcome."""

    id: str
    """Stable from run to run: a hash of agency slug, rule and product id or normalised name."""
    rule: str
    severity: Severity
    title: Message
    """What the rule finds, in a few words; the same for all its findings."""
    subject: str
    message: Message
    how_to_fix: Message
    criteria: tuple[str, ...]
    """Ids in rules/criteria.toml."""
    installations: int
    evidence_total: int
    evidence: tuple[Source, ...]
    """At most 50."""
    waiver: Waiver | None = None
    devices: tuple[str, ...] = ()
    """Devices concerned, sorted; at most 50."""
    devices_total: int = 0
    code: str = ""
    """Finding code of PermenPAN-RB 42/2011, from the policy rule."""


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """Installations by class."""

    legal_commercial: int = 0
    foss: int = 0
    unlicensed: int = 0
    undetermined: int = 0

    @property
    def total(self) -> int:
        return self.legal_commercial + self.foss + self.unlicensed + self.undetermined


@dataclass(frozen=True, slots=True)
class TitleCount:
    """A title in an agency: how many installations, by basis."""

    title: int
    """Index into the audit's titles."""
    by_basis: tuple[tuple[Basis, int], ...]

    @property
    def installations(self) -> int:
        return sum(number for _, number in self.by_basis)


@dataclass(frozen=True, slots=True)
class TitleCounts:
    """The titles of an agency as columns of equal length, one row per title and basis, sorted by title, then basis."""

    title: tuple[int, ...] = ()
    basis: tuple[Basis, ...] = ()
    installations: tuple[int, ...] = ()

    @classmethod
    def of(cls, counts: Iterable[TitleCount]) -> "TitleCounts":
        """The same from one value per title."""
        rows = [(count.title, basis, number) for count in counts for basis, number in count.by_basis]
        return cls(*(tuple(column) for column in zip(*rows, strict=True))) if rows else cls()

    def __iter__(self) -> Iterator[TitleCount]:
        rows = zip(self.title, self.basis, self.installations, strict=True)
        for title, group in groupby(rows, key=itemgetter(0)):
            yield TitleCount(title, tuple((basis, number) for _, basis, number in group))


@dataclass(frozen=True, slots=True)
class AgencyAudit:
    """What the audit says of one agency."""

    agency: str
    slug: str
    devices: int
    devices_expected: int | None
    unnamed_devices: int
    devices_compliant: int
    submitted: bool
    """Whether any inventory of it was handed in."""
    counts: ClassCounts
    compliance_rate: float | None
    compliance_rate_all: float | None
    verdict: AgencyVerdict
    titles: TitleCounts
    positions: tuple[Position, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...] = ()
    has_register: bool = True
    """Whether any register line names it."""
    unnamed_at_least: int = 0
    """How many devices the unnamed ones are at least: as many as have the same software."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A regulation, clause or term that a finding cites."""

    id: str
    text: dict[str, str]
    """By language."""
    grade: str
    """A: text seen, B: secondary source, C: unverified."""
    kind: str = "regulation"
    """`regulation`, `circular` (a guideline, never alone), `agreement`, `terms`."""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """Whose agencies these are; from the config."""

    name: str = ""
    """For instance `Kabupaten Tabanan`; empty where not configured."""
    agreement: str = ""
    """Number and date of the memorandum."""
    kms_hosts: tuple[str, ...] = ()
    """Names or addresses of its own key management (KMS) hosts."""
    cores_per_device: int = CORES_ASSUMED
    """Where licences are counted by cores."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the region."""

    agencies: int
    devices: int
    counts: ClassCounts


def _no_trace(agency: str) -> Iterable[TraceLine]:
    del agency
    return ()


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The whole audit as the reports receive it. The installations themselves are a table beside it."""

    as_of: date
    version: str
    rulebook_digest: str
    """`sha256:…` over every rule file used."""
    rulebook_packs: tuple[str, ...]
    region: Region
    totals: Totals
    titles: tuple[Verdict, ...]
    agencies: tuple[AgencyAudit, ...]
    pool_positions: tuple[Position, ...]
    criteria: dict[str, Criterion] = field(default_factory=dict)
    entitlements: tuple[Entitlement, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Problems that belong to no agency, such as a register that cannot be read."""
    notes: tuple[Note, ...] = ()
    """Notes that belong to no agency, such as a register line for an agency that nobody knows."""
    findings: tuple[Finding, ...] = ()
    """Findings that belong to no agency."""
    suggestions: Mapping[str, tuple[Product, ...]] = field(default_factory=dict)
    """Products that were perhaps meant by names which the catalogue does not know; {} without the extra `suggest`."""
    license_texts: tuple[LicenseText, ...] = ()
    """Beginnings of licence texts that SBOMs bring along and that are not known word for word."""
    trace_of: Callable[[str], Iterable[TraceLine]] = field(default=_no_trace, compare=False)
    """By agency, what became of every right that could be drawn on for what it has installed."""
    remedies: Mapping[str, tuple[Remedy, ...]] = field(default_factory=dict)
    """By agency, what can be done about its shortfalls."""
