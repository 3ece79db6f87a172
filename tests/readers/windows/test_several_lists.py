# SPDX-License-Identifier: Apache-2.0
"""Lists that a script printed one below the other into one file: none is lost, and Windows is there once."""

from collections.abc import Callable
from itertools import permutations

import pytest

from foss_audit.readers.interface import Reading

Read = Callable[..., Reading]

SYSTEM = """
Host Name:                 PC-20
OS Name:                   Microsoft Windows 10 Pro
OS Version:                10.0.19045 N/A Build 19045
OS Manufacturer:           Microsoft Corporation
OS Configuration:          Standalone Workstation
Registered Owner:          Umum
Hotfix(s):                 1 Hotfix(s) Installed.
                           [01]: KB5031356
"""
WINDOWS = """
Caption        : Microsoft Windows 10 Pro
Version        : 10.0.19045
CSName         : PC-20
OSArchitecture : 64-bit

"""
SLMGR = """
Software licensing service version: 10.0.19041.2728

Name: Windows(R), Professional edition
Description: Windows(R) Operating System, OEM_DM channel
Activation ID: 4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c
Product Key Channel: OEM:DM
Partial Product Key: 8HVX7
License Status: Licensed

"""
OSPP = """
---Processing--------------------------
---------------------------------------
SKU ID: d450596f-894d-49e0-966a-fd39ed4c4c64
LICENSE NAME: Office 16, Office16ProPlusVL_KMS_Client edition
LICENSE DESCRIPTION: Office 16, VOLUME_KMSCLIENT channel
LICENSE STATUS:  ---LICENSED---
Last 5 characters of installed product key: WFG99
---------------------------------------
---Exiting-----------------------------
"""
TABLE = """
DisplayName            DisplayVersion Publisher
-----------            -------------- ---------
GIMP 2.10.34           2.10.34        The GIMP Team
Inkscape               1.3.0          Inkscape

"""
LIST = """
DisplayName    : VLC media player
DisplayVersion : 3.0.18
Publisher      : VideoLAN

DisplayName    : Microsoft Office Professional Plus 2016
DisplayVersion : 16.0.4266.1001
Publisher      : Microsoft Corporation

"""
WMIC = "Name              Vendor           Version     \nPython Launcher   Python Software  3.11.4150.0 \n"
WMIC_LIST = "\n\nName=Go Programming Language\nVendor=https://go.dev\nVersion=1.21.3\n\n\n"
WINGET = """
Name                                 Id                                        Version          Available Source
-----------------------------------------------------------------------------------------------------------------
Zoom                                 Zoom.Zoom                                 5.16.2           5.16.6    winget

"""
CHOCOLATEY = "\nChocolatey v2.2.2\nfirefox 118.0.1\nchocolatey 2.2.2\n2 packages installed.\n"
REGISTRY = r"""
HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\WinRAR archiver
    DisplayName    REG_SZ    WinRAR 6.11 (64-bit)
    DisplayVersion    REG_SZ    6.11.0

"""
NAMES = {
    SYSTEM: ["Microsoft Windows 10 Pro"],
    SLMGR: ["Windows(R), Professional edition"],
    OSPP: ["Office 16, Office16ProPlusVL_KMS_Client edition"],
    TABLE: ["GIMP 2.10.34", "Inkscape"],
    LIST: ["VLC media player", "Microsoft Office Professional Plus 2016"],
    WMIC: ["Python Launcher"],
    WMIC_LIST: ["Go Programming Language"],
    WINGET: ["Zoom"],
    CHOCOLATEY: ["firefox", "chocolatey"],
    REGISTRY: ["WinRAR 6.11 (64-bit)"],
}
PAIRS = [(one, other) for one, other in permutations(NAMES, 2) if not {one, other} <= {SLMGR, OSPP}]


def names(reading: Reading) -> list[str]:
    return list(reading.entries["name"])


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_lists_in_one_file(read: Read, one: str, other: str) -> None:
    reading = read(one + other)
    assert reading.reader == "systeminfo"
    wanted = NAMES[one] + NAMES[other]
    if {one, other} in ({SYSTEM, SLMGR}, {LIST, OSPP}):
        wanted = [name for name in wanted if name not in NAMES[SLMGR] + NAMES[OSPP]]
    assert names(reading) == wanted
    assert not reading.problems
    lines = (one + other).split("\n")
    for name, position in zip(names(reading), reading.entries["position"], strict=True):
        assert name.split()[0] in lines[position - 1]


def test_everything_in_one_file(read: Read) -> None:
    reading = read(SYSTEM + TABLE + SLMGR + OSPP + WMIC + LIST + WINGET + REGISTRY)
    assert reading.device == "PC-20"
    assert names(reading) == [
        "Microsoft Windows 10 Pro", "GIMP 2.10.34", "Inkscape", "Python Launcher", "VLC media player",
        "Microsoft Office Professional Plus 2016", "Zoom", "WinRAR 6.11 (64-bit)",
    ]  # fmt: skip
    activation = dict(zip(names(reading), reading.entries["activation"], strict=True))
    assert activation["Microsoft Windows 10 Pro"] == "status=licensed; channel=OEM_DM; key=8HVX7"
    assert activation["Microsoft Office Professional Plus 2016"] == "status=licensed; channel=VOLUME_KMSCLIENT; key=WFG99"
    assert sum(bool(one) for one in activation.values()) == 2
    assert len(reading.notes) == 2 and not reading.problems


def test_several_computers_in_one_file(read: Read) -> None:
    reading = read(SYSTEM + TABLE + SLMGR + SYSTEM.replace("PC-20", "PC-21") + LIST)
    assert reading.device is None
    found = list(zip(reading.entries["device"], names(reading), reading.entries["activation"] != "", strict=True))
    assert found == [
        ("PC-20", "Microsoft Windows 10 Pro", True),
        ("PC-20", "GIMP 2.10.34", False),
        ("PC-20", "Inkscape", False),
        ("PC-21", "Microsoft Windows 10 Pro", False),
        ("PC-21", "VLC media player", False),
        ("PC-21", "Microsoft Office Professional Plus 2016", False),
    ]


def test_windows_names_the_device_of_the_lists_beside_it(read: Read) -> None:
    reading = read(WINDOWS + TABLE)
    assert reading.device == "PC-20"
    assert set(reading.entries["device"]) == {"PC-20", ""}


def test_an_activation_of_nothing_in_the_list_stays_an_entry(read: Read) -> None:
    reading = read(SYSTEM + TABLE + OSPP)
    assert names(reading)[-1] == "Office 16, Office16ProPlusVL_KMS_Client edition"
    assert list(reading.entries["activation"])[-1].endswith("key=WFG99")
    assert not reading.notes


def test_two_systems_share_no_activation(read: Read) -> None:
    """Which of them it is of is not known."""
    other = WINDOWS.replace("Windows 10 Pro", "Windows 7 Ultimate").replace("CSName         : PC-20\n", "")
    reading = read(WINDOWS.replace("CSName         : PC-20\n", "") + other + SLMGR)
    assert "Windows(R), Professional edition" in names(reading)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp850"])
def test_in_the_encodings_of_windows(read: Read, encoding: str) -> None:
    reading = read(SYSTEM + TABLE + REGISTRY, encoding=encoding)
    assert len(reading.entries) == 4 and reading.device == "PC-20"


def test_a_list_far_below_the_beginning_is_no_silent_loss(read: Read) -> None:
    many = TABLE.rstrip() + "\n" + "".join(f"Aplikasi {number:05}         1.0            Dinas\n" for number in range(3000))
    reading = read(many + REGISTRY)
    assert reading.reader == "powershell-table"
    assert len(reading.entries) >= 3002
    assert any("another kind" in str(one.message) for one in reading.problems)


def test_thousands_of_parts_are_read_in_linear_time(read: Read) -> None:
    reading = read((SLMGR + REGISTRY + TABLE) * 1500)
    assert len(reading.entries) == 1500 * 4
