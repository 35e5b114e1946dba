"""How the points of a node came about, in words."""

from fractions import Fraction

from parindex.rules.base import result_text
from parindex.scoring.result import Node, Result
from parindex.values.codes import POINTS_BEHIND_GUARD
from parindex.values.facts import Percent, Points, State
from parindex.values.language import Language


def working_of(result: Result, node: Node, say: Language) -> str | None:
    """How the points of a node come about, in one line; None where nothing was computed."""
    if node.criterion is None or node.max is None:
        return None
    if result.scheme.guarded and node.entry and not isinstance(node.entry.fact, State):
        behind = _behind(result, node, say)
        if behind is not None:
            return behind
    if node.entry is None:
        return say("sum of the criteria below") if node.criterion.children and node.points else None
    match node.entry.fact:
        case Points() | State():
            return None
        case Percent(share):
            maximum = node.max if node.applicable_max is None else node.applicable_max
            points = result_text(Fraction(share) * maximum / 100, say)
            return f"{say.number(share)} % × {say.number(maximum)} {points}"
        case fact:
            rule = node.criterion.rule
            year = result.scorecard.year
            return rule.of_year(year).working(fact, node.max, say) if rule else None


def _behind(result: Result, node: Node, say: Language) -> str | None:
    """What became of a score that stands behind a guard; None where the guard lets it through."""
    for finding in result.findings:
        if finding.code == POINTS_BEHIND_GUARD and finding.where == node.code:
            guard = finding.parameters["found"]
            nothing = say("criterion {guard}, which this requires, got nothing", guard=guard)
            return f"{nothing} → 0"
    if node.state in ("unknown", "partial"):
        return say("whether a criterion that this requires got anything is not yet known")
    return None
