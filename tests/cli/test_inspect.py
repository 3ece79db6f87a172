# SPDX-License-Identifier: Apache-2.0
"""`foss-audit inspect`: how files are read, for people and for scripts."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from helpers import inventory_file, write

import foss_audit
from foss_audit.cli import run

KEYS = {"file", "reader", "encoding", "sheets", "rows", "installations", "duplicates", "skipped", "problems"}


def _inspected(capsys: pytest.CaptureFixture[str], *given: str) -> tuple[int, list[dict[str, Any]]]:
    code = run(["inspect", "--format", "json", *given])
    said = capsys.readouterr()
    assert said.err == ""
    found: list[dict[str, Any]] = json.loads(said.out)
    return code, found


def test_how_a_table_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    inventory_file(
        Path("opd/pc.csv"),
        ["PC-1", "GIMP", "2.10"],
        ["pc-1", "gimp", "2.10.0"],
        ["PC-1", "", "3", "Seseorang"],
        ["Jumlah", "", "2"],
    )
    code, (one,) = _inspected(capsys, "opd/pc.csv")
    assert code == 1
    assert set(one) >= KEYS
    assert (one["file"], one["reader"], one["encoding"]) == ("opd/pc.csv", "delimited", "utf-8")
    (sheet,) = one["sheets"]
    assert (sheet["sheet"], sheet["header_row"]) == ("", 1)
    assert sheet["columns"]["name"] == "Nama Software" and sheet["columns"]["device"] == "Perangkat"
    assert (one["rows"], one["installations"], one["duplicates"]) == (4, 1, 1)
    assert one["skipped"] == [{"locator": "A5", "reason": "total"}]
    assert [problem["locator"] for problem in one["problems"]] == ["A4"]
    assert one["rows"] == one["installations"] + one["duplicates"] + len(one["skipped"]) + len(one["problems"])


def test_one_entry_per_file_in_the_order_given_unreadable_ones_too(capsys: pytest.CaptureFixture[str]) -> None:
    inventory_file(Path("b.csv"), ["PC-1", "GIMP", "2.10"])
    write(Path("a.xlsx"), b"PK\x03\x04broken")
    Path("folder").mkdir()
    given = ["b.csv", "a.xlsx", "nowhere.csv", "folder", "b.csv"]
    code, found = _inspected(capsys, *given)
    assert code == 1
    assert [one["file"] for one in found] == given
    assert [one["reader"] for one in found] == ["delimited", None, None, None, "delimited"]
    assert all(set(one) >= KEYS for one in found)
    assert all(one["problems"][0]["message"] for one in found[1:4])


@pytest.mark.parametrize("given", [["nowhere.csv"], ["folder"], ["a.xlsx", "nowhere.csv"]])
def test_2_where_none_of_them_could_be_read(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("a.xlsx"), b"PK\x03\x04broken")
    Path("folder").mkdir()
    code, found = _inspected(capsys, *given)
    assert (code, [one["reader"] for one in found]) == (2, [None] * len(given))


def test_0_where_everything_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    inventory_file(Path("b.csv"), ["PC-1", "GIMP", "2.10"])
    assert _inspected(capsys, "b.csv")[0] == 0


def test_the_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    inventory_file(Path("[red]b.csv"), *([f"PC-{number}", "", "3", "Seseorang"] for number in range(30)), ["PC-1", "GIMP", "1"])
    assert run(["inspect", "[red]b.csv", "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "[red]b.csv" in said
    assert "… and 10 more" in said


def test_no_file_is_a_question_of_usage() -> None:
    assert run(["inspect"]) == 2


def test_any_console_can_show_it() -> None:
    inventory_file(Path("\u30d1\u30bd.csv"), ["PC-1", "GIMP \u30c7", "2.10"], ["PC-1", "", "1", "\u30c7"])
    environment = {**os.environ, "PYTHONIOENCODING": "cp437", "PYTHONPATH": str(Path(foss_audit.__file__).parents[1])}
    command = [sys.executable, "-m", "foss_audit", "inspect", "\u30d1\u30bd.csv"]
    for extra in ([], ["--format", "json"]):
        done = subprocess.run([*command, *extra], env=environment, capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout)[0]["file"] == "\u30d1\u30bd.csv"


def test_a_mapping_overrules_what_was_recognised(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("opd/barang.csv"), "Kode,Uraian,Seri\n1,GIMP,2.10\n2,Inkscape,1.3\n")
    code, (one,) = _inspected(capsys, "opd/barang.csv")
    assert (code, one["installations"]) == (1, 0)
    code, (one,) = _inspected(capsys, "--map", "name=Uraian,version=C", "opd/barang.csv")
    assert (code, one["installations"]) == (0, 2)
    assert {name: one["sheets"][0]["columns"][name] for name in ("name", "version")} == {"name": "Uraian", "version": "Seri"}


def test_a_mapping_that_is_none_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    inventory_file(Path("a.csv"), ["PC-1", "GIMP", "2.10"])
    assert run(["inspect", "--map", "nama=B", "a.csv"]) == 2
    assert "nama" in capsys.readouterr().err


def test_the_settings_of_the_folder_hold_for_inspect_too(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("opd/barang.csv"), "Kode,Uraian\n1,GIMP\n2,Inkscape\n")
    write(Path("audit.toml"), '[[mapping]]\nfiles = "barang.csv"\ncolumns = { name = "Uraian" }\n')
    assert _inspected(capsys, "opd/barang.csv")[1][0]["installations"] == 2


def test_a_file_that_lists_nothing_is_a_problem_as_in_the_audit(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("kosong.csv"), "Nama Software,Versi\n")
    code, (one,) = _inspected(capsys, "kosong.csv")
    assert (code, one["rows"], len(one["problems"])) == (1, 1, 1)
