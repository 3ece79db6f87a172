# SPDX-License-Identifier: Apache-2.0
"""Verdicts on titles and the outcome of reconciliation joined to every installation. Pure."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from foss_audit.entitlement import Entitlement
from foss_audit.inventory import Inventory
from foss_audit.licenses import LicenseReader
from foss_audit.model import CLASS_OF_BASIS, Basis, SoftwareClass, Verdict
from foss_audit.reconcile import Reconciliation

_CLASSES = tuple(SoftwareClass)
_BASES = tuple(Basis)


def judge(
    inventory: Inventory,
    verdicts: Sequence[Verdict],
    reconciliation: Reconciliation,
    entitlements: Sequence[Entitlement],
    licenses: LicenseReader,
) -> pd.DataFrame:
    """The installations judged: reports.interface.INSTALLATION_COLUMNS and `claim`, in source order."""
    found = inventory.installations
    title = found["title"].to_numpy()
    basis_of_title = np.array([_BASES.index(one.basis) if one.basis else -1 for one in verdicts], dtype=np.int16)
    basis = np.where(reconciliation.basis >= 0, reconciliation.basis, basis_of_title[title])
    class_of_basis = np.array([_CLASSES.index(CLASS_OF_BASIS[one]) for one in _BASES], dtype=np.int16)
    ids = ["", *dict.fromkeys(entitlement.id for entitlement in entitlements)]
    number = {one: position for position, one in enumerate(ids)}
    id_of = np.array([number[entitlement.id] for entitlement in entitlements] + [0], dtype=np.int32)
    return pd.DataFrame(
        {
            "agency": found["agency"],
            "device": found["device"],
            "location": found["location"],
            "title": found["title"],
            "class": pd.Categorical.from_codes(class_of_basis[basis], categories=[one.value for one in _CLASSES]),
            "basis": pd.Categorical.from_codes(basis, categories=[one.value for one in _BASES]),
            "entitlement": pd.Categorical.from_codes(id_of[reconciliation.entitlement], categories=ids),
            "claim": _claims(found, verdicts, licenses),
            "activation": found["activation"],
            "sources": inventory.sources.joined(),
        }
    )


def _claims(found: pd.DataFrame, verdicts: Sequence[Verdict], licenses: LicenseReader) -> pd.Categorical:
    """What whoever filled in the inventory claims: `licensed`, `unlicensed` or ''."""
    kinds = ["", "licensed", "unlicensed"]
    of_title = np.array([_known(one.license.claim, kinds) for one in verdicts], dtype=np.int8)
    of_text = np.array([_known(licenses.read(text).claim, kinds) for text in found["claim"].cat.categories], dtype=np.int8)
    typed = of_text[found["claim"].cat.codes.to_numpy()] if len(of_text) else np.zeros(len(found), np.int8)
    return pd.Categorical.from_codes(np.where(typed > 0, typed, of_title[found["title"].to_numpy()]), categories=kinds)


def _known(claim: str, kinds: list[str]) -> int:
    return kinds.index(claim) if claim in kinds else 0
