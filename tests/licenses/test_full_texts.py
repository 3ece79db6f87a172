# SPDX-License-Identifier: Apache-2.0
"""Licence texts: known word for word, by the usual notice, by title; nothing is free by a part of it."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from identify.vendor.licenses import LICENSES

from foss_audit.licenses import LicenseReader
from foss_audit.licenses.full_texts import license_of_text
from foss_audit.model import Freedom

TEXTS = dict(LICENSES)
MIT, BSD = TEXTS["MIT"], TEXTS["BSD-3-Clause"]
GRANT = "This program is free software; you can redistribute it and/or modify it under the terms of the GNU "
NOTICE = f"{GRANT}General Public License as published by the Free Software Foundation; "


@pytest.mark.parametrize("id", sorted(TEXTS))
def test_every_known_text_is_itself(id: str) -> None:
    assert license_of_text(TEXTS[id]) == id


@pytest.mark.parametrize(
    "text",
    [
        MIT.replace("[year] [fullname]", "2019-2024 Jane Doe and others"),
        " ".join(MIT.split()),
        "Copyright 2001 Acme\n" + "\n".join(MIT.splitlines()[4:]),
        MIT.upper(),
        "\n".join(f" * {line}" for line in MIT.splitlines()),
        MIT.replace('"', "“"),
    ],
    ids=["holder", "one line", "without title", "capitals", "comment", "quotes"],
)
def test_layout_and_holders_change_nothing(text: str) -> None:
    assert license_of_text(text) == "MIT"


def test_the_holder_may_stand_in_the_conditions() -> None:
    assert license_of_text(BSD.replace("the copyright holder nor", "Acme Corporation nor")) == "BSD-3-Clause"


@pytest.mark.parametrize(
    "text",
    [
        MIT.replace("without restriction", "with restriction"),
        MIT.replace("free of charge", "for a fee"),
        MIT.replace("to any person", "to any person for non-commercial purposes"),
        MIT + "\n\nThe Software shall be used for Good, not Evil.",
        MIT.replace("and/or sell\ncopies of the Software", "copies of the Software"),
        BSD + "\n\n4. This software may not be used in nuclear facilities.",
        TEXTS["Apache-2.0"] + "\n\nCommons Clause: the licence does not include the right to sell the software.",
        MIT + BSD,
        MIT[: len(MIT) // 2],
        MIT.replace("MIT License", "MIT License, not for companies"),
        MIT.replace("MIT License", "Non-Commercial MIT License"),
    ],
    ids=[
        "restriction",
        "fee",
        "non-commercial",
        "good",
        "no sale",
        "nuclear",
        "commons clause",
        "two texts",
        "half",
        "title",
        "other title",
    ],
)
def test_a_text_that_allows_less_is_not_the_known_one(reader: LicenseReader, text: str) -> None:
    assert license_of_text(text) == ""
    assert reader.read(text.removeprefix("MIT License\n\n")).freedom is not Freedom.FREE


@pytest.mark.parametrize(
    "text",
    [
        MIT.replace("free of charge", "for a fee"),
        MIT.replace("without restriction", "with restriction"),
        MIT + "\n\nThe Software shall be used for Good, not Evil.",
        MIT.replace("MIT License", "MIT License, not for companies"),
    ],
    ids=["fee", "restriction", "good", "title"],
)
def test_the_title_of_an_altered_text_is_not_believed(reader: LicenseReader, text: str) -> None:
    assert reader.read(text).freedom is not Freedom.FREE


@example("UPL-1.0", 0, "not")  # in its title
@example("MS-PL", 20, "not")  # behind "(c)"
@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 400), st.sampled_from(["not", "non-commercial", "only", "may", "fee"]))
def test_no_text_stands_one_watched_word_more(id: str, at: int, word: str) -> None:
    lines = TEXTS[id].splitlines()
    body = [number for number, line in enumerate(lines) if len(line.split()) > 6 and "opyright" not in line]
    number = body[at % len(body)]
    words = lines[number].split(" ")
    lines[number] = " ".join([*words[:-1], word, words[-1]])
    assert license_of_text("\n".join(lines)) == ""


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        (f"{NOTICE}either version 2 of the License, or (at your option) any later version.", "GPL-2.0-or-later"),
        (f"{NOTICE}version 2 of the License.", "GPL-2.0-only"),
        (f"{GRANT}Lesser General Public License as published by the Free Software Foundation; either version 2.1 of the "
         "License, or (at your option) any later version.", "LGPL-2.1-or-later"),
        (f"{GRANT}General Public License version 2 as published by the Free Software Foundation.", "GPL-2.0-only"),
        ('Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with '
         "the License. You may obtain a copy of the License at http://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not "
         "distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/. It shall be kept.", "MPL-2.0"),
    ],
)  # fmt: skip
def test_usual_notices(reader: LicenseReader, text: str, expression: str) -> None:
    license = reader.read(text)
    assert (license.freedom, license.expression) == (Freedom.FREE, expression)


@pytest.mark.parametrize(
    "text",
    [
        f"{NOTICE}version 2 of the License, for non-commercial use only.",
        f"{NOTICE}version 2 of the License, with the following additional terms: no resale.",
        f"{NOTICE}version 2 of the License. Parts are licensed under the Apache License, Version 2.0.",
        f"{GRANT}Foo Public License.",
    ],
)
def test_notices_with_more_in_them_are_undecided(reader: LicenseReader, text: str) -> None:
    assert reader.read(text).freedom is Freedom.UNDECIDED


def test_prose_is_no_list_of_licences(reader: LicenseReader) -> None:
    text = "You may use it for any purpose, commercial or non-commercial, free of charge, and by any means. " * 4
    assert reader.read(text).freedom is Freedom.UNDECIDED
    assert (
        reader.read("Permission is hereby granted, free of charge, to any person obtaining a copy").freedom is Freedom.UNDECIDED
    )


def test_a_long_unknown_text_shows_its_beginning(reader: LicenseReader) -> None:
    license = reader.read("ACME TERMS\n\nYou may not redistribute the program, and no warranty is given. " * 10)
    assert license.tree is not None
    assert license.tree.text.startswith("ACME TERMS / You may not redistribute")


@pytest.mark.parametrize("text", [MIT * 2_000, "may not " * 100_000, TEXTS["GPL-3.0"] + "x " * 40_000, "copyright " * 30_000])
def test_huge_texts_are_compared_in_bounded_time(reader: LicenseReader, text: str) -> None:
    started = time.process_time()
    assert license_of_text(text) == ""
    reader.read(text)
    assert time.process_time() - started < 5
