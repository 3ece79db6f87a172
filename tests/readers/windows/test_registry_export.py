# SPDX-License-Identifier: Apache-2.0
"""Registry exports: every key of Uninstall is an entry, blank, or a problem."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.model import SkipReason
from foss_audit.readers.interface import Reading

UNINSTALL = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall"
NEW = "Windows Registry Editor Version 5.00\n\n"


def export(*keys: str, beginning: str = NEW) -> str:
    return beginning + "\n\n".join(keys) + "\n"


def program(key: str, *values: str, root: str = UNINSTALL) -> str:
    return "\n".join([f"[{root}\\{key}]", *values])


def wide(text: str) -> str:
    """A text as the bytes of hex(2), broken over lines as the Registry Editor does."""
    bytes_ = [f"{byte:02x}" for byte in (text + "\0").encode("utf-16-le")]
    lines = [",".join(bytes_[at : at + 20]) for at in range(0, len(bytes_), 20)]
    return "hex(2):" + ",\\\n  ".join(lines)


def rows(reading: Reading) -> list[tuple[str, str, str, str]]:
    entries = reading.entries
    columns = (entries[name] for name in ("name", "version", "publisher", "place", "position"))
    return [(name, version, publisher, f"{place}{at}") for name, version, publisher, place, at in zip(*columns, strict=True)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
def test_a_key_of_uninstall_is_an_entry(read: Callable[..., Reading], encoding: str) -> None:
    text = export(
        f'[{UNINSTALL}]\n@=""',
        program(
            "7-Zip",
            '"DisplayName"="7-Zip 22.01 (x64)"',
            '"DisplayVersion"="22.01"',
            '"Publisher"="Igor Pavlov"',
            '"UninstallString"="\\"C:\\\\Program Files\\\\7-Zip\\\\Uninstall.exe\\""',
        ),
        program("Empty"),
    )
    reading = read(text, "PC01.reg", encoding)
    assert reading.reader == "registry-export"
    assert rows(reading) == [("7-Zip 22.01 (x64)", "22.01", "Igor Pavlov", "A6")]
    assert [(one.reason, one.source.locator) for one in reading.skipped] == [(SkipReason.BLANK, "A12")]
    assert reading.problems == reading.notes == ()


def test_escapes_line_ends_and_hexadecimal_texts(read: Callable[..., Reading]) -> None:
    text = export(
        program("a", '"DisplayName"="Editor \\"Pro\\" C:\\\\x"', '"Publisher"="Café"'),
        program("b", f'"DisplayName"={wide("Aplikasi Kepegawaian Daerah")}', '"DisplayVersion"="1"'),
        program("c", '"Comments"="two\nlines with \\" in it"', '"DisplayName"="Two\nlines"'),
    )
    assert [row[:2] for row in rows(read(text, "PC01.reg", "utf-16"))] == [
        ('Editor "Pro" C:\\x', ""),
        ("Aplikasi Kepegawaian Daerah", "1"),
        ("Two lines", ""),
    ]


def test_keys_of_both_views_of_users_and_bare_ones(read: Callable[..., Reading]) -> None:
    views = (
        UNINSTALL.replace("SOFTWARE", "SOFTWARE\\WOW6432Node"),
        UNINSTALL.replace("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER").replace("SOFTWARE", "Software"),
        UNINSTALL.replace("HKEY_LOCAL_MACHINE", "HKEY_USERS\\S-1-5-21-1-2-3-1001"),
        "Uninstall",
    )
    text = export(*(program("x", f'"DisplayName"="App {number}"', root=root) for number, root in enumerate(views)))
    assert [row[0] for row in rows(read(text, "x.reg", "utf-16"))] == ["App 0", "App 1", "App 2", "App 3"]


def test_keys_below_a_program_are_no_entries_and_deleted_keys_neither(read: Callable[..., Reading]) -> None:
    text = export(
        program("x", '"DisplayName"="App"'),
        program("x\\Messages", '"DisplayName"="no program"'),
        f"[-{UNINSTALL}\\gone]",
    )
    reading = read(text, "x.reg", "utf-16")
    assert [row[0] for row in rows(reading)] == ["App"]
    assert not reading.skipped


def test_updates_and_components_are_entries_as_they_are_listed(read: Callable[..., Reading]) -> None:
    text = export(program("x", '"DisplayName"="Hotfix (KB2079403)"', '"SystemComponent"=dword:00000001', '"ParentKeyName"="y"'))
    assert [row[0] for row in rows(read(text, "x.reg", "utf-16"))] == ["Hotfix (KB2079403)"]


def test_the_old_format_has_texts_of_one_byte_a_character(read: Callable[..., Reading]) -> None:
    name = ",".join(f"{byte:02x}" for byte in b"Ol\xe9 Viewer\0")
    text = export(program("x", f'"DisplayName"=hex(2):{name}', '"Publisher"="Caf\u00e9 Soft"'), beginning="REGEDIT4\n\n")
    assert rows(read(text, "x.reg", "cp1252"))[0][:3] == ("Olé Viewer", "", "Café Soft")


def test_windows_and_the_computer_name(read: Callable[..., Reading]) -> None:
    text = export(
        "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName]\n"
        '@="mnmsrvc"\n"ComputerName"="DISNAKER-PC01"',
        "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\n"
        '"ProductName"="Windows 10 Pro"\n"CurrentBuild"="22631"\n"CurrentMajorVersionNumber"=dword:0000000a\n'
        '"CurrentMinorVersionNumber"=dword:00000000\n"UBR"=dword:00000cc5\n"DigitalProductId"=hex:a4,00,00,00,\\\n  35,31\n'
        '"ProductId"="00330-80000-00000-AA123"',
        '[HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows NT\\CurrentVersion]\n"ProductName"="Windows 10 Pro"',
    )
    reading = read(text, "x.reg", "utf-16")
    assert reading.device == "DISNAKER-PC01"
    assert rows(reading) == [("Microsoft Windows 11 Pro", "10.0.22631.3269", "Microsoft Corporation", "A7")]
    assert "AA123" not in reading.entries.to_csv()
    assert "no keys of Uninstall" in str(reading.notes[0].message)


def test_a_name_that_is_no_text_is_a_problem(read: Callable[..., Reading]) -> None:
    text = export(
        program("a", '"DisplayName"=hex:00,01'),
        program("b", '"DisplayName"=hex(1):zz,1'),
        program("c", '"DisplayName"="Good"', '"DisplayVersion"=dword:00000002'),
    )
    reading = read(text, "x.reg", "utf-16")
    assert [problem.source.locator for problem in reading.problems] == ["A3", "A6"]
    assert rows(reading)[0][:2] == ("Good", "2")


@pytest.mark.parametrize(
    "tail", ['"DisplayName"="App', '"DisplayName"=hex(2):41,00,\\', '"DisplayName"=hex(2):', '"', '"DisplayName"']
)
def test_a_file_that_was_cut_off_keeps_what_came_before(read: Callable[..., Reading], tail: str) -> None:
    reading = read(export(program("a", '"DisplayName"="First"'), program("b", tail)).rstrip("\n"), "x.reg", "utf-16")
    assert rows(reading)[0][0] == "First"
    assert len(reading.entries) + len(reading.skipped) + len(reading.problems) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Windows Registry Editor\n\n",
        "See Windows Registry Editor Version 5.00\n",
        "REGEDIT4U\n\n[a]\n",
        "[HKEY_LOCAL_MACHINE]\n",
    ],
)
def test_other_text_is_not_claimed(read: Callable[..., Reading], text: str) -> None:
    with pytest.raises(UnreadableFile):
        read(text, "notes.reg", "utf-16")


def test_hostile_values_take_linear_time(read: Callable[..., Reading]) -> None:
    values = ['"DisplayName"="' + "\\" * 2_000_001, '"DisplayName"="' + '\\"' * 1_000_000, "hex(2):" + "41," * 500_000]
    text = export(*(program(str(number), value) for number, value in enumerate(values)))
    started = time.perf_counter()
    reading = read(text, "x.reg", "utf-16")
    assert time.perf_counter() - started < 10
    assert len(reading.entries) + len(reading.skipped) + len(reading.problems) >= 1


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["glpi-agent_win32", "fusion-agent_win32"])
def test_every_key_of_real_exports(corpus: Path, folder: str, read_path: Callable[[Path], Reading]) -> None:
    for path in sorted((corpus / "endpoint" / folder).glob("*.reg")):
        content = path.read_bytes()
        text = content.decode("utf-16" if content.startswith(b"\xff\xfe") else "utf-16-le")
        keys = re.split(r"\r?\n(?=\[)", text)[1:]
        programs = [key for key in keys if re.match(r"\[[^\]\r\n]*\\Uninstall\\[^\\\r\n]+\]\r?\n?", key)]
        named = [key for key in programs if re.search(r'^"DisplayName"="[^"]', key, re.MULTILINE)]
        reading = read_path(path)
        assert reading.reader == "registry-export", path
        assert (len(reading.entries), len(reading.skipped), len(reading.problems)) == (
            len(named),
            len(programs) - len(named),
            0,
        ), path
        assert programs or reading.notes, path
