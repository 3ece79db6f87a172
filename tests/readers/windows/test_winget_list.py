# SPDX-License-Identifier: Apache-2.0
"""winget list: every row is an entry or a problem, whatever the language and the width of the console."""

import time
from collections.abc import Callable

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers.interface import Reading

ROWS = [
    "7-Zip 22.01 (x64)                    7zip.7zip                                 22.01            23.01     winget",
    "Google Chrome                        Google.Chrome                             117.0.5938.150             winget",
    "SIMDA Keuangan                       ARP\\Machine\\X86\\SIMDA_is1                  2.7.0.20",
    "Calculator                           MSIX\\Microsoft.WindowsCalculator_11.2307… 11.2307.4.0",
    "Microsoft Visual C++ 2015-2022 Redi… Microsoft.VCRedist.2015+.x64              14.36.32532.0              winget",
]
ENGLISH = "Name                                 Id                                        Version          Available Source"
GERMAN = "Name                                 ID                                        Version          Verfügbar Quelle"
RUSSIAN = "Имя                                  ИД                                        Версия           Доступно  Источник"
DASHES = "-" * 114


def rows(reading: Reading) -> list[tuple[str, str]]:
    return list(zip(reading.entries["name"], reading.entries["version"], strict=True))


EXPECTED = [
    ("7-Zip 22.01 (x64)", "22.01"),
    ("Google Chrome", "117.0.5938.150"),
    ("SIMDA Keuangan", "2.7.0.20"),
    ("Calculator", "11.2307.4.0"),
    ("Microsoft Visual C++ 2015-2022 Redi…", "14.36.32532.0"),
]


@pytest.mark.parametrize("heading", [ENGLISH, GERMAN, RUSSIAN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_rows_in_several_languages(read: Callable[..., Reading], heading: str, encoding: str) -> None:
    reading = read("\n".join([heading, DASHES, *ROWS]) + "\n", encoding=encoding)
    assert reading.reader == "winget-list"
    assert rows(reading) == EXPECTED
    assert list(reading.entries["position"]) == [3, 4, 5, 6, 7]
    assert [one.source.locator for one in reading.notes] == ["A7"]
    assert "Microsoft.VCRedist.2015+.x64" in str(reading.notes[0].message)


def test_progress_that_was_overwritten_on_the_screen(read: Callable[..., Reading]) -> None:
    beginning = "\r   - \r   \\ \r   | \r                    \r  ██████████▒▒▒▒▒▒▒▒  1024 KB / 2.50 MB\r\r"
    content = beginning + "\r\n".join([ENGLISH, DASHES, *ROWS, "", "2 upgrades available."]) + "\r\n"
    reading = read(content.encode())
    assert rows(reading) == EXPECTED
    assert not reading.problems


@pytest.mark.parametrize("misread", ["ΓÇª", "â€¦"])
def test_ellipses_that_were_read_in_a_wrong_encoding(read: Callable[..., Reading], misread: str) -> None:
    reading = read("\n".join([ENGLISH, DASHES, *ROWS]).replace("…", misread))
    assert rows(reading) == EXPECTED


def test_headings_of_two_words_and_wide_characters(read: Callable[..., Reading]) -> None:
    text = "\n".join(
        [
            "이름                      장치 ID                     버전         사용 가능  원본",
            "-" * 84,
            "카카오톡                  Kakao.KakaoTalk             3.4.8.3412   3.5.0      winget",
            "Microsoft Edge WebView2 런… Microsoft.EdgeWebView2Run… 117.0.2045.60           winget",
            "7-Zip 22.01               7zip.7zip                   22.01                   winget",
        ]
    )
    names = [row[0] for row in rows(read(text))]
    assert names[0] == "카카오톡"
    assert names[2] == "7-Zip 22.01"


def test_a_row_that_is_none_is_a_problem(read: Callable[..., Reading]) -> None:
    reading = read("\n".join([ENGLISH, DASHES, *ROWS, "catatan petugas: sudah diperiksa semua komputer"]))
    assert rows(reading) == EXPECTED
    assert [one.source.locator for one in reading.problems] == ["A8"]


def test_many_headings_take_linear_time(read: Callable[..., Reading]) -> None:
    started = time.perf_counter()
    reading = read("\n".join([ENGLISH, DASHES, *ROWS] * 4_000))
    assert time.perf_counter() - started < 15
    assert len(reading.entries) == 20_000


@pytest.mark.parametrize(
    "text",
    [
        "Judul Id Dokumen\n" + "-" * 40 + "\nIsi laporan ini panjang sekali\n",
        "Package    Version\n---------- -------\nid         2\n",
        "id name value\n" + "-" * 30 + "\n1  a    2\n",
    ],
)
def test_other_text_is_not_claimed(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text).reader != "winget-list"
    except UnreadableFile as error:
        assert "No reader" in str(error)
