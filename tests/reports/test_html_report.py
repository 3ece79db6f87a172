# SPDX-License-Identifier: Apache-2.0
"""The pages: inventory text stays text, nothing is fetched, and what matters most stands first."""

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

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
    marks = ["Tidak patuh", "14 dari 74 instalasi terindikasi", "<svg class=\"bar\"", "1. KMSpico", "2. WinRAR", "Posisi Lisensi",
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
    assert "Inventaris memuat 12 dari 42 perangkat; keadaan perangkat lainnya belum diketahui." in page
    assert "Selain itu, 2 entri atau berkas tidak dapat dibaca dan tidak diaudit." in page
    assert "keadaan perangkat lainnya" not in pages["dinas-komunikasi-dan-informatika/report.html"]
