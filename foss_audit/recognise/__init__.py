# SPDX-License-Identifier: Apache-2.0
"""Title to product: activators first, then products, then families of components. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from foss_audit.catalogue import LicenseModel, Product
from foss_audit.messages import Message, message
from foss_audit.model import Recognition, Title
from foss_audit.recognise.asked import LIBRARIES, Asked, Words, ask
from foss_audit.recognise.cut_names import beginning_of
from foss_audit.recognise.globs import Glob
from foss_audit.recognise.names import Spellings
from foss_audit.recognise.objections import VERSION_OPEN, Rank, objection, rank, version_open, why_lost
from foss_audit.recognise.publishers import Publishers
from foss_audit.recognise.shelf import Shelf
from foss_audit.recognise.suggest import near_products

_Candidate = tuple[Rank, Product, Glob]
_COMPETING = 3
"""Candidates that are alike in so many parts of their rank compete; others go before them or behind."""


class Recogniser:
    """The catalogue, ready to be asked."""

    def __init__(
        self,
        products: Iterable[Product],
        noise: Iterable[str] = (),
        package_suffixes: Iterable[str] = (),
        publishers: Mapping[str, Iterable[str]] | None = None,
        prefixes: Iterable[str] = (),
        spellings: Mapping[str, str] | None = None,
    ) -> None:
        """`noise`, `package_suffixes`: words that say nothing at the end of a name, `prefixes` before it; `publishers`: their
        aliases, by name; `spellings`: what is meant by words as people spell them.
        """
        self._words = Words(frozenset(noise), frozenset(prefixes), frozenset(package_suffixes), Spellings(spellings or {}))
        self._publishers = Publishers(publishers or {})
        self._shelves: tuple[Shelf, ...] = (Shelf(products),)

    def with_products(self, products: Iterable[Product]) -> "Recogniser":
        """The same catalogue and some more products, such as those that only a register knows."""
        extended = Recogniser(())
        extended._words = self._words
        extended._publishers = self._publishers
        extended._shelves = (*self._shelves, Shelf(products))
        return extended

    def recognise(self, title: Title) -> Recognition:
        """What a title is: the most specific catalogue entry of the first kind that matches (activator, product, family).

        A package is asked for among the lines for its package type first; of the others, a distribution's package can be
        only those whose publisher it names, and activators; a library only those that give its id. What a line for packages
        says holds for the product of its name.
        """
        return self._recognised(self._asked(title))

    def _recognised(self, asked: Asked) -> Recognition:
        candidates, rejected = self._candidates(asked)
        if not candidates:
            return Recognition(None, "", asked.exact, rejected)
        winner, pattern, lost = _nearest(candidates)
        rejected = (*rejected, *lost)
        rule = f"{winner.id}: {pattern.pattern}"
        if self._may_be_another(winner, pattern, asked):
            if asked.split:  # the name is cut off, its id is whole
                return self._recognised(replace(asked, exact=asked.split))
            cut = message("the name is cut off and may be that of another product")
            return Recognition(None, "", asked.exact, (*rejected, (rule, cut)))
        return Recognition(self._product_of(winner), rule, asked.exact, rejected, version_open(winner, asked))

    def near(self, names: Iterable[str]) -> Mapping[str, tuple[Product, ...]]:
        """Products that were perhaps meant by normalised names which were not recognised; {} without the extra `suggest`."""
        return near_products(names, [product for shelf in self._shelves for product in shelf.products])

    def claims(self, title: Title) -> list[Product]:
        """The lines that compete for a title, nearest first, and that nothing speaks against: for the check of the catalogue.

        Lines whose version the title leaves open are none: several may wait for one that is stated.
        """
        candidates = sorted(self._candidates(self._asked(title))[0], key=lambda one: one[0])
        competing = [one for one in candidates if one[0][:_COMPETING] == candidates[0][0][:_COMPETING]]
        return list(dict.fromkeys(product for place, product, _ in competing if place[2] != VERSION_OPEN))

    def _asked(self, title: Title) -> Asked:
        return ask(title, self._words, self._publishers)

    def _candidates(self, asked: Asked) -> tuple[list[_Candidate], tuple[tuple[str, Message], ...]]:
        """The lines that a title may be, and those that match and cannot be it, with the reason."""
        candidates: list[_Candidate] = []
        rejected = []
        for found in (found for shelf in self._shelves for found in shelf.find(asked)):
            if asked.package_type in LIBRARIES and found.glob.pattern not in asked.ids:
                continue
            if (against := objection(found, asked)) is None:
                candidates.append((rank(found, asked), found.product, found.glob))
            elif found.glob.literal_length:
                rejected.append((f"{found.product.id}: {found.glob.pattern}", against))
        return candidates, tuple(sorted(rejected, key=lambda one: one[0]))

    def _may_be_another(self, winner: Product, glob: Glob, asked: Asked) -> bool:
        """Whether a name that was cut off may go on as another product's; between components that makes no difference."""
        beginning = beginning_of(asked.exact[0])
        if not beginning or winner.license_model is LicenseModel.ACTIVATOR:
            return False
        if not glob.pattern.endswith("*"):
            # The dots of the ellipsis were taken for characters of the name.
            return True
        return any(
            product.id != winner.id
            and product.license_model is not LicenseModel.ACTIVATOR
            and not (product.license_model is winner.license_model is LicenseModel.COMPONENT)
            and (not asked.publishers or not product.publishers or shelf.is_by(product, asked.publishers))
            for shelf in self._shelves
            for product in shelf.continuations.of(beginning)
        )

    def _product_of(self, line: Product) -> Product:
        """The product whose package a line describes, so that entitlements for it count; the line itself where there is none."""
        if not line.origins:
            return line
        return next((known for shelf in self._shelves if (known := shelf.namesake(line))), line)


def _nearest(candidates: list[_Candidate]) -> tuple[Product, Glob, list[tuple[str, Message]]]:
    """The candidate that is declared or ranks most specific, and why each of the others lost."""
    candidates.sort(key=lambda one: one[0])
    kind = candidates[0][0][:_COMPETING]
    rivals = [one for one in candidates if one[0][:_COMPETING] == kind]
    beaten = {id for _, product, _ in rivals for id in product.more_specific_than}
    place, winner, pattern = next((one for one in rivals if one[1].id not in beaten), candidates[0])
    lost = [
        (f"{product.id}: {glob.pattern}", why_lost(other, place, product.id in winner.more_specific_than))
        for other, product, glob in candidates
        if product is not winner
    ]
    return winner, pattern, lost
