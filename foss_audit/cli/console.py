# SPDX-License-Identifier: Apache-2.0
"""What the terminal shows: progress and a summary for a person, nothing where the output is piped."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from foss_audit.language import Translator
from foss_audit.model import Problem
from foss_audit.outcome import AgencyVerdict, AuditResult
from foss_audit.reports.view import devices_text
from foss_audit.reports.words import VERDICTS

_COLOURS = {
    AgencyVerdict.COMPLIANT: "green",
    AgencyVerdict.NON_COMPLIANT: "red",
    AgencyVerdict.UNDETERMINED: "yellow",
}


@contextmanager
def progress(translator: Translator, files: int) -> Iterator[Callable[[str], None]]:
    """A bar on the terminal's error stream that moves with each file; silent where that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(escape(translator.gettext("Reading inventories")), total=files)
        yield lambda file: bar.advance(task)


def show_summary(result: AuditResult, out: Path, translator: Translator) -> None:
    """A short table of the agencies; silent where the output is piped."""
    if not sys.stdout.isatty():
        return
    _ = translator.gettext
    console = Console()
    table = Table(title=_("Summary as of {day}").replace("{day}", translator.day(result.as_of)), title_justify="left")
    table.add_column(_("Agency"))
    table.add_column(_("Verdict"))
    headings = (_("Devices"), _("Installations"), _("Legal commercial"), _("FOSS"), _("Unlicensed"), _("Undetermined"), _("Rate"))
    for heading in headings:
        table.add_column(heading, justify="right")
    for agency in result.agencies:
        counts = agency.counts
        verdict = escape(_("not handed in") if not agency.submitted else translator.say(VERDICTS[agency.verdict]))
        table.add_row(
            escape(agency.agency),
            f"[{_COLOURS[agency.verdict]}]{verdict}[/]",
            devices_text(agency.devices, agency.unnamed_at_least, translator),
            *(
                translator.number(number)
                for number in (
                    counts.total,
                    counts.legal_commercial,
                    counts.foss,
                    counts.unlicensed,
                    counts.undetermined,
                )
            ),
            translator.percent(agency.compliance_rate),
        )
    console.print(table)
    console.print(escape(_("Reports: {folder}").replace("{folder}", str(out))))


def say_problems(problems: Iterable[Problem], translator: Translator) -> None:
    """Problems on the error stream, a line each."""
    for problem in problems:
        place = " ".join(part for part in (problem.source.file, problem.source.locator) if part)
        print(f"foss-audit: {place}: {translator.say(problem.message)}", file=sys.stderr)  # noqa: T201
