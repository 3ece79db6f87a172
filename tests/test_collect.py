# SPDX-License-Identifier: Apache-2.0
"""Archives are read as folders: every file in them, nothing outside of them, and no more than the limits allow."""

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers import audited, csv_text, inventory_file, of_agency, write
from table_vocabulary import shipped_vocabulary

from foss_audit.agencies import AgencyTable
from foss_audit.attribution import Origin
from foss_audit.cli import run
from foss_audit.collect import FoundFile, find_inventories, read_found, read_inventories
from foss_audit.gather import FileReading
from foss_audit.inventory import assemble
from foss_audit.readers.interface import Limits, ReadingContext

CONTEXT = ReadingContext(shipped_vocabulary())
ONE = csv_text(("Nama Software", "Versi"), [("7-Zip", "22.01")]).encode()


def zipped(path: Path, members: Iterable[tuple[str, bytes]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def tarred(path: Path, members: Iterable[tuple[str, bytes]], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def read(path: Path, **limits: int) -> list[FileReading]:
    context = ReadingContext(CONTEXT.vocabulary, replace(Limits(), **limits)) if limits else CONTEXT
    return read_found(FoundFile(path, Origin(path.name, path.stem, path.parent.name, False)), context)


def files(readings: Iterable[FileReading]) -> dict[str, str]:
    """Every file with what it holds, or what is wrong with it."""
    return {
        one.origin.file: str(one.problem.message)
        if one.problem
        else ", ".join(one.reading.entries["name"])
        if one.reading
        else ""
        for one in readings
    }


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_every_file_of_a_tar_archive_is_read(tmp_path: Path, mode: str) -> None:
    path = tarred(tmp_path / "pc.tar.gz", [("b/pc2.csv", ONE), ("a/pc1.csv", ONE)], mode)
    assert files(read(path)) == {"pc.tar.gz/a/pc1.csv": "7-Zip", "pc.tar.gz/b/pc2.csv": "7-Zip"}


def test_every_file_of_a_zip_archive_is_read_whatever_its_separator(tmp_path: Path) -> None:
    path = zipped(tmp_path / "pc.zip", [("dinkes\\pc2.csv", ONE), ("pc1.csv", ONE)])
    assert files(read(path)) == {"pc.zip/dinkes/pc2.csv": "7-Zip", "pc.zip/pc1.csv": "7-Zip"}


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_a_single_compressed_file(tmp_path: Path, compress: Any) -> None:
    path = write(tmp_path / "pc1.csv.gz", compress(ONE))
    assert files(read(path)) == {"pc1.csv.gz/pc1.csv": "7-Zip"}


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", [("pc1.csv", ONE)]).read_bytes()
    path = tarred(tmp_path / "all.tgz", [("kirim/inner.zip", inner)])
    assert files(read(path)) == {"all.tgz/kirim/inner.zip/pc1.csv": "7-Zip"}


def test_archives_without_end_are_refused(tmp_path: Path) -> None:
    content = ONE
    for _ in range(8):
        content = zipped(tmp_path / "x.zip", [("x.zip", content)]).read_bytes()
    ((_, problem),) = files(read(write(tmp_path / "deep.zip", content))).items()
    assert "unpack them" in problem


def test_an_archive_is_a_folder_whose_name_tells_the_agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    zipped(Path("masuk/Dinas Kesehatan.zip"), [("Puskesmas I/PC-01.csv", ONE), ("PC-02.csv", ONE)])
    inventory_file(Path("masuk/Dinas Sosial/pc.csv"), ["PC-1", "GIMP", "2.10"])
    assert run(["audit", "masuk", "--as-of", "2026-11-24", "--format", "json", "--out", "out"]) in (0, 1)
    result = audited(Path("out"))
    assert [one["agency"] for one in result["agencies"]] == ["Dinas Kesehatan", "Dinas Sosial"]
    health = of_agency(result, "Dinas Kesehatan")
    assert (health["devices"], health["installations"]["total"]) == (2, 2)


def test_an_archive_alone_is_the_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    zipped(Path("kabupaten.zip"), [("Dinkes/PC-01.csv", ONE), ("Dinsos/PC-02.csv", ONE)])
    assert run(["audit", "kabupaten.zip", "--as-of", "2026-11-24", "--format", "json", "--out", "out"]) in (0, 1)
    assert [one["agency"] for one in audited(Path("out"))["agencies"]] == ["Dinas Kesehatan", "Dinas Sosial"]


def test_several_processes_read_the_same(tmp_path: Path) -> None:
    zipped(tmp_path / "masuk/a.zip", [("PC-01.csv", ONE), ("z.csv", ONE)])
    write(tmp_path / "masuk/a.zip.csv", ONE)
    found = find_inventories([tmp_path / "masuk"], [], "", CONTEXT)
    names = [[one.origin.file for one in read_inventories(found, CONTEXT, jobs)] for jobs in (1, 2)]
    assert names[0] == names[1] == ["masuk/a.zip.csv", "masuk/a.zip/PC-01.csv", "masuk/a.zip/z.csv"]


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/evil.csv", "C:\\evil.csv", "a/../../evil.csv", "..\\evil.csv"])
def test_no_path_leads_out_of_an_archive(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    for path in (
        zipped(tmp_path / "in/a.zip", [(name, ONE), ("b.csv", ONE)]),
        tarred(tmp_path / "in/a.tgz", [(name, ONE), ("b.csv", ONE)]),
    ):
        found = files(read(path))
        assert found[f"{path.name}/b.csv"] == "7-Zip"
        assert "leads out" in next(what for file, what in found.items() if "evil" in file)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_links_and_devices_in_an_archive_are_problems(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"x{kind.decode()}.csv")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found = files(read(tmp_path / "a.tar"))
    assert len(found) == 4
    assert all("link or a device" in what for what in found.values())


def test_a_zipped_link_is_a_problem(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("x.csv")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert "link or a device" in files(read(tmp_path / "a.zip"))["a.zip/x.csv"]


def test_a_bomb_is_refused_and_what_came_before_it_is_read(tmp_path: Path) -> None:
    members = [("a.csv", ONE), ("b.csv", b"0" * 5_000_000), ("c.csv", ONE)]
    for path in (zipped(tmp_path / "a.zip", members), tarred(tmp_path / "a.tgz", members)):
        found = files(read(path, unpacked_bytes=1_000_000))
        assert found[f"{path.name}/a.csv"] == "7-Zip"
        assert "unpacked_bytes = 1000000" in found[path.name]
        assert f"{path.name}/c.csv" not in found


def test_a_header_that_asks_for_all_memory_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 8 * 1024**3
    with gzip.open(tmp_path / "a.tgz", "wb", compresslevel=1) as packed:
        packed.write(info.tobuf(tarfile.GNU_FORMAT))
        for _ in range(20):
            packed.write(b"0" * 1_000_000)
    assert "limit" in files(read(tmp_path / "a.tgz", unpacked_bytes=3_000_000))["a.tgz"]


def test_too_many_files(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [(f"{number}.csv", ONE) for number in range(5)])
    found = files(read(path, members=3))
    assert len(found) == 4
    assert "members = 3" in found["a.zip"]


def test_a_directory_that_fills_the_memory_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("a.csv", ONE)])
    content = bytearray(path.read_bytes())
    content[-10:-6] = (2**31 - 1).to_bytes(4, "little")
    assert "members" in files(read(write(path, bytes(content))))["a.zip"]


def test_an_encrypted_file_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("a.csv", ONE), ("b.csv", ONE)])
    content = bytearray(path.read_bytes())
    content[content.find(b"PK\x01\x02") + 8] |= 1
    found = files(read(write(path, bytes(content))))
    assert "password" in found["a.zip/a.csv"]
    assert found["a.zip/b.csv"] == "7-Zip"


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_cut_archive_says_so(tmp_path: Path, cut: float) -> None:
    members = [(f"{number}.csv", ONE + os.urandom(3000).hex().encode()) for number in range(9)]
    for path in (zipped(tmp_path / "a.zip", members), tarred(tmp_path / "a.tgz", members)):
        content = path.read_bytes()
        found = read(write(path, content[: int(len(content) * cut)]))
        assert any(one.problem for one in found)


def test_an_archive_without_inventories(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("__MACOSX/._a.csv", b"x"), (".DS_Store", b"x"), ("README.md", b"x"), ("~$a.xlsx", b"x")])
    assert "no inventory" in files(read(path))["a.zip"]


def test_documents_that_are_packed_are_no_archives(tmp_path: Path) -> None:
    path = zipped(tmp_path / "surat.docx", [("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")])
    assert "No reader knows" in files(read(path))["surat.docx"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_one_name_in_an_archive_are_told_apart(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("x.csv", ONE), ("x.csv", ONE + b"GIMP,2.10\n")])
    readings = read(path)
    assert files(readings) == {"a.zip/x.csv": "7-Zip", "a.zip/x.csv (2)": "7-Zip, GIMP"}
    assert [one.origin.stem for one in readings] == ["x", "x"]
    counts = assemble(readings, AgencyTable([])).counts
    assert [(one.rows, one.installations + one.duplicates) for one in counts] == [(1, 1), (2, 2)]


def test_control_characters_in_names_are_not_shown(tmp_path: Path) -> None:
    assert list(files(read(tarred(tmp_path / "a.tar", [("a\nb.csv", ONE)], "w")))) == ["a.tar/a\ufffdb.csv"]


def test_inspect_shows_every_file_of_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = zipped(tmp_path / "a.zip", [("x.csv", ONE), ("y.csv", ONE + b",3\n"), ("z.xlsx", b"PK\x03\x04xl/")])
    code = run(["inspect", "--format", "json", str(path)])
    (one,) = json.loads(capsys.readouterr().out)
    assert (code, one["file"], one["reader"], one["rows"]) == (1, str(path), "archive", 3)
    assert [member["reader"] for member in one["members"]] == ["delimited", "delimited", None]
    assert [problem["locator"] for problem in one["problems"]] == ["y.csv A3", "z.xlsx"]
    assert run(["inspect", "--lang", "en", str(path)]) == 1
    assert "y.csv" in capsys.readouterr().out
