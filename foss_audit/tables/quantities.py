# SPDX-License-Identifier: Apache-2.0
"""Quantities as people write them: `3`, `3 unit`, `1.250`, `5 (lima)`."""

import re
from collections.abc import Mapping

from foss_audit.tables.words import WordSet

_QUANTITY = re.compile(
    r"^([0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+)(?:[.,]0{1,2})?\s*(?:[^\W\d_][^\d]{0,40}|\([^()\d]*\)[^\d]{0,40})?$"
)


def quantity(text: str, words: Mapping[str, tuple[str, ...]]) -> int | None:
    """A whole number written in a quantity cell; words of kind `yes` are one, of kind `no` none. None where it is neither.

    A point or comma before three digits groups thousands, as in Indonesia.

    >>> [quantity(text, {}) for text in ("3", "3.0", "3 unit", "1.250", "5 (lima)", "-2", "2-3", "2.5")]
    [3, 3, 3, 1250, 5, None, None, None]
    """
    if len(text) > 100:
        return None
    if found := _QUANTITY.match(text):
        return int(re.sub(r"[.,]", "", found[1])[:18])
    if WordSet(words.get("yes", ())).matches(text):
        return 1
    return 0 if WordSet(words.get("no", ())).matches(text) else None
