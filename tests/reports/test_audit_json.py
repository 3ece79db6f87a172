# SPDX-License-Identifier: Apache-2.0
"""audit.json is what the contract and its own schema say."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from foss_audit.catalogue import LicenseModel
from foss_audit.model import Basis
from foss_audit.outcome import Severity
from foss_audit.reports.audit_json import render
from foss_audit.reports.interface import ReportInput

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def schema() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(files("foss_audit.reports").joinpath("audit.schema.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture
def document(audit: ReportInput) -> dict[str, Any]:
    ((_, content),) = render(audit)
    loaded: dict[str, Any] = json.loads(content)
    return loaded


def test_it_stays_as_it_was(audit: ReportInput, golden: Callable[[str, bytes], None]) -> None:
    ((name, content),) = render(audit)
    golden(name, content)


def test_it_fits_its_schema(document: dict[str, Any], schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []


def test_the_schema_knows_every_word_of_the_model(schema: dict[str, Any]) -> None:
    kinds = schema["$defs"]
    assert set(kinds["by_basis"]["propertyNames"]["enum"]) == set(Basis)
    assert set(kinds["title"]["properties"]["license_model"]["enum"]) == set(LicenseModel)
    assert kinds["finding"]["properties"]["severity"]["enum"] == list(Severity)


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it.pop("totals"),
        lambda it: it.update(extra=1),
        lambda it: it.update(as_of="24-11-2026"),
        lambda it: it["rulebook"].update(digest="md5:1"),
        lambda it: it["titles"][0].update(license_model="shareware"),
        lambda it: it["titles"][0].update(license_free="yes"),
        lambda it: it["titles"][0].update(product=None),
        lambda it: it["agencies"][0].update(slug="../etc"),
        lambda it: it["agencies"][0].update(compliance_rate=72.6),
        lambda it: it["agencies"][0].update(verdict="compliant"),
        lambda it: it["agencies"][1].update(verdict="non_compliant"),
        lambda it: it["agencies"][0]["titles"][0]["by_basis"].update({"pirated": 1}),
        lambda it: it["agencies"][0]["titles"][0]["by_class"].update({"foss": 0}),
        lambda it: it["agencies"][0]["positions"][1].update(surplus=4),
        lambda it: it["agencies"][0]["positions"][0].update(shortfall=-1),
        lambda it: it["agencies"][0]["findings"][0].update(severity="critical"),
        lambda it: it["agencies"][0]["findings"][0].update(evidence=[{"file": "a", "locator": "A1"}] * 51),
        lambda it: it["agencies"][0]["findings"][0].update(message=""),
        lambda it: it["agencies"][0]["problems"][0]["source"].pop("locator"),
    ],
)
def test_the_schema_catches_mistakes(document: dict[str, Any], schema: dict[str, Any], change: Change) -> None:
    change(document)
    assert not Draft202012Validator(schema).is_valid(document)


def test_keys_stand_in_the_order_of_the_contract(document: dict[str, Any]) -> None:
    assert list(document) == [
        "schema", "generator", "as_of", "rulebook", "totals", "titles", "pool_positions", "agencies", "problems", "findings",
    ]  # fmt: skip
    assert list(document["totals"]) == [
        "agencies", "devices", "installations", "legal_commercial", "foss", "unlicensed", "undetermined",
    ]  # fmt: skip
    assert list(document["agencies"][0])[:13] == [
        "agency", "slug", "devices", "devices_expected", "unnamed_devices", "devices_compliant", "installations",
        "compliance_rate", "compliance_rate_all", "verdict", "titles", "positions", "findings",
    ]  # fmt: skip


def test_what_an_agency_has_adds_up_to_its_total(document: dict[str, Any]) -> None:
    for agency in document["agencies"]:
        total = agency["installations"]["total"]
        assert sum(title["installations"] for title in agency["titles"]) == total
        assert sum(number for title in agency["titles"] for number in title["by_basis"].values()) == total
    assert sum(agency["installations"]["total"] for agency in document["agencies"]) == document["totals"]["installations"]


def test_who_handed_in_nothing_has_no_rate(document: dict[str, Any]) -> None:
    district = document["agencies"][2]
    assert (district["submitted"], district["compliance_rate"], district["devices"]) == (False, None, 0)


def test_a_title_tells_its_licence(document: dict[str, Any]) -> None:
    declared, known = document["titles"][8], document["titles"][6]
    assert (declared["license_as_written"], declared["license_expression"], declared["license_free"]) == (
        "MPL-2.0",
        "MPL-2.0",
        True,
    )
    assert (known["license_as_written"], known["license_free"]) == (None, None)
    assert known["license_expression"] == "LGPL-2.1-or-later AND BSD-3-Clause"


def test_messages_are_in_the_language_of_the_audit(audit: ReportInput, english_audit: ReportInput) -> None:
    ((_, indonesian),) = render(audit)
    ((_, english),) = render(english_audit)
    assert b"Row 133 has no name" in english
    assert json.loads(indonesian)["totals"] == json.loads(english)["totals"]
