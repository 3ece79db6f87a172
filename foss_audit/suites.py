# SPDX-License-Identifier: Apache-2.0
"""Which installations are parts of a suite on the same device: Word beside Microsoft Office is covered by it. Pure."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from foss_audit.editions import Editions, Relation, Shown
from foss_audit.model import Verdict


def covered_by_suite(installations: pd.DataFrame, verdicts: Sequence[Verdict], editions: Editions | None = None) -> np.ndarray:
    """Per installation (bool) whether it needs an entitlement and is a part of a suite that stands on its device.

    `installations` as in Inventory.installations; `verdicts` by title. What the suite itself needs is for the suite to
    show. A part of another release than the suite's, by `editions`, is no part of it. Nothing is covered on unnamed devices, of
    which nobody knows what else is on them.
    """
    covered = np.zeros(len(installations), dtype=bool)
    parts_of = _parts_by_suites(verdicts, editions or Editions())
    if not parts_of:
        return covered
    title = installations["title"].to_numpy()
    device = installations["device"].cat.codes.to_numpy().astype(np.int64)
    agency = installations["agency"].cat.codes.to_numpy().astype(np.int64)
    place = agency * len(installations["device"].cat.categories) + device
    named = installations["device"].to_numpy() != ""
    for whole, parts in sorted(parts_of.items()):
        rows = np.isin(title, parts) & named
        covered |= rows & np.isin(place, place[np.isin(title, whole) & named])
    return covered


def _parts_by_suites(verdicts: Sequence[Verdict], editions: Editions) -> dict[tuple[int, ...], list[int]]:
    """Titles of parts that need an entitlement, by the titles of suites that they belong to."""
    of_product: dict[str, list[int]] = {}
    for number, verdict in enumerate(verdicts):
        if verdict.product is not None:
            of_product.setdefault(verdict.product.id, []).append(number)
    shown: dict[int, Shown] = {}

    def of_title(number: int) -> Shown:
        if number not in shown:
            title = verdicts[number].title
            shown[number] = editions.of_title(verdicts[number].product_key, title.name, title.version)
        return shown[number]

    parts: dict[tuple[int, ...], list[int]] = {}
    for number, verdict in enumerate(verdicts):
        if verdict.product is None or not verdict.product.suites or verdict.basis is not None:
            continue
        suites = [one for suite in verdict.product.suites for one in of_product.get(suite, ())]
        whole = tuple(sorted(one for one in suites if _goes_with(of_title(one), of_title(number), editions)))
        if whole:
            parts.setdefault(whole, []).append(number)
    return parts


def _goes_with(suite: Shown, part: Shown, editions: Editions) -> bool:
    """Whether a part may be of a suite's release: where one of them does not tell its own, it may."""
    return not suite.listed or editions.relation(suite.release, part) not in (Relation.OLDER, Relation.NEWER)
