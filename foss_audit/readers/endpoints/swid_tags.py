# SPDX-License-Identifier: Apache-2.0
"""What a SWID tag says of its software, in the edition of 2015 and in that of 2009."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from foss_audit.activation import Activation, ActivationStatus, partial_key, without_keys
from foss_audit.messages import message
from foss_audit.readers.endpoints.agent_packages import distribution_of
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.package_urls import package_url

TAG, OLD_TAG = "SoftwareIdentity", "software_identification_tag"
"""Root elements of the editions of 2015 and 2009."""

_ROLES = ("softwarecreator", "licensor", "aggregator", "distributor")
"""Roles of those that the software is from, the nearest first. Who only made the tag may be anybody."""
_OLD_ROLES = ("software_creator", "software_licensor")
_STATUS: Mapping[str, ActivationStatus] = {
    **dict.fromkeys(("licensed", "activated", "active"), ActivationStatus.LICENSED),
    **dict.fromkeys(("unlicensed", "unactivated", "not activated", "inactive", "unregistered"), ActivationStatus.UNLICENSED),
    **dict.fromkeys(("trial", "evaluation", "grace"), ActivationStatus.GRACE),
}
_ARCHITECTURES = frozenset({"x86_64", "amd64", "i386", "i486", "i586", "i686", "aarch64", "arm64", "armv7l", "ppc64le", "s390x"})
_TYPES = {
    **dict.fromkeys(("debian", "ubuntu", "linuxmint", "kali", "raspbian", "blankon"), "deb"),
    **dict.fromkeys(("arch", "manjaro"), "alpm"),
    "alpine": "apk",
}
"""Distributions to types of package URLs; rpm for all others."""


@dataclass(frozen=True, slots=True)
class SoftwareTag:
    """The software of a tag; empty text where the tag does not say."""

    name: str
    version: str
    publisher: str
    license: str
    purl: str
    activation: str
    device: str


def is_true(value: str | None) -> bool:
    """Whether an attribute of XML's type boolean is set."""
    return (value or "").strip().lower() in ("true", "1")


def read_tag(tag: Element, place: str, position: int, found: EntryCollector) -> SoftwareTag:
    """Reads a tag of either edition; what cannot be used of it gets a note at `place` and `position`."""
    reader = _Reader(place, position, found)
    return reader.old(tag) if tag.tag == OLD_TAG else reader.new(tag)


@dataclass(frozen=True, slots=True)
class _Reader:
    place: str
    position: int
    found: EntryCollector

    def new(self, tag: Element) -> SoftwareTag:
        metas = tag.findall("Meta")
        name = self._attribute([tag], "name")
        version = self._attribute([tag], "version") or self._attribute(metas, "colloquialVersion")
        return SoftwareTag(
            name=_with_edition(name, self._attribute(metas, "edition")),
            version=version,
            publisher=self._publisher(tag.findall("Entity")),
            license=self._license(tag.findall("Link")),
            purl=_package_url(name, version, self._attribute(metas, "product")),
            activation=self._activation(
                self._attribute(metas, "activationStatus"),
                self._attribute(metas, "channelType"),
                self._attribute(metas, "entitlementKey"),
            ),
            device=self._attribute(tag.findall("Evidence"), "deviceId"),
        )

    def old(self, tag: Element) -> SoftwareTag:
        linkage = tag.find("license_linkage")
        makers = [self._child(tag.find(role), "name") for role in _OLD_ROLES]
        return SoftwareTag(
            name=self._child(tag, "product_title"),
            version=self._child(tag.find("product_version"), "name"),
            publisher=next((maker for maker in makers if maker), ""),
            license="",
            purl="",
            activation=self._activation(
                self._child(linkage, "activation_status"), self._child(linkage, "channel_type"), self._child(tag, "serial_number")
            ),
            device="",
        )

    def _attribute(self, elements: Iterable[Element], name: str) -> str:
        """The first of the elements' attributes of that name that says something."""
        texts = (self.found.text(element.get(name), name, self.place, self.position) for element in elements)
        return next((text for text in texts if text), "")

    def _child(self, element: Element | None, name: str) -> str:
        return "" if element is None else self.found.text(element.findtext(name), name, self.place, self.position)

    def _publisher(self, entities: Iterable[Element]) -> str:
        by_role: dict[str, str] = {}
        for entity in entities:
            name = self._attribute([entity], "name")
            for role in (entity.get("role") or "").lower().split():
                if name:
                    by_role.setdefault(role, name)
        return next((by_role[role] for role in _ROLES if role in by_role), "")

    def _license(self, links: Iterable[Element]) -> str:
        return self._attribute([link for link in links if (link.get("rel") or "").strip().lower() == "license"], "href")

    def _activation(self, status: str, channel: str, key: str) -> str:
        known = _STATUS.get(" ".join(status.lower().split()), "")
        if status and not known:
            self.found.note(
                self.place,
                self.position,
                message(
                    "The tag says of its activation: {status}. What that means here was not decided.",
                    status=without_keys(status)[:100],
                ),
            )
        return str(Activation(status=str(known), channel=without_keys(channel)[:100], key=partial_key(key)))


def _with_edition(name: str, edition: str) -> str:
    """The name with its edition, on which the right to use may depend, where it does not hold it.

    >>> _with_edition("SQL Server 2022", "Express"), _with_edition("Coyote Edition", "coyote")
    ('SQL Server 2022 Express', 'Coyote Edition')
    """
    words = set(edition.casefold().split())
    return f"{name} {edition}" if name and words and not words <= set(name.casefold().split()) else name


def _package_url(name: str, version: str, product: str) -> str:
    """Of a package of a distribution, whose tags name the system and its architecture as the product: `Fedora 28 x86_64`.

    >>> _package_url("bash", "5.1-6", "debian bookworm x86_64"), _package_url("Office", "16.0", "Office")
    ('pkg:deb/debian/bash@5.1-6', '')
    """
    system, _, architecture = product.rpartition(" ")
    distribution = distribution_of(system) if architecture in _ARCHITECTURES else ""
    return package_url(_TYPES.get(distribution, "rpm"), distribution, name, version) if distribution else ""
