# SPDX-License-Identifier: Apache-2.0
"""`foss-audit audit`: inventories and licence registers in, per-agency reports out."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from foss_audit.audit import Audited, all_findings, audit
from foss_audit.cli import COULD_NOT_AUDIT
from foss_audit.cli.console import progress, say_problems, show_summary
from foss_audit.cli.setup import Workbench, said, workbench
from foss_audit.collect import NOTHING_FOUND, find_inventories, find_registers, read_inventories
from foss_audit.config import Config, load_config
from foss_audit.entitlements import Register
from foss_audit.errors import ConfigError, OutputError
from foss_audit.gather import FileReading
from foss_audit.language import LANGUAGES
from foss_audit.messages import message
from foss_audit.outcome import Severity
from foss_audit.register import RegisterFile, load_register
from foss_audit.reports import FORMATS, reports_for
from foss_audit.reports.interface import ReportInput
from foss_audit.store import write_reports

_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
"""A region makes millions of small values that live to the end; looking through them for garbage took a third of the time."""
_EXISTING = click.Path(exists=True, path_type=Path)


def _formats(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in (value or "").split(",") if part.strip()))
    if unknown := [one for one in chosen if one not in FORMATS]:
        raise click.BadParameter(f"there is no format {', '.join(unknown)}; choose from {', '.join(FORMATS)}")
    return chosen


@click.command("audit")
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=_EXISTING)
@click.option("--agency", default="", help="Agency of files whose place does not tell one.")
@click.option("--register", "registers", multiple=True, type=_EXISTING, metavar="FILE|DIR", help="Licence register; repeatable.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Day the audit speaks of (default: today)."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder of the reports (default: reports).")
@click.option("--format", "formats", callback=_formats, metavar="LIST", help="Of xlsx,html,json,csv (default: all).")
@click.option("--config", "config_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Settings (default: audit.toml in the current folder, where there is one).")  # fmt: skip
@click.option("--rules", "overlays", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
              metavar="DIR", help="Rules over the built-in ones; repeatable.")  # fmt: skip
@click.option("--map", "mappings", multiple=True, metavar="LIST",
              help="Columns of a table, by heading or letter: name=Barang,version=C; repeatable.")  # fmt: skip
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of reports and messages (default: id).")
@click.option(
    "--fail-on", type=click.Choice([one.value for one in Severity]), help="Least severity that makes exit code 1 (default: low)."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read files.")
@click.pass_context
def command(
    context: click.Context,
    inputs: tuple[Path, ...],
    agency: str,
    registers: tuple[Path, ...],
    as_of: datetime | None,
    out: Path | None,
    formats: tuple[str, ...],
    config_file: Path | None,
    overlays: tuple[Path, ...],
    mappings: tuple[str, ...],
    lang: str | None,
    fail_on: str | None,
    jobs: int,
) -> int:
    """Audit inventories against licence registers and write the reports.

    INPUT is a file or a folder of inventories; without it, what the config names is audited. Exit code 0: no finding at
    or above --fail-on; 1: some; 2: could not audit.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    config = load_config(config_file)
    bench = workbench(config, overlays, lang, mappings)
    with _errors_in_words(bench):
        day = as_of.date() if as_of else config.as_of or date.today()
        out = out or config.out or Path("reports")
        files = _read(
            inputs or config.inputs, registers or config.registers, agency or config.agency, [out, *overlays], config, bench, jobs
        )
        register = _registers(registers or config.registers, bench)
        prices = _prices(config, bench)
        audited = audit(files, register, bench.rulebook, bench.recogniser, day, config.region, prices)
        _write(audited, out, formats or config.formats or FORMATS, bench)
        show_summary(audited.result, out, bench.translator)
        threshold = Severity(fail_on) if fail_on else config.fail_on or Severity.LOW
        return int(any(finding.severity.rank >= threshold.rank for finding in all_findings(audited.result)))


def _read(
    inputs: Sequence[Path],
    registers: Sequence[Path],
    agency: str,
    apart: Sequence[Path],
    config: Config,
    bench: Workbench,
    jobs: int,
) -> list[FileReading]:
    """The inventories. Raises ConfigError where there is none that can be read."""
    if not inputs:
        raise ConfigError(message("Name an INPUT, or a config with inputs: foss-audit audit FOLDER"))
    excluded = [
        *registers,
        *apart,
        *config.rules,
        *(path for path in (config.file, config.agencies, config.prices) if path is not None),
    ]
    found = find_inventories(inputs, excluded, agency, bench.context)
    if not found:
        raise ConfigError(NOTHING_FOUND)
    with progress(bench.translator, len(found)) as done:
        files = read_inventories(found, bench.context, jobs, done)
    if all(file.reading is None for file in files):
        say_problems([file.problem for file in files if file.problem is not None], bench.translator)
        raise ConfigError(message("None of the files could be read; nothing was audited"))
    return files


def _registers(given: Sequence[Path], bench: Workbench) -> Register:
    found = find_registers(given, bench.context)
    if given and not found:
        raise ConfigError(message("There is no register in {folders}", folders=", ".join(str(path) for path in given)))
    return load_register(found, bench.context, bench.agencies, bench.recogniser, bench.rulebook.editions)


def _prices(config: Config, bench: Workbench) -> dict[str, int]:
    """Whole rupiah for one licence by product, of the price list that the config names. Raises ConfigError for its faults."""
    if config.prices is None:
        return {}
    file = RegisterFile(config.prices, config.prices.name)
    listed = load_register([file], bench.context, bench.agencies, bench.recogniser, bench.rulebook.editions)
    for problem in (problem for problems in listed.problems.values() for problem in problems):
        raise ConfigError(problem.message, problem.source)
    return {one.product_key: one.unit_price for one in listed.entitlements if one.unit_price is not None}


def _write(audited: Audited, out: Path, formats: Sequence[str], bench: Workbench) -> None:
    rendered = ReportInput(audited.result, audited.installations, bench.translator)
    write_reports(out, (file for report in reports_for(formats) for file in report.render(rendered)))


@contextmanager
def _errors_in_words(bench: Workbench) -> Iterator[None]:
    """Errors from here on are said in the chosen language."""
    try:
        yield
    except (ConfigError, OutputError) as error:
        raise _Said(said(error, bench.translator)) from error


class _Said(click.ClickException):
    """An error already in words."""

    exit_code = COULD_NOT_AUDIT

    def show(self, file: Any = None) -> None:
        click.echo(f"foss-audit: {self.message}", err=True)
