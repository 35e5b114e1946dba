"""Scoring: scorecard × scheme → result. The only place where points are added.

`tree` adds up the criteria; `totals` checks the parts, the total and the maximum of the whole sheet.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from parindex.findings import InputError
from parindex.rules.setting import Best
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.scoring.faults import Faults
from parindex.scoring.outcome import Outcome
from parindex.scoring.published_check import compare_published
from parindex.scoring.reckoned import Reckoned
from parindex.scoring.result import Kept, Result
from parindex.scoring.sums import adjustments, by_origin
from parindex.scoring.totals import TotalsCheck
from parindex.scoring.tree import Tree, behind_guard
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
    scores = scorecard.scores
    if isinstance(scores, Reckoned) and scores.is_under(scheme, scorecard.year, stage):
        found = _Found(scores.outcome(), scores.sums(), scores.detail, scores.parts)
        notes = [behind_guard(faults, *each) for each in scores.taken()]
    else:
        tree = Tree(scorecard, rules, stage, faults)
        whole, outcomes = tree.outcome(), tree.outcomes
        found = _Found(whole, outcomes, Kept(outcomes), lambda: by_origin(scheme, outcomes))
        notes = tree.notes
    totals = TotalsCheck(scorecard, scheme, faults, found.origins)
    outcome = totals.outcome(found.whole)
    if faults.findings:
        raise InputError(sorted(faults.findings, key=in_file))
    has_items = any(code in scores for code in scheme.items)
    result = Result(
        scheme,
        scorecard,
        outcome,
        found.known,
        found.detail,
        totals.parts,
        totals.basis,
        stage,
        (*scorecard.doubts, *notes),
        adjustments(scheme, found.detail()) if has_items else {},
        found.origins,
        rules.best,
    )
    if scorecard.published is None:
        return result
    return replace(result, findings=(*result.findings, *compare_published(result)))


class _Found(NamedTuple):
    """The outcome of the criteria together, those of areas at least, and what makes the others."""

    whole: Outcome
    known: Mapping[str, Outcome]
    detail: Callable[[], Mapping[str, Outcome]]
    origins: Callable[[], Mapping[str, Outcome]]
