# SPDX-License-Identifier: Apache-2.0
"""The workbooks, read back: every text is text, every sheet can be filtered and printed."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from foss_audit.reports import sheets
from foss_audit.reports.interface import ReportInput
from foss_audit.reports.text import excel_cell
from foss_audit.reports.xlsx import render

HEALTH = "dinas-kesehatan/report.xlsx"
Books = dict[str, Workbook]


def read(audit: ReportInput) -> Books:
    return {name: load_workbook(BytesIO(content)) for name, content in render(audit)}


@pytest.fixture
def books(audit: ReportInput) -> Books:
    return read(audit)


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def column(sheet: Worksheet, heading: str) -> list[object]:
    index = [cell.value for cell in sheet[1]].index(heading)
    return [row[index].value for row in sheet.iter_rows(min_row=2)]


def test_the_sheets_have_their_names(books: Books) -> None:
    assert shown(books["summary.xlsx"]) == ["Ringkasan", "Perangkat Daerah", "Temuan", "Tinjauan", "Posisi Pool", "Masalah"]
    assert shown(books[HEALTH]) == [
        "Ringkasan", "Temuan", "Tinjauan", "Posisi Lisensi", "Pilihan Perbaikan", "Rekonsiliasi",
        "Perangkat Lunak", "Instalasi", "Masalah",
    ]  # fmt: skip


def shown(book: Workbook) -> list[str]:
    """The sheets that people see."""
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def test_the_sheets_have_english_names(english_audit: ReportInput) -> None:
    assert shown(read(english_audit)[HEALTH]) == [
        "Summary", "Findings", "Review", "Licence positions", "Remedies", "Reconciliation",
        "Software", "Installations", "Problems",
    ]  # fmt: skip


def test_no_cell_is_a_formula_or_a_link(books: Books) -> None:
    for book in books.values():
        for sheet in book:
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_what_looks_like_a_formula_is_marked_as_text(books: Books) -> None:
    sheet = books[HEALTH]["Instalasi"]
    hostile = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(("=", "-", "@"))]
    assert {cell.value for cell in hostile} == {"=cmd|' /C calc'!A1", "-1", "@SUM(A1)"}
    assert all(cell.quotePrefix for cell in hostile)


@pytest.mark.parametrize("name", ["=1+1", "  =1+1", "\u00a0-1", "\uff1dcmd", "Editor; @SUM(A1)", "Editor\n+1"])
def test_what_becomes_a_formula_elsewhere_is_marked_on_every_sheet(
    name: str, audit: ReportInput, with_name: Callable[[ReportInput, str], ReportInput]
) -> None:
    book = read(with_name(audit, name))[HEALTH]
    named = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == name]
    assert len({cell.parent.title for cell in named}) == 2
    assert all(cell.quotePrefix for cell in named)


def test_versions_stay_text(books: Books) -> None:
    assert "9.20" in column(books[HEALTH]["Perangkat Lunak"], "Versi")
    assert all(value is None or isinstance(value, str) for value in column(books[HEALTH]["Instalasi"], "Versi"))


def test_every_installation_has_its_row(books: Books, audit: ReportInput) -> None:
    rows = audit.installations[audit.installations["agency"] == "Dinas Kesehatan"]
    sheet = books[HEALTH]["Instalasi"]
    assert sheet.max_row - 1 == len(rows)
    assert column(sheet, "Sumber") == list(rows["sources"])
    assert column(sheet, "Kelas").count("Tidak berlisensi") == 14


def test_table_sheets_can_be_filtered_and_printed(books: Books) -> None:
    for book in books.values():
        for sheet in (book[name] for name in shown(book)[1:]):
            assert sheet.freeze_panes == "A2"
            assert sheet.auto_filter.ref.startswith("A1:")
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.page_setup.orientation == "landscape"
            assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
            assert "&P" in str(sheet.oddFooter.right.text)
            assert sheet.oddFooter.center.text == "KONSEP"


def test_findings_stand_gravest_first_and_accepted_ones_last(books: Books) -> None:
    sheet = books[HEALTH]["Temuan"]
    assert column(sheet, "Keparahan") == ["Sangat tinggi", "Tinggi", "Tinggi", "Rendah", "Rendah", "Sedang"]
    assert column(sheet, "Tanggapan auditi") == [None] * 6
    assert column(sheet, "Judul temuan")[:2] == ["Alat aktivasi tidak sah", "Lisensi telah berakhir"]
    assert column(sheet, "Pokok temuan")[:2] == ["KMSpico", "WinRAR"]
    assert "dan 48 lainnya" in str(column(sheet, "Bukti")[2])


def test_positions_have_the_words_of_the_inspectorate(books: Books) -> None:
    sheet = books[HEALTH]["Posisi Lisensi"]
    office = {name: column(sheet, name)[0] for name in ("Terpasang", "Dimiliki", "Dari pool", "Terpakai", "Kurang", "Lebih")}
    assert office == {"Terpasang": 12, "Dimiliki": 6, "Dari pool": 2, "Terpakai": 8, "Kurang": 4, "Lebih": 0}
    assert column(sheet, "Dimiliki")[1] == "tidak terbatas"


def test_the_summaries_say_the_verdict_and_end_with_signatures(books: Books) -> None:
    region, agency = texts(books["summary.xlsx"]["Ringkasan"]), texts(books[HEALTH]["Ringkasan"])
    assert region.index("Kecamatan Selemadeg Barat") < region.index("Tidak patuh")
    assert agency.index("Tidak patuh") < agency.index("14 dari 74 instalasi terindikasi digunakan tanpa lisensi.")
    for sheet in (region, agency):
        assert sheet[0].startswith("KONSEP")
        assert sheet[-9:-3] == [
            "Disusun oleh", "Direviu oleh", "Disetujui oleh", "Ketua Tim", "Pengendali Teknis", "Pengendali Mutu",
        ]  # fmt: skip


def test_problems_and_notes_share_a_sheet(books: Books) -> None:
    assert column(books[HEALTH]["Masalah"], "Jenis") == ["Masalah", "Masalah", "Catatan", "Catatan"]
    assert column(books["summary.xlsx"]["Masalah"], "Perangkat daerah")[0] == "–"


def test_more_rows_than_a_sheet_holds_go_on_in_another(audit: ReportInput, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 30)
    book = read(audit)[HEALTH]
    parts = [book[name] for name in ("Instalasi", "Instalasi 2", "Instalasi 3")]
    assert [sheet.max_row - 1 for sheet in parts] == [30, 30, 14]
    assert [cell.value for cell in parts[2][1]] == [cell.value for cell in parts[0][1]]


def test_a_text_beyond_the_limit_of_excel_is_cut(
    audit: ReportInput, with_name: Callable[[ReportInput, str], ReportInput]
) -> None:
    sheet = read(with_name(audit, "é" * 40_000))[HEALTH]["Perangkat Lunak"]
    longest = max((str(value) for value in column(sheet, "Perangkat Lunak")), key=len)
    assert (len(longest), longest[-1]) == (32_767, "…")


def test_the_limit_counts_as_excel_does() -> None:
    cut = excel_cell("😀" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert excel_cell("😀" * 16_383) == "😀" * 16_383


def test_an_agency_name_is_no_footer_code(audit: ReportInput) -> None:
    first, *others = audit.result.agencies
    result = replace(audit.result, agencies=(replace(first, agency="Dinas P&K &D"), *others))
    sheet = read(replace(audit, result=result))[HEALTH]["Temuan"]
    assert sheet.oddFooter.left.text == "Dinas P&&K &&D"


def test_odd_characters_survive(audit: ReportInput, with_name: Callable[[ReportInput, str], ReportInput]) -> None:
    name = " A <b> & \"c\" 'd'\n_x0041_ \x0b\r é😀 "
    book = read(with_name(audit, name))[HEALTH]
    assert name in [unescape(str(value)) for value in column(book["Instalasi"], "Perangkat Lunak")]
    assert name in [unescape(str(value)) for value in column(book["Perangkat Lunak"], "Perangkat Lunak")]
