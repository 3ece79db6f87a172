# SPDX-License-Identifier: Apache-2.0
"""What the metadata of a Python package says of its licence (core metadata 1.0 to 2.4, PEP 639). Pure."""

from collections.abc import Iterable

from foss_audit.licenses.full_texts import license_of_text, license_title
from foss_audit.model import LicenseOrigin
from foss_audit.readers.sboms.statements import join_licenses, says_something

_CLASSIFIER = "License :: "
_NO_LICENSE = frozenset({"License", "OSI Approved"})
"""Ends of classifiers that name no licence."""
_SHORT = 100


def python_license(expression: str, license: str, classifiers: Iterable[object]) -> tuple[str, LicenseOrigin]:
    """The licence expression, else the short name of the licence, else what its text is word for word, else the classifiers,
    else what its text calls itself.

    >>> python_license("", "BSD", ["License :: OSI Approved :: MIT License"])
    ('BSD', <LicenseOrigin.DECLARED: 'declared'>)
    >>> python_license("", "UNKNOWN", ["License :: OSI Approved :: MIT License"])
    ('MIT License', <LicenseOrigin.CLASSIFIER: 'classifier'>)
    """
    if expression:
        return expression, LicenseOrigin.DECLARED
    is_name = len(license) <= _SHORT and "\n" not in license
    if is_name and says_something(license) and license.casefold() != "unknown":
        return license, LicenseOrigin.DECLARED
    if known := license_of_text(license):
        return known, LicenseOrigin.DECLARED
    if classified := _classified(classifiers):
        return classified, LicenseOrigin.CLASSIFIER
    return license_title(license) or license.split("\n", 1)[0].strip(), LicenseOrigin.DECLARED


def _classified(classifiers: Iterable[object]) -> str:
    names = (
        classifier.rpartition(" :: ")[2].strip()
        for classifier in classifiers
        if isinstance(classifier, str) and classifier.startswith(_CLASSIFIER)
    )
    return join_licenses(name for name in names if name not in _NO_LICENSE)
