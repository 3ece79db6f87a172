# SPDX-License-Identifier: Apache-2.0
"""Reads the corpus of real files and prints, per format, what was read against a naive count, and how fast.

`python benchmarks/readers.py [FILE OR FOLDER]...`; without arguments the corpus beside the checkout (or FOSS_AUDIT_SHARED).
Prints figures and never fails: a noisy machine is no fault of the code.
"""

import json
import os
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from naive import COUNTERS, SBOMS, count

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.rulebook import load_rulebook

CORPUS = Path(os.environ.get("FOSS_AUDIT_SHARED", Path(__file__).parents[2] / "shared")) / "corpus"


@dataclass
class Tally:
    """What the files of one format gave. `naive` counts only over files that a naive count exists for, as `counted` does."""

    files: int = 0
    rows: int = 0
    entries: int = 0
    skipped: int = 0
    problems: int = 0
    notes: int = 0
    naive: int = 0
    counted: int = 0
    kept: int = 0
    """Of what was counted naively: entries, and what was skipped for a reason."""
    seconds: float = 0.0


def main(arguments: list[str]) -> None:
    given = [Path(argument) for argument in arguments] or [CORPUS]
    context = ReadingContext(load_rulebook().vocabulary)
    tallies: dict[str, Tally] = {}
    missed: list[str] = []
    refused: dict[str, int] = {}
    for path in _files(given):
        started = time.perf_counter()
        try:
            reading = read_file(path, path.name, context)
        except UnreadableFile as error:
            refused[error.message.template] = refused.get(error.message.template, 0) + 1
            continue
        tally = tallies.setdefault(reading.reader, Tally())
        tally.seconds += time.perf_counter() - started
        _add(tally, reading, path, missed)
    _print(tallies, refused, missed)
    if not arguments:
        _print_big()


def _files(given: list[Path]) -> Iterator[Path]:
    for path in given:
        yield from sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]


def _add(tally: Tally, reading: Reading, path: Path, missed: list[str]) -> None:
    rows = int(reading.entries["quantity"].sum()) + len(reading.skipped) + len(reading.problems)
    tally.files += 1
    tally.rows += rows
    tally.entries += len(reading.entries)
    tally.skipped += len(reading.skipped)
    tally.problems += len(reading.problems)
    tally.notes += len(reading.notes)
    counted = count(reading.reader, path)
    if counted is None:
        return
    tally.naive += counted
    tally.counted += rows
    tally.kept += min(rows - len(reading.problems), counted)
    if counted != rows:
        missed.append(f"{path.name}: {rows} rows, naive count {counted}")


def _print(tallies: dict[str, Tally], refused: dict[str, int], missed: list[str]) -> None:
    print(
        f"{'format':22} {'files':>6} {'rows':>8} {'naive':>8} {'entries':>8} {'skipped':>8} {'problems':>8} {'notes':>6} {'s':>7}"
    )
    for name, tally in sorted(tallies.items()):
        naive = f"{tally.naive}" if name in COUNTERS else "-"
        print(
            f"{name:22} {tally.files:6} {tally.rows:8} {naive:>8} {tally.entries:8} {tally.skipped:8} {tally.problems:8} "
            f"{tally.notes:6} {tally.seconds:7.2f}"
        )
    sboms = [tally for name, tally in tallies.items() if name in SBOMS]
    if naive_count := sum(tally.naive for tally in sboms):
        kept = sum(tally.kept for tally in sboms)
        print(f"\nSBOM components kept: {kept} of {naive_count} ({kept / naive_count:.2%})")
    print(f"\nnot read: {sum(refused.values())}")
    for template, times in sorted(refused.items(), key=lambda item: -item[1]):
        print(f"{times:6}  {template[:110]}")
    print(f"\nrows other than the naive count: {len(missed)}")
    for line in missed[:20]:
        print(f"  {line}")


def _print_big(components: int = 50_000) -> None:
    """Time and peak memory of a big CycloneDX document against a bare json.load."""
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "components": [_component(number) for number in range(components)],
    }
    context = ReadingContext(load_rulebook().vocabulary)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.cdx.json"
        path.write_text(json.dumps(document))
        works = {"json.load": lambda: json.loads(path.read_text()), "read_file": lambda: read_file(path, path.name, context)}
        print(f"\n{components} CycloneDX components, {path.stat().st_size / 1e6:.0f} MB")
        for name, work in works.items():
            print(f"  {name:10} {_best_seconds(work):6.2f} s {_peak(work) / 1e6:8.0f} MB")


def _component(number: int) -> dict:
    return {
        "type": "library",
        "bom-ref": f"ref-{number}",
        "group": "@scope" if number % 5 == 0 else "",
        "name": f"package-{number}",
        "version": f"1.{number % 50}.0",
        "author": f"Author {number % 900}",
        "description": "What it does, said in one sentence of the usual length.",
        "hashes": [{"alg": "SHA-256", "content": f"{number:064x}"}],
        "licenses": [{"license": {"id": ("MIT", "Apache-2.0", "ISC")[number % 3]}}],
        "purl": f"pkg:npm/package-{number}@1.{number % 50}.0",
        "externalReferences": [{"type": "website", "url": f"https://example.org/{number}"}],
        "properties": [{"name": "path", "value": f"node_modules/{number}"}],
    }


def _best_seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main(sys.argv[1:])
