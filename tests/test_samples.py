# SPDX-License-Identifier: Apache-2.0
"""The sample regency, audited through the real command line, must tell the story that its README tells."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from foss_audit.readers import readers

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "sample_inventories"
CLASSES = ("legal_commercial", "foss", "unlicensed", "undetermined")
COLUMNS = ["agency", "verdict", "devices", *CLASSES, "findings"]


def foss_audit(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "foss_audit", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)


def audit_samples(out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return foss_audit("audit", "--config", "sample_inventories/audit.toml", "--out", str(out), *arguments)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reports")
    done = audit_samples(out)
    assert done.returncode == 1, done.stderr
    return out


@pytest.fixture(scope="module")
def audited(reports: Path) -> dict[str, Any]:
    return dict(json.loads((reports / "audit.json").read_text(encoding="utf-8")))


def expected() -> dict[str, dict[str, str]]:
    """The one table of the README whose heading is COLUMNS, by agency."""
    lines = (SAMPLES / "README.md").read_text(encoding="utf-8").splitlines()
    tables = [number for number, line in enumerate(lines) if cells(line) == COLUMNS]
    assert len(tables) == 1
    rows = {}
    for line in lines[tables[0] + 2 :]:
        if not line.startswith("|"):
            break
        row = dict(zip(COLUMNS, cells(line), strict=True))
        rows[row["agency"]] = row
    return rows


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def as_row(agency: dict[str, Any]) -> dict[str, str]:
    counts = Counter(finding["rule"] for finding in agency["findings"])
    findings = ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items()))
    numbers = {name: str(agency["installations"][name]) for name in CLASSES}
    row = {"agency": agency["agency"], "verdict": agency["verdict"], "devices": str(agency["devices"])}
    return row | numbers | {"findings": findings or "–"}


def test_every_agency_comes_to_what_the_readme_says(audited: dict[str, Any]) -> None:
    assert {agency["agency"]: as_row(agency) for agency in audited["agencies"]} == expected()


def test_totals_are_the_sums_of_the_table(audited: dict[str, Any]) -> None:
    rows = expected().values()
    for name in ("devices", *CLASSES):
        assert audited["totals"][name] == sum(int(row[name]) for row in rows)


def test_no_entry_vanishes() -> None:
    files = [str(path.relative_to(ROOT)) for path in inventory_files()]
    done = foss_audit("inspect", "--format", "json", *files)
    assert done.returncode == 1, "one sample is damaged on purpose"
    inspected = json.loads(done.stdout)
    assert [one["file"] for one in inspected] == files
    for one in inspected:
        if one["reader"] is not None:
            kept = one["installations"] + one["duplicates"]
            assert one["rows"] == kept + len(one["skipped"]) + len(one["problems"]), one["file"]


def test_every_reader_has_a_sample() -> None:
    done = foss_audit("inspect", "--format", "json", *(str(path) for path in inventory_files()))
    assert {reader.NAME for reader in readers()} == {one["reader"] for one in json.loads(done.stdout)} - {None}


def test_the_same_samples_give_the_same_bytes_in_several_processes(reports: Path, tmp_path: Path) -> None:
    assert audit_samples(tmp_path, "--jobs", "2").returncode == 1
    first, second = (
        {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()} for out in (reports, tmp_path)
    )
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_fail_on_changes_the_exit_code_only(tmp_path: Path) -> None:
    inventory = ("audit", str(SAMPLES / "Dinas Sosial.csv"), "--as-of", "2026-11-24", "--format", "json", "--out")
    assert foss_audit(*inventory, str(tmp_path / "low")).returncode == 1
    assert foss_audit(*inventory, str(tmp_path / "grave"), "--fail-on", "very_high").returncode == 0
    assert (tmp_path / "low" / "audit.json").read_bytes() == (tmp_path / "grave" / "audit.json").read_bytes()


def inventory_files() -> list[Path]:
    return sorted(
        path
        for path in SAMPLES.rglob("*")
        if path.is_file() and "register" not in path.parts and path.name not in ("README.md", "audit.toml", "agencies.csv")
    )
