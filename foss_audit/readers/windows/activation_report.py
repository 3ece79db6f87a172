# SPDX-License-Identifier: Apache-2.0
"""What slmgr.vbs and ospp.vbs tell of the activation of Windows and Office: a product whose key is installed is an entry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.text_lines import LINE, read_lines
from foss_audit.readers.windows.licensing import activation_of
from foss_audit.readers.windows.printed_parts import Form, holds_several, read_form

NAME = "activation-report"
DESCRIPTION = "Activation of Windows (`slmgr /dli`, `/dlv`, `/dlv all`) and Office (`ospp.vbs /dstatus`), English text"

_SERVER = "keymanagementservicemachine"
_PROPERTIES: Mapping[str, str] = {
    **dict.fromkeys(("name", "license name"), "name"),
    **dict.fromkeys(("description", "license description"), "description"),
    "product key channel": "productkeychannel",
    **dict.fromkeys(("partial product key", "last 5 characters of installed product key"), "partialproductkey"),
    "license status": "licensestatus",
    **dict.fromkeys(
        (
            "registered kms machine name",
            "kms machine name from dns",
            "kms machine name",
            "kms machine registry override defined",
        ),
        _SERVER,
    ),
}
"""Labels of slmgr.vbs and ospp.vbs to the properties of SoftwareLicensingProduct that they print."""
_BEGINS = frozenset({"name", "license name"})
_LONGEST_LABEL = 60
_LINES_OF_HEAD = 300
_NOT_FOUND = "not available"


@dataclass(slots=True)
class _Product:
    """A product that a report tells of."""

    line: int
    values: dict[str, str] = field(default_factory=dict)


def recognises(head: Head) -> bool:
    """Whether the labels of one of the two scripts are there, with the name and the status of a product."""
    lines = head.text.lstrip("\ufeff").splitlines()[:_LINES_OF_HEAD]
    labels = {label for label, _ in map(_labelled, lines)}
    is_office = {"license name", "license status"} <= labels and not labels.isdisjoint(
        {"sku id", "product id", "license description"}
    )
    is_windows = {"name", "description", "license status"} <= labels and not labels.isdisjoint(
        {"partial product key", "activation id", "application id"}
    )
    return (is_office or is_windows) and not holds_several(head)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Every product whose key is installed; the others are not. Raises UnreadableFile for what is no text."""
    text = read_lines(path, file, context.limits)
    return read_form(NAME, text, EntryCollector(file, context.limits), read_printed, Form.ACTIVATION)


def read_printed(lines: Sequence[str], found: EntryCollector) -> None:
    """Every product whose key is installed."""
    for product in _products(lines):
        _add(product, found)


def _products(lines: Sequence[str]) -> Iterator[_Product]:
    """Products in file order; ospp.vbs writes two lines before a name, which belong to nothing here."""
    product: _Product | None = None
    for number, line in enumerate(lines, 1):
        label, value = _labelled(line)
        known = _PROPERTIES.get(label)
        if label in _BEGINS:
            if product is not None:
                yield product
            product = _Product(number, {"name": value})
        elif known and product is not None and value and _NOT_FOUND not in value:
            product.values.setdefault(known, value)
    if product is not None:
        yield product


def _add(product: _Product, found: EntryCollector) -> None:
    values = product.values
    activation = replace(activation_of(values), server=values.get(_SERVER, "").split(" ", 1)[0])
    name = found.text(values.get("name"), "Name", LINE, product.line)
    if not activation.key:
        found.skip(LINE, product.line, SkipReason.NOT_INSTALLED)
        return
    if not name:
        found.problem(LINE, product.line, message("This product has a key but no name; run the report again."))
        return
    found.add(name, "", "", "", "", LINE, product.line, activation=str(activation))


def _labelled(line: str) -> tuple[str, str]:
    """Label (lower case) and value of a line; two empty texts where it has none."""
    colon = line.find(":", 0, _LONGEST_LABEL)
    return (line[:colon].strip().casefold(), line[colon + 1 :].strip()) if colon > 0 else ("", "")
