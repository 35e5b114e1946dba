"""Rows of dossiers that were not counted: why, how many, and where the first of them are."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from parindex.tables.columns import columns
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import Language

FORMAT: Final = "parindex-rows/1"
COLUMNS: Final = ("kind", "rows", "found", "places")
_NAME: Final = 80


def rejects_table(
    records: Iterable[Mapping[str, Any]],
    reasons: Mapping[str, str],
    read: int,
    counted: int,
    say: Language,
) -> Table:
    """Each reason with its number of rows and first places; counted and reported rows are all.

    Args:
        records: `kind`, `rows`, `found` (the name of an unknown unit) and `places` of each.
        reasons: what each kind means, still in English.
        read: how many rows were read.
        counted: how many of them were counted.
        say: the reader's language.
    """
    builder = TableBuilder(columns(say, "rows reason place"))
    for each in records:
        name = each["found"][:_NAME]
        reason = say(reasons[each["kind"]])
        more = ["…"] if each["rows"] > len(each["places"]) and each["places"] else []
        place = ", ".join([*each["places"], *more])
        builder.add(rows=each["rows"], reason=f"{reason}: {name}" if name else reason, place=place)
    title = say(
        "{read} rows read: {counted} counted, {reported} not",
        read=read,
        counted=counted,
        reported=read - counted,
    )
    return builder.table(title)
