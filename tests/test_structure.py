# SPDX-License-Identifier: Apache-2.0
"""The walls of the house: who may import whom, what starts without heavy libraries, what the wheel must hold."""

import ast
import configparser
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "foss_audit"
CORE = {"catalogue", "entitlement", "license_position", "model", "outcome", "messages", "errors"}
PURE = CORE | {"activation", "agencies", "amounts", "codes", "dates", "entitlements", "review", "sources", "suites", "vocabulary"}
PURE |= {"allocation", "best_allocation", "coverage", "editions", "matching", "positions", "register_terms", "remedies"}
PURE |= {"rights", "trace", "units"}
STAGES = {"inventory", "recognise", "licenses", "classify", "reconcile", "evaluate"}
EDGES = {"answers", "readers", "rulebook", "register", "collect", "config", "store", "language"}
FILE_MODULES = {"os", "pathlib", "io", "tempfile", "shutil", "subprocess", "socket", "time", "zipfile", "urllib"}


def _imports(path: Path) -> set[str]:
    """Names of our modules (first part below the package) and of foreign ones that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module] if node.module != "foss_audit" else [f"foss_audit.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] if name.startswith("foss_audit.") else f"<{name.split('.')[0]}>" for name in names}
    return found


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = sorted(PACKAGE.rglob("*.py"))
BY_ROOM = {room: [path for path in FILES if _room(path) == room] for room in {_room(path) for path in FILES}}


@pytest.mark.parametrize("room", sorted(STAGES))
def test_stages_do_not_import_each_other_nor_edges(room: str) -> None:
    for path in BY_ROOM[room]:
        others = (_imports(path) - {room}) & ((STAGES | EDGES | {"cli", "reports", "audit", "tally"}) - {"readers"})
        assert not others, f"{path.name} imports {others}"
        if "readers" in _imports(path):
            assert "foss_audit.readers.interface" in path.read_text(encoding="utf-8"), f"{path.name} imports a reader"


@pytest.mark.parametrize("room", sorted(STAGES | (PURE - CORE) | {"audit", "tally", "tables", "attribution", "stated"}))
def test_the_core_touches_no_files_clock_or_network(room: str) -> None:
    for path in BY_ROOM[room]:
        touched = {name.strip("<>") for name in _imports(path)} & FILE_MODULES
        assert not touched, f"{path.name} imports {touched}"


@pytest.mark.parametrize("room", sorted(CORE))
def test_the_words_of_the_house_import_only_each_other(room: str) -> None:
    for path in BY_ROOM[room]:
        ours = {name for name in _imports(path) if not name.startswith("<")}
        assert ours <= CORE, f"{path.name} imports {ours - CORE}"


def test_only_cli_imports_cli_and_reports() -> None:
    for path in FILES:
        if _room(path) not in {"cli", "reports", "__main__"}:
            assert not _imports(path) & {"cli", "reports"}, path.name


def test_no_import_cycles() -> None:
    graph = {room: set().union(*(_imports(path) for path in paths)) & BY_ROOM.keys() - {room} for room, paths in BY_ROOM.items()}
    graph["__init__"] = set()
    done: set[str] = set()

    def visit(room: str, trail: tuple[str, ...]) -> None:
        assert room not in trail, " → ".join((*trail, room))
        if room not in done:
            for other in sorted(graph[room]):
                visit(other, (*trail, room))
            done.add(room)

    for room in sorted(graph):
        visit(room, ())


def test_help_starts_without_heavy_libraries() -> None:
    script = "import sys; from foss_audit.cli import run; run(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = ast.literal_eval(done.stderr.splitlines()[-1])
    assert not {"pandas", "numpy", "openpyxl", "pyarrow", "pydantic", "rich", "jinja2"} & set(loaded)


def test_every_package_is_in_the_wheel() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(setup["options"]["packages"].split())
    code = {".".join(path.parent.relative_to(ROOT).parts) for path in FILES}
    data = {
        ".".join(("foss_audit", *path.parent.relative_to(ROOT).parts)) for path in (ROOT / "rules").rglob("*.*") if path.is_file()
    }
    inside = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for pattern in ("*.po", "*.j2", "*.json", "*.css")
        for path in PACKAGE.rglob(pattern)
    }
    assert code | data | inside <= listed


def test_modules_name_their_license() -> None:
    for path in [*FILES, *sorted((ROOT / "tests").rglob("*.py"))]:
        if path.stat().st_size:
            assert path.read_text(encoding="utf-8").startswith("# SPDX-License-Identifier: Apache-2.0\n"), path
