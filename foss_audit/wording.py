# SPDX-License-Identifier: Apache-2.0
"""What pydantic finds wrong with a rule file or a config, in words that say what to do."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from foss_audit.messages import Message, message

_SHOWN = 80


def in_words(error: ValidationError) -> Iterator[Message]:
    """One message per defect, naming the field and what was found; alternatives of one field count once."""
    seen: set[str] = set()
    for detail in error.errors(include_url=False):
        field = _field(detail)
        if field not in seen:
            seen.add(field)
            yield _worded(detail, field)


def _field(detail: ErrorDetails) -> str:
    parts = []
    for part in detail["loc"]:
        if isinstance(part, str) and ("[" in part or part in ("int", "constrained-int", "str", "bool", "function-after")):
            break  # what follows names an alternative of pydantic's, not a field
        parts.append(str(part))
    return ".".join(parts)


def _worded(detail: ErrorDetails, field: str) -> Message:
    kind, limits, found = detail["type"], detail.get("ctx", {}), str(detail["input"])[:_SHOWN]
    if kind in ("missing", "too_short", "string_too_short"):
        return message("{field}: is empty; fill it in", field=field)
    if kind == "extra_forbidden":
        return message("{field}: there is no such field; check its spelling", field=field)
    if kind in ("enum", "literal_error") and "expected" in limits and limits["expected"] != "''":
        return message("{field}: '{found}' is none of {expected}", field=field, found=found, expected=limits["expected"])
    if kind.startswith(("int_", "literal_error", "greater_than", "less_than")):
        return message("{field}: '{found}' is no number that can be; write a whole number", field=field, found=found)
    if kind in ("list_type", "tuple_type"):
        return message("{field}: must be a list in square brackets", field=field)
    if kind.startswith("date_"):
        return message("{field}: '{found}' is no date; write it as 2026-12-31", field=field, found=found)
    if kind == "string_type":
        return message("{field}: '{found}' must be text in quotation marks", field=field, found=found)
    if kind == "string_pattern_mismatch":
        return message("{field}: '{found}' has characters that are not allowed here", field=field, found=found)
    reason = detail["msg"].removeprefix("Value error, ")
    return message("{field}: {reason} (found: {found})", field=field or "line", reason=reason, found=found)
