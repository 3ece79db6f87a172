# SPDX-License-Identifier: Apache-2.0
"""Package URLs (purl) of what lists name: by them the ecosystem of a package is known later. Pure."""

from packageurl import PackageURL

_LONGEST = 500
"""Characters of a name with its version; what is longer is damaged."""


def package_url(type: str, namespace: str, name: str, version: str, unfree_area: str = "") -> str:
    """The purl of a package: `pkg:deb/debian/bash@5.2-1`; without a namespace where the distribution is not known.

    `unfree_area`: the part of a distribution that it keeps what is not free in, such as Debian's `non-free`.

    >>> package_url("rpm", "fedora", "bash", "5.1.8-3.fc35")
    'pkg:rpm/fedora/bash@5.1.8-3.fc35'
    """
    if not name.strip("/") or len(name) + len(version) > _LONGEST:
        return ""
    try:
        qualifiers = {"section": unfree_area} if unfree_area else None
        return PackageURL(type, namespace or None, name, version or None, qualifiers).to_string()
    except ValueError:  # a damaged name is no package of a distribution
        return ""
