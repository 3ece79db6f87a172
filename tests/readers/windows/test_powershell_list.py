# SPDX-License-Identifier: Apache-2.0
"""Format-List text: every object of software is an entry, blank, or not installed."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers.interface import Reading

UNINSTALL = """

DisplayName     : 7-Zip 22.01 (x64)
DisplayVersion  : 22.01
Publisher       : Igor Pavlov
InstallDate     :

DisplayName     :
DisplayVersion  :
Publisher       :
InstallDate     :

DisplayName     : Microsoft Visual C++ 2015-2022 Redistributable (x64) -
                  14.36.32532
DisplayVersion  : 14.36.32532.0
Publisher       : Microsoft Corporation
InstallDate     : 20240105



"""


def rows(reading: Reading) -> list[tuple[str, ...]]:
    entries = reading.entries
    columns = (entries[name] for name in ("name", "version", "publisher", "device"))
    places = (f"{place}{at}" for place, at in zip(entries["place"], entries["position"], strict=True))
    return [tuple(row) for row in zip(*columns, places, strict=True)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig", "cp850"])
def test_keys_of_uninstall(read: Callable[..., Reading], encoding: str) -> None:
    reading = read(UNINSTALL, encoding=encoding)
    assert reading.reader == "powershell-list"
    assert rows(reading) == [
        ("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov", "", "A3"),
        (
            "Microsoft Visual C++ 2015-2022 Redistributable (x64) - 14.36.32532",
            "14.36.32532.0",
            "Microsoft Corporation",
            "",
            "A13",
        ),
    ]
    assert [(one.reason, one.source.locator) for one in reading.skipped] == [(SkipReason.BLANK, "A8")]
    assert not reading.problems


def test_whole_keys_of_the_registry_differ_in_their_values(read: Callable[..., Reading]) -> None:
    text = """
NSIS:Language        : 1033
DisplayName          : Notepad++ (64-bit x64)
Publisher            : Notepad++ Team
DisplayVersion       : 8.5.4
PSPath               : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\Software\\Notepad++
PSChildName          : Notepad++

SystemComponent      : 1
PSPath               : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\Software\\x
PSChildName          : Connection Manager
"""
    reading = read(text)
    assert [row[:3] for row in rows(reading)] == [("Notepad++ (64-bit x64)", "8.5.4", "Notepad++ Team")]
    assert [one.reason for one in reading.skipped] == [SkipReason.BLANK]


def test_products_packages_and_appx(read: Callable[..., Reading]) -> None:
    text = """
IdentifyingNumber : {26A24AE4-039D-4CA4-87B4-2F64180381F0}
Name              : Java 8 Update 381 (64-bit)
Vendor            : Oracle Corporation
Version           : 8.0.3810.9
PSComputerName    : DISNAKER-PC07

Name              : Microsoft.WindowsCalculator
Publisher         : CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US
Architecture      : X64
Version           : 11.2307.4.0
PackageFullName   : Microsoft.WindowsCalculator_11.2307.4.0_x64__8wekyb3d8bbwe
Status            : Ok

Name              : 5319275A.WhatsAppDesktop
Publisher         : CN=24803D75-212C-471A-BC57-9EF86AB91435
Version           : 2.2340.2.0
PackageFullName   : 5319275A.WhatsAppDesktop_2.2340.2.0_x64__cv1g1gvanyjgm

Name                           : WinRAR 6.23 (64-bit)
Version                        : 6.23.0
Status                         : Installed
ProviderName                   : Programs
"""
    assert rows(read(text)) == [
        ("Java 8 Update 381 (64-bit)", "8.0.3810.9", "Oracle Corporation", "DISNAKER-PC07", "A3"),
        ("Microsoft.WindowsCalculator", "11.2307.4.0", "Microsoft Corporation", "", "A8"),
        ("5319275A.WhatsAppDesktop", "2.2340.2.0", "", "", "A15"),
        ("WinRAR 6.23 (64-bit)", "6.23.0", "", "", "A20"),
    ]


def test_windows_and_its_activation(read: Callable[..., Reading]) -> None:
    text = """
Caption        : Microsoft Windows 10 Pro
Version        : 10.0.19045
OSArchitecture : 64-bit
Manufacturer   : Microsoft Corporation
CSName         : DISNAKER-PC02

Name                      : Windows(R), Professional edition
Description               : Windows(R) Operating System, VOLUME_KMSCLIENT channel
PartialProductKey         : 3V66T
LicenseStatus             : 1
ProductKeyChannel         : Volume:GVLK
KeyManagementServiceMachine : kms.contoh.go.id
KeyManagementServicePort  : 1688

Name                      : Windows(R), Enterprise edition
Description               : Windows(R) Operating System, VOLUME_MAK channel
PartialProductKey         :
LicenseStatus             : 0
ProductKeyChannel         :
"""
    reading = read(text)
    # Windows is on the device once: what it says of its licence stands with it.
    assert [row[:2] for row in rows(reading)] == [("Microsoft Windows 10 Pro", "10.0.19045")]
    assert list(reading.entries["activation"]) == [
        "status=licensed; channel=VOLUME_KMSCLIENT; server=kms.contoh.go.id:1688; key=3V66T"
    ]
    assert reading.device == "DISNAKER-PC02"
    assert [(one.source.locator, "Microsoft Windows 10 Pro" in str(one.message)) for one in reading.notes] == [("A8", True)]
    assert [one.reason for one in reading.skipped] == [SkipReason.NOT_INSTALLED]


def test_the_whole_key_never_leaves(read: Callable[..., Reading]) -> None:
    text = """
Name              : Windows(R), Professional edition
PartialProductKey : ABCDE-FGHIJ-KLMNO-PQRST-3V66T
LicenseStatus     : 5
"""
    reading = read(text)
    assert list(reading.entries["activation"]) == ["status=notification; key=3V66T"]
    assert "ABCDE" not in repr(reading)


def test_names_and_versions_alone(read: Callable[..., Reading]) -> None:
    reading = read("\nName    : 7-Zip\nVersion : 22.01\n\nName    : GIMP\nVersion :\n\nVersion : 3\n")
    assert [row[:2] for row in rows(reading)] == [("7-Zip", "22.01"), ("GIMP", "")]
    assert [one.reason for one in reading.skipped] == [SkipReason.BLANK]


def test_hotfixes(read: Callable[..., Reading]) -> None:
    text = """
Description         : Security Update
HotFixID            : KB5031356
InstalledBy         : NT AUTHORITY\\SYSTEM
PSComputerName      : DISNAKER-PC02
"""
    assert rows(read(text))[0][0] == "Security Update (KB5031356)"


def test_colours_of_a_newer_shell_are_no_part_of_names(read: Callable[..., Reading]) -> None:
    text = "\n\x1b[32;1mDisplayName    : \x1b[0mGIMP 2.10.34\n\x1b[32;1mDisplayVersion : \x1b[0m2.10.34\n"
    assert rows(read(text))[0][:2] == ("GIMP 2.10.34", "2.10.34")


def test_objects_without_blank_lines_between_them(read: Callable[..., Reading]) -> None:
    text = "\n".join(line for line in UNINSTALL.splitlines() if line.strip())
    reading = read(text)
    assert (len(reading.entries), len(reading.skipped)) == (2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Name        : bash\nVersion     : 5.2.15\nRelease     : 3.fc39\nArchitecture: x86_64\nVendor      : Fedora Project\n",
        "Name            : pacman\nVersion         : 6.0.2-7\nLicenses        : GPL\nDepends On      : bash\n",
        "Name: requests\nVersion: 2.31.0\nSummary: HTTP\nHome-page: https://example.org\nAuthor: X\n",
        "Status      : Running\nName        : wuauserv\nDisplayName : Windows Update\n",
        "SPDXVersion: SPDX-2.3\nPackageName: zlib\nPackageVersion: 1.3\n",
        "# Simda\n\nA program of the regency.\nIt has versions.\nRead this.\nAnd that.\n\nName    : Simda\nVersion : 2.7\n",
        "# Readme\n\nName : a word\nNote : the display name is what matters\n",
        "Package: bash\nStatus: install ok installed\nVersion: 5.1\n",
        "2024-01-05 10:11:12 : Name : something happened\n",
    ],
)
def test_other_text_is_not_claimed(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text).reader != "powershell-list"
    except UnreadableFile as error:
        assert "No reader" in str(error)


def test_many_lines_take_linear_time(read: Callable[..., Reading]) -> None:
    text = UNINSTALL + "DisplayName : " + "x" * 3_000_000 + "\n" + "   go on\n" * 300_000 + "a : b\n\n" * 100_000
    started = time.perf_counter()
    reading = read(text, "PC01.txt", "utf-8", "\n")
    assert time.perf_counter() - started < 15
    assert len(reading.entries) == 3


@pytest.mark.corpus
def test_the_list_of_an_agents_script(corpus: Path, read_path: Callable[[Path], Reading]) -> None:
    path = corpus / "endpoint" / "glpi-agent_win32" / "resources__win32__powershell__10_russian.txt"
    lines = path.read_text("utf-8").splitlines()
    reading = read_path(path)
    assert list(reading.entries["name"]) == [line[6:] for line in lines if line.startswith("NAME: ")]
    assert list(reading.entries["version"]) == [line[9:] for line in lines if line.startswith("VERSION: ")]
