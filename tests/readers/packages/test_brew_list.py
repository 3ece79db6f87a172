# SPDX-License-Identifier: Apache-2.0
"""`brew list`: names in columns below headings, versions in lines."""

from pathlib import Path

import pytest

from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary


def read(tmp_path: Path, text: str, name: str = "mac.txt") -> Reading:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_file(tmp_path / name, name, ReadingContext(Vocabulary({}, {}, {})))


def test_names_below_headings_are_entries(tmp_path: Path) -> None:
    reading = read(tmp_path, "==> Formulae\nca-certificates\tgit\t\twget\nopenssl@3\n\n==> Casks\nlibreoffice  firefox\n")
    assert reading.reader == "brew-list"
    assert list(reading.entries["name"]) == ["ca-certificates", "git", "wget", "openssl@3", "libreoffice", "firefox"]
    assert list(reading.entries["position"]) == [2, 2, 2, 3, 6, 6]


def test_every_installed_version_is_an_entry(tmp_path: Path) -> None:
    reading = read(tmp_path, "libpng 1.6.43_1\npython@3.12 3.12.3 3.12.4\ngit 2.45.2\n")
    found = list(zip(reading.entries["name"], reading.entries["version"], strict=True))
    assert found == [("libpng", "1.6.43_1"), ("python@3.12", "3.12.3"), ("python@3.12", "3.12.4"), ("git", "2.45.2")]
    assert reading.entries["purl"].iloc[3] == "pkg:brew/git@2.45.2"


def test_without_anything_of_its_own_the_files_name_tells(tmp_path: Path) -> None:
    assert read(tmp_path, "git 2.45.2\nwget 1.24.5\n", "brew list.txt").reader == "brew-list"


def test_a_line_that_is_none_is_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path, "==> Formulae\ngit wget\nWarning: Some taps are broken!\n")
    assert (len(reading.entries), [one.source.locator for one in reading.problems]) == (2, ["A3"])


@pytest.mark.parametrize("text", ["git 2.45.2-1\nwget 1.24-2\n", "nama 1\nalamat 2\n", "python>=3.12\n"])
def test_other_lists_are_not_claimed(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    try:
        reader = read_file(tmp_path / "a.txt", "a.txt", ReadingContext(Vocabulary({}, {}, {}))).reader
    except Exception:
        reader = ""
    assert reader != "brew-list"
