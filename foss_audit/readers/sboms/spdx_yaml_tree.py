# SPDX-License-Identifier: Apache-2.0
"""YAML as strangers write it: scalars stay text, aliases are shared and never copied, and what came before damage is kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Note, Problem, Source
from foss_audit.readers.interface import Limits
from foss_audit.readers.text_file import read_text_file

_DEPTH = 100
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NO_KEY = object()


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A YAML document whose root is a mapping, as far as it could be read. Scalars are the text they were written as."""

    root: dict[str, object]
    encoding: str
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    """Where it is damaged, or where another document follows that was not read."""


def load_yaml(path: Path, file: str, limits: Limits) -> YamlDocument:
    """Reads a YAML document, shown as `file`. Raises UnreadableFile where nothing of it can be read, or it is beyond a limit.

    A key that a mapping holds twice keeps both of two lists, of other values the last.
    """
    if path.stat().st_size > limits.document_bytes:
        raise UnreadableFile(limits.exceeded("document_bytes"), Source(file))
    text = read_text_file(path, file, limits)
    content = _UNPRINTABLE.sub("\ufffd", text.content().decode("utf-8-sig", errors="replace"))
    tree = _Tree(file, limits)
    tree.read(content)
    if not isinstance(tree.root, dict):
        nothing = message("This YAML document holds no mapping at its top; export the inventory again.")
        raise UnreadableFile(tree.problems[0].message if tree.problems else nothing, Source(file))
    notes = tuple(Note(Source(file), what) for what in text.notes)
    return YamlDocument(tree.root, text.encoding, notes, tuple(tree.problems))


class _Tree:
    """Built from the parser's events, in a loop: the loaders of the library are slow, and recursive."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.root: object = None
        self.problems: list[Problem] = []
        self._file = file
        self._limits = limits
        self._anchors: dict[str, object] = {}
        self._open: list[dict[str, object] | list[object]] = []
        self._keys: list[object] = []

    def read(self, content: str) -> None:
        import yaml  # noqa: PLC0415  (only needed where there is YAML)

        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        try:
            parser = loader(content)
            self._take_all(parser.get_event, yaml)
        except yaml.YAMLError as error:
            if "nesting depth" in str(getattr(error, "problem", "")):  # the library's own limit, since 6.0.4
                raise self._too_deep() from error
            self.problems.append(Problem(Source(self._file), _damage(error)))

    def _take_all(self, get_event: Callable[[], Any], yaml: Any) -> None:
        count, has_root = 0, False
        while True:
            event = get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                value = None if event.implicit[0] and event.value in _NULLS else event.value
                self._put(value, event.anchor)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if has_root and not self._open:
                    self._refuse_another(event)
                    return
                has_root = True
                count += 1
                if count > self._limits.elements:
                    raise UnreadableFile(self._limits.exceeded("elements"), Source(self._file))
                self._begin({} if kind is yaml.MappingStartEvent else [], event.anchor)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._open.pop()
                self._keys.pop()
            elif kind is yaml.AliasEvent:
                self._put(self._anchors.get(event.anchor), None)
            elif kind is yaml.StreamEndEvent:
                return

    def _begin(self, container: dict[str, object] | list[object], anchor: str | None) -> None:
        if len(self._open) >= _DEPTH:
            raise self._too_deep()
        opened = self._reopened(container)
        self._put(opened, anchor)
        self._open.append(opened)
        self._keys.append(_NO_KEY)

    def _too_deep(self) -> UnreadableFile:
        what = message("The YAML document is nested too deeply to be an inventory; export it again.")
        return UnreadableFile(what, Source(self._file))

    def _reopened(self, container: dict[str, object] | list[object]) -> dict[str, object] | list[object]:
        """The list that stands under the key already, where a list begins there again."""
        into = self._open[-1] if self._open else None
        earlier = into.get(str(self._keys[-1])) if isinstance(into, dict) else None
        if isinstance(earlier, list) and isinstance(container, list) and all(earlier is not one for one in self._open):
            return earlier
        return container

    def _put(self, value: object, anchor: str | None) -> None:
        """A key, or a value where it belongs."""
        if anchor is not None:
            self._anchors[anchor] = value
        if not self._open:
            self.root = value if self.root is None else self.root
            return
        into = self._open[-1]
        if isinstance(into, list):
            into.append(value)
        elif self._keys[-1] is _NO_KEY:
            self._keys[-1] = value if isinstance(value, str) else ""
        else:
            into[str(self._keys[-1])] = value
            self._keys[-1] = _NO_KEY

    def _refuse_another(self, event: Any) -> None:
        self.problems.append(
            Problem(
                Source(self._file),
                message(
                    "Another YAML document begins at line {line} and was not read; save each document in a file of its own.",
                    line=str(event.start_mark.line + 1),
                ),
            )
        )


def _damage(error: Exception) -> Message:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return message("The YAML is damaged; export it again.")
    return message(
        "The YAML is damaged at line {line}, column {column}: what stands before was read, the rest is lost. Export it again.",
        line=str(mark.line + 1),
        column=str(mark.column + 1),
    )
