# SPDX-License-Identifier: Apache-2.0
"""Puts reports in their place: all or none rendered, each moved whole, what is no longer made removed."""

import json
import re
import secrets
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from foss_audit.errors import OutputError
from foss_audit.messages import message
from foss_audit.model import Source

MANIFEST = ".foss-audit-manifest.json"
_REPORT = re.compile(r"(?:[a-z0-9\-]+/)?[a-z0-9_\-]+\.(?:xlsx|html|json|csv|pdf|docx|md)")
"""Names that reports have: at most one folder deep."""


def write_reports(out: Path, files: Iterable[tuple[str, bytes]]) -> list[Path]:
    """Writes files (path below `out`, content) and removes those of the last run that this one no longer makes.

    Everything is written under temporary names first, so a run that fails leaves the last good reports. Raises
    OutputError after all else is in place where a file could not be replaced, as when Excel holds it open.
    """
    staged: dict[str, Path] = {}
    suffix = f".{secrets.token_hex(4)}.tmp"
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            target = _inside(out, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            staged[name] = target.with_name(target.name + suffix)
            staged[name].write_bytes(content)
    except OSError as error:
        _discard(staged.values())
        raise OutputError(
            message("The reports cannot be written to {folder}: {reason}", folder=str(out), reason=error.strerror or "?")
        ) from error
    except BaseException:
        _discard(staged.values())
        raise
    held = [name for name, temporary in staged.items() if not _move(temporary, _inside(out, name))]
    held += _remove_former(out, set(staged))
    _write_manifest(out, sorted({*staged, *held}))
    if held:
        raise OutputError(
            message(
                "Close {files} and run again: another program holds it open. All other reports were written.",
                files=", ".join(held),
            ),
            Source(str(out)),
        )
    return [_inside(out, name) for name in staged]


def former_reports(out: Path) -> frozenset[Path]:
    """The reports of an earlier run in a folder: what its manifest lists and only foss-audit names so."""
    return frozenset(out.joinpath(*name.split("/")) for name in _read_manifest(out))


def _inside(out: Path, name: str) -> Path:
    """The place of a report; never outside `out`."""
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or "\\" in name or ":" in name:
        raise OutputError(message("'{name}' is no place for a report", name=name))
    return out.joinpath(*relative.parts)


def _move(temporary: Path, target: Path) -> bool:
    """Whether the file could take its place; where not, the one there stays."""
    try:
        temporary.replace(target)
    except OSError:
        _discard([temporary])
        return False
    return True


def _remove_former(out: Path, current: set[str]) -> list[str]:
    """Removes what the last run made and this one does not; returns what could not be removed."""
    held = []
    for name in sorted(set(_read_manifest(out)) - current):
        try:
            path = _inside(out, name)
            path.unlink(missing_ok=True)
            if path.parent != out and not any(path.parent.iterdir()):
                path.parent.rmdir()
        except FileNotFoundError:
            continue
        except (OSError, OutputError):
            held.append(name)
    return held


def _read_manifest(out: Path) -> list[str]:
    """What the last run wrote, as far as the manifest can be trusted: names of reports inside the folder, nothing else."""
    try:
        listed = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    if not isinstance(listed, list):
        return []
    return [name for name in listed if isinstance(name, str) and _REPORT.fullmatch(name)]


def _write_manifest(out: Path, names: list[str]) -> None:
    text = json.dumps({"generator": "foss-audit", "files": names}, indent=1, ensure_ascii=False)
    temporary = out / f"{MANIFEST}.tmp"
    temporary.write_text(text + "\n", encoding="utf-8")
    temporary.replace(out / MANIFEST)


def _discard(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue
