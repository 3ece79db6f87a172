# SPDX-License-Identifier: Apache-2.0
"""What is hidden in a workbook is read and told; a version keeps the decimals that it is shown with."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from table_reading import CONTEXT, rows, said

from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading
from foss_audit.readers.sheets.biff_extents import ole_extents
from foss_audit.readers.sheets.number_formats import decimals_of

VERSIONS: list[tuple[object, str, str]] = [
    (3.1, "0.00", "3.10"),
    (5, "0.0", "5.0"),
    (2.1, '"v"#,##0.00;[Red]-0.00', "2.10"),
    (3.14, "0.0", "3.14"),
    (7.5, "General", "7.5"),
    (0.5, "0.00%", "0.5"),
    ("3.1", "0.00", "3.1"),
]


def workbook(path: Path, change: Callable[[bytes], bytes] = bytes) -> Reading:
    """Versions with number formats, rows 4 and 5 and column D hidden; `change` rewrites the XML of the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["No", "Software", "Versi", "Ket"])
    for number, (value, number_format, _) in enumerate(VERSIONS, 1):
        sheet.append([number, f"Aplikasi {number}", value, "x"])
        sheet.cell(number + 1, 3).number_format = number_format
    sheet.row_dimensions[4].hidden = sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    held = io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(content) if name.endswith("sheet1.xml") else content)
    return read_file(path, "inventaris.xlsx", CONTEXT)


@pytest.mark.parametrize(
    "change",
    [
        bytes,
        lambda xml: xml.replace(b'<c r="', b'<c  r="'),
        lambda xml: re.sub(rb'<c r="([A-Z]+\d+)" s="(\d+)"', rb'<c s="\2" r="\1"', xml),
    ],
    ids=["usual", "blanks", "order"],
)
def test_versions_and_hidden_cells_of_a_workbook(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    found = workbook(tmp_path / "inventaris.xlsx", change)
    assert [version for (version,) in rows(found, "version")] == [version for _, _, version in VERSIONS]
    assert "Rows 4–5 are hidden" in said(found)
    assert "Column D is hidden" in said(found)
    assert not found.problems


def test_versions_and_hidden_cells_of_an_open_document(tmp_path: Path) -> None:
    def cell(text: str, value: str = "") -> str:
        kind = f'office:value-type="float" office:value="{value}"' if value else 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"

    lines = [
        f"<table:table-row>{cell('Software')}{cell('Versi')}</table:table-row>",
        f"<table:table-row>{cell('Python')}{cell('3,10', '3.1')}</table:table-row>",
        f'<table:table-row table:visibility="filter">{cell("GIMP")}{cell("2.1", "2.10")}</table:table-row>',
        f"<table:table-row>{cell('Blender')}{cell('3.1', '3.14')}</table:table-row>",
    ]
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="Data"><table:table-column/>'
        '<table:table-column table:visibility="collapse"/>'
        f"{''.join(lines)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "inventaris.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    found = read_file(path, "inventaris.ods", CONTEXT)
    assert rows(found, "name", "version") == [("Python", "3.10"), ("GIMP", "2.1"), ("Blender", "3.14")]
    assert "Row 3 is hidden" in said(found)
    assert "Column B is hidden" in said(found)


def test_formats_and_hidden_cells_of_an_old_workbook() -> None:
    code = "0.000"
    content = compound(
        record(0x0809, b"\x00\x06\x05\x00" + bytes(12)),
        record(0x041E, struct.pack("<HHB", 164, len(code), 0) + code.encode()),
        *(record(0x00E0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 2, 164)),
        record(0x007D, struct.pack("<HHHHH", 3, 4, 0, 0, 1)),
        record(0x0208, struct.pack("<HHHHHHH", 5, 0, 9, 0, 0, 0, 0x20) + b"\0\0"),
        record(0x0203, struct.pack("<HHHd", 5, 1, 1, 3.1)),
        record(0x00BD, struct.pack("<HHHIHIH", 6, 0, 0, 0, 2, 0, 1)),
    )
    (extent,) = ole_extents(content)
    assert list(zip(extent.marks.rows, extent.marks.columns, extent.marks.decimals, strict=True)) == [(5, 1, 2), (6, 1, 3)]
    assert (extent.marks.hidden_rows, extent.marks.hidden_columns) == ([(5, 5)], [(3, 4)])


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def compound(*records: bytes) -> bytes:
    """A compound file with one stream, Workbook: a sector of allocations, one of the directory, and the stream."""
    stream = b"".join(records).ljust(4096, b"\0")
    sectors = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<I", header, 56, 4096)
    struct.pack_into("<II", header, 68, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    name = "Workbook".encode("utf-16-le") + b"\0\0"
    entry = bytearray(128)
    entry[: len(name)] = name
    struct.pack_into("<HB", entry, 64, len(name), 2)
    struct.pack_into("<II", entry, 116, 2, len(stream))
    root = bytearray(128)
    root[66] = 5
    allocations = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    return bytes(header) + allocations + (bytes(root) + bytes(entry)).ljust(512, b"\0") + stream


def test_a_version_that_became_a_date_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["Software", "Versi"], ["GIMP", "2.10"], ["Alat", date(2021, 1, 10)]):
        sheet.append(line)
    path = tmp_path / "inventaris.xlsx"
    book.save(path)
    found = read_file(path, "inventaris.xlsx", CONTEXT)
    assert rows(found, "version") == [("2.10",), ("2021-01-10",)]
    assert "The version in B3 is a date" in said(found)


@pytest.mark.parametrize(
    ("number", "code", "decimals"),
    [(0, None, 0), (2, None, 2), (14, None, 0), (164, "0.0", 1), (164, "0.00_ ", 2), (164, "dd.mm", 0), (164, "0.00E+00", 0)],
)
def test_decimals_of_a_number_format(number: int, code: str | None, decimals: int) -> None:
    assert decimals_of(number, code) == decimals
