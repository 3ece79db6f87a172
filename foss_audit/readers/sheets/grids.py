# SPDX-License-Identifier: Apache-2.0
"""Opens a spreadsheet or a delimited file as grids, whatever its suffix says."""

from pathlib import Path

from foss_audit.readers.interface import ReadingContext
from foss_audit.readers.sheets.delimited_grid import open_delimited
from foss_audit.readers.sheets.opened import Opened
from foss_audit.readers.sheets.workbook_grid import is_workbook, open_workbook

__all__ = ["Opened", "open_grids"]


def open_grids(path: Path, file: str, context: ReadingContext) -> Opened:
    """The grids of a file, shown as `file` in sources: one a sheet, or one for a delimited file.

    Cells are texts (`grid.columns`); a workbook's own values stand beside them (`grid.values`).
    Raises UnreadableFile where the file is damaged, encrypted, beyond a limit, or neither kind.
    """
    if is_workbook(path):
        return open_workbook(path, file, context)
    return open_delimited(path, file, context)
