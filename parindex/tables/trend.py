"""Trends: the figures of units over years, with a line of small blocks for each."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.published_figures.trend import Line, Point, Shown, Trend
from parindex.published_figures.units import Unit, units_named
from parindex.tables.columns import columns
from parindex.tables.data import SHIPPED, doubts_told, merger_text
from parindex.tables.figures import first_of, places, record_of
from parindex.tables.means import DIGITS, signed
from parindex.tables.table import Column, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import rounded
from parindex.values.language import N_, Language

FORMAT: Final = "parindex-trend/1"
BLOCKS: Final = "▁▂▃▄▅▆▇█"
GAP: Final = "·"
NEW_SCHEME: Final = "┊"
_OF_ROW: Final = "index points max rank of band doubt confidence source"
_TITLES: Final = {
    "index": N_("index (%)"),
    "rank": N_("rank"),
    "sipas": N_("SIPAS (%)"),
    "area": N_("area {code} (%)"),
}


def trend_head(found: Trend) -> dict[str, Any]:
    """What holds for all lines."""
    years = found.years
    return {
        **record_of(found.shown, "kind code"),
        "from": years[0] if years else None,
        "to": years[-1] if years else None,
    }


def line_record(line: Line) -> dict[str, Any]:
    """One unit for programs, with a figure for each year; what is not known is null."""
    return {**_who(line), "figures": [point_record(point) for point in line.points]}


def _who(line: Line) -> dict[str, Any]:
    return record_of(line, "level province group unit list mean")


def point_record(point: Point) -> dict[str, Any]:
    """The figure of a year, exact, with what sources print."""
    row = point.row
    printed = record_of(row, _OF_ROW) if row else dict.fromkeys(_OF_ROW.split())
    return {
        **record_of(point, "year value change scheme new_scheme"),
        "name_vi": point.name.vi if point.name else None,
        "joined": point.joined,
        **printed,
        "table": (row.origin or SHIPPED) if row else None,
    }


COLUMNS: Final = (*_who(Line(None, None, ())), "kind", "code", *point_record(Point(0)))
"""The columns of CSV."""


def trend_records(found: Trend) -> Iterator[dict[str, Any]]:
    """A row for each unit and year."""
    for line in found.lines:
        for point in line.points:
            yield {**_who(line), **record_of(found.shown, "kind code"), **point_record(point)}


def sparkline(line: Line, ends: tuple[Fraction, Fraction], *, falling: bool) -> str:
    """A block for each year between the lowest and the highest of all lines.

    Args:
        line: the figures.
        ends: what the lowest and the highest block stand for.
        falling: whether the highest block stands for the lowest figure, as of ranks.

    Returns:
        Years without a figure are `·`, never filled in; `┊` stands before the first year of
        another scheme, and where the area before is not known to be the same.
    """
    low, high = ends
    signs = []
    for point in line.points:
        if point.new_scheme or not point.joined:
            signs.append(NEW_SCHEME)
        if point.value is None:
            signs.append(GAP)
            continue
        share = (point.value - low) / (high - low) if high > low else Fraction(1, 2)
        at = min(int(share * len(BLOCKS)), len(BLOCKS) - 1)
        signs.append(BLOCKS[::-1][at] if falling else BLOCKS[at])
    return "".join(signs)


def _ends(lines: Iterable[Line]) -> tuple[Fraction, Fraction]:
    values = [point.value for line in lines for point in line.known if point.value is not None]
    return min(values, default=Fraction(0)), max(values, default=Fraction(0))


def trend_table(
    found: Trend, mergers: Sequence[tuple[Unit, Sequence[Unit]]], say: Language
) -> Table:
    """The lines of several units under one another, or the years of a single one."""
    notes = [*_notes(found, say), *(merger_text(*each, say) for each in mergers)]
    about = title_of(found.shown, say)
    if len(found.lines) == 1:
        return _years_table(found, about, notes, say)
    title = say("Trend: {what}", what=about)
    known = [year for year in found.years if any(p.value is not None for p in _of(found, year))]
    spark = Column("trend", say("Trend"), "code")
    years = [Column(str(year), str(year), "number") for year in known]
    builder = TableBuilder((*columns(say, "unit"), spark, *years))
    for line in found.lines:
        figures = {str(p.year): printed(p, found.shown) for p in line.points if p.year in known}
        cells: dict[str, Any] = {"unit": label(line, say), "trend": _spark(found, line)}
        builder.add({**cells, **figures})
    return builder.table(title, notes, keep=() if found.lines else ("unit",))


def _of(found: Trend, year: int) -> Iterator[Point]:
    return (line.points[year - found.years[0]] for line in found.lines)


def _spark(found: Trend, line: Line) -> str:
    return sparkline(line, _ends(found.lines), falling=found.shown.kind == "rank")


def _years_table(found: Trend, about: str, notes: Sequence[str], say: Language) -> Table:
    """The years of one unit: figure, change, rank, and what is to be said of it."""
    [line] = found.lines
    shown = found.shown
    is_rank = shown.kind == "rank"
    # One number of units for all years stands in the heading, which leaves room for the rest.
    of = {point.row.of for point in line.points if point.row and point.row.of is not None}
    keys = "year rank " if is_rank else "year value change:number rank "
    keys += ("of:number " if len(of) > 1 else "") + ("move:number " if is_rank else "")
    titles = {"value": about[:1].upper() + about[1:], "of": say("of"), "rank": say("Rank")}
    if len(of) == 1:
        titles["rank"] += f"/{of.pop()}"
    builder = TableBuilder(columns(say, f"{keys}band remark source", **titles))
    for point in line.points:
        builder.take(_cells(point, shown, say))
    title = say("Trend of {unit}: {what}", unit=label(line, say), what=about)
    return builder.table(title, (_spark(found, line), *notes))


def _cells(point: Point, shown: Shown, say: Language) -> dict[str, Any]:
    """What people read of the figure of a year."""
    row, change = point.row, point.change
    return {
        "year": str(point.year),
        "value": printed(point, shown),
        "change": signed(change, say),
        "move": None if change is None else places(int(change)),
        **(record_of(row, "rank of band") if row else {}),
        "remark": ", ".join(_remarks(point, say)),
        "source": _sites(row.source) if row else None,
    }


def printed(point: Point, shown: Shown) -> Decimal | int | None:
    """The figure as it was printed, or with two decimals; a rank as a whole number."""
    row = point.row
    if row is None or point.value is None:
        return None
    if shown.kind == "rank":
        return int(point.value)
    as_printed = row.value if row.kind == "figure" else row.index
    return rounded(point.value, DIGITS) if as_printed is None else as_printed


def label(line: Line, say: Language) -> str:
    """Who a line is of, with what distinguishes it from others of its name."""
    if line.mean:
        return say("Mean ({level})", level=say(line.level) if line.level else "")
    unit = line.unit or ""
    lists = [each for each in units_named(unit) if each.name == unit] if line.list else []
    if len(lists) > 1:
        last = next(each.last_year for each in lists if each.last_year is not None)
        since = line.list != lists[0].list
        told = N_("{unit} (from {year} on)") if since else N_("{unit} (until {year})")
        unit = say(told, unit=unit, year=last + 1 if since else last)
    return ", ".join(filter(None, (unit, line.group, line.province)))


def title_of(shown: Shown, say: Language) -> str:
    """What is followed over the years."""
    return say(_TITLES[shown.kind], code=shown.code)


def _remarks(point: Point, say: Language) -> Iterator[str]:
    row = point.row
    if row is None:
        return
    if row.origin:
        yield row.origin
    if row.doubt:
        yield say(row.doubt)
    if row.confidence != "read":
        yield say(row.confidence)
    if point.new_scheme:
        yield say("new scheme")
    if not point.joined:
        yield say("another area than before")


def _sites(sources: str) -> str:
    """The sites of addresses, which are enough where there is little room."""
    sites = (
        source.split("/")[2] if source.startswith(("http://", "https://")) else source
        for source in sources.split(" | ")
    )
    return " | ".join(dict.fromkeys(sites))


def _notes(found: Trend, say: Language) -> Iterator[str]:
    """What the blocks mean, which years had another scheme, and which figures are in doubt."""
    if not found.lines:
        yield say("Nothing is known of it.")
        return
    yield from _scale(found, say)
    if any(point.value is None for line in found.lines for point in line.points):
        yield say("{gap} is a year of which no figure is known; it is never filled in.", gap=GAP)
    yield from _schemes(found, say)
    yield from remarks(found, say)


def remarks(found: Trend, say: Language) -> Iterator[str]:
    """What to bear in mind, in a table and below a picture: who is missing, areas, doubts."""
    if found.lines and found.unknown:
        yield say("Nothing is known of: {names}.", names=first_of(found.unknown))
    points = [(line, point) for line in found.lines for point in line.known]
    if found.shown.kind == "area":
        yield from _areas(points, say)
    yield from _doubts(points, say)


def _scale(found: Trend, say: Language) -> Iterator[str]:
    low, high = _ends(found.lines)
    if low == high:
        return
    is_rank = found.shown.kind == "rank"
    ends = [str(int(end)) if is_rank else say.number(rounded(end, DIGITS)) for end in (low, high)]
    if is_rank:
        ends.reverse()
    yield say(
        "{years}, a sign for each year: {low} is ▁, {high} is █.",
        years=f"{found.years[0]}–{found.years[-1]}",
        low=ends[0],
        high=ends[1],
    )


def _schemes(found: Trend, say: Language) -> Iterator[str]:
    """The years that had another scheme, by the level of the units."""
    levels: dict[str, dict[int, None]] = {}
    for line in found.lines:
        for point in line.points:
            if point.new_scheme:
                levels.setdefault(line.level or "", {})[point.year] = None
    for level, years in levels.items():
        told = ", ".join(map(str, sorted(years)))
        about = f" ({say(level)})" if len(levels) > 1 else ""
        yield say(
            "{sign} stands where the scheme changed, {years}: a rise or fall there may come from the scheme.",
            sign=NEW_SCHEME,
            years=told + about,
        )


def _areas(points: Iterable[tuple[Line, Point]], say: Language) -> Iterator[str]:
    """What the area of the code was called, and since when."""
    names: dict[str, list[int]] = {}
    for _, point in points:
        if point.name:
            names.setdefault(say.name(point.name), []).append(point.year)
    for name, years in sorted(names.items(), key=lambda each: min(each[1])):
        yield f"{', '.join(map(str, sorted(set(years))))}: {name}."


def _doubts(points: Iterable[tuple[Line, Point]], say: Language) -> Iterator[str]:
    """Which figures another source contradicts, and which are weak."""
    rows = ((line.unit or label(line, say), point.row) for line, point in points)
    yield from doubts_told([(name, row) for name, row in rows if row], say)
