# SPDX-License-Identifier: Apache-2.0
"""CSV of PowerShell that a plain table of software would be read wrongly from."""

import time
from collections.abc import Callable

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers.interface import Reading


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(row) for row in reading.entries[["name", "version", "publisher"]].itertuples(index=False)]


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize(
    "beginning", ["", "#TYPE Microsoft.Management.Infrastructure.CimInstance#root/cimv2/SoftwareLicensingProduct\n"]
)
def test_activation(read: Callable[..., Reading], separator: str, beginning: str) -> None:
    lines = [
        '"Name","Description","PartialProductKey","LicenseStatus","ProductKeyChannel"',
        '"Windows(R), Professional edition","Windows(R) Operating System, OEM_DM channel","8HVX7","1","OEM:DM"',
        '"Windows(R), Education edition","Windows(R) Operating System, RETAIL channel",,"0",',
    ]
    reading = read(beginning + "\n".join(lines).replace('","', f'"{separator}"').replace(",,", separator * 2) + "\n", "PC01.csv")
    assert reading.reader == "powershell-csv"
    assert list(reading.entries["activation"]) == ["status=licensed; channel=OEM_DM; key=8HVX7"]
    assert list(reading.entries["position"]) == [beginning.count("\n") + 2]
    assert [one.reason for one in reading.skipped] == [SkipReason.NOT_INSTALLED]


def test_appx_packages(read: Callable[..., Reading]) -> None:
    text = (
        '"Name","Publisher","Version","PackageFullName"\n'
        '"Microsoft.BingWeather","CN=Microsoft Corporation, O=Microsoft Corporation","4.53.1","Microsoft.BingWeather_4.53"\n'
        '"5319275A.WhatsAppDesktop","CN=24803D75-212C-471A-BC57-9EF86AB91435","2.2","5319275A.WhatsAppDesktop_2.2_x64__cv1g"\n'
    )
    assert rows(read(text, "PC01.csv")) == [
        ("Microsoft.BingWeather", "4.53.1", "Microsoft Corporation"),
        ("5319275A.WhatsAppDesktop", "2.2", ""),
    ]


def test_appx_packages_show_in_their_publishers(read: Callable[..., Reading]) -> None:
    text = '"Name","Publisher","Version"\n"Microsoft.BingWeather","CN=Microsoft Corporation, O=Microsoft Corporation","4.53"\n'
    assert rows(read(text, "PC01.csv")) == [("Microsoft.BingWeather", "4.53", "Microsoft Corporation")]


def test_objects_that_became_one_cell(read: Callable[..., Reading]) -> None:
    text = (
        '"Programs"\n'
        '"@{DisplayName=7-Zip 22.01 (x64); DisplayVersion=22.01; Publisher=Igor Pavlov}"\n'
        '"@{DisplayName=; DisplayVersion=; Publisher=}"\n'
        '"@{DisplayName=Java; PSChildName={26A24AE4-039D-4CA4-87B4-2F64180381F0}; DisplayVersion=8} @{DisplayName=GIMP}"\n'
        '"@{DisplayName=cut off; Publisher=x"\n'
        '"System.Object[]"\n'
    )
    reading = read(text, "PC01.csv")
    assert rows(reading) == [("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov"), ("Java", "8", ""), ("GIMP", "", "")]
    assert [one.source.locator for one in reading.skipped] == ["A3"]
    assert [one.source.locator for one in reading.problems] == ["A5", "A6"]


def test_objects_as_lines_of_text(read: Callable[..., Reading]) -> None:
    reading = read("@{DisplayName=GIMP 2.10.34; Publisher=The GIMP Team}\n@{DisplayName=Inkscape; Publisher=Inkscape}\n")
    assert [row[0] for row in rows(reading)] == ["GIMP 2.10.34", "Inkscape"]


def test_rows_that_do_not_fit_are_problems(read: Callable[..., Reading]) -> None:
    text = "Name,PartialProductKey,LicenseStatus\nWindows(R),3V66T,1\na,b,c,d\n\nOffice,WFG99\n"
    reading = read(text, "PC01.csv")
    assert [one.source.locator for one in reading.problems] == ["A3"]
    assert list(reading.entries["position"]) == [2, 5]


def test_quotes_in_the_midst_of_cells(read: Callable[..., Reading]) -> None:
    text = 'Name,PartialProductKey,LicenseStatus\na"b,3V66T,1\nc"d,WFG99,1\nOffice,WFG99,1\n'
    reading = read(text, "PC01.csv")
    assert (len(reading.entries), len(reading.problems)) == (1, 2)


def test_a_quote_that_is_never_closed_takes_no_other_line_with_it(read: Callable[..., Reading]) -> None:
    lines = ["Name,PartialProductKey,LicenseStatus", '"Windows(R),3V66T,1', *(f"Office {number},WFG99,1" for number in range(40))]
    reading = read("\n".join(lines), "PC01.csv")
    assert [one.source.locator for one in reading.problems] == ["A2"]
    assert len(reading.entries) == 40


def test_many_objects_without_an_end_take_linear_time(read: Callable[..., Reading]) -> None:
    text = '"Programs"\n"@{DisplayName=A}"\n' + '"' + "@{DisplayName=" * 200_000 + '"\n'
    started = time.perf_counter()
    assert len(read(text, "PC01.csv").entries) == 1
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    "text",
    [
        '"DisplayName","DisplayVersion","Publisher"\n"7-Zip","22","Igor Pavlov"\n',
        '#TYPE Selected\n"Name","Version"\n"7-Zip","22"\n',
        "Nama Komputer;Nama Software\nPC01;7-Zip\n",
        "Get-Item x | Select-Object @{Name='a'; Expression={$_.b}}\n",
    ],
)
def test_ordinary_tables_are_left_to_their_reader(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text, "PC01.csv").reader != "powershell-csv"
    except UnreadableFile as error:
        assert "No reader" in str(error)


def test_objects_of_another_class_appended_to_the_file(read: Callable[..., Reading]) -> None:
    text = """"Caption","Version","CSName"
"Microsoft Windows 10 Pro","10.0.19045","DISNAKER-PC09"
#TYPE Selected.System.Management.Automation.PSCustomObject
"DisplayName","DisplayVersion","Publisher","InstallDate"
"7-Zip 22.01 (x64)","22.01","Igor Pavlov",""
"WinRAR 6.11 (64-bit)","6.11.0","win.rar GmbH","20230101"
"""
    reading = read(text, "PC09.csv")
    assert reading.reader == "powershell-csv"
    assert reading.device == "DISNAKER-PC09"
    found = reading.entries[["name", "version", "publisher"]].itertuples(index=False)
    assert [tuple(row) for row in found] == [
        ("Microsoft Windows 10 Pro", "10.0.19045", ""),
        ("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov"),
        ("WinRAR 6.11 (64-bit)", "6.11.0", "win.rar GmbH"),
    ]
    assert not reading.problems and not reading.skipped
