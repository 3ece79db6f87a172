# SPDX-License-Identifier: Apache-2.0
"""Software written down by hand: what is surely a name is an entry, what is not is a problem, other texts are refused."""

from pathlib import Path

import pytest
from package_lists import CONTEXT, Write, names, problems, rows, skipped

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file

LIST = """DAFTAR APLIKASI TERPASANG
Nama Komputer : DISTAN-TP-01
Tanggal       : 12 Oktober 2026
Sistem Operasi: Microsoft Windows 11 Pro
------------------------------------------
1. Microsoft Office 2019
2. 7-Zip 22.01
3. LibreOffice - 7.6.4 - The Document Foundation
4. VLC media player versi 3.0.20
5. Antivirus: Smadav 2023
6. SIM Tani: modul pupuk
Jumlah aplikasi : 6
Mengetahui,
Kepala Bidang
"""


def test_a_list_with_what_stands_around_it(reading: Write) -> None:
    found = reading(LIST, "Bidang Tanaman Pangan.txt")
    assert (found.reader, found.problems) == ("text-list", ())
    assert rows(found, "name", "version", "publisher", "device", "position") == [
        ("Microsoft Windows 11 Pro", "", "", "DISTAN-TP-01", "4"),
        ("Microsoft Office 2019", "", "", "DISTAN-TP-01", "6"),
        ("7-Zip", "22.01", "", "DISTAN-TP-01", "7"),
        ("LibreOffice", "7.6.4", "The Document Foundation", "DISTAN-TP-01", "8"),
        ("VLC media player", "3.0.20", "", "DISTAN-TP-01", "9"),
        ("Smadav 2023", "", "", "DISTAN-TP-01", "10"),
        ("SIM Tani: modul pupuk", "", "", "DISTAN-TP-01", "11"),
    ]
    assert skipped(found) == [
        ("A1", "heading"),
        ("A2", "describes-device"),
        ("A3", "describes-device"),
        ("A12", "total"),
        ("A13", "signature"),
        ("A14", "signature"),
    ]


@pytest.mark.parametrize("bullet", ["", "- ", "* ", "• ", "3. ", "(4) ", "12) ", "[x] ", "  + "])
def test_bullets_and_numbers_are_taken_off(reading: Write, bullet: str) -> None:
    text = f"{bullet}Microsoft Office 2019\n{bullet}Google Chrome\n{bullet}WinRAR\n"
    assert names(reading(text)) == ["Microsoft Office 2019", "Google Chrome", "WinRAR"]


@pytest.mark.parametrize(
    ("line", "name", "version", "publisher"),
    [
        ("Python 3.10", "Python", "3.10", ""),
        ("GIMP v2.10.36", "GIMP", "2.10.36", ""),
        ("Mozilla Firefox (121.0)", "Mozilla Firefox", "121.0", ""),
        ("Foxit Reader - 12.1 - Foxit Software Inc.", "Foxit Reader", "12.1", "Foxit Software Inc."),
        ("Adobe Photoshop – 2020", "Adobe Photoshop", "2020", ""),
        ("WPS Office | 11.2 | Kingsoft Corp.", "WPS Office", "11.2", "Kingsoft Corp."),
        ("QGIS        3.34.1      alat pemetaan", "QGIS", "3.34.1", ""),
        ("XAMPP, 8.2, Apache Friends", "XAMPP", "8.2", "Apache Friends"),
        ("Microsoft Office 365", "Microsoft Office 365", "", ""),
        ("AutoCAD 2021 - English", "AutoCAD 2021 - English", "", ""),
        ("7-Zip 22.01 (x64)", "7-Zip 22.01 (x64)", "", ""),
        ("010 Editor", "010 Editor", "", ""),
        ("Microsoft .NET Framework 4.8", "Microsoft .NET Framework", "4.8", ""),
    ],
)
def test_what_of_a_line_is_sure(reading: Write, line: str, name: str, version: str, publisher: str) -> None:
    found = reading(f"Daftar Software:\nMicrosoft Word\n{line}\nGoogle Chrome\n")
    assert rows(found, "name", "version", "publisher")[1] == (name, version, publisher)


def test_a_heading_names_the_columns(reading: Write) -> None:
    found = reading(
        "No   Nama Aplikasi      Versi     Penerbit\n"
        "1    Microsoft Excel    16.0      Microsoft Corporation\n"
        "2    Mozilla Firefox    ESR       Mozilla\n"
        "3    Google Chrome\n"
    )
    assert rows(found, "name", "version", "publisher") == [
        ("Microsoft Excel", "16.0", "Microsoft Corporation"),
        ("Mozilla Firefox", "ESR", "Mozilla"),
        ("Google Chrome", "", ""),
    ]


def test_several_computers_in_one_file(reading: Write) -> None:
    text = "Hostname: PC-01\nMicrosoft Word\nGoogle Chrome\n\nHostname: PC-02\nWinRAR\nMozilla Firefox\n"
    assert rows(reading(text, "daftar software.txt"), "name", "device") == [
        ("Microsoft Word", "PC-01"),
        ("Google Chrome", "PC-01"),
        ("WinRAR", "PC-02"),
        ("Mozilla Firefox", "PC-02"),
    ]


def test_sections_and_comments_are_headings(reading: Write) -> None:
    found = reading(
        "[Kantor]\n- Microsoft Word\n- Microsoft Excel\n== Internet ==\n- Google Chrome\n# lain-lain\n- WinRAR\n*****\n"
    )
    assert (len(found.entries), skipped(found)) == (4, [("A1", "heading"), ("A4", "heading"), ("A6", "heading")])


def test_a_line_that_may_be_anything_is_a_problem(reading: Write) -> None:
    software = "".join(f"Microsoft Tool {letter}\n" for letter in "ABCDEFGHIJKLMNOPQRST")
    found = reading(f"{software}Please ask the office before this is used, thank you.\nLetak: lantai dua\n")
    assert (len(found.entries), problems(found)) == (20, ["A21", "A22"])


def test_commands_that_install(reading: Write) -> None:
    found = reading(
        "choco install -y git.install\nchoco install tomcat --version=8.5.12\nwinget install Mozilla.Firefox -e\n", "software"
    )
    assert rows(found, "name", "version") == [("git.install", ""), ("tomcat", "8.5.12"), ("Mozilla.Firefox", "")]


@pytest.mark.parametrize("name", ["PC-01", "PC-01.txt", "PC-01.lst", "PC-01.log"])
def test_suffixes(reading: Write, name: str) -> None:
    assert reading(LIST, name).reader == "text-list"


@pytest.mark.parametrize(
    "text",
    [
        "Permission is hereby granted, free of charge, to any person obtaining a copy\nof this software and associated files\n"
        * 5,
        "This program installs Microsoft Office.\nRun it as administrator.\nIt takes a while.\n",
        "1. Download Microsoft Office\n2. Run setup.exe\n3. Restart Windows\n4. Install Google Chrome\n",
        "Budi Santoso\nMade Wirawan\nNi Luh Ayu\nKetut Sudarma\n",
        "[server]\nport = 8080\nname = windows\nhome = /srv\n",
        "2026-01-02 10:00:01 Windows started\n2026-01-02 10:00:02 Chrome started\n2026-01-02 10:00:03 Office started\n",
        "application/pdf\napplication/zip\napplication/java-archive\n",
        "C:\\Windows\\office.exe\nC:\\Windows\\chrome.exe\nC:\\Windows\\java.exe\n",
        "office.docx\nchrome.exe\nsurat.pdf\n",
        "beras\ngula\nkopi\n",
        "Microsoft Office\n",
        "import java\nfrom office import x\nprint('windows')\n",
    ],
)
@pytest.mark.parametrize("name", ["catatan.txt", "catatan"])
def test_other_texts_are_refused(reading: Write, text: str, name: str) -> None:
    with pytest.raises(UnreadableFile, match="No reader"):
        reading(text, name)


def test_tables_are_left_to_the_reader_of_tables(reading: Write) -> None:
    assert reading("Software\tVersi\nMicrosoft Word\t2019\nGoogle Chrome\t121\n").reader == "delimited"


@pytest.mark.corpus
def test_corpus(corpus: Path) -> None:
    path = corpus / "endpoint/winget_choco/free_text_program_list.txt"
    found = read_file(path, path.name, CONTEXT)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if any(map(str.isalnum, line))]
    headings = [line for line in lines if line.startswith(("[", "//", "#")) or line.endswith("*****")]
    assert (len(found.entries), len(found.skipped), found.problems) == (len(lines) - len(headings), len(headings), ())
