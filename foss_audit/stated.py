# SPDX-License-Identifier: Apache-2.0
"""Rights that SBOMs state of their components (CycloneDX `licensing`), as lines of a register. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from foss_audit.agencies import AgencyTable
from foss_audit.attribution import file_agency
from foss_audit.entitlements import Register
from foss_audit.gather import FileReading
from foss_audit.messages import Message, message
from foss_audit.model import Entitlement, Note, Problem, Product, Title
from foss_audit.readers.interface import StatedEntitlement
from foss_audit.recognise import Recogniser
from foss_audit.recognise.registered import registered_product

_NO_RIGHT = frozenset({"evaluation", "client-access"})
"""Kinds that give no right to use the component at work: to try it, and to reach a server that has rights of its own."""


def stated_rights(files: Iterable[FileReading], agencies: AgencyTable, recogniser: Recogniser) -> Register:
    """The rights that the files state, each of one device of the file's agency, or of the licensee's where that is an agency.

    A date that cannot be read is a problem, and its right is not counted; what gives no right to use is a note.
    """
    gathering = _Gathering(agencies, recogniser)
    for file in files:
        if file.reading is not None and file.reading.entitlements:
            gathering.add(file, file.reading.entitlements)
    return Register(
        tuple(gathering.entitlements),
        frozenset(one.agency for one in gathering.entitlements if one.agency is not None),
        tuple(gathering.products[key] for key in sorted(gathering.products)),
        {agency: tuple(found) for agency, found in gathering.problems.items()},
        {agency: tuple(found) for agency, found in gathering.notes.items()},
    )


@dataclass(slots=True)
class _Gathering:
    """What the files have stated so far."""

    agencies: AgencyTable
    recogniser: Recogniser
    entitlements: list[Entitlement] = field(default_factory=list)
    products: dict[str, Product] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    notes: dict[str, list[Note]] = field(default_factory=dict)

    def add(self, file: FileReading, stated: Sequence[StatedEntitlement]) -> None:
        of_file = file_agency(file.origin, self.agencies, False) or self.agencies.canonical(file.origin.input_folder)
        granted: set[tuple[object, ...]] = set()
        for one in stated:
            row = self.agencies.find(one.licensee) if one.licensee else None
            agency = row.name if row else of_file
            what = (agency, one.name, one.version, one.purchase_order, one.license_ids, one.start, one.end)
            if what in granted:
                continue
            granted.add(what)
            self._add_right(one, agency)

    def _add_right(self, one: StatedEntitlement, agency: str) -> None:
        kinds = {kind.strip().casefold() for kind in one.kinds}
        if kinds and kinds <= _NO_RIGHT:
            self._note(
                agency,
                one,
                message(
                    "The licence of {name} is of kind {kinds}, which gives no right to use it.",
                    name=one.name,
                    kinds=", ".join(one.kinds),
                ),
            )
            return
        if not (kinds or one.licensee or one.purchase_order or one.license_ids or one.start or one.end):
            self._note(
                agency,
                one,
                message(
                    "What the SBOM says of the licensing of {name} names no licensee, order, number, kind or day and counts as "
                    "no right. Add them, or enter the right in the register.",
                    name=one.name,
                ),
            )
            return
        try:
            start, end = _day(one.start), _day(one.end)
        except ValueError:
            self.problems.setdefault(agency, []).append(
                Problem(
                    one.source,
                    message(
                        "The licence of {name} states the days '{start}' and '{end}', which are no dates: write them as "
                        "2026-12-31. The right was not counted.",
                        name=one.name,
                        start=one.start,
                        end=one.end,
                    ),
                )
            )
            return
        product = self._product(one)
        self.entitlements.append(
            Entitlement(
                id=f"{one.source.file} {one.source.locator}",
                source=one.source,
                product_key=product.id,
                product_name=product.name,
                as_written=one.name,
                agency=agency,
                quantity=1,
                start=start,
                end=end,
                perpetual=end is None,
                release=one.version or None,
                proof=_proof(one),
                supplier=one.licensor,
                remark=", ".join(one.kinds),
            )
        )

    def _note(self, agency: str, one: StatedEntitlement, what: Message) -> None:
        self.notes.setdefault(agency, []).append(Note(one.source, what))

    def _product(self, one: StatedEntitlement) -> Product:
        for publisher in dict.fromkeys((one.publisher, "")):
            found = self.recogniser.recognise(Title(one.name, one.version, publisher)).product
            if found is not None:
                return found
        product = registered_product(one.name, one.name)
        return self.products.setdefault(product.id, product)


def _day(text: str) -> date | None:
    """The day of an ISO 8601 date or date-time; None where there is none. Raises ValueError."""
    return datetime.fromisoformat(text.strip()).date() if text.strip() else None


def _proof(one: StatedEntitlement) -> tuple[tuple[str, str], ...]:
    order = [("purchase_order", one.purchase_order)] if one.purchase_order else []
    return (*order, *(("license_number", id) for id in one.license_ids))
