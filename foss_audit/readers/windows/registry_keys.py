# SPDX-License-Identifier: Apache-2.0
"""Keys of the registry that tell of software: those of Uninstall, that of Windows, that of the computer's name. Pure."""

import re
from collections.abc import Mapping

from foss_audit.messages import message
from foss_audit.model import Note, Source
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Reading
from foss_audit.readers.text_lines import LINE, TextLines
from foss_audit.readers.windows.records import Kind, Record, add_record

KEY = re.compile(r"(?:HKEY_[A-Z_]{5,20}|HKLM|HKCU|HKU)\\")
"""How the path of a key begins where `reg query` prints it."""

_NO_UNINSTALL_KEYS = message(
    "The file holds no keys of Uninstall, so it lists no software. Export "
    "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall and the one below WOW6432Node."
)

_WANTED_OF_PROGRAM = frozenset({"displayname", "displayversion", "publisher"})
_WANTED_OF_WINDOWS = frozenset(
    {"productname", "currentversion", "currentbuild", "currentbuildnumber", "ubr", "currentmajorversionnumber"}
    | {"currentminorversionnumber"}
)
_WINDOWS = "\\microsoft\\windows nt\\currentversion"
_FIRST_BUILD_OF_WINDOWS_11 = 22000
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
_LONGEST_NUMBER = 8
"""Digits of a REG_DWORD."""


class RegistryKeys:
    """Takes keys and their values in the order of a file's lines; `finish` adds the last one."""

    def __init__(self, found: EntryCollector) -> None:
        self._device: str | None = None
        self._has_uninstall = False
        self._found = found
        self._position = 0
        self._kind: Kind | None = None
        self._wanted: frozenset[str] = frozenset()
        self._fields: dict[str, str] = {}
        self._unreadable = False

    def key(self, path: str, position: int) -> None:
        """A key begins."""
        self.finish()
        self._position = position
        self._fields = {}
        self._unreadable = False
        self._kind, self._wanted = self._kind_of(path.strip().rstrip("\\").casefold())

    def wants(self, name: str) -> bool:
        """Whether a value of the key that has begun is of use; the others need not be read."""
        return name.casefold() in self._wanted

    def value(self, name: str, data: str | None) -> None:
        """A value of the key that has begun, one that is wanted; None for one that is no text or damaged."""
        name = name.casefold()
        if data is None:
            self._unreadable = self._unreadable or name == "displayname"
            return
        if name == "computername":
            self._device = self._device or data.strip() or None
        else:
            self._fields[name] = data

    def finish(self) -> None:
        """The key that has begun is at its end."""
        if self._unreadable:
            self._found.problem(
                LINE, self._position, message("The DisplayName of this key is no text or damaged; export the key again.")
            )
        elif self._kind is Kind.PROGRAM:
            add_record(Record(self._fields, LINE, self._position), self._found, Kind.PROGRAM)
        elif self._kind is Kind.SYSTEM and self._fields.get("productname"):
            self._add_windows()
        self._kind = None

    def reading(self, reader: str, text: TextLines) -> Reading:
        """All that was found in a file."""
        notes = () if self._has_uninstall else (Note(Source(self._found.file), _NO_UNINSTALL_KEYS),)
        return self._found.reading(reader, text.encoding, self._device, (*text.notes, *notes))

    def _kind_of(self, path: str) -> tuple[Kind | None, frozenset[str]]:
        """What a key (lower case) is, and which of its values are of use."""
        outer, _, _ = path.rpartition("\\")
        is_program = _is_uninstall(outer)
        self._has_uninstall = self._has_uninstall or is_program or _is_uninstall(path)
        if is_program:
            return Kind.PROGRAM, _WANTED_OF_PROGRAM
        if path.endswith(_WINDOWS) and "\\wow6432node\\" not in path:
            return Kind.SYSTEM, _WANTED_OF_WINDOWS
        if path.endswith(("\\control\\computername\\computername", "\\control\\computername\\activecomputername")):
            return None, frozenset({"computername"})
        return None, frozenset()

    def _add_windows(self) -> None:
        fields = self._fields
        build = fields.get("currentbuildnumber") or fields.get("currentbuild", "")
        name = fields["productname"].strip()
        if build.isdecimal() and int(build[:9]) >= _FIRST_BUILD_OF_WINDOWS_11 and name.startswith("Windows 10 "):
            # Windows 11 kept the old name in this key.
            name = f"Windows 11 {name.removeprefix('Windows 10 ')}"
        name = name if name.startswith("Microsoft") else f"Microsoft {name}"
        record = {"caption": name, "version": _windows_version(fields, build), "manufacturer": "Microsoft Corporation"}
        add_record(Record(record, LINE, self._position), self._found, Kind.SYSTEM)


def number_of(digits: str) -> str | None:
    """A REG_DWORD, whose hexadecimal digits these are, as a decimal number; None where they are none."""
    return str(int(digits, 16)) if 0 < len(digits) <= _LONGEST_NUMBER and is_hexadecimal(digits) else None


def is_hexadecimal(text: str) -> bool:
    """Whether a text holds nothing but hexadecimal digits."""
    return _HEX_DIGITS.issuperset(text)


def _is_uninstall(path: str) -> bool:
    return path == "uninstall" or path.endswith("\\currentversion\\uninstall")


def _windows_version(fields: Mapping[str, str], build: str) -> str:
    major, minor = fields.get("currentmajorversionnumber", ""), fields.get("currentminorversionnumber", "0")
    release = f"{major}.{minor}" if major else fields.get("currentversion", "")
    return ".".join(part for part in (release, build, fields.get("ubr", "")) if part)
