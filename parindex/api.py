"""The Python interface: the same steps as the command line, without its words."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from os import PathLike
from typing import Final, Literal, overload

from parindex.analysis import scenario as scenarios
from parindex.analysis import target as targets
from parindex.analysis.comparison import Comparison
from parindex.analysis.goal import Goal
from parindex.analysis.losses import Losses, LossesBy
from parindex.analysis.losses import losses as losses_by
from parindex.analysis.published_row import PublishedRow, RowKind
from parindex.analysis.rank_among import peers_of
from parindex.analysis.ranking import Ranking
from parindex.analysis.ranking import rank as rank_units
from parindex.analysis.stability import Choices, Stability
from parindex.analysis.unit_figures import Ties, rank_input_of
from parindex.files import open_scorecards as scorecards
from parindex.findings import InputError
from parindex.findings.wing import scale, wing
from parindex.published_figures import trend as trends
from parindex.published_figures.choose import Wanted, choose
from parindex.published_figures.published_tables import in_order, known, load_published
from parindex.published_figures.sides import Side, compare_sides, ranked, result_side, row_side
from parindex.published_figures.trend import Trend, shown_of
from parindex.published_figures.units import identity, missing_units
from parindex.reading.numerals import DecimalMark
from parindex.scheme import catalog
from parindex.scheme.scheme import MAX_DEPTH, Scheme
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.scorecard.write_yaml import write_yaml
from parindex.scoring import score as score_under
from parindex.scoring.group_best import score_all, together
from parindex.scoring.result import Result
from parindex.values.arguments import choice, each_of, expect, path_of
from parindex.values.finding import Finding
from parindex.values.levels import LevelCode


def load_scheme(id_or_file: str | PathLike[str]) -> Scheme:
    """A scheme of the catalog by its id (`vn-province-2018`), or one from a YAML file.

    Raises:
        InputError: no such scheme, or every fault of the file.
    """
    return catalog.load_scheme(path_of("id_or_file", id_or_file))


def read_scorecards(
    file: str | PathLike[str],
    scheme: Scheme | None = None,
    decimal: DecimalMark | None = None,
    columns: str = "",
    *,
    sheet: str = "",
    skip_unreadable: bool = False,
) -> list[Scorecard]:
    """The scorecards of a file, of a folder's files, or of standard input for `-`.

    Args:
        file: a YAML, JSON, CSV or .xlsx file, or a folder with such files.
        scheme: the scheme of all of them, whatever the file names.
        decimal: whether `comma` or `point` is the decimal mark; without it a
            number that can be read in two ways is refused.
        columns: which columns of a workbook hold what, where its headings do not
            say: `code=B,self=E,appraised=F`.
        sheet: the only sheet of workbooks that counts; without it all do.
        skip_unreadable: pass over what in a folder is not read: workbooks of other
            kinds, documents, folders that are shut. Without it each is a fault.

    Raises:
        InputError: every fault of the file.
        ValueError: `columns` names no code, no points, or what is no column; `decimal` is
            neither mark.
    """
    name = path_of("file", file)
    check_scheme(scheme)
    if decimal is not None:
        choice("decimal", decimal, DecimalMark)
    expect("columns", columns, str, "text such as 'code=B,self=E'")
    expect("sheet", sheet, str, "the name of a sheet")
    told = wing("xlsx.headings").columns_told(columns) if columns else {}
    reading = scorecards.Reading([] if scheme is None else [scheme], decimal, told, sheet)
    passed: list[Finding] | None = [] if skip_unreadable else None
    found = scorecards.read_scorecards(name, reading, passed=passed, skip=skip_unreadable)
    return list(found)


@overload
def score(
    scorecard: Scorecard, scheme: Scheme | None = None, stage: Stage | None = None
) -> Result: ...
@overload
def score(
    scorecard: Iterable[Scorecard], scheme: Scheme | None = None, stage: Stage | None = None
) -> list[Result]: ...
def score(
    scorecard: Scorecard | Iterable[Scorecard],
    scheme: Scheme | None = None,
    stage: Stage | None = None,
) -> Result | list[Result]:
    """The exact result of a scorecard, or the results of several.

    Several are scored together: where a rule compares a unit with the best of its
    group, that is the best of them.

    Args:
        scorecard: what one unit reports for one year, or scorecards of any number of units.
        scheme: the scheme; without it that of the scorecard's id, or the only
            one of the catalog that fits its level, year, province and group.
        stage: count only scores of this stage; without it the latest of each code.

    Returns:
        The result: points as exact rationals, percentages in percent.

    Raises:
        InputError: no scheme is known, or the scorecard does not fit it.
        ValueError: there is no such stage.
    """
    check_scheme(scheme)
    if stage is not None:
        choice("stage", stage, Stage)
    if isinstance(scorecard, Scorecard) or not isinstance(scorecard, Iterable):
        expect("scorecard", scorecard, Scorecard, CARD)
        return score_under(scorecard, scheme or scheme_of(scorecard), stage)
    cards = each_of("scorecard", scorecard, Scorecard, CARD)
    return score_all([(card, scheme or scheme_of(card)) for card in cards], stage)


def rank(
    results: Iterable[Result],
    ties: Ties | None = None,
    previous: Iterable[Result] = (),
) -> list[Ranking]:
    """The units ranked by their exact index within each year, level, province and group.

    Args:
        results: those of any number of groups, in any order; they are not kept.
        ties: `competition` (1, 2, 2, 4), `dense` (1, 2, 2, 3) or `ordinal`
            (1, 2, 3, 4); without it the rule of the scheme.
        previous: results of the year before, for moves.

    Returns:
        The groups, each with its places, statistics and counts of bands. Units
        that are not ranked, not known in full or without a scorecard are
        listed apart. Where no maximum is known, points rank.

    Raises:
        InputError: P107 a unit occurs twice in a group.
        ValueError: there is no such rule of ties.
    """
    if ties is not None:
        choice("ties", ties, Ties)
    units = map(rank_input_of, _together("results", results))
    before = map(rank_input_of, _together("previous", previous))
    return rank_units(units, ties, before, missing_units, identity)


def stability(
    units: Iterable[Result] | Iterable[Scorecard],
    *,
    draws: int = 10_000,
    seed: int = 1,
    weights: Decimal | int = 10,
    rounding: bool = False,
    survey: int | Literal["counts"] | None = None,
    leave_out: Literal["area"] | None = None,
    top: int = 10,
    ties: Ties | None = None,
) -> list[Stability]:
    """How sure the ranks of units are, by seeded draws of what is not sure (needs NumPy).

    Args:
        units: results, or scorecards that are scored as `score` does.
        draws: how many draws, up to 1,000,000.
        seed: where they begin; the same seed gives the same chances.
        weights: how far the maximum of each area moves up and down, in percent; 0 leaves it.
        rounding: whether points lie anywhere within half a unit of their last digit.
        survey: `counts` draws answers again that are given as counts; how many were asked
            does so, and gives a normal error to points of surveys that are given as points.
        leave_out: `area` leaves out no area or one of them.
        top: how many units count as the first.
        ties: as for `rank`.

    Returns:
        The groups as `rank` gives them, with the exact ranks of today, and of each unit the median, the
        range and the chances over all draws. What is not known in full is not drawn.

    Raises:
        InputError: P107 a unit occurs twice in a group; or scorecards do not fit their schemes;
            P158 the extra `scale` is not installed.
        ValueError: a number is out of bounds, or there is no such choice.
    """
    for name, value in (("draws", draws), ("seed", seed), ("top", top)):
        expect(name, value, int, "a whole number")
    expect("weights", weights, Decimal | int, "a Decimal in percent, because a float is not exact")
    if isinstance(survey, str):
        choice("survey", survey, Literal["counts"])
    elif survey is not None:
        expect("survey", survey, int, "how many were asked, or 'counts'")
    expect("rounding", rounding, bool, "whether digits are drawn")
    if leave_out is not None:
        choice("leave_out", leave_out, Literal["area"])
    if ties is not None:
        choice("ties", ties, Ties)
    choices = Choices(draws, seed, Decimal(weights), rounding, survey, leave_out, top)
    choices.check()
    given = list(each_of("units", units, Result | Scorecard, "a Result (of score) or a Scorecard"))
    results = [*_together("units", (each for each in given if isinstance(each, Result)))]
    results += score(each for each in given if isinstance(each, Scorecard))
    run = scale("stability.run")
    found: list[Stability] = run.stability(
        (run.entrant_of(each, choices) for each in results), choices, ties, missing_units, identity
    )
    return found


def _together(name: str, results: Iterable[Result]) -> Iterator[Result]:
    """The results as they come; those whose rules ask for the best of their group, at the end."""
    waiting = []
    for result in each_of(name, results, Result, _RESULT):
        if result.scheme.relative:
            waiting.append(result)
        else:
            yield result
    yield from together(waiting)


Comparable = Result | PublishedRow
CARD: Final = "a Scorecard (of read_scorecards)"
_RESULT: Final = "a Result (of score)"


def compare(
    before: Comparable | Iterable[Comparable],
    after: Comparable | Iterable[Comparable],
    *,
    criteria: bool = True,
) -> Comparison:
    """The units that both sides have: changes, moves, statistics, and each criterion by criterion.

    Args:
        before: results, or published rows of one year (`published(year=2023)`).
        after: the same; one may be results and the other published rows.
        criteria: whether the criteria of each unit are compared as well.

    Returns:
        The comparison. Changes are in percent of the maximum, exact for
        results; points are subtracted only under one scheme and for one maximum.
        `split` says what of a change came from the unit and what from the
        maxima, by the symmetric method of `parindex.analysis.change_decomposition`. Two single
        results are compared whoever they are of. Ranks are computed where both
        sides are several results, else as published. `means` of nation and
        region are not part of it.

    Raises:
        InputError: P107 a unit occurs twice on a side.
        TypeError: a side has both results and published rows, or anything else.
    """
    one, other = _side("before", before), _side("after", after)
    whole = not (len(one.units) == len(other.units) == 1)
    return compare_sides(*ranked(one, other), whole=whole, depth=MAX_DEPTH if criteria else None)


def _side(name: str, given: Comparable | Iterable[Comparable]) -> Side:
    items = [given] if isinstance(given, Comparable) else given
    found = [*each_of(name, items, Comparable, "a Result or a PublishedRow")]
    if found and isinstance(found[0], Result):
        return result_side(
            name, together(each_of(name, found, Result, "a Result, as the first is"))
        )
    return row_side(name, each_of(name, found, PublishedRow, "a PublishedRow, as the first is"))


def losses(result: Result, by: LossesBy = "leaf") -> Losses:
    """Where a unit lost its points, the largest loss first.

    Args:
        result: the result of one unit.
        by: `leaf` is the deepest criterion that is known, `criterion` the second
            level, `area` the first; `origin` the parts of the partition of that
            name; `lead` the office that answers for a criterion.

    Returns:
        Lines with exact points, which add up to the assessed maximum − points,
        before bonus and penalty; where nothing is unknown, their `index` to 100 −
        the index. What cannot be separated, such as points of which only the sum
        was given, is a line of its own.

    Raises:
        ValueError: there is no such grouping.
    """
    expect("result", result, Result, _RESULT)
    choice("by", by, LossesBy)
    return losses_by(result, by)


def published(
    year: int | None = None,
    unit: str | None = None,
    level: LevelCode | None = None,
    kind: RowKind | None = None,
    data: str | PathLike[str] | None = None,
) -> list[PublishedRow]:
    """What public sources print: one row for each unit, area and year, with its sources.

    Args:
        year: only this year.
        unit: only this unit, in any spelling.
        level: only units of this level: `province`, `ministry`, `department`,
            `central-agency`, `district` or `commune`.
        kind: only `result`, `area`, `part`, `sipas`, `band-count` or `figure`.
        data: a table of your own, a CSV file or a folder of them, which wins.

    Returns:
        Figures with their digits as printed; None is not known. The tables and
        their columns are those of `parindex data`, which reports how much is known.

    Raises:
        InputError: every fault of `data`; P131, P132 there is no such unit.
        ValueError: there is no such level or kind.
    """
    if year is not None:
        expect("year", year, int, "a year")
    if unit is not None:
        expect("unit", unit, str, "the name of a unit")
    if level is not None:
        choice("level", level, LevelCode)
    if kind is not None:
        choice("kind", kind, RowKind)
    rows = load_published(None if data is None else path_of("data", data))
    years, units = () if year is None else (year,), () if unit is None else (unit,)
    return sorted(known(choose(rows, Wanted(years, units, level, None, kind))), key=in_order)


def trend(
    units: str | Iterable[str] = (),
    kind: str = "index",
    *,
    first: int | None = None,
    last: int | None = None,
    level: LevelCode | None = None,
    region: str | None = None,
    data: str | PathLike[str] | None = None,
) -> Trend:
    """The published figures of units over years: what is not known is a gap, never filled in.

    Args:
        units: names in any spelling; `mean` is the published mean of all; without any, all units.
        kind: `index` or `sipas` in percent, `rank`, or `area:3` for an area in percent.
        first: the first year.
        last: the last year.
        level: only units of this level; without it and without names, provinces.
        region: only provinces of this region.
        data: a table of your own, a CSV file or a folder of them, which wins.

    Returns:
        A line for each unit with a figure, which has a point for each year. `new_scheme` marks
        the years whose scheme is another than before. A province that was merged is another unit.

    Raises:
        InputError: every fault of `data`; P131 there is no such unit, P133 no such region.
        ValueError: there is no such level or kind, or `first` is after `last`.
    """
    names = [units] if isinstance(units, str) else units
    found = tuple(each_of("units", names, str, "the name of a unit"))
    expect("kind", kind, str, "index, rank, sipas or area:3")
    try:
        shown = shown_of(kind)
    except ValueError:
        raise ValueError(f"kind: expected index, rank, sipas or area:3; found {kind!r}") from None
    for name, year in (("first", first), ("last", last)):
        if year is not None:
            expect(name, year, int, "a year")
    if first is not None and last is not None and first > last:
        raise ValueError(f"first: expected a year not after {last}; found {first}")
    if level is not None:
        choice("level", level, LevelCode)
    if region is not None:
        expect("region", region, str, "the name of a region")
    rows = load_published(None if data is None else path_of("data", data))
    return trends.trend(rows, shown, trends.TrendWanted(found, level, region, first, last))


def simulate(result: Result, changes: Mapping[str, str | scenarios.Change]) -> scenarios.Simulation:
    """What would be, if some scores were others.

    Args:
        result: the present result, which stays as it is.
        changes: by code a text as `simulate --set` takes it (`97%`, `234/543`,
            `on_time`, `unknown`, `+0.5` points), a fact, or a `Shift` of points.

    Returns:
        The results before and after, and every criterion that moved, with why.

    Raises:
        InputError: every change that the scheme does not allow.
    """
    from parindex.files.scenario_file import read_changes

    expect("result", result, Result, _RESULT)
    expect("changes", changes, Mapping, "a mapping of codes to what is reported instead")
    for code, value in changes.items():
        expect("changes", code, str, "codes as text")
        expect(f"changes[{code!r}]", value, str | scenarios.Change, "text, a fact or a Shift")
    texts = {code: value for code, value in changes.items() if isinstance(value, str)}
    facts = {code: value for code, value in changes.items() if not isinstance(value, str)}
    read, faults = read_changes(texts, result.scheme)
    if faults:
        raise InputError(faults)
    return scenarios.simulate(result, {**facts, **read})


def target(
    result: Result,
    *,
    band: str | None = None,
    index: Decimal | int | None = None,
    rank: int | None = None,
    among: Iterable[Result] = (),
) -> targets.Target:
    """The least that must change to reach a band, an index or a rank: give one of them.

    Plans are ordered by the fewest leaves, then the least gain, then the order
    of the codes. Steps are taken whole; a leaf whose rule gives any points is
    raised by just what is missing, which is then reported rounded up. Surveys,
    and what does not apply, stay; what is unknown counts as 0.

    Args:
        result: the present result.
        band: the name of a band of its year, reached by the index as printed.
        index: the index to reach, as printed, in percent.
        rank: the place to reach, as the scheme ranks: by the exact index or points.
        among: the results of the other units, which stay as they are.

    Returns:
        The points that are missing, the best plan and up to five others of as
        many leaves. No plan where the target is reached or out of reach.

    Raises:
        ValueError: not exactly one of `band`, `index` and `rank` is given, or no number.
        InputError: there is no such band or place, or the maximum is not known.
    """
    expect("result", result, Result, _RESULT)
    if sum(each is not None for each in (band, index, rank)) != 1:
        raise ValueError("give one of band, index and rank")
    if band is not None:
        expect("band", band, str, "the name of a band")
    if rank is not None:
        expect("rank", rank, int, "a place from 1 on")
    others = [*each_of("among", among, Result, _RESULT)]
    return targets.plan_target(result, Goal(band, _index(index), rank, peers_of(others, result)))


def _index(index: Decimal | int | None) -> Decimal | None:
    if index is None:
        return None
    expect("index", index, Decimal | int, "a Decimal in percent, because a float is not exact")
    if not Decimal(index).is_finite():
        raise ValueError(f"index: expected a number in percent; found {index}")
    return Decimal(index)


def scheme_of(card: Scorecard) -> Scheme:
    """The scheme that a scorecard was read by or names, or that its level and year name."""
    if card.own is not None:
        return card.own
    if card.scheme_file:
        return catalog.load_scheme(card.scheme_file)
    wanted = (card.scheme, card.level, card.year, card.province, card.group, card.parent)
    return catalog.find_scheme(*wanted, file="")


def write_scorecard(scorecards: Iterable[Scorecard]) -> str:
    """Scorecards as YAML text that reads back as the same scorecards."""
    return write_yaml(each_of("scorecards", scorecards, Scorecard, CARD))


def check_scheme(scheme: object) -> None:
    """Refuse what is neither a scheme nor None."""
    if scheme is not None:
        expect("scheme", scheme, Scheme, "a Scheme (of load_scheme)")
