# SPDX-License-Identifier: Apache-2.0
"""From when until when the right of a register line holds, and when it was bought: by its columns, else by its words. Pure."""

import re
from datetime import date

from foss_audit.catalogue import LicenseModel, Product
from foss_audit.dates import NotADate, end_after, read_date
from foss_audit.messages import message
from foss_audit.register_gathering import RegisterLine
from foss_audit.validity import valid_days

_LONGEST_TERM = "3 tahun"
"""The longest for which the subscriptions of the catalogue are sold in one piece: Adobe, Autodesk, Microsoft and Kaspersky."""
_UNIT_IN_HEADING = re.compile(r"[(/]\s*(tahun|thn|bulan|bln|year|month)s?\s*\)?\s*$", re.IGNORECASE)


def days_of(line: RegisterLine, purchased: date | None) -> tuple[date | None, date | None]:
    """First and last valid day. What no column says a remark may, or the product's name."""
    since = purchased or _last_day_of_year(line)
    stated = line.value("start") or line.value("purchased")
    duration = str(_with_unit(line, "duration") or "")
    start, end = valid_days(stated, _with_unit(line, "end"), duration, line.gathering.calendar, since)
    if end is not None or line.text("end") or line.text("duration"):
        return start, end
    told = _told_in_words(line, start or since)
    if told is None:
        return start, None
    if start is not None and told < start:
        line.note(message("says in words that it ends on {day}, before it begins; that is not counted as its end", day=told))
        return start, None
    line.note(message("its last day is taken from what the line says in words: {day}", day=told))
    return start, told


def longest_term(line: RegisterLine, product: Product, purchased: date | None) -> date | None:
    """The last day at the latest of what is sold for some time only and states no end; None where it may go on."""
    terms = line.gathering.terms
    said = [line.text(column) for column in ("metric", "unit", "product", "remark")]
    end = None
    if purchased is not None and terms.is_by_term(said):
        end = end_after(purchased, "1 tahun" if terms.is_yearly(said) else _LONGEST_TERM)
    if end is not None:
        line.note(message("is a subscription, and no end is stated: taken to end by {day}, counted from its purchase", day=end))
    elif product.license_model is LicenseModel.SUBSCRIPTION:
        line.note(message("{product} is a subscription, but no end is stated; taken as valid", product=product.name))
    return end


def purchased_on(line: RegisterLine) -> date | None:
    """When it was bought: as its own column says, else the first of its documents."""
    for column in ("purchased", "bast_date", "invoice_date", "contract_date"):
        try:
            day = read_date(line.value(column), line.gathering.calendar.months, end=False)
        except NotADate:
            continue
        if day is not None:
            return day
    return None


def _told_in_words(line: RegisterLine, since: date | None) -> date | None:
    """The last day that the line's texts state, else the length of time in the product's name."""
    terms = line.gathering.terms
    for column in ("remark", "rights", "metric", "unit", "product"):
        if (told := terms.valid_until(line.text(column), since)) is not None:
            return told
    return terms.length_in_name(line.text("product"), since)


def _with_unit(line: RegisterLine, column: str) -> object:
    """A cell with the unit of time that stands in its heading: `Masa Berlaku (Tahun)`."""
    unit = _UNIT_IN_HEADING.search(line.heading(column))
    number = re.fullmatch(r"(\d{1,3})(?:[.,]0+)?", line.text(column))
    return f"{number[1]} {unit[1]}" if unit and number else line.value(column)


def _last_day_of_year(line: RegisterLine) -> date | None:
    """The last day of the year that a line was bought in: what counts from some day of it has ended then at the latest."""
    year = re.search(r"(?:19|20)\d\d", line.text("year"))
    return date(int(year[0]), 12, 31) if year else None
