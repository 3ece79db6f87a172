# SPDX-License-Identifier: Apache-2.0
"""The sheet of what can be done about missing licences: the choices side by side, and the plan that costs least."""

from collections.abc import Iterator

from foss_audit.language import Translator
from foss_audit.license_position import Remedy
from foss_audit.messages import message
from foss_audit.outcome import AuditResult
from foss_audit.reports.sheets import Column, Styled, Value

_MOST_NAMED = 5


class RemedySheet:
    """Its columns and rows."""

    def __init__(self, result: AuditResult, translator: Translator) -> None:
        self.result = result
        self.translator = translator

    def columns(self) -> list[Column]:
        _ = self.translator.gettext
        return [
            Column(_("Product"), 34),
            Column(_("Edition"), 14),
            Column(_("Release"), 12),
            Column(_("Short"), 9, "number"),
            Column(_("Correct: register lines not understood"), 40),
            Column(_("Buy: cost (Rp)"), 16, "number"),
            Column(_("Reassign: who has unused ones"), 40),
            Column(_("Replace: FOSS alternatives"), 30),
            Column(_("Remove: devices"), 11, "number"),
            Column(_("Plan that costs least"), 44),
            Column(_("Plan: cost (Rp)"), 16, "number"),
        ]

    def rows(self, agency: str) -> Iterator[list[Value]]:
        """The dearest first; below them the sum of the plan."""
        _ = self.translator.gettext
        found = self.result.remedies.get(agency, ())
        unknown = Styled(_("price unknown"), "center")
        for one in found:
            yield [
                one.product,
                one.edition or "",
                one.release or "",
                one.short,
                lines_to_correct(one, self.translator),
                unknown if one.cost_of_buying is None else one.cost_of_buying,
                who_has_spare(one, self.translator),
                ", ".join(one.alternatives),
                one.short,
                plan_in_words(one, self.translator),
                unknown if one.cost_of_plan is None else one.cost_of_plan,
            ]
        if found:
            yield [Styled(_("Total"), "heading"), *[""] * 8, self._priced(found), sum(one.cost_of_plan or 0 for one in found)]

    def _priced(self, found: tuple[Remedy, ...]) -> str:
        unpriced = sum(one.cost_of_plan is None for one in found)
        return (
            self.translator.say(message("{count} products without a known price are not in it", count=unpriced))
            if unpriced
            else ""
        )


def who_has_spare(one: Remedy, translator: Translator) -> str:
    """Those that hold unused licences, each with how many, one a line."""
    named = [f"{spare.agency or translator.say(message('the pool'))}: {spare.number}" for spare in one.spare[:_MOST_NAMED]]
    if len(one.spare) > _MOST_NAMED:
        named.append(translator.say(message("and {count} more", count=len(one.spare) - _MOST_NAMED)))
    return "\n".join(named)


def lines_to_correct(one: Remedy, translator: Translator) -> str:
    """Where register lines stand that may license it, and what is wrong with each, one a line."""
    named = [f"{line.source.file} {line.source.locator}: {translator.say(line.message)}" for line in one.to_correct[:_MOST_NAMED]]
    if len(one.to_correct) > _MOST_NAMED:
        named.append(translator.say(message("and {count} more", count=len(one.to_correct) - _MOST_NAMED)))
    return "\n".join(named)


def plan_in_words(one: Remedy, translator: Translator) -> str:
    """The steps of the plan that costs least."""
    names = ", ".join(one.alternatives[:2])
    steps = (
        message("correct the register first") if one.to_correct else None,
        message("reassign {count}", count=one.from_others) if one.from_others else None,
        message("replace {count} by {names}", count=one.to_replace, names=names) if one.to_replace else None,
        message("buy {count}, or remove it", count=one.to_buy) if one.to_buy else None,
    )
    return "; ".join(translator.say(step) for step in steps if step)
