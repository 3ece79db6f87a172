# SPDX-License-Identifier: Apache-2.0
"""ConvertTo-Json: every object is an entry, skipped, or a problem."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers.interface import Reading

SEVEN_ZIP = {"DisplayName": "7-Zip 22.01 (x64)", "DisplayVersion": "22.01", "Publisher": "Igor Pavlov"}


def rows(reading: Reading) -> list[tuple[str, ...]]:
    entries = reading.entries
    columns = (entries[name] for name in ("name", "version", "publisher"))
    places = (place if at < 0 else f"{place}{at}" for place, at in zip(entries["place"], entries["position"], strict=True))
    return [tuple(row) for row in zip(*columns, places, strict=True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list(read: Callable[..., Reading], encoding: str) -> None:
    text = json.dumps([SEVEN_ZIP, {"DisplayName": None, "DisplayVersion": None, "Publisher": None}], indent=4)
    reading = read(text, "PC01.json", encoding)
    assert reading.reader == "powershell-json"
    assert rows(reading) == [("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov", "/0")]
    assert [(one.reason, one.source.locator) for one in reading.skipped] == [(SkipReason.BLANK, "/1")]


def test_one_object_and_a_list_that_was_given_whole(read: Callable[..., Reading]) -> None:
    assert rows(read(json.dumps(SEVEN_ZIP), "PC01.json")) == [("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov", "")]
    wrapped = json.dumps({"value": [SEVEN_ZIP, {**SEVEN_ZIP, "DisplayName": "GIMP"}], "Count": 2})
    assert [row[0] for row in rows(read(wrapped, "PC01.json"))] == ["7-Zip 22.01 (x64)", "GIMP"]


def test_other_classes(read: Callable[..., Reading]) -> None:
    objects = [
        {
            "Name": "Java 8 Update 381",
            "Vendor": "Oracle Corporation",
            "Version": {"Major": 8, "Minor": 0, "Build": 10, "Revision": -1},
        },
        {
            "Name": "Microsoft.ZuneMusic",
            "Publisher": "CN=Microsoft Corporation, O=Microsoft Corporation",
            "PackageFullName": "Microsoft.ZuneMusic_11_x64__8wekyb3d8bbwe",
            "Version": "11.2305.4.0",
            "Status": 0,
        },
        {"Caption": "Microsoft Windows 11 Pro", "Version": "10.0.22631", "CSName": "DISNAKER-PC03", "OSArchitecture": "64-bit"},
    ]
    reading = read(json.dumps(objects), "PC01.json")
    assert [row[:3] for row in rows(reading)] == [
        ("Java 8 Update 381", "8.0.10", "Oracle Corporation"),
        ("Microsoft.ZuneMusic", "11.2305.4.0", "Microsoft Corporation"),
        ("Microsoft Windows 11 Pro", "10.0.22631", ""),
    ]
    assert list(reading.entries["device"]) == ["", "", "DISNAKER-PC03"]


def test_activation(read: Callable[..., Reading]) -> None:
    products = [
        {
            "Name": "Office 16, Office16ProPlusVL_KMS_Client edition",
            "Description": "Office 16, VOLUME_KMSCLIENT channel",
            "PartialProductKey": "WFG99",
            "LicenseStatus": 2,
            "KeyManagementServiceMachine": "",
            "DiscoveredKeyManagementServiceMachineName": "kms.contoh.go.id",
            "DiscoveredKeyManagementServiceMachinePort": 1688,
        },
        {"Name": "Office 16, Office16ProPlusR_Trial edition", "PartialProductKey": None, "LicenseStatus": 0},
    ]
    reading = read(json.dumps(products), "PC01.json")
    assert list(reading.entries["activation"]) == [
        "status=grace; channel=VOLUME_KMSCLIENT; server=kms.contoh.go.id:1688; key=WFG99"
    ]
    assert [(one.reason, one.source.locator) for one in reading.skipped] == [(SkipReason.NOT_INSTALLED, "/1")]


@pytest.mark.parametrize("broken", [7, "text", None, [], {"Foo": 1}, {"DisplayName": ["a"]}, {"DisplayName": {"a": "b"}}])
def test_what_is_no_software_is_a_problem_in_its_place(read: Callable[..., Reading], broken: Any) -> None:
    reading = read(json.dumps([SEVEN_ZIP, broken]), "PC01.json")
    assert len(reading.entries) == 1
    assert [one.source.locator for one in reading.problems] == ["/1"]


def test_what_stands_before_the_damage_is_kept_and_the_damage_is_a_problem(read: Callable[..., Reading]) -> None:
    reading = read(json.dumps([SEVEN_ZIP, SEVEN_ZIP])[:-20], "PC01.json")
    assert rows(reading)[0] == ("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov", "/0")
    assert "damaged" in str(reading.problems[0].message)


def test_damage_at_the_beginning_is_refused(read: Callable[..., Reading]) -> None:
    with pytest.raises(UnreadableFile):
        read('[{"DisplayName": "7-Zip", "DisplayVersion": 1', "PC01.json")


@pytest.mark.parametrize(
    "document",
    [
        [{"name": "7-Zip", "version": "22.01", "publisher": "Igor Pavlov"}],
        [{"Name": "wuauserv", "DisplayName": "Windows Update", "Status": 4}],
        {"$schema": "https://aka.ms/winget-packages.schema.2.0.json", "Sources": []},
        {"bomFormat": "CycloneDX", "components": [{"name": "DisplayName"}]},
        [],
    ],
)
def test_other_json_is_not_claimed(read: Callable[..., Reading], document: Any) -> None:
    try:
        assert read(json.dumps(document), "PC01.json").reader != "powershell-json"
    except UnreadableFile as error:
        assert "No reader" in str(error)
