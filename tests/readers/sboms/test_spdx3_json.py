# SPDX-License-Identifier: Apache-2.0
"""SPDX 3 JSON-LD: every package is an entry, a problem or skipped; licences come by relationships."""

import contextlib
import json
import time
from pathlib import Path
from typing import Any

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
LD = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
INFO = {"type": "CreationInfo", "@id": "_:info", "specVersion": "3.0.1", "created": "2026-01-01T00:00:00Z", "createdBy": ["u:me"]}


def read(tmp_path: Path, document: Any) -> Reading:
    path = tmp_path / "sbom.spdx3.json"
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return read_file(path, "sbom.spdx3.json", CONTEXT)


def graph(tmp_path: Path, *elements: Any) -> Reading:
    return read(tmp_path, {"@context": LD, "@graph": [INFO, *elements]})


def package(id: str, name: Any, **more: Any) -> dict[str, Any]:
    return {"type": "software_Package", "spdxId": id, "creationInfo": "_:info", "name": name, **more}


def related(source: str, kind: str, *targets: Any) -> dict[str, Any]:
    return {"type": "Relationship", "spdxId": f"u:{source}-{kind}", "from": source, "relationshipType": kind, "to": list(targets)}


def expression(id: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "simplelicensing_LicenseExpression", "spdxId": id, "simplelicensing_licenseExpression": text, **more}


def license_of(tmp_path: Path, *elements: Any) -> str:
    return str(graph(tmp_path, package("u:p", "x"), *elements).entries["license"].iloc[0])


def declared(tmp_path: Path, *elements: Any) -> str:
    """The licence with the id `u:l` as a package declares it."""
    return license_of(tmp_path, related("u:p", "hasDeclaredLicense", "u:l"), *elements)


def test_fields_of_a_package(tmp_path: Path) -> None:
    reading = graph(
        tmp_path,
        {"type": "Organization", "@id": "_:acme", "name": "Acme"},
        package("u:p", "zlib", software_packageVersion="1.3", suppliedBy="_:acme", software_packageUrl="pkg:generic/zlib@1.3"),
        related("u:p", "hasDeclaredLicense", "u:l"),
        expression("u:l", "Zlib"),
    )
    assert (reading.reader, reading.notes, reading.device, reading.problems) == ("spdx3-json", (), None, ())
    assert tuple(reading.entries.iloc[0][["name", "version", "publisher", "license", "purl", "place", "position"]]) == (
        "zlib", "1.3", "Acme", "Zlib", "pkg:generic/zlib@1.3", "/@graph/", 2,
    )  # fmt: skip


class TestSubject:
    @pytest.mark.parametrize(
        "elements",
        [
            [{"type": "SpdxDocument", "spdxId": "u:d", "rootElement": ["u:p"]}],
            [
                {"type": "SpdxDocument", "spdxId": "u:d", "rootElement": ["u:s"]},
                {"type": "software_Sbom", "spdxId": "u:s", "rootElement": ["u:p"]},
            ],
            [{"type": "SpdxDocument", "spdxId": "u:d"}, related("u:d", "describes", "u:p")],
            [related("SPDXRef-DOCUMENT", "DESCRIBES", "u:p")],
            [{"type": "SpdxDocument", "spdxId": "u:d", "rootElement": {"@id": "u:p"}}],
        ],
    )
    @pytest.mark.parametrize(
        ("purpose", "is_entry"), [(None, True), ("application", True), ("operatingSystem", False), ("diskImage", False)]
    )
    def test_what_is_described(self, tmp_path: Path, elements: Any, purpose: str | None, is_entry: bool) -> None:
        reading = graph(tmp_path, package("u:p", "SIPD", software_primaryPurpose=purpose), package("u:q", "zlib"), *elements)
        assert reading.device == "SIPD"
        assert list(reading.entries["name"]) == (["SIPD", "zlib"] if is_entry else ["zlib"])
        assert [line.reason for line in reading.skipped] == ([] if is_entry else [SkipReason.DESCRIBES_DEVICE])

    def test_a_file_that_describes_a_package_makes_it_no_subject(self, tmp_path: Path) -> None:
        readme = {"type": "software_File", "spdxId": "u:f", "name": "README"}
        reading = graph(
            tmp_path, package("u:p", "a", software_primaryPurpose="container"), readme, related("u:f", "describes", "u:p")
        )
        assert (reading.device, list(reading.entries["name"]), reading.skipped) == (None, ["a"], ())

    def test_several_subjects_name_no_device(self, tmp_path: Path) -> None:
        document = {"type": "SpdxDocument", "rootElement": ["u:p", "u:q"]}
        assert graph(tmp_path, package("u:p", "a"), package("u:q", "b"), document).device is None


class TestLicenses:
    @pytest.mark.parametrize(
        ("concluded", "stated", "read_as"),
        [("MIT", "ISC", "MIT"), ("NOASSERTION", "ISC", "ISC"), ("NONE", "ISC", "ISC"), ("NOASSERTION", "NONE", "NOASSERTION")],
    )
    def test_concluded_beats_declared_where_it_says_something(
        self, tmp_path: Path, concluded: str, stated: str, read_as: str
    ) -> None:
        relations = [related("u:p", "hasConcludedLicense", "u:c"), related("u:p", "hasDeclaredLicense", "u:l")]
        assert license_of(tmp_path, *relations, expression("u:c", concluded), expression("u:l", stated)) == read_as

    def test_early_spelling_of_relationships(self, tmp_path: Path) -> None:
        assert license_of(tmp_path, related("u:p", "HAS_DECLARED_LICENSE", "u:l"), expression("u:l", "MIT")) == "MIT"

    def test_several_licenses_hold_together(self, tmp_path: Path) -> None:
        elements = [
            related("u:p", "hasDeclaredLicense", "u:l", "u:m"),
            expression("u:l", "MIT OR ISC"),
            expression("u:m", "Zlib"),
        ]
        assert license_of(tmp_path, *elements) == "(MIT OR ISC) AND Zlib"

    @pytest.mark.parametrize(
        ("target", "read_as"),
        [
            ("https://spdx.org/licenses/MIT", "MIT"),
            ("http://spdx.org/licenses/MIT.html", "MIT"),
            ("https://spdx.org/rdf/3.0.1/terms/Licensing/NoAssertion", "NOASSERTION"),
            ("https://spdx.org/rdf/3.0.1/terms/Licensing/None", "NONE"),
            ("expandedlicensing_NoneLicense", "NONE"),
            ("expandedlicensing_NoAssertionLicense", "NOASSERTION"),
            ("https://example.org/doc#LicenseRef-Acme", "LicenseRef-Acme"),
            ({"@id": "https://spdx.org/licenses/MIT"}, "MIT"),
            ({"type": "simplelicensing_LicenseExpression", "simplelicensing_licenseExpression": "MIT"}, "MIT"),
            (None, "NOASSERTION"),
        ],
    )
    def test_licenses_that_stand_elsewhere(self, tmp_path: Path, target: Any, read_as: str) -> None:
        assert license_of(tmp_path, related("u:p", "hasDeclaredLicense", target)) == read_as

    def test_an_expression_built_of_parts(self, tmp_path: Path) -> None:
        mit, gpl = "https://spdx.org/licenses/MIT", "https://spdx.org/licenses/GPL-2.0-only"
        elements = [
            {"type": "expandedlicensing_DisjunctiveLicenseSet", "spdxId": "u:l", "expandedlicensing_member": [mit, "u:and"]},
            {
                "type": "expandedlicensing_ConjunctiveLicenseSet",
                "spdxId": "u:and",
                "expandedlicensing_member": ["u:later", "u:with"],
            },
            {"type": "expandedlicensing_OrLaterOperator", "spdxId": "u:later", "expandedlicensing_subjectLicense": "u:own"},
            {
                "type": "expandedlicensing_CustomLicense",
                "spdxId": "u:own",
                "name": "Acme-1",
                "simplelicensing_licenseText": "a\nb",
            },
            {
                "type": "expandedlicensing_WithAdditionOperator",
                "spdxId": "u:with",
                "expandedlicensing_subjectExtendableLicense": gpl,
                "expandedlicensing_subjectAddition": "https://spdx.org/licenses/Classpath-exception-2.0",
            },
        ]
        assert declared(tmp_path, *elements) == "MIT OR (Acme-1+ AND (GPL-2.0-only WITH Classpath-exception-2.0))"

    @pytest.mark.parametrize("kind", ["Conjunctive", "Disjunctive"])
    def test_a_part_that_cannot_be_read_is_never_left_out(self, tmp_path: Path, kind: str) -> None:
        members = ["https://spdx.org/licenses/MIT", {"type": "expandedlicensing_CustomLicense"}]
        parts = {"type": f"expandedlicensing_{kind}LicenseSet", "spdxId": "u:l", "expandedlicensing_member": members}
        assert declared(tmp_path, parts) == f"MIT {'AND' if kind == 'Conjunctive' else 'OR'} NOASSERTION"

    def test_references_go_by_the_name_of_their_license(self, tmp_path: Path) -> None:
        own = {
            "type": "simplelicensing_SimpleLicensingText",
            "spdxId": "u:own",
            "name": "Acme EULA",
            "simplelicensing_licenseText": "a\nb",
        }
        entry = {"type": "DictionaryEntry", "key": "LicenseRef-1", "value": "u:own"}
        text = expression("u:l", "MIT OR LicenseRef-1", simplelicensing_customIdToUri=[entry])
        assert declared(tmp_path, text, own) == "MIT OR Acme EULA"
        assert (
            declared(tmp_path, expression("u:l", "LicenseRef-1"), {**own, "spdxId": "https://x.example/LicenseRef-1"})
            == "Acme EULA"
        )
        assert declared(tmp_path, expression("u:l", "LicenseRef-1"), own) == "LicenseRef-1"

    def test_sets_that_hold_each_other_end(self, tmp_path: Path) -> None:
        kind = "expandedlicensing_ConjunctiveLicenseSet"
        rings = [{"type": kind, "spdxId": "u:l", "expandedlicensing_member": ["u:l", "u:m"]}, expression("u:m", "MIT")]
        assert declared(tmp_path, *rings) == "NOASSERTION AND MIT"
        doubling = [
            {"type": kind, "spdxId": f"u:{n}", "expandedlicensing_member": [f"u:{n + 1}", f"u:{n + 2}"]} for n in range(60)
        ]
        ends = [expression("u:60", "MIT"), expression("u:61", "ISC")]
        start = time.perf_counter()
        license = declared(tmp_path, {"type": kind, "spdxId": "u:l", "expandedlicensing_member": ["u:0"]}, *doubling, *ends)
        assert time.perf_counter() - start < 5 and len(license) < 50_000


class TestShapes:
    def test_one_element_without_a_graph(self, tmp_path: Path) -> None:
        info = {"type": "CreationInfo", "specVersion": "3.0.0"}
        reading = read(tmp_path, {"@context": LD, **package("u:p", "zlib"), "creationInfo": info})
        assert (list(reading.entries["name"]), reading.notes) == (["zlib"], ())

    def test_names_as_addresses(self, tmp_path: Path) -> None:
        terms = "https://spdx.org/rdf/3.0.1/terms"
        element = {
            "@id": "u:p",
            "@type": f"{terms}/Software/Package",
            f"{terms}/Core/name": "zlib",
            f"{terms}/Software/packageVersion": "1.3",
        }
        reading = graph(tmp_path, element)
        assert tuple(reading.entries.iloc[0][["name", "version"]]) == ("zlib", "1.3")

    def test_elements_inside_others(self, tmp_path: Path) -> None:
        document = {"type": "SpdxDocument", "rootElement": [package("u:p", "SIPD")], "element": [package("u:q", "zlib")]}
        reading = graph(tmp_path, document)
        assert (reading.device, list(reading.entries["name"])) == ("SIPD", ["SIPD", "zlib"])
        assert list(reading.entries["place"]) == ["/@graph/1/rootElement/", "/@graph/1/element/"]

    def test_packages_of_other_profiles(self, tmp_path: Path) -> None:
        reading = graph(
            tmp_path,
            {"type": "ai_AIPackage", "spdxId": "u:a", "name": "model"},
            {"type": "dataset_DatasetPackage", "spdxId": "u:d", "name": "data"},
            {"type": "software_File", "spdxId": "u:f", "name": "file"},
            {"type": "software_Snippet", "spdxId": "u:s", "name": "snippet"},
        )
        assert list(reading.entries["name"]) == ["model", "data"]

    @pytest.mark.parametrize(
        "identifier",
        [
            {"type": "ExternalIdentifier", "externalIdentifierType": "packageUrl", "identifier": "pkg:npm/x@1"},
            {"type": "ExternalIdentifier", "externalIdentifierType": "purl", "identifier": "pkg:npm/x@1"},
            "u:i",
        ],
    )
    def test_package_urls_among_identifiers(self, tmp_path: Path, identifier: Any) -> None:
        elsewhere = {
            "type": "ExternalIdentifier",
            "spdxId": "u:i",
            "externalIdentifierType": "packageURL",
            "identifier": "pkg:npm/x@1",
        }
        cpe = {"type": "ExternalIdentifier", "externalIdentifierType": "cpe23", "identifier": "cpe:2.3:a:x"}
        reading = graph(tmp_path, package("u:p", "x", externalIdentifier=[cpe, identifier]), elsewhere)
        assert list(reading.entries["purl"]) == ["pkg:npm/x@1"]

    @pytest.mark.parametrize(
        ("fields", "publisher"),
        [
            ({"suppliedBy": "u:o"}, "Acme"),
            ({"originatedBy": ["u:o", "u:b"]}, "Acme, Budi"),
            ({"suppliedBy": {"type": "Organization", "name": "Organization: Acme (a@b.example)"}}, "Acme"),
            ({"suppliedBy": "u:nobody", "originatedBy": ["u:b"]}, "Budi"),
            ({"suppliedBy": "https://spdx.org/rdf/3.0.1/terms/Core/NoAssertion"}, ""),
            ({"suppliedBy": 17}, ""),
        ],
    )
    def test_publisher(self, tmp_path: Path, fields: dict[str, Any], publisher: str) -> None:
        agents = [{"type": "Organization", "spdxId": "u:o", "name": "Acme"}, {"type": "Person", "spdxId": "u:b", "name": "Budi"}]
        assert list(graph(tmp_path, package("u:p", "x", **fields), *agents).entries["publisher"]) == [publisher]


@pytest.mark.parametrize("wrong", [None, "zlib", 17, [], package("u:w", ""), package("u:w", None), package("u:w", ["x"])])
def test_a_broken_element_is_a_problem_and_the_rest_goes_on(tmp_path: Path, wrong: Any) -> None:
    reading = graph(tmp_path, package("u:p", "a"), wrong, package("u:q", "b"))
    assert list(reading.entries["name"]) == ["a", "b"]
    assert [problem.source.locator for problem in reading.problems] == ["/@graph/2"]


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "Relationship", "from": ["u:p", 1, {}], "relationshipType": ["x"], "to": 17},
        {"type": "Relationship", "from": {"spdxId": "u:p"}, "relationshipType": "hasDeclaredLicense", "to": {"a": 1}},
        {"type": ["x"], "spdxId": {"a": 1}},
        {"type": "SpdxDocument", "rootElement": 17},
        {"type": "simplelicensing_LicenseExpression", "spdxId": "u:l", "simplelicensing_licenseExpression": ["MIT"]},
        {},
    ],
)
def test_odd_elements_lose_nothing(tmp_path: Path, broken: Any) -> None:
    reading = graph(tmp_path, package("u:p", "a"), broken, related("u:p", "hasDeclaredLicense", "u:l"))
    assert (list(reading.entries["name"]), reading.problems) == (["a"], ())


def test_a_graph_that_is_no_list_is_a_problem(tmp_path: Path) -> None:
    assert [problem.source.locator for problem in read(tmp_path, {"@context": LD, "@graph": 3}).problems] == ["/@graph"]
    assert list(read(tmp_path, {"@context": LD, "@graph": package("u:p", "a")}).entries["name"]) == ["a"]


@pytest.mark.parametrize(
    "document",
    [
        {"@context": "https://schema.org", "@graph": [{"@type": "SoftwareApplication", "name": "x"}]},
        {"@graph": []},
        {"spdxVersion": "SPDX-2.3"},
        {"$schema": "x", "properties": {"@context": {"const": LD}, "@graph": {}}},
    ],
)
def test_not_recognised(tmp_path: Path, document: Any) -> None:
    with contextlib.suppress(UnreadableFile):
        assert read(tmp_path, document).reader != "spdx3-json"
