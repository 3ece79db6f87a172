# SPDX-License-Identifier: Apache-2.0
"""What both reports for people say, in English, as the model has it."""

from dataclasses import replace

import pytest

from foss_audit.catalogue import LicenseModel
from foss_audit.language import Translator
from foss_audit.model import Basis, SkipReason, SoftwareClass
from foss_audit.outcome import AgencyAudit, AgencyVerdict, ClassCounts, Criterion, Severity
from foss_audit.reports import software_lists, view, words
from foss_audit.reports.interface import ReportInput

ENGLISH = Translator("en")


@pytest.fixture
def health(audit: ReportInput) -> AgencyAudit:
    return audit.result.agencies[0]


def undetermined(agency: AgencyAudit, count: int, *, with_problems: bool) -> AgencyAudit:
    counts = ClassCounts(foss=3, undetermined=count)
    problems = agency.problems if with_problems else ()
    return replace(agency, counts=counts, verdict=AgencyVerdict.UNDETERMINED, problems=problems)


def test_every_word_of_the_model_has_a_word_for_people() -> None:
    assert set(words.CLASSES) == set(words.CLASS_MEANINGS) == set(SoftwareClass) == set(view.CLASS_ORDER)
    assert set(words.BASES) == set(Basis)
    assert set(words.MODELS) == set(LicenseModel)
    assert set(words.SEVERITIES) == set(Severity)
    assert set(words.VERDICTS) == set(AgencyVerdict)
    assert set(words.SKIP_REASONS) == set(SkipReason)


@pytest.mark.parametrize(
    ("count", "with_problems", "sentence"),
    [
        (1, False, "No indication of use without a licence, but 1 installation must be checked by a person."),
        (0, True, "No indication of use without a licence, but 2 entries or files could not be read."),
        (
            2,
            True,
            "No indication of use without a licence, but 2 installations must be checked by a person "
            "and 2 entries or files could not be read.",
        ),
    ],
)
def test_an_undecided_verdict_says_why(health: AgencyAudit, count: int, with_problems: bool, sentence: str) -> None:
    assert ENGLISH.say(view.verdict_sentence(undetermined(health, count, with_problems=with_problems))) == sentence


def test_nothing_handed_in_is_no_verdict(health: AgencyAudit) -> None:
    silent = replace(health, submitted=False)
    assert view.verdict_key(silent) == "not_submitted"
    assert ENGLISH.say(view.verdict_word(silent)) == "Nothing handed in"


def test_reasons_to_act_on_stand_first(health: AgencyAudit) -> None:
    classes = [reason.software_class for reason in view.reasons(health)]
    assert classes == sorted(classes, key=view.CLASS_ORDER.index)
    assert sum(reason.installations for reason in view.reasons(health)) == health.counts.total


def test_titles_of_one_product_are_one_line(audit: ReportInput, health: AgencyAudit) -> None:
    lines = [line for line in software_lists.software(health, audit.result) if line.name == "7-Zip"]
    assert len(lines) == 1
    assert lines[0].found_as == ("7-Zip 22.01 (x64)", "7-Zip 9.20")
    assert lines[0].versions == ("9.20", "22.01")
    assert sum(line.installations for line in software_lists.software(health, audit.result)) == health.counts.total


def test_a_title_that_is_partly_covered_stands_in_both_classes(audit: ReportInput, health: AgencyAudit) -> None:
    office = [line for line in software_lists.software(health, audit.result) if line.name == "Microsoft Office"]
    assert [(line.software_class.value, line.installations) for line in office] == [("unlicensed", 4), ("legal_commercial", 8)]


def test_the_most_frequent_unlicensed_products_come_first(audit: ReportInput) -> None:
    top = software_lists.top_unlicensed(audit.result, limit=2)
    assert [(line.name, line.installations, line.agencies) for line in top] == [("WinRAR", 6, 1), ("Microsoft Office", 4, 1)]


@pytest.mark.parametrize(
    ("grade", "kind", "said"),
    [
        ("A", "regulation", "Text"),
        ("A", "circular", "Text [guideline, not a regulation]"),
        ("B", "regulation", "Text [from a secondary source]"),
        ("C", "circular", "Text [guideline, not a regulation; text not verified yet]"),
    ],
)
def test_a_criterion_says_how_far_it_may_be_relied_on(grade: str, kind: str, said: str) -> None:
    assert view.criterion_text("k", {"k": Criterion("k", {"en": "Text"}, grade, kind)}, ENGLISH) == said


def test_a_criterion_that_nobody_wrote_down_is_cited_by_its_id() -> None:
    assert view.criterion_text("perbup-3-2020", {}, ENGLISH) == "perbup-3-2020"
