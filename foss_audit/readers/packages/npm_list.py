# SPDX-License-Identifier: Apache-2.0
"""Reads the tree of packages that npm and pnpm print: every place in it is an entry, and so is the application itself."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from foss_audit.messages import message
from foss_audit.model import SkipReason
from foss_audit.readers.entries import NO_POSITION, EntryCollector
from foss_audit.readers.interface import Head, Reading, ReadingContext
from foss_audit.readers.json_document import Outline, list_outline_of, load_json, outline_of
from foss_audit.readers.package_urls import package_url
from foss_audit.readers.sboms.statements import join_parts

NAME = "npm-list"
DESCRIPTION = "Packages of Node.js (npm ls --json, also with --all, --long or -g; pnpm ls --json)"

_GROUPS = ("dependencies", "devDependencies", "optionalDependencies", "unsavedDependencies")
"""Lists of a node's packages: npm has the first, pnpm all."""
_ROOT_KEYS = frozenset(
    {"name", "version", "problems", "invalid", "extraneous", "overridden", "private", "path", "error", "resolved"}
)
_NODE_KEYS = frozenset({"version", "missing", "resolved", "extraneous", "required", "from"})
_LONG_KEYS = frozenset({"_id", "_dependencies", "extraneous"})
_LOCK_KEYS = frozenset({"lockfileVersion", "contentHash", "requires"})
_GLOBAL = "lib"
"""What npm calls the folder of packages for all of a machine."""


def recognises(head: Head) -> bool:
    """Whether the head is of a tree of packages; files that ask for packages (package.json, lock files) are none."""
    outline = outline_of(head.text)
    if outline is not None:
        return _is_tree(outline) and (outline.outer <= _ROOT_KEYS.union(_GROUPS) or not outline.keys.isdisjoint(_LONG_KEYS))
    projects = list_outline_of(head.text)
    return (
        projects is not None and _is_tree(projects) and "path" in projects.outer and projects.outer <= _ROOT_KEYS.union(_GROUPS)
    )


def _is_tree(outline: Outline) -> bool:
    groups = tuple(f"/{group}/" for group in _GROUPS if group in outline.outer)
    if not groups or not outline.keys.isdisjoint(_LOCK_KEYS) or outline.keys.isdisjoint(_NODE_KEYS):
        return False
    nodes = [value for path, value in outline.values.items() if path.startswith(groups)]
    return bool(nodes) and not any(nodes)


def read(path: Path, file: str, context: ReadingContext) -> Reading:
    """Reads the tree, each package before those it needs. Raises UnreadableFile where the JSON is damaged."""
    document = load_json(path, file, context.limits)
    found = EntryCollector(file, context.limits)
    several = document.value if isinstance(document.value, list) else None
    roots = [("", document.value)] if several is None else [(f"/{number}", root) for number, root in enumerate(several)]
    names = []
    for pointer, root in roots:
        if isinstance(root, dict):
            names.append(_read_root(root, pointer, found))
            _read_packages(root, pointer, found)
        else:
            found.problem(pointer, NO_POSITION, message("This package is no JSON object; correct it in the export."))
    device = (names[0] or None) if len(names) == 1 else None
    return found.reading(NAME, document.encoding, device, document.notes, document.damage)


def _read_root(root: Mapping[str, object], pointer: str, found: EntryCollector) -> str:
    """The application that needs the packages, and its name; the folder of packages for all of a machine is none."""
    place = f"{pointer}/"
    name = found.text(root.get("name"), "name", place, NO_POSITION)
    version = found.text(root.get("version"), "version", place, NO_POSITION)
    if not name:
        return ""
    if name == _GLOBAL and not version:
        found.skip(place, NO_POSITION, SkipReason.DESCRIBES_DEVICE)
        return ""
    found.add(name, version, _author(root), _license(root), _purl(name, version), place, NO_POSITION)
    return name


def _read_packages(root: Mapping[str, object], pointer: str, found: EntryCollector) -> None:
    """All packages below a root; a loop, for no depth is too much."""
    levels = [_nodes(root, pointer, found)]
    while levels:
        for place, name, node in levels[-1]:
            if _read_package(name, node, place, found) and isinstance(node, dict):
                levels.append(_nodes(node, place, found))
                break
        else:
            levels.pop()


def _nodes(node: Mapping[str, object], pointer: str, found: EntryCollector) -> Iterator[tuple[str, str, object]]:
    """The packages directly below a node: place, name, node."""
    for group in _GROUPS:
        packages = node.get(group)
        if isinstance(packages, dict):
            for name, package in packages.items():
                yield f"{pointer}/{group}/{name.replace('~', '~0').replace('/', '~1')}", name, package
        elif packages:
            found.problem(
                f"{pointer}/{group}",
                NO_POSITION,
                message("These packages are no JSON object and were not read; run npm ls again."),
            )


def _read_package(name: str, node: object, place: str, found: EntryCollector) -> bool:
    """An entry, or what is not installed; whether anything may stand below it."""
    if not isinstance(node, dict):
        found.problem(place, NO_POSITION, message("This package is no JSON object; correct it in the export."))
        return False
    version = found.text(node.get("version"), "version", place, NO_POSITION)
    if not name.strip():
        found.problem(place, NO_POSITION, message("This package has no name; add it in the export."))
        return True
    # npm shows what is optional or missing, and what is asked for and not there, without a version.
    if node.get("missing") or node.get("peerMissing") or (not version and node.keys().isdisjoint({"resolved", "path", *_GROUPS})):
        found.skip(place, NO_POSITION, SkipReason.NOT_INSTALLED)
        return True
    found.add(name.strip(), version, _author(node), _license(node), _purl(name.strip(), version), place, NO_POSITION)
    return True


def _license(node: Mapping[str, object]) -> str:
    """Only `--long` shows it; in old packages as an object, or as a list of which each may be chosen (npm's documentation of
    package.json rewrites such a list with OR).
    """
    stated = node.get("license") or node.get("licenses")
    parts = stated if isinstance(stated, list) else [stated]
    named = (part.get("type") or part.get("name") if isinstance(part, dict) else part for part in parts)
    texts = [text.strip() if isinstance(text, str) else "" for text in named]
    return join_parts(texts, "OR") if any(texts) else ""


def _author(node: Mapping[str, object]) -> str:
    author = node.get("author")
    name = author.get("name") if isinstance(author, dict) else author
    return name.split("<", 1)[0].split("(", 1)[0].strip() if isinstance(name, str) else ""


def _purl(name: str, version: str) -> str:
    scope, _, bare = name.rpartition("/")
    return package_url("npm", scope, bare, version)
