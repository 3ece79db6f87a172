# SPDX-License-Identifier: Apache-2.0
"""system_profiler of macOS in JSON, XML and as printed: every application is an entry, and so is the system."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
CHROME = {
    "_name": "Google Chrome",
    "version": "120.0.6099.10",
    "obtained_from": "identified_developer",
    "path": "/Applications/Google Chrome.app",
    "signed_by": ["Developer ID Application: Google LLC (EQHXZ8M8AV)", "Developer ID Certification Authority", "Apple Root CA"],
}
MAIL = {
    "_name": "Mail",
    "version": "16.0",
    "obtained_from": "apple",
    "path": "/System/Applications/Mail.app",
    "signed_by": ["Software Signing"],
}
OVERVIEW = {"_name": "os_overview", "os_version": "macOS 14.10 (23B74)", "local_host_name": "Mac Bidang Humas"}
EXPECTED = [
    ["macOS", "14.10", "Apple Inc."],
    ["Google Chrome", "120.0.6099.10", "Google LLC"],
    ["Mail", "16.0", "Apple Inc. (macOS)"],
]


def read(tmp_path: Path, content: Any, name: str = "mac.json") -> Reading:
    path = tmp_path / name
    if not isinstance(content, bytes):
        content = (content if isinstance(content, str) else json.dumps(content)).encode()
    path.write_bytes(content)
    return read_file(path, name, CONTEXT)


def plist(value: Any) -> str:
    if isinstance(value, dict):
        return "<dict>" + "".join(f"<key>{key}</key>{plist(inner)}" for key, inner in value.items()) + "</dict>"
    if isinstance(value, list):
        return "<array>" + "".join(map(plist, value)) + "</array>"
    return f"<string>{value}</string>"


def xml(*reports: Any) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
        f'"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">{plist(list(reports))}</plist>'
    )


def report(kind: str, *items: Any) -> dict[str, Any]:
    return {"_SPCommandLineArguments": ["-xml"], "_dataType": kind, "_items": list(items)}


TEXT = """Software:

    System Software Overview:

      System Version: macOS 14.10 (23B74)
      Computer Name: Mac Bidang Humas

Applications:

    Google Chrome:

      Version: 120.0.6099.10
      Obtained from: Identified Developer
      Signed by: Developer ID Application: Google LLC (EQHXZ8M8AV), Developer ID Certification Authority, Apple Root CA
      Location: /Applications/Google Chrome.app
      Get Info String: 1.0
    Copyright:
nothing here is an item:

    Mail:

      Version: 16.0
      Obtained from: Apple
      Location: /System/Applications/Mail.app

Hardware:

    Hardware Overview:

      Model Name: MacBook
"""


def rows(reading: Reading) -> list[list[str]]:
    found: list[list[str]] = reading.entries[["name", "version", "publisher"]].to_numpy().tolist()
    return found


def test_json(tmp_path: Path) -> None:
    reading = read(tmp_path, {"SPSoftwareDataType": [OVERVIEW], "SPApplicationsDataType": [CHROME, MAIL]})
    assert (reading.reader, reading.device, reading.problems, reading.notes) == ("system-profiler", "Mac Bidang Humas", (), ())
    assert rows(reading) == EXPECTED
    assert list(reading.entries["place"]) == ["/SPSoftwareDataType/", "/SPApplicationsDataType/", "/SPApplicationsDataType/"]


def test_xml(tmp_path: Path) -> None:
    reading = read(
        tmp_path, xml(report("SPSoftwareDataType", OVERVIEW), report("SPApplicationsDataType", CHROME, MAIL)), "mac.spx"
    )
    assert (reading.reader, reading.device, reading.problems, reading.notes) == ("system-profiler", "Mac Bidang Humas", (), ())
    assert rows(reading) == EXPECTED
    assert list(reading.entries["place"]) == ["/0/_items/", "/1/_items/", "/1/_items/"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_text(tmp_path: Path, encoding: str, ends: str) -> None:
    reading = read(tmp_path, TEXT.replace("\n", ends).encode(encoding), "mac.txt")
    assert (reading.reader, reading.device, reading.problems, reading.notes) == (
        "system-profiler-text",
        "Mac Bidang Humas",
        (),
        (),
    )
    assert rows(reading) == EXPECTED
    assert list(reading.entries["position"]) == [3, 10, 20]


def test_a_report_of_the_system_alone_says_what_to_do(tmp_path: Path) -> None:
    for content, name in (({"SPSoftwareDataType": [OVERVIEW]}, "mac.json"), (TEXT.split("Applications:")[0], "mac.txt")):
        reading = read(tmp_path, content, name)
        assert rows(reading) == EXPECTED[:1]
        assert "SPApplicationsDataType" in str(reading.notes[0].message)


@pytest.mark.parametrize("wrong", [None, "x", [], {}, {"_name": ""}, {"_name": ["x"], "signed_by": 7}])
def test_a_broken_application_is_a_problem_and_the_rest_goes_on(tmp_path: Path, wrong: Any) -> None:
    odd = {"_name": "Odd", "signed_by": {"x": 1}, "obtained_from": [], "path": 3, "version": []}
    reading = read(tmp_path, {"SPApplicationsDataType": [CHROME, wrong, odd]})
    assert list(reading.entries["name"]) == ["Google Chrome", "Odd"]
    assert [problem.source.locator for problem in reading.problems] == ["/SPApplicationsDataType/1"]


def test_cut_off_xml_keeps_what_came_before(tmp_path: Path) -> None:
    whole = xml(report("SPApplicationsDataType", CHROME, MAIL))
    reading = read(tmp_path, whole[: whole.rindex("<key>_name")], "mac.spx")
    assert list(reading.entries["name"])[:1] == ["Google Chrome"]
    assert reading.problems


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = xml(report("SPApplicationsDataType", CHROME)).replace(
        '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
        '<!DOCTYPE plist [<!ENTITY a "aaaa">]>',
    )
    with pytest.raises(UnreadableFile, match="declares entities"):
        read(tmp_path, bomb, "mac.spx")


def test_deeply_nested_property_lists_do_no_harm(tmp_path: Path) -> None:
    start, end = xml(report("SPApplicationsDataType", CHROME, "@")).split("<string>@</string>")
    reading = read(tmp_path, start + "<array>" * 50_000 + "</array>" * 50_000 + end, "mac.spx")
    assert (list(reading.entries["name"]), len(reading.problems)) == (["Google Chrome"], 1)


@pytest.mark.parametrize("other", ["Applications:\nGoogle Chrome\n", "Software:\n\n    Name: x\n", "<plist><array/></plist>"])
def test_other_text_is_not_claimed(tmp_path: Path, other: str) -> None:
    with pytest.raises(UnreadableFile, match="No reader knows"):
        read(tmp_path, other, "mac.bin")


@pytest.mark.corpus
def test_the_corpus_is_read_whole(corpus: Path) -> None:
    lists = sorted((corpus / "endpoint" / "glpi-agent_pkglists").glob("*SPApplicationsDataType*"))
    lists = [path for path in lists if not path.name.endswith("results.txt")]
    for path in lists:
        text = path.read_text()
        is_xml = text.startswith("<?xml")
        # The report itself has a name too.
        expected = text.count("<key>_name</key>") - 1 if is_xml else len(re.findall(r"^ {4}\S.*:\s*$", text, re.MULTILINE))
        reading = read_file(path, path.name, CONTEXT)
        assert (reading.reader, len(reading.entries)) == (f"system-profiler{'' if is_xml else '-text'}", expected), path.name
        assert reading.problems == ()
    assert len(lists) >= 8
