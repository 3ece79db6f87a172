# SPDX-License-Identifier: Apache-2.0
"""Which reader claims what: every format under any name, encoding and prompt; ordinary files by nobody; mixtures in whole."""

import re
from pathlib import Path

import pytest
from ordinary_files import BYTES, TEXTS
from reading import context, hold_to_contract
from writers import WRITTEN

from foss_audit.errors import UnreadableFile
from foss_audit.readers import is_general, pick, read_file, read_head, readers
from foss_audit.readers.consoles import output_of
from foss_audit.readers.interface import Reading

TITLES = [
    ("Microsoft Office 2019", "16.0.1"),
    ("7-Zip 22.01 (x64)", "22.01"),
    ("Mozilla Firefox", "115.0.2"),
    ("Adobe Reader XI", "11.0"),
    ("VLC media player", "3.0.18"),
    ("WinRAR 6.11 (64-bit)", "6.11.0"),
]
PACKAGES = [
    ("bash", "5.1"),
    ("coreutils", "8.32"),
    ("openssl", "3.0.2"),
    ("firefox", "115.0.2"),
    ("gimp", "2.10.30"),
    ("libreoffice", "7.3.7"),
]
BY_SUFFIX = frozenset({"delimited", "spreadsheet", "text-list"})
"""Formats that show too little of themselves to be known under any name."""
PROMPTS = (
    "C:\\Users\\dinas> wmic product get name,version",
    "C:\\>wmic product get name\n",
    "PS C:\\Users\\dinas> Get-Package",
    'PS C:\\Users\\dinas> Get-Package | Out-File "C:\\daftar software.txt"\n',
    "(base) PS D:\\data> pip list",
    "[DISNAKER-PC09]: PS C:\\Users\\admin> Get-Package",
    "root@srv:~# dpkg -l",
    "[admin@srv ~]$ rpm -qa",
    "operator@srv:/var/www$ pip freeze",
    "$ sudo dpkg -l",
    "# rpm -qa",
)
LINES = sorted(
    name
    for name, written in WRITTEN.items()
    if written.suffix in (".txt", ".csv", ".spdx") and name not in ("delimited", "spdx-tag-value")
)


def content_of(name: str) -> bytes:
    written = WRITTEN[name]
    return written.write(PACKAGES if written.packages else TITLES)


def text_of(name: str) -> str:
    content = content_of(name)
    return content.decode("utf-16" if content.startswith(b"\xff\xfe") else "utf-8")


def claiming(path: Path) -> list[str]:
    """All readers that claim a file; general ones where no particular one does."""
    head = read_head(path)
    claims = [reader for reader in readers() if reader.recognises(head)]
    return [reader.NAME for reader in claims if not is_general(reader)] or [reader.NAME for reader in claims]


def read_as(name: str, content: bytes, path: Path) -> Reading:
    path.write_bytes(content)
    assert claiming(path) == [name]
    reading = pick(read_head(path)).read(path, "Dinas X/file", context())
    hold_to_contract(reading)
    return reading


def outcome(reading: Reading) -> tuple[list[tuple[str, str]], int, int]:
    return (
        list(zip(reading.entries["name"], reading.entries["version"], strict=True)),
        len(reading.skipped),
        len(reading.problems),
    )


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - BY_SUFFIX))
def test_a_format_is_known_under_any_name(name: str, tmp_path: Path) -> None:
    content = content_of(name)
    expected = outcome(read_as(name, content, tmp_path / f"PC-01{WRITTEN[name].suffix}"))
    for suffix in (".txt", ".csv", ".log", ".json", ".xml", ".dat", "", ".TXT", ".Json", WRITTEN[name].suffix.upper()):
        assert outcome(read_as(name, content, tmp_path / f"daftar{suffix}")) == expected, suffix


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - {"spreadsheet", "swid"}))
def test_a_format_is_known_in_any_encoding(name: str, tmp_path: Path) -> None:
    text = text_of(name).replace("\r\n", "\n")
    expected = outcome(read_as(name, text.encode(), tmp_path / f"PC-01{WRITTEN[name].suffix}"))
    written = {
        "with a mark": text.encode("utf-8-sig"),
        "UTF-16": text.encode("utf-16"),
        "UTF-16 without a mark": text.encode("utf-16-le"),
        "UTF-16, big end first": b"\xfe\xff" + text.encode("utf-16-be"),
        "CRLF": text.replace("\n", "\r\n").encode(),
    }
    for how, content in written.items():
        assert outcome(read_as(name, content, tmp_path / f"daftar{WRITTEN[name].suffix}")) == expected, how


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - {"spreadsheet"}))
def test_blank_lines_around_do_no_harm(name: str, tmp_path: Path) -> None:
    text = text_of(name)
    expected = outcome(read_as(name, text.encode(), tmp_path / f"PC-01{WRITTEN[name].suffix}"))
    for around in (f"\n\n{text}", f"\r\n\r\n\r\n{text}", f"{text}\n\n\n", f"\ufeff\r\n{text}"):
        assert outcome(read_as(name, around.encode(), tmp_path / f"daftar{WRITTEN[name].suffix}")) == expected, around[:20]


@pytest.mark.parametrize("name", LINES)
def test_a_prompt_above_a_list_is_no_entry(name: str, tmp_path: Path) -> None:
    text = text_of(name)
    expected = outcome(read_as(name, text.encode(), tmp_path / "PC-01.txt"))
    for prompt in PROMPTS:
        assert outcome(read_as(name, f"{prompt}\n{text}".encode(), tmp_path / "daftar.txt")) == expected, prompt
    for prompt in ("PS C:\\Users\\dinas> ", "C:\\Users\\dinas>exit", "root@srv:~# exit"):
        assert outcome(read_as(name, f"{text}\n{prompt}\n".encode(), tmp_path / "daftar.txt")) == expected, prompt


@pytest.mark.parametrize(
    ("prompt", "device"),
    [("root@srv-arsip:~# pip list", "srv-arsip"), ("[PC-KASIR]: PS C:\\> pip list", "PC-KASIR"), ("PS C:\\> pip list", None)],
)
def test_a_prompt_names_the_device(prompt: str, device: str | None, tmp_path: Path) -> None:
    assert read_as("pip-list", f"{prompt}\n{text_of('pip-list')}".encode(), tmp_path / "daftar.txt").device == device


def test_lists_of_two_hosts_in_one_file(tmp_path: Path) -> None:
    text = (
        "root@srv-a:~# dpkg-query -W\nbash\t5.1-2\nnginx\t1.18-6ubuntu14\nroot@srv-b:~# dpkg-query -W\nbash\t5.1-2\nzip\t3.0-12\n"
    )
    reading = read_as("dpkg-query", text.encode(), tmp_path / "daftar.txt")
    assert reading.device is None
    assert list(zip(reading.entries["name"], reading.entries["device"], strict=True)) == [
        ("bash", "srv-a"),
        ("nginx", "srv-a"),
        ("bash", "srv-b"),
        ("zip", "srv-b"),
    ]


@pytest.mark.parametrize(
    "line",
    ["C:\\Program Files\\7-Zip", "PS Remote Play 5.5", "user@contoh.go.id", "C# for Visual Studio", "$ 5", "a > b", "# Kantor"],
)
def test_what_is_no_prompt(line: str) -> None:
    assert output_of([line]).lines == (line,)


# Ordinary files


READ_AS_SOFTWARE = {
    "zona.tab": "a table of one column whose heading nobody knows",
    "layanan.csv": "services have a display name too",
}
"""Tables that are still taken for lists of software, and why."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(reason=READ_AS_SOFTWARE[name], strict=True))
        if name in READ_AS_SOFTWARE
        else name
        for name in [*TEXTS, *BYTES]
    ],
)
def test_a_file_that_is_no_inventory_has_no_installations(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(TEXTS[name].encode() if name in TEXTS else BYTES[name])
    assert len(claiming(path)) <= 1
    try:
        reading = read_file(path, name, context())
    except UnreadableFile as error:
        assert len(str(error.message)) > 20
        return
    hold_to_contract(reading, name)
    assert len(reading.entries) == 0, list(reading.entries["name"])


REFUSALS = {
    "surat.pdf": (b"%PDF-1.4\n", "PDF"),
    "foto.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "pictures"),
    "layar.png": (b"\x89PNG\r\n\x1a\n\0\0", "pictures"),
    "surat.docx": (b"PK\x03\x04" + bytes(26) + b"word/document.xml", "Word"),
    "surat.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "Word"),
    "paparan.pptx": (b"PK\x03\x04" + bytes(26) + b"ppt/presentation.xml", "presentations"),
    "pemasang.exe": (b"MZ\x90\0" + bytes(60), "programs"),
    "arsip.rar": (b"Rar!\x1a\x07\0", "archive"),
    "kosong.txt": (b"  \r\n\t\r\n", "blanks"),
    "kosong.csv": (b"\0\0\0\0" * 30, "blanks"),
    "kosong.json": (b"[]", "lists nothing"),
    "wmic.txt": (
        b"'wmic' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
        "said instead",
    ),
    "produk.txt": ("No Instance(s) Available.\r\n\r\n".encode("utf-16"), "No Instance(s) Available"),
    "entah.txt": (b"rapat jam sembilan\n", "XLSX or CSV"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_says_what_the_file_is(name: str, tmp_path: Path) -> None:
    content, said = REFUSALS[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=re.escape(said)):
        read_file(path, name, context())


# Lists of what is not software, or not installed, in formats of lists of software

WMIC_OF_OTHERS = {
    "processor": "Name                                      \nIntel(R) Core(TM) i5-8400 CPU @ 2.80GHz   \n",
    "accounts": "Name           \nAdministrator  \nDefaultAccount \nWayan          \n",
    "printers": "Name                    \nMicrosoft Print to PDF  \nEPSON L3110 Series      \n",
    "services": "Name        \nSpooler     \nALG         \nBITS        \n",
    "firmware": (
        "Manufacturer  Name    SerialNumber  SMBIOSBIOSVersion  Version         \n"
        "Dell Inc.     1.14.0  5CD1234       1.14.0             DELL - 1072009  \n"
    ),
    "computer": "Name         Vendor     Version  \nVostro 3470  Dell Inc.  1.0      \n",
    "started": "DisplayName    Name     State    \nPrint Spooler  Spooler  Running  \n",
}


@pytest.mark.parametrize("of", WMIC_OF_OTHERS)
def test_wmic_of_what_is_no_software(of: str, tmp_path: Path) -> None:
    path = tmp_path / "PC-01.txt"
    path.write_text(WMIC_OF_OTHERS[of])
    assert claiming(path) == []
    products = (
        "Name               Vendor       Version  \n7-Zip 22.01 (x64)  Igor Pavlov  22.01    \n"
        "GIMP 2.10.34       The GIMP     2.10.34  \n"
    )
    reading = read_as("wmic", f"{WMIC_OF_OTHERS[of]}\n\n{products}".encode(), path)
    assert list(reading.entries["name"]) == ["7-Zip 22.01 (x64)", "GIMP 2.10.34"]
    assert {one.reason.value for one in reading.skipped} == {"describes-device"}
    assert not reading.problems


def test_antivirus_that_windows_knows(tmp_path: Path) -> None:
    text = "displayName                     \nWindows Defender                \nKaspersky Endpoint Security 12  \n"
    assert len(read_as("wmic", text.encode(), tmp_path / "PC-01.txt").entries) == 2


def test_powershell_table_with_blanks_at_line_ends_is_not_wmic(tmp_path: Path) -> None:
    heading = "\nName               Version  \n----               -------  \n"
    text = f"{heading}7-Zip 22.01 (x64)  22.01    \nGIMP               2.10.34  \n\n"
    assert len(read_as("powershell-table", text.encode(), tmp_path / "PC-01.txt").entries) == 2


NOT_INSTALLED = {
    "rencana.txt": "Rencana pembelian lisensi 2027\n- Microsoft Office 2024 (5 unit)\n- Acrobat Pro\n- Kaspersky (20)\n",
    "larangan.txt": "Daftar aplikasi terlarang\n- KMSpico\n- uTorrent\n- Microsoft Office bajakan\n",
    "agenda.txt": "Agenda pelatihan\nMicrosoft Word dasar\nMicrosoft Excel lanjutan\nGoogle Drive\n",
    "keluhan.txt": "1. Windows minta aktivasi\n2. Office tidak bisa dibuka\n3. Google Chrome lambat\n4. Zoom macet\n",
    "changelog.txt": "Version 1.2.0\n- Perbaikan laporan Office\n- Tambah menu Windows\nVersion 1.1.0\n- Rilis awal Java\n",
    "penawaran harga.txt": "Microsoft Office 2024\nMicrosoft Windows 11 Pro\nKaspersky Endpoint Security\n",
    "driverquery.txt": (
        "\nModule Name  Display Name           Driver Type   Link Date\n"
        "============ ====================== ============= =========\n"
        "ACPI         Microsoft ACPI Driver  Kernel\nafd          Windows Socket Driver  Kernel\n"
    ),
    "prosa.txt": "Python の開発は、1990 年ごろから開始されています。\nOffice は便利です。\nWindows も使われています。\n",
}


@pytest.mark.parametrize("name", NOT_INSTALLED)
def test_names_of_software_that_is_not_installed(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(NOT_INSTALLED[name], encoding="utf-8")
    assert claiming(path) == []


def test_a_table_is_no_list_of_names_whatever_its_file_is_called(tmp_path: Path) -> None:
    text = "Nama Software,Versi,Penerbit\nMicrosoft Office 2019,16.0,Microsoft\nMozilla Firefox,115.0,Mozilla\nGIMP,2.10,GIMP\n"
    for suffix in ("", ".log", ".lst"):
        path = tmp_path / f"daftar software{suffix}"
        path.write_text(text)
        assert "text-list" not in claiming(path)


@pytest.mark.parametrize("suffix", ["", ".log", ".dat", ".lst", ".out"])
def test_a_table_under_a_name_that_says_nothing(suffix: str, tmp_path: Path) -> None:
    text = "Nama Software;Versi;Penerbit\nMicrosoft Office 2019;16.0;Microsoft\nMozilla Firefox;115.0;Mozilla\nGIMP;2.10;GIMP\n"
    assert len(read_as("delimited", text.encode(), tmp_path / f"daftar{suffix}").entries) == 3


@pytest.mark.xfail(reason="a prompt below a delimited table is read as a line of it", strict=True)
def test_a_prompt_below_a_delimited_table_is_no_entry(tmp_path: Path) -> None:
    text = f"{text_of('delimited')}\nPS C:\\Users\\dinas> \n"
    assert len(read_as("delimited", text.encode(), tmp_path / "daftar.csv").entries) == len(TITLES)


# Mixtures

TABLE = """
DisplayName          DisplayVersion  Publisher
-----------          --------------  ---------
WinRAR 6.11 (64-bit) 6.11.0          win.rar GmbH
GIMP 2.10.34         2.10.34         The GIMP Team


"""
WMIC = "Name          Vendor         Version  \nGIMP 2.10.34  The GIMP Team  2.10.34  \nWinRAR 6.11   win.rar GmbH   6.11.0   \n"
LIST = "DisplayName    : GIMP\nDisplayVersion : 2.10\n\nDisplayName    : WinRAR\nDisplayVersion : 6\n\n"
STARS = "**********************\n"
TRANSCRIPT = f"""{STARS}Windows PowerShell transcript start
Start time: 20261102083000
Username: DISNAKER-PC09\\admin
RunAs User: DISNAKER-PC09\\admin
Configuration Name:
Machine: DISNAKER-PC09 (Microsoft Windows NT 10.0.19045.0)
Host Application: C:\\WINDOWS\\System32\\WindowsPowerShell\\v1.0\\powershell.exe
Process ID: 4512
PSVersion: 5.1.19041.3570
{STARS}Transcript started, output file is C:\\Users\\admin\\daftar.txt
PS C:\\Users\\admin> Get-ItemProperty HKLM:\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\* |
>> Select-Object DisplayName, DisplayVersion, Publisher | Format-Table -AutoSize
{TABLE}PS C:\\Users\\admin> Get-AppxPackage | Select Name, Version

Name                        Version
----                        -------
Microsoft.WindowsCalculator 10.2103.8.0


PS C:\\Users\\admin> Get-Service

Status   Name             DisplayName
------   ----             -----------
Running  AdobeARMservice  Adobe Acrobat Update Service


PS C:\\Users\\admin> Stop-Transcript
{STARS}Windows PowerShell transcript end
End time: 20261102083100
{STARS}"""


def test_a_transcript_of_powershell(tmp_path: Path) -> None:
    reading = read_as("powershell-table", TRANSCRIPT.encode("utf-8-sig"), tmp_path / "transkrip.txt")
    assert list(reading.entries["name"]) == ["WinRAR 6.11 (64-bit)", "GIMP 2.10.34", "Microsoft.WindowsCalculator"]
    assert reading.device == "DISNAKER-PC09"
    assert (reading.skipped, reading.problems) == ((), ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("powershell-table", f"Komputer: PC-01\n{TABLE}Komputer: PC-02\n{TABLE}"),
        ("powershell-table", f"=== PC-01 ===\n{TABLE}=== PC-02 ===\n{TABLE}"),
        ("wmic", f"PC-01\n{WMIC}\nPC-02\n{WMIC}"),
        ("wmic", f"Nama Komputer : PC-01\n\n{WMIC}\n\n\nNama Komputer : PC-02\n\n{WMIC}"),
        ("powershell-list", f"PC: PC-01\n\n{LIST}PC: PC-02\n\n{LIST}"),
    ],
)  # fmt: skip
def test_lists_of_two_devices_under_their_names(name: str, text: str, tmp_path: Path) -> None:
    reading = read_as(name, text.encode(), tmp_path / "dua PC.txt")
    assert list(reading.entries["device"]) == ["PC-01", "PC-01", "PC-02", "PC-02"]
    assert (reading.skipped, reading.problems) == ((), ())


def test_written_lists_of_two_devices(tmp_path: Path) -> None:
    text = "PC Kasir\n- Microsoft Office 2016\n- Google Chrome\n\nDINSOS-PC02\n- Microsoft Office 2016\n- Mozilla Firefox\n"
    reading = read_as("text-list", text.encode(), tmp_path / "daftar software.txt")
    assert list(zip(reading.entries["name"], reading.entries["device"], strict=True)) == [
        ("Microsoft Office 2016", "PC Kasir"),
        ("Google Chrome", "PC Kasir"),
        ("Microsoft Office 2016", "DINSOS-PC02"),
        ("Mozilla Firefox", "DINSOS-PC02"),
    ]
    assert [one.reason.value for one in reading.skipped] == ["describes-device"] * 2


def test_a_group_without_a_device_is_a_heading(tmp_path: Path) -> None:
    text = "Ruang Kepala\n- Microsoft Office 2016\n- Google Chrome\n- WinRAR\nMicrosoft Windows 10 Pro\n- Mozilla Firefox\n"
    reading = read_as("text-list", text.encode(), tmp_path / "daftar software.txt")
    assert [one.reason.value for one in reading.skipped] == ["heading"]
    assert "Microsoft Windows 10 Pro" in set(reading.entries["name"])


def test_a_product_key_on_a_line_of_its_own_is_no_software(tmp_path: Path) -> None:
    text = "Windows 10 Pro\nBCDFG-HJKMP-QRTVW-XY234-6789B\nMicrosoft Office 2019\nGoogle Chrome\n"
    reading = read_as("text-list", text.encode(), tmp_path / "daftar software.txt")
    assert list(reading.entries["name"]) == ["Windows 10 Pro", "Microsoft Office 2019", "Google Chrome"]
    assert [one.source.locator for one in reading.problems] == ["A2"]
    assert "BCDFG" not in str(reading)
