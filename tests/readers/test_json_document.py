# SPDX-License-Identifier: Apache-2.0
"""JSON documents, lists and lines, and what their beginning tells."""

from pathlib import Path

import pytest

from foss_audit.errors import UnreadableFile
from foss_audit.readers.interface import Limits
from foss_audit.readers.json_document import (
    is_json_lines,
    list_outline_of,
    load_document,
    load_json,
    load_json_lines,
    outline_of,
)


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "x.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_list_is_read_and_numbers_stay_as_written(tmp_path: Path) -> None:
    document = load_json(written(tmp_path, '[{"version": 3.10}, 1e5, true, null]'), "x.json", Limits())
    assert document.value == [{"version": "3.10"}, "1e5", True, None]


def test_a_list_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no object at its top"):
        load_document(written(tmp_path, "[]"), "x.json", Limits())


def test_repeated_keys_are_noted_in_lists_and_lines(tmp_path: Path) -> None:
    path = written(tmp_path, '[{"a": [1], "a": [2]}]\n')
    for notes in (load_json(path, "x.json", Limits()).notes, load_json_lines(path, "x.json", Limits()).notes):
        assert "gives a more than once" in str(notes[0].message)


class TestLines:
    def test_values_go_by_their_line_and_a_damaged_one_takes_no_other_with_it(self, tmp_path: Path) -> None:
        lines = load_json_lines(written(tmp_path, '\ufeff{"a": 1}\r\n\r\n{"a": \r\n[2]\n'), "x.json", Limits())
        assert lines.values == ((1, {"a": "1"}), (4, ["2"]))
        assert [number for number, _ in lines.damaged] == [3]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        lines = load_json_lines(written(tmp_path, '{"a": "é"}\n{"a": "ü"}'.encode(encoding)), "x.json", Limits())
        assert [value for _, value in lines.values] == [{"a": "é"}, {"a": "ü"}]

    def test_limits_hold(self, tmp_path: Path) -> None:
        path = written(tmp_path, "{}\n" * 10)
        for limits in (Limits(elements=5), Limits(document_bytes=5)):
            with pytest.raises(UnreadableFile, match="beyond the limit"):
                load_json_lines(path, "x.json", limits)
            with pytest.raises(UnreadableFile, match="beyond the limit"):
                load_json(path, "x.json", limits)

    def test_deep_nesting_is_damage_of_one_line(self, tmp_path: Path) -> None:
        lines = load_json_lines(written(tmp_path, "[" * 100_000 + '\n{"a": 1}'), "x.json", Limits())
        assert [number for number, _ in lines.values] == [2]
        assert len(lines.damaged) == 1


class TestOutlines:
    def test_of_a_list_tells_of_its_first_object_and_all_keys(self) -> None:
        outline = list_outline_of(' [\n {"name": "a", "in": {"deep": "b", "list": [{"c": 1}]}}, {"other": "x", "name": "z"')
        assert outline is not None
        assert outline.values == {"/name": "a", "/in": "", "/in/deep": "b", "/in/list": ""}
        assert outline.outer == {"name", "in"}
        assert outline.keys == {"name", "in", "deep", "list", "c", "other"}

    @pytest.mark.parametrize("text", ["", "[", "[1, 2]", '["a"]', "[[]]", '{"a": 1}', "name,version", "[Software]"])
    def test_of_what_is_no_list_of_objects(self, text: str) -> None:
        assert list_outline_of(text) is None

    def test_of_objects_line_by_line_tells_of_the_first(self) -> None:
        outline = outline_of('{"name": "a"}\n{"name": "b", "more": "c"}\n')
        assert outline is not None
        assert outline.values == {"/name": "a"}
        assert outline.keys == {"name", "more"}

    @pytest.mark.parametrize(
        ("text", "found"), [('{"a": 1}\r\n{"b', True), ('{"a": 1}', False), ('{"a": 1}\n]', False), ('{"a":\n{"b": 1}}', False)]
    )
    def test_lines_are_told_from_documents(self, text: str, found: bool) -> None:
        assert is_json_lines(text) is found


class TestDamage:
    """What stands whole before the damage is read, the rest is one problem."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('[{"a": 1}, {"b": 2}, {"c": ', [{"a": "1"}, {"b": "2"}]),
            ('{"a": {"b": [1, 2, 3', {"a": {"b": ["1", "2"]}}),
            ('{"a": [{"b": [1, 2], "c": 3}, {"b": [4, 5', {"a": [{"b": ["1", "2"], "c": "3"}]}),
            ('{"a": [{"b": 1}], "c": "un"quoted"}', {"a": [{"b": "1"}]}),
            ('{"a": [1]} {"b": 2}', {"a": ["1"]}),
            ('{"a": ["}", "]", ",", "\\"", "x', {"a": ["}", "]", ",", '"']}),
        ],
    )
    def test_whole_elements_are_kept(self, tmp_path: Path, text: str, expected: object) -> None:
        path = tmp_path / "a.json"
        path.write_text(text, encoding="utf-8")
        document = load_json(path, "a.json", Limits())
        assert document.value == expected
        assert document.damage is not None
        assert "damaged at line 1" in str(document.damage.message)

    @pytest.mark.parametrize("text", ['{"a": {"b": 1', "[", '{"a": 1, "b": ', "x", '{"a" [1, 2'])
    def test_without_a_whole_element_there_is_nothing_to_read(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "a.json"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UnreadableFile, match="line 1"):
            load_json(path, "a.json", Limits())


class TestHostile:
    """Work grows with the length of the text, not with its square: these would take hours."""

    def test_a_string_of_escaped_quotes_that_never_ends(self, tmp_path: Path) -> None:
        text = '{"a": [{"b": 1}], "c": "' + '\\"' * 1_000_000
        path = tmp_path / "a.json"
        path.write_text(text, encoding="utf-8")
        assert load_json(path, "a.json", Limits()).value == {"a": [{"b": "1"}]}
        outline = outline_of(text)
        assert outline is not None
        assert outline.values == {"/a": "", "/c": ""}

    def test_a_list_that_begins_again_and_again(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        path.write_text("{" + '"a": [1], ' * 100_000 + '"b": 1}', encoding="utf-8")
        document = load_json(path, "a.json", Limits())
        assert document.value == {"a": ["1"] * 100_000, "b": "1"}
        assert len(document.notes) == 1
