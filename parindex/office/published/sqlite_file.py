"""The set as one SQLite file: tables with their keys, and views for the questions that are asked most."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Final

from parindex.analysis.published_row import PublishedRow
from parindex.office.published.data_package import notes
from parindex.office.published.data_set import FORMAT, TITLE, Cell, Column, DataTable, data_set
from parindex.values.language import Language
from parindex.version import __version__

_TYPES: Final = {"text": "TEXT", "whole": "INTEGER", "figure": "REAL"}
PRINTED: Final = "_printed"
"""Ends the name of the column that keeps the digits of a figure: 82.30 is 82.3 in a REAL."""
VIEWS: Final = """
CREATE VIEW provinces AS
  -- One row for each province and year: index, rank, SIPAS, and the means beside it.
  SELECT r.year, r.unit, g.name AS region_name, r."index" AS par_index, r.rank, r."of" AS units,
    r.band, r.change, r.move, s."index" AS sipas, s.rank AS sipas_rank,
    m.value AS mean, n.value AS mean_of_region, round(r."index" - m.value, 2) AS above_mean, r.source
  FROM known r
  LEFT JOIN regions g ON g.id = r.region_id
  LEFT JOIN known s ON s.kind = 'sipas' AND s.year = r.year AND s.unit_id = r.unit_id
  LEFT JOIN known m ON m.kind = 'figure' AND m.code = 'average_index' AND m.level = 'province'
    AND m.year = r.year AND m.unit IS NULL AND m.region IS NULL AND m."group" IS NULL
  LEFT JOIN known n ON n.kind = 'figure' AND n.code = 'average_index' AND n.level = 'province'
    AND n.year = r.year AND n.unit IS NULL AND n.region_id = r.region_id
  WHERE r.kind = 'result' AND r.level = 'province';
CREATE VIEW ministries AS
  -- One row for each ministry and year.
  SELECT r.year, r.unit, r."index" AS par_index, r.rank, r."of" AS units, r.change, r.move,
    m.value AS mean, round(r."index" - m.value, 2) AS above_mean, r.source
  FROM known r
  LEFT JOIN known m ON m.kind = 'figure' AND m.code = 'average_index' AND m.level = 'ministry'
    AND m.year = r.year AND m.unit IS NULL AND m."group" IS NULL
  WHERE r.kind = 'result' AND r.level = 'ministry';
CREATE VIEW areas AS
  -- One row for each area of a unit and year, in percent of its maximum where that is known.
  SELECT r.year, r.level, r.unit, r.code AS area, r.points, r.max,
    coalesce(r."index", round(100 * r.points / r.max, 2)) AS percent, r.rank, r.source
  FROM known r WHERE r.kind = 'area';
CREATE VIEW coverage AS
  -- How much is known of each kind, level and year.
  SELECT r.kind, r.level, r.year, count(r."index") AS figures, count(r.rank) AS ranks,
    max(r."index") AS highest, min(r."index") AS lowest
  FROM known r WHERE r.unit IS NOT NULL AND r.kind IN ('result', 'sipas')
  GROUP BY r.kind, r.level, r.year;
CREATE VIEW disagreements AS
  -- Rows that contradict each other or cannot be right, as their sources print them.
  SELECT r.year, r.kind, r.level, r.unit, r.code, r.index_printed, r.rank, r.value_printed,
    r.doubt, r.source, r.note
  FROM published r WHERE r.doubt IS NOT NULL;
"""


def sqlite_file(rows: Sequence[PublishedRow], say: Language) -> bytes:
    """The database; the same rows give the same bytes with the same SQLite.

    Args:
        rows: published rows.
        say: the language of what is said of tables and columns.
    """
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(f"PRAGMA foreign_keys = ON; {_about(say)}")
        base.executemany("INSERT INTO about VALUES (?, ?)", _told(say))
        for table in data_set(rows, say):
            base.executescript(_create(table))
            marks = ", ".join("?" * sum(1 for column in table.columns for _ in _stored(column)))
            base.executemany(
                f'INSERT INTO "{table.name}" VALUES ({marks})',  # noqa: S608 - a name of ours
                (_row(table.columns, row) for row in table.rows),
            )
            base.executescript("".join(_indexes(table)))
        base.executescript(VIEWS)
        base.commit()
        base.execute("VACUUM")
        return base.serialize()


def _about(say: Language) -> str:
    about = say("What this is, what is free and who is to be named.")
    return f"CREATE TABLE about (\n  -- {about}\n  item TEXT PRIMARY KEY,\n  text TEXT NOT NULL\n);"


def _told(say: Language) -> Iterator[tuple[str, str]]:
    free, named = notes(say)
    yield from (("title", say(TITLE)), ("free", free), ("named", named))
    yield from (("licence", "MIT"), ("format", FORMAT), ("version", __version__))


def _create(table: DataTable) -> str:
    """The statement that makes a table; what its columns hold stands there as comments."""
    lines = [f'CREATE TABLE "{table.name}" (', f"  -- {table.about}"]
    stored = [(column, *pair) for column in table.columns for pair in _stored(column)]
    for number, (column, name, kind) in enumerate(stored, start=1):
        key = " PRIMARY KEY" if number == 1 else " NOT NULL" if column.required else ""
        refers = ' REFERENCES "{}" ("{}")'.format(*column.refers) if column.refers else ""
        comma = "," if number < len(stored) else ""
        about = "" if name != column.name else f"  -- {column.about}"
        lines.append(f'  "{name}" {kind}{key}{refers}{comma}{about}')
    return "\n".join([*lines, ");"])


def _stored(column: Column) -> Iterator[tuple[str, str]]:
    """The columns that one is stored as: of a figure also its digits."""
    yield column.name, _TYPES[column.kind]
    if column.kind == "figure":
        yield f"{column.name}{PRINTED}", "TEXT"


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> list[str | int | None]:
    """The cells of a row; SQLite itself makes numbers of the digits of figures."""
    cells: list[str | int | None] = []
    for column, cell in zip(columns, row, strict=True):
        if column.kind == "figure":
            cells += [None, None] if cell is None else [f"{cell:f}"] * 2
        else:
            cells.append(cell if cell is None or isinstance(cell, int) else str(cell))
    return cells


def _indexes(table: DataTable) -> Iterator[str]:
    for column in table.columns:
        if column.refers:
            name = f"{table.name}_{column.name}"
            yield f'CREATE INDEX "{name}" ON "{table.name}" ("{column.name}");'
