"""Scoring: scorecard × scheme → result. The only place where points are added.

`tree` adds up the criteria, `whole` what is said about the sheet as a whole.
"""

from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from parindex.findings import InputError
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.scoring.faults import Faults
from parindex.scoring.plain import Plain
from parindex.scoring.published_check import compare_published
from parindex.scoring.result import Outcome, Result
from parindex.scoring.sums import adjustments, by_origin
from parindex.scoring.totals import TotalsCheck
from parindex.scoring.tree import Tree
from parindex.values.finding import in_file

__all__ = ["score"]


def score(scorecard: Scorecard, scheme: Scheme, stage: Stage | None = None) -> Result:
    """Compute every point of a scorecard under a scheme, exactly.

    Args:
        scorecard: what the unit reports; a code that is left out is unknown.
        scheme: the criteria, maxima and rules; it must hold for the scorecard's year.
        stage: count only what was scored at this stage, so that a code without
            it is unknown; without it the latest stage of each code counts.

    Returns:
        The result, in exact points; nothing in it is rounded before it is
        printed, unless the scheme rounds on the way.

    Raises:
        InputError: the scorecard does not fit the scheme; holds every fault.
    """
    faults = Faults(scorecard)
    tree = Tree(scorecard, scheme, stage, faults)
    fast = _plain(scheme, scorecard.year)
    plain = None if stage else fast.outcomes(scorecard)
    below, known = plain[:2] if plain else (tree.outcome(), tree.outcomes)

    def origins() -> Mapping[str, Outcome]:
        return fast.origins(plain) if plain else by_origin(scheme, tree.all_outcomes())

    whole = TotalsCheck(scorecard, scheme, faults, origins)
    outcome = whole.outcome(below)
    if faults.findings:
        raise InputError(sorted(faults.findings, key=in_file))
    result = Result(
        scheme,
        scorecard,
        outcome,
        known,
        tree.all_outcomes,
        whole.parts,
        whole.basis,
        stage,
        (*scorecard.doubts, *tree.told),
        {} if plain else adjustments(scheme, known),
        origins,
    )
    if scorecard.published is None:
        return result
    return replace(result, findings=(*result.findings, *compare_published(result)))


@lru_cache(maxsize=64)
def _plain_of(scheme: "_ById", year: int) -> Plain:
    return Plain(scheme.scheme, year)


def _plain(scheme: Scheme, year: int) -> Plain:
    """What is prepared once for a scheme and a year."""
    return _plain_of(_ById(scheme), year)


class _ById:
    """A scheme as a key of a cache: the object itself, because comparing schemes takes long."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.scheme is self.scheme

    def __hash__(self) -> int:
        return id(self.scheme)
