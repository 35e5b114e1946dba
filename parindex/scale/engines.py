"""What is done by the engine's own means: results of several questions at once, rows whose id is repeated.

Polars is the engine that comes with the extra; whatever else Narwhals takes answers too.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import narwhals as nw

_AT_ONCE: Final = 16_000_000
"""Ids that are compared at once, by eight bytes each; more are compared part by part."""
_ID: Final = "id"


def is_polars(frame: Any) -> bool:
    """Whether a lazy frame of Narwhals is one of Polars."""
    return bool(frame.implementation.is_polars())


class Repeated:
    """Finds the rows whose id stands in others, too.

    In Polars ids are compared by eight bytes made of each, so that many need little memory, and
    together with what else is asked of the rows where they are not too many.

    Args:
        most: about how many rows there are at most, where that is known.
    """

    def __init__(self, most: int | None) -> None:
        self._is_small = most is not None and most <= _AT_ONCE
        self._twice: Any = None

    def asked(self, frame: Any) -> list[Any]:
        """What is asked together with the rest, of Polars: the ids as numbers, once.

        All of them, for rows that are left out here would be read from the source once more.
        """
        if not self._is_small or self._twice is not None:
            return []
        return [frame.to_native().select(_mark())]

    def told(self, answers: Sequence[Any]) -> None:
        """Take the answers to what was asked."""
        for each in answers:
            self._twice = _twice(each.to_series())

    def rows(self, frame: Any, columns: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The id and some columns of rows whose id is repeated, and perhaps of a few more."""
        frame = frame.filter(nw.col(_ID) != "")
        if is_polars(frame):
            return self._by_marks(frame, columns)
        many = frame.group_by(_ID).agg(nw.len().alias("times"))
        many = many.filter(nw.col("times") > 1).select(_ID)
        found = frame.join(many, on=_ID, how="semi").select(_ID, **columns)
        rows: list[tuple[Any, ...]] = found.collect().rows()
        return rows

    def _by_marks(self, frame: Any, columns: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        twice = _all_twice(frame) if self._twice is None else self._twice
        if twice.is_empty():
            return []
        marked = frame.select(_ID, **columns).to_native().with_columns(_mark())
        found = marked.join(twice.to_frame("mark").lazy(), on="mark", how="semi").drop("mark")
        rows: list[tuple[Any, ...]] = found.collect(engine="streaming").rows()
        return rows


def _all_twice(frame: Any) -> Any:
    """The repeated marks of many ids, one part after another."""
    import polars

    marks = frame.to_native().select(_mark())
    total = marks.select(polars.len()).collect(engine="streaming").item()
    parts = -(-total // _AT_ONCE)
    again = [_twice(polars.Series("mark", [], polars.UInt64))]
    for part in range(parts):
        some = marks.filter(polars.col("mark") % parts == part) if parts > 1 else marks
        again.append(_twice(some.collect(engine="streaming").to_series()))
    return polars.concat(again)


def _mark() -> Any:
    import polars

    return polars.col(_ID).hash().alias("mark")


def _twice(marks: Any) -> Any:
    """Those of many numbers that occur more than once, each of them once."""
    import polars

    numbers = marks.sort()
    twice = numbers.filter(numbers == numbers.shift(1)).unique()
    return twice.filter(~twice.is_in(polars.select(polars.lit("").hash()).to_series().implode()))


def gathered(
    frames: Sequence[Any], ids: Repeated | None = None, rows: Any = None
) -> list[list[tuple[Any, ...]]]:
    """The rows of several small results, read from the source together where the engine can.

    Args:
        frames: lazy frames of Narwhals, of one source.
        ids: what is asked of ids at the same time, where the engine can.
        rows: the frame that has them.
    """
    if is_polars(frames[0]):
        import polars

        more = ids.asked(rows) if ids is not None else []
        asked = [*(each.to_native() for each in frames), *more]
        found = polars.collect_all(asked, engine="streaming")
        if ids is not None:
            ids.told(found[len(frames) :])
        return [each.rows() for each in found[: len(frames)]]
    return [each.collect().rows() for each in frames]
