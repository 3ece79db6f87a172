# SPDX-License-Identifier: Apache-2.0
"""What every test may use: golden files, and the switch that renews them."""

from collections.abc import Callable
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-goldens", action="store_true", help="write what the code makes now into the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compares bytes with the file of that name in `goldens/` beside the test; with --renew-goldens it writes them there."""
    folder = Path(request.path).parent / "goldens"
    renew = bool(request.config.getoption("--renew-goldens"))

    def compare(name: str, content: bytes) -> None:
        path = folder / name
        if renew:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert path.exists(), f"there is no golden file {path.name}: run pytest --renew-goldens and read what it wrote"
        expected = path.read_bytes()
        assert content.decode().splitlines() == expected.decode().splitlines()
        assert content == expected

    return compare
