# SPDX-License-Identifier: Apache-2.0
"""What is needed where, and what it gets, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from foss_audit.coverage import Coverage
from foss_audit.model import Basis


@dataclass(frozen=True, slots=True)
class Need:
    """Titles that every right covers alike: what is counted as one thing on a device."""

    product_key: str
    product: str
    edition: str
    """Empty where no right of the product names one, or the titles do not tell it."""
    release: str
    coverage: Mapping[int, Coverage]
    """By number of the right, for the rights that are for this product at all."""
    as_part: frozenset[int] = frozenset()
    """Of these rights those for a suite that it is a part of."""


class Places(NamedTuple):
    """Places of one agency that need the same and may draw on the same rights."""

    agency: str
    tied: frozenset[int]
    """Numbers of the rights that are tied to devices, to each of these among them."""
    needs: tuple[int, ...]
    number: int


class Given(NamedTuple):
    """What a need gets at some places."""

    basis: Basis
    right: int | None = None
    """Number of the right that covers it or, where the basis is undetermined, may cover it."""
    near: int | None = None
    """Of what nothing covers, number of the right that is nearest to it: used up or, else, ended."""

    @property
    def covers(self) -> bool:
        """Whether the right surely covers it."""
        return self.basis is Basis.ENTITLED or self.basis is Basis.OEM


class Stretch(NamedTuple):
    """Consecutive places of a kind with the same outcome."""

    number: int
    outcome: tuple[Given, ...]
    """By need, in the order of Places.needs."""
