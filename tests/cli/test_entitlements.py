# SPDX-License-Identifier: Apache-2.0
"""Registers as inspectorates write them, through the real command line: who is covered, by what, and why not."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from helpers import audited, bases, inventory_file, of_agency, register_file, write

from foss_audit.cli import run

AGENCY = "Dinas Sosial"
WINDOWS, OFFICE = "Microsoft Windows 11 Pro", "Microsoft Office Professional Plus 2019 - en-us"
HEADING = (
    "OPD",
    "Nama Perangkat Lunak",
    "Versi",
    "Metrik",
    "Jumlah",
    "Berlaku Sampai",
    "Harga Satuan",
    "Nomor BAST",
    "Keterangan",
)


def _audit(tmp_path: Path, installed: list[tuple[str, str]], *lines: dict[str, object], **more: str) -> dict[str, Any]:
    """The audit of one agency's devices against register lines; `more`: files in audit.toml's place."""
    inventory_file(tmp_path / "opd" / f"{AGENCY}.csv", *installed)
    rows = [
        [line.get(name, {"OPD": AGENCY, "Jumlah": 1, "Nomor BAST": f"027/{at}"}.get(name, "")) for name in HEADING]
        for at, line in enumerate(lines)
    ]
    register_file(tmp_path / "register.csv", *rows, heading=HEADING)
    settings = "".join(f"{name} = {value}\n" for name, value in more.items() if name != "region")
    config = write(tmp_path / "audit.toml", f"[region]\n{more.get('region', '')}\n[audit]\n{settings}")
    run(["audit", str(tmp_path / "opd"), "--register", str(tmp_path / "register.csv"), "--as-of", "2026-11-24", "--config",
         str(config), "--out", str(tmp_path / "out"), "--lang", "en"])  # fmt: skip
    return of_agency(audited(tmp_path / "out"), AGENCY)


def _bases(tmp_path: Path) -> Counter[str]:
    return Counter(bases(tmp_path / "out").values())


def _devices(tmp_path: Path) -> dict[str, str]:
    return {device: basis for (device, _), basis in bases(tmp_path / "out").items()}


def _pcs(number: int, name: str) -> list[tuple[str, str]]:
    return [(f"PC{at:02}", name) for at in range(1, number + 1)]


def _rules(agency: dict[str, Any]) -> set[str]:
    return {finding["rule"] for finding in agency["findings"]}


class TestOem:
    def test_it_covers_the_devices_that_it_is_tied_to(self, tmp_path: Path) -> None:
        line = {"Nama Perangkat Lunak": WINDOWS, "Jumlah": 2, "Keterangan": "OEM melekat pada: PC01, PC03"}
        _audit(tmp_path, _pcs(3, WINDOWS), line)
        assert _devices(tmp_path) == {"PC01": "oem", "PC02": "not-covered", "PC03": "oem"}

    def test_without_devices_it_covers_by_quantity(self, tmp_path: Path) -> None:
        _audit(tmp_path, _pcs(3, WINDOWS), {"Nama Perangkat Lunak": WINDOWS, "Metrik": "OEM", "Jumlah": 2})
        assert _bases(tmp_path) == {"oem": 2, "entitlement-exhausted": 1}

    def test_tied_ones_are_used_first_so_that_all_are_covered(self, tmp_path: Path) -> None:
        tied = {"Nama Perangkat Lunak": WINDOWS, "Keterangan": "OEM melekat pada PC01"}
        _audit(tmp_path, _pcs(2, WINDOWS), {"Nama Perangkat Lunak": WINDOWS}, tied)
        assert _devices(tmp_path) == {"PC01": "oem", "PC02": "entitled"}


class TestReleases:
    @pytest.mark.parametrize(
        ("version", "remark", "basis"),
        [
            ("2019", "", "entitled"),
            ("", "", "entitled"),
            ("Semua versi", "", "entitled"),
            ("2021", "", "not-covered"),
            ("2021", "termasuk hak downgrade ke versi 2019 dan 2016", "entitled"),
            ("2021", "termasuk hak downgrade ke versi 2016", "not-covered"),
            ("2016", "", "not-covered"),
            ("2016", "termasuk maintenance s.d. 31 Desember 2019", "entitled"),
            ("2016", "termasuk maintenance s.d. 31 Desember 2017", "not-covered"),
        ],
    )
    def test_the_version_column_and_the_remark(self, tmp_path: Path, version: str, remark: str, basis: str) -> None:
        line = {"Nama Perangkat Lunak": "Microsoft Office Professional Plus", "Versi": version, "Keterangan": remark}
        _audit(tmp_path, _pcs(1, OFFICE), line)
        assert _bases(tmp_path) == {basis: 1}

    def test_an_edition_that_the_title_does_not_tell_is_open(self, tmp_path: Path) -> None:
        line = {"Nama Perangkat Lunak": "Microsoft Office Professional Plus 2019", "Jumlah": 2}
        agency = _audit(tmp_path, _pcs(3, "Microsoft Office 2019"), line)
        assert _bases(tmp_path) == {"edition-unknown": 2, "entitlement-exhausted": 1}
        (position,) = agency["positions"]
        assert (position["deployed"], position["undetermined"], position["shortfall"], position["consumed"]) == (3, 2, 1, 0)

    def test_what_may_cover_something_is_no_surplus(self, tmp_path: Path) -> None:
        line = {"Nama Perangkat Lunak": "Microsoft Office Standard 2019", "Jumlah": 3}
        (position,) = _audit(tmp_path, _pcs(2, "Microsoft Office 2019"), line)["positions"]
        assert (position["undetermined"], position["surplus"]) == (2, 1)

    def test_positions_are_of_editions_and_releases(self, tmp_path: Path) -> None:
        lines = [{"Nama Perangkat Lunak": "Windows 11 Pro", "Jumlah": 3}, {"Nama Perangkat Lunak": "Windows 7 Pro", "Jumlah": 4}]
        agency = _audit(tmp_path, [*_pcs(2, WINDOWS), ("PC09", "Microsoft Windows 10 Enterprise")], *lines)
        found = {(one["edition"], one["release"]): (one["deployed"], one["entitled"], one["shortfall"], one["surplus"])
                 for one in agency["positions"]}  # fmt: skip
        assert found == {("Pro", "11"): (2, 3, 0, 1), ("Pro", "7"): (0, 4, 0, 4), ("Enterprise", "10"): (1, 0, 1, 0)}


class TestWhoGetsWhat:
    def test_a_right_that_only_one_device_can_use_is_kept_for_it(self, tmp_path: Path) -> None:
        """In turn the first line would go to the first device, and leave the second without."""
        lines = [
            {"Nama Perangkat Lunak": "Microsoft Office Professional Plus", "Nomor BAST": "1"},
            {"Nama Perangkat Lunak": "Microsoft Office Professional Plus 2019", "Nomor BAST": "2"},
        ]
        other = "Microsoft Office Professional Plus 2013"
        _audit(tmp_path, [("PC01", OFFICE), ("PC02", other)], *lines)
        assert _bases(tmp_path) == {"entitled": 2}

    def test_a_suite_covers_its_parts_on_one_device_with_one_licence(self, tmp_path: Path) -> None:
        installed = [("PC01", "Adobe Photoshop 2024"), ("PC01", "Adobe Illustrator 2024"), ("PC02", "Adobe Photoshop 2024")]
        agency = _audit(tmp_path, installed, {"Nama Perangkat Lunak": "Adobe Creative Cloud All Apps", "Metrik": "Per user"})
        assert _devices(tmp_path) == {"PC01": "entitled", "PC02": "entitlement-exhausted"}
        (position,) = agency["positions"]
        assert (position["product_id"], position["deployed"], position["consumed"]) == ("adobe-creative-cloud-all-apps", 2, 1)

    def test_a_suite_is_given_once_where_it_stands_and_where_only_its_parts_do(self, tmp_path: Path) -> None:
        suite, parts = "Microsoft Office Standard 2019", ("Microsoft Word 2019", "Microsoft Excel 2019")
        installed = [*((f"PC{at}", suite) for at in range(3)), *((f"PC{at}", part) for at in range(3, 6) for part in parts)]
        (position, *_) = _audit(tmp_path, installed, {"Nama Perangkat Lunak": suite, "Jumlah": 3})["positions"]
        assert (position["consumed"], position["surplus"]) == (3, 0)

    def test_a_suite_covers_its_parts_of_its_own_release_alone(self, tmp_path: Path) -> None:
        installed = [("PC01", "Microsoft Office Standard 2007"), ("PC01", "Microsoft Word 2019")]
        installed += [("PC02", "Microsoft Office Standard 2007"), ("PC02", "Microsoft Word 2007")]
        _audit(tmp_path, installed, {"Nama Perangkat Lunak": "Microsoft Office Standard 2007", "Jumlah": 2})
        assert bases(tmp_path / "out") == {
            ("PC01", "Microsoft Office Standard 2007"): "entitled",
            ("PC01", "Microsoft Word 2019"): "not-covered",
            ("PC02", "Microsoft Office Standard 2007"): "entitled",
            ("PC02", "Microsoft Word 2007"): "component",
        }

    def test_the_pool_is_allotted(self, tmp_path: Path) -> None:
        line = {"OPD": "Semua OPD", "Nama Perangkat Lunak": "AutoCAD", "Jumlah": 5,
                "Keterangan": "alokasi: Dinas Sosial 2, Dinas Kesehatan 3"}  # fmt: skip
        agency = _audit(tmp_path, _pcs(4, "AutoCAD 2024"), line)
        assert _bases(tmp_path) == {"entitled": 2, "entitlement-exhausted": 2}
        (position,) = agency["positions"]
        assert (position["entitled"], position["from_pool"], position["consumed"]) == (0, 2, 2)

    @pytest.mark.parametrize(
        ("metric", "expected"),
        [
            ("Concurrent User", {"entitled": 3}),
            ("Site License", {"entitled": 3}),
            ("CAL", {"no-entitlement": 3}),
            ("Akademik", {"license-unknown": 2, "entitlement-exhausted": 1}),
            ("Per User", {"entitled": 2, "entitlement-exhausted": 1}),
        ],
    )
    def test_metrics(self, tmp_path: Path, metric: str, expected: dict[str, int]) -> None:
        _audit(tmp_path, _pcs(3, "AutoCAD 2024"), {"Nama Perangkat Lunak": "AutoCAD", "Metrik": metric, "Jumlah": 2})
        assert _bases(tmp_path) == expected

    def test_a_user_counts_once_on_all_their_devices(self, tmp_path: Path) -> None:
        heading = ("Nama Komputer", "Nama Software", "Pengguna")
        name = "Microsoft 365 Apps for enterprise - en-us"
        used = [("PC01", "Ani"), ("PC02", "ani "), ("PC03", "Budi"), ("PC04", ""), *((f"PC{at}", "Staf") for at in range(10, 16))]
        inventory_file(tmp_path / "opd" / f"{AGENCY}.csv", *((pc, name, user) for pc, user in used), heading=heading)
        register_file(tmp_path / "r.csv", [AGENCY, "Microsoft 365 Business Standard", 3, "", "Per Pengguna"],
                      heading=("OPD", "Nama Perangkat Lunak", "Jumlah", "Berlaku Sampai", "Metrik"))  # fmt: skip
        run(["audit", str(tmp_path / "opd"), "--register", str(tmp_path / "r.csv"), "--out", str(tmp_path / "out")])
        covered = {device for device, basis in _devices(tmp_path).items() if basis == "entitled"}
        assert covered == {"PC01", "PC02", "PC03", "PC04"}
        (position,) = of_agency(audited(tmp_path / "out"), AGENCY)["positions"]
        assert (position["metric"], position["deployed"], position["consumed"]) == ("user", 9, 3)

    def test_how_many_cores_a_device_has_is_the_regions_to_say(self, tmp_path: Path) -> None:
        server = "Windows Server 2022 Standard"
        line = {"Nama Perangkat Lunak": server, "Metrik": "Per Core", "Jumlah": 32}
        _audit(tmp_path, _pcs(2, server), line, region="cores_per_device = 32")
        assert _bases(tmp_path) == {"entitled": 1, "entitlement-exhausted": 1}

    def test_an_evaluation_without_a_last_day_is_a_problem(self, tmp_path: Path) -> None:
        agency = _audit(tmp_path, _pcs(1, "AutoCAD 2024"), {"Nama Perangkat Lunak": "AutoCAD", "Metrik": "Trial"})
        assert "evaluation" in agency["problems"][0]["message"]
        assert _bases(tmp_path) == {"no-entitlement": 1}


class TestProof:
    def test_a_line_without_any_counts_and_is_a_finding(self, tmp_path: Path) -> None:
        agency = _audit(tmp_path, _pcs(1, WINDOWS), {"Nama Perangkat Lunak": WINDOWS, "Nomor BAST": ""})
        assert _bases(tmp_path) == {"entitled": 1}
        assert _rules(agency) == {"entitlement-without-proof"}

    def test_words_in_place_of_a_document_are_none(self, tmp_path: Path) -> None:
        line = {"Nama Perangkat Lunak": "WinRAR", "Jumlah": 1, "Nomor BAST": "belum ada"}
        agency = _audit(tmp_path, _pcs(2, "WinRAR 6.02"), line, line)
        assert _bases(tmp_path) == {"entitled": 2}
        assert "entitlement-without-proof" in _rules(agency)
        assert "register-line-repeated" not in _rules(agency)

    def test_a_document_is_the_same_however_its_number_is_spelt(self, tmp_path: Path) -> None:
        line = {"Nama Perangkat Lunak": "WinRAR", "Jumlah": 1}
        spelt = ({**line, "Nomor BAST": number} for number in ("027/12/BAST/2025", "No. 027 / 12 / BAST / 2025"))
        assert "register-line-repeated" in _rules(_audit(tmp_path, _pcs(2, "WinRAR 6.02"), *spelt))

    def test_a_line_typed_twice_counts_once_and_is_a_finding(self, tmp_path: Path) -> None:
        line = {"Nama Perangkat Lunak": WINDOWS, "Nomor BAST": "027/1"}
        agency = _audit(tmp_path, _pcs(2, WINDOWS), line, line)
        assert _bases(tmp_path) == {"entitled": 1, "entitlement-exhausted": 1}
        assert "register-line-repeated" in _rules(agency)

    def test_a_certificate_beside_the_register_is_proof_with_its_hash(self, tmp_path: Path) -> None:
        inventory_file(tmp_path / "opd" / f"{AGENCY}.csv", *_pcs(1, WINDOWS))
        write(tmp_path / "reg" / "bukti" / "coa.pdf", b"%PDF-1.7")
        heading = ("OPD", "Nama Perangkat Lunak", "Jumlah", "Berkas Bukti")
        register_file(tmp_path / "reg" / "register.csv", [AGENCY, WINDOWS, 1, "bukti/coa.pdf"], heading=heading)
        arguments = ["audit", str(tmp_path / "opd"), "--register", str(tmp_path / "reg"), "--out", str(tmp_path / "out")]
        assert run([*arguments, "--format", "json"]) == 0
        register_file(tmp_path / "reg" / "register.csv", [AGENCY, WINDOWS, 1, "../opd/Dinas Sosial.csv"], heading=heading)
        run([*arguments, "--format", "json", "--lang", "en"])
        assert hashlib.sha256(b"%PDF-1.7").hexdigest() not in str(audited(tmp_path / "out"))

    def test_no_whole_key_is_written(self, tmp_path: Path) -> None:
        key = "BCDFG-HJKMP-QRTVW-XY234-6789B"
        _audit(tmp_path, _pcs(1, WINDOWS), {"Nama Perangkat Lunak": WINDOWS, "Keterangan": f"kunci {key}", "Nomor BAST": key})
        for path in (tmp_path / "out").rglob("*"):
            assert path.is_dir() or key.encode() not in path.read_bytes()


class TestMoney:
    def test_a_sum_is_no_quantity(self, tmp_path: Path) -> None:
        heading = ("OPD", "Nama Perangkat Lunak", "Volume", "Satuan", "Harga Satuan", "Jumlah")
        inventory_file(tmp_path / "opd" / f"{AGENCY}.csv", *_pcs(4, "WinRAR 6.02"))
        register_file(tmp_path / "r.csv", [AGENCY, "WinRAR", 3, "Lisensi", "450.000", "1.350.000"], heading=heading)
        run(["audit", str(tmp_path / "opd"), "--register", str(tmp_path / "r.csv"), "--out", str(tmp_path / "out")])
        (position,) = of_agency(audited(tmp_path / "out"), AGENCY)["positions"]
        assert (position["entitled"], position["shortfall"], position["unit_price"]) == (3, 1, 450_000)

    def test_prices_costs_and_what_ends_soon(self, tmp_path: Path) -> None:
        line = {"Nama Perangkat Lunak": "AutoCAD", "Jumlah": 2, "Harga Satuan": "Rp 29.500.000", "Berlaku Sampai": "31/12/2026"}
        agency = _audit(tmp_path, _pcs(3, "AutoCAD 2024"), line)
        (position,) = agency["positions"]
        assert (position["unit_price"], position["cost_to_cure"], position["idle_value"]) == (29_500_000, 29_500_000, 0)
        assert position["expiring"] == {"30": 0, "60": 2, "90": 2}

    def test_a_price_list_tells_what_the_register_does_not(self, tmp_path: Path) -> None:
        register_file(tmp_path / "harga.csv", ["WinRAR", "Rp 450.000"], heading=("Nama Perangkat Lunak", "Harga Satuan"))
        agency = _audit(tmp_path, _pcs(2, "WinRAR 6.02"), {"Nama Perangkat Lunak": "AutoCAD"}, prices='"harga.csv"')
        (position,) = [one for one in agency["positions"] if one["product_id"] == "winrar"]
        assert position["cost_to_cure"] == 900_000

    def test_remedies_stand_side_by_side(self, tmp_path: Path) -> None:
        inventory_file(tmp_path / "opd" / "Dinas Kesehatan.csv", ("PC01", "7-Zip"))
        lines = [
            {"Nama Perangkat Lunak": "WinRAR", "Jumlah": 1, "Harga Satuan": 450_000},
            {"OPD": "Dinas Kesehatan", "Nama Perangkat Lunak": "WinRAR", "Jumlah": 1},
        ]
        _audit(tmp_path, _pcs(4, "WinRAR 6.02"), *lines)
        book = openpyxl.load_workbook(tmp_path / "out" / "dinas-sosial" / "report.xlsx", read_only=True)
        text = str([[cell.value for cell in row] for row in book["Remedies"].iter_rows()])
        for told in ("WinRAR", "1350000", "Dinas Kesehatan: 1", "7-Zip", "reassign 1; replace 2"):
            assert told in text
        assert of_agency(audited(tmp_path / "out"), AGENCY)["remedies"] == [
            {
                "product_id": "winrar",
                "product": "WinRAR",
                "edition": None,
                "release": None,
                "short": 3,
                "unit_price": 450_000,
                "cost_of_buying": 1_350_000,
                "to_correct": [],
                "spare": [{"agency": "Dinas Kesehatan", "number": 1}],
                "alternatives": ["7-Zip", "PeaZip"],
                "plan": {"reassign": 1, "replace": 2, "buy": 0, "cost": 0},
            }
        ]
        assert "all 1 are used" in str([[cell.value for cell in row] for row in book["Reconciliation"].iter_rows()])

    def test_a_line_that_was_not_understood_is_the_first_thing_to_do(self, tmp_path: Path) -> None:
        line = {"Nama Perangkat Lunak": "Lisensi Microsoft Office", "Jumlah": "beberapa"}
        agency = _audit(tmp_path, _pcs(1, "Microsoft Word 2019"), line)
        assert any("register.csv A2. " in finding["how_to_fix"] for finding in agency["findings"])
        (remedy,) = agency["remedies"]
        (told,) = remedy["to_correct"]
        assert told["source"]["file"] == "register.csv"
        assert "beberapa" in told["message"]
        book = openpyxl.load_workbook(tmp_path / "out" / "dinas-sosial" / "report.xlsx", read_only=True)
        assert "correct the register first" in str([[cell.value for cell in row] for row in book["Remedies"].iter_rows()])


class TestActivation:
    def _agency(self, tmp_path: Path, region: str = "") -> dict[str, Any]:
        report = (
            "Name: Windows(R), Professional edition\nDescription: Windows(R) Operating System, VOLUME_KMSCLIENT channel\n"
            "Partial Product Key: 3V66T\nLicense Status: Licensed\nKMS machine name from DNS: kms.luar.example:1688\n"
        )
        write(tmp_path / "opd" / AGENCY / "PC05.txt", report)
        return _audit(tmp_path, _pcs(1, WINDOWS), {"Nama Perangkat Lunak": "Microsoft Windows", "Jumlah": 9}, region=region)

    def _hardware(self, tmp_path: Path, *lines: dict[str, object]) -> dict[str, Any]:
        report = (
            "Name: Windows(R), Professional edition\nDescription: Windows(R) Operating System, OEM_DM channel\n"
            "Partial Product Key: 3V66T\nLicense Status: Licensed\n"
        )
        write(tmp_path / "opd" / AGENCY / "PC05.txt", report)
        return _audit(tmp_path, [("PC01", "7-Zip")], *lines)

    def test_a_licence_of_the_hardware_that_nobody_recorded_is_an_indication(self, tmp_path: Path) -> None:
        agency = self._hardware(tmp_path, {"Nama Perangkat Lunak": "WinRAR"})
        (finding,) = [one for one in agency["findings"] if one["rule"] == "activation-unrecorded"]
        assert finding["devices"] == ["PC05"]
        assert agency["installations"]["unlicensed"] == 1

    def test_it_supports_the_record_of_it(self, tmp_path: Path) -> None:
        line = {"Nama Perangkat Lunak": "Microsoft Windows", "Metrik": "OEM", "Keterangan": "melekat pada PC05"}
        assert "activation-unrecorded" not in _rules(self._hardware(tmp_path, line))
        assert "supports the licence" in (tmp_path / "out" / "dinas-sosial" / "report.html").read_text(encoding="utf-8")

    def test_a_host_that_is_none_of_the_regions_own_is_an_indication(self, tmp_path: Path) -> None:
        assert "kms-host-foreign" in _rules(self._agency(tmp_path, 'kms_hosts = ["kms.tabanankab.go.id"]'))

    def test_the_regions_own_host_is_lawful(self, tmp_path: Path) -> None:
        assert "kms-host-foreign" not in _rules(self._agency(tmp_path, 'kms_hosts = ["KMS.luar.example"]'))

    def test_where_nobody_named_hosts_nothing_is_said(self, tmp_path: Path) -> None:
        assert "kms-host-foreign" not in _rules(self._agency(tmp_path))
