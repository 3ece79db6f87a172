# SPDX-License-Identifier: Apache-2.0
"""Findings: one per agency, rule and product, with stable ids, evidence of at most 50 places, and every number in its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from helpers import ABSENT, product

from foss_audit.catalogue import LicenseModel
from foss_audit.evaluate import (
    MOST_EVIDENCE,
    Fact,
    RuleTexts,
    evaluate_facts,
    evaluate_installations,
    finding_id,
    in_order,
)
from foss_audit.license_position import Position
from foss_audit.model import CLASS_OF_BASIS, Basis, License, SoftwareClass, Source, Title, Verdict
from foss_audit.outcome import Finding, Severity
from foss_audit.sources import SourceTable

HEALTH, SOCIAL = "Dinas Kesehatan", "Dinas Sosial"
SLUGS = {HEALTH: "dinas-kesehatan", SOCIAL: "dinas-sosial"}
PHOTO = product("photo", LicenseModel.COMMERCIAL, alternatives=("GIMP", "Krita"))


@dataclass(frozen=True)
class _Rule:
    """A rule that fires on equal values or on one of several."""

    id: str
    when: Mapping[str, object]
    severity: Severity = Severity.HIGH
    subject: str = "installations"
    code: str = "1.04.07"
    criteria: tuple[str, ...] = ("mou",)

    def fires(self, fact: Mapping[str, object]) -> bool:
        return all(fact.get(name) == value for name, value in self.when.items())


def _texts(rule: _Rule, message: str = "{product}: {installations} on {devices}", fix: str = "Fix {product}") -> RuleTexts:
    return RuleTexts(rule, "A title", message, fix)


def _verdict(name: str, *, known: bool = True, conflict: bool = False, license: License = ABSENT) -> Verdict:
    return Verdict(Title(name), license, PHOTO if known else None, LicenseModel.COMMERCIAL, None, None, "", conflict)


@dataclass(frozen=True)
class _Row:
    agency: str
    device: str
    title: int
    basis: Basis
    claim: str = ""


def _category(values: list[str], categories: Sequence[str] | None = None) -> pd.Categorical:
    return pd.Categorical(values, categories=list(categories) if categories else sorted(set(values)))


def _findings(
    rows: list[_Row],
    verdicts: Sequence[Verdict],
    *rules: RuleTexts,
    positions: Mapping[str, Sequence[Position]] | None = None,
) -> dict[str, list[Finding]]:
    table = pd.DataFrame(
        {
            "agency": _category([row.agency for row in rows]),
            "device": _category([row.device for row in rows]),
            "title": np.array([row.title for row in rows], dtype=np.int32),
            "class": _category([CLASS_OF_BASIS[row.basis].value for row in rows], [one.value for one in SoftwareClass]),
            "basis": _category([row.basis.value for row in rows], [one.value for one in Basis]),
            "claim": _category([row.claim for row in rows], ["", "licensed", "unlicensed"]),
        }
    )
    count = len(rows)
    zeros = np.zeros(count, dtype=np.int32)
    sources = SourceTable(np.arange(count), zeros, zeros, np.arange(2, count + 2, dtype=np.int32), ["x.csv"], ["A"])
    return evaluate_installations(table, verdicts, sources, positions or {}, rules, SLUGS)


EXHAUSTED = _Rule("exhausted", {"basis": "entitlement-exhausted"})
MISS = Basis.ENTITLEMENT_EXHAUSTED


def test_one_finding_per_agency_rule_and_product() -> None:
    rows = [
        _Row(HEALTH, "PC-1", 0, MISS),
        _Row(HEALTH, "PC-1", 1, MISS),
        _Row(HEALTH, "PC-2", 0, MISS),
        _Row(SOCIAL, "PC-1", 0, MISS),
        _Row(HEALTH, "PC-3", 0, Basis.ENTITLED),
    ]
    found = _findings(rows, [_verdict("Photo 1"), _verdict("Photo 2")], _texts(EXHAUSTED))
    assert {agency: len(ones) for agency, ones in found.items()} == {HEALTH: 1, SOCIAL: 1}
    finding = found[HEALTH][0]
    assert str(finding.message) == "Photo: 3 on 2"
    assert (finding.installations, finding.devices, finding.devices_total) == (3, ("PC-1", "PC-2"), 2)
    assert finding.evidence == (Source("x.csv", "A2"), Source("x.csv", "A3"), Source("x.csv", "A4"))
    assert (finding.id, finding.code) == (finding_id("dinas-kesehatan", "exhausted", "photo"), "1.04.07")


def test_software_that_nobody_knows_goes_by_its_name_without_case_and_blanks() -> None:
    rows = [_Row(HEALTH, "PC-1", 0, Basis.UNRECOGNISED), _Row(HEALTH, "PC-2", 1, Basis.UNRECOGNISED)]
    verdicts = [_verdict("Aplikasi  X", known=False), _verdict("APLIKASI x", known=False)]
    found = _findings(rows, verdicts, _texts(_Rule("unrecognised", {"basis": "unrecognised"})))
    (finding,) = found[HEALTH]
    assert (finding.installations, finding.subject) == (2, "Aplikasi  X")


def test_the_id_does_not_depend_on_counts_nor_on_the_other_findings() -> None:
    one = _findings([_Row(HEALTH, "PC-1", 0, MISS)], [_verdict("Photo")], _texts(EXHAUSTED))
    rows = [_Row(HEALTH, f"PC-{number}", 0, MISS) for number in range(4)] + [_Row(SOCIAL, "PC-1", 0, MISS)]
    more = _findings(rows, [_verdict("Photo")], _texts(_Rule("other", {"basis": "activator"})), _texts(EXHAUSTED))
    assert one[HEALTH][0].id == more[HEALTH][0].id != more[SOCIAL][0].id


def test_evidence_is_cut_at_fifty_and_counted_whole() -> None:
    rows = [_Row(HEALTH, f"PC-{number:03}", 0, MISS) for number in range(60)]
    (finding,) = _findings(rows, [_verdict("Photo")], _texts(EXHAUSTED))[HEALTH]
    assert (len(finding.evidence), finding.evidence_total) == (MOST_EVIDENCE, 60) == (50, 60)
    assert (len(finding.devices), finding.devices_total) == (50, 60)


def test_unnamed_devices_are_not_counted_as_devices() -> None:
    rows = [_Row(HEALTH, "", 0, MISS), _Row(HEALTH, "", 0, MISS), _Row(HEALTH, "PC-1", 0, MISS)]
    (finding,) = _findings(rows, [_verdict("Photo")], _texts(EXHAUSTED))[HEALTH]
    assert (finding.installations, finding.devices, finding.devices_total) == (3, ("PC-1",), 1)


def test_a_conflict_and_an_admission_are_found_on_lawful_software_too() -> None:
    rows = [_Row(HEALTH, "PC-1", 0, Basis.ENTITLED), _Row(HEALTH, "PC-2", 1, Basis.CATALOGUE_FOSS, "unlicensed")]
    verdicts = [_verdict("Photo", conflict=True), _verdict("GIMP", known=False)]
    rules = [_texts(_Rule("conflict", {"conflict": True})), _texts(_Rule("admitted", {"claim": "unlicensed"}))]
    found = _findings(rows, verdicts, *rules)[HEALTH]
    assert [(one.rule, one.subject) for one in found] == [("conflict", "Photo"), ("admitted", "GIMP")]


def test_the_texts_know_the_position() -> None:
    position = Position("photo", "Photo", None, None, "device", 12, 8, 2, 10, 2, 0, ("r",), expired=3)
    text = "{deployed} {entitled} {from_pool} {consumed} {shortfall} {expired} {alternatives} {agency} {nothing}"
    rows = [_Row(HEALTH, "PC-1", 0, MISS)]
    (finding,) = _findings(rows, [_verdict("Photo")], _texts(EXHAUSTED, text), positions={HEALTH: [position]})[HEALTH]
    assert str(finding.message) == "12 8 2 10 2 3 GIMP, Krita Dinas Kesehatan {nothing}"


def test_a_product_s_name_cannot_write_fields_of_its_own() -> None:
    rows = [_Row(HEALTH, "PC-1", 0, Basis.UNRECOGNISED)]
    rule = _texts(_Rule("unrecognised", {"basis": "unrecognised"}), "{product}: {installations}")
    (finding,) = _findings(rows, [_verdict("{installations}{agency}", known=False)], rule)[HEALTH]
    assert str(finding.message) == "{installations}{agency}: 1"


def test_nothing_installed_finds_nothing() -> None:
    assert _findings([], [], _texts(EXHAUSTED)) == {}


class TestFacts:
    RULE = _Rule("unread", {"problems": 2}, Severity.LOW, subject="input")

    def test_a_fact_makes_a_finding_of_its_agency(self) -> None:
        evidence = tuple(Source("x.csv", f"A{number}") for number in range(60))
        fact = Fact("input", HEALTH, HEALTH, {"agency": HEALTH, "problems": 2}, evidence)
        found = evaluate_facts([fact], [_texts(self.RULE, "{agency}: {problems}")], SLUGS)
        (finding,) = found[HEALTH]
        assert (str(finding.message), len(finding.evidence), finding.evidence_total) == ("Dinas Kesehatan: 2", 50, 60)

    def test_only_rules_of_its_subject_are_asked(self) -> None:
        fact = Fact("agency", HEALTH, HEALTH, {"problems": 2})
        assert evaluate_facts([fact], [_texts(self.RULE)], SLUGS) == {}

    def test_a_device_is_named(self) -> None:
        rule = _Rule("twice", {"inventories": 2}, subject="device")
        found = evaluate_facts([Fact("device", HEALTH, "PC-1", {"inventories": 2})], [_texts(rule, "x")], SLUGS)
        assert (found[HEALTH][0].devices, found[HEALTH][0].subject) == (("PC-1",), "PC-1")


def test_the_gravest_come_first_then_the_most() -> None:
    rows = [_Row(HEALTH, "PC-1", 0, MISS), _Row(HEALTH, "PC-2", 0, MISS), _Row(HEALTH, "PC-1", 1, MISS)]
    rows.append(_Row(HEALTH, "PC-1", 2, Basis.ACTIVATOR))
    verdicts = [_verdict(name, known=False) for name in ("B", "A", "C")]
    rules = [_texts(EXHAUSTED), _texts(_Rule("activator", {"basis": "activator"}, Severity.VERY_HIGH))]
    found = in_order(_findings(rows, verdicts, *rules)[HEALTH])
    assert [(one.rule, one.subject) for one in found] == [("activator", "C"), ("exhausted", "B"), ("exhausted", "A")]
