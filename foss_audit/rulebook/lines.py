# SPDX-License-Identifier: Apache-2.0
"""The lines of the rule files, as pydantic checks them. One class a file kind; field names are the columns."""

import re
from datetime import date
from typing import Annotated, ClassVar, Literal

from license_expression import ExpressionError, Licensing, get_spdx_licensing
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, model_validator

from foss_audit.catalogue import NOT_STATED, Grade, LicenseModel, OrganisationUse, VersionRange

_LICENSING: list[Licensing] = []


def _bar_separated(text: object) -> object:
    if not isinstance(text, str):
        return text
    if "|" in text:
        return tuple(filter(None, map(str.strip, text.split("|"))))
    return (text.strip(),) if text.strip() else ()


def _lower_case(parts: tuple[str, ...]) -> tuple[str, ...]:
    if not all(map(_is_lower_case, parts)):
        part = next(part for part in parts if part != part.casefold())
        raise ValueError(f"'{part}' must be written in lower case: names are compared that way")
    return parts


def _is_lower_case(part: str) -> bool:
    return part == part.casefold()


def _lower_case_text(text: str) -> str:
    return _lower_case((text,))[0]


def _spdx(expression: str) -> str:
    if not expression or expression == "LicenseRef-distribution":
        return expression
    if not _LICENSING:
        _LICENSING.append(get_spdx_licensing())
    try:
        unknown = _LICENSING[0].unknown_license_keys(_LICENSING[0].parse(expression))
    except ExpressionError as error:
        raise ValueError(f"'{expression}' is no SPDX expression: {error}") from error
    unknown = [key for key in unknown if not key.startswith("LicenseRef-")]
    if unknown:
        raise ValueError(f"unknown SPDX licence {', '.join(unknown)}")
    return expression


def _iso_day(text: str) -> str:
    if text:
        date.fromisoformat(text)
    return text


def _version_range(text: object) -> object:
    return VersionRange.parse(text) if isinstance(text, str) else text


def _or_none(text: object) -> object:
    return text or None


_USES = {
    LicenseModel.FREEWARE: (OrganisationUse.YES, OrganisationUse.VERIFY),
    LicenseModel.RESTRICTED_FREEWARE: (OrganisationUse.NO, OrganisationUse.VERIFY),
    LicenseModel.TRIALWARE: (OrganisationUse.NO,),
}
"""What a line may say of the use by an organisation, beside what its license model says."""

Parts = Annotated[tuple[str, ...], BeforeValidator(_bar_separated)]
Globs = Annotated[tuple[str, ...], BeforeValidator(_bar_separated), AfterValidator(_lower_case)]
Origins = Annotated[tuple[Literal["deb", "rpm", "apk", "alpm", "snap", "flatpak"], ...], BeforeValidator(_bar_separated)]
Ids = Annotated[
    tuple[Annotated[str, Field(pattern=re.compile(r"^(?:winget|choco|appx|purl):[^\s*?\[\]|]+$"))], ...],
    BeforeValidator(_bar_separated),
    AfterValidator(_lower_case),
]
Identifier = Annotated[str, Field(pattern=re.compile(r"^[a-z0-9][a-z0-9.+\-]*$"))]
Day = Annotated[str, AfterValidator(_iso_day)]


class Line(BaseModel):
    """A line of a CSV rule file; unknown columns are defects."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    COLUMNS: ClassVar[frozenset[str]] = frozenset()
    """Columns that a file must have although their cells may be empty."""


class ProductLine(Line):
    """rules/catalogue/*.csv"""

    COLUMNS = frozenset(
        {"publisher", "spdx", "not_names", "publishers", "publisher_required", "alternatives", "terms", "checked", "note"}
    )

    id: Identifier
    product: str = Field(min_length=1)
    publisher: str = ""
    license_model: LicenseModel
    organisation_use: Annotated[OrganisationUse | None, BeforeValidator(_or_none)] = None
    spdx: str = ""
    names: Globs = Field(min_length=1)
    not_names: Globs = ()
    ids: Ids = ()
    publishers: Globs = ()
    publisher_required: Literal["yes", ""] = ""
    versions: Annotated[InstanceOf[VersionRange] | None, BeforeValidator(_version_range), BeforeValidator(_or_none)] = None
    edition: str = ""
    suite: Parts = ()
    more_specific_than: Parts = ()
    alternatives: Parts = ()
    terms: str = ""
    support_end: Day = ""
    source: Parts = Field(min_length=1)
    checked: Day = ""
    example: Parts = Field(min_length=1)
    note: str = ""
    grade: Annotated[Grade | None, BeforeValidator(_or_none)] = None
    origins: Origins = ()

    @model_validator(mode="after")
    def _expression_only_for_foss(self) -> "ProductLine":
        if self.license_model is LicenseModel.FOSS and not self.spdx:
            raise ValueError("spdx is missing: a FOSS product names its licence")
        if self.spdx and self.license_model not in (LicenseModel.FOSS, LicenseModel.ACTIVATOR, LicenseModel.COMPONENT):
            raise ValueError("spdx stands beside a license_model that is not foss")
        return self

    @model_validator(mode="after")
    def _use_goes_with_the_model(self) -> "ProductLine":
        allowed = _USES.get(self.license_model, ())
        if self.organisation_use is not None and self.organisation_use not in allowed:
            raise ValueError(f"organisation_use '{self.organisation_use}' contradicts the license_model '{self.license_model}'")
        return self

    @model_validator(mode="after")
    def _fields_of_some_models(self) -> "ProductLine":
        if self.grade is not None and self.license_model is not LicenseModel.ACTIVATOR:
            raise ValueError("grade is for activators only")
        if self.edition == NOT_STATED and self.license_model is not LicenseModel.UNKNOWN:
            raise ValueError("edition '?' is for the license_model unknown only: for titles that do not tell their edition")
        return self


class TitleLine(Line):
    """rules/titles.csv: titles that a person assigned to a product, exactly as they were found."""

    title: str = Field(min_length=1)
    publisher: str = ""
    product: Identifier
    source: str = Field(min_length=1)
    checked: Day
    note: str = ""


class PublisherLine(Line):
    """rules/publishers.csv"""

    publisher: str = Field(min_length=1)
    aliases: Globs = Field(min_length=1)
    source: str = Field(min_length=1)


class SourceLine(Line):
    """rules/sources.csv"""

    id: Identifier
    kind: Literal["checked", "stated", ""] = ""
    title: str = Field(min_length=1)
    where: str
    date: Day
    note: str


class HeadingLine(Line):
    """rules/headings.csv"""

    canonical: Annotated[str, Field(pattern=r"^[a-z_0-9]+$")]
    heading: str = Field(min_length=1)
    table: Literal["inventory", "register", "both"]
    language: str
    source: str


class WordLine(Line):
    """rules/words.csv"""

    kind: Annotated[str, Field(pattern=r"^[a-z\-]+$")]
    word: str = Field(min_length=1)
    language: str
    source: str


class MonthLine(Line):
    """rules/months.csv"""

    month: Annotated[int, Field(ge=1, le=12)]
    spelling: str = Field(min_length=1)
    language: str


class SpellingLine(Line):
    """rules/spellings.csv"""

    spelling: str = Field(min_length=1)
    means: str = Field(min_length=1)
    language: str
    source: Parts = Field(min_length=1)


class AgencyLine(Line):
    """rules/agencies.csv"""

    agency: str = Field(min_length=1)
    aliases: Parts = ()
    devices_expected: Annotated[int, Field(ge=0)] | Literal[""] = ""
    source: str = ""


class ReleaseLine(Line):
    """rules/releases.csv: the releases of products in their order."""

    family: Parts = Field(min_length=1)
    release: str = Field(min_length=1)
    names: Globs = ()
    """As titles write it; empty where they write it as `release` does."""
    versions: Annotated[InstanceOf[VersionRange] | None, BeforeValidator(_version_range), BeforeValidator(_or_none)] = None
    released: Day = ""
    upgrade_from: Parts = ()
    sold: Literal["", "perpetual", "subscription"] = ""
    source: Parts = Field(min_length=1)


class EditionLine(Line):
    """rules/editions.csv"""

    family: str = Field(min_length=1)
    edition: str = Field(min_length=1)
    product: str = ""
    words: Globs = ()
    source: Parts = Field(min_length=1)


class AliasLine(Line):
    """rules/licenses/aliases.csv"""

    text: str = Field(min_length=1)
    expression: str
    source: str
    package_type: str = ""
    """purl type of the packages in which it means this; '' for all."""


class PhraseLine(Line):
    """rules/licenses/phrases.csv"""

    phrase: str = Field(min_length=1)
    model: Literal["freeware", "restricted-freeware", "trialware", "subscription", "commercial", "unknown"]
    language: str
    source: str


class OverrideLine(Line):
    """rules/licenses/overrides.csv"""

    key: str = Field(min_length=1)
    free: Literal["yes", "no"]
    reason: str = Field(min_length=1)
    reason_id: str = ""
    """The same in Indonesian."""


class AddressLine(Line):
    """rules/licenses/addresses.csv"""

    address: Annotated[str, Field(min_length=1), AfterValidator(_lower_case_text)]
    expression: str = Field(min_length=1)
    source: str


class ClaimLine(Line):
    """rules/licenses/claims.csv"""

    word: str = Field(min_length=1)
    claim: Literal["licensed", "unlicensed", "none"]
    language: str


def spdx_defect(expression: str) -> str:
    """Why an expression is not SPDX; empty where it is."""
    try:
        _spdx(expression)
    except ValueError as error:
        return str(error)
    return ""
