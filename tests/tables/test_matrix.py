# SPDX-License-Identifier: Apache-2.0
"""Software × device tables: ticks, crosses, and what must not be guessed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.rulebook import load_rulebook

CONTEXT = ReadingContext(load_rulebook().vocabulary)
HEADING = ["No", "Nama Perangkat Lunak"]


def _read(tmp_path: Path, *rows: Sequence[str]) -> Reading:
    path = tmp_path / "matriks.csv"
    path.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    return read_file(path, "matriks.csv", CONTEXT)


def _installed(reading: Reading) -> set[tuple[str, str]]:
    return set(zip(reading.entries["name"], reading.entries["device"], strict=True))


def test_beside_ticks_a_cross_says_not_installed(tmp_path: Path) -> None:
    reading = _read(
        tmp_path, [*HEADING, "PC-01", "PC-02"], ["1", "7-Zip", "v", "x"], ["2", "GIMP", "x", "v"], ["3", "WinRAR", "x", "x"]
    )
    assert _installed(reading) == {("7-Zip", "PC-01"), ("GIMP", "PC-02")}
    assert [skipped.reason for skipped in reading.skipped] == ["not-installed"]
    assert any("cross" in str(note.message) for note in reading.notes)


def test_a_cross_alone_is_a_mark(tmp_path: Path) -> None:
    reading = _read(tmp_path, [*HEADING, "PC-01", "PC-02"], ["1", "7-Zip", "x", ""], ["2", "GIMP", "x", "x"])
    assert _installed(reading) == {("7-Zip", "PC-01"), ("GIMP", "PC-01"), ("GIMP", "PC-02")}


def test_a_mark_that_is_not_understood_is_a_problem_of_its_cell(tmp_path: Path) -> None:
    reading = _read(tmp_path, [*HEADING, "PC-01", "PC-02"], ["1", "7-Zip", "v", "v"], ["2", "GIMP", "v", "?"])
    assert _installed(reading) == {("7-Zip", "PC-01"), ("7-Zip", "PC-02"), ("GIMP", "PC-01")}
    assert [problem.source.locator for problem in reading.problems] == ["D3"]


@pytest.mark.parametrize(
    ("devices", "cells"),
    [
        (["PC-01", "PC-02"], [["2", "1"], ["24.08", "3"]]),
        (["Bu Ani", "Pak Budi"], [["v", "x"], ["v", "v"]]),
        (["PC-01"], [["v"], [""]]),
    ],
)
def test_what_may_be_a_matrix_is_not_read_as_a_list(tmp_path: Path, devices: list[str], cells: list[list[str]]) -> None:
    lines = [[str(number), name, *row] for number, (name, row) in enumerate(zip(("7-Zip", "GIMP"), cells, strict=True), 1)]
    reading = _read(tmp_path, [*HEADING, *devices], *lines)
    assert len(reading.entries) == 0
    assert devices[0] in str(reading.problems[0].message)


@pytest.mark.parametrize("headings", [["Legal", "Ilegal"], ["Asli", "Bajakan"], ["Ada", "Tidak Ada"]])
def test_ticks_under_a_status_are_no_devices(tmp_path: Path, headings: list[str]) -> None:
    reading = _read(tmp_path, [*HEADING, *headings], ["1", "7-Zip", "v", ""], ["2", "GIMP", "", "v"])
    assert list(reading.entries["name"]) == ["7-Zip", "GIMP"]
    assert not reading.problems
