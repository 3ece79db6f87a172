# SPDX-License-Identifier: Apache-2.0
"""How long a million installations against five thousand entitlements take, beside a bare groupby and merge of pandas.

.venv/bin/python benchmarks/reconcile.py [--installations 1000000] [--entitlements 5000] [--runs 5]
"""

import argparse
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from foss_audit.catalogue import LicenseModel, Product
from foss_audit.entitlement import Entitlement, Metric, VersionRights
from foss_audit.model import Basis, Freedom, License, SoftwareClass, Source, Title, Verdict
from foss_audit.reconcile import reconcile
from foss_audit.rulebook import load_rulebook

DAY = date(2026, 11, 24)
ABSENT = License("", None, Freedom.ABSENT)
AGENCIES, PRODUCTS, RELEASES = 100, 200, 10
MOST_USED = "microsoft-windows", "microsoft-office-professional-plus", "microsoft-office-standard", "autocad", "adobe-photoshop"


def titles(products: list[Product], random: np.random.Generator) -> list[Verdict]:
    """Titles of products that need a licence, each in some releases and editions, and three times as many that need none."""
    made = []
    for product in products:
        for at in range(RELEASES):
            edition = ["", " Pro", " Enterprise"][at % 3] if product.id == "microsoft-windows" else ""
            release = [10, 11][at % 2] if product.id == "microsoft-windows" else 2016 + at
            title = Title(f"{product.name} {release}{edition}", f"{at}.{int(random.integers(9))}")
            made.append(Verdict(title, ABSENT, product, product.license_model, None, None, product.id))
    free = Product("free", "Free", "", LicenseModel.FREEWARE)
    need_none = [
        Verdict(Title(f"Free {at}"), ABSENT, free, free.license_model, SoftwareClass.LEGAL_COMMERCIAL, Basis.FREEWARE, "free")
        for at in range(3 * len(made))
    ]
    return [*made, *need_none]


def installations(number: int, products: int, verdicts: int, random: np.random.Generator) -> pd.DataFrame:
    """Fifty titles on each device, a quarter of them in need of a licence, mostly of few products, and mostly one release of
    each; agencies of unlike size, two in a hundred on unnamed devices.
    """
    devices = max(1, number // 50)
    device = random.integers(0, devices, number)
    agency = (AGENCIES * (device / devices) ** 1.7).astype(np.int64)
    product = (products * random.random(number) ** 8).astype(np.int64)
    release = np.where(random.random(number) < 0.03, random.integers(0, RELEASES, number), (device % 4 + product) % RELEASES)
    need_none = RELEASES * products + ((verdicts - RELEASES * products) * random.random(number) ** 2).astype(np.int64)
    title = np.where(random.random(number) < 0.25, product * RELEASES + release, need_none)
    names = pd.Index(["", *(f"PC-{one:06}" for one in range(devices))], dtype=object)
    return pd.DataFrame(
        {
            "agency": pd.Categorical.from_codes(agency, categories=[f"Dinas {one:03}" for one in range(AGENCIES)]),
            "device": pd.Categorical.from_codes(np.where(random.random(number) < 0.02, 0, device + 1), categories=names),
            "title": title.astype(np.int32),
        }
    ).drop_duplicates(["agency", "device", "title"], ignore_index=True)


def entitlements(number: int, verdicts: list[Verdict], random: np.random.Generator) -> list[Entitlement]:
    """Rights of every kind: of agencies and pooled, ended and lasting, for releases and editions, tied to devices, allotted."""
    made = []
    for at in range(number):
        verdict = verdicts[int(len(verdicts) * random.random() ** 8)]
        agency = f"Dinas {int(random.integers(AGENCIES)):03}" if random.random() < 0.9 else None
        ends = random.random() < 0.3
        releases = (verdict.title.name.split()[-1],) if random.random() < 0.4 and verdict.title.name[-1].isdigit() else ()
        tied = random.random() < 0.05
        made.append(
            Entitlement(
                id=f"register.xlsx Sheet1!A{at:05}",
                source=Source("register.xlsx", f"Sheet1!A{at:05}"),
                product_key=verdict.product_key,
                product_name=verdict.product.name if verdict.product else "",
                as_written=verdict.title.name,
                agency=agency,
                quantity=int(random.integers(1, 60)),
                metric=Metric.OEM if tied else Metric.DEVICE,
                end=DAY + timedelta(days=int(random.integers(-300, 700))) if ends else None,
                perpetual=not ends,
                releases=releases,
                rights=VersionRights(downgrade=random.random() < 0.3),
                devices=tuple(f"PC-{one:06}" for one in random.integers(0, 20_000, 20)) if tied else (),
            )
        )
    return made


def bare(table: pd.DataFrame, products: np.ndarray, rights: pd.DataFrame) -> pd.DataFrame:
    """What a spreadsheet would do: devices by agency and product, beside the sum of what is valid there, joined to the rows."""
    known = table.assign(product=products[table["title"].to_numpy()])
    counted = known.groupby(["agency", "product"], observed=True)["device"].nunique().reset_index(name="devices")
    granted = rights[rights["valid"]].groupby(["agency", "product"], observed=True)["quantity"].sum().reset_index()
    positions = counted.merge(granted, on=["agency", "product"], how="left")
    positions["short"] = (positions["devices"] - positions["quantity"].fillna(0)).clip(lower=0)
    return known.merge(positions, on=["agency", "product"], how="left")


def seconds(work: Callable[[], object], runs: int) -> list[float]:
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--installations", type=int, default=1_000_000)
    parser.add_argument("--entitlements", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    random = np.random.default_rng(20261124)
    rulebook = load_rulebook()
    bought = [one for one in rulebook.products if one.license_model in (LicenseModel.COMMERCIAL, LicenseModel.SUBSCRIPTION)]
    first = [one for one in bought if one.id in MOST_USED]
    products = [*first, *(one for one in bought if one.id not in MOST_USED)][:PRODUCTS]
    verdicts = titles(products, random)
    table = installations(given.installations * 6 // 5, len(products), len(verdicts), random)[: given.installations]
    rights = entitlements(given.entitlements, [one for one in verdicts if one.basis is None], random)
    product_keys = np.array([verdict.product_key for verdict in verdicts], dtype=object)
    bare_rights = pd.DataFrame(
        {
            "agency": [one.agency or "" for one in rights],
            "product": [one.product_key for one in rights],
            "quantity": [one.quantity for one in rights],
            "valid": [one.valid_on(DAY) for one in rights],
        }
    )
    agencies = frozenset(one.agency for one in rights if one.agency)

    def full() -> object:
        return reconcile(table, verdicts, rights, agencies, DAY, editions=rulebook.editions)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours, theirs = [], []
    for _ in range(given.runs):  # by turns, so that a busy machine slows both
        theirs += seconds(lambda: bare(table, product_keys, bare_rights), 1)
        ours += seconds(full, 1)
    found = reconcile(table, verdicts, rights, agencies, DAY, editions=rulebook.editions)
    outcome = Counter(found.bases[code].value for code in found.basis if code >= 0)
    print(f"{len(table):,} installations, {len(rights):,} entitlements, {len(verdicts):,} titles, {AGENCIES} agencies")
    print(f"  foss-audit          {statistics.median(ours):6.2f} s (of {given.runs}: {min(ours):.2f} to {max(ours):.2f})")
    print(f"  groupby and merge   {statistics.median(theirs):6.2f} s ({min(theirs):.2f} to {max(theirs):.2f})")
    print(f"  ratio               {statistics.median(ours) / statistics.median(theirs):6.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"  memory, all told    {peak / 1024:,.0f} MiB, before it {before / 1024:,.0f}")
    print("  " + ", ".join(f"{basis} {number:,}" for basis, number in sorted(outcome.items())))
    print(f"  {sum(map(len, found.positions.values())):,} positions")


if __name__ == "__main__":
    main()
