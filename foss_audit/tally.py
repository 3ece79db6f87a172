# SPDX-License-Identifier: Apache-2.0
"""Counts per agency over the judged installations, and the facts about agencies that rules look at. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd

from foss_audit.agencies import AgencyTable
from foss_audit.codes import combine
from foss_audit.entitlements import Register
from foss_audit.inventory import Inventory
from foss_audit.license_position import Position
from foss_audit.messages import message
from foss_audit.model import Basis, Note, Problem, SoftwareClass, Source, Verdict
from foss_audit.outcome import AgencyAudit, AgencyVerdict, ClassCounts, Finding, TitleCounts, Totals

_CLASSES = tuple(SoftwareClass)
_BASES = tuple(Basis)
_UNLICENSED, _UNDETERMINED = _CLASSES.index(SoftwareClass.UNLICENSED), _CLASSES.index(SoftwareClass.UNDETERMINED)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted of an agency's installations; nothing where it handed in none."""

    devices: int = 0
    """Named ones."""
    unnamed_devices: int = 0
    unnamed_at_least: int = 0
    """How many devices the unnamed ones are at least: as many as have the same software."""
    devices_compliant: int = 0
    """Named ones with nothing unlicensed or undetermined."""
    counts: ClassCounts = field(default_factory=ClassCounts)
    components: int = 0
    needing: int = 0
    """Installations that need an entitlement and have none."""
    titles: TitleCounts = field(default_factory=TitleCounts)


@dataclass(frozen=True, slots=True)
class Tally:
    """An agency in numbers, with what could not be read of it."""

    agency: str
    submitted: bool
    has_register: bool
    devices_expected: int | None
    numbers: Numbers
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]

    @property
    def verdict(self) -> AgencyVerdict:
        """Non-compliant with anything unlicensed; else undetermined with anything undetermined or unread; else compliant."""
        if self.numbers.counts.unlicensed:
            return AgencyVerdict.NON_COMPLIANT
        open_ = self.numbers.counts.undetermined or self.problems
        return AgencyVerdict.UNDETERMINED if open_ else AgencyVerdict.COMPLIANT

    def as_audit(
        self, slug: str, findings: tuple[Finding, ...], positions: Sequence[Position], notes: Sequence[Note] = ()
    ) -> AgencyAudit:
        """The agency's part of the result; `notes`: more than the inventory and the register gave."""
        numbers, counts = self.numbers, self.numbers.counts
        lawful = counts.legal_commercial + counts.foss
        return AgencyAudit(
            agency=self.agency,
            slug=slug,
            devices=numbers.devices,
            devices_expected=self.devices_expected,
            unnamed_devices=numbers.unnamed_devices,
            devices_compliant=numbers.devices_compliant,
            submitted=self.submitted,
            counts=counts,
            compliance_rate=_share(lawful - numbers.components, counts.total - numbers.components),
            compliance_rate_all=_share(lawful, counts.total),
            verdict=self.verdict,
            titles=numbers.titles,
            positions=tuple(positions),
            findings=findings,
            problems=self.problems,
            notes=(*self.notes, *notes),
            has_register=self.has_register,
            unnamed_at_least=numbers.unnamed_at_least,
        )


def tally(
    inventory: Inventory, installations: pd.DataFrame, verdicts: Sequence[Verdict], register: Register, table: AgencyTable
) -> dict[str, Tally]:
    """Every agency that handed anything in, and every one that is expected to and did not."""
    expected = {row.name: row.devices_expected for row in table.rows if row.devices_expected}
    handed_in = _handed_in(installations, verdicts)
    missing = {agency: (_missing(agency, expected[agency]),) for agency in expected.keys() - set(inventory.agencies)}
    return {
        agency: Tally(
            agency=agency,
            submitted=agency not in missing,
            has_register=agency in register.agencies,
            devices_expected=expected.get(agency),
            numbers=handed_in.get(agency, Numbers()),
            problems=(*missing.get(agency, ()), *inventory.problems.get(agency, ()), *register.problems.get(agency, ())),
            notes=(*inventory.notes.get(agency, ()), *register.notes.get(agency, ())),
        )
        for agency in sorted({*inventory.agencies, *expected})
    }


def _missing(agency: str, expected: int) -> Problem:
    what = message("{agency} handed in no inventory ({expected} devices expected)", agency=agency, expected=expected)
    return Problem(Source("agencies.csv"), what)


def _handed_in(installations: pd.DataFrame, verdicts: Sequence[Verdict]) -> dict[str, Numbers]:
    agencies = list(installations["agency"].cat.categories)
    agency = installations["agency"].cat.codes.to_numpy()
    software_class = installations["class"].cat.codes.to_numpy()
    component = installations["basis"].cat.codes.to_numpy() == _BASES.index(Basis.COMPONENT)
    needs = np.array([one.basis is None for one in verdicts], dtype=bool)[installations["title"].to_numpy()]
    by_class = np.zeros((len(agencies), len(_CLASSES)), dtype=np.int64)
    np.add.at(by_class, (agency, software_class), 1)
    components = np.bincount(agency[component], minlength=len(agencies))
    needing = np.bincount(agency[needs & (software_class == _UNLICENSED)], minlength=len(agencies))
    devices = _devices(installations, agency, software_class, len(agencies))
    titles = _title_counts(installations, agency)
    return {
        name: Numbers(
            *devices[number],
            ClassCounts(**{one.value: int(by_class[number, code]) for code, one in enumerate(_CLASSES)}),
            int(components[number]),
            int(needing[number]),
            titles[number],
        )
        for number, name in enumerate(agencies)
    }


def _devices(
    installations: pd.DataFrame, agency: np.ndarray, software_class: np.ndarray, agencies: int
) -> list[tuple[int, int, int, int]]:
    """Per agency: named devices, unnamed ones, how many those are at least, named ones with nothing left to answer."""
    unnamed = installations["device"].to_numpy() == ""
    device = installations["device"].cat.codes.to_numpy()
    number, first = combine([agency[~unnamed], device[~unnamed]])
    open_ = np.isin(software_class[~unnamed], [_UNLICENSED, _UNDETERMINED])
    faulty = np.zeros(len(first), dtype=bool)
    faulty[number[open_]] = True
    owner = agency[~unnamed][first]
    devices = np.bincount(owner, minlength=agencies)
    compliant = np.bincount(owner[~faulty], minlength=agencies)
    unnamed_of = np.bincount(agency[unnamed], minlength=agencies)
    same_software, first_of_software = combine([agency[unnamed], installations["title"].to_numpy()[unnamed]])
    at_least = np.zeros(agencies, dtype=np.int64)
    np.maximum.at(at_least, agency[unnamed][first_of_software], np.bincount(same_software, minlength=len(first_of_software)))
    columns = zip(devices.tolist(), unnamed_of.tolist(), at_least.tolist(), compliant.tolist(), strict=True)
    return list(columns)


def _title_counts(installations: pd.DataFrame, agency: np.ndarray) -> dict[int, TitleCounts]:
    """Per agency its titles with their counts by basis."""
    columns = [agency, installations["title"].to_numpy(), installations["basis"].cat.codes.to_numpy()]
    group, first = combine(columns)
    counts = np.bincount(group, minlength=len(first))
    order = np.lexsort([column[first] for column in reversed(columns)])
    owner, title, basis = (column[first][order] for column in columns)
    bounds = np.searchsorted(owner, np.arange(len(installations["agency"].cat.categories) + 1))
    titles, numbers = title.tolist(), counts[order].tolist()
    bases = [_BASES[code] for code in basis.tolist()]
    return {
        number: TitleCounts(tuple(titles[start:end]), tuple(bases[start:end]), tuple(numbers[start:end]))
        for number, (start, end) in enumerate(pairwise(bounds.tolist()))
    }


def problems_of_no_agency(register: Register, tallies: Mapping[str, Tally]) -> tuple[Problem, ...]:
    """What could not be read of registers and belongs to no agency of the audit."""
    return tuple(problem for agency, found in sorted(register.problems.items()) if agency not in tallies for problem in found)


def unknown_agencies(register: Register, tallies: Mapping[str, Tally], table: AgencyTable) -> list[Note]:
    """A note for each agency that a register names and neither an inventory nor the agency table does: misspelt, perhaps."""
    found: dict[str, Note] = {}
    for one in register.entitlements:
        for agency in (*([one.agency] if one.agency else ()), *one.shared_by, *one.withheld_from):
            if agency not in tallies and table.find(agency) is None:
                what = message(
                    "names {agency}, of which there is no inventory and which no agency table knows: check its name",
                    agency=agency,
                )
                found.setdefault(agency, Note(one.source, what))
    return [found[agency] for agency in sorted(found)]


def totals(audits: Sequence[AgencyAudit]) -> Totals:
    """The sums over all agencies."""
    return Totals(len(audits), sum(one.devices for one in audits), _total(one.counts for one in audits))


def _total(counts: Iterable[ClassCounts]) -> ClassCounts:
    """The sum of counts."""
    counts = list(counts)
    return ClassCounts(*(sum(getattr(one, name.value) for one in counts) for name in _CLASSES))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
