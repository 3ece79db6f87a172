# SPDX-License-Identifier: Apache-2.0
"""Several names in one cell: split where it is sure, refused where it is not."""

from pathlib import Path

import pytest
from table_reading import CONTEXT, problems, read_text, rows, said

from foss_audit.tables.lists import Certainty, names_in_cell

WORDS = CONTEXT.vocabulary.words


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Microsoft Office 2019, Google Chrome, WinRAR", ["Microsoft Office 2019", "Google Chrome", "WinRAR"]),
        ("Windows 10 Pro\nOffice 2016\nSIPD", ["Windows 10 Pro", "Office 2016", "SIPD"]),
        ("Microsoft\nOffice\nProfessional Plus 2019\nChrome", ["Microsoft Office Professional Plus 2019", "Chrome"]),
        ("Chrome\nAdobe Acrobat\nReader DC", ["Chrome", "Adobe Acrobat Reader DC"]),
        ("- Office\n- SIMDA\n  Keuangan\n- R", ["Office", "SIMDA Keuangan", "R"]),
        ("1. Office 2016 2. Chrome 3. Sipd", ["Office 2016", "Chrome", "Sipd"]),
        ("• Office • Chrome", ["Office", "Chrome"]),
        ("Alfa Suite; Beta (x; y); ", ["Alfa Suite", "Beta (x; y)"]),
        (
            "SIPD (perencanaan, anggaran), Chrome dan WinRAR, Office",
            ["SIPD (perencanaan, anggaran)", "Chrome dan WinRAR", "Office"],
        ),
    ],
)
def test_names_that_are_told_apart(cell: str, names: list[str]) -> None:
    found = names_in_cell(cell, WORDS, of_devices=True)
    assert (found.certainty, list(found.parts)) == (Certainty.MANY, names)


@pytest.mark.parametrize(
    "cell",
    [
        "Adobe Systems, Inc",
        "Adobe, Inc; Reader",
        "Java(TM) 6 Update 20, 64-bit",
        "Adobe Acrobat\nReader DC",
        "Microsoft\nOffice",
        "Sistem Informasi Perencanaan, Penganggaran, dan Pelaporan",
        "AutoCAD 2,5",
        "- Office",
        "Visual C++ 2008, Redistributable",
    ],
)
def test_names_that_stay_one(cell: str) -> None:
    assert names_in_cell(cell, WORDS, of_devices=True).certainty is Certainty.ONE


def test_a_cell_of_a_device_lists_its_software(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        'No;Nama Komputer;Software\n1;PC-01;"Office 2019, Chrome, WinRAR"\n2;PC-02;"GIMP\nZoom"\n'
        "3;PC-03;QGIS\n4;PC-04;SIPD, Absensi\n",
    )
    assert rows(found, "cell", "name", "device") == [
        ("C2", "Office 2019", "PC-01"),
        ("C2", "Chrome", "PC-01"),
        ("C2", "WinRAR", "PC-01"),
        ("C3", "GIMP", "PC-02"),
        ("C3", "Zoom", "PC-02"),
        ("A4", "QGIS", "PC-03"),
    ]
    assert problems(found) == ["A5"]
    assert "write one on each line" in said(found)
    assert "2 cells hold several names" in said(found)


def test_versions_with_a_line_for_each_name_go_with_them(tmp_path: Path) -> None:
    found = read_text(tmp_path, 'No;Software;Versi;Jumlah\n1;"Office\nChrome\nWinRAR";"2019\n120\n6";1\n2;GIMP;2;4\n')
    assert rows(found, "name", "version", "quantity") == [
        ("Office", "2019", "1"),
        ("Chrome", "120", "1"),
        ("WinRAR", "6", "1"),
        ("GIMP", "2", "4"),
    ]


def test_a_wrapped_name_beside_no_device_stays_one(tmp_path: Path) -> None:
    found = read_text(tmp_path, 'No;Nama Aplikasi;Keterangan\n1;"Sistem Informasi\nManajemen\nKepegawaian";x\n2;SIPD;y\n')
    assert rows(found, "name") == [("Sistem Informasi Manajemen Kepegawaian",), ("SIPD",)]


@pytest.mark.parametrize("rest", [";5", ";;3"])
def test_one_version_or_an_amount_for_several_names_is_a_problem(tmp_path: Path, rest: str) -> None:
    found = read_text(tmp_path, f'Software;Versi;Jumlah\n"Chrome; Office"{rest}\n')
    assert problems(found) == ["A2"]
    assert not len(found.entries)


def test_what_a_cell_leaves_out_is_a_problem(tmp_path: Path) -> None:
    found = read_text(tmp_path, 'Nama Komputer;Software\nPC-1;"Office, Chrome, dll"\n')
    assert rows(found, "name") == [("Office",), ("Chrome",)]
    assert problems(found) == ["A2"]


def test_a_program_writes_one_name_in_a_cell(tmp_path: Path) -> None:
    found = read_text(tmp_path, 'DisplayName;DisplayVersion\n"Office; Chrome";1\n"Office, Chrome, WinRAR";\n')
    assert len(found.entries) == 2
