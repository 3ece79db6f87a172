# SPDX-License-Identifier: Apache-2.0
"""Lines of the catalogue with the index over their names and ids. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from foss_audit.catalogue import Product
from foss_audit.recognise.asked import ANY_MAKER, Asked
from foss_audit.recognise.cut_names import Continuations
from foss_audit.recognise.globs import Glob, GlobIndex
from foss_audit.recognise.names import normalise


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the catalogue that a title may be, by one of its globs or ids."""

    product: Product
    glob: Glob
    texts: tuple[str, ...]
    """The forms of the title that the glob matches."""
    ruled_out_by: str
    """The glob of its not_names that matches a form of the title; '' for none."""
    by_its_publisher: bool
    """Whether the title names the publisher of the line."""
    by_its_maker: bool
    """Whether the title, or its id `Publisher.Product`, does."""


class Shelf:
    """Some products, ready to be found by name or id."""

    def __init__(self, products: Iterable[Product]) -> None:
        self.products = tuple(products)
        self._by_name = {
            (product.name, product.license_model): product
            for product in reversed(self.products)
            if not product.origins and not product.family
        }
        self._product_names = frozenset(
            Glob(normalise(product.name), number)
            for number, product in enumerate(self.products)
            if product.origins and not product.family and self.namesake(product) is None
        )
        """Products that only lines for packages know: registers, and machines without packages, call them by name."""
        names = (
            Glob(pattern, number) for number, product in enumerate(self.products) for pattern in (*product.names, *product.ids)
        )
        self._index = GlobIndex((*names, *self._product_names))
        self._excluding = _index_of(product.not_names for product in self.products)
        self._naming = _index_of(product.publishers for product in self.products)
        self._named: dict[tuple[str, ...], set[str]] = {}
        """Globs of publishers that match, by the forms of a publisher: few publishers make very many titles."""

    @cached_property
    def continuations(self) -> Continuations:
        """The names by how they begin; made when the first name that was cut off is asked for."""
        return Continuations(self.products)

    def find(self, asked: Asked) -> Iterator[Found]:
        """Every line for this type of package, or for titles that are none, with a glob that matches a form of the name."""
        names = asked.names
        matched = self._index.matches(names, asked.ids)
        excluding = {glob.pattern for glob, _ in self._excluding.matches(names)} if matched else set()
        for glob, texts in matched:
            product = self.products[glob.entry]
            if self._speaks_of(product, glob, asked):
                ruled_out = next((pattern for pattern in product.not_names if pattern in excluding), "") if excluding else ""
                stated = self.is_by(product, asked.publishers)
                by_maker = stated or (bool(asked.split) and self.is_by(product, asked.makers))
                yield Found(product, glob, tuple(texts), ruled_out, stated, by_maker)

    def namesake(self, line: Product) -> Product | None:
        """The product, not made for packages, of the same name and license model."""
        return self._by_name.get((line.name, line.license_model))

    def is_by(self, product: Product, publishers: tuple[str, ...]) -> bool:
        """Whether these forms of a publisher name that of a product."""
        if not publishers or publishers[0] == ANY_MAKER:
            return bool(publishers) and not product.publisher_required
        if not product.publishers:
            maker = normalise(product.publisher)
            return bool(maker) and any(f"{one} ".startswith(f"{maker} ") for one in publishers)
        named = self._named.get(publishers)
        if named is None:
            named = self._named[publishers] = {glob.pattern for glob, _ in self._naming.matches(publishers)}
        return any(pattern in named for pattern in product.publishers)

    def _speaks_of(self, product: Product, glob: Glob, asked: Asked) -> bool:
        """Whether a glob is meant for packages of this type, or, where it is empty, for titles that are none."""
        if not product.origins or glob.pattern in asked.ids:
            return True
        if asked.package_type in product.origins:
            return glob.pattern in product.names
        return not asked.package_type and glob in self._product_names


def _index_of(globs: Iterable[tuple[str, ...]]) -> GlobIndex:
    return GlobIndex(Glob(pattern, 0) for pattern in sorted({pattern for patterns in globs for pattern in patterns}))
