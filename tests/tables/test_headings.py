# SPDX-License-Identifier: Apache-2.0
"""Which row is the heading, and what its cells name."""

import pytest
from table_vocabulary import shipped_vocabulary

from foss_audit.tables import Header, find_header, looks_like_register, normalise_heading

VOCABULARY = shipped_vocabulary()


def inventory(*rows: list[str]) -> Header | None:
    return find_header(rows, VOCABULARY.headings, VOCABULARY.words, "name")


def register(*rows: list[str]) -> Header | None:
    return find_header(rows, VOCABULARY.register_headings, VOCABULARY.words, "product")


@pytest.mark.parametrize(
    ("found", "canonical"),
    [
        ("NAMA PERANGKAT\nLUNAK *", "name"),
        ("nama_software", "name"),
        ("Nama\u00a0Aplikasi :", "name"),
        ("DisplayName", "name"),
        ("application-name", "name"),
        ("Logiciel", "name"),
        ("Versi", "version"),
        ("DisplayVersion", "version"),
        ("Pencipta / Vendor", "publisher"),
        ("Jenis Lisensi", "license"),
        ("Status Lisensi", "claim"),
        ("Lisensi (Ada/Tidak)", "claim"),
        ("OPD", "agency"),
        ("Ruang / Unit Pemegang", "location"),
        ("No. Inventaris PC", "device"),
        ("Hostname", "device"),
        ("Nama Pemakai", "user"),
        ("Jumlah Terpasang", "quantity"),
        ("Qty", "quantity"),
        ("Jumlah Lisensi", "license_quantity"),
        ("No.", "number"),
        ("#", "number"),
        ("Ket.", "remark"),
        ("Package URL", "purl"),
    ],
)
def test_headings_of_inventories(found: str, canonical: str) -> None:
    assert VOCABULARY.headings[normalise_heading(found)] == canonical


@pytest.mark.parametrize(
    ("found", "canonical"),
    [
        ("NAMA ASET / LISENSI", "product"),
        ("JUMLAH", "quantity"),
        ("Jml Lisensi", "quantity"),
        ("SATUAN", "unit"),
        ("HARGA SATUAN (RP)", "price"),
        ("TOTAL NILAI ATB (RP)", "total_price"),
        ("NO SP2D", "sp2d"),
        ("NO BAST", "bast"),
        ("TGL BAST", "bast_date"),
        ("NO SPK", "contract"),
        ("NO FAKTUR/INVOICE", "invoice"),
        ("Berlaku s.d.", "end"),
        ("Masa Berlaku s/d", "end"),
        ("tgl_habis", "end"),
        ("tgl_pembelian", "purchased"),
        ("Tahun Perolehan", "year"),
        ("Sumber Dana", "fund"),
        ("Penyedia", "supplier"),
        ("key_lisensi", "key"),
        ("S/N", "key"),
        ("Jumlah Terpakai", "installed"),
    ],
)
def test_headings_of_registers(found: str, canonical: str) -> None:
    header = register(["Nama Software", "Versi", found] if canonical != "product" else [found, "Versi"])
    assert header is not None
    assert header.headings.get(canonical) == found


def test_the_richest_row_is_the_heading() -> None:
    header = inventory(["Software"], ["", ""], ["No", "Software", "Versi"], ["1", "Aplikasi", "Version"])
    assert header is not None
    assert (header.row, header.height) == (2, 1)


def test_a_title_over_a_heading_is_no_first_row_of_it() -> None:
    header = inventory(["DAFTAR SOFTWARE", "", ""], ["Nama", "Versi", "Lisensi"], ["GIMP", "2", "GPL"])
    assert header is not None
    assert (header.row, header.height) == (1, 1)


def test_lower_cells_are_read_under_the_cell_above_them() -> None:
    # The make of a computer is not the publisher of its software.
    header = inventory(["No", "Komputer", "", "Pengguna", "Perangkat Lunak", ""], ["", "Nama", "Merk", "Nama", "Nama", "Versi"])
    assert header is not None
    assert dict(header.columns) == {"number": 0, "device": 1, "user": 3, "name": 4, "version": 5}


def test_a_row_of_software_below_is_no_second_row_of_the_heading() -> None:
    header = inventory(["No", "Software", "Versi"], ["1", "Microsoft Office", "2016"])
    assert header is not None
    assert header.height == 1
    assert header.body == 1


@pytest.mark.parametrize(
    "row",
    [
        ["name", "url"],
        ["id", "name"],
        ["Nama", "NIP", "Jabatan"],
        ["Nama Barang", "Merk", "Jumlah"],
        ["Title", "Author", ""][:1],
        ["Produk"],
    ],
)
def test_a_name_of_anything_is_no_heading_of_software(row: list[str]) -> None:
    assert inventory(row) is None


@pytest.mark.parametrize(
    "row", [["Name", "Version"], ["Nama", "Versi"], ["name", "id", "purl"], ["Nama Barang", "Jenis Lisensi"]]
)
def test_a_name_beside_a_version_is_one(row: list[str]) -> None:
    assert inventory(row) is not None


def test_registers_are_told_from_inventories() -> None:
    assert looks_like_register({"product", "quantity", "end", "bast"})
    assert not looks_like_register({"product", "quantity", "end", "bast", "device"})
    assert not looks_like_register({"product", "quantity", "installed", "price", "end"})
    assert not looks_like_register({"product", "quantity", "metric"})
