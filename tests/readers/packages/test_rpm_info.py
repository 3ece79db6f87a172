# SPDX-License-Identifier: Apache-2.0
"""Blocks of `rpm -qai`, `dnf info` and `zypper info`: a block is a package with its licence."""

import pytest
from package_lists import Write, names, problems, rows, skipped

from foss_audit.errors import UnreadableFile

BLOCK = """Name        : bash
Version     : 5.1.8
Release     : 6.el9_1
Architecture: x86_64
Install Date: Sel 14 Mar 2023 09:12:44
License     : GPLv3+
Source RPM  : bash-5.1.8-6.el9_1.src.rpm
Packager    : Builder <x@rockylinux.org>
Vendor      : Rocky Enterprise Software Foundation
Summary     : The GNU Bourne Again shell
Description :
The GNU Bourne Again shell is a shell.

License: this line is part of the description
Name: and so is this
"""
OLD = """Name        : MegaCli                      Relocations: (not relocatable)
Version     : 8.07.14                           Vendor: LSI Corporation
Release     : 1                             Build Date: Mon 16 Dec 2013 11:43:54 AM CET
Size        : 5730524                          License: Proprietary
Signature   : (none)
Summary     : Utility
Description :
"""


def test_fields_of_a_package(reading: Write) -> None:
    found = reading(BLOCK)
    assert (found.reader, found.problems) == ("rpm-info", ())
    assert rows(found, "name", "version", "publisher", "license", "purl", "position") == [
        (
            "bash",
            "5.1.8-6.el9_1",
            "Rocky Enterprise Software Foundation",
            "GPLv3+",
            "pkg:rpm/rocky/bash@5.1.8-6.el9_1",
            "1",
        )
    ]


def test_two_columns_of_old_versions(reading: Write) -> None:
    found = reading(OLD + BLOCK)
    assert rows(found, "name", "version", "publisher", "license")[0] == ("MegaCli", "8.07.14-1", "LSI Corporation", "Proprietary")
    assert names(found) == ["MegaCli", "bash"]


def test_keys_and_files_that_are_not_installed(reading: Write) -> None:
    key = "Name        : gpg-pubkey\nVersion     : 35d\nRelease     : 62\nLicense     : pubkey\n"
    file = OLD.replace("Signature   : (none)", "Install Date: (not installed)")
    assert skipped(reading(BLOCK + key + file)) == [("A16", "not-installed"), ("A20", "not-installed")]


def test_dnf_info_below_its_headings(reading: Write) -> None:
    block = "Name         : {}\nVersion      : 1.0\nRelease      : 1.fc39\nArchitecture : x86_64\nLicense      : MIT\n"
    found = reading(f"Installed Packages\n{block.format('one')}\nAvailable Packages\n{block.format('two')}")
    assert (rows(found, "name", "license"), skipped(found)) == ([("one", "MIT")], [("A9", "not-installed")])


def test_zypper_info(reading: Write) -> None:
    block = (
        "Repository     : Main\nName           : {}\nVersion        : 4.17-150500.1\nArch           : x86_64\n"
        "Installed      : {}\n"
    )
    found = reading(f"Information for package samba:\n-----\n{block.format('samba', 'Yes')}\n{block.format('vim', 'No')}")
    assert (rows(found, "name", "version"), len(found.skipped)) == ([("samba", "4.17-150500.1")], 1)


def test_a_block_without_a_name_is_a_problem(reading: Write) -> None:
    assert problems(reading(BLOCK + "Name        :\nVersion     : 1\nRelease     : 1\nLicense     : MIT\n")) == ["A16"]


@pytest.mark.parametrize(
    "text",
    [
        "Name            : 7-Zip 22.01\nVersion         : 22.01\nVendor          : Igor Pavlov\n",
        "Name  : x\n",
        "Say Name    : bash and Version : 5\n",
    ],
)
def test_other_texts_are_not_claimed(reading: Write, text: str) -> None:
    try:
        assert reading(text).reader != "rpm-info"
    except UnreadableFile as error:
        assert "No reader" in str(error)
