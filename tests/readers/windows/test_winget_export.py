# SPDX-License-Identifier: Apache-2.0
"""winget's export: every package is an entry, its id turned into a name and a publisher."""

import json
from pathlib import Path
from typing import Any

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.readers.windows.winget_export import name_of_id
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
SCHEMA = "https://aka.ms/winget-packages.schema.2.0.json"


def read(tmp_path: Path, document: Any) -> Reading:
    path = tmp_path / "winget.json"
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return read_file(path, "winget.json", CONTEXT)


def packages(tmp_path: Path, *found: Any) -> Reading:
    source = {"Packages": list(found), "SourceDetails": {"Name": "winget", "Identifier": "x"}}
    return read(tmp_path, {"$schema": SCHEMA, "CreationDate": "2026-01-05", "Sources": [source], "WinGetVersion": "1.9"})


def test_fields_of_a_package(tmp_path: Path) -> None:
    reading = packages(
        tmp_path, {"PackageIdentifier": "Google.Chrome", "Version": "120.10"}, {"PackageIdentifier": "9NT1R1C2HH7J"}
    )
    assert (reading.reader, reading.device, reading.problems) == ("winget-export", None, ())
    assert "names and publishers were read out of the ids" in str(reading.notes[0].message)
    assert reading.entries[["name", "version", "publisher", "place", "position"]].to_numpy().tolist() == [
        ["Chrome", "120.10", "Google", "/Sources/0/Packages/", 0],
        ["9NT1R1C2HH7J", "", "", "/Sources/0/Packages/", 1],
    ]


def test_several_sources_and_the_ids_of_the_first_schema(tmp_path: Path) -> None:
    sources = [{"Packages": [{"Id": "Git.Git", "Version": "2"}]}, {"Packages": None}, {"Packages": [{"Id": "XP8BT8DW290MPQ"}]}]
    reading = read(tmp_path, {"$schema": SCHEMA.replace("2.0", "1.0"), "Sources": sources})
    assert list(reading.entries["name"]) == ["Git", "XP8BT8DW290MPQ"]
    assert list(reading.entries["place"]) == ["/Sources/0/Packages/", "/Sources/2/Packages/"]


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("7zip.7zip", ("7zip", "7zip")),
        ("VideoLAN.VLC", ("VLC", "VideoLAN")),
        ("Google.GoogleDrive", ("Google Drive", "Google")),
        ("Oracle.VirtualBox", ("Virtual Box", "Oracle")),
        ("Adobe.Acrobat.Reader.64-bit", ("Acrobat Reader 64-bit", "Adobe")),
        ("Microsoft.DotNet.SDK.8", ("Microsoft .NET SDK 8", "Microsoft")),
        ("Microsoft.VCRedist.2015+.x64", ("VC Redist 2015+ x64", "Microsoft")),
        ("Piriform.CCleaner", ("CCleaner", "Piriform")),
        ("WinSCP.WinSCP", ("WinSCP", "WinSCP")),
        ("AgileBits.1Password", ("1Password", "AgileBits")),
        ("Publisher.", ("Publisher.", "")),
        (".x", (".x", "")),
    ],
)
def test_names_of_ids(id: str, name: tuple[str, str]) -> None:
    assert name_of_id(id) == name


@pytest.mark.parametrize("wrong", [None, "Git.Git", [], {}, {"PackageIdentifier": " "}, {"PackageIdentifier": ["x"]}])
def test_a_broken_package_is_a_problem_and_the_rest_goes_on(tmp_path: Path, wrong: Any) -> None:
    reading = packages(tmp_path, {"PackageIdentifier": "A.B"}, wrong, {"PackageIdentifier": "C.D", "Version": {}})
    assert list(reading.entries["name"]) == ["B", "D"]
    assert [problem.source.locator for problem in reading.problems] == ["/Sources/0/Packages/1"]


@pytest.mark.parametrize(
    ("sources", "place"), [({}, "/Sources"), ([None], "/Sources/0"), ([{"Packages": {"a": 1}}], "/Sources/0/Packages")]
)
def test_broken_sources_are_problems(tmp_path: Path, sources: Any, place: str) -> None:
    reading = read(tmp_path, {"$schema": SCHEMA, "Sources": sources})
    assert [problem.source.locator for problem in reading.problems] == [place]


def test_other_lists_of_ids_are_not_claimed(tmp_path: Path) -> None:
    for other in ([{"package": "Git.Git"}], {"Sources": [{"Name": "x"}]}, {"PackageIdentifier": "Git.Git"}):
        with pytest.raises(UnreadableFile, match="No reader knows"):
            read(tmp_path, other)


@pytest.mark.corpus
def test_the_corpus_is_read_whole(corpus: Path) -> None:
    read_files = 0
    for path in sorted((corpus / "endpoint" / "winget_choco").glob("winget_export_*.json")):
        content = path.read_bytes()
        if content.startswith(b"["):
            continue
        reading = read_file(path, path.name, CONTEXT)
        assert (reading.reader, reading.problems) == ("winget-export", ())
        assert len(reading.entries) == content.count(b'"PackageIdentifier"')
        read_files += 1
    assert read_files >= 7
