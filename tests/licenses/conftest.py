# SPDX-License-Identifier: Apache-2.0
"""A reader of the rule pack's own tables, built once."""

import csv
from pathlib import Path

import pytest

from foss_audit.catalogue import LicenseModel
from foss_audit.licenses import LicenseReader

RULES = Path(__file__).resolve().parents[2] / "rules" / "licenses"


def table(name: str) -> list[dict[str, str]]:
    with (RULES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def tables() -> dict[str, list[dict[str, str]]]:
    return {name: table(f"{name}.csv") for name in ("aliases", "phrases", "overrides", "claims", "addresses")}


@pytest.fixture(scope="session")
def sources() -> frozenset[str]:
    with (RULES.parent / "sources.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["id"] for row in csv.DictReader(file))


@pytest.fixture(scope="session")
def reader(tables: dict[str, list[dict[str, str]]]) -> LicenseReader:
    return LicenseReader(
        {row["text"]: row["expression"] for row in tables["aliases"] if not row["package_type"]},
        [(row["phrase"], LicenseModel(row["model"])) for row in tables["phrases"]],
        {row["key"]: (row["free"] == "yes", row["reason"]) for row in tables["overrides"]},
        {row["word"]: row["claim"] for row in tables["claims"]},
        {row["address"]: row["expression"] for row in tables["addresses"]},
        {
            kind: {row["text"]: row["expression"] for row in tables["aliases"] if row["package_type"] == kind}
            for kind in {row["package_type"] for row in tables["aliases"]} - {""}
        },
    )
