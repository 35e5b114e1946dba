"""The groups of a report of ranks: each with its schemes, and compared with the year before."""

from collections.abc import Sequence

from parindex.analysis.ranking import Ranking, rank
from parindex.analysis.unit_figures import RankInput, rank_input_of
from parindex.office.reports.ranking import RankedGroup
from parindex.published_figures.sides import (
    compare_sides,
    means_of,
    ranked,
    region_names,
    result_side,
)
from parindex.published_figures.units import identity, missing_units
from parindex.scoring.result import Result
from parindex.values.language import Language

_Pairs = Sequence[tuple[RankInput, Result]]


def ranked_groups(
    results: Sequence[Result], before: Sequence[Result], say: Language
) -> list[RankedGroup]:
    """Results ranked within their groups, with the moves from those of the year before."""
    entrants = [rank_input_of(each, sums=True) for each in results]
    earlier = [rank_input_of(each) for each in before]
    rankings = rank(entrants, None, earlier, missing_units, identity)
    now = list(zip(entrants, results, strict=True))
    old = list(zip(earlier, before, strict=True))
    return [_group(each, now, old, say) for each in rankings]


def _group(ranking: Ranking, now: _Pairs, before: _Pairs, say: Language) -> RankedGroup:
    """A ranking with its results, and compared with the year that its places are counted from."""
    members = {place.entrant for place in ranking.places} | {*ranking.unranked, *ranking.unknown}
    results = [result for entrant, result in now if entrant in members]
    schemes = {result.scheme.id: result.scheme for result in results}
    if ranking.since is None:
        return RankedGroup(ranking, schemes)
    _year, level, province, group = ranking.group
    old = [
        result
        for entrant, result in before
        if entrant.year == ranking.since
        and (entrant.level, entrant.group) == (level, group)
        and (level == "province" or entrant.province == province)
    ]
    both = [[each for each in side if each.scorecard.ranked] for side in (old, results)]
    sides = result_side(str(ranking.since), both[0]), result_side(str(ranking.group.year), both[1])
    found = compare_sides(*ranked(*sides))
    means = tuple(means_of(sides, found))
    return RankedGroup(ranking, schemes, found, means, region_names(sides, say))
