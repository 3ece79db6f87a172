# SPDX-License-Identifier: Apache-2.0
"""What to say of a file that no reader knows: what it is, as far as that can be seen, and what to do. Pure."""

import re
from collections.abc import Sequence

from foss_audit.activation import without_keys
from foss_audit.messages import Message, message
from foss_audit.readers.interface import Head

_UNKNOWN = message(
    "No reader knows this kind of file. Export the inventory as an XLSX or CSV file, or remove it from the input. "
    "The documentation (inventories.md) lists all formats."
)
_BLANK = message("The file holds nothing but blanks; export or copy it again.")
_PDF = message(
    "No reader knows PDF documents. If this is an inventory, hand in the spreadsheet that it was made of; else remove it "
    "from the input."
)
_PICTURE = message(
    "No reader knows pictures. If this shows an inventory, hand in the list itself; else remove it from the input."
)
_WORD = message(
    "No reader knows documents of Word. If an inventory is in it, copy its table into a spreadsheet and save that as XLSX; "
    "else remove it from the input."
)
_SLIDES = message(
    "No reader knows presentations. If an inventory is in it, copy its table into a spreadsheet and save that as XLSX; "
    "else remove it from the input."
)
_PROGRAM = message("No reader knows programs. This file is one, not a list of software; remove it from the input.")
_PACKED = message(
    "No reader knows this kind of archive. Unpack it into a folder, or pack the files as ZIP; archives of another kind are not "
    "opened."
)
_NO_SOFTWARE = message(
    "No reader knows what this JSON document is of, for it lists nothing. Run the export again on the device, as administrator "
    "where it asks for it, or remove the file from the input."
)

_BEGINNINGS: Sequence[tuple[bytes, Message]] = (
    (b"%PDF", _PDF),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"{\\rtf", _WORD),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"Rar!\x1a", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
)
_INSIDE: Sequence[tuple[bytes, Message]] = (
    (b"word/", _WORD),
    (b"opendocument.text", _WORD),
    ("WordDocument".encode("utf-16-le"), _WORD),
    (b"ppt/", _SLIDES),
    (b"opendocument.presentation", _SLIDES),
    ("PowerPoint Document".encode("utf-16-le"), _SLIDES),
)
"""Of what ZIP archives and Office's old files hold."""
_CONTAINERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NOTHING = re.compile(r"\s*(?:\[\s*\]|\{\s*\}|null)\s*$")
_FAILED = re.compile(
    r"is not recognized as (?:an internal|the name of)|command not found|: not found$|No Instance\(s\) Available|Access is denied"
    r"|Akses ditolak|tidak dikenali sebagai|Permission denied|No packages? found|No installed package found",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_LINES_OF_FAILURE = 12
_LONGEST = 200


def what_it_is(head: Head) -> Message:
    """What to say of a file that no reader knows."""
    for beginning, what in _BEGINNINGS:
        if head.bytes.startswith(beginning):
            return what
    if head.bytes.startswith(_CONTAINERS):
        return next((what for inside, what in _INSIDE if inside in head.bytes), _WORD if head.suffix == ".doc" else _UNKNOWN)
    text = head.text.strip("\ufeff \t\r\n\0")
    if not text:
        return _BLANK
    if _NOTHING.match(text):
        return _NO_SOFTWARE
    return _failure(text) or _UNKNOWN


def _failure(text: str) -> Message | None:
    """Where the file holds what a command said instead of a list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = next((line for line in lines if _FAILED.search(line)), None)
    if said is None or len(lines) > _MOST_LINES_OF_FAILURE:
        return None
    return message(
        "The command that should list the software said instead: {said} Run it again, as administrator where it asks for it.",
        said=without_keys(said)[:_LONGEST].rstrip(".,") + ".",
    )
