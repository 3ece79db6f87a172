# SPDX-License-Identifier: Apache-2.0
"""Findings in order and in words: one by one, and gathered where a rule has more of them than anybody reads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from foss_audit.language import Translator
from foss_audit.messages import fields, message
from foss_audit.outcome import AuditResult, Finding, Severity
from foss_audit.reports.view import criterion_text

MOST_ROWS = 200
"""Findings that a gathered block lists."""

_MOST_SINGLE = {Severity.VERY_HIGH: 50, Severity.HIGH: 5, Severity.MEDIUM: 5, Severity.LOW: 5}
"""Findings of one rule that stand one by one; of the grave ones as many do although there are more."""
_GRAVE = (Severity.VERY_HIGH, Severity.HIGH)

_IN_COLUMNS = frozenset({"product", "device", "agency", "installations", "devices", "where"})
"""What a gathered block's table says anyway."""


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding in words."""

    finding: Finding
    number: int
    heading: str
    """The rule's title, and the subject unless that is an agency, whose report it is."""
    condition: str
    criteria: tuple[str, ...]
    recommendation: str
    waiver: str
    """Empty where nobody accepted it."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Findings of one rule in one block."""

    rows: tuple[FindingText, ...]
    """Those with most installations, at most MOST_ROWS."""
    first: int
    last: int
    installations: int
    heading: str
    """The rule's title."""
    recommendation: str
    """Empty where the rows differ in it."""
    conditions_differ: bool
    """Whether a condition says more than the table's other columns."""

    @property
    def total(self) -> int:
        return self.last - self.first + 1


def finding_texts(findings: Iterable[Finding], result: AuditResult, translator: Translator) -> Iterator[FindingText]:
    """Findings in words, gravest first; those that someone accepted stand last."""
    for number, finding in enumerate(_in_order(findings), start=1):
        yield _text(finding, number, result, translator)


def blocks(findings: Iterable[Finding], result: AuditResult, translator: Translator) -> list[FindingText | Gathered]:
    """The same with the same numbers, gathered where there are too many of a rule to read them one by one."""
    found: list[FindingText | Gathered] = []
    number = 1
    for _, group in groupby(_in_order(findings), key=_belongs):
        of_rule = list(group)
        for finding in of_rule[: _singles(of_rule)]:
            found.append(_text(finding, number, result, translator))
            number += 1
        if rest := of_rule[_singles(of_rule) :]:
            found.append(_gathered(rest, number, result, translator))
            number += len(rest)
    return found


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Gravest first, the findings of a rule together, the rule with most installations first."""
    findings = list(findings)
    installations: dict[tuple[str, ...], int] = {}
    for one in findings:
        installations[_belongs(one)] = installations.get(_belongs(one), 0) + one.installations
    return sorted(
        findings,
        key=lambda one: (
            one.waiver is not None,
            -one.severity.rank,
            -installations[_belongs(one)],
            _belongs(one),
            -one.installations,
            one.subject.casefold(),
            one.id,
        ),
    )


def _belongs(finding: Finding) -> tuple[str, ...]:
    """What findings of one block share."""
    waiver = finding.waiver
    return (finding.rule, finding.severity, *((waiver.who, waiver.why, waiver.until.isoformat()) if waiver else ()))


def _singles(of_rule: Sequence[Finding]) -> int:
    severity = of_rule[0].severity
    most = _MOST_SINGLE[severity]
    return min(len(of_rule), most) if len(of_rule) <= most or severity in _GRAVE else 0


def _gathered(findings: Sequence[Finding], first: int, result: AuditResult, translator: Translator) -> Gathered:
    rows = tuple(_text(finding, number, result, translator) for number, finding in enumerate(findings[:MOST_ROWS], start=first))
    recommendations = {row.recommendation for row in rows}
    return Gathered(
        rows=rows,
        first=first,
        last=first + len(findings) - 1,
        installations=sum(finding.installations for finding in findings),
        heading=translator.say(findings[0].title),
        recommendation=recommendations.pop() if len(recommendations) == 1 else "",
        conditions_differ=not _IN_COLUMNS.issuperset(fields(findings[0].message.template)),
    )


def _text(finding: Finding, number: int, result: AuditResult, translator: Translator) -> FindingText:
    title = translator.say(finding.title)
    in_heading = "" if _is_of_an_agency(finding, result) else finding.subject
    return FindingText(
        finding=finding,
        number=number,
        heading=f"{title}: {in_heading}" if in_heading else title,
        condition=translator.say(finding.message),
        criteria=tuple(criterion_text(key, result.criteria, translator) for key in finding.criteria),
        recommendation=translator.say(finding.how_to_fix),
        waiver=_waiver(finding, translator),
    )


def _is_of_an_agency(finding: Finding, result: AuditResult) -> bool:
    """Whether its subject is an agency itself, whose name the page bears anyway."""
    return not finding.installations and any(agency.agency == finding.subject for agency in result.agencies)


def _waiver(finding: Finding, translator: Translator) -> str:
    if finding.waiver is None:
        return ""
    return translator.say(
        message(
            "Accepted by {who} until {until}: {why}", who=finding.waiver.who, until=finding.waiver.until, why=finding.waiver.why
        )
    )
