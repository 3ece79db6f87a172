# SPDX-License-Identifier: Apache-2.0
"""dpkg's database: a paragraph is a package, in the state it says."""

import pytest
from package_lists import Write, names, problems, rows, skipped

from foss_audit.errors import UnreadableFile

BASH = """Package: bash
Essential: yes
Status: install ok installed
Maintainer: Matthias Klose <doko@debian.org>
Architecture: amd64
Version: 5.2.15-2+b2
Description: GNU Bourne Again SHell
 Bash is an sh-compatible command language interpreter.
 .
 Package: this is no field
"""


def test_fields_of_a_package(reading: Write) -> None:
    found = reading(BASH, "status")
    assert (found.reader, found.problems) == ("dpkg-status", ())
    assert rows(found, "name", "version", "publisher", "purl", "position") == [
        ("bash", "5.2.15-2+b2", "Matthias Klose", "pkg:deb/bash@5.2.15-2%2Bb2", "1")
    ]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("hold ok installed", "entry"),
        ("install ok unpacked", "entry"),
        ("install reinstreq half-installed", "entry"),
        ("deinstall ok config-files", "skipped"),
        ("purge ok not-installed", "skipped"),
        ("install ok instal", "problem"),
    ],
)
def test_states(reading: Write, status: str, outcome: str) -> None:
    found = reading(f"{BASH}\nPackage: nginx\nStatus: {status}\nVersion: 1.22-1\nArchitecture: amd64\n")
    assert (len(found.entries) - 1, len(found.skipped), len(found.problems)) == (
        int(outcome == "entry"),
        int(outcome == "skipped"),
        int(outcome == "problem"),
    )


def test_a_cut_off_paragraph_is_a_problem(reading: Write) -> None:
    found = reading(f"{BASH}\nPackage: zsh\nEssen")
    assert (names(found), problems(found)) == (["bash"], ["A12"])


def test_a_paragraph_without_a_package_is_a_problem(reading: Write) -> None:
    found = reading(f"{BASH}\nStatus: install ok installed\nVersion: 1\n\nnoise\n")
    assert (names(found), problems(found)) == (["bash"], ["A12", "A15"])


def test_paragraphs_without_a_state_are_installed(reading: Write) -> None:
    found = reading("Package: tzdata\nVersion: 2023c-5\nMaintainer: GNU Libc <x@debian.org>\nArchitecture: all\n", "tzdata")
    assert names(found) == ["tzdata"]


def test_what_a_repository_offers_is_not_installed(reading: Write) -> None:
    offered = BASH.replace("Status: install ok installed\n", "Filename: pool/main/b/bash.deb\n")
    assert skipped(reading(offered)) == [("A1", "not-installed")]


def test_apt_show_says_what_is_installed(reading: Write) -> None:
    shown = "Package: {}\nVersion: 1.0-1\nMaintainer: X <x@debian.org>\nInstalled-Size: 2 kB\n{}APT-Sources: http://deb main\n\n"
    found = reading(shown.format("one", "APT-Manual-Installed: yes\n") + shown.format("two", ""))
    assert (names(found), skipped(found)) == (["one"], [("A8", "not-installed")])


def test_license_and_vendor_of_packages_made_elsewhere(reading: Write) -> None:
    found = reading("Package: tool\nStatus: install ok installed\nVersion: 1\nLicense: MIT\nVendor: Acme\nArchitecture: amd64\n")
    assert rows(found, "publisher", "license") == [("Acme", "MIT")]


@pytest.mark.parametrize(
    "text", ["Package: x\n", "Package: x\nfoo bar\nVersion: 1\nSection: y\n\n", "Format: 3\nPackage: x\nVersion: 1\n"]
)
def test_other_texts_are_not_claimed(reading: Write, text: str) -> None:
    with pytest.raises(UnreadableFile, match="No reader"):
        reading(text)


@pytest.mark.parametrize(
    ("section", "purl"),
    [
        ("non-free/misc", "pkg:deb/bash@5.2.15-2%2Bb2?section=non-free"),
        ("non-free-firmware/kernel", "pkg:deb/bash@5.2.15-2%2Bb2?section=non-free-firmware"),
        ("multiverse/net", "pkg:deb/bash@5.2.15-2%2Bb2?section=multiverse"),
        ("contrib/net", "pkg:deb/bash@5.2.15-2%2Bb2"),
        ("shells", "pkg:deb/bash@5.2.15-2%2Bb2"),
    ],
)
def test_the_area_of_what_is_not_free_is_kept(reading: Write, section: str, purl: str) -> None:
    found = reading(BASH.replace("Essential: yes", f"Section: {section}"), "status")
    assert rows(found, "purl") == [(purl,)]
