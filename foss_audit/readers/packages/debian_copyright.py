# SPDX-License-Identifier: Apache-2.0
"""Reads Debian copyright files (`/usr/share/doc/*/copyright`): licences of packages that another list names; no entries."""

import re
from collections.abc import Iterator
from pathlib import Path

from foss_audit.errors import UnreadableFile
from foss_audit.licenses.full_texts import license_of_notice, license_of_text
from foss_audit.messages import message
from foss_audit.model import Note, Source
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext, StatedLicense
from foss_audit.readers.sboms.statements import join_licenses
from foss_audit.readers.text_file import read_text_file

NAME = "debian-copyright"
DESCRIPTION = (
    "Licences of Debian packages (`/usr/share/doc/*/copyright`), for the packages of a dpkg list; needs the extra `debian`"
)

_FORMAT = re.compile(r"\s*format(?:-specification)?:\s*\S*(?:copyright-format|dep-?5|dep\.debian)", re.IGNORECASE)
_NAMED = re.compile(r"(?P<package>[a-z0-9][a-z0-9+.-]+?)(?:_[^_]+)?[._]copyright")
_OF_DEBIAN = re.compile(r"debian|/usr/share/common-licenses", re.IGNORECASE)


def recognises(head: Head) -> bool:
    """Whether a file is named as Debian's copyright files are, and speaks of Debian or of the format."""
    named = head.path.name == "copyright" or _NAMED.fullmatch(head.path.name) is not None
    return named and (_FORMAT.match(head.text) or _OF_DEBIAN.search(head.text)) is not None


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """The licence of one package. Raises UnreadableFile where the file is no text, or the extra `debian` is missing."""
    opened = read_text_file(path, file, context.limits)
    text = opened.content().decode("utf-8-sig")
    found = EntryCollector(file, context.limits)
    license = join_licenses(_licenses(text, file)) if _FORMAT.match(text) else license_of_notice(text)
    found.licenses.append(StatedLicense(Source(file), "deb", _package(path), license))
    return found.reading(NAME, opened.encoding, None, [Note(Source(file), said) for said in opened.notes])


def _package(path: Path) -> str:
    """The package that the place of the file names: `doc/<package>/copyright`, `<package>_<version>_copyright`."""
    named = _NAMED.fullmatch(path.name)
    return named["package"] if named else path.parent.name


def _licenses(text: str, file: str) -> Iterator[str]:
    """The licence of every paragraph about files: what its text is word for word, else its short name. In order, each once."""
    try:
        from debian_inspector.copyright import (  # noqa: PLC0415  (an extra)
            CopyrightFilesParagraph,
            CopyrightLicenseParagraph,
            DebianCopyright,
        )
    except ImportError as error:
        raise UnreadableFile(
            message('Debian copyright files need the extra "debian": pip install "foss-audit[debian]"'), Source(file)
        ) from error
    paragraphs = DebianCopyright.from_text(text).paragraphs
    texts = {
        one.license.name: one.license.text
        for one in paragraphs
        if isinstance(one, CopyrightLicenseParagraph) and one.license.name and one.license.text
    }
    seen = set()
    for paragraph in paragraphs:
        if not isinstance(paragraph, CopyrightFilesParagraph):
            continue
        name = " ".join((paragraph.license.name or "").split())
        if name not in seen:
            seen.add(name)
            yield license_of_text(paragraph.license.text or texts.get(name, "")) or name or "NOASSERTION"
