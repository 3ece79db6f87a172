# SPDX-License-Identifier: Apache-2.0
"""Lists that are rarer: selections of dpkg, single flatpaks and snaps, Gentoo, Solaris, HP-UX, AIX."""

import re
from pathlib import Path

import pytest
from package_lists import CONTEXT, Write, names, problems, rows, skipped

from foss_audit.readers import read_file

SNAP = "name:      scrcpy\nsummary:   Display\npublisher: KDE**\nlicense:   {}\ndescription: |\n  name: no field\ninstalled: {}\n"
FLATPAK = """
OBS Studio - Live streaming - and recording

          ID: com.obsproject.Studio
         Ref: app/com.obsproject.Studio/x86_64/stable
        Arch: x86_64
      Branch: stable
     Version: 27.2.1
     License: GPL-2.0

      Commit: f68c8e93
     Subject: Export - com.obsproject.Studio

          ID: org.freedesktop.Platform.GL.default
         Ref: runtime/org.freedesktop.Platform.GL.default/x86_64/19.08
        Arch: x86_64
      Branch: 19.08
"""


def test_dpkg_selections(reading: Write) -> None:
    found = reading("bash\t\t\t\tinstall\nlibc6:amd64\t\t\thold\nnginx\t\t\t\tdeinstall\n")
    assert (found.reader, skipped(found)) == ("dpkg-selections", [("A3", "not-installed")])
    assert rows(found, "name", "version", "purl") == [("bash", "", "pkg:deb/bash"), ("libc6", "", "pkg:deb/libc6")]


def test_flatpak_info(reading: Write) -> None:
    found = reading(FLATPAK)
    assert found.reader == "flatpak-info"
    assert rows(found, "name", "version", "license", "position") == [
        ("OBS Studio", "27.2.1", "GPL-2.0", "4"),
        ("org.freedesktop.Platform.GL.default", "19.08", "", "14"),
    ]


def test_snap_info(reading: Write) -> None:
    found = reading(SNAP.format("Apache-2.0", "v1.10  (174) 81MB -") + SNAP.format("unset", "1 (2) 3MB -"))
    assert found.reader == "snap-info"
    assert rows(found, "name", "version", "publisher", "license") == [
        ("scrcpy", "v1.10", "KDE", "Apache-2.0"),
        ("scrcpy", "1", "KDE", ""),
    ]


def test_a_snap_on_offer_is_skipped(reading: Write) -> None:
    assert skipped(reading(SNAP.format("MIT", "x").rsplit("installed", 1)[0])) == [("A1", "not-installed")]


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("app-shells/bash-5.1_p16-r1", "5.1_p16-r1"),
        ("dev-lang/python-3.11.8:3.11", "3.11.8"),
        ("[IP-] [  ] x11-libs/gtk+-3.24.38:3", "3.24.38"),
        ("[I--] [ ~] dev-libs/glib-2.76 (2)", "2.76"),
        ("virtual/libc-1-r1", "1-r1"),
    ],
)
def test_gentoo(reading: Write, line: str, version: str) -> None:
    found = reading(f" * Searching for * ...\nsys-apps/sed-4.9\n{line}\n")
    assert (found.reader, rows(found, "version")[1], problems(found)) == ("gentoo-list", (version,), [])


def test_solaris(reading: Write) -> None:
    found = reading(
        "          Name: archiver/gnu-tar\n       Summary: tar\n   Description: packs files\n                of all kinds\n"
        "         State: Installed\n     Publisher: solaris\n       Version: 1.26 (x)\n        Branch: 0.175\n          FMRI: pkg://x\n\n"
        "          Name: web/nginx\n         State: Not installed\n     Publisher: solaris\n       Version: 1\n"
    )
    assert (found.reader, skipped(found)) == ("solaris-info", [("A11", "not-installed")])
    assert rows(found, "name", "version", "publisher") == [("archiver/gnu-tar", "1.26", "")]


def test_old_solaris(reading: Write) -> None:
    found = reading(
        "   PKGINST:  SUNWgtar\n      NAME:  gtar - GNU tar\n  CATEGORY:  system\n      ARCH:  i386\n"
        "   VERSION:  11.10.0,REV=2005.01.08\n    VENDOR:  Oracle Corporation\n    STATUS:  completely installed\n"
    )
    assert rows(found, "name", "version", "publisher") == [("gtar - GNU tar", "11.10.0", "Oracle Corporation")]


def test_swlist(reading: Write) -> None:
    found = reading(
        "# Initializing...\n# Target:  distan-hp:/\n#\n\n  B3929EA   4.1.004   HP OnLineJFS (Server) \n  Judy      B.11\nwhat\n"
    )
    assert (found.reader, found.device, problems(found)) == ("swlist", "distan-hp", ["A7"])
    assert rows(found, "name", "version") == [("HP OnLineJFS (Server)", "4.1.004"), ("Judy", "B.11")]


def test_lslpp(reading: Write) -> None:
    line = "/usr/lib/objrepos:{}:6.1.4.0::COMMITTED:I:Accounting Services :\n"
    found = reading(
        "#Fileset:Level:PTF Id:State:Type:Description\n" + "".join(line.format(f"bos.a{at}") for at in range(12)) + "x\n"
    )
    assert (found.reader, names(found)[0], len(found.entries), problems(found)) == ("lslpp-list", "bos.a0", 12, ["A14"])


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("pattern", "reader", "beginning"),
    [
        ("resources__aix__lslpp__*", "lslpp-list", "/"),
        ("resources__hpux__swlist__*", "swlist", "  "),
        ("resources__linux__packaging__flatpak_*", "flatpak-info", r" +ID: "),
        ("resources__linux__packaging__snap_*", "snap-info", "name:"),
        ("resources__solaris__pkg-info__*sol*", "solaris-info", r" +PKGINST:"),
        ("resources__solaris__pkg-info__*oi*", "solaris-info", r" +Name: "),
    ],
)
def test_corpus(corpus: Path, pattern: str, reader: str, beginning: str) -> None:
    files = sorted((corpus / "endpoint/glpi-agent_pkglists").glob(pattern))
    assert files
    for path in files:
        found = read_file(path, path.name, CONTEXT)
        lines = path.read_text(encoding="utf-8").splitlines()
        counted = sum(re.match(beginning, line) is not None for line in lines)
        assert (found.reader, len(found.entries), found.skipped, found.problems) == (reader, counted, (), ()), path
