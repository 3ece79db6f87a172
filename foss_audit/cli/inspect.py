# SPDX-License-Identifier: Apache-2.0
"""`foss-audit inspect`: how files are read, before anything is audited."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from foss_audit.cli import COULD_NOT_AUDIT
from foss_audit.cli.inspected import inspect_file
from foss_audit.cli.setup import Workbench, workbench
from foss_audit.config import load_config
from foss_audit.language import LANGUAGES
from foss_audit.model import SkipReason
from foss_audit.reports.words import SKIP_REASONS

_SHOWN = 20
"""Lines of each list that the table for people shows."""
_SHOWN_NAMES = 5


@click.command("inspect")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people or for scripts.",
)
@click.option("--config", "config_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Settings (default: audit.toml in the current folder, where there is one).")  # fmt: skip
@click.option("--rules", "overlays", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
              metavar="DIR", help="Rules over the built-in ones; repeatable.")  # fmt: skip
@click.option("--map", "mappings", multiple=True, metavar="LIST",
              help="Columns of a table, by heading or letter: name=Barang,version=C; repeatable.")  # fmt: skip
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of messages (default: id).")
def command(
    files: tuple[Path, ...],
    output: str,
    config_file: Path | None,
    overlays: tuple[Path, ...],
    mappings: tuple[str, ...],
    lang: str | None,
) -> int:
    """Show how each FILE is read: format, encoding, sheets, heading row, columns, entries kept and skipped, problems.

    Exit code 0: every file was read whole; 1: something in them is a problem; 2: none of them could be read.
    """
    bench = workbench(load_config(config_file), overlays, lang, mappings)
    inspected = [inspect_file(str(path), path, bench) for path in files]
    if output == "json":
        click.echo(json.dumps(inspected, indent=1, ensure_ascii=True))
    else:
        for one in inspected:
            _show(one, bench)
    if all(one["reader"] is None for one in inspected):
        return COULD_NOT_AUDIT
    return int(any(one["problems"] for one in inspected))


def _show(one: dict[str, Any], bench: Workbench) -> None:
    _ = bench.translator.gettext
    console = Console()
    table = Table(title=escape(one["file"]), title_justify="left", show_header=False)
    table.add_column()
    table.add_column(overflow="fold")
    table.add_row(_("Reader"), escape(one["reader"] or _("none: the file could not be read")))
    table.add_row(_("Encoding"), escape(one["encoding"] or "–"))
    for member in one.get("members", ()):
        table.add_row(escape(member["file"].removeprefix(one["file"] + "/")), escape(member["reader"] or "–"))
    for sheet in one["sheets"]:
        heading = "–" if sheet["header_row"] is None else str(sheet["header_row"])
        columns = "\n".join(f"{canonical} ← {found}" for canonical, found in sheet["columns"].items())
        label = _("Sheet {sheet}, heading in row {row}").replace("{sheet}", sheet["sheet"] or "–").replace("{row}", heading)
        table.add_row(escape(label), escape(columns))
    if one["devices"]:
        table.add_row(_("Device"), escape(_first(one["devices"])))
    if one["examples"]:
        table.add_row(_("First entries"), escape("\n".join(_example(example) for example in one["examples"])))
    names = (("rows", _("Entries")), ("installations", _("Installations")), ("duplicates", _("Duplicates")))
    for key, name in names:
        table.add_row(name, bench.translator.number(one[key]))
    for key, name in (("skipped", _("Skipped")), ("problems", _("Problems")), ("notes", _("Notes"))):
        lines = [" ".join(str(value) for value in _in_words(line, bench).values() if value) for line in one[key]]
        more = [_("… and {count} more").replace("{count}", str(len(lines) - _SHOWN))] if len(lines) > _SHOWN else []
        table.add_row(f"{name} ({len(lines)})", escape("\n".join(lines[:_SHOWN] + more)))
    console.print(table)


def _in_words(line: dict[str, str], bench: Workbench) -> dict[str, str]:
    """A line of a list with the reason that scripts get as its word for people."""
    reason = line.get("reason")
    return line | {"reason": bench.translator.say(SKIP_REASONS[SkipReason(reason)])} if reason else line


def _first(names: list[str]) -> str:
    """The first names of a list, and how many there are beside them."""
    more = len(names) - _SHOWN_NAMES
    return ", ".join(names[:_SHOWN_NAMES]) + (f" (+{more})" if more > 0 else "")


def _example(example: dict[str, str]) -> str:
    return " · ".join(part for part in (example["locator"], example["name"], example["version"]) if part)
