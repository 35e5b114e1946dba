"""The Python interface: the same steps as the command line, without its words."""

from collections.abc import Iterable
from os import PathLike, fspath

from parindex import catalog
from parindex.analysis import entrant, ranking
from parindex.analysis.comparison import Comparison
from parindex.analysis.published_rows import in_order, known
from parindex.data.choose import Wanted, choose
from parindex.data.published import load_published
from parindex.data.roster import identity, missing_units
from parindex.data.sides import Side, compare_sides, ranked, result_side, row_side
from parindex.formats import scorecards
from parindex.formats.numerals import DecimalMark
from parindex.formats.write_yaml import write_yaml
from parindex.model.published_row import PublishedRow, RowKind
from parindex.model.result import Result
from parindex.model.scheme import MAX_DEPTH, Scheme
from parindex.model.scorecard import Scorecard, Stage
from parindex.scoring import score as score_under


def load_scheme(id_or_file: str | PathLike[str]) -> Scheme:
    """A scheme of the catalog by its id (`vn-province-2018`), or one from a YAML file.

    Raises:
        InputError: no such scheme, or every fault of the file.
    """
    return catalog.load_scheme(fspath(id_or_file))


def read_scorecards(
    file: str | PathLike[str], scheme: Scheme | None = None, decimal: DecimalMark | None = None
) -> list[Scorecard]:
    """The scorecards of a file, of a folder's files, or of standard input for `-`.

    Args:
        file: a YAML, JSON, CSV or .xlsx file, or a folder with such files.
        scheme: the scheme of all of them, whatever the file names.
        decimal: whether `comma` or `point` is the decimal mark; without it a
            number that can be read in two ways is refused.

    Raises:
        InputError: every fault of the file.
    """
    given = [] if scheme is None else [scheme]
    return list(scorecards.read_scorecards(fspath(file), given, decimal))


def score(scorecard: Scorecard, scheme: Scheme | None = None, stage: Stage | None = None) -> Result:
    """The exact result of a scorecard.

    Args:
        scorecard: what one unit reports for one year.
        scheme: the scheme; without it that of the scorecard's id, or the only
            one of the catalog that fits its level, year, province and group.
        stage: count only scores of this stage; without it the latest of each code.

    Returns:
        The result: points as exact rationals, percentages in hundredths.

    Raises:
        InputError: no scheme is known, or the scorecard does not fit it.
    """
    if scheme is None:
        card = scorecard
        scheme = catalog.find_scheme(card.scheme, card.level, card.year, card.province, card.group)
    return score_under(scorecard, scheme, stage)


def rank(
    results: Iterable[Result],
    ties: entrant.Ties | None = None,
    previous: Iterable[Result] = (),
) -> list[ranking.Ranking]:
    """The units ranked by their exact index within each year, level, province and group.

    Args:
        results: those of any number of groups, in any order; they are not kept.
        ties: `competition` (1, 2, 2, 4), `dense` (1, 2, 2, 3) or `ordinal`
            (1, 2, 3, 4); without it the rule of the scheme.
        previous: results of the year before, for moves.

    Returns:
        The groups, each with its places, statistics and counts of bands. Units
        that are not ranked, not known in full or without a scorecard stand
        apart. Where no maximum is known, points rank.

    Raises:
        InputError: P107 a unit stands twice in a group.
    """
    entrants, before = map(entrant.entrant_of, results), map(entrant.entrant_of, previous)
    return ranking.rank(entrants, ties, before, missing_units, identity)


Comparable = Result | PublishedRow


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
        The comparison. Changes are in hundredths of the maximum, exact for
        results; points are subtracted only under one scheme and for one maximum.
        `split` tells what of a change came from the unit and what from the
        maxima, by the symmetric method of `parindex.analysis.split`. Two single
        results are compared whoever they are of. Ranks are computed where both
        sides are several results, else as published. `means` of nation and
        region are not part of it.

    Raises:
        InputError: P107 a unit stands twice on a side.
    """
    one, other = _side("before", before), _side("after", after)
    whole = not (len(one.units) == len(other.units) == 1)
    return compare_sides(*ranked(one, other), whole=whole, depth=MAX_DEPTH if criteria else None)


def _side(name: str, given: Comparable | Iterable[Comparable]) -> Side:
    items = [given] if isinstance(given, Result | PublishedRow) else list(given)
    results = [each for each in items if isinstance(each, Result)]
    if results:
        return result_side(name, results)
    return row_side(name, (each for each in items if isinstance(each, PublishedRow)))


def published(
    year: int | None = None,
    unit: str | None = None,
    level: str | None = None,
    kind: RowKind | None = None,
    data: str | PathLike[str] | None = None,
) -> list[PublishedRow]:
    """What public sources print: one row for each unit, area and year, with its sources.

    Args:
        year: only this year.
        unit: only this unit, in any spelling.
        level: only units of this level, such as `province`.
        kind: only `result`, `area`, `part`, `sipas`, `band-count` or `figure`.
        data: a table of your own, a CSV file or a folder of them, which wins.

    Returns:
        Figures with their digits as printed; None is not known. The tables and
        their columns are those of `parindex data`, which tells how much is known.

    Raises:
        InputError: every fault of `data`; P131, P132 there is no such unit.
    """
    rows = load_published(None if data is None else fspath(data))
    years, units = () if year is None else (year,), () if unit is None else (unit,)
    return sorted(known(choose(rows, Wanted(years, units, level, None, kind))), key=in_order)


def write_scorecard(scorecards: Iterable[Scorecard]) -> str:
    """Scorecards as YAML text that reads back as the same scorecards."""
    return write_yaml(scorecards)
