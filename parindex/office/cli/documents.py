"""Reports as `parindex report` puts them together, a function for each kind."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import typer
from msgspec.structs import replace

from parindex.analysis.goal import Goal
from parindex.cli.options import Input
from parindex.cli.peers import chosen, peers
from parindex.cli.reading import results_of
from parindex.cli.words import _, current
from parindex.office.reports.blocks import Letterhead, Report
from parindex.office.reports.ranked_groups import ranked_groups
from parindex.office.reports.ranking import ranking_report
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
    groups = ranked_groups(list(results_of(asked.reading)), _before(asked), current())
    return ranking_report(groups, current(), asked.letterhead)


def _before(asked: Asked) -> list[Result]:
    if not asked.previous:
        return []
    before = asked.reading._replace(files=asked.previous, nameless=asked.unit)
    return list(results_of(before))
