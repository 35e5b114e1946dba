"""Means beside units: how far a unit is from them, and what they did meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from parindex.analysis.comparison import Comparison, Pair, passed, tally
from parindex.analysis.means import Mean, against_the_trend
from parindex.analysis.unit_figures import UnitFigures
from parindex.tables import figures
from parindex.tables.columns import columns
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import rounded
from parindex.values.language import N_, Language

DIGITS: Final = 2
"""Decimals of means and changes, as the Ministry prints them."""
_MORE: Final = {
    ("published", True): N_("The mean of all units rose by {mean}, which is more."),
    ("published", False): N_("The mean of all units fell by {mean}, which is more."),
    ("computed", True): N_("The mean of those compared rose by {mean}, which is more."),
    ("computed", False): N_("The mean of those compared fell by {mean}, which is more."),
}
"""What the mean did where it changed by more than the unit: whose mean it is, and whether it rose."""


def printed(standing: UnitFigures | None) -> Decimal | None:
    """A percentage as it was printed, or with two decimals."""
    if standing is None or standing.index is not None:
        return standing.index if standing else None
    return _rounded(standing.percent)


def signed(value: Fraction | Decimal | None, say: Language) -> str | None:
    """A change with its sign and two decimals."""
    return figures.signed(_rounded(value), say)


def _rounded(value: Fraction | Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value, DIGITS)


def means_table(
    means: Sequence[Mean],
    found: Comparison,
    regions: Mapping[str, str],
    say: Language,
    unit: Pair | None = None,
) -> Table:
    """The means of all units, of the regions, and of those compared.

    Args:
        means: the means on both sides.
        found: the comparison, which names the sides.
        regions: the names of the regions by their ids.
        say: the language.
        unit: a unit; then also by how much it is above or below each mean.
    """
    gap = say("Gap")
    titles = {"before": found.before, "after": found.after}
    gaps = {f"gap_{side}": f"{gap} {name}" for side, name in titles.items()}
    keys = "mean before gap_before:number after gap_after:number change origin"
    builder = TableBuilder(columns(say, keys, **titles, **gaps))
    for mean in means:
        row = builder.add(change=signed(mean.change, say))
        for side in ("before", "after"):
            figure: Fraction | None = getattr(mean, side)
            own: UnitFigures | None = getattr(unit, side) if unit else None
            builder.put(row, side, _rounded(figure))
            if own and own.percent is not None and figure is not None:
                builder.put(row, f"gap_{side}", signed(own.percent - figure, say))
        if mean.origin == "published":
            scope, origin = say("all units"), say("as published")
        else:
            scope, origin = say("those compared"), say("computed from {count}", count=mean.count)
        where = scope if mean.region is None else regions.get(mean.region, mean.region)
        builder.put(row, "mean", where)
        builder.put(row, "origin", origin)
    title = say("{unit} beside the means", unit=unit.either.unit) if unit else say("Means")
    return builder.table(title)


def trend_notes(
    pair: Pair, means: Sequence[Mean], say: Language, others: Sequence[Pair] = ()
) -> Iterator[str]:
    """That index and rank went opposite ways, and what is known to go with it.

    The mean is told only where it changed by more than the unit, for otherwise it
    shows nothing of the others.

    Args:
        pair: the unit on both sides.
        means: the means on both sides.
        say: the language.
        others: the units of its group, of which those with a rank on both sides are counted.
    """
    change, move = pair.change, pair.move
    if change is None or move is None or not against_the_trend(pair):
        return
    rose = change > 0
    message = (
        N_("{unit}: the index rose by {change}, but the rank fell by {places} places.")
        if rose
        else N_("{unit}: the index fell by {change}, but the rank rose by {places} places.")
    )
    much = rounded(abs(change), DIGITS)
    yield say(message, unit=pair.either.unit, change=say.number(much), places=abs(move))
    up, down = passed(pair, others)
    if up or down:
        known = tally(others, lambda each: each.move).known - 1
        yield say(
            "Of the {known} others with a rank in both, it passed {up}, and {down} passed it.",
            known=known,
            up=up,
            down=down,
        )
    for mean in means:
        moved = rounded(mean.change or Fraction(0), DIGITS)
        if mean.region is None and (moved > 0) == rose and abs(moved) > much:
            yield say(_MORE[mean.origin, rose], mean=say.number(abs(moved)))
            return
