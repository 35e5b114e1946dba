"""Layouts L3 and L4: points by area and by origin, beside what is published."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from parindex.analysis.areas import AreaSpread
from parindex.analysis.around import Around
from parindex.analysis.comparison import Pair
from parindex.analysis.stages import Staged
from parindex.office.pages.formula_columns import FormulaColumns
from parindex.office.pages.page import Chart, chart_of
from parindex.office.pages.unit import points_title, stages_shown
from parindex.scoring.result import Node, Result
from parindex.tables.columns import columns
from parindex.tables.figures import places
from parindex.tables.score import name_of
from parindex.tables.table import Cell, Column, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import Language

_ADDED = " added"
_TOTAL = ""
_OTHERS = ("before", "nation", "region", "group", "best")
"""Columns of percentages that a chart draws beside the unit's own."""
_LEAST_OF_A_RADAR = 3
"""Fewer axes outline nothing."""


def areas_page(staged: Staged, about: Around | None, say: Language) -> Table | None:
    """The areas of a unit: points at each stage, percentages, ranks, the year before and the means.

    None where no points of any area are known, and nothing of the year before.
    """
    before = about is not None and any(pair.before for pair in about.pair.criteria)
    if not before and not any(node.points is not None for _, node in staged.result.walk(1)):
        return None
    return _Areas(staged, about, say).page()


def areas_chart(page: Table, unit: str, say: Language, *, whole: bool = True) -> Chart | None:
    """The percentages of the areas as a radar, with the other columns of percentages.

    With `whole` only those columns are drawn that are known of every area.
    """
    count = sum(bool(row[0]) for row in page.rows)  # only areas have a code
    if count < _LEAST_OF_A_RADAR or "percent" not in page.keys:
        return None
    if sum(each is not None for each in page.cells("percent")[:count]) < _LEAST_OF_A_RADAR:
        return None
    titles = {column.key: column.title for column in page.columns}
    found = [(key, page.cells(key)[:count]) for key in _OTHERS if key in titles]
    others = [
        (titles[key], key)
        for key, cells in found
        if (all if whole else any)(each is not None for each in cells)
    ]
    title = say("Areas, % of the maximum that applies")
    return chart_of("radar", title, page, count, [(unit, "percent"), *others])


class _Areas:
    """The table of the areas in the making."""

    def __init__(self, staged: Staged, about: Around | None, say: Language) -> None:
        self.staged = staged
        self.result = staged.result
        self.about = about
        self.say = say
        self.shown = stages_shown(staged)
        self.counts = list(self.shown)[-1]
        self.draft = TableBuilder(self._columns(), self.result.printed)
        self.ledger = _ledger(self.draft, self.result)
        pairs = about.pair.criteria if about else ()
        self.pairs = {pair.either.code: pair for pair in pairs if pair.after}
        self.spreads = {each.code: each for each in about.areas} if about else {}

    def _columns(self) -> tuple[Column, ...]:
        say, year = self.say, self.result.scorecard.year - 1
        before = self.about.found.before if self.about else year
        whole = self.result.total.applicable_max == self.result.total.max
        keys = [
            *("code name max", *(f"{key}:number" for key in self.shown), "difference lost"),
            "percent:bar points_before:number points_change:number before change rank",
            "rank_before:number move nation:number region:number group:number best:number",
        ]
        return columns(
            say,
            " ".join(keys),
            name=say("Area"),
            max=say("Maximum") if whole else say("Maximum that applies"),
            **{key: points_title(key, say) for key in self.shown},
            percent="%",
            points_before=say("Points in {year}", year=before),
            points_change=say("Points +/-"),
            before=say("% in {year}", year=before),
            change="% +/-",
            rank_before=say("Rank in {year}", year=before),
            move=say("+/- places"),
            nation=say("Mean of all units (%)"),
            region=say("Mean of the region (%)"),
            group=say("Mean of the group (%)"),
            best=say("Highest of the group (%)"),
        )

    def page(self) -> Table:
        """A row for each area, bonus and penalty, and the total."""
        areas = [node for _, node in self.result.walk(1)]
        for node in areas:
            row = self._add(node, self.pairs.get(node.code), self.spreads.get(node.code))
            for key, stage in self.shown.items():
                here = stage.node(node.code)
                self.ledger.put(key, node.code, row, here.points)
                if here.final is not None and not here.complete:
                    self.draft.at_least(row, key)
            self.ledger.put("max", node.code, row, node.applicable_max)
            self._reached(node, row)
        self._total([node.code for node in areas])
        title, card = self.say("Results by area"), self.result.scorecard
        return self.draft.table(f"{title} · {card.unit} · {card.year}", self._notes(), name=title)

    def _add(self, node: Node, pair: Pair | None, spread: AreaSpread | None) -> int:
        say = self.say
        published = self.result.scorecard.published
        cells: dict[str, Cell | Fraction | None] = {
            "code": node.code,
            "name": say.name(node.name) if node.code else say("Total"),
            "rank": published.ranks.get(node.code) if published else None,
            **self._means(node),
            **_moved(pair),
        }
        if spread is not None:
            cells |= {"group": spread.mean, "best": spread.highest}
        return self.draft.add(cells, strong=not node.code)

    def _means(self, node: Node) -> Mapping[str, Fraction | None]:
        """The means of all units and of the region."""
        about = self.about
        if about is None:
            return {}
        wholes = {mean.region: mean.after for mean in about.means}
        areas = {
            region: mean for (region, code), mean in about.area_means.items() if code == node.code
        }
        found = areas if node.code else wholes
        region = about.now.region
        return {"nation": found.get(None), "region": found.get(region) if region else None}

    def _reached(self, node: Node, row: int) -> None:
        """The difference of the last stage from the first, what was lost, and the percentage."""
        ledger, stages = self.ledger, list(self.staged.stages)
        code = node.code
        if len(stages) > 1 and stages[-1] in self.shown:
            ledger.put("difference", code, row, self.staged.difference(code))
        _lost(self.result, ledger, node, row, self.counts)

    def _total(self, areas: list[str]) -> None:
        parts = self._with_added(areas)
        about = self.about
        row = self._add(self.result.total, about.pair if about else None, None)
        self.ledger.sum("max", _TOTAL, row, self.result.total.applicable_max, areas)
        for key, stage in self.shown.items():
            self.ledger.sum(key, _TOTAL, row, stage.total.final, parts)
            if stage.total.final is not None and not stage.total.complete:
                self.draft.at_least(row, key)
        self._reached(self.result.total, row)

    def _with_added(self, parts: list[str]) -> list[str]:
        """The parts, and below them what bonus and penalty add at each stage, where there are any."""
        added = {key: stage.total.added for key, stage in self.shown.items()}
        if not any(added.values()):
            return parts
        row = self.draft.add({"name": self.say("Bonus/penalty")})
        for key, each in added.items():
            known = each is not None and each.low == each.high
            self.ledger.put(key, _ADDED, row, each.low if each and known else None)
        return [*parts, _ADDED]

    def _notes(self) -> Iterator[str]:
        """Areas that are compared with none, on either side."""
        about, say = self.about, self.say
        if about is None or about.pair.before is None:
            return
        if any(pair.after and not pair.comparable for pair in about.pair.criteria):
            yield say("The scheme changed: areas without a partner of their name are not compared.")
        alone = [pair.before for pair in about.pair.criteria if pair.after is None and pair.before]
        if alone:
            names = [say.name(each.name) if each.name else each.code for each in alone]
            yield say(
                "Areas of {before} that have none of their name: {names}.",
                before=about.found.before,
                names=", ".join(names),
            )


def _ledger(draft: TableBuilder, result: Result) -> FormulaColumns:
    return FormulaColumns(draft, result.scheme.rounding.index, result.scheme.rounding.mode)


def _lost(
    result: Result, ledger: FormulaColumns, node: Node, row: int, points: str = "points"
) -> None:
    """What was lost, live where it is the maximum less the points, and the percentage."""
    one, other = ledger.of("max", node.code), ledger.of(points, node.code)
    known = node.complete and node.points is not None and node.added is None
    if known and one and other:
        ledger.live("lost", node.code, row, node.lost, (*one, "-", *other))
    else:
        ledger.put("lost", node.code, row, node.lost)
    ledger.share(row, "percent", points, "max", node.code, result.printed_percent(node))


def _moved(pair: Pair | None) -> dict[str, Cell | Fraction]:
    """What is known of the year before; nothing where the scheme changed what is compared."""
    if pair is None or not pair.comparable:
        return {}
    before, after = pair.before, pair.after
    found = {
        "points_before": before.points if before else None,
        "points_change": pair.points,
        "before": before.percent if before else None,
        "change": pair.change,
        "rank_before": before.rank if before else None,
        "rank": after.rank if after else None,
        "move": places(pair.move),
    }
    return {key: value for key, value in found.items() if value is not None}


def origins_page(result: Result, say: Language) -> Table | None:
    """The points by where they come from, for each partition that is known."""
    if not result.parts:
        return None
    named = columns(
        say, "name max points lost percent:bar", name=say("Origin of points"), percent="%"
    )
    draft = TableBuilder(named, result.printed)
    ledger = _ledger(draft, result)
    for partition in result.parts:
        outer = {part.id for part in result.scheme.partitions[partition] if part.within is None}
        for node in result.part_nodes(partition):
            row = draft.add({"name": name_of(node, say)}, depth=1 if node.code in outer else 2)
            ledger.put("max", node.code, row, node.applicable_max)
            ledger.put("points", node.code, row, node.points)
            _lost(result, ledger, node, row)
        _sum_of_parts(result, draft, ledger, sorted(outer), say)
    title = say("Results by origin of points")
    card = result.scorecard
    return draft.table(f"{title} · {card.unit} · {card.year}", _within(result, say), name=title)


def _within(result: Result, say: Language) -> Iterator[str]:
    """Which parts are contained in another one."""
    for partition in result.parts:
        parts = result.scheme.partitions[partition]
        names = {node.code: name_of(node, say) for node in result.part_nodes(partition)}
        for part in parts:
            inside = [names[each.id] for each in parts if each.within == part.id]
            if inside:
                told = {"name": names[part.id], "parts": ", ".join(inside)}
                yield say("{name} contains: {parts}.", **told)


def _sum_of_parts(
    result: Result, draft: TableBuilder, ledger: FormulaColumns, parts: Sequence[str], say: Language
) -> None:
    """The total below the parts, live where it is their sum."""
    total = result.total
    order = [node.code for partition in result.parts for node in result.part_nodes(partition)]
    inside = [code for code in order if code in parts]
    with_added = inside
    if total.added is not None:
        added = total.added
        row = draft.add({"name": say("Bonus/penalty")})
        ledger.put("points", _ADDED, row, added.low if added.low == added.high else None)
        with_added = [*inside, _ADDED]
    row = draft.add({"name": say("Total")}, strong=True)
    ledger.sum("max", _TOTAL, row, total.applicable_max, inside)
    ledger.sum("points", _TOTAL, row, total.final, with_added)
    _lost(result, ledger, total, row)
