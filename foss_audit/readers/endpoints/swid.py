# SPDX-License-Identifier: Apache-2.0
"""Reads SWID tags (ISO/IEC 19770-2): a tag is an entry; a folder of tags is a device, unless a tag names its own."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from foss_audit.errors import UnreadableFile
from foss_audit.messages import message
from foss_audit.model import SkipReason, Source
from foss_audit.readers.endpoints.swid_tags import OLD_TAG, TAG, SoftwareTag, is_true, read_tag
from foss_audit.readers.endpoints.xml_documents import read_documents
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.xml_document import root_of

NAME = "swid"
DESCRIPTION = "SWID tags of ISO/IEC 19770-2:2009 and 2015 (`.swidtag`, XML), one a file or several"

_TAG_START = re.compile(r"<(?:[A-Za-z_][\w.-]{0,60}:)?(?:SoftwareIdentity|software_identification_tag)[\s>]")
_ELEMENT = re.compile(r"<[A-Za-z_]")
_NAMESPACE = "standards.iso.org/iso/19770/-2"
_PLACE = "/SoftwareIdentity/"


def recognises(head: Head) -> bool:
    """Whether the head is of a SWID tag, or of XML with SWID tags right below its root."""
    root = root_of(head.text)
    if root is None:
        return False
    if root.name in (TAG, OLD_TAG):
        return True
    below = _ELEMENT.search(head.text, head.text.find(root.name))
    return below is not None and _TAG_START.match(head.text, below.start()) is not None and _NAMESPACE in head.text


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads every tag of the file, in order. Raises UnreadableFile where there is none, or the file is beyond a limit."""
    if path.stat().st_size > context.limits.document_bytes:
        raise UnreadableFile(context.limits.exceeded("document_bytes"), Source(file))
    documents = read_documents(path.read_bytes(), file, context.limits)
    tags = [tag for root in documents.roots for tag in _tags(root)]
    if not tags and not documents.problems:
        raise UnreadableFile(message("There is no SWID tag in this file; export it again."), Source(file))
    found = EntryCollector(file, context.limits)
    found.problems.extend(documents.problems)
    read_tags = [read_tag(tag, _PLACE, position, found) for position, tag in enumerate(tags, 1)]
    devices = {tag.device for tag in read_tags}
    device = devices.pop() if len(devices) == 1 else ""
    for position, (element, tag) in enumerate(zip(tags, read_tags, strict=True), 1):
        _add(element, tag, "" if device else tag.device, position, found)
    reading = found.reading(NAME, documents.encoding, device or None, documents.notes)
    return reading if device else replace(reading, device_is_folder=True)


def _tags(root: Element) -> Iterator[Element]:
    for element in root.iter():
        if element.tag in (TAG, OLD_TAG):
            yield element


def _add(element: Element, tag: SoftwareTag, device: str, position: int, found: EntryCollector) -> None:
    """A tag as the entry it is. A corpus tag lies beside an installer; a supplemental tag only adds to another one."""
    if is_true(element.get("corpus")):
        found.skip(_PLACE, position, SkipReason.NOT_INSTALLED)
    elif is_true(element.get("supplemental")):
        found.note(
            _PLACE,
            position,
            message(
                "This tag only adds to the tag of {name}; it is no software of its own and was not counted.", name=tag.name or "?"
            ),
        )
    elif not tag.name:
        found.problem(_PLACE, position, message("This tag does not name its software; find out on the device what it is."))
    else:
        found.add(
            tag.name,
            tag.version,
            tag.publisher,
            tag.license,
            tag.purl,
            _PLACE,
            position,
            activation=tag.activation,
            device=device,
        )
