# SPDX-License-Identifier: Apache-2.0
"""Reports come into their place whole or not at all, and none of an earlier run stays that this one no longer makes."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import everything_in, write

from foss_audit.errors import OutputError
from foss_audit.store import MANIFEST, write_reports


def _reports(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in everything_in(folder).items() if name != MANIFEST}


def test_files_are_written_below_out_with_their_folders(tmp_path: Path) -> None:
    out = tmp_path / "new" / "reports"
    written = write_reports(out, [("audit.json", b"{}"), ("dinas-sosial/report.html", b"<p>")])
    assert written == [out / "audit.json", out / "dinas-sosial" / "report.html"]
    assert _reports(out) == {"audit.json": b"{}", "dinas-sosial/report.html": b"<p>"}


def test_no_temporary_file_is_left(tmp_path: Path) -> None:
    write_reports(tmp_path, [("a.txt", b"1"), ("b/c.txt", b"2")])
    assert set(everything_in(tmp_path)) == {"a.txt", "b/c.txt", MANIFEST}


def test_the_same_files_leave_the_same_bytes(tmp_path: Path) -> None:
    for out in ("one", "two"):
        write_reports(tmp_path / out, [("a.txt", b"1"), ("b/c.txt", b"2")])
    assert everything_in(tmp_path / "one") == everything_in(tmp_path / "two")


def test_what_a_run_no_longer_makes_is_removed_and_nothing_else(tmp_path: Path) -> None:
    write_reports(tmp_path, [("audit.json", b"1"), ("gone/report.html", b"1"), ("stays/report.html", b"1")])
    write(tmp_path / "notes.txt", "mine")
    write(tmp_path / "stays" / "letter.docx", "mine")
    write_reports(tmp_path, [("audit.json", b"2")])
    assert _reports(tmp_path) == {"audit.json": b"2", "notes.txt": b"mine", "stays/letter.docx": b"mine"}
    assert not (tmp_path / "gone").exists()


def test_a_folder_that_holds_something_else_stays(tmp_path: Path) -> None:
    write_reports(tmp_path, [("dinas/report.html", b"1")])
    write(tmp_path / "dinas" / "letter.docx", "mine")
    write_reports(tmp_path, [("audit.json", b"1")])
    assert _reports(tmp_path) == {"audit.json": b"1", "dinas/letter.docx": b"mine"}


def test_a_report_that_fails_while_it_is_made_leaves_the_last_good_ones(tmp_path: Path) -> None:
    write_reports(tmp_path, [("audit.json", b"good"), ("dinas/report.html", b"good")])
    before = everything_in(tmp_path)

    def files() -> Iterator[tuple[str, bytes]]:
        yield "audit.json", b"new"
        raise RuntimeError("rendering failed")

    with pytest.raises(RuntimeError):
        write_reports(tmp_path, files())
    assert everything_in(tmp_path) == before


def test_a_folder_that_cannot_be_made_leaves_the_last_good_ones(tmp_path: Path) -> None:
    write_reports(tmp_path, [("audit.json", b"good")])
    write(tmp_path / "dinas", "a file of that name")
    before = everything_in(tmp_path)
    with pytest.raises(OutputError):
        write_reports(tmp_path, [("audit.json", b"new"), ("dinas/report.html", b"new")])
    assert everything_in(tmp_path) == before


def test_out_that_is_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot be written.*out"):
        write_reports(write(tmp_path / "out", "x"), [("audit.json", b"new")])


class TestHeldOpen:
    """A folder in the place of a report cannot be replaced, like a workbook that Excel holds open."""

    def test_it_is_named_and_everything_else_is_written(self, tmp_path: Path) -> None:
        write(tmp_path / "dinas" / "report.xlsx" / "inside.txt", "x")
        with pytest.raises(OutputError, match=r"Close dinas/report\.xlsx and run again"):
            write_reports(tmp_path, [("audit.json", b"1"), ("dinas/report.xlsx", b"2"), ("index.html", b"3")])
        assert _reports(tmp_path) == {"audit.json": b"1", "dinas/report.xlsx/inside.txt": b"x", "index.html": b"3"}

    def test_the_next_run_puts_it_in_place(self, tmp_path: Path) -> None:
        write(tmp_path / "report.xlsx" / "inside.txt", "x")
        with pytest.raises(OutputError):
            write_reports(tmp_path, [("report.xlsx", b"2")])
        (tmp_path / "report.xlsx" / "inside.txt").unlink()
        (tmp_path / "report.xlsx").rmdir()
        write_reports(tmp_path, [("report.xlsx", b"2")])
        assert _reports(tmp_path) == {"report.xlsx": b"2"}

    def test_an_old_report_that_is_held_is_removed_by_a_later_run(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_reports(tmp_path, [("audit.json", b"1"), ("old.xlsx", b"1")])
        with monkeypatch.context() as patched:
            unlink = Path.unlink

            def held(path: Path, missing_ok: bool = False) -> None:
                if path.name == "old.xlsx":
                    raise PermissionError("in use")
                unlink(path, missing_ok=missing_ok)

            patched.setattr(Path, "unlink", held)
            with pytest.raises(OutputError, match=r"Close old\.xlsx"):
                write_reports(tmp_path, [("audit.json", b"2")])
        assert _reports(tmp_path) == {"audit.json": b"2", "old.xlsx": b"1"}
        write_reports(tmp_path, [("audit.json", b"3")])
        assert _reports(tmp_path) == {"audit.json": b"3"}


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a\\x", "C:x", "..", "a/.."])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    with pytest.raises(OutputError, match="is no place for a report"):
        write_reports(out, [("good.txt", b"1"), (name, b"evil")])
    assert everything_in(tmp_path) == {}


class TestManifest:
    @pytest.mark.parametrize("listed", ["../victim", "/victim", "a/../../victim"])
    def test_one_that_points_outside_removes_nothing_and_stops_no_run(self, tmp_path: Path, listed: str) -> None:
        victim = write(tmp_path / "victim", "keep")
        out = tmp_path / "out"
        write(out / MANIFEST, json.dumps({"files": [listed.replace("/victim", str(victim)) if listed == "/victim" else listed]}))
        write_reports(out, [("audit.json", b"1")])
        assert victim.read_text() == "keep"
        assert _reports(out) == {"audit.json": b"1"}

    @pytest.mark.parametrize(
        "content",
        [b"", b"no json", b"[]", b"{}", b'{"files": 5}', b'{"files": null}', b'{"files": [1, null]}', b"\xff\xfe", b"5"],
    )
    def test_a_damaged_one_counts_as_none(self, tmp_path: Path, content: bytes) -> None:
        write(tmp_path / MANIFEST, content)
        write_reports(tmp_path, [("audit.json", b"1")])
        assert _reports(tmp_path) == {"audit.json": b"1"}
        assert json.loads((tmp_path / MANIFEST).read_bytes())["files"] == ["audit.json"]

    def test_a_folder_that_it_lists_is_left_alone(self, tmp_path: Path) -> None:
        write(tmp_path / MANIFEST, '{"files": ["folder", "gone.txt"]}')
        write(tmp_path / "folder" / "mine.txt", "mine")
        with contextlib.suppress(OutputError):
            write_reports(tmp_path, [("audit.json", b"1")])
        assert (tmp_path / "audit.json").read_bytes() == b"1"
        assert (tmp_path / "folder" / "mine.txt").read_text() == "mine"
