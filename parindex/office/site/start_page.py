"""The first page, which leads to every other, and the page that says how to read them."""

from collections.abc import Sequence
from typing import Final

from parindex.office.published.data_set import FREE, NAMED
from parindex.office.site import addresses
from parindex.office.site.charts import index_lines
from parindex.office.site.contents import PROVINCE, Contents, UnitPage
from parindex.office.site.desk import Desk, grids, list_name, of_kind, sections
from parindex.office.site.view import Cell, Fact, Group, Link, PageView, Section, grid
from parindex.published_figures.units import units_of
from parindex.values.collation import name_key
from parindex.values.language import Language

START: Final = "index"
ABOUT: Final = "about"


def start_page(contents: Contents, say: Language) -> PageView:
    """The first page in one language."""
    desk = Desk(contents, say, START)
    provinces = [page for page in contents.units if page.level == PROVINCE]
    lists = sorted({page.list or "" for page in provinces})  # the last one has the most
    found = sections(
        _years(desk),
        *(_provinces(list_, provinces, desk) for list_ in lists[::-1]),
        _others([page for page in contents.units if page.level == "ministry"], desk),
        _below(desk),
    )
    return PageView(
        START,
        say("PAR INDEX: published figures"),
        say.code,
        say(
            "The index of administrative reform of Vietnam's provinces and ministries as published, each figure with its source."
        ),
        texts=(
            say(
                "What newspapers, decisions and portals printed of the PAR INDEX, Vietnam's yearly index of administrative reform: each figure with its source. Where sources contradict each other both stand here, and what is not known is said."
            ),
        ),
        links=(Group(say("Read more"), (Link(say("How to read these pages"), desk.to(ABOUT)),)),),
        facts=_facts(contents, say),
        sections=found,
        sources=desk.sources.listed(),
        data=desk.to("../data/all", ".csv"),
    )


def _facts(contents: Contents, say: Language) -> tuple[Fact, ...]:
    first, last = contents.years[-1], contents.years[0]
    sources = {row.source for row in contents.rows}
    return (
        Fact(say("Years"), f"{first}–{last}"),
        Fact(say("Rows"), str(len(contents.rows))),
        Fact(say("Sources"), str(len(sources))),
        Fact(say("Units"), str(sum(bool(page.rows) for page in contents.units))),
    )


def _years(desk: Desk) -> Section:
    """Every year: how much is known, and the printed mean."""
    say, contents = desk.say, desk.contents
    means = contents.means()
    rows = []
    for year in contents.years:
        own = [r for r in of_kind(contents.by_year.get(year, []), "result") if r.level == PROVINCE]
        others = [
            r for r in of_kind(contents.by_year.get(year, []), "result") if r.level == "ministry"
        ]
        first = next((row for row in own if row.rank == 1), None)
        mean = means.get(year)
        size = len(units_of(year))
        rows.append(
            [
                desk.year(year),
                desk.number(mean.value if mean else None),
                desk.unit(first) if first else Cell(),
                Cell(f"{sum(row.index is not None for row in own)} / {size}"),
                Cell(f"{sum(row.rank is not None for row in own)} / {size}"),
                Cell(str(len(others) or "")),
            ]
        )
    columns = [(say("Year"), "code"), (say("Mean of all (%)"), "number"), (say("First"), "name"), (say("Index known of"), "number"), (say("Rank known of"), "number"), (say("Ministries"), "number")]  # fmt: skip
    shown = grid(say("Provinces by year, and how much is known"), columns, rows)
    lines = [(say("Mean of all provinces"), {y: row.value for y, row in means.items()})]
    ministries = contents.means(level="ministry")
    lines.append((say("Mean of ministries"), {y: row.value for y, row in ministries.items()}))
    chart = index_lines(say("Mean index by year (%)"), lines, PROVINCE, say)
    return Section("years", say("Years"), charts=(chart,) if chart else (), grids=grids(shown))


def _provinces(list_: str, pages: Sequence[UnitPage], desk: Desk) -> Section:
    """The provinces of a list, by region."""
    own = [page for page in pages if page.list == list_]
    groups = tuple(
        Group(
            desk.region_name(region),
            _links([p for p in own if p.unit and p.unit.region == region.id], desk),
            desk.to(addresses.region(list_, region.id)),
        )
        for region in desk.contents.regions
        if region.list == list_
    )
    texts = (
        () if any(page.rows for page in own) else (desk.say("No figure of these is known yet."),)
    )
    title = list_name(list_, desk.say)
    return Section(f"list-{list_}", title, texts, groups=groups)


def _links(pages: Sequence[UnitPage], desk: Desk) -> tuple[Link, ...]:
    """Links to units; that nothing is known of one is said where something is known of others."""
    ordered = sorted(pages, key=lambda page: name_key(page.name))
    none = desk.say("(nothing known)") if any(page.rows for page in pages) else ""
    return tuple(
        Link(page.name, desk.to(page.address), desk.lang(), "" if page.rows else none)
        for page in ordered
    )


def _others(pages: Sequence[UnitPage], desk: Desk) -> Section | None:
    if not pages:
        return None
    return Section("ministries", desk.say("Ministries"), groups=(Group("", _links(pages, desk)),))


def _below(desk: Desk) -> Section | None:
    """Units within provinces: a link to the province, where they are listed."""
    say = desk.say
    provinces = {page.address: page for page in desk.contents.units if page.level == PROVINCE}
    links = tuple(
        Link(
            provinces[address].name,
            desk.to(address) + "#units",
            desk.lang(),
            say("({count} units)", count=len(pages)),
        )
        for address, pages in sorted(desk.contents.provinces_below.items())
        if address in provinces
    )
    if not links:
        return None
    return Section("below", say("Departments, districts and communes"), groups=(Group("", links),))


def about_page(_contents: Contents, say: Language) -> PageView:
    """How to read the pages, in one language."""
    return PageView(
        ABOUT,
        say("How to read these pages"),
        say.code,
        say("What the marks mean, what is counted, and how long links last."),
        sections=(
            Section(
                "marks",
                say("Marks"),
                (
                    say("“contradicted”: another source prints something else, and which is right is not known. Both stand under “Contradictions and misprints”."),
                    say("“misprint”: the figure cannot be right; the note says why. It is in no table but that of contradictions."),
                    say("“derived”: worked out from figures that the source prints; the note says how."),
                    say("“weak”: read in a copy elsewhere, or read once and not found again. “copy”: the source is a copy of another page."),
                    say("“own data”: from tables of whoever made this site, not of the project; where both say something, these come first."),
                    say("An empty cell is not known. It is never zero, and nothing is filled in."),
                ),
            ),
            Section(
                "figures",
                say("Figures"),
                (
                    say("Digits stand as printed. Where several sources print a figure, that with more digits is shown, and all of them are named."),
                    say("Means are as printed; none is computed here. A gap is the index minus the printed mean of all."),
                    say("The provinces until the merger and those after it are different units, also where a name stayed: each list has pages of its own, and no line joins them."),
                    say("Criteria and maxima change from year to year: that an index rises or falls need not mean that administration did."),
                ),
            ),
            Section(
                "data",
                say("Data"),
                (
                    say("The CSV of a page holds its rows as the tables have them: contradictions and misprints too, each with its source. The option --data of parindex reads it."),
                    say(FREE),
                    say(NAMED),
                ),
            ),
            Section(
                "links",
                say("Links"),
                (
                    say("An address is made of what its page is about (a list and a name, a year, a region) and stays the same when figures are added."),
                ),
            ),
        ),
    )  # fmt: skip
