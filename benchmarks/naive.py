# SPDX-License-Identifier: Apache-2.0
"""How many entries a file holds, counted without the readers and as simply as can be: what their figures are held against.

A count is None where the file is too damaged for one.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import yaml

_NO_ENTRIES = {"tools", "pedigree", "annotator", "evidence", "declarations", "formulation", "modelCard", "compositions"}
"""Elements of CycloneDX whose components are not what the document lists."""


def count(reader: str, path: Path) -> int | None:
    """The entries of a file that a reader of that name read; None where there is no naive count."""
    counter = COUNTERS.get(reader)
    if counter is None:
        return None
    try:
        return counter(path)
    except (ValueError, ElementTree.ParseError, yaml.YAMLError, RecursionError):
        return None


def _cyclonedx_json(path: Path) -> int:
    document = _json(path)
    metadata = document.get("metadata")
    subject = metadata.get("component") if isinstance(metadata, dict) else None
    return int(subject is not None) + _nested(subject) + _nested(document)


def _nested(holder: object) -> int:
    parts = holder.get("components") if isinstance(holder, dict) else None
    return sum(1 + _nested(part) for part in parts) if isinstance(parts, list) else 0


def _cyclonedx_xml(path: Path) -> int:
    def components(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
        for child in element:
            name = _plain(child.tag)
            if name == "component":
                yield child
            if name not in _NO_ENTRIES:
                yield from components(child)

    return sum(1 for _ in components(ElementTree.parse(path).getroot()))


def _cyclonedx_textproto(path: Path) -> int:
    opened: list[str] = []
    found = 0
    strings_and_comments = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\#[^\n]*"""
    for token in re.finditer(rf"{strings_and_comments}|(\w+)\s*:?\s*([{{<\[])|([{{<])|[}}>\]]", _text(path)):
        name = token[1] or (opened[-1].rstrip("[") if token[3] and opened else "")
        if name:
            around = [one for one in opened if one != f"{name}["]
            is_entry = name == "components" or (name == "component" and around == ["metadata"])
            found += token[2] != "[" and is_entry and _NO_ENTRIES.isdisjoint(one.rstrip("[") for one in around)
            opened.append(name.rstrip("[") + ("[" if token[2] == "[" else ""))
        elif token[0] in ("}", ">", "]") and opened:
            opened.pop()
    return found


def _spdx_json(path: Path) -> int:
    document = _json(path)
    for envelope in ("sbom", "Document", "predicate"):
        document = document.get(envelope, document)
    described = document.get("documentDescribes") or []
    return len(document.get("packages") or []) + sum(isinstance(one, dict) for one in described)


def _spdx_yaml(path: Path) -> int:
    return len(yaml.load(path.read_bytes(), yaml.CBaseLoader).get("packages") or [])


def _spdx_tag_value(path: Path) -> int:
    return len(re.findall(r"^\s*PackageName:", _text(path), re.MULTILINE))


def _spdx_xml(path: Path) -> int:
    return sum(_plain(element.tag) == "packages" for element in ElementTree.parse(path).iter())


def _spdx_rdf(path: Path) -> int:
    return sum(_plain(element.tag) == "Package" for element in ElementTree.parse(path).iter())


def _spdx3(path: Path) -> int:
    document = _json(path)
    elements = document.get("@graph") or document.get("element") or [document]
    kinds = [str(one.get("type") or one.get("@type")) for one in elements if isinstance(one, dict)]
    return sum(re.search(r"(?:software_|ai_AI|dataset_Dataset|Software/|^)(?:Package)$", kind) is not None for kind in kinds)


def _syft(path: Path) -> int:
    return len(_json(path).get("artifacts") or [])


def _trivy(path: Path) -> int:
    document = json.loads(path.read_bytes())
    results = document if isinstance(document, list) else document.get("Results") or []
    return sum(len(result.get("Packages") or []) for result in results)


def _glpi(path: Path) -> int:
    content = _json(path).get("content", {})
    return len(content.get("softwares") or []) + bool(content.get("operatingsystem"))


def _swid(path: Path) -> int:
    return len(re.findall(r"<(?:\w+:)?(?:SoftwareIdentity|software_identification_tag)\b", _text(path)))


def _registry(path: Path) -> int:
    keys = re.findall(r"^\[[^\]\n]*\\Uninstall\\([^\\\]\n]+)\]", _text(path), re.MULTILINE | re.IGNORECASE)
    return len(keys)


def _winget(path: Path) -> int:
    return sum(len(source.get("Packages") or []) for source in _json(path).get("Sources") or [])


def _lines(path: Path) -> int:
    return sum(bool(line.strip()) for line in _text(path).splitlines())


def _paragraphs(path: Path) -> int:
    return len(re.findall(r"^(?:Package|P|Name)\s*:", _text(path), re.MULTILINE))


COUNTERS: Mapping[str, Callable[[Path], int]] = {
    "cyclonedx-json": _cyclonedx_json,
    "cyclonedx-xml": _cyclonedx_xml,
    "cyclonedx-textproto": _cyclonedx_textproto,
    "spdx-json": _spdx_json,
    "spdx-yaml": _spdx_yaml,
    "spdx-tag-value": _spdx_tag_value,
    "spdx-xml": _spdx_xml,
    "spdx-rdf": _spdx_rdf,
    "spdx3-json": _spdx3,
    "syft-json": _syft,
    "trivy-json": _trivy,
    "glpi-json": _glpi,
    "swid": _swid,
    "registry-export": _registry,
    "winget-export": _winget,
    "pacman-list": _lines,
    "dpkg-query": _lines,
    "rpm-list": _lines,
    "gentoo-list": _lines,
    "dpkg-status": _paragraphs,
    "apk-installed": _paragraphs,
}
SBOMS = frozenset(name for name in COUNTERS if name.startswith(("cyclonedx", "spdx", "syft", "trivy")))


def _json(path: Path) -> dict:
    return json.loads(path.read_bytes(), strict=False)


def _text(path: Path) -> str:
    content = path.read_bytes()
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if wide else "utf-8-sig", errors="replace")


def _plain(tag: object) -> str:
    return str(tag).rpartition("}")[2]
