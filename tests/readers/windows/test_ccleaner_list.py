# SPDX-License-Identifier: Apache-2.0
"""CCleaner's list: every line is an entry or a problem."""

from collections.abc import Callable

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers.interface import Reading

LIST = (
    "7-Zip 22.01 (x64)\tIgor Pavlov\t05/12/2023\t5,48 MB\t22.01\n"
    "Google Chrome\tGoogle LLC\t12/10/2023\t\t117.0.5938.150\n"
    "Aplikasi Absensi\t\t01/02/2023\t12,0 MB\t\n"
)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "cp1252"])
def test_lines(read: Callable[..., Reading], encoding: str) -> None:
    reading = read(LIST, "install.txt", encoding)
    assert reading.reader == "ccleaner-list"
    assert [tuple(row) for row in reading.entries[["name", "version", "publisher", "position"]].itertuples(index=False)] == [
        ("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov", 1),
        ("Google Chrome", "117.0.5938.150", "Google LLC", 2),
        ("Aplikasi Absensi", "", "", 3),
    ]


@pytest.mark.parametrize("size", ["5,48 Mo", "5,48 МБ", "548 КБ", "5.48 MB", "5\u202f480 Ko"])
def test_sizes_in_other_languages(read: Callable[..., Reading], size: str) -> None:
    reading = read(LIST.replace("5,48 MB", size).replace("12,0 MB", size), "install.txt", "utf-16")
    assert reading.reader == "ccleaner-list" and len(reading.entries) == 3 and not reading.problems


def test_a_line_that_is_none_is_a_problem(read: Callable[..., Reading]) -> None:
    assert [one.source.locator for one in read(LIST * 9 + "catatan petugas\n").problems] == ["A28"]


@pytest.mark.parametrize("text", ["Nama\tPenerbit\tTanggal\tUkuran\tVersi\nA\tB\t1/2/2023\t5 MB\t1\n", "a\tb\tc\td\te\n"])
def test_other_tables_are_left_to_their_reader(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text).reader != "ccleaner-list"
    except UnreadableFile as error:
        assert "No reader" in str(error)
