# SPDX-License-Identifier: Apache-2.0
"""`foss-audit rules`: check, list and show."""

from pathlib import Path

import pytest
from helpers import write

from foss_audit.cli import run

HEADING = (
    "id,product,publisher,license_model,spdx,names,not_names,publishers,publisher_required,alternatives,terms,source,"
    "checked,example,note\n"
)


def test_the_built_in_rules_have_no_defects(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "check"]) == 0
    assert "no defects" in capsys.readouterr().out


def test_every_defect_of_an_overlay_is_named_with_file_row_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        tmp_path / "pack" / "catalogue" / "x.csv",
        HEADING + "a,A,X,shareware,,a,,,,,,vendor-terms,,A,\nb,B,X,commercial,,B,,,,,,vendor-terms,,B,\n"
        "c,C,X,commercial,,frobc,,,,,,nowhere,,Frobc,\nd,D,X,commercial,,frobd,,,,,,vendor-terms,,Frobe,\n",
    )
    write(tmp_path / "pack" / "licenses" / "claims.csv", "word,claim,language,extra\nasli,licensed,id,1\n".encode("utf-16"))
    assert run(["rules", "check", str(tmp_path / "pack")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    for place in (
        "pack/catalogue/x.csv row 2: license_model",
        "pack/catalogue/x.csv row 3: names",
        "pack/catalogue/x.csv row 4: source",
        "pack/catalogue/x.csv row 5: example",
        "pack/licenses/claims.csv",
    ):
        assert place in said.err


def test_list_and_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "list"]) == 0
    listed = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["no-entitlement", "high", "installations"] in listed
    assert "7-zip" in [line[0] for line in listed]
    for rule_id, part in (
        ("no-entitlement", '"severity": "high"'),
        ("7-zip", "license_model: foss"),
        ("mou-legal-foss", "grade"),
    ):
        assert run(["rules", "show", rule_id]) == 0
        assert part in capsys.readouterr().out


def test_everything_that_list_names_can_be_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "pack" / "catalogue" / "x.csv", HEADING + "frob,Frob,X,commercial,,frob,,,,,,vendor-terms,,Frob,\n")
    assert run(["rules", "list", str(tmp_path / "pack")]) == 0
    assert "frob\tcommercial\tFrob" in capsys.readouterr().out
    assert run(["rules", "show", "frob", str(tmp_path / "pack")]) == 0


def test_what_there_is_not_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "show", "no-such-rule"]) == 2
    assert "no-such-rule" in capsys.readouterr().err
    assert run(["rules", "check", str(tmp_path / "nowhere")]) == 2
