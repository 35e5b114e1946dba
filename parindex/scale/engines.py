"""What is done by the engine's own means: results of several questions at once, rows whose id is repeated.

Polars is the engine that comes with the extra; whatever else Narwhals takes answers too.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import narwhals as nw

_AT_ONCE: Final = 16_000_000
"""Ids that are compared at once, by eight bytes each; more are compared part by part."""


def is_polars(frame: Any) -> bool:
    """Whether a lazy frame of Narwhals is one of Polars."""
    return bool(frame.implementation.is_polars())


def gathered(frames: Sequence[Any]) -> list[list[tuple[Any, ...]]]:
    """The rows of several small results, read from the source together where the engine can."""
    if is_polars(frames[0]):
        import polars

        found = polars.collect_all([each.to_native() for each in frames], engine="streaming")
        return [each.rows() for each in found]
    return [_eager(each).rows() for each in frames]


def _eager(frame: Any) -> Any:
    """A lazy frame with its rows in memory; that of pandas has them there already."""
    return frame.collect()


def rows_of_repeated(frame: Any, columns: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The id and some columns of rows whose id stands in other rows, too, and perhaps of a few more.

    Rows without an id are none of them. In Polars ids are compared by eight bytes made of
    each, so that many need little memory; so rows of different ids may be among them.
    """
    frame = frame.filter(nw.col("id") != "")
    if is_polars(frame):
        return _by_hashes(frame, columns)
    many = frame.group_by("id").agg(nw.len().alias("times"))
    many = many.filter(nw.col("times") > 1).select("id")
    found = frame.join(many, on="id", how="semi").select("id", **columns)
    return list(_eager(found).rows())


def _by_hashes(frame: Any, columns: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    import polars

    mark = polars.col("id").hash().alias("mark")
    native = frame.to_native()
    total = native.select(polars.len()).collect(engine="streaming").item()
    parts = -(-total // _AT_ONCE)
    again: list[Any] = []
    for part in range(parts):
        marks = native.select(mark)
        marks = marks.filter(polars.col("mark") % parts == part) if parts > 1 else marks
        again.append(_twice(marks.collect(engine="streaming").to_series()))
    twice = polars.concat(again) if again else polars.Series("mark", [], polars.UInt64)
    if twice.is_empty():
        return []
    marked = frame.select("id", **columns).to_native().with_columns(mark)
    found = marked.join(twice.to_frame("mark").lazy(), on="mark", how="semi").drop("mark")
    rows: list[tuple[Any, ...]] = found.collect(engine="streaming").rows()
    return rows


def _twice(marks: Any) -> Any:
    """Those of many numbers that occur more than once, each of them once."""
    import polars

    numbers = marks.to_numpy().copy()
    numbers.sort()
    return polars.Series("mark", numbers[1:][numbers[1:] == numbers[:-1]], polars.UInt64).unique()
