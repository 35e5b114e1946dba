"""Layout L6: units side by side, their areas, totals and index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from parindex.analysis.areas import area_spread
from parindex.analysis.ranking import Ranking
from parindex.analysis.unit_figures import RankInput, Sums
from parindex.office.pages.page import At, Book, Chart, Line, Page, Span
from parindex.office.pages.table_builder import Draft, Ledger, total_of
from parindex.scheme.scheme import Scheme
from parindex.tables.ranking import range_text, ranking_sheet
from parindex.tables.sheet import Cell, Column, places
from parindex.values.exact import ZERO, add, rounded
from parindex.values.language import Language

_MOST_BARS = 30
_FIRST = 3
"""Units whose areas are drawn."""
_MOST_NAMES = 3


class _Row(Struct):
    """A unit, with what a ranking says of it."""

    entrant: RankInput
    told: Mapping[str, Cell] = {}


def units_page(
    name: str,
    title: str,
    scheme: Scheme | None,
    entrants: Iterable[RankInput],
    notes: Sequence[str],
    say: Language,
) -> Page:
    """Units in the order in which they come; `scheme` is that of all of them, if it is one."""
    rows = [_Row(each, {"note": range_text(each, say)}) for each in entrants]
    return _Table(scheme, [("", rows)], say).page(name, title, notes)


def rankings_book(
    rankings: Sequence[Ranking], schemes: Mapping[str, Scheme], say: Language
) -> Book:
    """A page for each group, one for its areas, and charts of both."""
    pages: list[Page] = []
    charts: list[Chart] = []
    for ranking in rankings:
        name = _group_name(ranking, len(rankings), say)
        scheme = _scheme(ranking, schemes)
        page = _ranking_page(ranking, scheme, name, say)
        pages.append(page)
        if ranking.by == "percent" and ranking.places:
            charts.append(_bars(ranking, page, name, say))
        if scheme is not None and ranking.places and scheme.criteria:
            areas = _areas_page(ranking, scheme, name, say)
            pages.append(areas)
            if len(scheme.criteria) > 2:  # noqa: PLR2004 a radar has three axes at the least
                charts.append(_radar(ranking, areas, name, len(scheme.criteria), say))
    return Book(tuple(pages), tuple(charts))


def _group_name(ranking: Ranking, groups: int, say: Language) -> str:
    group = ranking.group
    name = group.group or say(group.level)
    return f"{name} {group.year}" if groups > 1 else say("Ranking")


def _scheme(ranking: Ranking, schemes: Mapping[str, Scheme]) -> Scheme | None:
    """The scheme of all units of a group; None where they have several."""
    units = [*(place.entrant for place in ranking.places), *ranking.unranked, *ranking.unknown]
    ids = {each.scheme for each in units}
    return schemes.get(ids.pop() or "") if len(ids) == 1 else None


def _ranking_page(ranking: Ranking, scheme: Scheme | None, name: str, say: Language) -> Page:
    blocks = [
        (
            "",
            [
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
            ],
        ),
        (
            say("Assessed but not ranked"),
            [_Row(each, {"note": each.reason}) for each in ranking.unranked],
        ),
        (
            say("Not known in full, so not ranked"),
            [_Row(each, {"note": range_text(each, say)}) for each in ranking.unknown],
        ),
    ]
    sheet = ranking_sheet(ranking, say)
    return _Table(scheme, blocks, say).page(name, sheet.title, sheet.notes)


class _Table:
    def __init__(
        self, scheme: Scheme | None, blocks: Sequence[tuple[str, list[_Row]]], say: Language
    ) -> None:
        self.say = say
        self.scheme = scheme
        self.blocks = [(title, rows) for title, rows in blocks if rows]
        first = next((row.entrant for _, rows in self.blocks for row in rows), None)
        digits, mode = (first.digits, first.mode) if first else (2, "half-up")
        self.codes = [area.code for area in scheme.criteria] if scheme else []
        self.both = any(
            row.entrant.sums and row.entrant.sums.self_areas for _, rows in blocks for row in rows
        )
        self.draft = Draft(self._columns(), lambda value: rounded(value, digits, mode))
        self.ledger = Ledger(self.draft, digits, mode)

    def _columns(self) -> Iterator[Column]:
        say = self.say
        yield Column("number", say("No."), "number")
        yield Column("unit", say("Unit"))
        for area in self.scheme.criteria if self.scheme else ():
            title = f"{area.code}. {say.name(area.name)}"
            if self.both:
                yield Column(f"self {area.code}", say("Self"), "number")
            yield Column(f"area {area.code}", say("Appraised") if self.both else title, "number")
        yield Column("added", say("Bonus/penalty"), "number")
        yield Column("total", say("Total"), "number")
        yield Column("max", say("Maximum that applies"), "number")
        yield Column("index", say("Index, %"), "bar")
        yield Column("rank", say("Rank"), "number")
        yield Column("before", say("Rank before"), "number")
        yield Column("move", say("+/- places"), "number")
        yield Column("band", say("Band"), "code")
        yield Column("note", say("Note"))

    def page(self, name: str, title: str, notes: Sequence[str]) -> Page:
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
        criteria = self.scheme.criteria if self.scheme and self.both else ()
        over = [
            (f"self {area.code}", f"area {area.code}", f"{area.code}. {self.say.name(area.name)}")
            for area in criteria
        ]
        kept = [key for first, last, _ in over for key in (first, last)]
        return self.draft.page(name, title, notes, over=over, keep=kept)

    def _row(self, number: int, row: _Row) -> None:
        entrant, id_ = row.entrant, str(number)
        names = ", ".join(filter(None, (entrant.unit, entrant.parent)))
        at = self.draft.add({"number": number, "unit": names, **row.told})
        sums = entrant.sums
        if sums is None:
            return
        for place, code in enumerate(self.codes):
            self.ledger.put(f"area {code}", id_, at, sums.areas[place])
            if sums.self_areas:
                self.ledger.put(f"self {code}", id_, at, sums.self_areas[place])
        self.ledger.put("added", id_, at, sums.added)
        self.ledger.put("max", id_, at, sums.maximum)
        self._total(sums, id_, at)
        self.ledger.share(at, "index", "total", "max", id_, entrant.index)

    def _total(self, sums: Sums, id_: str, at: int) -> None:
        """The areas with bonus and penalty, within what applies if the scheme says so."""
        keys = [f"area {code}" for code in self.codes]
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


def _areas_page(ranking: Ranking, scheme: Scheme, name: str, say: Language) -> Page:
    """Each area over the units that are ranked, and those in front."""
    entrants = [place.entrant for place in ranking.places]
    first = entrants[:_FIRST]
    columns = (
        Column("code", say("Code"), "code"),
        Column("name", say("Area")),
        Column("mean", say("Mean, %"), "bar"),
        Column("highest", say("Highest"), "number"),
        Column("best", say("Reached by")),
        Column("lowest", say("Lowest"), "number"),
        Column("worst", say("Reached by")),
        *(Column(f"unit {at}", each.unit, "number") for at, each in enumerate(first)),
        Column("units", say("Units"), "number"),
    )
    draft = Draft(columns, ranking.printed)
    for place, area in enumerate(scheme.criteria):
        row = draft.add({"code": area.code, "name": say.name(area.name)})
        found = area_spread(area, ((e.sums.percents[place], e.unit) for e in entrants if e.sums))
        if found is None:
            continue
        for key in ("mean", "highest", "lowest"):
            draft.put(row, key, getattr(found, key))
        draft.put(row, "units", found.count)
        draft.put(row, "best", _some(found.best))
        draft.put(row, "worst", _some(found.worst))
        for at, each in enumerate(first):
            draft.put(row, f"unit {at}", each.sums.percents[place] if each.sums else None)
    title = say("Areas, % of the maximum that applies")
    kept = ("mean", *(f"unit {at}" for at in range(len(first))))
    tab = say("Areas") if name == say("Ranking") else f"{name} %"
    return draft.page(tab, f"{title} · {ranking_sheet(ranking, say).title}", keep=kept)


def _some(names: Sequence[str]) -> str:
    more = f", … ({len(names)})" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def _bars(ranking: Ranking, page: Page, name: str, say: Language) -> Chart:
    """The index of the units in front, or of all where there are few."""
    last = min(_MOST_BARS, len(ranking.places)) - 1
    keys = [column.key for column in page.sheet.columns]

    def span(key: str) -> Span:
        return Span(At(0, keys.index(key)), At(last, keys.index(key)))

    index = say("Index, %")
    shown = f" (1–{last + 1}/{len(ranking.places)})" if last + 1 < len(ranking.places) else ""
    return Chart(
        "bars", f"{name} · {index}{shown}", page, span("unit"), (Line(index, span("index")),)
    )


def _radar(ranking: Ranking, page: Page, name: str, count: int, say: Language) -> Chart:
    """The areas of the units in front, and the mean of all."""
    keys = [column.key for column in page.sheet.columns]

    def span(key: str) -> Span:
        return Span(At(0, keys.index(key)), At(count - 1, keys.index(key)))

    lines = [
        Line(place.entrant.unit, span(f"unit {at}"))
        for at, place in enumerate(ranking.places[:_FIRST])
    ]
    lines.append(Line(say("Mean"), span("mean")))
    title = say("Areas, % of the maximum")
    return Chart("radar", f"{name} · {title}", page, span("name"), tuple(lines))
