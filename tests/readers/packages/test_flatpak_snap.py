# SPDX-License-Identifier: Apache-2.0
"""flatpak's and snap's lists: names as shown, no distribution vouches for them."""

from pathlib import Path

import pytest
from package_lists import CONTEXT, Write, names, problems, rows, skipped

from foss_audit.readers import read_file

SNAPS = """Name       Version    Rev    Tracking         Publisher     Notes
bitwarden  1.18.0     25     latest/stable    bitwarden✓    disabled
bitwarden  1.19.0     26     latest/stable    bitwarden✓    -
vlc        3.0.20     3777   latest/stable    videolan**    classic,disabled
lokal      0.1        x1     -                -             try
"""


class TestFlatpak:
    def test_by_tabs(self, reading: Write) -> None:
        found = reading(
            "Firefox\torg.mozilla.firefox\t121.0\tstable\tsystem\n"
            "GNOME Application Platform\torg.gnome.Platform\t\t45\tsystem\n"
            "default\torg.freedesktop.Platform.GL.default\t\t23.08\tuser\n"
        )
        assert found.reader == "flatpak-list"
        assert rows(found, "name", "version", "purl") == [
            ("Firefox", "121.0", ""),
            ("GNOME Application Platform", "45", ""),
            ("org.freedesktop.Platform.GL.default", "23.08", ""),
        ]

    def test_below_a_heading(self, reading: Write) -> None:
        found = reading(
            "Name               Application ID      Version Branch Installation\n"
            "Firefox            org.mozilla.firefox 121.0   stable system\n"
            "Platform GNOME     org.gnome.Platform          45     user\n"
        )
        assert rows(found, "name", "version", "position") == [("Firefox", "121.0", "2"), ("Platform GNOME", "45", "3")]

    def test_columns_of_ones_own(self, reading: Write) -> None:
        found = reading("org.mozilla.firefox\t121.0\tstable\norg.gimp.GIMP\t2.10\tstable\n")
        assert rows(found, "name", "version") == [("org.mozilla.firefox", "121.0"), ("org.gimp.GIMP", "2.10")]

    def test_a_line_without_an_id_is_a_problem(self, reading: Write) -> None:
        lines = "".join(f"Tool {at}\torg.example.Tool{at}\t1.{at}\tstable\tuser\n" for at in range(20))
        assert problems(reading(lines + "warning\n")) == ["A21"]

    @pytest.mark.corpus
    def test_corpus(self, corpus: Path) -> None:
        path = corpus / "endpoint/glpi-agent_pkglists/resources__linux__packaging__flatpak"
        found = read_file(path, path.name, CONTEXT)
        lines = [line.split("\t") for line in path.read_text().splitlines()]
        expected = [line[0] if line[3] == "default" else line[3] for line in lines]
        assert (found.reader, names(found), found.problems) == ("flatpak-list", expected, ())


class TestSnap:
    def test_old_revisions_are_not_installed(self, reading: Write) -> None:
        found = reading(SNAPS)
        assert (found.reader, skipped(found)) == ("snap-list", [("A2", "not-installed")])
        assert rows(found, "name", "version", "publisher", "purl") == [
            ("bitwarden", "1.19.0", "bitwarden", "pkg:snap/bitwarden@1.19.0"),
            ("vlc", "3.0.20", "videolan", "pkg:snap/vlc@3.0.20"),
            ("lokal", "0.1", "", "pkg:snap/lokal@0.1"),
        ]

    def test_another_number_of_columns_is_a_problem(self, reading: Write) -> None:
        assert problems(reading(SNAPS + "x y\n")) == ["A6"]

    @pytest.mark.corpus
    def test_corpus(self, corpus: Path) -> None:
        path = corpus / "endpoint/glpi-agent_pkglists/resources__linux__packaging__snap"
        found = read_file(path, path.name, CONTEXT)
        assert names(found) == [line.split()[0] for line in path.read_text().splitlines()[1:]]
