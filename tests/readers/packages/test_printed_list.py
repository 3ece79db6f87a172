# SPDX-License-Identifier: Apache-2.0
"""Every reader of a package list: any encoding and line end is read alike, damage loses nothing and hangs nothing."""

import time
from pathlib import Path

import pytest
from package_lists import CONTEXT, Write, rows
from reading import hold_to_contract

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file, read_head, readers

SAMPLES = Path(__file__).parents[3] / "sample_inventories" / "dinas-pertanian"
FILES = sorted(path for path in SAMPLES.iterdir() if path.is_file())
OWN = frozenset(
    {"apk-installed", "apk-list", "apt-list", "cargo-list", "composer-list", "conda-list", "dnf-list", "dpkg-list", "dpkg-query"}
    | {"dpkg-status", "flatpak-list", "gem-list", "pacman-info", "pacman-list", "pip-freeze", "pip-list", "rpm-info", "rpm-list"}
    | {"snap-list", "text-list", "zypper-list", "dpkg-selections", "flatpak-info", "gentoo-list", "lslpp-list", "snap-info"}
    | {"solaris-info", "swlist"}
)


def test_there_is_a_sample_for_every_reader() -> None:
    assert {read_file(path, path.name, CONTEXT).reader for path in FILES} >= OWN


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestEveryList:
    @pytest.mark.parametrize(("encoding", "end"), [("utf-8-sig", "\r\n"), ("utf-16", "\r\n"), ("utf-16-le", "\n")])
    def test_encodings_and_line_ends(self, reading: Write, path: Path, encoding: str, end: str) -> None:
        plain = read_file(path, path.name, CONTEXT)
        found = reading(path.read_text(encoding="utf-8").replace("\n", end).encode(encoding), path.name)
        assert (found.reader, found.device, len(found.problems)) == (plain.reader, plain.device, len(plain.problems))
        columns = ("name", "version", "publisher", "license", "purl", "position")
        assert rows(found, *columns) == rows(plain, *columns)

    def test_cut_off_anywhere(self, reading: Write, path: Path) -> None:
        content = path.read_bytes()
        for length in range(1, len(content), max(1, len(content) // 10)):
            try:
                hold_to_contract(reading(content[:length], path.name), path.name)
            except UnreadableFile as error:
                assert "fault" not in str(error)

    def test_damage(self, reading: Write, path: Path) -> None:
        content = path.read_bytes()
        for damage in (b"\0", b"\xff\xfe\x80", b"\n\n", b"|", b"(" * 300, b"x" * 200_000):
            at = len(content) // 2
            try:
                hold_to_contract(reading(content[:at] + damage + content[at:], path.name), path.name)
            except UnreadableFile as error:
                assert "fault" not in str(error)

    def test_long_lines_and_many(self, reading: Write, path: Path) -> None:
        content = path.read_bytes()
        for long in (b"1." * 500_000, b" " * 2_000_000, b"a-" * 500_000):
            started = time.perf_counter()
            try:
                hold_to_contract(reading(content + long + b"\n" + content, path.name), path.name)
            except UnreadableFile as error:
                assert "fault" not in str(error)
            assert time.perf_counter() - started < 5


@pytest.mark.parametrize("name", sorted(OWN))
@pytest.mark.parametrize(
    "content",
    [
        *(b"x", b"\n", b"\0" * 100, b"a" * 65536, b"a " * 32768, b"1-" * 32768, b"a\n" * 32768, b"\t|;, " * 13000, b"- " * 32768),
        *(
            b"(" * 65536,
            b"a/" * 32768,
            b"a.b." * 16384,
            b"Name  : " * 8000,
            b"P:\n" * 20000,
            b"\xff" * 65536,
            b"0" * 65536 + b"!",
        ),
    ],
)
def test_recognition_is_quick_and_claims_no_noise(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / "noise"
    path.write_bytes(content)
    head = read_head(path)
    (reader,) = (reader for reader in readers() if name == reader.NAME)
    started = time.perf_counter()
    assert not reader.recognises(head)
    assert time.perf_counter() - started < 1
