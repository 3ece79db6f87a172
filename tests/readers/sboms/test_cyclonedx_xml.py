# SPDX-License-Identifier: Apache-2.0
"""CycloneDX XML: the same entries as the JSON that says the same, whatever the document is like."""

import base64
import time
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from helpers import sbom_files, seconds

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import pick, read_file, read_head
from foss_audit.readers.interface import Limits, Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7")


def read(tmp_path: Path, content: str | bytes, name: str = "bom.xml") -> Reading:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(path, name, CONTEXT)


def bom(inner: str, version: str = "1.6") -> str:
    return f'<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/{version}" version="1">{inner}</bom>'


def component(inner: str = "<name>x</name>", attributes: str = 'type="library"') -> str:
    return f"<component {attributes}>{inner}</component>"


def components(tmp_path: Path, *found: str, version: str = "1.6") -> Reading:
    return read(tmp_path, bom(f"<components>{''.join(found)}</components>", version))


def licenses(tmp_path: Path, inner: str, version: str = "1.7") -> str:
    reading = components(tmp_path, component(f"<name>x</name><licenses>{inner}</licenses>"), version=version)
    assert not reading.problems
    return str(reading.entries["license"].iloc[0])


def rows(reading: Reading) -> list[tuple[str, str]]:
    entries = reading.entries
    return [
        (name, f"{place}{position}")
        for name, place, position in zip(entries["name"], entries["place"], entries["position"], strict=True)
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_fields_of_a_component_in_every_version(tmp_path: Path, version: str) -> None:
    reading = components(
        tmp_path,
        component(
            "<publisher>Jean-loup</publisher><group>org.zlib</group><name>zlib</name><version>3.10</version>"
            "<licenses><license><id>Zlib</id></license></licenses><purl>pkg:generic/zlib@3.10</purl>"
        ),
        version=version,
    )
    assert (reading.reader, reading.encoding, reading.notes) == ("cyclonedx-xml", "utf-8", ())
    first = reading.entries.iloc[0]
    assert [first[name] for name in ("name", "version", "publisher", "license", "purl")] == [
        "zlib",
        "3.10",
        "Jean-loup",
        "Zlib",
        "pkg:generic/zlib@3.10",
    ]


def test_nested_components_come_after_their_parent_and_go_by_json_pointers(tmp_path: Path) -> None:
    inner = component("<name>a.b</name><components>" + component("<name>a.b.c</name>") + "</components>")
    outer = component(f"<name>a</name><components>{component('<name>a.a</name>')}{inner}</components>")
    reading = components(tmp_path, outer, component("<name>b</name>"))
    assert rows(reading) == [
        ("a", "/components/0"),
        ("a.a", "/components/0/components/0"),
        ("a.b", "/components/0/components/1"),
        ("a.b.c", "/components/0/components/1/components/0"),
        ("b", "/components/1"),
    ]


def test_what_the_document_describes(tmp_path: Path) -> None:
    part = f"<components>{component('<name>part</name>')}</components>"
    subject = component(f"<name>SIMDA</name><version>2.7</version>{part}", 'type="application"')
    reading = read(tmp_path, bom(f"<metadata>{subject}</metadata><components>{component()}</components>"))
    assert (reading.device, [name for name, _ in rows(reading)]) == ("SIMDA", ["SIMDA", "part", "x"])
    assert list(reading.entries["place"])[:2] == ["/metadata/component", "/metadata/component/components/"]
    device = component("<name>PC-01</name>" + part, 'type="device"')
    reading = read(tmp_path, bom(f"<metadata>{device}</metadata>"))
    assert (reading.device, rows(reading)) == ("PC-01", [("part", "/metadata/component/components/0")])
    assert [(line.source.locator, line.reason) for line in reading.skipped] == [
        ("/metadata/component", SkipReason.DESCRIBES_DEVICE)
    ]


def test_what_is_no_component(tmp_path: Path) -> None:
    one = component("<name>no</name>")
    pedigree = f"<pedigree><ancestors>{one}</ancestors><variants>{one}</variants></pedigree>"
    evidence = f"<evidence><identity><name>no</name></identity><components>{one}</components></evidence>"
    reading = read(
        tmp_path,
        bom(
            f"<metadata><tools><components>{one}</components></tools></metadata>"
            f"<components>{component(f'<name>yes</name>{pedigree}{evidence}')}</components>"
            "<services><service><name>no</name><services><service><name>no</name></service></services></service></services>"
            f"<formulation><formula><components>{one}</components></formula></formulation>"
            f"<annotations><annotation>{one}</annotation></annotations>"
        ),
    )
    assert rows(reading) == [("yes", "/components/0")]


@pytest.mark.parametrize(
    ("fields", "publisher"),
    [
        ("<supplier><name>Acme</name><url>https://a.example</url></supplier><author>Someone</author>", "Acme"),
        ("<supplier><url>https://a.example</url></supplier><manufacturer><name>M</name></manufacturer>", "M"),
        ("<authors><author><name>A</name></author><author><name>B</name></author></authors>", "A, B"),
        ("<author>Someone &lt;s@example.org&gt;</author>", "Someone"),
        ("<publisher/><author>Someone</author>", "Someone"),
    ],
)
def test_publisher(tmp_path: Path, fields: str, publisher: str) -> None:
    assert list(components(tmp_path, component(f"{fields}<name>x</name>")).entries["publisher"]) == [publisher]


def test_text_over_several_lines_is_one(tmp_path: Path) -> None:
    assert rows(components(tmp_path, component("<name>\n  Sistem\n  Arsip <![CDATA[& <Naskah>]]>\n</name>")))[0][0] == (
        "Sistem Arsip & <Naskah>"
    )


class TestLicenses:
    @pytest.mark.parametrize(
        ("inner", "read_as"),
        [
            ("<license><id>MIT</id></license><license><name>Acme EULA</name></license>", "MIT AND Acme EULA"),
            ("<expression>MIT OR ISC</expression>", "MIT OR ISC"),
            ("<license><id>MIT</id></license><expression>ISC OR Zlib</expression>", "MIT AND (ISC OR Zlib)"),
            ('<expression-detailed expression="MIT OR ISC"/>', "MIT OR ISC"),
            ("<license><name>A</name><text>MIT License</text></license>", "A"),
            ("<license><text>\n\n  BSD License\nmore</text></license>", "BSD License"),
            ("<license><url>https://a.example/l</url></license>", "https://a.example/l"),
            ("<license/>", ""),
            ("", ""),
            ("<licence><id>MIT</id></licence>", ""),
        ],
    )
    def test_choices(self, tmp_path: Path, inner: str, read_as: str) -> None:
        assert licenses(tmp_path, inner) == read_as

    def test_text_in_base64(self, tmp_path: Path) -> None:
        content = base64.b64encode(b"MIT License\n\nPermission").decode()
        inner = f'<license><text encoding="base64" content-type="text/plain">{content}</text></license>'
        assert licenses(tmp_path, inner) == "MIT License"

    def test_concluded_beats_declared(self, tmp_path: Path) -> None:
        declared = '<license acknowledgement="declared"><id>MIT</id></license>'
        for concluded in (
            '<license acknowledgement="concluded"><id>ISC</id></license>',
            '<expression acknowledgement="concluded">ISC</expression>',
            '<expression-detailed acknowledgement="concluded" expression="ISC"/>',
        ):
            assert licenses(tmp_path, declared + concluded) == "ISC"

    def test_evidence_stands_in_for_what_is_not_said(self, tmp_path: Path) -> None:
        evidence = (
            "<evidence><licenses><license><id>ISC</id></license></licenses><copyright><text>x</text></copyright></evidence>"
        )
        assert list(components(tmp_path, component(f"<name>x</name>{evidence}")).entries["license"]) == ["ISC"]

    def test_names_of_references(self, tmp_path: Path) -> None:
        details = (
            '<details license-identifier="LicenseRef-1"><text>Acme EULA</text><url>https://a.example</url></details>'
            '<details license-identifier="MIT"/><details/>'
        )
        inner = f'<expression-detailed expression="LicenseRef-1 AND MIT">{details}</expression-detailed>'
        assert licenses(tmp_path, inner) == "Acme EULA AND MIT"

    def test_several_ids_of_one_license(self, tmp_path: Path) -> None:
        inner = "<license><id>MIT</id><id>ISC</id></license>"
        assert licenses(tmp_path, inner, "1.0") == "MIT AND ISC"
        found = component(f"<name>x</name><licenses>{inner}</licenses>")
        assert components(tmp_path, found, version="1.0").notes == ()
        assert "/components/0/licenses/0/license/id" in str(components(tmp_path, found, version="1.1").notes[0].message)

    def test_rights_bought(self, tmp_path: Path) -> None:
        licensing = (
            "<licensing><altIds><altId>ACME-1</altId><altId>ACME-2</altId></altIds>"
            "<licensor><organization><name>PT Acme</name><contact><name>x</name></contact></organization></licensor>"
            "<licensee><organization><name>Dinas Kesehatan</name></organization></licensee>"
            "<purchaser><individual><name>Ni Made</name></individual></purchaser><purchaseOrder>PO-7</purchaseOrder>"
            "<licenseTypes><licenseType>perpetual</licenseType></licenseTypes>"
            "<lastRenewal>2025-01-02T00:00:00Z</lastRenewal><expiration>2027-01-02T00:00:00Z</expiration></licensing>"
        )
        for inner in (
            f"<license><name>Acme EULA</name>{licensing}</license>",
            f'<expression-detailed expression="LicenseRef-Acme">{licensing}</expression-detailed>',
        ):
            found = component(f"<name>Acme DB</name><version>3</version><licenses>{inner}</licenses>")
            reading = components(tmp_path, component(), found, version="1.7")
            (one,) = reading.entitlements
            assert (one.source.locator, one.name, one.version) == ("/components/1", "Acme DB", "3")
            assert (one.kinds, one.license_ids, one.purchase_order) == (("perpetual",), ("ACME-1", "ACME-2"), "PO-7")
            assert (one.licensor, one.licensee) == ("PT Acme", "Dinas Kesehatan")
            assert (one.start, one.end) == ("2025-01-02T00:00:00Z", "2027-01-02T00:00:00Z")
            assert reading.notes == ()


class TestDefects:
    @pytest.mark.parametrize("wrong", ["", "<version>1</version>", "<name/>", "<name> </name>", "<name><b>x</b></name>"])
    def test_a_component_without_a_name_is_a_problem_and_the_rest_goes_on(self, tmp_path: Path, wrong: str) -> None:
        nested = f"<components>{component('<name>part</name>')}</components>"
        reading = components(tmp_path, component("<name>a</name>"), component(wrong + nested), component("<name>b</name>"))
        assert [name for name, _ in rows(reading)] == ["a", "part", "b"]
        assert [problem.source.locator for problem in reading.problems] == ["/components/1"]

    def test_an_empty_component(self, tmp_path: Path) -> None:
        reading = components(tmp_path, "<component/>", component())
        assert (len(reading.entries), [problem.source.locator for problem in reading.problems]) == (1, ["/components/0"])

    @pytest.mark.parametrize(
        ("found", "said"),
        [
            (component(attributes=""), "/components/0/type (–)"),
            (component(attributes='type="foo"'), "/components/0/type (foo)"),
            (component("<name>x</name><scope>foo</scope>"), "/components/0/scope (foo)"),
            (component("<name>x</name><hashes><hash alg='FOO'>00</hash></hashes>"), "/components/0/hashes/0/alg (FOO)"),
            (component("<name>x</name><swid name='x'/>"), "/components/0/swid/tagId (–)"),
            (component("<name>x</name><properties><property>v</property></properties>"), "/components/0/properties/0/name (–)"),
            (component("<name>x</name><name>y</name>"), "/components/0/name (x)"),
        ],
    )
    def test_what_costs_no_entry_is_noted(self, tmp_path: Path, found: str, said: str) -> None:
        reading = components(tmp_path, found)
        assert rows(reading) == [("x", "/components/0")]
        assert said in str(reading.notes[0].message)

    def test_lists_given_twice_are_both_read_in_order(self, tmp_path: Path) -> None:
        lists = "".join(f"<components>{component(f'<name>{name}</name>')}</components>" for name in "abc")
        assert rows(read(tmp_path, bom(lists))) == [("a", "/components/0"), ("b", "/components/1"), ("c", "/components/2")]

    def test_an_attribute_that_is_called_like_a_list_takes_none_away(self, tmp_path: Path) -> None:
        inner = f"<name>a</name><components>{component('<name>b</name>')}</components>"
        reading = components(tmp_path, component(inner, 'type="library" components="x" licenses="y"'))
        assert [name for name, _ in rows(reading)] == ["a", "b"]

    def test_strangers_among_components_are_named(self, tmp_path: Path) -> None:
        reading = components(tmp_path, "<compnent/>", component())
        assert (len(reading.entries), "compnent" in str(reading.notes[0].message)) == (1, True)

    def test_fields_of_others_are_left_alone(self, tmp_path: Path) -> None:
        inner = '<name>x</name><v:vulnerabilities xmlns:v="urn:v"><v:name>y</v:name></v:vulnerabilities>'
        reading = components(tmp_path, component(inner))
        assert (rows(reading), reading.notes) == ([("x", "/components/0")], ())

    def test_an_unknown_version_is_noted(self, tmp_path: Path) -> None:
        reading = components(tmp_path, component(), version="12")
        assert (len(reading.entries), "version" in str(reading.notes[0].message)) == (1, True)

    @pytest.mark.parametrize("end", ["", "<component type='library'><name>c", "</comp>", "<component type='library'"])
    def test_damage_keeps_what_stood_before_it(self, tmp_path: Path, end: str) -> None:
        content = bom(f"<components>{component('<name>a</name>')}{component('<name>b</name>')}").removesuffix("</bom>")
        reading = read(tmp_path, content + end)
        assert [name for name, _ in rows(reading)] == ["a", "b"]
        assert any("damaged" in str(problem.message) for problem in reading.problems)

    def test_nothing_but_a_beginning(self, tmp_path: Path) -> None:
        reading = read(tmp_path, '<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><compo')
        assert (len(reading.entries), len(reading.problems)) == (0, 1)

    def test_entities_are_refused(self, tmp_path: Path) -> None:
        content = bom(f"<components>{component('<name>&x;</name>')}</components>").replace(
            "<bom", '<!DOCTYPE bom [<!ENTITY x "y">]><bom', 1
        )
        with pytest.raises(UnreadableFile, match="entities"):
            read(tmp_path, content)


class TestHostile:
    def test_deep_nesting(self, tmp_path: Path) -> None:
        depth = 20_000
        nested = "<component type='library'><name>x</name><components>" * depth
        reading = read(tmp_path, bom(f"<components>{nested}").removesuffix("</bom>"))
        assert (len(reading.entries), len(reading.problems)) == (depth, 1)
        other = read(tmp_path, bom("<metadata>" + "<pedigree><a>" * depth))
        assert other.entries.empty

    def test_many_of_one_element(self, tmp_path: Path) -> None:
        started = time.perf_counter()
        reading = components(tmp_path, component("<name>x</name>" * 200_000))
        assert (len(reading.entries), time.perf_counter() - started < 20) == (1, True)

    def test_long_text_is_cut_and_noted(self, tmp_path: Path) -> None:
        reading = components(tmp_path, component(f"<name>{'x' * 10_000_000}</name>"))
        assert (len(reading.entries["name"].iloc[0]), len(reading.notes)) == (Limits().field_characters, 1)

    def test_characters_that_xml_forbids(self, tmp_path: Path) -> None:
        reading = components(tmp_path, component("<name>AT&T \x0bx</name>"), component("<name>b</name>"))
        assert ([name for name, _ in rows(reading)], reading.problems) == (["AT&T  x", "b"], ())


class TestRecognition:
    @pytest.mark.parametrize(
        "content",
        [
            bom(""),
            '<b:bom xmlns:b="http://cyclonedx.org/schema/bom/1.3"><b:components/></b:bom>',
            "<!-- made by a tool -->\n<bom\n  version='1'\n  xmlns='https://cyclonedx.org/schema/bom/1.2'/>",
            "<bom><components><component><name>x</name></component></components></bom>",
        ],
    )
    @pytest.mark.parametrize("name", ["bom.xml", "server.cdx", "a.bom", "b.json", "c"])
    def test_whatever_the_file_is_called(self, tmp_path: Path, content: str, name: str) -> None:
        (tmp_path / name).write_text(content)
        assert pick(read_head(tmp_path / name)).NAME == "cyclonedx-xml"

    def test_with_a_prefix(self, tmp_path: Path) -> None:
        content = (
            '<b:bom xmlns:b="http://cyclonedx.org/schema/bom/1.3"><b:components><b:component type="library"><b:name>x</b:name>'
        )
        assert rows(read(tmp_path, content + "</b:component></b:components></b:bom>")) == [("x", "/components/0")]

    def test_without_a_namespace_it_is_noted(self, tmp_path: Path) -> None:
        reading = read(tmp_path, f"<bom><components>{component()}</components></bom>")
        assert (len(reading.entries), len(reading.notes)) == (1, 2)

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        content = bom(f"<components>{component('<name>Müller 日本</name>')}</components>")
        assert rows(read(tmp_path, content.encode(encoding)))[0][0] == "Müller 日本"

    @pytest.mark.parametrize(
        "content",
        [
            "<bom/>",
            "<bom><parts/></bom>",
            '<bom xmlns="http://example.org/bom"><components><component/></components></bom>',
            '<project xmlns="http://cyclonedx.org/schema/bom/1.3"/>',
            "A text that speaks of <bom xmlns='http://cyclonedx.org/schema/bom/1.3'>",
            "name;version\n<bom xmlns='http://cyclonedx.org/schema/bom/1.3'>;1\n",
        ],
    )
    def test_not_recognised(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "a.xml").write_text(content)
        try:
            assert pick(read_head(tmp_path / "a.xml")).NAME != "cyclonedx-xml"
        except UnreadableFile as error:
            assert "No reader" in str(error.message)


def test_many_components_take_at_most_a_few_times_a_bare_parse(tmp_path: Path) -> None:
    inner = "<name>package</name><version>1.0</version><hashes><hash alg='MD5'>{0}</hash></hashes><purl>pkg:npm/a@1</purl>"
    content = bom(f"<components>{component(inner.format('0' * 32)) * 20_000}</components>")
    path = tmp_path / "bom.xml"
    path.write_text(content)
    bare = min(seconds(lambda: ElementTree.parse(path)) for _ in range(2))
    # Measured at 2.2 to 2.8 times; this only catches what went quadratic on a busy machine.
    assert min(seconds(lambda: read_file(path, "bom.xml", CONTEXT)) for _ in range(2)) < 8 * bare + 1


@pytest.mark.corpus
class TestCorpus:
    def test_conformance_documents_are_read_completely(self, corpus: Path) -> None:
        for path in sbom_files(corpus, "cyclonedx_spec_valid_invalid/*__valid-*.xml"):
            reading = read_file(path, path.name, CONTEXT)
            assert reading.problems == (), path
            assert len(reading.entries) + len(reading.skipped) == naive_count(path), path

    def test_invalid_conformance_documents_lose_nothing_and_their_defects_are_named(self, corpus: Path) -> None:
        for path in sbom_files(corpus, "cyclonedx_spec_valid_invalid/*invalid-*.xml"):
            reading = read_file(path, path.name, CONTEXT)
            assert reading.problems or reading.notes, path
            assert len(reading.entries) + len(reading.skipped) + len(reading.problems) == naive_count(path), path

    def test_documents_of_other_tools_lose_nothing(self, corpus: Path) -> None:
        others = [path for path in sbom_files(corpus, "*/*") if b"cyclonedx.org/schema/bom/1." in path.read_bytes()[:2000]]
        others = [path for path in others if path.read_bytes().lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<")]
        assert len(others) > 440
        for path in others:
            reading = read_file(path, path.name, CONTEXT)
            assert reading.reader == "cyclonedx-xml", path
            assert len(reading.entries) + len(reading.skipped) + len(reading.problems) == naive_count(path), path


def naive_count(path: Path) -> int:
    """Components counted without any of the reader's ideas, and the subject where there is one."""
    root = ElementTree.parse(path).getroot()
    space = root.tag.removesuffix("bom")

    def nested(holder: Element | None) -> int:
        parts = [] if holder is None else holder.findall(f"{space}components/{space}component")
        return len(parts) + sum(nested(part) for part in parts)

    subject = root.find(f"{space}metadata/{space}component")
    return (subject is not None) + nested(subject) + nested(root)
