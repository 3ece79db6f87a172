# SPDX-License-Identifier: Apache-2.0
"""The auditor's answers on what the audit left undetermined: the form in the workbook, and what an answer says. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foss_audit.catalogue import LicenseModel
from foss_audit.messages import Message, message
from foss_audit.model import Source

SHEET = message("Review")

COLUMNS: Mapping[str, Message] = {
    "name": message("Software"),
    "publisher": message("Publisher"),
    "decision": message("Decision"),
    "product": message("Name of the product"),
    "license": message("SPDX licence"),
    "terms": message("Address of the terms"),
    "reason": message("Reason"),
    "by": message("Decided by"),
    "on": message("Decided on"),
    "product_id": message("Catalogue id"),
}
"""The columns that are read back, by their heading. The form has others, which are for reading only."""

SAME_PRODUCT = "same"

DECISIONS: Mapping[str, Message] = {
    SAME_PRODUCT: message("Is the product named beside"),
    LicenseModel.FOSS.value: message("FOSS"),
    LicenseModel.FREEWARE.value: message("Free of charge, offices included"),
    LicenseModel.RESTRICTED_FREEWARE.value: message("Free for personal use only"),
    LicenseModel.COMMERCIAL.value: message("Must be bought"),
    LicenseModel.SUBSCRIPTION.value: message("By subscription"),
    LicenseModel.TRIALWARE.value: message("Trial version, then to be bought"),
    LicenseModel.COMPONENT.value: message("Part of another product, driver or update"),
    LicenseModel.GOVERNMENT.value: message("Government application"),
    LicenseModel.ACTIVATOR.value: message("Crack or activation tool"),
}
"""What an auditor may answer; offered as a list in the cell."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an auditor decided of a title."""

    source: Source
    name: str
    """As found in the inventory."""
    publisher: str
    decision: str
    """A key of DECISIONS."""
    product: str
    """Name or id of a product of the catalogue for `same`; else the name to give the product, '' for the title's own."""
    license: str
    """SPDX expression, for FOSS."""
    terms: str
    reason: str
    by: str
    on: date
    product_id: str
    """Id of the line of the catalogue that left it undetermined; for what was not recognised the id of the package
    (`purl:pypi/numpy`), '' for other titles.
    """
