# SPDX-License-Identifier: Apache-2.0
"""Several tables on one sheet: one below the other, and side by side."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_reading import problems, read_text, rows, said, skipped


def test_a_second_table_with_a_heading_of_its_own(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        "No;Nama Software;Versi;\n1;Office;2016;\n2;Zoom;5;\n;;;\nB. Aplikasi;;;\n"
        "No;Penerbit;Nama Aplikasi;Keterangan\n1;BPKP;SIMDA;x\n2;Google;Chrome;x\n",
    )
    assert rows(found, "cell", "name", "version", "publisher") == [
        ("A2", "Office", "2016", ""),
        ("A3", "Zoom", "5", ""),
        ("A7", "SIMDA", "", "BPKP"),
        ("A8", "Chrome", "", "Google"),
    ]
    assert [sheet.header_row for sheet in found.sheets] == [1, 6]
    assert skipped(found) == [("A5", "heading")]
    assert not problems(found)


def test_a_poorer_table_above_a_richer_one_is_read_too(tmp_path: Path) -> None:
    found = read_text(tmp_path, "No;Software;;\n1;GIMP;;\n2;Zoom;;\n;;;\nNo;Software;Versi;Penerbit\n1;Office;2016;Microsoft\n")
    assert rows(found, "name") == [("GIMP",), ("Zoom",), ("Office",)]


def test_a_table_of_something_else_below_is_a_problem_of_its_own(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        "No;Software;Versi;\n1;Office;2016;\n;;;\n"
        "No;Nama Perangkat;Merk;Ruang\n1;Printer;Epson;TU\n2;Laptop;Acer;TU\n3;PC;HP;TU\n",
    )
    assert rows(found, "name") == [("Office",)]
    assert problems(found) == ["A4"]
    assert "Row 4 may be the heading" in said(found)


def test_headings_repeated_on_every_page_begin_no_table(tmp_path: Path) -> None:
    page = "No;Software;Versi\n1;Office;2016\n2;Zoom;5\n"
    found = read_text(tmp_path, page * 3)
    assert len(found.sheets) == 1
    assert skipped(found) == [("A4", "heading"), ("A7", "heading")]
    assert len(found.entries) == 6


def test_software_that_reads_like_a_heading_begins_no_table(tmp_path: Path) -> None:
    found = read_text(tmp_path, "No;Software;Versi;Tempat\n1;SIMDA;2;y\n2;Aplikasi;1;Office\n3;Server;;Unit\n")
    assert rows(found, "name") == [("SIMDA",), ("Aplikasi",), ("Server",)]


@pytest.mark.parametrize("gap", [";", ""])
def test_tables_side_by_side(tmp_path: Path, gap: str) -> None:
    found = read_text(
        tmp_path,
        f"No;Software;Versi;{gap}No;Software;Versi\n1;Office;2016;{gap}3;GIMP;2.10\n2;Zoom;5;{gap}4;Chrome;120\n",
    )
    right = "E" if gap else "D"
    assert rows(found, "cell", "name", "version") == [
        ("A2", "Office", "2016"),
        ("A3", "Zoom", "5"),
        (f"{right}2", "GIMP", "2.10"),
        (f"{right}3", "Chrome", "120"),
    ]


def test_an_empty_column_within_a_table_parts_nothing(tmp_path: Path) -> None:
    found = read_text(tmp_path, "No;Software;;Versi;Penerbit\n1;Office;;2016;Microsoft\n")
    assert rows(found, "name", "version", "publisher") == [("Office", "2016", "Microsoft")]


def test_tables_beside_each_other_share_their_device(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Hostname;Software;Versi;;Aplikasi;Versi\nPC-1;Office;2016;;SIMDA;2\nPC-2;Zoom;5;;SIPD;1\n")
    assert rows(found, "name", "device") == [("Office", "PC-1"), ("Zoom", "PC-2"), ("SIMDA", "PC-1"), ("SIPD", "PC-2")]


WORDS_OF_SHEETS = [
    "No",
    "Nama Software",
    "Versi",
    "Hostname",
    "Ruang",
    "OPD",
    "Merk",
    "Jumlah",
    "PC-01",
    "PC-02",
    "Ruang TU",
    "Dinas Kesehatan",
    "v",
    "x",
    "",
    "",
    "",
    "",
    "1",
    "2",
    "3.10",
    "Office",
    "Chrome; GIMP",
    "Office, Chrome, WinRAR",
    "Total",
    "Mengetahui,",
    "Nama Komputer : PC-9",
    ":",
    "Sistem Operasi",
    "Windows 10",
    "Perangkat Lunak",
    "#REF!",
    "Microsoft Corporation",
    "A. Umum",
    "Lantai 2",
    "Aplikasi",
    "Server",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS_OF_SHEETS), min_size=1, max_size=8), min_size=1, max_size=20))
def test_any_sheet_of_such_words_is_read(sheet: list[list[str]]) -> None:
    """Whatever the tables are, no row is told twice as a line, and nothing is found where nothing stands."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([*sheet, ["No", "Nama Software", "Versi", "Hostname"], ["1", "GIMP", "2", "PC-7"]])
    with TemporaryDirectory() as folder:
        found = read_text(Path(folder), out.getvalue())
    told = [one.source.locator for one in found.skipped]
    assert len(set(told)) == len(told)
    assert all(1 <= int(row) <= len(sheet) + 2 for row in found.entries["position"])
    assert all(name for name in found.entries["name"])
