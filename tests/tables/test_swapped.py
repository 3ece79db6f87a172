# SPDX-License-Identifier: Apache-2.0
"""Columns under each other's headings are told by their values, and only where these tell plainly."""

from pathlib import Path

import pytest
from table_reading import problems, read_text, rows, said

SOFTWARE = [
    ("Office", "16.0", "Microsoft Corporation"),
    ("Chrome", "120.1", "Google LLC"),
    ("Acrobat", "23.1", "Adobe Inc."),
    ("Firefox", "119.0", "Mozilla"),
    ("WinRAR", "6.2", "win.rar GmbH"),
]


def lines(*order: int, count: int = 5) -> str:
    return "".join(";".join(one[index] for index in order) + "\n" for one in SOFTWARE[:count])


@pytest.mark.parametrize(
    ("heading", "order"),
    [
        ("Versi;Nama Software;Penerbit", (0, 1, 2)),
        ("Penerbit;Versi;Nama Software", (0, 1, 2)),
        ("Penerbit;Nama Software;Versi", (0, 1, 2)),
        ("Nama Software;Penerbit;Versi", (0, 1, 2)),
        ("Versi;Nama Software", (0, 1)),
    ],
)
def test_values_tell(tmp_path: Path, heading: str, order: tuple[int, ...]) -> None:
    found = read_text(tmp_path, f"{heading}\n{lines(*order)}")
    assert rows(found, "name", "version") == [(name, version) for name, version, _ in SOFTWARE]
    assert len(found.problems) == 1
    assert "do not hold what their headings say" in said(found)
    assert "→ name" in said(found) or "→ version" in said(found)


@pytest.mark.parametrize(
    "text",
    [
        f"Versi;Nama Software\n{lines(0, 1, count=4)}",  # too few
        f"Nama Software;Versi;Penerbit\n{lines(0, 1, 2)}",
        "Nama Software;Versi\n" + "".join(f"App {number};Professional\n" for number in range(8)),
        "Nama Software;Versi\n" + "".join(f"{number};Aplikasi\n" for number in range(1, 9)),  # running numbers
        "Nama Software;Versi\n" + "Office;16.0\n16.0;Office\n" * 4,
    ],
)
def test_thin_evidence_moves_nothing(tmp_path: Path, text: str) -> None:
    found = read_text(tmp_path, text)
    assert not problems(found)
    first = text.splitlines()[1].split(";")[0]
    assert found.sheets[0].columns["name"] == "Nama Software"
    if not text.startswith("Versi"):
        assert rows(found, "name")[0] == (first,)
