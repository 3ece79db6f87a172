# SPDX-License-Identifier: Apache-2.0
"""Format-Table text: every row below a heading of software is an entry, blank, or a problem."""

from collections.abc import Callable
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers.interface import Reading

TABLE = [
    "",
    "DisplayName                    DisplayVersion  Publisher             ",
    "-----------                    --------------  ---------             ",
    "7-Zip 22.01 (x64)              22.01           Igor Pavlov           ",
    "                                                                     ",
    "Microsoft Office Professional… 16.0.16731.2017 Microsoft Corporation ",
    "LibreOffice 7.5.5.2            7.5.5.2                               ",
    "",
    "",
    "",
]


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(row) for row in reading.entries[["name", "version", "publisher"]].itertuples(index=False)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig"])
def test_rows_of_a_table(read: Callable[..., Reading], encoding: str) -> None:
    reading = read("\n".join(TABLE), encoding=encoding)
    assert reading.reader == "powershell-table"
    assert rows(reading) == [
        ("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov"),
        ("Microsoft Office Professional…", "16.0.16731.2017", "Microsoft Corporation"),
        ("LibreOffice 7.5.5.2", "7.5.5.2", ""),
    ]
    assert list(reading.entries["position"]) == [4, 6, 7]
    assert [(one.reason, one.source.locator) for one in reading.skipped] == [(SkipReason.BLANK, "A5")]
    assert [one.source.locator for one in reading.notes] == ["A6"]


def test_trimmed_lines_keep_the_nameless_rows(read: Callable[..., Reading]) -> None:
    reading = read("\n".join(line.rstrip() for line in TABLE))
    assert (len(reading.entries), len(reading.skipped), len(reading.problems)) == (3, 1, 0)


def test_one_column(read: Callable[..., Reading]) -> None:
    assert rows(read("DisplayName\n-----------\nGIMP 2.10.34\nInkscape 1.3\n")) == [
        ("GIMP 2.10.34", "", ""),
        ("Inkscape 1.3", "", ""),
    ]


def test_numbers_reach_out_to_the_left_of_their_heading(read: Callable[..., Reading]) -> None:
    text = "\n".join(
        [
            "DisplayName       EstimatedSize Publisher",
            "-----------       ------------- ---------",
            "7-Zip 22.01                5625 Igor Pavlov",
            "Office 2016 123456789012345678 Microsoft Corporation",
        ]
    )
    assert rows(read(text)) == [("7-Zip 22.01", "", "Igor Pavlov"), ("Office 2016", "", "Microsoft Corporation")]


def test_wide_characters_take_two_places(read: Callable[..., Reading]) -> None:
    text = "\n".join(
        [
            "DisplayName            DisplayVersion",
            "-----------            --------------",
            "한컴오피스 2020        11.0.0.1",
            "7-Zip 22.01            22.01",
        ]
    )
    assert rows(read(text)) == [("한컴오피스 2020", "11.0.0.1", ""), ("7-Zip 22.01", "22.01", "")]


def test_several_tables_and_what_stands_between_them(read: Callable[..., Reading]) -> None:
    text = "\n".join(
        [
            "PS C:\\Users\\admin> Get-Service",
            "Status   Name               DisplayName",
            "------   ----               -----------",
            "Running  wuauserv           Windows Update",
            "",
            "Name                Version  Source  ProviderName",
            "----                -------  ------  ------------",
            "WinRAR 6.23         6.23.0           Programs",
            "",
            "",
            "   Publisher: Mozilla",
            "",
            "DisplayName         Publisher",
            "-----------         ---------",
            "Mozilla Firefox     Mozilla",
            "PS C:\\Users\\admin> ",
        ]
    )
    reading = read(text)
    assert rows(reading) == [("WinRAR 6.23", "6.23.0", ""), ("Mozilla Firefox", "", "Mozilla")]
    assert not reading.problems
    assert not reading.skipped


def test_a_sentence_below_the_table_is_no_program(read: Callable[..., Reading]) -> None:
    reading = read("\n".join([*TABLE, "Pendataan selesai dilakukan oleh petugas Dinas pada 24 November 2026."]))
    assert len(reading.entries) == 3
    assert [one.source.locator for one in reading.problems] == ["A11"]


def test_hotfixes_name_their_device(read: Callable[..., Reading]) -> None:
    text = "\n".join(
        [
            "Source        Description      HotFixID      InstalledBy          InstalledOn",
            "------        -----------      --------      -----------          -----------",
            "DISNAKER-PC01 Security Update  KB5031356     NT AUTHORITY\\SYSTEM  10/11/2023 12:00:00 AM",
        ]
    )
    reading = read(text)
    assert rows(reading)[0][0] == "Security Update (KB5031356)"
    assert list(reading.entries["device"]) == ["DISNAKER-PC01"]


@pytest.mark.parametrize(
    "text",
    [
        "Package    Version\n---------- -------\nrequests   2.31.0\n",
        "Status Name DisplayName\n------ ---- -----------\nRunning a  b\n",
        "Judul\n-----\nIsi laporan\n",
        "| DisplayName | Publisher |\n|-------------|-----------|\n| 7-Zip | Igor |\n",
        "ModuleType Version Name\n---------- ------- ----\nScript     1.0     x\n",
    ],
)
def test_other_text_is_not_claimed(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text).reader != "powershell-table"
    except UnreadableFile as error:
        assert "No reader" in str(error)


@pytest.mark.corpus
def test_a_real_table(corpus: Path, read_path: Callable[[Path], Reading]) -> None:
    path = corpus / "endpoint" / "windows_exports" / "ps_format_table_utf16le.txt"
    lines = path.read_text("utf-16").splitlines()[3:]
    reading = read_path(path)
    assert len(reading.entries) == sum(bool(line.strip()) for line in lines)
    assert len(reading.skipped) == sum(bool(line) and not line.strip() for line in lines)
