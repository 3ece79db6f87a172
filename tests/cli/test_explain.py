# SPDX-License-Identifier: Apache-2.0
"""`foss-audit explain`: the way to a verdict, step by step."""

from pathlib import Path

import pytest
from helpers import register_file

from foss_audit.cli import run


def _explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["explain", "--lang", "en", *arguments]) == 0
    return capsys.readouterr().out


def test_what_matched_and_what_it_comes_to(capsys: pytest.CaptureFixture[str]) -> None:
    said = _explained(capsys, "7-Zip 22.01 (x64)")
    assert "looked up as: 7-zip" in said
    assert "matched: 7-zip" in said
    assert "[foss/catalogue-foss]" in said


def test_the_licence_tree(capsys: pytest.CaptureFixture[str]) -> None:
    said = _explained(capsys, "Frobnicator", "--license", "GPL-2.0-only WITH Classpath-exception-2.0 OR LicenseRef-X")
    for part in ("OR: free", "WITH: free", "LicenseRef-X: undecided", "[foss/spdx-free]"):
        assert part in said


def test_what_nobody_knows(capsys: pytest.CaptureFixture[str]) -> None:
    said = _explained(capsys, "Frobnicator", "--license", "Asli")
    assert "no line of the catalogue matches" in said
    assert "never evidence" in said
    assert "[undetermined/unrecognised]" in said


def test_a_licence_that_contradicts_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    said = _explained(capsys, "Adobe Photoshop 2020", "--publisher", "Adobe Inc.", "--license", "MIT")
    assert "contradicts the catalogue" in said
    assert "needs an entitlement" in said


def test_the_entitlements_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    register_file(
        Path("register.csv"),
        ["Dinas Sosial", "Adobe Photoshop", 1, "24/11/2026"],
        ["Dinas Sosial", "Adobe Photoshop", 1, "23/11/2026"],
        ["Dinas Kesehatan", "Adobe Photoshop", 1, ""],
        ["Semua", "Adobe Photoshop", "Unlimited", ""],
        ["Semua", "CorelDRAW", 1, ""],
    )
    arguments = ["Adobe Photoshop 2020", "--register", "register.csv", "--agency", "Dinsos", "--as-of", "2026-11-24"]
    said = [line for line in _explained(capsys, *arguments).splitlines() if "register.csv" in line]
    outcomes = {"A4": "held by Dinas", "A2": "can cover", "A3": "rejected, ended on", "A5": "can cover"}
    assert [line.split()[1].rstrip(":") for line in said] == list(outcomes)  # in their turn
    assert all(outcome in line for outcome, line in zip(outcomes.values(), said, strict=True))


def test_the_entitlements_say_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    heading = ("OPD", "Nama Perangkat Lunak", "Versi", "Jumlah", "Keterangan")
    office = "Microsoft Office Professional Plus"
    register_file(
        Path("register.csv"),
        ["Semua", office, "2021", 1, "termasuk hak downgrade ke versi 2016"],
        ["Semua", office, "2016", 1, ""],
        ["Semua", "Microsoft Office Standard", "2019", 1, ""],
        ["Semua", office, "2019", 1, "OEM melekat pada PC01"],
        heading=heading,
    )
    arguments = [f"{office} 2019", "--register", "register.csv", "--lang", "en"]
    told = _explained(capsys, *arguments, "--device", "PC02")
    for why in (
        "downgrade to 2016 only, not 2019",
        "2019 is newer",
        "for edition Standard, not Professional Plus",
        "covers PC01 alone",
    ):
        assert why in told
    assert "can cover" in _explained(capsys, *arguments, "--device", "pc01")


def test_a_product_that_only_the_register_names(capsys: pytest.CaptureFixture[str]) -> None:
    register_file(Path("register.csv"), ["Dinas Sosial", "Kepegawaian Kita", 1, ""])
    said = _explained(capsys, "Kepegawaian Kita 2.0", "--register", "register.csv")
    assert "register.csv A2" in said


@pytest.mark.parametrize("name", ["", " ", "=1+1", "[red]x[/]", "{name}", "\u30c7", "x" * 5000, "-"])
def test_any_name_is_explained(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert "[undetermined/unrecognised]" in _explained(capsys, "--", name)


def test_a_name_is_needed() -> None:
    assert run(["explain"]) == 2


def test_the_whole_way_to_a_product_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "Microsoft Office 365 - en-us", "--publisher", "Microsoft Corporation", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "looked up as: microsoft office 365 - en-us → microsoft office 365 → microsoft office" in said
    assert "matched: microsoft-365-apps: microsoft office 365" in said
    assert "not: microsoft-office: microsoft office (the winner is declared more specific than it)" in said
    assert "FOSS that can replace it: LibreOffice" in said


def test_the_version_that_decides_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "Laragon", "--version", "8.1", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "matched: laragon-7: laragon" in said and "(version 8.1 is not <7)" in said
    assert run(["explain", "Laragon", "--lang", "en"]) == 0
    assert "[undetermined/edition-unknown]" in capsys.readouterr().out


def test_near_names_are_offered(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "Adobe Fotoshop CS6", "--lang", "en"]) == 0
    assert "perhaps meant: Adobe Photoshop (adobe-photoshop)" in capsys.readouterr().out


def test_a_hint_is_not_called_a_crack(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "Peta Desa 2.0 - KaranPC", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "license model: sign of a crack, no proof" in said and "[undetermined/license-unknown]" in said


def test_the_branch_chosen_and_the_categories(capsys: pytest.CaptureFixture[str]) -> None:
    said = _explained(capsys, "Frobnicator", "--license", "SSPL-1.0 OR GPL-3.0-only")
    assert "→ GPL-3.0-only: free (OSI-approved; Copyleft)" in said
    assert "SSPL-1.0: not free (rule pack: Not OSI-approved" in said
    assert "where from: declared" in said


def test_the_tree_speaks_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "Frobnicator", "--license", "SSPL-1.0 OR LicenseRef-x"]) == 0
    said = capsys.readouterr().out
    assert "OR: belum pasti (tidak ada pilihan yang bebas dan satu belum pasti)" in said
    assert "SSPL-1.0: tidak bebas (paket aturan: Tidak disetujui OSI" in said


def test_a_package_of_an_ecosystem_with_words_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["Frob", "--license", "open_source", "--purl", "pkg:cpan/JANE/Frob@1"]
    assert "[foss/spdx-free]" in _explained(capsys, *arguments)
    assert "[undetermined/license-unknown]" in _explained(capsys, *arguments[:3])
