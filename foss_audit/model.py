# SPDX-License-Identifier: Apache-2.0
"""The values that travel between the stages. What can be millions is a table (see inventory.py), not one of these."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

from foss_audit.messages import Message, message


class SoftwareClass(StrEnum):
    """What an installation is before the clause; each gets exactly one."""

    LEGAL_COMMERCIAL = "legal_commercial"
    FOSS = "foss"
    UNLICENSED = "unlicensed"
    UNDETERMINED = "undetermined"


class LicenseModel(StrEnum):
    """What a product is, whoever uses it."""

    FOSS = "foss"
    COMMERCIAL = "commercial"
    SUBSCRIPTION = "subscription"
    TRIALWARE = "trialware"
    FREEWARE = "freeware"
    RESTRICTED_FREEWARE = "restricted-freeware"
    COMPONENT = "component"
    GOVERNMENT = "government"
    ACTIVATOR = "activator"
    UNKNOWN = "unknown"


NEEDS_ENTITLEMENT = frozenset(
    {LicenseModel.COMMERCIAL, LicenseModel.SUBSCRIPTION, LicenseModel.TRIALWARE, LicenseModel.RESTRICTED_FREEWARE}
)


class Basis(StrEnum):
    """Why an installation has its class. The unlicensed ones stand from the nearest miss to the farthest."""

    SPDX_FREE = "spdx-free"
    CATALOGUE_FOSS = "catalogue-foss"
    DISTRIBUTION_FOSS = "distribution-foss"
    ENTITLED = "entitled"
    OEM = "oem"
    FREEWARE = "freeware"
    COMPONENT = "component"
    GOVERNMENT = "government"
    ACTIVATOR = "activator"
    ENTITLEMENT_EXHAUSTED = "entitlement-exhausted"
    ENTITLEMENT_EXPIRED = "entitlement-expired"
    NOT_COVERED = "not-covered"
    RESTRICTED_USE = "restricted-use"
    NO_ENTITLEMENT = "no-entitlement"
    NO_REGISTER = "no-register"
    UNRECOGNISED = "unrecognised"
    LICENSE_UNKNOWN = "license-unknown"
    EDITION_UNKNOWN = "edition-unknown"


CLASS_OF_BASIS = {
    **dict.fromkeys((Basis.SPDX_FREE, Basis.CATALOGUE_FOSS, Basis.DISTRIBUTION_FOSS), SoftwareClass.FOSS),
    **dict.fromkeys(
        (Basis.ENTITLED, Basis.OEM, Basis.FREEWARE, Basis.COMPONENT, Basis.GOVERNMENT), SoftwareClass.LEGAL_COMMERCIAL
    ),
    **dict.fromkeys((Basis.UNRECOGNISED, Basis.LICENSE_UNKNOWN, Basis.EDITION_UNKNOWN), SoftwareClass.UNDETERMINED),
    **dict.fromkeys(
        (
            Basis.ACTIVATOR,
            Basis.ENTITLEMENT_EXHAUSTED,
            Basis.ENTITLEMENT_EXPIRED,
            Basis.NOT_COVERED,
            Basis.RESTRICTED_USE,
            Basis.NO_ENTITLEMENT,
            Basis.NO_REGISTER,
        ),
        SoftwareClass.UNLICENSED,
    ),
}
"""The one class that each basis belongs to."""


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


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a fact was read."""

    file: str
    """Path as the reports show it: relative to the input, with forward slashes."""
    locator: str = ""
    """`Sheet1!A17` in a workbook, `A17` in a delimited file, a JSON Pointer in a document; empty for the whole file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Input that could not be read: a file, or an entry of it."""

    source: Source
    message: Message


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing about how input was read, by which nothing was lost."""

    source: Source
    message: Message


class SkipReason(StrEnum):
    """Why a line is no installation and no problem. The list is closed."""

    BLANK = "blank"
    NOT_INSTALLED = "not-installed"
    DESCRIBES_DEVICE = "describes-device"
    HEADING = "heading"
    TOTAL = "total"
    SIGNATURE = "signature"
    COLUMN_NUMBERS = "column-numbers"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is no installation, and why."""

    source: Source
    reason: SkipReason


@dataclass(frozen=True, slots=True, order=True)
class Title:
    """What an inventory calls a piece of software. Empty text where the inventory says nothing."""

    name: str
    version: str = ""
    publisher: str = ""
    license: str = ""
    """The licence as written in the inventory."""
    origin: str = ""
    """Ecosystem of a package, as purl type and namespace: `deb/debian`, `npm`, `pypi`; empty for an ordinary title."""


@dataclass(frozen=True, slots=True)
class Product:
    """An entry of the catalogue, or a family of components."""

    id: str
    name: str
    publisher: str
    license_model: LicenseModel
    license_expression: str = ""
    """SPDX expression, for FOSS."""
    names: tuple[str, ...] = ()
    """Globs over the normalised name."""
    not_names: tuple[str, ...] = ()
    """Globs that rule the product out."""
    publishers: tuple[str, ...] = ()
    """Globs that the publisher must match where the title states one."""
    publisher_required: bool = False
    """Whether a title without a publisher is too little to go by."""
    alternatives: tuple[str, ...] = ()
    """FOSS that can replace it."""
    terms: str = ""
    """Where its licence terms can be read."""
    note: str = ""
    source: str = ""
    """Id in rules/sources.csv: where the facts of this line come from."""
    checked: str = ""
    """Date of the last check, ISO 8601."""
    examples: tuple[str, ...] = ()
    family: bool = False
    """Whether this is a family of components rather than a product."""
    only_registered: bool = False
    """Whether only a licence register names it: proprietary as long as no declared licence says otherwise."""
    origins: tuple[str, ...] = ()
    """Package types by purl (`deb`, `rpm`) whose packages alone have these names; empty for titles of every kind."""


class Freedom(StrEnum):
    """What a licence text alone says."""

    FREE = "free"
    NOT_FREE = "not-free"
    UNDECIDED = "undecided"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class LicensePart:
    """A node of the licence tree that `explain` prints."""

    text: str
    """The licence id, phrase, or operator (`AND`, `OR`, `WITH`)."""
    freedom: Freedom
    reason: str
    """Why: the flag, category or rule that decided, in English technical terms."""
    parts: tuple["LicensePart", ...] = ()


@dataclass(frozen=True, slots=True)
class License:
    """A licence text, read."""

    as_written: str
    expression: str | None
    """Normalised SPDX expression, or None where there is none or it cannot be known."""
    freedom: Freedom
    license_model: LicenseModel = LicenseModel.UNKNOWN
    """The model a text that is not free states (freeware, trialware, restricted-freeware, commercial …), else unknown."""
    claim: str = ""
    """`licensed` or `unlicensed` where the text is only a claim ("Asli", "Bajakan"); never evidence."""
    tree: LicensePart | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a title was recognised as, and the way there."""

    product: Product | None
    rule: str
    """Catalogue id, with the glob that matched; empty where nothing did."""
    normalised: str
    rejected: tuple[tuple[str, str], ...] = ()
    """Candidates that lost: (catalogue id, why)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a title is before any entitlement is counted."""

    title: Title
    license: License
    product: Product | None
    license_model: LicenseModel
    software_class: SoftwareClass | None
    """None where entitlements decide."""
    basis: Basis | None
    rule: str
    """Id of the rule or catalogue entry that decided."""
    conflict: bool = False
    """Whether the licence the source states contradicts the catalogue."""

    @property
    def product_key(self) -> str:
        """What entitlements are matched by: the product id, or the name of what the catalogue does not know."""
        return self.product.id if self.product else "name:" + " ".join(self.title.name.casefold().split())


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
    """None is unlimited."""
    metric: str = "device"
    start: date | None = None
    end: date | None = None
    """Last valid day; None does not end."""
    perpetual: bool = True
    edition: str | None = None
    release: str | None = None
    proof: tuple[tuple[str, str], ...] = ()
    """Documents by kind: (`bast`, number), (`contract`, number), (`invoice`, number) …"""
    unit_price: int | None = None
    """Whole rupiah."""
    supplier: str = ""
    remark: str = ""

    def valid_on(self, day: date) -> bool:
        """Whether the right holds on a day; the last day counts as valid."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


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
    """None where unlimited."""
    entitlements: tuple[str, ...]
    expired: int = 0
    """Quantity of rights that ended before the audit date."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that someone accepted: who, why, until when."""

    who: str
    why: str
    until: date


_FINDING = message("Finding")


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's outcome."""

    id: str
    """Stable from run to run: a hash of agency slug, rule and product id or normalised name."""
    rule: str
    severity: Severity
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
    title: Message = _FINDING
    """What the rule finds, in a few words; the same for all its findings."""


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


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the region."""

    agencies: int
    devices: int
    counts: ClassCounts


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
