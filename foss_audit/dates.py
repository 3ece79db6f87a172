# SPDX-License-Identifier: Apache-2.0
"""Dates as registers hold them: day first, Indonesian months, Excel serials, `s.d. 31 Desember 2026`, `2 tahun`. Pure."""

import calendar
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

_EARLIEST, _LATEST = 1980, 2100
_EXCEL_EPOCH = date(1899, 12, 30)
UP_TO = r"s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga"
"""Words before the end of a span, as a pattern."""
_UNTIL = re.compile(
    rf"^(?:berlaku )?(?:{UP_TO}|until|till|to|per|tgl\.?|tanggal|expired?|exp\.?)[\s:]+",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[\s,]*",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[T\s]+(?:pada\s+|pukul\s+|jam\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:wita|wib|wit|z|am|pm)?$", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_DAY_MONTH_NAME = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([^\W\d_]+)\.?\s*[-/.,' ]?\s*(\d{4}|\d{2})")
_MONTH_NAME_DAY = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_NAME_YEAR = re.compile(r"([^\W\d_]+)\.?\s*[-/ ']?\s*(\d{4})")
_MONTH_NAME_SHORT_YEAR = re.compile(r"([^\W\d_]+)\.?\s*[-/']\s*(\d{2})")
_PART_OF_YEAR = re.compile(
    r"(?P<kind>triwulan|tw|kuartal|quarter|q|semester|smt)\.?\s*(?P<number>iv|iii|ii|i|[1-4])[\s,/-]*"
    r"(?:tahun |thn )?(?P<year>\d{4})",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_YEAR = re.compile(r"(?:(?:akhir|awal) )?(?:tahun anggaran |tahun |ta\.? |thn\.? )?(\d{4})", re.IGNORECASE)
_DURATION = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d)?)\)?\s*(?:\([^)]*\)\s*)?(tahun|thn|th|years?|yrs?|bulan|bln|months?|hari|days?)\b\.?",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\s+(?:sejak|dari|setelah|terhitung|semenjak|from|since|after)\b.*$", re.IGNORECASE | re.DOTALL)
_RANGE = re.compile(rf"\s+(?:-|–|—|{UP_TO}|to|until)\s+", re.IGNORECASE)


class NotADate(ValueError):
    """The text is no date that can be."""


def read_date(value: object, months: Mapping[str, int], *, end: bool) -> date | None:
    """A cell as a date, None where it is empty. `end` says how a month or year alone is meant: its last day, else its first.

    Raises NotADate. Always day first: `12/31/2026` is no date.
    """
    if isinstance(value, datetime):
        return _within(value.date())
    if isinstance(value, date):
        return _within(value)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _from_number(float(value), end)
    text = " ".join(str(value).replace("\u00a0", " ").split()).strip(" .'")
    if not text.strip("-–0/. "):
        return None
    text = _WEEKDAY.sub("", _UNTIL.sub("", text)).strip("() ")
    text = _TIME.sub("", text) if not _DURATION.fullmatch(text) else text
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _from_number(float(text), end)
    return _from_text(text, months, end)


def read_period(value: object, months: Mapping[str, int]) -> tuple[date | None, date | None] | None:
    """`1 Januari 2026 s.d. 31 Desember 2026` as start and end; None where the cell holds no such pair. Raises NotADate."""
    if not isinstance(value, str):
        return None
    parts = _RANGE.split(" ".join(value.split()))
    if len(parts) != 2 or not re.search(r"\d", parts[0]):
        return None
    end = read_date(parts[1], months, end=True)
    first = parts[0]
    if end is not None and not re.search(r"\d{4}", first):
        first = f"{first} {end.year}"
    return read_date(first, months, end=False), end


def end_after(start: date, duration: str) -> date | None:
    """The last day of a duration that begins on a day: `1 tahun` from 1 January ends on 31 December; None where it is none.

    >>> end_after(date(2026, 1, 1), "1 tahun 6 bulan"), end_after(date(2026, 1, 1), "0,5 tahun")
    (datetime.date(2027, 6, 30), datetime.date(2026, 6, 30))
    """
    found = list(_DURATION.finditer(duration))
    if not found:
        return None
    months = days = 0
    for match in found:
        count, unit = float(match[1].replace(",", ".")), match[2].lower()
        if unit.startswith(("h", "d")):
            days += round(count)
        else:
            months += round(count * (12 if unit.startswith(("t", "y")) else 1))
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    if not _EARLIEST <= year <= _LATEST:
        return None
    day = min(start.day, calendar.monthrange(year, month)[1])
    return _within(date(year, month, day) + timedelta(days=days - 1))


def is_duration(text: str) -> bool:
    """Whether a text is nothing but a length of time: `2 tahun`, `12 (dua belas) bulan`, `1 tahun sejak BAST`."""
    rest = _DURATION.sub("", _SINCE.sub("", text.strip()))
    return rest != text.strip() and not rest.strip(" ,")


def _from_text(text: str, months: Mapping[str, int], end: bool) -> date:
    if match := _ISO.fullmatch(text):
        return _made(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _DAY_FIRST.fullmatch(text):
        return _made(_year(match[3]), int(match[2]), int(match[1]), text)
    if (match := _DAY_MONTH_NAME.fullmatch(text)) and (month := months.get(match[2].casefold())):
        return _made(_year(match[3]), month, int(match[1]), text)
    if (match := _MONTH_NAME_DAY.fullmatch(text)) and (month := months.get(match[1].casefold())):
        return _made(int(match[3]), month, int(match[2]), text)
    if (match := _MONTH_NAME_YEAR.fullmatch(text)) and (month := months.get(match[1].casefold())):
        return _edge(int(match[2]), month, end, text)
    if (match := _MONTH_NAME_SHORT_YEAR.fullmatch(text)) and (month := months.get(match[1].casefold())):
        return _edge(_year(match[2]), month, end, text)
    if match := _PART_OF_YEAR.fullmatch(text):
        return _edge(int(match["year"]), _month_of_part(match, end, text), end, text)
    if match := _MONTH_YEAR.fullmatch(text):
        return _edge(int(match[2]), int(match[1]), end, text)
    if match := _YEAR.fullmatch(text):
        return _made(int(match[1]), 12 if end else 1, 31 if end else 1, text)
    raise NotADate(text)


def _from_number(number: float, end: bool) -> date:
    if _EARLIEST <= number <= _LATEST and number.is_integer():
        return date(int(number), 12, 31) if end else date(int(number), 1, 1)
    try:
        return _within(_EXCEL_EPOCH + timedelta(days=int(number)))
    except (OverflowError, ValueError) as error:
        raise NotADate(str(number)) from error


def _month_of_part(match: "re.Match[str]", end: bool, text: str) -> int:
    """The first or the last month of a quarter or half of a year."""
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["number"].casefold()) or int(match["number"])
    months = 6 if match["kind"].casefold() in ("semester", "smt") else 3
    if number * months > 12:
        raise NotADate(text)
    return number * months if end else (number - 1) * months + 1


def _edge(year: int, month: int, end: bool, text: str) -> date:
    if not 1 <= month <= 12:
        raise NotADate(text)
    return _made(year, month, calendar.monthrange(year, month)[1] if end else 1, text)


def _made(year: int, month: int, day: int, text: str) -> date:
    try:
        return _within(date(year, month, day))
    except ValueError as error:
        raise NotADate(text) from error


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 80 else 1900)


def _within(day: date) -> date:
    if not _EARLIEST <= day.year <= _LATEST:
        raise NotADate(day.isoformat())
    return day
