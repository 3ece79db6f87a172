# SPDX-License-Identifier: Apache-2.0
"""CycloneDX JSON: every component is an entry, a problem or skipped, whatever the document is like."""

import base64
import contextlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from helpers import sbom_files, seconds

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import read_file
from foss_audit.readers.interface import Limits, Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))


def read(tmp_path: Path, document: Any, context: ReadingContext = CONTEXT) -> Reading:
    path = tmp_path / "bom.json"
    if isinstance(document, dict):
        document = json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", **document})
    path.write_bytes(document.encode() if isinstance(document, str) else document)
    return read_file(path, "bom.json", context)


def components(tmp_path: Path, *found: Any) -> Reading:
    """Reads the components, each a library where it says nothing else."""
    kept = [{"type": "library", **one} if isinstance(one, dict) and "name" in one else one for one in found]
    return read(tmp_path, {"components": kept})


def licenses(tmp_path: Path, *choices: Any, **fields: Any) -> str:
    reading = components(tmp_path, {"type": "library", "name": "x", "licenses": list(choices), **fields})
    return str(reading.entries["license"].iloc[0])


def rows(reading: Reading) -> list[tuple[str, str]]:
    entries = reading.entries
    return [
        (name, f"{place}{position}")
        for name, place, position in zip(entries["name"], entries["place"], entries["position"], strict=True)
    ]


def test_fields_of_a_component(tmp_path: Path) -> None:
    reading = components(
        tmp_path,
        {"type": "library", "name": "zlib", "version": "1.3", "publisher": "Jean-loup", "purl": "pkg:generic/zlib@1.3"},
    )
    assert reading.reader == "cyclonedx-json"
    assert reading.encoding == "utf-8"
    first = reading.entries.iloc[0]
    assert (first["name"], first["version"], first["publisher"], first["purl"]) == (
        "zlib",
        "1.3",
        "Jean-loup",
        "pkg:generic/zlib@1.3",
    )
    assert (first["quantity"], first["unnamed"], first["device"]) == (1, False, "")


def test_nested_components_come_after_their_parent(tmp_path: Path) -> None:
    inner = {"name": "a.b", "components": [{"name": "a.b.c"}]}
    reading = components(tmp_path, {"name": "a", "components": [{"name": "a.a"}, inner]}, {"name": "b"})
    assert rows(reading) == [
        ("a", "/components/0"),
        ("a.a", "/components/0/components/0"),
        ("a.b", "/components/0/components/1"),
        ("a.b.c", "/components/0/components/1/components/0"),
        ("b", "/components/1"),
    ]


def test_an_application_is_the_device_and_an_entry(tmp_path: Path) -> None:
    subject = {"type": "application", "name": "SIMDA", "version": "2.7", "components": [{"name": "part"}]}
    reading = read(tmp_path, {"metadata": {"component": subject}, "components": [{"name": "zlib"}]})
    assert reading.device == "SIMDA"
    assert list(reading.entries["name"]) == ["SIMDA", "part", "zlib"]
    assert list(reading.entries["place"]) == ["/metadata/component", "/metadata/component/components/", "/components/"]


@pytest.mark.parametrize("kind", ["container", "operating-system", "device", "file", "firmware", "Container"])
def test_what_software_is_installed_on_is_skipped(tmp_path: Path, kind: str) -> None:
    reading = read(tmp_path, {"metadata": {"component": {"type": kind, "name": "PC-01", "components": [{"name": "part"}]}}})
    assert reading.device == "PC-01"
    assert list(reading.entries["name"]) == ["part"]
    assert [(line.source.locator, line.reason) for line in reading.skipped] == [
        ("/metadata/component", SkipReason.DESCRIBES_DEVICE)
    ]


def test_services_and_tools_are_no_entries(tmp_path: Path) -> None:
    tools = {"components": [{"name": "scanner"}]}
    assert read(tmp_path, {"metadata": {"tools": tools}, "services": [{"name": "api"}]}).entries.empty


@pytest.mark.parametrize(
    ("group", "name", "purl", "shown"),
    [
        ("@angular", "core", "", "@angular/core"),
        ("angular", "core", "pkg:npm/%40angular/core@1", "@angular/core"),
        ("@angular", "@angular/core", "", "@angular/core"),
        ("org.apache", "commons-io", "pkg:maven/org.apache/commons-io@2", "commons-io"),
    ],
)
def test_name_as_people_know_it(tmp_path: Path, group: str, name: str, purl: str, shown: str) -> None:
    assert rows(components(tmp_path, {"group": group, "name": name, "purl": purl}))[0][0] == shown


@pytest.mark.parametrize(
    ("fields", "publisher"),
    [
        ({"supplier": {"name": "Acme"}, "author": "Someone"}, "Acme"),
        ({"author": "Someone <s@example.org>"}, "Someone"),
        ({"authors": [{"name": "A"}, {"name": "B"}]}, "A, B"),
        ({"publisher": "", "supplier": {"url": ["x"]}, "manufacturer": {"name": "M"}}, "M"),
        ({}, ""),
    ],
)
def test_publisher(tmp_path: Path, fields: dict[str, Any], publisher: str) -> None:
    assert list(components(tmp_path, {"name": "x", **fields}).entries["publisher"]) == [publisher]


@pytest.mark.parametrize(
    ("author", "publisher"),
    [
        ("Person: Jane (jane@example.org)", "Jane"),
        ("Acme ()", "Acme"),
        ("Acme (Jakarta)", "Acme (Jakarta)"),
        ("Jane <jane@example.org>", "Jane"),
        ("a" + " " * 90_000 + "b", "a" + " " * 90_000 + "b"),
        ("(" + "@" * 90_000, "(" + "@" * 90_000),
    ],
    ids=["person", "nothing", "place", "mail", "blanks", "signs"],
)
def test_addresses_of_publishers_are_left_out_whatever_they_look_like(tmp_path: Path, author: str, publisher: str) -> None:
    assert list(components(tmp_path, {"name": "x", "author": author}).entries["publisher"]) == [publisher]


LICENSING = {
    "altIds": ["ACME-1", "ACME-2"],
    "licensor": {"organization": {"name": "PT Acme"}},
    "licensee": {"organization": {"name": "Dinas Kesehatan"}},
    "purchaser": {"individual": {"name": "Ni Made"}},
    "purchaseOrder": "PO-7",
    "licenseTypes": ["perpetual", "device"],
    "lastRenewal": "2025-01-02T00:00:00Z",
    "expiration": "2027-01-02T00:00:00Z",
}


class TestRightsBought:
    def test_every_field(self, tmp_path: Path) -> None:
        license = {"license": {"name": "Acme EULA", "licensing": LICENSING}}
        reading = components(
            tmp_path, {"name": "a"}, {"name": "Acme DB", "version": "3", "author": "Acme", "licenses": [license]}
        )
        (one,) = reading.entitlements
        assert (one.source.file, one.source.locator) == ("bom.json", "/components/1")
        assert (one.name, one.version, one.publisher) == ("Acme DB", "3", "Acme")
        assert (one.kinds, one.license_ids, one.purchase_order) == (("perpetual", "device"), ("ACME-1", "ACME-2"), "PO-7")
        assert (one.licensor, one.start, one.end) == ("PT Acme", "2025-01-02T00:00:00Z", "2027-01-02T00:00:00Z")
        assert list(reading.entries["license"]) == ["", "Acme EULA"]
        assert not reading.notes

    @pytest.mark.parametrize(
        ("parties", "licensee"),
        [
            ({"purchaser": {"organization": {"name": "Dinas A"}}, "licensee": {"organization": {"name": "Dinas B"}}}, "Dinas B"),
            ({"purchaser": {"organization": {"name": "Dinas A"}}, "licensee": {"individual": {"name": "Made"}}}, "Dinas A"),
            ({"licensee": {"individual": {"name": "Made"}}}, "Made"),
            ({"purchaser": "Dinas A"}, "Dinas A"),
            ({"purchaser": {"organization": ["Dinas A"]}}, ""),
            ({}, ""),
        ],
    )
    def test_the_licensee_before_the_purchaser_and_organisations_before_people(
        self, tmp_path: Path, parties: Any, licensee: str
    ) -> None:
        reading = components(tmp_path, {"name": "x", "licenses": [{"license": {"name": "E", "licensing": parties}}]})
        assert [one.licensee for one in reading.entitlements] == [licensee]

    def test_of_an_expression_of_nested_parts_and_of_the_subject(self, tmp_path: Path) -> None:
        choice = {"expression": "LicenseRef-Acme", "licensing": {"licenseTypes": ["oem"]}}
        part = {"type": "library", "name": "part", "licenses": [choice]}
        subject = {"type": "application", "name": "app", "licenses": [choice], "components": [part]}
        reading = read(tmp_path, {"metadata": {"component": subject}})
        assert [(one.name, one.source.locator) for one in reading.entitlements] == [
            ("app", "/metadata/component"),
            ("part", "/metadata/component/components/0"),
        ]

    @pytest.mark.parametrize("wrong", ["perpetual", ["x"], True, {"licenseTypes": {"x": 1}, "altIds": [None, 1, "A"]}])
    def test_wrong_types_lose_nothing(self, tmp_path: Path, wrong: Any) -> None:
        reading = components(tmp_path, {"name": "x", "licenses": [{"license": {"id": "MIT", "licensing": wrong}}]})
        assert (list(reading.entries["license"]), reading.problems) == (["MIT"], ())
        assert reading.notes

    def test_a_nameless_component_gives_no_right(self, tmp_path: Path) -> None:
        assert not components(tmp_path, {"licenses": [{"license": {"name": "E", "licensing": LICENSING}}]}).entitlements


class TestDepartures:
    """What the format does not allow, but costs no entry, is said in one note."""

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"type": "foo"}, "/components/0/type (foo)"),
            ({"type": None}, "/components/0/type (–)"),
            ({"scope": ["x"]}, "/components/0/scope (…)"),
            ({"bom-ref": ""}, "/components/0/bom-ref ()"),
            ({"hashes": [{"alg": "MD5", "content": "foo"}]}, "/components/0/hashes/0/content (foo)"),
            ({"hashes": [{"alg": {}, "content": "0" * 32}, 1]}, "/components/0/hashes/0/alg (…); /components/0/hashes/1 (1)"),
            ({"hashes": 5}, "/components/0/hashes (5)"),
            ({"swid": {"name": "x"}}, "/components/0/swid/tagId (–)"),
            ({"version": "1", "versionRange": "vers:a/1"}, "/components/0/versionRange (vers:a/1)"),
            ({"pedigree": {"patches": [{"type": "foo"}]}}, "/components/0/pedigree/patches/0/type (foo)"),
            ({"properties": [{"value": "x"}, {}]}, "/components/0/properties/0/name (–) +1"),
            ({"licenses": [{"license": {"id": "Apache-2"}}]}, "/components/0/licenses/0/license/id (Apache-2)"),
            ({"licenses": [{"license": {}}]}, "/components/0/licenses/0/license (–)"),
            ({"licenses": [{"license": {"id": ["MIT", "ISC"]}}]}, "/components/0/licenses/0/license/id (–)"),
            ({"licenses": [{"expression": "MIT", "acknowledgement": "x"}]}, "/components/0/licenses/0 (x)"),
            ({"licenses": [{"license": {"id": "MIT"}}, {"expression": "ISC"}]}, "/components/0/licenses (expression)"),
            ({"vendor": "x"}, "/components/0/vendor (x)"),
            ({"version": ["1", "2"]}, "/components/0/version (1)"),
        ],
    )
    def test_of_a_component(self, tmp_path: Path, fields: Any, said: str) -> None:
        reading = components(tmp_path, {"name": "x", **fields})
        assert (len(reading.entries), reading.problems) == (1, ())
        (note,) = reading.notes
        assert f"read all the same: {said}." in str(note.message)

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"serialNumber": "urn:uuid:1"}, "/serialNumber (urn:uuid:1)"),
            ({"metadata": {"timestamp": "2026-01-01"}}, "/metadata/timestamp (2026-01-01)"),
            ({"metadata": {"distribution": "x"}}, "/metadata/distribution (x)"),
            ({"dependencies": [{"ref": ""}, {"ref": "a", "dependsOn": ["b"]}]}, "/dependencies/0 ()"),
            ({"services": [{"name": "s", "data": [{"flow": ["in"]}]}]}, "/services/0/data/0/flow (…)"),
            ({"citations": [{"pointers": []}]}, "/citations/0 (–)"),
        ],
    )
    def test_of_the_document(self, tmp_path: Path, fields: Any, said: str) -> None:
        (note,) = read(tmp_path, fields).notes
        assert f"read all the same: {said}." in str(note.message)

    def test_many_of_one_kind_are_counted(self, tmp_path: Path) -> None:
        reading = components(tmp_path, *({"name": f"x{number}", "bom-ref": "same"} for number in range(50)))
        (note,) = reading.notes
        assert "/components/1/bom-ref (same) +48" in str(note.message)

    def test_expressions_beside_licenses_are_no_departure_from_1_7_on(self, tmp_path: Path) -> None:
        mixed = {"name": "x", "type": "library", "licenses": [{"license": {"id": "MIT"}}, {"expression": "ISC"}]}
        assert not read(tmp_path, {"specVersion": "1.7", "components": [mixed]}).notes


def test_version_written_as_a_number_keeps_its_digits(tmp_path: Path) -> None:
    document = '{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"name": "x", "version": 3.10}]}'
    assert list(read(tmp_path, document).entries["version"]) == ["3.10"]


class TestLicenses:
    def test_id_name_and_expression_are_joined(self, tmp_path: Path) -> None:
        found = licenses(
            tmp_path, {"license": {"id": "MIT"}}, {"license": {"name": "Acme EULA"}}, {"expression": "GPL-2.0-only OR ISC"}
        )
        assert found == "MIT AND Acme EULA AND (GPL-2.0-only OR ISC)"

    def test_one_alone_is_left_as_it_is(self, tmp_path: Path) -> None:
        assert licenses(tmp_path, {"expression": "MIT OR ISC"}) == "MIT OR ISC"

    def test_groups_are_not_bracketed_twice(self, tmp_path: Path) -> None:
        assert (
            licenses(tmp_path, {"expression": "(A OR B)"}, {"expression": "(A OR B) OR (C)"}) == "(A OR B) AND ((A OR B) OR (C))"
        )

    def test_or_later_is_no_operator(self, tmp_path: Path) -> None:
        assert (
            licenses(tmp_path, {"license": {"id": "GPL-2.0-or-later"}}, {"license": {"id": "MIT"}}) == "GPL-2.0-or-later AND MIT"
        )

    def test_concluded_beats_declared(self, tmp_path: Path) -> None:
        declared = {"license": {"id": "MIT", "acknowledgement": "declared"}}
        assert licenses(tmp_path, declared, {"expression": "ISC", "acknowledgement": "concluded"}) == "ISC"
        assert licenses(tmp_path, declared, {"license": {"id": "ISC", "acknowledgement": "concluded"}}) == "ISC"
        assert licenses(tmp_path, declared, {"license": {"id": "ISC", "acknowledgement": "Concluded"}}) == "ISC"

    def test_a_conclusion_that_says_nothing_does_not(self, tmp_path: Path) -> None:
        concluded = {"license": {"name": "NOASSERTION", "acknowledgement": "concluded"}}
        assert licenses(tmp_path, {"license": {"id": "MIT"}}, concluded) == "MIT"

    def test_evidence_stands_in_for_what_is_not_said(self, tmp_path: Path) -> None:
        evidence = {"licenses": [{"license": {"id": "Apache-2.0"}}]}
        assert licenses(tmp_path, evidence=evidence) == "Apache-2.0"
        assert licenses(tmp_path, {"license": {"name": "NOASSERTION"}}, evidence=evidence) == "Apache-2.0"
        assert licenses(tmp_path, {"license": {"id": "MIT"}}, evidence=evidence) == "MIT"

    def test_text_alone_gives_its_first_line(self, tmp_path: Path) -> None:
        content = base64.b64encode(b"\n\n  MIT License\n\nPermission is hereby").decode()
        assert licenses(tmp_path, {"license": {"text": {"content": content, "encoding": "base64"}}}) == "MIT License"
        assert licenses(tmp_path, {"license": {"text": {"content": "BSD\nmore"}}}) == "BSD"
        assert licenses(tmp_path, {"license": {"text": {"content": "!", "encoding": "base64"}}}) == ""

    def test_a_text_that_narrows_its_name_is_told(self, tmp_path: Path) -> None:
        text = {"content": "MIT License\n\nPermission is granted for non-commercial\nuse only, and ..."}
        assert licenses(tmp_path, {"license": {"text": text}}) == "MIT License AND NOASSERTION"
        assert licenses(tmp_path, {"license": {"name": "MIT", "text": text}}) == "MIT AND NOASSERTION"
        assert licenses(tmp_path, {"license": {"id": "MIT", "text": text}}) == "MIT"
        assert licenses(tmp_path, {"license": {"name": "For personal use", "text": text}}) == "For personal use"

    def test_a_part_that_cannot_be_read_leaves_the_whole_undecided(self, tmp_path: Path) -> None:
        unread = {"license": {"text": {"content": "!", "encoding": "base64"}}}
        assert licenses(tmp_path, {"license": {"id": "MIT"}}, unread) == "MIT AND NOASSERTION"
        assert licenses(tmp_path, {"license": {"id": "MIT"}}, {"license": {"name": "NOASSERTION"}}) == "MIT AND NOASSERTION"
        assert licenses(tmp_path, {"license": {"id": "MIT"}}, {"license": {}}) == "MIT AND NOASSERTION"
        assert licenses(tmp_path, unread, unread) == ""

    def test_both_hold_where_the_format_has_one(self, tmp_path: Path) -> None:
        assert licenses(tmp_path, {"license": {"id": "MIT", "name": "Acme EULA"}}) == "MIT AND Acme EULA"
        assert licenses(tmp_path, {"license": {"id": "MIT"}, "expression": "ISC OR Zlib"}) == "(ISC OR Zlib) AND MIT"
        assert licenses(tmp_path, {"license": {"id": "MIT"}, "expression": {"x": 1}}) == "NOASSERTION AND MIT"

    def test_what_evidence_concludes_beats_what_is_declared(self, tmp_path: Path) -> None:
        evidence = {"licenses": [{"license": {"name": "Acme EULA", "acknowledgement": "concluded"}}]}
        assert licenses(tmp_path, {"license": {"id": "MIT"}}, evidence=evidence) == "Acme EULA"
        concluded = {"license": {"id": "ISC", "acknowledgement": "concluded"}}
        assert licenses(tmp_path, concluded, evidence=evidence) == "ISC"

    def test_the_licence_of_the_document_is_none_of_a_component(self, tmp_path: Path) -> None:
        metadata = {"licenses": [{"license": {"id": "CC0-1.0"}}], "component": {"type": "application", "name": "app"}}
        reading = read(tmp_path, {"metadata": metadata, "components": [{"type": "library", "name": "x"}]})
        assert list(reading.entries["license"]) == ["", ""]

    @pytest.mark.parametrize(
        ("first", "second", "joined"),
        [
            ("Acme", "X) OR (MIT", "Acme AND NOASSERTION AND (X  OR  MIT)"),
            ("Acme (see file", "MIT", "NOASSERTION AND (Acme  see file) AND MIT"),
            ("Acme", "X | MIT", "Acme AND (X | MIT)"),
            ("Acme", "X atau MIT", "Acme AND (X atau MIT)"),
            ("Acme", "(X)or(MIT)", "Acme AND ((X)or(MIT))"),
        ],
    )
    def test_a_name_stays_one_part_beside_others(self, tmp_path: Path, first: str, second: str, joined: str) -> None:
        assert licenses(tmp_path, {"license": {"name": first}}, {"license": {"name": second}}) == joined

    def test_references_go_by_the_names_that_the_expression_gives_them(self, tmp_path: Path) -> None:
        encoded = {"content": base64.b64encode(b"Acme EULA").decode(), "encoding": "base64"}
        details = [
            {"licenseIdentifier": "LicenseRef-1", "text": encoded},
            {"licenseIdentifier": "LicenseRef-2", "text": {"content": "Permission\nis hereby"}},
            {"licenseIdentifier": "MIT", "text": {"content": "x"}},
            "wrong",
        ]
        choice = {"expression": "LicenseRef-1 AND LicenseRef-2 AND MIT", "expressionDetails": details}
        assert licenses(tmp_path, choice) == "Acme EULA AND LicenseRef-2 AND MIT"
        assert licenses(tmp_path, {"expression": "MIT", "expressionDetails": {"x": 1}}) == "MIT"

    @pytest.mark.parametrize(
        ("wrong", "read_as"),
        [
            ("MIT", "MIT"),
            ({"license": {"id": "MIT"}}, "MIT"),
            (["MIT"], "MIT"),
            ([False], ""),
            ([None], ""),
            (True, ""),
            ([{"license": {"name": {"x": "MIT"}}}], ""),
        ],
    )
    def test_wrong_types_are_noted_and_lose_nothing_else(self, tmp_path: Path, wrong: Any, read_as: str) -> None:
        reading = components(tmp_path, {"name": "x", "licenses": wrong}, {"name": "y"})
        assert list(reading.entries["license"]) == [read_as, ""]
        assert reading.notes[0].source.locator == "/components/0"
        assert not reading.problems


@pytest.mark.parametrize(
    "wrong", [None, "zlib", 17, [], {}, {"type": "library"}, {"name": " "}, {"name": {"x": 1}}, {"name": True}]
)
def test_a_broken_component_is_a_problem_and_the_rest_goes_on(tmp_path: Path, wrong: Any) -> None:
    reading = components(tmp_path, {"name": "a"}, wrong, {"name": "b"})
    assert list(reading.entries["name"]) == ["a", "b"]
    assert [problem.source.locator for problem in reading.problems] == ["/components/1"]


def test_parts_of_a_nameless_component_are_kept(tmp_path: Path) -> None:
    reading = components(tmp_path, {"components": [{"name": "part"}]})
    assert (list(reading.entries["name"]), len(reading.problems)) == (["part"], 1)


@pytest.mark.parametrize("wrong", ["x", {"name": "x"}, "17"])
def test_components_that_are_no_list_are_a_problem(tmp_path: Path, wrong: Any) -> None:
    reading = read(tmp_path, {"components": wrong})
    assert [problem.source.locator for problem in reading.problems] == ["/components"]
    reading = components(tmp_path, {"name": "a", "components": wrong}, {"name": "b"})
    assert [problem.source.locator for problem in reading.problems] == ["/components/0/components"]
    assert list(reading.entries["name"]) == ["a", "b"]


def test_broken_metadata_loses_nothing(tmp_path: Path) -> None:
    for metadata in ("x", [], {"component": None}, {"component": {}}, {"component": {"type": "container"}}):
        reading = read(tmp_path, {"metadata": metadata, "components": [{"name": "a"}]})
        assert (list(reading.entries["name"]), reading.device, reading.problems) == (["a"], None, ())
    reading = read(tmp_path, {"metadata": {"component": "x"}, "components": [{"name": "a"}]})
    assert [problem.source.locator for problem in reading.problems] == ["/metadata/component"]


class TestJson:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        document = '{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "file", "name": "Müller 日本"}]}'
        reading = read(tmp_path, document.encode(encoding))
        assert list(reading.entries["name"]) == ["Müller 日本"]
        assert reading.notes == ()

    def test_what_is_no_utf_8_is_read_and_noted(self, tmp_path: Path) -> None:
        document = '{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "file", "name": "Müller"}]}'
        reading = read(tmp_path, document.encode("cp1252"))
        assert (list(reading.entries["name"]), reading.encoding, len(reading.notes)) == (["Müller"], "cp1252", 1)

    def test_a_document_cut_off_names_the_position(self, tmp_path: Path) -> None:
        reading = read(tmp_path, '{"bomFormat": "CycloneDX",\n "components": [{"name": "a"}, {"name": "b", "version": "2')
        assert rows(reading) == [("a", "/components/0")], "half a component is none"
        assert ["damaged at line 2" in str(one.message) for one in reading.problems] == [True]
        with pytest.raises(UnreadableFile, match="cut off"):
            read(tmp_path, '{"bomFormat": "CycloneDX", "components": [')

    def test_a_damaged_document_names_the_position(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="damaged at line 1, column 28"):
            read(tmp_path, '{"bomFormat": "CycloneDX", components: []}')

    def test_a_utf_16_document_cut_off(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile):
            read(tmp_path, '{"bomFormat": "CycloneDX"}'.encode("utf-16")[:-1])

    def test_deep_nesting(self, tmp_path: Path) -> None:
        deep = '{"bomFormat": "CycloneDX", "components": [' + '{"name": "x", "components": [' * 100_000
        with pytest.raises(UnreadableFile):
            read(tmp_path, deep)
        many = 200
        nested = '{"name": "x", "components": [' * many + "]}" * many
        assert len(read(tmp_path, f'{{"bomFormat": "CycloneDX", "components": [{nested}]}}').entries) == many

    def test_long_strings_are_cut_and_noted(self, tmp_path: Path) -> None:
        reading = components(tmp_path, {"name": "x" * 10_000_000, "purl": "y" * 10_000_000})
        assert [len(reading.entries[column].iloc[0]) for column in ("name", "purl")] == [Limits().field_characters] * 2
        assert len(reading.notes) == 2

    def test_what_no_report_can_write_is_replaced(self, tmp_path: Path) -> None:
        document = '{"bomFormat": "CycloneDX", "components": [{"name": "a\\u0000b\\ud800", "version": "1\x002"}]}'
        reading = read(tmp_path, document)
        assert list(reading.entries["name"]) == ["a\ufffdb\ufffd"]
        assert list(reading.entries["version"]) == ["1\ufffd2"]

    def test_lists_given_twice_are_both_read(self, tmp_path: Path) -> None:
        document = (
            '{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"name": "a"}], '
            '"components": [{"name": "b", "name": "c"}]}'
        )
        reading = read(tmp_path, document)
        assert list(reading.entries["name"]) == ["a", "c"]
        assert "name, components" in str(reading.notes[0].message)

    def test_huge_numbers(self, tmp_path: Path) -> None:
        document = f'{{"bomFormat": "CycloneDX", "version": {"9" * 100_000}, "components": [{{"name": "a", "x": 1e999999}}]}}'
        assert list(read(tmp_path, document).entries["name"]) == ["a"]


class TestRecognition:
    @pytest.mark.parametrize(
        "document",
        [
            {"bomFormat": "CycloneDX"},
            {"$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json", "components": []},
            {"specVersion": "1.4", "components": []},
            {"components": [{"bom-ref": "x", "name": "y", "description": "z" * 100_000}], "bomFormat": "CycloneDX"},
        ],
    )
    def test_recognised(self, tmp_path: Path, document: Any) -> None:
        assert read(tmp_path, json.dumps(document)).reader == "cyclonedx-json"

    @pytest.mark.parametrize(
        "document",
        [{"components": []}, {"spdxVersion": "SPDX-2.3"}, ["bomFormat"], {"x": {"bomFormat": "CycloneDX"}}, "bomFormat"],
    )
    def test_not_recognised(self, tmp_path: Path, document: Any) -> None:
        with contextlib.suppress(UnreadableFile):
            assert read(tmp_path, json.dumps(document)).reader != "cyclonedx-json"

    def test_an_unknown_version_is_noted(self, tmp_path: Path) -> None:
        assert len(read(tmp_path, {"specVersion": "9.9", "bomFormat": "Other"}).notes) == 2


def test_many_components_take_at_most_a_few_times_a_bare_parse(tmp_path: Path) -> None:
    document = {
        "bomFormat": "CycloneDX",
        "components": [
            {
                "type": "library",
                "bom-ref": f"ref-{number}",
                "name": f"package-{number}",
                "version": f"1.{number}",
                "purl": f"pkg:npm/package-{number}@1.{number}",
                "licenses": [{"license": {"id": "MIT"}}],
                "hashes": [{"alg": "SHA-256", "content": f"{number:064x}"}],
            }
            for number in range(20_000)
        ],
    }
    path = tmp_path / "bom.json"
    path.write_text(json.dumps(document))
    bare = min(seconds(lambda: json.loads(path.read_bytes())) for _ in range(2))
    reading = read_file(path, "bom.json", CONTEXT)
    assert len(reading.entries) == 20_000
    # The benchmark measures against 3; this only catches what went quadratic on a busy machine.
    assert min(seconds(lambda: read_file(path, "bom.json", CONTEXT)) for _ in range(2)) < 8 * bare + 1


@pytest.mark.corpus
class TestCorpus:
    def test_conformance_documents_are_read_completely(self, corpus: Path) -> None:
        for path in sbom_files(corpus, "cyclonedx_spec_valid_invalid/*__valid-*.json"):
            document = json.loads(path.read_bytes())
            reading = read_file(path, path.name, CONTEXT)
            assert (reading.problems, reading.notes) == ((), ()), path
            assert len(reading.entries) + len(reading.skipped) == naive_count(document), path

    def test_invalid_conformance_documents_lose_nothing_and_their_defects_are_named(self, corpus: Path) -> None:
        for path in sbom_files(corpus, "cyclonedx_spec_valid_invalid/*invalid-*.json"):
            self.check_accounted(path)
            reading = read_file(path, path.name, CONTEXT)
            assert reading.problems or reading.notes, path

    def test_documents_of_other_tools_lose_nothing(self, corpus: Path) -> None:
        for path in sbom_files(corpus, "*/*"):
            if '"bomFormat"' in path.read_text(encoding="utf-8", errors="replace")[:2000] and path.suffix != ".xml":
                self.check_accounted(path)

    def check_accounted(self, path: Path) -> None:
        try:
            document = json.loads(path.read_bytes())
        except ValueError:
            with contextlib.suppress(UnreadableFile):
                assert "damaged" in str(read_file(path, path.name, CONTEXT).problems[0].message)
            return
        if not isinstance(document, dict) or "bomFormat" not in document:
            return
        reading = read_file(path, path.name, CONTEXT)
        assert reading.reader == "cyclonedx-json", path
        assert len(reading.entries) + len(reading.skipped) + len(reading.problems) == naive_count(document), path


def naive_count(document: dict[str, Any]) -> int:
    """Components counted without any of the reader's ideas, and the subject where there is one."""
    metadata = document.get("metadata") or {}
    subject = metadata.get("component") if isinstance(metadata, dict) else None
    parts = subject.get("components") if isinstance(subject, dict) else None
    return (subject is not None) + nested_count(parts) + nested_count(document.get("components"))


def nested_count(components: Iterable[Any] | None) -> int:
    return sum(1 + (nested_count(found.get("components")) if isinstance(found, dict) else 0) for found in components or [])
