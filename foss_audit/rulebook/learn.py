# SPDX-License-Identifier: Apache-2.0
"""An auditor's answers as lines of a rule pack of the project: what a title is, who said so, when. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foss_audit.catalogue import LicenseModel, OrganisationUse, Product
from foss_audit.errors import FossAuditError, RulesError
from foss_audit.messages import message
from foss_audit.recognise.names import forms, normalise
from foss_audit.review import SAME_PRODUCT, Answer
from foss_audit.rulebook.lines import Line, ProductLine, SourceLine, TitleLine, spdx_defect

if TYPE_CHECKING:
    from foss_audit.rulebook import Rulebook

PRODUCTS = "catalogue/review.csv"
TITLES = "titles.csv"
SOURCES = "sources.csv"
_KINDS: Mapping[str, type[Line]] = {PRODUCTS: ProductLine, TITLES: TitleLine, SOURCES: SourceLine}
_KEYS = {PRODUCTS: "id", TITLES: "title", SOURCES: "id"}
_USES = {LicenseModel.FREEWARE: OrganisationUse.YES, LicenseModel.RESTRICTED_FREEWARE: OrganisationUse.NO}
_PACKAGE_ID = re.compile(r"(?:purl|winget|appx):[^\s*?\[\]|]+")
_SPECIAL = re.compile(r"[*?\[\]|@]")

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Learned:
    """What the answers add to a pack."""

    files: Mapping[str, str]
    """Content of each file, by its name below the pack's folder."""
    products: int
    titles: int


def learn(answers: Sequence[Answer], rulebook: "Rulebook", existing: Mapping[str, str]) -> Learned:
    """The files of a pack with the answers in them; `existing`: its files as they are, which keep their other lines.

    Raises RulesError with every answer that cannot become a line, each with its row in the review sheet.
    """
    defects: list[FossAuditError] = []
    new: dict[str, dict[str, Record]] = {PRODUCTS: {}, TITLES: {}, SOURCES: {}}
    for answer in answers:
        try:
            _add(answer, rulebook, new)
        except ValueError as error:
            defects.append(FossAuditError(error.args[0], answer.source))
    if defects:
        raise RulesError(tuple(defects))
    _give_way(new[PRODUCTS])
    files = {name: _written(name, existing.get(name, ""), records) for name, records in new.items() if records}
    return Learned(files, len(new[PRODUCTS]), len(new[TITLES]))


def _add(answer: Answer, rulebook: "Rulebook", new: dict[str, dict[str, Record]]) -> None:
    source = f"review-{_slug(answer.by)}-{answer.on.isoformat()}"
    if answer.decision == SAME_PRODUCT:
        product = _named(answer, rulebook.products)
        new[TITLES][answer.name] = {
            "title": answer.name, "publisher": answer.publisher, "product": product.id, "source": source,
            "checked": answer.on.isoformat(), "note": answer.reason,
        }  # fmt: skip
    else:
        line = _line(answer, rulebook, source)
        known = new[PRODUCTS].get(line["id"])
        if known is not None and known["license_model"] != line["license_model"]:
            raise ValueError(message("'{name}' is decided otherwise in another line of the sheet", name=answer.name))
        new[PRODUCTS][line["id"]] = line
    new[SOURCES][source] = {
        "id": source, "kind": "checked", "title": f"Review by {answer.by}", "where": answer.source.file,
        "date": answer.on.isoformat(), "note": "",
    }  # fmt: skip


def _named(answer: Answer, products: Iterable[Product]) -> Product:
    """The product of the catalogue that an answer names, by id or by name."""
    wanted = normalise(answer.product)
    if not wanted:
        raise ValueError(message("which product is it? Fill in its name as the catalogue has it"))
    found = [one for one in products if wanted in (one.id, normalise(one.name)) and not one.origins]
    if not found:
        raise ValueError(
            message("the catalogue has no product '{name}': see foss-audit rules list, or decide on a model instead",
                    name=answer.product)
        )  # fmt: skip
    if len(found) > 1:
        ids = ", ".join(one.id for one in found)
        raise ValueError(
            message("several products are called '{name}': write one of the ids {ids}", name=answer.product, ids=ids)
        )
    return found[0]


def _line(answer: Answer, rulebook: "Rulebook", source: str) -> Record:
    """The line for a product that an answer decides: the catalogue's own with another model, or a new one."""
    model = LicenseModel(answer.decision)
    if model is LicenseModel.FOSS and (not answer.license or spdx_defect(answer.license)):
        raise ValueError(
            message("FOSS needs its licence as an SPDX expression, such as GPL-3.0-only (found: '{text}')", text=answer.license)
        )
    known = next((one for one in rulebook.products if one.id == answer.product_id), None)
    line = _of_known(known) if known is not None and not known.family else _of_title(answer, rulebook)
    return line | {
        "license_model": model.value,
        "organisation_use": use.value if (use := _USES.get(model)) else "",
        "spdx": answer.license if model is LicenseModel.FOSS else "",
        "edition": "",
        "terms": answer.terms or line["terms"],
        "source": source,
        "checked": answer.on.isoformat(),
        "note": answer.reason or line["note"],
    }


def _of_known(product: Product) -> Record:
    return dict.fromkeys(ProductLine.model_fields, "") | {
        "id": product.id, "product": product.name, "publisher": product.publisher, "names": "|".join(product.names),
        "not_names": "|".join(product.not_names), "ids": "|".join(product.ids), "publishers": "|".join(product.publishers),
        "publisher_required": "yes" if product.publisher_required else "",
        "versions": product.versions.text if product.versions else "", "suite": "|".join(product.suites),
        "more_specific_than": "|".join(product.more_specific_than), "alternatives": "|".join(product.alternatives),
        "terms": product.terms, "support_end": product.support_end, "example": "|".join(product.examples), "note": product.note,
        "origins": "|".join(product.origins),
    }  # fmt: skip


def _of_title(answer: Answer, rulebook: "Rulebook") -> Record:
    """A line for a title that the catalogue does not know: its name without versions, by the publisher it states."""
    noise = frozenset(rulebook.vocabulary.words.get("noise", ()))
    exact = forms(answer.name, "", noise)
    name = " ".join(answer.product.split()) or " ".join(answer.name.split())
    example = _SPECIAL.sub("-", answer.name)
    publisher = _SPECIAL.sub("-", answer.publisher)
    return dict.fromkeys(ProductLine.model_fields, "") | {
        "id": "-".join(filter(None, ("review", _slug(exact[-1]), _slug(answer.publisher)))),
        "product": name,
        "publisher": answer.publisher,
        "ids": answer.product_id if _PACKAGE_ID.fullmatch(answer.product_id) else "",
        "names": "|".join(dict.fromkeys(_SPECIAL.sub("?", form) for form in (exact[0], exact[-1]))),
        "publishers": _SPECIAL.sub("?", normalise(answer.publisher)),
        "example": f"{example} @ {publisher}" if publisher else example,
    }


def _give_way(lines: Mapping[str, Record]) -> None:
    """Where two lines have a name in common, the one for a publisher goes before the one for any."""
    by_name: dict[str, list[Record]] = {}
    for line in lines.values():
        for name in line["names"].split("|"):
            by_name.setdefault(name, []).append(line)
    for sharing in by_name.values():
        general = [line["id"] for line in sharing if not line["publishers"]]
        for line in sharing:
            if line["publishers"] and general:
                line["more_specific_than"] = "|".join(sorted({*filter(None, line["more_specific_than"].split("|")), *general}))


def _written(name: str, existing: str, records: Mapping[str, Record]) -> str:
    """The file with the new lines; a line of the same key is replaced, the others stay as they are."""
    key = _KEYS[name]
    columns = list(_KINDS[name].model_fields)
    kept = [line for line in csv.DictReader(io.StringIO(existing)) if line.get(key, "") not in records]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted([*kept, *records.values()], key=lambda line: line[key]))
    return out.getvalue()


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", normalise(text)).strip("-")
