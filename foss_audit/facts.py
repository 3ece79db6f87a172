# SPDX-License-Identifier: Apache-2.0
"""What policy rules may ask of agencies, of what they handed in, of their devices, and of the region. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from foss_audit.entitlement import Entitlement
from foss_audit.entitlements import Register
from foss_audit.evaluate import Fact
from foss_audit.inventory import TwiceInventoried
from foss_audit.messages import message
from foss_audit.model import Problem, Source
from foss_audit.tally import Tally

_MOST_NAMED = 8


def agency_facts(tallies: Mapping[str, Tally], region_problems: Sequence[Problem]) -> list[Fact]:
    """What rules may ask of agencies, and of the region."""
    facts = [
        Fact(
            "agency",
            one.agency,
            one.agency,
            {
                "agency": one.agency,
                "submitted": one.submitted,
                "has_register": one.has_register,
                "devices": one.numbers.devices,
                "devices_expected": one.devices_expected or 0,
                "devices_missing": max(0, (one.devices_expected or 0) - one.numbers.devices - one.numbers.unnamed_at_least),
                "unnamed_devices": one.numbers.unnamed_devices,
                "unnamed": message(" (and at least {count} that nobody named)", count=one.numbers.unnamed_at_least)
                if one.numbers.unnamed_at_least
                else "",
                "needing": one.numbers.needing,
            },
        )
        for one in tallies.values()
    ]
    facts += [
        Fact(
            "input",
            one.agency,
            one.agency,
            {"agency": one.agency, "problems": len(one.problems)},
            tuple(problem.source for problem in one.problems),
        )
        for one in tallies.values()
        if one.submitted
    ]
    if region_problems:
        sources = tuple(problem.source for problem in region_problems)
        facts.append(Fact("region", "", "register", {"problems": len(region_problems)}, sources))
    return facts


def twice_facts(twice: Iterable[TwiceInventoried]) -> list[Fact]:
    """Devices that several files list with differing content."""
    return [
        Fact(
            "device",
            one.agency,
            one.device,
            {"agency": one.agency, "device": one.device, "inventories": len(one.files), "files": ", ".join(one.files)},
            tuple(Source(file) for file in one.files),
        )
        for one in twice
    ]


def register_facts(register: Register, as_of: date) -> list[Fact]:
    """What rules may ask of the lines of registers, by agency and for the region ('')."""
    unproven: dict[str, list[Entitlement]] = {}
    for one in register.entitlements:
        if not one.proof and one.valid_on(as_of):
            unproven.setdefault(one.agency or "", []).append(one)
    facts = [
        _register_fact("without-proof", agency, [one.source for one in found], sorted({one.product_name for one in found}))
        for agency, found in sorted(unproven.items())
    ]
    unknown: dict[str, list[Entitlement]] = {}
    names = {one.id for one in register.products}
    for one in register.entitlements:
        if one.product_key in names:
            unknown.setdefault(one.agency or "", []).append(one)
    facts += [
        _register_fact("unknown-product", agency, [one.source for one in found], sorted({one.product_name for one in found}))
        for agency, found in sorted(unknown.items())
    ]
    return [*facts, *(_register_fact("repeated", agency, found) for agency, found in sorted(register.repeats.items()))]


def _register_fact(kind: str, agency: str, sources: Sequence[Source], products: Sequence[str] = ()) -> Fact:
    """`kind` tells what is the matter with the lines."""
    named = ", ".join(products[:_MOST_NAMED]) + (" …" if len(products) > _MOST_NAMED else "")
    values = {"kind": kind, "agency": agency or message("the pool"), "lines": len(sources), "products": named}
    return Fact("register", agency, kind, values, tuple(sources))
