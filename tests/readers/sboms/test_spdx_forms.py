# SPDX-License-Identifier: Apache-2.0
"""One SPDX document says the same in JSON, YAML, tag-value, XML and RDF."""

import json
from pathlib import Path
from typing import Any

import pytest

from foss_audit.model import SkipReason
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))

JSON = json.dumps(
    {
        "spdxVersion": "SPDX-2.3",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "server",
        "packages": [
            {"SPDXID": "SPDXRef-host", "name": "srv-pajak-01", "primaryPackagePurpose": "OPERATING-SYSTEM"},
            {
                "SPDXID": "SPDXRef-a",
                "name": "simpatda",
                "versionInfo": "3.10",
                "supplier": "Organization: Bakeuda (tik@example.go.id)",
                "licenseConcluded": "NOASSERTION",
                "licenseDeclared": "(MIT OR LicenseRef-Bakeuda)",
                "externalRefs": [
                    {"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:x"},
                    {
                        "referenceCategory": "PACKAGE-MANAGER",
                        "referenceType": "purl",
                        "referenceLocator": "pkg:generic/simpatda@3.10",
                    },
                ],
            },
            {"SPDXID": "SPDXRef-b", "name": "zlib", "licenseConcluded": "Zlib", "licenseDeclared": "MIT"},
            {"SPDXID": "SPDXRef-c", "versionInfo": "1"},
        ],
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-host"}
        ],
        "hasExtractedLicensingInfos": [
            {"licenseId": "LicenseRef-Bakeuda", "name": "Ketentuan Bakeuda", "extractedText": "Milik kantor.\nDilarang menyalin."}
        ],
    }
)

YAML = """\
spdxVersion: SPDX-2.3
SPDXID: SPDXRef-DOCUMENT
name: server
packages:
- SPDXID: SPDXRef-host
  name: srv-pajak-01
  primaryPackagePurpose: OPERATING-SYSTEM
- SPDXID: SPDXRef-a
  name: simpatda
  versionInfo: 3.10
  supplier: "Organization: Bakeuda (tik@example.go.id)"
  licenseConcluded: NOASSERTION
  licenseDeclared: (MIT OR LicenseRef-Bakeuda)
  externalRefs:
  - {referenceCategory: SECURITY, referenceType: cpe23Type, referenceLocator: "cpe:2.3:a:x"}
  - referenceCategory: PACKAGE-MANAGER
    referenceType: purl
    referenceLocator: pkg:generic/simpatda@3.10
- {SPDXID: SPDXRef-b, name: zlib, licenseConcluded: Zlib, licenseDeclared: MIT}
- SPDXID: SPDXRef-c
  versionInfo: "1"
relationships:
- {spdxElementId: SPDXRef-DOCUMENT, relationshipType: DESCRIBES, relatedSpdxElement: SPDXRef-host}
hasExtractedLicensingInfos:
- licenseId: LicenseRef-Bakeuda
  name: Ketentuan Bakeuda
  extractedText: |
    Milik kantor.
    Dilarang menyalin.
"""

TAG_VALUE = """\
SPDXVersion: SPDX-2.3
SPDXID: SPDXRef-DOCUMENT
DocumentName: server
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-host

PackageName: srv-pajak-01
SPDXID: SPDXRef-host
PrimaryPackagePurpose: OPERATING-SYSTEM

PackageName: simpatda
SPDXID: SPDXRef-a
PackageVersion: 3.10
PackageSupplier: Organization: Bakeuda (tik@example.go.id)
PackageLicenseConcluded: NOASSERTION
PackageLicenseDeclared: (MIT OR LicenseRef-Bakeuda)
ExternalRef: SECURITY cpe23Type cpe:2.3:a:x
ExternalRef: PACKAGE-MANAGER purl pkg:generic/simpatda@3.10

PackageName: zlib
SPDXID: SPDXRef-b
PackageLicenseConcluded: Zlib
PackageLicenseDeclared: MIT

PackageName:
SPDXID: SPDXRef-c
PackageVersion: 1

LicenseID: LicenseRef-Bakeuda
LicenseName: Ketentuan Bakeuda
ExtractedText: <text>Milik kantor.
Dilarang menyalin.</text>
"""

XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<Document>
  <spdxVersion>SPDX-2.3</spdxVersion>
  <SPDXID>SPDXRef-DOCUMENT</SPDXID>
  <name>server</name>
  <packages>
    <SPDXID>SPDXRef-host</SPDXID>
    <name>srv-pajak-01</name>
    <primaryPackagePurpose>OPERATING-SYSTEM</primaryPackagePurpose>
  </packages>
  <packages>
    <SPDXID>SPDXRef-a</SPDXID>
    <name>simpatda</name>
    <versionInfo>3.10</versionInfo>
    <supplier>Organization: Bakeuda (tik@example.go.id)</supplier>
    <licenseConcluded>NOASSERTION</licenseConcluded>
    <licenseDeclared>(MIT OR LicenseRef-Bakeuda)</licenseDeclared>
    <externalRefs>
      <referenceCategory>SECURITY</referenceCategory>
      <referenceType>cpe23Type</referenceType>
      <referenceLocator>cpe:2.3:a:x</referenceLocator>
    </externalRefs>
    <externalRefs>
      <referenceCategory>PACKAGE-MANAGER</referenceCategory>
      <referenceType>purl</referenceType>
      <referenceLocator>pkg:generic/simpatda@3.10</referenceLocator>
    </externalRefs>
  </packages>
  <packages>
    <SPDXID>SPDXRef-b</SPDXID>
    <name>zlib</name>
    <licenseConcluded>Zlib</licenseConcluded>
    <licenseDeclared>MIT</licenseDeclared>
  </packages>
  <packages>
    <SPDXID>SPDXRef-c</SPDXID>
    <versionInfo>1</versionInfo>
  </packages>
  <relationships>
    <spdxElementId>SPDXRef-DOCUMENT</spdxElementId>
    <relationshipType>DESCRIBES</relationshipType>
    <relatedSpdxElement>SPDXRef-host</relatedSpdxElement>
  </relationships>
  <hasExtractedLicensingInfos>
    <licenseId>LicenseRef-Bakeuda</licenseId>
    <name>Ketentuan Bakeuda</name>
    <extractedText>Milik kantor.
Dilarang menyalin.</extractedText>
  </hasExtractedLicensingInfos>
</Document>
"""

RDF = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:spdx="http://spdx.org/rdf/terms#">
  <spdx:SpdxDocument rdf:about="https://example.go.id/doc#SPDXRef-DOCUMENT">
    <spdx:specVersion>SPDX-2.3</spdx:specVersion>
    <spdx:name>server</spdx:name>
    <spdx:relationship>
      <spdx:Relationship>
        <spdx:relationshipType rdf:resource="http://spdx.org/rdf/terms#relationshipType_describes"/>
        <spdx:relatedSpdxElement>
          <spdx:Package rdf:about="https://example.go.id/doc#SPDXRef-host">
            <spdx:name>srv-pajak-01</spdx:name>
            <spdx:primaryPackagePurpose rdf:resource="http://spdx.org/rdf/terms#purpose_operatingSystem"/>
          </spdx:Package>
        </spdx:relatedSpdxElement>
      </spdx:Relationship>
    </spdx:relationship>
    <spdx:hasExtractedLicensingInfo>
      <spdx:ExtractedLicensingInfo rdf:about="https://example.go.id/doc#LicenseRef-Bakeuda">
        <spdx:licenseId>LicenseRef-Bakeuda</spdx:licenseId>
        <spdx:name>Ketentuan Bakeuda</spdx:name>
        <spdx:extractedText>Milik kantor.
Dilarang menyalin.</spdx:extractedText>
      </spdx:ExtractedLicensingInfo>
    </spdx:hasExtractedLicensingInfo>
  </spdx:SpdxDocument>
  <spdx:Package rdf:about="https://example.go.id/doc#SPDXRef-a">
    <spdx:name>simpatda</spdx:name>
    <spdx:versionInfo>3.10</spdx:versionInfo>
    <spdx:supplier>Organization: Bakeuda (tik@example.go.id)</spdx:supplier>
    <spdx:licenseConcluded rdf:resource="http://spdx.org/rdf/terms#noassertion"/>
    <spdx:licenseDeclared>
      <spdx:DisjunctiveLicenseSet>
        <spdx:member rdf:resource="https://example.go.id/doc#LicenseRef-Bakeuda"/>
        <spdx:member rdf:resource="http://spdx.org/licenses/MIT"/>
      </spdx:DisjunctiveLicenseSet>
    </spdx:licenseDeclared>
    <spdx:externalRef>
      <spdx:ExternalRef>
        <spdx:referenceType rdf:resource="http://spdx.org/rdf/references/cpe23Type"/>
        <spdx:referenceLocator>cpe:2.3:a:x</spdx:referenceLocator>
      </spdx:ExternalRef>
    </spdx:externalRef>
    <spdx:externalRef>
      <spdx:ExternalRef>
        <spdx:referenceType rdf:resource="http://spdx.org/rdf/references/purl"/>
        <spdx:referenceLocator>pkg:generic/simpatda@3.10</spdx:referenceLocator>
      </spdx:ExternalRef>
    </spdx:externalRef>
  </spdx:Package>
  <spdx:Package rdf:about="https://example.go.id/doc#SPDXRef-b">
    <spdx:name>zlib</spdx:name>
    <spdx:licenseConcluded rdf:resource="http://spdx.org/licenses/Zlib"/>
    <spdx:licenseDeclared rdf:resource="http://spdx.org/licenses/MIT"/>
  </spdx:Package>
  <spdx:Package rdf:about="https://example.go.id/doc#SPDXRef-c">
    <spdx:versionInfo>1</spdx:versionInfo>
  </spdx:Package>
</rdf:RDF>
"""

FORMS = {
    "spdx-json": ("server.spdx.json", JSON),
    "spdx-yaml": ("server.spdx.yaml", YAML),
    "spdx-tag-value": ("server.spdx", TAG_VALUE),
    "spdx-xml": ("server.spdx.xml", XML),
    "spdx-rdf": ("server.spdx.rdf", RDF),
}
PLACES = {
    "spdx-json": ["/packages/0", "/packages/1", "/packages/2", "/packages/3"],
    "spdx-yaml": ["/packages/0", "/packages/1", "/packages/2", "/packages/3"],
    "spdx-tag-value": ["A6", "A10", "A19", "A24"],
    "spdx-xml": ["/packages/0", "/packages/1", "/packages/2", "/packages/3"],
    "spdx-rdf": ["#SPDXRef-host", "#SPDXRef-a", "#SPDXRef-b", "#SPDXRef-c"],
}


def read(folder: Path, name: str, content: bytes) -> Reading:
    path = folder / name
    path.write_bytes(content)
    return read_file(path, name, CONTEXT)


@pytest.mark.parametrize("reader", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_form_says_the_same(tmp_path: Path, reader: str, encoding: str, line_end: str) -> None:
    name, text = FORMS[reader]
    reading = read(tmp_path, name, text.replace("\n", line_end).encode(encoding))
    assert reading.reader == reader
    assert (reading.device, reading.notes) == ("srv-pajak-01", ())
    columns = ["name", "version", "publisher", "license", "purl"]
    rows: list[tuple[Any, ...]] = list(reading.entries[columns].itertuples(index=False, name=None))
    licenses = {row[0]: set(row[3].strip("()").split(" OR ")) for row in rows}
    assert licenses == {"simpatda": {"MIT", "Ketentuan Bakeuda"}, "zlib": {"Zlib"}}
    assert [row[:3] + row[4:] for row in rows] == [
        ("simpatda", "3.10", "Bakeuda", "pkg:generic/simpatda@3.10"),
        ("zlib", "", "", ""),
    ]
    host, application, library, nameless = PLACES[reader]
    places = [f"{place}{position if position >= 0 else ''}" for place, position in reading.entries[["place", "position"]].values]
    assert places == [application, library]
    assert [(line.source.locator, line.reason) for line in reading.skipped] == [(host, SkipReason.DESCRIBES_DEVICE)]
    assert [problem.source.locator for problem in reading.problems] == [nameless]


@pytest.mark.parametrize("reader", FORMS)
def test_a_file_cut_anywhere_never_fails_otherwise_than_as_unreadable(tmp_path: Path, reader: str) -> None:
    name, text = FORMS[reader]
    content = text.encode()
    whole = read(tmp_path, name, content)
    for end in range(0, len(content), 97):
        try:
            reading = read(tmp_path, name, content[:end] or b"x")
        except Exception as error:
            assert type(error).__name__ == "UnreadableFile", (end, error)
            assert "fault" not in str(error), (end, error)
            continue
        if reading.reader == reader:
            total = len(reading.entries) + len(reading.skipped) + len(reading.problems)
            assert total <= len(whole.entries) + len(whole.skipped) + len(whole.problems) + 1, end


@pytest.mark.parametrize(
    ("reader", "after"),
    [("spdx-yaml", "pkg:generic/simpatda@3.10\n"), ("spdx-xml", "</packages>\n  <packages>\n    <SPDXID>SPDXRef-b")],
)
def test_what_stands_before_damage_is_kept(tmp_path: Path, reader: str, after: str) -> None:
    name, text = FORMS[reader]
    cut = text.index(after) + len(after)
    reading = read(tmp_path, name, (text[:cut] + "\t} <\x01").encode())
    assert "simpatda" in list(reading.entries["name"])
    assert any("damaged" in str(problem.message) for problem in reading.problems)
