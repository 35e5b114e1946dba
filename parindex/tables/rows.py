"""Whatever the library gives as plain rows: what tables of other libraries are made of."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from parindex.analysis.comparison import Comparison
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.ranking import Ranking
from parindex.scheme.scheme import MAX_DEPTH
from parindex.scoring.result import Result
from parindex.tables import compare, data, ranking, score_rows
from parindex.tables.table import Cell

Tabular = Result | Ranking | Comparison | PublishedRow
Value = str | int | bool | Decimal | None
_TRUTH: Final = {"true": True, "false": False}


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
        {name: _value(name, cell) for name, cell in zip(columns, cells, strict=True)}
        for item in given
        for columns, cells in _cells(item)
    ]


def _value(name: str, cell: Cell) -> Value:
    if name == "year" and isinstance(cell, str):
        return int(cell)
    return _TRUTH.get(cell, cell) if isinstance(cell, str) and name in _FLAGS else cell


_FLAGS: Final = ("complete", "comparable")


def _cells(item: Tabular) -> Iterator[tuple[Sequence[str], Sequence[Cell]]]:
    if isinstance(item, Result):
        yield from ((score_rows.COLUMNS, row) for row in score_rows.score_rows(item, MAX_DEPTH))
    elif isinstance(item, Ranking):
        yield from ((ranking.COLUMNS, row) for row in ranking.ranking_rows(item))
    elif isinstance(item, Comparison):
        yield from map(_of_record, compare.pair_records(item))
    else:
        yield _of_record(data.row_record(item))


def _of_record(record: dict[str, Any]) -> tuple[Sequence[str], Sequence[Cell]]:
    return tuple(record), tuple(record.values())
