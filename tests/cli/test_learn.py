# SPDX-License-Identifier: Apache-2.0
"""An auditor's decisions, from the review sheet of a report to the verdicts of the next audit."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from helpers import everything_in, inventory_file, rows_of
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from foss_audit.cli import run

DAY = "2026-11-24"
BUDI = {"Diputuskan oleh": "Budi Santoso", "Tanggal keputusan": "25 November 2026"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an inventory of what no catalogue knows, as the current one."""
    monkeypatch.chdir(tmp_path)
    inventory_file(
        tmp_path / "inventaris" / "Dinas Sosial.csv",
        ("PC-1", "Frobnikasi Data 3.1", "3.1", "CV Frob"),
        ("PC-2", "Frobnikasi Data 4.0 (64-bit)", "4.0", "CV Frob"),
        ("PC-1", "Zorblat | Edisi* [Kantor]"),
        ("PC-1", "Qwixel Server"),
        ("PC-1", "Fayerfoks"),
        ("PC-1", "=cmd|' /C calc'!A1"),
    )
    return tmp_path


def audit(*options: str) -> dict[str, str]:
    """The basis of every installation, by its name."""
    run(["audit", "inventaris", "--as-of", DAY, "--out", "laporan", "--format", "xlsx,csv", *options])
    return {row["name"]: row["basis"] for row in rows_of(Path("laporan"))}


def answer(
    report: Path, answers: Mapping[str, Mapping[str, object]], sheet: str = "Tinjauan", name: str = "Perangkat Lunak"
) -> Path:
    """Fills in the review sheet: by name of the software, values by heading."""
    book = load_workbook(report)
    form: Worksheet = book[sheet]
    columns = {cell.value: cell.column for cell in form[1]}
    rows = {row[columns[name] - 1].value: row[0].row for row in form.iter_rows(min_row=2)}
    for software, values in answers.items():
        for heading, value in values.items():
            form.cell(rows[software], columns[heading]).value = value
    book.save(report)
    return report


def learn(report: Path, *options: str) -> int:
    return run(["rules", "learn", str(report), *options])


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_was_decided_is_known_next_time(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(audit().values()) == {"unrecognised"}
    report = answer(
        Path("laporan/dinas-sosial/report.xlsx"),
        {
            "Frobnikasi Data 3.1": {
                "Keputusan": "FOSS",
                "Lisensi SPDX": "GPL-3.0-only",
                "Dasar keputusan": "Berkas LICENSE",
                **BUDI,
            },
            "Zorblat | Edisi* [Kantor]": {"Keputusan": "Harus dibeli", **BUDI},
            "Qwixel Server": {"Keputusan": "Gratis, juga untuk kantor", "Nama produk": "Qwixel", **BUDI},
            "Fayerfoks": {"Keputusan": "Sama dengan produk di sebelah", "Nama produk": "Mozilla Firefox", **BUDI},
        },
    )
    assert learn(report) == 0
    said = capsys.readouterr().out
    assert "3 produk dipelajari" in said and "2 baris masih terbuka" in said and 'rules = ["rules-lokal"]' in said
    found = audit("--rules", "rules-lokal")
    assert found == {
        "Frobnikasi Data 3.1": "catalogue-foss",
        "Frobnikasi Data 4.0 (64-bit)": "catalogue-foss",
        "Zorblat | Edisi* [Kantor]": "no-register",
        "Qwixel Server": "freeware",
        "Fayerfoks": "catalogue-foss",
        "'=cmd|' /C calc'!A1": "unrecognised",
    }
    assert {row["product"] for row in rows_of(Path("laporan"))} >= {"Qwixel", "Mozilla Firefox", "Frobnikasi Data 3.1"}


def test_who_and_when_stand_beside_every_line(project: Path) -> None:
    audit()
    report = answer(Path("laporan/summary.xlsx"), {"Qwixel Server": {"Keputusan": "Berlangganan", **BUDI}})
    assert learn(report) == 0
    (line,) = lines(project / "rules-lokal/catalogue/review.csv")
    assert (line["license_model"], line["checked"], line["source"]) == (
        "subscription",
        "2026-11-25",
        "review-budi-santoso-2026-11-25",
    )
    (source,) = lines(project / "rules-lokal/sources.csv")
    assert (source["title"], source["where"], source["date"]) == ("Review by Budi Santoso", "summary.xlsx", "2026-11-25")


def test_an_english_report_is_read_as_well(project: Path) -> None:
    audit("--lang", "en")
    report = answer(
        Path("laporan/summary.xlsx"), {"Qwixel Server": {"Decision": "Government application", "Decided by": "Ayu",
                                                         "Decided on": date(2026, 12, 1)}}, "Review", "Software")  # fmt: skip
    assert learn(report, "--lang", "en") == 0
    assert audit("--rules", "rules-lokal")["Qwixel Server"] == "government"


def test_signatures_can_be_given_once(project: Path) -> None:
    audit()
    report = answer(Path("laporan/summary.xlsx"), {"Qwixel Server": {"Keputusan": "FOSS", "Lisensi SPDX": "MIT"}})
    assert learn(report, "--by", "Tim Audit", "--on", "2026-12-02") == 0
    assert lines(project / "rules-lokal/catalogue/review.csv")[0]["source"] == "review-tim-audit-2026-12-02"


def test_a_later_decision_replaces_an_earlier_one_and_keeps_the_rest(project: Path) -> None:
    audit()
    report = answer(
        Path("laporan/summary.xlsx"),
        {"Qwixel Server": {"Keputusan": "Berlangganan", **BUDI}, "Frobnikasi Data 3.1": {"Keputusan": "Harus dibeli", **BUDI}},
    )
    assert learn(report) == 0
    answer(report, {"Qwixel Server": {"Keputusan": "Uji coba, lalu harus dibeli"}, "Frobnikasi Data 3.1": {"Keputusan": None}})
    assert learn(report) == 0
    models = {line["product"]: line["license_model"] for line in lines(project / "rules-lokal/catalogue/review.csv")}
    assert models == {"Qwixel Server": "trialware", "Frobnikasi Data 3.1": "commercial"}


def test_the_same_answers_give_the_same_bytes(project: Path) -> None:
    audit()
    report = answer(Path("laporan/summary.xlsx"), {"Qwixel Server": {"Keputusan": "Berlangganan", **BUDI}})
    learn(report)
    first = everything_in(project / "rules-lokal")
    learn(report)
    assert everything_in(project / "rules-lokal") == first


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"Keputusan": "Mungkin"}, "is no decision"),
        ({"Keputusan": "FOSS", "Lisensi SPDX": "bebas"}, "SPDX expression"),
        ({"Keputusan": "FOSS"}, "SPDX expression"),
        ({"Keputusan": "Sama dengan produk di sebelah"}, "which product is it"),
        ({"Keputusan": "Sama dengan produk di sebelah", "Nama produk": "Bukan Produk"}, "has no product"),
        ({"Keputusan": "Harus dibeli", "Diputuskan oleh": None}, "nobody signed"),
        ({"Keputusan": "Harus dibeli", "Tanggal keputusan": "31 Februari 2026"}, "is no date"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_row_and_nothing_is_written(
    project: Path, values: dict[str, object], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    audit()
    answers = {"Qwixel Server": BUDI | values, "Frobnikasi Data 3.1": {"Keputusan": "Harus dibeli", **BUDI}}
    report = answer(Path("laporan/summary.xlsx"), answers)
    capsys.readouterr()
    assert learn(report) == 2
    error = capsys.readouterr().err
    assert said in error and "summary.xlsx Tinjauan!A" in error
    assert not (project / "rules-lokal").exists()


def test_a_file_without_the_form_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert learn(Path("inventaris/Dinas Sosial.csv")) == 2
    assert "Dinas Sosial.csv: has no review sheet" in capsys.readouterr().err


def test_signs_of_cracks_are_not_on_the_form(project: Path) -> None:
    inventory_file(project / "inventaris" / "Dinas Kesehatan.csv", ("PC-9", "Peta Desa 2.0 - KaranPC"))
    assert audit()["Peta Desa 2.0 - KaranPC"] == "license-unknown"
    form = load_workbook("laporan/summary.xlsx")["Tinjauan"]
    assert "Peta Desa 2.0 - KaranPC" not in [row[1] for row in form.iter_rows(values_only=True)]


def test_near_names_are_offered(project: Path) -> None:
    inventory_file(project / "inventaris" / "Dinas Kesehatan.csv", ("PC-9", "Adobe Fotoshop CS6"))
    audit()
    form = load_workbook("laporan/dinas-kesehatan/report.xlsx")["Tinjauan"]
    (row,) = [row for row in form.iter_rows(values_only=True) if row[1] == "Adobe Fotoshop CS6"]
    assert "Adobe Photoshop" in row


def test_a_package_is_learned_by_its_id(project: Path) -> None:
    (project / "inventaris" / "pip.txt").write_text(
        "Package    Version\n---------- -------\nfrobnicate 1.0\nzorblatx   2.0\n", encoding="utf-8"
    )
    assert audit()["frobnicate"] == "unrecognised"
    report = answer(Path("laporan/summary.xlsx"), {"frobnicate": {"Keputusan": "FOSS", "Lisensi SPDX": "MIT", **BUDI}})
    assert learn(report) == 0
    found = audit("--rules", "rules-lokal")
    assert (found["frobnicate"], found["zorblatx"]) == ("catalogue-foss", "unrecognised")
