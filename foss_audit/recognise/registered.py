# SPDX-License-Identifier: Apache-2.0
"""Products that only a licence register knows: recognised by the very name it gives them."""

import re
from collections.abc import Sequence

from foss_audit.catalogue import LicenseModel, Product
from foss_audit.recognise.names import normalise


def registered_product(name: str, as_written: Sequence[str]) -> Product:
    """A commercial product of that name, recognised also as registers write it; `id` begins with `register:`."""
    plain = normalise(name)
    return Product(
        id=f"register:{plain}",
        name=" ".join(name.split()),
        publisher="",
        license_model=LicenseModel.COMMERCIAL,
        names=tuple(dict.fromkeys(re.sub(r"[*?\[\]]", "?", one) for one in (plain, *map(normalise, as_written)))),
        sources=("licence register",),
        only_registered=True,
    )
