# SPDX-License-Identifier: Apache-2.0
"""zypper's tables: a row is a package, in the state it says."""

import pytest
from package_lists import Write, names, problems, rows, skipped

from foss_audit.errors import UnreadableFile

TABLE = """Loading repository data...
Reading installed packages...

S  | Name             | Type    | Version        | Arch   | Repository
---+------------------+---------+----------------+--------+-----------
i+ | openSUSE-release | package | 15.5-lp155.1.1 | x86_64 | Main
i  | samba            | package | 4.17-1.1       | x86_64 | Main
v  | samba            | package | 4.16-1.1       | x86_64 | Main
   | zsh              | package | 5.8-1.1        | x86_64 | Main
i  | SLES             | product | 15.5-0         | x86_64 | Main
"""


def test_rows_in_their_states(reading: Write) -> None:
    found = reading(TABLE)
    assert (found.reader, skipped(found)) == ("zypper-list", [("A8", "not-installed"), ("A9", "not-installed")])
    assert rows(found, "name", "version", "purl") == [
        ("openSUSE-release", "15.5-lp155.1.1", "pkg:rpm/opensuse/openSUSE-release@15.5-lp155.1.1"),
        ("samba", "4.17-1.1", "pkg:rpm/opensuse/samba@4.17-1.1"),
        ("SLES", "15.5-0", ""),
    ]


def test_a_table_with_summaries(reading: Write) -> None:
    table = "S  | Name | Summary | Type\n---+------+---------+--------\ni+ | bash | Shell   | package\n"
    assert rows(reading(table), "name", "version") == [("bash", "")]


def test_another_number_of_columns_is_a_problem(reading: Write) -> None:
    assert problems(reading(TABLE + "i | x\n")) == ["A11"]


@pytest.mark.parametrize("heading", ["A | Name | B", "S | Value | B"])
def test_other_tables_are_not_claimed(reading: Write, heading: str) -> None:
    try:
        assert reading(f"{heading}\n--+------+---\ni | bash | c\n").reader != "zypper-list"
    except UnreadableFile as error:
        assert "No reader" in str(error)


def test_names(reading: Write) -> None:
    assert names(reading(TABLE.replace("Name", "Nama"))) == ["openSUSE-release", "samba", "SLES"]
