# SPDX-License-Identifier: Apache-2.0
"""Quantities and rupiah as registers hold them: `10 Lisensi`, `1.250`, `Rp. 1.250.000,-`, `Rp17,3 miliar`. Pure."""

import re
from decimal import Decimal, InvalidOperation

_NUMBER = r"\d{1,3}(?:[.,\u00a0 ]\d{3})+(?:,\d+|\.\d+)?|\d+(?:[.,]\d+)?"
_QUANTITY = re.compile(rf"\s*([-−(]?)\s*({_NUMBER})\)?[\s\-]*(?:[^\W\d_][^\d]*|\([^()\d]*\)[^\d]*)?")
_TAX = (
    r"(?:sudah |belum )?(?:termasuk|incl(?:ude|uding|\.)?|exc(?:lude|luding|l)?\.?|di luar|plus|\+)\s*"
    r"(?:pajak|ppn|vat|tax)(?:\s*\d{1,2}\s*%)?"
)
_EACH = r"(?:per|/)?\s*(?:lisensi|licen[cs]e|unit|pc|user|pengguna|tahun|year|paket)"
_IN_BRACKETS = re.compile(rf"()[^\d()]+\(\s*({_NUMBER})\s*\)[^\d]*")
"""`dua belas (12)`: the number beside its words."""
_BESIDE_MONEY = rf"(?:[(,/-]?\s*(?:{_TAX}|{_EACH})\s*\)?\s*)*"
"""Words beside a price that say what is in it, or what it is of."""
_MONEY = re.compile(
    rf"\s*(?:rp\.?|idr)?\s*([-−]?)\s*({_NUMBER})\s*(?:,-|,--|\.-)?\s*(ribu|rb|juta|jt|miliar|milyar|m|triliun|t)?\.?\s*(?:rupiah|idr)?\s*{_BESIDE_MONEY}",
    re.IGNORECASE,
)
_SCALES = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "m": 9, "triliun": 12, "t": 12}


class NotAnAmount(ValueError):
    """The text is no amount that can be."""


def read_quantity(value: object) -> int | None:
    """A cell as a whole number, None where it is empty. Raises NotAnAmount on words, fractions and negative numbers.

    >>> read_quantity("10 Lisensi"), read_quantity("1.250"), read_quantity(25.0), read_quantity("5 (lima) PC")
    (10, 1250, 25, 5)
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        number = Decimal(str(value))
    else:
        text = str(value).strip().removeprefix("'")
        if not text.strip("-–"):
            return None
        match = _QUANTITY.fullmatch(text) or _IN_BRACKETS.fullmatch(text)
        if match is None or (match[1] and not match[1].startswith("(")):
            raise NotAnAmount(text)
        number = _decimal(match[2])
    if number < 0 or number != number.to_integral_value() or number > 10**9:
        raise NotAnAmount(str(value))
    return int(number)


def read_rupiah(value: object) -> int | None:
    """A cell as whole rupiah, None where it is empty. Raises NotAnAmount.

    >>> read_rupiah("Rp. 1.250.000,-"), read_rupiah("Rp 17,3 miliar"), read_rupiah("1.250.000,50"), read_rupiah(445000000)
    (1250000, 17300000000, 1250000, 445000000)
    >>> read_rupiah("2.350.000 (incl. PPN)"), read_rupiah("Rp 385.000/unit"), read_rupiah("Rp 1 juta per tahun")
    (2350000, 385000, 1000000)
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _whole(Decimal(str(value)), str(value))
    text = str(value).strip()
    if not text.strip("-– ").casefold().removeprefix("rp").strip(" .-–"):
        return None
    match = _MONEY.fullmatch(text)
    if match is None or match[1]:
        raise NotAnAmount(text)
    return _whole(_decimal(match[2]).scaleb(_SCALES.get((match[3] or "").lower(), 0)), text)


def _whole(number: Decimal, text: str) -> int:
    if not number.is_finite() or number < 0 or number > 10**16:
        raise NotAnAmount(text)
    return int(number)


def _decimal(text: str) -> Decimal:
    """Digits with separators: the last one is a decimal sign where it is not followed by exactly three digits."""
    text = text.replace("\u00a0", "").replace(" ", "")
    separators = [character for character in text if character in ".,"]
    if separators:
        last = text.rfind(separators[-1])
        decimals = len(text) - last - 1
        if decimals != 3 or (len(set(separators)) == 2 and separators.count(separators[-1]) == 1):
            text = text[:last].replace(".", "").replace(",", "") + "." + text[last + 1 :]
        else:
            text = text.replace(".", "").replace(",", "")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise NotAnAmount(text) from error
