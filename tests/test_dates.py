# SPDX-License-Identifier: Apache-2.0
"""Dates of registers, as people write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foss_audit.dates import NotADate, end_after, is_duration, read_date, read_period
from foss_audit.rulebook import load_rulebook

MONTHS = load_rulebook().vocabulary.months
YEAR_END = date(2026, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "31/12/2026", "31-12-2026", "31.12.2026", "31/12/26", "2026-12-31", "31 Desember 2026", "31 DESEMBER 2026", "31 Des 2026",
        "31-Des-2026", "Kamis, 31 Desember 2026", "s.d. 31 Desember 2026", "s/d 31/12/2026", "sampai dengan 31 Desember 2026",
        "December 31, 2026", "Desember 2026", "12/2026", "2026", "2026-12-31 00:00:00", "46387", 46387, 46387.0, 2026,
        datetime(2026, 12, 31, 8, 0), date(2026, 12, 31),
    ],
)  # fmt: skip
def test_the_last_day_of_2026_in_many_spellings(text: object) -> None:
    assert read_date(text, MONTHS, end=True) == YEAR_END


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 Ags 2026", date(2026, 8, 10)), ("1 Pebruari 2026", date(2026, 2, 1)), ("30 Nopember 2026", date(2026, 11, 30)),
        ("5 Okt 2026", date(2026, 10, 5)), ("11 Jul 2023 pada 14.42", date(2023, 7, 11)),
        ("Kamis (21/4/2022)", date(2022, 4, 21)),
        ("2026", date(2026, 1, 1)), ("Agustus 2026", date(2026, 8, 1)),
    ],
)  # fmt: skip
def test_indonesian_spellings_and_first_days(text: str, expected: date) -> None:
    assert read_date(text, MONTHS, end=False) == expected


@pytest.mark.parametrize(
    "text", ["12/31/2026", "31 Nopember 2026", "segera", "1/1/0026", "99/99/9999", "30/02/2026", 9e9, 12.5e3 * 1e9]
)
def test_what_is_no_date_is_refused(text: object) -> None:
    with pytest.raises(NotADate):
        read_date(text, MONTHS, end=True)


@pytest.mark.parametrize("text", ["", "-", "0000-00-00", None, "  "])
def test_what_says_nothing_is_no_date_and_no_error(text: object) -> None:
    assert read_date(text, MONTHS, end=True) is None


@given(st.dates(date(1980, 1, 1), date(2100, 12, 31)))
def test_every_day_survives_day_first_writing(day: date) -> None:
    assert read_date(f"{day.day}/{day.month}/{day.year}", MONTHS, end=True) == day
    assert read_date(day.isoformat(), MONTHS, end=False) == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        read_date(text, MONTHS, end=True)
        read_period(text, MONTHS)
    except NotADate:
        pass


def test_periods_and_durations() -> None:
    assert read_period("1 Januari 2026 s.d. 31 Desember 2026", MONTHS) == (date(2026, 1, 1), YEAR_END)
    assert read_period("1 Januari - 31 Desember 2026", MONTHS) == (date(2026, 1, 1), YEAR_END)
    assert end_after(date(2026, 1, 1), "1 tahun") == YEAR_END
    assert end_after(date(2026, 1, 1), "1 tahun 6 bulan") == date(2027, 6, 30)
    assert end_after(date(2026, 1, 1), "1,5 tahun") == date(2027, 6, 30)
    assert end_after(date(2026, 1, 1), "12 (dua belas) bulan") == YEAR_END
    assert end_after(date(2026, 1, 1), "selama mungkin") is None
    assert is_duration("3 Thn") and not is_duration("3 PC")
