"""Whatever the library gives as plain rows: what tables of other libraries are made of."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from parindex.analysis.comparison import Comparison
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.ranking import Ranking
from parindex.published_figures.trend import Trend
from parindex.scheme.scheme import MAX_DEPTH
from parindex.scoring.result import Result
from parindex.tables import compare, data, ranking, score_rows, trend
from parindex.values.arguments import each_of

Tabular = Result | Ranking | Comparison | Trend | PublishedRow
Value = str | int | bool | Decimal | None


def to_rows(items: Tabular | Iterable[Tabular]) -> list[dict[str, Value]]:
    """Results, rankings, comparisons, trends or published rows as a list of flat dicts.

    `pandas.DataFrame(rows)` and `polars.DataFrame(rows)` take them as they are.

    Args:
        items: one such thing or several of one kind.

    Returns:
        A dict for each criterion, place, unit or figure, all with the same keys:
        the columns of the same CSV, in the same order. Numbers are `Decimal` or
        `int`, points with all their decimals or twelve digits; None is not known.
    """
    given = [items] if isinstance(items, Tabular) else items
    found = each_of("items", given, Tabular, "a Result, Ranking, Comparison, Trend or PublishedRow")
    return [
        {name: record.get(name) for name in columns}
        for item in found
        for columns, records in [_records(item)]
        for record in records
    ]


def _records(item: Tabular) -> tuple[Sequence[str], Iterable[Mapping[str, Any]]]:
    if isinstance(item, Result):
        return score_rows.COLUMNS, score_rows.score_records(item, MAX_DEPTH)
    if isinstance(item, Ranking):
        return ranking.COLUMNS, ranking.ranking_records(item)
    if isinstance(item, Comparison):
        return compare.COLUMNS, compare.pair_records(item)
    if isinstance(item, Trend):
        return trend.COLUMNS, trend.trend_records(item)
    return data.COLUMNS, [data.row_record(item)]
