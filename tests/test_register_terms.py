# SPDX-License-Identifier: Apache-2.0
"""What register lines say of the right in words: metric, releases, rights to others, devices, allotments."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foss_audit.device_names import device_names
from foss_audit.entitlement import Metric, VersionRights
from foss_audit.register_terms import TermWords
from foss_audit.rulebook import load_rulebook


@cache
def _terms() -> TermWords:
    vocabulary = load_rulebook().vocabulary
    return TermWords(vocabulary.words, vocabulary.months)


@pytest.mark.parametrize(
    ("cells", "texts", "metric"),
    [
        (("OEM",), (), Metric.OEM),
        (("Lisensi OEM",), (), Metric.OEM),
        (("",), ("Windows 11 Pro", "OEM, melekat pada PC"), Metric.OEM),
        (("",), ("Windows 11 Pro OEM",), Metric.OEM),
        (("",), ("Windows 11 Pro", "non-OEM"), Metric.DEVICE),
        (("",), ("Windows 11 Pro", "bukan OEM"), Metric.DEVICE),
        (("",), ("Poem Reader",), Metric.DEVICE),
        (("Per User",), (), Metric.USER),
        (("Per Pengguna",), (), Metric.USER),
        (("Per Perangkat",), (), Metric.DEVICE),
        (("Perpetual",), ("OEM",), Metric.OEM),
        (("Retail",), ("OEM",), Metric.DEVICE),
        (("Site License",), (), Metric.SITE),
        (("Concurrent User",), (), Metric.CONCURRENT),
        (("", "User"), (), Metric.USER),
        (("Per Core",), (), Metric.CORE),
        (("CAL",), (), Metric.CAL),
        (("Akademik",), (), Metric.ACADEMIC),
        (("Trial",), (), Metric.EVALUATION),
        (("Trial 30 hari",), (), Metric.EVALUATION),
        (("Edukasi",), (), Metric.ACADEMIC),
        (("", ""), ("AutoCAD", "", ""), Metric.DEVICE),
    ],
)
def test_metric(cells: tuple[str, ...], texts: tuple[str, ...], metric: Metric) -> None:
    assert _terms().metric(cells, texts) is metric


@pytest.mark.parametrize(
    ("cell", "releases", "rights"),
    [
        ("", (), VersionRights()),
        ("-", (), VersionRights()),
        ("Semua versi", (), VersionRights()),
        ("Terbaru", (), VersionRights()),
        ("2021", ("2021",), VersionRights()),
        ("v11", ("11",), VersionRights()),
        ("Versi 2021", ("2021",), VersionRights()),
        ("16.0.10396", ("16.0.10396",), VersionRights()),
        ("2019 dan 2021", ("2019", "2021"), VersionRights()),
        ("2019/2021", ("2019", "2021"), VersionRights()),
        ("2016 s.d. 2019", ("2016", "2017", "2018", "2019"), VersionRights()),
        ("2019 ke atas", ("2019",), VersionRights(upgrade=True)),
        ("2016+", ("2016",), VersionRights(upgrade=True)),
        ("min. 2016", ("2016",), VersionRights(upgrade=True)),
        (">= 2016", ("2016",), VersionRights(upgrade=True)),
        ("maks. 2019", ("2019",), VersionRights(downgrade=True)),
        ("2019 atau lebih rendah", ("2019",), VersionRights(downgrade=True)),
        ("2019.0", ("2019",), VersionRights()),
        ("2019 (16.0)", ("2019",), VersionRights()),
        ("2019 / 16.0.10396", ("2019",), VersionRights()),
        ("X7 s.d. 2019", ("X7", "…", "2019"), VersionRights()),
        ("CS5-CS6", ("CS5", "…", "CS6"), VersionRights()),
        ("CS6", ("CS6",), VersionRights()),
        ("X7", ("X7",), VersionRights()),
        ("2012 R2", ("2012 R2",), VersionRights()),
        ("Professional Plus", (), VersionRights()),
    ],
)
def test_releases(cell: str, releases: tuple[str, ...], rights: VersionRights) -> None:
    assert _terms().releases(cell, lambda first, last: (first, "…", last)) == (releases, rights)


@pytest.mark.parametrize(
    ("remark", "rights"),
    [
        ("termasuk hak downgrade ke versi 2019 dan 2016", VersionRights(True, ("2019", "2016"))),
        ("Termasuk hak downgrade", VersionRights(True)),
        ("hak downgrade 2 versi sebelumnya", VersionRights(True, downgrade_steps=2)),
        ("hak downgrade (N-1)", VersionRights(True, downgrade_steps=1)),
        ("hak downgrade minimal versi 2016", VersionRights(True, downgrade_not_before="2016")),
        ("downgrade rights s.d. 2016", VersionRights(True, downgrade_not_before="2016")),
        ("dapat didowngrade ke versi sebelumnya", VersionRights(True)),
        ("dapat diturunkan ke versi 2016", VersionRights(True, ("2016",))),
        ("downgrade rights to 2019, 2016", VersionRights(True, ("2019", "2016"))),
        ("hak downgrade ke Windows 10", VersionRights(True, ("10",))),
        ("tanpa hak downgrade", VersionRights()),
        ("tidak ada hak downgrade", VersionRights()),
        ("tidak termasuk hak downgrade", VersionRights()),
        ("hak downgrade: tidak ada", VersionRights()),
        ("hak downgrade belum termasuk", VersionRights()),
        ("downgrade not allowed", VersionRights()),
        ("diusulkan downgrade ke 2016", VersionRights()),
        ("hak upgrade: tidak", VersionRights()),
        ("tanpa maintenance, termasuk hak downgrade", VersionRights(True)),
        ("tidak termasuk downgrade", VersionRights()),
        ("berlangganan 1 tahun", VersionRights()),
        ("termasuk maintenance s.d. 31 Desember 2026", VersionRights(upgrade=True, upgrade_until=date(2026, 12, 31))),
        ("Software Assurance sampai 30/06/2025", VersionRights(upgrade=True, upgrade_until=date(2025, 6, 30))),
        ("maintenance 1 tahun", VersionRights(upgrade=True, upgrade_until=date(2025, 1, 14))),
        ("tanpa maintenance s.d. 2026", VersionRights()),
        ("termasuk hak upgrade", VersionRights(upgrade=True)),
        ("tanpa hak upgrade", VersionRights()),
        ("dibeli 2019, PC lama", VersionRights()),
    ],
)
def test_rights_in_a_remark(remark: str, rights: VersionRights) -> None:
    assert _terms().version_rights(remark, None, date(2024, 1, 15)) == rights


@pytest.mark.parametrize(
    ("remark", "devices"),
    [
        ("OEM melekat pada: PC01, PC02", ("PC01", "PC02")),
        ("OEM, melekat pada PC-KADIS dan PC-02; dibeli 2024", ("PC-KADIS", "PC-02")),
        ("OEM, melekat pada PC", ()),
        ("melekat pada PC yang dibeli 2024", ()),
        ("OEM melekat pada PC01 s.d. PC04. Pengadaan 2024", ("PC01", "PC02", "PC03", "PC04")),
        ("terpasang di SRV-01 (ruang server)", ("SRV-01",)),
        ("tidak melekat pada PC01", ()),
        ("untuk 5 PC", ()),
        ("OEM bawaan PC-01, PC-02", ("PC-01", "PC-02")),
        ("OEM pada PC-05", ("PC-05",)),
        ("bawaan laptop", ()),
        ("OEM melekat pada PC-01 s/d 05", ("PC-01", "PC-02", "PC-03", "PC-04", "PC-05")),
        ("OEM (PC-05)", ("PC-05",)),
        ("OEM; hostname PC-01", ("PC-01",)),
        ("OEM, perangkat: PC-01", ("PC-01",)),
        ("Terinstall di PC-01 dan PC-02", ("PC-01", "PC-02")),
        ("menempel pada PC 01", ("PC 01",)),
        ("OEM, dibeli 2024", ()),
    ],
)
def test_tied_devices(remark: str, devices: tuple[str, ...]) -> None:
    assert _terms().tied_devices(remark).names == devices


@pytest.mark.parametrize(
    ("remark", "cell", "allotments"),
    [
        ("", "Dinas Sosial: 3; Diskominfo 10", (("Dinas Sosial", 3), ("Diskominfo", 10))),
        ("kontrak bersama, alokasi: Dinas Sosial 3, Diskominfo 10 lisensi", "", (("Dinas Sosial", 3), ("Diskominfo", 10))),
        ("", "Dinas Sosial (3)\nDiskominfo = 2", (("Dinas Sosial", 3), ("Diskominfo", 2))),
        ("dialokasikan kepada Dinas Sosial sebanyak 3 unit", "", (("Dinas Sosial", 3),)),
        ("tanpa pembagian", "", ()),
        ("", "sesuai lampiran 2", ()),
        (
            "",
            "Dinas Komunikasi dan Informatika: 2, Dinas Sosial: 1",
            (("Dinas Komunikasi dan Informatika", 2), ("Dinas Sosial", 1)),
        ),
        ("", "Dinas Sosial: 15 (lima belas); Diskominfo: 3 lisensi PC", (("Dinas Sosial", 15), ("Diskominfo", 3))),
        ("", "Dinas Sosial: 1.000", (("Dinas Sosial", 1000),)),
        ("alokasi: Dinas Sosial: 3. Berlaku s.d. 31 Desember 2026", "", (("Dinas Sosial", 3),)),
        ("alokasi: Dinas Sosial: 3", "Dinas Sosial: 3", (("Dinas Sosial", 3),)),
        ("", "2 Dinas Sosial, 3 Diskominfo", (("Dinas Sosial", 2), ("Diskominfo", 3))),
        ("", "Dinas Sosial@2, Diskominfo@3", (("Dinas Sosial", 2), ("Diskominfo", 3))),
        ("", "1. Dinas Sosial 2 lisensi\n2. Diskominfo 3 lisensi", (("Dinas Sosial", 2), ("Diskominfo", 3))),
    ],
)
def test_allotments(remark: str, cell: str, allotments: tuple[tuple[str, int], ...]) -> None:
    names = ("Dinas Sosial", "Diskominfo", "Dinas Komunikasi dan Informatika")
    known = {name.casefold(): name for name in names}
    assert _terms().allotments(remark, cell, lambda name: known.get(name.casefold(), "")) == allotments


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    terms = _terms()
    terms.metric((text,), (text,))
    terms.releases(text, lambda first, last: (first, last))
    terms.version_rights(text, None, date(2024, 1, 1))
    terms.tied_devices(f"melekat pada {text}")
    terms.allotments(text, text, lambda name: name)
    assert len(device_names(text)) <= 5_000


@pytest.mark.parametrize(
    ("remark", "until"),
    [
        ("berlaku s.d. 31 Desember 2025", date(2025, 12, 31)),
        ("Lisensi berlaku sampai dengan 30 Juni 2026", date(2026, 6, 30)),
        ("masa berlaku lisensi: 1 Januari 2025 s.d. 31 Desember 2025", date(2025, 12, 31)),
        ("berakhir 31/12/2025", date(2025, 12, 31)),
        ("Expired 31-12-2025", date(2025, 12, 31)),
        ("langganan Microsoft 365 s.d. 2025", date(2025, 12, 31)),
        ("langganan 1 tahun", date(2025, 1, 14)),
        ("masa berlaku 2 tahun", date(2026, 1, 14)),
        ("berlaku selama 12 bulan", date(2025, 1, 14)),
        ("berlaku mulai 1 Januari 2025", None),
        ("berlaku selamanya", None),
        ("lisensi Office 2019", None),
        ("lisensi volume 2021 untuk 5 PC", None),
        ("garansi berlaku s.d. 31 Desember 2025", None),
        ("termasuk maintenance s.d. 31 Desember 2025", None),
        ("kontrak berlaku s.d. 31 Desember 2025", None),
        ("dibeli 12 Mei 2024", None),
        ("Lisensi dibeli 12 Maret 2021", None),
        ("Lisensi asli tahun 2020", None),
        ("Lisensi ATB Tahun 2022", None),
        ("Berlaku surut 1 Januari 2025", None),
        ("kontrak langganan 3 tahun", date(2027, 1, 14)),
        ("masa aktif 1 tahun", date(2025, 1, 14)),
        ("1 Tahun", date(2025, 1, 14)),
        ("12 bulan", date(2025, 1, 14)),
        ("Perpanjangan 1 tahun (renewal)", date(2025, 1, 14)),
        ("exp. 04/03/2026", date(2026, 3, 4)),
        ("Exp: Maret 2026", date(2026, 3, 31)),
        ("dibeli 2024; s.d. 4 Maret 2026", date(2026, 3, 4)),
        ("aktif sampai Maret 2026", date(2026, 3, 31)),
        ("habis 2025", date(2025, 12, 31)),
        ("PC umur 5 tahun", None),
        ("tidak berlaku s.d. 31 Desember 2025", None),
        ("", None),
    ],
)
def test_the_last_day_in_a_remark(remark: str, until: date | None) -> None:
    assert _terms().valid_until(remark, date(2024, 1, 15)) == until


@pytest.mark.parametrize(
    ("name", "until"),
    [
        ("Kaspersky Endpoint Security (1 tahun)", date(2025, 1, 14)),
        ("ESET Endpoint Antivirus 3 PC 2 Year", date(2026, 1, 14)),
        ("Microsoft Office 2019, garansi 1 tahun", None),
        ("AutoCAD 2024", None),
    ],
)
def test_the_length_of_time_in_a_name(name: str, until: date | None) -> None:
    assert _terms().length_in_name(name, date(2024, 1, 15)) == until


@pytest.mark.parametrize(
    ("name", "remark", "quantity", "each"),
    [
        ("Kaspersky Internet Security 3 PC", "", 2, 3),
        ("Kaspersky Internet Security 3 PC", "", 3, 1),
        ("Kaspersky Endpoint Security 50 Node", "", 1, 50),
        ("Kaspersky Endpoint Security 50 Node", "", 20, 1),
        ("Kaspersky Endpoint Security 10-14 Node", "", 12, 1),
        ("AutoCAD 2024", "untuk 5 PC", 5, 1),
        ("Adobe Creative Cloud", "1 lisensi untuk 2 perangkat", 4, 2),
        ("Adobe Creative Cloud", "2 perangkat per lisensi", 4, 2),
        ("SPSS", "termasuk hak second use", 4, 2),
        ("SPSS", "tanpa hak second use", 4, 1),
        ("Windows Server 2022 Standard", "termasuk 2 mesin virtual", 1, 3),
        ("CorelDRAW X7", "", None, 1),
    ],
)
def test_for_how_many_devices_one_is(name: str, remark: str, quantity: int | None, each: int) -> None:
    assert _terms().devices_each(name, remark, quantity) == each


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("PC01-05", ["PC01", "PC02", "PC03", "PC04", "PC05"]),
        ("PC01-PC03", ["PC01", "PC02", "PC03"]),
        ("LAB1-03", ["LAB1-03"]),
        ("PC1-2024", ["PC1-2024"]),
    ],
)
def test_a_name_with_a_hyphen_is_no_range(text: str, devices: list[str]) -> None:
    assert device_names(text) == devices
