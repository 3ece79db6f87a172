# SPDX-License-Identifier: Apache-2.0
"""What the reports for people show, put in order and in words once for the page and the workbook."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foss_audit.language import Translator
from foss_audit.messages import Message, counted, message
from foss_audit.model import CLASS_OF_BASIS, Basis, SoftwareClass, Source
from foss_audit.outcome import AgencyAudit, AgencyVerdict, Criterion, Finding, Severity
from foss_audit.reports.words import BASES, NOT_SUBMITTED, VERDICTS

CLASS_ORDER = (SoftwareClass.UNLICENSED, SoftwareClass.UNDETERMINED, SoftwareClass.LEGAL_COMMERCIAL, SoftwareClass.FOSS)
"""What an inspector has to act on stands first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why installations have their class, and how many."""

    software_class: SoftwareClass
    basis: Basis
    installations: int


def class_of(basis: Basis) -> SoftwareClass:
    """The one class that a basis belongs to."""
    return CLASS_OF_BASIS[basis]


def verdict_word(agency: AgencyAudit) -> Message:
    """Compliant, not compliant, needs verification, or nothing handed in."""
    return VERDICTS[agency.verdict] if agency.submitted else NOT_SUBMITTED


def verdict_key(agency: AgencyAudit) -> str:
    """The verdict as a style name; `not_submitted` where nothing was handed in."""
    return agency.verdict.value if agency.submitted else "not_submitted"


def verdict_sentence(agency: AgencyAudit) -> Message:
    """The verdict with why, as one sentence. It speaks of indications: the legal conclusion is not the tool's."""
    counts = agency.counts
    if not agency.submitted:
        return message("No inventory of this agency was received, so nothing can be said about its compliance yet.")
    if agency.verdict is AgencyVerdict.NON_COMPLIANT:
        return counted(
            "{count} of {total} installations is an indication of use without a licence.",
            "{count} of {total} installations are indications of use without a licence.",
            count=counts.unlicensed,
            total=counts.total,
        )
    if agency.verdict is AgencyVerdict.UNDETERMINED:
        return _verification_sentence(agency)
    if counts.total == 0:
        return message("The inventories handed in list no software.")
    return counted(
        "The one installation is licensed, permitted or FOSS.",
        "All {count} installations are licensed, permitted or FOSS.",
        count=counts.total,
    )


def _verification_sentence(agency: AgencyAudit) -> Message:
    undetermined = counted(
        "{count} installation must be checked by a person",
        "{count} installations must be checked by a person",
        count=agency.counts.undetermined,
    )
    unread = counted(
        "{count} entry or file could not be read", "{count} entries or files could not be read", count=len(agency.problems)
    )
    if not agency.problems:
        return message("No indication of use without a licence, but {undetermined}.", undetermined=undetermined)
    if not agency.counts.undetermined:
        return message("No indication of use without a licence, but {unread}.", unread=unread)
    return message(
        "No indication of use without a licence, but {undetermined} and {unread}.",
        undetermined=undetermined,
        unread=unread,
    )


def remarks(agency: AgencyAudit) -> tuple[Message, ...]:
    """What the verdict does not rest on: devices nobody inventoried, entries nobody could read."""
    said = []
    share = coverage(agency)
    if agency.submitted and share is not None and share < 1:
        said.append(
            message(
                "The inventories cover {devices} of {expected} devices; about the others nothing is known.",
                devices=devices_seen(agency.devices, agency.unnamed_at_least),
                expected=agency.devices_expected,
            )
        )
    if agency.problems and agency.verdict is AgencyVerdict.NON_COMPLIANT:
        said.append(
            counted(
                "Besides, {count} entry or file could not be read and was not audited.",
                "Besides, {count} entries or files could not be read and were not audited.",
                count=len(agency.problems),
            )
        )
    return tuple(said)


def coverage(agency: AgencyAudit) -> float | None:
    """Devices seen, those without a name too, of those expected, at most 1; None where nobody said how many there are."""
    if not agency.devices_expected:
        return None
    return min(1.0, (agency.devices + agency.unnamed_at_least) / agency.devices_expected)


def devices_seen(devices: int, unnamed: int) -> int | Message:
    """Named devices, and how many unnamed ones there are at least: `12`, `12 (+ at least 6 unnamed)`."""
    return message("{devices} (+ at least {unnamed} unnamed)", devices=devices, unnamed=unnamed) if unnamed else devices


def devices_text(devices: int, unnamed: int, translator: Translator) -> str:
    """The same in words."""
    seen = devices_seen(devices, unnamed)
    return translator.number(seen) if isinstance(seen, int) else translator.say(seen)


def reasons(agency: AgencyAudit) -> tuple[Reason, ...]:
    """Installations by basis, those to act on first, then the most frequent."""
    numbers: Counter[Basis] = Counter()
    for title in agency.titles:
        numbers.update(dict(title.by_basis))
    return ordered_reasons(numbers)


def severity_counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity that nobody accepted, gravest first."""
    numbers = Counter(finding.severity for finding in findings if finding.waiver is None)
    return {severity: numbers[severity] for severity in reversed(Severity)}


def criterion_text(key: str, criteria: Mapping[str, Criterion], translator: Translator) -> str:
    """A criterion as a report may cite it, marked where it is only a guideline or was not verified."""
    criterion = criteria.get(key)
    if criterion is None:
        return key
    text = criterion.text.get(translator.language) or next((criterion.text[name] for name in sorted(criterion.text)), key)
    marks = []
    if criterion.kind == "circular":
        marks.append(translator.gettext("guideline, not a regulation"))
    if criterion.grade == "C":
        marks.append(translator.gettext("text not verified yet"))
    elif criterion.grade == "B":
        marks.append(translator.gettext("from a secondary source"))
    return f"{text} [{'; '.join(marks)}]" if marks else text


def places(sources: Sequence[Source]) -> list[tuple[str, list[str]]]:
    """Sources by file, each with its places in order."""
    files: dict[str, list[str]] = {}
    for source in sources:
        files.setdefault(source.file, []).append(source.locator)
    return [(file, [locator for locator in locators if locator]) for file, locators in files.items()]


def place(source: Source) -> str:
    """A source as people write it: the file, then the place in it."""
    return f"{source.file} › {source.locator}" if source.locator else source.file


def reason_text(reason: Reason, translator: Translator) -> str:
    """`12 × more installed than there are licences`."""
    return f"{translator.number(reason.installations)} × {translator.say(BASES[reason.basis])}"


def ordered_reasons(numbers: Mapping[Basis, int]) -> tuple[Reason, ...]:
    """Installations by basis, those to act on first, then the most frequent."""
    found = [Reason(class_of(basis), basis, number) for basis, number in numbers.items() if number]
    bases = list(Basis)
    return tuple(
        sorted(found, key=lambda one: (CLASS_ORDER.index(one.software_class), -one.installations, bases.index(one.basis)))
    )
