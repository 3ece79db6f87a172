# SPDX-License-Identifier: Apache-2.0
"""Why every right did or did not cover what is installed: the trace that reports and `explain` show. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from foss_audit.allocation import UNLIMITED
from foss_audit.coverage import Answer
from foss_audit.license_position import TraceLine, TraceOutcome
from foss_audit.matching import Matching
from foss_audit.messages import Message, message
from foss_audit.needs import Need
from foss_audit.rights import Right, State, closed_in_words, metric_in_words, state_in_words

_MOST_OF_OTHERS = 5
"""Rights of other agencies that are named where something is uncovered."""


class Traces:
    """What became of every right, agency by agency; worked out when asked for, since it may be long."""

    def __init__(self, matchings: Iterable[Matching] = ()) -> None:
        self._matchings = tuple(matchings)

    @cached_property
    def _of_agency(self) -> dict[str, list[tuple[Matching, list[int]]]]:
        """By agency the matchings in which it has places, with the numbers of their kinds."""
        found: dict[str, list[tuple[Matching, list[int]]]] = {}
        for matching in self._matchings:
            kinds: dict[str, list[int]] = {}
            for number, places in enumerate(matching.places):
                kinds.setdefault(places.agency, []).append(number)
            for agency, numbers in kinds.items():
                found.setdefault(agency, []).append((matching, numbers))
        return found

    def of_agency(self, agency: str) -> Iterator[TraceLine]:
        """Need by need: every right that the agency could draw on; where something is uncovered also some of others' rights."""
        for matching, kinds in self._of_agency.get(agency, ()):
            yield from _of_agency(matching, agency, kinds)


def _of_agency(matching: Matching, agency: str, kinds: Sequence[int]) -> Iterator[TraceLine]:
    consumed: Counter[tuple[int, int]] = Counter()
    possible: Counter[tuple[int, int]] = Counter()
    installed: Counter[int] = Counter()
    drawable: dict[int, set[int]] = {}
    for kind in kinds:
        places = matching.places[kind]
        for at, need in enumerate(places.needs):
            installed[need] += places.number
            drawable.setdefault(need, set()).update(matching.candidates(places, need))
            for stretch in matching.stretches[kind]:
                given = stretch.outcome[at]
                if given.right is not None:
                    (consumed if given.covers else possible)[need, given.right] += stretch.number
    for number in sorted(installed):
        what = matching.needs[number]
        wanting = installed[number] - sum(consumed[number, right] + possible[number, right] for right in what.coverage)
        others = 0
        for right in sorted(what.coverage):
            if right not in drawable[number]:
                others += 1
                if not wanting or others > _MOST_OF_OTHERS:
                    continue
            counts = consumed[number, right], possible[number, right]
            outcome, why = _outcome(matching.rights[right], what, right, agency, counts, wanting > 0)
            devices = sum(counts) or (wanting if outcome is not TraceOutcome.NOT_NEEDED else 0)
            id = matching.rights[right].id
            yield TraceLine(what.product_key, what.product, what.edition, what.release, id, outcome, devices, why)


def _outcome(
    right: Right, need: Need, number: int, agency: str, counts: tuple[int, int], wanting: bool
) -> tuple[TraceOutcome, Message]:
    found = need.coverage[number]
    if counts[0]:
        why = found.why if found.why.template else metric_in_words(right)
        used_up = wanting and right.capacity != UNLIMITED and not why.template
        return TraceOutcome.CONSUMED, message("all {quantity} are used", quantity=right.capacity) if used_up else why
    if not right.open_to(agency):
        return TraceOutcome.REJECTED, closed_in_words(right, agency)
    if found.answer is Answer.NO:
        return TraceOutcome.REJECTED, found.why
    if right.state is not State.VALID:
        return TraceOutcome.REJECTED, state_in_words(right)
    if counts[1]:
        return TraceOutcome.OPEN, found.why
    if not wanting:
        return TraceOutcome.NOT_NEEDED, Message("")
    if right.entitlement.devices:
        return TraceOutcome.REJECTED, message("tied to other devices, or used up on them")
    return TraceOutcome.REJECTED, message(
        "used up: {quantity} for {agency}", quantity=right.capacity, agency=right.agency or message("the pool")
    )
