# SPDX-License-Identifier: Apache-2.0
"""Editions and releases: which right covers which title, by the tables that come with the program."""

from datetime import date
from functools import cache

import pytest

from foss_audit.coverage import Answer, Terms, coverage
from foss_audit.editions import Editions
from foss_audit.entitlement import VersionRights
from foss_audit.rulebook import load_rulebook

PLUS, STANDARD, OFFICE, LTSC = (
    "microsoft-office-professional-plus",
    "microsoft-office-standard",
    "microsoft-office",
    "microsoft-office-ltsc-professional-plus",
)
WINDOWS, PHOTOSHOP, DRAW, SKETCHUP = "microsoft-windows", "adobe-photoshop", "coreldraw-graphics-suite", "sketchup"
YES, OPEN, NO = Answer.YES, Answer.OPEN, Answer.NO


@cache
def _editions() -> Editions:
    return load_rulebook().editions


def _answer(
    held: str, releases: str, product: str, name: str, version: str = "", edition: str | None = None, **rights: object
) -> Answer | None:
    named = tuple(filter(None, releases.split("|")))
    terms = Terms(held, edition, named, VersionRights(**rights), academic=False)  # type: ignore[arg-type]
    found = coverage(terms, _editions().of_title(product, name, version), _editions())
    return found.answer if found else None


@pytest.mark.parametrize(
    ("held", "releases", "product", "name", "version", "answer"),
    [
        (PLUS, "2021", PLUS, "Microsoft Office Professional Plus 2021 - en-us", "16.0.14332.20281", YES),
        (PLUS, "2021", PLUS, "Microsoft Office Professional Plus 2019 - en-us", "16.0.10396", NO),
        (PLUS, "2016", PLUS, "Microsoft Office Professional Plus 2019 - en-us", "16.0.10396", NO),
        (PLUS, "", PLUS, "Microsoft Office Professional Plus 2010", "14.0.7015", YES),
        (PLUS, "2010", PLUS, "Microsoft Office Professional Plus", "14.0.7015", YES),
        (PLUS, "2016", PLUS, "Microsoft Office Professional Plus", "16.0.1", OPEN),
        (STANDARD, "2019", PLUS, "Microsoft Office Professional Plus 2019", "", NO),
        (PLUS, "2019", STANDARD, "Microsoft Office Standard 2019", "", NO),
        (PLUS, "2019", OFFICE, "Microsoft Office 2019", "", OPEN),
        (OFFICE, "2019", PLUS, "Microsoft Office Professional Plus 2019", "", OPEN),
        (OFFICE, "2019", OFFICE, "Microsoft Office 2019", "", YES),
        (OFFICE, "2019", OFFICE, "Microsoft Office 2016", "", NO),
        (LTSC, "2021", PLUS, "Microsoft Office Professional Plus 2021", "", NO),
        (LTSC, "2021", "microsoft-office-ltsc", "Microsoft Office LTSC 2021", "", OPEN),
        (PLUS, "2021", "microsoft-365-apps", "Microsoft 365 Apps for enterprise", "16.0", None),
        (WINDOWS, "11", WINDOWS, "Microsoft Windows 11 Pro", "10.0.22631", YES),
        (WINDOWS, "10", WINDOWS, "Microsoft Windows 10 Pro", "10.0.19045", YES),
        (WINDOWS, "11", WINDOWS, "Microsoft Windows 10 Pro", "10.0.19045", NO),
        (WINDOWS, "7", WINDOWS, "Microsoft Windows 10 Pro", "10.0.19045", NO),
        (WINDOWS, "10", WINDOWS, "Microsoft Windows 11 Pro", "10.0.22631", YES),  # a free upgrade
        (PHOTOSHOP, "CS6", PHOTOSHOP, "Adobe Photoshop CS6", "13.0", YES),
        (PHOTOSHOP, "CS6", PHOTOSHOP, "Adobe Photoshop", "13.0.1", YES),
        (PHOTOSHOP, "CS6", PHOTOSHOP, "Adobe Photoshop CC 2019", "20.0", NO),
        (PHOTOSHOP, "2021", PHOTOSHOP, "Adobe Photoshop 2021", "22.1", YES),
        (PHOTOSHOP, "22", PHOTOSHOP, "Adobe Photoshop 2021", "22.1", YES),
        (DRAW, "X7", DRAW, "CorelDRAW Graphics Suite X7 (64-Bit)", "17.6", YES),
        (DRAW, "X7", DRAW, "CorelDRAW Graphics Suite", "17.6", YES),
        (DRAW, "2018", DRAW, "CorelDRAW Graphics Suite X7", "", NO),
        (SKETCHUP, "2021", SKETCHUP, "SketchUp", "21.0.391", YES),
        (SKETCHUP, "2021", SKETCHUP, "SketchUp Pro 2022", "22.0", NO),
        (SKETCHUP, "21", SKETCHUP, "SketchUp Pro 2021", "", YES),
        ("winrar", "6", "winrar", "WinRAR 6.02 (64-bit)", "6.02.0", YES),
        ("winrar", "6.02", "winrar", "WinRAR 6.02 (64-bit)", "6.02.0", YES),
        ("winrar", "5", "winrar", "WinRAR 6.02 (64-bit)", "6.02.0", NO),
        ("winrar", "6", "winrar", "WinRAR", "", OPEN),
        ("acme", "2023", "acme", "Acme Draw 2023", "7.1", YES),
        ("acme", "2023", "acme", "Acme Draw 2021", "7.1", NO),
        ("acme", "2023", "acme", "Acme Draw", "7.1", OPEN),
        ("acme", "", "other", "Other", "", None),
    ],
)
def test_product_edition_and_release(
    held: str, releases: str, product: str, name: str, version: str, answer: Answer | None
) -> None:
    assert _answer(held, releases, product, name, version) is answer


@pytest.mark.parametrize(
    ("edition", "name", "answer"),
    [
        ("Pro", "Microsoft Windows 11 Pro", YES),
        ("Pro", "Microsoft Windows 11 Home", NO),
        ("Pro", "Microsoft Windows 11 Enterprise", NO),
        ("Pro", "Microsoft Windows 11", OPEN),
        (None, "Microsoft Windows 11 Home Single Language", YES),
        ("Home", "Microsoft Windows 11 Home Single Language", NO),
    ],
)
def test_editions_of_windows(edition: str | None, name: str, answer: Answer) -> None:
    assert _answer(WINDOWS, "", WINDOWS, name, edition=edition) is answer


@pytest.mark.parametrize(
    ("rights", "name", "answer"),
    [
        ({}, "Office Professional Plus 2019", NO),
        ({"downgrade": True}, "Office Professional Plus 2019", YES),
        ({"downgrade": True}, "Office Professional Plus 2007", YES),
        ({"downgrade": True, "downgrade_to": ("2019", "2016")}, "Office Professional Plus 2016", YES),
        ({"downgrade": True, "downgrade_to": ("2019", "2016")}, "Office Professional Plus 2013", NO),
        ({"downgrade": True}, "Office Professional Plus 2024", NO),
        ({"upgrade": True}, "Office Professional Plus 2024", YES),
        ({"upgrade": True, "upgrade_until": date(2025, 1, 1)}, "Office Professional Plus 2024", YES),
        ({"upgrade": True, "upgrade_until": date(2024, 1, 1)}, "Office Professional Plus 2024", NO),
        ({"upgrade": True}, "Office Professional Plus 2019", NO),
    ],
)
def test_rights_to_other_releases(rights: dict[str, object], name: str, answer: Answer) -> None:
    assert _answer(PLUS, "2021", PLUS, name, **rights) is answer


def test_one_of_several_releases_is_enough() -> None:
    assert _answer(PLUS, "2016|2019", PLUS, "Office Professional Plus 2019") is YES
    assert _answer(PLUS, "2016|2019", PLUS, "Office Professional Plus 2021") is NO


def test_maintenance_of_what_came_out_nobody_knows_when_is_open() -> None:
    assert _answer("acme", "2021", "acme", "Acme 2023", upgrade=True, upgrade_until=date(2024, 1, 1)) is OPEN


def test_a_suite_covers_its_parts() -> None:
    shown = _editions().of_title("microsoft-word", "Microsoft Word 2019", "", (PLUS, STANDARD))
    for named, answer in (("2019", YES), ("2016", NO), ("", YES)):
        terms = Terms(PLUS, None, (named,) if named else (), VersionRights(), academic=False)
        found = coverage(terms, shown, _editions())
        assert found is not None
        assert found.answer is answer


def test_academic_rights_are_open() -> None:
    terms = Terms("acme", None, (), VersionRights(), academic=True)
    found = coverage(terms, _editions().of_title("acme", "Acme", ""), _editions())
    assert found is not None
    assert found.answer is OPEN
