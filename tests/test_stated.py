# SPDX-License-Identifier: Apache-2.0
"""Rights that SBOMs state of their components: whose they are, until when, and what is none."""

from dataclasses import replace
from datetime import date
from typing import Any

from helpers import AGENCIES, file_reading, product

from foss_audit.catalogue import LicenseModel
from foss_audit.entitlements import Register
from foss_audit.gather import FileReading
from foss_audit.model import Source
from foss_audit.readers.interface import StatedEntitlement
from foss_audit.recognise import Recogniser
from foss_audit.stated import stated_rights

RECOGNISER = Recogniser([product("acme db", LicenseModel.COMMERCIAL, names=("acme db",))], ())


def stating(*stated: StatedEntitlement, file: str = "Dinkes/server.cdx.json") -> FileReading:
    found = file_reading(file, [{"name": "Acme DB", "version": "3"}])
    assert found.reading is not None
    return FileReading(found.origin, replace(found.reading, entitlements=stated))


def right(name: str = "Acme DB", **values: Any) -> StatedEntitlement:
    return StatedEntitlement(Source("Dinkes/server.cdx.json", "/components/0"), name, **values)


def read(*files: FileReading) -> Register:
    return stated_rights(files, AGENCIES, RECOGNISER)


def test_a_right_is_one_licence_of_the_files_agency_with_its_documents() -> None:
    stated = right(
        kinds=("perpetual",),
        purchase_order="PO-7/2026",
        license_ids=("acme-1",),
        licensor="PT Acme",
        start="2026-01-05T08:00:00Z",
    )
    register = read(stating(stated))
    (one,) = register.entitlements
    assert (one.agency, one.quantity, one.product_key, one.supplier) == ("Dinas Kesehatan", 1, "acme db", "PT Acme")
    assert (one.start, one.end, one.perpetual) == (date(2026, 1, 5), None, True)
    assert one.proof == (("purchase_order", "PO-7/2026"), ("license_number", "acme-1"))
    assert register.agencies == {"Dinas Kesehatan"}


def test_the_licensee_holds_it_where_it_is_an_agency() -> None:
    assert [one.agency for one in read(stating(right(licensee="Dinsos"))).entitlements] == ["Dinas Sosial"]
    assert [one.agency for one in read(stating(right(licensee="PT Penyedia"))).entitlements] == ["Dinas Kesehatan"]


def test_the_last_day_is_that_of_the_expiration() -> None:
    (one,) = read(stating(right(end="2026-12-31T23:59:59+08:00"))).entitlements
    assert (one.end, one.perpetual) == (date(2026, 12, 31), False)


def test_what_gives_no_right_to_use_is_a_note() -> None:
    register = read(stating(right(kinds=("evaluation",)), right("Other", kinds=("client-access",))))
    assert register.entitlements == ()
    assert register.agencies == frozenset()
    assert len(register.notes["Dinas Kesehatan"]) == 2


def test_licensing_that_states_nothing_is_a_note() -> None:
    register = read(stating(right(), right("Other", licensor="PT Acme")))
    assert register.entitlements == ()
    assert [note.source.locator for note in register.notes["Dinas Kesehatan"]] == ["/components/0", "/components/0"]


def test_a_date_that_is_none_is_a_problem_and_no_right() -> None:
    register = read(stating(right(end="besok")))
    assert register.entitlements == ()
    (problem,) = register.problems["Dinas Kesehatan"]
    assert "besok" in str(problem.message)


def test_one_licence_stated_twice_in_a_file_counts_once_and_in_two_files_twice() -> None:
    again = (right(license_ids=("acme-1",)), right(license_ids=("acme-1",)))
    assert len(read(stating(*again)).entitlements) == 1
    assert len(read(stating(again[0]), stating(again[0], file="Dinkes/pc2.cdx.json")).entitlements) == 2


def test_the_same_order_for_two_agencies_is_a_right_of_each() -> None:
    stated = [right(purchase_order="PO-7", licensee=name) for name in ("Dinsos", "Dinkes", "Dinas Sosial")]
    assert [one.agency for one in read(stating(*stated)).entitlements] == ["Dinas Sosial", "Dinas Kesehatan"]


def test_an_unknown_product_is_known_by_the_name_that_is_licensed() -> None:
    register = read(stating(right("Sistem Arsip Pro", kinds=("perpetual",))))
    assert [one.name for one in register.products] == ["Sistem Arsip Pro"]
    assert register.entitlements[0].product_key == register.products[0].id
