# SPDX-License-Identifier: Apache-2.0
"""The sheet that says of every licence line what became of it for what an agency has installed."""

from collections.abc import Iterator, Mapping

from foss_audit.language import Translator
from foss_audit.outcome import AuditResult
from foss_audit.reports.sheets import Column, Value
from foss_audit.reports.view import place
from foss_audit.reports.words import TRACE_OUTCOMES


class TraceSheet:
    """Its columns and rows."""

    def __init__(self, result: AuditResult, translator: Translator) -> None:
        self.result = result
        self.translator = translator
        self._places: Mapping[str, str] = {one.id: place(one.source) for one in result.entitlements}

    def columns(self) -> list[Column]:
        _ = self.translator.gettext
        return [
            Column(_("Product"), 34),
            Column(_("Edition"), 16),
            Column(_("Release"), 12),
            Column(_("Register line"), 40),
            Column(_("Outcome"), 18),
            Column(_("Devices"), 11, "number"),
            Column(_("Why"), 60),
        ]

    def rows(self, agency: str) -> Iterator[list[Value]]:
        """In the order of products, needs, and turns of the rights."""
        say = self.translator.say
        lines = sorted(self.result.trace_of(agency), key=lambda one: (one.product.casefold(), one.product_id))
        for one in lines:
            yield [
                one.product,
                one.edition,
                one.release,
                self._places.get(one.entitlement, one.entitlement),
                say(TRACE_OUTCOMES[one.outcome]),
                one.devices,
                say(one.why) if one.why.template else "",
            ]
