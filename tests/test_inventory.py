# SPDX-License-Identifier: Apache-2.0
"""Entries of all files become installations, each once; nothing vanishes."""

from dataclasses import replace

import pytest
from helpers import AGENCIES, file_reading
from hypothesis import given, settings
from hypothesis import strategies as st

from foss_audit.inventory import FileReading, Inventory, assemble, package_origin, plain_version
from foss_audit.messages import message
from foss_audit.model import Problem, Source, Title


def _put_together(*files: FileReading) -> Inventory:
    return assemble(files, AGENCIES)


def _rows(inventory: Inventory) -> list[tuple[str, str, str, str]]:
    """(agency, device, name, version) of every installation, in order."""
    table = inventory.installations
    titles = [inventory.titles[number] for number in table["title"]]
    return [
        (agency, device, title.name, title.version)
        for agency, device, title in zip(table["agency"], table["device"], titles, strict=True)
    ]


def _one(name: str = "GIMP", version: str = "2.10", device: str = "PC-1", **values: object) -> dict[str, object]:
    return {"name": name, "version": version, "device": device, **values}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (_one(), _one()),
        (_one("GIMP"), _one("gimp")),
        (_one("Adobe Reader"), _one("Adobe   Reader")),
        (_one("Adobe Reader"), _one("Adobe\u00a0Reader")),
        (_one(device="PC-1"), _one(device="pc-1")),
        (_one(device="PC 1"), _one(device="PC  1")),
        (_one(version="3"), _one(version="3.0.0")),
        (_one(version="22.01"), _one(version="22.01.00.0")),
        (_one(version="1.0-RC"), _one(version="1.0-rc")),
        (_one(version=""), _one(version="-")),
        (_one(version="N/A"), _one(version="None")),
        (_one(version="nihil"), _one(version="")),
        (_one(publisher="The GIMP Team"), _one(publisher="")),
        (_one(license="GPL-3.0"), _one(license="")),
    ],
)
def test_the_same_installation_counts_once(first: dict[str, object], second: dict[str, object]) -> None:
    inventory = _put_together(file_reading("Dinas Sosial/a.csv", [first]), file_reading("Dinas Sosial/b.csv", [second]))
    assert len(inventory.installations) == 1
    assert [(one.installations, one.duplicates) for one in inventory.counts] == [(1, 0), (0, 1)]
    assert inventory.sources.joined().tolist() == ["Dinas Sosial/a.csv A2; Dinas Sosial/b.csv A2"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (_one(version="3.1"), _one(version="3.10")),
        (_one(version="3"), _one(version="30")),
        (_one(version="1.2"), _one(version="")),
        (_one("GIMP"), _one("GIMP 2")),
        (_one(device="PC-1"), _one(device="PC-2")),
        (_one(device="PC-1"), _one(device="PC1")),
        (_one(agency="Dinkes"), _one(agency="Dinsos")),
    ],
)
def test_what_differs_stays_apart(first: dict[str, object], second: dict[str, object]) -> None:
    assert len(_put_together(file_reading("Dinas Sosial/a.csv", [first, second])).installations) == 2


def test_an_installation_goes_by_its_first_source() -> None:
    inventory = _put_together(
        file_reading("Dinas Sosial/a.csv", [_one("GIMP", "2.10.0", publisher="Team", location="Ruang 1")]),
        file_reading("Dinas Sosial/b.csv", [_one("gimp", "2.10", publisher="Other", location="Ruang 2")]),
    )
    assert inventory.titles == (Title("GIMP", "2.10.0", "Team"),)
    assert inventory.installations["location"].tolist() == ["Ruang 1"]


def test_files_in_the_other_order_change_what_it_goes_by_but_not_how_many_there_are() -> None:
    files = [file_reading("Dinas Sosial/a.csv", [_one("GIMP")]), file_reading("Dinas Sosial/b.csv", [_one("gimp")])]
    assert _put_together(*files).titles[0].name == "GIMP"
    assert _put_together(*reversed(files)).titles[0].name == "gimp"


def test_unnamed_devices_never_merge() -> None:
    row = {"name": "Microsoft Office", "unnamed": True, "quantity": 3}
    inventory = _put_together(file_reading("Dinas Sosial/a.csv", [row, row]), file_reading("Dinas Sosial/b.csv", [row]))
    assert len(inventory.installations) == 9
    assert set(inventory.installations["device"]) == {""}
    assert [(one.rows, one.installations, one.duplicates) for one in inventory.counts] == [(6, 6, 0), (3, 3, 0)]


def test_a_quantity_on_a_named_device_is_that_many_entries_of_one_installation() -> None:
    inventory = _put_together(file_reading("Dinas Sosial/a.csv", [_one(quantity=3)]))
    assert [(one.rows, one.installations, one.duplicates) for one in inventory.counts] == [(3, 1, 2)]


@pytest.mark.parametrize(("named", "expected"), [(None, "PC-KEUANGAN"), ("WS-07", "WS-07")])
def test_without_a_device_column_the_file_or_its_stem_names_the_device(named: str | None, expected: str) -> None:
    inventory = _put_together(file_reading("Dinas Sosial/PC-KEUANGAN.csv", [{"name": "GIMP"}], device=named))
    assert inventory.installations["device"].tolist() == [expected]


def test_titles_are_distinct_and_sorted_and_installations_point_at_them() -> None:
    rows = [_one("Zotero", device=f"PC-{number}") for number in range(3)] + [_one("Audacity")]
    inventory = _put_together(file_reading("Dinas Sosial/a.csv", rows))
    assert [title.name for title in inventory.titles] == ["Audacity", "Zotero"]
    assert inventory.installations["title"].tolist() == [1, 1, 1, 0]


def test_an_unreadable_file_is_a_problem_of_its_agency() -> None:
    reading = file_reading("Dinas Sosial/rusak.xlsx", [])
    problem = Problem(Source("Dinas Sosial/rusak.xlsx"), message("The file is damaged"))
    inventory = _put_together(FileReading(reading.origin, None, problem))
    assert inventory.problems == {"Dinas Sosial": (problem,)}
    assert inventory.agencies == ("Dinas Sosial",)
    assert len(inventory.installations) == 0


def test_a_problem_belongs_to_the_agency_of_the_line_before_it() -> None:
    rows = [_one(agency="Dinkes"), _one(agency="Dinkes", device="PC-2"), _one(agency="Dinsos", device="PC-3")]
    rows = [{**row, "position": position} for row, position in zip(rows, (2, 4, 6), strict=True)]
    inventory = _put_together(file_reading("rekap.csv", rows, problems=(3, 7)))
    assert {agency: [one.source.locator for one in found] for agency, found in inventory.problems.items()} == {
        "Dinas Kesehatan": ["A3"],
        "Dinas Sosial": ["A7"],
    }


@pytest.mark.parametrize("skipped", [0, 2])
def test_an_agency_whose_file_holds_no_installation_handed_in_something(skipped: int) -> None:
    """A file with nothing but its heading, or of which every line was skipped, is not nothing."""
    inventory = _put_together(file_reading("Dinas Sosial/a.csv", [], skipped=skipped))
    assert inventory.agencies == ("Dinas Sosial",)


def test_no_agency_appears_that_no_entry_belongs_to() -> None:
    inventory = _put_together(file_reading("rekap.csv", [_one(agency="Dinkes")], input_folder="masuk"))
    assert inventory.agencies == ("Dinas Kesehatan",)


def test_agencies_that_the_table_lacks_are_one_whatever_their_case() -> None:
    rows = [_one(agency="Dinas Pertambangan"), _one(agency="DINAS PERTAMBANGAN"), _one(agency="dinas-pertambangan")]
    inventory = _put_together(file_reading("rekap.csv", rows))
    assert len(set(inventory.installations["agency"])) == 1
    assert len(inventory.installations) == 1


def test_a_device_has_one_name_however_it_is_spelt() -> None:
    rows = [_one("GIMP", device="PC-1"), _one("Zotero", device="pc-1"), _one("Inkscape", device="PC-1 ")]
    inventory = _put_together(file_reading("Dinas Sosial/a.csv", rows))
    assert inventory.installations["device"].tolist() == ["PC-1"] * 3


def test_nothing_handed_in() -> None:
    inventory = _put_together()
    assert (len(inventory.installations), inventory.titles, inventory.agencies, inventory.counts) == (0, (), (), ())


class TestDevicesInventoriedTwice:
    def test_differing_content_names_both_files(self) -> None:
        inventory = _put_together(
            file_reading("Dinas Sosial/a.csv", [_one("GIMP"), _one("Zotero")]),
            file_reading("Dinas Sosial/b.csv", [_one("GIMP", device="pc-1")]),
        )
        assert [(one.agency, one.device, one.files) for one in inventory.twice] == [
            ("Dinas Sosial", "PC-1", ("Dinas Sosial/a.csv", "Dinas Sosial/b.csv"))
        ]

    def test_equal_content_is_no_finding(self) -> None:
        files = [file_reading(f"Dinas Sosial/{name}.csv", [_one("GIMP"), _one("Zotero", "5.0")]) for name in "ab"]
        assert _put_together(*files).twice == ()

    def test_files_that_list_a_device_together_are_one_inventory(self) -> None:
        tags = [file_reading(f"Dinas Sosial/PC-01/{name}.swidtag", [{"name": name}]) for name in ("a", "b")]
        folder = [FileReading(one.origin, replace(one.reading, device_is_folder=True)) for one in tags if one.reading]
        inventory = _put_together(*folder)
        assert inventory.twice == ()
        assert list(inventory.installations["device"].unique()) == ["PC-01"]
        elsewhere = file_reading("Dinas Sosial/PC-01.csv", [{"name": "a"}])
        assert len(_put_together(elsewhere, *folder).twice) == 1

    def test_other_agencies_may_use_the_same_device_name(self) -> None:
        inventory = _put_together(
            file_reading("Dinas Sosial/a.csv", [_one("GIMP")]), file_reading("Dinas Kesehatan/a.csv", [_one("Zotero")])
        )
        assert inventory.twice == ()

    def test_unnamed_devices_are_none(self) -> None:
        files = [file_reading(f"Dinas Sosial/{name}.csv", [{"name": name, "unnamed": True}]) for name in "ab"]
        assert _put_together(*files).twice == ()


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("3.0.0", "3"),
        ("3.10", "3.10"),
        ("10.0", "10"),
        ("100", "100"),
        ("0.0", "0"),
        (" 1.0 B ", "1.0 b"),
        ("–", "–"),
        ("NULL", ""),
    ],
)
def test_versions_as_they_are_compared(version: str, expected: str) -> None:
    assert plain_version(version) == expected


@pytest.mark.parametrize(
    ("purl", "origin"),
    [
        ("pkg:deb/debian/curl@7.50", "deb/debian"),
        ("pkg:apk/alpine/musl@1.2", "apk/alpine"),
        ("pkg:rpm/fedora/curl@7?arch=x86_64", "rpm/fedora"),
        ("pkg:npm/%40angular/core@12", "npm"),
        ("pkg:PyPI/Django@1.11", "pypi"),
        ("pkg:deb", "deb"),
        ("pkg:deb/", "deb"),
        ("not a purl", ""),
        ("", ""),
    ],
)
def test_the_ecosystem_of_a_package(purl: str, origin: str) -> None:
    assert package_origin(purl) == origin


_ENTRY = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["GIMP", "gimp", "GIMP ", "G  IMP", "g imp", "Zotero"]),
        "version": st.sampled_from(["", "-", "3", "3.0", "3.0.0", "3.1", "3.10"]),
        "device": st.sampled_from(["PC-1", "pc-1", "PC-2", ""]),
        "agency": st.sampled_from(["", "Dinkes", "Dinas Kesehatan", "Dinsos"]),
        "quantity": st.integers(1, 3),
    }
).map(lambda row: {**row, "unnamed": row["device"] == ""})


def _same(agency: object, row: dict[str, object]) -> tuple[object, ...]:
    """The contract's identity of an installation, written down a second time."""
    version = " ".join(str(row["version"]).casefold().split())
    version = "" if version == "-" else version
    while version.endswith(".0"):
        version = version[:-2]
    return (agency, " ".join(str(row["device"]).casefold().split()), " ".join(str(row["name"]).casefold().split()), version)


@given(st.lists(st.tuples(st.lists(_ENTRY, max_size=6), st.integers(0, 2), st.integers(0, 2)), max_size=4))
@settings(max_examples=40, deadline=None)
def test_entries_in_are_installations_duplicates_skipped_and_problems(
    files: list[tuple[list[dict[str, object]], int, int]],
) -> None:
    readings = [
        file_reading(f"Dinas Sosial/{number}.csv", rows, skipped=skipped, problems=tuple(range(50, 50 + problems)))
        for number, (rows, skipped, problems) in enumerate(files)
    ]
    inventory = _put_together(*readings)
    seen: set[tuple[object, ...]] = set()
    expected_titles: list[str] = []
    for (rows, skipped, problems), count in zip(files, inventory.counts, strict=True):
        entries = sum(int(str(row["quantity"])) for row in rows)
        fresh = 0
        for row in rows:
            agency = AGENCIES.canonical(str(row["agency"])) if row["agency"] else "Dinas Sosial"
            if row["unnamed"]:
                fresh += int(str(row["quantity"]))
                expected_titles += [str(row["name"]).strip()] * int(str(row["quantity"]))
            elif _same(agency, row) not in seen:
                seen.add(_same(agency, row))
                fresh += 1
                expected_titles.append(str(row["name"]).strip())
        assert (count.skipped, count.problems) == (skipped, problems)
        assert count.installations + count.duplicates == entries
        assert count.rows == count.installations + count.duplicates + count.skipped + count.problems
        assert count.installations == fresh
    assert [name for _, _, name, _ in _rows(inventory)] == expected_titles
    assert len(inventory.sources.joined()) == len(inventory.installations) == sum(one.installations for one in inventory.counts)
    unnamed = sum(int(str(row["quantity"])) for rows, _, _ in files for row in rows if row["unnamed"])
    assert int((inventory.installations["device"] == "").sum()) == unnamed


@pytest.mark.parametrize(
    ("purl", "origin"),
    [
        ("pkg:deb/debian/unrar@6.2?section=non-free", "deb/debian/non-free"),
        ("pkg:deb/unrar@6.2?section=multiverse", "deb//multiverse"),
        ("pkg:rpm/fedora/bash@5", "rpm/fedora"),
        ("pkg:winget/Notepad%2B%2B.Notepad%2B%2B@8.6", "winget/Notepad++.Notepad++"),
        ("pkg:appx/Microsoft.BingNews", "appx/Microsoft.BingNews"),
        ("pkg:npm/%40angular/core@17", "npm"),
    ],
)
def test_what_a_package_url_tells_of_its_origin(purl: str, origin: str) -> None:
    assert package_origin(purl) == origin
