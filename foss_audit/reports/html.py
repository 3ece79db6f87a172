# SPDX-License-Identifier: Apache-2.0
"""index.html and <agency>/report.html: pages that need nothing but themselves, for the screen and for A4 paper."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from foss_audit.catalogue import LicenseModel
from foss_audit.language import Translator
from foss_audit.messages import counted, message
from foss_audit.model import SoftwareClass
from foss_audit.outcome import AgencyAudit, ClassCounts
from foss_audit.reports import findings, pictures, software_lists, view, words
from foss_audit.reports.interface import ReportInput
from foss_audit.reports.remedy_sheet import lines_to_correct, plan_in_words, who_has_spare

FORMAT = "html"

_SHOWN_DEVICES = 20
_SHOWN_EVIDENCE = 24
_SHOWN_SUBJECT = 120
_SHOWN_SOFTWARE = 500
_SHOWN_PROBLEMS = 300
_OPEN_ROWS = 150
_NAMES = 3


def render(audit: ReportInput) -> Iterator[tuple[str, bytes]]:
    """index.html, then <agency slug>/report.html for each agency."""
    pages = _Pages(audit)
    yield "index.html", pages.region()
    for agency in audit.result.agencies:
        yield f"{agency.slug}/report.html", pages.agency(agency)


@dataclass(frozen=True, slots=True)
class _Listed:
    """Software of one class as a page lists it."""

    software_class: SoftwareClass
    components: bool
    items: list[software_lists.Software]
    """At most _SHOWN_SOFTWARE."""
    total: int


class _Pages:
    """The templates, filled from one audit."""

    def __init__(self, audit: ReportInput) -> None:
        self.result = audit.result
        self.translator = audit.translator
        self.environment = _environment(audit)

    def region(self) -> bytes:
        result = self.result
        return self._page(
            "region.html.j2",
            missing=[agency for agency in result.agencies if not agency.submitted],
            verdict_counts=self._verdict_counts(),
            counts=result.totals.counts,
            bar=self._bar(result.totals.counts),
            comparison=self._comparison(),
            top=software_lists.top_unlicensed(result),
            findings=findings.blocks(result.findings, result, self.translator),
            unnamed=sum(agency.unnamed_at_least for agency in result.agencies),
        )

    def agency(self, agency: AgencyAudit) -> bytes:
        result = self.result
        return self._page(
            "agency.html.j2",
            agency=agency,
            counts=agency.counts,
            bar=self._bar(agency.counts),
            reasons=[reason for reason in view.reasons(agency) if reason.software_class in view.CLASS_ORDER[:2]],
            findings=findings.blocks(agency.findings, result, self.translator),
            software=_by_class(software_lists.software(agency, result)),
            remedies=result.remedies.get(agency.agency, ()),
        )

    def _page(self, template: str, **values: Any) -> bytes:
        return self.environment.get_template(template).render(**values).encode("utf-8", "replace")

    def _bar(self, counts: ClassCounts) -> Markup:
        said = [f"{self.translator.say(words.CLASSES[one])}: {number}" for one, number in _in_order(counts)]
        return pictures.stacked_bar(_slices(counts, self.translator), "; ".join(said))

    def _comparison(self) -> Markup:
        bars = [
            pictures.Bar(
                name=agency.agency,
                slices=_slices(agency.counts, self.translator) if agency.counts.total else (),
                note=self.translator.percent(agency.compliance_rate)
                if agency.submitted
                else self.translator.say(words.NOT_SUBMITTED).lower(),
            )
            for agency in self.result.agencies
        ]
        return pictures.comparison(bars, self.translator.gettext("Shares of the classes in each agency"))

    def _verdict_counts(self) -> dict[str, int]:
        keys = [view.verdict_key(agency) for agency in self.result.agencies]
        return {key: keys.count(key) for key in ("non_compliant", "undetermined", "compliant", "not_submitted")}


def _environment(audit: ReportInput) -> Environment:
    translator = audit.translator
    environment = Environment(
        loader=PackageLoader("foss_audit.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = files("foss_audit.reports").joinpath("templates", "style.css").read_text(encoding="utf-8")
    environment.globals |= {
        "_": translator.gettext,
        "message": message,
        "counted": counted,
        "say": translator.say,
        "number": translator.number,
        "percent": translator.percent,
        "day": translator.day,
        "language": translator.language,
        "result": audit.result,
        "view": view,
        "words": words,
        "is_gathered": lambda block: isinstance(block, findings.Gathered),
        "reason_text": lambda reason: view.reason_text(reason, translator),
        "who_has_spare": lambda one: who_has_spare(one, translator),
        "plan_in_words": lambda one: plan_in_words(one, translator),
        "lines_to_correct": lambda one: lines_to_correct(one, translator),
        "metric": lambda name: translator.say(words.METRICS[name]) if name in words.METRICS else name,
        "patterns": pictures.PATTERNS,
        "swatch": pictures.swatch,
        "in_order": _in_order,
        "style": Markup(style),  # noqa: S704 - our own style sheet, no input in it
        "style_digest": "sha256-" + b64encode(sha256(style.encode()).digest()).decode(),
        "shown_devices": _SHOWN_DEVICES,
        "shown_evidence": _SHOWN_EVIDENCE,
        "shown_subject": _SHOWN_SUBJECT,
        "shown_problems": _SHOWN_PROBLEMS,
        "open_rows": _OPEN_ROWS,
        "shown_names": _NAMES,
    }
    return environment


def _slices(counts: ClassCounts, translator: Translator) -> tuple[pictures.Slice, ...]:
    return tuple(
        pictures.Slice(one, number, translator.percent(number / counts.total if counts.total else None))
        for one, number in _in_order(counts)
    )


def _in_order(counts: ClassCounts) -> list[tuple[SoftwareClass, int]]:
    return [(one, getattr(counts, one.value)) for one in view.CLASS_ORDER]


def _by_class(items: tuple[software_lists.Software, ...]) -> list[_Listed]:
    """What there is of each class, components apart, without the empty ones."""
    groups = []
    for software_class in view.CLASS_ORDER:
        for components in (False, True):
            chosen = [
                item
                for item in items
                if item.software_class is software_class and (item.license_model is LicenseModel.COMPONENT) is components
            ]
            if chosen:
                groups.append(_Listed(software_class, components, _most_frequent(chosen), len(chosen)))
    return groups


def _most_frequent(items: list[software_lists.Software]) -> list[software_lists.Software]:
    """At most _SHOWN_SOFTWARE of them, those with most installations, in the order they had."""
    if len(items) <= _SHOWN_SOFTWARE:
        return items
    chosen = sorted(range(len(items)), key=lambda index: (-items[index].installations, index))[:_SHOWN_SOFTWARE]
    return [items[index] for index in sorted(chosen)]
