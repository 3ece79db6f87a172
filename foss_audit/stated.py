# SPDX-License-Identifier: Apache-2.0
"""Rights that SBOMs state of their components (CycloneDX `licensing`), as lines of a register. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foss_audit.agencies import AgencyTable
from foss_audit.attribution import file_agency_or_input
from foss_audit.catalogue import Product
from foss_audit.entitlement import Entitlement
from foss_audit.entitlements import Gathering, Register
from foss_audit.gather import FileReading
from foss_audit.messages import Message, message
from foss_audit.model import Title
from foss_audit.readers.interface import StatedEntitlement
from foss_audit.recognise import Recogniser
from foss_audit.recognise.registered import registered_product

_NO_RIGHT = frozenset({"evaluation", "client-access"})
"""Kinds that give no right to use the component at work: to try it, and to reach a server that has rights of its own."""


def stated_rights(files: Iterable[FileReading], agencies: AgencyTable, recogniser: Recogniser) -> Register:
    """The rights that the files state, each of one device of the file's agency, or of the licensee's where that is an agency.

    A date that cannot be read is a problem, and its right is not counted; what gives no right to use is a note.
    """
    gathering = _Gathering(agencies_table=agencies, recogniser=recogniser)
    for file in files:
        if file.reading is not None:
            gathering.add(file.reading.entitlements, file_agency_or_input(file.origin, agencies, has_device_column=False))
    return gathering.register()


@dataclass(slots=True, kw_only=True)
class _Gathering(Gathering):
    """What the files have stated so far."""

    agencies_table: AgencyTable
    recogniser: Recogniser

    def add(self, stated: Sequence[StatedEntitlement], of_file: str) -> None:
        """The rights of one file, each once."""
        granted: set[tuple[object, ...]] = set()
        for one in stated:
            row = self.agencies_table.find(one.licensee) if one.licensee else None
            agency = row.name if row else of_file
            what = (agency, one.name, one.version, one.purchase_order, one.license_ids, one.start, one.end)
            if what not in granted:
                granted.add(what)
                self._add_right(one, agency)

    def _add_right(self, one: StatedEntitlement, agency: str) -> None:
        if (why := _no_right(one)) is not None:
            self.note(agency, one.source, why)
            return
        try:
            start, end = _day(one.start), _day(one.end)
        except ValueError:
            self.problem(agency, one.source, _no_days(one))
            return
        product = self._product(one)
        self.agencies.add(agency)
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

    def _product(self, one: StatedEntitlement) -> Product:
        for publisher in dict.fromkeys((one.publisher, "")):
            found = self.recogniser.recognise(Title(one.name, one.version, publisher)).product
            if found is not None:
                return found
        product = registered_product(one.name, (one.name,))
        return self.products.setdefault(product.id, product)


def _no_right(one: StatedEntitlement) -> Message | None:
    """Why a statement gives no right to use; None where it gives one."""
    kinds = {kind.strip().casefold() for kind in one.kinds}
    if kinds and kinds <= _NO_RIGHT:
        return message(
            "The licence of {name} is of kind {kinds}, which gives no right to use it.", name=one.name, kinds=", ".join(one.kinds)
        )
    if kinds or one.licensee or one.purchase_order or one.license_ids or one.start or one.end:
        return None
    return message(
        "What the SBOM says of the licensing of {name} names no licensee, order, number, kind or day and counts as "
        "no right. Add them, or enter the right in the register.",
        name=one.name,
    )


def _no_days(one: StatedEntitlement) -> Message:
    return message(
        "The licence of {name} states the days '{start}' and '{end}', which are no dates: write them as "
        "2026-12-31. The right was not counted.",
        name=one.name,
        start=one.start,
        end=one.end,
    )


def _day(text: str) -> date | None:
    """The day of an ISO 8601 date or date-time; None where there is none. Raises ValueError."""
    return datetime.fromisoformat(text.strip()).date() if text.strip() else None


def _proof(one: StatedEntitlement) -> tuple[tuple[str, str], ...]:
    order = [("purchase_order", one.purchase_order)] if one.purchase_order else []
    return (*order, *(("license_number", id) for id in one.license_ids))
