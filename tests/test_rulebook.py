# SPDX-License-Identifier: Apache-2.0
"""The rules that come with the program hold, packs lie over one another, and what is wrong in a pack is named."""

import csv
import io
import shutil
from functools import cache
from pathlib import Path

import pytest
from helpers import write

import foss_audit.rulebook
from foss_audit.catalogue import Product
from foss_audit.errors import ConfigError, RulesError
from foss_audit.model import CLASS_OF_BASIS, Basis, SoftwareClass, Title
from foss_audit.recognise import Recogniser
from foss_audit.rulebook import Rulebook, load_rulebook, rules_directory
from foss_audit.rulebook.lines import ProductLine
from foss_audit.rulebook.policy import Example, PolicyRule


@cache
def _built_in() -> Rulebook:
    return load_rulebook()


_POLICY_EXAMPLES = [(rule, example) for rule in _built_in().policy for example in rule.examples]
_COLUMNS = list(ProductLine.model_fields)
_GOOD = {
    "id": "aplikasi-desa",
    "product": "Aplikasi Desa",
    "publisher": "CV Contoh",
    "license_model": "commercial",
    "names": "aplikasi desa|apdes",
    "source": "proyek",
    "checked": "2026-11-24",
    "example": "Aplikasi Desa 2.0",
}
_SOURCES = "id,title,where,date,note\nproyek,Catatan proyek,,2026-11-24,\n"


def _csv(*lines: dict[str, str], columns: list[str] | None = None, delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or _COLUMNS, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def _pack(folder: Path, **files: str | bytes) -> Path:
    """A pack: `catalogue__x` is catalogue/x.csv, `policy__x` is policy/x.toml."""
    write(folder / "sources.csv", _SOURCES)
    for name, content in files.items():
        room, _, stem = name.rpartition("__")
        suffix = "toml" if room == "policy" or stem == "criteria" else "csv"
        write(folder / room / f"{stem}.{suffix}", content)
    return folder


@pytest.fixture
def few_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in rules without their thousands of products, which would only be read again and again."""
    folder = tmp_path / "few"
    shutil.copytree(rules_directory() / "policy", folder / "policy")
    for name in ("sources.csv", "criteria.toml"):
        shutil.copy(rules_directory() / name, folder / name)
    monkeypatch.setattr(foss_audit.rulebook, "rules_directory", lambda: folder)


def _defects(*packs: Path, thorough: bool = False) -> list[str]:
    with pytest.raises(RulesError) as caught:
        load_rulebook(packs, check=thorough)
    return [str(defect) for defect in caught.value.defects]


def _product(rulebook: Rulebook, name: str) -> Product | None:
    recogniser = Recogniser(rulebook.products, rulebook.vocabulary.words.get("noise", ()))
    return recogniser.recognise(Title(name)).product


class TestBuiltIn:
    def test_it_has_no_defect(self) -> None:
        load_rulebook(check=True)

    @pytest.mark.parametrize(
        ("rule", "example"), _POLICY_EXAMPLES, ids=[f"{rule.id}-{rule.examples.index(one)}" for rule, one in _POLICY_EXAMPLES]
    )
    def test_a_policy_rule_s_own_example(self, rule: PolicyRule, example: Example) -> None:
        assert rule.fires(example.given) is example.fires

    @pytest.mark.parametrize("basis", list(Basis))
    def test_what_is_unlicensed_or_undetermined_makes_a_finding_and_nothing_else_does(self, basis: Basis) -> None:
        software_class = CLASS_OF_BASIS[basis]
        fact = {
            "class": software_class.value,
            "basis": basis.value,
            "conflict": False,
            "claim": "",
            "license_model": "commercial",
        }
        fires = [rule.id for rule in _built_in().policy if rule.subject == "installations" and rule.fires(fact)]
        assert bool(fires) is (software_class in (SoftwareClass.UNLICENSED, SoftwareClass.UNDETERMINED))

    def test_a_problem_makes_a_finding(self) -> None:
        for subject in ("input", "region"):
            rules = [rule for rule in _built_in().policy if rule.subject == subject]
            assert any(rule.fires({"problems": 1}) for rule in rules)
            assert not any(rule.fires({"problems": 0}) for rule in rules)

    def test_every_rule_speaks_both_languages_and_cites_what_there_is(self) -> None:
        for rule in _built_in().policy:
            assert all((rule.title.en, rule.title.id, rule.message.en, rule.message.id, rule.how_to_fix.en, rule.how_to_fix.id))
            assert set(rule.criteria) <= set(_built_in().criteria)

    def test_no_circular_stands_alone(self) -> None:
        for rule in _built_in().policy:
            assert any(_built_in().criteria[one].kind != "circular" for one in rule.criteria), rule.id

    def test_the_digest_is_the_same_every_time_and_changes_with_the_rules(self, tmp_path: Path) -> None:
        assert load_rulebook().digest == _built_in().digest
        pack = _pack(tmp_path / "pack", catalogue__desa=_csv(_GOOD))
        first = load_rulebook([pack]).digest
        assert first != _built_in().digest
        _pack(pack, catalogue__desa=_csv({**_GOOD, "product": "Aplikasi Desa 3"}))
        assert load_rulebook([pack]).digest != first

    def test_line_endings_do_not_change_the_digest(self, tmp_path: Path) -> None:
        unix = _pack(tmp_path / "unix" / "pack", catalogue__desa=_csv(_GOOD))
        windows = _pack(tmp_path / "windows" / "pack", catalogue__desa=_csv(_GOOD).replace("\n", "\r\n"))
        assert load_rulebook([unix]).digest == load_rulebook([windows]).digest


class TestOverlays:
    def test_a_product_of_an_overlay_is_recognised(self, tmp_path: Path) -> None:
        assert _product(_built_in(), "Aplikasi Desa v2.0") is None
        rulebook = load_rulebook([_pack(tmp_path / "pack", catalogue__desa=_csv(_GOOD))], check=True)
        found = _product(rulebook, "Aplikasi Desa v2.0")
        assert found is not None and found.id == "aplikasi-desa"
        assert rulebook.packs == ("rules", "pack")

    @pytest.mark.parametrize("name", ["pack", "rules"])
    def test_it_replaces_a_built_in_line_whatever_its_folder_is_called(self, tmp_path: Path, name: str) -> None:
        line = {**_GOOD, "id": "adobe-photoshop", "names": "adobe photoshop", "example": "Adobe Photoshop", "product": "Ganti"}
        rulebook = load_rulebook([_pack(tmp_path / name, catalogue__desa=_csv(line))])
        (found,) = [one for one in rulebook.products if one.id == "adobe-photoshop"]
        assert found.name == "Ganti"

    def test_the_later_of_two_overlays_of_one_name_wins(self, tmp_path: Path) -> None:
        packs = [
            _pack(tmp_path / place / "pack", catalogue__desa=_csv({**_GOOD, "product": f"Dari {place}"})) for place in ("a", "b")
        ]
        found = _product(load_rulebook(packs), "Aplikasi Desa")
        assert found is not None and found.name == "Dari b"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_the_csv_that_an_indonesian_excel_writes_is_accepted(self, tmp_path: Path, encoding: str) -> None:
        content = _csv({**_GOOD, "product": "Aplikasi Désa"}, delimiter=";").replace("\n", "\r\n").encode(encoding)
        found = _product(load_rulebook([_pack(tmp_path / "pack", catalogue__desa=content)], check=True), "apdes")
        assert found is not None and found.name == "Aplikasi Désa"

    def test_the_project_s_agency_table_lies_over_the_built_in_one(self, tmp_path: Path) -> None:
        table = write(tmp_path / "opd.csv", "agency,aliases,devices_expected\nDinas Sosial,Dinsos P3A,12\n")
        (found,) = [one for one in load_rulebook(agencies=table).agencies if one.name == "Dinas Sosial"]
        assert (found.devices_expected, "Dinsos P3A" in found.aliases, "Dinsos" in found.aliases) == (12, True, True)

    def test_excel_s_lock_files_are_no_rules(self, tmp_path: Path) -> None:
        pack = _pack(tmp_path / "pack", catalogue__desa=_csv(_GOOD))
        write(pack / "catalogue" / "~$desa.csv", b"\xff\x00")
        load_rulebook([pack], check=True)

    def test_what_is_no_folder_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="nowhere"):
            load_rulebook([tmp_path / "nowhere"])


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"license_model": "shareware"}, "license_model"),
        ({"names": "Aplikasi Desa"}, "names"),
        ({"not_names": "Aplikasi Lama"}, "not_names"),
        ({"publishers": "CV*"}, "publishers"),
        ({"names": ""}, "names"),
        ({"id": "Aplikasi Desa"}, "id"),
        ({"product": ""}, "product"),
        ({"source": "entah"}, "source"),
        ({"source": ""}, "source"),
        ({"checked": "24/11/2026"}, "checked"),
        ({"example": "Program Lain"}, "example"),
        ({"example": ""}, "example"),
        ({"publisher_required": "ya"}, "publisher_required"),
        ({"license_model": "foss", "spdx": "GPL-9.0"}, "spdx"),
        ({"license_model": "foss", "spdx": "MIT OR"}, "spdx"),
        ({"license_model": "foss", "spdx": ""}, "spdx"),
        ({"license_model": "commercial", "spdx": "MIT"}, "spdx"),
    ],
)
def test_a_defect_of_a_product_is_named_by_file_row_and_field(tmp_path: Path, change: dict[str, str], field: str) -> None:
    other = {**_GOOD, "id": "lain", "names": "lain", "example": "Lain"}
    pack = _pack(tmp_path / "pack", catalogue__desa=_csv(other, {**_GOOD, **change}))
    (defect,) = _defects(pack, thorough=field in ("source", "example", "spdx"))
    assert defect.startswith("pack/catalogue/desa.csv row 3: ")
    assert field in defect


@pytest.mark.usefixtures("few_rules")
class TestDefectsOfFiles:
    def test_an_unknown_column_is_named(self, tmp_path: Path) -> None:
        pack = _pack(tmp_path / "pack", catalogue__desa=_csv({**_GOOD, "harga": "5"}, columns=[*_COLUMNS, "harga"]))
        (defect,) = _defects(pack)
        assert "pack/catalogue/desa.csv" in defect and "harga" in defect

    def test_a_missing_column_is_named(self, tmp_path: Path) -> None:
        columns = [one for one in _COLUMNS if one != "names"]
        line = {key: value for key, value in _GOOD.items() if key != "names"}
        (defect,) = _defects(_pack(tmp_path / "pack", catalogue__desa=_csv(line, columns=columns)))
        assert "pack/catalogue/desa.csv" in defect and "names" in defect

    def test_a_line_with_too_many_fields_is_named(self, tmp_path: Path) -> None:
        (defect,) = _defects(_pack(tmp_path / "pack", catalogue__desa=_csv(_GOOD) + "x," * 40 + "\n"))
        assert defect.startswith("pack/catalogue/desa.csv row 3: ")

    def test_an_id_twice_in_a_pack_is_named_with_both_places(self, tmp_path: Path) -> None:
        pack = _pack(tmp_path / "pack", catalogue__desa=_csv(_GOOD, _GOOD))
        (defect,) = _defects(pack)
        assert defect.startswith("pack/catalogue/desa.csv row 3: id")
        assert "row 2" in defect

    def test_also_in_two_files_of_it(self, tmp_path: Path) -> None:
        (defect,) = _defects(_pack(tmp_path / "pack", catalogue__a=_csv(_GOOD), catalogue__b=_csv(_GOOD)))
        assert "pack/catalogue/b.csv row 2" in defect and "pack/catalogue/a.csv" in defect

    def test_a_file_that_is_not_utf_8_is_named(self, tmp_path: Path) -> None:
        content = _csv({**_GOOD, "product": "Aplikasi Désa"}).encode("cp1252")
        (defect,) = _defects(_pack(tmp_path / "pack", catalogue__desa=content))
        assert defect.startswith("pack/catalogue/desa.csv") and "UTF-8" in defect

    def test_an_unclosed_quote_is_named(self, tmp_path: Path) -> None:
        (defect,) = _defects(_pack(tmp_path / "pack", catalogue__desa=_csv(_GOOD) + '"open'))
        assert defect.startswith("pack/catalogue/desa.csv row 3")

    def test_a_file_of_an_unknown_name_is_named(self, tmp_path: Path) -> None:
        (defect,) = _defects(_pack(tmp_path / "pack", licenses__aliasses="text,expression,source\n"))
        assert "pack/licenses/aliasses.csv" in defect

    def test_all_defects_are_named_at_once(self, tmp_path: Path) -> None:
        lines = [{**_GOOD, "id": f"p{number}", "license_model": "shareware"} for number in range(3)]
        pack = _pack(tmp_path / "pack", catalogue__desa=_csv(*lines), policy__x="[", words="kind,word,language,source\nX,y,,\n")
        assert len(_defects(pack)) == 5

    @pytest.mark.parametrize(
        ("file", "content", "field"),
        [
            ("headings", "canonical,heading,table,language,source\nname,Nama,both,id,\nname,Judul,lembar,id,\n", "table"),
            ("months", "month,spelling,language\n1,Januari,id\n13,Tredezember,id\n", "month"),
            ("agencies", "agency,aliases,devices_expected,source\nDinas A,,3,\nDinas B,,banyak,\n", "devices_expected"),
            ("licenses__overrides", "key,free,reason\nmit,yes,x\nfoo,maybe,y\n", "free"),
            ("licenses__claims", "word,claim,language\nasli,licensed,id\npalsu,forged,id\n", "claim"),
            ("licenses__phrases", "phrase,model,language,source\nx,freeware,en,\ny,gratis,en,\n", "model"),
            ("licenses__addresses", "address,expression,source\nx.example,MIT,\nX.example/a,MIT,\n", "address"),
        ],
    )
    def test_tables_of_words(self, tmp_path: Path, file: str, content: str, field: str) -> None:
        defects = _defects(_pack(tmp_path / "pack", **{file: content}))
        assert all(f"pack/{file.replace('__', '/')}.csv row 3: {field}" in defect for defect in defects)


@pytest.mark.usefixtures("few_rules")
class TestDefectsOfLicenses:
    @pytest.mark.parametrize(
        ("line", "field"),
        [
            ("Our License,Nonsense-9,common-names,", "expression"),
            ("Our License,MIT AND,common-names,", "expression"),
            ("Our Family,Nonsense-*,common-names,", "expression"),
            ("Our License,MIT,hearsay,", "source"),
            ("The Expat License v1,ISC,common-names,", "text"),
        ],
    )
    def test_spellings(self, tmp_path: Path, line: str, field: str) -> None:
        heading = "text,expression,source,package_type\nexpat 1,MIT,common-names,\n"
        (defect,) = _defects(_pack(tmp_path / "pack", licenses__aliases=f"{heading}{line}\n"), thorough=True)
        assert defect.startswith(f"pack/licenses/aliases.csv row 3: {field}")

    def test_one_spelling_may_differ_between_ecosystems(self, tmp_path: Path) -> None:
        lines = "text,expression,source,package_type\nexpat 1,MIT,common-names,\nexpat 1,ISC,common-names,cpan\n"
        assert load_rulebook([_pack(tmp_path / "pack", licenses__aliases=lines)], check=True).license_own_words["cpan"] == {
            "expat 1": "ISC"
        }

    def test_addresses(self, tmp_path: Path) -> None:
        lines = "address,expression,source\nx.example,Nonsense-9,license-addresses\n"
        (defect,) = _defects(_pack(tmp_path / "pack", licenses__addresses=lines), thorough=True)
        assert defect.startswith("pack/licenses/addresses.csv row 2: expression")


@pytest.mark.usefixtures("few_rules")
class TestDefectsOfPolicy:
    @staticmethod
    def _rule() -> str:
        """The text of a good rule that is no built-in one."""
        text = (rules_directory() / "policy" / "no-entitlement.toml").read_text(encoding="utf-8")
        return text.replace('id = "no-entitlement"', 'id = "own-rule"', 1)

    @pytest.mark.parametrize(
        ("old", "new", "field"),
        [
            ('severity = "high"', 'severity = "fatal"', "severity"),
            ('subject = "installations"', 'subject = "software"', "subject"),
            ('severity = "high"', 'severity = "high"\nregex = ".*"', "regex"),
            ('criteria = ["mou-legal-foss"', 'criteria = ["uu-tidak-ada"', "uu-tidak-ada"),
            ('[title]\nen = "', '[title]\nen = "{product}: ', "title"),
            ("fires = false", "fires = true", "examples"),
            ('given = { basis = "no-register" }', 'given = { basis = "no-entitlement" }', "examples"),
        ],
    )
    def test_a_defect_names_the_file_and_the_field(self, tmp_path: Path, old: str, new: str, field: str) -> None:
        text = self._rule()
        assert old in text
        pack = _pack(tmp_path / "pack", policy__own=text.replace(old, new, 1))
        (defect,) = _defects(pack, thorough=field == "examples")
        assert "pack/policy/own.toml" in defect and field in defect

    def test_no_toml(self, tmp_path: Path) -> None:
        (defect,) = _defects(_pack(tmp_path / "pack", policy__own="id = \n"))
        assert "pack/policy/own.toml" in defect

    def test_an_id_twice_in_a_pack_is_a_defect(self, tmp_path: Path) -> None:
        defects = _defects(_pack(tmp_path / "pack", policy__a=self._rule(), policy__b=self._rule()))
        assert any("own-rule" in defect for defect in defects)

    def test_no_basis_may_lose_its_finding(self, tmp_path: Path) -> None:
        text = (rules_directory() / "policy" / "no-entitlement.toml").read_text(encoding="utf-8")
        weakened = text.replace('basis = ["no-entitlement"]', 'basis = ["freeware"]').replace(
            'basis = "no-entitlement" }', 'basis = "freeware" }'
        )
        with pytest.raises(RulesError, match="no-entitlement"):
            load_rulebook([_pack(tmp_path / "pack", policy__own=weakened)])

    def test_nor_by_a_narrower_condition_beside_it(self, tmp_path: Path) -> None:
        text = (rules_directory() / "policy" / "unrecognised.toml").read_text(encoding="utf-8")
        assert 'basis = ["unrecognised"]' in text
        narrowed = text.replace('basis = ["unrecognised"]', 'basis = ["unrecognised"]\nclaim = ["unlicensed"]')
        narrowed = narrowed.replace(
            'given = { basis = "unrecognised" }', 'given = { basis = "unrecognised", claim = "unlicensed" }'
        )
        with pytest.raises(RulesError):
            load_rulebook([_pack(tmp_path / "pack", policy__own=narrowed)], check=True)
