# SPDX-License-Identifier: Apache-2.0
"""apk's lists and its database."""

import pytest
from package_lists import Write, names, problems, rows, skipped

DATABASE = """C:Q1cLaT6DLrfDJ0sjGO3qRIVfHzfHs=
P:musl
V:1.2.4-r2
A:x86_64
T:the musl c library (libc) implementation
L:MIT
o:musl
m:Timo <timo@alpinelinux.org>
p:so:libc.musl-x86_64.so.1=1
F:lib
M:0:0:1777
R:ld-musl-x86_64.so.1

C:Q1M4pmQvUSRwlsuF58wnLxCtJpFHM=
P:zlib
V:1.2.13-r1
L:Zlib
F:lib
"""


def test_a_list_with_licenses(reading: Write) -> None:
    found = reading(
        "WARNING: opening from cache: No such file\n"
        "musl-1.2.4-r2 x86_64 {musl} (MIT) [installed]\n"
        "git-2.40.1-r0 x86_64 {git} (GPL-2.0-only AND (MIT OR Zlib)) [installed]\n"
        "curl-8.2-r1 x86_64 {curl} (curl) [upgradable from: curl-8.1-r0]\n"
        "zsh-5.9-r1 x86_64 {zsh} (MIT)\n"
    )
    assert (found.reader, skipped(found)) == ("apk-list", [("A5", "not-installed")])
    assert rows(found, "name", "version", "license", "purl") == [
        ("musl", "1.2.4-r2", "MIT", "pkg:apk/alpine/musl@1.2.4-r2"),
        ("git", "2.40.1-r0", "GPL-2.0-only AND (MIT OR Zlib)", "pkg:apk/alpine/git@2.40.1-r0"),
        ("curl", "8.1-r0", "curl", "pkg:apk/alpine/curl@8.1-r0"),
    ]


@pytest.mark.parametrize("more", ["", " - the musl c library"])
def test_names_and_versions(reading: Write, more: str) -> None:
    assert rows(reading(f"musl-1.2.4-r2{more}\npy3-pip-23.1-r0\n"), "name", "version") == [
        ("musl", "1.2.4-r2"),
        ("py3-pip", "23.1-r0"),
    ]


def test_a_strange_line_is_a_problem(reading: Write) -> None:
    assert problems(reading("".join(f"lib{at}-1.{at}-r0\n" for at in range(20)) + "3 packages\n")) == ["A21"]


def test_wolfi(reading: Write) -> None:
    assert rows(reading("wolfi-baselayout-20230201-r7\nzlib-1.3-r0\n"), "purl")[1] == ("pkg:apk/wolfi/zlib@1.3-r0",)


def test_the_database(reading: Write) -> None:
    found = reading(DATABASE, "installed")
    assert (found.reader, found.problems) == ("apk-installed", ())
    assert rows(found, "name", "version", "license", "position") == [
        ("musl", "1.2.4-r2", "MIT", "1"),
        ("zlib", "1.2.13-r1", "Zlib", "14"),
    ]


def test_an_index_of_a_repository_is_not_installed(reading: Write) -> None:
    index = "\n".join(line for line in DATABASE.splitlines() if not line.startswith("F:"))
    assert len(reading(index, "APKINDEX").skipped) == 2


def test_a_paragraph_without_a_name_is_a_problem(reading: Write) -> None:
    found = reading(DATABASE + "\nV:1.0-r0\nF:usr\n", "installed")
    assert (names(found), problems(found)) == (["musl", "zlib"], ["A20"])
