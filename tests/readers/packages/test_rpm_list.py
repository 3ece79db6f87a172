# SPDX-License-Identifier: Apache-2.0
"""`rpm -qa`: full names are taken apart from the right, columns of a query format are told by their values."""

from pathlib import Path

import pytest
from package_lists import CONTEXT, Write, names, problems, rows, skipped

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file

PLAIN = """bash-5.1.8-6.el9_1.x86_64
python3-pip-wheel-21.2.3-6.el9.noarch
gpg-pubkey-350d275d-6279464b
rocky-release-9.3-1.1.el9.noarch
google-chrome-stable-120.0.6099.109-1.x86_64
"""


def test_full_names(reading: Write) -> None:
    found = reading(PLAIN)
    assert (found.reader, found.problems, skipped(found)) == ("rpm-list", (), [("A3", "not-installed")])
    assert rows(found, "name", "version", "purl") == [
        ("bash", "5.1.8-6.el9_1", "pkg:rpm/rocky/bash@5.1.8-6.el9_1"),
        ("python3-pip-wheel", "21.2.3-6.el9", "pkg:rpm/rocky/python3-pip-wheel@21.2.3-6.el9"),
        ("rocky-release", "9.3-1.1.el9", "pkg:rpm/rocky/rocky-release@9.3-1.1.el9"),
        ("google-chrome-stable", "120.0.6099.109-1", "pkg:rpm/google-chrome-stable@120.0.6099.109-1"),
    ]


def test_without_architectures(reading: Write) -> None:
    assert rows(reading("bash-3.2-24.el5\nkernel-2.6.18-194.el5.(none)\n"), "name", "version") == [
        ("bash", "3.2-24.el5"),
        ("kernel", "2.6.18-194.el5"),
    ]


@pytest.mark.parametrize(
    ("release", "distribution"),
    [("3.fc35", "fedora/"), ("1.mga8", "mageia/"), ("2.el7.centos", "centos/"), ("2.amzn2", "amzn/"), ("2.el8", "")],
)
def test_the_release_tells_the_distribution(reading: Write, release: str, distribution: str) -> None:
    assert rows(reading(f"zlib-1.2-{release}.x86_64\n"), "purl") == [(f"pkg:rpm/{distribution}zlib@1.2-{release}",)]


def test_with_the_time_of_installation(reading: Write) -> None:
    found = reading(
        "bash-5.1.8-6.el9.x86_64                       Sel 14 Mar 2023 09:12:44\nvim-8.2-20.el9.x86_64 Tue Mar 14 09:12:44 2023\n"
    )
    assert rows(found, "name", "version") == [("bash", "5.1.8-6.el9"), ("vim", "8.2-20.el9")]


@pytest.mark.parametrize("separator", ["\t", "|", ";"])
def test_a_format_with_licenses_and_vendors(reading: Write, separator: str) -> None:
    lines = [
        ("bash", "5.1.8", "6.el9", "x86_64", "GPLv3+", "Fedora Project"),
        ("httpd", "2.4.57", "5.el9", "x86_64", "ASL 2.0", "Fedora Project"),
        ("zoom", "5.17.1", "1", "x86_64", "Copyright", "Zoom Video Communications, Inc."),
        ("gpg-pubkey", "350d275d", "6279464b", "(none)", "pubkey", "(none)"),
    ]
    found = reading("".join(separator.join(line) + "\n" for line in lines))
    assert rows(found, "name", "version", "license", "publisher", "purl") == [
        ("bash", "5.1.8-6.el9", "GPLv3+", "Fedora Project", "pkg:rpm/fedora/bash@5.1.8-6.el9"),
        ("httpd", "2.4.57-5.el9", "ASL 2.0", "Fedora Project", "pkg:rpm/fedora/httpd@2.4.57-5.el9"),
        ("zoom", "5.17.1-1", "Copyright", "Zoom Video Communications, Inc.", "pkg:rpm/zoom@5.17.1-1"),
    ]
    assert skipped(found) == [("A4", "not-installed")]


def test_full_names_with_licenses(reading: Write) -> None:
    found = reading("bash-5.1.8-6.el9.x86_64|GPLv3+\nzlib-1.2.11-40.el9.x86_64|zlib and Boost\n")
    assert rows(found, "name", "license") == [("bash", "GPLv3+"), ("zlib", "zlib and Boost")]


def test_separated_by_blanks_with_an_epoch_of_nothing(reading: Write) -> None:
    found = reading("bash (none):5.1.8-6.el9 x86_64\nvim 2:8.2-20.el9 x86_64\n")
    assert rows(found, "name", "version") == [("bash", "5.1.8-6.el9"), ("vim", "2:8.2-20.el9")]


def test_packagers_stand_in_for_vendors(reading: Write) -> None:
    found = reading("a|1.0|1.el9|x86_64|Jane Doe <jane@example.org>\nb|1.0|1.el9|x86_64|Jane Doe <jane@example.org>\n")
    assert rows(found, "publisher") == [("Jane Doe",), ("Jane Doe",)]


def test_a_strange_line_is_a_problem(reading: Write) -> None:
    assert problems(reading(PLAIN * 4 + "error: rpmdb is damaged\n")) == ["A21"]


@pytest.mark.parametrize(
    "text",
    ["one-two-three\nfour-five-six\n", "a-1-2\nb-3-4\nc-5-6\n", "1643183492\n", "2024-01-15\n2024-02-16\n"],
)
def test_other_texts_are_not_claimed(reading: Write, text: str) -> None:
    with pytest.raises(UnreadableFile, match="No reader"):
        reading(text)


@pytest.mark.corpus
def test_corpus(corpus: Path) -> None:
    path = corpus / "endpoint/glpi-agent_pkglists/resources__linux__packaging__rpm"
    found = read_file(path, path.name, CONTEXT)
    lines = [line.split("\t") for line in path.read_text().splitlines()]
    assert (found.reader, found.problems) == ("rpm-list", ())
    assert rows(found, "name", "version", "publisher") == [(line[0], line[2], line[5]) for line in lines]


def test_names_alone_are_not_enough(reading: Write) -> None:
    assert names(reading("bash-5.1.8-6.el9.x86_64\n")) == ["bash"]
