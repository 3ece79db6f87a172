# SPDX-License-Identifier: Apache-2.0
"""wmic in its three forms: every product is an entry, blank, or a problem."""

from collections.abc import Callable
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers.interface import Reading

TABLE = [
    "Name                            Vendor                 Version      ",
    "7-Zip 22.01 (x64 edition)       Igor Pavlov            22.01.00.0   ",
    "                                                                    ",
    "Microsoft Office Standard 2016  Microsoft Corporation  16.0.4266.1  ",
    "Tanpa Penerbit                                         1.0          ",
]
LIST = ["", "", "Name=7-Zip 22.01", "Vendor=Igor Pavlov", "Version=22.01", "", "", "Name=", "Vendor=", "Version=", "", ""]
CSV = [
    "",
    "Node,Name,Vendor,Version",
    "DISNAKER-PC04,VMware Tools,VMware, Inc.,12.1.5",
    "DISNAKER-PC05,7-Zip 22.01,Igor Pavlov,22.01",
]


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(row) for row in reading.entries[["name", "version", "publisher"]].itertuples(index=False)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp850"])
@pytest.mark.parametrize("ends", ["\r\n", "\r\r\n"])
def test_a_table(read: Callable[..., Reading], encoding: str, ends: str) -> None:
    reading = read("\n".join(TABLE) + "\n\n\n", "PC01.txt", encoding, ends)
    assert reading.reader == "wmic"
    assert rows(reading) == [
        ("7-Zip 22.01 (x64 edition)", "22.01.00.0", "Igor Pavlov"),
        ("Microsoft Office Standard 2016", "16.0.4266.1", "Microsoft Corporation"),
        ("Tanpa Penerbit", "1.0", ""),
    ]
    assert [one.reason for one in reading.skipped] == [SkipReason.BLANK]


def test_a_table_of_names_alone(read: Callable[..., Reading]) -> None:
    reading = read("Name                 \nGIMP 2.10.34         \nInkscape 1.3         \n\n", encoding="utf-16")
    assert rows(reading) == [("GIMP 2.10.34", "", ""), ("Inkscape 1.3", "", "")]


@pytest.mark.parametrize("ends", ["\r\n", "\r\r\n"])
def test_a_list(read: Callable[..., Reading], ends: str) -> None:
    reading = read("\n".join(LIST), "PC01.txt", "utf-16", ends)
    assert reading.reader == "wmic"
    assert rows(reading) == [("7-Zip 22.01", "22.01", "Igor Pavlov")]
    assert [one.reason for one in reading.skipped] == [SkipReason.BLANK]


def test_windows_names_its_device(read: Callable[..., Reading]) -> None:
    reading = read("\n\nCaption=Microsoft Windows 10 Pro \nCSName=DISNAKER-PC02\nVersion=10.0.19045\n\n", encoding="utf-16")
    assert rows(reading) == [("Microsoft Windows 10 Pro", "10.0.19045", "")]
    assert list(reading.entries["device"]) == ["DISNAKER-PC02"]


def test_csv_has_devices_and_no_quotes(read: Callable[..., Reading]) -> None:
    reading = read("\n".join([*CSV, "DISNAKER-PC05,cut off", "a,b,c,d,e,f"]), "laporan.csv", "utf-16")
    assert reading.reader == "wmic"
    assert rows(reading) == [("VMware Tools", "12.1.5", "VMware, Inc."), ("7-Zip 22.01", "22.01", "Igor Pavlov")]
    assert list(reading.entries["device"]) == ["DISNAKER-PC04", "DISNAKER-PC05"]
    assert [one.source.locator for one in reading.problems] == ["A5", "A6"]


@pytest.mark.parametrize(
    "text",
    [
        "Name  Version  Rev\ncore  16       1\n",
        "Package        Version\nrequests       2.31\n",
        "[section]\nname=value\n\nName=x\n",
        "PATH=/usr/bin\nHOME=/root\n",
        'NAME="Debian GNU/Linux"\nVERSION="12 (bookworm)"\nID=debian\n',
        "[Desktop Entry]\nName=GIMP\nVersion=1.0\nType=Application\nExec=gimp\n",
        "name=simda\nversion=2.7\n",
        "Nama  Versi\n7-Zip  22\n",
    ],
)
def test_other_text_is_not_claimed(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text).reader != "wmic"
    except UnreadableFile as error:
        assert "No reader" in str(error)


@pytest.mark.corpus
def test_a_real_table(corpus: Path, read_path: Callable[[Path], Reading]) -> None:
    path = corpus / "endpoint" / "windows_exports" / "wmic_product_utf16le.txt"
    lines = path.read_text("utf-16").splitlines()
    below = [line for line in lines[[line.split() for line in lines].index(["Name", "Version"]) + 1 :] if line]
    reading = read_path(path)
    assert len(reading.entries) == sum(not line.startswith(" ") for line in below)
    assert len(reading.entries) + len(reading.skipped) == len(below)
    assert not reading.problems


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["glpi-agent_win32", "fusion-agent_win32"])
@pytest.mark.parametrize("name", ["Win32_OperatingSystem", "Win32_QuickFixEngineering", "SoftwareLicensingProduct"])
def test_real_classes(corpus: Path, folder: str, name: str, read_path: Callable[[Path], Reading]) -> None:
    for path in sorted((corpus / "endpoint" / folder).glob(f"*-{name}.wmi")):
        objects = path.read_text("utf-16").count("\nDescription=")
        if objects:
            reading = read_path(path)
            assert reading.reader == "wmic", path
            assert (len(reading.entries), len(reading.problems)) == (objects, 0), path
