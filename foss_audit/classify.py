# SPDX-License-Identifier: Apache-2.0
"""A title, its licence and its product to a verdict, before entitlements are counted. Pure; the contract's rules in order."""

from foss_audit.catalogue import NEEDS_ENTITLEMENT, NOT_STATED, Grade, LicenseModel, OrganisationUse
from foss_audit.model import Basis, Freedom, License, Recognition, SoftwareClass, Title, Verdict

_DISTRIBUTIONS = ("deb", "rpm", "apk", "alpm")
"""Package types of free distributions, by purl."""

_OF_MODEL = {
    LicenseModel.ACTIVATOR: (SoftwareClass.UNLICENSED, Basis.ACTIVATOR),
    LicenseModel.COMPONENT: (SoftwareClass.LEGAL_COMMERCIAL, Basis.COMPONENT),
    LicenseModel.GOVERNMENT: (SoftwareClass.LEGAL_COMMERCIAL, Basis.GOVERNMENT),
    LicenseModel.FREEWARE: (SoftwareClass.LEGAL_COMMERCIAL, Basis.FREEWARE),
}
"""What these are, whatever licence a source states."""


def classify(title: Title, recognition: Recognition, license: License) -> Verdict:
    """The verdict on a title; class and basis stay None where entitlements decide.

    1. An activator is unlicensed, whatever its licence. 2. What the catalogue knows to be proprietary stays so against
    a declared free licence. 3. A declared licence beats the catalogue's FOSS. 4. A component is lawful.
    5. What must be licensed goes to reconciliation. Where the catalogue leaves it to a person (terms to be verified, a name
    that only hints at a crack, a version or edition that is not stated), it is undetermined.
    """
    product = recognition.product
    if product is None or product.license_model is LicenseModel.UNKNOWN or recognition.version_open:
        return _unknown_product(title, recognition, license)
    model = product.license_model
    if product.only_registered and license.freedom is Freedom.FREE:
        return _unknown_product(title, recognition, license)
    if model is LicenseModel.FOSS:
        return _foss_product(title, recognition, license)
    software_class, basis = _OF_MODEL.get(model, (None, None))
    if product.organisation_use is OrganisationUse.VERIFY or product.grade is Grade.INDICATION:
        software_class, basis = SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN
    conflict = license.freedom is Freedom.FREE and model in (*NEEDS_ENTITLEMENT, LicenseModel.FREEWARE)
    return Verdict(title, license, product, model, software_class, basis, recognition.rule, conflict)


def _foss_product(title: Title, recognition: Recognition, license: License) -> Verdict:
    """The catalogue says FOSS: a declared licence confirms it, or says otherwise and then stands."""
    if license.freedom is Freedom.FREE:
        return _free(title, recognition, license)
    if license.freedom is Freedom.NOT_FREE:
        return _not_free(title, recognition, license, conflict=True)
    return Verdict(
        title, license, recognition.product, LicenseModel.FOSS, SoftwareClass.FOSS, Basis.CATALOGUE_FOSS, recognition.rule
    )


def _unknown_product(title: Title, recognition: Recognition, license: License) -> Verdict:
    """The catalogue does not say what it is: its licence decides, then the distribution it comes from."""
    product = recognition.product
    if license.freedom is Freedom.FREE:
        return _free(title, recognition, license)
    if license.freedom is Freedom.NOT_FREE:
        return _not_free(title, recognition, license, conflict=False)
    distribution, *area = title.origin.split("/")[::2]
    if product is None and distribution in _DISTRIBUTIONS:
        rule = f"distribution: {title.origin}"
        if area:  # the distribution itself says that it is not free
            undetermined = SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN
            return Verdict(title, license, product, LicenseModel.UNKNOWN, *undetermined, rule)
        return Verdict(title, license, product, LicenseModel.FOSS, SoftwareClass.FOSS, Basis.DISTRIBUTION_FOSS, rule)
    basis = _why_undetermined(recognition, license)
    return Verdict(title, license, product, LicenseModel.UNKNOWN, SoftwareClass.UNDETERMINED, basis, recognition.rule)


def _why_undetermined(recognition: Recognition, license: License) -> Basis:
    product = recognition.product
    if product is not None and license.freedom is Freedom.ABSENT and (recognition.version_open or product.edition == NOT_STATED):
        return Basis.EDITION_UNKNOWN
    unread = license.freedom is Freedom.UNDECIDED or product is not None
    return Basis.LICENSE_UNKNOWN if unread else Basis.UNRECOGNISED


def _free(title: Title, recognition: Recognition, license: License) -> Verdict:
    rule = f"spdx: {license.expression or license.as_written}"
    return Verdict(title, license, recognition.product, LicenseModel.FOSS, SoftwareClass.FOSS, Basis.SPDX_FREE, rule)


def _not_free(title: Title, recognition: Recognition, license: License, *, conflict: bool) -> Verdict:
    """A licence that is not free: the model it states decides; where it states none, a person must."""
    model, rule = license.license_model, f"license: {license.as_written}"
    if model is LicenseModel.UNKNOWN:
        return Verdict(
            title, license, recognition.product, model, SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN, rule, conflict
        )
    software_class, basis = _OF_MODEL.get(model, (None, None))
    return Verdict(title, license, recognition.product, model, software_class, basis, rule, conflict)
