"""The page of a unit: what is published of it, year by year."""

from collections.abc import Sequence
from decimal import Decimal

from parindex.analysis.published_row import PublishedRow
from parindex.office.site import addresses
from parindex.office.site.charts import index_lines, rank_lines
from parindex.office.site.contents import PROVINCE, Contents, UnitPage
from parindex.office.site.desk import (
    Desk,
    figure_rows,
    grids,
    level_name,
    of_kind,
    sections,
    sorted_rows,
)
from parindex.office.site.view import Cell, Fact, Group, Link, PageView, Section, grid
from parindex.office.site.words import remarks
from parindex.published_figures.published_tables import known
from parindex.published_figures.units import Unit, lasting, parts_of, units, units_of
from parindex.tables.data import merger_text
from parindex.tables.figures import places, signed
from parindex.tables.published_names import code_name
from parindex.values.collation import name_key
from parindex.values.fuzzy import fold_name
from parindex.values.groups import grouped
from parindex.values.language import Language
from parindex.values.years import spans


def unit_page(page: UnitPage, contents: Contents, say: Language) -> PageView:
    """The page of one unit in one language."""
    desk = Desk(contents, say, page.address)
    rows = known(page.rows)
    results = sorted_rows(of_kind(rows, "result"))
    found = sections(
        _index(page, results, desk),
        _sipas(page, sorted_rows(of_kind(rows, "sipas")), desk),
        _parts("area", sorted_rows(of_kind(rows, "area")), desk),
        _parts("part", sorted_rows(of_kind(rows, "part")), desk),
        _others(sorted_rows(of_kind(rows, "figure")), desk),
        _groups(page, desk),
        _below(page, desk),
        desk.doubts(page.rows, contents.doubted.get(page.address, ())),
        _unknown(page, results, desk),
    )
    facts = _facts(page, results, desk)
    return PageView(
        page.address,
        page.name,
        say.code,
        _description(page, facts, say),
        kicker=_kicker(page, say),
        texts=tuple(_texts(page, say)),
        links=_links(page, desk),
        facts=facts,
        sections=found,
        sources=desk.sources.listed(),
        data=desk.to(f"../data/{page.address}", ".csv") if page.rows or page.groups else "",
    )


def _kicker(page: UnitPage, say: Language) -> str:
    named = page.unit and page.unit.name_en
    level = level_name(page.level, say, page.list)
    group = "" if fold_name(page.group) == fold_name(level) else page.group
    parts = [level, page.province, group]
    if named and say.pick((page.name, named)) != page.name:
        parts.insert(0, named)
    return " · ".join(filter(None, parts))


def _description(page: UnitPage, facts: Sequence[Fact], say: Language) -> str:
    told = "; ".join(f"{fact.title}: {fact.text} {fact.after}".strip() for fact in facts)
    where = f"{page.name}, {page.province}" if page.province else page.name
    words = say("PAR INDEX of {unit}: published figures with their sources.", unit=where)
    return f"{words} {told}." if told else words


def _texts(page: UnitPage, say: Language) -> Sequence[str]:
    """What became of a province, or what it was made of."""
    unit = page.unit
    if unit is None:
        return []
    old = next(each.last_year for each in units() if each.last_year) or 0
    if unit.last_year is None:
        parts = parts_of(unit)
        if len(parts) > 1:
            return [merger_text(unit, parts, say)]
        return [say("Its territory was not merged: its figures of {year} and before are on the page of the list before.", year=old)]  # fmt: skip
    if lasting(unit)[0] is None:
        return [say("Its territory was not merged: its figures after {year} are on the page of the list after.", year=old)]  # fmt: skip
    return [
        say(
            "Its territory belongs to {unit} since {year}, which is another unit: figures of the two are never joined.",
            unit=unit.merged_into,
            year=old + 1,
        )
    ]


def _links(page: UnitPage, desk: Desk) -> tuple[Group, ...]:
    """The region, and the units of the other list that have to do with a province."""
    say, unit = desk.say, page.unit
    if unit is None:
        if page.province is None or page.list is None:
            return ()
        link = Link(
            page.province, desk.to(addresses.province(page.list, page.province)), desk.lang()
        )
        return (Group(say("Province"), (link,)),)
    [region] = [r for r in desk.contents.regions if (r.list, r.id) == (unit.list, unit.region)]
    name = desk.region_name(region)
    found = [Group(say("Region"), (Link(name, desk.to(addresses.region(region.list, region.id))),))]
    if unit.last_year is None:
        others = parts_of(unit)
        if others:
            found.append(Group(say("Before the merger"), _province_links(others, desk)))
    else:
        others = tuple(
            u for u in units() if u.last_year is None and u.name == (unit.merged_into or unit.name)
        )
        if others:
            found.append(Group(say("After the merger"), _province_links(others, desk)))
    return tuple(found)


def _province_links(found: Sequence[Unit], desk: Desk) -> tuple[Link, ...]:
    return tuple(desk.province_link(unit) for unit in found)


def _facts(page: UnitPage, results: Sequence[PublishedRow], desk: Desk) -> tuple[Fact, ...]:
    """The latest index and rank, the best rank, and of how many years the index is known."""
    say = desk.say
    found: list[Fact] = []
    indexed = [row for row in results if row.index is not None]
    ranked = [row for row in results if row.rank is not None]
    if indexed:
        last = indexed[0]
        found.append(Fact(say("Index"), say.percent(last.index or Decimal(0)), str(last.year)))
    if ranked:
        last = ranked[0]
        found.append(Fact(say("Rank"), desk.rank(last).text, str(last.year)))
    if len({row.rank for row in ranked}) > 1:
        best = min(ranked, key=lambda row: (row.rank or 0, -row.year))
        found.append(Fact(say("Best rank known"), desk.rank(best).text, str(best.year)))
    if results:
        every = _years(page, desk.contents)
        count = len({row.year for row in indexed})
        found.append(Fact(say("Years with an index"), f"{count} / {len(every)}"))
    return tuple(found)


def _years(page: UnitPage, contents: Contents) -> list[int]:
    """The years in which an index of such units was published, as far as is known here."""
    if page.unit is not None:
        return [y for y in contents.years if units_of(y)[0].list == page.unit.list]
    return contents.result_years.get((page.level, page.province), [])


def _index(page: UnitPage, rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    """Index and rank by year, beside the printed mean of all."""
    say = desk.say
    if not rows:
        return None
    means = desk.contents.means("average_index", page.level) if page.province is None else {}
    groups = {row.group for row in rows}
    several = len(groups) > 1

    def cells(row: PublishedRow) -> list[Cell]:
        index, points, *rest, _refs, note = desk.figures(row)
        mean = means.get(row.year)
        value = mean.value if mean else None
        gap = None if value is None or row.index is None else row.index - value
        every = " | ".join(filter(None, (row.source, mean.source if mean and value else "")))
        return [
            desk.year(row.year), Cell(row.group or "") if several else Cell(), index, points,
            desk.number(value), Cell(signed(gap, say) or ""), *rest,
            Cell(refs=desk.sources.refs(every)), note,
        ]  # fmt: skip

    index, points, *rest = desk.figure_columns
    columns = [(say("Year"), "code"), (say("Group"), "text"), index, points, (say("Mean of all"), "number"), (say("Gap"), "number"), *rest]  # fmt: skip
    shown = grid(say("Index and rank by year"), columns, map(cells, rows))
    charts = []
    if not several:
        own = (page.name, {row.year: row.index for row in rows})
        lines = [own]
        if means:
            lines.append((say("Mean of all"), {y: row.value for y, row in means.items()}))
        ranks = {r.year: None if r.rank is None else Decimal(r.rank) for r in rows}
        charts = [
            index_lines(say("Index by year (%)"), lines, page.level, say),
            rank_lines(say("Rank by year"), [(page.name, ranks)], page.level, say),
        ]
    return Section(
        "index",
        say("Index and rank"),
        charts=tuple(each for each in charts if each),
        grids=grids(shown),
    )


def _sipas(page: UnitPage, rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    """Satisfaction by year."""
    say = desk.say
    if not rows:
        return None
    means = desk.contents.means("sipas", page.level)

    def cells(row: PublishedRow) -> list[Cell]:
        mean = means.get(row.year)
        every = " | ".join(filter(None, (row.source, mean.source if mean else "")))
        return [
            desk.year(row.year), desk.number(row.index), desk.number(mean.value if mean else None),
            desk.rank(row), Cell(signed(row.change, say) or ""), Cell(places(row.move) or ""),
            Cell(remarks(row, say)), Cell(refs=desk.sources.refs(every)), desk.arithmetic(row),
        ]  # fmt: skip

    columns = [(say("Year"), "code"), (say("SIPAS (%)"), "number"), (say("Of all"), "number"), (say("Rank"), "number"), (say("Change"), "number"), (say("Places"), "number"), (say("Reliability"), "doubt"), (say("Source"), "refs"), (say("Note"), "long")]  # fmt: skip
    chart = index_lines(
        say("SIPAS by year (%)"),
        [
            (page.name, {row.year: row.index for row in rows}),
            (say("Of all"), {year: row.value for year, row in means.items()}),
        ],
        "",
        say,
    )
    return Section(
        "sipas",
        say("Satisfaction (SIPAS)"),
        charts=(chart,) if chart else (),
        grids=grids(grid(say("SIPAS by year"), columns, map(cells, rows))),
    )


def _parts(kind: str, rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    """Areas, or parts of the hundred, the latest year first."""
    say = desk.say
    title = say("Areas") if kind == "area" else say("Parts of the points")
    columns = [
        (say("Year"), "code"),
        (say("Area") if kind == "area" else say("Part"), "long"),
        *desk.figure_columns,
    ]
    cells = ([desk.year(row.year), Cell(code_name(row, say)), *desk.figures(row)] for row in rows)
    shown = grid(title, columns, cells)
    return Section(f"{kind}s", title, grids=(shown,)) if shown else None


def figures_grid(title: str, rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    """Figures that are none of a unit's own kinds."""
    say = desk.say
    columns = [(say("Year"), "code"), (say("Figure"), "long"), (say("Region"), "text"), (say("Value"), "number"), (say("Change"), "number"), (say("Reliability"), "doubt"), (say("Note"), "long"), (say("Source"), "refs")]  # fmt: skip
    shown = grid(title, columns, figure_rows(rows, desk))
    return Section("figures", title, grids=(shown,)) if shown else None


def _others(rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    return figures_grid(desk.say("Other figures"), rows, desk)


def _groups(page: UnitPage, desk: Desk) -> Section | None:
    """How many of a province's own units are in which band."""
    return bands_section(sorted_rows(known(page.groups)), desk)


def bands_section(rows: Sequence[PublishedRow], desk: Desk) -> Section | None:
    """How many units are in which band."""
    say = desk.say
    columns = [(say("Year"), "code"), (say("Province"), "name"), (say("Group"), "text"), (say("Band"), "text"), (say("Units"), "number"), (say("of"), "number"), (say("Reliability"), "doubt"), (say("Source"), "refs")]  # fmt: skip
    several = len({row.province for row in rows}) > 1
    cells = (
        [
            desk.year(row.year),
            Cell(row.province or "" if several else "", lang=desk.lang()),
            Cell(row.group, lang=desk.lang()) if row.group else Cell(say(row.level) if row.level else ""),
            Cell(row.band or "", lang=desk.lang()), desk.number(row.count), desk.number(row.of),
            Cell(remarks(row, say)), desk.refs(row),
        ]
        for row in rows
        if row.kind == "band-count"
    )  # fmt: skip
    shown = grid(say("Units by band"), columns, cells)
    return Section("bands", shown.title, grids=(shown,)) if shown else None


def _below(page: UnitPage, desk: Desk) -> Section | None:
    """The units of a province that are ranked within it."""
    below = desk.contents.provinces_below.get(page.address) if page.level == PROVINCE else None
    if not below:
        return None
    say = desk.say
    groups = tuple(
        Group(
            level_name(level, say),
            tuple(
                Link(each.name, desk.to(each.address), desk.lang())
                for each in sorted(pages, key=lambda each: name_key(each.name))
            ),
        )
        for level, pages in grouped(below, lambda each: each.level).items()
    )
    return Section("units", say("Units of the province"), groups=groups)


def _unknown(page: UnitPage, results: Sequence[PublishedRow], desk: Desk) -> Section:
    """Which years are not known."""
    say = desk.say
    every = _years(page, desk.contents)
    texts = []
    if not page.rows:
        texts.append(say("No figure of this unit is known."))
    else:
        index = [y for y in every if not any(r.index is not None for r in results if r.year == y)]
        rank = [y for y in every if not any(r.rank is not None for r in results if r.year == y)]
        missing = ((say("Index not known"), index), (say("Rank not known"), rank))
        texts = [f"{about}: {spans(years)}." for about, years in missing if years]
        texts = texts or [say("Index and rank of every year are known.")]
    texts.append(say("What is not known is left out, never filled in."))
    return Section("unknown", say("What is not known"), tuple(texts))
