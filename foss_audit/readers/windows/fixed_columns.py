# SPDX-License-Identifier: Apache-2.0
"""Tables printed for a screen: columns stand at fixed places, wide characters take two. Pure."""

import re
import unicodedata
from collections.abc import Sequence

_DASHES = re.compile(r"-+")
_FILLER = "\0"
"""Stands behind a character that takes two places."""
_MISREAD_ELLIPSES = ("ΓÇª", "â€¦", "\u00e2\u20ac\u00a6")
_MAY_BE_WIDE = re.compile(r"[\u1100-\u115f\u231a-\u27bf\u2b1b-\u303e\u3041-\ua4cf\ua960-\uffe6\U00016fe0-\U0010ffff]")
_DRIFT = 4
"""Places by which characters that were read in a wrong encoding may push a row to the right."""


def runs_of_dashes(line: str) -> tuple[tuple[int, int], ...]:
    """Where the runs of dashes of a line stand, as (start, end); nothing where the line holds anything else.

    >>> runs_of_dashes("----  --"), runs_of_dashes("-- a --")
    (((0, 4), (6, 8)), ())
    """
    if not line.strip() or line.strip("- \t"):
        return ()
    return tuple(found.span() for found in _DASHES.finditer(line))


def cells_of(line: str, starts: Sequence[int]) -> list[str]:
    """The cells of a row whose columns begin at `starts`.

    >>> cells_of("7-Zip 22.01 22.01   Igor Pavlov", (0, 12, 20))
    ['7-Zip 22.01', '22.01', 'Igor Pavlov']
    """
    line = with_ellipses(line)
    if not line.isascii():
        spread = _spread(line)
        line = spread if _stands(spread, starts) or not _stands(line, starts) else line
    bounds = [0, *(_bound(line, start) for start in starts[1:]), len(line)]
    return [line[bounds[number] : max(bounds[number : number + 2])].replace(_FILLER, "").strip() for number in range(len(starts))]


def fits(line: str, starts: Sequence[int]) -> bool:
    """Whether no word of a row stands across the beginning of a column."""
    return _stands(line, starts) or (not line.isascii() and _stands(_spread(with_ellipses(line)), starts))


def with_ellipses(line: str) -> str:
    """A line whose ellipses are one character also where they were read in a wrong encoding."""
    for misread in _MISREAD_ELLIPSES:
        line = line.replace(misread, "…")
    return line


def width_of(text: str) -> int:
    """Places that a text takes on a screen."""
    return len(text) if text.isascii() else len(_spread(text))


def _spread(line: str) -> str:
    """The line with a filler behind each wide character, so that its places are those of the screen."""
    if not _MAY_BE_WIDE.search(line):
        return line
    return "".join(character + _FILLER if unicodedata.east_asian_width(character) in "WF" else character for character in line)


def _stands(line: str, starts: Sequence[int]) -> bool:
    return all(start >= len(line) or line[start - 1] in " \t" + _FILLER for start in starts[1:])


def _bound(line: str, start: int) -> int:
    """Where a column begins in this row: at its place, or beside a word that stands across it.

    A word that ends just behind the place was pushed there and is of the column before; a number reaches out to the left.
    """
    if start >= len(line) or start == 0 or line[start - 1] in " \t":
        return start
    begin = max(line.rfind(" ", 0, start), line.rfind("\t", 0, start)) + 1
    end = line.find(" ", start)
    end = len(line) if end < 0 else end
    is_pushed = end - start <= _DRIFT and not line[begin:end].isdecimal()
    return end if is_pushed or begin == 0 else begin
