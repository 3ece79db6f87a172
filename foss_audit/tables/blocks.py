# SPDX-License-Identifier: Apache-2.0
"""`Nama Komputer : PC-01`: lines above a heading, or between the lines of a table, that name the device of what follows."""

import re
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from foss_audit.tables.grid import Column, Grid
from foss_audit.tables.headings import normalise_heading
from foss_audit.tables.words import searched


def labelled_rows(grid: Grid, headings: Mapping[str, str], canonical: str) -> dict[int, tuple[int, str]]:
    """Rows (from 0) that state a canonical column as `label : value`: (rank of the label among the headings, value).

    The label is the first filled cell of its row; the value follows in the same cell or in the next filled one.
    """
    ranks = {heading: rank for rank, heading in enumerate(headings) if headings[heading] == canonical}
    words = "|".join("[^:]?".join(map(re.escape, heading.split())) for heading in ranks)
    pattern = f"(?i)^(?:{words})[^:]?[^:]?:"
    if not ranks:
        return {}
    found: dict[int, tuple[int, str]] = {}
    for column in grid.columns:
        labels = {code: rank for code, text in _found(column, pattern) if (rank := ranks.get(_label(text))) is not None}
        for row in np.flatnonzero(np.isin(column.codes, list(labels))) if labels else ():
            value = _value([other.text(int(row)) for other in grid.columns])
            if value:
                found.setdefault(int(row), (labels[int(column.codes[row])], value))
    return found


def stated_below(labelled: Mapping[int, tuple[int, str]], first: int, rows: int) -> Column | None:
    """The values of labelled rows as a column over the rows from `first` on: each counts until the next. None without any."""
    if not labelled:
        return None
    values = [""]
    codes: NDArray[np.int32] = np.zeros(rows, dtype=np.int32)
    best: tuple[int, str] | None = None
    for row, following in pairwise([*sorted(labelled), first + rows]):
        offer = labelled[row]
        best = offer if best is None or offer[0] <= best[0] else best
        codes[max(row - first, 0) : max(following - first, 0)] = len(values)
        values.append(best[1])
        if following > max(row + 1, first):  # above the heading all are one block, below it those without a line between
            best = None
    merged, distinct = pd.factorize(np.array(values, dtype=object))
    return Column(merged.astype(np.int32)[codes], pd.Series(distinct, dtype="str"))


def _found(column: Column, pattern: str) -> list[tuple[int, str]]:
    return [(int(code), str(column.texts.iat[code])) for code in np.flatnonzero(searched(column.texts, pattern))]


def _label(text: str) -> str:
    return normalise_heading(text.partition(":")[0])


def _value(cells: list[str]) -> str:
    """What stands behind the colon of the first filled cell."""
    filled = [cell for cell in cells if cell]
    label, _, inside = filled[0].partition(":")
    if not label.strip():
        return ""
    if inside.strip():
        return inside.strip() if len(filled) == 1 else ""
    return filled[1].lstrip(": ") if len(filled) == 2 else ""
