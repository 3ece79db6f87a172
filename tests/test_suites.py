# SPDX-License-Identifier: Apache-2.0
"""A part of a suite needs no licence of its own where the suite is on the same device; elsewhere it does."""

from pathlib import Path

from helpers import audited, bases, inventory_file, of_agency, register_file

from foss_audit.cli import run

OFFICE = "Microsoft Office Professional Plus 2021"


def test_word_beside_office_is_covered_by_it(tmp_path: Path) -> None:
    folder = tmp_path / "inventaris"
    inventory_file(
        folder / "Dinas Sosial.csv",
        ("PC-1", OFFICE), ("PC-1", "Microsoft Word 2021"), ("PC-1", "Microsoft Excel 2021"),
        ("PC-2", "Microsoft Word 2021"),
        ("", OFFICE), ("", "Microsoft Word 2021"),
    )  # fmt: skip
    register = register_file(tmp_path / "register.csv", ("Dinas Sosial", OFFICE, 1, "Selamanya"))
    out = tmp_path / "out"
    run(["audit", str(folder), "--register", str(register), "--as-of", "2026-11-24", "--out", str(out), "--format", "json,csv"])
    assert bases(out) == {
        ("PC-1", OFFICE): "entitled",
        ("PC-1", "Microsoft Word 2021"): "component",
        ("PC-1", "Microsoft Excel 2021"): "component",
        ("PC-2", "Microsoft Word 2021"): "entitlement-exhausted",  # an Office would cover it
        ("", OFFICE): "entitlement-exhausted",
        ("", "Microsoft Word 2021"): "entitlement-exhausted",
    }
    (position,) = of_agency(audited(out), "Dinas Sosial")["positions"]
    assert (position["deployed"], position["consumed"], position["shortfall"]) == (4, 1, 3)


def test_a_suite_on_another_device_or_agency_covers_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "inventaris"
    inventory_file(folder / "Dinas Sosial.csv", ("PC-1", OFFICE))
    inventory_file(folder / "Dinas Kesehatan.csv", ("PC-1", "Microsoft Word 2021"))
    out = tmp_path / "out"
    run(["audit", str(folder), "--as-of", "2026-11-24", "--out", str(out), "--format", "json,csv"])
    assert bases(out)["PC-1", "Microsoft Word 2021"] == "no-register"
