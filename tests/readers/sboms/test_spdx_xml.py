# SPDX-License-Identifier: Apache-2.0
"""SPDX in XML and RDF/XML: nothing in it can grow or reach outside, and no package is lost."""

import contextlib
import time
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
SPDX = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:spdx="http://spdx.org/rdf/terms#"'
LISTED = "http://spdx.org/licenses/"


def read(tmp_path: Path, text: str, name: str = "server.xml") -> Reading:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_file(path, name, CONTEXT)


def xml(tmp_path: Path, inner: str) -> Reading:
    return read(tmp_path, f"<Document><spdxVersion>SPDX-2.3</spdxVersion><SPDXID>SPDXRef-DOCUMENT</SPDXID>{inner}</Document>")


def rdf(tmp_path: Path, inner: str) -> Reading:
    document = (
        '<spdx:SpdxDocument rdf:about="u#SPDXRef-DOCUMENT"><spdx:specVersion>SPDX-2.3</spdx:specVersion></spdx:SpdxDocument>'
    )
    return read(tmp_path, f"<rdf:RDF {SPDX}>{document}{inner}</rdf:RDF>")


def rdf_license(tmp_path: Path, property: str, more: str = "") -> str:
    reading = rdf(tmp_path, f'<spdx:Package rdf:about="u#SPDXRef-a"><spdx:name>a</spdx:name>{property}</spdx:Package>{more}')
    return str(reading.entries["license"].iloc[0])


def names(reading: Reading) -> list[str]:
    return list(reading.entries["name"])


class TestXml:
    @pytest.mark.parametrize(
        "wrong", ["<packages/>", "<packages>words</packages>", "<packages><versionInfo>1</versionInfo></packages>"]
    )
    def test_a_broken_package_is_a_problem(self, tmp_path: Path, wrong: str) -> None:
        one, two = "<packages><name>a</name></packages>", "<packages><name>b</name></packages>"
        reading = xml(tmp_path, one + wrong + two)
        assert (names(reading), [problem.source.locator for problem in reading.problems]) == (["a", "b"], ["/packages/1"])

    def test_version_2_1_has_packages_in_what_is_described(self, tmp_path: Path) -> None:
        inner = "<specVersion>SPDX-2.1</specVersion><documentDescribes><Package><name>a</name></Package></documentDescribes>"
        reading = read(tmp_path, f"<SpdxDocument><Document>{inner}</Document></SpdxDocument>")
        assert (reading.reader, names(reading), reading.device) == ("spdx-xml", ["a"], "a")

    def test_deep_elements_and_files_are_passed_over(self, tmp_path: Path) -> None:
        deep = "<a>" * 5_000 + "</a>" * 5_000
        files = "<files><fileName>x</fileName><licenseConcluded>MIT</licenseConcluded></files>"
        assert names(xml(tmp_path, f"{files}<packages><name>a</name>{deep}</packages>{deep}")) == ["a"]

    def test_entities_are_refused(self, tmp_path: Path) -> None:
        bomb = '<!DOCTYPE Document [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'
        with pytest.raises(UnreadableFile, match="declares entities"):
            read(tmp_path, f"{bomb}<Document><SPDXID>x</SPDXID><packages><name>&b;</name></packages></Document>")

    @pytest.mark.parametrize(
        "text",
        [
            "<Document><body>text</body></Document>",
            "<!-- <Document><SPDXID> --><html/>",
            "<w:Document xmlns:w='u'><w:body/></w:Document>",
        ],
    )
    def test_not_recognised(self, tmp_path: Path, text: str) -> None:
        with contextlib.suppress(UnreadableFile):
            assert read(tmp_path, text).reader != "spdx-xml"


class TestRdf:
    @pytest.mark.parametrize(
        ("property", "license"),
        [
            (f'<spdx:licenseDeclared rdf:resource="{LISTED}MIT"/>', "MIT"),
            ("<spdx:licenseDeclared>MIT</spdx:licenseDeclared>", "MIT"),
            (f'<spdx:licenseDeclared><spdx:ListedLicense rdf:about="{LISTED}MIT"/></spdx:licenseDeclared>', "MIT"),
            ('<spdx:licenseDeclared rdf:resource="http://spdx.org/rdf/terms#none"/>', "NONE"),
            ('<spdx:licenseConcluded rdf:resource="http://spdx.org/rdf/terms#noassertion"/>', "NOASSERTION"),
            ('<spdx:licenseDeclared rdf:nodeID="N1"/>', "(GPL-2.0-only WITH Classpath-exception-2.0) AND LGPL-2.0+"),
            ('<spdx:licenseDeclared rdf:resource="u#LicenseRef-9"/>', "LicenseRef-9"),
            ('<spdx:licenseDeclared rdf:resource="u#LicenseRef-1"/>', "Acme"),
            (
                f'<spdx:licenseDeclared><spdx:ConjunctiveLicenseSet><spdx:member rdf:resource="{LISTED}MIT"/>'
                "<spdx:member/></spdx:ConjunctiveLicenseSet></spdx:licenseDeclared>",
                "NOASSERTION AND MIT",
            ),
            ("<spdx:licenseDeclared/>", ""),
            ("", ""),
        ],
    )
    def test_licenses(self, tmp_path: Path, property: str, license: str) -> None:
        more = f"""
        <spdx:ConjunctiveLicenseSet rdf:nodeID="N1">
          <spdx:member><spdx:OrLaterOperator><spdx:member rdf:resource="{LISTED}LGPL-2.0"/></spdx:OrLaterOperator></spdx:member>
          <spdx:member rdf:nodeID="N2"/>
        </spdx:ConjunctiveLicenseSet>
        <spdx:WithExceptionOperator rdf:nodeID="N2">
          <spdx:member rdf:resource="{LISTED}GPL-2.0-only"/>
          <spdx:licenseException rdf:resource="{LISTED}Classpath-exception-2.0"/>
        </spdx:WithExceptionOperator>
        <spdx:ExtractedLicensingInfo rdf:about="u#LicenseRef-1"><spdx:name>Acme</spdx:name></spdx:ExtractedLicensingInfo>"""
        assert rdf_license(tmp_path, property, more) == license

    def test_sets_that_hold_each_other_end(self, tmp_path: Path) -> None:
        rings = "".join(
            f'<spdx:ConjunctiveLicenseSet rdf:nodeID="N{n}"><spdx:member rdf:nodeID="N{(n + 1) % 70}"/>'
            f'<spdx:member rdf:nodeID="N{(n + 2) % 70}"/><spdx:member rdf:resource="{LISTED}MIT"/></spdx:ConjunctiveLicenseSet>'
            for n in range(70)
        )
        start = time.perf_counter()
        assert "MIT" in rdf_license(tmp_path, '<spdx:licenseDeclared rdf:nodeID="N0"/>', rings)
        assert time.perf_counter() - start < 5

    def test_what_is_said_of_a_package_in_several_places_is_one_entry(self, tmp_path: Path) -> None:
        one = '<spdx:Package rdf:about="u#SPDXRef-a"><spdx:name>a</spdx:name></spdx:Package>'
        two = '<rdf:Description rdf:about="u#SPDXRef-a"><spdx:versionInfo>1</spdx:versionInfo></rdf:Description>'
        reading = rdf(tmp_path, one + two)
        assert (names(reading), list(reading.entries["version"])) == (["a"], ["1"])

    def test_one_id_for_two_packages_loses_neither(self, tmp_path: Path) -> None:
        two = "".join(f'<spdx:Package rdf:about="u#SPDXRef-a"><spdx:name>{name}</spdx:name></spdx:Package>' for name in "ab")
        assert names(rdf(tmp_path, two)) == ["a", "b"]

    def test_packages_without_ids_or_with_a_type_apart(self, tmp_path: Path) -> None:
        plain = "<spdx:Package><spdx:name>a</spdx:name></spdx:Package>"
        typed = (
            '<rdf:Description rdf:about="u#SPDXRef-b" spdx:name="b">'
            '<rdf:type rdf:resource="http://spdx.org/rdf/terms#Package"/></rdf:Description>'
        )
        reading = rdf(tmp_path, plain + typed + "<spdx:Package><spdx:versionInfo>1</spdx:versionInfo></spdx:Package>")
        assert names(reading) == ["a", "b"]
        assert [problem.source.locator for problem in reading.problems] == ["/packages/2"]

    def test_described_packages_name_the_device(self, tmp_path: Path) -> None:
        package = '<spdx:Package rdf:about="u#SPDXRef-a"><spdx:name>a</spdx:name></spdx:Package>'
        described = f"<spdx:describesPackage>{package}</spdx:describesPackage>"
        reading = read(tmp_path, f"<rdf:RDF {SPDX}><spdx:SpdxDocument>{described}</spdx:SpdxDocument></rdf:RDF>", "x.rdf")
        assert (reading.reader, reading.device, names(reading)) == ("spdx-rdf", "a", ["a"])

    @pytest.mark.parametrize(
        "text",
        [
            f"<rdf:RDF {SPDX}><spdx:ListedLicense rdf:about='{LISTED}MIT'/></rdf:RDF>",
            f"<rdf:RDF {SPDX} xmlns:owl='o'><owl:Ontology/><owl:Class rdf:about='http://spdx.org/rdf/terms#Package'/></rdf:RDF>",
            '<rdf:RDF xmlns:rdf="r" xmlns:doap="d"><doap:Project/></rdf:RDF>',
        ],
    )
    def test_not_recognised(self, tmp_path: Path, text: str) -> None:
        with contextlib.suppress(UnreadableFile):
            assert read(tmp_path, text).reader != "spdx-rdf"
