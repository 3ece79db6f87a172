# SPDX-License-Identifier: Apache-2.0
"""Whether the tables of editions and releases speak of products and sources that there are."""

from collections.abc import Container
from typing import TYPE_CHECKING

from foss_audit.messages import message
from foss_audit.rulebook.files import Defects

if TYPE_CHECKING:
    from foss_audit.rulebook import Rulebook
    from foss_audit.rulebook.loading import Loaded

_ANY = "*"


def check_editions(rulebook: "Rulebook", loaded: "Loaded", defects: Defects) -> None:
    """Adds what does not hold of rules/editions.csv and rules/releases.csv."""
    products = {one.id for one in rulebook.products}
    for release, file, row in loaded.releases.values():
        _check_ids("family", release.family, products, file, row, defects)
        _check_ids("source", release.source, rulebook.sources, file, row, defects)
        names = {earlier.release for earlier, _, _ in loaded.releases.values() if earlier.family == release.family}
        for name in release.upgrade_from:
            if name not in names:
                defects.add(message("upgrade_from: there is no release '{name}' of this family", name=name), file, row)
    for edition, file, row in loaded.editions.values():
        _check_ids("family", () if edition.family == _ANY else (edition.family,), products, file, row, defects)
        _check_ids("product", (edition.product,) if edition.product else (), products, file, row, defects)
        _check_ids("source", edition.source, rulebook.sources, file, row, defects)
        if not edition.words and not edition.product:
            defects.add(message("words: neither a product nor words tell the edition"), file, row)


def _check_ids(field: str, ids: tuple[str, ...], known: Container[str], file: str, row: str, defects: Defects) -> None:
    for id in ids:
        if id not in known:
            defects.add(message("{field}: there is no '{id}'", field=field, id=id), file, row)
