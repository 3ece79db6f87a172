# SPDX-License-Identifier: Apache-2.0
"""The values that travel between the stages: what was found, what is known and bought, what was decided of it."""

from dataclasses import dataclass
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
