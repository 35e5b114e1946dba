"""Scoring: scorecard × scheme → result. The only place where points are added.

`tree` adds up the criteria; `totals` checks the parts, the total and the maximum of the whole sheet.
"""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from parindex.findings import InputError
from parindex.rules.setting import Best
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.scoring.common_case import CommonCase
from parindex.scoring.faults import Faults
from parindex.scoring.published_check import compare_published
from parindex.scoring.result import Outcome, Result
from parindex.scoring.sums import adjustments, by_origin
from parindex.scoring.totals import TotalsCheck
from parindex.scoring.tree import Tree
from parindex.scoring.unit_rules import UnitRules
from parindex.values.finding import in_file

__all__ = ["score"]


def score(
    scorecard: Scorecard,
    scheme: Scheme,
    stage: Stage | None = None,
    best: Mapping[str, Best] | None = None,
) -> Result:
    """Compute every point of a scorecard under a scheme, exactly.

    Args:
        scorecard: what the unit reports; a code that is left out is unknown.
        scheme: the criteria, maxima and rules; it must hold for the scorecard's year.
        stage: count only what was scored at this stage, so that a code without
            it is unknown; without it the latest stage of each code counts.
        best: the best figures of the unit's group by code, for rules that go by them, or a unit
            of whom it is not known (`scoring/group_best.py`).

    Returns:
        The result, in exact points; nothing in it is rounded before it is
        printed, unless the scheme rounds on the way.

    Raises:
        InputError: the scorecard does not fit the scheme; holds every fault.
    """
    faults = Faults(scorecard)
    rules = UnitRules(scorecard, scheme, stage, best)
    tree = Tree(scorecard, rules, stage, faults)
    fast = _common_case(scheme, scorecard.year)
    plain = None if stage else fast.outcomes(scorecard)
    below, known = plain[:2] if plain else (tree.outcome(), tree.outcomes)

    def origins() -> Mapping[str, Outcome]:
        return fast.origins(plain) if plain else by_origin(scheme, tree.all_outcomes())

    def detail() -> Mapping[str, Outcome]:
        return fast.detail(plain) if plain and fast.has_detail else tree.all_outcomes()

    totals = TotalsCheck(scorecard, scheme, faults, origins)
    outcome = totals.outcome(below)
    if faults.findings:
        raise InputError(sorted(faults.findings, key=in_file))
    result = Result(
        scheme,
        scorecard,
        outcome,
        known,
        detail,
        totals.parts,
        totals.basis,
        stage,
        (*scorecard.doubts, *tree.notes),
        {} if plain else adjustments(scheme, known),
        origins,
        rules.best,
    )
    if scorecard.published is None:
        return result
    return replace(result, findings=(*result.findings, *compare_published(result)))


_MOST_CASES: Final = 64
_CASES: Final[dict[tuple[int, int], CommonCase]] = {}
"""What is prepared once for a scheme, by its id because comparing schemes takes long, and a year."""


def _common_case(scheme: Scheme, year: int) -> CommonCase:
    case = _CASES.get((id(scheme), year))
    if case is None:
        if len(_CASES) >= _MOST_CASES:
            _CASES.clear()
        case = _CASES[id(scheme), year] = CommonCase(scheme, year)
    return case
