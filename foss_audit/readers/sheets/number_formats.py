# SPDX-License-Identifier: Apache-2.0
"""How many decimals a number format shows: only it knows that a version 3.1 was typed as 3.10."""

import re
from collections.abc import Iterable, Mapping

from foss_audit.readers.sheets.parse_xml import parse_xml

_BUILT_IN = {2: 2, 4: 2, 39: 2, 40: 2}
"""Numbers of Excel's own formats to their decimals, of those that show any and nothing else."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DECIMALS = re.compile(r"[#?0,]*\.(0{1,15})[#?]*")
_LONGEST_FORMAT = 255


def decimals_of(number: int, code: str | None) -> int:
    """Decimals that a format always shows; 0 for one that shows none, and for dates, percentages and fractions.

    >>> decimals_of(2, None), decimals_of(164, '0.00'), decimals_of(165, '#,##0.0##;[Red]-0'), decimals_of(166, 'dd.mm.yyyy')
    (2, 2, 1, 0)
    """
    if code is None:
        return _BUILT_IN.get(number, 0)
    bare = _LITERAL.sub("", code[:_LONGEST_FORMAT]).partition(";")[0].strip()
    found = _DECIMALS.fullmatch(bare)
    return len(found[1]) if found else 0


def style_decimals(stream: Iterable[bytes]) -> Mapping[int, int]:
    """Of the styles of an XLSX workbook: number of a cell's style to the decimals it shows, where it shows any."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        number = attributes.get("numFmtId", "")
        if tag == "numFmt" and number[:9].isdecimal():
            codes[int(number[:9])] = attributes.get("formatCode", "")
        elif tag == "xf" and inside and inside[-1] == "cellXfs":
            formats.append(int(number[:9]) if number[:9].isdecimal() else 0)
        inside.append(tag)

    def end(name: str) -> None:
        inside.pop()

    parse_xml(stream, start, end)
    shown = {style: decimals_of(number, codes.get(number)) for style, number in enumerate(formats)}
    return {style: decimals for style, decimals in shown.items() if decimals}
