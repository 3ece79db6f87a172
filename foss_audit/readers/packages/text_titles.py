# SPDX-License-Identifier: Apache-2.0
"""Lines that people write down software on: which are names at all, and what of a line is the name, version, publisher. Pure."""

import re
from dataclasses import dataclass
from enum import Enum

LONGEST_TITLE = 110
_MOST_WORDS = 14
_BULLET = re.compile(r"\s*(?:\(?\d{1,4}[.)]|[-*•·–—▪●○►✓✔+»]|\[[ xXvV]\])\s+(?=\S)")
_RULE = re.compile(r"\W+$")
_COMMENT = re.compile(r"\s*(?:#|//|;;|REM\s|rem\s)")
_SECTION = re.compile(r"\s*(?:\[[^\]]{1,80}\]|.{0,80}[^\s:]\s*:)\s*$")
"""`[Kantor]`, `Daftar Software PC-01:`."""
_DECORATED = re.compile(r"\s*([=*#~-])\1.{0,80}\1\1\s*$|.{0,80}(?:\*{3}|={3}|-{3}|#{2}|~{3})\s*$")
"""`Aplikasi *****`, `=== Kantor ===`."""
_LABELLED = re.compile(r"\s*([^\W\d][^:|]{0,38}?)\s*:\s+(\S.*)$")
_COMMAND = re.compile(r"\s*(?:%\w+%|(?:choco|winget) install)\s+(.+)$")
_OPTION_VALUE = re.compile(r"--?version[= ]([\w.-]+)")
_STRANGE = re.compile(r"[{}<>=$^`~\\\x00-\x08]|://|&&|\|\||::|--|/\*|\*/|\.\.|\b[0-9a-fA-F]{24,}\b|@\w+\.|\(\)")
_TIME = re.compile(r"\b\d{1,2}:\d{2}\b|^\W*\d{4}-\d{2}-\d{2}\b|^\W*\d{1,2}/\d{1,2}/\d{2,4}\b")
_FILE = re.compile(
    r"\.(?:txt|pdf|docx?|xlsx?|pptx?|zip|rar|gz|exe|msi|dll|jpe?g|png|mp[34]|py|js|so|conf|cfg|ini|html?|log|sh)$", re.I
)
_SENTENCE_END = re.compile(
    r"[,;:?!。、！？：]$|(?<!\binc)(?<!\bltd)(?<!\bcorp)(?<!\bco)(?<!\btbk)(?<!\bs\.a)(?<!\bver)\.$", re.IGNORECASE
)
_LITTLE_WORDS = (
    "a an and are as at be been but by can for from has have if in into is it its may must not of on or our shall should such"
    " than that the their them then these they this to was we were when where which will with you your"
    " adalah agar akan atau bahwa bagi dalam dan dapat dari dengan di harus ini itu jika juga karena kami ke kepada maka"
    " oleh pada para saat sebagai sehingga serta seperti sudah telah tersebut tidak untuk yang"
)
_FUNCTION_WORDS = frozenset(_LITTLE_WORDS.split())
_SOFTWARE = re.compile(
    r"(?<!\w)(?:adobe|anti-?virus|anydesk|apache|autocad|autodesk|avast|browser|chrome|codec|corel\w*|cpu-z|driver"
    r"|dropbox|explorer|firefox|foxit|git|google|java|jdk\d*|jre\d*|kaspersky|libreoffice|mariadb|microsoft|mozilla"
    r"|mysql|notepad\S*|office|opera|oracle|photoshop|php|postgresql|python\d*|reader|redistributable"
    r"|sdk|skype|smadav|studio|teamviewer|viewer|virtualbox|visual|vlc|vmware|windows|winrar|winzip|wps|xampp|zoom"
    r"|7-?zip|\.net)(?!\w)",
    re.IGNORECASE,
)
"""Words that names of software are full of."""
_NOTICE = re.compile(r"(?:copyright|licen[cs]ed?|author|©|\(c\))(?!\w)", re.IGNORECASE)
_INSTRUCTION = re.compile(
    r"(?:cek|check|choose|class|click|const|copy|create|def|download|echo|enter|ensure|export|from|function|go|gunakan|if"
    r"|import|include|install?|jalankan|jangan|ketik|klik|lakukan|let|make|print|return|sudo|using|var"
    r"|masukkan|pasang|pastikan|pilih|press|restart|run|salin|select|set|start|stop|tekan|unduh|use|verify)\s",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(
    r"(?<![^\W_])(?:agenda|anggaran|changelog|dilarang|harga|jadwal|kebutuhan|keluhan|kerusakan|larangan|materi|pelatihan|penawaran"
    r"|pengadaan|pembelian|rencana|release notes|terlarang|usulan|wish ?list)(?![^\W_])",
    re.IGNORECASE,
)
"""What a list says that names software which is wished for, forbidden, taught or broken, but not installed."""
_INSTALLED = re.compile(r"(?<![^\W_])(?:installed|inventaris|inventory|terinstall?|terpasang)(?![^\W_])", re.IGNORECASE)
_STATEMENT = re.compile(
    r"(?<!\w)(?:belum|bisa|gagal|hilang|lambat|lemot|macet|mau|minta|perlu|rusak|sudah|terkunci|tidak)(?!\w)", re.IGNORECASE
)
"""Words that say how something is or what it does; no name of software has them."""
_ONLY_VERSION = re.compile(r"(?:release|rilis|ver\.?|versi|version)\s+[\d.]+\w{0,5}$", re.IGNORECASE)
_DEVICE = re.compile(
    r"(?:komputer|laptop|notebook|pc|server|all[- ]in[- ]one)(?![^\W_]).{0,60}"
    r"|(?=[\w.-]{0,40}\d)[A-Za-z][\w.]{0,20}-[\w.-]{1,40}$",
    re.IGNORECASE,
)
"""`PC Loket 2`, `DINSOS-PC01`."""
_PRINTED_RULE = re.compile(r"={3,}(?: +={3,})+\s*$")
"""Below the headings of what Windows prints of drivers, tasks and processes."""
_SUBJECT = re.compile(
    r"(?<![^\W_])(?:software|aplikasi|apps?|applications?|programs?|perangkat[ _-]?lunak|installed|terinstall?|terpasang)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\s*(?:daftar|data|list|software|aplikasi|installed|program|perangkat)(?!\w)", re.IGNORECASE)
_VERSION = re.compile(r"[vV]?\d[\w.+-]{0,30}$")
_DOTTED = re.compile(r"[vV]?\d{1,8}(?:\.\d{1,8}){1,5}[A-Za-z]?\d{0,3}$")
_VERSION_WORD = re.compile(r"\s+(?:version|versi|ver\.?|v)$", re.IGNORECASE)
_COLUMNS = re.compile(r" *\t *| {2,}| ?\| ?| ?; ")
_DASH = re.compile(r"\s+[-–—]\s+")
_IN_BRACKETS = re.compile(r"(.*\S)\s+\(([vV]?\d{1,8}(?:\.\d{1,8}){1,5})\)$")


class Kind(Enum):
    """What a line is."""

    RULE = "rule"
    """Dashes and the like."""
    HEADING = "heading"
    LABELLED = "labelled"
    """`Label: value`."""
    TITLE = "title"
    STRANGE = "strange"
    """Not what anybody would call software."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a line says of a piece of software."""

    name: str
    version: str = ""
    publisher: str = ""


def kind_of(line: str) -> Kind:
    """What a line is, which is not blank."""
    if len(line) > 4 * LONGEST_TITLE:
        return Kind.STRANGE
    if _RULE.match(line):
        return Kind.RULE
    if _COMMENT.match(line) or _DECORATED.match(line):
        return Kind.HEADING
    if _COMMAND.match(line):
        return Kind.TITLE
    if not is_bulleted(line) and _SECTION.match(line):
        return Kind.HEADING
    if _LABELLED.match(unbulleted(line)):
        return Kind.LABELLED
    return Kind.TITLE if _is_title(cells_of(line)[0]) else Kind.STRANGE


def label_and_value(line: str) -> tuple[str, str]:
    """Both parts of a labelled line."""
    match = _LABELLED.match(unbulleted(line))
    return (match[1].strip(), match[2].strip()) if match else ("", line.strip())


def is_bulleted(line: str) -> bool:
    """Whether a line has a number or a bullet: it is an item of a list, no heading."""
    return _BULLET.match(line) is not None


def unbulleted(line: str) -> str:
    """A line without its number or bullet.

    >>> unbulleted("12. Microsoft Office 2019"), unbulleted("- 7-Zip 22.01"), unbulleted("010 Editor")
    ('Microsoft Office 2019', '7-Zip 22.01', '010 Editor')
    """
    bullet = _BULLET.match(line)
    return line[bullet.end() :].strip() if bullet else line.strip()


def take_apart(line: str) -> Written:
    """Name, version and publisher of a line; the whole line is the name where its parts are not sure.

    >>> take_apart("2) LibreOffice - 7.5.2 - The Document Foundation")
    Written(name='LibreOffice', version='7.5.2', publisher='The Document Foundation')
    >>> take_apart("* Microsoft Office 2019"), take_apart("7-Zip versi 22.01").version
    (Written(name='Microsoft Office 2019', version='', publisher=''), '22.01')
    """
    if command := _COMMAND.match(line):
        return _installed_by(command[1])
    columns = cells_of(line)
    text = columns[0] if len(columns) == 1 else unbulleted(line)
    for cells in (columns, _DASH.split(text), text.split(", ")):
        if len(cells) in (2, 3) and all(cells) and _VERSION.match(cells[1]):
            # What stands in a third column without a heading may as well be a description.
            publisher = cells[2] if len(cells) == 3 and "   " not in text else ""
            return Written(cells[0], cells[1], publisher)
    text = " ".join(text.split())
    if bracketed := _IN_BRACKETS.match(text):
        return Written(_VERSION_WORD.sub("", bracketed[1]), bracketed[2])
    name, _, last = text.rpartition(" ")
    if name and _DOTTED.match(last):
        return Written(_VERSION_WORD.sub("", name.rstrip(" ,:-–")) or name, last.lstrip("vV"))
    return Written(text)


def tells_of_software(text: str) -> bool:
    """Whether words stand in a text that names of software are full of, or a version at its end."""
    return _SOFTWARE.search(text) is not None or _DOTTED.match(text.rpartition(" ")[2]) is not None


def is_instruction(line: str) -> bool:
    """Whether a line tells somebody, or a computer, to do something."""
    return _INSTRUCTION.match(unbulleted(line)) is not None


def is_about_software(text: str) -> bool:
    """Whether a heading or a file's name says that software is listed."""
    return _SUBJECT.search(text) is not None


def is_about_something_else(text: str) -> bool:
    """Whether a heading or a file's name says that software is listed which is not, or not yet, installed."""
    return _OTHER_SUBJECT.search(text) is not None and _INSTALLED.search(text) is None


def is_statement(line: str) -> bool:
    """Whether a line says something of a thing, as complaints do."""
    return _STATEMENT.search(line) is not None


def is_printed_rule(line: str) -> bool:
    """Whether a line is what a tool prints below the headings of its columns."""
    return _PRINTED_RULE.match(line) is not None


def names_device(line: str) -> bool:
    """Whether a line without a label names a device.

    >>> names_device("PC Loket 2"), names_device("DINSOS-PC01"), names_device("PC Matic 1.2"), names_device("7-Zip")
    (True, True, True, False)
    """
    return _DEVICE.match(line.strip()) is not None


def announces_software(line: str) -> bool:
    """Whether a line is a heading that says so, with a colon or without: `Daftar aplikasi PC 1`."""
    if not is_about_software(line):
        return False
    return kind_of(line) is Kind.HEADING or (len(line.split()) <= _MOST_WORDS // 2 and _OPENING.match(line) is not None)


def cells_of(line: str) -> list[str]:
    """A line's columns, without its bullet and number."""
    cells = [cell.strip() for cell in _COLUMNS.split(unbulleted(line))]
    return cells[1:] if len(cells) > 1 and cells[0].rstrip(".").isdigit() else cells


def _is_title(text: str) -> bool:
    words = text.split()
    if not 2 <= len(text) <= LONGEST_TITLE or not 0 < len(words) <= _MOST_WORDS or not any(map(str.isalpha, text)):
        return False
    if not (text[0].isalnum() or text[0] in ".(@µ") or text[1:2] == ":":
        return False
    if (
        _ONLY_VERSION.match(text)
        or _STRANGE.search(text)
        or _TIME.search(text)
        or _FILE.search(text)
        or _SENTENCE_END.search(text)
    ):
        return False
    if all("/" in word or ":" in word for word in words) or _NOTICE.match(text):
        return False
    if text.count(",") > 2 or text.count(". ") > 1:
        return False
    little = sum(word.strip("(),.").lower() in _FUNCTION_WORDS for word in words if not (len(word) == 1 and word.isupper()))
    return little <= max(1, len(words) // 3)


def _installed_by(arguments: str) -> Written:
    """What an installing command names: the first word that is no option."""
    version = _OPTION_VALUE.search(arguments)
    name = next((word for word in arguments.split() if not word.startswith("-")), arguments.strip())
    return Written(name, version[1] if version else "")
