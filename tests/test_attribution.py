# SPDX-License-Identifier: Apache-2.0
"""Whose an entry is: the contract's order, and what is only a location."""

from pathlib import Path

import pytest
from helpers import AGENCIES, file_reading

from foss_audit.agencies import AgencyTable
from foss_audit.attribution import Origin, file_agency
from foss_audit.inventory import FileReading, assemble
from foss_audit.readers import read_file
from foss_audit.readers.interface import ReadingContext
from foss_audit.rulebook import load_rulebook


def _agencies(file: str, rows: list[dict[str, object]], **origin: object) -> list[str]:
    inventory = assemble([file_reading(file, rows, **origin)], AGENCIES)  # type: ignore[arg-type]
    return [str(name) for name in inventory.installations["agency"]]


_ROW: dict[str, object] = {"name": "GIMP", "device": "PC-1"}


@pytest.mark.parametrize(
    ("file", "row", "origin", "expected"),
    [
        # the row's own column before everything
        ("Dinas Sosial/Dinkes.csv", {"agency": "Diskominfo"}, {}, "Dinas Komunikasi dan Informatika"),
        ("Dinas Sosial/x.csv", {"agency": "Dinas Baru Kabupaten Tabanan"}, {}, "Dinas Baru"),
        # an empty cell of it falls through
        ("Dinas Sosial/x.csv", {"agency": ""}, {}, "Dinas Sosial"),
        # a folder in the table, the nearest first, before the first folder
        ("2026/Dinsos/lantai 1/x.csv", {}, {}, "Dinas Sosial"),
        ("Dinsos/Dinkes/x.csv", {}, {}, "Dinas Kesehatan"),
        ("lantai 1/x.csv", {}, {"input_folder": "dinas-kominfo"}, "Dinas Komunikasi dan Informatika"),
        # the first folder
        ("Dinas Baru/lantai 1/Dinkes.csv", {}, {}, "Dinas Baru"),
        ("Dinas Baru/x.csv", {}, {"agency_option": "Dinkes"}, "Dinas Baru"),
        # --agency
        ("Dinsos.csv", {}, {"agency_option": "Dinkes"}, "Dinas Kesehatan"),
        # a stem in the table
        ("dinas-komunikasi-dan-informatika.csv", {}, {}, "Dinas Komunikasi dan Informatika"),
        ("Dinas Sosial Kabupaten Tabanan.csv", {}, {}, "Dinas Sosial"),
        # a stem where the file has a device column
        ("Dinas Pertambangan.csv", {}, {}, "Dinas Pertambangan"),
    ],
)
def test_the_order_of_the_contract(file: str, row: dict[str, object], origin: dict[str, object], expected: str) -> None:
    assert _agencies(file, [{**_ROW, **row}], **origin) == [expected]


def test_without_a_device_column_the_stem_is_a_device_and_the_input_folder_the_agency() -> None:
    assert _agencies("PC-KEU-01.csv", [{"name": "GIMP"}], input_folder="Dinas Pertambangan") == ["Dinas Pertambangan"]


@pytest.mark.parametrize(
    "folder", ["Diskominfo", "Dinas Kominfo", "dinas-komunikasi-dan-informatika", "DISKOMINFO", "dinas_kominfo"]
)
def test_an_input_folder_in_the_table_is_the_agency_of_all_in_it(folder: str) -> None:
    origin = Origin("x.csv", "x", folder, True)
    assert file_agency(origin, AGENCIES, has_device_column=True) == "Dinas Komunikasi dan Informatika"


def test_the_folder_of_a_file_named_itself_is_only_a_last_resort() -> None:
    origin = Origin("Dinkes.csv", "Dinkes", "Dinas Sosial", False)
    assert file_agency(origin, AGENCIES, has_device_column=False) == "Dinas Kesehatan"


class TestLocations:
    def test_a_room_stays_a_location(self) -> None:
        inventory = assemble([file_reading("Dinas Sosial/x.csv", [{**_ROW, "location": "Bidang Umum"}])], AGENCIES)
        assert inventory.installations["agency"].tolist() == ["Dinas Sosial"]
        assert inventory.installations["location"].tolist() == ["Bidang Umum"]

    def test_a_location_in_the_table_is_the_agency(self) -> None:
        assert _agencies("rekap/x.csv", [{**_ROW, "location": "Dinkes"}]) == ["Dinas Kesehatan"]

    def test_the_row_s_agency_goes_before_its_location(self) -> None:
        assert _agencies("x.csv", [{**_ROW, "location": "Dinkes", "agency": "Dinsos"}]) == ["Dinas Sosial"]

    def test_a_location_is_the_agency_where_nothing_else_names_one(self) -> None:
        rows: list[dict[str, object]] = [{"name": "GIMP", "location": "Bagian Umum"}, {"name": "Zotero", "location": ""}]
        assert _agencies("PC-1.csv", rows, input_folder="masuk") == ["Bagian Umum", "masuk"]


class TestSheets:
    @pytest.mark.parametrize(
        ("sheets", "file", "expected"),
        [
            (("Dinkes", "Dinsos"), "rekap/x.xlsx", ["Dinas Kesehatan", "Dinas Sosial"]),
            (("Ruang 1", "Ruang 2"), "Dinas Sosial/x.xlsx", ["Dinas Sosial", "Dinas Sosial"]),
            (("Bagian Umum", "Bagian Hukum"), "x.xlsx", ["Bagian Umum", "Bagian Hukum"]),
            (("Sheet1", "Sheet2"), "x.xlsx", ["masuk", "masuk"]),
        ],
    )
    def test_a_sheet_is_the_agency_only_where_the_table_knows_it_or_nothing_else_does(
        self, sheets: tuple[str, ...], file: str, expected: list[str]
    ) -> None:
        rows: list[dict[str, object]] = [
            {"name": f"Program {number}", "place": f"{sheet}!A", "position": number} for number, sheet in enumerate(sheets, 2)
        ]
        assert _agencies(file, rows, input_folder="masuk") == expected


def test_the_built_in_table_knows_the_names_of_the_contract(tmp_path: Path) -> None:
    rulebook = load_rulebook()
    path = tmp_path / "rekap.csv"
    names = [
        "Diskominfo",
        "Dinas Kominfo",
        "Dinas Komunikasi dan Informatika Kabupaten Tabanan",
        "dinas-komunikasi-dan-informatika",
    ]
    path.write_text("OPD,Perangkat,Nama Software\n" + "".join(f"{name},PC-1,GIMP\n" for name in names), encoding="utf-8")
    reading = read_file(path, "rekap.csv", ReadingContext(rulebook.vocabulary))
    origin = Origin("rekap.csv", "rekap", "masuk", True)
    inventory = assemble([FileReading(origin, reading)], AgencyTable(rulebook.agencies))
    assert inventory.installations["agency"].tolist() == ["Dinas Komunikasi dan Informatika"]
