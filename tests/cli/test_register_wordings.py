# SPDX-License-Identifier: Apache-2.0
"""Register lines in the words that inspectorates use: what each covers, in one audit in which every case is an agency."""

from dataclasses import dataclass, field

import pytest
from helpers import inventory_file, register_file, rows_of

from foss_audit.cli import run

COLUMNS = {
    "opd": "OPD",
    "product": "Nama Perangkat Lunak",
    "version": "Versi",
    "edition": "Edisi",
    "metric": "Metrik",
    "quantity": "Jumlah",
    "bought": "Tanggal Perolehan",
    "year": "Tahun Perolehan",
    "life": "Umur Ekonomis",
    "status": "Status Lisensi",
    "rights": "Hak Downgrade",
    "device": "Nama Komputer",
    "end": "Berlaku Sampai",
    "bast": "Nomor BAST",
    "remark": "Keterangan",
}


@dataclass(frozen=True)
class Case:
    """A line, what is installed on devices PC-01, PC-02 …, and the bases expected."""

    line: dict[str, object]
    installed: tuple[str, ...]
    expected: tuple[str, ...]
    devices: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return " | ".join((*map(str, self.line.values()), "->", *self.installed))


def _case(product: str, *installed: str, gives: str, devices: tuple[str, ...] = (), **line: object) -> Case:
    return Case({"product": product, **line}, installed, tuple(gives.split()), devices)


CASES: tuple[Case, ...] = (
    # The release in the name of what is a subscription today.
    _case("Adobe Photoshop CS6", "Adobe Photoshop CS6", gives="entitled"),
    _case("Adobe Photoshop CS6", "Adobe Photoshop 2024", gives="not-covered"),
    _case("Adobe Illustrator CS6", "Adobe Illustrator 2023", gives="not-covered"),
    _case("AutoCAD 2014", "AutoCAD 2014", gives="entitled"),
    _case("AutoCAD 2014", "AutoCAD 2024", gives="not-covered"),
    _case("AutoCAD 2023", "AutoCAD 2024", gives="entitled", end="31/12/2026"),
    _case("AutoCAD 2023", "AutoCAD 2024", gives="not-covered", end="Selamanya"),
    _case("Adobe Acrobat XI Pro", "Adobe Acrobat XI Pro", gives="entitled"),
    _case("SketchUp Pro 2017", "SketchUp 2017", gives="edition-unknown"),
    _case("SketchUp Pro 2017", "SketchUp 2024", gives="not-covered"),
    _case("Autodesk Revit 2015", "Autodesk Revit 2024", gives="not-covered"),
    # Suites cover the programs that their edition has.
    _case("Microsoft Office Home and Student 2019", "Microsoft Access 2019", gives="not-covered"),
    _case("Microsoft Office Standard 2019", "Microsoft Access 2019", gives="not-covered"),
    _case("Microsoft Office Standard 2019", "Microsoft Word 2019", gives="entitled"),
    _case("Microsoft Office Home and Business 2019", "Microsoft Outlook 2019", gives="entitled"),
    _case("Microsoft Office Home and Student 2019", "Microsoft Outlook 2019", gives="not-covered"),
    _case("Microsoft Office Professional Plus 2019", "Microsoft Access 2019", gives="entitled"),
    _case("Microsoft Office 2019", "Microsoft Access 2019", gives="edition-unknown"),
    _case("Microsoft Office 2019", "Microsoft Word 2019", gives="entitled"),
    _case("Microsoft Office 2019", "Microsoft Office Standard 2019", gives="edition-unknown"),
    _case("Autodesk AEC Collection", "Autodesk Revit 2024", gives="entitled", end="31/12/2026"),
    _case("Autodesk AEC Collection 2024", "Autodesk Civil 3D 2025", gives="entitled", end="31/12/2026"),
    _case("Autodesk AEC Collection", "AutoCAD 2024", gives="entitled", end="31/12/2026"),
    _case("Autodesk AEC Collection", "Autodesk Maya 2024", gives="no-entitlement", end="31/12/2026"),
    _case("Adobe CS6 Master Collection", "Adobe InDesign CS6", gives="entitled"),
    _case("Adobe CS6 Master Collection", "Adobe Acrobat X Pro", gives="entitled"),
    _case("Adobe CS6 Design Standard", "Adobe Premiere Pro CS6", gives="not-covered"),
    _case("Adobe Creative Suite 6 Production Premium", "Adobe Premiere Pro CS6", gives="entitled"),
    _case("Adobe CS6 Master Collection", "Adobe Photoshop 2024", gives="not-covered"),
    _case("Adobe Creative Cloud All Apps", "Adobe Acrobat Pro DC", gives="entitled", end="31/12/2026"),
    # Whose the right is.
    _case("SketchUp Pro", "SketchUp 2024", gives="entitled", opd="{agency} dan Dinas Sosial", end="31/12/2026"),
    _case("Lumion", "Lumion 12", gives="not-covered", opd="Dinas Sosial/Diskominfo", end="31/12/2026"),
    _case("Archicad", "Archicad 26", gives="not-covered", opd="Semua OPD kecuali {agency}", end="31/12/2026"),
    _case("ArcGIS Pro", "ArcGIS Pro 3.1", gives="not-covered", opd="Semua OPD", end="31/12/2026", remark="khusus Dinas Sosial"),
    _case("Tekla Structures", "Tekla Structures 2023", gives="entitled", opd="Bersama", end="31/12/2026"),
    _case("Minitab", "Minitab 21", gives="entitled", opd="Semua OPD", end="31/12/2026", remark="hanya untuk {agency}; 2025"),
    # The last day, wherever it stands.
    _case("CorelDRAW X7", "CorelDRAW X7", gives="entitled", end="perpetual (selamanya)"),
    _case("CorelDRAW X7", "CorelDRAW X7", gives="entitled", end="Lisensi Permanen"),
    _case("CorelDRAW X7", "CorelDRAW X7", gives="entitled", end="Seumur hidup perangkat"),
    _case("Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitled", end="31 Desember 2026 (1 tahun)"),
    _case("Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitled", end="1 tahun (s.d. 31 Desember 2026)"),
    _case("Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitled", end="Des-26"),
    _case("Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitlement-expired", end="Okt-26"),
    _case("Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitled", end="Triwulan IV 2026"),
    _case("Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitlement-expired", end="TW III 2026"),
    _case("Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitled", end="akhir tahun 2026"),
    _case(
        "Kaspersky Endpoint Security",
        "Kaspersky Endpoint Security",
        gives="entitlement-expired",
        remark="berlaku s.d. 31 Desember 2025",
    ),
    _case(
        "Kaspersky Endpoint Security",
        "Kaspersky Endpoint Security",
        gives="entitlement-expired",
        bought="01/02/2025",
        end="1 tahun sejak BAST",
    ),
    _case(
        "Kaspersky Endpoint Security (1 tahun)", "Kaspersky Endpoint Security", gives="entitlement-expired", bought="01/02/2025"
    ),
    _case("Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitled", remark="garansi s.d. 31 Desember 2025"),
    _case("CorelDRAW X7", "CorelDRAW X7", gives="entitled", bought="01/02/2018", life="4 tahun"),
    _case("Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitlement-expired", year=2024, end="1 tahun"),
    _case("Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitled", year=2025, end="1 tahun"),
    # Releases as people write them, and how far rights to others reach.
    _case("CorelDRAW", "CorelDRAW Graphics Suite X8", gives="entitled", version="X7 s.d. 2019"),
    _case("CorelDRAW", "CorelDRAW Graphics Suite 2020", gives="not-covered", version="X7 s.d. 2019"),
    _case("Microsoft Office Standard", "Microsoft Office Standard 2021", gives="entitled", version="2016+"),
    _case("Microsoft Office Standard", "Microsoft Office Standard 2016", gives="not-covered", version="2019 (16.0)"),
    _case(
        "Microsoft Office Standard",
        "Microsoft Office Standard 2019",
        gives="entitled",
        version=2021,
        remark="hak downgrade (N-1)",
    ),
    _case(
        "Microsoft Office Standard",
        "Microsoft Office Standard 2016",
        gives="not-covered",
        version=2021,
        remark="hak downgrade (N-1)",
    ),
    _case(
        "Microsoft Office Standard",
        "Microsoft Office Standard 2016",
        gives="entitled",
        version=2021,
        remark="downgrade s.d. 2016",
    ),
    _case(
        "Microsoft Office Standard",
        "Microsoft Office Standard 2013",
        gives="not-covered",
        version=2021,
        remark="downgrade s.d. 2016",
    ),
    # Devices under their many spellings.
    _case(
        "Microsoft Windows 11 Pro",
        *("Windows 11 Pro",) * 2,
        gives="not-covered oem",
        devices=("PC-01", "PC-02"),
        remark="OEM (PC 2)",
    ),
    _case(
        "Microsoft Windows 11 Pro",
        *("Windows 11 Pro",) * 2,
        gives="not-covered oem",
        devices=("A", "B"),
        metric="OEM",
        device="B",
    ),
    _case(
        "Microsoft Windows 11 Pro",
        *("Windows 11 Pro",) * 2,
        gives="oem not-covered",
        devices=("Laptop Kadis", "B"),
        metric="OEM",
        device="Laptop Kadis",
    ),
    _case("Microsoft Windows 11 Pro", *("Windows 11 Pro",) * 2, gives="oem entitlement-exhausted", metric="OEM", device="5"),
    _case("Microsoft Windows 11 Pro", *("Windows 11 Pro",) * 2, gives="oem entitlement-exhausted", remark="OEM Windows 11"),
    # Names among the words of a purchase.
    _case("AutoCAD TA 2024", "AutoCAD 2025", gives="entitled", end="31/12/2026"),
    _case("CorelDRAW X7 APBD 2024", "CorelDRAW X7", gives="entitled"),
    _case("CorelDRAW X7 T.A. 2024", "CorelDRAW Graphics Suite 2024", gives="not-covered"),
    _case("Belanja Modal Aset Tidak Berwujud Software AutoCAD", "AutoCAD 2025", gives="entitled", end="31/12/2026"),
    _case("Antivirus Kaspersky Endpoint Security", "Kaspersky Endpoint Security", gives="entitled"),
    _case("Renewal Kaspersky Endpoint Security for Business Select", "Kaspersky Endpoint Security", gives="entitled"),
    _case("AutoCAD LT 2024 Commercial New Single-user ELD Annual Subscription", "AutoCAD LT 2024", gives="entitled"),
    _case("Microsoft Office Standar 2019 OLP", "Microsoft Office Standard 2019", gives="entitled"),
    _case("Microsoft Office Rumah dan Pelajar 2019", "Microsoft Office Home and Student 2019", gives="entitled"),
    _case("Microsoft Office Standard 2019", "Ms. Office Standar 2019", gives="entitled"),
    _case("Lisensi Adobe Creative Cloud", "Adobe Photoshop 2024", gives="entitled", end="31/12/2026"),
    _case("Adobe Creative Cloud", "Adobe Photoshop 2024", gives="entitled", end="31/12/2026"),
    _case("Adobe CC All Apps for Teams", "Adobe Premiere Pro 2024", gives="entitled", end="31/12/2026"),
    _case("TeamViewer Business", "TeamViewer 15", gives="entitled", end="31/12/2026"),
    _case("ESET Protect Entry", "ESET Endpoint Antivirus", gives="entitled", end="31/12/2026"),
    _case("Lisensi Kepegawaian Kita (1 tahun)", "Kepegawaian Kita", gives="entitled"),
    # Counted by.
    _case("ArcGIS Desktop", *("ArcGIS Desktop 10.8",) * 2, gives="entitled entitled", metric="Network (floating)"),
    _case("IBM SPSS Statistics", *("IBM SPSS Statistics 26",) * 2, gives="entitled entitled", metric="Floating (5 user)"),
    _case("Windows Server 2022 Standard", "Windows Server 2022 Standard", gives="entitled", metric="Per Core", quantity=16),
    _case(
        "Windows Server 2022 Standard 2 Core Pack",
        *("Windows Server 2022 Standard",) * 2,
        gives="entitled entitlement-exhausted",
        quantity=8,
    ),
    _case("Windows Server 2022 Standard 16 Core", "Windows Server 2022 Standard", gives="entitled", quantity=1),
    _case(
        "Windows Server 2022 Standard",
        *("Windows Server 2022 Standard",) * 2,
        gives="entitled entitlement-exhausted",
        metric="2 core pack",
        quantity=8,
    ),
    # For how many devices one is.
    _case(
        "Kaspersky Internet Security 3 PC 1 Tahun",
        *("Kaspersky Internet Security",) * 3,
        gives="entitled entitled entitled",
        bought="01/02/2026",
    ),
    _case(
        "Adobe Creative Cloud All Apps",
        *("Adobe Photoshop 2024",) * 3,
        gives="entitled entitled entitlement-exhausted",
        end="31/12/2026",
        remark="1 lisensi untuk 2 PC",
    ),
    # What grants nothing, and what only sounds so.
    *(
        _case("Microsoft Office Standard 2019", "Microsoft Office Standard 2019", gives="not-covered", remark=remark)
        for remark in (
            "diusulkan pada RKBMD 2027",
            "rencana pengadaan TA 2027",
            "belum BAST",
            "dibatalkan",
            "sudah dikembalikan ke penyedia",
            "sudah dihapuskan SK Bupati 12/2025",
            "dihibahkan kepada Pemerintah Desa",
            "bajakan",
            "tidak berlisensi",
            "versi trial",
            "gagal lelang",
            "lisensi dicabut",
            "dibeli 2020; sudah expired",
            "dipindahkan ke Dinas Kesehatan sesuai BAST mutasi",
        )
    ),
    *(
        _case("Microsoft Office Standard 2019", "Microsoft Office Standard 2019", gives="entitled", remark=remark)
        for remark in (
            "sesuai usulan RKBMD 2023",
            "belum ada nomor inventaris",
            "pengganti yang dihapuskan",
            "menggantikan software bajakan",
            "hasil pengadaan langsung",
            "PC lama diusulkan diganti",
        )
    ),
    _case("Microsoft Office Standard 2019", "Microsoft Office Standard 2019", gives="not-covered", metric="Bajakan"),
    _case("Microsoft Office Standard 2019", "Microsoft Office Standard 2019", gives="not-covered", status="Dihapuskan"),
    _case("Microsoft Office Standard 2019", "Microsoft Office Standard 2019", gives="entitled", status="Aktif"),
    _case("Microsoft Office Standard 2019", "Microsoft Office Standard 2019", gives="entitled", metric="Trial", end="31/12/2026"),
    # Numbers in names, and columns that say nothing.
    _case("CorelDRAW 9", "CorelDRAW X7", gives="not-covered"),
    _case("WinRAR 5", "WinRAR 7.01", gives="not-covered"),
    _case("WinRAR 5", "WinRAR 5.91 (64-bit)", gives="entitled"),
    _case("Minitab 17", "Minitab 21", gives="entitled", end="31/12/2026"),
    _case("Microsoft Windows 10 Pro", "Microsoft Windows 10 Pro", gives="entitled", edition="Retail"),
    _case("Microsoft Windows 10 Pro", "Microsoft Windows 10 Pro", gives="entitled", edition="64-bit"),
    _case("CorelDRAW X7", "CorelDRAW X7", gives="entitled", edition="Perpetual"),
    _case("Microsoft Office Standard", "Microsoft Office Standard 2021", gives="edition-unknown", version="16.0"),
    _case("WinRAR", "WinRAR 6.11", gives="entitled", version="6.0 s.d. 7.0"),
    _case("WinRAR", "WinRAR 5.11", gives="not-covered", version="6.0 s.d. 7.0"),
    _case(
        "Microsoft Office Standard 2019",
        "Microsoft Office Standard 2024",
        gives="not-covered",
        remark="support teknis s.d. 31 Desember 2027",
    ),
    # Ties that hold, and what is no device.
    _case("Microsoft Windows 10 Pro", "Windows 10 Pro", gives="not-covered", devices=("PC01",), device="PC99", metric="OEM"),
    _case("Microsoft Windows 10 Pro", "Windows 10 Pro", gives="oem", devices=("PC01",), device="3.05.01.05.123", metric="OEM"),
    _case("Microsoft Windows 10 Pro", "Windows 10 Pro", gives="oem", remark="OEM, digunakan di lantai 2"),
    _case("Microsoft Windows 10 Pro", "Windows 10 Pro", gives="oem", devices=("PC-1-1A",), remark="OEM, melekat pada PC-1-1A"),
    _case(
        "Microsoft Windows 10 Pro", "Windows 10 Pro", gives="not-covered", devices=("PC-11A",), remark="OEM, melekat pada PC-1-1A"
    ),
    # Sold for some time only.
    _case("AutoCAD", "AutoCAD 2024", gives="entitled", bought="05/03/2024", metric="Langganan"),
    _case("AutoCAD", "AutoCAD 2024", gives="entitlement-expired", bought="05/03/2023", metric="Langganan"),
    _case("AutoCAD", "AutoCAD 2024", gives="entitlement-expired", bought="05/03/2024", metric="Subscription Tahunan"),
    _case(
        "Kaspersky Endpoint Security",
        "Kaspersky Endpoint Security",
        gives="entitlement-expired",
        bought="05/03/2025",
        remark="lisensi tahunan",
    ),
    _case("AutoCAD", "AutoCAD 2014", gives="entitled", bought="05/03/2014"),
    _case("AutoCAD", "AutoCAD 2024", gives="license-unknown", metric="Student / Educational", end="31/12/2026"),
    _case("AutoCAD Student Version", "AutoCAD 2024", gives="license-unknown", end="31/12/2026"),
    # Numbers under which publishers sell.
    _case("Microsoft Office LTSC Standard 2021 - DG7GMGF0D7FZ:0002", "Microsoft Office LTSC Standard 2021", gives="entitled"),
    _case("Microsoft Office Home & Business 2019 ESD (T5D-03181)", "Microsoft Office Home and Business 2019", gives="entitled"),
    _case("OfficeStd 2019 SNGL OLP NL Gov", "Microsoft Office Standard 2019", gives="entitled"),
    _case("Win Pro 11 64Bit Eng Intl 1pk DSP OEI DVD", "Windows 11 Pro", gives="entitled"),
    # Rights in a column that names them, times in a heading that does.
    _case("Microsoft Office Standard 2019", "Microsoft Office Standard 2016", gives="entitled", rights="Ya"),
    _case("Microsoft Office Standard 2019", "Microsoft Office Standard 2016", gives="entitled", rights="2016, 2013"),
    _case("Microsoft Office Standard 2019", "Microsoft Office Standard 2010", gives="not-covered", rights="2016, 2013"),
    _case("Microsoft Office Standard 2019", "Microsoft Office Standard 2016", gives="not-covered", rights="Tidak"),
    _case(
        "Microsoft Office Standard 2016",
        "Microsoft Office Standard 2019",
        gives="not-covered",
        remark="termasuk maintenance jaringan s.d. 31 Desember 2026",
    ),
    _case("WinRAR", *("WinRAR 6.02",) * 2, gives="entitled entitled", quantity="'2"),
    # A smaller product is no greater one.
    _case("Microsoft 365 Business Basic", "Microsoft 365 Apps for enterprise - en-us", gives="no-entitlement", end="31/12/2026"),
    _case("CorelDRAW Standard 2021", "CorelDRAW Graphics Suite 2021", gives="not-covered"),
    _case("CorelDRAW Standard 2021", "CorelDRAW Standard 2021", gives="entitled"),
    _case("SketchUp Go", "SketchUp 2024", gives="not-covered", end="31/12/2026"),
    _case("Windows 11 SL", "Windows 11 Pro", gives="not-covered"),
    _case(
        "Microsoft Office Standard 2019",
        "Microsoft Office Standard 2019",
        gives="entitled",
        remark="dipindahkan ke PC-02; sudah dipindahkan ke laptop Kadis",
    ),
)


def _agency(number: int) -> str:
    return f"Dinas Uji {number:03}"


def _devices(case: Case) -> tuple[str, ...]:
    return case.devices or tuple(f"PC-{at:02}" for at in range(1, len(case.installed) + 1))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[str, ...]]:
    """By number of the case, the bases of what is installed, in its order."""
    place = tmp_path_factory.mktemp("wordings")
    lines = []
    for number, case in enumerate(CASES):
        inventory_file(place / "opd" / f"{_agency(number)}.csv", *zip(_devices(case), case.installed, strict=True))
        line = {"opd": _agency(number), "quantity": 1, "bast": f"027/{number}"} | case.line
        lines.append([str(line.get(column, "")).format(agency=_agency(number)) for column in COLUMNS])
    register_file(place / "register.csv", *lines, heading=tuple(COLUMNS.values()))
    run(["audit", str(place / "opd"), "--register", str(place / "register.csv"), "--as-of", "2026-11-24",
         "--out", str(place / "out"), "--format", "json,csv"])  # fmt: skip
    of = {(row["agency"], row["device"], row["name"]): row["basis"] for row in rows_of(place / "out")}
    return {
        number: tuple(of[_agency(number), device, name] for device, name in zip(_devices(case), case.installed, strict=True))
        for number, case in enumerate(CASES)
    }


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: f"{number:03} {CASES[number]}"[:120])
def test_a_line_covers(number: int, found: dict[int, tuple[str, ...]]) -> None:
    assert found[number] == CASES[number].expected
