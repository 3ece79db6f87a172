# SPDX-License-Identifier: Apache-2.0
"""How a file finds its one reader, and what no file may do."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from foss_audit import readers
from foss_audit.errors import UnreadableFile
from foss_audit.readers.interface import Limits, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))


def fake_reader(name: str = "fake", fault: BaseException | None = None, fails_early: bool = False) -> SimpleNamespace:
    def recognises(head: object) -> bool:
        if fails_early and fault is not None:
            raise fault
        return True

    def read(path: Path, file: str, context: ReadingContext) -> None:
        if fault is not None:
            raise fault

    return SimpleNamespace(NAME=name, DESCRIPTION="", recognises=recognises, read=read)


def refusal(path: Path, context: ReadingContext = CONTEXT) -> str:
    with pytest.raises(UnreadableFile) as raised:
        readers.read_file(path, "Dinas X/a.dat", context)
    assert raised.value.source is not None
    assert raised.value.source.file == "Dinas X/a.dat"
    return str(raised.value.message)


@pytest.fixture
def some_file(tmp_path: Path) -> Path:
    path = tmp_path / "a.dat"
    path.write_text("something")
    return path


def test_readers_are_found_sorted_and_uniquely_named() -> None:
    names = [reader.NAME for reader in readers.readers()]
    assert {"cyclonedx-json", "spdx-json"} <= set(names)
    assert names == sorted(set(names))
    assert all(reader.DESCRIPTION for reader in readers.readers())


def test_head_is_the_first_64_kib_with_the_suffix_in_lower_case(tmp_path: Path) -> None:
    path = tmp_path / "A.JSON"
    path.write_bytes(b"x" * 70_000)
    head = readers.read_head(path)
    assert (head.suffix, len(head.bytes), head.text) == (".json", 65536, "x" * 65536)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_head_is_decoded_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes('{"name": "é"}'.encode(encoding))
    assert readers.read_head(path).text == '{"name": "é"}'


def test_head_survives_a_character_cut_in_half(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 65535 + "é".encode())
    assert readers.read_head(path).text == "x" * 65535


def test_no_reader_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(b"\x00\x01\x02 nothing that anybody reads")
    assert "XLSX or CSV" in refusal(path)


def test_two_readers_are_named(some_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "readers", lambda: (fake_reader("one"), fake_reader("two")))
    assert "one, two" in refusal(some_file)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (KeyError("x"), "fake could not read Dinas X/a.dat (KeyError)"),
        (AssertionError(), "AssertionError"),
        (MemoryError(), "memory"),
        (RecursionError(), "nested"),
        (UnicodeDecodeError("utf-8", b"", 0, 1, "x"), "UnicodeDecodeError"),
        (OSError(5, "Input/output error"), "Input/output error"),
    ],
)
def test_any_fault_of_a_reader_is_an_unreadable_file(
    some_file: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, said: str
) -> None:
    monkeypatch.setattr(readers, "readers", lambda: (fake_reader(fault=fault),))
    assert said in refusal(some_file)


def test_a_fault_while_recognising_names_the_reader(some_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "readers", lambda: (fake_reader(fault=ValueError(), fails_early=True),))
    assert "fake" in refusal(some_file)


def test_an_interruption_is_not_swallowed(some_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "readers", lambda: (fake_reader(fault=KeyboardInterrupt()),))
    with pytest.raises(KeyboardInterrupt):
        readers.read_file(some_file, "a.dat", CONTEXT)


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.touch()
    assert "empty" in refusal(path)


def test_folder(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)


def test_missing_file(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "no")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "pipe" in refusal(tmp_path / "pipe")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_link_to_a_device(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("/dev/zero")
    assert "device" in refusal(tmp_path / "a.csv")


def test_larger_than_the_limit(some_file: Path) -> None:
    assert "limit" in refusal(some_file, ReadingContext(CONTEXT.vocabulary, Limits(file_bytes=5)))


def test_no_permission(some_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    assert "permission" in refusal(some_file)
