# SPDX-License-Identifier: Apache-2.0
"""SPDX tag-value text as the same document in the shape of JSON; tolerant of unknown tags and of texts that never end."""

import re
from collections.abc import Sequence

from foss_audit.messages import counted, message
from foss_audit.readers.entries import EntryCollector
from foss_audit.readers.sboms.spdx import Listed
from foss_audit.readers.text_lines import LINE

_DOCUMENT_FIELDS = {"spdxversion": "spdxVersion", "documentname": "name"}
_PACKAGE_FIELDS = {
    "packageversion": "versionInfo",
    "packagesupplier": "supplier",
    "packageoriginator": "originator",
    "packagelicenseconcluded": "licenseConcluded",
    "packagelicensedeclared": "licenseDeclared",
    "primarypackagepurpose": "primaryPackagePurpose",
}
_LICENSE_FIELDS = {"extractedtext": "extractedText", "licensename": "name"}
_OTHERS = frozenset(
    """
    annotationcomment annotationdate annotationtype annotator artifactofprojecthomepage artifactofprojectname
    artifactofprojecturi attributiontext builtdate created creator creatorcomment datalicense documentcomment documentnamespace
    externaldocumentref externalref externalrefcomment fileattributiontext filechecksum filecomment filecontributor
    filecopyrighttext filedependency filename filenotice filesanalyzed filetype licensecomment licensecomments licenseconcluded
    licensecrossreference licenseid licenseinfoinfile licenseinfoinsnippet licenselistversion packageattributiontext
    packagechecksum packagecomment packagecopyrighttext packagedescription packagedownloadlocation packagefilename
    packagehomepage packagelicensecomments packagelicenseinfofromfiles packagename packagesourceinfo packagesummary
    packageverificationcode relationship relationshipcomment releasedate reviewcomment reviewdate reviewer snippetattributiontext
    snippetbyterange snippetcomment snippetcopyrighttext snippetfromfilespdxid snippetlicensecomments snippetlicenseconcluded
    snippetlinerange snippetname snippetspdxid spdxid spdxref validuntildate
    """.split()  # noqa: SIM905  (seventy words in quotes are harder to read)
)
TAGS = _OTHERS | _DOCUMENT_FIELDS.keys() | _PACKAGE_FIELDS.keys() | _LICENSE_FIELDS.keys()
"""Every tag of SPDX 1.0 to 2.3, in lower case."""

_OPEN, _CLOSE = "<text>", "</text>"
_TAG = re.compile(r"\s*([A-Za-z]{2,40})\s*:[ \t]*")
_REFERENCE = re.compile(r"(\S+)\s+(\S+)\s+(\S.*)")


def tag_and_value(line: str) -> tuple[str, str]:
    """A line as its tag and its value, ('', '') where it is no tag.

    >>> tag_and_value("PackageName: zlib "), tag_and_value("see below")
    (('PackageName', 'zlib'), ('', ''))
    """
    match = _TAG.match(line)
    return (match[1], line[match.end() :].strip()) if match else ("", "")


def is_comment(line: str) -> bool:
    """Whether a line is a remark."""
    return line.lstrip().startswith("#")


def parse_tags(lines: Sequence[str], found: EntryCollector) -> tuple[dict[str, object], list[Listed]]:
    """The document and its packages, each at its line."""
    builder = _Builder()
    unknown: list[int] = []
    unclosed: list[int] = []
    number = 0
    while number < len(lines):
        start = number
        line = lines[number]
        number += 1
        if not line.strip() or is_comment(line):
            continue
        tag, value = tag_and_value(line)
        tag = tag.casefold()
        if tag not in TAGS:
            unknown.append(start + 1)
            continue
        if value.startswith(_OPEN):
            value, number, is_closed = _text(lines, start, value.removeprefix(_OPEN))
            if not is_closed:
                unclosed.append(start + 1)
        builder.take(tag, value, start + 1)
    _note_lines(unknown, unclosed, found)
    return builder.root, builder.packages


def _text(lines: Sequence[str], start: int, first: str) -> tuple[str, int, bool]:
    """A text that begins in line `start`, the number of the line after it, and whether it ends.

    One that never ends, or goes on to where another begins, is its first line: what follows may be packages.
    """
    text, closed, _ = first.partition(_CLOSE)
    if closed:
        return text.strip(), start + 1, True
    parts = [first]
    for number in range(start + 1, len(lines)):
        line = lines[number]
        text, closed, _ = line.partition(_CLOSE)
        if closed:
            parts.append(text)
            return "\n".join(parts).strip(), number + 1, True
        if _OPEN in line:
            tag, value = tag_and_value(line)
            if value.startswith(_OPEN) and tag.casefold() in TAGS:
                break
        parts.append(line)
    return first.strip(), start + 1, False


class _Builder:
    """Gathers tags; each belongs to the package, licence or other thing that was begun last."""

    def __init__(self) -> None:
        self._licenses: list[dict[str, object]] = []
        self._relationships: list[dict[str, object]] = []
        self.root: dict[str, object] = {
            "hasExtractedLicensingInfos": self._licenses,
            "relationships": self._relationships,
        }
        self.packages: list[Listed] = []
        self._package: dict[str, object] | None = None
        self._license: dict[str, object] = {}
        self._section = "document"

    def take(self, tag: str, value: str, line: int) -> None:
        """A tag in lower case with its value, and its line."""
        if tag == "packagename":
            self._begin_package(line)["name"] = value
        elif field := _PACKAGE_FIELDS.get(tag):
            self._current(line).setdefault(field, value)
        elif tag == "packagelicenseinfofromfiles":
            _append(self._current(line), "licenseInfoFromFiles", value)
        elif tag == "spdxid":
            self._identify(value, line)
        elif tag == "externalref":
            self._refer(value)
        elif tag == "relationship":
            self._relate(value)
        elif tag in ("filename", "snippetspdxid"):
            self._section = "other"
        elif tag == "licenseid":
            self._section = "other"
            self._license = {"licenseId": value}
            self._licenses.append(self._license)
        elif field := _LICENSE_FIELDS.get(tag):
            self._license.setdefault(field, value)
        elif field := _DOCUMENT_FIELDS.get(tag):
            self.root.setdefault(field, value)

    def _begin_package(self, line: int) -> dict[str, object]:
        self._section = "package"
        self._package = {}
        self.packages.append((LINE, line, self._package))
        return self._package

    def _current(self, line: int) -> dict[str, object]:
        """The package that tags of packages belong to; one without a name where none was begun."""
        return self._package if self._package is not None else self._begin_package(line)

    def _identify(self, id: str, line: int) -> None:
        if self._section == "document":
            self.root.setdefault("SPDXID", id)
        elif self._section == "package" and self._package is not None:
            # A second id is another package's, whose name is missing.
            package = self._begin_package(line) if "SPDXID" in self._package else self._package
            package["SPDXID"] = id

    def _refer(self, value: str) -> None:
        parts = _REFERENCE.match(value)
        if parts and self._package is not None:
            _append(self._package, "externalRefs", {"referenceType": parts[2], "referenceLocator": parts[3]})

    def _relate(self, value: str) -> None:
        parts = _REFERENCE.match(value)
        if parts:
            one, kind, other = parts.groups()
            self._relationships.append(
                {"spdxElementId": one, "relationshipType": kind.upper(), "relatedSpdxElement": other.split()[0]}
            )


def _append(package: dict[str, object], field: str, value: object) -> None:
    values = package.setdefault(field, [])
    if isinstance(values, list):
        values.append(value)


def _note_lines(unknown: list[int], unclosed: list[int], found: EntryCollector) -> None:
    if unknown:
        found.note(
            LINE,
            unknown[0],
            counted(
                "This line is no tag of SPDX and was left out.",
                "{count} lines, this one first, are no tags of SPDX and were left out.",
                count=len(unknown),
            ),
        )
    for line in unclosed[:10]:
        found.note(LINE, line, message("The text that begins here has no </text>; only its first line was read."))
