# SPDX-License-Identifier: Apache-2.0
"""The devices that a text lists, ranges among them. Pure."""

import re

from foss_audit.dates import UP_TO

_RANGE = re.compile(rf"^(\S*?)(\d{{1,4}})\s*(?:{UP_TO}|to|-|–)\s*(\S*?)(\d{{1,4}})$", re.IGNORECASE)
_DEVICE = re.compile(r"(?=\S*[\d_-])[^\W_][\w.\-]{1,62}|[^\W\d_]{2,15} (?!(?:19|20)\d\d$)\d{1,4}")
_NAMED_AS = re.compile(
    r"^(?:(?:hostname|host|nama(?:\s(?:pc|komputer|perangkat))?|perangkat|komputer|unit|device)\s*[:=]?\s+)+", re.IGNORECASE
)
"""Words before the name of a device."""
_MOST_DEVICES = 5_000


def device_names(text: str, *, of_column: bool = False) -> list[str]:
    """The devices that a text lists; words that name none are passed over, `PC01 s.d. PC10` are ten.

    A column of its own (`of_column`) may hold any name but a bare number.

    >>> device_names("PC01, PC02 dan PC-KADIS"), device_names("PC 07 s/d 09"), device_names("PC yang dibeli 2024")
    (['PC01', 'PC02', 'PC-KADIS'], ['PC 07', 'PC 08', 'PC 09'], [])
    """
    names: list[str] = []
    text = re.sub(r"\([^)]*\)", " ", text) if of_column else text.strip("() ").replace("(", ",").replace(")", ",")
    for part in re.split(r"[,;&\n|]|(?<!\bs)/|/(?!d\b)|\bdan\b|\band\b", text, flags=re.IGNORECASE):
        part = _NAMED_AS.sub("", " ".join(part.split()).strip(" .:'\""))
        span = _RANGE.match(part) or _RANGE.match(part.replace(" ", "\x00").replace("\x00s", " s").replace("\x00-\x00", " - "))
        if span and not _is_one_name(part, span):
            names += _between(*(group.replace("\x00", " ") for group in span.groups()))
        elif _DEVICE.fullmatch(part) or (of_column and re.search(r"[^\W\d_]", part)):
            names.append(part)
    return names[:_MOST_DEVICES]


def _is_one_name(part: str, span: "re.Match[str]") -> bool:
    """Whether what may be a range is a name with a hyphen: `LAB1-03`, `PC1-2024`; `PC01-05` and `PC01-PC05` are ranges."""
    _, first, other, last = span.groups()
    return not other and re.search(r"\d-\d", part) is not None and len(first) != len(last)


def _between(stem: str, first: str, other_stem: str, last: str) -> list[str]:
    """The names of a range; its two ends where it is none."""
    stem_plain, other_plain = stem.casefold().strip(), other_stem.casefold().strip()
    if not stem or (other_plain and stem_plain != other_plain) or not int(first) <= int(last) < int(first) + _MOST_DEVICES:
        return [name for name in (stem + first, other_stem + last) if _DEVICE.fullmatch(name)]
    return [f"{stem}{number:0{len(first)}}" for number in range(int(first), int(last) + 1)]
