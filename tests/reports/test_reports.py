# SPDX-License-Identifier: Apache-2.0
"""What holds for every report, also for one that is added later."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from foss_audit.errors import ConfigError
from foss_audit.outcome import Totals
from foss_audit.reports import FORMATS, reports_for
from foss_audit.reports.interface import Report, ReportInput

Files = dict[str, bytes]
every_format = pytest.mark.parametrize("report", reports_for(FORMATS), ids=FORMATS)


def test_the_package_finds_its_reports() -> None:
    assert FORMATS == ("csv", "html", "json", "xlsx")
    assert [report.FORMAT for report in reports_for(["xlsx", "json", "xlsx"])] == ["json", "xlsx"]


def test_an_unknown_format_is_named_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"pdf.*csv, html, json, xlsx"):
        reports_for(["json", "pdf"])


def test_the_files_are_those_of_the_contract(audit: ReportInput) -> None:
    names = {name for report in reports_for(FORMATS) for name, _ in report.render(audit)}
    slugs = [agency.slug for agency in audit.result.agencies]
    assert names == {"audit.json", "installations.csv", "summary.xlsx", "index.html"} | {
        f"{slug}/report.{ending}" for slug in slugs for ending in ("xlsx", "html")
    }


@every_format
def test_the_same_audit_gives_the_same_bytes(report: Report, audit: ReportInput) -> None:
    assert dict(report.render(audit)) == dict(report.render(audit))


@every_format
def test_an_audit_without_agencies_renders(report: Report, audit: ReportInput) -> None:
    counts = replace(audit.result.totals.counts, legal_commercial=0, foss=0, unlicensed=0, undetermined=0)
    empty = replace(
        audit.result, agencies=(), titles=(), findings=(), problems=(), pool_positions=(), totals=Totals(0, 0, counts)
    )
    assert all(content for _, content in report.render(replace(audit, result=empty, installations=audit.installations.iloc[:0])))


@every_format
def test_text_that_no_encoding_can_write_does_not_stop_a_report(
    report: Report, audit: ReportInput, with_name: Callable[[ReportInput, str], ReportInput]
) -> None:
    assert all(content for _, content in report.render(with_name(audit, "Peramban \ud83d \x00\x0b\x1b ‮txt.exe")))


@every_format
def test_a_region_that_is_not_configured_has_no_name(report: Report, audit: ReportInput) -> None:
    region = replace(audit.result.region, name="", agreement="")
    assert all(content for _, content in report.render(replace(audit, result=replace(audit.result, region=region))))
