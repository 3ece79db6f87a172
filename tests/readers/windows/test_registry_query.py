# SPDX-License-Identifier: Apache-2.0
"""reg query: every key of Uninstall is an entry, blank, or a problem."""

from collections.abc import Callable
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers.interface import Reading

QUERY = """
HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\7-Zip
    DisplayName    REG_SZ    7-Zip 22.01 (x64)
    DisplayVersion    REG_SZ    22.01
    Publisher    REG_SZ    Igor Pavlov
    NoModify    REG_DWORD    0x1

HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\AddressBook

HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{26A24AE4-039D-4CA4-87B4-2F64180381F0}
    DisplayName    REG_EXPAND_SZ    Java 8 Update 381 (64-bit)
    Publisher    REG_SZ    Oracle Corporation

HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\broken
    DisplayName    REG_BINARY    00FF

End of search: 7 match(es) found.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp850"])
def test_keys_of_uninstall(read: Callable[..., Reading], encoding: str) -> None:
    reading = read(QUERY, encoding=encoding)
    assert reading.reader == "registry-query"
    assert [tuple(row) for row in reading.entries[["name", "version", "publisher", "position"]].itertuples(index=False)] == [
        ("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov", 2),
        ("Java 8 Update 381 (64-bit)", "", "Oracle Corporation", 10),
    ]
    assert [one.source.locator for one in reading.skipped] == ["A8"]
    assert [one.source.locator for one in reading.problems] == ["A14"]


def test_windows_xp_parts_by_tabs(read: Callable[..., Reading]) -> None:
    text = (
        "\n! REG.EXE VERSION 3.0\n\nHKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\WinRAR\n"
        "    DisplayName\tREG_SZ\tWinRAR archiver\n    DisplayVersion\tREG_SZ\t3.80\n"
    )
    assert list(read(text).entries["name"]) == ["WinRAR archiver"]


def test_windows_itself(read: Callable[..., Reading]) -> None:
    text = (
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\n    ProductName    REG_SZ    Windows 10 Pro\n"
        "    CurrentBuild    REG_SZ    19045\n    CurrentMajorVersionNumber    REG_DWORD    0xa\n"
        "    DigitalProductId    REG_BINARY    A400000003000000\n"
    )
    reading = read(text)
    assert list(reading.entries["name"]) == ["Microsoft Windows 10 Pro"]
    assert list(reading.entries["version"]) == ["10.0.19045"]


@pytest.mark.parametrize(
    "text", ["HKEY_LOCAL_MACHINE\\Software is where it is.\nThat is all.\n", "See below\nHKEY_LOCAL_MACHINE\\x\n", "HKLM\\a\n"]
)
def test_other_text_is_not_claimed(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text).reader != "registry-query"
    except UnreadableFile as error:
        assert "No reader" in str(error)


@pytest.mark.corpus
def test_keys_of_other_places_list_no_software(corpus: Path, read_path: Callable[[Path], Reading]) -> None:
    reading = read_path(corpus / "endpoint" / "windows_exports" / "reg_query_software_keys.txt")
    assert len(reading.entries) + len(reading.skipped) + len(reading.problems) == 0
    assert "no keys of Uninstall" in str(reading.notes[0].message)
