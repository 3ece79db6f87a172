# SPDX-License-Identifier: Apache-2.0
"""`Nama Komputer : PC-01`: lines above a heading, or between the lines of a table, that name the device of what follows."""

import re
from collections.abc import Collection, Mapping

import numpy as np

from foss_audit.tables.grid import Column, Grid
from foss_audit.tables.headings import normalise_heading
from foss_audit.tables.words import searched


def labelled_rows(grid: Grid, headings: Mapping[str, str], canonicals: Collection[str]) -> dict[int, tuple[int, str, str]]:
    """Rows (from 0) that state one of some canonical columns as `label : value`: (rank of the label, label, value).

    The label is the first filled cell of its row; the value follows in the same cell or in the next filled one, the
    colon in either or between them. The rank is the place of the label among the headings.
    """
    ranks = {heading: rank for rank, heading in enumerate(headings) if headings[heading] in canonicals}
    words = "|".join("[^:]?".join(map(re.escape, heading.split())) for heading in ranks)
    pattern = f"(?i)^(?:{words})[^:]?[^:]?(?::|$)"
    if not ranks:
        return {}
    with_colon = np.logical_or.reduce([column.where(searched(column.texts, ":")) for column in grid.columns])
    found: dict[int, tuple[int, str, str]] = {}
    for column in grid.columns:
        labels = {code: text for code, text in _found(column, pattern) if normalise_heading(text.partition(":")[0]) in ranks}
        for row in np.flatnonzero(np.isin(column.codes, list(labels)) & with_colon) if labels else ():
            value = _value([other.text(int(row)) for other in grid.columns])
            if value:
                label = labels[int(column.codes[row])].partition(":")[0]
                found.setdefault(int(row), (ranks[normalise_heading(label)], label, value))
    return found


def _found(column: Column, pattern: str) -> list[tuple[int, str]]:
    return [(int(code), str(column.texts.iat[code])) for code in np.flatnonzero(searched(column.texts, pattern))]


def _value(cells: list[str]) -> str:
    """What stands behind the colon of the first filled cell, or behind one at the beginning of the next."""
    filled = [cell for cell in cells if cell]
    label, colon, inside = filled[0].partition(":")
    if not label.strip():
        return ""
    if inside.strip():
        return inside.strip() if len(filled) == 1 else ""
    if len(filled) == 3 and filled[1] == ":" and not colon:
        return filled[2]
    return filled[1].lstrip(": ") if len(filled) == 2 and (colon or filled[1].startswith(":")) else ""
