"""Whatever the library gives as plain rows: what tables of other libraries are made of."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from parindex.analysis.comparison import Comparison
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.ranking import Ranking
from parindex.scheme.scheme import MAX_DEPTH
from parindex.scoring.result import Result
from parindex.tables import compare, data, ranking, score_rows

Tabular = Result | Ranking | Comparison | PublishedRow
Value = str | int | bool | Decimal | None


def to_rows(items: Tabular | Iterable[Tabular]) -> list[dict[str, Value]]:
    """Results, rankings, comparisons or published rows as a list of flat dicts.

    `pandas.DataFrame(rows)` and `polars.DataFrame(rows)` take them as they are.

    Args:
        items: one such thing or several of one kind.

    Returns:
        A dict for each criterion, place, unit or figure, all with the same keys:
        the columns of the same CSV, in the same order. Numbers are `Decimal` or
        `int`, points with all their decimals or twelve digits; None is not known.
    """
    given = [items] if isinstance(items, Result | Ranking | Comparison | PublishedRow) else items
    return [
        {name: _value(name, cell) for name, cell in record.items()}
        for item in given
        for record in _records(item)
    ]


def _value(name: str, cell: Value) -> Value:
    """A cell of CSV as a value: a year is a number, and `complete` true or false."""
    if name == "year" and isinstance(cell, str):
        return int(cell)
    return cell == "true" if name == "complete" else cell


def _records(item: Tabular) -> Iterator[dict[str, Any]]:
    if isinstance(item, Result):
        for row in score_rows.score_rows(item, MAX_DEPTH):
            yield dict(zip(score_rows.COLUMNS, row, strict=True))
    elif isinstance(item, Ranking):
        for record in ranking.ranking_records(item):
            yield {name: record.get(name) for name in ranking.COLUMNS}
    elif isinstance(item, Comparison):
        yield from compare.pair_records(item)
    else:
        yield data.row_record(item)
