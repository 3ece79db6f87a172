# SPDX-License-Identifier: Apache-2.0
"""A small regency as the reports receive it: one agency in trouble, one in order, one that handed in nothing."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import pytest

from foss_audit.catalogue import LicenseModel, Product
from foss_audit.entitlement import Entitlement
from foss_audit.language import Translator
from foss_audit.license_position import Position
from foss_audit.messages import message
from foss_audit.model import Basis, Freedom, License, Note, Problem, SoftwareClass, Source, Title, Verdict
from foss_audit.outcome import (
    AgencyAudit,
    AgencyVerdict,
    AuditResult,
    ClassCounts,
    Criterion,
    Finding,
    Region,
    Severity,
    TitleCount,
    TitleCounts,
    Totals,
    Waiver,
)
from foss_audit.reports.interface import INSTALLATION_COLUMNS, ReportInput

FORMULA = "=cmd|' /C calc'!A1"
MARKUP = "<script>alert('x')</script>"
LONG = "Aplikasi Pengelolaan " * 60

HEALTH = "Dinas Kesehatan"
ICT = "Dinas Komunikasi dan Informatika"
DISTRICT = "Kecamatan Selemadeg Barat"

_ABSENT = License("", None, Freedom.ABSENT)
_LAWFUL = {Basis.ENTITLED, Basis.OEM, Basis.FREEWARE, Basis.COMPONENT, Basis.GOVERNMENT}
_FREE = {Basis.CATALOGUE_FOSS, Basis.SPDX_FREE, Basis.DISTRIBUTION_FOSS}
_UNDECIDED = {Basis.UNRECOGNISED, Basis.LICENSE_UNKNOWN, Basis.EDITION_UNKNOWN}


@dataclass(frozen=True)
class Row:
    """One installation of the made-up regency."""

    agency: str
    device: str
    title: int
    basis: Basis
    entitlement: str = ""
    activation: str = ""
    location: str = ""
    sources: str = "Dinas Kesehatan/inventaris.xlsx Sheet1!A17"


@pytest.fixture
def audit() -> ReportInput:
    """In Indonesian."""
    return made_up(_rows(), Translator("id"))


@pytest.fixture
def english_audit(audit: ReportInput) -> ReportInput:
    """The same in English."""
    return ReportInput(audit.result, audit.installations, Translator("en"))


def made_up(rows: list[Row], translator: Translator) -> ReportInput:
    """The regency with these installations; its counts follow from them."""
    return ReportInput(_result(rows), _table(rows), translator)


def _product(key: str, name: str, publisher: str, model: LicenseModel, expression: str = "", *alternatives: str) -> Product:
    return Product(key, name, publisher, model, expression, alternatives=alternatives)


_OFFICE = _product("microsoft-office", "Microsoft Office", "Microsoft", LicenseModel.COMMERCIAL, "", "LibreOffice")
_WINDOWS = _product("windows", "Microsoft Windows", "Microsoft", LicenseModel.COMMERCIAL, "", "Debian", "Ubuntu")
_WINRAR = _product("winrar", "WinRAR", "win.rar GmbH", LicenseModel.TRIALWARE, "", "7-Zip", "PeaZip")
_ANYDESK = _product("anydesk", "AnyDesk", "AnyDesk Software GmbH", LicenseModel.RESTRICTED_FREEWARE, "", "RustDesk")
_KMS = _product("kmspico", "KMSpico", "", LicenseModel.ACTIVATOR)
_SEVEN = _product("7-zip", "7-Zip", "Igor Pavlov", LicenseModel.FOSS, "LGPL-2.1-or-later AND BSD-3-Clause")
_LIBRE = _product("libreoffice", "LibreOffice", "The Document Foundation", LicenseModel.FOSS, "MPL-2.0")
_CHROME = _product("google-chrome", "Google Chrome", "Google", LicenseModel.FREEWARE)
_RUNTIME = _product("vc-runtime", "Microsoft Visual C++ Redistributable", "Microsoft", LicenseModel.COMPONENT)
_SIPD = _product("sipd", "SIPD", "Kementerian Dalam Negeri", LicenseModel.GOVERNMENT)


def _verdict(product: Product | None, name: str, version: str = "", publisher: str = "", licence: License = _ABSENT) -> Verdict:
    model = product.license_model if product else LicenseModel.UNKNOWN
    title = Title(name, version, publisher, licence.as_written)
    return Verdict(title, licence, product, model, None, None, product.id if product else "")


TITLES = (
    _verdict(_OFFICE, "Microsoft Office Professional Plus 2016", "16.0.4266.1001", "Microsoft Corporation"),
    _verdict(_OFFICE, "MS Office 2016", "2016"),
    _verdict(_WINDOWS, "Windows 10 Pro", "22H2", "Microsoft Corporation"),
    _verdict(_WINRAR, "WinRAR 6.02 (64-bit)", "6.02.0", "win.rar GmbH"),
    _verdict(_ANYDESK, "AnyDesk", "7.1.8", "AnyDesk Software GmbH"),
    _verdict(_KMS, "KMSpico v10.2.0", "10.2.0"),
    _verdict(_SEVEN, "7-Zip 22.01 (x64)", "22.01", "Igor Pavlov"),
    _verdict(_SEVEN, "7-Zip 9.20", "9.20", "Igor Pavlov"),
    _verdict(_LIBRE, "LibreOffice 24.2.3.2", "24.2.3.2", "The Document Foundation", License("MPL-2.0", "MPL-2.0", Freedom.FREE)),
    _verdict(_CHROME, "Google Chrome", "131.0.6778.86", "Google LLC"),
    _verdict(
        _RUNTIME, "Microsoft Visual C++ 2015-2022 Redistributable (x64) - 14.38.33135", "14.38.33135.0", "Microsoft Corporation"
    ),
    _verdict(_SIPD, "SIPD Penatausahaan", "", "Kemendagri"),
    _verdict(None, FORMULA, "-1", "@SUM(A1)"),
    _verdict(None, MARKUP, "1.0", "<b>Tebal & Co</b>"),
    _verdict(None, LONG.strip(), "1.0", "Penyedia"),
)


def _rows() -> list[Row]:
    rows = []
    for number in range(1, 13):
        device = f"PC-KES-{number:02}"
        room = "Ruang Keuangan" if number % 2 else "Puskesmas Kediri I"
        place = f"Dinas Kesehatan/inventaris 2026.xlsx Sheet1!A{number * 10}"

        def add(
            title: int, basis: Basis, entitlement: str = "", device: str = device, room: str = room, place: str = place
        ) -> None:
            rows.append(Row(HEALTH, device, title, basis, entitlement, room, place))

        add(2, Basis.OEM, "register.xlsx:4")
        add(number % 2, Basis.ENTITLED if number <= 8 else Basis.ENTITLEMENT_EXHAUSTED, "register.xlsx:5" if number <= 8 else "")
        add(10, Basis.COMPONENT)
        add(9, Basis.FREEWARE)
        add(6 if number % 3 else 7, Basis.CATALOGUE_FOSS)
        if number % 2:
            add(3, Basis.ENTITLEMENT_EXPIRED)
        if number in (3, 7):
            add(4, Basis.RESTRICTED_USE)
        if number in (2, 9):
            add(5, Basis.ACTIVATOR)
        if number == 4:
            for title in (12, 13, 14):
                add(title, Basis.UNRECOGNISED)
    rows.append(Row(HEALTH, "", 11, Basis.GOVERNMENT, sources="Dinas Kesehatan/aplikasi.csv A3; Dinas Kesehatan/=spbe.csv A9"))
    for number in range(1, 5):
        place = f"Dinas Kominfo/pc-{number}.cdx.json /components/{number}"
        rows.append(Row(ICT, f"DISKOMINFO-{number}", 8, Basis.SPDX_FREE, sources=place))
        rows.append(Row(ICT, f"DISKOMINFO-{number}", 6, Basis.CATALOGUE_FOSS, sources=place))
        rows.append(Row(ICT, f"DISKOMINFO-{number}", 2, Basis.ENTITLED, "register.xlsx:9", sources=place))
    return sorted(rows, key=lambda row: (row.agency, row.device, row.title))


def _table(rows: list[Row]) -> pd.DataFrame:
    columns = {
        "agency": [row.agency for row in rows],
        "device": [row.device for row in rows],
        "location": [row.location for row in rows],
        "title": [row.title for row in rows],
        "class": [_class(row.basis).value for row in rows],
        "basis": [row.basis.value for row in rows],
        "entitlement": [row.entitlement for row in rows],
        "activation": [row.activation for row in rows],
        "sources": [row.sources for row in rows],
    }
    return pd.DataFrame({name: pd.Series(columns[name], dtype=kind) for name, kind in INSTALLATION_COLUMNS.items()})  # type: ignore[call-overload]


def _class(basis: Basis) -> SoftwareClass:
    if basis in _LAWFUL:
        return SoftwareClass.LEGAL_COMMERCIAL
    if basis in _FREE:
        return SoftwareClass.FOSS
    return SoftwareClass.UNDETERMINED if basis in _UNDECIDED else SoftwareClass.UNLICENSED


def _counts(rows: Iterable[Row]) -> ClassCounts:
    numbers = Counter(_class(row.basis).value for row in rows)
    return ClassCounts(**numbers)


def _title_counts(rows: list[Row]) -> TitleCounts:
    counts = []
    for title in sorted({row.title for row in rows}):
        bases = Counter(row.basis for row in rows if row.title == title)
        by_basis = tuple((one, bases[one]) for one in Basis if bases[one])
        counts.append(TitleCount(title, by_basis))
    return TitleCounts.of(counts)


def _result(rows: list[Row]) -> AuditResult:
    agencies = (
        _agency(HEALTH, "dinas-kesehatan", rows, 42, _health_findings(), _health_positions(), _PROBLEMS, _NOTES),
        _agency(ICT, "dinas-komunikasi-dan-informatika", rows, 4, (), (_position("windows", "Microsoft Windows", 4, 5),)),
        _agency(DISTRICT, "kecamatan-selemadeg-barat", rows, 9, (_nothing_handed_in(),)),
    )
    return AuditResult(
        as_of=date(2026, 11, 24),
        version="0.1.0",
        rulebook_digest="sha256:" + "0123456789abcdef" * 4,
        rulebook_packs=("core", "tabanan"),
        region=Region("Kabupaten Tabanan", "Nota Kesepakatan tanggal 21 April 2022"),
        totals=Totals(len(agencies), sum(agency.devices for agency in agencies), _counts(rows)),
        titles=TITLES,
        agencies=agencies,
        pool_positions=(_position("microsoft-office", "Microsoft Office", 0, 25, from_pool=0, consumed=2),),
        criteria={criterion.id: criterion for criterion in _CRITERIA},
        entitlements=_ENTITLEMENTS,
        problems=(Problem(Source("register lama.xls"), message("The file is encrypted; save it without a password")),),
        findings=(
            _finding("f-900", "unreadable-input", Severity.LOW, "register lama.xls", 0, "It could not be read", "Send it again"),
        ),
    )


def _agency(
    name: str,
    slug: str,
    all_rows: list[Row],
    expected: int,
    findings: tuple[Finding, ...],
    positions: tuple[Position, ...] = (),
    problems: tuple[Problem, ...] = (),
    notes: tuple[Note, ...] = (),
) -> AgencyAudit:
    rows = [row for row in all_rows if row.agency == name]
    counts = _counts(rows)
    lawful = counts.legal_commercial + counts.foss
    components = sum(row.basis is Basis.COMPONENT for row in rows)
    devices = {row.device for row in rows} - {""}
    marred = {row.device for row in rows if _class(row.basis) in (SoftwareClass.UNLICENSED, SoftwareClass.UNDETERMINED)}
    verdict = AgencyVerdict.COMPLIANT if rows else AgencyVerdict.UNDETERMINED
    return AgencyAudit(
        agency=name,
        slug=slug,
        devices=len(devices),
        devices_expected=expected,
        unnamed_devices=sum(not row.device for row in rows),
        unnamed_at_least=int(any(not row.device for row in rows)),
        devices_compliant=len(devices - marred),
        submitted=bool(rows),
        counts=counts,
        compliance_rate=round((lawful - components) / (counts.total - components), 4) if rows else None,
        compliance_rate_all=round(lawful / counts.total, 4) if rows else None,
        verdict=AgencyVerdict.NON_COMPLIANT if counts.unlicensed else verdict,
        titles=_title_counts(rows),
        positions=positions,
        findings=findings,
        problems=problems,
        notes=notes,
        has_register=bool(rows),
    )


def _position(
    key: str, name: str, deployed: int, entitled: int | None, *, from_pool: int = 0, consumed: int | None = None, expired: int = 0
) -> Position:
    used = min(deployed, (entitled if entitled is not None else deployed) + from_pool) if consumed is None else consumed
    surplus = None if entitled is None else max(0, entitled + from_pool - used)
    shortfall = max(0, deployed - used)
    return Position(
        key, name, None, None, "device", deployed, entitled, from_pool, used, shortfall, surplus, (f"{key}:1",), expired
    )


def _health_positions() -> tuple[Position, ...]:
    return (
        _position("microsoft-office", "Microsoft Office", 12, 6, from_pool=2),
        _position("windows", "Microsoft Windows", 12, None),
        _position("winrar", "WinRAR", 6, 0, expired=10),
        _position("corel", "CorelDRAW", 1, 3),
    )


_TITLES_OF_RULES = {
    "activator": "Alat aktivasi tidak sah",
    "entitlement-exhausted": "Lisensi kurang",
    "entitlement-expired": "Lisensi telah berakhir",
    "not-submitted": "Inventaris belum diserahkan",
    "restricted-use": "Tidak gratis untuk kantor",
    "unreadable-input": "Berkas tidak terbaca",
    "unrecognised": "Perangkat lunak belum dikenali",
}


def _finding(
    key: str,
    rule: str,
    severity: Severity,
    subject: str,
    installations: int,
    text: str,
    fix: str,
    criteria: tuple[str, ...] = (),
    devices: tuple[str, ...] = (),
    evidence: tuple[Source, ...] = (),
    **more: Waiver | str | None,
) -> Finding:
    return Finding(
        key, rule, severity, message("{text}", text=_TITLES_OF_RULES[rule]), subject, message("{text}", text=text),
        message("{text}", text=fix), criteria, installations, len(evidence), evidence, devices=devices,
        devices_total=len(devices), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _places(count: int) -> tuple[Source, ...]:
    return tuple(Source("Dinas Kesehatan/inventaris 2026.xlsx", f"Sheet1!A{number * 10}") for number in range(1, count + 1))


def _devices(*numbers: int) -> tuple[str, ...]:
    return tuple(f"PC-KES-{number:02}" for number in numbers)


def _health_findings() -> tuple[Finding, ...]:
    return (
        _finding(
            "f-003", "entitlement-expired", Severity.HIGH, "WinRAR", 6,
            "6 instalasi WinRAR; lisensi terakhir berakhir pada 31 Desember 2025.",
            "Perpanjang lisensi, atau ganti dengan 7-Zip lalu hapus instalasinya.",
            ("uu-28-2014", "mou-legal-software"), _devices(1, 3, 5, 7, 9, 11), _places(6), code="1.04.07",
        ),
        _finding(
            "f-001", "activator", Severity.VERY_HIGH, "KMSpico", 2,
            "Alat aktivasi tidak sah KMSpico ditemukan pada 2 perangkat. Lisensi Microsoft pada perangkat itu perlu diperiksa.",
            "Hapus alat aktivasi, periksa perangkat terhadap perangkat lunak berbahaya, lalu minta bukti lisensi Windows.",
            ("mou-legal-software", "se-menpan-2009", "uu-28-2014"), _devices(2, 9), _places(2), code="1.04.07",
        ),
        _finding(
            "f-002", "entitlement-exhausted", Severity.HIGH, "Microsoft Office", 4,
            "12 instalasi Microsoft Office, sedangkan lisensi yang tercatat 8; kurang 4.",
            "Tunjukkan bukti lisensi yang belum tercatat, adakan 4 lisensi, atau ganti dengan LibreOffice.",
            ("mou-legal-software", "uu-28-2014"), _devices(9, 10, 11, 12), _places(60), code="1.04.07",
        ),
        _finding(
            "f-004", "restricted-use", Severity.MEDIUM, "AnyDesk", 2,
            "AnyDesk gratis hanya untuk penggunaan pribadi; 2 instalasi terindikasi digunakan tanpa lisensi.",
            "Adakan lisensi, atau ganti dengan RustDesk.",
            ("eula",), _devices(3, 7), _places(2),
            waiver=Waiver("Inspektur Pembantu II", "pengadaan dalam proses", date(2027, 1, 31)),
        ),
        _finding(
            "f-005", "unrecognised", Severity.LOW, FORMULA, 1, f"Produk {FORMULA} belum dikenal.", MARKUP,
            (), _devices(4), _places(1),
        ),
        _finding(
            "f-006", "unrecognised", Severity.LOW, LONG.strip(), 1, "Produk belum dikenal.", "Tambahkan ke katalog.",
            ("not-in-the-list",), _devices(4), _places(1),
        ),
    )  # fmt: skip


def _nothing_handed_in() -> Finding:
    return _finding(
        "f-020", "not-submitted", Severity.MEDIUM, DISTRICT, 0, "Inventaris belum diserahkan.", "Minta inventaris 9 perangkat."
    )


_PROBLEMS = (
    Problem(Source("Dinas Kesehatan/inventaris 2026.xlsx", "Sheet1!A133"), message("Row {row} has no name", row=133)),
    Problem(Source(f"Dinas Kesehatan/{MARKUP}.csv"), message("{text}", text=FORMULA)),
)
_NOTES = (
    Note(Source("Dinas Kesehatan/aplikasi.csv"), message("{text}", text="Dibaca sebagai windows-1252")),
    Note(Source("Dinas Kesehatan/inventaris 2026.xlsx", "Sheet1!1:3"), message("{text}", text="3 baris judul dilewati")),
)
_CRITERIA = (
    Criterion(
        "mou-legal-software",
        {"id": "Nota Kesepakatan tentang penggunaan perangkat lunak legal dan/atau FOSS", "en": "Memorandum on legal software"},
        "A",
        "agreement",
    ),
    Criterion("se-menpan-2009", {"id": "SE/01/M.PAN/3/2009 angka 1", "en": "Circular SE/01/M.PAN/3/2009 no. 1"}, "A", "circular"),
    Criterion("uu-28-2014", {"id": "UU Nomor 28 Tahun 2014, Pasal 9 dan Pasal 113", "en": "Law 28/2014, articles 9, 113"}, "C"),
    Criterion("eula", {"id": "Perjanjian lisensi pengguna akhir AnyDesk", "en": "AnyDesk licence terms"}, "B", "terms"),
)
_ENTITLEMENTS = (
    Entitlement("register.xlsx:4", Source("register.xlsx", "A4"), "windows", "Microsoft Windows", "Windows 10 OEM", HEALTH, None),
    Entitlement("register.xlsx:5", Source("register.xlsx", "A5"), "microsoft-office", "Microsoft Office", "Office", HEALTH, 6),
    Entitlement("register.xlsx:9", Source("register.xlsx", "A9"), "windows", "Microsoft Windows", "Windows 10 Pro", ICT, 5),
)


@pytest.fixture
def with_name() -> Callable[[ReportInput, str], ReportInput]:
    """The audit with another name for its first title."""

    def rename(audit: ReportInput, name: str) -> ReportInput:
        first, *others = audit.result.titles
        titles = (replace(first, title=replace(first.title, name=name)), *others)
        return replace(audit, result=replace(audit.result, titles=titles))

    return rename
