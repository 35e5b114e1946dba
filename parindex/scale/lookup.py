"""A column looked up in a small table, on every engine."""

from collections.abc import Mapping
from typing import Any

import narwhals as nw


def looked_up(frame: Any, key: str, name: str, table: Mapping[Any, int], default: int) -> Any:
    """A lazy frame of Narwhals with one more column: what a table has for another column.

    Args:
        frame: the rows.
        key: the column that is looked up.
        name: what the new column is called.
        table: whole numbers by what stands in the column, few enough to lie in memory.
        default: the number of what the table does not have.
    """
    other = _as_frame(frame, table)
    if other is None:
        values = nw.col(key).replace_strict(
            list(table), list(table.values()), default=default, return_dtype=nw.Int64
        )
        return frame.with_columns(values.alias(name))
    joined = frame.join(other, left_on=key, right_on="looked_key", how="left")
    found = nw.col("looked_value").fill_null(default).cast(nw.Int64).alias(name)
    return joined.with_columns(found).drop(["looked_key", "looked_value"], strict=False)


def _as_frame(frame: Any, table: Mapping[Any, int]) -> Any:
    """The table as a frame of the engine; None where the engine looks up by itself."""
    kind = frame.implementation
    if kind.is_pyspark() or kind.is_pyspark_connect():
        key = "string" if isinstance(next(iter(table)), str) else "long"
        spark = frame.to_native().sparkSession
        form = f"looked_key {key}, looked_value long"
        return nw.from_native(spark.createDataFrame(list(table.items()), form))
    return None
