# SPDX-License-Identifier: Apache-2.0
"""Reports of Farbar's tools: Windows and every installed program."""

from collections.abc import Callable

import pytest

from foss_audit.readers.interface import Reading

ADDITION = """Additional scan result of Farbar Recovery Scan Tool (x64) Version: 05-10-2026
Ran by admin (24-11-2026 09:10:11)
Running from C:\\Users\\admin\\Desktop
Microsoft Windows 10 Pro Version 22H2 19045.3448 (X64) (2023-01-07 04:05:06)
Boot Mode: Normal
==========================================================


==================== Accounts: =============================

admin (S-1-5-21-1-2-3-1001 - Administrator - Enabled) => C:\\Users\\admin

==================== Installed Programs ======================

(Only the adware programs with "Hidden" flag could be added to the fixlist to unhide them.)

7-Zip 22.01 (x64) (HKLM\\...\\7-Zip) (Version: 22.01 - Igor Pavlov)
CCleaner (remove only) (HKLM-x32\\...\\CCleaner (remove only)) (Version:  - Piriform)
Java 8 Update 381 (64-bit) (HKLM\\...\\{26A24AE4}) (Version: 8.0.3810.9 - Oracle - America) Hidden
KMSpico (HKU\\S-1-5-21-1-2-3-1001\\...\\KMSpico_is1) (Version:  - ) <==== ATTENTION
something else

Packages:
=========
Microsoft To Do -> C:\\Program Files\\WindowsApps\\Microsoft.Todos_2.100.61791.0_x64__8wek [2026-10-01] (Microsoft Corporation)

==================== Custom CLSID (Whitelisted): ==============

CustomCLSID: HKU\\x (Version: 1 - no program)
"""


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(row) for row in reading.entries[["name", "version", "publisher"]].itertuples(index=False)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_programs_packages_and_windows(read: Callable[..., Reading], encoding: str) -> None:
    reading = read(ADDITION, encoding=encoding)
    assert reading.reader == "scan-report"
    assert rows(reading) == [
        ("Microsoft Windows 10 Pro", "22H2 19045.3448", "Microsoft Corporation"),
        ("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov"),
        ("CCleaner (remove only)", "", "Piriform"),
        ("Java 8 Update 381 (64-bit)", "8.0.3810.9", "Oracle - America"),
        ("KMSpico", "", ""),
        ("Microsoft To Do", "2.100.61791.0", "Microsoft Corporation"),
    ]
    assert list(reading.entries["position"]) == [4, 17, 18, 19, 20, 25]
    assert [one.source.locator for one in reading.problems] == ["A21"]


def test_the_first_report_names_the_device_and_no_programs(read: Callable[..., Reading]) -> None:
    text = (
        "Scan result of Farbar Recovery Scan Tool (FRST) (x64) Version: 05-10-2026\n"
        "Ran by admin (administrator) on DISNAKER-PC09 (LENOVO 20L5) (24-11-2026 09:10:11)\n"
        "Platform: Windows 7 Professional Service Pack 1 (X64) Language: English\n"
    )
    reading = read(text)
    assert reading.device == "DISNAKER-PC09"
    assert rows(reading) == [("Microsoft Windows 7 Professional", "Service Pack 1", "Microsoft Corporation")]
    assert "Addition.txt" in str(reading.notes[0].message)


def test_a_report_that_was_cut_off(read: Callable[..., Reading]) -> None:
    reading = read(ADDITION[: ADDITION.index("(Version: 8.0.3810.9") + 15])
    assert len(reading.entries) == 4
    assert not reading.problems


GERMAN = """Zusätzliches Untersuchungsergebnis von Farbar Recovery Scan Tool (x64) Version: 05-10-2023
durchgeführt von user (12-10-2023 09:10:11)
Gestartet von C:\\Users\\user\\Desktop
Microsoft Windows 10 Pro Version 22H2 19045.3448 (X64) (2023-01-07 04:05:06)
Start-Modus: Normal
==========================================================

==================== Konten: =============================

Administrator (S-1-5-21-1 - Administrator - Disabled)

==================== Installierte Programme ======================

(Nur Adware-Programme mit dem Zusatz "Hidden" können in die Fixlist aufgenommen werden.)

7-Zip 22.01 (x64) (HKLM\\...\\7-Zip) (Version: 22.01 - Igor Pavlov)
WinRAR 6.11 (64-bit) (HKLM\\...\\WinRAR archiver) (Version: 6.11.0 - win.rar GmbH)

==================== Benutzerdefinierte CLSID: ==============

CustomCLSID: HKU\\S-1-5-21-1 -> C:\\Windows\\System32\\x.dll
"""


def test_a_report_in_another_language(read: Callable[..., Reading]) -> None:
    reading = read(GERMAN, "Addition.txt")
    assert list(reading.entries["name"]) == ["Microsoft Windows 10 Pro", "7-Zip 22.01 (x64)", "WinRAR 6.11 (64-bit)"]
    assert not reading.problems and not reading.notes
