# SPDX-License-Identifier: Apache-2.0
"""What a person says of the columns overrules what was recognised."""

from pathlib import Path

import pytest
from table_reading import problems, read_text, rows, said

from foss_audit.errors import ConfigError
from foss_audit.readers.interface import ColumnMapping, Reading
from foss_audit.readers.sheets.mapping import MAPPED_COLUMNS, choice_for, parse_mapping

ASSETS = "Daftar;;;\nNo;Nama Barang;Type;Merk\n1;Office;2016;Microsoft\n2;GIMP;2.10;x\n"


def read(folder: Path, text: str, *mappings: str) -> Reading:
    return read_text(folder, text, [parse_mapping(one) for one in mappings])


def test_a_mapping_as_it_is_written() -> None:
    found = parse_mapping("name=Nama, Jenis Barang, version = C,license=,sheet=Data,header_row=3,files=*.xlsx")
    assert found == ColumnMapping({"name": "Nama, Jenis Barang", "version": "C", "license": ""}, "*.xlsx", "Data", 3)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Nama Barang", "column=heading"),
        ("nama=B", MAPPED_COLUMNS[0]),
        ("name=B,header_row=x", "header_row"),
        ("sheet=A", "no column"),
    ],
)
def test_what_is_no_mapping_is_told(text: str, what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        parse_mapping(text)


@pytest.mark.parametrize(
    "mapping",
    ["name=Nama Barang,version=Type", "name=nama barang *,version=3", "name=B,version=C,header_row=2", "name=2,version=C"],
)
def test_columns_by_heading_letters_and_number(tmp_path: Path, mapping: str) -> None:
    assert not len(read(tmp_path, ASSETS).entries)
    found = read(tmp_path, ASSETS, mapping)
    assert rows(found, "cell", "name", "version", "publisher") == [
        ("A3", "Office", "2016", "Microsoft"),
        ("A4", "GIMP", "2.10", "x"),
    ]
    assert found.sheets[0].header_row == 2
    assert dict(found.sheets[0].columns)["version"] == "Type"


def test_a_table_without_a_heading(tmp_path: Path) -> None:
    found = read(tmp_path, "Office;2016\nGIMP;2.10\n", "name=A,version=B,header_row=0")
    assert rows(found, "cell", "name", "version") == [("A1", "Office", "2016"), ("A2", "GIMP", "2.10")]
    assert found.sheets[0].header_row is None


def test_a_column_that_is_not_to_be_read(tmp_path: Path) -> None:
    found = read(tmp_path, "Software;Versi;Penerbit\nOffice;2016;x\n", "publisher=")
    assert rows(found, "version", "publisher") == [("2016", "")]


def test_later_mappings_overrule_earlier_ones(tmp_path: Path) -> None:
    found = read(tmp_path, "Software;A1;B1\nOffice;2016;x\n", "version=B1,publisher=B1", "version=A1")
    assert rows(found, "version", "publisher") == [("2016", "x")]


def test_a_heading_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    found = read(tmp_path, "Software;Versi\nOffice;2016\n", "name=Barang,version=Z")
    assert rows(found, "name", "version") == [("Office", "2016")]
    assert problems(found) == ["", ""]
    assert "Barang" in said(found)
    assert "Software · Versi" in said(found)


def test_swapped_columns_are_left_as_they_are_said_to_be(tmp_path: Path) -> None:
    text = "Versi;Nama Software\n" + "".join(f"Aplikasi {number};{number}.5\n" for number in range(6))
    assert rows(read(tmp_path, text, "name=Nama Software"), "name")[0] == ("0.5",)
    assert rows(read(tmp_path, text), "name")[0] == ("Aplikasi 0",)


@pytest.mark.parametrize(
    ("files", "sheet", "applies"),
    [
        ("", "", True),
        ("*.XLSX", "", True),
        ("dinas-x/*", "", True),
        ("a.xlsx", "Data", True),
        ("b.xlsx", "", False),
        ("", "Lain", False),
    ],
)
def test_which_tables_a_mapping_is_for(files: str, sheet: str, applies: bool) -> None:
    mapping = ColumnMapping({"name": "B"}, files, sheet)
    assert (choice_for([mapping], "inventaris/dinas-x/a.xlsx", "data") is not None) is applies


def test_letters_are_a_heading_where_they_stand_as_one(tmp_path: Path) -> None:
    found = read(tmp_path, "No;C;B\n1;Office;2\n", "name=C,version=B")
    assert rows(found, "name", "version") == [("Office", "2")]
