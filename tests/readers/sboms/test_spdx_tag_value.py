# SPDX-License-Identifier: Apache-2.0
"""SPDX tag-value: every PackageName is an entry, a problem or skipped, whatever the text around it is like."""

import contextlib
import time
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
HEADER = "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\n"


def read(tmp_path: Path, text: str | bytes, name: str = "server.spdx") -> Reading:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(path, name, CONTEXT)


def names(reading: Reading) -> list[str]:
    return list(reading.entries["name"])


def license_of(tmp_path: Path, tags: str, more: str = "") -> str:
    return str(read(tmp_path, f"{HEADER}PackageName: x\n{tags}\n{more}").entries["license"].iloc[0])


def test_files_and_snippets_are_no_entries_and_keep_their_fields(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        f"""{HEADER}
FileName: ./before.c
SPDXID: SPDXRef-before
LicenseConcluded: GPL-2.0-only
PackageName: a
SPDXID: SPDXRef-a
PackageVersion: 1.10
FileName: ./a.c
SPDXID: SPDXRef-file
LicenseConcluded: MIT
LicenseInfoInFile: MIT
SnippetSPDXID: SPDXRef-snippet
SnippetFromFileSPDXID: SPDXRef-file
SnippetLicenseConcluded: MIT
PackageName: b
SPDXID: SPDXRef-b
PackageLicenseDeclared: Zlib
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a
""",
    )
    assert (names(reading), list(reading.entries["license"]), list(reading.entries["version"])) == (
        ["a", "b"],
        ["", "Zlib"],
        ["1.10", ""],
    )
    assert (reading.device, reading.problems, reading.notes) == ("a", (), ())
    assert (list(reading.entries["place"]), list(reading.entries["position"])) == (["A", "A"], [8, 18])


class TestTexts:
    def test_a_package_inside_a_text_is_none(self, tmp_path: Path) -> None:
        text = "PackageComment: <text>as in\nPackageName: not this\n</text>\nPackageVersion: 2\n"
        reading = read(tmp_path, f"{HEADER}PackageName: <text>a</text>\n{text}PackageName: b\n")
        assert (names(reading), list(reading.entries["version"])) == (["a", "b"], ["2", ""])

    def test_a_text_that_never_ends_takes_no_package_with_it(self, tmp_path: Path) -> None:
        reading = read(tmp_path, f"{HEADER}PackageName: a\nPackageComment: <text>begun\nmore\nPackageName: b\nPackageName: c\n")
        assert names(reading) == ["a", "b", "c"]
        assert [(note.source.locator, str(note.message)) for note in reading.notes] == [
            ("A6", "This line is no tag of SPDX and was left out."),
            ("A5", "The text that begins here has no </text>; only its first line was read."),
        ]

    def test_a_text_that_ends_only_after_another_began_takes_no_package_with_it(self, tmp_path: Path) -> None:
        text = "PackageComment: <text>begun\nPackageName: b\nPackageCopyrightText: <text>2020\nAcme</text>\nPackageName: c\n"
        assert names(read(tmp_path, f"{HEADER}PackageName: a\n{text}")) == ["a", "b", "c"]

    def test_many_texts_that_never_end_take_no_time(self, tmp_path: Path) -> None:
        start = time.perf_counter()
        reading = read(tmp_path, HEADER + "PackageName: a\nPackageComment: <text>\n" * 50_000)
        assert len(reading.entries) == 50_000
        assert time.perf_counter() - start < 20


class TestLicenses:
    def test_references_go_by_name_or_by_a_title(self, tmp_path: Path) -> None:
        named = "LicenseID: LicenseRef-1\nExtractedText: <text>long\ntext</text>\nLicenseName: Acme EULA\n"
        assert license_of(tmp_path, "PackageLicenseDeclared: LicenseRef-1", named) == "Acme EULA"
        titled = (
            "LicenseID: LicenseRef-1\nLicenseName: NOASSERTION\nExtractedText: <text>ACME SOFTWARE LICENSE\n\nGranted ...</text>"
        )
        assert license_of(tmp_path, "PackageLicenseDeclared: LicenseRef-1", titled) == "ACME SOFTWARE LICENSE"

    def test_concluded_beats_declared_where_it_says_something(self, tmp_path: Path) -> None:
        assert license_of(tmp_path, "PackageLicenseConcluded: MIT\nPackageLicenseDeclared: ISC") == "MIT"
        assert license_of(tmp_path, "PackageLicenseDeclared: ISC\nPackageLicenseConcluded: NOASSERTION") == "ISC"

    def test_licenses_of_files_are_no_license_of_the_package(self, tmp_path: Path) -> None:
        tags = "PackageName: x\nPackageLicenseInfoFromFiles: MIT\nPackageLicenseDeclared: NOASSERTION\n"
        reading = read(tmp_path, f"{HEADER}{tags}{tags}PackageName: y\nPackageLicenseInfoFromFiles: NONE\n")
        assert list(reading.entries["license"]) == ["NOASSERTION", "NOASSERTION", ""]
        assert [note.source.locator for note in reading.notes] == ["A4"]
        assert "2 packages, this one first, state no licence" in str(reading.notes[0].message)


class TestDamage:
    @pytest.mark.parametrize("line", ["PackageName:", "PackageName: ", "PackageName: <text></text>"])
    def test_a_package_without_a_name_is_a_problem(self, tmp_path: Path, line: str) -> None:
        reading = read(tmp_path, f"{HEADER}{line}\nPackageVersion: 1\nPackageName: b\n")
        assert (names(reading), [problem.source.locator for problem in reading.problems]) == (["b"], ["A4"])

    def test_fields_of_a_package_that_was_never_named_are_a_problem(self, tmp_path: Path) -> None:
        reading = read(tmp_path, f"{HEADER}PackageVersion: 1\nPackageSupplier: NOASSERTION\nPackageName: b\n")
        assert (names(reading), [problem.source.locator for problem in reading.problems]) == (["b"], ["A4"])

    def test_a_second_id_is_another_package_whose_name_is_missing(self, tmp_path: Path) -> None:
        text = "PackageName: a\nSPDXID: SPDXRef-a\nPackageVersion: 1\nSPDXID: SPDXRef-b\nPackageVersion: 2\n"
        reading = read(tmp_path, HEADER + text)
        assert (names(reading), list(reading.entries["version"])) == (["a"], ["1"])
        assert [problem.source.locator for problem in reading.problems] == ["A7"]

    def test_unknown_tags_and_remarks_are_passed_over(self, tmp_path: Path) -> None:
        reading = read(
            tmp_path, f"# made by hand\n\n{HEADER}PackageName: a\n## x\nPackageColour: red\nfree words\nPackageVersion: 1\n"
        )
        assert (names(reading), list(reading.entries["version"])) == (["a"], ["1"])
        assert [(note.source.locator, "2 lines" in str(note.message)) for note in reading.notes] == [("A8", True)]

    @pytest.mark.parametrize("reference", ["", "purl", "PACKAGE-MANAGER purl", "x purl  pkg:npm/x@1 "])
    def test_references_that_are_cut(self, tmp_path: Path, reference: str) -> None:
        reading = read(tmp_path, f"{HEADER}PackageName: a\nExternalRef: {reference}\nRelationship: {reference}\n")
        assert list(reading.entries["purl"]) == (["pkg:npm/x@1"] if "pkg:" in reference else [""])

    def test_nuls_and_broken_encodings(self, tmp_path: Path) -> None:
        assert names(read(tmp_path, f"{HEADER}PackageName: a\0b\n")) == ["ab"]
        assert names(read(tmp_path, f"{HEADER}PackageName: Café\n".encode("cp1252"))) == ["Café"]


def test_version_1_has_one_package_without_ids(tmp_path: Path) -> None:
    reading = read(tmp_path, "SPDXVersion: SPDX-1.2\nDataLicense: CC0-1.0\nPackageName: a\nPackageVersion: 1\nFileName: b.c\n")
    assert (names(reading), reading.notes, reading.device) == (["a"], (), None)


class TestRecognition:
    @pytest.mark.parametrize(
        "text",
        [
            "SPDXVersion: SPDX-2.1\n",
            "\ufeff# remark\r\n\r\nDataLicense: CC0-1.0\r\nSPDXVersion: SPDX-2.2\r\n",
            "PackageName: a\nPackageLicenseDeclared: MIT\n",
            "SPDXVersion : SPDX-2.3\n",
        ],
    )
    def test_recognised(self, tmp_path: Path, text: str) -> None:
        assert read(tmp_path, text, "x.txt").reader == "spdx-tag-value"

    @pytest.mark.parametrize(
        "text",
        [
            "Package: bash\nStatus: install ok installed\nVersion: 5\n",
            "# Readme\n\nSPDX files look so:\n\nSPDXVersion: SPDX-2.3\nPackageName: a\n",
            "Name: x\nVersion: 1\n",
            "PackageName,PackageVersion\nSPDXVersion: SPDX-2.3,1\n",
            "PackageName: Bluetooth\nPublisher: x\n",
            "DisplayName    : 7-Zip\nSPDXVersion: SPDX-2.3\n",
        ],
    )
    def test_not_recognised(self, tmp_path: Path, text: str) -> None:
        with contextlib.suppress(UnreadableFile):
            assert read(tmp_path, text, "x.txt").reader != "spdx-tag-value"
