# SPDX-License-Identifier: Apache-2.0
"""pip's JSON: every package of an environment is an entry; other lists of names and versions are not claimed."""

import json
from pathlib import Path
from typing import Any

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))


def read(tmp_path: Path, document: Any, name: str = "daftar.json") -> Reading:
    path = tmp_path / name
    path.write_bytes(json.dumps(document).encode())
    return read_file(path, name, CONTEXT)


def inspected(tmp_path: Path, *metadata: Any) -> Reading:
    installed = [{"metadata": one, "metadata_location": "/x", "installer": "pip", "requested": True} for one in metadata]
    return read(
        tmp_path, {"version": "1", "pip_version": "24.0", "installed": installed, "environment": {"platform_system": "Linux"}}
    )


def test_a_list(tmp_path: Path) -> None:
    reading = read(tmp_path, [{"name": "Django", "version": "4.10"}, {"name": "pip", "version": "24.0"}])
    assert (reading.reader, reading.problems) == ("pip-json", ())
    assert reading.entries[["name", "version", "purl", "place", "position"]].to_numpy().tolist() == [
        ["Django", "4.10", "pkg:pypi/django@4.10", "/", 0],
        ["pip", "24.0", "pkg:pypi/pip@24.0", "/", 1],
    ]


@pytest.mark.parametrize(
    ("packages", "name", "reader"),
    [
        ([{"name": "numpy", "version": "1", "latest_version": "2", "latest_filetype": "wheel"}], "x.json", "pip-json"),
        ([{"name": "simpeg", "version": "1", "editable_project_location": "/opt/simpeg"}], "x.json", "pip-json"),
        ([{"name": "numpy", "version": "1"}], "pip-list.json", "pip-json"),
        ([{"name": "winrar", "version": "6"}], "x.json", "osquery"),
        ([{"name": "Microsoft Office", "version": "16"}, {"name": "pip", "version": "1"}], "pip.json", "osquery"),
    ],
)
def test_names_and_versions_alone_tell_too_little(tmp_path: Path, packages: Any, name: str, reader: str) -> None:
    assert read(tmp_path, packages, name).reader == reader


@pytest.mark.parametrize(
    ("metadata", "license"),
    [
        ({"license_expression": "MIT OR Apache-2.0", "license": "x"}, "MIT OR Apache-2.0"),
        ({"license": "BSD-3-Clause", "classifier": ["License :: OSI Approved :: MIT License"]}, "BSD-3-Clause"),
        (
            {"license": "UNKNOWN\nlong text", "classifier": ["License :: OSI Approved :: MIT License", "Topic :: X"]},
            "MIT License",
        ),
        (
            {"classifier": ["License :: OSI Approved", "License :: OSI Approved :: BSD License", "License :: Public Domain"]},
            "BSD License AND Public Domain",
        ),
        ({"license": "The Licence\nof all things"}, "The Licence"),
        ({"license": ["x"], "classifier": "x"}, ""),
        ({}, ""),
    ],
)
def test_licences_of_an_inspected_environment(tmp_path: Path, metadata: dict[str, Any], license: str) -> None:
    reading = inspected(tmp_path, {"name": "x", "version": "1", "author": "Jane <j@x.example>", **metadata})
    assert (reading.reader, list(reading.entries["license"]), list(reading.entries["publisher"])) == (
        "pip-json",
        [license],
        ["Jane"],
    )
    assert list(reading.entries["place"]) == ["/installed/"]


@pytest.mark.parametrize("wrong", [None, "x", [], {}, {"name": ""}, {"name": ["x"]}])
def test_a_broken_package_is_a_problem_and_the_rest_goes_on(tmp_path: Path, wrong: Any) -> None:
    reading = inspected(tmp_path, {"name": "a"}, wrong, {"name": "b"})
    assert list(reading.entries["name"]) == ["a", "b"]
    assert [problem.source.locator for problem in reading.problems] == ["/installed/1"]


def test_packages_that_are_no_list_are_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path, {"version": "1", "pip_version": "24.0", "installed": {"x": 1}})
    assert [problem.source.locator for problem in reading.problems] == ["/installed"]


def test_other_lists_are_not_claimed(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No reader knows"):
        read(tmp_path, [{"name": "pip", "version": "1", "channel": "conda-forge"}])
