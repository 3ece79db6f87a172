# SPDX-License-Identifier: Apache-2.0
"""The audit on one screen: inventories and registers in, verdicts, positions and findings out. Touches no file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from foss_audit import __version__
from foss_audit.activation_facts import activation_facts, supporting_notes
from foss_audit.agencies import AgencyTable, slugs
from foss_audit.catalogue import Product
from foss_audit.classify import classify
from foss_audit.entitlements import Register
from foss_audit.evaluate import Fact, RuleTexts, evaluate_facts, evaluate_installations, in_order
from foss_audit.facts import agency_facts, register_facts, twice_facts
from foss_audit.gather import FileReading
from foss_audit.inventory import Inventory, assemble
from foss_audit.judge import judge
from foss_audit.license_position import Position, Remedy
from foss_audit.licenses import LicenseReader
from foss_audit.model import Basis, Note, Recognition, Title, Verdict
from foss_audit.outcome import AgencyAudit, AuditResult, Finding, Region
from foss_audit.recognise import Recogniser
from foss_audit.reconcile import Reconciliation, reconcile
from foss_audit.remedies import remedies, with_lines_to_correct
from foss_audit.rulebook import Rulebook
from foss_audit.stated import stated_rights
from foss_audit.suites import covered_by_suite
from foss_audit.tally import Tally, problems_of_no_agency, tally, totals, unknown_agencies


@dataclass(frozen=True, slots=True)
class Audited:
    """The outcome: the result as values, the installations as a table (reports.interface.INSTALLATION_COLUMNS)."""

    result: AuditResult
    installations: pd.DataFrame


def audit(
    files: Sequence[FileReading],
    register: Register,
    rulebook: Rulebook,
    recogniser: Recogniser,
    as_of: date,
    region: Region,
    prices: Mapping[str, int] | None = None,
) -> Audited:
    """Audits what was handed in, as of a day. The same input, rules and day give the same outcome.

    `recogniser` holds the rulebook's products; those that only the register names are added to it. `prices`: whole rupiah by
    product key, where a price list tells.
    """
    agencies = AgencyTable(rulebook.agencies)
    inventory = assemble(files, agencies)
    register = _of_these(register.joined(stated_rights(files, agencies, recogniser)), inventory, agencies)

    recogniser = recogniser.with_products(register.products)
    licenses = license_reader(rulebook)
    recognitions = [recogniser.recognise(title) for title in inventory.titles]
    verdicts = _verdicts(inventory.titles, recognitions, licenses)

    reconciliation = reconcile(
        inventory.installations,
        verdicts,
        register.entitlements,
        register.agencies,
        as_of,
        covered_by_suite(inventory.installations, verdicts, rulebook.editions),
        rulebook.editions,
        prices,
        region.cores_per_device,
    )
    installations = judge(inventory, verdicts, reconciliation, register.entitlements, licenses)

    tallies = tally(inventory, installations, verdicts, register, agencies)
    unplaced = problems_of_no_agency(register, tallies)
    facts = [*agency_facts(tallies, unplaced), *twice_facts(inventory.twice), *register_facts(register, as_of)]
    facts += activation_facts(installations, verdicts, inventory.sources, reconciliation.positions, region.kms_hosts)
    slug_of = slugs(tallies)
    findings = _findings(inventory, installations, verdicts, reconciliation, facts, rulebook, slug_of)
    audits = _audits(tallies, slug_of, findings, reconciliation.positions, supporting_notes(facts))
    audits, choices = _with_remedies(audits, reconciliation, register, rulebook)

    result = AuditResult(
        as_of=as_of,
        version=__version__,
        rulebook_digest=rulebook.digest,
        rulebook_packs=rulebook.packs,
        region=region,
        totals=totals(audits),
        titles=verdicts,
        agencies=audits,
        pool_positions=reconciliation.pool_positions,
        criteria=dict(rulebook.criteria),
        entitlements=register.entitlements,
        problems=unplaced,
        notes=(*register.notes.get("", ()), *unknown_agencies(register, tallies, agencies)),
        findings=in_order(findings.get("", ())),
        suggestions=_suggestions(verdicts, recognitions, recogniser),
        license_texts=inventory.license_texts,
        trace_of=reconciliation.traces.of_agency,
        remedies=choices,
    )
    return Audited(result, installations)


def _of_these(register: Register, inventory: Inventory, agencies: AgencyTable) -> Register:
    """The register in the inventory's names of agencies and devices."""
    return register.with_agency_names(inventory.agency_names, agencies).with_known_devices(inventory.devices_of())


def _verdicts(titles: Sequence[Title], recognitions: Sequence[Recognition], licenses: LicenseReader) -> tuple[Verdict, ...]:
    """The verdict on every title, before any entitlement is counted."""
    return tuple(
        classify(title, recognition, licenses.read(title.license, title.license_origin, title.package_type))
        for title, recognition in zip(titles, recognitions, strict=True)
    )


def _audits(
    tallies: Mapping[str, Tally],
    slug_of: Mapping[str, str],
    findings: Mapping[str, Sequence[Finding]],
    positions: Mapping[str, Sequence[Position]],
    notes: Mapping[str, Sequence[Note]],
) -> tuple[AgencyAudit, ...]:
    """Every agency's part of the result, by name. `notes`: more than the tallies have."""
    return tuple(
        tallies[agency].as_audit(
            slug_of[agency], in_order(findings.get(agency, ())), positions.get(agency, ()), notes.get(agency, ())
        )
        for agency in sorted(tallies, key=lambda name: (name.casefold(), name))
    )


def _with_remedies(
    audits: tuple[AgencyAudit, ...], reconciliation: Reconciliation, register: Register, rulebook: Rulebook
) -> tuple[tuple[AgencyAudit, ...], dict[str, tuple[Remedy, ...]]]:
    """What can be done about shortfalls, by agency; and the agencies with findings that name register lines to correct first."""
    products = {one.id: one for one in rulebook.products}
    choices = remedies(audits, reconciliation.pool_positions, products, register.unread, rulebook.editions)
    return tuple(with_lines_to_correct(one, choices[one.agency]) for one in audits), choices


def _suggestions(
    verdicts: Sequence[Verdict], recognitions: Sequence[Recognition], recogniser: Recogniser
) -> dict[str, tuple[Product, ...]]:
    """Products that were perhaps meant, by the name of every title that nobody recognised."""
    unknown = {
        verdict.title.name: recognition.forms[-1]
        for verdict, recognition in zip(verdicts, recognitions, strict=True)
        if verdict.basis is Basis.UNRECOGNISED
    }
    near = recogniser.near(unknown.values())
    return {name: near[form] for name, form in unknown.items() if form in near}


def _findings(
    inventory: Inventory,
    installations: pd.DataFrame,
    verdicts: Sequence[Verdict],
    reconciliation: Reconciliation,
    facts: Sequence[Fact],
    rulebook: Rulebook,
    slug_of: Mapping[str, str],
) -> dict[str, list[Finding]]:
    """What the policy rules find, by agency; '' is the region."""
    rules = [RuleTexts(rule, rule.title.en, rule.message.en, rule.how_to_fix.en) for rule in rulebook.policy]
    findings = evaluate_installations(installations, verdicts, inventory.sources, reconciliation.positions, rules, slug_of)
    for agency, found in evaluate_facts(facts, rules, slug_of).items():
        findings.setdefault(agency, []).extend(found)
    return findings


def license_reader(rulebook: Rulebook) -> LicenseReader:
    """The reader of licence texts with the rule packs' data."""
    return LicenseReader(
        rulebook.license_aliases,
        rulebook.license_phrases,
        rulebook.license_overrides,
        rulebook.license_claims,
        rulebook.license_addresses,
        rulebook.license_own_words,
    )


def all_findings(result: AuditResult) -> list[Finding]:
    """Every finding, the region's own first."""
    return [*result.findings, *(finding for agency in result.agencies for finding in agency.findings)]
