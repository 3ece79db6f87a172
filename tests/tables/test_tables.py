# SPDX-License-Identifier: Apache-2.0
"""Random sheets: nothing that was written into one vanishes, and nothing is read out of nothing."""

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from table_vocabulary import shipped_vocabulary

from foss_audit.model import SkipReason
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.readers.sheets import delimited
from foss_audit.tables import list_of_names
from foss_audit.tables.grid import Column, Grid
from foss_audit.tables.quantities import quantity
from foss_audit.tables.words import WordSet

CONTEXT = ReadingContext(shipped_vocabulary())
HEADING = ["No", "Hostname", "Nama Perangkat Lunak", "Versi", "Penerbit", "Jumlah Terpasang"]

TITLES = st.lists(
    st.sampled_from(
        [["DAFTAR INVENTARIS PERANGKAT LUNAK"], ["DINAS KESEHATAN"], [], ["Tahun", "2026"], ["OPD :", "Dinas X"], ["", "", "x"]]
    ),
    max_size=6,
)
NAMES = st.sampled_from(
    [
        "Microsoft Office",
        "GIMP",
        "Total Commander",
        "7-Zip 22.01",
        "AutoCAD",
        "Unity",
        'Draw 24" Pro',
        "=cmd()",
        "Ruang Guru",
        "Adobe, Inc; Reader",
    ]
)
VERSIONS = st.sampled_from(["", "3.10", "007", "2016", "1.0.0", "NA", "-"])
QUANTITIES = st.sampled_from(["", "1", "3 unit", "12"])
ENTRY = st.tuples(st.just("entry"), NAMES, VERSIONS, QUANTITIES)
OTHER = st.sampled_from(
    [
        ("skipped", ["", "", "", "", "", ""][:0] or ["1.", "", "", "", "", ""]),
        ("skipped", ["A. SEKRETARIAT", "", "", "", "", ""]),
        ("skipped", ["", "", "Ruang Server", "", "", ""]),
        ("skipped", ["Jumlah", "", "", "", "", "12"]),
        ("skipped", ["", "", "TOTAL", "", "", "12"]),
        ("skipped", HEADING),
        ("skipped", ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]),
        ("skipped", ["1", "PC-9", "Zoom", "5", "", "0"]),
        ("nothing", ["", "", "", "", "", ""]),
        ("nothing", ["", " ", "-", "", "", ""]),
        ("problem", ["5", "PC-1", "", "2016", "Microsoft", ""]),
        ("problem", ["5", "PC-1", "Zoom", "5", "", "banyak"]),
        ("problem", ["5", "PC-1", "Zoom", "5", "", "-1"]),
    ]
)
SIGNATURE = [
    ["", "Mengetahui,", "", "", "Tabanan, 12 Januari 2026", ""],
    ["", "Kepala Dinas", "", "", "Pengurus Barang", ""],
    ["", "", "", "", "", ""],
    ["", "I Wayan Sudana", "", "", "Ni Made Ayu", ""],
    ["", "NIP. 19650101 199003 1 001", "", "", "NIP. 19800101", ""],
]


@settings(max_examples=80, deadline=None)
@given(TITLES, st.lists(st.one_of(ENTRY, ENTRY, OTHER), min_size=1, max_size=25), st.booleans(), st.sampled_from(",;\t|"))
def test_every_line_is_an_entry_or_told(
    titles: list[list[str]], lines: list[tuple[str, ...]], signed: bool, separator: str
) -> None:
    rows: list[list[str]] = [*titles, HEADING]
    expected: dict[str, list[int]] = {"entry": [], "skipped": [], "problem": [], "nothing": []}
    for number, line in enumerate(lines, 1):
        kind = line[0]
        expected[kind].append(len(rows) + 1)
        rows.append([str(number), f"PC-{number % 4}", line[1], line[2], "", line[3]] if kind == "entry" else list(line[1]))
    end = len(rows)
    found = read([*rows, *SIGNATURE] if signed else rows, separator)
    assert found.sheets[0].header_row == len(titles) + 1
    assert found.entries["position"].tolist() == expected["entry"]
    assert [int(problem.source.locator[1:]) for problem in found.problems] == expected["problem"] or sorted(
        int(problem.source.locator[1:]) for problem in found.problems
    ) == expected["problem"]
    assert [int(line.source.locator[1:]) for line in found.skipped if int(line.source.locator[1:]) <= end] == expected["skipped"]
    signatures = [line for line in found.skipped if int(line.source.locator[1:]) > end]
    assert len(signatures) == (4 if signed else 0)
    assert {line.reason for line in signatures} <= {SkipReason.SIGNATURE}


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=12))
@example([["", "", "A;A"]])
def test_any_cells_at_all_are_counted(body: list[list[str]]) -> None:
    """Whatever stands below a heading: every row that holds something is an entry or several, skipped, or a problem."""
    heading = ["No", "Hostname", "Software", "Version", "Publisher", "License", "Jumlah Terpasang"]
    rows = [[tidy(cell) for cell in row] for row in body]
    found = read([heading, *rows], ",")
    empty = WordSet(CONTEXT.vocabulary.words["empty"])
    filled = sum(any(cell and not empty.matches(cell) for cell in row) for row in rows)
    entries = found.entries["position"].nunique()  # a cell may list several names
    assert entries + len(found.skipped) + len(found.problems) == filled


@given(st.lists(st.one_of(st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.dates(), st.none()), max_size=20))
def test_a_column_of_values_has_a_text_for_each(values: list[object]) -> None:
    column = Column.of_values(values, WordSet(("-",)))
    assert len(column) == len(values)
    assert column.series().tolist() == [column.text(row) for row in range(len(values))]
    assert column.texts.is_unique


@given(st.text(max_size=30))
def test_a_quantity_is_a_whole_number_or_not_understood(text: str) -> None:
    amount = quantity(text, CONTEXT.vocabulary.words)
    assert amount is None or amount >= 0


def test_prose_is_no_list_of_names() -> None:
    for texts, is_list in (
        (["Audacity", "GIMP", "Adobe Acrobat Reader DC"], True),
        (["This is the letter in which we ask for the list of software."] * 3, False),
        (["1", "2", "3"], False),
        (["GIMP"], False),
    ):
        grid = Grid("", (Column.of_values(texts, WordSet(())),), len(texts))
        assert (list_of_names(grid, {}, "name") is not None) is is_list


def read(rows: list[list[str]], separator: str) -> Reading:
    text = io.StringIO()
    width = max(map(len, rows))
    csv.writer(text, delimiter=separator).writerows([*row, *[""] * (width - len(row))] for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory.csv"
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        return delimited.read(path, "inventory.csv", CONTEXT)


def tidy(cell: str) -> str:
    """Without what no text file can hold, and blanks as the reader leaves them."""
    return " ".join("".join(character for character in cell if character.isprintable() and character != '"').split())
