"""Published figures as sheets, rows and data."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from parindex.analysis.published_row import PublishedRow
from parindex.published_figures.choose import Coverage
from parindex.published_figures.units import Unit
from parindex.tables.sheet import Cell, Column, Sheet, filled, places
from parindex.values.language import Language, mark

FORMAT = "parindex-published/1"
COVERAGE_FORMAT = "parindex-coverage/1"
SHIPPED = "parindex"
"""The name of the project's own tables, beside the files of a user."""
COLUMNS = (
    *("kind", "year", "level", "province", "region", "group", "unit", "code"),
    *("index", "points", "max", "rank", "of", "band", "change", "move", "count", "value"),
    *("doubt", "source", "confidence", "note", "list", "table"),
)
"""The columns of a table of published figures; `list` and `table` are told, not read back."""

# The words of rows that are said through a variable.
_WORDS = (
    mark("result"),
    mark("area"),
    mark("part"),
    mark("sipas"),
    mark("band-count"),
    mark("figure"),
    mark("contradicted"),
    mark("misprint"),
    mark("weak"),
)


def row_data(row: PublishedRow) -> dict[str, Any]:
    """A row as data, with the digits that were printed."""
    fields = {name: getattr(row, name) for name in COLUMNS[:-1]}
    return {**fields, "table": row.origin or SHIPPED}


def row_cells(row: PublishedRow) -> tuple[Cell, ...]:
    """A row as cells of CSV, which read back as the same row."""
    return tuple(row_data(row).values())


def rows_sheet(rows: Sequence[PublishedRow], covered: Sequence[str], say: Language) -> Sheet:
    """Published rows under the columns that say something of them."""
    columns = (
        Column("year", say("Year"), "code"),
        Column("kind", say("Kind")),
        Column("level", say("Level")),
        Column("province", say("Province")),
        Column("group", say("Group")),
        Column("unit", say("Unit")),
        Column("code", say("Code"), "code"),
        Column("index", say("Index"), "number"),
        Column("points", say("Points"), "number"),
        Column("max", say("Maximum"), "number"),
        Column("rank", say("Rank"), "number"),
        Column("of", say("of"), "number"),
        Column("band", say("Band"), "code"),
        Column("change", say("Change"), "number"),
        Column("move", say("Places"), "number"),
        Column("count", say("Count"), "number"),
        Column("value", say("Value"), "number"),
        Column("remark", say("Remark")),
        Column("source", say("Source")),
    )
    cells = [_shown(row, say) for row in rows]
    shown, told = filled(columns, cells, ("kind", "level"))
    if not rows:
        covered = (say("Nothing is known of it."), *covered)
    return Sheet(say("Published figures"), shown or columns[:1], told, notes=tuple(covered))


def _shown(row: PublishedRow, say: Language) -> tuple[Cell, ...]:
    change = None if row.change is None else say.figures(f"{row.change:+f}")
    return (
        str(row.year),
        say(row.kind),
        say(row.level) if row.level else "",
        row.province or "",
        row.group or "",
        row.unit or row.region or "",
        row.code or "",
        row.index,
        row.points,
        row.max,
        row.rank,
        row.of,
        row.band or "",
        change,
        places(row.move),
        row.count,
        row.value,
        ", ".join(_remarks(row, say)),
        " | ".join(dict.fromkeys(_host(each) for each in row.source.split(" | "))),
    )


def _remarks(row: PublishedRow, say: Language) -> Iterator[str]:
    if row.origin:
        yield row.origin
    if row.doubt:
        yield say(row.doubt)
    if row.confidence == "weak":
        yield say(row.confidence)


def _host(source: str) -> str:
    """The site of an address, which is enough where there is little room."""
    return source.split("/")[2] if source.startswith(("http://", "https://")) else source


_MOST_COVERED: Final = 12


def covered_notes(found: Sequence[Coverage], say: Language) -> list[str]:
    """How much is known of each year, unless that would be longer than what is shown."""
    if len(found) > _MOST_COVERED:
        return [say("How much is known of which year: parindex data list.")]
    return [_covered(each, say) for each in found]


def _covered(each: Coverage, say: Language) -> str:
    """How much is known of a year, in one line."""
    about = ", ".join(
        filter(
            None,
            (say(each.kind), say(each.level) if each.level else "", each.province, each.group),
        )
    )
    told = {"about": about, "year": each.year, "index": each.index, "rank": each.rank}
    if each.kind in ("band-count", "figure"):
        return say("{about}, {year}: {index} figures known", **told)
    if each.of is None:
        return say("{about}, {year}: index known of {index}, rank of {rank}", **told)
    message = mark("{about}, {year}: index known of {index} of {of}, rank of {rank} of {of}")
    return say(message, **told, of=each.of)


def merger_text(unit: Unit, parts: Sequence[Unit], say: Language) -> str:
    """That a unit was made by a merger, and so has no figure of the years before."""
    return say(
        "{unit} was made of {parts}: it has no figure of {year} or before, those are of the units that were merged.",
        unit=unit.name,
        parts=", ".join(part.name for part in parts),
        year=parts[0].last_year,
    )


COVERAGE_COLUMNS = (
    *("kind", "level", "province", "group", "year"),
    *("index", "rank", "of", "sources"),
)


def coverage_data(each: Coverage) -> dict[str, Any]:
    """What is known of one kind and year, as data."""
    return {name: getattr(each, name) for name in COVERAGE_COLUMNS}


def coverage_sheet(found: Sequence[Coverage], say: Language) -> Sheet:
    """What is known, a line for each kind, group of units and year."""
    columns = (
        Column("kind", say("Kind")),
        Column("level", say("Level")),
        Column("province", say("Province")),
        Column("group", say("Group")),
        Column("year", say("Year"), "code"),
        Column("index", say("Figures known"), "number"),
        Column("rank", say("Ranks known"), "number"),
        Column("of", say("Units"), "number"),
        Column("sources", say("Sources"), "number"),
    )
    rows = tuple(
        (
            say(each.kind),
            say(each.level) if each.level else "",
            each.province or "",
            each.group or "",
            str(each.year),
            each.index,
            each.rank,
            each.of,
            each.sources,
        )
        for each in found
    )
    note = say("What is not known is left out, never filled in.")
    return Sheet(say("Published figures that are known"), columns, rows, notes=(note,))
