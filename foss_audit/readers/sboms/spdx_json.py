# SPDX-License-Identifier: Apache-2.0
"""Reads SPDX 2 SBOMs in JSON: a package is an entry; what the document describes is the device."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import Note, SkipReason, Source
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import load_document, outline_of
from foss_audit.readers.sboms.statements import NO_INSTALLATION, first_that_says, party_name, reference_name, resolve_references

NAME = "spdx-json"
DESCRIPTION = "SPDX SBOM in JSON, 2.2 and 2.3, also as GitHub exports it"

_DOCUMENT = "SPDXRef-DOCUMENT"
_SCANNED_ROOT = "SPDXRef-DocumentRoot-"
_HOSTS = (_SCANNED_ROOT, "SPDXRef-ContainerImage-", "SPDXRef-Filesystem-", "SPDXRef-OperatingSystem-")
"""Ids that scanners give to what they scanned; it is no software, also where its purpose is not stated."""
_FIELDS = {
    "name": "packageName",
    "versionInfo": "packageVersion",
    "supplier": "packageSupplier",
    "originator": "packageOriginator",
    "licenseConcluded": "packageLicenseConcluded",
    "licenseDeclared": "packageLicenseDeclared",
}
"""Fields of a package, and the names they go by in exports older than the JSON format."""


def recognises(head: Head) -> bool:
    """Whether the head is of an SPDX 2 document in JSON, bare or in an envelope, also where spdxVersion comes late."""
    outline = outline_of(head.text)
    if outline is None:
        return False
    version = outline.values.get("/spdxVersion", outline.values.get("/sbom/spdxVersion"))
    if version is not None:
        return not version.startswith("SPDX-3")
    outer = outline.outer
    if outer == {"sbom"}:
        outer = frozenset(path.rpartition("/")[2] for path in outline.values if path.startswith("/sbom/"))
    return "SPDXID" in outline.keys and not outer.isdisjoint({"SPDXID", "packages", "files"})


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every package, in document order. Raises UnreadableFile where the JSON is damaged."""
    document = load_document(path, file, context.limits)
    envelope = document.root.get("sbom")
    root, pointer = (envelope, "/sbom") if isinstance(envelope, dict) else (document.root, "")
    found = EntryCollector(file, context.limits)
    device = _read_packages(root, f"{pointer}/packages", found)
    notes = document.notes
    if root.get("spdxVersion") not in ("SPDX-2.2", "SPDX-2.3"):
        notes += (Note(Source(file), message("The version of the SPDX format is missing or not known; read as far as it goes.")),)
    return found.reading(NAME, document.encoding, device, notes)


def _read_packages(root: Mapping[str, object], pointer: str, found: EntryCollector) -> str | None:
    """Every package; returns the name of what the document describes."""
    packages = root.get("packages")
    if packages is None:
        return None
    if not isinstance(packages, list):
        found.problem(pointer, NO_POSITION, message("The packages are no list and were not read; correct it in the export."))
        return None
    described = _described(root)
    names = _reference_names(root)
    hosts: list[str] = []
    subjects: list[str] = []
    for position, package in enumerate(packages):
        if not isinstance(package, dict):
            found.problem(f"{pointer}/", position, message("This package is no JSON object; correct it in the export."))
        elif _is_subject(package, described):
            is_host = _is_host(package)
            (hosts if is_host else subjects).append(found.text(package.get("name"), "name", f"{pointer}/", position))
            if is_host:
                found.skip(f"{pointer}/", position, SkipReason.DESCRIBES_DEVICE)
            else:
                _read_package(package, names, f"{pointer}/", position, found)
        else:
            _read_package(package, names, f"{pointer}/", position, found)
    # Several subjects of one kind name no device: the file's own name has to do.
    candidates = hosts or subjects
    return candidates[0] or None if len(candidates) == 1 else None


def _described(root: Mapping[str, object]) -> frozenset[str]:
    """Ids of what the document says it describes, by either of the two ways to say it."""
    listed = root.get("documentDescribes")
    ids = {id for id in listed if isinstance(id, str)} if isinstance(listed, list) else set()
    for relationship in _objects(root.get("relationships")):
        kind, one, other = (relationship.get(key) for key in ("relationshipType", "spdxElementId", "relatedSpdxElement"))
        if kind == "DESCRIBED_BY":
            one, other = other, one
        if kind in ("DESCRIBES", "DESCRIBED_BY") and one == _DOCUMENT and isinstance(other, str):
            ids.add(other)
    return frozenset(ids)


def _is_subject(package: Mapping[str, object], described: frozenset[str]) -> bool:
    id = package.get("SPDXID")
    return isinstance(id, str) and (id in described or id.startswith(_SCANNED_ROOT))


def _is_host(package: Mapping[str, object]) -> bool:
    """Whether a subject is what software is installed on."""
    purpose = package.get("primaryPackagePurpose")
    kind = purpose.strip().casefold().replace("_", "-") if isinstance(purpose, str) else ""
    return kind in NO_INSTALLATION or str(package.get("SPDXID")).startswith(_HOSTS)


def _read_package(
    package: Mapping[str, object], names: Mapping[str, str], place: str, position: int, found: EntryCollector
) -> None:
    def text(field: str) -> str:
        return found.text(package.get(field, package.get(_FIELDS[field])), field, place, position)

    name = text("name")
    if not name:
        found.problem(place, position, message("This package has no name; add it in the export."))
        return
    license = first_that_says((text("licenseConcluded"), text("licenseDeclared")))
    found.add(
        name=name,
        version=text("versionInfo"),
        publisher=party_name(text("supplier")) or party_name(text("originator")),
        license=resolve_references(license, names),
        purl=_purl(package, place, position, found),
        place=place,
        position=position,
    )


def _purl(package: Mapping[str, object], place: str, position: int, found: EntryCollector) -> str:
    for reference in _objects(package.get("externalRefs")):
        kind = reference.get("referenceType")
        if isinstance(kind, str) and kind.rpartition("/")[2] == "purl":
            return found.text(reference.get("referenceLocator"), "referenceLocator", place, position)
    return ""


def _reference_names(root: Mapping[str, object]) -> dict[str, str]:
    """What the document's own LicenseRef ids are called."""
    names: dict[str, str] = {}
    for information in _objects(root.get("hasExtractedLicensingInfos")):
        id, name, text = (
            value if isinstance(value, str) else ""
            for value in (information.get("licenseId"), information.get("name"), information.get("extractedText"))
        )
        if called := reference_name(id, name, text):
            names.setdefault(id, called)
    return names


def _objects(values: object) -> Iterator[Mapping[str, object]]:
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, dict))
