# SPDX-License-Identifier: Apache-2.0
"""Did you mean: products whose names look like one that nobody recognised. A hint for a person, never a verdict. Pure.

Needs rapidfuzz (the extra `suggest`); without it nothing is suggested.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from foss_audit.catalogue import LicenseModel, Product

try:
    from rapidfuzz import fuzz, process
except ImportError:  # the extra is not installed
    process = None  # type: ignore[assignment]

_WILD = re.compile(r"[*?\[]")
_SHORTEST = 4
"""Letters that a name must have: among shorter ones every second looks like another."""
_NEAR = 82
"""Similarity, 0 to 100, from which on a name is worth showing: `adobe fotoshop` has 93 with `adobe photoshop`."""
_SHOWN = 3
_AT_ONCE = 500
"""Names compared at a time, which keeps the table of similarities at some ten megabytes."""


def near_products(names: Iterable[str], products: Sequence[Product]) -> Mapping[str, tuple[Product, ...]]:
    """The products whose names are most like each normalised name, the most like first; names like none are left out."""
    asked = sorted({name for name in names if len(name) >= _SHORTEST})
    if process is None or not asked:
        return {}
    spelled = sorted(
        {(name, number) for number, product in enumerate(products) if _is_one(product) for name in _spellings(product)}
    )
    choices = [name for name, _ in spelled]
    found: dict[str, tuple[Product, ...]] = {}
    for start in range(0, len(asked), _AT_ONCE):
        part = asked[start : start + _AT_ONCE]
        likeness = process.cdist(part, choices, scorer=fuzz.ratio, score_cutoff=_NEAR, dtype=np.uint8)
        for row in np.flatnonzero(likeness.any(axis=1)):
            order = np.lexsort((np.arange(len(choices)), -likeness[row].astype(int)))
            near = [spelled[at][1] for at in order[: _SHOWN * 4] if likeness[row, at]]
            found[part[row]] = tuple(products[number] for number in dict.fromkeys(near))[:_SHOWN]
    return found


def _is_one(product: Product) -> bool:
    return not product.family and not product.origins and product.license_model is not LicenseModel.ACTIVATOR


def _spellings(product: Product) -> Iterable[str]:
    """The names that are spelled out in full."""
    return (name for name in product.names if len(name) >= _SHORTEST and not _WILD.search(name))
