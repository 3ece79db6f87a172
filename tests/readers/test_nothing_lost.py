# SPDX-License-Identifier: Apache-2.0
"""Lists of any length and with any names, written in every format: what goes in comes out, as entries, skipped or problems."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import context, entries_in, hold_to_contract, read_unguarded
from writers import WRITTEN

from foss_audit.readers import readers
from foss_audit.tables.words import WordSet

WORDS = ("Office", "Acme", "Editor", "Player", "Studio", "Reader", "Café", "Пакет", "金山", "C++", "7-Zip", "x64", "(64-bit)")
HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
    st.sampled_from(
        [
            "=1+1",
            "-",
            "N/A",
            "null",
            "Jumlah",
            "Total",
            "1",
            "3.10",
            "a" * 400,
            "<b>&amp;",
            '"',
            "a;b",
            "a,b",
            "a\nb",
            "A : B",
            "  ",
            "NONE",
        ]
    ),
)
VERSIONS = st.lists(st.integers(0, 120), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))
TITLES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map(" ".join)
PACKAGES = st.text("abcdefghijklmnop", min_size=4, max_size=9)
NOTHING = WordSet(context().vocabulary.words["empty"])
EXAMPLES = int(os.environ.get("FOSS_AUDIT_FUZZ_EXAMPLES", "15"))
"""Of each format; CI keeps to the default, longer runs set more."""
QUICK = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def test_every_reader_is_tried() -> None:
    of_one_thing = {"activation-report", "systeminfo", "snap-info", "flatpak-info", "debian-copyright"}
    assert set(WRITTEN) | of_one_thing == {reader.NAME for reader in readers()}, "write the format in tests/writers.py"


@pytest.mark.parametrize("name", sorted(WRITTEN))
@given(data=st.data())
@QUICK
def test_every_entry_comes_out(name: str, tmp_path: Path, data: st.DataObject) -> None:
    written = WRITTEN[name]
    names = data.draw(st.lists(PACKAGES if written.packages else TITLES, min_size=written.fewest, max_size=12, unique=True))
    rows = [(one, data.draw(VERSIONS)) for one in names]
    content = written.write(rows)
    if written.encoding != "utf-8" and data.draw(st.booleans()):
        content = content.decode().encode(written.encoding)
    reading = read_of(name, content, tmp_path)
    assert entries_in(reading) == len(rows) + written.more, [str(one.message) for one in (*reading.problems, *reading.notes)]
    assert len(reading.entries) >= len(rows)
    if written.exact:
        found = set(zip(reading.entries["name"], reading.entries["version"], strict=True))
        assert set(rows) <= found


@pytest.mark.parametrize("name", sorted(name for name, written in WRITTEN.items() if not written.packages))
@given(rows=st.lists(st.tuples(HOSTILE, HOSTILE), min_size=4, max_size=12))
@QUICK
def test_no_name_makes_an_entry_vanish(name: str, tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    """Among ordinary rows, so that the file stays what it is."""
    ordinary = [("Acme Editor", "1.2"), ("Studio Player", "3"), ("Café Reader", "4.0.1")]
    written = WRITTEN[name]
    hostile = [tuple(plain(text, name) for text in row) for row in rows]
    reading = read_of(name, written.write([*ordinary, *hostile]), tmp_path)  # type: ignore[list-item]
    hold_to_contract(reading)
    listed = len(ordinary) + len(hostile) + written.more
    if name in ("delimited", "spreadsheet"):  # a line in which nothing stands is no line
        listed -= sum(all(NOTHING.matches(text) or not text.strip() for text in row) for row in hostile)
        assert entries_in(reading) >= listed
    else:
        assert entries_in(reading) == listed


def plain(text: str, format: str) -> str:
    """Without what a format cannot hold at all: control characters in XML and workbooks, line ends in formats of lines."""
    kept = "".join(character for character in text if character >= " " and character not in "\x7f\x85\u2028\u2029\ufffe\uffff")
    return kept[:300] if format in ("delimited", "spreadsheet") else kept


def read_of(name: str, content: bytes, folder: Path):  # type: ignore[no-untyped-def]
    path = folder / f"file{WRITTEN[name].suffix}"
    path.write_bytes(content)
    reading = read_unguarded(path)
    assert reading is not None, "the file was refused"
    assert reading.reader == name
    return reading
