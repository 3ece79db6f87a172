# SPDX-License-Identifier: Apache-2.0
"""Texts of Windows tools through the public seam of the readers, in the encoding and with the line ends they come in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from foss_audit.readers import read_file
from foss_audit.readers.interface import Limits, Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a text as a file of that name; `encoding` is how its characters are written, `ends` what stands at line ends."""

    def reading(
        text: str | bytes, name: str = "PC01.txt", encoding: str = "utf-8", ends: str = "\r\n", limits: Limits | None = None
    ) -> Reading:
        path = tmp_path / name
        content = text if isinstance(text, bytes) else text.replace("\n", ends).encode(encoding)
        path.write_bytes(content)
        return read_file(path, name, ReadingContext(Vocabulary({}, {}, {}), limits or Limits()))

    return reading


@pytest.fixture
def read_path() -> Callable[[Path], Reading]:
    """Reads a file where it is."""
    return lambda path: read_file(path, path.name, ReadingContext(Vocabulary({}, {}, {})))
