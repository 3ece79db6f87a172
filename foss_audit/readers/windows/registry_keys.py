# SPDX-License-Identifier: Apache-2.0
"""Keys of the registry that tell of software: those of Uninstall, that of Windows, that of the computer's name. Pure."""

from collections.abc import Mapping

from foss_audit.messages import Message, message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.windows.records import Kind, Record, add_record

NO_UNINSTALL_KEYS = message(
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


class RegistryKeys:
    """Takes keys and their values in the order of a file; `finish` adds the last one."""

    def __init__(self, found: EntryCollector, place: str) -> None:
        self.device: str | None = None
        self.has_uninstall = False
        self._found = found
        self._place = place
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
        """A value of the key that has begun; None for one that is no text or damaged."""
        name = name.casefold()
        if name not in self._wanted:
            return
        if data is None:
            self._unreadable = self._unreadable or name == "displayname"
            return
        if name == "computername":
            self.device = self.device or data.strip() or None
        else:
            self._fields[name] = data

    def finish(self) -> None:
        """The key that has begun is at its end."""
        if self._unreadable:
            self._found.problem(
                self._place, self._position, message("The DisplayName of this key is no text or damaged; export the key again.")
            )
        elif self._kind is Kind.PROGRAM:
            add_record(Record(self._fields, self._place, self._position), self._found, Kind.PROGRAM)
        elif self._kind is Kind.SYSTEM and self._fields.get("productname"):
            self._add_windows()
        self._kind = None

    def notes(self) -> tuple[Message, ...]:
        """What to say of the whole file."""
        return () if self.has_uninstall else (NO_UNINSTALL_KEYS,)

    def _kind_of(self, path: str) -> tuple[Kind | None, frozenset[str]]:
        """What a key (lower case) is, and which of its values are of use."""
        outer, _, _ = path.rpartition("\\")
        if _is_uninstall(outer):
            self.has_uninstall = True
            return Kind.PROGRAM, _WANTED_OF_PROGRAM
        if _is_uninstall(path):
            self.has_uninstall = True
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
        add_record(Record(record, self._place, self._position), self._found, Kind.SYSTEM)


def _is_uninstall(path: str) -> bool:
    return path == "uninstall" or path.endswith("\\currentversion\\uninstall")


def _windows_version(fields: Mapping[str, str], build: str) -> str:
    major, minor = fields.get("currentmajorversionnumber", ""), fields.get("currentminorversionnumber", "0")
    release = f"{major}.{minor}" if major else fields.get("currentversion", "")
    return ".".join(part for part in (release, build, fields.get("ubr", "")) if part)
