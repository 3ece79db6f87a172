# SPDX-License-Identifier: Apache-2.0
"""Products that only a licence register knows: recognised by the very name it gives them."""

import re

from foss_audit.model import LicenseModel, Product
from foss_audit.recognise.names import normalise


def registered_product(name: str) -> Product:
    """A commercial product of that name; `id` begins with `register:`."""
    plain = normalise(name)
    return Product(
        id=f"register:{plain}",
        name=" ".join(name.split()),
        publisher="",
        license_model=LicenseModel.COMMERCIAL,
        names=(re.sub(r"[*?\[\]]", "?", plain),),
        source="licence register",
        only_registered=True,
    )
