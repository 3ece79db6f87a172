# SPDX-License-Identifier: Apache-2.0
"""Title to product: activators first, then products, then families of components. Pure."""

from collections.abc import Iterable

from foss_audit.model import LicenseModel, Product, Recognition, Title
from foss_audit.recognise.globs import Glob, GlobIndex, matches
from foss_audit.recognise.names import forms, normalise

_LIBRARIES = frozenset(
    {"cargo", "composer", "conan", "conda", "cocoapods", "cpan", "cran", "gem", "golang", "hackage", "hex"}
    | {"maven", "npm", "nuget", "pub", "pypi", "swift"}
)
"""Package types by purl whose names are taken without regard to products: an npm package `opera` is no browser."""


class Recogniser:
    """The catalogue, ready to be asked."""

    def __init__(self, products: Iterable[Product], noise: Iterable[str]) -> None:
        self._noise = frozenset(noise)
        self._shelves: tuple[_Shelf, ...] = (_Shelf(products),)

    def with_products(self, products: Iterable[Product]) -> "Recogniser":
        """The same catalogue and some more products, such as those that only a register knows."""
        extended = Recogniser((), self._noise)
        extended._shelves = (*self._shelves, _Shelf(products))
        return extended

    def recognise(self, title: Title) -> Recognition:
        """What a title is: the most specific catalogue entry of the first kind that matches (activator, product, family)."""
        if title.origin in _LIBRARIES:
            return Recognition(None, "", normalise(title.name))
        looked_up = forms(title.name, title.version, self._noise)
        publisher = normalise(title.publisher)
        candidates, rejected = [], []
        for product, glob in (found for shelf in self._shelves for found in shelf.matches(looked_up)):
            if objection := _objection(product, looked_up, publisher):
                if glob.literal_length:
                    rejected.append((f"{product.id}: {glob.pattern}", objection))
            else:
                candidates.append((_rank(product, glob, publisher), product, glob))
        if not candidates:
            return Recognition(None, "", looked_up[-1], tuple(sorted(rejected)))
        candidates.sort(key=lambda candidate: candidate[0])
        _, winner, pattern = candidates[0]
        rejected += [
            (f"{product.id}: {glob.pattern}", "less specific") for _, product, glob in candidates[1:] if product is not winner
        ]
        return Recognition(winner, f"{winner.id}: {pattern.pattern}", looked_up[-1], tuple(sorted(rejected)))


class _Shelf:
    """Some products with the index over their names."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._products = tuple(products)
        self._index = GlobIndex(
            Glob(pattern, number) for number, product in enumerate(self._products) for pattern in product.names
        )

    def matches(self, looked_up: tuple[str, ...]) -> Iterable[tuple[Product, Glob]]:
        """Every product with a glob that matches one of the forms."""
        return ((self._products[glob.entry], glob) for glob in self._index.matches(looked_up))


def _objection(product: Product, looked_up: tuple[str, ...], publisher: str) -> str:
    """Why a product whose name matches is nevertheless not it; empty where it may be."""
    if any(matches(pattern, form) for pattern in product.not_names for form in looked_up):
        return "ruled out by not_names"
    if product.publishers:
        if not publisher:
            return "publisher required" if product.publisher_required else ""
        if not any(matches(pattern, publisher) for pattern in product.publishers):
            return "other publisher"
    return ""


def _rank(product: Product, glob: Glob, publisher: str) -> tuple[int, int, int, str, str]:
    """Smaller is better: kind, then specificity of the glob, then a publisher that agrees, then the id."""
    kind = 0 if product.license_model is LicenseModel.ACTIVATOR else 2 if product.family else 1
    agrees = 0 if product.publishers and publisher else 1
    return kind, -glob.literal_length, agrees, product.id, glob.pattern
