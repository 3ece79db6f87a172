# SPDX-License-Identifier: Apache-2.0
"""`apt list`: what is installed is an entry, what is only on offer is skipped."""

import pytest
from package_lists import Write, names, problems, rows, skipped

LINES = """
WARNING: apt does not have a stable CLI interface. Use with caution in scripts.

Listing... Done
bash/jammy,now 5.1-6ubuntu1 amd64 [installed]
libc6/jammy-updates,jammy-security,now 2.35-0ubuntu3.5 amd64 [installed,automatic]
"""


def test_installed_packages(reading: Write) -> None:
    found = reading(LINES)
    assert (found.reader, found.skipped, found.problems) == ("apt-list", (), ())
    assert rows(found, "name", "version", "purl", "position") == [
        ("bash", "5.1-6ubuntu1", "pkg:deb/ubuntu/bash@5.1-6ubuntu1", "5"),
        ("libc6", "2.35-0ubuntu3.5", "pkg:deb/ubuntu/libc6@2.35-0ubuntu3.5", "6"),
    ]


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("wps-office/now 11.1.0.11708 amd64 [installed,local]", "11.1.0.11708"),
        ("zsh/jammy,now 5.8-1 amd64 [terpasang]", "5.8-1"),
        ("zsh/jammy 5.9-1 amd64 [upgradable from: 5.8-1]", "5.8-1"),
        ("zsh/jammy 5.9-1 amd64", None),
        ("zsh/now 5.8-1 amd64 [residual-config]", None),
    ],
)
def test_states(reading: Write, line: str, version: str | None) -> None:
    found = reading(f"{LINES}{line}\n")
    assert [version for _, version in rows(found, "name", "version")][2:] == ([version] if version else [])
    assert skipped(found) == ([] if version else [("A7", "not-installed")])


def test_progress_in_indonesian(reading: Write) -> None:
    assert names(reading("Mendaftar... Selesai\nbash/bookworm,now 5.2-2 amd64 [installed]\n")) == ["bash"]


def test_the_suite_tells_the_distribution(reading: Write) -> None:
    assert rows(reading("bash/bookworm,now 5.2-2 amd64 [installed]\n"), "purl") == [("pkg:deb/debian/bash@5.2-2",)]


def test_a_strange_line_is_a_problem(reading: Write) -> None:
    more = "".join(f"libfoo{at}/jammy,now 1.{at}-1 amd64 [installed]\n" for at in range(20))
    assert problems(reading(f"{LINES}{more}E: dpkg was interrupted\n")) == ["A27"]
