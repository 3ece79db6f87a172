# SPDX-License-Identifier: Apache-2.0
"""`foss-audit explain`: why a title gets its verdict, step by step."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click

from foss_audit.allocation import UNLIMITED
from foss_audit.audit import license_reader
from foss_audit.catalogue import NOT_STATED, Grade, Product
from foss_audit.classify import classify
from foss_audit.cli.setup import Workbench, workbench
from foss_audit.codes import plain_text
from foss_audit.collect import find_registers
from foss_audit.config import load_config
from foss_audit.coverage import Answer, Coverage, coverage
from foss_audit.entitlement import Entitlement
from foss_audit.inventory import package_origin
from foss_audit.language import LANGUAGES
from foss_audit.messages import Message, message
from foss_audit.model import License, LicensePart, Recognition, Title, Verdict
from foss_audit.recognise import Recogniser
from foss_audit.register import load_register
from foss_audit.reports.words import BASES, CLASSES, FREEDOMS, INDICATION, LICENSE_ORIGINS, MODELS, USES
from foss_audit.rights import Right, State, closed_in_words, metric_in_words, rights_on, state_in_words
from foss_audit.rulebook import Rulebook

_MOST_DEVICES = 5


@click.command("explain")
@click.argument("name")
@click.option("--publisher", default="", help="Publisher as the inventory states it.")
@click.option("--version", default="", help="Version as the inventory states it.")
@click.option("--license", "license_text", default="", help="Licence as the inventory states it.")
@click.option("--purl", default="", help="Package URL as the inventory states it.")
@click.option("--register", "registers", multiple=True, type=click.Path(exists=True, path_type=Path), metavar="FILE|DIR",
              help="Licence register whose entitlements are weighed; repeatable.")  # fmt: skip
@click.option("--agency", default="", help="Agency whose entitlements count besides the pool's.")
@click.option("--device", default="", help="Device on which it is installed, for rights that are tied to devices.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day on which entitlements must be valid (default: today).",
)
@click.option("--config", "config_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Settings (default: audit.toml in the current folder, where there is one).")  # fmt: skip
@click.option("--rules", "overlays", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
              metavar="DIR", help="Rules over the built-in ones; repeatable.")  # fmt: skip
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language (default: id).")
def command(
    name: str,
    publisher: str,
    version: str,
    license_text: str,
    purl: str,
    registers: tuple[Path, ...],
    agency: str,
    device: str,
    as_of: datetime | None,
    config_file: Path | None,
    overlays: tuple[Path, ...],
    lang: str | None,
) -> int:
    """Show why the software title NAME gets its verdict: what matched, what lost and why, the licence, the entitlements."""
    config = load_config(config_file)
    bench = workbench(config, overlays, lang)
    register = load_register(
        find_registers(registers or config.registers, bench.context),
        bench.context,
        bench.agencies,
        bench.recogniser,
        bench.rulebook.editions,
    )
    recogniser = bench.recogniser.with_products(register.products)
    title = Title(name, version, publisher, license_text, package_origin(purl))
    recognition = recogniser.recognise(title)
    license = license_reader(bench.rulebook).read(license_text, package_type=title.package_type)
    verdict = classify(title, recognition, license)
    day = as_of.date() if as_of else config.as_of or date.today()
    for line in (
        *_recognition(recognition, recogniser, bench),
        *_license(license, verdict, bench),
        *_verdict(verdict, bench),
        *_entitlements(verdict, register.entitlements, agency, device, day, bench),
    ):
        click.echo(line)
    return 0


def _recognition(recognition: Recognition, recogniser: Recogniser, bench: Workbench) -> Iterator[str]:
    say = bench.translator.say
    yield say(message("1. Recognition"))
    yield "   " + say(message("looked up as: {name}", name=" → ".join(recognition.forms)))
    if recognition.product is None:
        yield "   " + say(message("no line of the catalogue matches"))
        for near in recogniser.near(recognition.forms[-1:]).get(recognition.forms[-1], ()):
            yield "   " + say(message("perhaps meant: {name} ({id})", name=near.name, id=near.id))
    else:
        yield "   " + say(message("matched: {rule}", rule=recognition.rule))
        yield from ("   " + say(line) for line in _known(recognition.product, bench.rulebook))
        if recognition.version_open:
            yield "   " + say(message("its licence depends on the version, which the title does not tell"))
        if recognition.product.grade is Grade.INDICATION:
            yield "   " + say(message("the name only hints at a crack: a lead to look at, no proof"))
    for candidate, why in recognition.rejected:
        yield "   " + say(message("not: {candidate} ({why})", candidate=candidate, why=why))


def _known(product: Product, rulebook: Rulebook) -> Iterator[Message]:
    """What the catalogue says of a product, and where it has it from."""
    yield message("product: {name} ({publisher})", name=product.name, publisher=product.publisher or "–")
    model = INDICATION if product.grade is Grade.INDICATION else MODELS[product.license_model]
    yield message("license model: {model}", model=model)
    if product.license_expression:
        yield message("SPDX expression: {expression}", expression=product.license_expression)
    if product.organisation_use is not None:
        yield message("may an organisation use it at no fee: {answer}", answer=USES[product.organisation_use])
    if product.versions is not None:
        yield message("versions: {range}", range=product.versions.text)
    if product.edition and product.edition != NOT_STATED:
        yield message("edition: {edition}", edition=product.edition)
    if product.suites:
        yield message("covered by a suite on the same device: {suites}", suites=", ".join(product.suites))
    if product.support_end:
        yield message("support ended or ends on {day}", day=date.fromisoformat(product.support_end))
    if product.alternatives:
        yield message("FOSS that can replace it: {names}", names=", ".join(product.alternatives))
    if product.terms:
        yield message("terms: {address}", address=product.terms)
    if product.note:
        yield message("note: {note}", note=product.note)
    sources = [rulebook.sources[id].title if id in rulebook.sources else id for id in product.sources]
    yield message("source: {source}, checked {day}", source="; ".join(sources), day=product.checked or "–")


def _license(license: License, verdict: Verdict, bench: Workbench) -> Iterator[str]:
    say = bench.translator.say
    yield say(message("2. Licence"))
    if not license.as_written:
        yield "   " + say(message("the inventory states none"))
    else:
        yield "   " + say(message("as written: {text}", text=license.as_written))
        yield "   " + say(message("SPDX expression: {expression}", expression=license.expression or "–"))
        if license.claim:
            yield "   " + say(message("this is a claim, recorded, never evidence"))
        if license.tree is not None:
            yield from _tree(license.tree, 1, "", bench)
    if verdict.license_origin is not None:
        yield "   " + say(message("where from: {origin}", origin=LICENSE_ORIGINS[verdict.license_origin]))


def _tree(part: LicensePart, depth: int, mark: str, bench: Workbench) -> Iterator[str]:
    """A part and those below it; the branch by which an OR goes bears an arrow."""
    say = bench.translator.say
    models = {model.value: words for model, words in MODELS.items()}
    category = say(models[part.category]) if part.category in models else part.category
    why = "; ".join(filter(None, (say(part.reason), category)))
    yield "   " * depth + f"{mark}{part.text}: {say(FREEDOMS[part.freedom])} ({why})"
    for number, child in enumerate(part.parts):
        yield from _tree(child, depth + 1, "→ " if number == part.chosen else "", bench)


def _verdict(verdict: Verdict, bench: Workbench) -> Iterator[str]:
    say = bench.translator.say
    yield say(message("3. Verdict"))
    if verdict.conflict:
        yield "   " + say(message("the stated licence contradicts the catalogue: a finding"))
    if verdict.software_class is None or verdict.basis is None:
        yield "   " + say(message("{model}: needs an entitlement", model=MODELS[verdict.license_model]))
        return
    yield (
        "   "
        + say(message("{software_class}: {basis}", software_class=CLASSES[verdict.software_class], basis=BASES[verdict.basis]))
        + f" [{verdict.software_class.value}/{verdict.basis.value}]"
    )
    yield "   " + say(message("decided by: {rule}", rule=verdict.rule or "–"))


def _entitlements(
    verdict: Verdict, entitlements: tuple[Entitlement, ...], agency: str, device: str, day: date, bench: Workbench
) -> Iterator[str]:
    """Every right for the product, and whether it could cover an installation of the agency, on the device, on the day."""
    if verdict.software_class is not None:
        return
    say = bench.translator.say
    editions = bench.rulebook.editions
    yield say(message("4. Entitlements on {day}", day=day))
    suites = verdict.product.suites if verdict.product else ()
    shown = editions.of_title(verdict.product_key, verdict.title.name, verdict.title.version, suites)
    yield "   " + say(
        message("edition: {edition}, release: {release}", edition=shown.edition or "–", release=shown.release or "–")
    )
    mine = bench.agencies.canonical(agency) if agency else None
    rights = sorted(rights_on(entitlements, day), key=lambda right: right.order(0))
    found = [(right, covers) for right in rights if (covers := coverage(right.terms, shown, editions)) is not None]
    if not found:
        yield "   " + say(message("no register line grants this product"))
    for right, covers in found:
        one = right.entitlement
        yield "   " + say(
            message(
                "{id}: {quantity} for {agency}, {end}: {outcome}",
                id=right.id,
                quantity=message("unlimited") if right.capacity == UNLIMITED else right.capacity,
                agency=right.agency or message("the pool"),
                end=message("until {day}", day=one.end) if one.end else message("without end"),
                outcome=_outcome(right, covers, mine, device),
            )
        )


def _outcome(right: Right, covers: Coverage, agency: str | None, device: str) -> Message:
    if right.state is not State.VALID:
        return message("rejected, {why}", why=state_in_words(right))
    if agency is not None and not right.open_to(agency):
        return message("rejected, {why}", why=closed_in_words(right, agency))
    if covers.answer is Answer.NO:
        return message("rejected, {why}", why=covers.why)
    devices = right.entitlement.devices
    if devices and plain_text(device) not in map(plain_text, devices):
        return message("covers {devices} alone", devices=", ".join(devices[:_MOST_DEVICES]))
    if covers.answer is Answer.OPEN:
        return message("may cover, {why}", why=covers.why)
    why = covers.why if covers.why.template else metric_in_words(right)
    if not why.template:
        return message("can cover, as far as its quantity goes")
    return message("can cover, as far as its quantity goes: {why}", why=why)
