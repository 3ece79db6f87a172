# SPDX-License-Identifier: Apache-2.0
"""Did you mean: near names of products, never of activators, families or packages."""

import pytest
from helpers import product

from foss_audit.catalogue import LicenseModel
from foss_audit.recognise import Recogniser, suggest

PRODUCTS = (
    product("photo", LicenseModel.COMMERCIAL, names=("adobe photoshop", "photo*")),
    product("writer", LicenseModel.FOSS, names=("libreoffice",)),
    product("reader", LicenseModel.FREEWARE, names=("adobe reader",)),
    product("crack", LicenseModel.ACTIVATOR, names=("adobe photoshap",)),
    product("family", LicenseModel.COMPONENT, names=("adobe photoshop driver",), family=True),
)


def near(*names: str) -> dict[str, list[str]]:
    return {name: [one.id for one in found] for name, found in Recogniser(PRODUCTS).near(names).items()}


def test_a_typing_error_is_seen_through() -> None:
    assert near("adobe fotoshop", "libre ofice", "adobe raeder") == {
        "adobe fotoshop": ["photo"],
        "libre ofice": ["writer"],
        "adobe raeder": ["reader"],
    }


def test_what_looks_like_nothing_is_left_out() -> None:
    assert near("qwixel server", "abc", "") == {}


def test_the_order_of_questions_makes_no_difference() -> None:
    assert near("libre ofice", "adobe fotoshop") == near("adobe fotoshop", "libre ofice")


def test_without_the_extra_nothing_is_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest, "process", None)
    assert near("adobe fotoshop") == {}
