# SPDX-License-Identifier: Apache-2.0
"""How long a whole audit takes, against pandas' C engine only reading the same CSV as text in the same run.

    python benchmarks/pipeline.py            # 10,000, 100,000 and 1,000,000 rows
    python benchmarks/pipeline.py --rows 100000 --xlsx 200000

Makes its own data in a temporary folder: 100 agencies, 20,000 devices, 6,000 distinct titles, a register of 5,000 lines.
Prints figures and ratios, never fails on them. Peak memory is that of the largest process.
"""

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

from foss_audit.rulebook import load_rulebook

AGENCIES, DEVICES, TITLES, REGISTER_LINES = 100, 20_000, 6_000, 5_000
SHARES = {"component": 70, "foss": 8, "freeware": 6, "needing": 8, "unknown": 8}
"""Per cent of the titles; `needing` are those that need an entitlement."""
READ_ONLY = """
import statistics, sys, time, pandas
def read():
    begin = time.perf_counter()
    pandas.read_csv(sys.argv[1], dtype=KIND, keep_default_na=False, sep=";")
    return time.perf_counter() - begin
print(statistics.median(read() for _ in range(3)))
"""
CALAMINE = """
import sys, time
from python_calamine import CalamineWorkbook
begin = time.perf_counter()
CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(time.perf_counter() - begin)
"""
OUR_READER = """
import sys, time
from pathlib import Path
from foss_audit.readers import read_file
from foss_audit.readers.interface import ReadingContext
from foss_audit.rulebook import load_rulebook
context = ReadingContext(load_rulebook().vocabulary)
begin = time.perf_counter()
read_file(Path(sys.argv[1]), "x", context)
print(time.perf_counter() - begin)
"""
WATCHER = """
import json, resource, subprocess, sys, time
begin = time.perf_counter()
code = subprocess.run(json.loads(sys.argv[1])).returncode
seconds = time.perf_counter() - begin
print(json.dumps([code, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    arguments.add_argument("--xlsx", type=int, default=0, metavar="ROWS", help="also read a workbook of so many rows")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        titles = make_titles()
        register = make_register(root / "register.csv", titles)
        print(
            f"{'rows':>10} {'read str':>9} {'read obj':>9} {'audit':>8} {'÷ str':>6} {'÷ obj':>6} {'peak MiB':>9} {'µs/row':>7}"
        )
        for rows in options.rows:
            inventory = make_inventory(root / f"inventory-{rows}.csv", rows, titles)
            as_text, as_object = (read_only(inventory, kind) for kind in ("str", "object"))
            seconds, peak = audit(inventory, register, root / f"out-{rows}")
            print(
                f"{rows:>10,} {as_text:>8.2f}s {as_object:>8.2f}s {seconds:>7.2f}s {seconds / as_text:>6.1f} "
                f"{seconds / as_object:>6.1f} {peak:>9.0f} {seconds / rows * 1e6:>7.1f}"
            )
        if options.xlsx:
            workbook = make_workbook(root / "inventory.xlsx", options.xlsx, titles)
            bare, ours = (timed(script, workbook) for script in (CALAMINE, OUR_READER))
            print(
                f"xlsx, {options.xlsx:,} rows × 12: calamine alone {bare:.2f}s, our reader {ours:.2f}s, ratio {ours / bare:.2f}"
            )


def make_titles() -> list[tuple[str, str, str, str]]:
    """Name, version, publisher, licence: the catalogue's examples in several versions, and names that nobody knows.

    In shares that are harder than on real Windows machines, where some 86 of 100 titles are components: more of what needs
    an entitlement or is not known makes more findings.
    """
    chance = random.Random(1)
    examples: dict[str, list[tuple[str, ...]]] = {}
    for product in load_rulebook().products:
        if product.origins:
            continue  # names of packages, which an ordinary inventory does not hold
        kind = product.license_model if product.license_model in SHARES else "needing"
        examples.setdefault(kind, []).extend(tuple(example.split(" @ ")) for example in product.examples)
    kinds, shares = list(SHARES), list(SHARES.values())
    titles: dict[tuple[str, str, str, str], None] = {}
    while len(titles) < TITLES:
        number = len(titles)
        version = f"{chance.randint(1, 30)}.{chance.randint(0, 20)}.{number % 997}"
        kind = chance.choices(kinds, shares)[0]
        if kind == "unknown":
            license = chance.choice(["", "", "MIT", "GPL-2.0-or-later", "Freeware"])
            titles[(f"Aplikasi {number}", version, "", license)] = None
        else:
            name, *publisher = chance.choice(examples[kind])
            titles[(name, version, publisher[0] if publisher else "", "")] = None
    return list(titles)


def make_inventory(path: Path, rows: int, titles: list[tuple[str, str, str, str]]) -> Path:
    chance = random.Random(rows)
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, delimiter=";")
        writer.writerow(["OPD", "Ruangan", "Hostname", "Nama Perangkat Lunak", "Versi", "Penerbit", "Lisensi", "Keterangan"])
        for number in range(rows):
            device = chance.randrange(min(DEVICES, max(100, rows // 50)))
            name, version, publisher, license = titles[chance.randrange(len(titles))]
            agency = device % AGENCIES
            row = [
                f"Dinas Contoh {agency:03}",
                f"Ruang {device % 7}",
                f"PC-{device:05}",
                name,
                version,
                publisher,
                license,
                f"baris {number}",
            ]
            writer.writerow(row)
    return path


def make_register(path: Path, titles: list[tuple[str, str, str, str]]) -> Path:
    chance = random.Random(2)
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, delimiter=";")
        writer.writerow(["OPD", "Nama Perangkat Lunak", "Jumlah Lisensi", "Tanggal Mulai", "Berlaku s.d.", "Nomor BAST"])
        for number in range(REGISTER_LINES):
            agency = "Semua OPD" if chance.random() < 0.1 else f"Dinas Contoh {chance.randrange(AGENCIES):03}"
            end = chance.choice(["Selamanya", "31 Desember 2026", "30/06/2026", "1 Januari 2027"])
            row = [
                agency,
                titles[chance.randrange(len(titles))][0],
                chance.randint(1, 60),
                "1 Januari 2024",
                end,
                f"027/{number}/2024",
            ]
            writer.writerow(row)
    return path


def make_workbook(path: Path, rows: int, titles: list[tuple[str, str, str, str]]) -> Path:
    chance = random.Random(3)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Inventaris")
    headings = [
        "No",
        "OPD",
        "Ruangan",
        "Hostname",
        "Nama Pemakai",
        "Nama Perangkat Lunak",
        "Versi",
        "Penerbit",
        "Lisensi",
        "Tahun",
        "Kondisi",
        "Keterangan",
    ]
    sheet.write_row(0, 0, headings)
    for number in range(1, rows + 1):
        name, version, publisher, license = titles[chance.randrange(len(titles))]
        device = number % DEVICES
        row = [
            number,
            f"Dinas {device % AGENCIES}",
            f"Ruang {device % 7}",
            f"PC-{device:05}",
            f"Pegawai {device}",
            name,
            version,
            publisher,
            license,
        ]
        sheet.write_row(number, 0, [*row, 2024, "Baik", f"baris {number}"])
    book.close()
    return path


def read_only(path: Path, kind: str) -> float:
    return timed(READ_ONLY.replace("KIND", kind), path)


def timed(script: str, path: Path) -> float:
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def audit(inventory: Path, register: Path, out: Path) -> tuple[float, float]:
    """Seconds of the whole process and its peak memory in MiB."""
    command = [sys.executable, "-m", "foss_audit", "audit", str(inventory), "--register", str(register), "--out", str(out)]
    command += ["--as-of", "2026-11-24", "--format", "json,csv"]
    done = subprocess.run([sys.executable, "-c", WATCHER, json.dumps(command)], capture_output=True, text=True, check=True)
    code, seconds, peak = json.loads(done.stdout.splitlines()[-1])
    if code != 1:
        raise SystemExit(f"the audit exited {code}: {done.stderr}")
    return seconds, peak


if __name__ == "__main__":
    main()
