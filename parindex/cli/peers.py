"""The units that a scenario or a target is about, and those it stands among."""

from collections.abc import Sequence
from typing import Annotated

import typer

from parindex.analysis.published_row import PublishedRow
from parindex.analysis.rank_among import Peers, peers_of
from parindex.analysis.unit_figures import rank_input_of
from parindex.cli.options import Input
from parindex.cli.reading import results_of
from parindex.cli.words import _
from parindex.published_figures.units import identity, lasting, units_named, units_of
from parindex.scoring.group_best import together
from parindex.scoring.result import Result
from parindex.values.collation import same_name
from parindex.values.fuzzy import is_unit

AmongOption = Annotated[
    list[str] | None,
    typer.Option(
        "--among",
        metavar="YEAR_OR_FILE",
        help=_("Rank among the published results of a year, or the units of a file."),
    ),
]
OneUnitOption = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="NAME",
        help=_(
            "Which unit, where there are several; or whose table it is, where the file names no unit."
        ),
    ),
]


def chosen(reading: Input, unit: str | None) -> tuple[Result, list[Result]]:
    """The result of the unit that is meant, and those of all others of its group."""
    results = list(results_of(reading._replace(nameless=unit)))
    wanted = [each for each in results if unit is None or is_unit(each.scorecard.unit, unit)]
    if len(wanted) != 1:
        told = _("name one of the units, of which {count} fit", count=len(wanted))
        raise typer.BadParameter(told, param_hint="--unit")
    [one] = wanted
    return one, [each for each in results if each is not one and _together(one, each)]


def peers(
    result: Result,
    others: Sequence[Result],
    among: Sequence[str],
    reading: Input,
    data: str | None,
) -> Peers:
    """The units that `--among` names, and else the others of the same files."""
    if not among:
        return peers_of(others, result)
    years = [text for text in among if text.isdecimal() and len(text) == 4]  # noqa: PLR2004
    if years and len(among) > 1:
        raise typer.BadParameter(_("name one year, or files"), param_hint="--among")
    if years:
        return _published(result, int(years[0]), data)
    own = identity(rank_input_of(result))
    given = results_of(reading._replace(files=among, unit=None))
    found = [each for each in given if _together(result, each)]
    found = together([result, *found])[1:]
    return peers_of([each for each in found if identity(rank_input_of(each)) != own], result)


def _together(one: Result, other: Result) -> bool:
    """Whether two units are ranked together: of one level, province and group."""
    first, second = rank_input_of(one), rank_input_of(other)
    same = first.level == second.level and first.group == second.group
    return same and (first.level == "province" or first.province == second.province)


def _published(result: Result, year: int, data: str | None) -> Peers:
    """The published results of a year, but for the unit's own."""
    from parindex.published_figures.published_tables import known, load_published

    entrant = rank_input_of(result)
    own = identity(entrant)
    rows = [
        row
        for row in known(load_published(data))
        if row.kind == "result" and row.year == year and row.unit and _fits(row, result)
    ]
    others = [row for row in rows if not _is_own(row, result, own)]
    figures = tuple(row.figure for row in others if row.figure is not None)
    if not figures:
        told = _("no published index of {year} is known for such units", year=year)
        raise typer.BadParameter(told, param_hint="--among")
    units = len(units_of(year)) - 1 if entrant.level == "province" else len(others)
    return Peers(figures, units - len(figures), year)


def _fits(row: PublishedRow, result: Result) -> bool:
    entrant = rank_input_of(result)
    if row.level != entrant.level:
        return False
    return row.level == "province" or (row.province, row.group) == (entrant.province, entrant.group)


def _is_own(row: PublishedRow, result: Result, own: tuple[object, ...]) -> bool:
    name = row.unit or ""
    if row.level == "province":
        return any(each.list == row.list and lasting(each) == own for each in units_named(name))
    return same_name(name) == same_name(result.scorecard.unit)
