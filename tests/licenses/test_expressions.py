# SPDX-License-Identifier: Apache-2.0
"""Texts to SPDX expressions, and what operators do to freedom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foss_audit.catalogue import LicenseModel
from foss_audit.licenses import LicenseReader
from foss_audit.model import Freedom, LicenseOrigin


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("MIT", "MIT"),
        (" mit License ", "MIT"),
        ("GPL-2.0", "GPL-2.0-only"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("GNU GPL v3 or (at your option) any later version", "GPL-3.0-or-later"),
        ("GNU Lesser General Public License (LGPL), Version 2.1", "LGPL-2.1-only"),
        ("GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007", "GPL-3.0-only"),
        ("GPL (>= 2) + file LICENSE", "GPL-2.0-or-later"),
        ("The Apache Software License, Version 2.0", "Apache-2.0"),
        ("Apache-2.0+", "Apache-2.0+"),
        ("MIT/X11", "MIT"),
        ("zlib/libpng License", "Zlib"),
        ("MIT/Apache-2.0", "MIT OR Apache-2.0"),
        ("MPL 1.1/GPL 2.0/LGPL 2.1", "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-only"),
        ("MIT and/or ISC", "MIT OR ISC"),
        ("Zlib|MIT", "Zlib OR MIT"),
        ("Zlib, MIT; ISC", "Zlib AND MIT AND ISC"),
        ("Zlib, MIT, or ISC", "Zlib OR MIT OR ISC"),
        ("MIT AND MIT AND ISC", "MIT AND ISC"),
        ("(MIT OR (Apache-2.0 AND Zlib))", "MIT OR (Apache-2.0 AND Zlib)"),
        ("(MIT OR ISC) AND Zlib", "(MIT OR ISC) AND Zlib"),
        ("((MIT AND ISC) AND Zlib)", "MIT AND ISC AND Zlib"),
        ("MIT (or Apache-2.0)", "MIT OR Apache-2.0"),
        ("BSD (3 clause)", "BSD-3-Clause"),
        ('BSD 3-Clause "New" or "Revised" License', "BSD-3-Clause"),
        ("Common Development and Distribution License 1.0 and MIT", "CDDL-1.0 AND MIT"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("GPL-3.0 with GCC exception", "GPL-3.0-only WITH GCC-exception-3.1"),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0 OR MIT", "GPL-2.0-or-later WITH Classpath-exception-2.0 OR MIT"),
        ("(GPL-2.0) with Classpath exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("GPL+ or Artistic", "GPL-1.0-or-later OR Artistic-1.0-Perl"),
        ("License :: OSI Approved :: GNU General Public License v2 or later (GPLv2+)", "GPL-2.0-or-later"),
        ("Licensed under the terms of the MIT license", "MIT"),
        ("Lisensi Publik Umum GNU versi 3", "GPL-3.0-only"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://www.gnu.org/licenses/gpl-3.0.html", "GPL-3.0-only"),
        ("http://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("https://spdx.org/licenses/MPL-2.0.html", "MPL-2.0"),
        ("https://www.mozilla.org/en-US/MPL/2.0/", "MPL-2.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.id", "CC-BY-SA-4.0"),
        ("MIT, https://example.com/LICENSE.txt", "MIT"),
        ("http://www.gnu.org/licenses/old-licenses/gpl-2.0-standalone.html", "GPL-2.0-only"),
        ("GPL (≥ 3)", "GPL-3.0-or-later"),
        ("|| ( MPL-1.1 GPL-2 LGPL-2.1 )", "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-only"),
        ("Zlib || ( MIT ISC )", "Zlib AND (MIT OR ISC)"),
        ("MIT || (Apache License 2.0)", "MIT OR Apache-2.0"),
        ("custom:MIT", "MIT"),
        ("apache_2_0", "Apache-2.0"),
        ("LGPLv3+_or_GPLv2+", "LGPL-3.0-or-later OR GPL-2.0-or-later"),
        ("MIT -or- Apache License 2.0", "MIT OR Apache-2.0"),
        ("MIT, 2-clause BSD", "MIT AND BSD-2-Clause"),
        ("GPLv3, see the LICENSE.txt file for details", "GPL-3.0-only"),
        ("Eclipse Public License (EPL), Version 1.0", "EPL-1.0"),
        ("GNU General Public License, version 2, with the Classpath Exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("WTFPL – Do What The Fuck You Want To Public License", "WTFPL"),
        ("Open Source (GPLv3)", "GPL-3.0-only"),
        ("Gratis - Open Source (MPL 2.0)", "MPL-2.0"),
        ("Sumber terbuka (MIT)", "MIT"),
        ("GPL v2 (free)", "GPL-2.0-only"),
    ],
)
def test_free_spellings(reader: LicenseReader, text: str, expression: str) -> None:
    license = reader.read(text)
    assert (license.expression, license.freedom, license.as_written) == (expression, Freedom.FREE, text)


@pytest.mark.parametrize(
    ("text", "freedom"),
    [
        ("GPL-2.0-only OR LicenseRef-x", Freedom.FREE),
        ("GPL-2.0-only AND LicenseRef-x", Freedom.UNDECIDED),
        ("MIT AND LicenseRef-scancode-proprietary-license", Freedom.NOT_FREE),
        ("MIT OR LicenseRef-scancode-proprietary-license", Freedom.FREE),
        ("Apache-2.0 WITH Commons-Clause", Freedom.NOT_FREE),
        ("GPL-3.0 with additional restrictions", Freedom.UNDECIDED),
        ("GPL-2.0-or-later WITH some-exception", Freedom.UNDECIDED),
        ("GPL-3.0-only WITH Bogus-exception", Freedom.UNDECIDED),
        ("GPL-3.0-only WITH LicenseRef-Bogus-exception", Freedom.UNDECIDED),
        ("GPL-3.0-Bogus-exception", Freedom.UNDECIDED),
        ("LicenseRef-GPL-3.0-with-Bogus-exception", Freedom.UNDECIDED),
        ("GPL-3.0-only WITH Bogus-exception OR MIT", Freedom.FREE),
        ("GPL-2.0-only WITH LicenseRef-scancode-generic-exception", Freedom.UNDECIDED),
        ("GPL-2.0-or-later WITH LicenseRef-scancode-upx-exception-2.0-plus", Freedom.FREE),
        ("GPL-2.0 with OpenSSL exception", Freedom.FREE),
        ("LicenseRef-GPL-2.0-only-with-libgit2-exception", Freedom.FREE),
        ("GPLv2+ with exceptions", Freedom.FREE),
        ("MIT AND", Freedom.UNDECIDED),
        ("MIT AND NOASSERTION", Freedom.UNDECIDED),
        ("MIT, ...", Freedom.UNDECIDED),
        ("LicenseRef-Acme-Proprietary", Freedom.NOT_FREE),
        ("LicenseRef-scancode-public-domain", Freedom.FREE),
    ],
)
def test_operators_decide_freedom(reader: LicenseReader, text: str, freedom: Freedom) -> None:
    assert reader.read(text).freedom is freedom


@pytest.mark.parametrize(
    "text",
    [
        "MIT OR",
        "OR MIT",
        "MIT OR OR ISC",
        "MIT AND AND ISC",
        "((MIT",
        "MIT)",
        "MIT (",
        "() OR MIT",
        "(MIT OR ) OR ISC",
        "MIT AND",
    ],
)
def test_broken_expressions_are_undecided(reader: LicenseReader, text: str) -> None:
    license = reader.read(text)
    assert (license.freedom, license.expression) == (Freedom.UNDECIDED, None)


@pytest.mark.parametrize("text", ["(Freeware", "Freeware AND", "Freeware)"])
def test_broken_expressions_stay_unfree(reader: LicenseReader, text: str) -> None:
    assert reader.read(text).freedom is Freedom.NOT_FREE


FAMILIES = ["GPL", "LGPL", "BSD", "BSD License", "Apache", "Public Domain", "BSD-style", "BSD-like", "Chromium-BSD-style"]


@pytest.mark.parametrize(
    "text", [*FAMILIES, "MIT-style", "ISC-style", "X11-style", "BSD-3-Clause~Google", "BSD-2-clause-regents"]
)
def test_families_are_free_without_an_expression(reader: LicenseReader, text: str) -> None:
    license = reader.read(text)
    assert (license.freedom, license.expression) == (Freedom.FREE, None)


@pytest.mark.parametrize(
    "text",
    [
        "Limited",
        "Limit",
        "Permit",
        "Summit",
        "Not MIT",
        "GPLish",
        "Apache-9999",
        "MITRE",
        "My Own License",
        "X",
        "BSD-3-Clause with additional terms",
        "probably public domain",
        "https://github.com/acme/mit",
        "BSD-3-Clause-Acme",
        "BSD-2-Acme",
        "BSD-Acme",
        "BSD-style Acme",
        "LicenseRef-BSD-foo",
        "MIT-style Acme",
        "ISC-style Acme",
        "public domain except fonts",
        "Perpetual ISC",
    ],
)
def test_nothing_is_free_by_a_part_of_a_word(reader: LicenseReader, text: str) -> None:
    assert reader.read(text).freedom is Freedom.UNDECIDED


@pytest.mark.parametrize(
    "text",
    [
        "SSPL-1.0",
        "BUSL-1.1",
        "Elastic-2.0",
        "JSON",
        "CC-BY-NC-4.0",
        "CC-BY-ND-4.0",
        "PolyForm-Shield-1.0.0",
        "FSL-1.1-MIT",
        "MIT + Commons Clause",
        "BSD-3-Clause-No-Nuclear-License",
        "BSD 3-clause w/nuclear disclaimer",
        "UNLICENSED",
    ],
)
def test_source_available_is_not_free(reader: LicenseReader, text: str) -> None:
    assert reader.read(text).freedom is Freedom.NOT_FREE


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("https://polyformproject.org/licenses/noncommercial/1.0.0/", "PolyForm-Noncommercial-1.0.0"),
        ("Functional Source License, Version 1.1, ALv2 Future License", "FSL-1.1-ALv2"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International License", "CC-BY-NC-SA-4.0"),
        ("https://mariadb.com/bsl11/", "BUSL-1.1"),
        ("http://www.json.org/license.html", "JSON"),
    ],
)
def test_unfree_spellings(reader: LicenseReader, text: str, expression: str) -> None:
    license = reader.read(text)
    assert (license.expression, license.freedom) == (expression, Freedom.NOT_FREE)


def test_the_tree_explains(reader: LicenseReader) -> None:
    tree = reader.read("MIT AND (GPL-2.0+ OR Freeware)").tree
    assert tree is not None
    assert (tree.text, tree.freedom, [part.text for part in tree.parts]) == ("AND", Freedom.FREE, ["MIT", "OR"])
    assert [part.freedom for part in tree.parts[1].parts] == [Freedom.FREE, Freedom.NOT_FREE]
    assert (str(tree.parts[0].reason), tree.parts[0].category) == ("OSI-approved", "Permissive")
    assert tree.parts[1].chosen == 0


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("Freeware, MIT", LicenseModel.FREEWARE),
        ("Freeware, Proprietary", LicenseModel.UNKNOWN),
        ("Freeware, LicenseRef-x", LicenseModel.UNKNOWN),
        ("Freeware, Commercial", LicenseModel.COMMERCIAL),
        ("Freeware|Commercial", LicenseModel.FREEWARE),
        ("Proprietary|Commercial", LicenseModel.UNKNOWN),
        ("MIT|Commercial", LicenseModel.UNKNOWN),
    ],
)
def test_models_combine_cautiously(reader: LicenseReader, text: str, model: LicenseModel) -> None:
    assert reader.read(text).license_model is model


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("LicenseRef-x OR MIT OR ISC", 1),
        ("Commercial OR LicenseRef-x", 1),
        ("Commercial OR Freeware", 1),
        ("MIT AND ISC", None),
    ],
)
def test_the_branch_that_an_or_goes_by(reader: LicenseReader, text: str, chosen: int | None) -> None:
    tree = reader.read(text).tree
    assert tree is not None
    assert tree.chosen == chosen


def test_categories_stand_at_the_parts(reader: LicenseReader) -> None:
    tree = reader.read("GPL-2.0-only OR SSPL-1.0 OR Freeware OR LicenseRef-x").tree
    assert tree is not None
    assert [part.category for part in tree.parts] == ["Copyleft", "Source-available", "freeware", ""]


def test_where_it_comes_from_travels_along(reader: LicenseReader) -> None:
    concluded, declared = (reader.read("MIT", origin) for origin in (LicenseOrigin.CONCLUDED, LicenseOrigin.DECLARED))
    assert (concluded.origin, declared.origin) == (LicenseOrigin.CONCLUDED, LicenseOrigin.DECLARED)
    assert concluded.expression == declared.expression == "MIT"


def test_words_of_one_ecosystem_mean_nothing_elsewhere(reader: LicenseReader) -> None:
    assert reader.read("open_source", package_type="cpan").freedom is Freedom.FREE
    assert reader.read("Unlimited", package_type="cran").freedom is Freedom.FREE
    assert reader.read("open_source").freedom is Freedom.UNDECIDED
    assert reader.read("Unlimited").freedom is Freedom.ABSENT


@pytest.mark.parametrize("text", ["Open Source", "Sumber terbuka", "FOSS", "Gratis & open source", "HP", "Other", "MPL-2.0,..."])
def test_words_that_name_no_licence_are_undecided(reader: LicenseReader, text: str) -> None:
    assert reader.read(text).freedom is Freedom.UNDECIDED


@given(
    st.recursive(
        st.sampled_from(
            ["MIT", "GPL-2.0+", "LicenseRef-a", "SSPL-1.0", "Zlib WITH Foo-exception", "GPL-2.0 WITH Bison-exception-2.2"]
        ),
        lambda inner: st.tuples(st.sampled_from([" AND ", " OR "]), st.lists(inner, min_size=2, max_size=3)).map(
            lambda drawn: "(" + drawn[0].join(drawn[1]) + ")"
        ),
        max_leaves=12,
    )
)
def test_the_short_way_agrees_with_the_long_one(reader: LicenseReader, text: str) -> None:
    lower = text.replace(" AND ", " and ").replace(" OR ", " or ")  # which only the long way reads
    short, long = reader.read(text), reader.read(lower)
    assert (short.expression, short.freedom, short.license_model) == (long.expression, long.freedom, long.license_model)
