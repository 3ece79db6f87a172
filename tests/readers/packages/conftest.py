# SPDX-License-Identifier: Apache-2.0
"""A package list written to a file and read, as the tests of this folder need it."""

from pathlib import Path

import pytest
from package_lists import CONTEXT, Write

from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext


@pytest.fixture
def reading(tmp_path: Path) -> Write:
    """Writes a file and reads it with whichever reader claims it."""

    def write(content: str | bytes, name: str = "server.txt", context: ReadingContext = CONTEXT) -> Reading:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_file(path, name, context)

    return write
