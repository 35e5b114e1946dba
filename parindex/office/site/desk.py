"""What every page needs while it is put together: words, links, sources, cells."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Final

from parindex.analysis.published_row import PublishedRow
from parindex.findings import message
from parindex.office.site.addresses import province, region, way
from parindex.office.site.contents import PROVINCE, Contents
from parindex.office.site.view import Cell, Grid, Link, Section, Sources, grid
from parindex.office.site.words import begun, remarks
from parindex.published_figures.consistency import Clash
from parindex.published_figures.published_tables import in_order
from parindex.published_figures.units import Region, Unit, regions, table, units
from parindex.tables.figures import places, signed
from parindex.tables.published_names import code_name, note_text
from parindex.values.groups import grouped
from parindex.values.language import LANGUAGES, Language

NAMES: Final = next(iter(LANGUAGES))
"""The language of names of units, and of the words of tables of results."""


class Desk:
    """One page in one language while it is put together."""

    def __init__(self, contents: Contents, say: Language, address: str) -> None:
        self.contents, self.say, self.address = contents, say, address
        self.sources = Sources()

    def to(self, address: str, ending: str = ".html") -> str:
        """The link to another page of the same language."""
        return way(f"{self.say.code}/{self.address}.html", f"{self.say.code}/{address}{ending}")

    def lang(self, own: str = NAMES) -> str:
        """The language of a text where it is not that of the page."""
        return "" if own == self.say.code else own

    def number(self, value: Decimal | int | None) -> Cell:
        """A number as printed."""
        return Cell("" if value is None else self.say.number(Decimal(value)))

    def unit(self, row: PublishedRow, *, here: bool = False) -> Cell:
        """The unit of a row, with a link to its page unless that is the page itself."""
        address = None if here else self.contents.address_of(row)
        return Cell(row.unit or "", self.to(address) if address else "", self.lang())

    def province_link(self, unit: Unit, after: str = "") -> Link:
        """A link to the page of a province."""
        return Link(unit.name, self.to(province(unit.list, unit.name)), self.lang(), after)

    def region_name(self, found: Region) -> str:
        """The name of a region."""
        return self.say.pick((found.name, found.name_en))

    def region(self, row: PublishedRow) -> Cell:
        """The region of a row, with a link."""
        for each in regions():
            if (each.list, each.id) == (row.list, row.region):
                return Cell(self.region_name(each), self.to(region(each.list, each.id)))
        return Cell(row.region or "")

    def year(self, number: int) -> Cell:
        """A year, with a link to its page."""
        address = f"year/{number}"
        return Cell(str(number), "" if address == self.address else self.to(address))

    def rank(self, row: PublishedRow) -> Cell:
        """A rank among how many."""
        if row.rank is None:
            return Cell()
        return Cell(f"{row.rank} / {row.of}" if row.of else str(row.rank))

    def note(self, row: PublishedRow) -> Cell:
        """A note: of the project in the language of the page, of somebody else in the one it is in."""
        return Cell(note_text(row.note or "", self.say))

    def arithmetic(self, row: PublishedRow) -> Cell:
        """The note of a figure that is not simply read: how it was worked out, or why it is doubted."""
        return self.note(row) if row.doubt or row.confidence != "read" else Cell()

    def refs(self, row: PublishedRow) -> Cell:
        """The numbers of the sources of a row."""
        return Cell(refs=self.sources.refs(row.source))

    def figures(self, row: PublishedRow) -> list[Cell]:
        """Index, points, rank, band, change and places of a row, what is to know of it, sources."""
        points = "" if row.points is None else self.say.number(row.points)
        if points and row.max is not None:
            points = f"{points} / {self.say.number(row.max)}"
        return [
            self.number(row.index),
            Cell(points),
            self.rank(row),
            Cell(row.band or "", lang=self.lang()),
            Cell(signed(row.change, self.say) or ""),
            Cell(places(row.move) or ""),
            Cell(remarks(row, self.say)),
            self.refs(row),
            self.arithmetic(row),
        ]

    @property
    def figure_columns(self) -> list[tuple[str, str]]:
        """The titles of `figures`."""
        say = self.say
        return [
            (say("Index (%)"), "number"),
            (say("Points"), "number"),
            (say("Rank"), "number"),
            (say("Band"), "text"),
            (say("Change"), "number"),
            (say("Places"), "number"),
            (say("Reliability"), "doubt"),
            (say("Source"), "refs"),
            (say("Note"), "long"),
        ]

    def doubts(self, rows: Iterable[PublishedRow], found: Iterable[Clash]) -> Section | None:
        """Where sources disagree, misprints, and what does not fit together."""
        say = self.say
        subjects = grouped(rows, lambda row: row.subject).values()
        told = [row for each in subjects if any(row.doubt for row in each) for row in each]
        told.sort(key=lambda row: (-row.year, in_order(row)))
        unfit = dict.fromkeys(
            (
                clash.row.year,
                self._who(clash.row, Cell(clash.subject, lang=self.lang())),
                message(clash.finding, say),
                _reason(clash),
            )
            for clash in found
        )
        grids = (
            grid(
                say("Each source with what it prints"),
                [(say("Year"), "code"), (say("Unit"), "name"), (say("What"), "text"), *self.figure_columns[:6], (say("Value"), "number"), (say("Reliability"), "doubt"), (say("Note"), "long"), (say("Source"), "refs")],
                (self._doubt(row) for row in told),
            ),
            grid(
                say("What does not fit together"),
                [(say("Year"), "code"), (say("Unit"), "name"), (say("Finding"), "long"), (say("Note"), "long")],
                (
                    [self.year(year), who, Cell(text), Cell(note_text(reason, say))]
                    for year, who, text, reason in unfit
                ),
            ),
        )  # fmt: skip
        kept = tuple(each for each in grids if each)
        if not kept:
            return None
        words = say("Which source is right is not known; nothing was changed or left out.")
        return Section("contradictions", say("Contradictions and misprints"), (words,), grids=kept)

    def _who(self, row: PublishedRow, named: Cell) -> Cell:
        """Who a row is about; on the page of the unit itself that needs no words."""
        return Cell() if self.contents.address_of(row) == self.address else named

    def _doubt(self, row: PublishedRow) -> list[Cell]:
        what = code_name(row, self.say) if row.code else self.say(row.kind)
        *figures, remark, refs, _note = self.figures(row)
        where = self._who(row, self.unit(row) if row.unit else self.region(row))
        return [
            self.year(row.year), where, Cell(what), *figures,
            self.number(row.value if row.count is None else row.count),
            remark, self.note(row), refs,
        ]  # fmt: skip


@cache
def _reasons() -> dict[tuple[str, ...], str]:
    keys = ("finding", "kind", "year", "level", "subject")
    return {tuple(row[key] for key in keys): row["reason"] for row in table("exceptions")}


def _reason(clash: Clash) -> str:
    """Why the project keeps what does not fit; empty where it says nothing."""
    row = clash.row
    own = (clash.code, row.kind, str(row.year), row.level or "", clash.subject)
    return "" if clash.own else _reasons().get(own, "")


def sections(*found: Section | None) -> tuple[Section, ...]:
    """Those that there are."""
    return tuple(each for each in found if each)


def grids(*found: Grid | None) -> tuple[Grid, ...]:
    """Those that there are."""
    return tuple(each for each in found if each)


def sorted_rows(rows: Iterable[PublishedRow]) -> list[PublishedRow]:
    """Rows of one unit: the latest year first."""
    return sorted(rows, key=lambda row: (-row.year, row.code or "", row.group or ""))


def of_kind(rows: Iterable[PublishedRow], kind: str) -> list[PublishedRow]:
    """The rows of a kind."""
    return [row for row in rows if row.kind == kind]


def level_name(level: str, say: Language, list_: str | None = None) -> str:
    """What a level is called; of a province also of which list it is, and when that holds."""
    if level != PROVINCE or list_ is None:
        return begun(say(level))
    first, last = _years_of(list_)
    if last is None:
        return say("Province, list of {list} since {year}", list=list_, year=first)
    return say("Province, list of {list} until {year}", list=list_, year=last)


def list_name(list_: str, say: Language) -> str:
    """What a list of provinces is called."""
    first, last = _years_of(list_)
    if last is None:
        return say("{list} provinces, since {year}", list=list_, year=first)
    return say("{list} provinces, until {year}", list=list_, year=last)


def _years_of(list_: str) -> tuple[int, int | None]:
    """The first year of the last list, and the last year of any other."""
    last = next(each.last_year for each in units() if each.list == list_)
    return max(each.last_year or 0 for each in units()) + 1, last


def figure_rows(rows: Sequence[PublishedRow], desk: Desk) -> list[list[Cell]]:
    """Figures under their names: year, name, value, change, remark, sources."""
    return [
        [
            desk.year(row.year),
            Cell(code_name(row, desk.say)),
            desk.region(row) if row.region and not row.unit else Cell(),
            desk.number(row.value),
            Cell(signed(row.change, desk.say) or ""),
            Cell(remarks(row, desk.say)),
            desk.note(row),
            desk.refs(row),
        ]
        for row in rows
    ]
