# SPDX-License-Identifier: Apache-2.0
"""The built-in catalogue is what it says it is, and lines that contradict each other are refused."""

import csv
import io
from functools import cache
from pathlib import Path

import pytest
from helpers import write

from foss_audit.catalogue import NOT_STATED, Grade, LicenseModel, OrganisationUse, VersionRange
from foss_audit.errors import RulesError
from foss_audit.model import Title
from foss_audit.rulebook import Rulebook, load_rulebook
from foss_audit.rulebook.lines import ProductLine

COLUMNS = list(ProductLine.model_fields)
LINE = {"publisher": "CV Contoh", "license_model": "commercial", "source": "proyek", "checked": "2026-11-24"}
SOURCES = (
    "id,kind,title,where,date,note\nproyek,checked,Catatan,,2026-11-24,\ntoko,stated,Label,,2026-11-24,\n"
    "pasar,stated,Label,,2026-11-24,\n"
)


@cache
def built_in() -> Rulebook:
    return load_rulebook()


def pack(folder: Path, *lines: dict[str, str]) -> Path:
    """A rule pack with these products; what a line leaves out is filled in."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for line in lines:
        name = line["id"].replace("-", " ")
        writer.writerow(LINE | {"product": name.title(), "names": name, "example": name.title()} | line)
    write(folder / "catalogue" / "x.csv", out.getvalue())
    write(folder / "sources.csv", SOURCES)
    return folder


def defects(folder: Path) -> list[str]:
    """What the check says of a pack."""
    try:
        load_rulebook([folder], check=True, only_overlays=True)
    except RulesError as error:
        return [str(defect) for defect in error.defects]
    return []


class TestBuiltIn:
    def test_it_knows_some_thousands_of_products(self) -> None:
        sold = [one for one in built_in().products if not one.family and one.license_model is not LicenseModel.ACTIVATOR]
        assert len(sold) >= 3_500
        assert len({one.name.casefold() for one in sold if not one.origins}) >= 3_500

    def test_what_costs_nothing_says_whether_an_office_may_use_it(self) -> None:
        for one in built_in().products:
            if one.license_model in (LicenseModel.FREEWARE, LicenseModel.RESTRICTED_FREEWARE):
                assert one.organisation_use is not None, one.id
            else:
                assert one.organisation_use is None, one.id

    def test_every_line_has_an_example_a_source_and_a_date(self) -> None:
        for one in built_in().products:
            assert one.examples and one.sources and one.checked, one.id

    def test_unknown_models_say_why(self) -> None:
        for one in built_in().products:
            if one.license_model is LicenseModel.UNKNOWN and not one.family and not one.origins:
                assert one.note or one.edition == NOT_STATED, one.id

    @pytest.mark.parametrize(
        ("name", "version", "model"),
        [
            ("Java 8 Update 202", "8.0.2020.8", LicenseModel.FREEWARE),
            ("Java 8 Update 211", "8.0.2110.12", LicenseModel.RESTRICTED_FREEWARE),
            ("Oracle VM VirtualBox 7.0.10", "7.0.10", LicenseModel.FOSS),
            ("Oracle VM VirtualBox Extension Pack", "7.0.10", LicenseModel.RESTRICTED_FREEWARE),
            ("PDFsam Basic", "5.1.3", LicenseModel.FOSS),
            ("PDFsam Visual", "5.1", LicenseModel.COMMERCIAL),
            ("Microsoft SQL Server 2019 Express Edition", "15.0", LicenseModel.FREEWARE),
            ("Microsoft SQL Server 2019 Standard Edition", "15.0", LicenseModel.COMMERCIAL),
            ("MySQL Community Server", "8.0", LicenseModel.FOSS),
            ("MySQL Enterprise Edition", "8.0", LicenseModel.SUBSCRIPTION),
            ("Laragon 6.0.0", "6.0.0", LicenseModel.FOSS),
            ("Laragon", "8.1.0", LicenseModel.COMMERCIAL),
            ("SketchUp Make 2017", "17.2", LicenseModel.RESTRICTED_FREEWARE),
            ("SketchUp Pro 2023", "23.0", LicenseModel.SUBSCRIPTION),
            ("Redis on Windows", "3.0.504", LicenseModel.FOSS),
            ("Vagrant", "2.4.1", LicenseModel.FREEWARE),
        ],
    )
    def test_editions_and_versions_that_decide(self, name: str, version: str, model: LicenseModel) -> None:
        product = built_in().recogniser().recognise(Title(name, version)).product
        assert product is not None and product.license_model is model

    @pytest.mark.parametrize(
        "name", ["Laragon", "Redis", "SketchUp 2017", "Microsoft SQL Server 2019 (64-bit)", "Adobe Acrobat (64-bit)"]
    )
    def test_what_does_not_tell_its_edition_stays_open(self, name: str) -> None:
        product = built_in().recogniser().recognise(Title(name)).product
        assert product is not None and product.edition == NOT_STATED

    def test_indications_are_told_from_sure_cracks(self) -> None:
        grades = {one.id: one.grade for one in built_in().products if one.license_model is LicenseModel.ACTIVATOR}
        assert (grades["kmspico"], grades["crack-site-repacks"]) == (Grade.SURE, Grade.INDICATION)


class TestContradictions:
    def test_two_lines_for_one_title_are_refused(self, tmp_path: Path) -> None:
        (defect,) = defects(
            pack(tmp_path / "p", {"id": "frobnik"}, {"id": "frobnik-lite", "names": "frobnik*", "example": "Frobnik X"})
        )
        assert defect.startswith("p/catalogue/x.csv row 2: names: 'Frobnik' is claimed by frobnik-lite too")

    @pytest.mark.parametrize(
        "other",
        [
            {"id": "frobnik-lite", "names": "frobnik lite*", "example": "Frobnik Lite"},
            {"id": "frobnik-lite", "names": "frobnik*", "example": "Frobnik X", "versions": ">=2"},
            {
                "id": "frobnik-lite",
                "names": "frobnik*",
                "example": "Frobnik X",
                "publishers": "pt lain*",
                "publisher_required": "yes",
            },
        ],
    )
    def test_what_differs_is_not(self, tmp_path: Path, other: dict[str, str]) -> None:
        if "versions" in other or "publishers" in other:
            other = other | {"example": "Frobnik 2.5 @ PT Lain"}
        assert defects(pack(tmp_path / "p", {"id": "frobnik", "publishers": "cv contoh*"}, other)) == []

    def test_a_declared_order_settles_it(self, tmp_path: Path) -> None:
        lines = [
            {"id": "frobnik", "more_specific_than": "frobnik-all"},
            {"id": "frobnik-all", "names": "frobnik*", "example": "Frobnik X"},
        ]
        assert defects(pack(tmp_path / "p", *lines)) == []

    @pytest.mark.parametrize("name", ["microsoft edge", "mozilla firefox"])
    def test_a_line_that_claims_what_the_built_in_catalogue_has_is_refused(self, tmp_path: Path, name: str) -> None:
        (defect, *_) = defects(pack(tmp_path / "p", {"id": "peramban", "names": name, "example": name}))
        assert "is claimed by" in defect or "is recognised as" in defect

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ({"source": "toko"}, "only states labels"),
            ({"source": "entah"}, "no 'entah' in sources.csv"),
            ({"suite": "tidak-ada"}, "suite: there is no other line 'tidak-ada'"),
            ({"more_specific_than": "frobnik"}, "more_specific_than: there is no other line"),
            ({"ids": "winget:cloudcompare.cloudcompare"}, "ids: 'winget:cloudcompare.cloudcompare' stands already in"),
            ({"versions": ">=2"}, "tells no version"),
            ({"versions": "2.x"}, "versions"),
            ({"ids": "steam:1"}, "ids"),
            ({"license_model": "freeware", "organisation_use": "no"}, "organisation_use 'no' contradicts"),
            ({"organisation_use": "yes"}, "organisation_use 'yes' contradicts"),
            ({"grade": "sure"}, "grade is for activators only"),
            ({"edition": "?"}, "edition '?'"),
            ({"support_end": "2026"}, "support_end"),
        ],
    )
    def test_a_defect_is_named(self, tmp_path: Path, line: dict[str, str], said: str) -> None:
        found = defects(pack(tmp_path / "p", {"id": "frobnik"} | line))
        assert any(said in defect and "p/catalogue/x.csv row 2" in defect for defect in found), found

    def test_two_labels_that_agree_are_enough(self, tmp_path: Path) -> None:
        assert defects(pack(tmp_path / "p", {"id": "frobnik", "source": "toko|pasar"})) == []

    def test_a_title_assigned_to_what_there_is_not(self, tmp_path: Path) -> None:
        folder = pack(tmp_path / "p", {"id": "frobnik"})
        write(folder / "titles.csv", "title,publisher,product,source,checked,note\nFrob,,tidak-ada,proyek,2026-11-24,\n")
        (defect,) = defects(folder)
        assert defect == "p/titles.csv row 2: product: there is no 'tidak-ada' in the catalogue"


def test_terms_to_be_verified_leave_it_to_a_person() -> None:
    verify = [one for one in built_in().products if one.organisation_use is OrganisationUse.VERIFY]
    assert verify and all(one.license_model in (LicenseModel.FREEWARE, LicenseModel.RESTRICTED_FREEWARE) for one in verify)


@pytest.mark.parametrize(
    ("range", "version", "holds"),
    [(">=8.0.2110, <9", "8.0.3610.9", True), ("<7", "6.99", True), ("<7", "7.0", False), ("=2.0", "2", True),
     (">2", "2.0.0", False), ("<=2.1", "2.1.0", True), (">=2024", "2024.1.3", True), (">=8.202", "8u202-b08", True)],
)  # fmt: skip
def test_ranges(range: str, version: str, holds: bool) -> None:
    assert VersionRange.parse(range).holds(version) is holds
