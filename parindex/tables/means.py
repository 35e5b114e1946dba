"""Means beside units: how far a unit is from them, and what they did meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from parindex.analysis.comparison import Comparison, Pair
from parindex.analysis.means import Mean, against_the_trend
from parindex.analysis.unit_figures import UnitFigures
from parindex.tables.sheet import Column, Sheet, filled
from parindex.values.exact import rounded
from parindex.values.language import Language

DIGITS: Final = 2
"""Decimals of means and changes, as the Ministry prints them."""


def printed(standing: UnitFigures | None) -> Decimal | None:
    """A percentage as it was printed, or with two decimals."""
    if standing is None or standing.index is not None:
        return standing.index if standing else None
    return None if standing.percent is None else rounded(standing.percent, DIGITS)


def signed(value: Fraction | Decimal | None, say: Language) -> str | None:
    """A change with its sign and two decimals."""
    if value is None:
        return None
    figure = rounded(value, DIGITS)
    return say.figures(f"{figure:+f}" if figure else f"{figure:f}")


def means_sheet(
    means: Sequence[Mean], found: Comparison, regions: Mapping[str, str], say: Language
) -> Sheet:
    """The means of the nation, of the regions, and of those compared."""
    columns = (
        Column("mean", say("Mean of")),
        Column("before", found.before, "number"),
        Column("after", found.after, "number"),
        Column("change", say("Change"), "number"),
        Column("origin", say("Source")),
    )
    rows = [
        (
            _scope(mean, regions, say),
            _rounded(mean.before),
            _rounded(mean.after),
            signed(mean.change, say),
            _origin(mean, say),
        )
        for mean in means
    ]
    return Sheet(say("Means"), *filled(columns, rows))


def _rounded(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(value, DIGITS)


def _scope(mean: Mean, regions: Mapping[str, str], say: Language) -> str:
    if mean.region is not None:
        return regions.get(mean.region, mean.region)
    return say("all units") if mean.origin == "published" else say("those compared")


def _origin(mean: Mean, say: Language) -> str:
    if mean.origin == "published":
        return say("as published")
    return say("computed from {count}", count=mean.count)


def gaps_sheet(
    pair: Pair, means: Sequence[Mean], found: Comparison, regions: Mapping[str, str], say: Language
) -> Sheet:
    """A unit beside the means: by how much it is above or below each of them."""
    gap = say("Gap")
    columns = (
        Column("mean", say("Mean of")),
        Column("before", found.before, "number"),
        Column("gap_before", f"{gap} {found.before}", "number"),
        Column("after", found.after, "number"),
        Column("gap_after", f"{gap} {found.after}", "number"),
        Column("change", say("Change"), "number"),
        Column("origin", say("Source")),
    )
    rows = [
        (
            _scope(mean, regions, say),
            _rounded(mean.before),
            signed(_gap(pair.before, mean.before), say),
            _rounded(mean.after),
            signed(_gap(pair.after, mean.after), say),
            signed(mean.change, say),
            _origin(mean, say),
        )
        for mean in means
    ]
    title = say("{unit} beside the means", unit=pair.either.unit)
    return Sheet(title, *filled(columns, rows))


def _gap(standing: UnitFigures | None, mean: Fraction | None) -> Fraction | None:
    if standing is None or standing.percent is None or mean is None:
        return None
    return standing.percent - mean


def trend_notes(pair: Pair, means: Sequence[Mean], say: Language) -> Iterator[str]:
    """That index and rank went opposite ways, and what the mean did meanwhile."""
    change, move = pair.change, pair.move
    if change is None or move is None or not against_the_trend(pair):
        return
    told = {
        "unit": pair.either.unit,
        "change": say.number(rounded(abs(change), DIGITS)),
        "places": abs(move),
    }
    if change > 0:
        yield say(
            "{unit}: the index rose by {change}, but the rank fell by {places} places.", **told
        )
    else:
        yield say(
            "{unit}: the index fell by {change}, but the rank rose by {places} places.", **told
        )
    mean = next((each.change for each in means if each.region is None and each.change), None)
    if mean is None or mean * change <= 0:
        return
    much = say.number(rounded(abs(mean), DIGITS))
    more = abs(mean) > abs(change)
    if change > 0 and more:
        yield say("The mean of all units rose by {mean}, which is more.", mean=much)
    elif change > 0:
        yield say("The mean of all units rose too, by {mean}: others rose more.", mean=much)
    elif more:
        yield say("The mean of all units fell by {mean}, which is more.", mean=much)
    else:
        yield say("The mean of all units fell too, by {mean}: others fell more.", mean=much)
