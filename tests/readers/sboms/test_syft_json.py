# SPDX-License-Identifier: Apache-2.0
"""Syft's JSON of all schemas: every artifact is an entry or a problem; what was scanned is the device."""

import json
from pathlib import Path
from typing import Any

import pytest

from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))


def read(tmp_path: Path, document: Any) -> Reading:
    path = tmp_path / "scan.json"
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return read_file(path, "scan.json", CONTEXT)


def artifacts(tmp_path: Path, *found: Any, source: Any = None) -> Reading:
    document = {"artifacts": list(found), "artifactRelationships": [], "source": source, "distro": {"id": "debian"}}
    return read(tmp_path, {**document, "descriptor": {"name": "syft"}, "schema": {"version": "16.0.0"}})


def license_of(tmp_path: Path, licenses: Any) -> str:
    return str(artifacts(tmp_path, {"name": "x", "licenses": licenses}).entries["license"].iloc[0])


def test_fields_of_an_artifact(tmp_path: Path) -> None:
    reading = artifacts(
        tmp_path,
        {
            "id": "1", "name": "nginx", "version": "1.22.1-9", "type": "deb", "foundBy": "dpkg-db-cataloger",
            "licenses": [{"value": "BSD-2-Clause", "spdxExpression": "BSD-2-Clause", "type": "declared", "urls": []}],
            "purl": "pkg:deb/debian/nginx@1.22.1-9?arch=amd64", "metadata": {"maintainer": "Debian Nginx <n@debian.example>"},
        },
        source={"type": "directory", "name": "srv-web", "metadata": {"path": "/"}},
    )  # fmt: skip
    assert (reading.reader, reading.device, reading.notes, reading.problems) == ("syft-json", "srv-web", (), ())
    assert tuple(reading.entries.iloc[0][["name", "version", "publisher", "license", "purl", "place", "position"]]) == (
        "nginx", "1.22.1-9", "Debian Nginx", "BSD-2-Clause", "pkg:deb/debian/nginx@1.22.1-9?arch=amd64", "/artifacts/", 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "device"),
    [
        ({"type": "image", "target": {"userInput": "alpine:latest", "imageID": "sha256:1"}}, "alpine:latest"),
        ({"type": "image", "name": "alpine", "metadata": {"userInput": "alpine:3.19"}}, "alpine:3.19"),
        ({"type": "image", "name": "server-simpeg", "metadata": {"userInput": "alpine:3.19"}}, "server-simpeg"),
        ({"type": "image", "name": "", "metadata": {"userInput": "alpine:3.19"}}, "alpine:3.19"),
        ({"type": "directory", "target": "/opt/slims"}, "/opt/slims"),
        ({"type": "directory", "name": ".", "metadata": {"path": "."}}, None),
        ({"type": "directory", "target": "/"}, None),
        ({"type": "file", "name": "go.mod", "metadata": {"path": "x/go.mod"}}, "go.mod"),
        (None, None),
        (["x"], None),
        ({"type": 1, "name": {}, "metadata": [], "target": True}, None),
    ],
)
def test_what_was_scanned_is_the_device(tmp_path: Path, source: Any, device: str | None) -> None:
    assert artifacts(tmp_path, {"name": "x"}, source=source).device == device


@pytest.mark.parametrize(
    ("licenses", "read_as"),
    [
        (["MIT", "GPL-2.0-only"], "MIT AND GPL-2.0-only"),
        ([{"value": "gpl", "spdxExpression": "GPL-2.0-only", "type": "declared"}], "GPL-2.0-only"),
        ([{"value": "Lisensi Internal", "spdxExpression": "", "type": "declared"}], "Lisensi Internal"),
        ([{"value": "MIT", "type": "declared"}, {"value": "ISC", "type": "concluded"}], "ISC"),
        ([{"value": "MIT", "type": "declared"}, {"value": "NOASSERTION", "type": "concluded"}], "MIT"),
        ([{"value": "", "fullText": "The Licence\nof all things", "type": "declared"}], "The Licence"),
        ([{"value": "", "contents": "MIT License\n\nfor personal\nuse", "type": "declared"}], "MIT License AND NOASSERTION"),
        (["MIT", {"value": ""}], "MIT AND NOASSERTION"),
        ([{"value": "", "urls": ["https://x.example/eula"], "type": "declared"}], "https://x.example/eula"),
        ("MIT", "MIT"),
        ([None, True, {"value": {"x": 1}}, {}], ""),
        (None, ""),
        ([], ""),
    ],
)
def test_concluded_beats_declared_and_old_texts_are_declared(tmp_path: Path, licenses: Any, read_as: str) -> None:
    assert license_of(tmp_path, licenses) == read_as


@pytest.mark.parametrize("wrong", [None, "zlib", 17, [], {}, {"name": ""}, {"name": ["x"]}])
def test_a_broken_artifact_is_a_problem_and_the_rest_goes_on(tmp_path: Path, wrong: Any) -> None:
    reading = artifacts(tmp_path, {"name": "a"}, wrong, {"name": "b", "metadata": [1], "version": 3})
    assert list(reading.entries["name"]) == ["a", "b"]
    assert [problem.source.locator for problem in reading.problems] == ["/artifacts/1"]


def test_artifacts_that_are_no_list_are_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path, {"artifacts": {"name": "x"}, "source": {}, "descriptor": {}})
    assert [problem.source.locator for problem in reading.problems] == ["/artifacts"]


@pytest.mark.corpus
def test_the_corpus_is_read_whole(corpus: Path) -> None:
    read_files = 0
    for path in sorted((corpus / "sbom" / "syft_fixtures").iterdir()):
        try:
            document = json.loads(path.read_bytes())
        except ValueError:
            continue
        if isinstance(document, dict) and "artifacts" in document:
            reading = read_file(path, path.name, CONTEXT)
            assert (reading.reader, len(reading.entries), reading.problems) == ("syft-json", len(document["artifacts"]), ())
            assert reading.device
            read_files += 1
    assert read_files >= 7
