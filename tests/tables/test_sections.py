# SPDX-License-Identifier: Apache-2.0
"""Lines that say whose and where the software below them is."""

from pathlib import Path

import pytest
from table_reading import problems, read_text, rows, skipped


def test_agencies_rooms_and_devices_head_the_lines_below_them(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        "No;Nama Software;Versi\nDinas Kesehatan;;\nPC-01 / Ruang Kepala;;\n1;Office;2016\n2;Zoom;5\n"
        "Dinas Sosial;;\n1;GIMP;2.10\nPC-02;;\n2;Chrome;120\n",
    )
    assert rows(found, "name", "agency", "location", "device") == [
        ("Office", "Dinas Kesehatan", "Ruang Kepala", "PC-01"),
        ("Zoom", "Dinas Kesehatan", "Ruang Kepala", "PC-01"),
        ("GIMP", "Dinas Sosial", "", ""),
        ("Chrome", "Dinas Sosial", "", "PC-02"),
    ]
    assert skipped(found) == [(f"A{row}", "heading") for row in (2, 3, 6, 8)]
    assert found.entries["unnamed"].tolist() == [False, False, True, False]


def test_agencies_by_their_short_names(tmp_path: Path) -> None:
    found = read_text(tmp_path, "No;Software;Versi\nDISKOMINFO;;\n1;GIMP;2\n;BAPPEDA;\n1;Zoom;5\n")
    assert rows(found, "name", "agency") == [("GIMP", "DISKOMINFO"), ("Zoom", "BAPPEDA")]


def test_a_wider_group_ends_the_narrower_ones(tmp_path: Path) -> None:
    found = read_text(
        tmp_path, "Software;Versi\nRuang Kepala;\nKomputer 1;\nOffice;2016\nRuang Staf;\nZoom;5\nKomputer 2;\nGIMP;2\n"
    )
    assert rows(found, "name", "location", "device") == [
        ("Office", "Ruang Kepala", "Komputer 1"),
        ("Zoom", "Ruang Staf", ""),
        ("GIMP", "Ruang Staf", "Komputer 2"),
    ]


@pytest.mark.parametrize("form", ["OPD : Dinas Kesehatan;;", "OPD;: Dinas Kesehatan;", "OPD;:;Dinas Kesehatan"])
def test_a_form_names_its_agency_and_room_above_the_table(tmp_path: Path, form: str) -> None:
    found = read_text(tmp_path, f"KARTU INVENTARIS;;\n{form}\nRuang;: Tata Usaha;\nNo;Software;Versi\n1;GIMP;2.10\n")
    assert rows(found, "agency", "location") == [("Dinas Kesehatan", "Ruang Tata Usaha")]


def test_a_letterhead_is_no_group(tmp_path: Path) -> None:
    found = read_text(tmp_path, "PEMERINTAH KABUPATEN X;;\nDINAS KESEHATAN;;\nNo;Software;Versi\n1;GIMP;2.10\n")
    assert rows(found, "agency", "location") == [("", "")]


def test_titles_above_every_table_are_groups_from_the_first(tmp_path: Path) -> None:
    table = "No;Software;Versi\n1;GIMP;2.10\n2;Zoom;5\n"
    found = read_text(tmp_path, f"DINAS KESEHATAN;;\n{table};;\nDINAS SOSIAL;;\n{table}")
    assert rows(found, "agency") == [("DINAS KESEHATAN",)] * 2 + [("DINAS SOSIAL",)] * 2


def test_what_a_line_says_itself_comes_before_its_group(tmp_path: Path) -> None:
    found = read_text(tmp_path, "No;Komputer;Software\nRuang TU;;\n1;PC-09;GIMP\n;PC-01;\n2;;Zoom\n")
    assert rows(found, "name", "device", "location") == [("GIMP", "PC-09", "Ruang TU"), ("Zoom", "PC-01", "Ruang TU")]


def test_an_agency_alone_in_its_column_heads_numbered_lines(tmp_path: Path) -> None:
    found = read_text(tmp_path, "OPD;No;Software\nDinas Kesehatan;;\n;1;Office\n;2;Zoom\nDinas Sosial;;\n;1;Office\n")
    assert rows(found, "agency") == [("Dinas Kesehatan",), ("Dinas Kesehatan",), ("Dinas Sosial",)]


@pytest.mark.parametrize("name", ["Workstation 17", "Server 2019", "Desktop 4.2", "PC Tools", "Laptop Guard Pro", "Office 2016"])
def test_software_named_like_a_device_stays(tmp_path: Path, name: str) -> None:
    found = read_text(tmp_path, f"Software;Versi\n{name};\nGIMP;2\n")
    assert rows(found, "name") == [(name,), ("GIMP",)]
    assert not problems(found)


def test_a_table_with_a_title_of_its_own_is_in_no_room_of_the_one_before(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        "Nama Komputer: PC-01;;\nNo;Software;Versi\nRuang TU;;\n1;GIMP;2.10\n;;\nB. Aplikasi web;;\n"
        "No;Nama Aplikasi;Penerbit\n1;SIMDA;BPKP\n",
    )
    assert rows(found, "name", "device", "location") == [("GIMP", "PC-01", "Ruang TU"), ("SIMDA", "PC-01", "")]
