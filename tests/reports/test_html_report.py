# SPDX-License-Identifier: Apache-2.0
"""The pages: inventory text stays text, nothing is fetched, and what matters most stands first."""

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from foss_audit.messages import Message
from foss_audit.model import Source
from foss_audit.outcome import Finding, Severity
from foss_audit.reports.html import render
from foss_audit.reports.interface import ReportInput

TAGS_OF_OURS = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "article", "figure"),
        *("figcaption", "div", "span", "p", "h1", "h2", "h3", "a", "ul", "li", "dl", "dt", "dd", "strong", "br", "details"),
        *("table", "thead", "tbody", "tfoot", "tr", "th", "td", "summary", "svg", "defs", "pattern", "rect", "text"),
    }
)


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.fixture
def pages(audit: ReportInput) -> dict[str, str]:
    return {name: content.decode() for name, content in render(audit)}


@pytest.mark.parametrize("name", ["index.html", "dinas-kesehatan/report.html"])
def test_it_stays_as_it_was(name: str, audit: ReportInput, golden: Callable[[str, bytes], None]) -> None:
    golden(name, dict(render(audit))[name])


def test_no_markup_of_an_inventory_passes(pages: dict[str, str]) -> None:
    for page in pages.values():
        tags = Tags(page)
        assert tags.tags <= TAGS_OF_OURS
        assert not [name for name, _ in tags.attributes if name.startswith("on") or name == "style"]
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in pages["dinas-kesehatan/report.html"]


def test_nothing_is_fetched(pages: dict[str, str]) -> None:
    for page in pages.values():
        tags = Tags(page)
        assert not [value for name, value in tags.attributes if name in ("src", "xlink:href", "srcset")]
        links = [value for name, value in tags.attributes if name == "href"]
        assert all(re.fullmatch(r"(\.\./)?([a-z0-9-]+/)?(index|report)\.html", link) for link in links)
        assert "@import" not in page
        assert "url(http" not in page


def test_the_content_security_policy_admits_the_style_and_nothing_else(pages: dict[str, str]) -> None:
    for page in pages.values():
        match = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
        assert match
        digest = b64encode(sha256(match.group(1).encode()).digest()).decode()
        assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in page


def test_the_region_says_first_who_handed_in_nothing(pages: dict[str, str]) -> None:
    index = pages["index.html"]
    assert index.index("Belum menyerahkan") < index.index("Dari 3 perangkat daerah")
    assert index.index("Kecamatan Selemadeg Barat") < index.index("Dinas Kesehatan")


def test_every_agency_is_linked(pages: dict[str, str], audit: ReportInput) -> None:
    for agency in audit.result.agencies:
        assert f'href="{agency.slug}/report.html"' in pages["index.html"]


def test_the_verdict_stands_before_findings_and_findings_before_positions(pages: dict[str, str]) -> None:
    page = pages["dinas-kesehatan/report.html"]
    marks = ["Tidak patuh", "14 dari 74 instalasi terindikasi", "<svg class=\"bar\"", "1. Alat aktivasi tidak sah: KMSpico",
             "2. Lisensi telah berakhir: WinRAR", "Posisi Lisensi",
             "Mutu data", "Disusun oleh"]  # fmt: skip
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)


def test_it_is_a_draft_that_speaks_of_indications(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert "KONSEP" in page
        assert "simpulan hukum adalah kewenangan Bagian Hukum" in page


def test_weak_criteria_are_marked(pages: dict[str, str]) -> None:
    page = pages["dinas-kesehatan/report.html"]
    assert "SE/01/M.PAN/3/2009 angka 1 [pedoman, bukan peraturan perundang-undangan]" in page
    assert "Pasal 113 [naskah belum diverifikasi]" in page
    assert "Nota Kesepakatan tentang penggunaan perangkat lunak legal dan/atau FOSS</li>" in page


def test_an_accepted_finding_says_by_whom_and_until_when(pages: dict[str, str]) -> None:
    assert "Dikecualikan oleh Inspektur Pembantu II sampai dengan 31 Januari 2027" in pages["dinas-kesehatan/report.html"]


def test_an_agency_without_a_register_is_told_so(audit: ReportInput) -> None:
    first, *others = audit.result.agencies
    result = replace(audit.result, agencies=(replace(first, has_register=False), *others))
    page = dict(render(replace(audit, result=result)))["dinas-kesehatan/report.html"].decode()
    assert "Tidak ada satu pun baris register lisensi untuk perangkat daerah ini" in page


def test_the_compliant_agency_is_called_so(pages: dict[str, str]) -> None:
    page = pages["dinas-komunikasi-dan-informatika/report.html"]
    assert '<p class="word">Patuh</p>' in page
    assert "Seluruh 12 instalasi berlisensi, diizinkan, atau FOSS." in page


def test_pictures_say_their_numbers_in_words(pages: dict[str, str]) -> None:
    assert 'aria-label="Tidak berlisensi: 14; Perlu verifikasi: 3; Komersial legal: 45; FOSS: 12"' in pages[
        "dinas-kesehatan/report.html"
    ]  # fmt: skip


def test_an_english_page_is_english_throughout(english_audit: ReportInput) -> None:
    page = dict(render(english_audit))["dinas-kesehatan/report.html"].decode()
    assert '<html lang="en">' in page
    assert "14 of 74 installations are indications of use without a licence." in page
    assert "72.6%" in page


def test_the_verdict_says_what_it_does_not_rest_on(pages: dict[str, str]) -> None:
    page = pages["dinas-kesehatan/report.html"]
    assert (
        "Inventaris mencakup 12 (+ sedikitnya 1 tanpa nama) dari 42 perangkat; keadaan perangkat lainnya belum diketahui." in page
    )
    assert "Selain itu, 2 entri atau berkas tidak dapat dibaca dan tidak diaudit." in page
    assert "keadaan perangkat lainnya" not in pages["dinas-komunikasi-dan-informatika/report.html"]


def test_an_agency_is_not_repeated_in_the_headings_of_its_own_report(pages: dict[str, str]) -> None:
    assert "1. Inventaris belum diserahkan</span>" in pages["kecamatan-selemadeg-barat/report.html"]


def with_findings(audit: ReportInput, count: int, severity: Severity) -> ReportInput:
    """The first agency with many findings of one rule that differ in subject only."""
    findings = [
        Finding(
            f"f-{number}", "unrecognised", severity, Message("Belum dikenali"), f"Judul {number:05}",
            Message("'{product}' belum dikenal"), Message("Tambahkan ke katalog"), ("eula",), 1, 1,
            (Source("a.csv", f"baris {number}"),),
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    first, *others = audit.result.agencies
    return replace(audit, result=replace(audit.result, agencies=(replace(first, findings=tuple(findings)), *others)))


def headings(audit: ReportInput) -> list[str]:
    page = dict(render(audit))["dinas-kesehatan/report.html"].decode()
    return re.findall(r'<span class="subject">(\d.*?)(?: <span class="quiet">.*)?</span>', page)


def test_five_findings_of_a_rule_stand_one_by_one_and_more_in_one_block(audit: ReportInput) -> None:
    assert headings(with_findings(audit, 5, Severity.LOW))[-1] == "5. Belum dikenali: Judul 00005"
    assert headings(with_findings(audit, 6, Severity.LOW)) == ["1–6. Belum dikenali"]
    of_high = headings(with_findings(audit, 8, Severity.HIGH))
    assert (len(of_high), of_high[-1]) == (6, "6–8. Belum dikenali")
    assert len(headings(with_findings(audit, 50, Severity.VERY_HIGH))) == 50


def test_thousands_of_findings_leave_a_page_that_opens(audit: ReportInput) -> None:
    page = dict(render(with_findings(audit, 20_000, Severity.LOW)))["dinas-kesehatan/report.html"].decode()
    assert len(page) < 200_000
    assert page.count("Tambahkan ke katalog") == 1
    assert "Judul 00200" in page
    assert "Judul 00201" not in page
    assert "Ditampilkan 200 dari 20.000" in page
    assert "report.xlsx, lembar Temuan, dan setiap instalasi dalam installations.csv" in page


def test_unnamed_devices_count_for_the_coverage(audit: ReportInput) -> None:
    first, *others = audit.result.agencies
    unnamed = replace(first, devices=0, devices_expected=6, unnamed_at_least=6)
    pages = dict(render(replace(audit, result=replace(audit.result, agencies=(unnamed, *others)))))
    index = pages["index.html"].decode()
    assert (
        '0&nbsp;/&nbsp;6<br><span class="quiet">(+\u00a0sedikitnya 6 tanpa\u00a0nama)</span><br><span class="quiet">100,0%</span>'
        in index
    )
    report = pages["dinas-kesehatan/report.html"].decode()
    assert "perangkat dari 6 yang seharusnya (+ sedikitnya 6 tanpa nama): 100,0%" in report
    assert "keadaan perangkat lainnya" not in report


def test_the_region_sums_the_findings(pages: dict[str, str]) -> None:
    foot = re.search(r"<tfoot>(.*?)</tfoot>", pages["index.html"], re.DOTALL)
    assert foot
    assert foot.group(1).rstrip().endswith('<td class="n">7</td></tr>')
