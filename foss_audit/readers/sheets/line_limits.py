# SPDX-License-Identifier: Apache-2.0
"""What one line may hold: texts and amounts beyond the limits are problems of their own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foss_audit.messages import message
from foss_audit.readers.sheets.gathering import SHOWN, TEXT_COLUMNS, Gathering
from foss_audit.readers.sheets.sheet_notes import failed_cell
from foss_audit.tables import Table
from foss_audit.tables.lists import NameLists
from foss_audit.tables.quantities import quantity

_LONGEST_NAME = 300
"""Characters; Windows itself allows 259."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Installed quantities of some entries."""

    values: NDArray[np.int32]
    kept: NDArray[np.bool_]
    """Which of the entries have one that is understood and is not none."""
    none: list[int]
    """1-based rows with a quantity of nothing."""


def quantities(gathering: Gathering, table: Table, rows: NDArray[np.intp]) -> Amounts:
    """The installed quantity of each entry; what is none, or not understood, is told and not kept."""
    column = table.columns.get("quantity")
    if column is None:
        return Amounts(np.ones(len(rows), dtype=np.int32), np.ones(len(rows), dtype=bool), [])
    used = column.taken(rows)
    limit = gathering.context.limits.quantity
    texts = [str(text) for text in used.texts]
    understood = [1 if not text else quantity(text, gathering.context.vocabulary.words) for text in texts]
    within = np.array([amount is not None and 0 < amount <= limit for amount in understood], dtype=bool)
    values = np.array([amount if good and amount else 1 for amount, good in zip(understood, within, strict=True)], dtype=np.int32)
    failed = table.failed["quantity"][rows] if "quantity" in table.failed else np.zeros(len(rows), dtype=bool)
    for row in table.rows[rows[failed]]:
        gathering.row_problem(
            table,
            int(row),
            failed_cell(table, "quantity", int(row)),
        )
    none = used.where(np.array([amount == 0 for amount in understood], dtype=bool))
    kept = used.where(within) & ~failed
    for position in np.flatnonzero(~kept & ~none & ~failed):
        _quantity_problem(
            gathering, table, int(table.rows[rows[position]]), used.text(int(position)), understood[used.codes[position]]
        )
    return Amounts(values[used.codes], kept, [int(row) for row in table.rows[rows[none]]])


def _quantity_problem(gathering: Gathering, table: Table, row: int, text: str, amount: int | None) -> None:
    if amount is None:
        what = message("The quantity {text} is no number of installations; correct it.", text=text[:SHOWN])
    else:
        what = message(
            "The quantity {text} is more than one line may stand for ({limit}); correct or split it, "
            "or raise quantity under [limits] in audit.toml.",
            text=text[:SHOWN],
            limit=gathering.context.limits.quantity,
        )
    gathering.row_problem(table, row, what)


def overlong(
    gathering: Gathering, table: Table, rows: NDArray[np.intp], kept: NDArray[np.bool_], lists: NameLists
) -> NDArray[np.bool_]:
    """Entries with a text beyond the limit; each is a problem."""
    limit = gathering.context.limits.field_characters
    beyond = np.zeros(len(rows), dtype=bool)
    for canonical in TEXT_COLUMNS:
        if canonical in table.columns:
            column = table.columns[canonical].taken(rows)
            beyond |= column.where((column.texts.str.len() > limit).to_numpy(dtype=bool))
    names = table.columns["name"].taken(rows)
    joined = names.where((names.texts.str.len() > min(_LONGEST_NAME, limit)).to_numpy(dtype=bool)) & kept & ~beyond
    joined &= ~np.isin(
        rows, [*lists.unsure, *(row for row, parts in lists.parts.items() if max(map(len, parts)) <= _LONGEST_NAME)]
    )
    for row in table.rows[rows[joined]]:
        gathering.row_problem(
            table,
            int(row),
            message("The name is longer than that of any software; write one piece of software on each line."),
        )
    for row in table.rows[rows[beyond & kept]]:
        gathering.row_problem(
            table,
            int(row),
            message(
                "A cell of this line has more than {limit} characters; shorten it, "
                "or raise field_characters under [limits] in audit.toml.",
                limit=limit,
            ),
        )
    return beyond | joined
