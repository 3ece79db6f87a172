# SPDX-License-Identifier: Apache-2.0
"""Finds the readers of this package by themselves, picks the one that knows a file, and guards what all have in common."""

import codecs
import json
import pkgutil
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import import_module
from itertools import chain, zip_longest
from pathlib import Path
from typing import cast

from foss_audit.activation import said_without_keys, without_keys
from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Source
from foss_audit.readers.consoles import output_of
from foss_audit.readers.interface import Head, Limits, Reader, Reading, ReadingContext
from foss_audit.readers.unknown import what_it_is

_HEAD_BYTES = 64 * 1024
_NAMES_OF_A_READER = ("NAME", "DESCRIPTION", "recognises", "read")


def read_file(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads a file, shown as `file` in sources, with the one reader that knows it.

    Raises UnreadableFile where nothing of it can be read, and nothing else whatever the file is like or a reader does.
    """
    readers()  # a reader that cannot be loaded is a fault of ours, not of the file
    with guarded(path, file, context.limits) as reading:
        reading.reader = pick(read_head(path))
        return _keyless(reading.reader.read(path, file, context))


@dataclass(slots=True)
class Guard:
    """What is known of a reading that may fail."""

    reader: Reader | None = None


@contextmanager
def guarded(path: Path, file: str, limits: Limits) -> Iterator[Guard]:
    """Protects the reading of a stranger's file, inventory or register: no pipe is opened, nothing beyond a limit read.

    Raises UnreadableFile, and nothing else, whatever the file or its reader does.
    """
    guard = Guard()
    try:
        _check(path, limits)
        yield guard
    except UnreadableFile as error:
        raise UnreadableFile(error.message, Source(file, error.source.locator if error.source else "")) from error
    except Exception as error:  # a stranger's file must not end the audit of the others
        raise UnreadableFile(_mishap(error, guard.reader, file), Source(file)) from error


def read_head(path: Path) -> Head:
    """The beginning of a file. Raises UnreadableFile for what is no ordinary file, OSError where it cannot be opened."""
    _check_ordinary(path)
    with path.open("rb") as opened:
        beginning = opened.read(_HEAD_BYTES)
    return Head(path, path.suffix.lower(), beginning, _without_commands(_text_of(beginning)))


def pick(head: Head) -> Reader:
    """The reader that knows the file. Raises UnreadableFile, naming readers, where none or several do.

    A general reader is asked only where no particular one claims the file.
    """
    particular = [reader for reader in readers() if not is_general(reader)]
    general = [reader for reader in readers() if is_general(reader)]
    claiming = [one for one in particular if _recognises(one, head)] or [one for one in general if _recognises(one, head)]
    if len(claiming) == 1:
        return claiming[0]
    if claiming:
        raise UnreadableFile(
            message(
                "Several readers claim this file: {readers}. Export it again in one format.",
                readers=", ".join(reader.NAME for reader in claiming),
            ),
            Source(head.path.name),
        )
    raise UnreadableFile(what_it_is(head), Source(head.path.name))


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader module of this package and of those in it, by name."""
    modules = [import_module(module.name) for module in pkgutil.walk_packages(__path__, f"{__name__}.")]
    found = [cast(Reader, module) for module in modules if all(hasattr(module, name) for name in _NAMES_OF_A_READER)]
    return tuple(sorted(found, key=lambda reader: reader.NAME))


def is_general(reader: Reader) -> bool:
    """Whether a reader takes what particular ones leave: any table as text, any list of names."""
    return bool(getattr(reader, "GENERAL", False))


def _keyless(reading: Reading) -> Reading:
    """A reading whose sentences, headings and rights hold no whole product key; those of its entries hold none already."""
    return replace(
        reading,
        problems=tuple(replace(one, message=said_without_keys(one.message)) for one in reading.problems),
        notes=tuple(replace(one, message=said_without_keys(one.message)) for one in reading.notes),
        sheets=tuple(
            replace(one, columns={name: without_keys(heading) for name, heading in one.columns.items()}) for one in reading.sheets
        ),
        entitlements=tuple(
            replace(one, **{field.name: said_without_keys(getattr(one, field.name)) for field in fields(one)})
            for one in reading.entitlements
        ),
    )


def _recognises(reader: Reader, head: Head) -> bool:
    try:
        return reader.recognises(head)
    except Exception as error:
        raise UnreadableFile(_mishap(error, reader, head.path.name), Source(head.path.name)) from error


def _check(path: Path, limits: Limits) -> None:
    size = _check_ordinary(path)
    if size == 0:
        raise UnreadableFile(message("The file is empty; export or copy it again."))
    if size > limits.file_bytes:
        raise UnreadableFile(
            message(
                "The file has {size} bytes, more than the limit of {limit}; split the inventory into smaller files.",
                size=size,
                limit=limits.file_bytes,
            )
        )


def _check_ordinary(path: Path) -> int:
    """The size in bytes of an ordinary file; devices and pipes are never opened, for they may never end."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFile(message("This is a folder, not a file; name the files in it, or give the folder as an input."))
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(message("This is a device or a pipe, not a file; save the inventory as a file first."))
    return status.st_size


def _mishap(error: Exception, reader: Reader | None, file: str) -> Message:
    """What to say of an exception that nobody foresaw."""
    if isinstance(error, FileNotFoundError):
        return message("The file does not exist; check its path.")
    if isinstance(error, PermissionError):
        return message("There is no permission to read the file; give your account the right to read it.")
    if isinstance(error, MemoryError):
        return message("There is not enough memory to read the file; split the inventory into smaller files.")
    if isinstance(error, RecursionError):
        return message("The file is nested too deeply to be an inventory; export it again.")
    if reader is None or isinstance(error, OSError):
        return message("The file cannot be read ({kind}); copy it to this machine and try again.", kind=_kind(error))
    return message(
        "The reader {reader} could not read {file} ({kind}); the file is damaged, or the reader has a fault. "
        "Export it again, or report it.",
        reader=reader.NAME,
        file=file,
        kind=_kind(error),
    )


def _kind(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def _without_commands(text: str) -> str:
    """Text without the prompts of a console, blank lines in their place, so that a list is known whatever was typed above it."""
    lines = re.split(r"(\r\n|\r|\n)", text)
    output = output_of(lines[::2]).lines
    return text if output == tuple(lines[::2]) else "".join(chain.from_iterable(zip_longest(output, lines[1::2], fillvalue="")))


def _text_of(beginning: bytes) -> str:
    """Decoded as Unicode where it is, else as Windows-1252; a character cut in half at the end is left out."""
    encoding = json.detect_encoding(beginning)
    try:
        return codecs.getincrementaldecoder(encoding)().decode(beginning)
    except UnicodeDecodeError:
        return beginning.decode("cp1252" if encoding.startswith("utf-8") else encoding, errors="replace")
