# SPDX-License-Identifier: Apache-2.0
"""Installed quantities as people write them: an amount, or a word that says yes or no."""

from collections.abc import Mapping

from foss_audit.amounts import NotAnAmount, read_quantity
from foss_audit.tables.words import WordSet

_LONGEST = 100


def quantity(text: str, words: Mapping[str, tuple[str, ...]]) -> int | None:
    """A whole number written in a quantity cell; words of kind `yes` are one, of kind `no` none. None where it is neither.

    >>> [quantity(text, {}) for text in ("3", "3.0", "3 unit", "1.250", "5 (lima)", "-2", "2-3", "2.5")]
    [3, 3, 3, 1250, 5, None, None, None]
    """
    if len(text) <= _LONGEST and text[:1].isdecimal():
        try:
            return read_quantity(text)
        except NotAnAmount:
            return None
    if WordSet(words.get("yes", ())).matches(text):
        return 1
    return 0 if WordSet(words.get("no", ())).matches(text) else None
