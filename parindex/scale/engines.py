"""Who counts rows: this process, batch after batch, or the engine with which they lie."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import narwhals as nw
import polars

from parindex.scale.batches import Batches, Typed
from parindex.scale.mapping import Map
from parindex.scale.rows import Rows

_TEXTS: Final = ("unit", "procedure", "text")


def engine_for(
    frames: Sequence[Any], read: Map, typed: Typed | None = None
) -> "Batches | Elsewhere":
    """Who counts the rows of frames of Narwhals; of those that lie elsewhere there is one."""
    frame = frames[0]
    known = frame.implementation
    is_here = isinstance(frame, nw.DataFrame) or known.is_polars() or known.is_duckdb()
    return Batches(frames, read, typed) if is_here else Elsewhere(frame, read)


class Elsewhere:
    """Counts rows that stay where they are, as those of Spark: only small results leave their engine.

    Args:
        frame: a lazy frame of Narwhals whose columns have the names of the map's fields.
        read: the map.
    """

    def __init__(self, frame: Any, read: Map) -> None:
        self.rows = Rows(read, frame.collect_schema())
        taken = self.rows.taken(frame, self.rows.columns)
        if self.rows.unit is not None:
            taken = taken.with_columns(unit=nw.lit(self.rows.unit))
        self._keyed = self.rows.keyed(taken)

    def counts(self) -> tuple[Any, Any]:
        """As `Batches.counts`."""
        services = self._sums("unit", "procedure", "way").filter(polars.col("way") > 1)
        return self._sums("unit", "key"), services

    def _sums(self, *columns: str) -> Any:
        # No row is left out before: what an engine leaves out early it reads from the source once more.
        first = [nw.col("row").min().alias("first")] if self.rows.has("row") else []
        found = _collected(self._keyed.group_by(*columns).agg(nw.len().alias("n"), *first))
        return found if first else found.with_columns(first=polars.lit(None, polars.Int64))

    def repeated(self) -> Iterator[Any]:
        """As `Batches.repeated`, all at once."""
        if self.rows.has("id"):
            row = [nw.col("row")] if self.rows.has("row") else []
            columns = "unit", "key", "procedure", "way", "kind"
            rows = self._keyed.select(*columns, *row, text=nw.col("id")).filter(
                nw.col("text") != ""
            )
            times = rows.group_by("text").agg(nw.len().alias("times"))
            many = times.filter(nw.col("times") > 1).select("text")
            yield _collected(rows.join(many, on="text", how="semi"))


def _collected(frame: Any) -> Any:
    """A small result as a frame of Polars."""
    names = frame.collect_schema().names()
    schema = {name: polars.String if name in _TEXTS else polars.Int64 for name in names}
    return polars.DataFrame(frame.collect().rows(), schema=schema, orient="row")
