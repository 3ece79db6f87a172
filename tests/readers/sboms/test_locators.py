# SPDX-License-Identifier: Apache-2.0
"""Locators of JSON SBOMs are pointers: each leads back to the one element that it is of, and no element is without one."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foss_audit.readers import read_file
from foss_audit.readers.entries import locator
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
BROKEN = st.sampled_from([None, 17, "zlib", [], {}, {"version": "1"}, {"name": " "}, {"name": {"x": 1}}])
NAMES = st.integers(0, 10**6).map("package-{}".format)
QUICK = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def lists_of(name: str) -> st.SearchStrategy[Any]:
    """Packages that go by the field `name`, broken ones among them."""
    return st.lists(NAMES.map(lambda text: {name: text}) | BROKEN, max_size=6)


def components(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    whole = st.fixed_dictionaries({"name": NAMES}, optional={"components": parts, "licenses": BROKEN, "hashes": BROKEN})
    return st.lists(whole | BROKEN, max_size=4)


COMPONENTS = st.recursive(lists_of("name"), components, max_leaves=12)
SUBJECTS = st.none() | st.fixed_dictionaries(
    {"type": st.sampled_from(["application", "container"]), "name": NAMES}, optional={"components": COMPONENTS}
)


@st.composite
def cyclonedx(draw: st.DrawFn) -> Any:
    subject = draw(SUBJECTS)
    metadata = {"metadata": {"component": subject}} if subject else {}
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", **metadata, "components": draw(COMPONENTS)}
    return draw(st.sampled_from([document, {"predicateType": "https://cyclonedx.org/bom", "predicate": document}]))


def elements_of_cyclonedx(document: Any) -> Iterator[Any]:
    document = document.get("predicate", document)
    if "metadata" in document:
        yield (subject := document["metadata"]["component"])
        yield from nested(subject.get("components", []))
    yield from nested(document["components"])


def nested(found: list[Any]) -> Iterator[Any]:
    for one in found:
        yield one
        if isinstance(one, dict):
            yield from nested(one.get("components", []))


@st.composite
def spdx(draw: st.DrawFn) -> Any:
    document = {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "packages": draw(lists_of("name"))}
    envelope = draw(st.sampled_from(["", "sbom", "predicate"]))
    return {envelope: document} if envelope else document


def elements_of_spdx(document: Any) -> Iterator[Any]:
    yield from document.get("sbom", document.get("predicate", document))["packages"]


@st.composite
def spdx3(draw: st.DrawFn) -> Any:
    packages = [{"type": "software_Package", "name": name} for name in draw(st.lists(NAMES, max_size=4))]
    held = [{"type": "software_Package", "name": name} for name in draw(st.lists(NAMES, max_size=4))]
    sbom = {"type": "software_Sbom", "spdxId": "u:s", "element": held}
    elements = draw(st.permutations([*packages, sbom]))
    form = draw(st.sampled_from(["list", "one", "bare"]))
    context = {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}
    if form == "list":
        return {**context, "@graph": elements}
    return {**context, "@graph": sbom} if form == "one" else {**context, **sbom}


def elements_of_spdx3(document: Any) -> Iterator[Any]:
    graph = document.get("@graph", document)
    for element in graph if isinstance(graph, list) else [graph]:
        yield from [element] if element["type"] == "software_Package" else element["element"]


@st.composite
def syft(draw: st.DrawFn) -> Any:
    return {"artifacts": draw(lists_of("name")), "source": {}, "descriptor": {"name": "syft"}}


def elements_of_syft(document: Any) -> Iterator[Any]:
    yield from document["artifacts"]


@st.composite
def trivy(draw: st.DrawFn) -> Any:
    results = [{"Target": f"t{at}", "Packages": found} for at, found in enumerate(draw(st.lists(lists_of("Name"), max_size=3)))]
    results = [*results, {"Target": "last", "Packages": [{"Name": "bash"}]}]
    return draw(st.sampled_from([results, {"SchemaVersion": 2, "ArtifactName": "x", "Results": results}]))


def elements_of_trivy(document: Any) -> Iterator[Any]:
    for result in document["Results"] if isinstance(document, dict) else document:
        # A result that lists nothing, beside one that does, is no entry.
        yield from result["Packages"]


@pytest.mark.parametrize(
    ("documents", "elements", "field"),
    [
        (cyclonedx(), elements_of_cyclonedx, "name"),
        (spdx(), elements_of_spdx, "name"),
        (spdx3(), elements_of_spdx3, "name"),
        (syft(), elements_of_syft, "name"),
        (trivy(), elements_of_trivy, "Name"),
    ],
    ids=["cyclonedx", "spdx", "spdx3", "syft", "trivy"],
)
@given(data=st.data())
@QUICK
def test_each_leads_back_to_its_element(
    documents: st.SearchStrategy[Any], elements: Callable[[Any], Iterator[Any]], field: str, tmp_path: Path, data: st.DataObject
) -> None:
    document = data.draw(documents)
    path = tmp_path / "sbom.json"
    path.write_text(json.dumps(document))
    reading = read_file(path, "sbom.json", CONTEXT)
    entries = reading.entries
    for name, place, position in zip(entries["name"], entries["place"], entries["position"], strict=True):
        assert pointed_at(document, locator(place, position))[field] == name
    found = [id(pointed_at(document, pointer)) for pointer in pointers(reading)]
    assert sorted(found) == sorted(id(one) for one in elements(document))


def pointers(reading: Reading) -> Iterator[str]:
    """Of everything that was an entry of the document."""
    entries = reading.entries
    yield from (locator(place, position) for place, position in zip(entries["place"], entries["position"], strict=True))
    yield from (one.source.locator for one in (*reading.skipped, *reading.problems))


def pointed_at(document: Any, pointer: str) -> Any:
    """What a JSON Pointer leads to (RFC 6901; no key of these formats has a stroke or a tilde in it)."""
    for part in pointer.split("/")[1:]:
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document
