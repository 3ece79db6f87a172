# SPDX-License-Identifier: Apache-2.0
"""Delimited inventories as agencies and their tools write them."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from table_vocabulary import shipped_vocabulary

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import read_file, read_head
from foss_audit.readers.interface import Limits, Reading, ReadingContext
from foss_audit.readers.sheets import delimited

CONTEXT = ReadingContext(shipped_vocabulary())
Write = Callable[..., Reading]


@pytest.fixture
def reading(tmp_path: Path) -> Write:
    def write(content: str | bytes, name: str = "inventory.csv", context: ReadingContext = CONTEXT) -> Reading:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(path, name, context)

    return write


def names(reading: Reading) -> list[str]:
    return reading.entries["name"].astype(str).tolist()


def column(reading: Reading, name: str) -> list[object]:
    values = reading.entries[name]
    return (values.astype(str) if values.dtype == "category" else values).tolist()


def skipped(reading: Reading) -> list[tuple[str, SkipReason]]:
    return [(line.source.locator, line.reason) for line in reading.skipped]


def problems(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.source.locator, str(problem.message)) for problem in reading.problems]


def notes(reading: Reading) -> str:
    return " / ".join(str(note.message) for note in reading.notes)


def test_reads_an_export_of_the_registry(reading: Write) -> None:
    found = reading(
        "\ufeff" + '"DisplayName","DisplayVersion","Publisher"\r\n"7-Zip 22.01 (x64)","22.01","Igor Pavlov"\r\n'
        ',"1.0",\r\n"Git","2.38.1",""\r\n'
    )
    assert found.reader == "delimited"
    assert found.encoding == "utf-8-sig"
    assert names(found) == ["7-Zip 22.01 (x64)", "Git"]
    assert column(found, "place") == ["A", "A"]
    assert column(found, "position") == [2, 4]
    assert skipped(found) == [("A3", SkipReason.BLANK)]
    assert found.sheets[0].header_row == 1
    assert found.sheets[0].columns == {"name": "DisplayName", "version": "DisplayVersion", "publisher": "Publisher"}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_finds_the_separator(reading: Write, separator: str) -> None:
    lines = [["Nama Software", "Versi", "Keterangan"], ["GIMP", "2.10", "a"], ["Paint, Net; x", "3,1", "b|c"]]
    assert column(reading(as_csv(lines, separator)), "version") == ["2.10", "3,1"]


def test_minds_a_stated_separator(reading: Write) -> None:
    found = reading("sep=;\nNama Software;Versi\nGIMP;2,10\n")
    assert column(found, "version") == ["2,10"]
    assert column(found, "position") == [3]


def test_versions_stay_text(reading: Write) -> None:
    versions = ["3.10", "007", "NA", "1.0", "1e5", "TRUE", "2024-01-02", "nan", "10,0"]
    found = reading(as_csv([["Software", "Version"], *([f"App {n}", text] for n, text in enumerate(versions))]))
    assert column(found, "version") == versions


@pytest.mark.parametrize("nothing", ["-", "NULL", "N/A", "nihil", " - ", "\u00a0", "None"])
def test_words_for_nothing_are_empty(reading: Write, nothing: str) -> None:
    found = reading(as_csv([["Software", "Version", "Publisher"], ["GIMP", nothing, "x"], [nothing, nothing, nothing]]))
    assert column(found, "version") == [""]
    assert not found.problems


@pytest.mark.parametrize(
    ("encoding", "bom"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b""), ("cp1252", b"")]
)
def test_finds_the_encoding(reading: Write, encoding: str, bom: bytes) -> None:
    text = "Nama Software;Versi\nCafé Éditeur;1\nLibreOffice;24.2\n"
    found = reading(bom + text.encode(encoding))
    assert names(found) == ["Café Éditeur", "LibreOffice"]


def test_a_guessed_encoding_is_noted(reading: Write) -> None:
    found = reading("Nama Software;Versi\nCafé Éditeur;1\n".encode("cp1252"))
    assert found.encoding == "cp1252"
    assert "guessed as cp1252" in notes(found)


def test_finds_the_heading_below_titles_and_skips_what_is_no_entry(reading: Write) -> None:
    found = reading(
        ";;;;;\n"
        "DAFTAR INVENTARIS PERANGKAT LUNAK;;;;;\n"
        "DINAS KESEHATAN TAHUN 2026;;;;;\n"
        ";;;;;\n"
        "NO.;NAMA KOMPUTER;NAMA PERANGKAT LUNAK *;VERSI;JUMLAH;KET.\n"
        "(1);(2);(3);(4);(5);(6)\n"
        "A. Sekretariat;;;;;\n"
        "1;PC-01;Microsoft Office;2016;1;\n"
        "2;PC-01;Total Commander;10.0;;\n"
        "NO.;NAMA KOMPUTER;NAMA PERANGKAT LUNAK *;VERSI;JUMLAH;KET.\n"
        "3;;;;;\n"
        ";;;;;\n"
        "4;PC-02;;2019;1;belum diisi\n"
        ";;JUMLAH;;3;\n"
        ";;;;;\n"
        ";Mengetahui,;;;Tabanan, 12 Januari 2026;\n".replace("Tabanan, 12", '"Tabanan, 12').replace("2026;\n", '2026";\n')
        + ";Kepala Dinas Kesehatan;;;Pengurus Barang;\n"
        ";;;;;\n"
        ";I Wayan Sudana;;;Ni Made Ayu;\n"
        ";NIP. 19650101 199003 1 001;;;NIP. 19800101 200501 2 002;\n"
    )
    assert names(found) == ["Microsoft Office", "Total Commander"]
    assert found.sheets[0].header_row == 5
    assert skipped(found) == [
        ("A6", SkipReason.COLUMN_NUMBERS),
        ("A7", SkipReason.HEADING),
        ("A10", SkipReason.HEADING),
        ("A11", SkipReason.BLANK),
        ("A14", SkipReason.TOTAL),
        ("A16", SkipReason.SIGNATURE),
        ("A17", SkipReason.SIGNATURE),
        ("A19", SkipReason.SIGNATURE),
        ("A20", SkipReason.SIGNATURE),
    ]
    assert [where for where, _ in problems(found)] == ["A13"]


def test_entries_below_a_signature_are_entries(reading: Write) -> None:
    found = reading(
        "No;Nama Software;Versi\n1;GIMP;2.10\n;Mengetahui,;\n;Kepala Dinas;\n;NIP. 1965;\n2;Inkscape;1.3\n3;AutoCAD;2021\n"
    )
    assert names(found) == ["GIMP", "Inkscape", "AutoCAD"]


def test_a_person_in_another_column_is_no_signature(reading: Write) -> None:
    found = reading("Nama Software;Pengguna\nMicrosoft Word;Kepala Dinas\nGIMP;Kepala Bidang TI\nChrome;Sekretaris\n")
    assert names(found) == ["Microsoft Word", "GIMP", "Chrome"]


def test_software_named_like_a_section_or_a_total_stays(reading: Write) -> None:
    titles = [
        "Total Commander",
        "Total Uninstall",
        "Unity",
        "NIPPON Tool",
        "Nik Collection",
        "R",
        "C. Basic",
        "Lab Suite",
        "Jumlah",
    ]
    found = reading(as_csv([["Software", "Version", "Publisher"], *([title, "1.0", "Someone"] for title in titles)]))
    assert names(found) == titles


def test_a_lone_name_is_an_entry(reading: Write) -> None:
    assert names(reading("Software;Version\nUnity;\nPhotoshop;\nGIMP;2.10\n")) == ["Unity", "Photoshop", "GIMP"]


def test_quantities(reading: Write) -> None:
    written = {"3": 3, "3 unit": 3, "5 (lima)": 5, "1.250": 1250, "": 1, "3.0": 3}
    wrong = ["-2", "banyak", "2,5", "200000", "1-3"]
    lines = [["Nama Software", "Jumlah Terpasang"], *(["App", text] for text in [*written, *wrong, "0"])]
    found = reading(as_csv(lines))
    assert column(found, "quantity") == list(written.values())
    assert all(column(found, "unnamed"))
    assert [where for where, _ in problems(found)] == ["A8", "A9", "A10", "A11", "A12"]
    assert "banyak" in problems(found)[1][1]
    assert skipped(found) == [("A13", SkipReason.NOT_INSTALLED)]


def test_a_quantity_of_licenses_is_not_installed(reading: Write) -> None:
    found = reading("Nama Software;Jumlah Lisensi\nOffice;25\n")
    assert column(found, "quantity") == [1]
    assert column(found, "unnamed") == [False]


def test_a_row_without_its_device_is_unnamed(reading: Write) -> None:
    found = reading("Hostname;Software;Version\nPC-1;GIMP;2\n;GIMP;2\n")
    assert column(found, "unnamed") == [False, True]


def test_a_group_written_once_is_filled_down(reading: Write) -> None:
    found = reading("No;Nama Komputer;Ruang;Software\n1;PC-1;TU;GIMP\n;;;Office\n2;PC-2;;Office\n3;;;Chrome\n")
    assert column(found, "device") == ["PC-1", "PC-1", "PC-2", ""]
    assert column(found, "location") == ["TU", "TU", "", ""]
    assert column(found, "unnamed") == [False, False, False, True]


def test_a_number_that_begins_anew_with_each_device_fills_down(reading: Write) -> None:
    found = reading("Komputer;No;Software\nPC-1;1;GIMP\n;2;Office\n;3;Zoom\nPC-2;1;Office\n;2;Chrome\n")
    assert column(found, "device") == ["PC-1", "PC-1", "PC-1", "PC-2", "PC-2"]


def test_a_heading_over_two_rows(reading: Write) -> None:
    found = reading(
        "No;Perangkat;;Perangkat Lunak;;Ket\n;Nama;Merk;Nama;Versi;\n1;PC-1;Dell;GIMP;2.10;\n2;PC-2;HP;Office;2016;\n"
    )
    assert found.sheets[0].header_row == 1
    assert column(found, "device") == ["PC-1", "PC-2"]
    assert column(found, "name") == ["GIMP", "Office"]
    assert column(found, "version") == ["2.10", "2016"]
    assert found.sheets[0].columns["name"] == "Perangkat Lunak | Nama"


def test_a_second_column_of_the_same_kind_is_noted(reading: Write) -> None:
    found = reading("Software;Versi;Version\nGIMP;2.10;9\n")
    assert column(found, "version") == ["2.10"]
    assert "Version" in notes(found)


def test_ragged_lines_survive(reading: Write) -> None:
    found = reading("Daftar Software\nNo,Software,Version\n1,GIMP\n\n2,Office,2016,extra,more\n3,Inkscape,1.3\n")
    assert names(found) == ["GIMP", "Office", "Inkscape"]
    assert column(found, "version") == ["", "2016", "1.3"]
    assert column(found, "position") == [3, 5, 6]
    assert "Line 5 has more cells" in notes(found)


def test_cells_beyond_the_width_of_the_table_are_noted(reading: Write) -> None:
    lines = ["No,Software,Version"] + [f"{n},App {n},1.{n}" for n in range(30000)]
    lines[29000] = "28999,App, with commas, in its name,1.0"
    found = reading("\n".join(lines))
    assert len(found.entries) == 30000
    assert "Line 29001 has more cells" in notes(found)
    assert column(found, "position")[28999] == 29001


@pytest.mark.parametrize("closing", ["", '3,"Last,9,x\n'])
def test_an_unclosed_quotation_mark_swallows_no_rows(reading: Write, closing: str) -> None:
    found = reading('No,Software,Version,Publisher\n1,"GIMP,2.10,x\n2,Office,2016,"Micro, soft"\n2,Zoom,5,y\n' + closing)
    assert names(found) == ["GIMP", "Office", "Zoom", *(["Last"] if closing else [])]
    assert "quotation mark on line 2" in notes(found)


def test_a_cell_with_line_breaks_stays_one(reading: Write) -> None:
    found = reading('Software,Version,Remark\n"Microsoft\nOffice",2016,"one, two\nthree, four\nfive"\nGIMP,2,x\n')
    assert names(found) == ["Microsoft Office", "GIMP"]
    assert column(found, "position") == [2, 3]


def test_a_short_line_with_line_breaks_stays_one(reading: Write) -> None:
    found = reading('No;Komputer;Software;Ket\n1;PC-1;"GIMP\nZoom"\n2;PC-2;Office;x\n')
    assert names(found) == ["GIMP", "Zoom", "Office"]
    assert "quotation mark" not in notes(found)


def test_inches_within_a_cell_do_no_harm(reading: Write) -> None:
    assert names(reading('Software,Version\nSketch 24" Pro,1\nOther 15" Tool,2\n')) == ['Sketch 24" Pro', 'Other 15" Tool']


def test_nul_characters_are_taken_out(reading: Write) -> None:
    found = reading(b"Software,Version\nGI\0MP,2.1\0\nOffice,1\n")
    assert names(found) == ["GIMP", "Office"]
    assert "NUL" in notes(found)


def test_a_type_line_is_passed_over(reading: Write) -> None:
    found = reading('#TYPE Selected.System.Object\r\n"Name","Version"\r\n"GIMP","2.10"\r\n')
    assert names(found) == ["GIMP"]
    assert found.sheets[0].header_row == 2


def test_many_names_in_one_cell_are_a_problem(reading: Write) -> None:
    found = reading('#TYPE X\r\n"Name","Version"\r\n"' + "Some Software " * 40 + '",\r\n"GIMP","2.10"\r\n')
    assert names(found) == ["GIMP"]
    assert [where for where, _ in problems(found)] == ["A3"]


def test_letters_that_stand_for_tabs_are_split(reading: Write) -> None:
    found = reading(
        'Program Name,Version,Publisher,Location\nTool`t1.0`tAcme`tC:\\x\\,,,\n"Tool 2`t`tAcme, Inc.`t",,,\nTool 3`t3`t`t,,,\n'
    )
    assert names(found) == ["Tool", "Tool 2", "Tool 3"]
    assert column(found, "publisher") == ["Acme", "Acme, Inc.", ""]


def test_a_list_of_names(reading: Write) -> None:
    found = reading("Audacity\nKeepass (portable)\nAdobe Acrobat Pro, DC\nGIMP\n")
    assert names(found) == ["Audacity", "Keepass (portable)", "Adobe Acrobat Pro, DC", "GIMP"]
    assert found.sheets[0].header_row is None
    assert "no heading" in notes(found)


@pytest.mark.parametrize(
    "content",
    [
        "This is a letter to the head of the office about all the software that we would like to buy.\n" * 5,
        "name;url\nStatistics Norway;https://example.org\nStatistics Sweden;https://example.net\nX;https://example.com\n",
        "No;Kode Barang;Nama Barang;Merk/Type;Jumlah\n1;1.3.2;Laptop;Dell;3\n2;1.3.2;Kursi;Chitose;10\n3;1.3;Meja;X;1\n",
        "1\n2\n3\n4\n",
    ],
)
def test_what_is_no_list_of_software_is_a_problem(reading: Write, content: str) -> None:
    found = reading(content)
    assert not len(found.entries)
    assert len(found.problems) == 1


def test_a_register_read_as_an_inventory_is_a_problem(reading: Write) -> None:
    found = reading(
        "No;Nama Software;Jumlah;Tgl BAST;No BAST;Masa Berlaku s.d.;Harga Satuan (Rp)\n1;Office;5;x;y;31/12/2026;100\n"
    )
    assert "--register" in problems(found)[0][1]
    ordinary = reading("No;Nama Software;Jumlah;Harga\n1;Office;5;\n")
    assert not problems(ordinary)


def test_limits(reading: Write) -> None:
    small = ReadingContext(shipped_vocabulary(), Limits(cells=10, field_characters=50))
    with pytest.raises(UnreadableFile, match="10 cells"):
        reading("Software,Version\n" + "a,1\n" * 100, context=small)
    found = reading("Software,Version\na," + "1" * 60 + "\nb,2\n", context=small)
    assert names(found) == ["b"]
    assert [where for where, _ in problems(found)] == ["A2"]


@pytest.mark.parametrize(
    ("name", "content", "claimed"),
    [
        ("a.csv", "x,y\n", True),
        ("a.xlsx", "Software;Version\nGIMP;2\n", True),
        ("a.txt", "Software;Version\nGIMP;2\nZoom;3\n", True),
        ("a.txt", "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: x\n", False),
        ("a.txt", "Dear all,\n\nplease find the list below.\nBest, Me\n", False),
        ("a.csv", '{"bomFormat": "CycloneDX"}', False),
        ("a.csv", "<html><table></table></html>", False),
        ("a.csv", "PK\x03\x04xl/workbook.xml", False),
        ("a.json", "a,b\n", False),
    ],
)
def test_recognises_by_content_and_suffix(tmp_path: Path, name: str, content: str, claimed: bool) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert delimited.recognises(read_head(path)) is claimed


def test_formulas_and_markup_pass_as_text(reading: Write) -> None:
    found = reading(as_csv([["Software", "Version"], ["=cmd|' /C calc'!A0", "1"], ["<script>alert(1)</script>", "2"]]))
    assert names(found) == ["=cmd|' /C calc'!A0", "<script>alert(1)</script>"]


def as_csv(lines: Sequence[Sequence[str]], separator: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(lines)
    return text.getvalue()


def test_a_matrix_of_software_and_devices(reading: Write) -> None:
    found = reading(
        "No;Nama Software;Versi;PC-01;PC-02;Laptop 3;Jumlah\n1;GIMP;2.10;v;;√;2\n2;Office;2016;;;;0\n"
        "3;Zoom;5;tidak;1;;1\n;Jumlah;;1;1;1;3\n"
    )
    assert list(zip(column(found, "name"), column(found, "device"), strict=True)) == [
        ("GIMP", "PC-01"),
        ("Zoom", "PC-02"),
        ("GIMP", "Laptop 3"),
    ]
    assert [f"{place}{row}" for place, row in zip(column(found, "place"), column(found, "position"), strict=True)] == [
        "D2",
        "E4",
        "F2",
    ]
    assert skipped(found) == [("A3", SkipReason.NOT_INSTALLED), ("A5", SkipReason.TOTAL)]
    assert column(found, "quantity") == [1, 1, 1]
    assert "matrix" in notes(found)


def test_a_matrix_with_its_devices_named_below(reading: Write) -> None:
    found = reading("No;Software;Komputer;;\n;;Kasir;Gudang;Server\n1;GIMP;v;;v\n2;Zoom;;v;\n")
    assert column(found, "device") == ["Kasir", "Gudang", "Server"]
    assert column(found, "name") == ["GIMP", "Zoom", "GIMP"]
    assert skipped(found) == [("A2", SkipReason.HEADING)]


def test_marks_for_the_state_of_a_licence_are_no_devices(reading: Write) -> None:
    found = reading("No;Nama Software;Asli;Bajakan;2024;2025\n1;GIMP;v;;v;\n2;Office;;v;;v\n")
    assert column(found, "name") == ["GIMP", "Office"]
    assert column(found, "position") == [2, 3]


def test_a_form_names_its_device_above_the_table(reading: Write) -> None:
    found = reading(
        "KARTU INVENTARIS;;\nNama Komputer : PC-KEU-01;;\nAlamat IP;: 10.0.0.7;\nNo;Software;Versi\n1;GIMP;2.10\n2;Zoom;5\n"
    )
    assert column(found, "device") == ["PC-KEU-01", "PC-KEU-01"]
    assert not any(column(found, "unnamed"))


def test_devices_named_between_the_lines(reading: Write) -> None:
    found = reading("No;Software;Versi\nHostname: PC-1;;\n1;GIMP;2.10\n2;Zoom;5\n;Nama PC :;PC-2\n1;GIMP;2.10\n")
    assert list(zip(column(found, "name"), column(found, "device"), strict=True)) == [
        ("GIMP", "PC-1"),
        ("Zoom", "PC-1"),
        ("GIMP", "PC-2"),
    ]
    assert skipped(found) == [("A2", SkipReason.HEADING), ("A5", SkipReason.HEADING)]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "Err:504"])
def test_an_error_value_instead_of_a_name_is_a_problem(reading: Write, error: str) -> None:
    found = reading(f"No;Nama Software;Komputer\n1;GIMP;PC-1\n2;{error};PC-2\n;{error};\n")
    assert names(found) == ["GIMP"]
    assert [where for where, _ in problems(found)] == ["A3", "A4"]
    assert "Cell B3" in problems(found)[0][1]
    assert not found.skipped


def test_error_values_beside_the_name(reading: Write) -> None:
    found = reading("Nama Software;Versi;Jumlah Terpasang;Komputer\nGIMP;#N/A;1;PC-1\nOffice;1;#REF!;PC-1\nZoom;#N/A;;#N/A\n")
    assert list(zip(names(found), column(found, "version"), column(found, "device"), strict=True)) == [
        ("GIMP", "", "PC-1"),
        ("Zoom", "", ""),
    ]
    assert column(found, "unnamed") == [False, True]
    assert [where for where, _ in problems(found)] == ["A3"]
    assert "Cell C3" in problems(found)[0][1]
    assert "3 cells hold an error" in notes(found)
    assert "the first is B2" in notes(found)


def test_a_device_that_is_an_error_is_not_filled_down(reading: Write) -> None:
    found = reading("No;Komputer;Software\n1;PC-1;GIMP\n;#REF!;Office\n;;Zoom\n")
    assert column(found, "device") == ["PC-1", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "Café™ Söft",
        "Adobe® Photoshop® é",
        "ÇAGRI",
        "Müller-Öl Größe",
        "“Smart” – quotes… it’s",
        "µTorrent ½",
        "CrossCore® Studio",
    ],
)
def test_a_few_accents_are_western(reading: Write, text: str) -> None:
    for more in ("", "Office;2016\n" * 300):
        found = reading(f"Nama Software;Versi\n{more}{text};1\n".encode("cp1252"))
        assert (found.encoding, names(found)[-1]) == ("cp1252", text)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("金山办公软件", "gb18030"),
        ("腾讯QQ 腾讯科技", "gb18030"),
        ("百度网盘 安全卫士", "gb18030"),
        ("한컴오피스 한글", "cp949"),
        ("알집 이스트소프트", "cp949"),
        ("ウイルスバスター 一太郎", "cp932"),
        ("繁體中文軟體 台灣微軟", "big5"),
        ("倚天中文系統", "big5"),
        ("Касперский антивирус", "cp1251"),
    ],
)
def test_other_scripts_are_read_too(reading: Write, text: str, encoding: str) -> None:
    for more in ("", "Office;2016\n" * 300):
        found = reading(f"Nama Software;Versi\n{more}{text};1\n".encode(encoding))
        assert (found.encoding, names(found)[-1]) == (encoding, text)


def test_a_device_without_software_is_a_problem(reading: Write) -> None:
    found = reading("Software;Komputer\nGIMP;PC-1\nOffice;PC-2\n;PC-3\n;PC-4\n")
    assert names(found) == ["GIMP", "Office"]
    assert [where for where, _ in problems(found)] == ["A4", "A5"]
    numbered = reading("No;Software;Komputer\n1;GIMP;PC-1\n2;;PC-2\n3;;\n")
    assert [where for where, _ in problems(numbered)] == ["A3"]
    assert skipped(numbered) == [("A4", SkipReason.BLANK)]


@pytest.mark.parametrize(
    "content",
    [
        "Software;Versi;Komputer\nGIMP;2;PC-1\n;;PC-2\n;;PC-3\nOffice;2016;PC-1\n;;PC-3\nZoom;5;PC-2\n",
        "No;Software;Versi;Komputer\n1;GIMP;2;PC-1\n;;;PC-2\n;;;PC-3\n2;Office;2016;PC-1\n;;;PC-3\n3;Zoom;5;PC-2\n",
    ],
)
def test_software_written_once_for_its_devices(reading: Write, content: str) -> None:
    found = reading(content)
    assert list(zip(names(found), column(found, "version"), column(found, "device"), strict=True)) == [
        ("GIMP", "2", "PC-1"),
        ("GIMP", "2", "PC-2"),
        ("GIMP", "2", "PC-3"),
        ("Office", "2016", "PC-1"),
        ("Office", "2016", "PC-3"),
        ("Zoom", "5", "PC-2"),
    ]
    assert "3 lines name only a device" in notes(found)
    assert not found.problems
    assert not found.skipped


@pytest.mark.parametrize(
    "content",
    [
        "Komputer;Software\nPC-1;GIMP\nPC-2;\nPC-3;GIMP\nPC-4;\nPC-5;Zoom\n",  # sorted by device: nothing on two of them
        "Software;Komputer\nGIMP;PC-1\n;PC-1\nZoom;PC-2\n;PC-2\nOffice;PC-3\n",  # the same device again
        "Software;Komputer\nGIMP;PC-1\nGIMP;PC-2\n;PC-3\nZoom;PC-2\n;PC-4\nOffice;PC-3\n",  # a name that is repeated
        "Software;Komputer\n;PC-1\nGIMP;PC-2\n;PC-3\nZoom;PC-2\n;PC-4\nOffice;PC-3\n",  # one before all
        "No;Software;Komputer\n1;GIMP;PC-1\n2;Zoom;PC-2\n;;PC-4\n;;PC-5\n",  # at the end only: may be a form not filled in
    ],
)
def test_devices_are_not_given_software_by_a_guess(reading: Write, content: str) -> None:
    found = reading(content)
    assert len(found.entries) == sum(
        line.rstrip("\n").split(";")[-1] != "" and ";;" not in line and not line.startswith(";")
        for line in content.splitlines()[1:]
    )
    assert len(found.problems) == len(content.splitlines()) - 1 - len(found.entries)
    assert not found.skipped


@pytest.mark.parametrize("numbers", [False, True])
def test_a_device_above_its_software(reading: Write, numbers: bool) -> None:
    lines = ["Komputer;Software", "PC-1;", ";GIMP", ";Office", "PC-2;", ";GIMP"]
    if numbers:
        lines = [f"{number};{line}" for number, line in zip(["No", "", "1", "2", "", "1"], lines, strict=True)]
    found = reading("\n".join(lines))
    assert list(zip(names(found), column(found, "device"), strict=True)) == [
        ("GIMP", "PC-1"),
        ("Office", "PC-1"),
        ("GIMP", "PC-2"),
    ]
    assert skipped(found) == [("A2", SkipReason.HEADING), ("A5", SkipReason.HEADING)]
    assert not found.problems


def test_a_nameless_key_of_a_device_is_blank_in_an_export(reading: Write) -> None:
    found = reading("DisplayName,DisplayVersion,PSComputerName\nGIMP,2,PC-1\n,,PC-1\n,,PC-2\nZoom,5,PC-2\n,,PC-3\nX,1,PC-3\n")
    assert names(found) == ["GIMP", "Zoom", "X"]
    assert {reason for _, reason in skipped(found)} == {SkipReason.BLANK}


def test_remarks_below_the_devices_are_headings(reading: Write) -> None:
    found = reading("Komputer;Software\nRuang TU;\nPC-1;GIMP\n*) diisi petugas;\nHarap diisi lengkap oleh pengurus barang;\n")
    assert [reason for _, reason in skipped(found)] == [SkipReason.HEADING] * 3


def test_a_refused_table_says_what_its_heading_may_be(reading: Write) -> None:
    found = reading("DAFTAR ASET\nNo;Kode Barang;Uraian Aset;Merk\n1;1.3.2;Laptop;Dell\n2;1.3.2;Kursi;Chitose\n3;1.3;Meja;X\n")
    assert len(found.problems) == 1
    assert "Row 2 may be the heading: No · Kode Barang · Uraian Aset · Merk." in notes(found)


def test_an_error_instead_of_a_mark_is_a_problem(reading: Write) -> None:
    found = reading("No;Nama Software;PC-01;PC-02\n1;GIMP;v;#N/A\n2;#REF!;;v\n3;Zoom;v;v\n")
    assert names(found) == ["GIMP", "Zoom", "Zoom"]
    assert [where for where, _ in problems(found)] == ["A3", "D2"]
