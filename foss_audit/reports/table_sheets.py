# SPDX-License-Identifier: Apache-2.0
"""The table sheets of the workbooks: which columns they have, and their rows."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from foss_audit.license_position import Position
from foss_audit.messages import message
from foss_audit.model import Note, Problem, SoftwareClass
from foss_audit.outcome import AgencyAudit, Finding, Severity
from foss_audit.reports import findings as finding_list
from foss_audit.reports import software_lists, view, words
from foss_audit.reports.interface import ReportInput
from foss_audit.reports.sheets import Column, Styled, Value

_SHOWN_DEVICES = 20
_SHOWN_EVIDENCE = 12


class Tables:
    """Columns and rows of every table sheet, in the words of the translator."""

    def __init__(self, audit: ReportInput) -> None:
        self.result = audit.result
        self.installations = audit.installations
        self.translator = audit.translator
        self._entitled = {one.id: view.place(one.source) for one in audit.result.entitlements}

    def agency_columns(self) -> list[Column]:
        _ = self.translator.gettext
        say = self.translator.say
        return [
            Column(_("Agency"), 32),
            Column(_("Verdict"), 18),
            Column(_("Compliance rate"), 12, "percent"),
            Column(_("Devices seen"), 10, "number"),
            Column(_("Unnamed devices, at least"), 11, "number"),
            Column(_("Devices expected"), 11, "number"),
            Column(_("Coverage"), 10, "percent"),
            Column(_("Installations"), 11, "number"),
            *(Column(say(words.CLASSES[one]), 11, "number") for one in view.CLASS_ORDER),
            *(Column(self._severity_heading(severity), 10, "number") for severity in reversed(Severity)),
            Column(_("Problems"), 10, "number"),
            Column(_("Compliance rate with components"), 14, "percent", printed=False),
            Column(_("Devices with nothing unlicensed or to be verified"), 18, "number", printed=False),
            Column(_("Installations on unnamed devices"), 16, "number", printed=False),
            Column(_("Report"), 44, printed=False),
        ]

    def _severity_heading(self, severity: Severity) -> str:
        return self.translator.say(message("Findings: {severity}", severity=words.SEVERITIES[severity]))

    def agency_row(self, agency: AgencyAudit) -> list[Value]:
        return [
            agency.agency,
            Styled(self.translator.say(view.verdict_word(agency)), view.verdict_key(agency)),
            agency.compliance_rate,
            agency.devices,
            agency.unnamed_at_least,
            agency.devices_expected,
            view.coverage(agency),
            agency.counts.total,
            *(getattr(agency.counts, one.value) for one in view.CLASS_ORDER),
            *view.severity_counts(agency.findings).values(),
            len(agency.problems),
            agency.compliance_rate_all,
            agency.devices_compliant,
            agency.unnamed_devices,
            f"{agency.slug}/report.xlsx",
        ]

    def finding_columns(self) -> list[Column]:
        _ = self.translator.gettext
        return [
            Column(_("No."), 5, "center"),
            Column(_("Severity"), 11),
            Column(_("Finding title"), 17),
            Column(_("Subject"), 17),
            Column(_("Condition"), 30),
            Column(_("Criteria"), 36),
            Column(_("Cause"), 11, "fill_in"),
            Column(_("Effect"), 11, "fill_in"),
            Column(_("Recommendation"), 28),
            Column(_("Installations"), 10, "number"),
            Column(_("Devices"), 14),
            Column(_("Evidence"), 26),
            Column(_("Response of the agency"), 16, "fill_in"),
            Column(_("Finding code"), 12, printed=False),
            Column(_("Rule"), 22, printed=False),
            Column(_("Finding id"), 20, printed=False),
        ]

    def finding_rows(self, findings: Sequence[Finding], *before: str) -> Iterator[list[Value]]:
        for text in finding_list.finding_texts(findings, self.result, self.translator):
            one = text.finding
            places = view.places(one.evidence[:_SHOWN_EVIDENCE])
            yield [
                *before,
                text.number,
                Styled(self.translator.say(words.SEVERITIES[one.severity]), one.severity.value),
                self.translator.say(one.title),
                one.subject,
                "\n".join(filter(None, (text.condition, text.waiver))),
                "\n".join(text.criteria),
                "",
                "",
                text.recommendation,
                one.installations,
                ", ".join(one.devices[:_SHOWN_DEVICES]) + self._more(one.devices_total, _SHOWN_DEVICES, one.devices),
                "\n".join(f"{file}: {', '.join(locators)}" if locators else file for file, locators in places)
                + self._more(one.evidence_total, _SHOWN_EVIDENCE, one.evidence),
                "",
                one.code,
                one.rule,
                one.id,
            ]

    def _more(self, total: int, shown: int, listed: Sequence[object]) -> str:
        more = total - min(shown, len(listed))
        return "\n" + self.translator.say(message("and {count} more", count=more)) if more > 0 and listed else ""

    def position_columns(self) -> list[Column]:
        _ = self.translator.gettext
        return [
            Column(_("Product"), 34),
            Column(_("Edition"), 16),
            Column(_("Release"), 12),
            Column(_("Counted"), 16),
            *(
                Column(heading, 11, "number")
                for heading in (
                    _("Installed"),
                    _("Owned"),
                    _("From the pool"),
                    _("Used"),
                    _("To be checked"),
                    _("Short"),
                    _("Spare"),
                    _("Expired"),
                    _("Ends within 90 days"),
                )
            ),
            Column(_("Price of one (Rp)"), 14, "number"),
            Column(_("Cost of what is missing (Rp)"), 16, "number"),
            Column(_("Value of what is idle (Rp)"), 16, "number"),
            Column(_("Register lines"), 44),
        ]

    def position_row(self, one: Position) -> list[Value]:
        metric = self.translator.say(words.METRICS[one.metric]) if one.metric in words.METRICS else one.metric
        unknown: Value = Styled(self.translator.gettext("price unknown"), "center")
        entitled: Value = Styled(self.translator.gettext("unlimited"), "center") if one.entitled is None else one.entitled
        return [
            one.product,
            one.edition or "",
            one.release or "",
            metric,
            one.deployed,
            entitled,
            one.from_pool,
            one.consumed,
            one.undetermined,
            Styled(one.shortfall, "shortfall") if one.shortfall else 0,
            one.surplus,
            one.expired,
            one.expiring[-1],
            one.unit_price,
            one.cost_to_cure if one.cost_to_cure is not None else unknown,
            one.idle_value if one.idle_value is not None or one.surplus is None else unknown,
            "\n".join(self._entitled.get(key, key) for key in one.entitlements),
        ]

    def software_columns(self) -> list[Column]:
        _ = self.translator.gettext
        return [
            Column(_("Software"), 44),
            Column(_("Version"), 18),
            Column(_("Publisher"), 26),
            Column(_("Product"), 28),
            Column(_("Licence model"), 20),
            Column(_("Licence"), 22),
            Column(_("Class"), 18),
            Column(_("Why"), 40),
            Column(_("FOSS alternative"), 24),
            Column(_("Installations"), 11, "number"),
        ]

    def software_rows(self, agency: AgencyAudit) -> Iterator[list[Value]]:
        for one, verdict, software_class, reasons in software_lists.titles(agency, self.result):
            product = verdict.product
            needs_alternative = software_class is SoftwareClass.UNLICENSED and product is not None
            yield [
                verdict.title.name,
                verdict.title.version,
                verdict.title.publisher,
                product.name if product else "",
                self.translator.say(words.model_word(verdict.license_model, software_class)),
                verdict.license_expression or verdict.title.license,
                Styled(self.translator.say(words.CLASSES[software_class]), software_class.value),
                "\n".join(view.reason_text(reason, self.translator) for reason in reasons),
                ", ".join(product.alternatives) if needs_alternative and product else "",
                one,
            ]

    def installation_columns(self) -> list[Column]:
        _ = self.translator.gettext
        return [
            Column(_("Device"), 18, "line"),
            Column(_("Location"), 24, "line"),
            Column(_("Software"), 46, "line"),
            Column(_("Version"), 17, "line"),
            Column(_("Publisher"), 22, "line"),
            Column(_("Class"), 16, "line"),
            Column(_("Why"), 40, "line"),
            Column(_("Register line"), 20, "line"),
            Column(_("Sources"), 44, "line"),
            Column(_("Product"), 28, "line", printed=False),
            Column(_("Licence model"), 22, "line", printed=False),
        ]

    def installation_rows(self, agency: AgencyAudit, cell: Callable[[str, str], str]) -> Iterator[list[str]]:
        """Rows of ready cells: what stands in many rows is made ready once."""
        rows = self.installations[self.installations["agency"] == agency.agency]
        title_cells = self._title_cells(cell)
        class_cells = {one.value: cell(self.translator.say(word), one.value) for one, word in words.CLASSES.items()}
        basis_cells = {one.value: cell(self.translator.say(word), "line") for one, word in words.BASES.items()}
        cell_of = cache(lambda text: cell(text, "line"))
        columns = (rows[name] for name in ("device", "location", "title", "class", "basis", "entitlement", "sources"))
        for device, location, title, software_class, basis, entitlement, sources in zip(*columns, strict=True):
            name, version, publisher, product, model = title_cells(title)
            yield [
                cell_of(device),
                cell_of(location),
                name,
                version,
                publisher,
                class_cells[software_class],
                basis_cells[basis],
                cell_of(self._entitled.get(entitlement, entitlement)),
                cell(sources, "line"),
                product,
                model,
            ]

    def _title_cells(self, cell: Callable[[str, str], str]) -> Callable[[int], tuple[str, str, str, str, str]]:
        @cache
        def cells(title: int) -> tuple[str, str, str, str, str]:
            one = self.result.titles[title]
            product = one.product.name if one.product else ""
            model = self.translator.say(words.model_word(one.license_model, one.software_class))
            name, version, publisher, *others = (
                cell(text, "line") for text in (one.title.name, one.title.version, one.title.publisher, product, model)
            )
            return name, version, publisher, others[0], others[1]

        return cells

    def problem_columns(self) -> list[Column]:
        _ = self.translator.gettext
        return [Column(_("Kind"), 14), Column(_("File"), 44), Column(_("Place"), 26), Column(_("What happened"), 70)]

    def problem_rows(self, items: Sequence[Problem | Note], *before: str) -> Iterator[list[Value]]:
        _ = self.translator.gettext
        for one in items:
            kind = Styled(_("Problem"), "undetermined") if isinstance(one, Problem) else _("Note")
            yield [*before, kind, one.source.file, one.source.locator, self.translator.say(one.message)]
