# SPDX-License-Identifier: Apache-2.0
"""Files of certificates beside a register, and their SHA-256."""

import hashlib
from pathlib import Path

_MOST_BYTES = 64 * 2**20
"""Of a certificate that is read to its end."""


def certificate_beside(folder: Path, name: str) -> tuple[Path, str] | None:
    """The file of that name in a folder or below, and its SHA-256; None where it is not there, outside, or beyond the limit."""
    path = (folder / name).resolve()
    try:
        if not path.is_relative_to(folder.resolve()) or path.stat().st_size > _MOST_BYTES:
            return None
        with path.open("rb") as file:
            return path, hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
