# SPDX-License-Identifier: Apache-2.0
"""An empty folder for every test, and the built-in rules read only once."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

import foss_audit.cli.setup
from foss_audit.rulebook import Rulebook, load_rulebook


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder holds nothing, so no config either."""
    monkeypatch.chdir(tmp_path)


@cache
def _built_in() -> Rulebook:
    return load_rulebook()


@pytest.fixture(autouse=True)
def rules_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading them takes longer than most audits here; overlays are read anew."""

    def load(overlays: Sequence[Path] = (), agencies: Path | None = None) -> Rulebook:
        return load_rulebook(overlays, agencies) if overlays or agencies else _built_in()

    monkeypatch.setattr(foss_audit.cli.setup, "load_rulebook", load)
