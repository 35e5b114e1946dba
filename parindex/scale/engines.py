"""What is done by the engine's own means: results of several questions at once, rows whose id is repeated.

Polars is the engine that comes with the extra; whatever else Narwhals takes answers too.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from parindex.scale.dates import SPACES

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
        frame: a lazy frame of Narwhals.
        column: its column of ids.
        most: a number than which there are not more rows, where one is known.
    """

    def __init__(self, frame: Any, column: str, most: int | None) -> None:
        text = nw.col(column).cast(nw.String).fill_null("").str.strip_chars(SPACES)
        self._ids = frame.select(id=text).filter(nw.col(_ID) != "")
        self._is_small = most is not None and most <= _AT_ONCE
        self._twice: Any = None

    def asked(self) -> list[Any]:
        """What is asked together with the rest, of Polars: the ids as numbers, once."""
        if not self._is_small or self._twice is not None:
            return []
        return [self._ids.to_native().select(_mark())]

    def told(self, answers: Sequence[Any]) -> None:
        """Take the answers to what was asked."""
        for each in answers:
            self._twice = _twice(each.to_series())

    def rows(self, frame: Any, columns: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The id and some columns of rows whose id is repeated, and perhaps of a few more."""
        if is_polars(frame):
            return self._by_marks(frame, columns)
        many = self._ids.group_by(_ID).agg(nw.len().alias("times"))
        many = many.filter(nw.col("times") > 1).select(_ID)
        found = frame.join(many, on=_ID, how="semi").select(_ID, **columns)
        rows: list[tuple[Any, ...]] = found.collect().rows()
        return rows

    def _by_marks(self, frame: Any, columns: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        twice = self._all_twice() if self._twice is None else self._twice
        if twice.is_empty():
            return []
        marked = frame.filter(nw.col(_ID) != "").select(_ID, **columns).to_native()
        marked = marked.with_columns(_mark())
        found = marked.join(twice.to_frame("mark").lazy(), on="mark", how="semi").drop("mark")
        rows: list[tuple[Any, ...]] = found.collect(engine="streaming").rows()
        return rows

    def _all_twice(self) -> Any:
        """The repeated marks of many ids, one part after another."""
        import polars

        marks = self._ids.to_native().select(_mark())
        total = marks.select(polars.len()).collect(engine="streaming").item()
        parts = -(-total // _AT_ONCE)
        again = [
            _twice(
                marks.filter(polars.col("mark") % parts == part)
                .collect(engine="streaming")
                .to_series()
            )
            for part in range(parts)
        ]
        return polars.concat([_twice(polars.Series("mark", [], polars.UInt64)), *again])


def _mark() -> Any:
    import polars

    return polars.col(_ID).hash().alias("mark")


def _twice(marks: Any) -> Any:
    """Those of many numbers that occur more than once, each of them once."""
    import polars

    numbers = marks.to_numpy().copy()
    numbers.sort()
    return polars.Series("mark", numbers[1:][numbers[1:] == numbers[:-1]], polars.UInt64).unique()


def gathered(frames: Sequence[Any], ids: Repeated | None = None) -> list[list[tuple[Any, ...]]]:
    """The rows of several small results, read from the source together where the engine can.

    Args:
        frames: lazy frames of Narwhals, of one source.
        ids: what is asked of the ids at the same time, where the engine can.
    """
    if is_polars(frames[0]):
        import polars

        more = ids.asked() if ids is not None else []
        asked = [*(each.to_native() for each in frames), *more]
        found = polars.collect_all(asked, engine="streaming")
        if ids is not None:
            ids.told(found[len(frames) :])
        return [each.rows() for each in found[: len(frames)]]
    return [each.collect().rows() for each in frames]
