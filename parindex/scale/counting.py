"""Rows to counts: one pass of an engine gives a small table, and the definitions are applied to that.

The engine groups rows by unit and by the number that says everything of a row (`rows.py`); how
many groups there are does not depend on how many rows. What each count means is then worked out
in whole numbers (`definitions.yaml`), the same whatever the engine was.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import polars

from parindex.scale.batches import Typed
from parindex.scale.definitions import Definition, definitions
from parindex.scale.engines import engine_for
from parindex.scale.mapping import Map
from parindex.scale.rejects import NAMES, PLACES, Rejects
from parindex.scale.rows import ALL_BITS, BITS, RESIDUES, Rows
from parindex.values.collation import same_unit
from parindex.values.fields import one_name

Group = tuple[str, int]
"""The name of a unit as the rows have it, and the number that says everything of a row."""
_SAME: Final = ("named", "key", "procedure")


class Counted(NamedTuple):
    """How many rows there are of each group, and the number of the first of them."""

    groups: dict[Group, tuple[int, int | None]]
    services: Any
    """A frame of the units, procedures and ways that have dossiers: `n` of each."""
    rows: Rows


def counted(
    frames: Sequence[Any], read: Map, rejects: Rejects, typed: Typed | None = None
) -> Counted:
    """The rows of frames by group; those whose id stands in several are noted and left out.

    Args:
        frames: frames of Narwhals; `row`, where they have it, is the number of each row.
        read: the map.
        rejects: takes the repeated rows.
        typed: gives the same frames with some of their texts read as other types.
    """
    engine = engine_for(frames, read, typed)
    groups, services = engine.counts()
    for rows in engine.repeated():
        left = _left_out(rows)
        for kind, some in (
            ("alike", left.filter("alike")),
            ("differs", left.filter(~polars.col("alike"))),
        ):
            first = some["row"].head(PLACES) if "row" in some.columns else ()
            rejects.add(f"same_id_{kind}", len(some), first)
        groups, services = _less(groups, left), _less(services, left.filter(polars.col("way") > 1))
    by_group = {(unit, key): (n, first) for unit, key, n, first in groups.rows()}
    return Counted(by_group, services, engine.rows)


def _left_out(rows: Any) -> Any:
    """The rows that are not counted of those whose id stands in several: where all are alike, one is."""
    rows = rows.sort("row") if "row" in rows.columns else rows
    named = {name: str(same_unit(one_name(name))) for name in rows["unit"].unique()}
    rows = rows.with_columns(named=polars.col("unit").replace(named))
    same = [polars.col(name).min() == polars.col(name).max() for name in _SAME]
    alike = polars.all_horizontal(*same, polars.col("kind").max() == 0)
    ids = rows.group_by("text").agg(alike=alike, times=polars.len()).filter(polars.col("times") > 1)
    rows = rows.with_row_index("at").join(ids, on="text").sort("at")
    is_kept = polars.col("alike") & polars.col("text").is_first_distinct()
    return rows.filter((polars.col("kind") == 0) & ~is_kept)


def _less(sums: Any, left: Any) -> Any:
    """Sums without rows that are left out."""
    columns = [name for name in sums.columns if name not in ("n", "first")]
    gone = left.select(*columns, n=polars.lit(-1), first=polars.lit(None)).cast(sums.schema)
    total = polars.concat([sums, gone]).group_by(columns)
    return total.agg(polars.col("n").sum(), polars.col("first").min())


Counts = dict[str, list[int]]
"""Each count by its name: one number for each period."""


def counts_by_unit(
    found: Counted, units: Mapping[str, int | None], rejects: Rejects, known: Iterable[str]
) -> dict[int, Counts]:
    """The counts of each unit, by its number; rows that are not counted are noted.

    Args:
        found: the rows by group.
        units: the number of the unit for each name in the rows; None where it is unknown.
        rejects: takes the rows that are not counted.
        known: the counts that are wanted.
    """
    defined = {name: definitions()[name] for name in known}
    periods = len(found.rows.periods)
    counts: dict[int, Counts] = defaultdict(
        lambda: {name: [0] * periods for name in defined if not defined[name].parts}
    )
    tables = {
        bits: _names_of(bits, defined) for bits in {key % ALL_BITS for _, key in found.groups}
    }
    for (name, key), (rows, first) in found.groups.items():
        firsts = () if first is None else (first,)
        if key < 0:
            rejects.add(NAMES[-key // RESIDUES], rows, firsts)
        elif units[name] is None:
            if one_name(name).strip():
                rejects.add("unknown_unit", rows, firsts, name)
            else:
                rejects.add("no_unit", rows, firsts)
        elif rows:
            _count(counts[units[name] or 0], key, rows, found.rows.bins, tables)
    _count_services(found, units, counts, defined)
    return counts


def _names_of(bits: int, defined: Mapping[str, Definition]) -> dict[str, list[str]]:
    """The counts to which a dossier belongs by what holds of it, for each day by which it does."""
    names: dict[str, list[str]] = {
        "received": [],
        "returned": [],
        "start": [],
        "end": [],
        "over": [],
    }
    for name, each in defined.items():
        if each.at is None or each.of != "dossiers":
            continue
        at = "over" if "overdue" in each.when else each.at
        if all(_holds(condition, bits) for condition in each.when if condition != "overdue"):
            names[at].append(name)
    return names


def _holds(condition: str, bits: int) -> bool:
    name = condition.removeprefix("not ")
    return bool(bits & BITS[name]) is (name == condition)


def _count(
    counts: Counts, key: int, rows: int, bins: int, tables: Mapping[int, Mapping[str, list[str]]]
) -> None:
    """Add rows that are alike to the counts of the periods in which they belong to them."""
    packed, bits = divmod(key, ALL_BITS)
    packed, over = divmod(packed, bins)
    start, end = divmod(packed, bins)
    names = tables[bits]
    # Periods are numbered from 1: before the first of them stands 0, after the last `bins - 1`.
    last = bins - 2
    opened, closed = range(start + 1, min(end, last) + 1), range(max(start, 1), min(end, last + 1))
    where = {
        "received": range(start, start + 1) if 1 <= start <= last else range(0),
        "returned": range(end, end + 1) if 1 <= end <= last else range(0),
        "start": opened,
        "end": closed,
        "over": range(max(closed.start, over), closed.stop),
    }
    for at, periods in where.items():
        for name in names[at]:
            for period in periods:
                counts[name][period - 1] += rows


def _count_services(
    found: Counted,
    units: Mapping[str, int | None],
    counts: Mapping[int, Counts],
    defined: Mapping[str, Definition],
) -> None:
    """Count the procedures that had dossiers, each once for a unit and a period."""
    used = found.services.filter(polars.col("n") > 0).with_columns(
        number=polars.col("unit").replace_strict(units, return_dtype=polars.Int64),
        start=polars.col("way") // 2,
    )
    last = len(found.rows.periods)
    used = used.filter(polars.col("number").is_not_null(), polars.col("start").is_between(1, last))
    for name, each in defined.items():
        if each.of == "services":
            some = used.filter(polars.col("way") % 2 == 1) if each.when else used
            met = some.group_by("number", "start").agg(polars.col("procedure").n_unique())
            for number, start, procedures in met.rows():
                counts[number][name][start - 1] = procedures
