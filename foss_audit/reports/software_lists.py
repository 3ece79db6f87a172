# SPDX-License-Identifier: Apache-2.0
"""What is installed, gathered by title and by product for the lists of the reports."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from foss_audit.catalogue import LicenseModel
from foss_audit.model import Basis, SoftwareClass, Verdict
from foss_audit.outcome import AgencyAudit, AuditResult
from foss_audit.reports.view import CLASS_ORDER, Reason, class_of, ordered_reasons


@dataclass(frozen=True, slots=True)
class Software:
    """A piece of software in an agency: the titles of one product, or of one name that the catalogue does not know."""

    software_class: SoftwareClass
    name: str
    publisher: str
    found_as: tuple[str, ...]
    """Names as found where they differ from `name`, sorted."""
    versions: tuple[str, ...]
    license_model: LicenseModel
    reasons: tuple[Reason, ...]
    alternatives: tuple[str, ...]
    installations: int
    agencies: int = 1


def software(agency: AgencyAudit, result: AuditResult) -> tuple[Software, ...]:
    """What is installed in an agency, by class in CLASS_ORDER and then by name."""
    return tuple(sorted(_gather([agency], result), key=_by_class_and_name))


def titles(agency: AgencyAudit, result: AuditResult) -> Iterator[tuple[int, Verdict, SoftwareClass, tuple[Reason, ...]]]:
    """Every title of an agency as found, once a class: (installations, verdict, class, why), by class and then by name."""
    found = []
    for count in agency.titles:
        by_class: dict[SoftwareClass, dict[Basis, int]] = {}
        for basis, number in count.by_basis:
            by_class.setdefault(class_of(basis), {})[basis] = number
        verdict = result.titles[count.title]
        found += [(sum(numbers.values()), verdict, one, ordered_reasons(numbers)) for one, numbers in by_class.items()]
    yield from sorted(found, key=lambda row: (CLASS_ORDER.index(row[2]), row[1].title.name.casefold(), row[1].title))


def top_unlicensed(result: AuditResult, limit: int = 20) -> tuple[Software, ...]:
    """The products with most unlicensed installations in the region, at most `limit`."""
    unlicensed = _gather(result.agencies, result, only=SoftwareClass.UNLICENSED)
    return tuple(sorted(unlicensed, key=lambda item: (-item.installations, item.name.casefold(), item.name))[:limit])


def _by_class_and_name(item: Software) -> tuple[int, bool, str, str, str]:
    component = item.license_model is LicenseModel.COMPONENT
    return CLASS_ORDER.index(item.software_class), component, item.name.casefold(), item.name, item.publisher


def _gather(agencies: Iterable[AgencyAudit], result: AuditResult, only: SoftwareClass | None = None) -> list[Software]:
    """By columns and without a value per title: a region has them by the hundred thousand."""
    groups: dict[tuple[SoftwareClass, str], _Group] = {}
    for agency in agencies:
        counts = agency.titles
        for title, basis, number in zip(counts.title, counts.basis, counts.installations, strict=True):
            software_class = class_of(basis)
            if only is not None and software_class is not only:
                continue
            verdict = result.titles[title]
            key = software_class, verdict.product_key
            group = groups.get(key)
            if group is None:
                group = groups[key] = _Group(verdict)
            group.add(agency.slug, verdict, basis, number)
    return [group.software(software_class) for (software_class, _), group in groups.items()]


class _Group:
    """Gathers what belongs to one Software."""

    def __init__(self, first: Verdict) -> None:
        self.first = first
        self.names: set[str] = set()
        self.publishers: set[str] = set()
        self.versions: set[str] = set()
        self.agencies: set[str] = set()
        self.bases: Counter[Basis] = Counter()

    def add(self, agency: str, verdict: Verdict, basis: Basis, number: int) -> None:
        self.names.add(verdict.title.name)
        self.publishers.add(verdict.title.publisher)
        self.versions.add(verdict.title.version)
        self.agencies.add(agency)
        self.bases[basis] += number

    def software(self, software_class: SoftwareClass) -> Software:
        product = self.first.product
        name = product.name if product else min(self.names)
        return Software(
            software_class=software_class,
            name=name,
            publisher=product.publisher if product else min(filter(None, self.publishers), default=""),
            found_as=tuple(sorted(self.names - {name})),
            versions=tuple(sorted(filter(None, self.versions), key=_version_order)),
            license_model=self.first.license_model,
            reasons=ordered_reasons(self.bases),
            alternatives=product.alternatives if product else (),
            installations=sum(self.bases.values()),
            agencies=len(self.agencies),
        )


def _version_order(version: str) -> tuple[list[tuple[int, int, str]], str]:
    """Newest last, number by number: 9.2 before 10.0."""
    parts = version.replace("-", ".").split(".")
    return [
        (0, int(part), "") if part.isascii() and part.isdigit() and len(part) < 20 else (1, 0, part) for part in parts
    ], version
