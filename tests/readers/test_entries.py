# SPDX-License-Identifier: Apache-2.0
"""Entries tables: exact columns and dtypes, whatever a reader gathered."""

import pandas as pd
import pytest

from foss_audit.readers.entries import entries_table
from foss_audit.readers.interface import ENTRY_COLUMNS


def test_missing_columns_are_filled() -> None:
    table = entries_table({"name": ["7-Zip", "Git"]})
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == dict(ENTRY_COLUMNS)
    assert table.iloc[1].to_dict() == {
        "name": "Git", "version": "", "publisher": "", "license": "", "license_origin": "", "claim": "", "activation": "",
        "purl": "", "agency": "", "location": "",
        "device": "", "user": "", "unnamed": False, "quantity": 1, "place": "", "position": -1,
    }  # fmt: skip


def test_no_rows() -> None:
    for table in (entries_table({}), entries_table({"name": []}), entries_table({}, rows=0)):
        assert table.empty
        assert {name: str(dtype) for name, dtype in table.dtypes.items()} == dict(ENTRY_COLUMNS)


def test_text_is_made_fit_for_reports() -> None:
    table = entries_table({"name": ["  Git ", "Git", None, "a\x00b", "\ud800", float("nan")]})
    assert list(table["name"]) == ["Git", "Git", "", "a\ufffdb", "\ufffd", ""]
    assert table["name"].cat.categories.is_unique


def test_categoricals_keep_their_values_and_lose_the_missing() -> None:
    column = pd.Categorical(["b ", None, "a", "b "], categories=["a", "b ", "unused"])
    for given in (column, pd.Series(column)):
        table = entries_table({"name": given})
        assert list(table["name"]) == ["b", "", "a", "b"]
        assert list(table["name"].cat.categories) == ["b", "", "a"]


def test_categories_stand_in_the_order_of_the_file() -> None:
    assert list(entries_table({"name": ["z", "a", "z", "m"]})["name"].cat.categories) == ["z", "a", "m"]


def test_wrong_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="nmae"):
        entries_table({"nmae": ["x"]})
    with pytest.raises(ValueError, match="length"):
        entries_table({"name": ["x"], "version": []})
