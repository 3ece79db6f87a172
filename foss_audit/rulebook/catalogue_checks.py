# SPDX-License-Identifier: Apache-2.0
"""What must hold between the lines of the catalogue: references, sources, examples, and no title that two lines claim."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from foss_audit.catalogue import LicenseModel, Product
from foss_audit.messages import message
from foss_audit.model import Title
from foss_audit.recognise import Recogniser
from foss_audit.rulebook.files import Defects
from foss_audit.rulebook.lines import spdx_defect

if TYPE_CHECKING:
    from foss_audit.rulebook import Rulebook

Places = Mapping[str, tuple[str, str]]
"""Where a line stands: id to (file, row)."""

_ONE_OF = re.compile(r"\[!?(.)[^\]]*\]")


def check_catalogue(rulebook: "Rulebook", places: Places, defects: Defects) -> None:
    """Adds to the defects what does not hold of the lines that stand in `places`, or between them and any line."""
    recogniser = rulebook.recogniser()
    known = {product.id: product for product in rulebook.products}
    holder_of_id: dict[str, str] = {}
    overlapping: set[frozenset[str]] = set()
    for product in rulebook.products:
        for id in product.ids:
            holder_of_id.setdefault(id, product.id)
    for product in (one for one in rulebook.products if one.id in places):
        place = places[product.id]
        _check_sources(product, rulebook, place, defects)
        _check_references(product, known, place, defects)
        for id in product.ids:
            if (holder := holder_of_id[id]) != product.id:
                defects.add(message("ids: '{id}' stands already in {other}", id=id, other=holder), *place)
        if product.license_expression and (defect := spdx_defect(product.license_expression)):
            defects.add(message("spdx: {reason}", reason=defect), *place)
        _check_examples(product, recogniser, place, defects)
        for title, other in _rivals(product, recogniser):
            if (pair := frozenset((product.id, other.id))) not in overlapping:
                overlapping.add(pair)
                defects.add(
                    message(
                        "names: '{title}' is claimed by {other} too: make the names narrower, or say in more_specific_than which "
                        "line goes before the other",
                        title=f"{title.name} @ {title.publisher}" if title.publisher else title.name,
                        other=other.id,
                    ),
                    *place,
                )


def _check_sources(product: Product, rulebook: "Rulebook", place: tuple[str, str], defects: Defects) -> None:
    """A line stands on a source that a person checked, or on two that state the same."""
    unknown = [id for id in product.sources if id not in rulebook.sources]
    for id in unknown:
        defects.add(message("source: there is no '{id}' in sources.csv", id=id), *place)
    if not unknown and all(rulebook.sources[id].kind == "stated" for id in product.sources) and len(set(product.sources)) < 2:
        defects.add(
            message("source: '{id}' only states labels: name a second source that agrees, or one that was checked",
                    id=" | ".join(product.sources)),
            *place,
        )  # fmt: skip


def _check_references(product: Product, known: Mapping[str, Product], place: tuple[str, str], defects: Defects) -> None:
    for field, ids in (("suite", product.suites), ("more_specific_than", product.more_specific_than)):
        for id in ids:
            if id not in known or id == product.id:
                defects.add(message("{field}: there is no other line '{id}'", field=field, id=id), *place)
            elif field == "more_specific_than" and product.id in known[id].more_specific_than:
                defects.add(message("{field}: '{id}' says the same of this line", field=field, id=id), *place)


def _check_examples(product: Product, recogniser: Recogniser, place: tuple[str, str], defects: Defects) -> None:
    for example, title in (pair for written in product.examples for pair in _titles(written, product)):
        recognition = recogniser.recognise(title)
        line = recognition.rule.partition(": ")[0]
        if line != product.id:
            defects.add(
                message("example: '{example}' is recognised as {found}, not as this line", example=example, found=line or "-"),
                *place,
            )
        elif recognition.version_open:
            defects.add(message("example: '{example}' tells no version, and the line needs one", example=example), *place)


def _titles(example: str, product: Product) -> Iterator[tuple[str, Title]]:
    """The titles that an example stands for: one for each package type of a line for packages."""
    name, _, publisher = example.partition(" @ ")
    name, _, version = name.partition("@") if product.origins else (name, "", "")
    for origin in product.origins or ("",):
        yield example, Title(name, version, publisher, origin=origin)


def _rivals(product: Product, recogniser: Recogniser) -> Iterator[tuple[Title, Product]]:
    """The other lines that claim one of its titles as much as it does, and of which none is declared more specific."""
    if product.family and product.license_model is LicenseModel.COMPONENT:
        return  # families compete with families only, and those of another model are asked themselves
    for title in sorted(set(_probes(product))):
        competing = recogniser.claims(title)
        if product in competing:
            yield from ((title, other) for other in competing if other is not product and _collide(product, other))


def _collide(one: Product, other: Product) -> bool:
    if one.license_model is other.license_model is LicenseModel.COMPONENT and one.family and other.family:
        return False  # which family a component is put into makes no verdict
    return one.id not in other.more_specific_than and other.id not in one.more_specific_than


def _probes(product: Product) -> Iterator[Title]:
    """Titles that a line should match: its examples, and the shortest text for each glob, by each publisher and by none."""
    for example in product.examples:
        yield from (title for _, title in _titles(example, product))
    publishers = [_shortest(glob) for glob in product.publishers]
    if not product.publisher_required or not publishers:
        publishers.append("")
    for glob in product.names:
        name, _, version = _shortest(glob).partition("@") if product.origins else (_shortest(glob), "", "")
        for publisher in publishers if name else ():
            for origin in product.origins or ("",):
                yield Title(name, version, publisher, origin=origin)


def _shortest(glob: str) -> str:
    """A text that a glob matches, with no more than it asks for.

    >>> _shortest("java 8 update 2[1-9]?|*"), _shortest("* setup")
    ('java 8 update 210|', 'setup')
    """
    return " ".join(_ONE_OF.sub(r"\1", glob).replace("?", "0").replace("*", " ").split())
