# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 JSON: every package is an entry, a problem or skipped; what the document describes is the device."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
HEADER = {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "document"}


def read(tmp_path: Path, document: Any) -> Reading:
    path = tmp_path / "sbom.spdx.json"
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return read_file(path, "sbom.spdx.json", CONTEXT)


def packages(tmp_path: Path, *found: Any, **more: Any) -> Reading:
    return read(tmp_path, {**HEADER, "packages": list(found), **more})


def license_of(tmp_path: Path, concluded: Any, declared: Any, *extracted: Any) -> str:
    package = {"name": "x", "licenseConcluded": concluded, "licenseDeclared": declared}
    return str(packages(tmp_path, package, hasExtractedLicensingInfos=list(extracted)).entries["license"].iloc[0])


def test_fields_of_a_package(tmp_path: Path) -> None:
    reading = packages(
        tmp_path,
        {
            "SPDXID": "SPDXRef-zlib",
            "name": "zlib",
            "versionInfo": "1.3",
            "supplier": "Organization: Acme (sales@acme.example)",
            "licenseConcluded": "Zlib",
            "externalRefs": [
                {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:x"},
                {"referenceType": "purl", "referenceLocator": "pkg:generic/zlib@1.3"},
            ],
        },
    )
    assert (reading.reader, reading.notes, reading.device) == ("spdx-json", (), None)
    first = reading.entries.iloc[0]
    assert tuple(first[["name", "version", "publisher", "license", "purl", "place", "position"]]) == (
        "zlib", "1.3", "Acme", "Zlib", "pkg:generic/zlib@1.3", "/packages/", 0,
    )  # fmt: skip


def test_an_envelope_is_opened(tmp_path: Path) -> None:
    reading = read(tmp_path, {"sbom": {**HEADER, "packages": [{"name": "a"}, {}]}})
    assert list(reading.entries["place"]) == ["/sbom/packages/"]
    assert [problem.source.locator for problem in reading.problems] == ["/sbom/packages/1"]


def test_version_2_1_has_an_envelope_and_packages_in_what_is_described(tmp_path: Path) -> None:
    document = {
        "specVersion": "SPDX-2.1",
        "id": "https://example.org/doc#SPDXRef-DOCUMENT",
        "documentDescribes": [
            {"Package": {"name": "simda", "licenseDeclared": "LicenseRef-1", "files": [{"File": {"name": "x.c"}}]}},
            {"File": {"name": "y.c"}},
            {"Package": None},
        ],
        "extractedLicenseInfos": [{"licenseId": "LicenseRef-1", "name": "Acme"}],
    }
    reading = read(tmp_path, {"Document": document})
    assert (reading.reader, reading.device, reading.notes) == ("spdx-json", "simda", ())
    assert tuple(reading.entries.iloc[0][["name", "license", "place"]]) == ("simda", "Acme", "/Document/documentDescribes/")
    assert [problem.source.locator for problem in reading.problems] == ["/Document/documentDescribes/2"]


def test_an_attestation_is_opened(tmp_path: Path) -> None:
    statement = {"_type": "https://in-toto.io/Statement/v0.1", "predicateType": "https://spdx.dev/Document"}
    reading = read(tmp_path, {**statement, "predicate": {**HEADER, "packages": [{"name": "a"}]}})
    assert (reading.reader, list(reading.entries["place"])) == ("spdx-json", ["/predicate/packages/"])


def test_licenses_of_files_are_no_license_of_the_package(tmp_path: Path) -> None:
    silent = {"name": "a", "licenseDeclared": "NOASSERTION", "licenseInfoFromFiles": ["MIT"]}
    told = {"name": "b", "licenseDeclared": "ISC", "licenseInfoFromFiles": ["MIT"]}
    reading = packages(tmp_path, told, silent, {"name": "c", "licenseInfoFromFiles": ["NOASSERTION", 1]})
    assert list(reading.entries["license"]) == ["ISC", "NOASSERTION", ""]
    assert [note.source.locator for note in reading.notes] == ["/packages/1"]


@pytest.mark.parametrize(("version", "read_as"), [("NOASSERTION", ""), ("NONE", ""), ("none-1", "none-1"), ("3.10", "3.10")])
def test_versions_that_nobody_knows(tmp_path: Path, version: str, read_as: str) -> None:
    assert list(packages(tmp_path, {"name": "x", "versionInfo": version}).entries["version"]) == [read_as]


class TestSubject:
    @pytest.mark.parametrize(
        "saying",
        [
            {"documentDescribes": ["SPDXRef-root"]},
            {
                "relationships": [
                    {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-root"}
                ]
            },
            {
                "relationships": [
                    {
                        "spdxElementId": "SPDXRef-root",
                        "relationshipType": "DESCRIBED_BY",
                        "relatedSpdxElement": "SPDXRef-DOCUMENT",
                    }
                ]
            },
        ],
    )
    @pytest.mark.parametrize("purpose", [None, "APPLICATION", "LIBRARY", "FRAMEWORK", "SOURCE", "INSTALL", "OTHER"])
    def test_software_is_the_device_and_an_entry(self, tmp_path: Path, saying: dict[str, Any], purpose: str | None) -> None:
        root = {"SPDXID": "SPDXRef-root", "name": "SIMDA", "primaryPackagePurpose": purpose}
        reading = packages(tmp_path, root, {"name": "zlib"}, **saying)
        assert (reading.device, list(reading.entries["name"]), reading.skipped) == ("SIMDA", ["SIMDA", "zlib"], ())

    @pytest.mark.parametrize("purpose", ["CONTAINER", "OPERATING-SYSTEM", "OPERATING_SYSTEM", "DEVICE", "FILE", "FIRMWARE"])
    def test_what_software_is_installed_on_is_skipped(self, tmp_path: Path, purpose: str) -> None:
        root = {"SPDXID": "SPDXRef-root", "name": "PC-01", "primaryPackagePurpose": purpose}
        reading = packages(tmp_path, {"name": "zlib"}, root, documentDescribes=["SPDXRef-root"])
        assert (reading.device, list(reading.entries["name"])) == ("PC-01", ["zlib"])
        assert [(line.source.locator, line.reason) for line in reading.skipped] == [("/packages/1", SkipReason.DESCRIBES_DEVICE)]

    @pytest.mark.parametrize("id", ["SPDXRef-DocumentRoot-Directory-x", "SPDXRef-ContainerImage-1f", "SPDXRef-Filesystem-1f"])
    def test_a_synthetic_root_is_skipped_even_without_a_name(self, tmp_path: Path, id: str) -> None:
        reading = packages(tmp_path, {"SPDXID": id, "name": ""}, documentDescribes=[id])
        assert (reading.device, len(reading.entries), len(reading.skipped), reading.problems) == (None, 0, 1, ())

    def test_several_subjects_name_no_device(self, tmp_path: Path) -> None:
        both = [{"SPDXID": "SPDXRef-a", "name": "a"}, {"SPDXID": "SPDXRef-b", "name": "b"}]
        reading = packages(tmp_path, *both, documentDescribes=["SPDXRef-a", "SPDXRef-b"])
        assert (reading.device, len(reading.entries)) == (None, 2)
        both[1]["primaryPackagePurpose"] = "CONTAINER"
        assert packages(tmp_path, *both, documentDescribes=["SPDXRef-a", "SPDXRef-b"]).device == "b"

    def test_a_container_that_is_only_a_package_is_an_entry(self, tmp_path: Path) -> None:
        assert len(packages(tmp_path, {"SPDXID": "SPDXRef-a", "name": "a", "primaryPackagePurpose": "CONTAINER"}).entries) == 1

    def test_broken_descriptions_lose_nothing(self, tmp_path: Path) -> None:
        for more in (
            {"documentDescribes": "x"},
            {"documentDescribes": [1, {}]},
            {"relationships": [None, {}, "x"]},
            {"relationships": {}},
        ):
            assert len(packages(tmp_path, {"SPDXID": ["x"], "name": "a"}, **more).entries) == 1


class TestLicenses:
    @pytest.mark.parametrize(
        ("concluded", "declared", "read_as"),
        [
            ("MIT", "ISC", "MIT"),
            ("NOASSERTION", "ISC", "ISC"),
            ("NONE", "ISC", "ISC"),
            ("", "ISC", "ISC"),
            (None, "ISC", "ISC"),
            ("NOASSERTION", "NONE", "NOASSERTION"),
            (None, None, ""),
        ],
    )
    def test_concluded_beats_declared_where_it_says_something(
        self, tmp_path: Path, concluded: Any, declared: Any, read_as: str
    ) -> None:
        assert license_of(tmp_path, concluded, declared) == read_as

    def test_references_go_by_their_name(self, tmp_path: Path) -> None:
        named = {"licenseId": "LicenseRef-1", "name": "Acme EULA", "extractedText": "Long\ntext"}
        assert license_of(tmp_path, "LicenseRef-1", None, named) == "Acme EULA"
        assert license_of(tmp_path, "MIT OR LicenseRef-1", None, named) == "MIT OR Acme EULA"
        assert license_of(tmp_path, "LicenseRef-10 AND LicenseRef-1", None, named) == "LicenseRef-10 AND Acme EULA"
        assert license_of(tmp_path, "DocumentRef-x:LicenseRef-1", None, named) == "DocumentRef-x:LicenseRef-1"

    def test_a_reference_with_several_names_keeps_its_id(self, tmp_path: Path) -> None:
        infos = [{"licenseId": "LicenseRef-1", "name": name} for name in ("MIT", "Acme EULA", "MIT")]
        reading = packages(tmp_path, {"name": "x", "licenseDeclared": "LicenseRef-1"}, hasExtractedLicensingInfos=infos)
        assert list(reading.entries["license"]) == ["LicenseRef-1"]

    def test_a_name_with_operators_stays_one_part(self, tmp_path: Path) -> None:
        named = {"licenseId": "LicenseRef-1", "name": "MIT or ISC"}
        assert license_of(tmp_path, "LicenseRef-1", None, named) == "MIT or ISC"
        assert license_of(tmp_path, "LicenseRef-1 AND Zlib", None, named) == "(MIT or ISC) AND Zlib"
        broken = {"licenseId": "LicenseRef-1", "name": "X) OR (MIT"}
        assert license_of(tmp_path, "Acme AND LicenseRef-1", None, broken) == "Acme AND NOASSERTION AND (X  OR  MIT)"
        assert license_of(tmp_path, "(LicenseRef-1)", None, broken) == "(NOASSERTION AND (X  OR  MIT))"

    @pytest.mark.parametrize(
        ("info", "read_as"),
        [
            ({"extractedText": "GPL-2.0"}, "GPL-2.0"),
            ({"name": "NOASSERTION", "extractedText": "This software is\nfree"}, "LicenseRef-1"),
            ({"extractedText": "ACME SOURCE LICENSE\n\nPermission is granted ..."}, "ACME SOURCE LICENSE"),
            ({"extractedText": "/*\n * SPDX-License-Identifier: MIT\n * Copyright Acme\n */"}, "MIT"),
            ({"extractedText": "SPDX-License-Identifier: MIT\nSPDX-License-Identifier: ISC\n"}, "LicenseRef-1"),
            ({"extractedText": "MIT License\n\n... for non-commercial use only."}, "LicenseRef-1"),
            ({"name": "MIT", "extractedText": "... for non-commercial use only."}, "MIT AND NOASSERTION"),
            ({"extractedText": "Under the following license:\nCopyright Acme"}, "LicenseRef-1"),
            ({"name": "LicenseRef-1"}, "LicenseRef-1"),
            ({"name": ["x"], "extractedText": [1]}, "LicenseRef-1"),
            ({}, "LicenseRef-1"),
        ],
    )
    def test_references_without_a_name(self, tmp_path: Path, info: dict[str, Any], read_as: str) -> None:
        assert license_of(tmp_path, "LicenseRef-1", None, {"licenseId": "LicenseRef-1", **info}, None) == read_as


def test_ids_of_the_scancode_list_stay(tmp_path: Path) -> None:
    named = {"licenseId": "LicenseRef-scancode-srgb", "name": "sRGB", "extractedText": "sRGB LICENSE\n\ntext"}
    assert license_of(tmp_path, "LicenseRef-scancode-srgb", None, named) == "LicenseRef-scancode-srgb"


@pytest.mark.parametrize(
    ("fields", "publisher"),
    [
        ({"supplier": "NOASSERTION", "originator": "Person: Jane"}, "Jane"),
        ({"supplier": "organisation: gnu"}, "gnu"),
        ({"supplier": "Acme Organization: West"}, "Acme Organization: West"),
        ({"supplier": "Organization: Natanael <n@example.org>"}, "Natanael"),
        ({"supplier": "Organization: Example Org (example.org)"}, "Example Org (example.org)"),
        ({}, ""),
    ],
)
def test_publisher(tmp_path: Path, fields: dict[str, Any], publisher: str) -> None:
    assert list(packages(tmp_path, {"name": "x", **fields}).entries["publisher"]) == [publisher]


@pytest.mark.parametrize("wrong", [None, "zlib", 17, [], {}, {"name": ""}, {"name": ["x"]}])
def test_a_broken_package_is_a_problem_and_the_rest_goes_on(tmp_path: Path, wrong: Any) -> None:
    reading = packages(tmp_path, {"name": "a"}, wrong, {"name": "b"})
    assert list(reading.entries["name"]) == ["a", "b"]
    assert [problem.source.locator for problem in reading.problems] == ["/packages/1"]


def test_packages_that_are_no_list_are_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path, {**HEADER, "packages": {"name": "x"}})
    assert [problem.source.locator for problem in reading.problems] == ["/packages"]


def test_older_field_names_are_understood(tmp_path: Path) -> None:
    reading = packages(tmp_path, {"packageName": "hello", "packageVersion": "1", "packageLicenseDeclared": "MIT"})
    assert tuple(reading.entries.iloc[0][["name", "version", "license"]]) == ("hello", "1", "MIT")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    document = json.dumps({**HEADER, "packages": [{"name": "Müller"}]}, ensure_ascii=False)
    assert list(read(tmp_path, document.encode(encoding)).entries["name"]) == ["Müller"]


class TestRecognition:
    @pytest.mark.parametrize(
        "document",
        [
            {"spdxVersion": "SPDX-2.2"},
            {"SPDXID": "SPDXRef-DOCUMENT", "packages": []},
            {"packages": [{"SPDXID": "SPDXRef-x", "name": "y", "comment": "z" * 100_000}], "spdxVersion": "SPDX-2.3"},
            {"sbom": {"packages": [{"SPDXID": "SPDXRef-x", "comment": "z" * 100_000}], "spdxVersion": "SPDX-2.3"}},
        ],
    )
    def test_recognised(self, tmp_path: Path, document: Any) -> None:
        assert read(tmp_path, document).reader == "spdx-json"

    @pytest.mark.parametrize(
        "document", [{"packages": []}, {"spdxVersion": "SPDX-3.0"}, {"sbom": []}, {"x": {"spdxVersion": "SPDX-2.3"}}]
    )
    def test_not_recognised(self, tmp_path: Path, document: Any) -> None:
        with contextlib.suppress(UnreadableFile):
            assert read(tmp_path, document).reader != "spdx-json"

    def test_a_document_that_is_two_formats_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="cyclonedx-json, spdx-json"):
            read(tmp_path, {**HEADER, "bomFormat": "CycloneDX"})


@pytest.mark.corpus
def test_corpus_documents_lose_nothing(corpus: Path) -> None:
    seen = 0
    for path in sorted(path for path in (corpus / "sbom").glob("*/*") if path.is_file()):
        content = path.read_bytes()
        try:
            document = json.loads(content, strict=False)
        except ValueError:
            continue
        if not isinstance(document, dict) or not str(document.get("spdxVersion")).startswith("SPDX-2"):
            continue
        reading = read_file(path, path.name, CONTEXT)
        assert reading.reader == "spdx-json", path
        assert len(reading.entries) + len(reading.skipped) + len(reading.problems) == len(document.get("packages") or []), path
        seen += 1
    assert seen > 50
