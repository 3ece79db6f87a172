# SPDX-License-Identifier: Apache-2.0
"""Names that a narrow column cut off, `Oracle VM VirtualBox Ext…`: what they may go on as. Pure."""

import fnmatch
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from foss_audit.catalogue import Product

ELLIPSIS = "..."
"""As normalise writes it."""
_TOKEN = re.compile(r"\[[^\]]+\]|.", re.DOTALL)
_WILD = re.compile(r"[*?\[]")
_LONGEST = 300


def beginning_of(name: str) -> str:
    """What is left of a name that was cut off; '' for a whole name.

    >>> beginning_of("oracle vm virtualbox ext..."), beginning_of("7-zip")
    ('oracle vm virtualbox ext', '')
    """
    return name.removesuffix(ELLIPSIS).rstrip(" .") if name.endswith(ELLIPSIS) else ""


class Continuations:
    """The names of products, by how they begin."""

    def __init__(self, products: Iterable[Product]) -> None:
        stems = [
            (stem, product)
            for product in products
            for stem in {pattern.partition("*")[0] for pattern in product.names}
            if stem and not product.origins
        ]
        plain = sorted(((_WILD.split(stem)[0], product.id, product) for stem, product in stems), key=lambda one: one[:2])
        self._stems = [stem for stem, _, _ in plain]
        self._products = [product for _, _, product in plain]
        self._wild: dict[str, list[tuple[list[str], Product]]] = {}
        for stem, product in stems:
            if wild := _WILD.search(stem):
                self._wild.setdefault(stem[: wild.start()], []).append((_TOKEN.findall(stem), product))

    def of(self, beginning: str) -> Iterator[Product]:
        """Products whose names begin so and go on, or end here: those that a name with this beginning may be."""
        first = bisect_left(self._stems, beginning)
        for stem, product in zip(self._stems[first:], self._products[first:], strict=True):
            if not stem.startswith(beginning):
                break
            yield product
        for length in range(min(len(beginning), _LONGEST) + 1):
            for tokens, product in self._wild.get(beginning[:length], ()):
                if len(tokens) >= len(beginning) and all(map(_matches, tokens, beginning)):
                    yield product


def _matches(token: str, character: str) -> bool:
    return token == character or (_WILD.match(token) is not None and fnmatch.fnmatchcase(character, token))
