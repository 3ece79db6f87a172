# SPDX-License-Identifier: Apache-2.0
"""What the licence registers say, as a value, and how it is gathered. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import TypeVar

from foss_audit.activation import said_without_keys
from foss_audit.agencies import AgencyTable, display_names
from foss_audit.catalogue import Product
from foss_audit.codes import plain_text
from foss_audit.entitlement import Entitlement, Metric, UnreadRight
from foss_audit.messages import Message, message
from foss_audit.model import Note, Problem, Source

_MOST_NAMED = 8
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Register:
    """What the registers say."""

    entitlements: tuple[Entitlement, ...] = ()
    agencies: frozenset[str] = frozenset()
    """Every agency that a line names, whether or not the line could be counted."""
    products: tuple[Product, ...] = ()
    """Products that the registers name and the catalogue does not know."""
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    """By agency; '' for the region's."""
    notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    repeats: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    """Lines that grant what an earlier line granted by the same documents, and were not counted again; by agency."""
    unread: tuple[UnreadRight, ...] = ()
    """Of the problems, the lines whose product is known."""

    def with_agency_names(self, known: Mapping[str, str], table: AgencyTable) -> "Register":
        """The same with each agency under the name that the reports use (`known`: AgencyTable.key to name)."""
        spelt = {*self.agencies, *self.problems, *self.notes} - {""}
        names = {**display_names(spelt, table), **known}

        def name(agency: str) -> str:
            return names[table.key(agency)] if agency else ""

        return Register(
            tuple(
                replace(
                    one,
                    agency=name(one.agency) if one.agency else None,
                    allotments=tuple((known.get(table.key(agency), agency), number) for agency, number in one.allotments),
                    shared_by=tuple(known.get(table.key(agency), agency) for agency in one.shared_by),
                    withheld_from=tuple(known.get(table.key(agency), agency) for agency in one.withheld_from),
                )
                for one in self.entitlements
            ),
            frozenset(name(agency) for agency in self.agencies),
            self.products,
            _merged(self.problems, name),
            _merged(self.notes, name),
            _merged(self.repeats, name),
            tuple(replace(one, agency=name(one.agency) if one.agency else None) for one in self.unread),
        )

    def with_known_devices(self, devices: Mapping[str, Iterable[str]]) -> "Register":
        """The same, where a column that may name devices holds none of the agency's inventory (`devices`: by agency), nor a name
        of their kind, without the ties to them: it may hold inventory numbers. Ties that a remark states in words stay.
        """

        @cache
        def known_to(agency: str | None) -> _Known:
            return _Known(chain.from_iterable(devices.values()) if agency is None else devices.get(agency, ()))

        entitlements, notes = [], dict(self.notes)
        for one in self.entitlements:
            if not one.devices:
                entitlements.append(one)
                continue
            what = None
            known = known_to(one.agency)
            spelt = known.spellings(one.devices)
            if not spelt:
                what = message("names devices that no inventory lists: {devices}", devices=", ".join(one.devices[:_MOST_NAMED]))
                one = one if one.is_tied_in_words or known.has_like(one.devices) else replace(one, devices=())
            elif one.quantity not in (None, len(one.devices)) and one.metric is not Metric.CORE:
                what = message(
                    "names {named} devices for {quantity} licences; the right holds on these alone",
                    named=len(one.devices),
                    quantity=one.quantity,
                )
            if spelt:
                one = replace(one, devices=tuple(dict.fromkeys((*one.devices, *spelt))))
            if what is not None:
                notes[one.agency or ""] = (*notes.get(one.agency or "", ()), Note(one.source, what))
            entitlements.append(one)
        return replace(self, entitlements=tuple(entitlements), notes=notes)

    def joined(self, other: "Register") -> "Register":
        """Both registers as one, this one's lines first."""
        products = {one.id: one for one in (*other.products, *self.products)}
        return Register(
            (*self.entitlements, *other.entitlements),
            self.agencies | other.agencies,
            tuple(products[key] for key in sorted(products)),
            _merged(self.problems, str, other.problems),
            _merged(self.notes, str, other.notes),
            _merged(self.repeats, str, other.repeats),
            (*self.unread, *other.unread),
        )


class _Known:
    """The devices of the inventories, by their names however they are spelt: `PC 01` is `PC-01`."""

    def __init__(self, devices: Iterable[str]) -> None:
        self._exact: set[str] = set()
        self._squeezed: dict[str, list[str]] = {}
        self._kinds: set[str] = set()
        for device in sorted(set(devices)):
            self._exact.add(plain_text(device))
            self._kinds.add(_kind(device))
            self._squeezed.setdefault(_squeezed(device), []).append(device)

    def spellings(self, names: Iterable[str]) -> list[str]:
        """What the inventories call the devices of these names; none where they have none of them."""
        return [
            spelt
            for name in names
            for spelt in ([name] if plain_text(name) in self._exact else self._squeezed.get(_squeezed(name), ()))
        ]

    def has_like(self, names: Iterable[str]) -> bool:
        """Whether names are spelt as the inventories' are but for their numbers: `PC99` where there is `PC01`."""
        return any(any(map(str.isalpha, name)) and _kind(name) in self._kinds for name in names)


def _squeezed(device: str) -> str:
    """A device's name without blanks and hyphens but those between numbers, its numbers without leading zeros."""
    joined = re.sub(r"(?<!\d)[\W_]+|[\W_]+(?!\d)", "", plain_text(device))
    return re.sub(r"(?<!\d)0+(?=\d)", "", joined)


def _kind(device: str) -> str:
    return re.sub(r"\d+", "#", _squeezed(device))


@dataclass(slots=True, kw_only=True)
class Gathering:
    """A register that is being read, line by line."""

    entitlements: list[Entitlement] = field(default_factory=list)
    agencies: set[str] = field(default_factory=set)
    """As of a Register."""
    products: dict[str, Product] = field(default_factory=dict)
    """By id."""
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    notes: dict[str, list[Note]] = field(default_factory=dict)
    repeats: dict[str, list[Source]] = field(default_factory=dict)
    unread: list[UnreadRight] = field(default_factory=list)

    def problem(self, agency: str | None, source: Source, what: Message) -> None:
        """A line that grants nothing because it cannot be understood; a whole product key in it is not repeated."""
        self.problems.setdefault(agency or "", []).append(Problem(source, said_without_keys(what)))

    def note(self, agency: str | None, source: Source, what: Message) -> None:
        """Something about how a line was read."""
        self.notes.setdefault(agency or "", []).append(Note(source, said_without_keys(what)))

    def register(self) -> Register:
        """What has been gathered."""
        return Register(
            tuple(self.entitlements),
            frozenset(self.agencies),
            tuple(self.products[key] for key in sorted(self.products)),
            {agency: tuple(found) for agency, found in self.problems.items()},
            {agency: tuple(found) for agency, found in self.notes.items()},
            {agency: tuple(found) for agency, found in self.repeats.items()},
            tuple(self.unread),
        )


def _merged(
    by_agency: Mapping[str, tuple[_Item, ...]], name: Callable[[str], str], more: Mapping[str, tuple[_Item, ...]] | None = None
) -> dict[str, tuple[_Item, ...]]:
    merged: dict[str, tuple[_Item, ...]] = {}
    for agency, found in (*by_agency.items(), *(more or {}).items()):
        merged[name(agency)] = (*merged.get(name(agency), ()), *found)
    return merged
