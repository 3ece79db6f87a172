# SPDX-License-Identifier: Apache-2.0
"""Trivy's JSON: every package is an entry; a result that lists only vulnerabilities is a problem that says what to do."""

import json
from pathlib import Path
from typing import Any

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))


def read(tmp_path: Path, document: Any) -> Reading:
    path = tmp_path / "trivy.json"
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return read_file(path, "trivy.json", CONTEXT)


def results(tmp_path: Path, *found: Any, name: str = "registry.example/simpeg:2") -> Reading:
    return read(tmp_path, {"SchemaVersion": 2, "ArtifactName": name, "ArtifactType": "container_image", "Results": list(found)})


def of_debian(*packages: Any, **more: Any) -> dict[str, Any]:
    return {"Target": "x (debian 12)", "Class": "os-pkgs", "Type": "debian", "Packages": list(packages), **more}


def test_fields_of_a_package(tmp_path: Path) -> None:
    reading = results(
        tmp_path,
        of_debian(
            {
                "ID": "bash@5.2.15-2", "Name": "bash", "Version": "5.2.15", "Release": "2",
                "Licenses": ["GPL-3.0-or-later", "MIT"],
                "Identifier": {"PURL": "pkg:deb/debian/bash@5.2.15-2?distro=debian-12"}, "Maintainer": "Debian <d@x.example>",
            }
        ),
    )  # fmt: skip
    assert (reading.reader, reading.device, reading.notes, reading.problems) == (
        "trivy-json", "registry.example/simpeg:2", (), (),
    )  # fmt: skip
    assert tuple(reading.entries.iloc[0][["name", "version", "publisher", "license", "purl", "place", "position"]]) == (
        "bash", "5.2.15-2", "Debian", "GPL-3.0-or-later AND MIT", "pkg:deb/debian/bash@5.2.15-2?distro=debian-12",
        "/Results/0/Packages/", 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("type", "package", "purl"),
    [
        ("debian", {"Name": "bash", "Version": "5", "Release": "2", "Epoch": 1}, "pkg:deb/debian/bash@1:5-2"),
        ("npm", {"Name": "@angular/core", "Version": "17.0.0"}, "pkg:npm/%40angular/core@17.0.0"),
        ("pom", {"Name": "org.apache:log4j", "Version": "2"}, "pkg:maven/org.apache/log4j@2"),
        ("alpine", {"Name": "musl", "Version": "1.2-r3", "Epoch": 0}, "pkg:apk/alpine/musl@1.2-r3"),
        ("terraform", {"Name": "x", "Version": "1"}, ""),
        ("debian", {"Name": "old", "Version": "1", "Ref": "pkg:deb/debian/old@1"}, "pkg:deb/debian/old@1"),
    ],
)
def test_package_urls_of_old_reports(tmp_path: Path, type: str, package: dict[str, Any], purl: str) -> None:
    reading = results(tmp_path, {"Target": "x", "Class": "lang-pkgs", "Type": type, "Packages": [package]})
    assert list(reading.entries["purl"]) == [purl]


def test_licence_results_tell_licences_of_packages_without_one(tmp_path: Path) -> None:
    reading = results(
        tmp_path,
        of_debian({"Name": "bash", "Version": "5"}, {"Name": "zlib1g", "Version": "1", "Licenses": ["Zlib"]}),
        {"Target": "package-lock.json", "Class": "lang-pkgs", "Type": "npm", "Packages": [{"Name": "bash", "Version": "1"}]},
        {
            "Target": "OS Packages",
            "Class": "license",
            "Licenses": [
                {"PkgName": "bash", "Name": "GPL-3.0-or-later"},
                {"PkgName": "zlib1g", "Name": "GPL-1.0"},
                {"PkgName": ["x"], "Name": None},
                None,
            ],
        },
        {"Target": "Loose File License(s)", "Class": "license-file", "Licenses": [{"FilePath": "/LICENSE", "Name": "MIT"}]},
    )
    assert list(reading.entries["license"]) == ["GPL-3.0-or-later", "Zlib", ""]
    assert reading.problems == ()


def test_a_licence_given_as_text_goes_by_its_first_line(tmp_path: Path) -> None:
    narrow = "text://MIT License\n\nfor non-commercial use only"
    packages = [
        {"Name": "x", "Licenses": ["text://Custom licence\nDo what you like"]},
        {"Name": "y", "Licenses": [narrow]},
        {"Name": "z", "Licenses": ["MIT", "", {"x": 1}]},
    ]
    reading = results(tmp_path, of_debian(*packages))
    assert list(reading.entries["license"]) == ["Custom licence", "MIT License AND NOASSERTION", "MIT AND NOASSERTION"]


class TestNoPackages:
    def test_vulnerabilities_alone_are_no_inventory(self, tmp_path: Path) -> None:
        vulnerable = {"Target": "x (debian 12)", "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": [{"PkgName": "bash"}]}
        reading = results(tmp_path, vulnerable, of_debian({"Name": "zlib"}))
        assert list(reading.entries["name"]) == ["zlib"]
        assert [problem.source.locator for problem in reading.problems] == ["/Results/0"]
        assert "--list-all-pkgs" in str(reading.problems[0].message)

    @pytest.mark.parametrize("more", [(), ({"Target": "Dockerfile", "Class": "config", "Misconfigurations": []},)])
    def test_a_report_of_something_else_is_a_problem(self, tmp_path: Path, more: tuple[Any, ...]) -> None:
        reading = results(tmp_path, *more)
        assert (len(reading.entries), [problem.source.locator for problem in reading.problems]) == (0, ["/Results"])

    def test_an_empty_result_beside_full_ones_is_just_empty(self, tmp_path: Path) -> None:
        reading = results(
            tmp_path, of_debian({"Name": "zlib"}), {"Target": "Pipfile.lock", "Class": "lang-pkgs", "Type": "pipenv"}
        )
        assert (len(reading.entries), reading.problems) == (1, ())

    def test_the_list_of_results_of_old_versions(self, tmp_path: Path) -> None:
        old = [{"Target": "alpine:3.9 (alpine 3.9)", "Type": "alpine", "Vulnerabilities": None, "Packages": [{"Name": "musl"}]}]
        reading = read(tmp_path, old)
        assert (reading.reader, reading.device, list(reading.entries["place"])) == ("trivy-json", None, ["/0/Packages/"])
        del old[0]["Packages"]
        assert [problem.source.locator for problem in read(tmp_path, old).problems] == ["/0"]


@pytest.mark.parametrize("name", [".", "/", ""])
def test_a_scan_of_everything_names_no_device(tmp_path: Path, name: str) -> None:
    assert results(tmp_path, of_debian({"Name": "x"}), name=name).device is None


@pytest.mark.parametrize("wrong", [None, "zlib", 17, [], {}, {"Name": ""}, {"Name": ["x"]}])
def test_a_broken_package_is_a_problem_and_the_rest_goes_on(tmp_path: Path, wrong: Any) -> None:
    reading = results(tmp_path, of_debian({"Name": "a"}, wrong, {"Name": "b", "Version": {}, "Licenses": {}, "Identifier": 1}))
    assert list(reading.entries["name"]) == ["a", "b"]
    assert [problem.source.locator for problem in reading.problems] == ["/Results/0/Packages/1"]


@pytest.mark.parametrize(
    ("found", "place"),
    [({"x": 1}, "/Results"), ([None, 3], "/Results/0"), ([{"Class": "os-pkgs", "Packages": {"a": 1}}], "/Results/0/Packages")],
)
def test_broken_results_are_problems(tmp_path: Path, found: Any, place: str) -> None:
    reading = read(tmp_path, {"SchemaVersion": 2, "ArtifactName": "x", "Results": found})
    assert reading.problems[0].source.locator == place


def test_other_lists_are_not_claimed(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No reader knows"):
        read(tmp_path, [{"Target": "C:\\x.exe", "Shortcut": "x.lnk"}])


@pytest.mark.corpus
def test_the_corpus_is_read_whole(corpus: Path) -> None:
    read_files = packages = 0
    for path in sorted((corpus / "sbom" / "trivy_fixtures").iterdir()):
        document = json.loads(path.read_bytes())
        if "ArtifactName" not in document:
            continue
        reading = read_file(path, path.name, CONTEXT)
        assert reading.reader == "trivy-json"
        listed = [package for result in document.get("Results", []) for package in result.get("Packages", [])]
        assert len(reading.entries) == len(listed), path.name
        assert bool(reading.problems) == (not listed), path.name
        assert set(reading.entries["purl"]) <= {package.get("Identifier", {}).get("PURL", "") for package in listed}
        read_files, packages = read_files + 1, packages + len(listed)
    assert read_files >= 75
    assert packages >= 70
