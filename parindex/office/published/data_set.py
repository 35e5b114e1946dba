"""The whole set of published figures as tables that name each other: for a Data Package and a database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Any, Final, Literal, NamedTuple

from parindex.analysis.published_row import PublishedRow
from parindex.published_figures import published_tables
from parindex.published_figures.units import Region, Unit, list_of, regions, table, unit_of
from parindex.tables.data import COLUMNS, row_record
from parindex.values.language import N_, Language

Kind = Literal["text", "whole", "figure"]
Cell = str | int | Decimal | None
FORMAT: Final = "parindex-data/1"


class Column(NamedTuple):
    """A column: what it holds in which unit, and the table and column that it refers to."""

    name: str
    about: str
    kind: Kind = "text"
    unit: str = ""
    refers: tuple[str, str] | None = None
    required: bool = False


class DataTable(NamedTuple):
    """A table: its name, what it holds, its columns, the first of which is its key, and its rows."""

    name: str
    about: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


TITLE: Final = N_("Published figures of Vietnam's PAR INDEX, with their sources")
FREE: Final = N_(
    "Figures are facts and free: nobody owns the index of a province. Nothing of what sources say"
    " in their own words is in here. The choice and order of the rows, the lists of units and the"
    " notes come under the licence of parindex (MIT); rows of a table of your own are yours."
)
NAMED: Final = N_(
    "Name the source of a figure where you print it: it stands in the column `source`. Where"
    " sources disagree both rows are here and `doubt` says so; `confidence` says what was read in"
    " a copy or worked out. What is not known is not here: an empty cell is no zero."
)
_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("year", "rank", "of", "move", "count", "rows", "row"), "whole"),
    **dict.fromkeys(("index", "points", "max", "change", "value"), "figure"),
}
_UNITS: Final = {
    "index": N_("percent"),
    "points": N_("points"),
    "max": N_("points"),
    "change": N_("percentage points"),
    "move": N_("places"),
    "count": N_("units"),
    "of": N_("units"),
}
ABOUT: Final = {
    "row": N_("The number of the row in this table."),
    "id": N_("The list and the code or id within it."),
    "kind": N_(
        "`result`: index, points, rank or band of a unit. `area`, `part`: the same of an area or of a"
        " part of the 100 by origin. `sipas`: the satisfaction index. `band-count`: how many units"
        " are in a band. `figure`: any other figure."
    ),
    "year": N_("The year that the figure is of."),
    "level": N_("`province`, `ministry`, `department`, …"),
    "province": N_("The province whose bodies the units are, where they are of one."),
    "region": N_("The id of the region, which means something only within its list."),
    "group": N_("The group of units, where a source ranks several groups."),
    "unit": N_("The unit by its name in the year; empty where the figure is of all."),
    "code": N_("The code of the area, of the part or of the figure."),
    "index": N_("The index with its digits as printed."),
    "points": N_("Points as printed."),
    "max": N_("The maximum of the points."),
    "rank": N_("The rank as printed; 1 is the best."),
    "of": N_("How many units are ranked."),
    "band": N_("The band as printed."),
    "change": N_("The printed change of the index on the year before."),
    "move": N_("The printed move of the rank on the year before; up is positive."),
    "count": N_("How many units are in the band."),
    "value": N_("A figure that is none of these; `code` says which."),
    "doubt": N_(
        "`contradicted`: another row says otherwise. `misprint`: the note says why the figure cannot be right."
    ),
    "source": N_("Where the figure is printed: an address, or a newspaper and its day."),
    "confidence": N_(
        "`read` in the source; `derived`: worked out from figures printed there, by the arithmetic in"
        " the note; `weak`: in a copy, or read once and not found again."
    ),
    "note": N_("What else is to be known of the figure."),
    "list": N_(
        "The list of provinces that names and codes are of: 63 until 2024, 34 from 2025 on."
    ),
    "table": N_("`parindex`, or the name of the file of your own that the row is from."),
    "unit_id": N_("The province in the table `units`."),
    "region_id": N_("The region in the table `regions`."),
    "units.code": N_("The code of the province in its list."),
    "units.source": N_("Where the list is from."),
    "name": N_("The Vietnamese name."),
    "name_en": N_("The English name."),
    "other_names": N_("Other spellings, with | between them."),
    "valid_from": N_("The first day of the unit; empty where it is older than the list."),
    "valid_to": N_("The last day of the unit; empty where it still is one."),
    "merged_into": N_("The unit that its territory belongs to since."),
    "address": N_("The address, where the source has one."),
    "rows": N_("How many rows of `published` rest on it."),
    "finding": N_("The code of the finding, which the page of findings explains."),
    "subject": N_("The unit, region or figure that is concerned."),
    "reason": N_("What the source gets wrong, or why it is no mistake."),
}
"""What each column holds, wherever it stands; `units.code` only in that table."""


def data_set(rows: Sequence[PublishedRow], say: Language) -> list[DataTable]:
    """All tables, those that others refer to first.

    Args:
        rows: published rows: each is in `published`, and what is known of each unit in `known`.
        say: the language of what is said of tables and columns.
    """
    ordered = sorted(rows, key=published_tables.in_order)
    known = sorted(published_tables.known(rows), key=published_tables.in_order)
    return [
        _regions(say),
        _units(say),
        _sources(ordered, say),
        DataTable(
            "published",
            say("Every row as its source prints it, those that contradict each other, too."),
            _columns(_ROW, say, {**_REFERRED, "source": ("sources", "source")}),
            [*_rows(ordered)],
        ),
        DataTable(
            "known",
            say("What is known of each unit and year: one row, made of the best of its sources."),
            _columns(_ROW, say, _REFERRED),
            [*_rows(known)],
        ),
        _exceptions(say),
    ]


_ROW: Final = ("row", *COLUMNS, "unit_id", "region_id")
_REFERRED: Final = {"unit_id": ("units", "id"), "region_id": ("regions", "id")}
_REQUIRED: Final = frozenset(("row", "id", "kind", "year", "source", "name", "finding", "reason"))


Refers = Mapping[str, tuple[str, str]]


def _columns(
    names: Iterable[str], say: Language, refers: Refers | None = None, within: str = ""
) -> list[Column]:
    """Columns by their names; `within` is the table where one has a meaning of its own."""
    columns = []
    for name in names:
        about = ABOUT.get(f"{within}.{name}") or ABOUT[name]
        kind, unit = _KINDS.get(name, "text"), _UNITS.get(name, "")
        is_required = name in _REQUIRED
        told = say(about), kind, say(unit) if unit else ""
        columns.append(Column(name, *told, (refers or {}).get(name), is_required))
    return columns


def _rows(rows: Iterable[PublishedRow]) -> Iterator[list[Cell]]:
    """Published rows with a key and what they refer to; of a user's files only the names are told."""
    for number, row in enumerate(rows, start=1):
        record: dict[str, Any] = row_record(row)
        unit = unit_of(row.unit, row.year) if row.level == "province" and row.unit else None
        region = f"{list_of(row.year)}-{row.region}" if row.region else None
        own = {"table": PurePath(row.origin).name} if row.origin else {}
        keys = {"row": number, "unit_id": unit and _id(unit), "region_id": region}
        cells = {**record, **own, **keys}
        yield [cells[name] for name in _ROW]


def _id(thing: Unit | Region) -> str:
    return f"{thing.list}-{thing.code if isinstance(thing, Unit) else thing.id}"


def _regions(say: Language) -> DataTable:
    names = ("id", "list", "region", "name", "name_en")
    rows = [[_id(each), each.list, each.id, each.name, each.name_en] for each in regions()]
    about = say("Socio-economic regions; one name may hold other provinces in another list.")
    return DataTable("regions", about, _columns(names, say), rows)


def _units(say: Language) -> DataTable:
    names = (
        *("id", "list", "code", "name", "name_en", "other_names", "region_id"),
        *("valid_from", "valid_to", "merged_into", "source"),
    )
    rows = [
        [
            {
                "id": f"{row['list']}-{row['code']}",
                "region_id": f"{row['list']}-{row['region']}",
            }.get(name, row.get(name) or None)
            for name in names
        ]
        for row in table("units")
    ]
    about = say("The provinces: 63 until 2024, 34 from 2025 on, and which became which.")
    return DataTable(
        "units", about, _columns(names, say, {"region_id": ("regions", "id")}, "units"), rows
    )


def _sources(rows: Sequence[PublishedRow], say: Language) -> DataTable:
    counts = Counter(row.source for row in rows)
    listed = [[source, address(source), counts[source]] for source in sorted(counts)]
    about = say("The sources, and how many rows rest on each.")
    return DataTable("sources", about, _columns(("source", "address", "rows"), say), listed)


def named_sources(rows: Iterable[PublishedRow]) -> Iterator[dict[str, str]]:
    """Every source by its name, with its address where it has one."""
    for source in sorted({row.source for row in rows}):
        found = address(source)
        yield {"title": source, **({"path": found} if found else {})}


def address(source: str) -> str | None:
    """The address of a source that is one."""
    is_one = source.startswith(("http://", "https://")) and not set(source) & set(' "<>|')
    return source if is_one else None


def _exceptions(say: Language) -> DataTable:
    names = ("row", "finding", "kind", "year", "level", "subject", "reason")
    rows: list[list[Cell]] = [
        [number, *(int(row[name]) if name == "year" else row[name] for name in names[1:])]
        for number, row in enumerate(table("exceptions"), start=1)
    ]
    about = say("What does not add up although it was copied right, with the reason.")
    return DataTable("exceptions", about, _columns(names, say), rows)
