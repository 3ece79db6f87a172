# SPDX-License-Identifier: Apache-2.0
"""Expressions written as SPDX has them, operators in capitals and between single ids: the short way through most SBOMs."""

from collections.abc import Callable

from foss_audit.licenses.node import AND, OR, WITH, Node, combine

_INFIX = frozenset((AND, OR, WITH))


def parse_plain(text: str, leaf: Callable[[str], Node]) -> Node | None:
    """The node of a text that text.is_plain_expression, with names read by `leaf`; None where a part is missing."""
    branches = _Branches()
    enclosing: list[_Branches] = []
    expected = True
    words = iter(text.replace("(", "( ").replace(")", " )").split())
    for word in words:
        if (word in _INFIX or word == ")") is expected or (word == ")" and not enclosing):
            return None
        if word == "(":
            enclosing.append(branches)
            branches = _Branches()
            continue
        expected = word in _INFIX
        if word == OR:
            branches.add()
        elif word == ")":
            inner, branches = branches.node(), enclosing.pop()
            branches.operands.append(inner)
        elif word == WITH:
            addition = next(words, OR)
            if addition in _INFIX or addition in "()" or not branches.name:
                return None
            branches.name = f"{branches.name} WITH {addition}"
            branches.operands[-1] = leaf(branches.name)
            expected = False
            continue
        elif not expected:
            branches.operands.append(leaf(word))
        branches.name = word if word != ")" and not expected else ""
    return None if expected or enclosing else branches.node()


def of_branches(branches: list[list[Node]]) -> Node:
    """Branches under OR, each of operands under AND, as one."""
    if len(branches) == 1:
        return combine(AND, branches[0])
    return combine(OR, [combine(AND, branch) for branch in branches])


class _Branches:
    """What stands between two brackets of a plain expression: branches under OR, each with its operands under AND."""

    __slots__ = ("_all", "name", "operands")

    def __init__(self) -> None:
        self.operands: list[Node] = []
        """Of the last branch."""
        self.name = ""
        """The last operand as written, where it may still get an exception."""
        self._all = [self.operands]

    def add(self) -> None:
        self.operands = []
        self._all.append(self.operands)

    def node(self) -> Node:
        return of_branches(self._all)
