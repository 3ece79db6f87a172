# SPDX-License-Identifier: Apache-2.0
"""The sheet on which auditors decide what the audit left undetermined: `foss-audit rules learn` reads it back."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from foss_audit.catalogue import LicenseModel
from foss_audit.language import Translator
from foss_audit.messages import message
from foss_audit.model import Basis, LicenseText, SoftwareClass, Title, Verdict
from foss_audit.outcome import AgencyAudit, AuditResult
from foss_audit.reports.sheets import Column, Value
from foss_audit.reports.view import class_of, ordered_reasons, reason_text
from foss_audit.review import COLUMNS, DECISIONS

_MOST = 20_000
"""Lines of the form; the most frequent software stands first."""
_LISTED = "decision"
_REFERENCE = re.compile(r"LicenseRef-[\w.+-]+")
_TEXTS = 3
"""Beginnings of licence texts that are shown of one name; more than a few documents rarely differ in them."""
_INPUTS = ("decision", "product", "license", "terms", "reason", "by", "on")


@dataclass(slots=True)
class _Open:
    """A name that a person must decide, with what is known of it."""

    verdict: Verdict
    bases: Counter[Basis] = field(default_factory=Counter)
    agencies: set[str] = field(default_factory=set)


class ReviewSheet:
    """The columns and rows of the form."""

    def __init__(self, result: AuditResult, translator: Translator, *, region: bool) -> None:
        """`region`: whether the form is about several agencies."""
        self.result = result
        self.translator = translator
        self.region = region
        self._texts: defaultdict[str, dict[str, LicenseText]] = defaultdict(dict)
        for text in result.license_texts:
            self._texts[text.id].setdefault(text.beginning, text)

    def columns(self) -> list[Column]:
        _ = self.translator.gettext
        widths = {"decision": 24, "product": 22, "license": 16, "terms": 22, "reason": 26, "by": 15, "on": 12}
        return [
            Column(_("No."), 5, "center"),
            Column(self._heading("name"), 34),
            Column(self._heading("publisher"), 20),
            Column(_("Installations"), 10, "number"),
            *([Column(_("Agencies"), 9, "number")] if self.region else []),
            Column(_("Why"), 24),
            Column(_("Licence as stated"), 26),
            Column(_("Perhaps meant"), 22),
            *(Column(self._heading(key), widths[key], "fill_in") for key in _INPUTS),
            Column(self._heading("product_id"), 22, printed=False),
        ]

    def choices(self) -> dict[int, list[str]]:
        """The answers that a column offers, by its place."""
        at = [column.heading for column in self.columns()].index(self._heading(_LISTED))
        return {at: [self.translator.say(word) for word in DECISIONS.values()]}

    def rows(self, agencies: Iterable[AgencyAudit]) -> Iterator[list[Value]]:
        """What is undetermined in these agencies, the most frequent first."""
        listed = sorted(self._undetermined(agencies).values(), key=_most_frequent)[:_MOST]
        for number, one in enumerate(listed, start=1):
            title, product = one.verdict.title, one.verdict.product
            near = self.result.suggestions.get(title.name, ())
            yield [
                number,
                title.name,
                title.publisher,
                one.bases.total(),
                *([len(one.agencies)] if self.region else []),
                "\n".join(reason_text(reason, self.translator) for reason in ordered_reasons(one.bases)),
                self._stated(title.license),
                "\n".join(product.name for product in near) or (product.name if product else ""),
                *("" for _ in _INPUTS),
                product.id if product else _package_id(title),
            ]

    def _stated(self, license: str) -> str:
        """The licence as written, and how the texts begin that its document has of it."""
        ids = dict.fromkeys([license, *_REFERENCE.findall(license)])
        texts = [text for id in ids for text in list(self._texts.get(id, {}).values())[:_TEXTS]]
        return "\n".join([license, *(f"{text.source.file}: “{text.beginning}”" for text in texts)])

    def _undetermined(self, agencies: Iterable[AgencyAudit]) -> dict[tuple[str, str], _Open]:
        found: dict[tuple[str, str], _Open] = {}
        for agency in agencies:
            counts = agency.titles
            for title, basis, number in zip(counts.title, counts.basis, counts.installations, strict=True):
                verdict = self.result.titles[title]
                # Signs of cracks are for the findings: a catalogue line that excuses one would excuse all.
                if class_of(basis) is not SoftwareClass.UNDETERMINED or verdict.license_model is LicenseModel.ACTIVATOR:
                    continue
                key = verdict.title.name.casefold(), verdict.title.publisher.casefold()
                one = found.setdefault(key, _Open(verdict))
                one.bases[basis] += number
                one.agencies.add(agency.slug)
        return found

    def _heading(self, key: str) -> str:
        return self.translator.say(COLUMNS[key])


def _package_id(title: Title) -> str:
    """The id of a package as the catalogue writes ids, since packages are not known by their names; '' for other titles."""
    kind, _, id = title.origin.partition("/")
    if not kind or set(title.name) & set(" *?[]|"):
        return ""
    return f"{kind}:{id}".casefold() if kind in ("winget", "appx") else f"purl:{kind}/{title.name}".casefold()


HINT = message(
    "Decide what you know, sign each line with name and date, save, and run: foss-audit rules learn FILE. "
    "The next audit then knows it."
)


def _most_frequent(one: _Open) -> tuple[int, str, str]:
    return -one.bases.total(), one.verdict.title.name.casefold(), one.verdict.title.publisher
