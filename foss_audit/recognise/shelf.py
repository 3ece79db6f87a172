# SPDX-License-Identifier: Apache-2.0
"""Lines of the catalogue with the index over their names and ids. Pure."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from foss_audit.catalogue import Product
from foss_audit.recognise.asked import Asked
from foss_audit.recognise.cut_names import Continuations
from foss_audit.recognise.globs import Glob, GlobIndex
from foss_audit.recognise.names import normalise


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

    @cached_property
    def continuations(self) -> Continuations:
        """The names by how they begin; made when the first name that was cut off is asked for."""
        return Continuations(self.products)

    def matches(self, asked: Asked) -> Iterator[tuple[Product, Glob]]:
        """Every product for this type of package, or for titles that are none, with a glob that matches a form of the name."""
        for glob in self._index.matches(asked.names):
            product = self.products[glob.entry]
            if self._speaks_of(product, glob, asked):
                yield product, glob

    def namesake(self, line: Product) -> Product | None:
        """The product, not made for packages, of the same name and license model."""
        return self._by_name.get((line.name, line.license_model))

    def _speaks_of(self, product: Product, glob: Glob, asked: Asked) -> bool:
        """Whether a glob is meant for packages of this type, or, where it is empty, for titles that are none."""
        if not product.origins or glob.pattern in asked.ids:
            return True
        if asked.package_type in product.origins:
            return glob.pattern in product.names
        return not asked.package_type and glob in self._product_names
