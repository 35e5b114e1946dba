"""Whatever the library gives as plain rows and frames: what tables of other libraries are made of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from typing import Any, Final, Literal

from parindex.analysis.comparison import Comparison
from parindex.analysis.losses import Losses
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.ranking import Ranking
from parindex.analysis.scenario import Simulation
from parindex.analysis.stability import Stability
from parindex.analysis.target import Target
from parindex.findings.wing import missing
from parindex.published_figures.trend import Trend
from parindex.scheme.scheme import MAX_DEPTH
from parindex.scoring.result import Result
from parindex.tables import (
    compare,
    data,
    losses,
    ranking,
    score_rows,
    simulation,
    stability,
    target,
    trend,
)
from parindex.values.arguments import choice, each_of

Tabular = (
    Result | Ranking | Comparison | Losses | Simulation | Target | Stability | Trend | PublishedRow
)
Value = str | int | bool | Decimal | None
Numbers = Literal["decimal", "float"]
"""How numbers stand in rows: exact, or as the nearest binary number."""
FrameLibrary = Literal["pandas", "polars"]

_ROWS: Final[
    dict[type[Any], tuple[Sequence[str], Callable[[Any], Iterable[Mapping[str, Any]]]]]
] = {
    Result: (score_rows.COLUMNS, lambda it: score_rows.score_records(it, MAX_DEPTH)),
    Ranking: (ranking.COLUMNS, ranking.ranking_records),
    Comparison: (compare.COLUMNS, compare.pair_records),
    Losses: (losses.COLUMNS, losses.losses_records),
    Simulation: (
        simulation.COLUMNS,
        lambda it: simulation.simulation_records(it, it.name, it.peers),
    ),
    Target: (target.COLUMNS, target.target_records),
    Stability: (stability.COLUMNS, stability.stability_records),
    Trend: (trend.COLUMNS, trend.trend_records),
    PublishedRow: (data.COLUMNS, lambda it: [data.row_record(it)]),
}
_SHADOWED: Final = frozenset(
    ("count", "index", "item", "max", "mean", "median", "min", "rank", "shift", "sum", "values")
)
"""Columns that frames have as attributes of their own."""


def to_rows(
    items: Tabular | Iterable[Tabular], *, numbers: Numbers = "decimal"
) -> list[dict[str, Any]]:
    """Results, rankings, comparisons and whatever else has CSV, as a list of flat dicts.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> parindex.to_rows(result, numbers="float")[0]["points"]
    7.93

    `pandas.DataFrame(rows)` and `polars.DataFrame(rows)` take them as they are; `to_frame`
    makes a frame with names of columns that do not hide those of the frame.

    Args:
        items: one such thing or several of one kind.
        numbers: `decimal` for exact numbers, `float` for the nearest binary ones.

    Returns:
        A dict for each criterion, place, unit or figure, all with the same keys:
        the columns of the same CSV, in the same order. Numbers are `Decimal` or
        `int`, points with all their decimals or twelve digits; None is not known.

    Raises:
        TypeError: it is something else.
        ValueError: `numbers` is none of its choices.
    """
    choice("numbers", numbers, Numbers)
    given = [items] if isinstance(items, Tabular) else items
    found = each_of("items", given, Tabular, "a Result, Ranking, Comparison, Trend or PublishedRow")
    rows = [
        {name: record.get(name) for name in columns}
        for item in found
        for columns, records in [_ROWS[type(item)]]
        for record in records(item)
    ]
    return rows if numbers == "decimal" else [*map(_binary, rows)]


def to_frame(
    items: Tabular | Iterable[Tabular],
    library: FrameLibrary = "pandas",
    *,
    numbers: Numbers = "float",
) -> Any:
    """The same as a frame of pandas or Polars, which must be installed.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> [*parindex.to_frame(parindex.losses(result, "area")).columns[-3:]]
    ['lost', 'index_', 'running']

    Columns that a frame has as attributes of its own end in a line: `index_`, `rank_`, `max_`.

    Args:
        items: as for `to_rows`.
        library: `pandas` or `polars`.
        numbers: `float` for the nearest binary numbers, which frames count with, or `decimal`.

    Raises:
        InputError: P158 the library is not installed.
        TypeError, ValueError: as `to_rows`; there is no such library.
    """
    choice("library", library, FrameLibrary)
    rows = to_rows(items, numbers=numbers)
    try:
        made = import_module(library).DataFrame
    except ModuleNotFoundError as error:
        raise missing(library, "scale") from error
    named = {name: f"{name}_" if name in _SHADOWED else name for name in (rows[0] if rows else ())}
    columns = {new: [row[old] for row in rows] for old, new in named.items()}
    return made(columns) if library == "pandas" else made(columns, strict=False)


def _binary(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.__float__() if isinstance(value, Decimal) else value
        for name, value in row.items()
    }
