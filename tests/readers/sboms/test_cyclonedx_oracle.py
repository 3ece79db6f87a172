# SPDX-License-Identifier: Apache-2.0
"""CycloneDX against cyclonedx-python-lib, and against itself: whatever a document holds, no component is lost."""

import json
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.readers.sboms import cyclonedx_json, cyclonedx_xml
from foss_audit.readers.sboms.statements import package_name
from foss_audit.vocabulary import Vocabulary

pytest.importorskip("cyclonedx", reason="cyclonedx-python-lib is not installed")

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
    from cyclonedx.output import make_outputter
    from cyclonedx.schema import OutputFormat, SchemaVersion
    from defusedxml import ElementTree

pytestmark = pytest.mark.filterwarnings("ignore")

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
SOFTWARE = (ComponentType.APPLICATION, ComponentType.LIBRARY, ComponentType.FRAMEWORK)
ORDINARY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

words = st.text(st.characters(categories=("L", "N", "P", "S"), max_codepoint=0x2FFF), min_size=1, max_size=12)
licenses = st.one_of(
    st.none(),
    st.sampled_from(["MIT", "Apache-2.0", "GPL-3.0-or-later"]).map(lambda id: DisjunctiveLicense(id=id)),
    words.map(lambda name: DisjunctiveLicense(name=name)),
    st.just(LicenseExpression("MIT OR ISC")),
)


def component(name: str, version: str, license: Any, parts: Iterable[Component]) -> Component:
    chosen = [] if license is None else [license]
    return Component(name=name, version=version, type=ComponentType.LIBRARY, licenses=chosen, components=parts)


leaves = st.builds(component, words, words, licenses, st.just(()))
trees = st.recursive(
    leaves, lambda parts: st.builds(component, words, words, licenses, st.lists(parts, max_size=3)), max_leaves=8
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("oracle")


@ORDINARY
@given(
    st.lists(trees, max_size=4), st.none() | leaves, st.sampled_from([SchemaVersion.V1_2, SchemaVersion.V1_4, SchemaVersion.V1_6])
)
def test_documents_that_the_library_writes(
    folder: Path, found: list[Component], subject: Component | None, version: SchemaVersion
) -> None:
    bom = Bom(components=found)
    bom.metadata.component = subject
    readings = []
    for form, name in ((OutputFormat.JSON, "bom.json"), (OutputFormat.XML, "bom.xml")):
        path = folder / name
        path.write_text(make_outputter(bom, form, version).output_as_string(), encoding="utf-8")
        readings.append(read_file(path, name, CONTEXT))
    for reading in readings:
        assert (reading.problems, reading.skipped) == ((), ())
        assert titles(reading) == sorted(expected(bom))
    columns = ["name", "version", "publisher", "license", "purl", "place", "position"]
    assert readings[0].entries[columns].astype(str).equals(readings[1].entries[columns].astype(str))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda values: (
        st.lists(values, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "type", "version", "licenses", "license", "id", "text", "x"]), values, max_size=4
        )
    ),
    max_leaves=12,
)
fields = (
    "name", "type", "version", "publisher", "supplier", "authors", "licenses", "evidence", "hashes", "pedigree", "properties",
    "purl", "group", "scope", "swid", "bom-ref", "components", "versionRange",
)  # fmt: skip


@ORDINARY
@given(st.lists(st.dictionaries(st.sampled_from(fields), anything, max_size=6) | anything, max_size=4), anything, anything)
def test_wrong_types_at_any_place_lose_nothing(folder: Path, found: list[Any], subject: Any, other: Any) -> None:
    document = {"bomFormat": "CycloneDX", "specVersion": other, "metadata": {"component": subject}, "components": found}
    document |= {"services": other, "dependencies": [other], "citations": other, "serialNumber": other}
    path = folder / "wrong.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    reading = cyclonedx_json.read(path, "wrong.json", CONTEXT)
    assert counted(reading) == naive(document)


@ORDINARY
@given(st.data())
def test_mutated_xml_never_ends_in_anything_but_a_reading_or_a_refusal(folder: Path, data: st.DataObject) -> None:
    content = bytearray(XML.encode(data.draw(st.sampled_from(["utf-8", "utf-16"]))))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        end = start + data.draw(st.integers(0, 30))
        content[start:end] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"<components>", b"</component>", b"<![CDATA[", b"&"])
        )
        if not content:
            break
    path = folder / "mutated.xml"
    path.write_bytes(bytes(content) or b" ")
    try:
        reading = cyclonedx_xml.read(path, "mutated.xml", CONTEXT)
    except UnreadableFile:
        return
    assert counted(reading) >= len(reading.problems)


XML = """<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata>
<component type="application"><name>a</name></component></metadata>
<components><component type="library" bom-ref="1"><supplier><name>s</name></supplier><name>b</name>
<version>1</version><hashes><hash alg="MD5">00</hash></hashes><licenses><license><name>l</name><text encoding="base64">QQ==</text>
<licensing><altIds><altId>1</altId></altIds></licensing></license></licenses><components><component type="library"><name>c</name>
</component></components></component></components><dependencies><dependency ref="1"/></dependencies></bom>"""


@pytest.mark.corpus
class TestCorpus:
    def test_json_documents(self, corpus: Path) -> None:
        check(corpus, "*.json", lambda path: Bom.from_json(json.loads(path.read_bytes())), fewest=200)

    def test_xml_documents(self, corpus: Path) -> None:
        check(corpus, "*.xml", lambda path: Bom.from_xml(ElementTree.parse(path).getroot()), fewest=200)


def check(corpus: Path, pattern: str, load: Callable[[Path], Any], fewest: int) -> None:
    """Names and versions of every document that the library can read at all are ours too."""
    agreed = 0
    for path in sorted((corpus / "sbom").glob(f"*/{pattern}")):
        try:
            bom = load(path)
        except Exception:  # noqa: S112  (one bad field, and it reads nothing of the document)
            continue
        if bom is None:
            continue
        try:
            reading = read_file(path, path.name, CONTEXT)
        except UnreadableFile:
            assert not list(everything(bom)), path
            continue
        if reading.reader not in (cyclonedx_json.NAME, cyclonedx_xml.NAME):
            assert not list(everything(bom)), path
            continue
        ours = set(titles(reading))
        subject = bom.metadata.component
        skipped = {title(subject)} if reading.skipped and subject is not None else set()
        assert set(expected(bom)) - skipped == ours - skipped, path
        agreed += 1
    assert agreed >= fewest


def titles(reading: Reading) -> list[tuple[str, str]]:
    return sorted(zip(reading.entries["name"], reading.entries["version"], strict=True))


def expected(bom: Any) -> Iterator[tuple[str, str]]:
    return (title(found) for found in everything(bom) if found.name.strip())


def everything(bom: Any) -> Iterator[Any]:
    subject = bom.metadata.component
    waiting = [*([subject] if subject is not None else []), *bom.components]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(found.components)


def title(found: Any) -> tuple[str, str]:
    purl = found.purl.to_string() if found.purl else ""
    return package_name(found.name.strip(), (found.group or "").strip(), purl), (found.version or "").strip()


def counted(reading: Reading) -> int:
    return len(reading.entries) + len(reading.skipped) + len(reading.problems)


def naive(document: dict[str, Any]) -> int:
    """Components, and one for each list of them that is none."""
    subject = document["metadata"]["component"]
    return (subject is not None) + nested(subject) + nested(document)


def nested(holder: Any) -> int:
    parts = holder.get("components") if isinstance(holder, dict) else None
    return sum(1 + nested(part) for part in parts) if isinstance(parts, list) else parts is not None
