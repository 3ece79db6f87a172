# SPDX-License-Identifier: Apache-2.0
"""systeminfo: Windows and the host name, in any language."""

from collections.abc import Callable

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers.interface import Reading

ENGLISH = """
Host Name:                 DISNAKER-PC08
OS Name:                   Microsoft Windows 10 Pro
OS Version:                10.0.19045 N/A Build 19045
OS Manufacturer:           Microsoft Corporation
Product ID:                00330-80000-00000-AA123
"""
GERMAN = """
Hostname:                                      DISNAKER-PC08
Betriebssystemname:                            Microsoft Windows 10 Pro
Betriebssystemversion:                         10.0.19045 Nicht zutreffend Build 19045
Betriebssystemhersteller:                      Microsoft Corporation
"""


@pytest.mark.parametrize("text", [ENGLISH, GERMAN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp850"])
def test_windows(read: Callable[..., Reading], text: str, encoding: str) -> None:
    reading = read(text, encoding=encoding)
    assert reading.reader == "systeminfo"
    assert reading.device == "DISNAKER-PC08"
    assert [tuple(row) for row in reading.entries[["name", "version", "publisher", "position"]].itertuples(index=False)] == [
        ("Microsoft Windows 10 Pro", "10.0.19045", "Microsoft Corporation", 3)
    ]
    assert "AA123" not in reading.entries.to_csv()


BELOW = {
    "table": "DisplayName  DisplayVersion\n-----------  --------------\nGIMP 2.10.34 2.10.34\n\n",
    "list": "DisplayName    : GIMP 2.10.34\nDisplayVersion : 2.10.34\n\n",
    "wmic": "Name          Version  \nGIMP 2.10.34  2.10.34  \n\n",
}


@pytest.mark.parametrize("below", BELOW)
def test_the_list_that_a_script_printed_below(read: Callable[..., Reading], below: str) -> None:
    reading = read(f"{ENGLISH}\n\n{BELOW[below]}")
    assert reading.reader == "systeminfo"
    assert reading.device == "DISNAKER-PC08"
    assert list(reading.entries["name"]) == ["Microsoft Windows 10 Pro", "GIMP 2.10.34"]
    assert list(reading.entries["version"]) == ["10.0.19045", "2.10.34"]
    assert not reading.problems


@pytest.mark.parametrize("text", ["Host: a\nSystem: Linux\nVersion: 6.1.0\n", "Nama: x\nIsi: Microsoft Windows\nVersi: baru\n"])
def test_other_text_is_not_claimed(read: Callable[..., Reading], text: str) -> None:
    try:
        assert read(text).reader != "systeminfo"
    except UnreadableFile as error:
        assert "No reader" in str(error)
