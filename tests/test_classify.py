# SPDX-License-Identifier: Apache-2.0
"""The rules of the verdict, clause by clause, with licences as the licence reader really reads them."""

from functools import cache

import pytest
from helpers import ABSENT, product

from foss_audit.audit import license_reader
from foss_audit.catalogue import NEEDS_ENTITLEMENT, LicenseModel, Product
from foss_audit.classify import classify
from foss_audit.licenses import LicenseReader
from foss_audit.model import CLASS_OF_BASIS, Basis, Freedom, License, Recognition, SoftwareClass, Title, Verdict
from foss_audit.recognise import Recogniser
from foss_audit.rulebook import Rulebook, load_rulebook

FREE = License("MIT", "MIT", Freedom.FREE)
UNDECIDED = License("Lisensi Khusus", None, Freedom.UNDECIDED)
NOT_FREE = License("Proprietary", None, Freedom.NOT_FREE)
MODELS = [model for model in LicenseModel if model not in (LicenseModel.UNKNOWN, LicenseModel.FOSS)]


def _not_free(model: LicenseModel) -> License:
    return License(f"says {model.value}", None, Freedom.NOT_FREE, model)


def _verdict(known: Product | None, license: License = ABSENT, origin: str = "") -> Verdict:
    recognition = Recognition(known, f"{known.id}: x" if known else "", "x")
    return classify(Title("X", "1", "Publisher", license.as_written, origin), recognition, license)


def _judged(verdict: Verdict) -> tuple[SoftwareClass | None, Basis | None]:
    return verdict.software_class, verdict.basis


class TestActivatorsFirst:
    @pytest.mark.parametrize("license", [ABSENT, FREE, NOT_FREE, UNDECIDED, _not_free(LicenseModel.FREEWARE)])
    @pytest.mark.parametrize("origin", ["", "deb/debian"])
    def test_an_activator_is_unlicensed_whatever_its_licence(self, license: License, origin: str) -> None:
        verdict = _verdict(product("kms", LicenseModel.ACTIVATOR), license, origin)
        assert _judged(verdict) == (SoftwareClass.UNLICENSED, Basis.ACTIVATOR)


class TestCatalogueAgainstDeclared:
    @pytest.mark.parametrize("model", sorted(NEEDS_ENTITLEMENT))
    def test_what_the_catalogue_knows_to_be_proprietary_beats_a_declared_free_licence(self, model: LicenseModel) -> None:
        verdict = _verdict(product("p", model), FREE)
        assert _judged(verdict) == (None, None)
        assert (verdict.license_model, verdict.conflict) == (model, True)

    def test_freeware_too(self) -> None:
        verdict = _verdict(product("p", LicenseModel.FREEWARE), FREE)
        assert _judged(verdict) == (SoftwareClass.LEGAL_COMMERCIAL, Basis.FREEWARE)
        assert verdict.conflict

    @pytest.mark.parametrize("model", sorted(NEEDS_ENTITLEMENT))
    @pytest.mark.parametrize("license", [ABSENT, UNDECIDED, NOT_FREE, _not_free(LicenseModel.FREEWARE)])
    def test_a_declared_licence_never_makes_a_proprietary_product_lawful(self, model: LicenseModel, license: License) -> None:
        verdict = _verdict(product("p", model), license)
        assert _judged(verdict) == (None, None)
        assert verdict.license_model is model
        assert not verdict.conflict

    def test_a_declared_free_licence_confirms_the_catalogue_s_foss(self) -> None:
        verdict = _verdict(product("p", LicenseModel.FOSS), FREE)
        assert _judged(verdict) == (SoftwareClass.FOSS, Basis.SPDX_FREE)
        assert not verdict.conflict

    @pytest.mark.parametrize("model", sorted(NEEDS_ENTITLEMENT))
    def test_a_declared_licence_beats_the_catalogue_s_foss(self, model: LicenseModel) -> None:
        verdict = _verdict(product("p", LicenseModel.FOSS), _not_free(model))
        assert _judged(verdict) == (None, None)
        assert (verdict.license_model, verdict.conflict) == (model, True)

    def test_also_where_it_does_not_say_whether_use_must_be_paid_for(self) -> None:
        verdict = _verdict(product("p", LicenseModel.FOSS), NOT_FREE)
        assert _judged(verdict) == (SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN)
        assert verdict.conflict

    @pytest.mark.parametrize("license", [ABSENT, UNDECIDED])
    def test_without_a_readable_licence_the_catalogue_s_foss_stands(self, license: License) -> None:
        assert _judged(_verdict(product("p", LicenseModel.FOSS), license)) == (SoftwareClass.FOSS, Basis.CATALOGUE_FOSS)

    def test_a_product_that_only_a_register_names_is_no_knowledge_against_a_free_licence(self) -> None:
        registered = product("register:x", LicenseModel.COMMERCIAL, only_registered=True)
        assert _judged(_verdict(registered, FREE)) == (SoftwareClass.FOSS, Basis.SPDX_FREE)
        assert _judged(_verdict(registered, ABSENT)) == (None, None)


class TestDistributions:
    @pytest.mark.parametrize("origin", ["deb/debian", "rpm/fedora", "apk/alpine", "alpm/arch", "deb"])
    @pytest.mark.parametrize("license", [ABSENT, UNDECIDED])
    def test_a_package_of_a_distribution_that_nobody_knows_better_is_foss(self, origin: str, license: License) -> None:
        assert _judged(_verdict(None, license, origin)) == (SoftwareClass.FOSS, Basis.DISTRIBUTION_FOSS)

    def test_a_vendor_s_package_is_not(self) -> None:
        verdict = _verdict(product("vendor", LicenseModel.COMMERCIAL), ABSENT, "deb/debian")
        assert _judged(verdict) == (None, None)

    def test_nor_one_whose_licence_is_not_free(self) -> None:
        assert _judged(_verdict(None, NOT_FREE, "deb/debian")) == (SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN)

    @pytest.mark.parametrize("origin", ["npm", "pypi", "nuget", "generic", ""])
    def test_libraries_are_no_distribution(self, origin: str) -> None:
        assert _judged(_verdict(None, ABSENT, origin)) == (SoftwareClass.UNDETERMINED, Basis.UNRECOGNISED)


class TestComponentsAndGovernment:
    @pytest.mark.parametrize("license", [ABSENT, FREE, UNDECIDED, NOT_FREE, *map(_not_free, MODELS)])
    @pytest.mark.parametrize(
        ("model", "basis"), [(LicenseModel.COMPONENT, Basis.COMPONENT), (LicenseModel.GOVERNMENT, Basis.GOVERNMENT)]
    )
    def test_they_are_lawful_whatever_else_is_said(self, model: LicenseModel, basis: Basis, license: License) -> None:
        verdict = _verdict(product("p", model), license)
        assert _judged(verdict) == (SoftwareClass.LEGAL_COMMERCIAL, basis)
        assert not verdict.conflict


class TestUnknownProducts:
    def test_no_product_and_no_licence(self) -> None:
        assert _judged(_verdict(None)) == (SoftwareClass.UNDETERMINED, Basis.UNRECOGNISED)

    def test_an_undecided_licence_is_never_silently_free_or_unfree(self) -> None:
        assert _judged(_verdict(None, UNDECIDED)) == (SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN)

    def test_a_free_licence_is_enough(self) -> None:
        assert _judged(_verdict(None, FREE)) == (SoftwareClass.FOSS, Basis.SPDX_FREE)

    def test_a_catalogue_line_of_unknown_model_decides_nothing(self) -> None:
        known = product("p", LicenseModel.UNKNOWN)
        assert _judged(_verdict(known)) == (SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN)
        assert _judged(_verdict(known, FREE)) == (SoftwareClass.FOSS, Basis.SPDX_FREE)

    def test_an_unfree_licence_that_tells_no_model_is_undetermined(self) -> None:
        assert _judged(_verdict(None, NOT_FREE)) == (SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN)

    @pytest.mark.parametrize("model", sorted(NEEDS_ENTITLEMENT))
    def test_one_that_tells_a_model_with_a_fee_needs_an_entitlement(self, model: LicenseModel) -> None:
        verdict = _verdict(None, _not_free(model))
        assert _judged(verdict) == (None, None)
        assert verdict.license_model is model

    def test_one_that_says_freeware_is_lawful(self) -> None:
        verdict = _verdict(None, _not_free(LicenseModel.FREEWARE))
        assert _judged(verdict) == (SoftwareClass.LEGAL_COMMERCIAL, Basis.FREEWARE)

    @pytest.mark.parametrize("claim", ["licensed", "unlicensed"])
    def test_a_claim_is_no_evidence(self, claim: str) -> None:
        claimed = License("Asli", None, Freedom.ABSENT, claim=claim)
        assert _judged(_verdict(None, claimed)) == (SoftwareClass.UNDETERMINED, Basis.UNRECOGNISED)
        assert _judged(_verdict(product("p", LicenseModel.COMMERCIAL), claimed)) == (None, None)


@pytest.mark.parametrize("license", [ABSENT, FREE, UNDECIDED, NOT_FREE, *map(_not_free, MODELS)])
@pytest.mark.parametrize("model", [None, *LicenseModel])
@pytest.mark.parametrize("origin", ["", "deb/debian", "npm"])
def test_class_and_basis_always_belong_together(model: LicenseModel | None, license: License, origin: str) -> None:
    verdict = _verdict(product("p", model) if model else None, license, origin)
    if verdict.basis is None:
        assert verdict.software_class is None
        assert verdict.license_model in NEEDS_ENTITLEMENT
    else:
        assert CLASS_OF_BASIS[verdict.basis] is verdict.software_class
    assert verdict.software_class is not SoftwareClass.FOSS or verdict.license_model is LicenseModel.FOSS


def test_every_basis_has_one_class() -> None:
    assert set(CLASS_OF_BASIS) == set(Basis)


@cache
def _rules() -> Rulebook:
    return load_rulebook()


@cache
def _licenses() -> LicenseReader:
    return license_reader(_rules())


@cache
def _recogniser() -> Recogniser:
    return Recogniser(_rules().products, _rules().vocabulary.words.get("noise", ()))


@pytest.mark.parametrize(
    ("license", "expected"),
    [
        ("GPL-3.0 OR LicenseRef-Commercial", (SoftwareClass.FOSS, Basis.SPDX_FREE)),  # OR: its freest branch
        ("MIT AND Apache-2.0", (SoftwareClass.FOSS, Basis.SPDX_FREE)),  # AND: every part
        ("MIT AND LicenseRef-Something", (SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN)),
        ("GPL-2.0-only WITH Classpath-exception-2.0", (SoftwareClass.FOSS, Basis.SPDX_FREE)),
        ("LicenseRef-Something", (SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN)),
        ("NOASSERTION", (SoftwareClass.UNDETERMINED, Basis.UNRECOGNISED)),
        ("", (SoftwareClass.UNDETERMINED, Basis.UNRECOGNISED)),
        ("Asli", (SoftwareClass.UNDETERMINED, Basis.UNRECOGNISED)),
        ("Bajakan", (SoftwareClass.UNDETERMINED, Basis.UNRECOGNISED)),
        ("Freeware", (SoftwareClass.LEGAL_COMMERCIAL, Basis.FREEWARE)),
        ("Trial", (None, None)),
    ],
)
def test_licences_of_a_program_that_nobody_knows(license: str, expected: tuple[object, object]) -> None:
    title = Title("Qwertzuiop Studio", "1", "Niemand", license)
    verdict = classify(title, _recogniser().recognise(title), _licenses().read(license))
    assert _judged(verdict) == expected


@pytest.mark.parametrize(
    ("name", "license", "expected", "conflict"),
    [
        ("KMSpico", "GPL-3.0", (SoftwareClass.UNLICENSED, Basis.ACTIVATOR), False),
        ("Adobe Photoshop 2020", "MIT", (None, None), True),
        ("Adobe Photoshop 2020", "Bajakan", (None, None), False),
        ("7-Zip 22.01 (x64)", "", (SoftwareClass.FOSS, Basis.CATALOGUE_FOSS), False),
        ("7-Zip 22.01 (x64)", "LGPL-2.1", (SoftwareClass.FOSS, Basis.SPDX_FREE), False),
        ("Microsoft Visual C++ 2010 x64 Redistributable", "", (SoftwareClass.LEGAL_COMMERCIAL, Basis.COMPONENT), False),
    ],
)
def test_titles_of_real_machines(name: str, license: str, expected: tuple[object, object], conflict: bool) -> None:
    title = Title(name, "", "", license)
    verdict = classify(title, _recogniser().recognise(title), _licenses().read(license))
    assert (_judged(verdict), verdict.conflict) == (expected, conflict)
