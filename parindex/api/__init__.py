"""The Python interface: the same steps as the command line, without its words."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, Literal, overload

from msgspec.structs import replace

from parindex.analysis import scenario as scenarios
from parindex.analysis import target as targets
from parindex.analysis.comparison import Comparison
from parindex.analysis.goal import Goal
from parindex.analysis.losses import Losses, LossesBy
from parindex.analysis.losses import losses as losses_by
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.rank_among import peers_of
from parindex.analysis.ranking import Ranking
from parindex.analysis.ranking import rank as rank_units
from parindex.analysis.stability import Choices, Stability
from parindex.analysis.unit_figures import Ties, rank_input_of
from parindex.api.checking import check, test, verify
from parindex.api.published import data_check, data_list, published, trend
from parindex.api.reading import (
    CARD,
    check_scheme,
    load_scheme,
    read_scorecards,
    scheme_of,
    write_scorecard,
)
from parindex.api.writing import new_scheme, schema, schemes, template
from parindex.findings import InputError
from parindex.findings.wing import scale
from parindex.published_figures.published_tables import load_published
from parindex.published_figures.sides import (
    Side,
    compare_sides,
    means_of,
    ranked,
    result_side,
    row_side,
    size_of_sides,
)
from parindex.published_figures.units import identity, missing_units
from parindex.scheme.scheme import MAX_DEPTH, Scheme
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.scoring import score as score_under
from parindex.scoring.group_best import score_all, together
from parindex.scoring.result import Result
from parindex.tables.explanation import Explanation
from parindex.values.arguments import choice, each_of, expect
from parindex.values.as_data import Several


@overload
def score(
    scorecard: Scorecard, scheme: Scheme | None = None, stage: Stage | None = None
) -> Result: ...
@overload
def score(
    scorecard: Iterable[Scorecard], scheme: Scheme | None = None, stage: Stage | None = None
) -> Several[Result]: ...
def score(
    scorecard: Scorecard | Iterable[Scorecard],
    scheme: Scheme | None = None,
    stage: Stage | None = None,
) -> Result | Several[Result]:
    """The exact result of a scorecard, or the results of several.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> parindex.score(card).index
    Decimal('78.35')

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
    return Several(Result, score_all([(card, scheme or scheme_of(card)) for card in cards], stage))


def rank(
    results: Iterable[Result],
    ties: Ties | None = None,
    previous: Iterable[Result] = (),
) -> Several[Ranking]:
    """The units ranked by their exact index within each year, level, province and group.

    >>> cards = parindex.read_scorecards("examples/provinces-2018.csv")
    >>> [ranking] = parindex.rank(parindex.score(cards))
    >>> ranking.places[0].rank, ranking.places[0].entrant.unit
    (1, 'Quảng Ninh')

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
    return Several(Ranking, rank_units(units, ties, before, missing_units, identity))


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
) -> Several[Stability]:
    """How sure the ranks of units are, by seeded draws of what is not sure (needs NumPy).

    >>> cards = parindex.read_scorecards("examples/provinces-2018.csv")
    >>> [group] = parindex.stability(cards, draws=100)
    >>> group.units[0].place.rank, group.choices.draws
    (1, 100)

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
    entrants = (run.entrant_of(each, choices) for each in results)
    return Several(Stability, run.stability(entrants, choices, ties, missing_units, identity))


def _together(name: str, results: Iterable[Result]) -> Iterator[Result]:
    """The results as they come; those whose rules ask for the best of their group, at the end."""
    waiting = []
    for result in each_of(name, results, Result, _RESULT):
        if result.scheme.relative:
            waiting.append(result)
        else:
            yield result
    yield from together(waiting)


__all__ = [
    "CARD",
    "Comparable",
    "check",
    "check_scheme",
    "compare",
    "data_check",
    "data_list",
    "explain",
    "load_scheme",
    "losses",
    "new_scheme",
    "published",
    "rank",
    "read_scorecards",
    "schema",
    "scheme_of",
    "schemes",
    "score",
    "simulate",
    "stability",
    "target",
    "template",
    "test",
    "trend",
    "verify",
    "write_scorecard",
]

Comparable = Result | PublishedRow
_RESULT: Final = "a Result (of score)"


def compare(
    before: Comparable | Iterable[Comparable],
    after: Comparable | Iterable[Comparable],
    *,
    criteria: bool = True,
    names: tuple[str, str] = ("before", "after"),
) -> Comparison:
    """The units that both sides have: changes, moves, statistics, and each criterion by criterion.

    >>> years = [parindex.published(year=year, unit="Hòa Bình") for year in (2023, 2024)]
    >>> [pair] = parindex.compare(*years).pairs
    >>> pair.change, pair.move
    (Fraction(71, 50), -2)

    Args:
        before: results, or published rows of one year (`published(year=2023)`).
        after: the same; one may be results and the other published rows.
        criteria: whether the criteria of each unit are compared as well.
        names: what the sides are called, such as their files or years.

    Returns:
        The comparison. Changes are in percent of the maximum, exact for
        results; points are subtracted only under one scheme and for one maximum.
        `split` says what of a change came from the unit and what from the
        maxima, by the symmetric method of `parindex.analysis.change_decomposition`. Two single
        results are compared whoever they are of. Ranks are computed where both
        sides are several results, else as published. `means` are those of the nation and of
        its regions, published or computed.

    Raises:
        InputError: P107 a unit occurs twice on a side.
        TypeError: a side has both results and published rows, or anything else.
    """
    first, second = [*each_of("names", names, str, "the names of both sides")]
    one = replace(_side("before", before), name=first)
    other = replace(_side("after", after), name=second)
    whole = not (len(one.units) == len(other.units) == 1)
    pair = ranked(one, other)
    found = compare_sides(*pair, whole=whole, depth=MAX_DEPTH if criteria else None)
    rows = [] if one.entrants and other.entrants else load_published()
    return replace(
        found,
        means=tuple(means_of(pair, found, rows)),
        of=size_of_sides(pair, None) if whole else None,
        ties=pair[1].ties if pair[0].ties else None,
    )


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

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> line = parindex.losses(result, by="area").lines[0]
    >>> line.key, line.lost
    ('6', Fraction(121, 25))

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


def simulate(
    result: Result,
    changes: Mapping[str, str | scenarios.Change],
    *,
    among: Iterable[Result] = (),
) -> scenarios.Simulation:
    """What would be, if some scores were others.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> parindex.simulate(result, {"6": "+1.65"}).after.index
    Decimal('80.00')

    Args:
        result: the present result, which stays as it is.
        changes: by code a text as `simulate --set` takes it (`97%`, `234/543`,
            `on_time`, `unknown`, `+0.5` points), a fact, or a `Shift` of points.
        among: the results of the other units, among which the place is told.

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
    peers = peers_of([*each_of("among", among, Result, _RESULT)], result)
    return replace(scenarios.simulate(result, {**facts, **read}), peers=peers)


def explain(subject: Result | Scheme, code: str) -> Explanation:
    """Why a criterion has its points, or of a scheme what its rule says.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> parindex.explain(result, "6").lines()[0]
    ('Points', '7.66 of 12.5 (61.28 %)')

    Args:
        subject: a result, or a scheme without anybody's score.
        code: the code of the criterion.

    Returns:
        What is told, item by item, as text in either language (`lines`), or as data.

    Raises:
        InputError: P201 the scheme has no such code.
    """
    expect("subject", subject, Result | Scheme, "a Result (of score) or a Scheme")
    expect("code", code, str, "the code of a criterion, as text")
    found = Explanation(subject, code)
    found.lines()
    return found


def target(
    result: Result,
    *,
    band: str | None = None,
    index: Decimal | int | None = None,
    rank: int | None = None,
    among: Iterable[Result] = (),
) -> targets.Target:
    """The least that must change to reach a band, an index or a rank: give one of them.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> parindex.target(result, band="A").missing
    Fraction(329, 200)

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
