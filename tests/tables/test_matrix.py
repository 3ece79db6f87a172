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


def _cells(reading: Reading, *columns: str) -> list[tuple[str, ...]]:
    entries = reading.entries
    cells = [f"{place}{position}" for place, position in zip(entries["place"], entries["position"], strict=True)]
    return list(zip(cells, *([str(value) for value in entries[name]] for name in columns), strict=True))


def test_rooms_stand_above_the_devices(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        [*HEADING, "Ruang Kepala", "", "Ruang TU", "Total"],
        ["", "", "PC-01", "PC-02", "PC-03", ""],
        ["1", "Office", "2019", "2016", "", "2"],
        ["2", "GIMP", "v", "", "√", "2"],
        ["3", "Zoom", "", "5.17", "", "1"],
    )
    assert _cells(reading, "name", "version", "device", "location") == [
        ("C3", "Office", "2019", "PC-01", "Ruang Kepala"),
        ("C4", "GIMP", "", "PC-01", "Ruang Kepala"),
        ("D3", "Office", "2016", "PC-02", "Ruang Kepala"),
        ("D5", "Zoom", "5.17", "PC-02", "Ruang Kepala"),
        ("E4", "GIMP", "", "PC-03", "Ruang TU"),
    ]
    assert not reading.problems
    assert any("in that version" in str(note.message) for note in reading.notes)


def test_rooms_between_a_heading_for_devices_and_their_names(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        [*HEADING, "Komputer", "", "", "Jumlah"],
        ["", "", "Keuangan", "", "Umum", ""],
        ["", "", "PC 1", "PC 2", "Server", ""],
        ["1", "Office", "x", "", "", "1"],
        ["2", "GIMP", "", "x", "x", "2"],
    )
    assert _cells(reading, "name", "device", "location") == [
        ("C4", "Office", "PC 1", "Keuangan"),
        ("D5", "GIMP", "PC 2", "Keuangan"),
        ("E5", "GIMP", "Server", "Umum"),
    ]
    assert [skipped.source.locator for skipped in reading.skipped] == ["A2", "A3"]


def test_users_below_the_devices_are_a_heading(tmp_path: Path) -> None:
    reading = _read(tmp_path, [*HEADING, "PC-01", "PC-02"], ["", "", "Bu Ani", "Pak Budi"], ["1", "Office", "v", "v"])
    assert len(reading.entries) == 2
    assert [skipped.source.locator for skipped in reading.skipped] == ["A2"]


def test_amounts_by_room_are_that_many_installations(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        [*HEADING, "Ruang Kepala", "Puskesmas Kediri", "Jumlah"],
        ["1", "Office", "2", "3", "5"],
        ["2", "GIMP", "", "v", "1"],
    )
    assert _cells(reading, "name", "location", "quantity") == [
        ("C2", "Office", "Ruang Kepala", "2"),
        ("D2", "Office", "Puskesmas Kediri", "3"),
        ("D3", "GIMP", "Puskesmas Kediri", "1"),
    ]
    assert all(reading.entries["unnamed"])


def test_amounts_by_room_that_do_not_add_up_are_not_taken(tmp_path: Path) -> None:
    reading = _read(tmp_path, [*HEADING, "Ruang Kepala", "Ruang TU", "Jumlah"], ["1", "Office", "2", "3", "7"])
    assert _cells(reading, "location", "quantity") == [("A2", "", "7")]
