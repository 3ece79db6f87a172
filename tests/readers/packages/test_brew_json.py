# SPDX-License-Identifier: Apache-2.0
"""Homebrew's JSON: every installed version of a formula and every installed cask is an entry."""

import json
from pathlib import Path
from typing import Any

import pytest

from foss_audit.model import SkipReason
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
FORMULA = {
    "name": "wget",
    "full_name": "wget",
    "tap": "homebrew/core",
    "license": "GPL-3.0-or-later",
    "versions": {"stable": "2"},
}
CASK = {
    "token": "google-chrome",
    "full_token": "google-chrome",
    "name": ["Google Chrome"],
    "version": "121",
    "installed": "120.10",
}


def read(tmp_path: Path, document: Any) -> Reading:
    path = tmp_path / "brew.json"
    path.write_bytes(json.dumps(document).encode())
    return read_file(path, "brew.json", CONTEXT)


def brewed(tmp_path: Path, formulae: Any = (), casks: Any = ()) -> Reading:
    return read(tmp_path, {"formulae": formulae, "casks": casks})


def test_formulae_and_casks(tmp_path: Path) -> None:
    reading = brewed(tmp_path, [{**FORMULA, "installed": [{"version": "1.21"}, {"version": "1.20"}]}], [CASK])
    assert (reading.reader, reading.problems) == ("brew-json", ())
    assert reading.entries[["name", "version", "license", "purl", "place", "position"]].to_numpy().tolist() == [
        ["wget", "1.21", "GPL-3.0-or-later", "pkg:brew/wget@1.21", "/formulae/", 0],
        ["wget", "1.20", "GPL-3.0-or-later", "pkg:brew/wget@1.20", "/formulae/", 0],
        ["Google Chrome", "120.10", "", "pkg:brew/google-chrome@120.10", "/casks/", 0],
    ]


def test_what_is_only_known_is_not_installed(tmp_path: Path) -> None:
    reading = brewed(tmp_path, [{**FORMULA, "installed": []}], [{**CASK, "installed": None}])
    assert (len(reading.entries), [line.reason for line in reading.skipped]) == (0, [SkipReason.NOT_INSTALLED] * 2)


def test_the_list_of_old_versions(tmp_path: Path) -> None:
    reading = read(tmp_path, [{**FORMULA, "linked_keg": "1", "installed": [{"version": "1"}]}])
    assert (reading.reader, list(reading.entries["place"])) == ("brew-json", ["/"])


@pytest.mark.parametrize("wrong", [None, "x", [], {}, {"name": ["x"], "installed": [{"version": "1"}]}])
def test_a_broken_package_is_a_problem_and_the_rest_goes_on(tmp_path: Path, wrong: Any) -> None:
    good = {**FORMULA, "installed": [{"version": 1}, None]}
    reading = brewed(tmp_path, [good, wrong], [{**CASK, "name": {"x": 1}}])
    assert list(reading.entries["name"]) == ["wget", "wget", "google-chrome"]
    assert [problem.source.locator for problem in reading.problems] == ["/formulae/1"]


def test_groups_that_are_no_lists_are_problems(tmp_path: Path) -> None:
    assert [problem.source.locator for problem in brewed(tmp_path, {"x": 1}, "y").problems] == ["/formulae", "/casks"]
