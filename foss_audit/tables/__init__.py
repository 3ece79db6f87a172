# SPDX-License-Identifier: Apache-2.0
"""Tables as people write them: a grid of cells in, the heading found, columns named, every row told what it is.

Pure; readers/grids.py opens files. Inventories and licence registers share it:

    opened = open_grids(path, file, context)                    # readers/grids.py
    for grid in opened.grids:                                   # one a sheet; `grid.sheet` is "" for a delimited file
      for table in find_tables(grid, vocabulary.register_headings, vocabulary.words, required="product"):
        if isinstance(table, Grid):                             # what no heading names; `is_tabular(table)` tells it from prose
            ...
        for line in table.lines():                              # entries only, in file order
            line.row                                            # 1-based row in the sheet
            line.text("product")                                # "" where empty or where there is no such column
            line.value("end")                                   # a workbook's own date, number or bool, else the text
        table.locator(line.row)                                 # "Sheet1!A17", or "A17"
        table.skipped()                                         # [(row, SkipReason)]
        table.nameless()                                        # [row]: filled in except for the required column

Whole columns come as `table.column("product")` (codes and distinct texts) and `table.kinds` (RowKind of each of `table.rows`).
"""

from foss_audit.tables.choice import Choice
from foss_audit.tables.grid import Column, Grid, is_tabular, likely_heading
from foss_audit.tables.headings import Header, find_header, is_written_by_machine, looks_like_register, normalise_heading
from foss_audit.tables.rows import RowKind
from foss_audit.tables.table import Line, Table, find_table, find_tables, list_of_names

__all__ = [
    "Choice",
    "Column",
    "Grid",
    "Header",
    "Line",
    "RowKind",
    "Table",
    "find_header",
    "find_table",
    "find_tables",
    "is_tabular",
    "is_written_by_machine",
    "likely_heading",
    "list_of_names",
    "looks_like_register",
    "normalise_heading",
]
