# SPDX-License-Identifier: Apache-2.0
"""Words that give tables, dates and quantities their meaning; the data stands in rules/."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Headings and words, all normalised (tables.headings.normalise_heading)."""

    headings: Mapping[str, str]
    """Heading of an inventory to its canonical column, in order of preference."""
    register_headings: Mapping[str, str]
    """The same for licence registers."""
    words: Mapping[str, tuple[str, ...]]
    """Kind (`empty`, `total`, `signature`, `section`, `unlimited` …) to globs over normalised text."""
    months: Mapping[str, int] = field(default_factory=dict)
    """Spelling of a month, in lower case, to its number."""
