# SPDX-License-Identifier: Apache-2.0
"""Quantities and rupiah, as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foss_audit.amounts import NotAnAmount, read_quantity, read_rupiah


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10", 10),
        ("10 Lisensi", 10),
        ("5 (lima) PC", 5),
        ("1.250", 1250),
        ("1,250", 1250),
        (25.0, 25),
        (7, 7),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_quantities(text: object, expected: int | None) -> None:
    assert read_quantity(text) == expected


@pytest.mark.parametrize("text", ["-2", -2, "2,5", 2.5, "banyak", "10 + 5", "1e9", "99999999999"])
def test_what_is_no_quantity_is_refused(text: object) -> None:
    with pytest.raises(NotAnAmount):
        read_quantity(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rp 1.250.000", 1_250_000), ("Rp1.000.000.000,00", 10**9), ("Rp. 1.250.000,-", 1_250_000), ("445000000", 445_000_000),
        (445000000, 445_000_000), ("Rp 17,3 triliun", 17_300_000_000_000), ("Rp12 miliar", 12 * 10**9), ("2 juta", 2_000_000),
        ("1.250", 1250), ("Rp 2.718.449,68", 2_718_449), ("", None), ("-", None), ("Rp -", None),
    ],
)  # fmt: skip
def test_rupiah(text: object, expected: int | None) -> None:
    assert read_rupiah(text) == expected


@pytest.mark.parametrize("text", ["gratis", "Rp -5", "1.2.3.4 dolar", -5])
def test_what_is_no_amount_is_refused(text: object) -> None:
    with pytest.raises(NotAnAmount):
        read_rupiah(text)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    for read in (read_quantity, read_rupiah):
        with suppress(NotAnAmount):
            assert (read(text) or 0) >= 0


@given(st.integers(0, 10**9))
def test_grouped_numbers_survive(number: int) -> None:
    assert read_quantity(f"{number:,}".replace(",", ".")) == number
    assert read_rupiah(f"Rp {number:,}".replace(",", ".") + ",00") == number
