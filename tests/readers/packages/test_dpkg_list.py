# SPDX-License-Identifier: Apache-2.0
"""`dpkg -l`: every line is a package, in the state it says; what the columns cut is not looked up."""

import pytest
from package_lists import Write, names, problems, rows, skipped

from foss_audit.errors import UnreadableFile

HEADING = """Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
||/ Name                Version             Architecture Description
+++-===================-===================-============-=================================
"""
LINES = """ii  base-files          12.4+deb12u5        amd64        Debian base system miscellaneous files
ii  libssl3:amd64       3.0.11-1~deb12u2    amd64        Secure Sockets Layer toolkit
"""


def test_fields_of_a_package(reading: Write) -> None:
    found = reading(HEADING + LINES)
    assert (found.reader, found.device, found.problems, found.notes) == ("dpkg-list", None, (), ())
    assert rows(found, "name", "version", "purl", "place", "position") == [
        ("base-files", "12.4+deb12u5", "pkg:deb/debian/base-files@12.4%2Bdeb12u5", "A", "6"),
        ("libssl3", "3.0.11-1~deb12u2", "pkg:deb/debian/libssl3@3.0.11-1~deb12u2", "A", "7"),
    ]


@pytest.mark.parametrize(
    ("state", "installed"),
    [
        *((state, True) for state in ("ii ", "hi ", "iU ", "iF ", "iHR", "it ", "ri ")),
        *((state, False) for state in ("rc ", "pn ", "un ", "pc ")),
    ],
)
def test_states(reading: Write, state: str, installed: bool) -> None:
    found = reading(f"{HEADING}{LINES}{state} nginx               1.22.1-9            amd64        web server\n")
    assert ("nginx" in names(found)) is installed
    assert skipped(found) == ([] if installed else [("A8", "not-installed")])


def test_a_package_without_a_version(reading: Write) -> None:
    found = reading(HEADING + LINES + "un  php                 <none>              <none>       (no description available)\n")
    assert (len(found.entries), skipped(found)) == (2, [("A8", "not-installed")])


def test_without_its_heading(reading: Write) -> None:
    found = reading(LINES)
    assert (found.reader, names(found)) == ("dpkg-list", ["base-files", "libssl3"])


def test_the_prompt_above_names_the_device(reading: Write) -> None:
    found = reading(f"admin@distan-web:/var/www$ dpkg -l\n{HEADING}{LINES}admin@distan-web:/var/www$\n")
    assert (found.device, len(found.entries), found.problems) == ("distan-web", 2, ())


def test_a_heading_in_indonesian_and_of_old_versions(reading: Write) -> None:
    heading = """Diinginkan=Takdiketahui/Instal/Hapus/Bersihkan/Tahan
| Status=Tidak/Terpasang/Konf-berkas
|/ Galat?=(tidak ada)/Perlu pasang ulang
||/ Nama           Versi          Deskripsi
+++-==============-==============-============================================
"""
    assert names(reading(heading + "ii  bash           5.0-4          shell\n")) == ["bash"]


class TestCutNames:
    NARROW = HEADING.replace("=" * 19 + "-", "=" * 14 + "-").replace("+++", "+++", 1)

    def test_a_name_that_fills_a_narrow_column_has_no_purl(self, reading: Write) -> None:
        lines = "ii  google-chrome- 120.0.6099.109 amd64        browser\nii  bash           5.2.15-2       amd64        shell\n"
        found = reading(self.NARROW + lines)
        assert rows(found, "name", "purl") == [("google-chrome-", ""), ("bash", "pkg:deb/bash@5.2.15-2")]
        assert [note.source.locator for note in found.notes] == ["A6"]

    def test_the_longest_name_of_a_wide_column_is_whole(self, reading: Write) -> None:
        found = reading(HEADING + LINES + "ii  google-chrome-stabl 120.0.6099.109-1    amd64        browser\n")
        assert (found.notes, rows(found, "purl")[-1][0][:30]) == ((), "pkg:deb/debian/google-chrome-s")

    def test_many_full_names_of_a_wide_column_are_cut(self, reading: Write) -> None:
        cut = "".join(f"ii  libreoffice-l10n-{at:02} 1:7.4.7-1           all          office\n" for at in range(3))
        found = reading(HEADING + LINES + cut)
        assert [purl for (purl,) in rows(found, "purl")][2:] == ["", "", ""]
        assert [str(note.message)[:8] for note in found.notes] == ["3 names "]

    def test_a_mark_of_cutting_is_taken_off(self, reading: Write) -> None:
        found = reading(HEADING + LINES + "ii  libapache2-mod-ph…  8.2.7-1             amd64        PHP\n")
        assert rows(found, "name", "purl")[-1] == ("libapache2-mod-ph", "")


def test_a_line_that_is_none_is_a_problem(reading: Write) -> None:
    found = reading(HEADING + LINES * 3 + "what is this\n")
    assert (len(found.entries), problems(found)) == (6, ["A12"])


def test_two_lists_in_one_file(reading: Write) -> None:
    assert len(reading((HEADING + LINES) * 2).entries) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Run `dpkg -l` and look:\n\n" + HEADING + "\nThen install the rest.\nIt takes a while.\n",
        "ii\niii\niv\n",
        "hi  there  2 people\nii  x y z\n",
    ],
)
def test_other_texts_are_not_claimed(reading: Write, text: str) -> None:
    with pytest.raises(UnreadableFile, match="No reader"):
        reading(text)
