# SPDX-License-Identifier: Apache-2.0
"""The rows below a heading: which of their cells are filled, and what is said in which column."""

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foss_audit.tables.grid import Column, Grid
from foss_audit.tables.headings import Header
from foss_audit.tables.words import searched

Flags = NDArray[np.bool_]
"""One a row."""
_NUMBER = r"^\(?[0-9]{1,7}[.)]*$"


class Below:
    """The rows below a heading (all of them, where there is none)."""

    def __init__(
        self,
        grid: Grid,
        header: Header | None,
        required: str,
        columns: dict[str, int],
        words: Mapping[str, tuple[str, ...]],
        devices: Flags,
    ) -> None:
        self.devices = devices
        self.header = header
        self.words = words
        self.grid = grid
        self.start = header.body if header else 0
        self.rows = grid.rows - self.start
        self.all = [column.taken(slice(self.start, None)) for column in grid.columns]
        self.named = {canonical: self.all[index] for canonical, index in columns.items()}
        self.positions = columns
        self.name = self.named[required]
        self.name_position = columns[required]
        self.filled = [column.filled() for column in self.all]
        self.count = np.zeros(self.rows, dtype=np.int32)
        for filled in self.filled:
            self.count += filled
        self.has_name: Flags = self.filled[self.name_position]
        self.lone: Flags = np.equal(self.count, 1)

    @cached_property
    def is_numbered(self) -> Flags:
        """Rows with a running number."""
        if "number" not in self.named:
            return np.zeros(self.rows, dtype=bool)
        column = self.named["number"]
        return column.where(searched(column.texts, _NUMBER))

    def says(self, *columns: str) -> Flags:
        """Rows with any of some columns filled."""
        says = np.zeros(self.rows, dtype=bool)
        for canonical in columns:
            if canonical in self.positions:
                says |= self.filled[self.positions[canonical]]
        return says

    def of_name(self, ask: Callable[[Column], Flags]) -> Flags:
        return self.name.where(ask(self.name))
