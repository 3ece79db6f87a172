# SPDX-License-Identifier: Apache-2.0
"""Licence registers as they are typed: whose a line is, how many, until when, and that no line vanishes."""

import os
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from helpers import register_file, write

from foss_audit.agencies import AgencyTable
from foss_audit.collect import find_registers
from foss_audit.entitlement import Entitlement
from foss_audit.entitlements import Register
from foss_audit.model import Title
from foss_audit.readers.interface import ReadingContext
from foss_audit.recognise import Recogniser
from foss_audit.register import load_register
from foss_audit.rulebook import Rulebook, load_rulebook


@cache
def _rules() -> Rulebook:
    return load_rulebook()


@cache
def _recogniser() -> Recogniser:
    return Recogniser(_rules().products, _rules().vocabulary.words.get("noise", ()))


def _load(*given: Path) -> Register:
    context = ReadingContext(_rules().vocabulary)
    return load_register(find_registers(given, context), context, AgencyTable(_rules().agencies), _recogniser())


def _one(tmp_path: Path, **cells: object) -> Entitlement:
    """The only entitlement of a register with one line; a keyword is a heading, `_` for blanks."""
    register = _line(tmp_path, **cells)
    assert register.problems == {}
    (right,) = register.entitlements
    return right


def _line(tmp_path: Path, **cells: object) -> Register:
    cells = {"OPD": "Dinas Sosial", "Nama_Perangkat_Lunak": "Adobe Photoshop", **cells}
    heading = [name.replace("_", " ") for name in cells]
    return _load(register_file(tmp_path / "register.csv", list(cells.values()), heading=heading))


class TestWhose:
    @pytest.mark.parametrize(
        ("written", "agency"),
        [
            ("Dinas Sosial", "Dinas Sosial"),
            ("Diskominfo", "Dinas Komunikasi dan Informatika"),
            ("dinas komunikasi dan informatika kabupaten tabanan", "Dinas Komunikasi dan Informatika"),
            ("", None),
            ("Semua", None),
            ("Seluruh OPD", None),
            ("Kabupaten Tabanan", None),
            ("Pemerintah Kabupaten Tabanan", None),
            ("PEMERINTAH KABUPATEN TABANAN", None),
        ],
    )
    def test_the_agency_column(self, tmp_path: Path, written: str, agency: str | None) -> None:
        register = _line(tmp_path, OPD=written)
        assert register.entitlements[0].agency == agency
        assert register.agencies == ({agency} if agency else frozenset())

    @pytest.mark.parametrize(
        ("file", "agency"),
        [
            ("Dinas Sosial/2026/register.csv", "Dinas Sosial"),
            ("Dinas Baru/register.csv", "Dinas Baru"),
            ("Seluruh OPD/register.csv", None),
            ("diskominfo.csv", "Dinas Komunikasi dan Informatika"),
            ("register 2026.csv", None),
        ],
    )
    def test_without_the_column_the_place_of_the_file(self, tmp_path: Path, file: str, agency: str | None) -> None:
        register_file(tmp_path / "register" / file, ["Adobe Photoshop", 2], heading=["Nama Perangkat Lunak", "Jumlah"])
        (right,) = _load(tmp_path / "register").entitlements
        assert right.agency == agency

    def test_an_empty_cell_of_the_column_is_the_pool_whatever_the_folder(self, tmp_path: Path) -> None:
        register_file(tmp_path / "register" / "Dinas Sosial" / "r.csv", ["", "Adobe Photoshop", 1], ["Dinkes", "CorelDRAW", 1])
        assert [one.agency for one in _load(tmp_path / "register").entitlements] == [None, "Dinas Kesehatan"]

    def test_an_agency_whose_only_line_cannot_be_counted_has_a_register(self, tmp_path: Path) -> None:
        register = _line(tmp_path, Jumlah="banyak")
        assert register.entitlements == ()
        assert register.agencies == {"Dinas Sosial"}
        assert set(register.problems) == {"Dinas Sosial"}


class TestHowMany:
    @pytest.mark.parametrize(
        ("written", "quantity"),
        [("5", 5), ("1.000", 1000), ("10 lisensi", 10), ("Unlimited", None), ("Tidak terbatas", None), ("", 1), ("3,0", 3)],
    )
    def test_quantities(self, tmp_path: Path, written: str, quantity: int | None) -> None:
        assert _one(tmp_path, Jumlah=written).quantity == quantity

    def test_without_a_quantity_column_a_line_is_one_licence(self, tmp_path: Path) -> None:
        assert _one(tmp_path).quantity == 1

    def test_zero_grants_nothing_and_is_noted(self, tmp_path: Path) -> None:
        register = _line(tmp_path, Jumlah="0")
        assert (register.entitlements, register.problems) == ((), {})
        assert set(register.notes) == {"Dinas Sosial"}

    @pytest.mark.parametrize("written", ["banyak", "-3", "1,5", "5-10"])
    def test_what_is_no_number_is_a_problem_with_its_place(self, tmp_path: Path, written: str) -> None:
        register = _line(tmp_path, Jumlah=written)
        assert register.entitlements == ()
        (problem,) = register.problems["Dinas Sosial"]
        assert (problem.source.file, problem.source.locator) == ("register.csv", "A2")
        assert written in str(problem.message)


class TestUntilWhen:
    @pytest.mark.parametrize(
        ("written", "end"),
        [
            ("31/12/2026", date(2026, 12, 31)),
            ("2026-12-31", date(2026, 12, 31)),
            ("31 Desember 2026", date(2026, 12, 31)),
            ("s.d. 31 Desember 2026", date(2026, 12, 31)),
            ("Desember 2026", date(2026, 12, 31)),
            ("2026", date(2026, 12, 31)),
            ("Selamanya", None),
            ("Perpetual", None),
            ("", None),
        ],
    )
    def test_the_last_day(self, tmp_path: Path, written: str, end: date | None) -> None:
        right = _one(tmp_path, Berlaku_Sampai=written)
        assert (right.end, right.perpetual) == (end, end is None)

    @pytest.mark.parametrize("written", ["12/31/2026", "31/02/2026", "besok", "31/12/20266"])
    def test_what_is_no_date_is_a_problem(self, tmp_path: Path, written: str) -> None:
        register = _line(tmp_path, Berlaku_Sampai=written)
        assert register.entitlements == ()
        assert written in str(register.problems["Dinas Sosial"][0].message)

    def test_an_end_before_the_start_is_a_problem(self, tmp_path: Path) -> None:
        register = _line(tmp_path, Berlaku_Mulai="01/01/2027", Berlaku_Sampai="31/12/2026")
        assert register.entitlements == ()
        assert "before it starts" in str(register.problems["Dinas Sosial"][0].message)

    def test_a_pair_in_one_cell(self, tmp_path: Path) -> None:
        right = _one(tmp_path, Berlaku_Sampai="1 Januari 2026 s.d. 31 Desember 2026")
        assert (right.start, right.end) == (date(2026, 1, 1), date(2026, 12, 31))

    def test_a_length_of_time_counts_from_the_start(self, tmp_path: Path) -> None:
        right = _one(tmp_path, Berlaku_Mulai="01/01/2026", Berlaku_Sampai="1 tahun")
        assert (right.start, right.end) == (date(2026, 1, 1), date(2026, 12, 31))

    def test_a_length_of_time_without_a_start_is_a_problem(self, tmp_path: Path) -> None:
        register = _line(tmp_path, Berlaku_Sampai="1 tahun")
        assert register.entitlements == ()
        assert "no start date" in str(register.problems["Dinas Sosial"][0].message)


class TestWhat:
    @pytest.mark.parametrize(
        ("written", "key"),
        [
            ("Adobe Photoshop", "adobe-photoshop"),
            ("ADOBE PHOTOSHOP CC 2020", "adobe-photoshop"),
            ("Lisensi Adobe Photoshop", "adobe-photoshop"),
            ("Kepegawaian Kita", "register:kepegawaian kita"),
        ],
    )
    def test_the_catalogue_s_product_or_the_register_s_own(self, tmp_path: Path, written: str, key: str) -> None:
        assert _one(tmp_path, Nama_Perangkat_Lunak=written).product_key == key

    @pytest.mark.parametrize(
        "name",
        ["Kepegawaian Kita", "Aplikasi Kepegawaian Kita", "Lisensi Kepegawaian Kita", "Software Kepegawaian Kita", "K*[a]? 5"],
    )
    def test_an_installation_of_the_very_name_is_recognised(self, tmp_path: Path, name: str) -> None:
        register = _line(tmp_path, Nama_Perangkat_Lunak=name)
        found = _recogniser().with_products(register.products).recognise(Title(name)).product
        assert found is not None
        assert found.id == register.entitlements[0].product_key

    def test_what_only_a_register_names_becomes_a_product(self, tmp_path: Path) -> None:
        register = _line(tmp_path, Nama_Perangkat_Lunak="Aplikasi [Khusus] *")
        (made,) = register.products
        assert made.only_registered
        assert "*" not in made.names[0] and "[" not in made.names[0]

    def test_proofs_and_prices_are_kept(self, tmp_path: Path) -> None:
        right = _one(tmp_path, Jumlah="2", No_BAST="027/15/BAST", Nomor_Kontrak="K-7")
        assert dict(right.proof) == {"bast": "027/15/BAST", "contract": "K-7"}


class TestNothingVanishes:
    def test_a_line_without_a_product_is_a_problem(self, tmp_path: Path) -> None:
        path = register_file(tmp_path / "register.csv", ["Dinas Sosial", "", "5", "31/12/2026"], ["Dinas Sosial", "CorelDRAW", 1])
        register = _load(path)
        assert len(register.entitlements) == 1
        assert [one.source.locator for found in register.problems.values() for one in found] == ["A2"]

    def test_a_file_without_a_table_is_a_problem_and_the_others_are_read(self, tmp_path: Path) -> None:
        bad = write(tmp_path / "surat.csv", "Kepada Yth. Bupati\nPerihal: lisensi\n")
        good = register_file(tmp_path / "register.csv", ["Dinas Sosial", "CorelDRAW", 1])
        register = _load(bad, good)
        assert len(register.entitlements) == 1
        assert [one.source.file for found in register.problems.values() for one in found] == ["surat.csv"]

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x00\x01\x02"])
    def test_a_file_that_cannot_be_read_is_a_problem(self, tmp_path: Path, content: bytes) -> None:
        register = _load(write(tmp_path / "register.xlsx", content))
        assert register.entitlements == ()
        assert [one.source.file for found in register.problems.values() for one in found] == ["register.xlsx"]

    def test_a_file_given_twice_counts_once(self, tmp_path: Path) -> None:
        path = register_file(tmp_path / "reg" / "register.csv", ["Dinas Sosial", "CorelDRAW", 1])
        assert len(_load(path, path, tmp_path / "reg").entitlements) == 1

    def test_every_entitlement_has_an_id_of_its_own(self, tmp_path: Path) -> None:
        line = ["Dinas Sosial", "CorelDRAW", 1]
        for folder in ("a", "b"):
            register_file(tmp_path / folder / "register.csv", line, line, heading=("OPD", "Nama Perangkat Lunak", "Jumlah"))
        register = _load(tmp_path / "a" / "register.csv", tmp_path / "b" / "register.csv")
        assert len({one.id for one in register.entitlements}) == 4


class TestHostileFiles:
    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
    def test_a_pipe_is_never_opened(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "register.csv")
        (problem,) = _load(tmp_path / "register.csv").problems[""]
        assert "pipe" in str(problem.message)

    def test_an_empty_file_is_said_to_be_empty(self, tmp_path: Path) -> None:
        (tmp_path / "register.csv").touch()
        (problem,) = _load(tmp_path / "register.csv").problems[""]
        assert "empty" in str(problem.message)

    @pytest.mark.parametrize("heading", ["OPD", "Jumlah", "Berlaku_s.d."])
    def test_an_error_cell_grants_nothing(self, tmp_path: Path, heading: str) -> None:
        register = _line(tmp_path, **{"Jumlah": 1, heading: "#REF!"})
        assert register.entitlements == ()
        ((problem,),) = register.problems.values()
        assert problem.source.locator == "A2"


class TestSeveralTables:
    def test_every_table_of_a_sheet_is_read_and_a_section_names_the_agency(self, tmp_path: Path) -> None:
        register = _load(
            write(
                tmp_path / "register.csv",
                "No,Nama Perangkat Lunak,Jumlah,Berlaku Sampai\nDinas Sosial,,,\n1,WinRAR,2,\nDinas Kesehatan,,,\n1,WinRAR,3,\n"
                ",,,\nNo,Jumlah Lisensi,Nama Software,OPD\n1,4,Adobe Photoshop,Diskominfo\n2,5,AutoCAD,\n",
            )
        )
        assert register.problems == {}
        assert [(one.agency, one.quantity) for one in register.entitlements] == [
            ("Dinas Sosial", 2),
            ("Dinas Kesehatan", 3),
            ("Dinas Komunikasi dan Informatika", 4),
            (None, 5),
        ]


def test_no_whole_key_is_said(tmp_path: Path) -> None:
    key = "ABCDE-FGHJK-LMNPQ-RSTVW-XY3Z9"
    register = _line(tmp_path, Berlaku_Sampai=key)
    ((problem,),) = register.problems.values()
    assert "XY3Z9" in str(problem.message)
    assert key not in str(problem.message)


class TestAssetRegisters:
    def test_the_product_beside_the_name_of_its_kind(self, tmp_path: Path) -> None:
        heading = ("Jenis Barang / Nama Barang", "Merk/Type", "Judul / Pencipta", "Jumlah", "Nomor BAST")
        register_file(
            tmp_path / "kib.csv",
            ["Software", "Microsoft Office Standard 2019", "", 3],
            ["Software Komputer", "", "CorelDRAW Graphics Suite 2021", 1],
            ["Aplikasi Kita", "Corel", "", 1],
            heading=heading,
        )
        found = [one.product_key for one in _load(tmp_path / "kib.csv").entitlements]
        assert found[:2] == ["microsoft-office-standard", "coreldraw-graphics-suite"]
        assert found[2].startswith("register:")

    def test_rows_above_what_was_taken_for_the_heading_are_said(self, tmp_path: Path) -> None:
        rows = [
            "Kode,Hal,Kelas,Isi,Banyak",
            "1,X,Y,WinRAR,3",
            "2,X,Y,AutoCAD,3",
            "No,Software,Versi,Jumlah Lisensi,Nomor BAST",
            "3,Minitab,21,1,B/1",
        ]
        write(tmp_path / "r.csv", "\n".join(rows) + "\n")
        (told,) = [one for found in _load(tmp_path / "r.csv").problems.values() for one in found]
        assert "taken for the heading" in str(told.message)


class TestWhoseByItsPlace:
    HEADING = ("Nama Perangkat Lunak", "Jumlah Lisensi", "Nomor BAST")

    def test_a_sheet_that_an_agency_is_named_by(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        for name in ("Dinas Sosial", "Dinas Kesehatan"):
            sheet = book.create_sheet(name)
            sheet.append(self.HEADING)
            sheet.append(("WinRAR", 1, f"027/{name}"))
        del book["Sheet"]
        book.save(tmp_path / "register.xlsx")
        found = _load(tmp_path / "register.xlsx")
        assert [one.agency for one in found.entitlements] == ["Dinas Sosial", "Dinas Kesehatan"]

    def test_a_file_that_an_agency_stands_in_the_name_of(self, tmp_path: Path) -> None:
        register_file(tmp_path / "Lisensi Dinas Sosial 2024.csv", ["WinRAR", 1], heading=self.HEADING)
        assert [one.agency for one in _load(tmp_path / "Lisensi Dinas Sosial 2024.csv").entitlements] == ["Dinas Sosial"]

    def test_what_one_agency_bought_for_others(self, tmp_path: Path) -> None:
        heading = ("OPD", *self.HEADING, "Keterangan")
        register_file(
            tmp_path / "r.csv",
            ["Dinas Sosial", "WinRAR", 6, "B/1", "digunakan oleh seluruh OPD"],
            ["Dinas Sosial", "AutoCAD", 6, "B/2", "dibagikan kepada: Dinas Sosial 3, Dinas Kesehatan 2"],
            ["Dinas Sosial", "Minitab", 6, "B/3", "digunakan Bidang Aset"],
            heading=heading,
        )
        found = [(one.agency, one.allotments) for one in _load(tmp_path / "r.csv").entitlements]
        assert found == [(None, ()), (None, (("Dinas Sosial", 3), ("Dinas Kesehatan", 2))), ("Dinas Sosial", ())]

    def test_signs_for_the_cell_above(self, tmp_path: Path) -> None:
        heading = ("OPD", *self.HEADING)
        register_file(
            tmp_path / "r.csv", ["Dinas Sosial", "WinRAR", 1], ["sda", "AutoCAD", 1], ['"', "Minitab", 1], heading=heading
        )
        assert {one.agency for one in _load(tmp_path / "r.csv").entitlements} == {"Dinas Sosial"}
