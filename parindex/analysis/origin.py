"""How the points of a node came about, in words."""

from fractions import Fraction

from parindex.language import Language
from parindex.model.facts import Percent, Points, State
from parindex.model.result import Node
from parindex.rules.base import result_text


def working_of(node: Node, year: int, say: Language) -> str | None:
    """How the points of a node come about, in one line; None where nothing was computed."""
    if node.criterion is None or node.max is None:
        return None
    if node.entry is None:
        return say("sum of the criteria below") if node.criterion.children and node.points else None
    match node.entry.fact:
        case Points() | State():
            return None
        case Percent(share):
            points = result_text(Fraction(share) * node.max / 100, say)
            return f"{say.number(share)} % × {say.number(node.max)} {points}"
        case fact:
            rule = node.criterion.rule
            return rule.of_year(year).working(fact, node.max, say) if rule else None
