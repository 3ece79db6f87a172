# SPDX-License-Identifier: Apache-2.0
"""Writes into a rule pack of a project: all files or none, and only what passes the check."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from foss_audit.errors import OutputError
from foss_audit.messages import message
from foss_audit.model import Source


def write_pack(folder: Path, files: Mapping[str, str], check: Callable[[Path], object]) -> None:
    """Puts files (content by name below `folder`) into a pack after `check` has passed a copy of it with them.

    Raises what `check` raises, and OutputError where a file cannot be written; nothing is changed then.
    """
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / folder.name
        if folder.is_dir():
            shutil.copytree(folder, copy)
        for name, content in files.items():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_text(content, encoding="utf-8", newline="")
        check(copy)
    staged = {}
    try:
        for name, content in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            staged[target] = target.with_name(f"{target.name}.tmp")
            # Excel takes a CSV for UTF-8 only with the mark.
            staged[target].write_text(content, encoding="utf-8-sig", newline="")
        for target, temporary in staged.items():
            temporary.replace(target)
    except OSError as error:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        raise OutputError(
            message("cannot be written ({reason}): close it in other programs and run again", reason=error.strerror or "?"),
            Source(str(error.filename or folder)),
        ) from error
