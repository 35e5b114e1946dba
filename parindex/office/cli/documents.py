"""Reports as `parindex report` puts them together, a function for each kind."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import typer
from msgspec.structs import replace

from parindex.analysis.goal import Goal
from parindex.analysis.ranking import Ranking, rank
from parindex.analysis.unit_figures import RankInput, rank_input_of
from parindex.cli.options import Input
from parindex.cli.peers import chosen, peers
from parindex.cli.reading import results_of
from parindex.cli.words import _, current
from parindex.office.reports.blocks import Letterhead, Report
from parindex.office.reports.ranking import RankedGroup, ranking_report
from parindex.published_figures.units import identity, missing_units
from parindex.scoring.result import Result


class Asked(NamedTuple):
    """What a report is to be of; see the options of the same names."""

    reading: Input
    unit: str | None
    previous: Sequence[str]
    data: str | None
    goal: Goal | None
    letterhead: Letterhead


@contextmanager
def told_of(option: str) -> Iterator[None]:
    """Say of this option what another command, whose work is used, says of one of its own."""
    try:
        yield
    except typer.BadParameter as error:
        raise typer.BadParameter(error.message, param_hint=option) from None


def self_assessment(asked: Asked) -> Report:
    """The report of the self-assessment of one unit."""
    from parindex.office.reports.self_assessment import self_assessment as view

    result, _others = chosen(asked.reading, asked.unit)
    return view(result, current(), asked.letterhead)


def analysis(asked: Asked) -> Report:
    """The analysis of one unit, with what files and published figures know around it."""
    from parindex.office.reports.analysis import analysis as view
    from parindex.published_figures.context import published_context
    from parindex.published_figures.published_tables import load_published

    result, others = chosen(asked.reading, asked.unit)
    before = _before(asked)
    rows = load_published(asked.data)
    return view(
        published_context(result, others, before, rows, current()), current(), asked.letterhead
    )


def plan(asked: Asked) -> Report:
    """The plan of one unit; a rank is one among the others of the files, else as published."""
    from parindex.analysis.target import plan_target
    from parindex.office.reports.plan import plan as view

    result, others = chosen(asked.reading, asked.unit)
    goal, target = asked.goal, None
    if goal is not None:
        if goal.rank is not None:
            among = [] if others else [str(result.scorecard.year)]
            with told_of("--target"):
                found = peers(result, others, among, asked.reading, asked.data)
            goal = replace(goal, peers=found)
        target = plan_target(result, goal)
    return view(result, target, current(), asked.letterhead)


def ranking(asked: Asked) -> Report:
    """The ranking of all units of the files, each group on its own."""
    if asked.unit is not None:
        raise typer.BadParameter(_("a ranking is of all units"), param_hint="--unit")
    results, before = list(results_of(asked.reading)), _before(asked)
    entrants = [rank_input_of(each, sums=True) for each in results]
    earlier = [rank_input_of(each) for each in before]
    rankings = rank(entrants, None, earlier, missing_units, identity)
    now = list(zip(entrants, results, strict=True))
    old = list(zip(earlier, before, strict=True))
    groups = [_group(each, now, old) for each in rankings]
    return ranking_report(groups, current(), asked.letterhead)


def _before(asked: Asked) -> list[Result]:
    files = asked.previous
    return list(results_of(asked.reading._replace(files=files))) if files else []


_Pairs = Sequence[tuple[RankInput, Result]]


def _group(ranking: Ranking, now: _Pairs, before: _Pairs) -> RankedGroup:
    """A ranking with its results, and compared with the year that its places are counted from."""
    from parindex.published_figures.sides import (
        compare_sides,
        means_of,
        ranked,
        region_names,
        result_side,
    )

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
    return RankedGroup(ranking, schemes, found, means, region_names(sides, current()))
