# SPDX-License-Identifier: Apache-2.0
"""One line of a licence register as an entitlement: product, number, days, terms, proof; or why it cannot be counted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from foss_audit.activation import said_without_keys, without_keys
from foss_audit.amounts import NotAnAmount, read_quantity, read_rupiah
from foss_audit.catalogue import LicenseModel
from foss_audit.certificates import certificate_beside
from foss_audit.device_names import device_names
from foss_audit.entitlement import Entitlement, Metric, UnreadRight, VersionRights
from foss_audit.messages import Message, message
from foss_audit.register_days import days_of, longest_term, purchased_on
from foss_audit.register_gathering import RegisterLine
from foss_audit.register_product import Licensed
from foss_audit.register_terms import TiedDevices
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


def read_entitlement(line: RegisterLine) -> Entitlement | None:
    """The line as an entitlement; None where it grants nothing. Raises Refused where it cannot be counted."""
    _refuse_what_is_unreadable(line)
    _refuse_what_is_no_right(line)
    quantity = _quantity(line)
    purchased = purchased_on(line)
    start, end = days_of(line, purchased)
    if quantity == 0:
        line.note(message("grants a quantity of 0 and was left out"))
        return None
    licensed = _licensed(line)
    product = licensed.product
    releases, rights = _versions(line, licensed, start)
    if end is None and not line.text("end") and not releases:
        end = longest_term(line, product, purchased)
    counted = _counted(line, quantity)
    if counted.metric is Metric.EVALUATION and end is None:
        raise Refused(message("is an evaluation licence, but says neither for how long nor until when: fill in its last day"))
    tied = _tied(line)
    return Entitlement(
        id=f"{line.source.file} {line.source.locator}",
        source=line.source,
        product_key=product.id,
        product_name=product.name,
        as_written=line.text("product"),
        agency=line.scope.agency,
        quantity=counted.quantity,
        metric=counted.metric,
        each=counted.each,
        start=start,
        end=end,
        perpetual=end is None,
        purchased=purchased,
        edition=_edition(line, licensed) or None,
        release=", ".join(releases) or None,
        releases=releases,
        rights=rights,
        devices=tied.names,
        is_tied_in_words=tied.is_sure,
        shared_by=line.scope.shared_by,
        withheld_from=line.scope.withheld_from,
        allotments=_allotments(line, counted.quantity),
        proof=(*_documents(line), *_certificate(line)),
        unit_price=counted.price,
        supplier=without_keys(line.text("supplier")),
        fund=without_keys(line.text("fund")),
        asset_code=without_keys(line.text("asset_code")),
        remark=without_keys(line.text("remark")),
    )


def unread_right(line: RegisterLine, why: Message) -> list[UnreadRight]:
    """A refused line, where the catalogue knows what it would license."""
    product = _found(line).product
    return [] if product.only_registered else [UnreadRight(line.source, said_without_keys(why), line.scope.agency, product.id)]


def _refuse_what_is_unreadable(line: RegisterLine) -> None:
    """Raises Refused for a formula that failed in a cell that decides, and for a cell too long to be read word by word."""
    for column, most in _LONGEST.items():
        if len(line.text(column)) > most:
            what = message("{heading} holds more than {most} characters: shorten it", heading=line.heading(column), most=most)
            raise Refused(what)
    if failed := [line.heading(column) for column in _DECIDING if line.table.has_failed(column, line.line.row)]:
        raise Refused(message("{columns}: the formula failed; correct it or write the value", columns=", ".join(failed)))


def _refuse_what_is_no_right(line: RegisterLine) -> None:
    """Raises Refused for a line of what is wished for, was given up, or is said to have no licence."""
    terms, no_right, no_status = line.gathering.terms, *map(line.gathering.words, ("no-right", "no-right-status"))
    said = [part.strip(" :-'\"") for column in ("remark", "rights") for part in re.split(r"[;,.\n()]", line.text(column))]
    status, metric = (" ".join(line.text(column).split()) for column in ("status", "metric"))
    if terms.metric((metric,), ()) is Metric.EVALUATION:
        metric = ""  # it may be used until its last day
    sheet = line.source.locator.rpartition("!")[0]
    said = [one for one in (*said, status, metric, sheet) if one and not terms.is_realised(one)]
    words = next((one for one in said if no_right.matches(one)), "")
    words = words or next((one for one in (status, metric) if one and no_status.matches(one)), "")
    if words:
        raise Refused(
            message("says '{words}', so it grants no licence; where it does, say so there and clear those words", words=words)
        )
    if "wanted" in line.table.columns and "quantity" not in line.table.columns:
        raise Refused(message("tells what is wanted, not what there is: name a column 'Jumlah Lisensi'"))


def _quantity(line: RegisterLine) -> int | None:
    """How many; None is unlimited. A line of a register without a quantity column is one licence."""
    if "quantity" not in line.table.columns:
        return 1
    if line.says("unlimited", "quantity"):
        return None
    try:
        number = read_quantity(line.value("quantity"))
    except NotAnAmount:
        text = line.text("quantity")
        raise Refused(
            message("quantity '{quantity}' is no number of licences: write a whole number or 'Unlimited'", quantity=text)
        ) from None
    if number is None:
        line.note(message("states no quantity; counted as one licence"))
        return 1
    return number


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many there are of what, and what one costs."""

    metric: Metric
    quantity: int | None
    """None is unlimited."""
    each: int
    price: int | None


def _counted(line: RegisterLine, quantity: int | None) -> _Counted:
    """By what the right is counted; of packs of cores the cores, and the price of one."""
    terms = line.gathering.terms
    name, remark, cells = line.text("product"), line.text("remark"), (line.text("metric"), line.text("unit"))
    metric, price = terms.metric(cells, (name, line.text("end"), remark)), _price(line, quantity)
    if metric is Metric.CORE and quantity is not None:
        cores = terms.cores_in((*cells, name))
        return _Counted(metric, quantity * cores, 1, None if price is None else round(price / cores))
    if metric not in (Metric.DEVICE, Metric.USER, Metric.ACADEMIC):
        return _Counted(metric, quantity, 1, price)
    return _Counted(metric, quantity, terms.devices_each(name, f"{line.text('rights')}; {remark}", quantity), price)


def _price(line: RegisterLine, quantity: int | None) -> int | None:
    """Price of one licence in rupiah; None where the line does not say. A price that cannot be read costs no licence."""
    try:
        price = read_rupiah(line.value("price"))
        total = read_rupiah(line.value("total_price")) if price is None and quantity else None
        return round(total / quantity) if total is not None and quantity else price
    except NotAnAmount:
        line.note(message("price '{price}' could not be read", price=line.text("price")))
        return None


def _tied(line: RegisterLine) -> TiedDevices:
    """The devices that a column and the remark tie the right to; sure where the remark names them in so many words."""
    devices = device_names(line.text("device"), of_column=True)
    tied = line.gathering.terms.tied_devices(line.text("remark"))
    if tied.is_sure and not (tied.names or devices):
        line.note(message("says that it is tied to devices, but names none that can be read; counted by quantity"))
    names = tuple(dict.fromkeys(map(without_keys, (*devices, *tied.names))))
    return TiedDevices(names, tied.is_sure and bool(tied.names))


def _documents(line: RegisterLine) -> Iterator[tuple[str, str]]:
    """The numbers of documents, by kind."""
    for kind in _PROOFS:
        if line.text(kind) and not line.says("no-proof", kind):
            yield kind, without_keys(line.text(kind))


def _certificate(line: RegisterLine) -> tuple[tuple[str, str], ...]:
    """The file of a certificate that the line names, with its SHA-256 where it lies in the register's folder or below."""
    name = line.text("certificate")
    if not name:
        return ()
    found = certificate_beside(line.gathering.folder, name)
    if found is None:
        line.note(message("certificate '{file}' does not lie in the register's folder", file=name))
        return (("certificate", without_keys(name)),)
    path, digest = found
    line.gathering.certificates.add(path)
    return ("certificate", without_keys(name)), ("sha256", digest)


def _allotments(line: RegisterLine, quantity: int | None) -> tuple[tuple[str, int], ...]:
    """Whom a regional right was allotted to, with notes where that does not add up."""
    found = line.scope.allotments
    cell = line.text("allotment")
    if cell and not found and line.scope.agency is None:
        line.note(
            message("'{text}' names no agencies with numbers that can be read; the licences are open to every agency", text=cell)
        )
    allotted = sum(number for _, number in found)
    if quantity is not None and allotted > quantity:
        line.note(
            message("allots {allotted} licences, but grants {quantity}: the last get fewer", allotted=allotted, quantity=quantity)
        )
    return found


def _licensed(line: RegisterLine) -> Licensed:
    """What the line licenses. What only registers know is one product under all the names they give it."""
    found = _found(line)
    if not found.product.only_registered:
        return found
    products = line.gathering.products
    known = products.get(found.product.id, found.product)
    products[known.id] = known = replace(known, names=tuple(dict.fromkeys((*known.names, *found.product.names))))
    return replace(found, product=known)


def _found(line: RegisterLine) -> Licensed:
    """What the line licenses. In asset registers the product stands beside a name of its kind: `Software | Microsoft Office`."""
    name, brand, specification = map(line.text, ("product", "brand", "specification"))
    edition, version, publisher = map(line.text, ("edition", "version", "publisher"))
    beside = [text for text in (brand, specification, publisher) if len(text.split()) > 1]  # one word may be a maker's name
    by_name, *others = dict.fromkeys((name, *beside, f"{name} {brand}".strip()))
    found = line.gathering.product_words.licensed(by_name, edition, version, publisher)
    for text in others if found.product.only_registered else ():
        other = line.gathering.product_words.licensed(text, edition, version, publisher)
        if not other.product.only_registered:
            return other
    return found


def _edition(line: RegisterLine, licensed: Licensed) -> str:
    """The edition that the line names beside what the product is; '' for every one."""
    product, editions = licensed.product, line.gathering.editions
    says_nothing = line.gathering.product_words.says_nothing(line.text("edition")) or line.says("any-version", "edition")
    stated = "" if says_nothing else editions.stated_edition(product.id, line.text("edition"))
    if stated and not editions.has_editions(product.id):
        # An edition that is a part of the product's own name is no further one.
        return "" if set(stated.casefold().split()) <= set(product.name.casefold().split()) else stated
    found = stated or editions.edition(product.id, f"{licensed.name} {line.text('version')}")
    return "" if editions.edition(product.id, "") else found


def _versions(line: RegisterLine, licensed: Licensed, start: date | None) -> tuple[tuple[str, ...], VersionRights]:
    """The releases that the line names, and its rights to others.

    The year in a subscription's name is the one it was bought in, unless that release was sold without an end.
    """
    product, editions, terms = licensed.product, line.gathering.editions, line.gathering.terms
    releases, of_column = terms.releases(line.text("version"), partial(editions.between, product.id))
    if not releases and not line.text("version"):
        named = editions.release(product.id, licensed.name, product.name)
        is_for_good = line.says("perpetual", "end") or line.says("perpetual", "duration")
        subscribed = product.license_model is LicenseModel.SUBSCRIPTION and not is_for_good
        if named and (not subscribed or editions.was_sold_for_good(product.id, named)):
            releases = (named,)
    maintained = None
    if line.text("maintenance_end"):
        _, maintained = valid_days(None, line.value("maintenance_end"), "", line.gathering.calendar, start)
    rights = terms.version_rights("; ".join(filter(None, (_stated_rights(line), line.text("remark")))), maintained, start)
    if of_column.downgrade:
        rights = replace(of_column, upgrade=rights.upgrade, upgrade_until=rights.upgrade_until)
    if of_column.upgrade:
        rights = replace(rights, upgrade=True, upgrade_until=None)
    return releases, rights


def _stated_rights(line: RegisterLine) -> str:
    """The column of rights; where its heading names the right, and the cell says yes or which releases, the two together."""
    cell = line.text("rights")
    if not cell or line.says("no", "rights") or line.says("cross", "rights"):
        return ""
    if line.says("yes", "rights") or line.says("tick", "rights"):
        return line.heading("rights")
    return cell if any(map(str.isalpha, cell)) else f"{line.heading('rights')} {cell}"
