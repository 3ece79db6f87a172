# SPDX-License-Identifier: Apache-2.0
"""A licence that has been understood so far, and the algebra by which several make one."""

from dataclasses import dataclass

from foss_audit.catalogue import NEEDS_ENTITLEMENT, LicenseModel
from foss_audit.messages import Message, message
from foss_audit.model import Freedom, LicensePart

AND, OR, WITH = "AND", "OR", "WITH"

_MAX_TREE_DEPTH = 40
_MAX_EXPRESSION_DEPTH = 200
_DEMAND = (
    LicenseModel.FREEWARE,
    LicenseModel.RESTRICTED_FREEWARE,
    LicenseModel.TRIALWARE,
    LicenseModel.SUBSCRIPTION,
    LicenseModel.COMMERCIAL,
)
"""Models from what asks least of the user to what asks most."""


_WHY = {
    (AND, Freedom.FREE): message("every part is free"),
    (AND, Freedom.NOT_FREE): message("a part is not free"),
    (AND, Freedom.UNDECIDED): message("a part is undecided and none is unfree"),
    (OR, Freedom.FREE): message("a branch is free"),
    (OR, Freedom.NOT_FREE): message("no branch is free"),
    (OR, Freedom.UNDECIDED): message("no branch is free and one is undecided"),
}
_UNKNOWN = message("unknown licence")


@dataclass(slots=True, eq=False)
class Node:
    """A licence or a combination of licences. Never changed once made; not frozen, because thousands are made a second."""

    part: LicensePart
    expression: str | None
    """Normalised SPDX expression; None where it cannot be known."""
    model: LicenseModel = LicenseModel.UNKNOWN
    """The model a part that is not free states."""
    operator: str = ""
    """Of the expression: `AND`, `OR`, `WITH`; empty for a single licence."""
    operands: tuple["Node", ...] = ()
    depth: int = 1
    known: bool = True
    """Whether the text was recognised as anything at all."""

    @property
    def freedom(self) -> Freedom:
        return self.part.freedom


def single(
    text: str,
    freedom: Freedom,
    reason: Message,
    expression: str | None = None,
    model: LicenseModel = LicenseModel.UNKNOWN,
    category: str = "",
) -> Node:
    """One recognised licence or phrase; its category is the model, where no list has another."""
    told = category or (model.value if model is not LicenseModel.UNKNOWN else "")
    return Node(LicensePart(text, freedom, reason, (), told), expression, model)


def unknown(text: str, reason: Message = _UNKNOWN, expression: str | None = None) -> Node:
    """A text that says nothing we know."""
    return Node(LicensePart(text, Freedom.UNDECIDED, reason), expression, known=False)


def combine(operator: str, nodes: list[Node]) -> Node:
    """Joins nodes under AND or OR; a node under the same operator is taken apart, and equal operands are written once."""
    if len(nodes) == 1:
        return nodes[0]
    operands: list[Node] = []
    for node in nodes:
        if node.operator == operator:
            operands += node.operands
        else:
            operands.append(node)
    freedoms = [node.part.freedom for node in operands]
    freedom = all_of(freedoms) if operator == AND else any_of(freedoms)
    model = LicenseModel.UNKNOWN
    if freedom is Freedom.NOT_FREE:
        model = _model_of_all(operands) if operator == AND else _model_of_any(operands)
    depth = 1 + max([node.depth for node in operands])
    parts = tuple([node.part for node in operands]) if depth <= _MAX_TREE_DEPTH else ()
    chosen = _chosen(operands, freedom, model) if operator == OR else None
    part = LicensePart(operator, freedom, _WHY[operator, freedom], parts, "", chosen)
    distinct = _distinct(operands)
    if len(distinct) == 1:
        only = distinct[0]
        return Node(part, only.expression, model, only.operator, only.operands, depth)
    return Node(part, _expression(operator, distinct, depth), model, operator, tuple(distinct), depth)


def all_of(freedoms: list[Freedom]) -> Freedom:
    """Freedom of an AND: one unfree part makes it unfree, else one undecided part makes it undecided."""
    if Freedom.NOT_FREE in freedoms:
        return Freedom.NOT_FREE
    return Freedom.UNDECIDED if Freedom.UNDECIDED in freedoms or Freedom.ABSENT in freedoms else Freedom.FREE


def any_of(freedoms: list[Freedom]) -> Freedom:
    """Freedom of an OR: that of the freest branch."""
    if Freedom.FREE in freedoms:
        return Freedom.FREE
    return Freedom.UNDECIDED if Freedom.UNDECIDED in freedoms or Freedom.ABSENT in freedoms else Freedom.NOT_FREE


def _chosen(operands: list[Node], freedom: Freedom, model: LicenseModel) -> int:
    """The branch by which an OR goes: the first of the freest; of those that are not free, the one that asks least."""
    for number, node in enumerate(operands):
        if node.part.freedom is freedom and (freedom is not Freedom.NOT_FREE or node.model is model):
            return number
    return 0


def _model_of_all(nodes: list[Node]) -> LicenseModel:
    """What asks most; unknown where a part that may ask more is not understood."""
    models = {node.model for node in nodes if node.freedom is Freedom.NOT_FREE}
    demanding = [model for model in _DEMAND if model in models]
    if not demanding:
        return LicenseModel.UNKNOWN
    most = demanding[-1]
    unsure = LicenseModel.UNKNOWN in models or any(node.freedom is Freedom.UNDECIDED for node in nodes)
    return LicenseModel.UNKNOWN if unsure and most not in NEEDS_ENTITLEMENT else most


def _model_of_any(nodes: list[Node]) -> LicenseModel:
    """What asks least; unknown where a branch that may ask less is not understood."""
    models = {node.model for node in nodes if node.freedom is Freedom.NOT_FREE}
    if LicenseModel.FREEWARE in models:
        return LicenseModel.FREEWARE
    if LicenseModel.UNKNOWN in models:
        return LicenseModel.UNKNOWN
    return next((model for model in _DEMAND if model in models), LicenseModel.UNKNOWN)


def _distinct(operands: list[Node]) -> list[Node]:
    """Operands without those whose expression stood there before."""
    seen: set[str] = set()
    kept = []
    for node in operands:
        expression = node.expression
        if expression is None:
            kept.append(node)
        elif expression not in seen:
            seen.add(expression)
            kept.append(node)
    return kept


def _expression(operator: str, operands: list[Node], depth: int) -> str | None:
    """Operands written out; None where one cannot be, or where nesting is beyond any sense."""
    if depth > _MAX_EXPRESSION_DEPTH:
        return None
    written = []
    for node in operands:
        if node.expression is None:
            return None
        written.append(f"({node.expression})" if node.operator in (AND, OR) else node.expression)
    return f" {operator} ".join(written)
