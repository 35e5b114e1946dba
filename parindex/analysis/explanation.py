"""Why a criterion has its points: its rule, its working, what it depends on, what more would need."""

from fractions import Fraction

from parindex.findings import InputError
from parindex.rules.base import Gain, Rule, UndecidedError, result_text
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scheme.unknown_code import told_of
from parindex.scoring.result import Node, Result
from parindex.values.codes import POINTS_BEHIND_GUARD, UNKNOWN_CODE
from parindex.values.exact import ZERO
from parindex.values.facts import Fact, Percent, Points, State
from parindex.values.finding import Finding
from parindex.values.language import Language


def criterion_of(scheme: Scheme, code: str) -> Criterion:
    """The criterion of a code, or the bonus or penalty item.

    Raises:
        InputError: P201 the scheme has no such code.
    """
    if code not in scheme.by_code:
        raise InputError([Finding(UNKNOWN_CODE, code, told_of(scheme, code))])
    return scheme.by_code[code]


def rule_of(criterion: Criterion, result: Result | None = None) -> Rule | None:
    """The rule of a leaf, as it stands for the unit of a result; None for what is a sum."""
    if criterion.children:
        return None
    return criterion.scored_by if result is None else result.rules.of(criterion)


def next_step(result: Result, node: Node) -> Gain | None:
    """The least that would give a leaf more points; None at the maximum or for what is a sum.

    What is not applicable cannot gain, and what a guard shuts gains nothing by
    itself. Points that somebody gave are theirs to raise: then the rule says
    what would have to be reported.
    """
    criterion, maximum = node.criterion, node.applicable_max
    if criterion is None or not maximum or node.state == "not_applicable":
        return None
    if shut_by(result, node) is not None:
        return None
    rule = rule_of(criterion, result)
    if rule is None:
        return None
    reported = None if isinstance(node.fact, Points | Percent | State) else node.fact
    return rule.next_step(node.points or ZERO, maximum, reported)


def shut_by(result: Result, node: Node) -> Criterion | None:
    """The guard that got nothing, so that this got nothing; None where no guard is to blame."""
    if node.state == "not_applicable" or node.points is None or node.points > 0:
        return None
    guards = (each.requires for each in result.scheme.lineage(node.code))
    nodes = (result.node(guard) for guard in guards if guard)
    shut = (each for each in nodes if each.complete and (each.points or ZERO) <= 0)
    return next((each.criterion for each in shut if each.state != "not_applicable"), None)


def more(node: Node, gain: Gain) -> Fraction:
    """How many points a gain adds to those known."""
    return gain.points - (node.points or ZERO)


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
            return f"{say.percent(share)} × {say.number(maximum)} {points}"
        case fact:
            rule = result.rules.of(node.criterion) if node.criterion.rule else None
            most = node.max if node.applicable_max is None else node.applicable_max
            return _working(rule, fact, most, say) if rule else None


def _working(rule: Rule, fact: Fact, maximum: Fraction, say: Language) -> str | None:
    """The working of a rule; None where it cannot tell the points, and a finding says why."""
    try:
        return rule.working(fact, maximum, say)
    except UndecidedError:
        return None


def _behind(result: Result, node: Node, say: Language) -> str | None:
    """What became of a score behind a guard; None where the guard lets it through."""
    for finding in result.findings:
        if finding.code == POINTS_BEHIND_GUARD and finding.where == node.code:
            guard = finding.parameters["found"]
            nothing = say("criterion {guard}, which this requires, got nothing", guard=guard)
            return f"{nothing} → 0"
    if node.state in ("unknown", "partial"):
        return say("whether a criterion that this requires got anything is not yet known")
    return None
