# SPDX-License-Identifier: Apache-2.0
"""What the activation of programs says for or against the register: facts that policy rules look at. Pure.

Sources of what is taken to contradict: Microsoft's documentation of the licence states of Windows and Office, and of key
management (KMS): clients of an organisation are activated by a host of its own; a generic volume key (GVLK) is public and proves
nothing; a retail or multiple-activation key is one purchase.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from foss_audit.activation import Activation, ActivationStatus, read_activation
from foss_audit.evaluate import MOST_EVIDENCE, Fact
from foss_audit.license_position import Position
from foss_audit.messages import message
from foss_audit.model import Basis, Note, Verdict
from foss_audit.sources import SourceTable

_CONTRADICTING = frozenset({ActivationStatus.UNLICENSED, ActivationStatus.GRACE, ActivationStatus.NOTIFICATION})
_OF_HOSTS = "KMSCLIENT"
_OF_HARDWARE = "OEM"
_ITSELF = re.compile(r"(?:127(?:\.\d{1,3}){3}|localhost|\[?::1\]?|0\.0\.0\.0)", re.IGNORECASE)
_IMITABLE = "SLP"
"""The channel of hardware's licences up to Windows 7, which loaders imitate: it supports no more than a record does."""
_UNCOVERED = tuple(
    basis.value for basis in (Basis.NO_ENTITLEMENT, Basis.NO_REGISTER, Basis.ENTITLEMENT_EXHAUSTED, Basis.NOT_COVERED)
)
_COVERED = (Basis.ENTITLED.value, Basis.OEM.value)


@dataclass(frozen=True, slots=True)
class _Seen:
    """An installation that tells its activation."""

    row: int
    agency: str
    device: str
    product_id: str
    product: str
    basis: str
    activation: Activation


def activation_facts(
    installations: pd.DataFrame,
    verdicts: Sequence[Verdict],
    sources: SourceTable,
    positions: Mapping[str, Sequence[Position]],
    kms_hosts: Sequence[str],
) -> list[Fact]:
    """One fact for each agency, product and kind of evidence.

    `installations`: agency, device, basis, activation: category; title: int32, as judged. `kms_hosts`: names or addresses of the
    region's own key management hosts; empty where nobody named any. Kinds: `contradicted` (covered by the register, but the
    device says that it is not activated), `supported` (covered as hardware's own, and activated so), `unrecorded` (activated
    by a licence of the hardware, which no register covers), `foreign-host` (activated by a host that is none of the region's
    own), `own-device-host` (activated by a host on the device itself, as emulators do), `shared-key` (one key on more
    devices than there are licences).
    """
    found: dict[tuple[str, str, str, str], list[_Seen]] = {}
    for seen in _seen(installations, verdicts):
        for kind, about in _kinds(seen, kms_hosts):
            found.setdefault((seen.agency, kind, seen.product_id, about), []).append(seen)
    facts = []
    for (agency, kind, product, about), those in sorted(found.items()):
        devices = sorted({one.device for one in those})
        entitled = _entitled(positions.get(agency, ()), product)
        if kind == "shared-key" and (entitled is None or len(devices) <= max(entitled, 1)):
            continue
        facts.append(_fact(agency, kind, about, those, devices, entitled or 0, len(installations), sources))
    return facts


def supporting_notes(facts: Sequence[Fact]) -> dict[str, tuple[Note, ...]]:
    """By agency, where activation supports what the register says: evidence that an auditor may cite, and no finding."""
    notes: dict[str, tuple[Note, ...]] = {}
    for one in facts:
        if one.subject == "activation" and one.values["kind"] == "supported" and one.evidence:
            what = message(
                "{product}: on {devices} devices the activation supports the licence of the hardware that is on record",
                product=one.values["product"],
                devices=one.values["devices"],
            )
            notes[one.agency] = (*notes.get(one.agency, ()), Note(one.evidence[0], what))
    return notes


def _seen(installations: pd.DataFrame, verdicts: Sequence[Verdict]) -> Iterator[_Seen]:
    column = installations["activation"]
    texts = list(column.cat.categories)
    telling = np.array([bool(text) for text in texts] or [False], dtype=bool)
    rows = np.flatnonzero(telling[column.cat.codes.to_numpy()]) if len(column) else np.empty(0, np.int64)
    part = installations.iloc[rows]
    lines = zip(rows.tolist(), part["agency"], part["device"], part["title"], part["basis"], part["activation"], strict=True)
    for row, agency, device, title, basis, activation in lines:
        verdict = verdicts[title]
        name = verdict.product.name if verdict.product else verdict.title.name
        yield _Seen(row, agency, device, verdict.product_key, name, basis, read_activation(activation))


def _kinds(seen: _Seen, kms_hosts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The kinds of evidence that an installation is, each with what it is about: a host, a key."""
    activation = seen.activation
    is_covered = seen.basis in _COVERED
    if activation.status in _CONTRADICTING and is_covered:
        yield "contradicted", ""
    of_host = _OF_HOSTS in activation.channel.upper()
    if of_host and activation.server:
        host = activation.server.rsplit(":", 1)[0].strip("[]").casefold()
        if _ITSELF.fullmatch(host):
            yield "own-device-host", host
        elif kms_hosts and host not in {one.casefold() for one in kms_hosts}:
            yield "foreign-host", host
    if activation.status == ActivationStatus.LICENSED and _OF_HARDWARE in activation.channel.upper():
        if seen.basis == Basis.OEM.value:
            yield "supported", ""
        elif seen.basis in _UNCOVERED and _IMITABLE not in activation.channel.upper():
            yield "unrecorded", ""
    if activation.key and not of_host and _OF_HARDWARE not in activation.channel.upper() and seen.device:
        yield "shared-key", activation.key


def _entitled(positions: Sequence[Position], product: str) -> int | None:
    """How many devices of a product an agency may have by its own and the pool's rights; None where any number."""
    mine = [one for one in positions if one.product_id == product]
    return None if any(one.entitled is None for one in mine) else sum((one.entitled or 0) + one.from_pool for one in mine)


def _fact(
    agency: str,
    kind: str,
    about: str,
    those: Sequence[_Seen],
    devices: Sequence[str],
    entitled: int,
    installations: int,
    sources: SourceTable,
) -> Fact:
    group = np.full(installations, -1, dtype=np.int64)
    group[[one.row for one in those]] = 0
    ((evidence, _),) = sources.by_group(group, 1, MOST_EVIDENCE)
    values = {
        "kind": kind,
        "agency": agency,
        "product": those[0].product,
        "devices": len(devices),
        "about": about,
        "entitled": entitled,
    }
    return Fact(
        "activation",
        agency,
        f"{those[0].product_id} {kind} {about}".strip(),
        values,
        evidence,
        len(those),
        tuple(filter(None, devices)),
    )
