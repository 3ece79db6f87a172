# SPDX-License-Identifier: Apache-2.0
"""SPDX YAML: versions stay as written, aliases grow to nothing, and damage loses only what follows it."""

import contextlib
import time
from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers import read_file
from foss_audit.readers.interface import Limits, Reading, ReadingContext
from foss_audit.vocabulary import Vocabulary

CONTEXT = ReadingContext(Vocabulary({}, {}, {}))
HEADER = "spdxVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n"


def read(tmp_path: Path, text: str | bytes, name: str = "server.spdx.yml", limits: Limits | None = None) -> Reading:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(path, name, ReadingContext(CONTEXT.vocabulary, limits) if limits else CONTEXT)


def names(reading: Reading) -> list[str]:
    return list(reading.entries["name"])


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("3.10", "3.10"),
        ("010", "010"),
        ("1e3", "1e3"),
        ("yes", "yes"),
        ("2026-01-02", "2026-01-02"),
        ("0x1F", "0x1F"),
        ("!!str 1.0", "1.0"),
    ],
)
def test_versions_stay_as_written(tmp_path: Path, written: str, version: str) -> None:
    assert list(read(tmp_path, f"{HEADER}packages:\n- name: a\n  versionInfo: {written}\n").entries["version"]) == [version]


@pytest.mark.parametrize("wrong", ["null", "~", "", "{}", "[]", "{name: }", "{name: null}", "just words", "{versionInfo: 1}"])
def test_a_broken_package_is_a_problem_and_the_rest_goes_on(tmp_path: Path, wrong: str) -> None:
    reading = read(tmp_path, f"{HEADER}packages:\n- name: a\n- {wrong}\n- name: b\n")
    assert (names(reading), [problem.source.locator for problem in reading.problems]) == (["a", "b"], ["/packages/1"])


def test_lists_under_one_key_are_both_read(tmp_path: Path) -> None:
    assert names(read(tmp_path, f"{HEADER}packages:\n- name: a\nfiles: []\npackages:\n- name: b\n- name: c\n")) == ["a", "b", "c"]


def test_aliases_stand_for_what_they_name(tmp_path: Path) -> None:
    text = "packages:\n- &one\n  name: a\n  supplier: &who 'Organization: Acme'\n- *one\n- {name: b, supplier: *who}\n- *nobody\n"
    reading = read(tmp_path, HEADER + text)
    assert (names(reading), list(reading.entries["publisher"])) == (["a", "a", "b"], ["Acme", "Acme", "Acme"])
    assert [problem.source.locator for problem in reading.problems] == ["/packages/3"]


class TestHostile:
    def test_aliases_of_aliases_grow_to_nothing(self, tmp_path: Path) -> None:
        bomb = "x0: &x0 [lol, lol]\n" + "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 40))
        start = time.perf_counter()
        assert names(read(tmp_path, f"{HEADER}{bomb}packages:\n- name: a\nrelationships: *x39\n")) == ["a"]
        assert time.perf_counter() - start < 5

    def test_keys_and_aliases_that_feed_each_other_grow_to_nothing(self, tmp_path: Path) -> None:
        loops = "files: &a [x, y]\nsnippets: &b [z]\n" + "files: *b\nsnippets: *a\n" * 60
        assert names(read(tmp_path, f"{HEADER}{loops}packages: &p\n- name: a\n- *p\n")) == ["a"]

    @pytest.mark.parametrize("nest", ["[", "{a: ", "- "])
    def test_deep_nesting_is_refused_at_once(self, tmp_path: Path, nest: str) -> None:
        start = time.perf_counter()
        with pytest.raises(UnreadableFile, match="nested too deeply"):
            read(tmp_path, f"{HEADER}packages:\n  {nest * 100_000}")
        assert time.perf_counter() - start < 5

    def test_limits(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="limit elements = 3"):
            read(tmp_path, f"{HEADER}packages:\n- name: a\n- name: b\n", limits=Limits(elements=3))
        with pytest.raises(UnreadableFile, match="limit document_bytes = 9"):
            read(tmp_path, f"{HEADER}packages: []\n", limits=Limits(document_bytes=9))

    def test_tags_of_programs_build_nothing(self, tmp_path: Path) -> None:
        text = f"{HEADER}packages:\n- !!python/object/apply:os.system [exit 1]\n- name: !!python/name:os.system b\n"
        reading = read(tmp_path, text)
        assert (names(reading), len(reading.problems)) == (["b"], 1)

    def test_control_characters(self, tmp_path: Path) -> None:
        assert names(read(tmp_path, f'{HEADER}packages:\n- name: "a\x07b"\n- name: c\n')) == ["a\ufffdb", "c"]
        assert names(read(tmp_path, f"{HEADER}packages:\n- name: Café\n".encode("cp1252"))) == ["Café"]


def test_damage_is_a_problem_and_what_stands_before_is_kept(tmp_path: Path) -> None:
    reading = read(tmp_path, f"{HEADER}packages:\n- name: a\n- name: b\n  versionInfo: ]\n- name: c\n")
    assert names(reading) == ["a", "b"]
    assert [str(problem.message) for problem in reading.problems] == [
        "The YAML is damaged at line 6, column 16: what stands before was read, the rest is lost. Export it again."
    ]


def test_another_document_is_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path, f"---\n{HEADER}packages:\n- name: a\n---\n{HEADER}packages:\n- name: b\n")
    assert names(reading) == ["a"]
    assert [str(problem.message)[:49] for problem in reading.problems] == ["Another YAML document begins at line 7 and was no"]
    assert read(tmp_path, f"---\n{HEADER}packages:\n- name: a\n...\n---\n").problems == ()


def test_version_2_1_has_an_envelope(tmp_path: Path) -> None:
    text = "Document:\n  specVersion: SPDX-2.1\n  documentDescribes:\n  - Package:\n      name: a\n"
    text += "      licenseDeclared: LicenseRef-1\n"
    reading = read(tmp_path, text + "  extractedLicenseInfos:\n  - {licenseId: LicenseRef-1, name: Acme}\n")
    assert (names(reading), reading.device, list(reading.entries["license"])) == (["a"], "a", ["Acme"])
    assert list(reading.entries["place"]) == ["/Document/documentDescribes/"]


@pytest.mark.parametrize(
    "text",
    [
        "name: ci\non: push\njobs: {}\n",
        "# Readme\n\nspdxVersion: x\n",
        "packages:\n- name: a\n",
        "apiVersion: v1\nspdxVersion: SPDX-2.3\n",
        "SPDXID: x\n",
        "name,version\nspdxVersion: SPDX-2.3\n",
    ],
)
def test_not_recognised(tmp_path: Path, text: str) -> None:
    with contextlib.suppress(UnreadableFile):
        assert read(tmp_path, text).reader != "spdx-yaml"


@pytest.mark.parametrize(
    "text",
    [
        "%YAML 1.2\n---\n# x\nSPDXID: SPDXRef-DOCUMENT\npackages: []\n",
        '"spdxVersion": "SPDX-2.2"\n',
        "\ufeffname: x\nspdxVersion: SPDX-2.3\n",
    ],
)
def test_recognised(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text, "x.txt").reader == "spdx-yaml"
