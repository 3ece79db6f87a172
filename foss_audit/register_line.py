# SPDX-License-Identifier: Apache-2.0
"""One line of a licence register as an entitlement: product, number, days, terms, proof; or why it cannot be counted."""

import re
from dataclasses import replace
from datetime import date
from functools import partial

from foss_audit.activation import said_without_keys, without_keys
from foss_audit.amounts import NotAnAmount, read_quantity, read_rupiah
from foss_audit.catalogue import LicenseModel
from foss_audit.certificates import certificate_beside
from foss_audit.device_names import device_names
from foss_audit.entitlement import Entitlement, Metric, UnreadRight, VersionRights
from foss_audit.messages import Message, message
from foss_audit.model import Source
from foss_audit.register_days import days_of, longest_term, purchased_on
from foss_audit.register_gathering import LineGathering
from foss_audit.register_product import Licensed
from foss_audit.register_scope import Scope
from foss_audit.tables import Line, Table
from foss_audit.validity import Refused, valid_days

_DECIDING = ("agency", "product", "version", "edition", "quantity", "start", "purchased", "end", "duration")
"""Columns without which it cannot be told what a line grants: an error in place of a last day is not `without end`."""
_LONGEST = {
    "product": 500,
    "version": 500,
    "edition": 500,
    "metric": 500,
    "unit": 500,
    "status": 500,
    "remark": 3_000,
    "rights": 3_000,
    "allotment": 5_000,
    "agency": 2_000,
    "device": 50_000,
}
"""Characters of a cell that is read word by word."""
_PROOFS = ("bast", "contract", "invoice", "sp2d")


def read_entitlement(line: Line, source: Source, scope: Scope, table: Table, gathering: LineGathering) -> Entitlement | None:
    """The line as an entitlement; None where it grants nothing. Raises Refused where it cannot be counted."""
    agency = scope.agency
    for column, most in _LONGEST.items():
        if len(line.text(column)) > most:
            raise Refused(
                message("{heading} holds more than {most} characters: shorten it", heading=table.headings[column], most=most)
            )
    if failed := [table.headings[column] for column in _DECIDING if table.has_failed(column, line.row)]:
        raise Refused(message("{columns}: the formula failed; correct it or write the value", columns=", ".join(failed)))
    _refuse_what_is_no_right(line, source, table, gathering)
    quantity = _quantity(line, table, gathering, agency, source)
    purchased = purchased_on(line, gathering)
    start, end = days_of(line, table, purchased, gathering, agency, source)
    if quantity == 0:
        gathering.note(agency, source, message("grants a quantity of 0 and was left out"))
        return None
    licensed = _licensed(line, gathering)
    product = licensed.product
    releases, rights = _versions(line, table, licensed, start, gathering)
    if end is None and not line.text("end") and not releases:
        end = longest_term(line, product, purchased, gathering, agency, source)
    cells = line.text("metric"), line.text("unit")
    metric = gathering.terms.metric(cells, (line.text("product"), line.text("end"), line.text("remark")))
    price = _price(line, quantity, gathering, agency, source)
    if metric is Metric.CORE and quantity is not None:
        cores = gathering.terms.cores_in((*cells, line.text("product")))
        quantity, price = quantity * cores, None if price is None else round(price / cores)
    each = gathering.terms.devices_each(line.text("product"), "; ".join((line.text("rights"), line.text("remark"))), quantity)
    if metric is Metric.EVALUATION and end is None:
        raise Refused(message("is an evaluation licence, but says neither for how long nor until when: fill in its last day"))
    devices = device_names(line.text("device"), of_column=True)
    tied = gathering.terms.tied_devices(line.text("remark"))
    if tied.is_sure and not (tied.names or devices):
        gathering.note(
            agency, source, message("says that it is tied to devices, but names none that can be read; counted by quantity")
        )
    return Entitlement(
        id=f"{source.file} {source.locator}",
        source=source,
        product_key=product.id,
        product_name=product.name,
        as_written=line.text("product"),
        agency=agency,
        quantity=quantity,
        metric=metric,
        each=each if metric in (Metric.DEVICE, Metric.USER, Metric.ACADEMIC) else 1,
        start=start,
        end=end,
        perpetual=end is None,
        purchased=purchased,
        edition=_edition(line, licensed, gathering) or None,
        release=", ".join(releases) or None,
        releases=releases,
        rights=rights,
        devices=tuple(dict.fromkeys(map(without_keys, (*devices, *tied.names)))),
        is_tied_in_words=tied.is_sure and bool(tied.names),
        shared_by=scope.shared_by,
        withheld_from=scope.withheld_from,
        allotments=_allotments(line, quantity, gathering, agency, source),
        proof=(
            *(
                (kind, without_keys(document))
                for kind in _PROOFS
                if (document := line.text(kind)) and not gathering.words("no-proof").matches(document)
            ),
            *_certificate(line, gathering, agency, source),
        ),
        unit_price=price,
        supplier=without_keys(line.text("supplier")),
        fund=without_keys(line.text("fund")),
        asset_code=without_keys(line.text("asset_code")),
        remark=without_keys(line.text("remark")),
    )


def _refuse_what_is_no_right(line: Line, source: Source, table: Table, gathering: LineGathering) -> None:
    """Raises Refused for a line of what is wished for, was given up, or is said to have no licence."""
    said = [part.strip(" :-'\"") for column in ("remark", "rights") for part in re.split(r"[;,.\n()]", line.text(column))]
    no_right, no_status = gathering.words("no-right"), gathering.words("no-right-status")
    status, metric = (" ".join(str(line.value(column) or "").split()) for column in ("status", "metric"))
    if gathering.terms.metric((metric,), ()) is Metric.EVALUATION:
        metric = ""  # it may be used until its last day
    sheet = source.locator.rpartition("!")[0]
    said = [one for one in (*said, status, metric, sheet) if one and not gathering.terms.is_realised(one)]
    words = next((one for one in said if no_right.matches(one)), "")
    words = words or next((one for one in (status, metric) if one and no_status.matches(one)), "")
    if words:
        raise Refused(
            message("says '{words}', so it grants no licence; where it does, say so there and clear those words", words=words)
        )
    if "wanted" in table.columns and "quantity" not in table.columns:
        raise Refused(message("tells what is wanted, not what there is: name a column 'Jumlah Lisensi'"))


def unread_right(line: Line, source: Source, agency: str | None, why: Message, gathering: LineGathering) -> list[UnreadRight]:
    """A refused line, where the catalogue knows what it would license."""
    product = _found(line, gathering).product
    return [] if product.only_registered else [UnreadRight(source, said_without_keys(why), agency, product.id)]


def _certificate(line: Line, gathering: LineGathering, agency: str | None, source: Source) -> tuple[tuple[str, str], ...]:
    """The file of a certificate that the line names, with its SHA-256 where it lies in the register's folder or below."""
    name = line.text("certificate")
    if not name:
        return ()
    found = certificate_beside(gathering.folder, name)
    if found is None:
        gathering.note(agency, source, message("certificate '{file}' does not lie in the register's folder", file=name))
        return (("certificate", without_keys(name)),)
    path, digest = found
    gathering.certificates.add(path)
    return ("certificate", without_keys(name)), ("sha256", digest)


def _edition(line: Line, licensed: Licensed, gathering: LineGathering) -> str:
    """The edition that the line names beside what the product is; '' for every one."""
    product = licensed.product
    column = line.text("edition")
    if gathering.product_words.says_nothing(column) or gathering.words("any-version").matches(column):
        column = ""
    stated = gathering.editions.stated_edition(product.id, column)
    if stated and not gathering.editions.has_editions(product.id):
        # An edition that is a part of the product's own name is no further one.
        return "" if set(stated.casefold().split()) <= set(product.name.casefold().split()) else stated
    found = stated or gathering.editions.edition(product.id, f"{licensed.name} {line.text('version')}")
    return "" if gathering.editions.edition(product.id, "") else found


def _versions(
    line: Line, table: Table, licensed: Licensed, start: date | None, gathering: LineGathering
) -> tuple[tuple[str, ...], VersionRights]:
    """The releases that the line names, and its rights to others.

    The year in a subscription's name is the one it was bought in, unless that release was sold without an end.
    """
    product = licensed.product
    releases, of_column = gathering.terms.releases(line.text("version"), partial(gathering.editions.between, product.id))
    if not releases and not line.text("version"):
        named = gathering.editions.release(product.id, licensed.name, product.name)
        subscribed = product.license_model is LicenseModel.SUBSCRIPTION and not _is_for_good(line, gathering)
        if named and (not subscribed or gathering.editions.was_sold_for_good(product.id, named)):
            releases = (named,)
    maintained = None
    if line.text("maintenance_end"):
        _, maintained = valid_days(None, line.value("maintenance_end"), "", gathering.calendar, start)
    remark = "; ".join(filter(None, (_stated_rights(line, table, gathering), line.text("remark"))))
    of_remark = gathering.terms.version_rights(remark, maintained, start)
    if of_column.downgrade:
        of_remark = replace(of_column, upgrade=of_remark.upgrade, upgrade_until=of_remark.upgrade_until)
    if of_column.upgrade:
        of_remark = replace(of_remark, upgrade=True, upgrade_until=None)
    return releases, of_remark


def _stated_rights(line: Line, table: Table, gathering: LineGathering) -> str:
    """The column of rights; where its heading names the right, and the cell says yes or which releases, the two together."""
    cell, heading = line.text("rights"), table.headings.get("rights", "")
    if not cell or gathering.words("no").matches(cell) or gathering.words("cross").matches(cell):
        return ""
    is_yes = gathering.words("yes").matches(cell) or gathering.words("tick").matches(cell)
    return f"{heading} {'' if is_yes else cell}" if is_yes or not any(map(str.isalpha, cell)) else cell


def _is_for_good(line: Line, gathering: LineGathering) -> bool:
    """Whether the line says that its right does not end."""
    return any(gathering.words("perpetual").matches(line.text(column)) for column in ("end", "duration"))


def _allotments(
    line: Line, quantity: int | None, gathering: LineGathering, agency: str | None, source: Source
) -> tuple[tuple[str, int], ...]:
    """Whom a regional right was allotted to; of an agency's own right nothing is allotted."""

    cell = line.text("allotment")
    found = gathering.allotted(line.text("remark"), cell) if agency is None else ()
    if cell and not found and agency is None:
        what = message(
            "'{text}' names no agencies with numbers that can be read; the licences are open to every agency", text=cell
        )
        gathering.note(agency, source, what)
    allotted = sum(number for _, number in found)
    if quantity is not None and allotted > quantity:
        what = message(
            "allots {allotted} licences, but grants {quantity}: the last get fewer", allotted=allotted, quantity=quantity
        )
        gathering.note(agency, source, what)
    return found


def _licensed(line: Line, gathering: LineGathering) -> Licensed:
    """What the line licenses. What only registers know is one product under all the names they give it."""
    found = _found(line, gathering)
    if not found.product.only_registered:
        return found
    known = gathering.products.get(found.product.id, found.product)
    known = replace(known, names=tuple(dict.fromkeys((*known.names, *found.product.names))))
    gathering.products[known.id] = known
    return replace(found, product=known)


def _found(line: Line, gathering: LineGathering) -> Licensed:
    """What the line licenses. In asset registers the product stands beside a name of its kind: `Software | Microsoft Office`."""
    name, brand, specification = map(line.text, ("product", "brand", "specification"))
    publisher = line.text("publisher")
    beside = [text for text in (brand, specification, publisher) if len(text.split()) > 1]  # one word may be a maker's name
    found = [
        gathering.product_words.licensed(text, line.text("edition"), line.text("version"), publisher)
        for text in dict.fromkeys((name, *beside, f"{name} {brand}".strip()))
    ]
    return next((one for one in found if not one.product.only_registered), found[0])


def _quantity(line: Line, table: Table, gathering: LineGathering, agency: str | None, source: Source) -> int | None:
    """How many; None is unlimited. A line of a register without a quantity column is one licence."""
    if "quantity" not in table.columns:
        return 1
    text = line.text("quantity")
    if gathering.words("unlimited").matches(text):
        return None
    try:
        number = read_quantity(line.value("quantity"))
    except NotAnAmount:
        raise Refused(
            message("quantity '{quantity}' is no number of licences: write a whole number or 'Unlimited'", quantity=text)
        ) from None
    if number is None:
        gathering.note(agency, source, message("states no quantity; counted as one licence"))
        return 1
    return number


def _price(line: Line, quantity: int | None, gathering: LineGathering, agency: str | None, source: Source) -> int | None:
    """Price of one licence in rupiah; None where the line does not say. A price that cannot be read costs no licence."""
    try:
        price = read_rupiah(line.value("price"))
        total = read_rupiah(line.value("total_price")) if price is None and quantity else None
        return round(total / quantity) if total is not None and quantity else price
    except NotAnAmount:
        gathering.note(agency, source, message("price '{price}' could not be read", price=line.text("price")))
        return None
