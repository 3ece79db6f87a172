# SPDX-License-Identifier: Apache-2.0
"""Installations grouped by all that a policy rule may ask of them, so that rules look at kinds instead of at rows. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from foss_audit.codes import combine
from foss_audit.messages import message
from foss_audit.model import SoftwareClass, Verdict

LIKENESS = ("class", "basis", "license_model", "conflict", "claim")
"""What installations of a group have in common besides agency and product; what rules on installations mostly ask."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Installations that a rule may fire on: unlicensed, undetermined, in conflict, or admitted to be unlicensed."""

    of_row: np.ndarray
    """The group of every installation, -1 where it is lawful and uncontradicted."""
    place: np.ndarray
    """Per group: position of its agency and product in `places`."""
    places: Sequence[tuple[str, str]]
    """Agency and product key, sorted."""
    kind: np.ndarray
    """Per group: position in `kinds`."""
    kinds: Sequence[Mapping[str, object]]
    """Values of LIKENESS."""
    verdict: Sequence[Verdict]
    """Per group: the verdict on one of its titles."""

    def __len__(self) -> int:
        return len(self.verdict)

    def fact(self, group: int) -> dict[str, object]:
        """All that a rule or its texts may name of a group, but for counts."""
        verdict = self.verdict[group]
        product = verdict.product
        alternatives = ", ".join(product.alternatives) if product else ""
        return {
            **self.kinds[self.kind[group]],
            "agency": self.places[self.place[group]][0],
            "product_id": verdict.product_key,
            "product": product.name if product else verdict.title.name,
            "publisher": product.publisher if product else verdict.title.publisher,
            "license": verdict.license.as_written or "–",
            "alternatives": alternatives or message("a FOSS equivalent"),
            "terms": product.terms if product and product.terms else message("its licence terms"),
        }

    def firing(self, when: Mapping[str, object], fires: Callable[[Mapping[str, object]], bool]) -> np.ndarray:
        """The groups on which a rule fires. A rule that asks no more than LIKENESS is asked once per kind."""
        if set(when) <= set(LIKENESS):
            by_kind = np.array([fires(kind) for kind in self.kinds], dtype=bool)
            return np.flatnonzero(by_kind[self.kind]) if len(self.kinds) else np.empty(0, np.int64)
        return np.array([group for group in range(len(self)) if fires(self.fact(group))], dtype=np.int64)


def group(installations: pd.DataFrame, verdicts: Sequence[Verdict]) -> Groups:
    """Groups the installations (agency, class, basis, claim: category; title: int32)."""
    rows = _relevant(installations, verdicts)
    title = installations["title"].to_numpy()[rows]
    keys = sorted({verdict.product_key for verdict in verdicts})
    number_of = {key: number for number, key in enumerate(keys)}
    models = {model: number for number, model in enumerate(sorted({verdict.license_model for verdict in verdicts}))}
    agency, software_class, basis, claim = (
        installations[name].cat.codes.to_numpy()[rows] for name in ("agency", "class", "basis", "claim")
    )
    key = np.array([number_of[verdict.product_key] for verdict in verdicts], dtype=np.int64)[title]
    model = np.array([models[verdict.license_model] for verdict in verdicts], dtype=np.int64)[title]
    conflict = np.array([verdict.conflict for verdict in verdicts], dtype=bool)[title]
    place, first_of_place = combine([agency, key])
    kind, first_of_kind = combine([software_class, basis, model, conflict, claim])
    numbers, first = combine([place, kind])
    of_row = np.full(len(installations), -1, dtype=np.int64)
    of_row[rows] = numbers
    names = list(installations["agency"].cat.categories)
    order = np.lexsort((key[first_of_place], agency[first_of_place]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    columns = {name: installations[name].to_numpy() for name in ("class", "basis", "claim")}
    return Groups(
        of_row=of_row,
        place=rank[place[first]],
        places=[(names[agency[at]], keys[key[at]]) for at in first_of_place[order]],
        kind=kind[first],
        kinds=[
            {
                **{name: column[rows[at]] for name, column in columns.items()},
                "license_model": verdicts[title[at]].license_model.value,
                "conflict": bool(conflict[at]),
            }
            for at in first_of_kind
        ],
        verdict=[verdicts[title[at]] for at in first],
    )


def _relevant(installations: pd.DataFrame, verdicts: Sequence[Verdict]) -> np.ndarray:
    """Rows that are unlicensed, undetermined, in conflict with the catalogue, or admitted to be unlicensed."""
    if len(installations) == 0:
        return np.empty(0, dtype=np.int64)
    open_classes = [SoftwareClass.UNLICENSED.value, SoftwareClass.UNDETERMINED.value]
    is_open = np.isin(installations["class"].cat.categories, open_classes)[installations["class"].cat.codes.to_numpy()]
    denied = np.asarray(installations["claim"].cat.categories == "unlicensed")[installations["claim"].cat.codes.to_numpy()]
    conflict = np.array([verdict.conflict for verdict in verdicts], dtype=bool)[installations["title"].to_numpy()]
    return np.flatnonzero(is_open | denied | conflict)
