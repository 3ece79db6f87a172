# SPDX-License-Identifier: Apache-2.0
"""What must hold across rule files: references that lead somewhere, and no unlawful installation without a finding."""

from typing import TYPE_CHECKING

from foss_audit.catalogue import LicenseModel
from foss_audit.messages import message
from foss_audit.model import CLASS_OF_BASIS, Basis, SoftwareClass
from foss_audit.rulebook.catalogue_checks import Places, check_catalogue
from foss_audit.rulebook.files import Defects
from foss_audit.rulebook.policy import PolicyRule

if TYPE_CHECKING:
    from foss_audit.rulebook import Rulebook

MUST_BE_FOUND = tuple(
    basis
    for basis, software_class in CLASS_OF_BASIS.items()
    if software_class in (SoftwareClass.UNLICENSED, SoftwareClass.UNDETERMINED)
)
"""Bases of installations that are unlicensed or undetermined: each needs a policy rule that fires on it."""


def check_rulebook(rulebook: "Rulebook", places: Places, defects: Defects, *, thorough: Places) -> None:
    """Adds to the defects what does not hold; of the lines and rules of `thorough` every example is tried too."""
    _check_policy(rulebook, places, defects)
    if thorough:
        check_catalogue(rulebook, thorough, defects)
    for rule in rulebook.policy:
        if rule.id in thorough:
            _check_policy_examples(rule, places, defects)


def _check_policy(rulebook: "Rulebook", places: Places, defects: Defects) -> None:
    for rule in rulebook.policy:
        for key in rule.criteria:
            if key not in rulebook.criteria:
                defects.add(message("criteria: there is no '{id}' in criteria.toml", id=key), *places[rule.id])
    for basis in MUST_BE_FOUND:
        facts = [_plain_fact(basis, model) for model in LicenseModel]
        if not all(any(rule.subject == "installations" and rule.fires(fact) for rule in rulebook.policy) for fact in facts):
            defects.add(message("no rule finds every installation of basis '{basis}'", basis=basis.value), "policy")


def _plain_fact(basis: Basis, model: LicenseModel) -> dict[str, object]:
    """An installation of which nothing else is remarkable."""
    return {
        "class": CLASS_OF_BASIS[basis].value,
        "basis": basis.value,
        "license_model": model.value,
        "conflict": False,
        "claim": "",
    }


def _check_policy_examples(rule: PolicyRule, places: Places, defects: Defects) -> None:
    for number, example in enumerate(rule.examples, 1):
        if rule.fires(example.given) != example.fires:
            defects.add(
                message(
                    "examples: number {number} fires {fires}, it should {expected}",
                    number=number,
                    fires=str(rule.fires(example.given)).lower(),
                    expected=str(example.fires).lower(),
                ),
                *places[rule.id],
            )
