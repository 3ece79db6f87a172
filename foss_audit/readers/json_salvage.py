# SPDX-License-Identifier: Apache-2.0
"""What stands whole before the damage in a JSON document. Pure."""

import re

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.?[^"\\]*+)*+(?:"|\Z)|[{}\[\],]', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}
_OUTER = 2
"""Levels of objects that hold an inventory together; what is deeper is one thing, of which half tells nothing."""


def whole_part(text: str, damage: int) -> str | None:
    """A document of what comes before a position: complete members of the outer objects, and elements of a list.

    No object in a list is cut: half of what a package says would be judged as if it were all. None where no element is whole.

    >>> whole_part('{"a": "b", "c": [{"d": 1}, {"d": 2', 34)
    '{"a": "b", "c": [{"d": 1}]}'
    >>> whole_part('{"a', 3)
    """
    opened: list[str] = []
    whole: tuple[int, str] | None = None
    has_element = False
    for token in _TOKEN.finditer(text, 0, damage):
        mark = token[0]
        if mark in _CLOSING:
            opened.append(mark)
        elif mark == ",":
            if opened and _may_end(opened):
                has_element = has_element or opened[-1] == "["
                whole = (token.start(), _closed(opened))
        elif mark in "}]":
            if not opened or _CLOSING[opened[-1]] != mark:
                break
            opened.pop()
            if opened and _may_end(opened):
                has_element = has_element or opened[-1] == "["
                whole = (token.end(), _closed(opened))
    return text[: whole[0]] + whole[1] if whole is not None and has_element else None


def _may_end(opened: list[str]) -> bool:
    """Whether a document may end here with nothing cut in half but its outer objects and one list in them."""
    outer = opened[:-1] if opened[-1] == "[" else opened
    return "[" not in outer and len(outer) <= _OUTER


def _closed(opened: list[str]) -> str:
    return "".join(_CLOSING[mark] for mark in reversed(opened))
