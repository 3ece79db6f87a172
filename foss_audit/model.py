# SPDX-License-Identifier: Apache-2.0
"""The values that travel between the stages: what was found, what is known and bought, what was decided of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foss_audit.catalogue import LicenseModel, Product
from foss_audit.messages import Message


class SoftwareClass(StrEnum):
    """What an installation is before the clause; each gets exactly one."""

    LEGAL_COMMERCIAL = "legal_commercial"
    FOSS = "foss"
    UNLICENSED = "unlicensed"
    UNDETERMINED = "undetermined"


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
class UnreadRight(Problem):
    """A register line that would license a product if it were understood."""

    agency: str | None
    """None for the region's."""
    product_key: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing about how input was read, by which nothing was lost."""

    source: Source
    message: Message


@dataclass(frozen=True, slots=True)
class LicenseText:
    """The text of a licence that a document brings along and calls by a name of its own."""

    source: Source
    id: str
    """What the document calls it: `LicenseRef-1`, `Acme EULA`."""
    beginning: str
    """Its first lines, for a person to read."""


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


class LicenseOrigin(StrEnum):
    """Where what is known of the licence of a title comes from."""

    CONCLUDED = "concluded"
    """Somebody looked into it and concluded it (SPDX, CycloneDX)."""
    DECLARED = "declared"
    """The maker, the package or whoever filled in the inventory says it."""
    CLASSIFIER = "classifier"
    """A maker's choice from a list of kinds (Python's trove classifiers)."""
    EVIDENCE = "evidence"
    """A scanner found it in the files."""
    CATALOGUE = "catalogue"
    """The inventory says nothing that helps; the catalogue knows the product."""


@dataclass(frozen=True, slots=True, order=True)
class Title:
    """What an inventory calls a piece of software. Empty text where the inventory says nothing."""

    name: str
    version: str = ""
    publisher: str = ""
    license: str = ""
    """The licence as written in the inventory."""
    origin: str = ""
    """Ecosystem of a package, as purl type and namespace: `deb/debian`, `npm`, `pypi`; with the distribution's area for what
    is not free: `deb/debian/non-free`; for packages of Windows with the id:
    `winget/Mozilla.Firefox`, `appx/Microsoft.BingNews`; empty for an ordinary title."""
    license_origin: LicenseOrigin = LicenseOrigin.DECLARED
    """Who says so, by the first of its sources."""

    @property
    def package_type(self) -> str:
        """The purl type of a package; '' for an ordinary title."""
        return self.origin.partition("/")[0]


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
    reason: Message
    """Why: the flag, category or rule that decided."""
    parts: tuple["LicensePart", ...] = ()
    category: str = ""
    """ScanCode's category of a listed licence (`Permissive`, `Copyleft`, `Source-available` …), else the license model that
    the text tells (`freeware` …); empty where neither is known.
    """
    chosen: int | None = None
    """Of an OR, the part by which it goes: the first of the freest."""


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
    origin: LicenseOrigin = LicenseOrigin.DECLARED


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a title was recognised as, and the way there."""

    product: Product | None
    rule: str
    """Catalogue id, with the glob that matched; empty where nothing did."""
    forms: tuple[str, ...]
    """What the name was looked up as: normalised, then ever shorter."""
    rejected: tuple[tuple[str, Message], ...] = ()
    """Candidates that lost: (catalogue id with its glob, why)."""
    version_open: bool = False
    """Whether the product depends on the version, and the title does not tell it."""


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
    def license_expression(self) -> str | None:
        """What the licence text says where it decides; else the expression that the catalogue has of the product."""
        if self.license.freedom in (Freedom.FREE, Freedom.NOT_FREE) or self.license.expression:
            return self.license.expression
        return (self.product.license_expression if self.product else "") or None

    @property
    def license_origin(self) -> LicenseOrigin | None:
        """Where `license_expression`, or the licence as written, comes from; None where nothing is known of a licence."""
        if self.license.freedom in (Freedom.FREE, Freedom.NOT_FREE) or self.license.expression:
            return self.license.origin
        if self.license_expression:
            return LicenseOrigin.CATALOGUE
        return self.license.origin if self.license.freedom is Freedom.UNDECIDED else None

    @property
    def product_key(self) -> str:
        """What entitlements are matched by: the product id, or the name of what the catalogue does not know."""
        return self.product.id if self.product else "name:" + " ".join(self.title.name.casefold().split())


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
