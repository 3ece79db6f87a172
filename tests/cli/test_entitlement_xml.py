# SPDX-License-Identifier: Apache-2.0
"""Entitlement documents as registers, through the real command line."""

from pathlib import Path
from typing import Any

import pytest
from helpers import audited, bases, inventory_file, of_agency, write

from foss_audit.cli import run

AGENCY = "Dinas Sosial"
ENT = """<?xml version="1.0" encoding="UTF-8"?>
<Ent xmlns="urn:ent" entId="4be654ea" entType="Initial" version="1.0" entCreationDate="2025-10-29T15:09:09+00:00">
  <Entity name="Adobe" regid="adobe.com" role="softwareCreator entCreator"/>
  <Entity name="Dinas Sosial" role="licensee"/>
  <Product name="Adobe Photoshop"/>
  {rights}
</Ent>"""
ONE = '<EntMeta quantity="1" endDate="2026-12-31" purchaseOrder="SPK/12/2025"/>'


def _audit(tmp_path: Path, document: str) -> dict[str, Any]:
    inventory_file(tmp_path / "opd" / f"{AGENCY}.csv", *((f"PC{at}", "Adobe Photoshop 2024") for at in range(1, 4)))
    write(tmp_path / "register" / "right.xml", document)
    run(["audit", str(tmp_path / "opd"), "--register", str(tmp_path / "register"), "--as-of", "2026-11-24",
         "--out", str(tmp_path / "out"), "--lang", "en"])  # fmt: skip
    return audited(tmp_path / "out")


def test_a_right_with_its_licensee_quantity_days_and_documents(tmp_path: Path) -> None:
    found = of_agency(_audit(tmp_path, ENT.format(rights=ONE)), AGENCY)
    assert sorted(bases(tmp_path / "out").values()) == ["entitled", "entitlement-exhausted", "entitlement-exhausted"]
    assert found["positions"][0]["entitlements"] == ["register/right.xml Ent!A2"]
    assert "entitlement-without-proof" not in {finding["rule"] for finding in found["findings"]}


def test_rights_with_quantities_of_their_own_are_lines_of_their_own(tmp_path: Path) -> None:
    ended = '<Right quantity="5" endDate="2025-12-31" purchaseOrder="SPK/9/2024"/>'
    (position,) = of_agency(_audit(tmp_path, ENT.format(rights=ONE + ended)), AGENCY)["positions"]
    assert (position["entitled"], position["expired"]) == (1, 5)


def test_a_document_that_ends_too_early_is_a_problem_and_what_stands_before_counts(tmp_path: Path) -> None:
    result = _audit(tmp_path, ENT.format(rights=ONE).removesuffix("</Ent>"))
    assert "entitled" in bases(tmp_path / "out").values()
    assert result["problems"] or any(agency["problems"] for agency in result["agencies"])


@pytest.mark.parametrize(
    "document",
    [
        ENT.replace('<Product name="Adobe Photoshop"/>', "").format(rights=ONE),
        ENT.format(rights=ONE).replace('quantity="1"', 'quantity="-2"'),
        '<!DOCTYPE Ent [<!ENTITY a "b">]>' + ENT.format(rights=ONE).partition("?>")[2],
        ENT.format(rights=ONE)[:150],
        "<Ent/>",
        "<Entries><a>b</a></Entries>",
    ],
)
def test_what_cannot_be_understood_is_a_problem_and_grants_nothing(tmp_path: Path, document: str) -> None:
    result = _audit(tmp_path, document)
    assert "entitled" not in bases(tmp_path / "out").values()
    assert result["problems"] or any(agency["problems"] for agency in result["agencies"])
