# SPDX-License-Identifier: Apache-2.0
"""What rpm calls its packages: `name-version-release.arch`, taken apart from the right. Pure."""

import re
from dataclasses import dataclass

from foss_audit.readers.packages.distributions import ENTERPRISE_TAG, RPM_ARCHITECTURES, rpm_tag, rpm_vendor

_UNMARKED = frozenset({"opensuse", "sles"})
"""Distributions that do not mark their releases."""
KEY = "gpg-pubkey"
"""What rpm lists a vendor's public key as; a key is no software."""
_PART = re.compile(r"[\w.+~^:]+$")
_NAME = re.compile(r"[A-Za-z0-9_][\w.+-]*$")


@dataclass(frozen=True, slots=True)
class RpmName:
    """A package's full name, in parts."""

    name: str
    version: str
    release: str
    architecture: str
    """'' where the list leaves it out, as old versions of rpm do."""

    @property
    def full_version(self) -> str:
        """Version and release."""
        return f"{self.version}-{self.release}"


def parse_rpm_name(text: str) -> RpmName | None:
    """A full name in parts; None for what is none.

    >>> parse_rpm_name("python3-pip-wheel-21.2.3-6.el9.noarch")
    RpmName(name='python3-pip-wheel', version='21.2.3', release='6.el9', architecture='noarch')
    """
    rest, _, architecture = text.removesuffix(".(none)").rpartition(".")
    if architecture not in RPM_ARCHITECTURES:
        rest, architecture = text.removesuffix(".(none)"), ""
    rest, _, release = rest.rpartition("-")
    name, _, version = rest.rpartition("-")
    if not _NAME.match(name) or not _PART.match(version) or not _PART.match(release) or not any(map(str.isdigit, version)):
        return None
    return RpmName(name, without_epoch_of_nothing(version), release, architecture)


def without_epoch_of_nothing(version: str) -> str:
    """A version without an epoch that is not there: `(none):1.2` is `1.2`, and so is `0:1.2`."""
    return version.removeprefix("(none):").removeprefix("0:")


def said(value: str) -> str:
    """A tag's value; '' for `(none)`, rpm's word for nothing."""
    return "" if value == "(none)" else value


def namespace_of(release: str, vendor: str, of_list: str) -> str:
    """The distribution of a package: by its release or its vendor; else as the list has it, unless its mark is missing."""
    own = rpm_tag(release) or rpm_vendor(vendor)
    if own or vendor:
        return own
    return of_list if of_list in _UNMARKED or ENTERPRISE_TAG.search(f".{release}") else ""
