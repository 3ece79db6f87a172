# SPDX-License-Identifier: Apache-2.0
"""`foss-audit audit` as people run it: what it reads, what it says, its exit code, and that every run gives the same bytes."""

import io
import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from helpers import audited, everything_in, inventory_file, of_agency, register_file, rows_of, write
from identify.vendor.licenses import LICENSES

import foss_audit.cli.audit
from foss_audit.cli import run
from foss_audit.store import MANIFEST

DAY = "2026-11-24"
PHOTO = "Adobe Photoshop 2020"
SCHEMA = json.loads(files("foss_audit.reports").joinpath("audit.schema.json").read_text(encoding="utf-8"))


def _run(*arguments: object, formats: str = "json,csv") -> int:
    return run(["audit", *map(str, arguments), "--as-of", DAY, "--out", "out", "--format", formats])


def _clean() -> Path:
    return inventory_file(Path("opd/Dinas Sosial/pc.csv"), ["PC-1", "7-Zip", "22.01", "Igor Pavlov", "LGPL-2.1"]).parents[1]


def _unlicensed() -> Path:
    return inventory_file(Path("opd/Dinas Sosial/pc.csv"), ["PC-1", PHOTO, "21.0", "Adobe Inc."]).parents[1]


def _bases(agency: str = "Dinas Sosial") -> dict[str, str]:
    return {row["name"]: row["basis"] for row in rows_of(Path("out")) if row["agency"] == agency}


class TestExitCode:
    def test_0_without_a_finding(self) -> None:
        assert _run(_clean()) == 0
        assert of_agency(audited(Path("out")), "Dinas Sosial")["verdict"] == "compliant"

    def test_1_with_one(self) -> None:
        assert _run(_unlicensed()) == 1
        assert of_agency(audited(Path("out")), "Dinas Sosial")["verdict"] == "non_compliant"

    def test_fail_on_changes_the_code_and_nothing_else(self) -> None:
        inventory_file(Path("opd/Dinas Sosial/pc.csv"), ["PC-1", "Frobnicator", "1"])
        results = []
        for severity, code in (("low", 1), ("medium", 0)):
            assert _run("opd", "--fail-on", severity) == code
            results.append(everything_in(Path("out")))
        assert all(one == results[0] for one in results)

    def test_an_entry_that_could_not_be_read_is_a_finding_and_no_full_compliance(self) -> None:
        inventory_file(Path("opd/Dinas Sosial/pc.csv"), ["PC-1", "7-Zip", "22.01"], ["PC-1", "", "3.0", "Seseorang"])
        assert _run("opd") == 1
        agency = of_agency(audited(Path("out")), "Dinas Sosial")
        assert (agency["verdict"], [one["rule"] for one in agency["findings"]]) == ("undetermined", ["unreadable-input"])
        assert [one["source"]["locator"] for one in agency["problems"]] == ["A3"]

    def test_a_file_that_could_not_be_read_is_one_and_the_rest_is_audited(self) -> None:
        _clean()
        write(Path("opd/Dinas Kesehatan/rusak.xlsx"), b"PK\x03\x04broken")
        assert _run("opd") == 1
        result = audited(Path("out"))
        assert of_agency(result, "Dinas Sosial")["verdict"] == "compliant"
        assert of_agency(result, "Dinas Kesehatan")["verdict"] == "undetermined"

    def test_a_register_that_could_not_be_read_is_a_finding_of_the_region(self) -> None:
        write(Path("register.xlsx"), b"PK\x03\x04broken")
        assert _run(_clean(), "--register", "register.xlsx") == 1

    def test_2_where_no_input_can_be_read(self, capsys: pytest.CaptureFixture[str]) -> None:
        write(Path("opd/Dinas Sosial/rusak.xlsx"), b"PK\x03\x04broken")
        assert _run("opd") == 2
        assert "opd/Dinas Sosial/rusak.xlsx" in capsys.readouterr().err
        assert not Path("out").exists()

    @pytest.mark.parametrize(
        "arguments",
        [
            ["nowhere"],
            ["opd", "--register", "nowhere.xlsx"],
            ["opd", "--as-of", "24/11/2026"],
            ["opd", "--format", "pdf"],
            ["opd", "--fail-on", "fatal"],
            ["opd", "--config", "nowhere.toml"],
            ["opd", "--rules", "nowhere"],
            ["opd", "--lang", "jv"],
            ["opd", "--jobs", "0"],
            ["opd", "--no-such-option"],
            ["opd", "--out", "opd/Dinas Sosial/pc.csv"],
            ["empty"],
            [],
        ],
    )
    def test_2_for_usage(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        _clean()
        Path("empty").mkdir()
        assert run(["audit", *arguments]) == 2
        said = capsys.readouterr()
        assert said.err.strip()
        assert "Traceback" not in said.err

    @pytest.mark.parametrize("arguments", [["no-such-command"], ["--no-such-option"], ["rules", "no-such-command"]])
    def test_2_for_what_is_no_command(self, arguments: list[str]) -> None:
        assert run(arguments) == 2

    def test_2_for_bad_rules_with_file_and_row(self, capsys: pytest.CaptureFixture[str]) -> None:
        write(Path("aturan/months.csv"), "month,spelling,language\n13,X,id\n")
        assert _run(_clean(), "--rules", "aturan") == 2
        assert "aturan/months.csv row 2" in capsys.readouterr().err

    def test_2_for_a_bad_config(self, capsys: pytest.CaptureFixture[str]) -> None:
        write(Path("audit.toml"), "[audit]\ninput = []\n")
        assert _run(_clean()) == 2
        assert "audit.input" in capsys.readouterr().err

    def test_2_for_an_internal_error_without_a_traceback(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def fails(*_: object) -> None:
            raise ZeroDivisionError("nobody expected this")

        monkeypatch.delenv("FOSS_AUDIT_DEBUG", raising=False)
        monkeypatch.setattr(foss_audit.cli.audit, "audit", fails)
        assert _run(_clean()) == 2
        said = capsys.readouterr().err
        assert "nobody expected this" in said
        assert "Traceback" not in said

    def test_2_for_a_report_that_is_held_open_and_all_others_are_written(self, capsys: pytest.CaptureFixture[str]) -> None:
        write(Path("out/dinas-sosial/report.xlsx/inside.txt"), "x")
        assert run(["audit", str(_clean()), "--as-of", DAY, "--out", "out", "--lang", "en"]) == 2
        assert "Close dinas-sosial/report.xlsx and run again" in capsys.readouterr().err
        written = {"audit.json", "installations.csv", "summary.xlsx", "index.html", "dinas-sosial/report.html"}
        assert written <= set(everything_in(Path("out")))

    def test_a_failed_run_leaves_the_last_good_reports(self) -> None:
        _run(_unlicensed())
        before = everything_in(Path("out"))
        write(Path("aturan/months.csv"), "month,spelling,language\n13,X,id\n")
        assert _run("opd", "--rules", "aturan") == 2
        assert everything_in(Path("out")) == before


class TestWhatIsRead:
    def test_registers_reports_and_overlays_inside_the_input_are_no_inventories(self) -> None:
        inventory_file(Path("opd/Dinas Sosial/pc.csv"), ["PC-1", "7-Zip", "22.01"])
        register_file(Path("opd/register/register.csv"), ["Dinas Sosial", "Adobe Photoshop", 1, ""])
        register_file(Path("opd/lain.csv"), ["Dinas Sosial", "CorelDRAW", 1, ""])
        write(Path("opd/aturan/agencies.csv"), "agency,aliases,devices_expected,source\nDinas Baru,,,\n")
        write(
            Path("opd/aturan/catalogue/x.csv"),
            "id,product,publisher,license_model,spdx,names,not_names,publishers,publisher_required,alternatives,terms,source,"
            "checked,example,note\nabc,Abc,X,commercial,,abc,,,,,,vendor-terms,,Abc,\n",
        )
        arguments = ["opd", "--register", "opd/register", "--register", "opd/lain.csv", "--rules", "opd/aturan"]
        for _ in range(2):
            assert run(["audit", *arguments, "--as-of", DAY, "--out", "opd/laporan"]) == 0
        result = audited(Path("opd/laporan"))
        assert result["totals"]["installations"] == 1
        assert [one["agency"] for one in result["agencies"]] == ["Dinas Sosial"]

    def test_reports_may_lie_beside_the_inventories(self) -> None:
        _clean()
        for _ in range(2):
            assert run(["audit", "opd", "--as-of", DAY, "--out", "opd"]) == 0
        assert audited(Path("opd"))["totals"]["installations"] == 1

    def test_no_file_makes_an_agency_s_folder_vanish(self) -> None:
        _unlicensed()
        write(Path(f"opd/Dinas Sosial/{MANIFEST}"), "{}")
        inventory_file(Path("opd/Dinas Kesehatan/pc.csv"), ["PC-1", "7-Zip", "22.01"])
        assert _run("opd") == 1
        assert of_agency(audited(Path("out")), "Dinas Sosial")["installations"]["unlicensed"] == 1

    def test_a_folder_that_cannot_be_listed_is_a_problem(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _clean()
        inventory_file(Path("opd/Dinas Kesehatan/pc.csv"), ["PC-1", PHOTO, "21"])
        scandir = os.scandir

        def refuse(path: Any = ".") -> Any:
            if Path(path).name == "Dinas Kesehatan":
                raise PermissionError(13, "Permission denied", str(path))
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refuse)
        assert _run("opd") in (1, 2)

    def test_a_file_named_twice_is_read_once(self) -> None:
        _clean()
        assert _run("opd", "opd/Dinas Sosial/pc.csv", "opd/Dinas Sosial") == 0
        assert audited(Path("out"))["totals"]["installations"] == 1

    def test_a_file_with_nothing_but_its_heading_is_still_handed_in(self) -> None:
        _clean()
        inventory_file(Path("opd/Dinas Kesehatan/pc.csv"))
        _run("opd")
        assert {one["agency"] for one in audited(Path("out"))["agencies"]} == {"Dinas Kesehatan", "Dinas Sosial"}

    def test_an_agency_column_makes_no_agency_of_the_file_s_name(self) -> None:
        heading = ["OPD", "Perangkat", "Nama Software"]
        inventory_file(Path("opd/rekap.csv"), ["Dinsos", "PC-1", "7-Zip"], ["Dinkes", "PC-2", "7-Zip"], heading=heading)
        assert _run("opd") == 0
        assert [one["agency"] for one in audited(Path("out"))["agencies"]] == ["Dinas Kesehatan", "Dinas Sosial"]

    def test_an_agency_that_handed_in_nothing_is_listed_as_such(self) -> None:
        write(Path("opd.csv"), "agency,aliases,devices_expected\nDinas Sosial,,1\nDinas Kesehatan,,5\n")
        write(Path("audit.toml"), f'[audit]\nagencies = "opd.csv"\ninputs = ["{_clean()}"]\n')
        assert _run() == 1
        missing = of_agency(audited(Path("out")), "Dinas Kesehatan")
        assert (missing["submitted"], missing["verdict"], missing["devices_expected"]) == (False, "undetermined", 5)
        assert [one["rule"] for one in missing["findings"]] == ["inventory-missing"]

    def test_the_config_says_what_to_audit_and_the_command_line_goes_before_it(self) -> None:
        _unlicensed()
        register_file(Path("register.csv"), ["Dinas Sosial", "Adobe Photoshop", 1, "30/11/2026"])
        write(
            Path("audit.toml"),
            '[region]\nname = "Kabupaten Tabanan"\n[audit]\ninputs = ["opd"]\nregisters = ["register.csv"]\n'
            'out = "laporan"\nformats = ["json"]\nas_of = 2026-11-24\n',
        )
        assert run(["audit"]) == 0
        assert set(everything_in(Path("laporan"))) == {"audit.json", MANIFEST}
        assert run(["audit", "--as-of", "2026-12-01"]) == 1
        assert audited(Path("laporan"))["as_of"] == "2026-12-01"


class TestVerdicts:
    def test_an_entitlement_covers_until_its_last_day(self) -> None:
        _unlicensed()
        register_file(Path("register.csv"), ["Dinas Sosial", "Adobe Photoshop", 1, "24/11/2026"])
        assert _run("opd", "--register", "register.csv") == 0
        assert rows_of(Path("out"))[0]["entitlement"] == "register.csv A2"
        register_file(Path("register.csv"), ["Dinas Sosial", "Adobe Photoshop", 1, "23/11/2026"])
        assert _run("opd", "--register", "register.csv") == 1
        assert _bases() == {PHOTO: "entitlement-expired"}

    @pytest.mark.parametrize(
        ("inventory", "register"),
        [
            ("dinas-pertambangan", "DINAS PERTAMBANGAN"),
            ("Dinas Pertambangan", "Dinas Pertambangan Kabupaten Tabanan"),
            ("Dinas Pertambangan dan Energi", "Dinas Pertambangan & Energi"),
        ],
    )
    def test_an_agency_that_the_table_lacks_is_the_same_in_inventory_and_register(self, inventory: str, register: str) -> None:
        inventory_file(Path(f"opd/{inventory}/pc.csv"), ["PC-1", PHOTO, "21"])
        register_file(Path("register.csv"), [register, "Adobe Photoshop", 1, ""])
        assert _run("opd", "--register", "register.csv") == 0
        assert [row["basis"] for row in rows_of(Path("out"))] == ["entitled"]

    def test_a_device_spelt_twice_needs_one_licence(self) -> None:
        inventory_file(Path("opd/Dinas Sosial/pc.csv"), ["PC-1", PHOTO, "21"], ["pc-1", "Adobe Photoshop 2021", "22"])
        register_file(Path("register.csv"), ["Dinas Sosial", "Adobe Photoshop", 1, ""])
        assert _run("opd", "--register", "register.csv") == 0
        agency = of_agency(audited(Path("out")), "Dinas Sosial")
        assert (agency["devices"], agency["positions"][0]["deployed"]) == (1, 1)

    def test_what_only_the_register_names_is_covered_by_it(self) -> None:
        name = "Aplikasi Kepegawaian Kita"
        inventory_file(Path("opd/Dinas Sosial/pc.csv"), ["PC-1", name, "2"])
        register_file(Path("register.csv"), ["Dinas Sosial", name, 1, ""])
        assert _run("opd", "--register", "register.csv") == 1
        assert _bases() == {name: "entitled"}
        (finding,) = of_agency(audited(Path("out")), "Dinas Sosial")["findings"]
        assert finding["rule"] == "register-product-unknown"

    def test_an_activator_is_never_foss_and_a_claim_never_evidence(self) -> None:
        rows = (["PC-1", "KMSpico", "10.2", "", "GPL-3.0"], ["PC-1", PHOTO, "21", "Adobe", "Asli"])
        inventory_file(Path("opd/Dinas Sosial/pc.csv"), *rows)
        assert _run("opd") == 1
        assert _bases() == {"KMSpico": "activator", PHOTO: "no-register"}

    def test_a_product_of_an_overlay_is_recognised(self) -> None:
        inventory_file(Path("opd/Dinas Sosial/pc.csv"), ["PC-1", "Frobnicator 3", "3"])
        write(
            Path("aturan/catalogue/x.csv"),
            "id;product;publisher;license_model;spdx;names;not_names;publishers;publisher_required;alternatives;terms;source;"
            "checked;example;note\nfrob;Frobnicator;X;foss;MIT;frobnicator;;;;;;vendor-terms;;Frobnicator;\n",
        )
        assert _run("opd", "--rules", "aturan") == 0
        assert _bases() == {"Frobnicator 3": "catalogue-foss"}
        assert audited(Path("out"))["rulebook"]["packs"] == ["rules", "aturan"]

    def test_sums_add_up(self) -> None:
        rows = [["PC-1", PHOTO, "21"], ["PC-1", "7-Zip", "22.01"], ["PC-2", "Frobnicator", "1"], ["PC-2", "7-Zip", "22.01"]]
        inventory_file(Path("opd/Dinas Sosial/pc.csv"), *rows)
        inventory_file(Path("opd/Dinas Kesehatan/pc.csv"), *rows[:2])
        _run("opd")
        result = audited(Path("out"))
        totals = result["totals"]
        assert (
            totals["installations"] == sum(totals[one] for one in ("legal_commercial", "foss", "unlicensed", "undetermined")) == 6
        )
        for agency in result["agencies"]:
            counts = agency["installations"]
            assert counts["total"] == sum(title["installations"] for title in agency["titles"])
            for title in agency["titles"]:
                assert title["installations"] == sum(title["by_class"].values()) == sum(title["by_basis"].values())
        assert len(rows_of(Path("out"))) == 6
        assert of_agency(result, "Dinas Sosial")["devices_compliant"] == 0
        assert of_agency(result, "Dinas Sosial")["compliance_rate"] == 0.5


def _a_bit_of_everything() -> list[str]:
    inventory_file(
        Path("opd/Dinas Sosial/pc.csv"),
        ["PC-1", PHOTO, "21", "Adobe Inc."],
        ["PC-1", "=cmd|' /C calc'!A1", "+1", "@SUM(A1)", "-2"],
        ["PC-2", "<script>alert(1)</script>", "1", "<b>x</b>", "<i>MIT</i>"],
        ["PC-2", "{agency} {{ 7*7 }} %s", "1", "[red]x[/]", "MIT"],
        ["=PC-3", "Tab\there", "1", "\u202eevil", "GPL-3.0"],
        ["PC-4", "KMSpico", "1"],
        ["PC-4", "", "1", "tanpa nama"],
        ["PC-5", "x" * 5000, "1"],
    )
    inventory_file(Path("opd/=2+5 <b>Dinas & Co/pc.csv"), ["PC-1", "7-Zip", "22.01"], ["PC-1", PHOTO, "21"])
    inventory_file(Path("opd/CON/pc.csv"), ["PC-1", "7-Zip", "22.01"])
    inventory_file(Path("opd/\u30c7\u30b8\u30bf\u30eb/pc.csv"), ["PC-1", "7-Zip", "22.01"])
    register_file(Path("register.csv"), ["Dinas Sosial", "=HYPERLINK(1)", 2, ""], ["Semua", "Adobe Photoshop", 1, ""])
    return ["opd", "--register", "register.csv"]


class TestReports:
    def test_two_runs_give_the_same_bytes_wherever_and_in_however_many_processes(self) -> None:
        arguments = _a_bit_of_everything()
        assert run(["audit", *arguments, "--as-of", DAY, "--out", "one"]) == 1
        elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Makassar", "LC_ALL": "C"}
        second = _process("audit", *arguments, "--as-of", DAY, "--out", "two", "--jobs", "2", **elsewhere)
        assert second.returncode == 1
        one, two = everything_in(Path("one")), everything_in(Path("two"))
        assert {Path(name).suffix for name in one} == {".json", ".csv", ".xlsx", ".html"}
        assert set(one) == set(two)
        assert [name for name in one if one[name] != two[name]] == []

    @pytest.mark.parametrize("lang", ["id", "en"])
    def test_audit_json_is_valid_whatever_the_cells_hold(self, lang: str) -> None:
        assert _run(*_a_bit_of_everything(), "--lang", lang) == 1
        result = audited(Path("out"))
        jsonschema.Draft202012Validator(SCHEMA).validate(result)
        assert result["totals"]["agencies"] == 4

    def test_no_cell_begins_a_formula_and_no_markup_passes(self) -> None:
        assert _run(*_a_bit_of_everything(), formats="xlsx,html,csv") == 1
        for name, content in everything_in(Path("out")).items():
            if name.endswith(".xlsx"):
                book = openpyxl.load_workbook(io.BytesIO(content))
                cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
                assert [cell.value for cell in cells if cell.data_type == "f"] == [], name
            elif name.endswith(".html"):
                assert b"<script>alert" not in content and b"<b>x</b>" not in content and b"<b>Dinas" not in content, name
        for row in rows_of(Path("out")):
            assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@", "\t", "\r"))]

    def test_agency_names_make_safe_and_distinct_folders(self) -> None:
        assert _run(*_a_bit_of_everything(), formats="html") == 1
        folders = {path.name for path in Path("out").iterdir() if path.is_dir()}
        assert len(folders) == 4
        assert all(name.isascii() and name == name.lower() and name not in ("con", "..") for name in folders)

    def test_only_the_formats_asked_for_are_there(self) -> None:
        _clean()
        _run("opd", formats="json,csv,html,xlsx")
        _run("opd", formats="csv")
        assert set(everything_in(Path("out"))) == {"installations.csv", MANIFEST}

    def test_an_agency_that_is_no_longer_there_loses_its_reports(self) -> None:
        _clean()
        inventory_file(Path("opd/Dinas Kesehatan/pc.csv"), ["PC-1", "7-Zip", "22.01"])
        _run("opd", formats="html")
        (Path("opd/Dinas Kesehatan/pc.csv")).unlink()
        _run("opd", formats="html")
        assert set(everything_in(Path("out"))) == {"index.html", "dinas-sosial/report.html", MANIFEST}

    def test_nothing_is_said_where_the_output_is_piped(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert _run(_clean()) == 0
        said = capsys.readouterr()
        assert (said.out, said.err) == ("", "")


def _process(*arguments: str, encoding: str = "utf-8", **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(Path(foss_audit.__file__).parents[1])}
    environment |= variables
    command = [sys.executable, "-W", "error", "-m", "foss_audit", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)


class TestProcess:
    def test_a_console_that_cannot_show_a_name_does_not_stop_the_audit(self) -> None:
        inventory_file(Path("opd/\u30c7\u30b8\u30bf\u30eb/\u30d1\u30bd.csv"), ["PC-1", PHOTO, "21"])
        write(Path("opd/\u30c7\u30b8\u30bf\u30eb/\u58ca.xlsx"), b"PK\x03\x04broken")
        done = _process("audit", "opd", "--out", "out", "--format", "json", encoding="cp437")
        assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
        alone = _process("audit", "opd/\u30c7\u30b8\u30bf\u30eb/\u58ca.xlsx", "--out", "out2", encoding="ascii")
        assert alone.returncode == 2
        assert b"Traceback" not in alone.stderr and b".xlsx" in alone.stderr

    def test_help_and_version(self) -> None:
        shown = _process("--help")
        assert shown.returncode == 0
        assert all(command in shown.stdout for command in (b"audit", b"inspect", b"explain", b"rules"))
        assert _process("--version").returncode == 0


class TestLicenseTexts:
    """What SBOMs and Debian say of licences beyond a name."""

    def _sbom(self, text: str, **package: object) -> None:
        document = {
            "spdxVersion": "SPDX-2.3",
            "packages": [{"name": "frobnicator", "versionInfo": "1", **package}],
            "hasExtractedLicensingInfos": [{"licenseId": "LicenseRef-1", "extractedText": text}],
        }
        write(Path("opd/Dinas Sosial/server.spdx.json"), json.dumps(document))

    def test_an_extracted_text_is_known_word_for_word(self) -> None:
        self._sbom(dict(LICENSES)["MIT"], licenseConcluded="NOASSERTION", licenseDeclared="LicenseRef-1")
        assert _run("opd") == 0
        (title,) = audited(Path("out"))["titles"]
        assert (title["license_expression"], title["license_origin"], title["license_free"]) == ("MIT", "declared", True)

    def test_of_an_unknown_text_the_reviewer_reads_the_beginning(self) -> None:
        self._sbom("Frobnicator terms\n\nYou may frobnicate =HYPERLINK(1) on Sundays only.", licenseConcluded="LicenseRef-1")
        assert _run("opd", formats="xlsx,json") == 1
        (title,) = audited(Path("out"))["titles"]
        assert (title["license_origin"], title["license_free"]) == ("concluded", None)
        sheet = openpyxl.load_workbook(Path("out/dinas-sosial/report.xlsx"))["Tinjauan"]
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        told = next(text for text in cells if "LicenseRef-1" in text)
        assert "server.spdx.json" in told
        assert "Frobnicator terms / You may frobnicate" in told

    def test_the_catalogue_is_named_where_it_knows(self) -> None:
        inventory_file(Path("opd/Dinas Sosial/pc.csv"), ["PC-1", "7-Zip", "22.01", "Igor Pavlov", ""])
        assert _run("opd") == 0
        assert [title["license_origin"] for title in audited(Path("out"))["titles"]] == ["catalogue"]

    def test_a_debian_copyright_file_tells_the_licence_of_a_listed_package(self) -> None:
        write(Path("opd/Dinas Sosial/srv-1.txt"), "ii  frob:amd64  1.2-1  amd64  does things\nii  other  1.0  all  others\n")
        write(
            Path("opd/Dinas Sosial/doc/frob/copyright"),
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
            "Files: *\nCopyright: 2020 Jane\nLicense: GPL-3+\n",
        )
        write(Path("opd/Dinas Kesehatan/srv-2.txt"), "ii  frob:amd64  1.2-1  amd64  does things\nii  other  1.0  all  others\n")
        assert _run("opd") == 0
        result = audited(Path("out"))
        assert result["totals"]["installations"] == 4
        licences = {(row["agency"], row["name"]): row["license_expression"] for row in rows_of(Path("out"))}
        assert licences[("Dinas Sosial", "frob")] == "GPL-3.0-or-later"
        assert licences[("Dinas Kesehatan", "frob")] == licences[("Dinas Sosial", "other")] == ""
        assert [agency["problems"] for agency in result["agencies"]] == [[], []]
