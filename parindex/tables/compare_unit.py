"""One unit compared, criterion by criterion: what changed, and where it came from."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from parindex.analysis.change_decomposition import split_whole
from parindex.analysis.comparison import Comparison, Pair
from parindex.analysis.unit_figures import UnitFigures
from parindex.tables.means import DIGITS, printed, signed
from parindex.tables.sheet import Cell, Column, Sheet, filled, places
from parindex.values.exact import rounded, terminating
from parindex.values.language import Language


def criteria_sheet(pair: Pair, found: Comparison, say: Language) -> Sheet:
    """The criteria of one unit on both sides, with the split of the change of each."""
    before, after = found.before, found.after
    columns = (
        Column("code", say("Code"), "code"),
        Column("name", say("Criterion")),
        *(
            column
            for side in (before, after)
            for column in (
                Column("points", f"{say('Points')} {side}", "number"),
                Column("max", f"{say('Maximum')} {side}", "number"),
                Column("percent", f"{say('Percent')} {side}", "number"),
                Column("rank", f"{say('Rank')} {side}", "number"),
            )
        ),
        Column("points", f"{say('Points')} +/-", "number"),
        Column("change", f"{say('Percent')} +/-", "number"),
        Column("unit", say("From the unit"), "number"),
        Column("maxima", say("From the maxima"), "number"),
        Column("move", say("Places"), "number"),
        Column("remark", say("Remark")),
    )
    # Where no maximum changed the whole change is the unit's, and two columns say nothing new.
    splits = any(each.split and each.split.maxima for each in pair.criteria)
    rows = [_cells(each, say, splits=splits) for each in pair.criteria]
    title = f"{pair.names} {before} – {after}"
    return Sheet(title, *filled(columns, rows), notes=tuple(_split_notes(pair, say)))


def _cells(pair: Pair, say: Language, *, splits: bool) -> tuple[Cell, ...]:
    name = pair.either.name
    split = pair.split if splits else None
    return (
        _codes(pair),
        say.name(name) if name else "",
        *_side(pair.before),
        *_side(pair.after),
        signed(pair.points, say),
        signed(pair.change, say),
        signed(split.unit, say) if split else None,
        signed(split.maxima, say) if split else None,
        places(pair.move),
        "" if pair.comparable else say("not comparable"),
    )


def _codes(pair: Pair) -> str:
    """The code, or both where the scheme changed it."""
    one, other = pair.before, pair.after
    if one and other and one.code != other.code:
        return f"{one.code} → {other.code}"
    return pair.either.code


def _side(standing: UnitFigures | None) -> tuple[Cell, ...]:
    if standing is None:
        return (None,) * 4
    most = None if standing.max is None else terminating(standing.max)
    return _points(standing.points), most, printed(standing), standing.rank


def _points(points: Fraction | None) -> Decimal | None:
    """Points with all their decimals, at least two of them."""
    exact = None if points is None else terminating(points)
    if points is None or (exact is not None and -int(exact.as_tuple().exponent) > DIGITS):
        return exact
    return rounded(points, DIGITS)


def _split_notes(pair: Pair, say: Language) -> Iterator[str]:
    """The change of the index, split over the areas."""
    areas = [each for each in pair.criteria if len(each.either.path) <= 1]
    whole = split_whole(pair.change, (area.split for area in areas))
    if whole is None:
        return
    told = {
        "change": signed(pair.change, say),
        "unit": signed(whole.unit, say),
        "maxima": signed(whole.maxima, say),
        "rest": signed(whole.rest, say),
    }
    if whole.rest:
        yield say(
            "Of the change of the index, {change}, the unit made {unit}, the maxima {maxima}, and {rest} is of what is not comparable.",
            **told,
        )
    elif whole.maxima:
        yield say(
            "Of the change of the index, {change}, the unit made {unit} and the maxima {maxima}.",
            **told,
        )
    if whole.maxima:
        yield say(
            "Split evenly: each area's weight at the mean of both shares, its share at the mean of both weights."
        )
