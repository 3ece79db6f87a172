# SPDX-License-Identifier: Apache-2.0
"""`foss-audit rules learn`: the auditor's decisions in a report, as rules of the project."""

from datetime import date, datetime
from pathlib import Path

import click

from foss_audit.answers import Signature, read_answers
from foss_audit.cli.setup import Workbench, workbench
from foss_audit.config import load_config
from foss_audit.errors import RulesError
from foss_audit.language import LANGUAGES
from foss_audit.messages import counted, message
from foss_audit.rulebook import load_rulebook
from foss_audit.rulebook.learn import PRODUCTS, SOURCES, TITLES, Learned, learn
from foss_audit.rulebook.pack import write_pack


@click.command("learn")
@click.argument("report", metavar="REPORT", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", default=Path("rules-lokal"),
              show_default=True, help="Rule pack of the project that takes the decisions; made where it is missing.")  # fmt: skip
@click.option("--by", default="", help="Who decided, for lines that do not say it.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="When it was decided, for lines that do not say it (default: today).")  # fmt: skip
@click.option("--config", "config_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Settings (default: audit.toml in the current folder, where there is one).")  # fmt: skip
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language (default: id).")
def command(report: Path, into: Path, by: str, on: datetime | None, config_file: Path | None, lang: str | None) -> int:
    """Turn the decisions in the review sheet of REPORT (report.xlsx, summary.xlsx) into rules, with who and when.

    Nothing is written where a decision cannot be understood. Exit code 2 then, with every line that must be corrected.
    """
    config = load_config(config_file)
    others = tuple(folder for folder in config.rules if folder.resolve() != into.resolve())
    present = (into,) if into.is_dir() else ()
    bench = workbench(config, present, lang)
    answers = read_answers(report, bench.context, Signature(by, on.date() if on else date.today()))
    if answers.defects:
        raise RulesError(answers.defects)
    files = (name for name in (PRODUCTS, TITLES, SOURCES) if (into / name).is_file())
    existing = {name: (into / name).read_text(encoding="utf-8-sig") for name in files}
    learned = learn(answers.given, bench.rulebook, existing)
    if learned.files:
        write_pack(
            into, learned.files, lambda pack: load_rulebook((*others, pack), config.agencies, check=True, only_overlays=True)
        )
    _tell(learned, answers.left_open, into, bench)
    if into.resolve() not in [folder.resolve() for folder in config.rules]:
        click.echo(bench.translator.say(message('The next audit uses them with --rules {folder}, or with rules = ["{folder}"] in '
                                                "audit.toml.", folder=into.as_posix())))  # fmt: skip
    return 0


def _tell(learned: Learned, left_open: int, into: Path, bench: Workbench) -> None:
    say = bench.translator.say
    click.echo(say(counted("{count} product learned", "{count} products learned", count=learned.products)))
    click.echo(say(counted("{count} name assigned to a product", "{count} names assigned to products", count=learned.titles)))
    click.echo(say(counted("{count} line still open", "{count} lines still open", count=left_open)))
    for name in sorted(learned.files):
        click.echo((into / name).as_posix())
