# SPDX-License-Identifier: Apache-2.0
"""The command line: options in, files out, exit code. Commands are imported when they are called, so that help comes at once."""

import contextlib
import os
import sys
import traceback
from importlib import import_module
from typing import Any, NoReturn

import click

from foss_audit import __version__
from foss_audit.errors import FossAuditError

COULD_NOT_AUDIT = 2

COMMANDS = {
    "audit": "Audit inventories against licence registers and write the reports.",
    "inspect": "Show how files are read: format, heading, columns, what is kept and what is not.",
    "explain": "Show why a software title gets its verdict.",
    "rules": "Check and browse the rule packs.",
}


class _LazyGroup(click.Group):
    """Commands by name; the module of one is imported only when that one is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"foss_audit.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="foss-audit")
def cli() -> None:
    """Audit which software of a region's agencies is legal commercial, FOSS or unlicensed, with the evidence.

    Exit code 0: no finding; 1: findings; 2: could not audit.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs the command line and ends the process with its exit code; never a bare traceback, never 1 for a failure."""
    _let_any_console_print()
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    try:
        outcome: Any = cli.main(args=arguments, prog_name="foss-audit", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except click.ClickException as error:
        error.show()
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
    except FossAuditError as error:
        _say_error(error)
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # an internal error is said shortly; the details are for whoever asks for them
        click.echo(f"foss-audit: internal error: {type(error).__name__}: {error}", err=True)
        click.echo(
            "Kesalahan internal: tidak ada yang diaudit. Ulangi dengan FOSS_AUDIT_DEBUG=1 untuk rincian laporan.", err=True
        )
        click.echo("Nothing was audited. Set FOSS_AUDIT_DEBUG=1 and run again for the details to report.", err=True)
        if os.environ.get("FOSS_AUDIT_DEBUG"):
            traceback.print_exc()
    return COULD_NOT_AUDIT


def _say_error(error: FossAuditError) -> None:
    context = click.get_current_context(silent=True)
    say = getattr(context.obj, "say_error", None) if context else None
    for one in getattr(error, "defects", (error,)):
        click.echo(f"foss-audit: {say(one) if say else one}", err=True)


def _let_any_console_print() -> None:
    """A console that cannot show a character shows another instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
