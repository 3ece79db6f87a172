# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 documents, whatever they are written in: a package is an entry; what the document describes is the device.

Every serialisation is read into the shape of the JSON one, so that what its fields mean is said once, here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from foss_audit.messages import counted, message
from foss_audit.model import LicenseOrigin, Note, SkipReason, Source
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.sboms.statements import (
    NO_INSTALLATION,
    first_stated,
    objects,
    party_name,
    reference_name,
    reference_names,
    resolve_references,
    says_something,
    string_of,
)

Listed = tuple[str, int, object]
"""Place, position and what stands there, which should be a package."""

ENVELOPES = ("sbom", "Document", "predicate")
"""Keys under which exports hold the document: GitHub's, those of SPDX 2.1, attestations."""

UNSAID = frozenset({"NOASSERTION", "NONE"})
"""Written by tools for a version that they do not know."""

_DOCUMENT = "SPDXRef-DOCUMENT"
_SCANNED_ROOT = "SPDXRef-DocumentRoot-"
_HOSTS = (_SCANNED_ROOT, "SPDXRef-ContainerImage-", "SPDXRef-Filesystem-", "SPDXRef-OperatingSystem-")
"""Ids that scanners give to what they scanned; it is no software, also where its purpose is not stated."""
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_VERSIONS = frozenset(f"SPDX-{version}" for version in ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3"))
_FIELDS = {
    "name": "packageName",
    "versionInfo": "packageVersion",
    "supplier": "packageSupplier",
    "originator": "packageOriginator",
    "licenseConcluded": "packageLicenseConcluded",
    "licenseDeclared": "packageLicenseDeclared",
}
"""Fields of a package, and the names they go by in exports older than the JSON format."""


def opened(document: Mapping[str, object]) -> tuple[Mapping[str, object], str]:
    """The document itself, out of its envelope where it has one, and the pointer to it."""
    if document.keys().isdisjoint(("spdxVersion", "packages")):
        for key in ENVELOPES:
            inner = document.get(key)
            if isinstance(inner, dict):
                return inner, f"/{key}"
    return document, ""


def listed_packages(root: Mapping[str, object], pointer: str, found: EntryCollector) -> Iterator[Listed]:
    """Every package of a document in the shape of JSON, in document order, also where it stands in what is described."""
    yield from _elements(root.get("packages"), f"{pointer}/packages", found)
    described = root.get("documentDescribes")
    for position, element in enumerate(described if isinstance(described, list) else ()):
        if isinstance(element, dict) and "File" not in element:
            yield f"{pointer}/documentDescribes/", position, element.get("Package", element)


def read_packages(root: Mapping[str, object], packages: Iterable[Listed], found: EntryCollector) -> str | None:
    """Reads every package; returns the name of what the document describes.

    Each of `packages` becomes an entry, a skip or a problem. Of `root` only what is said about packages is read.
    """
    described = _described(root)
    names = _reference_names(root, found)
    hosts: list[str] = []
    subjects: list[str] = []
    told_by_files: list[str] = []
    for place, position, package in packages:
        if not isinstance(package, dict):
            found.problem(place, position, message("This package is no object with fields; correct it in the export."))
            continue
        if _is_subject(package, place, described):
            is_host = _is_host(package)
            (hosts if is_host else subjects).append(found.text(package.get("name"), "name", place, position))
            if is_host:
                found.skip(place, position, SkipReason.DESCRIBES_DEVICE)
                continue
        license = _read_package(package, names, place, position, found)
        if not says_something(license) and _files_tell(package):
            told_by_files.append(f"{place}{position}")
    _note_files(told_by_files, found)
    # Several subjects of one kind name no device: the file's own name has to do.
    candidates = hosts or subjects
    return candidates[0] or None if len(candidates) == 1 else None


def format_notes(root: Mapping[str, object], file: str) -> tuple[Note, ...]:
    """What to know of the version of a document."""
    if root.get("spdxVersion", root.get("specVersion")) in _VERSIONS:
        return ()
    return (Note(Source(file), message("The version of the SPDX format is missing or not known; read as far as it goes.")),)


def kind_of(purpose: object) -> str:
    """The purpose of a package, however the forms and versions of the format spell it; '' for what is no text.

    >>> kind_of("OPERATING_SYSTEM"), kind_of("operatingSystem"), kind_of(None)
    ('operating-system', 'operating-system', '')
    """
    return _CAPITAL.sub("-", purpose.strip()).replace("_", "-").casefold() if isinstance(purpose, str) else ""


def _elements(packages: object, pointer: str, found: EntryCollector) -> Iterator[Listed]:
    if isinstance(packages, list):
        for position, package in enumerate(packages):
            yield f"{pointer}/", position, package
    elif packages is not None:
        found.problem(pointer, NO_POSITION, message("The packages are no list and were not read; correct it in the export."))


def _described(root: Mapping[str, object]) -> frozenset[str]:
    """Ids of what the document says it describes, by either of the two ways to say it."""
    listed = root.get("documentDescribes")
    ids = {id for id in listed if isinstance(id, str)} if isinstance(listed, list) else set()
    documents = (_DOCUMENT, root.get("SPDXID"))
    for relationship in objects(root.get("relationships")):
        kind, one, other = (relationship.get(key) for key in ("relationshipType", "spdxElementId", "relatedSpdxElement"))
        if kind == "DESCRIBED_BY":
            one, other = other, one
        if kind in ("DESCRIBES", "DESCRIBED_BY") and one in documents and isinstance(other, str):
            ids.add(other)
    return frozenset(ids)


def _is_subject(package: Mapping[str, object], place: str, described: frozenset[str]) -> bool:
    id = package.get("SPDXID")
    return place.endswith("/documentDescribes/") or (isinstance(id, str) and (id in described or id.startswith(_SCANNED_ROOT)))


def _is_host(package: Mapping[str, object]) -> bool:
    """Whether a subject is what software is installed on."""
    return kind_of(package.get("primaryPackagePurpose")) in NO_INSTALLATION or str(package.get("SPDXID")).startswith(_HOSTS)


def _read_package(
    package: Mapping[str, object], names: Mapping[str, str], place: str, position: int, found: EntryCollector
) -> str:
    """An entry; returns its licence as written."""

    def text(field: str) -> str:
        value = package.get(field)
        if value is None:
            value = package.get(_FIELDS[field])
        return found.text(value, field, place, position) if value is not None else ""

    name = text("name")
    if not name:
        found.problem(place, position, message("This package has no name; add it in the export."))
        return ""
    license, origin = text("licenseConcluded"), LicenseOrigin.CONCLUDED
    if not says_something(license):
        license, origin = first_stated(((license, origin), (text("licenseDeclared"), LicenseOrigin.DECLARED)))
    version = text("versionInfo")
    found.add(
        name=name,
        version="" if version in UNSAID else version,
        publisher=party_name(text("supplier")) or party_name(text("originator")),
        license=resolve_references(license, names),
        purl=_purl(package, place, position, found),
        place=place,
        position=position,
        license_origin=origin,
    )
    return license


def _purl(package: Mapping[str, object], place: str, position: int, found: EntryCollector) -> str:
    references = package.get("externalRefs")
    for reference in references if isinstance(references, list) else ():
        kind = reference.get("referenceType") if isinstance(reference, dict) else None
        if kind == "purl" or (isinstance(kind, str) and kind.endswith("/purl")):
            return found.text(reference.get("referenceLocator"), "referenceLocator", place, position)
    return ""


def _reference_names(root: Mapping[str, object], found: EntryCollector) -> dict[str, str]:
    """What the document's own LicenseRef ids are called."""
    called = []
    for field in ("hasExtractedLicensingInfos", "extractedLicenseInfos"):
        for position, information in enumerate(objects(root.get(field))):
            id, name, text = (string_of(information.get(key)) for key in ("licenseId", "name", "extractedText"))
            found.license_text(id, text, f"/{field}/", position)
            called.append((id, reference_name(id, name, text)))
    return reference_names(called)


def _files_tell(package: Mapping[str, object]) -> bool:
    licenses = package.get("licenseInfoFromFiles")
    return isinstance(licenses, list) and any(isinstance(license, str) and says_something(license) for license in licenses)


def _note_files(packages: list[str], found: EntryCollector) -> None:
    """Licences of single files are no licence of the package: a free file in it does not make it free."""
    if packages:
        found.note(
            packages[0],
            NO_POSITION,
            counted(
                "One package states no licence, only licences found in its files; those are no licence of the package. "
                "Look at it, and state a concluded licence in the SBOM.",
                "{count} packages, this one first, state no licence, only licences found in their files; those are no licence "
                "of the package. Look at them, and state concluded licences in the SBOM.",
                count=len(packages),
            ),
        )
