# SPDX-License-Identifier: Apache-2.0
"""osquery's results as JSON and as text: rows of software are entries, what is gone is not installed, machines are named."""

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
PROGRAM = {
    "name": "7-Zip 22.01 (x64)",
    "version": "22.01",
    "install_location": "C:\\Program Files\\7-Zip\\",
    "install_source": "",
    "language": "",
    "publisher": "Igor Pavlov",
    "uninstall_string": "x",
    "install_date": "",
    "identifying_number": "",
}
BASH = {
    "name": "bash",
    "version": "5.2.15-2",
    "revision": "2",
    "status": "install ok installed",
    "maintainer": "Matthias <m@x.example>",
}
UBUNTU = {"name": "Ubuntu", "version": "22.04.3 LTS (Jammy Jellyfish)", "major": "22", "minor": "4", "platform": "ubuntu"}
MACHINE = {"hostname": "srv-simpeg", "computer_name": "SRV-SIMPEG", "cpu_brand": "x", "uuid": "1"}


def read(tmp_path: Path, document: Any, name: str = "hasil.json") -> Reading:
    path = tmp_path / name
    if not isinstance(document, bytes):
        document = (document if isinstance(document, str) else json.dumps(document)).encode()
    path.write_bytes(document)
    return read_file(path, name, CONTEXT)


def log(tmp_path: Path, *lines: Any) -> Reading:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return read(tmp_path, "\n".join(texts) + "\n", "osqueryd.results.log")


def change(action: str, row: Any, host: str = "A", query: str = "pack_it_deb_packages") -> dict[str, Any]:
    return {"name": query, "hostIdentifier": host, "calendarTime": "x", "columns": row, "action": action}


def snapshot(*rows: Any, host: str = "A", query: str = "programs") -> dict[str, Any]:
    return {"name": query, "hostIdentifier": host, "action": "snapshot", "snapshot": list(rows)}


def locators(reading: Reading) -> list[str]:
    return [skipped.source.locator for skipped in reading.skipped]


class TestOneTable:
    def test_programs(self, tmp_path: Path) -> None:
        text = "[\n  " + ",\n  ".join(map(json.dumps, (PROGRAM, {**PROGRAM, "name": "", "version": ""}))) + "\n]\n"
        reading = read(tmp_path, text)
        assert (reading.reader, reading.device, locators(reading)) == ("osquery", None, ["/1"])
        assert reading.skipped[0].reason is SkipReason.BLANK
        assert tuple(reading.entries.iloc[0][["name", "version", "publisher", "purl", "place", "position"]]) == (
            "7-Zip 22.01 (x64)",
            "22.01",
            "Igor Pavlov",
            "",
            "/",
            0,
        )

    @pytest.mark.parametrize(
        ("row", "name", "version", "publisher", "license", "purl"),
        [
            (BASH, "bash", "5.2.15-2", "Matthias", "", "pkg:deb/bash@5.2.15-2"),
            (
                {"name": "bash", "version": "5.1.8", "release": "6.el9", "epoch": "0", "vendor": "AlmaLinux", "sha1": "a"},
                "bash",
                "5.1.8-6.el9",
                "AlmaLinux",
                "",
                "pkg:rpm/bash@5.1.8-6.el9",
            ),
            (
                {"name": "bind", "version": "9", "release": "1", "epoch": "32", "package_group": "x"},
                "bind",
                "32:9-1",
                "",
                "",
                "pkg:rpm/bind@32:9-1",
            ),
            (
                {
                    "name": "Google Chrome.app",
                    "bundle_identifier": "com.google.Chrome",
                    "bundle_short_version": "120.0",
                    "bundle_version": "6",
                },
                "Google Chrome",
                "120.0",
                "",
                "",
                "",
            ),
            (
                {
                    "name": "AirPlayUIAgent.app",
                    "bundle_identifier": "com.apple.AirPlayUIAgent",
                    "bundle_version": "2",
                    "path": "/System/Library/CoreServices/AirPlayUIAgent.app",
                },
                "AirPlayUIAgent",
                "2",
                "Apple Inc. (macOS)",
                "",
                "",
            ),
            (
                {"name": "Mail.app", "bundle_identifier": "com.apple.mail", "bundle_version": "6"},
                "Mail",
                "6",
                "Apple Inc.",
                "",
                "",
            ),
            (
                {
                    "name": "Django",
                    "version": "4.2",
                    "summary": "x",
                    "author": "DSF",
                    "license": "BSD-3-Clause",
                    "path": "/x",
                    "directory": "/",
                },
                "Django",
                "4.2",
                "DSF",
                "BSD-3-Clause",
                "pkg:pypi/django@4.2",
            ),
            (
                {"name": "@angular/core", "version": "17", "license": "MIT", "homepage": "x", "path": "/x/node_modules"},
                "@angular/core",
                "17",
                "",
                "MIT",
                "pkg:npm/%40angular/core@17",
            ),
            (
                {
                    "name": "Vim",
                    "version": "9",
                    "summary": "x",
                    "author": "y",
                    "license": "z",
                    "path": "C:\\ProgramData\\chocolatey\\x",
                },
                "Vim",
                "9",
                "y",
                "z",
                "pkg:chocolatey/Vim@9",
            ),
            (
                {"name": "wget", "version": "1.2", "path": "/opt/homebrew/Cellar/wget", "prefix": "/opt"},
                "wget",
                "1.2",
                "",
                "",
                "pkg:brew/wget@1.2",
            ),
            ({"package": "app-editors/vim", "version": "9", "slot": "0"}, "vim", "9", "", "", "pkg:ebuild/app-editors/vim@9"),
            (
                {"name": "uBlock", "version": "1", "identifier": "x", "update_url": "y", "author": "R. Hill"},
                "uBlock",
                "1",
                "R. Hill",
                "",
                "",
            ),
            ({"name": "uBlock", "version": "1", "creator": "R. Hill", "autoupdate": "1"}, "uBlock", "1", "R. Hill", "", ""),
        ],
    )
    def test_columns_tell_the_table(
        self, tmp_path: Path, row: dict[str, str], name: str, version: str, publisher: str, license: str, purl: str
    ) -> None:
        reading = read(tmp_path, [row])
        assert reading.reader == "osquery"
        found = reading.entries.iloc[0]
        assert tuple(found[["name", "version", "publisher", "license", "purl"]]) == (name, version, publisher, license, purl)

    def test_removed_packages_are_not_installed(self, tmp_path: Path) -> None:
        reading = read(tmp_path, [BASH, {**BASH, "name": "old", "status": "deinstall ok config-files"}])
        assert [(line.source.locator, line.reason) for line in reading.skipped] == [("/1", SkipReason.NOT_INSTALLED)]
        assert list(reading.entries["name"]) == ["bash"]

    def test_rows_of_several_machines(self, tmp_path: Path) -> None:
        reading = read(tmp_path, [{**PROGRAM, "hostname": "PC-01"}, {**PROGRAM, "hostname": "PC-02"}])
        assert (reading.device, list(reading.entries["device"])) == (None, ["PC-01", "PC-02"])
        assert read(tmp_path, [{**PROGRAM, "hostname": "PC-01"}] * 2).device == "PC-01"

    def test_names_and_versions_of_a_query_of_ones_own(self, tmp_path: Path) -> None:
        reading = read(tmp_path, [{"name": "Microsoft Office Standard 2019", "version": "16.0"}])
        assert (reading.reader, list(reading.entries["purl"])) == ("osquery", [""])


class TestSeveralTables:
    def test_the_system_and_its_packages(self, tmp_path: Path) -> None:
        reading = read(
            tmp_path, {"os_version": [UBUNTU], "system_info": [MACHINE], "deb_packages": [BASH], "users": [{"uid": "0"}]}
        )
        assert reading.device == "SRV-SIMPEG"
        assert list(reading.entries["name"]) == ["Ubuntu", "bash"]
        assert list(reading.entries["purl"]) == ["", "pkg:deb/ubuntu/bash@5.2.15-2"]
        assert list(reading.entries["place"]) == ["/os_version/", "/deb_packages/"]
        assert [str(note.message) for note in reading.notes] == [
            "These tables list no software in a form that is known, and were left out: users."
        ]

    def test_windows_is_microsofts(self, tmp_path: Path) -> None:
        system = {"name": "Microsoft Windows 10 Pro", "version": "10.0.19045", "major": "10", "platform": "windows"}
        reading = read(tmp_path, {"programs": [PROGRAM], "os_version": [system]})
        assert list(reading.entries["publisher"]) == ["Igor Pavlov", "Microsoft Corporation"]

    def test_what_is_broken_is_a_problem(self, tmp_path: Path) -> None:
        reading = read(
            tmp_path, {"programs": [PROGRAM, None, "x", {"name": ["x"], "version": "1"}], "deb_packages": {"name": "x"}}
        )
        assert [problem.source.locator for problem in reading.problems] == ["/programs/1", "/programs/2", "/deb_packages"]
        assert (len(reading.entries), locators(reading)) == (1, ["/programs/3"])


class TestLogs:
    def test_what_came_and_went(self, tmp_path: Path) -> None:
        newer = {**BASH, "version": "5.2.15-3"}
        reading = log(tmp_path, change("added", BASH), change("removed", BASH), change("added", newer))
        assert (reading.reader, reading.device, list(reading.entries["version"])) == ("osquery", "A", ["5.2.15-3"])
        assert (locators(reading), list(reading.entries["place"]), list(reading.entries["position"])) == (
            ["A1", "A2"],
            ["A"],
            [3],
        )

    def test_what_the_latest_snapshot_no_longer_has_is_gone(self, tmp_path: Path) -> None:
        other = {**PROGRAM, "name": "WinRAR 6.02"}
        reading = log(tmp_path, snapshot(PROGRAM, other), snapshot(other), snapshot(PROGRAM, host="B"))
        assert list(reading.entries["name"]) == ["WinRAR 6.02", "WinRAR 6.02", "7-Zip 22.01 (x64)"]
        assert list(reading.entries["device"]) == ["A", "A", "B"]
        assert locators(reading) == ["A1/snapshot/0"]

    def test_all_changes_at_a_time(self, tmp_path: Path) -> None:
        line = {
            "name": "deb_packages",
            "hostIdentifier": "A",
            "diffResults": {"added": [BASH], "removed": [{**BASH, "version": "4"}]},
        }
        reading = log(tmp_path, line)
        assert (len(reading.entries), locators(reading)) == (1, ["/diffResults/removed/0"])

    def test_machines_go_by_their_name_where_it_is_known(self, tmp_path: Path) -> None:
        decorated = {**change("added", BASH, host="uuid-1"), "decorations": {"hostname": "srv-1"}}
        system = change("added", MACHINE, host="uuid-2", query="system_info")
        reading = log(tmp_path, decorated, change("added", BASH, host="uuid-2"), system, change("added", BASH, host="uuid-3"))
        assert list(reading.entries["device"]) == ["srv-1", "SRV-SIMPEG", "uuid-3"]

    def test_the_distribution_of_each_machine(self, tmp_path: Path) -> None:
        reading = log(
            tmp_path, change("added", BASH), change("added", UBUNTU, query="os_version"), change("added", BASH, host="B")
        )
        assert list(reading.entries["purl"]) == ["pkg:deb/ubuntu/bash@5.2.15-2", "", "pkg:deb/bash@5.2.15-2"]

    def test_a_damaged_line_takes_no_other_with_it(self, tmp_path: Path) -> None:
        reading = log(tmp_path, change("added", BASH), '{"name": "deb_pack', change("added", None), '"x"')
        assert len(reading.entries) == 1
        assert sorted(problem.source.locator for problem in reading.problems) == ["A2", "A3", "A4"]

    def test_other_queries_are_left_out(self, tmp_path: Path) -> None:
        reading = log(tmp_path, change("added", BASH), change("added", {"pid": "1", "path": "/x"}, query="processes"))
        assert (len(reading.entries), reading.problems, reading.skipped) == (1, (), ())
        assert "left out: processes" in str(reading.notes[0].message)


class TestFleet:
    def test_results_of_a_live_query(self, tmp_path: Path) -> None:
        rows = [
            {"host_id": "1", "host_name": "PC-01", "columns": PROGRAM},
            {"host_id": "2", "host_name": "PC-02", "columns": PROGRAM},
        ]
        reading = read(tmp_path, {"query_id": "1", "results": rows})
        assert list(reading.entries["device"]) == ["PC-01", "PC-02"]

    def test_a_machine_with_its_software(self, tmp_path: Path) -> None:
        host = {
            "hostname": "srv",
            "computer_name": "SRV",
            "osquery_version": "5.9",
            "os_version": "Ubuntu 22.04",
            "platform": "ubuntu",
            "software": [
                {"id": "1", "name": "bash", "version": "5.2", "source": "deb_packages"},
                {"name": "x", "version": "1", "source": "programs"},
            ],
        }
        reading = read(tmp_path, {"host": host})
        assert (reading.device, list(reading.entries["name"])) == ("SRV", ["Ubuntu 22.04", "bash", "x"])
        assert list(reading.entries["purl"]) == ["", "pkg:deb/ubuntu/bash@5.2", ""]


@pytest.mark.parametrize(
    "other",
    [
        [{"name": "x", "description": "y"}],
        [{"id": 1, "name": "x", "version": "1"}],
        {"programs": [{"title": "TV show"}]},
        {"apps": "x"},
        [{"pid": "1", "name": "init", "path": "/sbin/init"}],
        [1, 2],
        {},
    ],
)
def test_other_json_is_not_claimed(tmp_path: Path, other: Any) -> None:
    with pytest.raises(UnreadableFile, match="No reader knows"):
        read(tmp_path, other, "lain.bin")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert len(read(tmp_path, json.dumps([PROGRAM], ensure_ascii=False).encode(encoding)).entries) == 1


class TestText:
    HEADING = "name|version|source|size|arch|revision|status|maintainer|section|priority|admindir"

    def test_packages(self, tmp_path: Path) -> None:
        lines = (
            self.HEADING,
            'adduser|3.134||649|all||"install ok installed"|"Debian Adduser <a@x.example>"|admin|important|/var/lib/dpkg',
            'old|1||0|amd64||"deinstall ok config-files"|X|||',
            "torn|1",
            "",
        )
        reading = read(tmp_path, "\r\n".join(lines), "paket.csv")
        assert (reading.reader, locators(reading)) == ("osquery-csv", ["A3"])
        assert [problem.source.locator for problem in reading.problems] == ["A4"]
        assert tuple(reading.entries.iloc[0][["name", "version", "publisher", "purl", "place", "position"]]) == (
            "adduser",
            "3.134",
            "Debian Adduser",
            "pkg:deb/adduser@3.134",
            "A",
            2,
        )

    def test_a_text_of_several_lines_and_an_open_quotation_mark(self, tmp_path: Path) -> None:
        text = (
            'name,version,summary,author,license,path,directory\na,1,"x\ny",,,/p,/d\nb,2,"never closed,,,/p,/d\nc,3,x,,,/p,/d\n'
        )
        reading = read(tmp_path, text, "paket.csv")
        assert list(reading.entries["name"]) == ["a", "c"]
        assert [problem.source.locator for problem in reading.problems] == ["A4"]

    def test_a_cell_of_many_megabytes(self, tmp_path: Path) -> None:
        text = f"name,version,revision\na,1,{'x' * 1_000_000}\nb,2,x\n"
        assert list(read(tmp_path, text, "paket.csv").entries["name"]) == ["a", "b"]

    @pytest.mark.parametrize(
        "heading", ["name|version|install_location|publisher|identifying_number", "name,version,revision,Keterangan"]
    )
    def test_ordinary_tables_are_left_to_their_reader(self, tmp_path: Path, heading: str) -> None:
        assert read(tmp_path, f"{heading}\na,1,2,3\n", "paket.csv").reader == "delimited"
