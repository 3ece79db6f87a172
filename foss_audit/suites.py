# SPDX-License-Identifier: Apache-2.0
"""Which installations are parts of a suite on the same device: Word beside Microsoft Office is covered by it. Pure."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from foss_audit.model import Verdict


def covered_by_suite(installations: pd.DataFrame, verdicts: Sequence[Verdict]) -> np.ndarray:
    """Per installation (bool) whether it needs an entitlement and is a part of a suite that stands on its device.

    `installations` as in Inventory.installations; `verdicts` by title. What the suite itself needs is for the suite to
    show. Nothing is covered on unnamed devices, of which nobody knows what else is on them.
    """
    covered = np.zeros(len(installations), dtype=bool)
    titles_of: dict[tuple[str, ...], list[int]] = {}
    of_product: dict[str, list[int]] = {}
    for number, verdict in enumerate(verdicts):
        if verdict.product is not None:
            of_product.setdefault(verdict.product.id, []).append(number)
            if verdict.product.suites and verdict.basis is None:
                titles_of.setdefault(verdict.product.suites, []).append(number)
    if not titles_of:
        return covered
    title = installations["title"].to_numpy()
    device = installations["device"].cat.codes.to_numpy().astype(np.int64)
    agency = installations["agency"].cat.codes.to_numpy().astype(np.int64)
    place = agency * len(installations["device"].cat.categories) + device
    named = installations["device"].to_numpy() != ""
    for suites, parts in sorted(titles_of.items()):
        whole = [number for suite in suites for number in of_product.get(suite, ())]
        rows = np.isin(title, parts) & named
        covered |= rows & np.isin(place, place[np.isin(title, whole) & named])
    return covered
