# SPDX-License-Identifier: Apache-2.0
"""Tables of devices with a column for every piece of software, or kind of it."""

from pathlib import Path

import pytest
from table_reading import problems, read_text, rows, said, skipped


def test_kinds_and_pieces_of_software_as_columns(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        "DAFTAR PERANGKAT LUNAK;;;;;;;\nNo;Nama Komputer;Ruang;Sistem Operasi;Microsoft Office;Photoshop;SIMDA;RAM\n"
        "1;PC-01;TU;Windows 10 Pro;2019;v;v;8\n2;PC-02;TU;Windows 11;Office 2016, Chrome;;;4\n"
        "3;PC-03;Kepala;v;Ori;?;;4\n4;PC-04;;;;;;4\nJumlah;;;;;;;\n",
    )
    assert rows(found, "cell", "name", "version", "device", "location", "claim") == [
        ("D3", "Windows 10 Pro", "", "PC-01", "TU", ""),
        ("D4", "Windows 11", "", "PC-02", "TU", ""),
        ("E3", "Microsoft Office", "2019", "PC-01", "TU", ""),
        ("E4", "Office 2016", "", "PC-02", "TU", ""),
        ("E4", "Chrome", "", "PC-02", "TU", ""),
        ("E5", "Microsoft Office", "", "PC-03", "Kepala", "Ori"),
        ("F3", "Photoshop", "", "PC-01", "TU", ""),
        ("G3", "SIMDA", "", "PC-01", "TU", ""),
    ]
    assert sorted(problems(found)) == ["D5", "F5"]
    assert skipped(found) == [("A6", "not-installed"), ("A7", "total")]


def test_columns_below_a_heading_for_software(tmp_path: Path) -> None:
    found = read_text(tmp_path, "No;Hostname;Perangkat Lunak;;;Printer\n;;Alfa;Beta;7-Zip;\n1;PC-01;v;x;v;v\n2;PC-02;;v;v;\n")
    assert rows(found, "cell", "name", "device") == [
        ("C3", "Alfa", "PC-01"),
        ("D4", "Beta", "PC-02"),
        ("E3", "7-Zip", "PC-01"),
        ("E4", "7-Zip", "PC-02"),
    ]
    assert skipped(found) == [("A2", "heading")]
    assert "cross" in said(found)


def test_editions_below_a_product(tmp_path: Path) -> None:
    found = read_text(tmp_path, "No;Hostname;Microsoft Office;;WinRAR\n;;2013;2016;\n1;PC-01;v;;v\n2;PC-02;;v;v\n")
    assert rows(found, "name", "device")[:2] == [("Microsoft Office 2013", "PC-01"), ("Microsoft Office 2016", "PC-02")]


@pytest.mark.parametrize("headings", ["Monitor;Keyboard;Printer", "Alfa;Beta;Gamma"])
def test_a_checklist_of_anything_is_no_software(tmp_path: Path, headings: str) -> None:
    found = read_text(tmp_path, f"No;Nama Komputer;{headings}\n1;PC-01;v;v;v\n2;PC-02;v;v;\n3;PC-03;v;v;\n")
    assert not len(found.entries)
    assert len(found.problems) == 1


def test_the_operating_system_beside_a_list_of_software(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        "No;Hostname;Sistem Operasi;Software;Versi\n1;PC-01;Windows 10 Pro;Office;2016\n2;PC-01;Windows 10 Pro;Chrome;120\n"
        "3;PC-02;Windows 7;GIMP;2\n",
    )
    assert rows(found, "cell", "name", "device")[3:] == [("C2", "Windows 10 Pro", "PC-01"), ("C4", "Windows 7", "PC-02")]
