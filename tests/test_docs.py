# SPDX-License-Identifier: Apache-2.0
"""The docs cannot drift: help pages, formats, headings, links, commands and examples are held against the code."""

import importlib
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from foss_audit.cli import cli
from foss_audit.model import CLASS_OF_BASIS, SkipReason
from foss_audit.readers import pick, read_head, readers
from foss_audit.readers.interface import ReadingContext
from foss_audit.rulebook import load_rulebook
from foss_audit.tables.headings import normalise_heading

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.id.md")
PAGES = sorted(
    [
        *(ROOT / name for name in READMES),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / folder / "README.md" for folder in ("sample_inventories", "benchmarks")),
    ]
)
FIRST = (
    "python3 -m venv .venv && .venv/bin/pip install --quiet . "
    "&& .venv/bin/foss-audit audit --config sample_inventories/audit.toml --out reports"
)
SECOND = "python3 -m venv .venv && .venv/bin/pip install --quiet -e '.[test]' && .venv/bin/python -m pytest -q"
OF_OTHER_PROGRAMS = {"--quiet", "--renew-goldens", "--rows", "--xlsx"}
"""Options in the docs that belong to pip, pytest and the benchmarks."""
ROOM_ORDER = ("sheets", "sboms", "endpoints", "windows", "packages")
"""Readers' folders as the docs list them."""
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture(params=PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def page(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.mark.parametrize("name", READMES)
def test_the_first_two_shell_commands_are_those_that_ci_runs(name: str) -> None:
    lines = [line for block in blocks(ROOT / name, "sh") for line in block.splitlines() if line.strip()]
    assert lines[:2] == [FIRST, SECOND]


@pytest.mark.parametrize("name", READMES)
def test_powershell_stands_beside_the_shell(name: str) -> None:
    for block, command in zip(blocks(ROOT / name, "powershell"), (FIRST, SECOND), strict=False):
        same = command.replace("python3 -m", "py -m").replace(" && ", "; ").replace("/bin/", "\\Scripts\\").replace("'", '"')
        assert block.strip().replace("sample_inventories\\", "sample_inventories/") == same


def test_the_help_of_every_command_stands_in_the_docs(request: pytest.FixtureRequest) -> None:
    assert_made(request, ROOT / "docs/cli.md", cli_page())


def test_the_table_of_formats_is_that_of_the_readers(request: pytest.FixtureRequest) -> None:
    path = ROOT / "docs/inventories.md"
    before, begin, rest = re.split(r"(<!-- formats: begin[^\n]*-->\n)", path.read_text(encoding="utf-8"))
    _, end, after = rest.partition("<!-- formats: end -->")
    assert_made(request, path, f"{before}{begin}\n{formats()}\n\n{end}{after}")


def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), f"{page.name}: {link}"
        assert file.is_relative_to(ROOT), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors(file), f"{page.name}: {link}"


def test_options_in_the_docs_exist(page: Path) -> None:
    known = {option for _, command in commands() for parameter in command.params for option in parameter.opts}
    text = re.sub(r"<!-- formats: begin.*?formats: end -->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    said = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
    assert said - OF_OTHER_PROGRAMS <= known | {"--help"}


def test_pages_name_no_place_of_one_machine(page: Path) -> None:
    assert not re.search(r"/(?:work|home|tmp|root|Users)/", page.read_text(encoding="utf-8"))


def test_pictures_are_small() -> None:
    for picture in (ROOT / "docs/images").iterdir():
        assert picture.stat().st_size < 300_000, picture.name


def test_verdicts_explain_every_basis_of_its_class() -> None:
    rows = table_rows(ROOT / "docs/verdicts.md", ["class", "basis", "given when"])
    assert {(row[0].strip("`"), row[1].strip("`")) for row in rows} == {
        (one.value, basis.value) for basis, one in CLASS_OF_BASIS.items()
    }


def test_verdicts_list_every_policy_rule_with_its_severity() -> None:
    rows = table_rows(ROOT / "docs/verdicts.md", ["rule", "severity", "raised when"])
    assert {row[0].strip("`"): row[1] for row in rows} == {rule.id: rule.severity.value for rule in load_rulebook().policy}


def test_inventories_explain_every_reason_to_skip_a_line() -> None:
    rows = table_rows(ROOT / "docs/inventories.md", ["reason", "what it is"])
    assert {row[0].strip("`") for row in rows} == {reason.value for reason in SkipReason}


@pytest.mark.parametrize(
    ("name", "third", "kind"), [("inventories.md", "what for", "headings"), ("registers.md", "without it", "register_headings")]
)
def test_headings_in_the_docs_name_their_columns(name: str, third: str, kind: str) -> None:
    known = getattr(load_rulebook().vocabulary, kind)
    for column, headings, _ in table_rows(ROOT / "docs" / name, ["column", "headings", third]):
        for heading in headings.split(" · "):
            bare = re.sub(r"\([^()]*\)", "", heading)
            found = known.get(normalise_heading(heading)) or known.get(normalise_heading(bare))
            assert found == column.strip("`"), heading


def test_kinds_of_words_are_those_of_the_rules() -> None:
    rows = table_rows(ROOT / "docs/rules.md", ["kind", "words that"])
    listed = {kind.strip("` ") for row in rows for kind in row[0].split(",")}
    assert listed == set(load_rulebook().vocabulary.words)


def test_the_examples_of_rules_pass_the_check(tmp_path: Path) -> None:
    product = next(block for block in blocks(ROOT / "README.md", "csv") if block.startswith("id,product"))
    assert product in blocks(ROOT / "README.id.md", "csv")
    policy = blocks(ROOT / "docs/rules.md", "toml")[0]
    for name, content in (("catalogue/daerah.csv", product), ("policy/trialware-present.toml", policy)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert foss_audit("rules", "check", str(tmp_path)).returncode == 0
    assert "[legal_commercial/government]" in foss_audit("explain", "Aplikasi Absensi Pegawai", "--rules", str(tmp_path)).stdout


@pytest.mark.parametrize("name", READMES)
def test_the_project_of_the_readme_can_be_audited(name: str, tmp_path: Path) -> None:
    config = blocks(ROOT / name, "toml")[0]
    agencies = next(block for block in blocks(ROOT / name, "csv") if block.startswith("agency"))
    columns = ["OPD", "Nama Perangkat Lunak", "Jumlah Lisensi", "Tgl Perolehan", "Berlaku s.d.", "Nomor BAST"]
    register = [columns, *table_rows(ROOT / name, columns)]
    inventory = "DisplayName,DisplayVersion,Publisher\nMicrosoft Office LTSC Professional Plus 2021,16.0,Microsoft Corporation\n"
    for file, content in (
        ("audit.toml", config),
        ("agencies.csv", agencies),
        ("register/register-lisensi.csv", "\n".join(";".join(row) for row in register)),
        ("inventories/Diskominfo/PC-01.csv", inventory),
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(content, encoding="utf-8")
    done = foss_audit("audit", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    rows = (tmp_path / "reports/installations.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith('"Dinas Komunikasi dan Informatika","PC-01"')
    assert '"legal_commercial","entitled"' in rows[1]


def test_the_example_of_a_reader_reads(tmp_path: Path) -> None:
    source = tmp_path / "dpkg_list.py"
    source.write_text(blocks(ROOT / "docs/architecture.md", "python")[0], encoding="utf-8")
    spec = importlib.util.spec_from_file_location("dpkg_list", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    list_of_packages = tmp_path / "srv-portal.txt"
    lines = ("Desired=Unknown/Install/Remove", "+++-====", "ii  bash  5.2.15-2  amd64  shell", "rc  old  1.0  amd64  gone")
    list_of_packages.write_text("\n".join(lines), encoding="utf-8")
    head = read_head(list_of_packages)
    assert module.recognises(head)
    with pytest.raises(Exception, match="No reader knows"):
        pick(head)
    reading = module.read(list_of_packages, "srv-portal.txt", ReadingContext(load_rulebook().vocabulary))
    assert reading.entries[["name", "version", "position"]].to_numpy().tolist() == [["bash", "5.2.15-2", 3]]
    assert [(one.source.locator, one.reason) for one in reading.skipped] == [("4", SkipReason.NOT_INSTALLED)]


def test_the_architecture_names_every_module() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    modules = {path.name for path in (ROOT / "foss_audit").iterdir() if path.suffix == ".py" and not path.name.startswith("__")}
    packages = {f"{path.parent.name}/" for path in (ROOT / "foss_audit").glob("*/__init__.py")}
    assert {name for name in modules | packages if f"`{name}`" not in page} == set()


def formats() -> str:
    """A table of readers for every folder of them, headed by what the folder says of itself."""
    folders: dict[str, list[str]] = {}
    for reader in readers():
        row = f"| `{reader.NAME}` | {reader.DESCRIPTION.replace('|', chr(92) + '|')} |"
        folders.setdefault(reader.__name__.rpartition(".")[0], []).append(row)  # type: ignore[attr-defined]
    parts = []
    for folder in sorted(folders, key=lambda name: ROOM_ORDER.index(name.rpartition(".")[2])):
        title = (importlib.import_module(folder).__doc__ or "").strip().rstrip(".")
        parts.append("\n".join([f"### {title}", "", "| reader | format |", "|---|---|", *folders[folder]]))
    return "\n\n".join(parts)


def cli_page() -> str:
    """docs/cli.md: what every command says of itself."""
    parts = [
        "# The command line",
        "Made from the commands by `pytest tests/test_docs.py --renew-goldens`. "
        "Exit codes, settings in `audit.toml` and examples: [README](../README.md). What is read and written: "
        "[inventories](inventories.md), [registers](registers.md), [reports](reports.md), [rules](rules.md).",
    ]
    for context, command in commands():
        parts += [f"## {context.command_path}", f"```\n{command.get_help(context).rstrip()}\n```"]
    return "\n\n".join(parts) + "\n"


def commands() -> Iterator[tuple[click.Context, click.Command]]:
    """Every command with its context, groups before what they hold."""
    yield from below(click.Context(cli, info_name="foss-audit", terminal_width=80, max_content_width=80, **cli.context_settings))


def below(context: click.Context) -> Iterator[tuple[click.Context, click.Command]]:
    command = context.command
    yield context, command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from below(click.Context(inner, parent=context, info_name=name))


def assert_made(request: pytest.FixtureRequest, path: Path, content: str) -> None:
    """Holds a page against what the code makes now; with --renew-goldens it is written."""
    if request.config.getoption("--renew-goldens"):
        path.write_text(content, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == content, f"{path.name} is not what the code makes: pytest --renew-goldens"


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def prose(path: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """What the headings of a page are linked by."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def table_rows(path: Path, columns: list[str]) -> list[list[str]]:
    """The rows of the one table with this heading."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in path.read_text(encoding="utf-8").splitlines()]
    places = [number for number, cells in enumerate(lines) if cells == columns]
    assert len(places) == 1, f"{path.name} holds {len(places)} tables of {columns}"
    rows = []
    for cells in lines[places[0] + 2 :]:
        if len(cells) != len(columns):
            break
        rows.append(cells)
    return rows


def foss_audit(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "foss_audit", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)
