"""The page of a region: its printed means, and its provinces year by year."""

from collections.abc import Sequence

from parindex.analysis.published_row import PublishedRow
from parindex.office.site import addresses
from parindex.office.site.charts import index_lines
from parindex.office.site.contents import PROVINCE, Contents
from parindex.office.site.desk import Desk, grids, of_kind, sections
from parindex.office.site.unit_page import figures_grid
from parindex.office.site.view import Cell, Fact, Group, Link, PageView, Section, grid
from parindex.office.site.words import remarks
from parindex.published_figures.units import Region, Unit, units, units_of
from parindex.tables.figures import signed
from parindex.values.language import Language
from parindex.values.years import spans


def region_page(region: Region, contents: Contents, say: Language) -> PageView:
    """The page of one region in one language."""
    address = addresses.region(region.list, region.id)
    desk = Desk(contents, say, address)
    members = [unit for unit in units() if (unit.list, unit.region) == (region.list, region.id)]
    rows = region_rows(region, contents)
    means = contents.region_means(region)
    years = [y for y in contents.years if units_of(y)[0].list == region.list]
    name = desk.region_name(region)
    others = [
        row
        for row in contents.known
        if row.region == region.id
        and row.unit is None
        and row.kind == "figure"
        and row.code != "average_index"
        and row.list == region.list
    ]
    raw = [row for row in rows if row.unit is None]
    clashes = [c for c in contents.clashes if c.row.unit is None and c.row in raw]
    found = sections(
        _means(name, means, desk),
        _provinces(region, members, years, desk),
        figures_grid(say("Other figures"), others, desk),
        desk.doubts(raw, clashes),
        _unknown(means, years, say),
    )
    return PageView(
        address,
        name,
        say.code,
        say(
            "PAR INDEX of the region {region}: means and provinces by year, as published, with sources.",
            region=name,
        ),
        kicker=say(
            "Region of {count} provinces, list of {list}", count=len(members), list=region.list
        ),
        links=_others(region, desk),
        facts=_facts(means, members, say),
        sections=found,
        sources=desk.sources.listed(),
        data=desk.to(f"../data/{address}", ".csv") if rows else "",
    )


def region_rows(region: Region, contents: Contents) -> list[PublishedRow]:
    """The rows of a region and of its provinces."""
    return [row for row in contents.rows if (row.list, row.region) == (region.list, region.id)]


def _others(region: Region, desk: Desk) -> tuple[Group, ...]:
    links = tuple(
        Link(desk.region_name(each), desk.to(addresses.region(each.list, each.id)))
        for each in desk.contents.regions
        if each.list == region.list and each.id != region.id
    )
    return (Group(desk.say("Other regions"), links),)


def _facts(
    means: dict[int, PublishedRow], members: Sequence[Unit], say: Language
) -> tuple[Fact, ...]:
    known = [(year, row.value) for year, row in means.items() if row.value is not None]
    found = [Fact(say("Provinces"), str(len(members)))]
    if known:
        year, value = max(known)
        found.insert(0, Fact(say("Mean"), say.percent(value), str(year)))
    return tuple(found)


def _means(name: str, means: dict[int, PublishedRow], desk: Desk) -> Section | None:
    say = desk.say
    nation = desk.contents.means()

    def cells(row: PublishedRow) -> list[Cell]:
        mean = nation.get(row.year)
        value = mean.value if mean else None
        gap = None if value is None or row.value is None else row.value - value
        every = " | ".join(filter(None, (row.source, mean.source if mean and value else "")))
        return [
            desk.year(row.year), desk.number(row.value), desk.number(value),
            Cell(signed(gap, say) or ""), Cell(signed(row.change, say) or ""),
            Cell(remarks(row, say)), Cell(refs=desk.sources.refs(every)),
        ]  # fmt: skip

    columns = [(say("Year"), "code"), (say("Mean"), "number"), (say("Mean of all"), "number"), (say("Gap"), "number"), (say("Change"), "number"), (say("Reliability"), "doubt"), (say("Source"), "refs")]  # fmt: skip
    shown = grid(
        say("Mean of the region by year"),
        columns,
        (cells(means[y]) for y in sorted(means, reverse=True)),
    )
    if not shown:
        return None
    own = (name, {year: row.value for year, row in means.items()})
    every = (say("Mean of all"), {year: row.value for year, row in nation.items()})
    chart = index_lines(say("Mean of the region by year (%)"), [own, every], PROVINCE, say)
    return Section(
        "mean", say("Mean of the region"), charts=(chart,) if chart else (), grids=(shown,)
    )


def _provinces(
    region: Region, members: Sequence[Unit], years: Sequence[int], desk: Desk
) -> Section:
    """A line for each province, a column for each year: index, and rank in brackets."""
    say = desk.say
    known = {
        (row.unit, row.year): row
        for row in of_kind(desk.contents.known, "result")
        if row.level == PROVINCE and row.list == region.list
    }
    columns = [
        (say("Province"), "name"),
        *((str(year), "number") for year in sorted(years, reverse=True)),
    ]
    cells = (
        [
            Cell(unit.name, desk.to(addresses.province(unit.list, unit.name)), desk.lang()),
            *(_both(known.get((unit.name, year)), say) for year in sorted(years, reverse=True)),
        ]
        for unit in members
    )
    title = say("Provinces: index in percent, and rank in brackets")
    return Section("provinces", say("Provinces"), grids=grids(grid(title, columns, cells)))


def _both(row: PublishedRow | None, say: Language) -> Cell:
    if row is None:
        return Cell()
    index = "" if row.index is None else say.number(row.index)
    mark = "*" if row.doubt or row.confidence != "read" else ""
    rank = "" if row.rank is None else f"({row.rank})"
    return Cell(" ".join(filter(None, (f"{index}{mark if index else ''}", rank))))


def _unknown(means: dict[int, PublishedRow], years: Sequence[int], say: Language) -> Section:
    missing = spans([year for year in years if year not in means])
    unknown = say("Mean not known")
    told = f"{unknown}: {missing}." if missing else say("Every mean is known.")
    return Section(
        "unknown",
        say("What is not known"),
        (
            told,
            say("An asterisk marks a figure that is doubtful or weak: its page says why."),
            say("What is not known is left out, never filled in."),
        ),
    )
