# SPDX-License-Identifier: Apache-2.0
"""choco list: every package and program is an entry, anything else a problem."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers.interface import Reading

LIST = """Chocolatey v2.2.2
7zip 23.1.0
7zip.install 23.1.0
chocolatey 2.2.2
GoogleChrome 117.0.5938.150
4 packages installed.

Did you know Pro / Business automatically syncs with Programs and
 Features? Learn more about Package Synchronizer at
"""


def rows(reading: Reading) -> list[tuple[str, str]]:
    return list(zip(reading.entries["name"], reading.entries["version"], strict=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp850"])
def test_packages(read: Callable[..., Reading], encoding: str) -> None:
    reading = read(LIST, encoding=encoding)
    assert reading.reader == "choco-list"
    assert rows(reading) == [
        ("7zip", "23.1.0"),
        ("7zip", "23.1.0"),
        ("chocolatey", "2.2.2"),
        ("GoogleChrome", "117.0.5938.150"),
    ]
    assert list(reading.entries["purl"])[3] == "pkg:chocolatey/googlechrome@117.0.5938.150"
    assert list(reading.entries["position"]) == [2, 3, 4, 5]
    assert not reading.problems


def test_the_form_for_scripts_and_ids_alone(read: Callable[..., Reading]) -> None:
    assert rows(read("7zip|23.1.0\nchocolatey|2.2.2\nvlc|3.0.18\n")) == [
        ("7zip", "23.1.0"),
        ("chocolatey", "2.2.2"),
        ("vlc", "3.0.18"),
    ]
    assert rows(read("7zip\nchocolatey\nvlc\n")) == [("7zip", ""), ("chocolatey", ""), ("vlc", "")]


def test_programs_that_chocolatey_did_not_install(read: Callable[..., Reading]) -> None:
    programs = "WinRAR 6.23 (64-bit)|6.23.0\n1 applications not managed with Chocolatey.\n"
    text = f"Chocolatey v1.4.0\nchocolatey 1.4.0\n1 packages installed.\n\n{programs}"
    assert rows(read(text)) == [("chocolatey", "1.4.0"), ("WinRAR 6.23 (64-bit)", "6.23.0")]


def test_warnings_above_are_no_packages_and_a_line_among_them_is_a_problem(read: Callable[..., Reading]) -> None:
    warning = "2 validations performed. 1 success(es), 1 warning(s), and 0 error(s)."
    text = f"Chocolatey v2.2.2\n{warning}\n\nvlc 3.0.18\nnot a package\ngit 2.42.0\n"
    reading = read(text)
    assert rows(reading) == [("vlc", "3.0.18"), ("git", "2.42.0")]
    assert [one.source.locator for one in reading.problems] == ["A5"]


@pytest.mark.parametrize(
    "text", ["requests 2.31.0\nflask 2.0\n", "chocolatey is a package manager\nIt has packages.\n", "7zip\nvlc\n"]
)
def test_other_text_is_not_claimed(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text).reader != "choco-list"
    except UnreadableFile as error:
        assert "No reader" in str(error)


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "encoding"), [("choco_list_1.txt", "utf-8"), ("choco_list_2.txt", "utf-16")])
def test_real_lists(corpus: Path, name: str, encoding: str, read_path: Callable[[Path], Reading]) -> None:
    path = corpus / "endpoint" / "winget_choco" / name
    lines = [line.split() for line in re.split(r"\r?\n", path.read_text(encoding)) if line.strip()]
    reading = read_path(path)
    assert [row[0] for row in rows(reading)] == [re.sub(r"\.(install|portable|commandline)$", "", line[0]) for line in lines]
    assert [row[1] for row in rows(reading)] == [" ".join(line[1:]) for line in lines]


def test_a_program_that_stands_there_twice_has_one_name(read: Callable[..., Reading]) -> None:
    """`vlc` only asks for `vlc.install`: of name and version both are one installation, and the catalogue knows it."""
    reading = read("Chocolatey v2.2.2\nvlc 3.0.18\nvlc.install 3.0.18\nrufus.portable 4.3\n.install 1.0\n3 packages installed.\n")
    assert list(reading.entries["name"]) == ["vlc", "vlc", "rufus"]
    assert list(reading.entries["purl"])[1] == "pkg:chocolatey/vlc.install@3.0.18"
    assert len(reading.problems) == 1
