# SPDX-License-Identifier: Apache-2.0
"""From when until when a right holds, as a register line states it: dates, a period, a length of time, or no end. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foss_audit.dates import NotADate, end_after, is_duration, read_date, read_period
from foss_audit.messages import Message, message
from foss_audit.tables.words import WordSet

_BRACKETED = re.compile(r"([^()]+?)\s*\(([^()]+)\)")


class Refused(Exception):
    """A line that cannot be counted, and why."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Calendar:
    """Words that dates are written with."""

    months: Mapping[str, int]
    perpetual: WordSet
    """Words in place of a last day that mean there is none."""


def valid_days(
    start: object, end: object, duration: str, calendar: Calendar, since: date | None = None
) -> tuple[date | None, date | None]:
    """First and last valid day, None for open, from the cells of a line. Raises Refused where they are no dates that can be.

    A length of time counts from the first day, else from `since`.
    """
    first = _day(start, calendar, end=False)
    end = _telling_part(end, calendar) if isinstance(end, str) else end
    text = str(end).strip() if end is not None else ""
    if not text or calendar.perpetual.matches(text):
        states_length = bool(duration) and not calendar.perpetual.matches(duration)
        last = _end_by_duration(duration, first or since) if states_length else None
    elif is_duration(text):
        last = _end_by_duration(text, first or since)
    elif (period := _period(end, calendar)) is not None:
        first, last = period
    else:
        last = _day(end, calendar, end=True)
    if first is not None and last is not None and last < first:
        raise Refused(message("ends on {end}, before it starts on {start}: correct the dates", end=last, start=first))
    return first, last


def _telling_part(text: str, calendar: Calendar) -> str:
    """Of `31 Desember 2026 (1 tahun)` and `perpetual (selamanya)` what tells the end; a date before all else."""
    if (match := _BRACKETED.fullmatch(text.strip())) is None:
        return text
    parts = match.groups()

    def is_date(part: str) -> bool:
        try:
            return read_date(part, calendar.months, end=True) is not None
        except NotADate:
            return False

    return next((part for tells in (is_date, calendar.perpetual.matches, is_duration) for part in parts if tells(part)), text)


def _day(cell: object, calendar: Calendar, *, end: bool) -> date | None:
    text = str(cell).strip() if cell is not None else ""
    if not text or calendar.perpetual.matches(text):
        return None
    try:
        return read_date(cell, calendar.months, end=end)
    except NotADate:
        raise Refused(_no_date(text)) from None


def _period(cell: object, calendar: Calendar) -> tuple[date | None, date | None] | None:
    try:
        return read_period(cell, calendar.months)
    except NotADate:
        raise Refused(_no_date(str(cell))) from None


def _end_by_duration(text: str, start: date | None) -> date:
    if start is None:
        raise Refused(message("is valid for '{duration}', but has no start date: fill it in", duration=text))
    end = end_after(start, text)
    if end is None:
        raise Refused(message("'{duration}' is no length of time: write for instance '1 tahun'", duration=text))
    return end


def _no_date(text: str) -> Message:
    return message("'{text}' is no date: write day, month, year, for instance 31/12/2026, or 'Selamanya'", text=text)
