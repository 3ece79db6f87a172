# SPDX-License-Identifier: Apache-2.0
"""Operators, lists and brackets around licence names: a text to one node.

From loosest to tightest: comma and semicolon (all of them), pipe and `or` (any), `and` (all), slash (any, where both sides
are licences). Without recursion, so that no nesting is too deep.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from foss_audit.licenses.node import AND, OR, Node, combine, unknown
from foss_audit.licenses.plain import of_branches
from foss_audit.licenses.text import MAX_NAME_LENGTH
from foss_audit.licenses.urls import is_address, is_pointer
from foss_audit.messages import Message, message
from foss_audit.model import Freedom

_ADDRESS = (
    r"(?P<address>(?:https?://|www\.)[^\s,;|()]+|(?<![\w.+-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,8}/[^\s,;|()]*"
    r"|(?<![^\s(])/(?:[\w.+~-]+/)+[\w.+~-]*)|"
)
_TOKENS = (
    r"(?P<any>\b(?:and\s?/\s?or|dan\s?/\s?atau|or|atau|oder)(?![\w.+-])|\|+)"
    r"|(?P<all>\b(?:and|dan|und)(?![\w.+-])|(?<!\S)(?:&+|\+)(?!\S))"
    r"|(?P<list>[,;])|(?P<open>\()|(?P<close>\))|(?P<slash>/)"
    r"|(?P<word>[^\s,;|()/]+)"
)
_TOKEN = re.compile(_TOKENS, re.IGNORECASE)
_TOKEN_OR_ADDRESS = re.compile(_ADDRESS + _TOKENS, re.IGNORECASE)
_LIST, _ANY, _ALL, _LIST_ANY = "list", "any", "all", "list any"
_PLAIN = frozenset((_ANY, _ALL))


class _Span(NamedTuple):
    """A stretch of the text without operators: a name to be read."""

    start: int
    end: int


_Operand = _Span | Node


@dataclass(slots=True)
class _Frame:
    """What stands between two brackets: operands and the operators between them."""

    items: list[_Operand | str] = field(default_factory=list)
    start: int = -1
    """Start of the name being collected; -1 where none is."""
    end: int = -1

    def word(self, start: int, end: int) -> None:
        if self.start < 0:
            self.start = start
        self.end = end

    def finish_name(self) -> None:
        if self.start >= 0:
            self.items.append(_Span(self.start, self.end))
            self.start = -1

    def operator(self, kind: str) -> None:
        """Adds an operator. A comma beside a word operator says nothing of its own."""
        self.finish_name()
        last = self.items[-1] if self.items else None
        if kind == _LIST and (last is None or isinstance(last, str)):
            return
        if last == _LIST:
            self.items[-1] = {_ANY: _LIST_ANY, _ALL: _LIST}.get(kind, kind)
        else:
            self.items.append(kind)


class Parser:
    """Reads texts with a given reader of names."""

    def __init__(self, leaf: Callable[[str], Node], joins: frozenset[tuple[str, str, str]] = frozenset()) -> None:
        """`joins` are (word, operator, word) within a name, where the operator joins nothing: `mit / x11`."""
        self._leaf = leaf
        self._joins = joins
        self._join_words = frozenset(after for _, _, after in joins)

    def parse(self, text: str) -> Node:
        """The node of a prepared text."""
        pattern = _TOKEN_OR_ADDRESS if "/" in text else _TOKEN
        tokens = [(match.lastgroup or "", match.start(), match.end()) for match in pattern.finditer(text)]
        pairs, broken = _brackets(tokens) if "(" in text or ")" in text else ({}, False)
        defects = [message("a bracket without its partner")] if broken else []
        transparent: set[int] = set()
        frames = [_Frame()]
        at = 0
        while at < len(tokens):
            kind, start, end = tokens[at]
            frame = frames[-1]
            if kind in ("word", "address"):
                frame.word(start, end)
            elif kind == "open":
                close = pairs.get(at)
                if frame.start < 0:
                    frames.append(_Frame())
                elif close is not None and tokens[at + 1][0] in ("any", "all"):
                    transparent.add(close)  # "MIT (or Apache-2.0)": the bracket only sets off an ordinary branch.
                elif close is not None:
                    frame.word(start, tokens[close][2])  # "BSD (3 clause)": a note on the name before it.
                    at = close
            elif kind == "close":
                if at not in transparent and len(frames) > 1:
                    self._close(text, frames, defects)
            elif frame.start >= 0 and self._joins_a_name(text, tokens, at):
                frame.word(start, end)
            else:
                frame.operator(kind)
            at += 1
        while len(frames) > 1:
            self._close(text, frames, defects)
        frames[0].finish_name()
        node = self._reduce(text, frames[0].items, defects)
        if defects and node.part.freedom is Freedom.FREE:
            return combine(AND, [node, unknown("", defects[0])])  # Nobody knows what stood in the part that is missing.
        return node

    def _close(self, text: str, frames: list[_Frame], defects: list[Message]) -> None:
        inner = frames.pop()
        inner.finish_name()
        frames[-1].finish_name()
        frames[-1].items.append(self._reduce(text, inner.items, defects))

    def _joins_a_name(self, text: str, tokens: list[tuple[str, int, int]], at: int) -> bool:
        if at + 1 >= len(tokens) or tokens[at + 1][0] != "word" or tokens[at - 1][0] != "word":
            return False
        following = text[tokens[at + 1][1] : tokens[at + 1][2]].strip("\"'").casefold()
        if following not in self._join_words:
            return False
        before, operator, after = (text[start:end].strip("\"'").casefold() for _, start, end in tokens[at - 1 : at + 2])
        return (before, operator, after) in self._joins

    def _reduce(self, text: str, items: list[_Operand | str], defects: list[Message]) -> Node:
        operands, operators = self._complete(text, items, defects)
        if _PLAIN.issuperset(operators):
            return self._plain(text, operands, operators)
        if _LIST_ANY in operators:
            every = set(operators) <= {_LIST, _LIST_ANY}  # "A, B, or C" offers all three.
            operators = [_ANY if operator == _LIST_ANY or every else operator for operator in operators]
        return self._lists(text, operands, operators)

    def _plain(self, text: str, operands: list[_Operand], operators: list[str]) -> Node:
        """Operands under `and` and `or` alone, as SPDX expressions are: the short way to what `_lists` makes of them."""
        nodes = [operand if isinstance(operand, Node) else self._leaf(text[operand.start : operand.end]) for operand in operands]
        branches = [[nodes[0]]]
        for operator, node in zip(operators, nodes[1:], strict=True):
            if operator == _ANY:
                branches.append([node])
            else:
                branches[-1].append(node)
        return of_branches(branches)

    def _complete(self, text: str, items: list[_Operand | str], defects: list[Message]) -> tuple[list[_Operand], list[str]]:
        """Operands and the operators between them, one fewer; what a cut-off text lacks stands in as unknown."""
        operands: list[_Operand] = []
        operators: list[str] = []
        expected = True
        for item in items:
            if isinstance(item, str):
                if expected:
                    operands.append(_missing(message("an operator without a licence before it"), defects))
                operators.append(item)
                expected = True
            elif expected:
                operands.append(item)
                expected = False
            else:
                operands[-1], joined = self._adjoin(text, operands[-1], item)
                if joined is not None:
                    operators.append(_ALL)
                    operands.append(joined)
        if expected and operators and operators[-1] == _LIST:
            operators.pop()
        elif expected:
            operands.append(
                _missing(
                    message("an operator without a licence after it") if operands else message("nothing between the brackets"),
                    defects,
                )
            )
        return operands, operators

    def _adjoin(self, text: str, before: _Operand, after: _Operand) -> tuple[_Operand, _Operand | None]:
        """`(GPL-2.0) with …` goes on about the bracket; other things side by side hold together."""
        if isinstance(before, Node) and isinstance(after, _Span) and not before.part.parts:
            words = text[after.start : after.end]
            if words[:5].casefold() == "with ":
                return self._leaf(f"{before.part.text} {words}"), None
        return before, after

    def _lists(self, text: str, operands: list[_Operand], operators: list[str]) -> Node:
        if _LIST not in operators:
            return self._any(text, operands, operators)
        nodes = []
        pointers = []
        for group, inner in _split(operands, operators, _LIST):
            node = self._any(text, group, inner)
            alone = group[0]
            if isinstance(alone, _Span) and len(group) == 1 and not node.known and _is_pointer(text[alone.start : alone.end]):
                pointers.append(node)
            else:
                nodes.append(node)
        # An address of the licence's text, beside the licence's name, adds nothing.
        return combine(AND, nodes or pointers)

    def _any(self, text: str, operands: list[_Operand], operators: list[str]) -> Node:
        if _ANY not in operators:
            return self._all(text, operands, operators)
        return combine(OR, [self._all(text, group, inner) for group, inner in _split(operands, operators, _ANY)])

    def _all(self, text: str, operands: list[_Operand], operators: list[str]) -> Node:
        return combine(AND, [self._slashed(text, group) for group, _ in _split(operands, operators, _ALL)])

    def _slashed(self, text: str, operands: list[_Operand]) -> Node:
        nodes = [operand if isinstance(operand, Node) else self._leaf(text[operand.start : operand.end]) for operand in operands]
        if len(nodes) == 1:
            return nodes[0]
        if all(node.known for node in nodes):
            return combine(OR, nodes)
        first, last = operands[0], operands[-1]
        if isinstance(first, _Span) and isinstance(last, _Span):
            return self._leaf(text[first.start : min(last.end, first.start + MAX_NAME_LENGTH + 1)])
        return combine(AND, nodes)


def _missing(reason: Message, defects: list[Message]) -> Node:
    """What stands in for a licence that a broken text lacks."""
    defects.append(reason)
    return unknown("", reason)


def _split(operands: list[_Operand], operators: list[str], kind: str) -> list[tuple[list[_Operand], list[str]]]:
    """Operands in groups between operators of one kind, each with the operators inside it."""
    groups: list[tuple[list[_Operand], list[str]]] = [([operands[0]], [])]
    for operator, operand in zip(operators, operands[1:], strict=True):
        if operator == kind:
            groups.append(([operand], []))
        else:
            groups[-1][0].append(operand)
            groups[-1][1].append(operator)
    return groups


def _brackets(tokens: list[tuple[str, int, int]]) -> tuple[dict[int, int], bool]:
    """Which opening bracket is closed by which, by position among the tokens, and whether a bracket has no partner."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    broken = False
    for at, (kind, _, _) in enumerate(tokens):
        if kind == "open":
            waiting.append(at)
        elif kind == "close":
            if waiting:
                pairs[waiting.pop()] = at
            else:
                broken = True
    return pairs, broken or bool(waiting)


def _is_pointer(text: str) -> bool:
    return is_address(text) and is_pointer(text)
