# SPDX-License-Identifier: Apache-2.0
"""`dnf list` and `yum list`: what is installed is an entry, also where yum wrapped it; what is on offer is skipped."""

import pytest
from package_lists import Write, names, problems, rows, skipped

from foss_audit.errors import UnreadableFile

YUM = """[root@srv-db ~]# yum list installed
Loaded plugins: fastestmirror, langpacks
Loading mirror speeds from cached hostfile
 * base: mirror.example.id
Installed Packages
bash.x86_64                      4.2.46-35.el7_9                @updates
NetworkManager-config-server-of-a-long-name.noarch
                                 1:1.18.8-2.el7_9               @updates
centos-release.x86_64            7-9.2009.1.el7.centos          @anaconda
gpg-pubkey.(none)                f4a80eb5-53a7ff4b              installed
"""


def test_packages_below_yums_heading(reading: Write) -> None:
    found = reading(YUM)
    assert (found.reader, found.device, found.problems) == ("dnf-list", "srv-db", ())
    assert skipped(found) == [("A10", "not-installed")]
    assert rows(found, "name", "version", "purl", "position") == [
        ("bash", "4.2.46-35.el7_9", "pkg:rpm/centos/bash@4.2.46-35.el7_9", "6"),
        (
            "NetworkManager-config-server-of-a-long-name",
            "1:1.18.8-2.el7_9",
            "pkg:rpm/centos/NetworkManager-config-server-of-a-long-name@1:1.18.8-2.el7_9",
            "7",
        ),
        ("centos-release", "7-9.2009.1.el7.centos", "pkg:rpm/centos/centos-release@7-9.2009.1.el7.centos", "9"),
    ]


def test_a_version_and_a_repository_on_lines_of_their_own(reading: Write) -> None:
    wrapped = "a-very-long-name.noarch\n        1.0-1.el7\n                @a-very-long-repository\nbash.x86_64 4.2-1.el7 @base\n"
    assert names(reading("Installed Packages\n" + wrapped)) == ["a-very-long-name", "bash"]


@pytest.mark.parametrize("heading", ["Available Packages", "Paket Tersedia"])
def test_what_is_on_offer_is_skipped(reading: Write, heading: str) -> None:
    found = reading(f"Installed Packages\nbash.x86_64 5.1-1.el9 @baseos\n{heading}\nzsh.x86_64 5.8-1.el9 baseos\n")
    assert (names(found), skipped(found)) == (["bash"], [("A4", "not-installed")])


def test_repositories_without_a_mark(reading: Write) -> None:
    assert names(reading("Installed packages\nbash.x86_64 5.2-1.fc41 fedora\nvim-data.noarch 2:9.1-1.fc41 updates\n")) == [
        "bash",
        "vim-data",
    ]


def test_a_list_without_headings(reading: Write) -> None:
    assert names(reading("bash.x86_64 5.1-1.el9 @baseos\nvim.x86_64 8.2-1.el9 @appstream\n")) == ["bash", "vim"]


def test_what_is_cut_off_is_a_problem(reading: Write) -> None:
    packages = "".join(f"lib{at}.x86_64 1.{at}-1.el9 @baseos\n" for at in range(20))
    assert problems(reading(f"Installed Packages\n{packages}Error: 500 from https://mirror\nzsh.x86_64\n")) == ["A22", "A23"]


@pytest.mark.parametrize("text", ["foo.src 1-1\n", "host.noarch is down today\n", "name.i386 two three\n"])
def test_other_texts_are_not_claimed(reading: Write, text: str) -> None:
    with pytest.raises(UnreadableFile, match="No reader"):
        reading(text)
