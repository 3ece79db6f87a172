# SPDX-License-Identifier: Apache-2.0
"""Debian copyright files: licences of packages that a list names; no entries of their own, and never a wrong licence."""

import builtins
from pathlib import Path
from typing import Any

import pytest
from identify.vendor.licenses import LICENSES

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
FORMAT = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
MIT = "\n".join(f" {line or '.'}" for line in dict(LICENSES)["MIT"].splitlines())


def read(tmp_path: Path, text: str, name: str = "doc/zlib1g/copyright") -> Reading:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_file(path, name, CONTEXT)


def license_of(tmp_path: Path, text: str) -> str:
    (stated,) = read(tmp_path, text).licenses
    return stated.license


def files(pattern: str, license: str) -> str:
    return f"\nFiles: {pattern}\nCopyright: 2020 Jane Doe\nLicense: {license}\n"


def test_all_licences_of_the_files_hold(tmp_path: Path) -> None:
    text = FORMAT + files("*", "Zlib") + files("contrib/*", "GPL-2+ or Artistic") + files("doc/*", "Zlib")
    reading = read(tmp_path, text)
    assert (reading.reader, len(reading.entries), reading.problems) == ("debian-copyright", 0, ())
    (stated,) = reading.licenses
    assert (stated.package_type, stated.package, stated.license) == ("deb", "zlib1g", "Zlib AND (GPL-2+ or Artistic)")


def test_a_name_of_its_own_is_known_by_its_text(tmp_path: Path) -> None:
    assert license_of(tmp_path, FORMAT + files("*", "our-license") + f"\nLicense: our-license\n{MIT}\n") == "MIT"
    assert license_of(tmp_path, FORMAT + files("*", f"our-license\n{MIT}")) == "MIT"
    assert license_of(tmp_path, FORMAT + files("*", "our-license")) == "our-license"


def test_files_without_a_licence_leave_it_open(tmp_path: Path) -> None:
    text = FORMAT + files("*", "MIT") + "\nFiles: x\nCopyright: 2020 Jane Doe\n"
    assert license_of(tmp_path, text) == "MIT AND NOASSERTION"


def test_other_texts_tell_by_the_usual_notice_only(tmp_path: Path) -> None:
    notice = (
        "This package was debianized by Jane Doe.\n\nThis program is free software; you can redistribute it and/or modify\n"
        "it under the terms of the GNU General Public License as published by the Free Software Foundation; either version 2\n"
        "of the License, or (at your option) any later version.\n"
    )
    assert license_of(tmp_path, notice) == "GPL-2.0-or-later"
    assert license_of(tmp_path, "It was downloaded from Debian. Copyright: Jane Doe. License: ask her.\n") == ""


@pytest.mark.parametrize(
    ("name", "package"), [("gzip_1.12-1_copyright", "gzip"), ("gzip.copyright", "gzip"), ("doc/libc6/copyright", "libc6")]
)
def test_the_place_names_the_package(tmp_path: Path, name: str, package: str) -> None:
    assert read(tmp_path, FORMAT + files("*", "MIT"), name).licenses[0].package == package


def test_without_the_extra_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **more: Any) -> Any:
        if name.startswith("debian_inspector"):
            raise ImportError(name)
        return real(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UnreadableFile, match=r"foss-audit\[debian\]"):
        read(tmp_path, FORMAT + files("*", "MIT"))
