# SPDX-License-Identifier: Apache-2.0
"""Scores licence reading against the labelled strings, and measures its speed. Prints figures, fails on none."""

import csv
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from license_expression import get_spdx_licensing
from license_peers import Judgement, peers

from foss_audit.catalogue import LicenseModel
from foss_audit.licenses import LicenseReader
from foss_audit.model import Freedom

CHECKOUT = Path(__file__).resolve().parent.parent
RULES = CHECKOUT / "rules" / "licenses"
CLASS = {Freedom.FREE: "foss", Freedom.NOT_FREE: "not-foss"}


def main() -> None:
    """Scores FILEs of one's own, or the shared labels; without any, only speed is measured."""
    reader = load_reader()
    verbose = "-v" in sys.argv
    files = [Path(argument) for argument in sys.argv[1:] if argument != "-v"] or [shared() / "labels" / "license_strings.tsv"]
    for labels in files:
        if labels.exists():
            score(reader, labels, verbose)
            compare(reader, labels)
        else:
            print(f"no labels at {labels}: only speed is measured")
    speed()


def shared() -> Path:
    """Where labelled data lies: beside the checkout unless the environment says otherwise."""
    return Path(os.environ.get("FOSS_AUDIT_SHARED", CHECKOUT.parent / "shared"))


def load_reader() -> LicenseReader:
    """A reader of the rule pack's own tables."""
    return LicenseReader(
        {row["text"]: row["expression"] for row in table("aliases.csv") if not row["package_type"]},
        [(row["phrase"], LicenseModel(row["model"])) for row in table("phrases.csv")],
        {row["key"]: (row["free"] == "yes", row["reason"]) for row in table("overrides.csv")},
        {row["word"]: row["claim"] for row in table("claims.csv")},
        {row["address"]: row["expression"] for row in table("addresses.csv")},
        {
            kind: {row["text"]: row["expression"] for row in table("aliases.csv") if row["package_type"] == kind}
            for kind in {row["package_type"] for row in table("aliases.csv")} - {""}
        },
    )


def table(name: str) -> Iterator[dict[str, str]]:
    with (RULES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def score(reader: LicenseReader, labels: Path, verbose: bool) -> None:
    strings = right = wrong_foss = stated = expressions = 0
    with labels.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            text, expected, wanted = json.loads(row["string_json"]), row["class"], row["spdx"]
            license = reader.read(text)
            found = CLASS.get(license.freedom, "undetermined")
            strings += 1
            right += found == expected
            wrong_foss += found == "foss" and expected == "not-foss"
            stated += bool(wanted)
            expressions += bool(wanted) and license.expression == wanted
            if verbose and (found != expected or (wanted and license.expression != wanted)):
                print(f"{found:13}{expected:13}{text[:150]!r}\n    {license.expression}\n    {wanted}  {row['note'][:150]}")
    print(f"{labels.name}: {strings} strings: class right {right / strings:.2%}, not free taken for free {wrong_foss}")
    print(f"  {stated} expressions: right {expressions / max(stated, 1):.2%}")


def compare(reader: LicenseReader, labels: Path) -> None:
    """What this project and its peers make of the same strings, side by side."""
    with labels.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    def ours(text: str) -> Judgement:
        license = reader.read(text)
        return CLASS.get(license.freedom, ""), license.expression or ""

    print(f"  {'':28}{'class right':>12}{'wrongly foss':>14}{'wrongly not':>13}{'expression':>12}{'fails':>7}")
    for name, judge in (("foss-audit", ours), *peers()):
        right = wrong_foss = wrong_unfree = expressions = stated = fails = 0
        for row in rows:
            try:
                found, expression = judge(json.loads(row["string_json"]))
            except Exception:  # whatever a peer raises, it counts
                found, expression = "", ""
                fails += 1
            expected = row["class"]
            right += (found or "undetermined") == expected
            wrong_foss += found == "foss" != expected
            wrong_unfree += found == "not-foss" != expected
            stated += bool(row["spdx"])
            expressions += bool(row["spdx"]) and expression == row["spdx"]
        shares = f"{right / len(rows):>12.1%}{wrong_foss:>14}{wrong_unfree:>13}{expressions / max(stated, 1):>12.1%}{fails:>7}"
        print(f"  {name:28}{shares}")


def speed(count: int = 40_000) -> None:
    started = time.process_time()
    reader = load_reader()
    print(f"built in {time.process_time() - started:.2f} s")
    ids = ["MIT", "Apache-2.0", "GPL-2.0-or-later", "BSD-3-Clause", "LGPL-2.1", "MPL-2.0", "ISC", "GPLv3+", "Zlib", "BSL-1.0"]
    texts = [f"({ids[n % 10]} OR {ids[n // 10 % 10]}) AND {ids[n // 100 % 10]} AND LicenseRef-{n}" for n in range(count)]
    started = time.process_time()
    for text in texts:
        reader.read(text)
    print(f"{count / (time.process_time() - started):,.0f} distinct expressions/s")
    yardstick(texts[:3_000])
    started = time.process_time()
    for text in texts[:10_000]:
        reader.read(text)
    print(f"{10_000 / (time.process_time() - started):,.0f} texts seen before/s")
    for name, text in (("5,000 operators", " AND ".join(f"LicenseRef-{n}" for n in range(5_001))), ("1 MB", "MIT, " * 200_000)):
        started = time.process_time()
        reader.read(text)
        print(f"{name}: {time.process_time() - started:.3f} s")


def yardstick(texts: list[str]) -> None:
    """What the library alone takes to parse the same texts, to tell a slow machine from slow code."""
    licensing = get_spdx_licensing()
    started = time.process_time()
    for text in texts:
        licensing.parse(text)
    print(f"  ({len(texts) / (time.process_time() - started):,.0f}/s by license-expression alone, which judges nothing)")


if __name__ == "__main__":
    main()
