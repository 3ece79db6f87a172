# SPDX-License-Identifier: Apache-2.0
"""Workbooks as agencies hand them in, and those meant to harm."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from table_vocabulary import shipped_vocabulary

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import read_file
from foss_audit.readers.interface import Limits, Reading, ReadingContext
from foss_audit.readers.sheets import workbook_grid
from foss_audit.readers.sheets.grids import open_grids
from foss_audit.tables import find_table

CONTEXT = ReadingContext(shipped_vocabulary())
Rows = Sequence[Sequence[object]]
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Reading]:
    def write(sheets: dict[str, Rows], merged: Sequence[str] = (), hidden: Sequence[str] = ()) -> Reading:
        path = tmp_path / "inventory.xlsx"
        save(path, sheets, merged, hidden)
        return read_file(path, "inventory.xlsx", CONTEXT)

    return write


def save(path: Path, sheets: dict[str, Rows], merged: Sequence[str] = (), hidden: Sequence[str] = ()) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in merged:
            sheet.merge_cells(cells)
        if name in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)


def column(reading: Reading, name: str) -> list[object]:
    values = reading.entries[name]
    return (values.astype(str) if values.dtype == "category" else values).tolist()


def test_reads_every_sheet_with_its_own_rows(reading: Callable[..., Reading]) -> None:
    found = reading(
        {
            "Lantai 1": [["Daftar"], [], ["No", "Nama Software", "Versi"], [1, "GIMP", "2.10"]],
            "Lampiran": [["Surat pengantar"], ["Terlampir daftar perangkat lunak dinas kami."]],
            "Lantai 2": [["Software", "Version"], ["Office", 2016]],
            "Kosong": [],
        },
        hidden=["Lantai 2"],
    )
    assert column(found, "place") == ["Lantai 1!A", "Lantai 2!A"]
    assert column(found, "position") == [4, 2]
    assert [(sheet.sheet, sheet.header_row) for sheet in found.sheets] == [("Lantai 1", 3), ("Lantai 2", 1)]
    assert sorted(note.source.locator for note in found.notes) == ["Lampiran", "Lantai 2"]
    assert not found.problems


def test_versions_are_as_the_sheet_shows_them(reading: Callable[..., Reading]) -> None:
    cells: list[object] = [10.0, 3.1, "3.10", "007", date(2020, 1, 5), datetime(2020, 1, 5, 10, 30), True, 1e20, 2016]
    found = reading({"S": [["Software", "Version"], *(["App", cell] for cell in cells)]})
    assert column(found, "version") == [
        "10", "3.1", "3.10", "007", "2020-01-05", "2020-01-05 10:30:00", "TRUE", "1e+20", "2016",
    ]  # fmt: skip


def test_merged_cells_are_filled_down(reading: Callable[..., Reading]) -> None:
    found = reading(
        {
            "S": [
                ["OPD", "Hostname", "Software", "Version"],
                ["Dinas A", "PC-1", "GIMP", "2"],
                [None, None, "Office", "2016"],
                [None, "PC-2", "Chrome", "1"],
                [None, "PC-3", None, None],
            ]
        },
        merged=["A2:A5", "B2:B3", "C4:C5", "D4:D5"],
    )
    assert column(found, "agency") == ["Dinas A"] * 4
    assert column(found, "device") == ["PC-1", "PC-1", "PC-2", "PC-3"]
    assert column(found, "name") == ["GIMP", "Office", "Chrome", "Chrome"]
    assert not any(column(found, "unnamed"))


def test_a_merged_heading_over_two_rows(reading: Callable[..., Reading]) -> None:
    found = reading(
        {
            "S": [
                ["INVENTARIS"],
                ["No", "Perangkat Lunak", None, "Jumlah", None],
                [None, "Nama", "Versi", "Terpasang", "Lisensi"],
                [1, "GIMP", "2.10", 4, 9],
            ]
        },
        merged=["A2:A3", "B2:C2", "D2:E2"],
    )
    assert found.sheets[0].header_row == 2
    assert column(found, "name") == ["GIMP"]
    assert column(found, "quantity") == [4]


def test_a_table_without_a_heading_is_a_problem(reading: Callable[..., Reading]) -> None:
    found = reading({"A": [["Software", "Version"], ["GIMP", 2]], "B": [[1, 2, 3]] * 4})
    assert [problem.source.locator for problem in found.problems] == ["B"]
    assert "no heading that names software" in str(found.problems[0].message)


def test_typed_values_stand_beside_the_texts(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    save(
        path,
        {"R": [["Nama Software", "Jumlah Lisensi", "Masa Berlaku s.d."], ["Office", 25, date(2026, 12, 31)], ["X", "-", ""]]},
    )
    grid = open_grids(path, "register.xlsx", CONTEXT).grids[0]
    table = find_table(grid, CONTEXT.vocabulary.register_headings, CONTEXT.vocabulary.words, required="product")
    assert table is not None
    first, second = table.lines()
    assert (first.text("product"), first.value("quantity"), first.value("end")) == ("Office", 25, date(2026, 12, 31))
    assert (second.value("quantity"), second.text("end"), second.text("price")) == ("", "", "")
    assert table.locator(first.row) == "R!A2"


def test_total_and_zero(reading: Callable[..., Reading]) -> None:
    found = reading({"S": [["Nama Aplikasi", "Jumlah Terpasang"], ["GIMP", 3], ["Zoom", 0], ["Jumlah", 3], [None, 3]]})
    assert column(found, "quantity") == [3]
    assert [(line.source.locator, line.reason) for line in found.skipped] == [
        ("S!A3", SkipReason.NOT_INSTALLED), ("S!A4", SkipReason.TOTAL), ("S!A5", SkipReason.TOTAL),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c s="0" r = \'XFD1048576\'><v>1</v></c></row>',
        f'<x:row xmlns:x="{NAMESPACE}" r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4000000000"><c r="A4000000000"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZZ99999999"><v>1</v></c></row>',
        '<row r="1"><c><v>1</v></c></row><row r="4000000000"><c><v>1</v></c></row>',
    ],
)
def test_cells_far_apart_are_refused(tmp_path: Path, cells: str) -> None:
    path = tmp_path / "far.xlsx"
    with_sheet(path, cells)
    with pytest.raises(UnreadableFile, match="more than 30000000 cells"):
        read_file(path, "far.xlsx", CONTEXT)


def test_formats_far_off_without_content_are_no_cells(tmp_path: Path) -> None:
    path = tmp_path / "formatted.xlsx"
    with_sheet(
        path,
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Software</t></is></c><c r="XFD1" s="0"/></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>GIMP</t></is></c></row><row r="1048576"><c r="XFD1048576" s="0"></c></row>',
    )
    assert column(read_file(path, "formatted.xlsx", CONTEXT), "name") == ["GIMP"]


def test_a_part_larger_than_it_declares_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with_sheet(path, "<row/>" + " " * 3_000_000)
    content = bytearray(path.read_bytes())
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46  # its header in the directory at the end
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        read_file(path, "bomb.xlsx", ReadingContext(shipped_vocabulary(), Limits(unpacked_bytes=1_000_000)))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged"),
        (b"<html><table><tr><td>Software</td></tr></table></html>", "none"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_what_is_no_readable_workbook_is_told(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=what):
        read_file(path, "book.xlsx", CONTEXT)


def test_an_archive_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableFile, match="no workbook"):
        read_file(path, "book.xlsx", CONTEXT)


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "inventory.csv"
    save(tmp_path / "a.xlsx", {"S": [["Software"], ["GIMP"]]})
    path.write_bytes((tmp_path / "a.xlsx").read_bytes())
    assert read_file(path, "inventory.csv", CONTEXT).reader == "spreadsheet"


def test_damage_anywhere_is_unreadable_and_nothing_worse(tmp_path: Path) -> None:
    save(tmp_path / "good.xlsx", {"S": [["Software", "Version"], *([f"App {n}", str(n)] for n in range(50))]})
    good = (tmp_path / "good.xlsx").read_bytes()
    path = tmp_path / "bad.xlsx"
    for at in range(0, len(good), max(len(good) // 120, 1)):
        path.write_bytes(good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :])
        try:
            read_file(path, "bad.xlsx", CONTEXT)
        except UnreadableFile:
            continue


def test_a_panic_of_the_library_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    class Book:
        @staticmethod
        def from_path(path: str) -> None:
            raise PanicException("attempt to subtract with overflow")

    path = tmp_path / "inventory.xlsx"
    save(path, {"S": [["Software"], ["GIMP"]]})
    monkeypatch.setattr(workbook_grid, "CalamineWorkbook", Book)
    with pytest.raises(UnreadableFile, match="damaged"):
        read_file(path, "inventory.xlsx", CONTEXT)


def test_all_kinds_of_workbook_of_the_corpus_open(corpus: Path) -> None:
    for path in sorted((corpus / "spreadsheet").rglob("*.[xo][ld]s*")):
        opened = open_grids(path, path.name, CONTEXT)
        assert opened.grids or opened.problems, path.name


def test_an_ods_with_repeated_cells_far_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "far.ods"
    open_document(
        path,
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
        "</table:table-row></table:table>",
    )
    with pytest.raises(UnreadableFile, match="more than 30000000 cells"):
        read_file(path, "far.ods", CONTEXT)


FORMULAS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>No</t></is></c><c r="B1" t="inlineStr"><is><t>Nama Software</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>Komputer</t></is></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><f>VLOOKUP(1,X!A:B,2)</f><v>#N/A</v></c>{device}</row>'
    '<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="e"><v>#REF!</v></c>{device}</row>'
    '<row r="4"><c r="A4"><v>3</v></c><c r="B4"><f>A1</f><v></v></c>{device}</row>'
    '<row r="5"><c r="A5"><v>4</v></c><c r="B5"><f t="shared" si="0"/></c>{device}</row>'
    '<row r="6"><c r="A6"><v>5</v></c><c r="B6" t="str"><f>A1</f><v>GIMP</v></c>{device}</row>'
    '<row r="7"><c r="A7"><v>6</v></c><c r="B7" t="str"><f>IF(A1="","",A1)</f><v></v></c></row>'
    '<row r="8"><c r="B8" t="e"><f>A1</f><v>#NAME?</v></c></row>'
    '<row r="9"><c r="B9"><f>A1</f><v/></c></row>'
).replace("{device}", '<c r="C1" t="inlineStr"><is><t>PC-1</t></is></c>')


@pytest.mark.parametrize("unusual", [False, True])
def test_failed_formulas_instead_of_names_are_problems(tmp_path: Path, unusual: bool) -> None:
    path = tmp_path / "recap.xlsx"
    cells = FORMULAS
    for row in range(2, 7):
        cells = cells.replace('<c r="C1" t="inlineStr"><is><t>PC-1', f'<c r="C{row}" t="inlineStr"><is><t>PC-{row}', 1)
    with_sheet(path, cells.replace('<c r="', '<c  r="') if unusual else cells)
    found = read_file(path, "recap.xlsx", CONTEXT)
    assert column(found, "name") == ["GIMP"]
    assert [problem.source.locator for problem in found.problems] == [f"Sheet!A{row}" for row in (2, 3, 4, 5, 8, 9)]
    assert "Cell B4 holds an error or a formula without a result" in str(found.problems[2].message)
    assert [(line.source.locator, line.reason) for line in found.skipped] == [("Sheet!A7", SkipReason.BLANK)]


def test_failed_formulas_are_found_in_the_right_sheet(reading: Callable[..., Reading]) -> None:
    found = reading(
        {
            "Kosong": [],
            "Rekap": [["Nama Software", "Komputer"], ["GIMP", "PC-1"]],
            "Rumus": [["Nama Software", "Komputer"], ["=Rekap!A2", "PC-2"], ["#REF!", "PC-3"]],
            "Satu": [["Nama Software"], ["=Rekap!A2"]],
        }
    )
    assert column(found, "device") == ["PC-1", ""][:1]
    assert [problem.source.locator for problem in found.problems] == ["Rumus!A2", "Rumus!A3", "Satu!A2"]


def test_a_sheet_of_nothing_but_errors_is_a_problem(reading: Callable[..., Reading]) -> None:
    found = reading({"S": [["=A1", "=B1"], ["#REF!", "#N/A"]]})
    assert [problem.source.locator for problem in found.problems] == ["S"]
    assert "4 cells" in str(found.problems[0].message)


def test_errors_of_an_open_document_are_problems(tmp_path: Path) -> None:
    path = tmp_path / "recap.ods"
    text = 'office:value-type="string"'
    rows = [
        f"<table:table-cell {text}><text:p>Software</text:p></table:table-cell>"
        f"<table:table-cell {text}><text:p>Komputer</text:p></table:table-cell>",
        f'<table:table-cell table:formula="of:=1" {text} office:string-value="" calcext:value-type="error">'
        f"<text:p>#N/A</text:p></table:table-cell><table:table-cell {text}><text:p>PC-1</text:p></table:table-cell>",
        f'<table:table-cell table:formula="of:=1"/><table:table-cell {text}><text:p>PC-2</text:p></table:table-cell>',
    ]
    rows_of_sheet = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    open_document(path, f'<table:table table:name="A"/><table:table table:name="B">{rows_of_sheet}</table:table>')
    found = read_file(path, "recap.ods", CONTEXT)
    assert [problem.source.locator for problem in found.problems] == ["B!A2", "B!A3"]


@pytest.mark.parametrize("writing", ['t="s"', "t='s'", 't = "s"'])
def test_a_long_text_shown_by_many_cells_is_refused(tmp_path: Path, writing: str) -> None:
    path = tmp_path / "amplified.xlsx"
    cells = "".join(f'<row r="{row}"><c r="A{row}" {writing}><v>1</v></c></row>' for row in range(1, 20001))
    with_sheet(path, cells, ["Software", "x" * 32000])
    with pytest.raises(UnreadableFile, match="more than 500000000 characters"):
        read_file(path, "amplified.xlsx", CONTEXT)


def test_a_long_text_shown_once_among_many_is_read(tmp_path: Path) -> None:
    path = tmp_path / "remark.xlsx"
    cells = (
        "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{min(row - 1, 1)}</v></c></row>' for row in range(1, 20001))
        + '<row r="20001"><c r="B20001" t="s"><v>2</v></c></row>'
    )
    with_sheet(path, cells, ["Software", "GIMP", "x" * 90000])
    assert len(read_file(path, "remark.xlsx", CONTEXT).entries) == 19999


def test_estimates_of_several_sheets_are_not_added_up(tmp_path: Path) -> None:
    path = tmp_path / "several.xlsx"
    texts = [0, *([1] * 50), 2]
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{text}</v></c></row>' for row, text in enumerate(texts, 1))
    with_sheet(path, cells, ["Software", "GIMP", "x" * 200], sheets=3)
    few = Limits(characters=15_000)  # a sheet has 52 cells: 13,000 characters, if all were as long as the longest
    assert len(read_file(path, "several.xlsx", ReadingContext(CONTEXT.vocabulary, few)).entries) == 153


def test_a_text_repeated_over_an_open_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "amplified.ods"
    body = (
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1000">'
        f'<table:table-cell table:number-columns-repeated="100" office:value-type="string"><text:p>{"x" * 10000}</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    open_document(path, body)
    with pytest.raises(UnreadableFile, match="more than 500000000 characters"):
        read_file(path, "amplified.ods", CONTEXT)


def open_document(path: Path, tables: str) -> None:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    calculated = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces} {calculated}>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )


def with_sheet(path: Path, cells: str, strings: Sequence[str] = (), sheets: int = 1) -> None:
    """A workbook whose sheets hold the given XML rows, and that stores the given texts once for all cells."""
    book = io.BytesIO()
    made = openpyxl.Workbook()
    for _ in range(1, sheets):
        made.create_sheet()
    made.save(book)
    sheet = f'<?xml version="1.0"?><worksheet xmlns="{NAMESPACE}"><sheetData>{cells}</sheetData></worksheet>'
    items = "".join(f"<si><t>{text}</t></si>" for text in strings)
    table = f'<?xml version="1.0"?><sst xmlns="{NAMESPACE}">{items}</sst>'
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "xl/sharedStrings.xml":
                new.writestr(name, sheet if name.startswith("xl/worksheets/sheet") else old.read(name))
        new.writestr("xl/sharedStrings.xml", table)
