# SPDX-License-Identifier: Apache-2.0
"""npm's and pnpm's trees: every place is an entry, what is missing is not installed; manifests and lock files are not claimed."""

import json
from pathlib import Path
from typing import Any

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))


def read(tmp_path: Path, document: Any) -> Reading:
    path = tmp_path / "npm.json"
    path.write_bytes((document if isinstance(document, str) else json.dumps(document)).encode())
    return read_file(path, "npm.json", CONTEXT)


def test_a_tree_and_the_application_that_needs_it(tmp_path: Path) -> None:
    node = {"version": "4.18.2", "resolved": "https://x.example", "dependencies": {"ms": {"version": "2.0.0"}}}
    reading = read(
        tmp_path, {"version": "1.2.0", "name": "sipd-web", "dependencies": {"express": node, "@vue/core": {"version": "3.4"}}}
    )
    assert (reading.reader, reading.device, reading.skipped, reading.problems) == ("npm-list", "sipd-web", (), ())
    assert reading.entries[["name", "version", "purl", "place"]].to_numpy().tolist() == [
        ["sipd-web", "1.2.0", "pkg:npm/sipd-web@1.2.0", "/"],
        ["express", "4.18.2", "pkg:npm/express@4.18.2", "/dependencies/express"],
        ["ms", "2.0.0", "pkg:npm/ms@2.0.0", "/dependencies/express/dependencies/ms"],
        ["@vue/core", "3.4", "pkg:npm/%40vue/core@3.4", "/dependencies/@vue~1core"],
    ]


@pytest.mark.parametrize(
    "node",
    [{}, {"required": "^1.0.0", "missing": True}, {"required": {"version": "1"}, "peerMissing": True}, {"problems": ["x"]}],
)
def test_what_is_missing_is_not_installed(tmp_path: Path, node: Any) -> None:
    reading = read(tmp_path, {"name": "x", "dependencies": {"a": {"version": "1"}, "fsevents": node}})
    assert [(line.source.locator, line.reason) for line in reading.skipped] == [
        ("/dependencies/fsevents", SkipReason.NOT_INSTALLED)
    ]
    assert list(reading.entries["name"]) == ["x", "a"]


def test_what_is_extraneous_or_invalid_is_there(tmp_path: Path) -> None:
    nodes = {"a": {"version": "1", "extraneous": True, "problems": ["x"]}, "b": {"version": "2", "invalid": "x"}}
    assert list(read(tmp_path, {"dependencies": nodes}).entries["name"]) == ["a", "b"]


def test_packages_for_all_of_a_machine(tmp_path: Path) -> None:
    reading = read(tmp_path, {"name": "lib", "dependencies": {"npm": {"version": "10.2.4", "overridden": False}}})
    assert (reading.device, list(reading.entries["name"])) == (None, ["npm"])
    assert [line.reason for line in reading.skipped] == [SkipReason.DESCRIBES_DEVICE]


def test_long_trees_have_licences(tmp_path: Path) -> None:
    nodes = {
        "a": {"version": "1", "license": "MIT", "author": {"name": "Jane"}, "_id": "a@1"},
        "b": {
            "version": "1",
            "licenses": [{"type": "MIT"}, {"type": "Apache-2.0"}],
            "author": "John <j@x.example>",
            "_id": "b@1",
        },
        "c": {"version": "1", "license": {"type": "ISC"}, "_id": "c@1"},
        "d": {"version": "1", "license": [True, None], "author": True, "_id": "d@1"},
    }
    reading = read(tmp_path, {"name": "x", "description": "y", "_id": "x@", "scripts": {}, "dependencies": nodes})
    assert list(reading.entries["license"]) == ["", "MIT", "MIT OR Apache-2.0", "ISC", ""]
    assert list(reading.entries["publisher"]) == ["", "Jane", "John", "", ""]


def test_pnpm_lists_projects(tmp_path: Path) -> None:
    project = {
        "name": "web",
        "version": "1",
        "path": "/opt/web",
        "private": True,
        "dependencies": {"a": {"from": "a", "version": "2"}},
    }
    reading = read(tmp_path, [{**project, "devDependencies": {"b": {"from": "b", "version": "3"}}}])
    assert (reading.reader, reading.device, list(reading.entries["name"])) == ("npm-list", "web", ["web", "a", "b"])
    assert list(reading.entries["place"]) == ["/0/", "/0/dependencies/a", "/0/devDependencies/b"]


@pytest.mark.parametrize(("wrong", "place"), [(None, "/dependencies/b"), ("1.0", "/dependencies/b"), ([], "/dependencies/b")])
def test_what_is_broken_is_a_problem(tmp_path: Path, wrong: Any, place: str) -> None:
    text = json.dumps({"name": "x", "dependencies": {"a": {"version": "1", "dependencies": {"b": wrong}}, "c": {"version": {}}}})
    reading = read(tmp_path, text)
    assert [problem.source.locator for problem in reading.problems] == [f"/dependencies/a{place}"]
    assert list(reading.entries["name"]) == ["x", "a"]


def test_groups_that_are_no_objects_are_problems(tmp_path: Path) -> None:
    reading = read(tmp_path, {"name": "x", "dependencies": {"a": {"version": "1", "dependencies": ["b"]}}})
    assert [problem.source.locator for problem in reading.problems] == ["/dependencies/a/dependencies"]


def test_deep_trees_are_read(tmp_path: Path) -> None:
    text = '{"name": "x", "dependencies": ' + '{"a": {"version": "1", "dependencies": ' * 200 + "{}" + "}}" * 200 + "}"
    assert len(read(tmp_path, text).entries) == 201


@pytest.mark.parametrize(
    "other",
    [
        {"name": "x", "version": "1", "dependencies": {"express": "^4.0.0"}},
        {"name": "x", "lockfileVersion": 1, "requires": True, "dependencies": {"a": {"version": "1"}}},
        {"version": 1, "dependencies": {"net8.0": {"Newtonsoft.Json": {"type": "Direct", "resolved": "13", "contentHash": "x"}}}},
        {"name": "x", "dependencies": {}},
        {"dependencies": [{"name": "x", "version": "1"}]},
    ],
)
def test_manifests_and_lock_files_are_not_claimed(tmp_path: Path, other: Any) -> None:
    with pytest.raises(UnreadableFile, match="No reader knows"):
        read(tmp_path, other)
