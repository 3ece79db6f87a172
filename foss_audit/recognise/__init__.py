# SPDX-License-Identifier: Apache-2.0
"""Title to product: activators first, then products, then families of components. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from foss_audit.model import LicenseModel, Product, Recognition, Title
from foss_audit.recognise.cut_names import Continuations, beginning_of
from foss_audit.recognise.globs import Glob, GlobIndex, matches
from foss_audit.recognise.names import forms, normalise, package_forms

_LIBRARIES = frozenset(
    {"cargo", "composer", "conan", "conda", "cocoapods", "cpan", "cran", "gem", "golang", "hackage", "hex"}
    | {"maven", "npm", "nuget", "pub", "pypi", "swift"}
)
"""Package types by purl whose names are taken without regard to products: an npm package `opera` is no browser."""

_DISTRIBUTIONS = frozenset({"deb", "rpm", "apk", "alpm"})
"""Package types whose names are the distribution's own: Debian's `slack` is no chat program unless its publisher says so."""


class Recogniser:
    """The catalogue, ready to be asked."""

    def __init__(self, products: Iterable[Product], noise: Iterable[str], package_suffixes: Iterable[str] = ()) -> None:
        self._noise = frozenset(noise)
        self._package_suffixes = frozenset(package_suffixes)
        self._shelves: tuple[_Shelf, ...] = (_Shelf(products),)

    def with_products(self, products: Iterable[Product]) -> "Recogniser":
        """The same catalogue and some more products, such as those that only a register knows."""
        extended = Recogniser((), self._noise, self._package_suffixes)
        extended._shelves = (*self._shelves, _Shelf(products))
        return extended

    def recognise(self, title: Title) -> Recognition:
        """What a title is: the most specific catalogue entry of the first kind that matches (activator, product, family).

        A package is asked for among the lines for its package type first; of the others, a distribution's package can be
        only those whose publisher it names, and activators. What a line for packages says holds for the product of its name.
        """
        if title.origin in _LIBRARIES:
            return Recognition(None, "", normalise(title.name))
        asked = self._asked(title)
        candidates, rejected = [], []
        for product, glob in (found for shelf in self._shelves for found in shelf.matches(asked)):
            if objection := _objection(product, glob, asked):
                if glob.literal_length:
                    rejected.append((f"{product.id}: {glob.pattern}", objection))
            else:
                candidates.append((_rank(product, glob, asked), product, glob))
        if not candidates:
            return Recognition(None, "", asked.exact[-1], tuple(sorted(rejected)))
        candidates.sort(key=lambda candidate: candidate[0])
        _, winner, pattern = candidates[0]
        rejected += [
            (f"{product.id}: {glob.pattern}", "less specific") for _, product, glob in candidates[1:] if product is not winner
        ]
        rule = f"{winner.id}: {pattern.pattern}"
        if self._may_be_another(winner, pattern, asked):
            rejected.append((rule, "the name is cut off and may be that of another product"))
            return Recognition(None, "", asked.exact[-1], tuple(sorted(rejected)))
        return Recognition(self._product_of(winner), rule, asked.exact[-1], tuple(sorted(rejected)))

    def _asked(self, title: Title) -> "_Asked":
        exact, publisher = forms(title.name, title.version, self._noise), normalise(title.publisher)
        if not title.origin:
            return _Asked("", exact, (), (), publisher)
        versioned, loose = package_forms(exact, title.version, self._package_suffixes)
        return _Asked(title.origin.partition("/")[0], exact, versioned, loose, publisher)

    def _may_be_another(self, winner: Product, glob: Glob, asked: "_Asked") -> bool:
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
            and _may_be_by(product, asked.publisher)
            for shelf in self._shelves
            for product in shelf.continuations.of(beginning)
        )

    def _product_of(self, line: Product) -> Product:
        """The product whose package a line describes, so that entitlements for it count; the line itself where there is none."""
        if not line.origins:
            return line
        return next((known for shelf in self._shelves if (known := shelf.namesake(line))), line)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A title as the catalogue is asked for it. For what is no package, the type is empty and there are exact forms only."""

    package_type: str
    exact: tuple[str, ...]
    versioned: tuple[str, ...]
    """Only for lines made for packages: `redis-server@7.4.2`."""
    loose: tuple[str, ...]
    """Only for what is not FOSS."""
    publisher: str

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.exact, *self.versioned, *self.loose)


class _Shelf:
    """Some products with the index over their names."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._products = tuple(products)
        self._by_name = {
            (product.name, product.license_model): product
            for product in reversed(self._products)
            if not product.origins and not product.family
        }
        self._product_names = frozenset(
            Glob(normalise(product.name), number)
            for number, product in enumerate(self._products)
            if product.origins and not product.family and self.namesake(product) is None
        )
        """Products that only lines for packages know: registers, and machines without packages, call them by name."""
        names = (Glob(pattern, number) for number, product in enumerate(self._products) for pattern in product.names)
        self._index = GlobIndex((*names, *self._product_names))

    @cached_property
    def continuations(self) -> Continuations:
        """The names by how they begin; made when the first name that was cut off is asked for."""
        return Continuations(self._products)

    def matches(self, asked: "_Asked") -> Iterator[tuple[Product, Glob]]:
        """Every product for this type of package, or for titles that are none, with a glob that matches a form of the name."""
        for glob in self._index.matches(asked.names):
            product = self._products[glob.entry]
            if self._speaks_of(product, glob, asked.package_type):
                yield product, glob

    def _speaks_of(self, product: Product, glob: Glob, package_type: str) -> bool:
        """Whether a glob is meant for packages of this type, or, where it is empty, for titles that are none."""
        if not product.origins:
            return True
        return (
            glob.pattern in product.names if package_type in product.origins else not package_type and glob in self._product_names
        )

    def namesake(self, line: Product) -> Product | None:
        """The product, not made for packages, of the same name and license model."""
        return self._by_name.get((line.name, line.license_model))


def _objection(product: Product, glob: Glob, asked: _Asked) -> str:
    """Why a product whose name matches is nevertheless not it; empty where it may be."""
    if not any(matches(glob.pattern, form) for form in _admitted(product, asked)):
        return "too loose a form of a package's name"
    if any(matches(pattern, form) for pattern in product.not_names for form in asked.names):
        return "ruled out by not_names"
    if asked.package_type in _DISTRIBUTIONS and not _may_be_packaged(product, asked.publisher):
        return "a package is this only where it names the publisher"
    if product.publishers:
        if not asked.publisher:
            return "publisher required" if product.publisher_required else ""
        if not any(matches(pattern, asked.publisher) for pattern in product.publishers):
            return "other publisher"
    return ""


def _may_be_by(product: Product, publisher: str) -> bool:
    return not publisher or not product.publishers or any(matches(pattern, publisher) for pattern in product.publishers)


def _admitted(product: Product, asked: _Asked) -> tuple[str, ...]:
    """The forms of a name that are good enough for a product."""
    versioned = asked.versioned if product.origins else ()
    packaged = product.origins or asked.package_type in _DISTRIBUTIONS
    loose = asked.loose if packaged and product.license_model is not LicenseModel.FOSS and not product.only_registered else ()
    return (*asked.exact, *versioned, *loose)


def _may_be_packaged(product: Product, publisher: str) -> bool:
    """Whether a distribution's package may be this: a name alone tells little, for distributions give them to other programs."""
    if product.origins or product.only_registered or product.license_model is LicenseModel.ACTIVATOR:
        return True
    if product.family:
        return False
    if product.publishers:
        return any(matches(pattern, publisher) for pattern in product.publishers)
    return bool(product.publisher) and f"{publisher} ".startswith(f"{normalise(product.publisher)} ")


def _rank(product: Product, glob: Glob, asked: _Asked) -> tuple[int, int, int, str, str]:
    """Smaller is better: kind, then specificity of the glob, then a publisher that agrees, then the id."""
    agrees = 0 if product.publishers and asked.publisher else 1
    return _kind(product, asked), -glob.literal_length, agrees, product.id, glob.pattern


def _kind(product: Product, asked: _Asked) -> int:
    if product.license_model is LicenseModel.ACTIVATOR:
        return 0
    if product.origins and not asked.package_type:
        return 4
    if product.family:
        return 3
    return 1 if product.origins else 2
