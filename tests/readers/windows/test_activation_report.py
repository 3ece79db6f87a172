# SPDX-License-Identifier: Apache-2.0
"""Reports of slmgr.vbs and ospp.vbs: a product whose key is installed is an entry, the others are not installed."""

from collections.abc import Callable

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers.interface import Reading

SLMGR = """Software licensing service version: 10.0.19041.2728

Name: Windows(R), Professional edition
Description: Windows(R) Operating System, VOLUME_KMSCLIENT channel
Activation ID: 2de67392-b7a7-462a-b1ca-108dd189f588
Application ID: 55c92734-d682-4d71-983e-d6ec3f16059f
Extended PID: 03612-03311-000-000001-03-1057-19045.0000-0012026
Product Key Channel: Volume:GVLK
Installation ID: 012345678901234567890123456789012345678901234567890123456789012
Partial Product Key: 3V66T
License Status: Licensed
Volume activation expiration: 259200 minute(s) (180 day(s))

Most recent activation information:
Key Management Service client information
    Client Machine ID (CMID): 11111111-2222-3333-4444-555555555555
    Registered KMS machine name: kms.contoh.go.id:1688
    KMS machine IP address: not available
"""
OSPP = """---Processing--------------------------
---------------------------------------
PRODUCT ID: 00339-10000-00000-AA123
SKU ID: d450596f-894d-49e0-966a-fd39ed4c4c64
LICENSE NAME: Office 16, Office16ProPlusVL_MAK edition
LICENSE DESCRIPTION: Office 16, RETAIL(MAK) channel
BETA EXPIRATION: 01/01/1601
LICENSE STATUS:  ---OOB_GRACE---
ERROR CODE: 0x4004F00C
REMAINING GRACE: 25 days  (36120 minute(s) before expiring)
Last 5 characters of installed product key: WFG99
\tDNS auto-discovery: KMS name not available
\tKMS machine registry override defined: 10.10.1.5:1688
---------------------------------------
SKU ID: aaaaaaaa-894d-49e0-966a-fd39ed4c4c64
LICENSE NAME: Office 16, Office16ProPlusR_Grace edition
LICENSE DESCRIPTION: Office 16, RETAIL channel
LICENSE STATUS:  ---UNLICENSED---
---------------------------------------
---Exiting-----------------------------
"""


def rows(reading: Reading) -> list[tuple[str, str, int]]:
    entries = reading.entries
    return list(zip(entries["name"], entries["activation"], entries["position"], strict=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp850"])
def test_windows(read: Callable[..., Reading], encoding: str) -> None:
    reading = read(SLMGR, encoding=encoding)
    assert reading.reader == "activation-report"
    assert rows(reading) == [
        (
            "Windows(R), Professional edition",
            "status=licensed; channel=VOLUME_KMSCLIENT; server=kms.contoh.go.id:1688; key=3V66T",
            3,
        )
    ]


def test_office_and_what_is_only_a_licence_text(read: Callable[..., Reading]) -> None:
    reading = read(OSPP)
    assert rows(reading) == [
        ("Office 16, Office16ProPlusVL_MAK edition", "status=grace; channel=VOLUME_MAK; server=10.10.1.5:1688; key=WFG99", 5)
    ]
    assert [(one.reason, one.source.locator) for one in reading.skipped] == [(SkipReason.NOT_INSTALLED, "A16")]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Licensed", "licensed"),
        ("Notification", "notification"),
        ("Initial grace period", "grace"),
        ("Unlicensed", "unlicensed"),
        ("Lisensiert", ""),
    ],
)
def test_what_is_said_of_the_status(read: Callable[..., Reading], said: str, status: str) -> None:
    activation = rows(read(SLMGR.replace("License Status: Licensed", f"License Status: {said}")))[0][1]
    assert activation.startswith(f"status={status}; channel" if status else "channel")


def test_both_in_one_file(read: Callable[..., Reading]) -> None:
    reading = read(SLMGR + "\n" + OSPP)
    assert (len(reading.entries), len(reading.skipped), len(reading.problems)) == (2, 1, 0)


def test_a_key_without_a_name_is_a_problem(read: Callable[..., Reading]) -> None:
    reading = read(SLMGR.replace("Name: Windows(R), Professional edition", "Name:"))
    assert [one.source.locator for one in reading.problems] == ["A3"]


@pytest.mark.parametrize("text", ["Name: a\nDescription: b\nLicense Status: c\n", "License: MIT\nName: x\nDescription: y\n"])
def test_other_text_is_not_claimed(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text).reader != "activation-report"
    except UnreadableFile as error:
        assert "No reader" in str(error)
