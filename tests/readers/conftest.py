# SPDX-License-Identifier: Apache-2.0
"""The corpus of real files beside the checkout; tests that use it skip where it is absent."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real input files."""
    beside = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("FOSS_AUDIT_SHARED", beside)) / "corpus"
    if not folder.is_dir():
        pytest.skip("the corpus of real files is not here; FOSS_AUDIT_SHARED names its place")
    return folder
