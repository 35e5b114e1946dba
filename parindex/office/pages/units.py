"""Layout L6: units side by side, their areas, totals and index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count

from parindex.analysis.areas import area_spread
from parindex.analysis.ranking import Ranking
from parindex.analysis.unit_figures import RankInput
from parindex.office.pages.formula_table import FormulaTable
from parindex.office.pages.page import Book, Chart, chart_of
from parindex.scheme.scheme import Rounding, Scheme
from parindex.tables.columns import columns
from parindex.tables.figures import first_of
from parindex.tables.ranking import PAGE, all_notes, group_title, range_text, unit_cells
from parindex.tables.table import Cell, Column, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import Language

_MOST_BARS = 30
_FIRST = 3
"""Units whose areas are drawn."""
_MOST_NAMES = 3


_Rows = Sequence[tuple[RankInput, Mapping[str, Cell | Fraction]]]
"""Units, with what stands under the columns of the ranking."""


def units_page(
    name: str,
    title: str,
    scheme: Scheme | None,
    entrants: Iterable[RankInput],
    notes: Sequence[str],
    say: Language,
) -> Table:
    """Units in the order in which they come; `scheme` is that of all of them, if it is one."""
    rows = [(each, unit_cells(each, note=range_text(each, say))) for each in entrants]
    return _Units(scheme, [("", rows)], say).page(name, title, notes)


def rankings_book(
    rankings: Sequence[Ranking], schemes: Mapping[str, Scheme], say: Language
) -> Book:
    """A page for each group, one for its areas, and charts of both."""
    pages: list[Table] = []
    charts: list[Chart | None] = []
    for ranking in rankings:
        group = ranking.group
        named = f"{group.group or (group.level and say(group.level))} {group.year}"
        name = named if len(rankings) > 1 else say("Ranking")
        scheme = scheme_of(ranking, schemes)
        pages.append(ranking_page(ranking, scheme, name, say))
        if ranking.by == "percent" and ranking.places:
            charts.append(ranking_bars(ranking, pages[-1], name, say))
        if scheme is not None and ranking.places and scheme.criteria:
            tab = f"{name} %" if len(rankings) > 1 else say("Areas")
            pages.append(areas_page(ranking, scheme, tab, say))
            title = say("Areas, % of the maximum that applies")
            charts.append(areas_radar(pages[-1], f"{name} · {title}", say))
    return Book(tuple(pages), tuple(chart for chart in charts if chart is not None))


def scheme_of(ranking: Ranking, schemes: Mapping[str, Scheme]) -> Scheme | None:
    """The scheme of all units of a group; None where they have several."""
    units = [*(place.entrant for place in ranking.places), *ranking.unranked, *ranking.unknown]
    ids = {each.scheme for each in units}
    return schemes.get(ids.pop() or "") if len(ids) == 1 else None


def ranking_page(ranking: Ranking, scheme: Scheme | None, name: str, say: Language) -> Table:
    """The places of a group, then whoever is not ranked in blocks of their own.

    Args:
        ranking: the group.
        scheme: the scheme of all its units, whose areas are columns; None where they have several.
        name: what its tab is called.
        say: the language.
    """
    page = _Units(scheme, [("", _placed(ranking)), *_apart(ranking, say)], say)
    return page.page(name, group_title(ranking, say), [*all_notes(ranking, say)])


def placed_page(ranking: Ranking, scheme: Scheme | None, say: Language) -> Table:
    """The places alone, with the areas by their names."""
    page = _Units(scheme, [("", _placed(ranking))], say)
    notes = []
    if scheme is None:
        notes.append(
            say("The units have several schemes, so that their areas are not set side by side.")
        )
    return page.page("", say("Ranking"), notes)


def apart_page(ranking: Ranking, say: Language) -> Table:
    """Those who are not ranked alone, without their areas."""
    return _Units(None, _apart(ranking, say), say).page("", say("Units that are not ranked"), ())


def _placed(ranking: Ranking) -> _Rows:
    return [(place.entrant, unit_cells(place.entrant, place)) for place in ranking.places]


def _apart(ranking: Ranking, say: Language) -> list[tuple[str, _Rows]]:
    unranked = [(each, unit_cells(each, note=each.reason)) for each in ranking.unranked]
    unknown = [(e, unit_cells(e, note=range_text(e, say))) for e in ranking.unknown]
    return [
        (say("Assessed but not ranked"), unranked),
        (say("Not known in full, so not ranked"), unknown),
    ]


class _Units(FormulaTable):
    """The units in blocks, under the columns of the ranking and those of the areas of `scheme`."""

    def __init__(
        self,
        scheme: Scheme | None,
        blocks: Sequence[tuple[str, _Rows]],
        say: Language,
    ) -> None:
        self.say = say
        self.scheme = scheme
        self.blocks = [(title, rows) for title, rows in blocks if rows]
        units = [each for _, rows in self.blocks for each, _ in rows]
        self.sums = [each.sums for each in units]
        self.both = any(each and each.self_areas for each in self.sums)
        self.names = {
            area.code: f"{area.code}. {say.name(area.name)}"
            for area in (scheme.criteria if scheme else ())
        }
        own = {f"self {code}": say("Self") for code in self.names if self.both}
        appraised = say("Appraised")
        titles = own | {f"area {c}": appraised if own else name for c, name in self.names.items()}
        before, _, after = PAGE.partition("{areas}")
        super().__init__(
            (
                *columns(say, before, number=say("No.")),
                *(Column(key, titles[key], "number") for key in self._areas()),
                *columns(
                    say,
                    after,
                    total=say("Total points"),
                    max=say("Maximum that applies"),
                    index=say("Index, %"),
                    before=say("Rank before"),
                    move=say("+/- places"),
                ),
            ),
            Rounding(index=units[0].digits, mode=units[0].mode) if units else Rounding(),
        )

    def _areas(self) -> Iterator[str]:
        """The columns of each area: what counts, and before it what the unit gave itself."""
        for code in self.names:
            yield from ([f"self {code}"] if self.both else [])
            yield f"area {code}"

    def page(self, name: str, title: str, notes: Sequence[str]) -> Table:
        """A row for each unit, numbered through all blocks."""
        say, numbers = self.say, count(1)
        for heading, rows in self.blocks:
            if heading:
                self.add(unit=heading, strong=True)
            for each, cells in rows:
                self._row(next(numbers), each, cells)
        over = []
        if self.both:
            notes = [
                *notes,
                say("Self-assessed points leave out what a unit does not assess itself."),
            ]
            over = [(f"self {code}", f"area {code}", each) for code, each in self.names.items()]
        known = any(each and any(points is not None for points in each.areas) for each in self.sums)
        kept = list(self._areas()) if known else ()  # an area that nobody knows is there, too
        return self.table(title, notes, over=over, keep=kept, name=name)

    def _row(self, number: int, each: RankInput, cells: Mapping[str, Cell | Fraction]) -> None:
        sums, areas = each.sums, [f"area {code}" for code in self.names]
        at = self.take(cells, number=number)
        if sums is None:
            return
        for place, code in enumerate(self.names):
            self.put(at, f"area {code}", sums.areas[place])
            if sums.self_areas:
                self.put(at, f"self {code}", sums.self_areas[place])
        clamped = sums.added is not None and self.scheme is not None and self.scheme.clamp
        self.sum(at, "total", sums.final, [*areas, "added"], within="max" if clamped else None)
        self.share(at, "index", "total", "max", each.index)


def areas_page(ranking: Ranking, scheme: Scheme, tab: str, say: Language) -> Table:
    """Each area over the units that are ranked, and those in front."""
    entrants = [place.entrant for place in ranking.places]
    first = entrants[:_FIRST]
    named = columns(
        say,
        "code name units mean:bar highest best:text lowest worst:text",
        name=say("Area"),
        mean=say("Mean, %"),
        best=say("Best unit"),
        worst=say("Worst unit"),
    )
    units = (Column(f"unit {at}", each.unit, "number") for at, each in enumerate(first))
    draft = TableBuilder((*named, *units), ranking.printed)
    for place, area in enumerate(scheme.criteria):
        row = draft.add({"code": area.code, "name": say.name(area.name)})
        found = area_spread(area, ((e.sums.percents[place], e.unit) for e in entrants if e.sums))
        if found is None:
            continue
        for key in ("mean", "highest", "lowest"):
            draft.put(row, key, getattr(found, key))
        draft.put(row, "best", _some(found.best, found.count, say))
        draft.put(row, "worst", _some(found.worst, found.count, say))
        for at, each in enumerate(first):
            draft.put(row, f"unit {at}", each.sums.percents[place] if each.sums else None)
    title = say("Areas, % of the maximum that applies")
    kept = ("mean", *(f"unit {at}" for at in range(len(first))))
    return draft.table(f"{title} · {group_title(ranking, say)}", keep=kept, name=tab)


def _some(names: Sequence[str], units: int, say: Language) -> str:
    if len(names) == units > 1:
        return say("all units")
    return first_of(names, _MOST_NAMES, f", … ({len(names)})")


def ranking_bars(ranking: Ranking, page: Table, name: str, say: Language) -> Chart:
    """The index of the units in front, or of all where there are few."""
    count = min(_MOST_BARS, len(ranking.places))
    index = say("Index, %")
    shown = f" (1–{count}/{len(ranking.places)})" if count < len(ranking.places) else ""
    title = f"{name} · {index}{shown}"
    return chart_of("bars", title, page, count, [(index, "index")], labels="unit")


def areas_radar(page: Table, title: str, say: Language) -> Chart | None:
    """The areas of the units in front, and the mean of all; None for fewer than three areas."""
    count = len(page.rows)
    if count < 3 or None in page.cells("mean"):  # noqa: PLR2004
        return None
    units = [(each.title, each.key) for each in page.columns if each.key.startswith("unit ")]
    return chart_of("radar", title, page, count, [*units, (say("Mean"), "mean")])
