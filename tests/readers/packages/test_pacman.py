# SPDX-License-Identifier: Apache-2.0
"""`pacman -Q` and `pacman -Qi`."""

from pathlib import Path

import pytest
from package_lists import CONTEXT, Write, names, problems, rows, skipped

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file

BLOCK = """Name            : zstd
Version         : 1.5.5-1
Description     : Zstandard
Licenses        : BSD-3-Clause  GPL-2.0-only
Groups          : None
Optional Deps   : foo: for this
                  bar: for that
Packager        : Jelle <jelle@archlinux.org>
Install Date    : Wed Sep 12 10:55:23 2018
"""


def test_names_and_versions(reading: Write) -> None:
    found = reading("archlinux-keyring 20231207-1\nlib32-zlib 1:1.3-2 [ignored]\n")
    assert found.reader == "pacman-list"
    assert rows(found, "name", "version", "purl") == [
        ("archlinux-keyring", "20231207-1", "pkg:alpm/arch/archlinux-keyring@20231207-1"),
        ("lib32-zlib", "1:1.3-2", "pkg:alpm/arch/lib32-zlib@1:1.3-2"),
    ]


@pytest.mark.parametrize("text", ["7zip 19.0\nazure-cli 2.29.1\n", "a-b c-1\n", "wget 1.21.3\nopenssl@3 3.0.7\n"])
def test_other_lists_are_not_claimed(reading: Write, text: str) -> None:
    try:
        assert reading(text).reader != "pacman-list"
    except UnreadableFile as error:
        assert "No reader" in str(error)


def test_a_strange_line_is_a_problem(reading: Write) -> None:
    assert problems(reading("".join(f"lib{at} 1.{at}-1\n" for at in range(30)) + "error: x\n")) == ["A31"]


def test_blocks_with_licenses(reading: Write) -> None:
    found = reading(f"{BLOCK}\n{BLOCK.replace('BSD-3-Clause  GPL-2.0-only', 'None')}")
    assert (found.reader, found.problems) == ("pacman-info", ())
    assert rows(found, "name", "version", "license", "purl", "position") == [
        ("zstd", "1.5.5-1", "BSD-3-Clause AND GPL-2.0-only", "pkg:alpm/arch/zstd@1.5.5-1", "1"),
        ("zstd", "1.5.5-1", "", "pkg:alpm/arch/zstd@1.5.5-1", "11"),
    ]


def test_blocks_in_indonesian(reading: Write) -> None:
    text = "Nama            : which\nVersi           : 2.21-6\nDeskripsi       : x\nLisensi         : GPL-3.0-or-later\n"
    assert rows(reading(text), "name", "license") == [("which", "GPL-3.0-or-later")]


def test_what_a_repository_offers_is_skipped(reading: Write) -> None:
    assert skipped(reading(f"Repository      : core\n{BLOCK}")) == [("A1", "not-installed")]


def test_a_block_without_a_name_is_a_problem(reading: Write) -> None:
    found = reading(f"{BLOCK}\nVersion         : 2\nLicenses        : MIT\n")
    assert (names(found), problems(found)) == (["zstd"], ["A11"])


@pytest.mark.corpus
def test_corpus(corpus: Path) -> None:
    path = corpus / "endpoint/glpi-agent_pkglists/resources__linux__packaging__pacman"
    found = read_file(path, path.name, CONTEXT)
    named = [line.split(":")[1].strip() for line in path.read_text().splitlines() if line.startswith("Name ")]
    assert (names(found), found.problems) == (named, ())
    path = corpus / "endpoint/swid_strongswan/tests__dumps__console_output__pacman_package_query.txt"
    assert len(read_file(path, path.name, CONTEXT).entries) == len(path.read_text().split("\n"))
