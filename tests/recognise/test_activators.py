# SPDX-License-Identifier: Apache-2.0
"""Every crack of the list is recognised as an activator, and nothing that only looks like one is."""

import csv
from pathlib import Path

import pytest

from foss_audit.catalogue import LicenseModel
from foss_audit.model import Title
from foss_audit.recognise import Recogniser
from foss_audit.rulebook import load_rulebook

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    rulebook = load_rulebook()
    return Recogniser(rulebook.products, rulebook.vocabulary.words.get("noise", ()))


def titles(file: str) -> list[Title]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return [Title(row["name"], "", row["publisher"]) for row in csv.DictReader(lines)]


def shown(title: Title) -> str:
    return f"{title.name} @ {title.publisher}" if title.publisher else title.name


@pytest.mark.parametrize("title", titles("activators.csv"), ids=shown)
def test_a_crack_is_an_activator(recogniser: Recogniser, title: Title) -> None:
    recognition = recogniser.recognise(title)
    assert recognition.product is not None, f"not recognised; looked up as {recognition.forms[-1]!r}"
    assert recognition.product.license_model is LicenseModel.ACTIVATOR, recognition.rule


@pytest.mark.parametrize("title", titles("innocents.csv"), ids=shown)
def test_an_innocent_is_no_activator(recogniser: Recogniser, title: Title) -> None:
    recognition = recogniser.recognise(title)
    assert recognition.product is None or recognition.product.license_model is not LicenseModel.ACTIVATOR, recognition.rule
