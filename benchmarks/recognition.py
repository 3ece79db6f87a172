# SPDX-License-Identifier: Apache-2.0
"""Scores the catalogue: labelled titles of real machines, names of cracks and innocents, labels of a package collection.

Prints figures, fails on none. `-v` lists what is wrong or not recognised. `FILE...` scores lists of your own instead:
tab-separated with the columns name, publisher and kind (a license model), version and confidence where they have them.
"""

import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from foss_audit.audit import license_reader
from foss_audit.catalogue import LicenseModel, OrganisationUse, Product
from foss_audit.model import Freedom, Title
from foss_audit.recognise import Recogniser
from foss_audit.rulebook import load_rulebook

CHECKOUT = Path(__file__).resolve().parent.parent
OWN = CHECKOUT / "tests" / "data"
DISAGREEMENTS = Path(__file__).with_name("scoop_disagreements.csv")
"""Names whose label contradicts the catalogue, with who is right: name, right (scoop, catalogue, homonym), why."""
TITLES = 20_000
NOTHING = "-"
SOLD = {"commercial", "subscription", "trialware"}
"""What must be bought; a label that says which of these is a guess as often as not."""


def main() -> None:
    verbose = "-v" in sys.argv
    began = time.perf_counter()
    rulebook = load_rulebook()
    loaded = time.perf_counter() - began
    began = time.perf_counter()
    recogniser = rulebook.recogniser()
    print(f"{len(rulebook.products)} lines: rules loaded in {loaded:.3f} s, indexed in {time.perf_counter() - began:.3f} s")
    print("  " + ", ".join(f"{number} {kind}" for kind, number in kinds(rulebook.products).items()))
    if own := [Path(argument) for argument in sys.argv[1:] if argument != "-v"]:
        for path in own:
            score_titles(recogniser, path, verbose)
        return
    score_cracks(recogniser, verbose)
    for name, scored in (("windows_titles.tsv", score_titles), ("scoop_licences.tsv", score_scoop)):
        path = next((folder / name for folder in (shared() / "labels", shared() / "facts") if (folder / name).exists()), None)
        if path is None:
            print(f"no {name}: not scored")
        else:
            scored(recogniser, path, verbose)
    speed(recogniser, rulebook.products)


def shared() -> Path:
    """Where labelled data lies: beside the checkout unless the environment says otherwise."""
    return Path(os.environ.get("FOSS_AUDIT_SHARED", CHECKOUT.parent / "shared"))


def kinds(products: tuple[Product, ...]) -> dict[str, int]:
    return {
        "products": sum(not one.family and one.license_model is not LicenseModel.ACTIVATOR for one in products),
        "families": sum(one.family for one in products),
        "activators": sum(one.license_model is LicenseModel.ACTIVATOR for one in products),
    }


def table(path: Path, delimiter: str = "\t") -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE)


def model_of(recogniser: Recogniser, title: Title) -> str:
    """The model that recognition gives; NOTHING where it is not recognised, `unknown` where the catalogue leaves it open."""
    recognition = recogniser.recognise(title)
    product = recognition.product
    if product is None:
        return NOTHING
    if recognition.version_open or product.organisation_use is OrganisationUse.VERIFY:
        return LicenseModel.UNKNOWN.value
    return product.license_model.value


def score_cracks(recogniser: Recogniser, verbose: bool) -> None:
    for name, are_cracks in (("activators.csv", True), ("innocents.csv", False)):
        titles = [Title(row["name"], "", row["publisher"]) for row in table(OWN / name, ",")]
        wrong = [one for one in titles if (model_of(recogniser, one) == "activator") is not are_cracks]
        print(f"{'cracks missed' if are_cracks else 'innocents accused'}: {len(wrong)} of {len(titles)}")
        for one in wrong if verbose else ():
            print(f"    {one.name} @ {one.publisher}")


def score_titles(recogniser: Recogniser, path: Path, verbose: bool) -> None:
    """Right is the labelled model (any model that must be bought for one of them); what stays open is not recognised."""
    confusion: Counter[tuple[str, str]] = Counter()
    wrong = []
    for row in table(path):
        if row.get("confidence") == "low":
            continue
        found = model_of(recogniser, Title(row["name"], row.get("version", ""), row["publisher"] or ""))
        label = row["kind"]
        if found in SOLD and label in SOLD:
            found = label
        confusion[label, found] += 1
        if found != label:
            wrong.append((label, found, row["name"], row["publisher"]))
    print(f"\n{path.name}: {confusion.total()} titles of sure or fairly sure label")
    print(f"  {'label':20} {'titles':>6} {'right':>6} {'wrong':>6} {'unrecognised':>13}")
    labels = sorted({label for label, _ in confusion})
    groups = {**{label: {label} for label in labels}, "all": set(labels), "all but components": set(labels) - {"component"}}
    for name, group in groups.items():
        total = sum(number for (label, _), number in confusion.items() if label in group)
        right = sum(number for (label, found), number in confusion.items() if label in group and label == found)
        open_ = sum(
            number
            for (label, found), number in confusion.items()
            if label in group and label != found and found in (NOTHING, "unknown")
        )
        print(f"  {name:20} {total:6} {share(right, total)} {share(total - right - open_, total)} {share(open_, total):>13}")
    print("  confusion (label > found): " + ", ".join(f"{a} > {b} {n}" for (a, b), n in sorted(confusion.items()) if a != b))
    for label, found, name, publisher in wrong if verbose else ():
        print(f"    {label} > {found}: {name} @ {publisher}")


def score_scoop(recogniser: Recogniser, path: Path, verbose: bool) -> None:
    """Whether the catalogue calls free what scoop labels with a free licence, and nothing else."""
    agree = recognised = undecided = total = 0
    licenses = license_reader(load_rulebook())
    known = {row["name"]: row for row in table(DISAGREEMENTS, ",")}
    differ = []
    for row in table(path):
        total += 1
        name = row["shortcut"].rpartition("\\")[2] or row["name"]
        found = model_of(recogniser, Title(name))
        if found in (NOTHING, "unknown", "component"):
            continue
        recognised += 1
        label = row["licence"]
        freedom = licenses.read(label.replace("|", " OR ").replace(",...", "").replace(",", " AND ")).freedom
        if freedom not in (Freedom.FREE, Freedom.NOT_FREE):
            undecided += 1
        elif (freedom is Freedom.FREE) == (found == "foss"):
            agree += 1
        else:
            differ.append((name, label, found, row["homepage"]))
    print(
        f"\n{path.name}: {recognised} of {total} names recognised; free or not: {agree} agree, {len(differ)} differ, "
        f"{undecided} labels do not say"
    )
    for name, label, found, page in differ:
        judged = known.get(name)
        right = f"right: {judged['right']}, {judged['why']}" if judged else f"NOT JUDGED YET ({page})"
        print(f"    {name}: scoop says {label}, the catalogue {found}; {right}")


def speed(recogniser: Recogniser, products: tuple[Product, ...]) -> None:
    """Distinct titles a second, made of names in the catalogue's own examples and of names that it does not know."""
    examples = sorted({example for one in products for example in one.examples})
    names = [example.partition(" @ ") for example in examples]
    titles = [
        Title(f"{name} {number % 90 + 10}.{number // 90}", f"{number % 90 + 10}.{number // 90}", publisher)
        if number % 3
        else Title(f"Aplikasi {number} {name[::-1]}", "1.0", publisher)
        for number, (name, _, publisher) in ((number, names[number % len(names)]) for number in range(TITLES))
    ]
    seconds = []
    for _ in range(3):
        began = time.process_time()
        found = sum(recogniser.recognise(title).product is not None for title in titles)
        seconds.append(time.process_time() - began)
    print(f"\n{TITLES} distinct titles ({found} recognised): {min(seconds):.2f} s of processor time, the best of three")


def share(part: int, whole: int) -> str:
    return f"{part / whole:6.1%}" if whole else f"{'–':>6}"


if __name__ == "__main__":
    main()
