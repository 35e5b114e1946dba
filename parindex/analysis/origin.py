"""How the points of a node came about, in words."""

from parindex.language import Language
from parindex.model.facts import Percent, Points, State
from parindex.model.result import Node


def working_of(node: Node, say: Language) -> str | None:
    """How the points of a node come about, in one line; None where nothing was computed."""
    if node.criterion is None or node.max is None:
        return None
    if node.entry is None:
        return say("sum of the criteria below") if node.criterion.children and node.points else None
    match node.entry.fact:
        case Points() | State():
            return None
        case Percent(share):
            return f"{say.number(share)} % × {say.number(node.max)}"
        case fact:
            rule = node.criterion.rule
            return rule.working(fact, node.max, say) if rule else None
