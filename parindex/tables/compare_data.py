"""Comparisons as rows of CSV and as data."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.comparison import Comparison, Moves, Pair
from parindex.analysis.means import Mean
from parindex.analysis.statistics import Statistics
from parindex.analysis.unit_figures import UnitFigures
from parindex.tables.means import printed
from parindex.tables.sheet import Cell
from parindex.values.exact import shortened, terminating

FORMAT: Final = "parindex-comparison/1"
COLUMNS: Final = (
    *("level", "province", "group", "parent", "unit", "code_before", "code_after", "name_vi"),
    *("year_before", "year_after", "scheme_before", "scheme_after", "comparable"),
    *("index_before", "index_after", "change", "points_before", "points_after", "points_change"),
    *("max_before", "max_after", "from_unit", "from_maxima"),
    *("rank_before", "rank_after", "move", "band_before", "band_after"),
    *("source_before", "source_after"),
)
_NOBODY: Final = UnitFigures("", 0)


def pair_cells(pair: Pair) -> tuple[Cell, ...]:
    """A unit, or a criterion of it, on both sides as a row; points and changes are exact."""
    one, other, row = pair.before, pair.after, pair.either
    first, last = one or _NOBODY, other or _NOBODY
    return (
        *(row.level, row.province, row.group, row.parent, row.unit),
        *(first.code or None, last.code or None, row.name.vi if row.name and row.code else None),
        *(first.year or None, last.year or None, first.scheme, last.scheme),
        "true" if pair.comparable else "false",
        *(printed(one), printed(other), _decimal(pair.change)),
        *(_decimal(first.points), _decimal(last.points), _decimal(pair.points)),
        *(_decimal(first.max), _decimal(last.max)),
        *(_decimal(pair.split.unit if pair.split else None),),
        *(_decimal(pair.split.maxima if pair.split else None),),
        *(first.rank, last.rank, pair.move, first.band, last.band, first.source, last.source),
    )


def comparison_rows(found: Comparison) -> Iterator[tuple[Cell, ...]]:
    """Each unit as a row, then its criteria."""
    for pair in found.pairs:
        yield pair_cells(pair)
        yield from map(pair_cells, pair.criteria)


def _decimal(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal


def comparison_data(
    found: Comparison, means: Sequence[Mean], of: int | None, ties: str | None
) -> dict[str, Any]:
    """The comparison as data; `ties` is the rule of the ranks, None where they are as printed."""
    spreads = found.spreads or (None, None)
    return {
        "before": found.before,
        "after": found.after,
        "of": of,
        "ties": ties,
        "index": _tally(found.index),
        "rank": _tally(found.rank),
        "statistics": {
            "before": _spread(spreads[0]),
            "after": _spread(spreads[1]),
        },
        "bands": {"before": dict(found.bands[0]), "after": dict(found.bands[1])},
        "means": [_mean(each) for each in means],
        "units": [_unit(pair) for pair in found.pairs],
    }


def _unit(pair: Pair) -> dict[str, Any]:
    return {**_named(pair), "criteria": [_named(each) for each in pair.criteria]}


def _named(pair: Pair) -> dict[str, Any]:
    return {**dict(zip(COLUMNS, pair_cells(pair), strict=True)), "comparable": pair.comparable}


def _tally(tally: Moves) -> dict[str, int]:
    return {name: getattr(tally, name) for name in ("known", "up", "down", "unchanged")}


def _spread(spread: Statistics | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    figures = {n: _decimal(getattr(spread, n)) for n in ("mean", "median", "highest", "lowest")}
    return {**figures, "above_mean": spread.above}


def _mean(mean: Mean) -> dict[str, Any]:
    return {
        "region": mean.region,
        "before": _decimal(mean.before),
        "after": _decimal(mean.after),
        "change": _decimal(mean.change),
        "origin": mean.origin,
        "count": mean.count,
    }
