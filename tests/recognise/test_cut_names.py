# SPDX-License-Identifier: Apache-2.0
"""A name that a narrow column cut off is recognised only where it can be of nothing else."""

import pytest

from foss_audit.model import Title
from foss_audit.recognise import Recogniser
from foss_audit.recognise.cut_names import Continuations
from foss_audit.rulebook import load_rulebook


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    rulebook = load_rulebook()
    return Recogniser(rulebook.products, rulebook.vocabulary.words.get("noise", ()))


@pytest.mark.parametrize("ellipsis", ["…", "..."])
@pytest.mark.parametrize(
    "name",
    [
        "Oracle VM VirtualBox Ext",  # the extension pack is not free
        "Oracle VM VirtualBox ",
        "DBeaver ",
        "FileZilla ",
        "SAP Crystal Reports",  # the runtime is a component
        "TeamViewer ",
        "Java(TM) 6 Update ",
        "Java(TM) SE Development Kit 17",
        "Adobe Acrobat",
        "Adobe Acrobat Re",
        "Microsoft Office Professional Pl",
        "Microsoft Visual C++ 2015-2022 Redi",
    ],
)
def test_what_may_be_several_products_is_none(recogniser: Recogniser, name: str, ellipsis: str) -> None:
    assert recogniser.recognise(Title(f"{name}{ellipsis}")).product is None


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("Microsoft Visual C++ 2013 Redistributable (x64) - 12.0.406…", "Microsoft Visual C++ Redistributable"),
        ("Kaspersky Endpoint Security 10 for W…", "Kaspersky Endpoint Security"),
        ("SAP Crystal Reports runtime engine for .NET Fr…", "SAP Crystal Reports runtime"),
        ("KMSpico v10.2.0 Fi…", "KMSpico"),
        ("WinRAR 6.11 (…", "WinRAR"),
    ],
)
def test_what_can_be_of_nothing_else_is_recognised(recogniser: Recogniser, name: str, product: str) -> None:
    found = recogniser.recognise(Title(name)).product
    assert found is not None and found.name == product


def test_the_reason_is_told(recogniser: Recogniser) -> None:
    rejected = recogniser.recognise(Title("DBeaver …")).rejected
    assert any("cut off" in str(reason) for _, reason in rejected)


def test_whole_names_are_not_touched(recogniser: Recogniser) -> None:
    found = recogniser.recognise(Title("Oracle VM VirtualBox 7.0.10")).product
    assert found is not None and found.name == "Oracle VM VirtualBox"


def test_thousands_of_cut_names_take_no_time(recogniser: Recogniser) -> None:
    for number in range(5000):
        recogniser.recognise(Title(f"Aplikasi Pelayanan Nomor {number} untuk Kec…"))


def test_names_by_their_beginnings() -> None:
    products = load_rulebook().products
    found = {product.name for product in Continuations(products).of("oracle vm virtualbox e")}
    assert found == {"Oracle VM VirtualBox Extension Pack"}
