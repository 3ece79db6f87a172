# SPDX-License-Identifier: Apache-2.0
"""Reads Trivy's own JSON: a package of a result is an entry; what Trivy scanned is the device."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from foss_audit.messages import message
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import Outline, list_outline_of, load_json, outline_of
from foss_audit.readers.sboms.statements import NO_NAMES, join_all, join_licenses, objects, party_name, string_of, text_alone
from foss_audit.readers.sboms.trivy_purl import package_purl, package_version

NAME = "trivy-json"
DESCRIPTION = "Trivy JSON report with its packages (trivy --format json --list-all-pkgs)"

_FINDINGS = frozenset({"Packages", "Vulnerabilities", "Misconfigurations", "Secrets", "Licenses"})
_NO_PACKAGES = frozenset({"config", "secret", "license", "license-file", "custom"})
"""Classes of results that list no packages."""
_LICENSE_TEXT = "text://"
_OF_SYSTEM = "OS Packages"
"""What licence results of packages of the operating system are called."""


def recognises(head: Head) -> bool:
    """Whether the head is of a Trivy report: an object with results, or the list of results of old versions."""
    outline = outline_of(head.text)
    if outline is not None:
        outer = outline.outer
        return ("ArtifactName" in outer and not outer.isdisjoint({"SchemaVersion", "Results", "ArtifactType"})) or (
            "Results" in outer and _has_results(outline)
        )
    results = list_outline_of(head.text)
    return results is not None and "Target" in results.outer and _has_results(results)


def _has_results(outline: Outline) -> bool:
    return "Target" in outline.keys and not outline.keys.isdisjoint(_FINDINGS)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every package, in document order. Raises UnreadableFile where the JSON is damaged.

    Vulnerabilities name packages, but not all of them: a result that lists only those is a problem, not an inventory.
    """
    document = load_json(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    report = document.value
    device = None
    results, pointer = report, ""
    if isinstance(report, dict):
        results, pointer = report.get("Results"), "/Results"
        name = found.text(report.get("ArtifactName"), "ArtifactName", "/ArtifactName", NO_POSITION)
        device = None if name in NO_NAMES else name
    _read_results(results, pointer, found)
    return found.reading(NAME, document.encoding, device, document.notes, document.damage)


def _read_results(results: object, pointer: str, found: EntryCollector) -> None:
    if results is not None and not isinstance(results, list):
        found.problem(pointer, NO_POSITION, message("The results are no list and were not read; run Trivy again."))
        return
    listed = list(objects(results))
    licenses = _stated_licenses(listed)
    lists_packages = any(result.get("Packages") for result in listed)
    for position, result in enumerate(results or ()):
        place = f"{pointer}/"
        if not isinstance(result, dict):
            found.problem(place, position, message("This result is no JSON object; run Trivy again."))
        elif result.get("Packages"):
            _read_packages(result, f"{place}{position}/Packages", licenses, found)
        elif _holds_packages(result) and (result.get("Vulnerabilities") or not lists_packages):
            found.problem(
                place,
                position,
                message(
                    "The result {target} lists no packages or only vulnerable ones; run Trivy again with --list-all-pkgs.",
                    target=string_of(result.get("Target")) or str(position),
                ),
            )
    if not lists_packages and not found.problems:
        found.problem(
            pointer,
            NO_POSITION,
            message("This Trivy report lists no packages at all; run Trivy again with --scanners vuln,license --list-all-pkgs."),
        )


def _holds_packages(result: Mapping[str, object]) -> bool:
    """Whether a result is of packages; before classes, what had no misconfigurations was."""
    kind = result.get("Class")
    if isinstance(kind, str):
        return kind not in _NO_PACKAGES or bool(result.get("Packages"))
    return "Misconfigurations" not in result and "Secrets" not in result


def _read_packages(
    result: Mapping[str, object], pointer: str, licenses: Mapping[tuple[bool, str], str], found: EntryCollector
) -> None:
    packages = result["Packages"]
    if not isinstance(packages, list):
        found.problem(pointer, NO_POSITION, message("The packages are no list and were not read; correct it in the export."))
        return
    for position, element in enumerate(packages):
        _read_package(element, result, licenses, f"{pointer}/", position, found)


def _read_package(
    element: object,
    result: Mapping[str, object],
    licenses: Mapping[tuple[bool, str], str],
    place: str,
    position: int,
    found: EntryCollector,
) -> None:
    named = found.named_package(element, "Name", place, position)
    if named is None:
        return
    name, package = named
    of_system = result.get("Class") == "os-pkgs"
    version = package_version(package)
    identifier = package.get("Identifier")
    purl = identifier.get("PURL") if isinstance(identifier, dict) else package.get("Ref")
    found.add(
        name=name,
        version=found.text(version, "Version", place, position),
        publisher=party_name(found.text_of(package, "Maintainer", place, position)),
        license=_license(package, place, position, found) or licenses.get((of_system, name), ""),
        purl=found.text(purl, "PURL", place, position) or package_purl(name, version, string_of(result.get("Type"))),
        place=place,
        position=position,
    )


def _license(package: Mapping[str, object], place: str, position: int, found: EntryCollector) -> str:
    """All that the package states; `License` is how reports of 2021 have it."""
    licenses = package.get("Licenses", package.get("License"))
    if licenses is None:
        return ""
    stated = licenses if isinstance(licenses, list) else [licenses]
    return join_all([_license_name(found.text(license, "Licenses", place, position)) for license in stated if license != ""])


def _license_name(license: str) -> str:
    """A licence as written; of one that is given as its text what that tells."""
    return text_alone(license.removeprefix(_LICENSE_TEXT))


def _stated_licenses(results: Sequence[Mapping[str, object]]) -> dict[tuple[bool, str], str]:
    """What licence results tell, by whether the package is the operating system's, and its name."""
    stated: dict[tuple[bool, str], list[str]] = {}
    for result in results:
        if result.get("Class") == "license":
            for finding in objects(result.get("Licenses")):
                package, license = string_of(finding.get("PkgName")), string_of(finding.get("Name"))
                if package and license:
                    stated.setdefault((result.get("Target") == _OF_SYSTEM, package), []).append(_license_name(license))
    return {package: join_licenses(licenses) for package, licenses in stated.items()}
