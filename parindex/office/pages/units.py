"""Layout L6: units side by side, their areas, totals and index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from parindex.analysis.area_figures import area_figures
from parindex.analysis.rank_input import Entrant, Sums
from parindex.analysis.ranking import Ranking
from parindex.office.pages.formula_columns import FormulaColumns, total_of
from parindex.office.pages.page import Book, Chart, chart_of
from parindex.scheme.scheme import Scheme
from parindex.tables.columns import columns
from parindex.tables.figures import places
from parindex.tables.ranking import range_text, ranking_sheet
from parindex.tables.table import Cell, Column, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import ZERO, add, rounded
from parindex.values.language import Language

_MOST_BARS = 30
_FIRST = 3
"""Units whose areas are drawn."""
_MOST_NAMES = 3


class _Row(Struct):
    """A unit, with what a ranking says of it."""

    entrant: Entrant
    told: Mapping[str, Cell] = {}


def units_page(
    name: str,
    title: str,
    scheme: Scheme | None,
    entrants: Iterable[Entrant],
    notes: Sequence[str],
    say: Language,
) -> Table:
    """Units in the order in which they come; `scheme` is that of all of them, if it is one."""
    rows = [_Row(each, {"note": range_text(each, say)}) for each in entrants]
    return _Table(scheme, [("", rows)], say).page(name, title, notes)


def rankings_book(
    rankings: Sequence[Ranking], schemes: Mapping[str, Scheme], say: Language
) -> Book:
    """A page for each group, one for its areas, and charts of both."""
    pages: list[Table] = []
    charts: list[Chart | None] = []
    for ranking in rankings:
        group = ranking.group
        named = f"{group.group or say(group.level)} {group.year}"
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
    return schemes.get(ids.pop()) if len(ids) == 1 else None


def ranking_page(
    ranking: Ranking, scheme: Scheme | None, name: str, say: Language, *, short: bool = False
) -> Table:
    """The places of a group, then whoever is not ranked in blocks of their own.

    Args:
        ranking: the group.
        scheme: the scheme of all its units, whose areas are columns; None where they have several.
        name: what its tab is called.
        say: the language.
        short: whether areas are named by their codes alone.
    """
    sheet = ranking_sheet(ranking, say)
    blocks = [("", _placed(ranking)), *_apart(ranking, say)]
    return _Table(scheme, blocks, say, short=short).page(name, sheet.title, sheet.notes)


def placed_page(ranking: Ranking, scheme: Scheme | None, say: Language) -> Table:
    """The places alone, areas by their codes."""
    table = _Table(scheme, [("", _placed(ranking))], say, short=True)
    if scheme is None:
        notes = [
            say("The units have several schemes, so that their areas are not set side by side.")
        ]
    else:
        names = "; ".join(f"{area.code} {say.name(area.name)}" for area in scheme.criteria)
        notes = [say("Areas: {areas}.", areas=names)] if table.has_areas else []
    return table.page("", say("Ranking"), notes)


def apart_page(ranking: Ranking, say: Language) -> Table:
    """Those who are not ranked alone, without their areas."""
    return _Table(None, _apart(ranking, say), say).page("", say("Units that are not ranked"), ())


def _placed(ranking: Ranking) -> list[_Row]:
    return [
        _Row(
            place.entrant,
            {
                "rank": place.rank,
                "move": places(place.move),
                "before": place.before,
                "band": place.entrant.band,
            },
        )
        for place in ranking.places
    ]


def _apart(ranking: Ranking, say: Language) -> list[tuple[str, list[_Row]]]:
    unranked = [_Row(each, {"note": each.reason}) for each in ranking.unranked]
    unknown = [_Row(each, {"note": range_text(each, say)}) for each in ranking.unknown]
    return [
        (say("Assessed but not ranked"), unranked),
        (say("Not known in full, so not ranked"), unknown),
    ]


class _Table:
    def __init__(
        self,
        scheme: Scheme | None,
        blocks: Sequence[tuple[str, list[_Row]]],
        say: Language,
        *,
        short: bool = False,
    ) -> None:
        self.say = say
        areas = scheme.criteria if scheme else ()
        self.names = {
            area.code: area.code if short else f"{area.code}. {say.name(area.name)}"
            for area in areas
        }
        self.scheme = scheme
        self.blocks = [(title, rows) for title, rows in blocks if rows]
        first = next((row.entrant for _, rows in self.blocks for row in rows), None)
        digits, mode = (first.digits, first.mode) if first else (2, "half-up")
        self.both = any(
            row.entrant.sums and row.entrant.sums.self_areas for _, rows in blocks for row in rows
        )
        self.draft = TableBuilder(self._columns(), lambda value: rounded(value, digits, mode))
        self.ledger = FormulaColumns(self.draft, digits, mode)

    @property
    def has_areas(self) -> bool:
        """Whether the points of any area are known."""
        sums = [row.entrant.sums for _, rows in self.blocks for row in rows]
        return any(each and any(area is not None for area in each.areas) for each in sums)

    def _columns(self) -> Iterator[Column]:
        say = self.say
        yield from columns(say, "number unit", number=say("No."))
        for code, title in self.names.items():
            if self.both:
                yield Column(f"self {code}", say("Self"), "number")
            yield Column(f"area {code}", say("Appraised") if self.both else title, "number")
        yield from columns(
            say,
            "added total max index:bar rank before move band note",
            total=say("Total points"),
            max=say("Maximum that applies"),
            index=say("Index, %"),
            before=say("Rank before"),
            move=say("+/- places"),
        )

    def page(self, name: str, title: str, notes: Sequence[str]) -> Table:
        number = 0
        for heading, rows in self.blocks:
            if heading:
                self.draft.add({"unit": heading}, strong=True)
            for row in rows:
                number += 1
                self._row(number, row)
        if self.both:
            notes = [
                *notes,
                self.say("Self-assessed points leave out what a unit does not assess itself."),
            ]
        names = self.names.items() if self.both else ()
        over = [(f"self {code}", f"area {code}", title) for code, title in names]
        kept = [key for first, last, _ in over for key in (first, last)]
        return self.draft.table(title, notes, over=over, keep=kept, name=name)

    def _row(self, number: int, row: _Row) -> None:
        entrant, id_ = row.entrant, str(number)
        names = ", ".join(filter(None, (entrant.unit, entrant.parent)))
        at = self.draft.add({"number": number, "unit": names, **row.told})
        sums = entrant.sums
        if sums is None:
            return
        for place, code in enumerate(self.names):
            self.ledger.put(f"area {code}", id_, at, sums.areas[place])
            if sums.self_areas:
                self.ledger.put(f"self {code}", id_, at, sums.self_areas[place])
        self.ledger.put("added", id_, at, sums.added)
        self.ledger.put("max", id_, at, sums.maximum)
        self._total(sums, id_, at)
        self.ledger.share(at, "index", "total", "max", id_, entrant.index)

    def _total(self, sums: Sums, id_: str, at: int) -> None:
        """The areas with bonus and penalty, within what applies if the scheme says so."""
        keys = [f"area {code}" for code in self.names]
        if sums.added is not None:
            keys.append("added")
        known = add(self.ledger.value(key, id_) or ZERO for key in keys)
        terms = [told for key in keys if (told := self.ledger.of(key, id_))]
        if not terms or sums.final is None:
            self.ledger.put("total", id_, at, sums.final)
            return
        told = total_of(terms)
        whole = self.ledger.of("max", id_)
        if sums.added is not None and self.scheme and self.scheme.clamp and whole and sums.maximum:
            known = max(ZERO, min(known, sums.maximum))
            told = ("MAX(0,MIN(", *whole, ",", *told, "))")
        if known == sums.final:
            self.ledger.live("total", id_, at, sums.final, told)
        else:
            self.ledger.put("total", id_, at, sums.final)


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
        found = area_figures(entrants, place)
        if found is None:
            continue
        for key in ("mean", "highest", "lowest", "units"):
            draft.put(row, key, getattr(found, key))
        draft.put(row, "best", _some(found.best, found.units, say))
        draft.put(row, "worst", _some(found.worst, found.units, say))
        for at, each in enumerate(first):
            draft.put(row, f"unit {at}", each.sums.percents[place] if each.sums else None)
    title = say("Areas, % of the maximum that applies")
    kept = ("mean", *(f"unit {at}" for at in range(len(first))))
    return draft.table(f"{title} · {ranking_sheet(ranking, say).title}", keep=kept, name=tab)


def _some(names: Sequence[str], units: int, say: Language) -> str:
    if len(names) == units > 1:
        return say("all units")
    more = f", … ({len(names)})" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


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
