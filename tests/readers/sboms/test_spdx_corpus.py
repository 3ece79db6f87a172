# SPDX-License-Identifier: Apache-2.0
"""Every SPDX document of the corpus against counts made otherwise, and against spdx-tools where that can read it."""

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.readers.sboms.statements import says_something
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
READERS = ("spdx-json", "spdx-yaml", "spdx-tag-value", "spdx-xml", "spdx-rdf", "spdx3-json")
PACKAGES_OF_3 = {"software_Package", "ai_AIPackage", "dataset_DatasetPackage"}
MARKS = (b"SPDXRef-", b"SPDXVersion", b"SPDXID", b"spdx.org/rdf", "SPDXID".encode("utf-16-le"))
LARGE = 300_000
"""Bytes beyond which the oracle takes too long."""


def files(corpus: Path) -> Iterator[Path]:
    """Those that speak of SPDX at all."""
    for path in sorted((corpus / "sbom").rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            if any(mark in content for mark in MARKS):
                yield path


def decoded(content: bytes) -> str:
    return content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", errors="replace")


def naive_count(reader: str, text: str) -> int:
    """Packages of a document, counted without any of our readers."""
    if reader == "spdx-json":
        document = json.loads(text.lstrip("\ufeff"), strict=False)
        return len(document.get("sbom", document).get("packages") or [])
    if reader == "spdx3-json":
        elements = json.loads(text.lstrip("\ufeff"), strict=False)["@graph"]
        return sum(element.get("type") in PACKAGES_OF_3 for element in elements)
    if reader == "spdx-yaml":
        yaml = pytest.importorskip("yaml")
        return len(yaml.load(text.lstrip("\ufeff"), Loader=yaml.BaseLoader).get("packages") or [])
    if reader == "spdx-tag-value":
        return len(re.findall(r"^PackageName:", text, re.MULTILINE))
    if reader == "spdx-xml":
        return text.count("<packages>")
    return len(set(re.findall(r'<spdx:Package rdf:(?:about|nodeID)="([^"]+)"', text))) + text.count("<spdx:Package>")


def accounted(reading: Reading) -> int:
    return len(reading.entries) + len(reading.skipped) + len(reading.problems)


@pytest.mark.corpus
def test_no_package_of_the_corpus_is_lost(corpus: Path) -> None:
    read = dict.fromkeys(READERS, 0)
    packages = kept = 0
    for path in files(corpus):
        try:
            reading = read_file(path, path.name, CONTEXT)
        except UnreadableFile:
            continue
        if reading.reader not in READERS:
            continue
        text = decoded(path.read_bytes())
        count = naive_count(reading.reader, text)
        assert accounted(reading) == count, path
        read[reading.reader] += 1
        packages += count
        kept += len(reading.entries) + len(reading.skipped)
    assert read["spdx-json"] >= 78 and read["spdx3-json"] >= 27 and read["spdx-tag-value"] >= 28 and read["spdx-yaml"] >= 22
    assert read["spdx-xml"] >= 3 and read["spdx-rdf"] >= 5
    assert kept >= 0.99 * packages > 1_000


@pytest.mark.corpus
def test_every_file_that_speaks_of_spdx_ids_is_read_or_is_no_document(corpus: Path) -> None:
    unread = []
    for path in files(corpus):
        text = decoded(path.read_bytes())
        if not re.search(r"SPDXRef-DOCUMENT|rdf/3\.0\.\d/spdx-context", text):
            continue
        try:
            if read_file(path, path.name, CONTEXT).reader not in READERS:
                unread.append(path.name)
        except UnreadableFile:
            unread.append(path.name)
    assert all("schema" in name for name in unread), unread


@pytest.mark.corpus
def test_spdx_tools_sees_the_same(corpus: Path) -> None:
    parser = pytest.importorskip("spdx_tools.spdx.parser.parse_anything")
    compared = 0
    for path in files(corpus):
        if not path.name.endswith((".spdx", ".spdx.json", ".spdx.yaml", ".spdx.yml", ".spdx.xml", ".rdf.xml", ".rdf")):
            continue
        document = parsed(parser, path) if path.stat().st_size < LARGE else None
        if document is None:
            continue
        try:
            reading = read_file(path, path.name, CONTEXT)
        except UnreadableFile:
            raise AssertionError(f"{path}: spdx-tools reads it") from None
        if reading.reader not in READERS or reading.reader == "spdx3-json":
            continue
        skipped = {line.source.locator for line in reading.skipped}
        ours = sorted(zip(reading.entries["name"], reading.entries["version"], strict=True))
        theirs = sorted((package.name.strip(), stated(package.version)) for package in document.packages)
        assert len(ours) + len(skipped) + len(reading.problems) == len(theirs), path
        assert set(ours) <= set(theirs), path
        assert licenses(reading) >= simple_licenses(document.packages, reading), path
        compared += 1
    assert compared > 20, compared


def parsed(parser: Any, path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return parser.parse_file(str(path))
        except Exception:  # what it cannot read is no oracle
            return None


def stated(text: str | None) -> str:
    return text.strip() if text and says_something(text) else ""


def licenses(reading: Reading) -> set[tuple[str, str]]:
    return set(zip(reading.entries["name"], reading.entries["license"], strict=True))


def simple_licenses(packages: Any, reading: Reading) -> set[tuple[str, str]]:
    """Name and licence of packages with one listed id; sets may be written in another order."""
    kept = set(reading.entries["name"])
    found = set()
    for package in packages:
        for license in (package.license_concluded, package.license_declared):
            text = str(license) if license is not None else ""
            if says_something(text):
                if package.name.strip() in kept and re.fullmatch(r"[A-Za-z0-9.\-]+", text) and "LicenseRef" not in text:
                    found.add((package.name.strip(), text))
                break
    return found
