# SPDX-License-Identifier: Apache-2.0
"""Looks for files that break a reader, guided by what code they reach (atheris), beginning with the samples.

`python tests/fuzz.py [--seconds N] [--runs N] [--keep FOLDER]`; exit code 0 where nothing was found, libFuzzer's 77 where
something was: the file lies in FOLDER then. Needs atheris, which installs on Linux: `pip install -e '.[dev]'`.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
with atheris.instrument_imports(include=["foss_audit.readers", "foss_audit.tables"]):
    from reading import context, hold_to_contract, read_unguarded

SUFFIXES = sorted({path.suffix for path in (ROOT / "sample_inventories").rglob("*") if path.is_file()})
"""The first byte of an input chooses one, the rest is the file."""


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--runs", type=int, default=-1, help="inputs to try at most, the same ones each time")
    options.add_argument("--keep", default=tempfile.gettempdir())
    given = options.parse_args()
    context()
    folder = Path(tempfile.mkdtemp(prefix="foss-audit-fuzz-"))
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, path in enumerate(sorted(path for path in (ROOT / "sample_inventories").rglob("*") if path.is_file())):
        (seeds / f"{number:03}").write_bytes(bytes([SUFFIXES.index(path.suffix)]) + path.read_bytes())

    def try_one(data: bytes) -> None:
        if len(data) < 2:
            return
        path = folder / f"file{SUFFIXES[data[0] % len(SUFFIXES)]}"
        path.write_bytes(data[1:])
        reading = read_unguarded(path)
        if reading is not None:
            hold_to_contract(reading)

    flags = [
        f"-max_total_time={given.seconds}",
        f"-runs={given.runs}",
        f"-artifact_prefix={given.keep}/",
        "-timeout=20",
        "-max_len=65536",
        "-seed=1",
    ]
    atheris.Setup([sys.argv[0], *flags, "-print_final_stats=1", str(seeds)], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
