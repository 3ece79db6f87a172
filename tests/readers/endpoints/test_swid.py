# SPDX-License-Identifier: Apache-2.0
"""SWID tags: a tag is an entry; installers' tags are skipped, tags that only add to others are no software."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
NAMESPACE = "http://standards.iso.org/iso/19770/-2/2015/schema.xsd"
MAKER = '<Entity name="Acme" regid="acme.example" role="tagCreator softwareCreator"/>'


def tag(attributes: str = 'name="Acme CAD" version="3.10"', content: str = MAKER, prefix: str = "") -> str:
    mark, colon = (f":{prefix}", f"{prefix}:") if prefix else ("", "")
    content = content.replace("<Entity", f"<{colon}Entity").replace("<Meta", f"<{colon}Meta")
    return f'<{colon}SoftwareIdentity xmlns{mark}="{NAMESPACE}" tagId="x" {attributes}>{content}</{colon}SoftwareIdentity>'


def old_tag(content: str) -> str:
    inner = f"<s:product_title>Acme Draw</s:product_title><s:product_version><s:name>11.0</s:name></s:product_version>{content}"
    namespace = "http://standards.iso.org/iso/19770/-2/2009/schema.xsd"
    return f'<?xml version="1.0"?><s:software_identification_tag xmlns:s="{namespace}">{inner}</s:software_identification_tag>'


def read(tmp_path: Path, document: str | bytes, name: str = "acme.swidtag") -> Reading:
    path = tmp_path / name
    path.write_bytes(document if isinstance(document, bytes) else document.encode())
    return read_file(path, name, CONTEXT)


@pytest.mark.parametrize("prefix", ["", "swid"])
def test_fields_of_a_tag(tmp_path: Path, prefix: str) -> None:
    reading = read(tmp_path, f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- a tag -->\n{tag(prefix=prefix)}')
    assert (reading.reader, reading.device, reading.device_is_folder) == ("swid", None, True)
    assert reading.entries[["name", "version", "publisher", "place", "position"]].to_numpy().tolist() == [
        ["Acme CAD", "3.10", "Acme", "/SoftwareIdentity/", 1]
    ]


def test_the_edition_of_2009(tmp_path: Path) -> None:
    content = "<s:software_creator><s:name>Acme</s:name></s:software_creator><s:serial_number>AAAAA-BBBBB-CCCCC-DDDDD-QW3RT"
    content += "</s:serial_number><s:license_linkage><s:activation_status>Unlicensed</s:activation_status>"
    content += "<s:channel_type>RETAIL</s:channel_type></s:license_linkage>"
    reading = read(tmp_path, old_tag(content))
    assert tuple(reading.entries.iloc[0][["name", "version", "publisher", "activation"]]) == (
        "Acme Draw", "11.0", "Acme", "status=unlicensed; channel=RETAIL; key=QW3RT",
    )  # fmt: skip
    assert "BBBBB" not in repr(reading)
    assert list(
        read(tmp_path, old_tag("<s:software_licensor><s:name>L</s:name></s:software_licensor>")).entries["publisher"]
    ) == ["L"]


@pytest.mark.parametrize(
    ("entities", "publisher"),
    [
        ('<Entity name="A" role="aggregator"/><Entity name="L" role="licensor"/><Entity name="C" role="softwareCreator"/>', "C"),
        ('<Entity name="A" role="aggregator"/><Entity name="L" role="licensor"/>', "L"),
        ('<Entity name="A" role="distributor"/>', "A"),
        ('<Entity name="Somebody" role="tagCreator"/>', ""),
        ('<Entity role="softwareCreator"/><Entity name="C"/>', ""),
    ],
)
def test_publisher(tmp_path: Path, entities: str, publisher: str) -> None:
    assert list(read(tmp_path, tag(content=entities)).entries["publisher"]) == [publisher]


def test_edition_version_and_licence(tmp_path: Path) -> None:
    link = '<Link rel="license" href="https://www.gnu.org/licenses/gpl-3.0.html"/><Link rel="parent" href="x"/>'
    reading = read(tmp_path, tag('name="Acme SQL"', f'<Meta colloquialVersion="2022" edition="Express"/>{link}'))
    assert tuple(reading.entries.iloc[0][["name", "version", "license"]]) == (
        "Acme SQL Express", "2022", "https://www.gnu.org/licenses/gpl-3.0.html",
    )  # fmt: skip
    assert list(read(tmp_path, tag('name="Acme SQL Express"', '<Meta edition="express"/>')).entries["name"]) == [
        "Acme SQL Express"
    ]


@pytest.mark.parametrize(
    ("meta", "activation", "notes"),
    [
        ('activationStatus="Activated" channelType="Volume"', "status=licensed; channel=Volume", 0),
        ('activationStatus="trial"', "status=grace", 0),
        ('activationStatus="Serialized" entitlementKey="AAAAA-BBBBB-CCCCC-DDDDD-QW3RT"', "key=QW3RT", 1),
        ('entitlementKey="0123456789ABCDEF"', "", 0),
    ],
)
def test_activation(tmp_path: Path, meta: str, activation: str, notes: int) -> None:
    reading = read(tmp_path, tag(content=f"<Meta {meta}/>"))
    assert (list(reading.entries["activation"]), len(reading.notes)) == ([activation], notes)
    assert "BBBBB" not in repr(reading) and "0123456789" not in repr(reading)


def test_kinds_of_tags(tmp_path: Path) -> None:
    corpus = read(tmp_path, tag('name="a" corpus="true"'))
    assert [(line.source.locator, line.reason) for line in corpus.skipped] == [("/SoftwareIdentity/1", SkipReason.NOT_INSTALLED)]
    assert len(corpus.entries) == 0
    supplemental = read(tmp_path, tag('name="a" supplemental="1"'))
    assert (len(supplemental.entries), len(supplemental.notes), supplemental.skipped) == (0, 1, ())
    assert len(read(tmp_path, tag('name="KB5043076" patch="true"')).entries) == 1
    assert len(read(tmp_path, tag('name="a" corpus="false"')).entries) == 1
    assert [problem.source.locator for problem in read(tmp_path, tag("")).problems] == ["/SoftwareIdentity/1"]


class TestDevices:
    def test_evidence_names_the_device(self, tmp_path: Path) -> None:
        reading = read(tmp_path, tag(content='<Evidence deviceId="PC-01" date="2026-09-01"/>'))
        assert (reading.device, reading.device_is_folder) == ("PC-01", False)

    def test_tags_of_several_devices(self, tmp_path: Path) -> None:
        both = tag(content='<Evidence deviceId="PC-01"/>') + tag(content='<Evidence deviceId="PC-02"/>') + tag()
        reading = read(tmp_path, f"<tags>{both}</tags>")
        assert (reading.device, reading.device_is_folder) == (None, True)
        assert list(reading.entries["device"]) == ["PC-01", "PC-02", ""]


class TestSeveral:
    @pytest.mark.parametrize("declaration", ['<?xml version="1.0" encoding="utf-8"?>\n', ""])
    def test_tags_one_after_the_other(self, tmp_path: Path, declaration: str) -> None:
        reading = read(tmp_path, "\n\n".join(f"{declaration}{tag(f'name={chr(34)}{name}{chr(34)}')}" for name in "abc"))
        assert list(reading.entries["name"]) == ["a", "b", "c"]
        assert list(reading.entries["position"]) == [1, 2, 3]
        assert (reading.problems, reading.notes) == ((), ())

    def test_damage_of_one_leaves_the_others(self, tmp_path: Path) -> None:
        declaration = '<?xml version="1.0"?>'
        reading = read(tmp_path, f"{declaration}{tag()}{declaration}{tag()[:-30]}{declaration}<x{declaration}{tag()}")
        assert len(reading.entries) == 3
        assert {problem.source.locator for problem in reading.problems} == {"#2", "#3"}


def test_packages_of_a_distribution_carry_a_purl(tmp_path: Path) -> None:
    for product, purl in (
        ("debian bookworm x86_64", "pkg:deb/debian/bash@5.2-1"),
        ("Fedora 28 x86_64", "pkg:rpm/fedora/bash@5.2-1"),
        ("arch x86_64", "pkg:alpm/arch/bash@5.2-1"),
        ("Acme CAD", ""),
        ("Ubuntu Pro", ""),
    ):
        reading = read(tmp_path, tag('name="bash" version="5.2-1"', f'<Meta product="{product}"/>'))
        assert list(reading.entries["purl"]) == [purl]


class TestRecognition:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        named = tag('name="Müller"')
        document = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{named}'
        assert list(read(tmp_path, document.encode(encoding)).entries["name"]) == ["Müller"]

    @pytest.mark.parametrize(
        "document",
        [
            f'<template xmlns="x" xmlns:swid="{NAMESPACE}"><add xpath="/swid:SoftwareIdentity"/></template>',
            f"<!-- {tag()} --><html/>",
            f'<schema targetNamespace="{NAMESPACE}"><element name="SoftwareIdentity"/></schema>',
            f"A text on {tag()}",
            f"<html><body>{tag()}</body></html>",
        ],
    )
    def test_not_recognised(self, tmp_path: Path, document: str) -> None:
        try:
            reading = read(tmp_path, document, "x.xml")
        except UnreadableFile:
            return
        assert reading.reader != "swid"


@pytest.mark.corpus
def test_corpus_tags_are_all_read(corpus: Path) -> None:
    seen = 0
    for path in sorted((corpus / "endpoint").glob("swid_*/*")):
        if path.suffix not in (".xml", ".swidtag"):
            continue
        root = ElementTree.fromstring(path.read_bytes())  # noqa: S314
        if not root.tag.endswith("SoftwareIdentity"):
            continue
        reading = read_file(path, path.name, CONTEXT)
        assert (reading.reader, reading.problems, reading.skipped, len(reading.entries)) == ("swid", (), (), 1), path
        assert reading.entries["name"].iloc[0] == root.get("name")
        assert reading.entries["version"].iloc[0] == (root.get("version") or "")
        seen += 1
    assert seen == 23
