# SPDX-License-Identifier: Apache-2.0
"""Whether a right covers what a title shows of product, edition and release; not whose it is, nor how many. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from foss_audit.editions import Editions, Relation, Shown, editions_agree
from foss_audit.entitlement import Entitlement, Metric, VersionRights
from foss_audit.messages import Message, message


class Answer(StrEnum):
    """Whether a right covers a title."""

    YES = "yes"
    OPEN = "open"
    """It does or does not, by something that the title or the line does not tell."""
    NO = "no"


_NOTHING_TO_SAY = Message("")


@dataclass(frozen=True, slots=True)
class Coverage:
    """An answer and its reason; the reason of a plain yes is empty."""

    answer: Answer
    why: Message = _NOTHING_TO_SAY


@dataclass(frozen=True, slots=True)
class Terms:
    """What coverage depends on. A value: rights on the same terms cover the same titles."""

    product_key: str
    edition: str | None
    releases: tuple[str, ...]
    rights: VersionRights
    academic: bool

    @classmethod
    def of(cls, right: Entitlement) -> "Terms":
        """The terms of a register line."""
        return cls(right.product_key, right.edition, right.releases, right.rights, right.metric is Metric.ACADEMIC)


_YES = Coverage(Answer.YES)


def coverage(terms: Terms, shown: Shown, editions: Editions) -> Coverage | None:
    """Whether rights on these terms cover a title; None where they are for something else altogether.

    Of the edition, the release and what else must hold the weakest answer counts.
    """
    part_of_suite = terms.product_key in shown.suites and terms.product_key != shown.product_key
    if not part_of_suite and editions.family(terms.product_key) != shown.family:
        return None
    edition = _as_part(terms, shown, editions) if part_of_suite else _edition(terms, shown, editions)
    if edition.answer is Answer.NO:
        return edition
    release = _release(terms, shown, editions)
    for one in (release, edition):
        if one.answer is Answer.NO:
            return one
    use = Coverage(Answer.OPEN, message("for teaching and research only; whether this is such use is to be checked"))
    answers = (edition, release, use) if terms.academic else (edition, release)
    if (unsure := next((one for one in answers if one.answer is Answer.OPEN), None)) is not None:
        return unsure
    if part_of_suite:
        return Coverage(Answer.YES, message("as a part of the suite"))
    return release


def _as_part(terms: Terms, shown: Shown, editions: Editions) -> Coverage:
    """Whether every edition of the suite that the line may mean has the program: Access is no part of Office Standard."""
    held = editions.edition(terms.product_key, "")
    meant = [one for one in editions.siblings(terms.product_key) if fnmatchcase(editions.edition(one, ""), held)]
    if set(meant) <= {terms.product_key, *shown.suites}:
        return _YES
    return Coverage(Answer.OPEN, message("the line does not tell which edition of the suite it is for"))


def _edition(terms: Terms, shown: Shown, editions: Editions) -> Coverage:
    if terms.product_key != shown.product_key:
        held = editions.edition(terms.product_key, "")
        return _agreement(held, shown.edition, editions_agree(held, shown.edition))
    held = terms.edition or ""
    if not held or held == shown.edition:
        return _YES
    if editions.has_editions(shown.product_key):
        return _agreement(held, shown.edition, editions_agree(held, shown.edition))
    if set(held.casefold().split()) <= set(shown.words):
        return _YES
    told = editions.usual_edition(shown.words)
    return _agreement(held, told, editions_agree(held, told) if told else None)


def _agreement(held: str, shown: str, agree: bool | None) -> Coverage:
    if agree:
        return _YES
    if agree is None:
        if shown in ("", "*") or "*" in shown:
            return Coverage(Answer.OPEN, message("for edition {held}; the title does not tell its edition", held=held))
        return Coverage(Answer.OPEN, message("the line does not tell for which edition; installed is {shown}", shown=shown))
    return Coverage(Answer.NO, message("for edition {held}, not {shown}", held=held, shown=shown))


def _release(terms: Terms, shown: Shown, editions: Editions) -> Coverage:
    """The best answer among the releases that the line names."""
    if not terms.releases:
        return _YES
    answers = [_of_release(named, terms.rights, shown, editions) for named in terms.releases]
    for wanted in Answer:
        for one in answers:
            if one.answer is wanted:
                return one
    return answers[0]


def _of_release(named: str, rights: VersionRights, shown: Shown, editions: Editions) -> Coverage:
    is_shown = shown.release or "–"
    match editions.relation(named, shown):
        case Relation.SAME:
            return _YES
        case Relation.OLDER if rights.downgrade:
            return _older(named, rights, shown, editions)
        case Relation.NEWER:
            return _newer(named, rights, shown, editions)
        case Relation.OLDER:
            return Coverage(
                Answer.NO,
                message("for {named}; {shown} is older, and no downgrade right is recorded", named=named, shown=is_shown),
            )
        case Relation.OTHER:
            return Coverage(Answer.NO, message("for {named}, not {shown}", named=named, shown=is_shown))
    if rights.downgrades_to_any and rights.upgrade and rights.upgrade_until is None:
        return _YES
    return Coverage(Answer.OPEN, message("for {named}; the title does not tell its release", named=named))


def _older(named: str, rights: VersionRights, shown: Shown, editions: Editions) -> Coverage:
    known: dict[str, object] = {"named": named, "shown": shown.release}
    yes = Coverage(Answer.YES, message("by the right to use {shown} instead of {named}", **known))
    if rights.downgrade_steps is not None:
        steps = editions.steps(named, shown)
        if steps is None:
            why = message("for {named}; how many releases before it {shown} came out is not known", **known)
            return Coverage(Answer.OPEN, why)
        reach = message("for {named}, downgrade by {steps} releases only, not to {shown}", steps=rights.downgrade_steps, **known)
        return yes if steps <= rights.downgrade_steps else Coverage(Answer.NO, reach)
    if rights.downgrade_not_before:
        bound = editions.relation(rights.downgrade_not_before, shown)
        reach = message("for {named}, downgrade to {least} at the least, not {shown}", least=rights.downgrade_not_before, **known)
        if bound is Relation.UNKNOWN:
            return Coverage(Answer.OPEN, reach)
        return yes if bound in (Relation.SAME, Relation.NEWER) else Coverage(Answer.NO, reach)
    if not rights.downgrade_to or any(editions.relation(one, shown) is Relation.SAME for one in rights.downgrade_to):
        return yes
    allowed = ", ".join(rights.downgrade_to)
    return Coverage(Answer.NO, message("for {named}, downgrade to {allowed} only, not {shown}", allowed=allowed, **known))


def _newer(named: str, rights: VersionRights, shown: Shown, editions: Editions) -> Coverage:
    if editions.may_upgrade(named, shown):
        why = message("by its publisher's free upgrade from {named} to {shown}", named=named, shown=shown.release)
        return Coverage(Answer.YES, why)
    if not rights.upgrade:
        why = message("for {named}; {shown} is newer, and no upgrade right is recorded", named=named, shown=shown.release)
        return Coverage(Answer.NO, why)
    if rights.upgrade_until is None:
        return Coverage(Answer.YES, message("by the right to upgrade from {named} to {shown}", named=named, shown=shown.release))
    released = editions.released(shown)
    if released is None:
        why = message("maintained until {day}; when {shown} came out is not known", day=rights.upgrade_until, shown=shown.release)
        return Coverage(Answer.OPEN, why)
    known = {"day": rights.upgrade_until, "shown": shown.release, "released": released}
    if released <= rights.upgrade_until:
        return Coverage(Answer.YES, message("maintained until {day}; {shown} came out on {released}", **known))
    return Coverage(Answer.NO, message("maintained until {day} only; {shown} came out on {released}", **known))
