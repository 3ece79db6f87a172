# SPDX-License-Identifier: Apache-2.0
"""No product key of a device leaves the readers whole, wherever a format can hold one: only its last five characters do."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from reading import context

from foss_audit.cli import run
from foss_audit.readers import read_file

KEY = "BCDFG-HJKMP-QRTVW-XY234-6789B"
COMPACT = KEY.replace("-", "")
BLANKS = KEY.replace("-", " ")
WHOLE = re.compile(rf"{KEY}|{COMPACT}|{BLANKS}|{KEY.replace('-', '_')}", re.IGNORECASE)

GLPI = json.dumps(
    {
        "action": "inventory",
        "deviceid": "PC-GLPI-2026-01-01-01-01-01",
        "content": {
            "hardware": {"name": "PC-GLPI", "winprodkey": KEY, "winprodid": KEY},
            "operatingsystem": {"full_name": f"Microsoft Windows 11 Pro {KEY}", "version": KEY},
            "licenseinfos": [
                {"name": f"Office {KEY}", "fullname": f"Office {KEY}", "key": KEY, "productid": KEY},
                {"name": "Nero 2019", "fullname": f"Nero {COMPACT}", "key": COMPACT},
                {"name": f"Corel {KEY.lower()}", "key": BLANKS},
            ],
            "databases_services": [{"name": f"basis data {KEY}", "version": KEY, "manufacturer": KEY}],
            "antivirus": [{"name": f"antivirus {KEY}"}],
            "softwares": [
                {"name": f"Office {KEY}", "version": KEY, "publisher": KEY, "comments": KEY, "guid": KEY},
                {"name": f"WinZip {COMPACT}", "version": "1"},
                {"name": KEY, "version": "1"},
            ],
        },
    }
)
OCS = f"""<?xml version="1.0" encoding="UTF-8"?>
<REQUEST><DEVICEID>PC-OCS-2026-01-01-01-01-01</DEVICEID><CONTENT>
<HARDWARE><NAME>PC-OCS</NAME><OSNAME>Microsoft Windows 10 Pro</OSNAME><WINPRODKEY>{KEY}</WINPRODKEY></HARDWARE>
<LICENSEINFOS><NAME>Corel {KEY}</NAME><FULLNAME>Corel {COMPACT}</FULLNAME><KEY>{KEY}</KEY></LICENSEINFOS>
<OFFICEPACK><PRODUCT>Office {KEY}</PRODUCT><OFFICEKEY>{KEY}</OFFICEKEY><PRODUCTID>{KEY}</PRODUCTID></OFFICEPACK>
<SOFTWARES><NAME>WinZip {KEY}</NAME><VERSION>{KEY}</VERSION><PUBLISHER>{KEY}</PUBLISHER></SOFTWARES>
</CONTENT></REQUEST>
"""
SLMGR = f"""Name: Windows(R), Professional edition
Description: Windows(R) Operating System, RETAIL channel
Activation ID: 4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c
Product Key: {KEY}
Partial Product Key: {KEY}
License Status: Licensed

Name: Office {KEY}
Description: {KEY} channel
Activation ID: {KEY}
Product Key Channel: {KEY}
Partial Product Key: 8HVX7
License Status: {KEY}
Registered KMS machine name: {KEY}
"""
OSPP = f"""---Processing--------------------------
SKU ID: d450596f-894d-49e0-966a-fd39ed4c4c64
LICENSE NAME: Office 16 {KEY}
LICENSE DESCRIPTION: Office 16, {KEY} channel
LICENSE STATUS:  ---LICENSED---
Last 5 characters of installed product key: {KEY}
"""
REGISTRY = rf"""Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion]
"ProductName"="Windows 10 Pro {KEY}"
"ProductId"="{KEY}"
"DigitalProductId"=hex:a4,00,00,00,03,00,00,00,30,30,33,33,30,2d,38,30,30,30,30,2d,30,30,30,30,30,2d,41,41,34,38
"BackupProductKeyDefault"="{KEY}"

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{{{KEY}}}]
"DisplayName"="WinZip {KEY}"
"DisplayVersion"="{KEY}"
"Publisher"="{KEY}"
"ProductKey"="{KEY}"
"RegKey"="{COMPACT}"
"""
REG_QUERY = rf"""HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{KEY}
    DisplayName    REG_SZ    WinZip {KEY}
    Publisher    REG_SZ    {KEY}
    ProductKey    REG_SZ    {KEY}
"""
POWERSHELL = json.dumps(
    [
        {
            "Name": "Windows(R), Professional edition",
            "Description": f"Windows(R) Operating System, {KEY} channel",
            "LicenseStatus": 1,
            "PartialProductKey": KEY,
            "OA3xOriginalProductKey": KEY,
            "KeyManagementServiceMachine": KEY,
        },
        {"DisplayName": f"Office {KEY}", "DisplayVersion": KEY, "Publisher": KEY},
        {"DisplayName": BLANKS},
    ]
)
POWERSHELL_LIST = f"""DisplayName    : Office {KEY}
DisplayVersion : {KEY}
Publisher      : {KEY}

DisplayName    : WinZip
DisplayVersion : 1
Publisher      : {COMPACT}
"""
SHEET = f"""No;Perangkat;Nama Perangkat Lunak;Versi;Product Key;Keterangan
1;PC-1;Microsoft Windows 10 Pro;10;{KEY};{KEY}
2;PC-1;Microsoft Office 2016 {KEY};{KEY};{KEY};asli {KEY}
3;PC-1;{KEY};;;
4;PC-1;;{KEY};{KEY};
"""
SHEET_WITHOUT_HEADING = f"PC-1;Microsoft Windows 10 Pro;10;{KEY}\nPC-2;Microsoft Office 2016;16;{KEY}\nPC-3;Corel;11;{KEY}\n"
SWAPPED_SHEET = f"Nama Perangkat Lunak,Versi,Lisensi,Jumlah\nCorel,{KEY},{KEY},{KEY}\nNero,1,Kunci: {KEY},x {KEY}\n"
LIST = f"""DAFTAR APLIKASI TERPASANG
Nama Komputer : PC-9
1. LibreOffice 7.6.4
2. Mozilla Firefox 121.0
3. Microsoft Office 2016 key {KEY}
4. {KEY}
5. Corel (serial: {COMPACT})
Product Key: {KEY}
"""
NAME_VALUES = f"Name=VMware Tools, Version={KEY}, Publisher={KEY}\nName=Corel {KEY}, Version=1, Publisher=Corel\n"
SYSTEMINFO = f"""Host Name:                 PC-10
OS Name:                   Microsoft Windows 10 Pro {KEY}
OS Version:                10.0.19045 N/A Build 19045
OS Manufacturer:           Microsoft Corporation
Product ID:                {KEY}
"""
SWID = f"""<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd"
name="Acrobat {KEY}" version="{KEY}" tagId="x">
<Entity name="{KEY}" role="softwareCreator"/><Meta activationStatus="{KEY}" channelType="{KEY}" entitlementKey="{KEY}"/>
</SoftwareIdentity>"""
SWID_2009 = f"""<software_identification_tag xmlns="http://standards.iso.org/iso/19770/-2/2009/schema.xsd">
<product_title>Acrobat</product_title><serial_number>{KEY}</serial_number>
<license_linkage><activation_status>{KEY}</activation_status><channel_type>{KEY}</channel_type></license_linkage>
</software_identification_tag>"""
OSQUERY = json.dumps(
    [{"name": f"Nero {KEY}", "version": KEY, "publisher": KEY, "identifying_number": KEY, "uninstall_string": ""}]
)
SBOM = json.dumps(
    {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "components": [
            {
                "type": "application",
                "name": f"Corel {KEY}",
                "version": KEY,
                "licenses": [
                    {
                        "license": {
                            "name": f"Commercial {KEY}",
                            "text": {"content": KEY},
                            "licensing": {
                                "altIds": [KEY],
                                "purchaseOrder": KEY,
                                "licenseTypes": ["perpetual"],
                                "licensor": {"organization": {"name": KEY}},
                                "purchaser": {"organization": {"name": f"Dinas {KEY}"}},
                            },
                        }
                    }
                ],
            }
        ],
    }
)
FILES: dict[str, str | bytes] = {
    "glpi.json": GLPI,
    "ocs.xml": OCS,
    "packed.ocs": zlib.compress(OCS.replace("PC-OCS", "PC-PACKED").encode()),
    "slmgr.txt": SLMGR,
    "ospp.txt": OSPP,
    "registry.reg": REGISTRY.encode("utf-16"),
    "reg-query.txt": REG_QUERY,
    "powershell.json": POWERSHELL,
    "powershell-list.txt": POWERSHELL_LIST,
    "sheet.csv": SHEET,
    "without-heading.csv": SHEET_WITHOUT_HEADING,
    "swapped.csv": SWAPPED_SHEET,
    "list.txt": LIST,
    "name-values.txt": NAME_VALUES,
    "systeminfo.txt": SYSTEMINFO,
    "acrobat.swidtag": SWID,
    "acrobat-2009.swidtag": SWID_2009,
    "osquery.json": OSQUERY,
    "sbom.cdx.json": SBOM,
}


@pytest.fixture
def inventories(tmp_path: Path) -> Path:
    folder = tmp_path / "opd" / "Dinas Sosial"
    folder.mkdir(parents=True)
    for name, content in FILES.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def texts_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that is written in the files of a folder, unpacked."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
                yield from ((f"{path.name}/{name}", packed.read(name).decode(errors="replace")) for name in packed.namelist())
        else:
            yield path.name, path.read_bytes().decode(errors="replace")


def test_no_report_of_files_full_of_keys_holds_one(inventories: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(["audit", str(inventories.parent), "--as-of", "2026-11-24", "--out", str(out)])
    written = list(texts_in(out))
    assert len(written) > 10
    for name, text in written:
        found = WHOLE.search(text)
        assert found is None, f"{name}: {text[max(found.start() - 100, 0) : found.end() + 20]}"
    assert "6789B" in "".join(text for _, text in written)


@pytest.mark.parametrize("name", FILES)
def test_inspecting_a_file_full_of_keys_shows_none(inventories: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["inspect", str(inventories / name), "--format", "json"])
    shown = capsys.readouterr()
    assert name in shown.out
    assert not WHOLE.search(shown.out + shown.err)


@pytest.mark.parametrize("name", FILES)
def test_nothing_that_a_reader_gives_holds_a_key(inventories: Path, name: str) -> None:
    """Also what no report shows today: claims, places, rights."""
    reading = read_file(inventories / name, name, context())
    assert len(reading.entries) or reading.problems
    table = reading.entries.to_csv()
    said = " ".join(str(one.message) for one in (*reading.problems, *reading.notes))
    assert not WHOLE.search(table + said + repr(reading.entitlements) + repr(reading.sheets))
