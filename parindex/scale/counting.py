"""Rows to counts: one pass of an engine gives a small table, and the definitions are applied to that.

The engine groups rows by unit and by the number that says everything of a row (`rows.py`); how
many groups there are does not depend on how many rows. What each count means is then worked out
in whole numbers (`definitions.yaml`), the same whatever the engine was.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import narwhals as nw

from parindex.scale.dates import Order, is_text, order_of
from parindex.scale.definitions import Definition, definitions
from parindex.scale.engines import Repeated, gathered
from parindex.scale.mapping import Map
from parindex.scale.rejects import NAMES, NUMBERS, Rejects
from parindex.scale.rows import ALL_BITS, BITS, DAYS, RESIDUES, Rows
from parindex.values.collation import same_unit
from parindex.values.fields import one_name

_SPELT: Final = frozenset(
    NUMBERS[name]
    for name in (
        *("unreadable_received", "unreadable_due", "unreadable_returned"),
        *("unreadable_suspended", "unknown_word"),
    )
)
"""Reasons that may vanish where more spellings are read."""
_FIRST: Final = 200
"""Rows by which it is told how a column writes days."""
Group = tuple[str, int]
"""The name of a unit as the rows have it, and the number that says everything of a row."""
Service = tuple[str, str, int, int]
"""Unit, procedure, period in which it was received, whether online."""


class Counted(NamedTuple):
    """How many rows there are of each group, and the number of the first of them."""

    groups: dict[Group, tuple[int, int | None]]
    services: dict[Service, int]
    rows: Rows


def counted(
    frame: Any, read: Map, names: Mapping[str, str], rejects: Rejects, most: int | None = None
) -> Counted:
    """The rows of a frame by group; those whose id stands in several are noted and left out.

    Args:
        frame: a lazy frame of Narwhals; `row`, where it has it, is the number of each row.
        read: the map.
        names: the column of the frame for each column of the map.
        rejects: takes the repeated rows.
        most: about how many rows there are at most, where that is known.
    """
    schema = frame.collect_schema()
    texts = [each for each in DAYS if each in names and is_text(schema[names[each]])]
    orders = _orders(frame, names, texts)
    ids = Repeated(most) if "id" in names else None
    found, keyed = _grouped(frame, Rows(read, names, schema, orders), ids)
    if any(-key // RESIDUES in _SPELT for _, key in found.groups if key < 0):
        found, keyed = _grouped(frame, Rows(read, names, schema), ids)
    if ids is not None:
        _leave_out_repeated(found, keyed, ids, rejects)
    return found


def _orders(frame: Any, names: Mapping[str, str], texts: list[str]) -> dict[str, Order]:
    """What stands first in each column of days, by the first rows."""
    if not texts:
        return {}
    [rows] = gathered([frame.select(**{each: nw.col(names[each]) for each in texts}).head(_FIRST)])
    columns = zip(*rows, strict=True) if rows else [()] * len(texts)
    return {
        name: order_of(None if each is None else str(each) for each in column)
        for name, column in zip(texts, columns, strict=True)
    }


def _grouped(frame: Any, rows: Rows, ids: Repeated | None) -> tuple[Counted, Any]:
    keyed = rows.keyed(rows.taken(frame))
    groups, *services = gathered([_groups(keyed), *_services(keyed, rows)], ids, keyed)
    first = len(groups[0]) > 3 if groups else False  # noqa: PLR2004 - unit, key, n, first
    by_group = {each[:2]: (each[2], each[3] if first else None) for each in groups}
    by_service = {
        (unit, procedure, *divmod(way, 2)): n
        for table in services
        for unit, procedure, way, n in table
        if way > 1
    }
    return Counted(by_group, by_service, rows), keyed


def _groups(keyed: Any) -> Any:
    first = [nw.col("row").min().alias("first")] if "row" in _names(keyed) else []
    return keyed.group_by("unit", "key").agg(nw.len().alias("n"), *first)


def _services(keyed: Any, rows: Rows) -> list[Any]:
    """The rows of each procedure by unit and period; none where the map has no procedure."""
    if not rows.has("procedure"):
        return []
    online = nw.col("f_online") if rows.has("channel") else nw.lit(0)
    # No row is left out here: what an engine leaves out early it reads from the source once more.
    is_counted = (nw.col("kind") == 0) & (nw.col("in") > 0) & (nw.col("procedure") != "")
    way = nw.when(is_counted).then(nw.col("in") * 2 + online).otherwise(nw.lit(0))
    kept = keyed.select("unit", "procedure", way=way)
    return [kept.group_by("unit", "procedure", "way").agg(nw.len().alias("n"))]


def _leave_out_repeated(found: Counted, keyed: Any, ids: Repeated, rejects: Rejects) -> None:
    """Take the rows out whose id stands in several: where all are alike, one of them is counted."""
    rows = found.rows
    columns = {"unit": nw.col("unit"), "key": nw.col("key"), "kind": nw.col("kind")}
    columns["procedure"] = nw.col("procedure") if rows.has("procedure") else nw.lit("")
    columns |= {"in": nw.col("in"), "row": nw.col("row") if "row" in _names(keyed) else nw.lit(-1)}
    columns["online"] = nw.col("f_online") if rows.has("channel") else nw.lit(0)
    by_id: dict[str, list[_Row]] = defaultdict(list)
    for id_, *row in ids.rows(keyed, columns):
        by_id[id_].append(_Row(*row))
    for together in by_id.values():
        if len(together) > 1:
            _leave_out(found, sorted(together, key=lambda each: each.row), rejects)


class _Row(NamedTuple):
    """A row whose id stands in several."""

    unit: str
    key: int
    kind: int
    procedure: str
    start: int
    row: int
    online: int


def _leave_out(found: Counted, together: list[_Row], rejects: Rejects) -> None:
    """Note rows of one id, and take them out of what was counted; rows without it are left alone."""
    same = {(same_unit(one_name(each.unit)), each.key, each.procedure) for each in together}
    is_alike = len(same) == 1 and all(each.kind == 0 for each in together)
    for each in together[1:] if is_alike else together:
        if each.kind:
            continue
        rejects.add(
            "same_id_alike" if is_alike else "same_id_differs",
            1,
            each.row if each.row >= 0 else None,
        )
        number, first = found.groups[each.unit, each.key]
        found.groups[each.unit, each.key] = number - 1, first
        service = each.unit, each.procedure, each.start, each.online
        if service in found.services:
            found.services[service] -= 1


def _names(frame: Any) -> list[str]:
    return list(frame.collect_schema().names())


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
        if key < 0:
            rejects.add(NAMES[-key // RESIDUES], rows, first)
        elif units[name] is None:
            rejects.add("unknown_unit", rows, first, name)
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
    wanted = {name: each for name, each in defined.items() if each.of == "services"}
    met: dict[tuple[int, int, str], set[str]] = defaultdict(set)
    for (unit, procedure, start, online), rows in found.services.items():
        number = units[unit]
        if rows > 0 and number is not None and 1 <= start < found.rows.bins - 1:
            for name, each in wanted.items():
                if not each.when or online == 1:
                    met[number, start, name].add(procedure)
    for (number, start, name), procedures in met.items():
        counts[number][name][start - 1] = len(procedures)
