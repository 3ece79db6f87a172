# SPDX-License-Identifier: Apache-2.0
"""One agency under its many names, and folder names that are safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foss_audit.agencies import AgencyRow, AgencyTable, names_whole_region, slug, slugs
from foss_audit.rulebook import load_rulebook

TABLE = AgencyTable(load_rulebook().agencies)


@pytest.mark.parametrize(
    "name",
    [
        "Diskominfo",
        "Dinas Kominfo",
        "Dinas Komunikasi dan Informatika",
        "DINAS KOMUNIKASI & INFORMATIKA",
        "Dinas Komunikasi dan Informatika Kabupaten Tabanan",
        "dinas-komunikasi-dan-informatika",
        "dinas_komunikasi_dan_informatika",
        "Dinas Komunikasi dan Informatika Kab. Tabanan",
        "Diskominfo Kota Denpasar",
        "dinas-komunikasi-dan-informatika-kabupaten-tabanan",
    ],
)
def test_many_names_are_one_agency(name: str) -> None:
    assert TABLE.canonical(name) == "Dinas Komunikasi dan Informatika"


@pytest.mark.parametrize("name", ["Kecamatan Kota Baru", "Sekretariat", "Puskesmas Kediri", "sheet1", ""])
def test_other_names_stay_what_they_are(name: str) -> None:
    assert TABLE.find(name) is None
    assert TABLE.canonical(name) == name


def test_no_name_of_the_table_means_two_agencies() -> None:
    rows = load_rulebook().agencies
    owners: dict[str, str] = {}
    for row in rows:
        for name in (row.name, *row.aliases):
            key = " ".join(name.casefold().replace("-", " ").split())
            assert owners.setdefault(key, row.name) == row.name, name


def test_the_projects_own_table_comes_first() -> None:
    table = AgencyTable([*load_rulebook().agencies, AgencyRow("Dinas PU Kita", ("PUPR",))])
    assert table.canonical("pupr") == "Dinas PU Kita"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Semua",
        "semua OPD",
        "Seluruh OPD",
        "Seluruh Perangkat Daerah",
        "Kabupaten Tabanan",
        "Pemerintah Kabupaten Tabanan",
        "Pemkab Tabanan",
    ],
)
def test_the_whole_region(text: str) -> None:
    assert names_whole_region(text)


@pytest.mark.parametrize("text", ["Dinas Kesehatan Kabupaten Tabanan", "Kabag Umum", "Semuanya Jaya"])
def test_not_the_whole_region(text: str) -> None:
    assert not names_whole_region(text)


@given(st.lists(st.text(max_size=30), unique=True))
def test_slugs_are_safe_distinct_and_stable(names: list[str]) -> None:
    given_slugs = slugs(names)
    assert len(set(given_slugs.values())) == len(names)
    assert given_slugs == slugs(reversed(names))
    for one in given_slugs.values():
        assert one and set(one) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and not one.startswith("-")


def test_windows_device_names_are_no_folders() -> None:
    assert slug("CON") == "con-opd" and slug("..\\..\\x") == "x"
