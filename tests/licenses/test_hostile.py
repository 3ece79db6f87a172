# SPDX-License-Identifier: Apache-2.0
"""Whatever the text, reading never raises, ends soon, and obeys the algebra of freedom."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foss_audit.licenses import LicenseReader
from foss_audit.model import Freedom, License

PIECES = [
    "MIT",
    "GPL-2.0+",
    "LicenseRef-a",
    "Freeware",
    "BSD",
    "?",
    "AND",
    "OR",
    "WITH",
    "and",
    "or",
    "with",
    "(",
    ")",
    ",",
    ";",
    "|",
    "/",
]
PIECES += [
    "+",
    "&",
    "...",
    "Classpath-exception-2.0",
    "http://",
    "https://spdx.org/licenses/MIT",
    "é",
    "\0",
    "© 2020",
    "'",
    '"',
    "::",
    "w/",
]
OPERANDS = st.sampled_from(["MIT", "GPL-3.0-or-later", "LicenseRef-a", "LicenseRef-b", "Freeware", "SSPL-1.0", "BSD", "Foo"])


@given(st.text())
def test_any_text_is_read(reader: LicenseReader, text: str) -> None:
    license = reader.read(text)
    assert isinstance(license, License)
    assert license.as_written == text
    assert license.tree is not None


@given(st.lists(st.sampled_from(PIECES)), st.sampled_from(["", " "]))
def test_any_mixture_of_operators_is_read(reader: LicenseReader, pieces: list[str], between: str) -> None:
    assert isinstance(reader.read(between.join(pieces)), License)


@given(OPERANDS, OPERANDS)
def test_and_is_free_where_both_are(reader: LicenseReader, left: str, right: str) -> None:
    freedoms = {reader.read(left).freedom, reader.read(right).freedom}
    expected = (
        Freedom.NOT_FREE if Freedom.NOT_FREE in freedoms else Freedom.UNDECIDED if Freedom.UNDECIDED in freedoms else Freedom.FREE
    )
    assert reader.read(f"{left} AND {right}").freedom is expected
    assert reader.read(f"{right}, {left}").freedom is expected


@given(OPERANDS, OPERANDS)
def test_or_is_free_where_one_is(reader: LicenseReader, left: str, right: str) -> None:
    freedoms = {reader.read(left).freedom, reader.read(right).freedom}
    expected = (
        Freedom.FREE if Freedom.FREE in freedoms else Freedom.UNDECIDED if Freedom.UNDECIDED in freedoms else Freedom.NOT_FREE
    )
    assert reader.read(f"{left} OR {right}").freedom is expected
    assert reader.read(f"({right})|({left})").freedom is expected


@given(
    st.recursive(OPERANDS, lambda inner: st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(" ".join).map("({})".format))
)
def test_an_expression_is_read_as_itself(reader: LicenseReader, text: str) -> None:
    license = reader.read(text)
    if license.expression is not None:
        again = reader.read(license.expression)
        assert (again.expression, again.freedom) == (license.expression, license.freedom)


def test_the_same_text_gives_the_same_object(reader: LicenseReader) -> None:
    assert reader.read("MIT OR Zlib") is reader.read("MIT OR " + "Zlib")


@pytest.mark.parametrize(
    "text",
    [
        " AND ".join(f"LicenseRef-{number}" for number in range(5_001)),
        " OR ".join(["MIT", "Foo bar"] * 2_500),
        "(" * 100_000 + "MIT" + ")" * 100_000,
        "(MIT AND (ISC OR " * 5_000 + "Zlib" + "))" * 5_000,
        "MIT (" * 20_000,
        ")" * 200_000,
        "MIT/" * 50_000,
        "a.b-" * 50_000,
        "/a" * 100_000,
        "+" * 200_000,
        "- " * 100_000,
        "with " * 40_000,
        "MIT with " * 100,
        "license::" * 20_000,
        "x " * 500,
        "licensed under " * 60,
        "x" * 1_000_000,
        "MIT, " * 200_000,
        "\n" * 1_000_000,
    ],
    ids=lambda text: text[:12].strip() or "blanks",
)
def test_huge_texts_end_soon(reader: LicenseReader, text: str) -> None:
    started = time.process_time()
    assert isinstance(reader.read(text), License)
    assert time.process_time() - started < 5


def test_needless_brackets_change_nothing(reader: LicenseReader) -> None:
    assert reader.read("(" * 2_000 + "MIT" + ")" * 2_000).expression == "MIT"


def test_nesting_beyond_sense_still_decides(reader: LicenseReader) -> None:
    license = reader.read("(MIT AND (ISC OR " * 2_000 + "Zlib" + "))" * 2_000)
    assert license.freedom is Freedom.FREE
    assert hash(license) == hash(license)
