# SPDX-License-Identifier: Apache-2.0
"""CycloneDX in protobuf's text format: read as the JSON document that says the same, whatever the text is like."""

import time
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import pick, read_file, read_head
from foss_audit.readers.interface import Limits, Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
HEAD = 'spec_version: "1.6"\nversion: 1\nserial_number: "urn:uuid:7b1e5c36-0f52-4d8a-b3c4-2a9d60e8f417"\n'


def read(tmp_path: Path, content: str | bytes, context: ReadingContext = CONTEXT) -> Reading:
    path = tmp_path / "bom.textproto"
    path.write_bytes(content if isinstance(content, bytes) else (HEAD + content).encode())
    return read_file(path, "bom.textproto", context)


def component(fields: str = 'name: "x"') -> str:
    return f"components {{ type: CLASSIFICATION_LIBRARY {fields} }}\n"


def rows(reading: Reading) -> list[tuple[str, str]]:
    entries = reading.entries
    return [
        (name, place if position < 0 else f"{place}{position}")
        for name, place, position in zip(entries["name"], entries["place"], entries["position"], strict=True)
    ]


def license_of(tmp_path: Path, *choices: str) -> str:
    reading = read(tmp_path, component('name: "x" ' + " ".join(f"licenses {{ {choice} }}" for choice in choices)))
    assert not reading.problems
    return str(reading.entries["license"].iloc[0])


class TestFields:
    def test_of_a_component(self, tmp_path: Path) -> None:
        said = 'bom_ref: "z" supplier { name: "Jean-loup" } name: "zlib" version: "3.10" purl: "pkg:generic/zlib@3.10"'
        reading = read(tmp_path, component(said))
        assert (reading.reader, reading.encoding, reading.notes, reading.device) == ("cyclonedx-textproto", "utf-8", (), None)
        first = reading.entries.iloc[0]
        assert tuple(first[["name", "version", "publisher", "purl"]]) == ("zlib", "3.10", "Jean-loup", "pkg:generic/zlib@3.10")
        assert (first["quantity"], first["unnamed"], first["device"]) == (1, False, "")

    def test_nested_components_come_after_their_parent(self, tmp_path: Path) -> None:
        inner = 'name: "a" components { name: "a.a" } components { name: "a.b" components { name: "a.b.c" } }'
        assert rows(read(tmp_path, component(inner) + component('name: "b"'))) == [
            ("a", "/components/0"),
            ("a.a", "/components/0/components/0"),
            ("a.b", "/components/0/components/1"),
            ("a.b.c", "/components/0/components/1/components/0"),
            ("b", "/components/1"),
        ]

    def test_ancestors_tools_and_services_are_no_entries(self, tmp_path: Path) -> None:
        beside = 'metadata { tools { components { name: "t" } } } services { name: "s" }\n'
        found = component('name: "x" pedigree { ancestors { name: "old" } }')
        assert rows(read(tmp_path, beside + found)) == [("x", "/components/0")]

    @pytest.mark.parametrize("kind", ["CLASSIFICATION_DEVICE", "CLASSIFICATION_OPERATING_SYSTEM", "5"])
    def test_a_device_is_described_not_installed(self, tmp_path: Path, kind: str) -> None:
        subject = f'metadata {{ component {{ type: {kind} name: "SRV-1" components {{ name: "part" }} }} }}'
        reading = read(tmp_path, subject)
        assert reading.device == "SRV-1"
        assert rows(reading) == [("part", "/metadata/component/components/0")]
        assert [line.reason for line in reading.skipped] == [SkipReason.DESCRIBES_DEVICE]

    def test_an_application_is_the_device_and_an_entry(self, tmp_path: Path) -> None:
        reading = read(tmp_path, 'metadata { component { type: CLASSIFICATION_APPLICATION name: "SIMDA" } }')
        assert (reading.device, rows(reading)) == ("SIMDA", [("SIMDA", "/metadata/component")])

    def test_parts_of_the_metadata_are_one_and_a_second_subject_is_a_problem(self, tmp_path: Path) -> None:
        subjects = ('type: CLASSIFICATION_DEVICE name: "PC-1"', 'type: CLASSIFICATION_DEVICE name: "PC-2"')
        parts = ["metadata { timestamp { seconds: 1 } }", *(f"metadata {{ component {{ {one} }} }}" for one in subjects)]
        assert (read(tmp_path, " ".join(parts[:2])).device, read(tmp_path, " ".join(parts[:2])).problems) == ("PC-1", ())
        reading = read(tmp_path, " ".join(parts))
        assert (reading.device, [one.source.locator for one in reading.problems]) == ("PC-1", ["/metadata/component"])

    def test_what_is_not_stated_is_no_defect(self, tmp_path: Path) -> None:
        said = 'name: "x" scope: SCOPE_UNSPECIFIED hashes { alg: HASH_ALG_BLAKE_2_B_256 value: "' + "a" * 64 + '" }'
        license = 'licenses { license { id: "MIT" acknowledgement: LICENSE_ACKNOWLEDGEMENT_ENUMERATION_UNSPECIFIED } }'
        patch = "pedigree { patches { type: PATCH_CLASSIFICATION_CHERRY_PICK } }"
        assert read(tmp_path, component(f"{said} {license} {patch}")).notes == ()

    def test_defects_are_named(self, tmp_path: Path) -> None:
        content = 'components { name: "x" scope: SCOPE_NONE properties { value: "v" } hashes { alg: HASH_ALG_MD_5 } }'
        (note,) = read(tmp_path, content).notes
        assert all(
            where in str(note.message) for where in ("/type (–)", "/scope (none)", "/properties/0/name", "/hashes/0/content")
        )

    def test_a_component_without_a_name_is_a_problem(self, tmp_path: Path) -> None:
        reading = read(tmp_path, component('version: "1"') + component('name: " "') + component() + 'components: "x"')
        assert rows(reading) == [("x", "/components/2")]
        assert [one.source.locator for one in reading.problems] == ["/components/0", "/components/1", "/components/3"]


class TestLicenses:
    @pytest.mark.parametrize(
        ("choices", "license"),
        [
            (('license { id: "MIT" }',), "MIT"),
            (('license: { name: "My own" }',), "My own"),
            (('expression: "MIT OR Zlib"',), "MIT OR Zlib"),
            (('license { id: "MIT" }', 'license { id: "Zlib" }'), "MIT AND Zlib"),
            (('license { id: "MIT" } license { id: "Zlib" }',), "MIT AND Zlib"),
            (('expression_detailed { expression: "MIT OR Zlib" details { license_identifier: "MIT" } }',), "MIT OR Zlib"),
            (
                (
                    'expression_detailed { expression: "LicenseRef-a" '
                    'details { license_identifier: "LicenseRef-a" text { value: "Lisensi A" } } }',
                ),
                "Lisensi A",
            ),
            (('license { text { value: "UGFzYWwgMQ==" encoding: "base64" } }',), "Pasal 1"),
            ((), ""),
        ],
    )
    def test_every_form(self, tmp_path: Path, choices: tuple[str, ...], license: str) -> None:
        assert license_of(tmp_path, *choices) == license

    @pytest.mark.parametrize("concluded", ["LICENSE_ACKNOWLEDGEMENT_ENUMERATION_CONCLUDED", "2"])
    def test_concluded_beats_declared(self, tmp_path: Path, concluded: str) -> None:
        declared = 'license { id: "MIT" acknowledgement: LICENSE_ACKNOWLEDGEMENT_ENUMERATION_DECLARED }'
        assert license_of(tmp_path, declared, f'expression: "Zlib" acknowledgement: {concluded}') == "Zlib"
        detailed = f'expression_detailed {{ expression: "Zlib" acknowledgement: {concluded} }}'
        assert license_of(tmp_path, declared, detailed) == "Zlib"

    def test_evidence_where_nothing_is_declared(self, tmp_path: Path) -> None:
        parts = 'evidence { copyright { text: "c" } } evidence { licenses { license { id: "ISC" } } }'
        assert list(read(tmp_path, component(f'name: "x" {parts}')).entries["license"]) == ["ISC"]

    @pytest.mark.parametrize("holder", ["license", "expression_detailed"])
    def test_rights_bought(self, tmp_path: Path, holder: str) -> None:
        licensing = (
            'licensing { altIds: ["A-1", "A-2"] licensor { organization { name: "PT Acme" } } purchaseOrder: "PO-7" '
            "licenseTypes: LICENSING_TYPE_NAMED_USER licenseTypes: LICENSING_TYPE_PERPETUAL expiration { seconds: 1798848000 } }"
        )
        (one,) = read(tmp_path, component(f'name: "Acme DB" licenses {{ {holder} {{ {licensing} }} }}')).entitlements
        assert (one.name, one.licensor, one.purchase_order) == ("Acme DB", "PT Acme", "PO-7")
        assert (one.license_ids, one.kinds) == (("A-1", "A-2"), ("named-user", "perpetual"))
        assert one.end == "2027-01-02T00:00:00+00:00"


class TestText:
    @pytest.mark.parametrize(
        "content",
        [
            'components { name: "a" } components { name: "b" }',
            'components: { name: "a" }, components: { name: "b" };',
            "components < name: 'a' >\ncomponents: <name:'b'>",
            'components [{ name: "a" }, < name: "b"; >]',
            'components: [ { name: "a" } ] components: [] components { name: "b", }',
            '# a comment { "\ncomponents{name:"a"#}\n}components{name:"b"}# the end',
            'components { [acme.ext/x.y] { a: -1 } name: "a" 99: 1.5e-3f } components { name: "" "b" }',
        ],
    )
    def test_every_way_to_write_it(self, tmp_path: Path, content: str) -> None:
        reading = read(tmp_path, content)
        assert (rows(reading), reading.problems) == ([("a", "/components/0"), ("b", "/components/1")], ())

    @pytest.mark.parametrize(
        ("written", "name"),
        [
            (r'"a\"b\'c\\d"', "a\"b'c\\d"),
            (r"'caf\303\251'", "café"),
            (r'"caf\xc3" "\xA9 x"', "café x"),
            (r'"\u91d1\U00005c71 \ud83d\ude00"', "金山 😀"),
            (r'"C:\Program Files\\x"', r"C:\Program Files\x"),
            (r'"a\ud800b\U00110000c\377"', "a\ufffdb\ufffdc\ufffd"),
            ('"a # b { c"', "a # b { c"),
            ("'a' \"b\"\n  # between\n 'c'", "abc"),
            ('"İ 日本"', "İ 日本"),
        ],
    )
    def test_strings(self, tmp_path: Path, written: str, name: str) -> None:
        assert list(read(tmp_path, component(f"name: {written}")).entries["name"]) == [name]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_encodings_and_line_ends(self, tmp_path: Path, encoding: str, end: str) -> None:
        content = HEAD + component('# x\nname: "Müller Café"')
        assert rows(read(tmp_path, content.replace("\n", end).encode(encoding))) == [("Müller Café", "/components/0")]


class TestDamage:
    @pytest.mark.parametrize(
        ("damaged", "line", "words"),
        [
            ('components { name: "b', 5, "cut off"),
            ("components {\n", 5, "cut off"),
            ("components", 5, "cut off"),
            ('components { name: "b\n}\n' + component(), 5, "damaged"),
            ('\ncomponents = { name: "c" }', 6, "damaged"),
            ('\n}\ncomponents { name: "c" }', 6, "damaged"),
            ('components { name "c" }', 5, "damaged"),
            ("components { name: }", 5, "damaged"),
            ("components: < name: 'c' }", 5, "damaged"),
        ],
    )
    def test_what_stands_before_is_kept(self, tmp_path: Path, damaged: str, line: int, words: str) -> None:
        reading = read(tmp_path, component('name: "a"') + damaged)
        assert rows(reading)[0] == ("a", "/components/0")
        assert f"in line {line}" in str(reading.problems[0].message)
        assert words in str(reading.problems[0].message)

    def test_a_component_that_is_cut_is_kept_with_what_it_says(self, tmp_path: Path) -> None:
        reading = read(tmp_path, component('name: "a"') + 'components { name: "b" version: "2" licenses { lic')
        assert (rows(reading)[1], list(reading.entries["version"])) == (("b", "/components/1"), ["", "2"])
        assert len(reading.problems) == 1

    @pytest.mark.parametrize(
        "content",
        [
            'components { name: "a" ' * 100_000,
            "components: " + "[" * 300_000,
            'components { name: "' + "\\" * 1_000_001,
            "components { name: " + '"a" ' * 500_000,
            "[" + "a " * 500_000,
            "#" * 2_000_000 + "\n" * 500_000,
            "metadata { timestamp { seconds: " + "9" * 5_000 + " } }",
        ],
        ids=["depth", "lists", "backslashes", "strings", "name", "comments", "time"],
    )
    def test_linear_and_of_any_depth(self, tmp_path: Path, content: str) -> None:
        started = time.perf_counter()
        read(tmp_path, content)
        assert time.perf_counter() - started < 20

    @pytest.mark.parametrize("limits", [Limits(document_bytes=100), Limits(elements=5)])
    def test_limits(self, tmp_path: Path, limits: Limits) -> None:
        with pytest.raises(UnreadableFile, match="beyond the limit"):
            read(tmp_path, component() * 5, ReadingContext(Vocabulary({}, {}, {}), limits))


class TestRecognition:
    @pytest.mark.parametrize("name", ["bom.textproto", "server.cdx", "a.json", "b.yaml", "c", "d.txt"])
    @pytest.mark.parametrize(
        "content",
        [
            HEAD,
            HEAD + 'metadata { component { name: "' + "x" * 100_000 + '" } }',
            "# proto-message: Bom\n\n" + component(),
            'spec_version: "1.4" components { name: "x" }',
            'spec_version: "1.4"\nmetadata: { component: { name: "x" } }',
            'metadata { component { type: CLASSIFICATION_DEVICE name: "x" } } spec_version: "1.3"',
        ],
    )
    def test_whatever_the_file_is_called(self, tmp_path: Path, content: str, name: str) -> None:
        (tmp_path / name).write_text(content)
        assert pick(read_head(tmp_path / name)).NAME == "cyclonedx-textproto"

    @pytest.mark.parametrize(("name", "claimed"), [("a.textproto", True), ("a.pbtxt", True), ("a.yaml", False), ("a.txt", False)])
    def test_without_anything_in_it_by_its_suffix(self, tmp_path: Path, name: str, claimed: bool) -> None:
        (tmp_path / name).write_text('spec_version: "1.5"\nversion: 1\n')
        assert is_claimed(tmp_path / name) is claimed

    @pytest.mark.parametrize(
        "content",
        [
            'spec_version: "1.5"\nserial_number: "urn:uuid:x"\ncomponents:\n  - name: x\n    version: 1\n',
            'spec_version: "1.5"\nversion: 1\nmetadata:\n  component:\n    name: x\n',
            "specVersion: '1.5'\nbomFormat: CycloneDX\ncomponents:\n- name: x\n  type: library\n",
            'components: [{name: "x", version: "1"}]\n',
            '{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"name": "x"}]}',
            'name: "net"\nlayer { name: "conv" type: "Convolution" }\n',
            'version: 1\nservices { name: "x" }\n',
            'spec_version: "1.0"\nfoo { a: 1 }\n',
            'spec_version: "2.0"\ncomponents { name: "x" }\n',
            'resource "a" "b" {\n  version = "1"\n}\n',
            'version = 1\nmetadata {\n  name = "x"\n}\n',
            "[components]\nname=x\nversion=1\n",
            "version: 1.0\nName: x\n\nName: y\n",
            "Components of this server are listed below.\n" + component(),
            "components\nmetadata\nversion\n",
            '"spec_version";"1.5"\n',
        ],
    )
    @pytest.mark.parametrize("name", ["a.yaml", "a.pbtxt", "a.txt"])
    def test_not_recognised(self, tmp_path: Path, content: str, name: str) -> None:
        (tmp_path / name).write_text(content)
        assert not is_claimed(tmp_path / name)


def is_claimed(path: Path) -> bool:
    try:
        return pick(read_head(path)).NAME == "cyclonedx-textproto"
    except UnreadableFile as error:
        assert "No reader" in str(error.message)
        return False


def test_many_components(tmp_path: Path) -> None:
    inner = 'name: "package" version: "1.0" licenses { license { id: "MIT" } } purl: "pkg:npm/a@1"'
    started = time.perf_counter()
    assert len(read(tmp_path, component(inner) * 20_000).entries) == 20_000
    # Measured at 1 second; this only catches what went quadratic on a busy machine.
    assert time.perf_counter() - started < 20


@pytest.mark.corpus
class TestCorpus:
    def test_conformance_documents_are_read_completely(self, corpus: Path) -> None:
        found = files(corpus, "*__valid-*.textproto")
        assert len(found) == 193
        for path in found:
            reading = read_file(path, path.name, CONTEXT)
            assert (reading.reader, reading.problems) == ("cyclonedx-textproto", ()), path
            assert len(reading.entries) + len(reading.skipped) == naive_count(path.read_text()), path

    def test_invalid_ones_lose_nothing_and_their_defects_are_named(self, corpus: Path) -> None:
        for path in files(corpus, "*__invalid-*.textproto"):
            reading = read_file(path, path.name, CONTEXT)
            assert reading.notes, path
            assert len(reading.entries) + len(reading.skipped) + len(reading.problems) == naive_count(path.read_text()), path

    def test_they_say_what_the_json_of_the_same_name_says(self, corpus: Path) -> None:
        pairs = [(path, path.with_suffix(".json")) for path in files(corpus, "*.textproto")]
        pairs = [(path, other) for path, other in pairs if other.exists()]
        assert len(pairs) == 198
        differing = [path.name for path, other in pairs if what_it_says(path) != what_it_says(other)]
        # The two do not give their subject the same name.
        assert differing == ["tools__src__test__resources__1.7__valid-cryptography-implementation-1.7.textproto"]


def what_it_says(path: Path) -> object:
    reading = read_file(path, "file", CONTEXT)
    return reading.device, reading.entries.astype("str").to_numpy().tolist(), reading.entitlements


def files(corpus: Path, pattern: str) -> list[Path]:
    found = sorted((corpus / "sbom" / "cyclonedx_spec_valid_invalid").glob(pattern))
    assert found, pattern
    return found


def naive_count(text: str) -> int:
    """Blocks of components counted by their brackets, and the subject where there is one."""
    opened: list[str] = []
    before = ""
    count = 0
    for line in text.splitlines():
        bare = "".join(line.split("#")[0].replace('\\"', "").split('"')[::2])
        for sign in ":,;":
            bare = bare.replace(sign, " ")
        for sign in "{}[]":
            bare = bare.replace(sign, f" {sign} ")
        for word in bare.split():
            if word == "[":
                opened.append(f"list of {before}")
            elif word == "{":
                opened.append(
                    opened[-1].removeprefix("list of ") if before in ("[", "}") and "list of " in opened[-1] else before
                )
                blocks = [name for name in opened if "list of " not in name]
                holders = [name for name in blocks if name != "components"]
                count += holders in ([], ["metadata", "component"]) and blocks[-1] in ("component", "components")
            elif word in "]}":
                opened.pop()
            before = word
    return count
