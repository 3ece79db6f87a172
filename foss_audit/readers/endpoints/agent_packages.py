# SPDX-License-Identifier: Apache-2.0
"""Packages of a system's package manager as inventory agents list them: their package URL, publisher and archive area. Pure."""

from foss_audit.readers import package_urls

_TYPES = {"deb": "deb", "dpkg": "deb", "rpm": "rpm", "apk": "apk", "pacman": "alpm"}
"""What agents write in `from`, to types of package URLs."""
_DISTRIBUTIONS = (
    ("red hat", "redhat"),
    ("redhat", "redhat"),
    ("rhel", "redhat"),
    ("fedora", "fedora"),
    ("centos", "centos"),
    ("rocky", "rocky"),
    ("almalinux", "almalinux"),
    ("oracle linux", "oracle"),
    ("amazon linux", "amzn"),
    ("opensuse", "opensuse"),
    ("suse", "sles"),
    ("mageia", "mageia"),
    ("linux mint", "linuxmint"),
    ("linuxmint", "linuxmint"),
    ("ubuntu", "ubuntu"),
    ("kali", "kali"),
    ("raspbian", "raspbian"),
    ("blankon", "blankon"),
    ("debian", "debian"),
    ("alpine", "alpine"),
    ("manjaro", "manjaro"),
    ("arch", "arch"),
)
"""Words in the name of a system, the telling ones first, to namespaces of package URLs."""
_NAMESPACE_ALONE = {"alpm": "arch", "apk": "alpine"}
_AREAS = frozenset({"non-free", "non-free-firmware", "multiverse", "restricted"})
"""Areas of an archive of Debian's kind that hold what is not free."""


def distribution_of(system: str) -> str:
    """The distribution that the name of an operating system tells, as package URLs name it; '' where it tells none.

    >>> distribution_of("Fedora release 25 (Twenty Five)"), distribution_of("Microsoft Windows 10 Pro")
    ('fedora', '')
    """
    plain = system.casefold()
    return next((namespace for word, namespace in _DISTRIBUTIONS if word in plain), "")


def package_url(source: str, name: str, version: str, distribution: str) -> str:
    """The package URL of software that came from `source`; '' where that is no package manager of a system.

    >>> package_url("rpm", "expat", "2.2.8-1.fc31", "fedora"), package_url("registry", "7-Zip", "24.08", "")
    ('pkg:rpm/fedora/expat@2.2.8-1.fc31', '')
    """
    kind = _TYPES.get(source.casefold())
    if kind is None:
        return ""
    return package_urls.package_url(kind, distribution or _NAMESPACE_ALONE.get(kind, ""), name, version)


def package_publisher(source: str, publisher: str) -> str:
    """Who made a package. Agents write the distribution as the publisher of every deb package, whoever made it.

    >>> package_publisher("deb", "Ubuntu"), package_publisher("rpm", "Google LLC")
    ('', 'Google LLC')
    """
    return "" if _TYPES.get(source.casefold()) == "deb" and distribution_of(publisher) else publisher


def archive_area(source: str, category: str) -> str:
    """The area of its archive that a package lies in, where that says it is not free: `non-free`; '' for every other.

    >>> archive_area("deb", "non-free/libs"), archive_area("deb", "libs")
    ('non-free', '')
    """
    area, stroke, _ = category.partition("/")
    return area if stroke and area in _AREAS and _TYPES.get(source.casefold()) == "deb" else ""
