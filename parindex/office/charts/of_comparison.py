"""The picture of `compare`: where each unit stood and stands, up and down."""

from collections.abc import Sequence
from typing import NamedTuple

from parindex.office.charts.chart import Chart, Series
from parindex.office.charts.telling import label_of, number_of, source_of_schemes, sources
from parindex.tables.compare import Compared, comparison_tables, known_notes, remarks
from parindex.tables.table import Cell, Table
from parindex.values.language import Language


def comparison_charts(each: Compared, say: Language, *, detail: bool) -> list[Chart]:
    """The index of the units on both sides, or their ranks where more of these are known.

    With `detail` also the criteria of each unit. All of it from the tables that `compare` prints.
    """
    tables = [*comparison_tables(each, say, detail=detail)]
    found = each.found
    about = _About((found.before, found.after), _source(each, say), (*remarks(each, say),), say)
    criteria = [table for table in tables[1:] if "code" in table.keys]
    charts = [
        _pairs(table, "index", "change", table.notes[:_MOST_NOTES], say("Percent"), about)
        for table in criteria
    ]
    units = tables[0]
    if any(_both(table, "index") for table in criteria):
        return charts
    by_rank = _both(units, "rank") > _both(units, "index")
    figure, change = ("rank", "move") if by_rank else ("index", "change")
    unit = say("Rank") if by_rank else say("Index, %")
    known = [*known_notes(found, each.of, say)] if found.pairs else []
    return [_pairs(units, figure, change, known, unit, about)]


class _About(NamedTuple):
    """What all pictures of a comparison say: its sides, sources, and what to bear in mind."""

    sides: tuple[str, str]
    source: str
    remarks: tuple[str, ...]
    say: Language


def _both(table: Table, figure: str) -> int:
    """Of how many rows a figure is known on both sides."""
    return sum(None not in pair for pair in zip(*_sides(table, figure), strict=True))


def _sides(table: Table, figure: str) -> tuple[list[Cell], list[Cell]]:
    empty: list[Cell] = [None] * len(table.rows)
    before, after = (
        table.cells(key) if (key := f"{figure}_{side}") in table.keys else empty
        for side in ("before", "after")
    )
    return before, after


def _pairs(
    table: Table, figure: str, change: str, notes: Sequence[str], unit: str, about: _About
) -> Chart:
    """The rows of a table of which a figure is known on a side."""
    before, after = _sides(table, figure)
    kept = [at for at in range(len(table.rows)) if (before[at], after[at]) != (None, None)]
    names = table.cells("unit" if "unit" in table.keys else "name")
    codes: list[Cell] = table.cells("code") if "code" in table.keys else [None] * len(names)
    changes: list[Cell] = table.cells(change) if change in table.keys else [None] * len(names)
    notes = [*notes, *about.remarks]
    if left := len(table.rows) - len(kept):
        notes.insert(
            0, about.say("Not drawn, because the figure is not known: {count}.", count=left)
        )
    return Chart(
        "dumbbells",
        table.title,
        tuple(label_of(codes[at], names[at]) for at in kept),
        tuple(
            Series(name, tuple(number_of(side[at]) for at in kept))
            for name, side in zip(about.sides, (before, after), strict=True)
        ),
        unit=unit,
        texts=tuple(str(changes[at] or "–") for at in kept),
        places=figure == "rank",
        source=about.source,
        notes=tuple(dict.fromkeys(notes)),
    )


_MOST_NOTES = 5


def _source(each: Compared, say: Language) -> str:
    """The sources of the rows, or the schemes by which they were computed."""
    rows = [side for pair in each.found.pairs for side in (pair.before, pair.after) if side]
    told = sources((row.source or "" for row in rows), say)
    if told:
        return told
    return source_of_schemes((row.scheme for row in rows), say)
