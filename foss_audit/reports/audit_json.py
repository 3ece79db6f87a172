# SPDX-License-Identifier: Apache-2.0
"""audit.json: the whole audit for programs, as audit.schema.json beside this file describes it."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from foss_audit.language import Translator
from foss_audit.license_position import Position, Remedy
from foss_audit.model import CLASS_OF_BASIS, Freedom, Problem, Source, Verdict
from foss_audit.outcome import AgencyAudit, AuditResult, ClassCounts, Finding, TitleCounts
from foss_audit.reports.interface import ReportInput
from foss_audit.reports.text import encodable

FORMAT = "json"

SCHEMA = "foss-audit/1"

_EVIDENCE = 50
_FREE = {Freedom.FREE: True, Freedom.NOT_FREE: False}
_NAMES = {basis: (software_class.value, basis.value) for basis, software_class in CLASS_OF_BASIS.items()}
_LAYOUT = orjson.OPT_APPEND_NEWLINE


def render(audit: ReportInput) -> Iterator[tuple[str, bytes]]:
    """audit.json, its messages in the language of the translator."""
    document = _document(audit.result, audit.translator)
    try:
        content = orjson.dumps(document, option=_LAYOUT)
    except orjson.JSONEncodeError:  # text that no encoding can write, such as half a surrogate pair of a broken document
        content = orjson.dumps(_encodable(document), option=_LAYOUT)
    yield "audit.json", content


def _document(result: AuditResult, translator: Translator) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "generator": {"name": "foss-audit", "version": result.version},
        "as_of": result.as_of.isoformat(),
        "rulebook": {"digest": result.rulebook_digest, "packs": list(result.rulebook_packs)},
        "totals": {"agencies": result.totals.agencies, "devices": result.totals.devices}
        | {"installations": result.totals.counts.total}
        | _classes(result.totals.counts),
        "titles": [_title(index, verdict) for index, verdict in enumerate(result.titles)],
        "pool_positions": [_position(position) for position in result.pool_positions],
        "agencies": [_agency(agency, result.remedies.get(agency.agency, ()), translator) for agency in result.agencies],
        "problems": [_problem(problem, translator) for problem in result.problems],
        "findings": [_finding(finding, translator) for finding in result.findings],
    }


def _classes(counts: ClassCounts) -> dict[str, int]:
    return {
        "legal_commercial": counts.legal_commercial,
        "foss": counts.foss,
        "unlicensed": counts.unlicensed,
        "undetermined": counts.undetermined,
    }


def _title(index: int, verdict: Verdict) -> dict[str, Any]:
    product = verdict.product
    return {
        "id": index,
        "name": verdict.title.name,
        "version": verdict.title.version,
        "publisher": verdict.title.publisher,
        "product_id": product.id if product else None,
        "product": product.name if product else None,
        "license_model": verdict.license_model.value,
        "license_as_written": verdict.title.license or None,
        "license_expression": verdict.license_expression,
        "license_origin": verdict.license_origin,
        "license_free": _FREE.get(verdict.license.freedom),
        "rule": verdict.rule,
    }


def _agency(agency: AgencyAudit, remedies: Sequence[Remedy], translator: Translator) -> dict[str, Any]:
    return {
        "agency": agency.agency,
        "slug": agency.slug,
        "devices": agency.devices,
        "devices_expected": agency.devices_expected,
        "unnamed_devices": agency.unnamed_devices,
        "devices_compliant": agency.devices_compliant,
        "installations": {"total": agency.counts.total} | _classes(agency.counts),
        "compliance_rate": _share(agency.compliance_rate),
        "compliance_rate_all": _share(agency.compliance_rate_all),
        "verdict": agency.verdict.value,
        "titles": _title_counts(agency.titles),
        "positions": [_position(position) for position in agency.positions],
        "findings": [_finding(finding, translator) for finding in agency.findings],
        "problems": [_problem(problem, translator) for problem in agency.problems],
        "remedies": [_remedy(remedy, translator) for remedy in remedies],
        "submitted": agency.submitted,
    }


def _share(share: float | None) -> float | None:
    return None if share is None else round(float(share), 4)


def _title_counts(counts: TitleCounts) -> list[dict[str, Any]]:
    """One entry per title. There can be hundreds of thousands in a region, so this goes by columns."""
    found: list[dict[str, Any]] = []
    last: dict[str, Any] = {"title": None}
    for title, basis, number in zip(counts.title, counts.basis, counts.installations, strict=True):
        of_class, of_basis = _NAMES[basis]
        if title != last["title"]:
            last = {"title": title, "installations": number, "by_class": {of_class: number}, "by_basis": {of_basis: number}}
            found.append(last)
            continue
        last["installations"] += number
        last["by_basis"][of_basis] = number
        last["by_class"][of_class] = last["by_class"].get(of_class, 0) + number
    return found


def _position(position: Position) -> dict[str, Any]:
    return {
        "product_id": position.product_id,
        "product": position.product,
        "edition": position.edition,
        "release": position.release,
        "metric": position.metric,
        "deployed": position.deployed,
        "entitled": position.entitled,
        "from_pool": position.from_pool,
        "consumed": position.consumed,
        "shortfall": position.shortfall,
        "undetermined": position.undetermined,
        "expired": position.expired,
        "expiring": dict(zip(("30", "60", "90"), position.expiring, strict=True)),
        "unit_price": position.unit_price,
        "cost_to_cure": position.cost_to_cure,
        "idle_value": position.idle_value,
        "surplus": position.surplus,
        "entitlements": list(position.entitlements),
    }


def _remedy(remedy: Remedy, translator: Translator) -> dict[str, Any]:
    return {
        "product_id": remedy.product_id,
        "product": remedy.product,
        "edition": remedy.edition,
        "release": remedy.release,
        "short": remedy.short,
        "unit_price": remedy.unit_price,
        "cost_of_buying": remedy.cost_of_buying,
        "to_correct": [_problem(line, translator) for line in remedy.to_correct],
        "spare": [{"agency": spare.agency, "number": spare.number} for spare in remedy.spare],
        "alternatives": list(remedy.alternatives),
        "plan": {
            "reassign": remedy.from_others,
            "replace": remedy.to_replace,
            "buy": remedy.to_buy,
            "cost": remedy.cost_of_plan,
        },
    }


def _finding(finding: Finding, translator: Translator) -> dict[str, Any]:
    waiver = finding.waiver
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "message": translator.say(finding.message),
        "how_to_fix": translator.say(finding.how_to_fix),
        "criteria": list(finding.criteria),
        "installations": finding.installations,
        "evidence_total": finding.evidence_total,
        "evidence": [_source(source) for source in finding.evidence[:_EVIDENCE]],
        "waiver": {"who": waiver.who, "why": waiver.why, "until": waiver.until.isoformat()} if waiver else None,
        "devices": list(finding.devices),
        "devices_total": finding.devices_total,
        "code": finding.code,
        "title": translator.say(finding.title),
    }


def _problem(problem: Problem, translator: Translator) -> dict[str, Any]:
    return {"source": _source(problem.source), "message": translator.say(problem.message)}


def _source(source: Source) -> dict[str, str]:
    return {"file": source.file, "locator": source.locator}


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return {key: _encodable(item) for key, item in value.items()} if isinstance(value, dict) else value
