# SPDX-License-Identifier: Apache-2.0
"""Policy rules over the audited installations, devices and agencies: findings with their evidence. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

import numpy as np
import pandas as pd

from foss_audit.codes import plain_text
from foss_audit.license_position import Position
from foss_audit.likeness import group
from foss_audit.messages import Message, counted, fields, message
from foss_audit.model import Source, Verdict
from foss_audit.outcome import Finding, Severity
from foss_audit.sources import SourceTable

MOST_EVIDENCE = 50

POSSIBLE_FIELDS = frozenset(
    {"agency", "class", "basis", "license_model", "product_id", "product", "publisher", "license", "alternatives", "terms"}
    | {"installations", "devices", "where", "deployed", "entitled", "from_pool", "consumed", "shortfall", "expired"}
)
"""What the texts of a rule on installations may name."""


class Rule(Protocol):
    """What evaluate needs of a policy rule; rulebook.policy.PolicyRule is one."""

    @property
    def id(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def code(self) -> str: ...
    @property
    def criteria(self) -> tuple[str, ...]: ...
    @property
    def when(self) -> Mapping[str, object]: ...

    def fires(self, fact: Mapping[str, object]) -> bool:
        """Whether the rule holds of a fact."""
        ...


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true of an agency, a device of it, or the region, that a rule may fire on."""

    subject: str
    """`device`, `agency`, `input` (what an agency handed in), `register` (its lines),
    `activation` (what devices say of it) or `region`."""
    agency: str
    """Empty for the region."""
    name: str
    values: Mapping[str, object]
    evidence: tuple[Source, ...] = ()
    installations: int = 0
    devices: tuple[str, ...] = ()
    """Those that it is about; a fact of a device is about that."""


@dataclass(frozen=True, slots=True)
class RuleTexts:
    """A policy rule with its sentences as templates."""

    rule: "Rule"
    title: str
    message: str
    how_to_fix: str

    def finding(
        self,
        slug: str,
        key: str,
        subject: str,
        values: tuple[tuple[str, object], ...],
        installations: int,
        evidence: tuple[tuple[Source, ...], int],
        devices: tuple[tuple[str, ...], int],
    ) -> Finding:
        """The rule's finding on a subject; of evidence and devices those to show, and how many there are."""
        return Finding(
            id=finding_id(slug, self.rule.id, key),
            rule=self.rule.id,
            severity=self.rule.severity,
            title=Message(self.title),
            subject=subject,
            message=Message(self.message, values),
            how_to_fix=Message(self.how_to_fix, values),
            criteria=self.rule.criteria,
            installations=installations,
            evidence_total=evidence[1],
            evidence=evidence[0],
            devices=devices[0],
            devices_total=devices[1],
            code=self.rule.code,
        )


def finding_id(slug: str, rule: str, key: str) -> str:
    """The same finding keeps its id from run to run, whatever its counts."""
    return hashlib.sha256(f"{slug}\0{rule}\0{key}".encode()).hexdigest()[:16]


def evaluate_installations(
    installations: pd.DataFrame,
    verdicts: Sequence[Verdict],
    sources: SourceTable,
    positions: Mapping[str, Sequence[Position]],
    rules: Iterable[RuleTexts],
    slugs: Mapping[str, str],
) -> dict[str, list[Finding]]:
    """Findings by agency on what is unlicensed, undetermined, in conflict or admitted to be unlicensed.

    `installations`: agency, device, class, basis: category; title: int32; claim: category of `licensed`, `unlicensed`, ''.
    One finding per agency, rule and product.
    """
    groups = group(installations, verdicts)
    position_of = {(agency, one.product_id): one for agency, found in positions.items() for one in _by_product(found)}
    findings: dict[str, list[Finding]] = {}
    for texts in (one for one in rules if one.rule.subject == "installations"):
        rule = texts.rule
        firing = groups.firing(rule.when, rule.fires)
        places, first, draft = np.unique(groups.place[firing], return_index=True, return_inverse=True)
        if len(places) == 0:
            continue
        draft_of_group = np.full(len(groups), -1, dtype=np.int64)
        draft_of_group[firing] = draft
        draft_of_row = np.where(groups.of_row >= 0, draft_of_group[groups.of_row], -1)
        evidence = sources.by_group(draft_of_row, len(places), MOST_EVIDENCE)
        devices = _devices(installations["device"], draft_of_row, len(places))
        used = _fields(texts)
        drafts = zip(places.tolist(), firing[first].tolist(), evidence, devices, strict=True)
        for place, of_group, (shown, total), (count, named, named_total, unnamed) in drafts:
            agency, key = groups.places[place]
            fact = groups.fact(of_group)
            values = _values(fact, used, count, named_total, unnamed, position_of.get((agency, key)))
            findings.setdefault(agency, []).append(
                texts.finding(slugs[agency], key, str(fact["product"]), values, count, (shown, total), (named, named_total))
            )
    return findings


def evaluate_facts(facts: Iterable[Fact], rules: Iterable[RuleTexts], slugs: Mapping[str, str]) -> dict[str, list[Finding]]:
    """Findings by agency ('' for the region) on devices, agencies and the region."""
    rules = list(rules)
    findings: dict[str, list[Finding]] = {}
    for fact in facts:
        for texts in rules:
            if texts.rule.subject != fact.subject or not texts.rule.fires(fact.values):
                continue
            values = tuple(fact.values.items())
            devices = (fact.name,) if fact.subject == "device" else fact.devices
            slug, key = slugs.get(fact.agency, ""), plain_text(fact.name)
            evidence = fact.evidence[:MOST_EVIDENCE], len(fact.evidence)
            findings.setdefault(fact.agency, []).append(
                texts.finding(
                    slug, key, _subject(fact), values, fact.installations, evidence, (devices[:MOST_EVIDENCE], len(devices))
                )
            )
    return findings


def _subject(fact: Fact) -> str:
    """What a finding is on, as people read it: the product where the fact is on one."""
    return str(fact.values.get("product") or fact.name)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The gravest first, then by how many installations, rule and subject."""
    return tuple(
        sorted(findings, key=lambda one: (-one.severity.rank, -one.installations, one.rule, one.subject.casefold(), one.id))
    )


def _devices(devices: pd.Series, draft_of_row: np.ndarray, drafts: int) -> list[tuple[int, tuple[str, ...], int, int]]:
    """Per draft: installations, devices by name (at most MOST_EVIDENCE), number of those, installations on unnamed ones."""
    rows = np.flatnonzero(draft_of_row >= 0)
    installations = np.bincount(draft_of_row[rows], minlength=drafts).tolist()
    names = list(devices.cat.categories)
    nobody = names.index("") if "" in names else -1
    unnamed = np.bincount(draft_of_row[rows][devices.cat.codes.to_numpy()[rows] == nobody], minlength=drafts).tolist()
    pairs = np.unique(draft_of_row[rows] * np.int64(len(names) + 1) + devices.cat.codes.to_numpy()[rows])
    draft, device = np.divmod(pairs, len(names) + 1)
    named = np.array([name != "" for name in names], dtype=bool)[device]
    draft, device = draft[named], device[named]
    starts = np.searchsorted(draft, np.arange(drafts + 1))
    totals = np.diff(starts)
    shown = np.arange(len(draft)) - starts[draft] < MOST_EVIDENCE
    texts = [names[code] for code in device[shown].tolist()]
    ends = np.concatenate([[0], np.cumsum(np.minimum(totals, MOST_EVIDENCE))]).tolist()
    return [
        (count, tuple(texts[start:end]), total, nameless)
        for count, (start, end), total, nameless in zip(installations, pairwise(ends), totals.tolist(), unnamed, strict=True)
    ]


def _by_product(positions: Sequence[Position]) -> list[Position]:
    """One for each product: its editions, releases and metrics together."""
    merged: dict[str, Position] = {}
    for one in positions:
        former = merged.get(one.product_id)
        merged[one.product_id] = one if former is None else _together(former, one)
    return list(merged.values())


def _together(one: Position, other: Position) -> Position:
    return replace(
        one,
        deployed=one.deployed + other.deployed,
        entitled=None if one.entitled is None or other.entitled is None else one.entitled + other.entitled,
        from_pool=one.from_pool + other.from_pool,
        consumed=one.consumed + other.consumed,
        shortfall=one.shortfall + other.shortfall,
        expired=one.expired + other.expired,
        undetermined=one.undetermined + other.undetermined,
    )


def _fields(texts: RuleTexts) -> list[str]:
    """What the texts of a rule name, of what they may name."""
    return [name for name in fields(texts.message + texts.how_to_fix) if name in POSSIBLE_FIELDS]


def _values(
    fact: Mapping[str, object], used: Sequence[str], installations: int, devices: int, unnamed: int, position: Position | None
) -> tuple[tuple[str, object], ...]:
    """What a policy text names, of what it may name."""
    numbers: dict[str, object] = {
        "installations": installations,
        "devices": devices,
        "where": _where(devices, unnamed),
        "deployed": position.deployed if position else installations,
        "entitled": (position.entitled if position.entitled is not None else "∞") if position else 0,
        "from_pool": position.from_pool if position else 0,
        "consumed": position.consumed if position else 0,
        "shortfall": position.shortfall if position else installations,
        "expired": position.expired if position else 0,
    }
    return tuple([(name, numbers[name] if name in numbers else fact[name]) for name in used])


def _where(devices: int, unnamed: int) -> Message:
    """How many devices, in words: named ones, and those that nobody named."""
    if not devices:
        return message("on devices that nobody named")
    if not unnamed:
        return counted("on {count} device", "on {count} devices", count=devices)
    return counted(
        "on {count} device and others that nobody named", "on {count} devices and others that nobody named", count=devices
    )
