# SPDX-License-Identifier: Apache-2.0
"""GLPI agent's JSON: software, the system, databases and licences of a device; nothing of it vanishes."""

import json
from pathlib import Path
from typing import Any

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers import read_file
from foss_audit.readers.interface import Limits, Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
WINDOWS = {"full_name": "Microsoft Windows 10 Pro", "name": "Windows", "version": "22H2", "kernel_version": "10.0.19045"}


def read(tmp_path: Path, content: Any, limits: Limits = Limits(), **more: Any) -> Reading:  # noqa: B008
    path = tmp_path / "PC-01.json"
    document = {
        "action": "inventory",
        "content": content,
        "deviceid": "PC-01-2026-09-14-08-15-31",
        "itemtype": "Computer",
        **more,
    }
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(document).encode())
    return read_file(path, "PC-01.json", ReadingContext(CONTEXT.vocabulary, limits))


def software(tmp_path: Path, *softwares: Any, **sections: Any) -> Reading:
    return read(tmp_path, {"hardware": {"name": "PC-01"}, "softwares": list(softwares), **sections})


def total(reading: Reading) -> int:
    return len(reading.entries) + len(reading.skipped) + len(reading.problems)


def test_software_and_system_of_a_device(tmp_path: Path) -> None:
    reading = software(
        tmp_path,
        {"name": "7-Zip 24.08 (x64)", "version": "24.08", "publisher": "Igor Pavlov", "from": "registry", "comments": "no name"},
        {"name": "KB5043076", "from": "WMI", "system_category": "security_update"},
        operatingsystem=WINDOWS,
    )
    assert (reading.reader, reading.device, reading.notes, reading.problems) == ("glpi-json", "PC-01", (), ())
    columns = ["name", "version", "publisher", "purl", "place", "position"]
    assert reading.entries[columns].to_numpy().tolist() == [
        ["Microsoft Windows 10 Pro", "22H2", "Microsoft Corporation", "", "/content/operatingsystem", -1],
        ["7-Zip 24.08 (x64)", "24.08", "Igor Pavlov", "", "/content/softwares/", 0],
        ["KB5043076", "", "", "", "/content/softwares/", 1],
    ]


class TestPackages:
    @pytest.mark.parametrize(
        ("source", "system", "purl"),
        [
            ("deb", "Debian GNU/Linux 12 (bookworm)", "pkg:deb/debian/bash@5.2-1"),
            ("deb", "", "pkg:deb/bash@5.2-1"),
            ("rpm", "Fedora 31 (Workstation Edition)", "pkg:rpm/fedora/bash@5.2-1"),
            ("rpm", "Red Hat Enterprise Linux 9.4", "pkg:rpm/redhat/bash@5.2-1"),
            ("pacman", "Manjaro Linux", "pkg:alpm/manjaro/bash@5.2-1"),
            ("snap", "Ubuntu 22.04.3 LTS", ""),
            ("registry", "Microsoft Windows 10 Pro", ""),
        ],
    )
    def test_packages_of_the_system_carry_a_purl(self, tmp_path: Path, source: str, system: str, purl: str) -> None:
        package = {"name": "bash", "version": "5.2-1", "from": source}
        assert software(tmp_path, package, operatingsystem={"full_name": system}).entries["purl"].iloc[-1] == purl

    def test_the_distribution_is_no_publisher_of_a_deb_package(self, tmp_path: Path) -> None:
        found = [{"name": "google-chrome-stable", "from": "deb", "publisher": "Ubuntu"}]
        found += [{"name": "google-chrome-stable", "from": "rpm", "publisher": "Google LLC"}]
        assert list(software(tmp_path, *found).entries["publisher"]) == ["", "Google LLC"]

    def test_an_area_that_is_not_free_is_kept(self, tmp_path: Path) -> None:
        found = [{"name": "unrar", "from": "deb", "system_category": "non-free/utils"}, {"name": "vim", "from": "deb"}]
        assert list(software(tmp_path, *found).entries["license"]) == ["non-free", ""]


class TestSystem:
    @pytest.mark.parametrize(
        ("system", "hardware", "name", "version"),
        [
            (
                {"full_name": "Microsoft Windows 8.1 Pro", "kernel_version": "6.3.9600"},
                {},
                "Microsoft Windows 8.1 Pro",
                "6.3.9600",
            ),
            ({"name": "Fedora", "version": "31"}, {}, "Fedora", "31"),
            ({}, {"osname": "Microsoft Windows 7", "osversion": "6.1.7601"}, "Microsoft Windows 7", "6.1.7601"),
            ({}, {"osname": "Fedora 28", "osversion": "4.18.9-200.fc28.x86_64"}, "Fedora 28", ""),
            ({}, {"osname": "freebsd", "osversion": "10.3-RELEASE"}, "freebsd", "10.3-RELEASE"),
        ],
    )
    def test_the_system_is_an_entry(self, tmp_path: Path, system: Any, hardware: Any, name: str, version: str) -> None:
        reading = read(tmp_path, {"hardware": hardware, "operatingsystem": system, "softwares": []})
        assert tuple(reading.entries.iloc[0][["name", "version"]]) == (name, version)

    def test_the_device_goes_by_its_id_without_the_stamp_where_nothing_names_it(self, tmp_path: Path) -> None:
        assert read(tmp_path, {"softwares": [{"name": "a"}]}).device == "PC-01"
        assert read(tmp_path, {"softwares": [{"name": "a"}]}, deviceid=None).device is None


class TestNameless:
    def test_a_key_of_the_registry_without_a_name_is_blank(self, tmp_path: Path) -> None:
        reading = software(tmp_path, {"name": "AddressBook", "guid": "AddressBook", "from": "registry", "arch": "x86_64"}, {})
        assert [(line.source.locator, line.reason) for line in reading.skipped] == [
            ("/content/softwares/0", SkipReason.BLANK),
            ("/content/softwares/1", SkipReason.BLANK),
        ]

    @pytest.mark.parametrize("more", [{"version": "1"}, {"publisher": "x"}, {"uninstall_string": "x.exe"}])
    def test_a_program_named_as_its_key_is_an_entry(self, tmp_path: Path, more: Any) -> None:
        assert len(software(tmp_path, {"name": "KMSpico", "guid": "KMSpico", **more}).entries) == 1

    @pytest.mark.parametrize("wrong", [None, "7-Zip", 7, [], {"name": ["x"]}, {"version": "1"}, {"guid": "{x}"}, {"name": True}])
    def test_what_cannot_be_read_is_a_problem_and_the_rest_goes_on(self, tmp_path: Path, wrong: Any) -> None:
        reading = software(tmp_path, {"name": "a"}, wrong, {"name": "b"})
        assert list(reading.entries["name"]) == ["a", "b"]
        assert [problem.source.locator for problem in reading.problems] == ["/content/softwares/1"]

    def test_sections_that_are_no_list_are_problems(self, tmp_path: Path) -> None:
        reading = read(tmp_path, {"hardware": [], "operatingsystem": "x", "softwares": {"name": "a"}, "licenseinfos": 3})
        assert {problem.source.locator for problem in reading.problems} == {"/content/softwares", "/content/licenseinfos"}


class TestActivation:
    def activation(self, tmp_path: Path, license: Any, *names: str) -> tuple[list[str], Reading]:
        reading = software(tmp_path, *({"name": name} for name in names), licenseinfos=[license])
        return list(reading.entries["activation"]), reading

    def test_the_key_of_windows_is_masked_at_the_system(self, tmp_path: Path) -> None:
        hardware = {"name": "PC", "winprodkey": "AAAAA-BBBBB-CCCCC-DDDDD-3V66T", "winprodid": "00330-80000-00000-AAOEM"}
        reading = read(tmp_path, {"hardware": hardware, "operatingsystem": WINDOWS, "softwares": [{"name": "a"}]})
        assert list(reading.entries["activation"]) == ["channel=OEM; key=3V66T", ""]
        assert "BBBBB" not in repr(reading)

    @pytest.mark.parametrize(
        ("license", "title", "activation"),
        [
            (
                {"name": "Office 16, Office16ProPlusVL_KMS_Client edition", "fullname": "Office 16, VOLUME_KMSCLIENT channel",
                 "key": "XXXXX-XXXXX-XXXXX-XXXXX-WE9H9"},
                "Microsoft Office Professional Plus 2016", "channel=VOLUME_KMSCLIENT; key=WE9H9",
            ),
            (
                {"name": "Office 21, Office21ProPlus2021VL_MAK_AE edition", "fullname": "x"},
                "Microsoft Office LTSC Professional Plus 2021 - en-us", "channel=VOLUME_MAK",
            ),
            (
                {"name": "Office 19, Office19HomeBusiness2019R_OEM_Perp edition"},
                "Microsoft Office Home and Business 2019 - id-id", "channel=OEM",
            ),
            (
                {"name": "Office 14, OfficeProPlus-KMS_Client edition"},
                "Microsoft Office Professional Plus 2010", "channel=VOLUME_KMSCLIENT",
            ),
            (
                {"name": "Office 16, Office16O365ProPlusR_Subscription1 edition", "fullname": "Office 16, RETAIL channel"},
                "Aplikasi Microsoft 365 untuk perusahaan - id-id", "channel=RETAIL",
            ),
            (
                {"fullname": "Microsoft Office Professional 2010", "oem": 1, "key": "AAAAA-BBBBB-CCCCC-DDDDD-FPR27"},
                "Microsoft Office Professional 2010", "channel=OEM; key=FPR27",
            ),
            ({"fullname": "Acme CAD", "trial": "30"}, "Acme CAD 2024 (x64)", "channel=TRIAL"),
        ],
    )  # fmt: skip
    def test_a_licence_goes_to_its_row(self, tmp_path: Path, license: Any, title: str, activation: str) -> None:
        found, reading = self.activation(tmp_path, license, "7-Zip", title, f"{title} Language Pack", "Microsoft Office Proofing")
        assert (found, reading.notes) == (["", activation, "", ""], ())

    @pytest.mark.parametrize(
        ("license", "title"),
        [
            ({"name": "Microsoft Office"}, "Microsoft Office Professional 2010"),
            ({"name": "Office 16, Office16ProPlusVL_KMS_Client edition"}, "Microsoft Office Professional Plus 2013"),
            ({"name": "Office 16, Office16ProfessionalR_Retail edition"}, "Microsoft Office Professional Plus 2016"),
            ({"fullname": "Adobe Photoshop", "key": "AAAAA-BBBBB-CCCCC-DDDDD-EEEEF"}, "Photoshop"),
        ],
    )
    def test_a_licence_that_fits_nothing_is_a_note_without_its_key(self, tmp_path: Path, license: Any, title: str) -> None:
        found, reading = self.activation(tmp_path, license, title)
        assert found == [""]
        assert [note.source.locator for note in reading.notes] == ["/content/licenseinfos/0"]
        assert "BBBBB" not in repr(reading)

    def test_a_key_of_windows_without_windows_is_a_note(self, tmp_path: Path) -> None:
        reading = read(tmp_path, {"hardware": {"winprodkey": "A-B-C", "winprodid": "1-OEM-2"}, "softwares": [{"name": "a"}]})
        assert [note.source.locator for note in reading.notes] == ["/content/hardware"]


class TestOtherSections:
    def test_databases_count_where_no_software_is_of_them(self, tmp_path: Path) -> None:
        databases = [
            {"name": "PostgreSQL 13", "version": "13.2", "manufacturer": "PostgreSQL"},
            {"name": "Oracle Database", "type": "oracle", "version": "19c", "manufacturer": "Oracle"},
            {"type": "mysql"},
            {},
            7,
        ]
        reading = software(tmp_path, {"name": "postgresql-13", "from": "deb"}, databases_services=databases)
        assert list(reading.entries["name"]) == ["postgresql-13", "Oracle Database", "mysql"]
        assert [note.source.locator for note in reading.notes] == ["/content/databases_services/0"]
        assert len(reading.problems) == 2

    def test_antivirus_is_no_installation(self, tmp_path: Path) -> None:
        found = [{"name": "Windows Defender"}, {"name": "Kaspersky Endpoint Security"}, {"name": "Norton 360"}, 5]
        reading = software(tmp_path, {"name": "Kaspersky Endpoint Security for Windows"}, antivirus=found)
        assert len(reading.entries) == 1
        assert [note.source.locator for note in reading.notes] == ["/content/antivirus/2"]

    def test_gaps_are_told(self, tmp_path: Path) -> None:
        without = read(tmp_path, {"bios": {}, "hardware": {"name": "PC"}}, partial=True)
        assert (len(without.entries), len(without.notes)) == (0, 1)
        assert len(read(tmp_path, {"softwares": [{"name": "a"}], "bios": {}}, partial=True).notes) == 1


class TestHostile:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        document = {"action": "inventory", "content": {"softwares": [{"name": "Müller"}], "bios": {}}}
        assert list(read(tmp_path, json.dumps(document, ensure_ascii=False).encode(encoding)).entries["name"]) == ["Müller"]

    def test_a_cut_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="cut off"):
            read(tmp_path, b'{"action": "inventory", "content": {"hardware": {}, "softwares": [{"name": "a"')

    def test_a_long_name_is_cut(self, tmp_path: Path) -> None:
        reading = software(tmp_path, {"name": "x" * 1_000_000})
        assert (len(reading.entries["name"].iloc[0]), len(reading.notes)) == (100_000, 1)

    def test_numbers_keep_their_digits(self, tmp_path: Path) -> None:
        content = b'{"action": "inventory", "content": {"hardware": {}, "softwares": [{"name": "a", "version": 3.10}]}}'
        assert list(read(tmp_path, content).entries["version"]) == ["3.10"]

    def test_many_licences_and_rows_stay_quick(self, tmp_path: Path) -> None:
        many = [{"name": f"a{'a' * (number % 50)} {number}"} for number in range(20_000)]
        licenses = [{"fullname": f"a{'a' * (number % 50)}"} for number in range(20_000)]
        reading = software(tmp_path, *many, licenseinfos=licenses, databases_services=many, antivirus=many)
        assert len(reading.entries) >= 20_000


class TestRecognition:
    @pytest.mark.parametrize(
        "document",
        [
            {"action": "inventory", "content": {"softwares": []}},
            {"content": {"bios": {}, "hardware": {"description": "x" * 100_000}}, "action": "inventory"},
        ],
    )
    def test_recognised(self, tmp_path: Path, document: Any) -> None:
        assert read(tmp_path, json.dumps(document).encode()).reader == "glpi-json"

    @pytest.mark.parametrize(
        "document",
        [
            {"action": "netinventory", "content": {"network_device": {}, "softwares": [], "hardware": {}}},
            {"content": {"softwares": [{"name": "a"}]}},
            {"action": "inventory", "content": []},
            {"content": "x", "hardware": {}, "softwares": []},
        ],
    )
    def test_not_recognised(self, tmp_path: Path, document: Any) -> None:
        with pytest.raises(UnreadableFile):
            read(tmp_path, json.dumps(document).encode())


@pytest.mark.corpus
def test_corpus_inventories_lose_nothing(corpus: Path) -> None:
    files = sorted((corpus / "endpoint" / "glpi_inventory_format").glob("*.json"))
    assert len(files) == 12
    for path in files:
        content = json.loads(path.read_bytes())["content"]
        reading = read_file(path, path.name, CONTEXT)
        expected = len(content.get("softwares", [])) + len(content.get("databases_services", [])) + ("operatingsystem" in content)
        assert (reading.reader, total(reading), reading.problems) == ("glpi-json", expected, ()), path
        assert reading.device == content["hardware"]["name"]
