# SPDX-License-Identifier: Apache-2.0
"""installations.csv: every installation once, no cell a formula, nothing of the text lost."""

import csv
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO

import pandas as pd
import pytest

from foss_audit.reports import installations_csv
from foss_audit.reports.installations_csv import COLUMNS, render
from foss_audit.reports.interface import ReportInput
from foss_audit.reports.text import neutralised


def rows(audit: ReportInput) -> list[dict[str, str]]:
    ((_, content),) = render(audit)
    return list(csv.DictReader(StringIO(content.decode(), newline="")))


def test_it_stays_as_it_was(audit: ReportInput, golden: Callable[[str, bytes], None]) -> None:
    ((name, content),) = render(audit)
    golden(name, content)


def test_its_columns_are_those_of_the_contract(audit: ReportInput) -> None:
    ((_, content),) = render(audit)
    heading = "agency,device,name,version,publisher,product,license_model,class,basis,license_expression,entitlement,sources"
    heading += ",activation"  # more than the contract has, at the end
    assert content.startswith(heading.encode() + b"\n")
    assert ",".join(COLUMNS) == heading


def test_pandas_reads_back_one_row_an_installation(audit: ReportInput) -> None:
    ((_, content),) = render(audit)
    table = pd.read_csv(BytesIO(content), dtype=object, keep_default_na=False)
    assert len(table) == len(audit.installations)
    assert list(table["class"]) == list(audit.installations["class"].astype(object))


def test_no_cell_begins_a_formula(audit: ReportInput) -> None:
    cells = [cell for row in rows(audit) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    hostile = next(row for row in rows(audit) if "cmd" in row["name"])
    assert (hostile["name"], hostile["version"], hostile["publisher"]) == ("'=cmd|' /C calc'!A1", "'-1", "'@SUM(A1)")


def test_a_source_that_looks_like_a_formula_is_guarded(audit: ReportInput) -> None:
    hostile = audit.installations.copy()
    hostile["sources"] = "=evil.csv A1; ok.csv A2"
    assert {row["sources"] for row in rows(replace(audit, installations=hostile))} == {"'=evil.csv A1; ok.csv A2"}


def test_quotes_and_line_breaks_survive(audit: ReportInput, with_name: Callable[[ReportInput, str], ReportInput]) -> None:
    name = 'Aplikasi "Satu, Dua"\nTiga; Empat'
    assert name in {row["name"] for row in rows(with_name(audit, name))}


def test_batches_leave_no_seam(audit: ReportInput, monkeypatch: pytest.MonkeyPatch) -> None:
    ((_, whole),) = render(audit)
    monkeypatch.setattr(installations_csv, "_BATCH", 7)
    ((_, batched),) = render(audit)
    assert batched == whole


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+62 361", "'+62 361"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tTab", "'\tTab"),
        ("\rReturn", "'\rReturn"),
        ("a;=1+1", "a;'=1+1"),
        ("a; @b", "a; '@b"),
        ("＝1+1", "'＝1+1"),
        ("Notepad++", "Notepad++"),
        ("7-Zip", "7-Zip"),
        ("", ""),
    ],
)
def test_a_formula_gets_an_apostrophe(text: str, safe: str) -> None:
    assert neutralised(text) == safe
