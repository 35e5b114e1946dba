"""The page of a year: who is known, in which place, and who is not."""

from collections.abc import Sequence
from decimal import Decimal

from parindex.analysis.published_row import PublishedRow
from parindex.office.site import addresses
from parindex.office.site.charts import mean_bars, rank_bars
from parindex.office.site.contents import PROVINCE, Contents
from parindex.office.site.desk import Desk, grids, level_name, of_kind, sections
from parindex.office.site.unit_page import bands_section, figures_grid
from parindex.office.site.view import Cell, Fact, Grid, Group, Link, PageView, Section, grid
from parindex.office.site.words import remarks
from parindex.published_figures.published_tables import bands_of, in_order
from parindex.published_figures.units import Region, list_of, regions, units_of
from parindex.tables.figures import signed
from parindex.tables.published_names import code_name
from parindex.tables.score import thresholds_text
from parindex.values.groups import grouped
from parindex.values.language import Language


def year_page(year: int, contents: Contents, say: Language) -> PageView:
    """The page of one year in one language."""
    address = addresses.year(year)
    desk = Desk(contents, say, address)
    rows = sorted(contents.by_year.get(year, []), key=in_order)
    own = [row for row in of_kind(rows, "result") if row.level == PROVINCE]
    national = [r for r in of_kind(rows, "figure") if r.unit is None and r.region is None]
    raw = [row for row in contents.rows if row.year == year]
    found = sections(
        _provinces(year, own, desk),
        _regions(year, rows, desk),
        _ministries(year, rows, desk),
        _sipas(of_kind(rows, "sipas"), desk),
        _areas(of_kind(rows, "area"), desk),
        _levels(national, desk),
        bands_section(of_kind(rows, "band-count"), desk),
        _below(rows, desk),
        desk.doubts(raw, [clash for clash in contents.clashes if clash.row.year == year]),
        _unknown(year, own, desk),
    )
    return PageView(
        address,
        say("PAR INDEX {year}", year=year),
        say.code,
        say(
            "PAR INDEX {year}: index and rank of provinces and ministries as published, with sources and what is not known.",
            year=year,
        ),
        kicker=say("Year"),
        links=(_neighbours(year, desk),),
        facts=_facts(year, own, desk),
        sections=found,
        sources=desk.sources.listed(),
        data=desk.to(f"../data/{address}", ".csv"),
    )


def _neighbours(year: int, desk: Desk) -> Group:
    links = tuple(
        Link(str(each), desk.to(addresses.year(each)))
        for each in sorted(desk.contents.years)
        if each != year
    )
    return Group(desk.say("Other years"), links)


def _facts(year: int, own: Sequence[PublishedRow], desk: Desk) -> tuple[Fact, ...]:
    say = desk.say
    found = []
    mean = desk.contents.means().get(year)
    if mean and mean.value is not None:
        found.append(Fact(say("Mean of all provinces"), say.percent(mean.value)))
    first = next((row for row in own if row.rank == 1), None)
    if first:
        after = "" if first.index is None else say.percent(first.index)
        found.append(Fact(say("First"), first.unit or "", after))
    count, of = sum(row.index is not None for row in own), len(units_of(year))
    found.append(Fact(say("Provinces with an index"), f"{count} / {of}"))
    ranks = sum(row.rank is not None for row in own)
    found.append(Fact(say("Provinces with a rank"), f"{ranks} / {of}"))
    return tuple(found)


def _ranked(title: str, rows: Sequence[PublishedRow], desk: Desk) -> Grid | None:
    say = desk.say
    index, points, _rank, *rest = desk.figure_columns
    columns = [(say("Rank"), "code"), (say("Unit"), "name"), index, points, *rest[:-1], (say("Region"), "place"), rest[-1]]  # fmt: skip

    def cells(row: PublishedRow) -> list[Cell]:
        index, points, rank, *rest, note = desk.figures(row)
        return [rank, desk.unit(row), index, points, *rest, desk.region(row), note]

    return grid(title, columns, map(cells, rows))


def _ranking(title: str, rows: Sequence[PublishedRow], desk: Desk, where: str) -> Section:
    """Units by rank, those without one last."""
    say = desk.say
    placed = sorted(rows, key=_placed)
    shown = _ranked(title, placed, desk)
    index = say("Index (%)")
    chart = rank_bars(f"{index} · {title}", placed, say)
    bands = bands_of(rows[0])
    texts = (say("Bands: {bands}", bands=thresholds_text(bands, say)),) if bands else ()
    return Section(where, title, texts, (chart,) if chart else (), grids(shown))


def _placed(row: PublishedRow) -> tuple[bool, int, Decimal]:
    return row.rank is None, row.rank or 0, -(row.index or Decimal(0))


def _provinces(year: int, rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    if not rows:
        return None
    return _ranking(desk.say("Provinces, {year}", year=year), rows, desk, "provinces")


def _ministries(year: int, rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    found = [row for row in of_kind(rows, "result") if row.level == "ministry"]
    if not found:
        return None
    return _ranking(desk.say("Ministries, {year}", year=year), found, desk, "ministries")


def _below(rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    """The units within each province, in their groups."""
    others = [r for r in of_kind(rows, "result") if r.level not in (PROVINCE, "ministry")]
    groups = grouped(others, lambda row: (row.province or "", row.level or "", row.group or ""))
    found = []
    for (province, level, group), members in sorted(groups.items()):
        words = group or (desk.say(level) if level else "")
        title = ": ".join(filter(None, (province, words)))
        found.append(_ranked(title, sorted(members, key=_placed), desk))
    shown = grids(*found)
    title = desk.say("Departments, districts and communes")
    return Section("below", title, grids=shown, folded=True) if shown else None


def _regions(year: int, rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    """The printed means of regions."""
    say = desk.say
    list_ = list_of(year)
    found: list[tuple[Region, PublishedRow]] = []
    for region in regions():
        mean = next(
            (
                row
                for row in rows
                if (row.kind, row.code, row.region) == ("figure", "average_index", region.id)
                and row.unit is None
                and region.list == list_
            ),
            None,
        )
        if mean and mean.value is not None:
            found.append((region, mean))
    found.sort(key=lambda each: -(each[1].value or 0))
    columns = [(say("Region"), "name"), (say("Mean"), "number"), (say("Change"), "number"), (say("Reliability"), "doubt"), (say("Source"), "refs")]  # fmt: skip
    cells = (
        [
            Cell(desk.region_name(region), desk.to(addresses.region(region.list, region.id))),
            desk.number(mean.value),
            Cell(signed(mean.change, say) or ""),
            Cell(remarks(mean, say)),
            desk.refs(mean),
        ]
        for region, mean in found
    )
    shown = grid(say("Means of regions"), columns, cells)
    if not shown:
        return None
    bars = [(desk.region_name(region), mean.value) for region, mean in found if mean.value]
    chart = mean_bars(say("Means of regions (%)"), bars, say)
    return Section("regions", shown.title, charts=(chart,) if chart else (), grids=(shown,))


def _sipas(rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    if not rows:
        return None
    say = desk.say
    placed = sorted(rows, key=_placed)
    columns = [(say("Unit"), "name"), *desk.figure_columns]
    shown = grid(
        say("Satisfaction (SIPAS)"), columns, ([desk.unit(r), *desk.figures(r)] for r in placed)
    )
    return Section("sipas", say("Satisfaction (SIPAS)"), grids=grids(shown))


def _areas(rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    if not rows:
        return None
    say = desk.say
    placed = sorted(rows, key=lambda r: (r.level or "", r.code or "", r.rank or 0, r.unit or ""))
    columns = [(say("Area"), "long"), (say("Unit"), "name"), *desk.figure_columns]
    shown = grid(
        say("Areas"),
        columns,
        ([Cell(code_name(r, say)), desk.unit(r), *desk.figures(r)] for r in placed),
    )
    return Section("areas", say("Areas"), grids=grids(shown), folded=True)


def _levels(rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    """National figures, those of ministries apart."""
    say = desk.say
    found: list[Grid] = []
    for level, members in grouped(rows, lambda row: row.level or "").items():
        each = figures_grid(level_name(level, say) if level else say("All"), members, desk)
        found += each.grids if each else ()
    return Section("figures", say("Other figures"), grids=tuple(found)) if found else None


def _unknown(year: int, rows: Sequence[PublishedRow], desk: Desk) -> Section:
    """The provinces whose index or rank is not known."""
    say = desk.say
    indexed = {row.unit for row in rows if row.index is not None}
    ranked = {row.unit for row in rows if row.rank is not None}
    groups = []
    for title, known in ((say("Index not known"), indexed), (say("Rank not known"), ranked)):
        missing = [unit for unit in units_of(year) if unit.name not in known]
        if missing:
            links = tuple(desk.province_link(unit) for unit in missing)
            told = say("{about}: {count} of {of} provinces", about=title, count=len(missing), of=len(units_of(year)))  # fmt: skip
            groups.append(Group(told, links))
    texts = () if groups else (say("Index and rank of every province are known."),)
    said = say("What is not known is left out, never filled in.")
    return Section("unknown", say("What is not known"), (*texts, said), groups=tuple(groups))
