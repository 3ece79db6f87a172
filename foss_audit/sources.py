# SPDX-License-Identifier: Apache-2.0
"""Where every installation was read: file and place of each entry behind it, kept as numbers until they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from foss_audit.model import Source


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One row per entry: the installation it became, its file, and its place and position in the file."""

    installation: np.ndarray
    file: np.ndarray
    place: np.ndarray
    position: np.ndarray
    files: Sequence[str]
    places: Sequence[str]

    def by_group(self, group_of_installation: np.ndarray, groups: int, most: int) -> list[tuple[tuple[Source, ...], int]]:
        """For every group of installations its sources in file order: at most `most` of them, and how many there are.

        Installations of group -1 belong to none.
        """
        group = group_of_installation[self.installation]
        rows = np.flatnonzero(group >= 0)
        columns: tuple[np.ndarray, ...] = (group[rows], self.file[rows], self.place[rows], self.position[rows])
        order = np.lexsort(columns[::-1])
        columns = tuple(column[order] for column in columns)
        distinct = np.ones(len(rows), dtype=bool)
        if len(rows):
            distinct[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
        columns = tuple(column[distinct] for column in columns)
        starts = np.searchsorted(columns[0], np.arange(groups + 1))
        totals = np.diff(starts)
        shown = np.arange(len(columns[0])) - starts[columns[0]] < most
        sources = [
            Source(self.files[file], _locator(self.places[place], position))
            for file, place, position in zip(*(column[shown].tolist() for column in columns[1:]), strict=True)
        ]
        ends = np.concatenate([[0], np.cumsum(np.minimum(totals, most))]).tolist()
        return [(tuple(sources[start:end]), total) for (start, end), total in zip(pairwise(ends), totals.tolist(), strict=True)]

    def joined(self) -> pd.Series:
        """For every installation all its sources as one text: `file Sheet1!A17; other file A3`."""
        places = pa.DictionaryArray.from_arrays(pa.array(self.place), pa.array(list(self.places), pa.string())).cast(pa.string())
        files = pa.DictionaryArray.from_arrays(pa.array(self.file), pa.array(list(self.files), pa.string())).cast(pa.string())
        positions = pa.array(self.position, mask=self.position < 0).cast(pa.string()).fill_null("")
        texts = pc.binary_join_element_wise(files, pc.binary_join_element_wise(places, positions, ""), " ")
        entries = pd.Series(texts.to_numpy(zero_copy_only=False), dtype=object)
        count = int(self.installation.max()) + 1 if len(self.installation) else 0
        first = np.full(count, -1, dtype=np.int64)
        first[self.installation[::-1]] = np.arange(len(self.installation) - 1, -1, -1)
        result = entries.to_numpy()[first] if count else np.empty(0, dtype=object)
        repeated = np.bincount(self.installation, minlength=count)[self.installation] > 1 if count else np.empty(0, bool)
        if repeated.any():
            several = entries[repeated].groupby(self.installation[repeated]).agg(lambda found: "; ".join(dict.fromkeys(found)))
            result[several.index.to_numpy()] = several.to_numpy()
        return pd.Series(result, dtype=object)


def _locator(place: str, position: int) -> str:
    """`Sheet1!A` and 17 as `Sheet1!A17`; a place without a position (-1) stands for itself."""
    return place if position < 0 else f"{place}{position}"
