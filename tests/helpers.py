# SPDX-License-Identifier: Apache-2.0
"""Small inventories, registers and rule packs for the tests of the core and of the command line."""

import csv
import io
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from foss_audit.agencies import AgencyRow, AgencyTable
from foss_audit.attribution import Origin
from foss_audit.catalogue import LicenseModel, Product
from foss_audit.inventory import FileReading
from foss_audit.messages import message
from foss_audit.model import Freedom, License, Problem, Skipped, SkipReason, Source
from foss_audit.readers.entries import entries_table
from foss_audit.readers.interface import Reading, SheetReading

ABSENT = License("", None, Freedom.ABSENT)
AGENCIES = AgencyTable(
    [
        AgencyRow("Dinas Komunikasi dan Informatika", ("Diskominfo", "Dinas Kominfo")),
        AgencyRow("Dinas Kesehatan", ("Dinkes",)),
        AgencyRow("Dinas Sosial", ("Dinsos",)),
    ]
)

HEADING = ("Perangkat", "Nama Software", "Versi", "Penerbit", "Lisensi")
REGISTER_HEADING = ("OPD", "Nama Perangkat Lunak", "Jumlah", "Berlaku Sampai", "Nomor BAST")


def csv_text(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue()


def write(path: Path, content: str | bytes) -> Path:
    """A file, its folders made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def inventory_file(path: Path, *rows: Sequence[object], heading: Sequence[str] = HEADING) -> Path:
    """An inventory as CSV: device, name, version, publisher, licence; short rows are filled up."""
    return write(path, csv_text(heading, [[*row, *[""] * (len(heading) - len(row))] for row in rows]))


def register_file(path: Path, *rows: Sequence[object], heading: Sequence[str] = REGISTER_HEADING) -> Path:
    """A register as CSV: agency, product, quantity, last day; each line with a document of its own."""
    proof = [f"027/{number}" if name == "Nomor BAST" else "" for number, _ in enumerate(rows, 1) for name in heading]
    width = len(heading)
    filled = [[*row, *proof[at * width + len(row) : (at + 1) * width]] for at, row in enumerate(rows)]
    return write(path, csv_text(heading, filled))


def audited(out: Path) -> dict[str, Any]:
    """The audit.json of a run."""
    result: dict[str, Any] = json.loads((out / "audit.json").read_bytes())
    return result


def of_agency(result: dict[str, Any], agency: str) -> dict[str, Any]:
    """The part of one agency."""
    (found,) = [one for one in result["agencies"] if one["agency"] == agency]
    return dict(found)


def rows_of(out: Path) -> list[dict[str, str]]:
    """The lines of installations.csv."""
    with (out / "installations.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def product(
    key: str, model: LicenseModel, *, publisher: str = "Publisher", only_registered: bool = False, **values: Any
) -> Product:
    """A product whose name is its id."""
    return Product(key, key.title(), publisher, model, only_registered=only_registered, **values)


def file_reading(
    file: str,
    rows: Sequence[Mapping[str, object]],
    *,
    input_folder: str = "inventaris",
    input_is_folder: bool = True,
    agency_option: str = "",
    device: str | None = None,
    columns: Mapping[str, str] | None = None,
    skipped: int = 0,
    problems: Sequence[int] = (),
) -> FileReading:
    """A file `folder/…/name.csv` below the input folder as a reader gives it back: rows of ENTRY_COLUMNS, from row 2 on.

    `problems` are the row numbers of lines that could not be read.
    """
    parts = file.split("/")
    origin = Origin(file, parts[-1].rsplit(".", 1)[0], input_folder, input_is_folder, tuple(parts[:-1]), agency_option)
    names = sorted({name for row in rows for name in row} | {"name"})
    defaults: dict[str, object] = {"unnamed": False, "quantity": 1}
    table = {name: [row.get(name, defaults.get(name, "")) for row in rows] for name in names}
    table.setdefault("place", ["A"] * len(rows))
    table.setdefault("position", list(range(2, len(rows) + 2)))
    if columns is None:
        columns = {name: name.title() for name in names}
    reading = Reading(
        "delimited",
        "utf-8",
        (SheetReading("", 1, columns),),
        entries_table(table, len(rows)),
        tuple(Skipped(Source(file, f"A{1000 + number}"), SkipReason.TOTAL) for number in range(skipped)),
        tuple(Problem(Source(file, f"A{number}"), message("names no software")) for number in problems),
        device=device,
    )
    return FileReading(origin, reading)


def sbom_files(corpus: Path, pattern: str) -> list[Path]:
    """SBOMs of the corpus of real files; there must be some."""
    found = sorted(path for path in (corpus / "sbom").glob(pattern) if path.is_file())
    assert found, pattern
    return found


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bases(out: Path) -> dict[tuple[str, str], str]:
    """The basis of every installation of a run, by device and name."""
    return {(row["device"], row["name"]): row["basis"] for row in rows_of(out)}
