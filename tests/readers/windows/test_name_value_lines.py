# SPDX-License-Identifier: Apache-2.0
"""Lines of scripts with named fields: every line is an entry, blank, a total, or a problem."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers.interface import Reading


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(row) for row in reading.entries[["name", "version", "publisher"]].itertuples(index=False)]


def test_values_may_hold_commas(read: Callable[..., Reading]) -> None:
    text = (
        "Name=VMware Tools, Version=12.1.5, Publisher=VMware, Inc. \n"
        "Name=Microsoft Edge Update, Version=1.3.177, Publisher=undefined\n"
        "Name=, Version=1, Publisher=x\n"
        "Name=GIMP, the editor, Version=2.10, Publisher=The GIMP Team\n"
        "Name=7-Zip, Version=22.01, Publisher=Igor Pavlov\n\n"
        "Number of installed apps: 5\n"
    )
    reading = read(text)
    assert reading.reader == "name-value-lines"
    assert rows(reading) == [
        ("VMware Tools", "12.1.5", "VMware, Inc."),
        ("Microsoft Edge Update", "1.3.177", ""),
        ("GIMP, the editor", "2.10", "The GIMP Team"),
        ("7-Zip", "22.01", "Igor Pavlov"),
    ]
    assert [(one.reason, one.source.locator) for one in reading.skipped] == [(SkipReason.BLANK, "A3"), (SkipReason.TOTAL, "A7")]


def test_colons_and_names_of_the_registry(read: Callable[..., Reading]) -> None:
    text = "DisplayName: 7-Zip; DisplayVersion: 22.01; Publisher: Igor Pavlov\n{Name=GIMP; Vendor=The GIMP Team}\n"
    assert rows(read(text)) == [("7-Zip", "22.01", "Igor Pavlov"), ("GIMP", "", "The GIMP Team")]


def test_a_line_of_another_kind_is_a_problem(read: Callable[..., Reading]) -> None:
    text = "Name=A, Version=1, Publisher=x\n" * 9 + "catatan petugas\n"
    assert [one.source.locator for one in read(text).problems] == ["A10"]


@pytest.mark.parametrize("text", ["Name: x\nVersion: 1\n", "The name, Version=1, is good.\n", "name=a,b\n"])
def test_other_text_is_not_claimed(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text).reader != "name-value-lines"
    except UnreadableFile as error:
        assert "No reader" in str(error)


def test_long_lines_take_linear_time(read: Callable[..., Reading]) -> None:
    text = "Name=A, Version=1, Publisher=x\n" * 20 + ("Name=" * 300_000 + "\n") * 3
    started = time.perf_counter()
    assert len(read(text).entries) == 20
    assert time.perf_counter() - started < 10


@pytest.mark.corpus
def test_a_real_list(corpus: Path, read_path: Callable[[Path], Reading]) -> None:
    path = corpus / "endpoint" / "windows_exports" / "name_version_publisher_kv.txt"
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    reading = read_path(path)
    assert len(reading.entries) == sum(line.startswith("Name=") for line in lines)
    assert len(reading.entries) + len(reading.skipped) == len(lines)
