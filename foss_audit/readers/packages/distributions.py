# SPDX-License-Identifier: Apache-2.0
"""Which distribution a list of packages is of, by what versions, suites and vendors tell. Pure."""

import re
from collections.abc import Iterable

DEB_ARCHITECTURES = frozenset(
    {"all", "amd64", "arm64", "armel", "armhf", "i386", "mips64el", "mipsel", "ppc64el", "riscv64", "s390x"}
)
RPM_ARCHITECTURES = frozenset(
    {"aarch64", "armv7hl", "i386", "i486", "i586", "i686", "noarch", "ppc64", "ppc64le", "riscv64", "s390", "s390x", "x86_64"}
    | {"x86_64_v2", "src"}
)

_UBUNTU = re.compile(r"ubuntu", re.IGNORECASE)
_DEBIAN = re.compile(r"[+~]deb\d+|~bpo\d+|\+squeeze\d|\+lenny\d|\+etch\d")
_UBUNTU_SUITES = (
    "trusty xenial bionic focal hirsute impish jammy kinetic lunar mantic noble oracular plucky questing lucid precise"
)
_DEBIAN_SUITES = "squeeze wheezy jessie stretch buster bullseye bookworm trixie forky sid oldstable oldoldstable testing unstable"
_SUITES = {
    **dict.fromkeys(_UBUNTU_SUITES.split(), "ubuntu"),
    **dict.fromkeys(_DEBIAN_SUITES.split(), "debian"),
    "kali-rolling": "kali",
}
_DIST_TAGS = (
    (re.compile(r"\.fc\d+"), "fedora"),
    (re.compile(r"\.el\d+\w*\.centos|\.centos"), "centos"),
    (re.compile(r"\.el\d+\w*\.rocky|\.rocky"), "rocky"),
    (re.compile(r"\.el\d+\w*\.alma|\.alma"), "almalinux"),
    (re.compile(r"\.amzn\d+"), "amzn"),
    (re.compile(r"\.mga\d+"), "mageia"),
    (re.compile(r"\.oe\d+"), "openeuler"),
    (re.compile(r"\.suse\.lp|^lp\d+"), "opensuse"),
)
_RELEASE_PACKAGES = (
    ("rocky-release", "rocky"),
    ("almalinux-release", "almalinux"),
    ("centos-release", "centos"),
    ("centos-stream-release", "centos"),
    ("centos-linux-release", "centos"),
    ("oraclelinux-release", "ol"),
    ("redhat-release", "redhat"),
    ("fedora-release", "fedora"),
    ("openSUSE-release", "opensuse"),
    ("sles-release", "sles"),
    ("mageia-release", "mageia"),
    ("system-release", "amzn"),
)
"""Packages that only one distribution has: (beginning of the name, distribution)."""
_VENDORS = (
    ("fedora", "fedora"),
    ("centos", "centos"),
    ("red hat", "redhat"),
    ("rocky", "rocky"),
    ("resf", "rocky"),
    ("almalinux", "almalinux"),
    ("oracle america", "ol"),
    ("opensuse", "opensuse"),
    ("suse", "sles"),
    ("mageia", "mageia"),
    ("amazon linux", "amzn"),
    ("openeuler", "openeuler"),
)
ENTERPRISE_TAG = re.compile(r"\.el\d")
"""Of the family of Enterprise Linux, whoever of it."""


_UNFREE = re.compile(r"non-?free(?:-firmware)?|restricted|multiverse|non-oss", re.IGNORECASE)


def unfree_area(place: str) -> str:
    """The area of what is not free that a section or a repository is of; '' for every other, and for what only needs such.

    Debian policy 2.2 (`non-free`, `non-free-firmware`), Ubuntu's components (`restricted`, `multiverse`), RPM Fusion
    (`rpmfusion-nonfree`), openSUSE (`repo-non-oss`).

    >>> unfree_area("non-free-firmware/kernel"), unfree_area("@rpmfusion-nonfree-updates"), unfree_area("contrib/net")
    ('non-free-firmware', 'nonfree', '')
    """
    found = _UNFREE.search(place.partition("/")[0])
    return found[0].casefold() if found else ""


def deb_distribution(versions: Iterable[str], suites: Iterable[str] = ()) -> str:
    """The distribution that most of what tells one names: `ubuntu`, `debian`, `kali`; '' where nothing does.

    >>> deb_distribution(["5.1-6ubuntu1", "2.0-1"]), deb_distribution(["12.4+deb12u5"]), deb_distribution(["1.0-1"])
    ('ubuntu', 'debian', '')
    """
    told = {"ubuntu": 0, "debian": 0, "kali": 0}
    for version in versions:
        if _UBUNTU.search(version):
            told["ubuntu"] += 1
        elif _DEBIAN.search(version):
            told["debian"] += 1
    for suite in suites:
        if named := _SUITES.get(suite) or _SUITES.get(suite.partition("-")[0]):
            told[named] += 1
    best = max(told, key=lambda name: told[name])
    return best if told[best] else ""


def rpm_tag(release: str) -> str:
    """The distribution that a release is marked with: `fedora` for `3.fc35`; '' for none, and for Enterprise Linux at large.

    >>> rpm_tag("3.fc35"), rpm_tag("24.el7.centos"), rpm_tag("6.el9")
    ('fedora', 'centos', '')
    """
    return next((name for tag, name in _DIST_TAGS if tag.search(release)), "")


def rpm_vendor(vendor: str) -> str:
    """The distribution that a vendor makes; '' for every other.

    >>> rpm_vendor("Fedora Project"), rpm_vendor("Google LLC")
    ('fedora', '')
    """
    plain = vendor.casefold()
    return next((name for beginning, name in _VENDORS if plain.startswith(beginning)), "")


def rpm_distribution(names: Iterable[str]) -> str:
    """The distribution whose own release package is in the list; '' where none is."""
    for name in names:
        for beginning, distribution in _RELEASE_PACKAGES:
            if name.startswith(beginning):
                return distribution
    return ""


def alpm_distribution(names: Iterable[str]) -> str:
    """The distribution whose own packages are in a list of pacman's: `arch`, `manjaro`, `msys2`; '' where none is."""
    known = {
        "archlinux-keyring": "arch",
        "manjaro-keyring": "manjaro",
        "msys2-keyring": "msys2",
        "msys2-runtime": "msys2",
        "endeavouros-keyring": "endeavouros",
    }
    found = {known[name] for name in names if name in known}
    # A distribution built on Arch has Arch's packages too.
    return next((name for name in ("manjaro", "endeavouros", "msys2", "arch") if name in found), "")


def apk_distribution(names: Iterable[str]) -> str:
    """The distribution of a list of apk's: `alpine` unless the list has packages that only another has."""
    known = {"wolfi": "wolfi", "chainguard": "chainguard"}
    return next((known[name] for name in names if name in known), "alpine")
