# SPDX-License-Identifier: Apache-2.0
"""XML of a workbook as a stream of tags, without anything that could grow."""

from collections.abc import Callable, Iterable
from xml.parsers import expat


class XmlError(ValueError):
    """What is no well-formed XML, or declares a document type."""


def parse_xml(
    chunks: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Calls `start` with the name and the attributes of every tag, `end` with its name, `text` with what stands between.

    A document type, of which no workbook has need, is refused with whatever it declares. Raises XmlError.
    """

    def refuse(*_: object) -> None:
        raise XmlError("a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise XmlError("no well-formed XML") from error
