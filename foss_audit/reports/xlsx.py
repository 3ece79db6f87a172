# SPDX-License-Identifier: Apache-2.0
"""summary.xlsx and <agency>/report.xlsx: working papers to filter, fill in and print."""

from collections.abc import Iterator, Sequence
from itertools import chain

from foss_audit.messages import message
from foss_audit.outcome import AgencyAudit
from foss_audit.reports import software_lists, view, words
from foss_audit.reports.interface import ReportInput
from foss_audit.reports.remedy_sheet import RemedySheet
from foss_audit.reports.review_sheet import HINT, ReviewSheet
from foss_audit.reports.sheets import Book, Column, Styled
from foss_audit.reports.summary_sheet import SummarySheet
from foss_audit.reports.table_sheets import Tables
from foss_audit.reports.trace_sheet import TraceSheet
from foss_audit.review import SHEET

FORMAT = "xlsx"


def render(audit: ReportInput) -> Iterator[tuple[str, bytes]]:
    """summary.xlsx, then <agency slug>/report.xlsx for each agency."""
    workbooks = _Workbooks(audit)
    yield "summary.xlsx", workbooks.region()
    for agency in audit.result.agencies:
        yield f"{agency.slug}/report.xlsx", workbooks.agency(agency)


class _Workbooks:
    """The workbooks of one audit."""

    def __init__(self, audit: ReportInput) -> None:
        self.result = audit.result
        self.translator = audit.translator
        self.tables = Tables(audit)

    def region(self) -> bytes:
        _ = self.translator.gettext
        result = self.result
        book = self._book(result.region.name or _("All agencies"))
        self._region_summary(book)
        book.table(_("Agencies"), self.tables.agency_columns(), map(self.tables.agency_row, result.agencies))
        findings = chain.from_iterable(
            self.tables.finding_rows(agency.findings, agency.agency) for agency in result.agencies if agency.findings
        )
        book.table(
            _("Findings"),
            [Column(_("Agency"), 18), *self.tables.finding_columns()],
            chain(findings, self.tables.finding_rows(result.findings, "–")),
        )
        self._review(book, result.agencies, region=True)
        book.table(_("Pool positions"), self.tables.position_columns(), map(self.tables.position_row, result.pool_positions))
        problems = chain.from_iterable(
            self.tables.problem_rows((*agency.problems, *agency.notes), agency.agency) for agency in result.agencies
        )
        book.table(
            _("Problems"),
            [Column(_("Agency"), 28), *self.tables.problem_columns()],
            chain(self.tables.problem_rows((*result.problems, *result.notes), "–"), problems),
        )
        return book.close()

    def agency(self, agency: AgencyAudit) -> bytes:
        _ = self.translator.gettext
        book = self._book(agency.agency)
        self._agency_summary(book, agency)
        book.table(_("Findings"), self.tables.finding_columns(), self.tables.finding_rows(agency.findings))
        self._review(book, [agency], region=False)
        book.table(_("Licence positions"), self.tables.position_columns(), map(self.tables.position_row, agency.positions))
        remedies = RemedySheet(self.result, self.translator)
        book.table(_("Remedies"), remedies.columns(), remedies.rows(agency.agency))
        trace = TraceSheet(self.result, self.translator)
        book.table(_("Reconciliation"), trace.columns(), trace.rows(agency.agency))
        book.table(_("Software"), self.tables.software_columns(), self.tables.software_rows(agency))
        book.bulk_table(
            _("Installations"), self.tables.installation_columns(), self.tables.installation_rows(agency, book.ready_cell)
        )
        book.table(_("Problems"), self.tables.problem_columns(), self.tables.problem_rows((*agency.problems, *agency.notes)))
        return book.close()

    def _review(self, book: Book, agencies: Sequence[AgencyAudit], *, region: bool) -> None:
        sheet = ReviewSheet(self.result, self.translator, region=region)
        book.table(self.translator.say(SHEET), sheet.columns(), sheet.rows(agencies), sheet.choices())

    def _book(self, name: str) -> Book:
        _ = self.translator.gettext
        return Book(
            title=f"{_('Software compliance')}: {name}",
            author="foss-audit",
            day=self.result.as_of,
            footer=name,
            draft=_("DRAFT"),
        )

    def _region_summary(self, book: Book) -> None:
        _ = self.translator.gettext
        agencies = self.result.agencies
        page = SummarySheet(book, self.translator, self.result.region.name or _("All agencies"), self._position_line())
        missing = [agency.agency for agency in agencies if not agency.submitted]
        if missing:
            page.section(self.translator.say(words.NOT_SUBMITTED))
            for name in missing:
                page.line(name, "not_submitted")
        page.section(_("Verdict"))
        keys = [view.verdict_key(agency) for agency in agencies]
        for key, word in (*((one.value, word) for one, word in words.VERDICTS.items()), ("not_submitted", words.NOT_SUBMITTED)):
            page.pair(Styled(self.translator.say(word), key), keys.count(key))
        page.pair(_("Agencies"), len(agencies))
        page.pair(_("Devices"), self.result.totals.devices)
        page.pair(_("Unnamed devices, at least"), sum(agency.unnamed_at_least for agency in agencies))
        page.classes(self.result.totals.counts)
        if self.result.totals.counts.undetermined:
            page.line(self.translator.say(HINT), "line")
        page.section(_("Most frequent software without a licence"))
        page.row(
            [
                Styled(text, "heading")
                for text in (_("Product"), _("Why"), _("FOSS alternative"), _("Agencies"), _("Installations"))
            ]
        )
        for one in software_lists.top_unlicensed(self.result):
            reasons = "\n".join(view.reason_text(reason, self.translator) for reason in one.reasons)
            page.row([one.name, reasons, ", ".join(one.alternatives), one.agencies, one.installations])
        page.close()

    def _agency_summary(self, book: Book, agency: AgencyAudit) -> None:
        _ = self.translator.gettext
        say = self.translator.say
        page = SummarySheet(book, self.translator, agency.agency, self._position_line())
        page.section(_("Verdict"))
        page.line(say(view.verdict_word(agency)), view.verdict_key(agency), height=20)
        page.line(say(view.verdict_sentence(agency)), "sentence", height=20)
        if agency.submitted and not agency.has_register:
            page.line(say(words.NO_REGISTER), "unlicensed")
        for reason in view.reasons(agency):
            if reason.software_class in view.CLASS_ORDER[:2]:
                page.line(f"•  {say(words.CLASSES[reason.software_class])}: {view.reason_text(reason, self.translator)}", "line")
        for remark in view.remarks(agency):
            page.line(say(remark), "line")
        page.section(_("Overview"))
        page.pair(_("Compliance rate"), Styled(agency.compliance_rate, "share"))
        page.pair(_("Compliance rate with components"), Styled(agency.compliance_rate_all, "share"))
        page.pair(_("Devices seen"), agency.devices)
        page.pair(_("Unnamed devices, at least"), agency.unnamed_at_least)
        page.pair(_("Devices expected"), agency.devices_expected)
        page.pair(_("Coverage"), Styled(view.coverage(agency), "share"))
        page.pair(_("Devices with nothing unlicensed or to be verified"), agency.devices_compliant)
        page.pair(_("Installations on unnamed devices"), agency.unnamed_devices)
        page.classes(agency.counts)
        if agency.counts.undetermined:
            page.line(say(HINT), "line")
        page.section(_("Findings"))
        for severity, number in view.severity_counts(agency.findings).items():
            page.pair(Styled(say(words.SEVERITIES[severity]), severity.value), number)
        page.close()

    def _position_line(self) -> str:
        line = self.translator.say(message("Position on {day}", day=self.result.as_of))
        return f"{line} · {self.result.region.agreement}" if self.result.region.agreement else line
