# SPDX-License-Identifier: Apache-2.0
"""`dpkg-query -W`: columns are told by their values, in whatever format they were printed."""

from pathlib import Path

import pytest
from package_lists import CONTEXT, Write, names, problems, rows, skipped

from foss_audit.readers import read_file


def test_name_and_version(reading: Write) -> None:
    found = reading("bash\t5.1-6ubuntu1\nlibc6:amd64\t2.35-0ubuntu3.5\nvim\t\n")
    assert (found.reader, skipped(found)) == ("dpkg-query", [("A3", "not-installed")])
    assert rows(found, "name", "version", "purl") == [
        ("bash", "5.1-6ubuntu1", "pkg:deb/ubuntu/bash@5.1-6ubuntu1"),
        ("libc6", "2.35-0ubuntu3.5", "pkg:deb/ubuntu/libc6@2.35-0ubuntu3.5"),
    ]


@pytest.mark.parametrize("separator", ["\t", "|", ";", ","])
def test_a_format_of_ones_own(reading: Write, separator: str) -> None:
    lines = [
        ("ii ", "anydesk", "6.3.0", "amd64", "philandro Software GmbH <info@anydesk.com>"),
        ("ii ", "bash", "5.2.15-2+b2", "amd64", "Matthias Klose <doko@debian.org>"),
        ("rc ", "rc", "1.7.4-1", "amd64", "Someone <x@debian.org>"),
        ("ii ", "rc", "1.7.4-1", "amd64", "Someone <x@debian.org>"),
    ]
    found = reading("".join(separator.join(line) + "\n" for line in lines))
    assert rows(found, "name", "version", "publisher") == [
        ("anydesk", "6.3.0", "philandro Software GmbH"),
        ("bash", "5.2.15-2+b2", "Matthias Klose"),
        ("rc", "1.7.4-1", "Someone"),
    ]
    assert skipped(found) == [("A3", "not-installed")]


def test_status_in_words(reading: Write) -> None:
    found = reading("vim\t2:9.0-1\tinstall ok installed\nnano\t7.2-1\tdeinstall ok config-files\ned\t1.19-1\thold ok installed\n")
    assert (names(found), skipped(found)) == (["vim", "ed"], [("A2", "not-installed")])


def test_status_in_one_word(reading: Write) -> None:
    assert skipped(reading("vim;2:9.0-1;installed\nnano;7.2-1;config-files\n")) == [("A2", "not-installed")]


def test_separated_by_blanks(reading: Write) -> None:
    assert names(reading("base-files 12ubuntu4.4\nbash 5.1-6ubuntu1\n")) == ["base-files", "bash"]


def test_a_line_of_another_kind_is_a_problem(reading: Write) -> None:
    lines = "".join(f"libfoo{at}:amd64\t1.{at}-1\n" for at in range(20))
    assert problems(reading(lines + "dpkg-query: warning\n")) == ["A21"]


def test_no_distribution_where_nothing_tells(reading: Write) -> None:
    assert rows(reading("dpkg\t1.21\napt\t2.6\n"), "purl") == [("pkg:deb/dpkg@1.21",), ("pkg:deb/apt@2.6",)]


@pytest.mark.parametrize(
    "text",
    [
        "alpha\t1.0\nbeta\t2.0\n",
        "apt\tbash\t5.2-1\nR\tmass\t7.3-58\npip\tapt\t2.0\n",
        "Name\tVersion\n7-Zip\t22.01\nWinRAR\t6.2\n",
    ],
)
def test_other_tables_are_not_claimed(reading: Write, text: str) -> None:
    assert reading(text).reader == "delimited"


@pytest.mark.corpus
def test_corpus(corpus: Path) -> None:
    path = corpus / "endpoint/glpi-agent_pkglists/resources__linux__packaging__dpkg"
    found = read_file(path, path.name, CONTEXT)
    lines = path.read_text().splitlines()
    gone = [line for line in lines if "config-files" in line]
    assert (len(found.entries), len(found.skipped), found.problems) == (len(lines) - len(gone), len(gone), ())
