"""Facts of dossiers as Python: rows of files, or of a frame where it lies, to scorecards."""

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Any, ClassVar

import narwhals as nw
from msgspec import Struct

from parindex.findings import InputError
from parindex.scale.batches import Typed
from parindex.scale.cards import cards_of
from parindex.scale.counting import counted, counts_by_unit
from parindex.scale.mapping import Map, map_given, read_map
from parindex.scale.native import native
from parindex.scale.rejects import EXPECTED, Reject, Rejects
from parindex.scale.tables import chosen
from parindex.scale.units import units_of
from parindex.scorecard.scorecard import Scorecard
from parindex.values.as_data import AsData
from parindex.values.brief import brief


class Facts(AsData, Struct, frozen=True):
    """What rows of dossiers give: scorecards, and the rows that are in none of them.

    `read` is how many rows there were, and `counted` how many of them are counted; the others
    are in `rejects`: `read` = `counted` + the rows of all `rejects`. As data it is what
    `--report` writes; `to_json(found.scorecards)` is what `facts --format json` prints.
    """

    scorecards: tuple[Scorecard, ...]
    rejects: tuple[Reject, ...]
    read: int
    counted: int
    without: tuple[str, ...] = ()
    """Units of the map of which there was no dossier."""
    _writer: ClassVar[str] = "parindex.scale.rejects"

    @property
    def is_clean(self) -> bool:
        """Whether every row that belongs to a period was counted."""
        return all(each.kind in EXPECTED for each in self.rejects)

    def __repr__(self) -> str:
        cards = f"{len(self.scorecards)} scorecards"
        return brief(self, cards, f"{self.read} rows read", f"{self.counted} counted")


def facts(frame: Any, mapping: str | PathLike[str] | Mapping[str, Any]) -> Facts:
    """Scorecards with facts and counts, one for each unit and period, from rows of dossiers.

    >>> import polars
    >>> frame = polars.read_csv("examples/dossiers/rows.csv", skip_rows=1, infer_schema=False)
    >>> found = parindex.facts(frame, "examples/dossiers/map.yaml")
    >>> found.read, found.counted
    (43, 38)

    Args:
        frame: the rows: a frame of Polars (lazy or not), DuckDB, pandas, PyArrow, Spark or
            whatever else Narwhals takes. Only the mapped columns are read, where they lie.
        mapping: the name of a map file, or a mapping with the same fields.

    Raises:
        InputError: every fault of the map; P109 the frame lacks a column of it.
        TypeError: `frame` is no frame, such as the name of a file.
        ValueError: two of its columns have one name, or a name is no text.
    """
    read = map_given(mapping) if isinstance(mapping, Mapping) else read_map(str(mapping))
    given = native(frame)
    names = given.collect_schema().names()
    columns = chosen(read.columns, names, "frame")
    if isinstance(given, nw.DataFrame) and not {"row", "wide"} & set(names):
        given = given.with_row_index("row").with_columns(nw.col("row").cast(nw.Int64) + 1)
    taken = {name: nw.col(names[at]) for name, at in columns.items()}
    has_rows = "row" in given.collect_schema().names() and "row" not in names
    if has_rows:
        taken["row"] = nw.col("row")
    return facts_of([given.select(**taken)], read, ["frame"])


def facts_of(
    frames: Sequence[Any],
    read: Map,
    files: Sequence[str],
    scheme: str | None = None,
    typed: Typed | None = None,
) -> Facts:
    """Scorecards from frames of Narwhals, lazy or not, whose columns have the names of the map's fields.

    Args:
        frames: the rows, all of the same types; `row` is the number of each, `wide` whether it has too many cells.
        read: the map.
        files: the files by their numbers, for the places of rows.
        scheme: the scheme of the scorecards, where not that of the map.
        typed: gives the same frames with some of their texts read as other types.
    """
    rejects = Rejects(files)
    found = counted([*map(_with_texts, frames)], read, rejects, typed)
    total = sum(rows for rows, _ in found.groups.values()) + sum(
        each.rows for each in rejects.all()
    )
    units = units_of({name for name, key in found.groups if key >= 0}, read)
    counts = counts_by_unit(found, units.numbers, rejects, read.known())
    kept = sum(
        rows
        for (name, key), (rows, _) in found.groups.items()
        if key >= 0 and units.numbers[name] is not None
    )
    told = tuple(rejects.all())
    if kept + sum(each.rows for each in told) != total:
        raise AssertionError("rows counted and rows reported are not all rows")
    without = [unit.unit for at, unit in enumerate(units.units) if at not in counts]
    cards = tuple(cards_of(read, units.units, counts, scheme))
    return Facts(cards, told, total, kept, tuple(without))


def _with_texts(frame: Any) -> Any:
    """A frame whose binary numbers are texts, empty where they are none.

    A column of whole numbers with empty cells is one of binary numbers in pandas.
    """
    schema = frame.collect_schema()
    texts = {name: _text(nw.col(name)) for name in schema if schema[name].is_float()}
    return frame.with_columns(**texts) if texts else frame


def _text(number: Any) -> Any:
    is_none = number.is_null() | number.is_nan()
    return nw.when(is_none).then(nw.lit("")).otherwise(number.cast(nw.String))


__all__ = ["Facts", "InputError", "facts", "facts_of"]
