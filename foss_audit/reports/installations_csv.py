# SPDX-License-Identifier: Apache-2.0
"""installations.csv: one row per installation, for programs and for a spreadsheet.

UTF-8 without a byte order mark: programs read it as it is (pandas, databases); Excel opens it through Data > From Text/CSV.
"""

from collections.abc import Callable, Iterator
from io import BytesIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from foss_audit.model import Verdict
from foss_audit.reports.interface import ReportInput
from foss_audit.reports.text import FORMULA_GUARD, FORMULA_START, neutralised

FORMAT = "csv"

COLUMNS = (
    "agency",
    "device",
    "name",
    "version",
    "publisher",
    "product",
    "license_model",
    "class",
    "basis",
    "license_expression",
    "entitlement",
    "sources",
    "activation",
)

_BATCH = 200_000
_LAYOUT = csv.WriteOptions(include_header=False)
_OF_TITLE: dict[str, Callable[[Verdict], str]] = {
    "name": lambda verdict: verdict.title.name,
    "version": lambda verdict: verdict.title.version,
    "publisher": lambda verdict: verdict.title.publisher,
    "product": lambda verdict: verdict.product.name if verdict.product else "",
    "license_model": lambda verdict: verdict.license_model.value,
    "license_expression": lambda verdict: verdict.license_expression or "",
}


def render(audit: ReportInput) -> Iterator[tuple[str, bytes]]:
    """installations.csv; a cell that would begin a formula gets a leading apostrophe, an empty one stands without quotes."""
    table = audit.installations
    values = {name: _safe([of(verdict) for verdict in audit.result.titles]) for name, of in _OF_TITLE.items()}
    content = BytesIO()
    content.write((",".join(COLUMNS) + "\n").encode())
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    with csv.CSVWriter(content, schema, write_options=_LAYOUT) as writer:
        for start in range(0, len(table), _BATCH):
            rows = table.iloc[start : start + _BATCH]
            writer.write_batch(pa.record_batch([_column(name, rows, values) for name in COLUMNS], schema=schema))
    yield "installations.csv", content.getvalue()


def _column(name: str, rows: pd.DataFrame, of_titles: dict[str, pa.Array]) -> pa.Array:
    if name in of_titles:
        return of_titles[name].take(pa.array(rows["title"].to_numpy()))
    column = rows[name]
    if isinstance(column.dtype, pd.CategoricalDtype):
        return _safe([str(value) for value in column.cat.categories]).take(pa.array(column.cat.codes.to_numpy()))
    return _safe_distinct(column)


def _safe(values: list[str]) -> pa.Array:
    return pa.array([neutralised(value) or None for value in values], type=pa.string())


def _safe_distinct(column: pd.Series) -> pa.Array:
    """Nearly every value differs from every other here, so they are looked at as one array instead of one by one."""
    try:
        texts = pa.array(column, type=pa.string(), from_pandas=True)
    except (pa.ArrowInvalid, UnicodeEncodeError):  # a lone surrogate: object columns can hold one
        return _safe([str(value) for value in column])
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if pc.any(pc.match_substring_regex(texts, FORMULA_START)).as_py():
        texts = pc.replace_substring_regex(texts, FORMULA_START, FORMULA_GUARD)
    return pc.if_else(pc.equal(texts, ""), None, texts)
