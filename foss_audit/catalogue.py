# SPDX-License-Identifier: Apache-2.0
"""What the catalogue knows of a product: the value behind a line of rules/catalogue/."""

import re
from dataclasses import dataclass
from enum import StrEnum

_BOUND = re.compile(r"(>=|<=|>|<|=)\s*v?(\d+(?:[.\-_]\d+)*)")
_NUMBER = re.compile(r"\d+")


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


class OrganisationUse(StrEnum):
    """Whether the terms of a product let an organisation use it at no fee."""

    YES = "yes"
    NO = "no"
    VERIFY = "verify"
    """Its terms were not read, or leave it open: a person must read them."""


class Grade(StrEnum):
    """How surely a name tells an activator."""

    SURE = "sure"
    INDICATION = "indication"
    """The name says that something was cracked or repacked: a lead to look at, no proof."""


NOT_STATED = "?"
"""The edition of a line that stands for titles which do not tell their edition, where the editions differ in licence."""


@dataclass(frozen=True, slots=True)
class VersionRange:
    """The versions that a line of the catalogue is about: every bound must hold."""

    text: str
    bounds: tuple[tuple[str, tuple[int, ...]], ...]

    @classmethod
    def parse(cls, text: str) -> "VersionRange":
        """Reads `>=2.0, <3` (bounds `>=` `>` `<` `<=` `=`, joined by commas). Raises ValueError for anything else.

        >>> VersionRange.parse(">=8.0.2110, <9").holds("8.0.3610.9"), VersionRange.parse("=7").holds("7.0")
        (True, True)
        """
        bounds = []
        for part in text.split(","):
            found = _BOUND.fullmatch(part.strip())
            if found is None:
                raise ValueError(f"'{text}' is no range of versions; write it as '>=2.0, <3'")
            bounds.append((found[1], numbers(found[2])))
        return cls(text, tuple(bounds))

    def holds(self, version: str) -> bool:
        """Whether a version, which must hold a number, lies within every bound."""
        found = numbers(version)
        return all(_holds(operator, found, bound) for operator, bound in self.bounds)


def numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, by which versions are compared: `8u202-b08` is 8, 202, 8."""
    return tuple(int(number[:18]) for number in _NUMBER.findall(version))


def _holds(operator: str, found: tuple[int, ...], bound: tuple[int, ...]) -> bool:
    length = max(len(found), len(bound))
    left, right = (*found, *[0] * (length - len(found))), (*bound, *[0] * (length - len(bound)))
    match operator:
        case ">=":
            return left >= right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case "<":
            return left < right
    return left == right


@dataclass(frozen=True, slots=True)
class Product:
    """An entry of the catalogue, or a family of components."""

    id: str
    name: str
    publisher: str
    license_model: LicenseModel
    license_expression: str = ""
    """SPDX expression, for FOSS."""
    organisation_use: OrganisationUse | None = None
    """For what costs no fee: whether an organisation may use it. None where the license model alone says it."""
    names: tuple[str, ...] = ()
    """Globs over the normalised name."""
    not_names: tuple[str, ...] = ()
    """Globs that rule the product out."""
    ids: tuple[str, ...] = ()
    """Ids in package collections, lower case: `winget:mozilla.firefox`, `choco:firefox`, `appx:…`, `purl:pypi/jupyterlab`."""
    publishers: tuple[str, ...] = ()
    """Globs that the publisher must match where the title states one."""
    publisher_required: bool = False
    """Whether a title without a publisher is too little to go by."""
    versions: VersionRange | None = None
    """The versions that this line is about, where others differ in licence."""
    edition: str = ""
    """The edition that this line is about; NOT_STATED for titles that do not tell it."""
    suites: tuple[str, ...] = ()
    """Ids of the suites that it is a part of: on a device that has one of them, it is covered by the suite."""
    more_specific_than: tuple[str, ...] = ()
    """Ids of lines whose names match some of its titles too, and which give way to it."""
    alternatives: tuple[str, ...] = ()
    """FOSS that can replace it."""
    terms: str = ""
    """Where its licence terms can be read."""
    support_end: str = ""
    """Last day of its publisher's ordinary support, ISO 8601."""
    note: str = ""
    sources: tuple[str, ...] = ()
    """Ids in rules/sources.csv: where the facts of this line come from."""
    checked: str = ""
    """Date of the last check, ISO 8601."""
    examples: tuple[str, ...] = ()
    grade: Grade = Grade.SURE
    """For activators: how surely the name tells one."""
    family: bool = False
    """Whether this is a family of components rather than a product."""
    only_registered: bool = False
    """Whether only a licence register names it: proprietary as long as no declared licence says otherwise."""
    origins: tuple[str, ...] = ()
    """Package types by purl (`deb`, `rpm`) whose packages alone have these names; empty for titles of every kind."""
