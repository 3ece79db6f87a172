# SPDX-License-Identifier: Apache-2.0
"""audit.toml: what it may say, and that every mistake in it is named."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from helpers import write

from foss_audit.config import Config, load_config
from foss_audit.errors import ConfigError
from foss_audit.outcome import Severity
from foss_audit.readers.interface import Limits
from foss_audit.readers.sheets.mapping import parse_mapping


def test_without_a_file_there_are_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config(None) == Config()


def test_the_one_in_the_current_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "audit.toml", '[region]\nname = "Kabupaten Tabanan"\n')
    assert load_config(None).region.name == "Kabupaten Tabanan"


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    for name in ("opd", "reg", "aturan"):
        (tmp_path / name).mkdir()
    write(tmp_path / "opd.csv", "agency\n")
    path = write(
        tmp_path / "audit.toml",
        """\ufeff[region]
name = "Kabupaten Tabanan"
agreement = "180/1/2022"
[audit]
inputs = ["opd"]
registers = ["reg"]
agencies = "opd.csv"
rules = ["aturan"]
out = "laporan"
agency = "Dinas Sosial"
formats = ["json", "csv"]
lang = "en"
as_of = 2026-11-24
fail_on = "very_high"
""",
    )
    found = load_config(path)
    assert (found.inputs, found.registers, found.rules) == ((tmp_path / "opd",), (tmp_path / "reg",), (tmp_path / "aturan",))
    assert (found.agencies, found.out) == (tmp_path / "opd.csv", tmp_path / "laporan")
    assert (found.formats, found.lang, found.as_of) == (("json", "csv"), "en", date(2026, 11, 24))
    assert (found.fail_on, found.agency) == (Severity.VERY_HIGH, "Dinas Sosial")
    assert (found.region.name, found.region.agreement) == ("Kabupaten Tabanan", "180/1/2022")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[audit\n", "is no TOML"),
        (b"\xff\xfe[", "UTF-8"),
        ('[audit]\ninput = ["opd"]\n', "audit.input"),
        ("[project]\n", "project"),
        ('[audit]\ninputs = "opd"\n', "audit.inputs"),
        ('[audit]\ninputs = ["opd", "nowhere"]\n', "nowhere"),
        ('[audit]\nregisters = ["nowhere"]\n', "audit.registers"),
        ('[audit]\nrules = ["nowhere"]\n', "audit.rules"),
        ('[audit]\nagencies = "nowhere.csv"\n', "audit.agencies"),
        ('[audit]\nformats = ["pdf"]\n', "audit.formats"),
        ('[audit]\nlang = "jv"\n', "audit.lang"),
        ('[audit]\nfail_on = "fatal"\n', "audit.fail_on"),
        ('[audit]\nas_of = "kemarin"\n', "audit.as_of"),
    ],
)
def test_a_mistake_is_named_with_the_file(tmp_path: Path, content: str | bytes, named: str) -> None:
    (tmp_path / "opd").mkdir()
    path = write(tmp_path / "audit.toml", content)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert named in str(caught.value)
    assert "audit.toml" in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"lain\.toml"):
        load_config(tmp_path / "lain.toml")


def test_limits_can_be_set_one_by_one(tmp_path: Path) -> None:
    found = load_config(write(tmp_path / "audit.toml", "[limits]\ncells = 50_000_000\n"))
    assert found.limits == replace(Limits(), cells=50_000_000)


@pytest.mark.parametrize(
    ("content", "named"), [("[limits]\ncell = 5\n", "limits.cell"), ("[limits]\ncells = 0\n", "limits.cells")]
)
def test_a_limit_that_cannot_be_is_named(tmp_path: Path, content: str, named: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load_config(write(tmp_path / "audit.toml", content))
    assert named in str(raised.value.message)


def test_mappings_are_those_that_the_command_line_takes(tmp_path: Path) -> None:
    path = write(
        tmp_path / "audit.toml",
        '[[mapping]]\nfiles = "dinkes/*.xlsx"\nsheet = "Data"\nheader_row = 4\n'
        'columns = { name = "Nama Barang", version = "C" }\n'
        '[[mapping]]\ncolumns = { license = "" }\n',
    )
    first, second = load_config(path).mappings
    assert first == parse_mapping("name=Nama Barang,version=C,files=dinkes/*.xlsx,sheet=Data,header_row=4")
    assert second.columns == {"license": ""}


def test_a_mapping_of_a_column_that_there_is_none_of_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        load_config(write(tmp_path / "audit.toml", '[[mapping]]\ncolumns = { nama = "B" }\n'))
    assert "nama" in str(raised.value.message)
    assert raised.value.source is not None
