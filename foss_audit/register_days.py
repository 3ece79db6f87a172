# SPDX-License-Identifier: Apache-2.0
"""From when until when the right of a register line holds, and when it was bought: by its columns, else by its words. Pure."""

import re
from datetime import date

from foss_audit.catalogue import LicenseModel, Product
from foss_audit.dates import NotADate, end_after, read_date
from foss_audit.messages import message
from foss_audit.model import Source
from foss_audit.register_gathering import LineGathering
from foss_audit.tables import Line, Table
from foss_audit.validity import valid_days

_LONGEST_TERM = "3 tahun"
"""The longest for which the subscriptions of the catalogue are sold in one piece: Adobe, Autodesk, Microsoft and Kaspersky."""
_UNIT_IN_HEADING = re.compile(r"[(/]\s*(tahun|thn|bulan|bln|year|month)s?\s*\)?\s*$", re.IGNORECASE)


def days_of(
    line: Line, table: Table, purchased: date | None, gathering: LineGathering, agency: str | None, source: Source
) -> tuple[date | None, date | None]:
    """First and last valid day. What no column says a remark may, or the product's name."""
    since = purchased or _last_day_of_year(line)
    stated = line.value("start") or line.value("purchased")
    end_cell, duration = (_with_unit(line, column, table) for column in ("end", "duration"))
    start, end = valid_days(stated, end_cell, str(duration or ""), gathering.calendar, since)
    if end is not None or line.text("end") or line.text("duration"):
        return start, end
    for text in map(line.text, ("remark", "rights", "metric", "unit", "product")):
        if (told := gathering.terms.valid_until(text, start or since)) is not None:
            break
    else:
        told = gathering.terms.length_in_name(line.text("product"), start or since)
    if told is not None and start is not None and told < start:
        what = message("says in words that it ends on {day}, before it begins; that is not counted as its end", day=told)
        gathering.note(agency, source, what)
        return start, None
    if told is not None:
        gathering.note(agency, source, message("its last day is taken from what the line says in words: {day}", day=told))
    return start, told


def longest_term(
    line: Line, product: Product, purchased: date | None, gathering: LineGathering, agency: str | None, source: Source
) -> date | None:
    """The last day at the latest of what is sold for some time only and states no end; None where it may go on."""
    said = [line.text(column) for column in ("metric", "unit", "product", "remark")]
    end = None
    if purchased is not None and gathering.terms.is_by_term(said):
        end = end_after(purchased, "1 tahun" if gathering.terms.is_yearly(said) else _LONGEST_TERM)
    if end is not None:
        what = message("is a subscription, and no end is stated: taken to end by {day}, counted from its purchase", day=end)
        gathering.note(agency, source, what)
    elif product.license_model is LicenseModel.SUBSCRIPTION:
        what = message("{product} is a subscription, but no end is stated; taken as valid", product=product.name)
        gathering.note(agency, source, what)
    return end


def _with_unit(line: Line, column: str, table: Table) -> object:
    """A cell with the unit of time that stands in its heading: `Masa Berlaku (Tahun)`."""
    unit = _UNIT_IN_HEADING.search(table.headings.get(column, ""))
    number = re.fullmatch(r"(\d{1,3})(?:[.,]0+)?", line.text(column))
    return f"{number[1]} {unit[1]}" if unit and number else line.value(column)


def purchased_on(line: Line, gathering: LineGathering) -> date | None:
    """When it was bought: as its own column says, else the first of its documents."""
    for column in ("purchased", "bast_date", "invoice_date", "contract_date"):
        try:
            day = read_date(line.value(column), gathering.context.vocabulary.months, end=False)
        except NotADate:
            continue
        if day is not None:
            return day
    return None


def _last_day_of_year(line: Line) -> date | None:
    """The last day of the year that a line was bought in: what counts from some day of it has ended then at the latest."""
    year = re.search(r"(?:19|20)\d\d", line.text("year"))
    return date(int(year[0]), 12, 31) if year else None
