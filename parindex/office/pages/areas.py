"""Layouts L3 and L4: points by area and by origin, beside what is published."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from parindex.analysis.areas import AreaSpread
from parindex.analysis.comparison import Pair
from parindex.analysis.stages import Staged
from parindex.analysis.unit_figures import RankInput
from parindex.office.pages.formula_table import FormulaTable
from parindex.office.pages.page import Chart, chart_of
from parindex.office.pages.unit import StagedTable
from parindex.published_figures.context import PublishedContext
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring.result import Node, Result
from parindex.tables.columns import columns
from parindex.tables.figures import places
from parindex.tables.score import name_of, rounding_notes
from parindex.tables.table import Cell, Table
from parindex.values.language import N_, Language

_OTHERS = ("before", "nation", "region", "group", "best")
"""Columns of percentages that a chart draws beside the unit's own."""
_LEAST_OF_A_RADAR = 3
"""Fewer axes outline nothing."""


_AROUND = (
    *("points_before", "points_change", "before", "change", "rank", "rank_before", "move"),
    *("nation", "region"),
)
"""Columns of what is known around a unit."""


def areas_page(
    staged: Staged, about: PublishedContext | None, say: Language, *, whole: bool = False
) -> Table | None:
    """The areas of a unit: points at each stage, percentages, ranks, the year before and the means.

    With `whole` those columns stay of which only the total is known; else a note says it.
    None where no points of any area are known, and nothing of the year before.
    """
    before = about is not None and any(pair.before for pair in about.pair.criteria)
    if not before and not any(node.points is not None for _, node in staged.result.walk(1)):
        return None
    return _Areas(staged, about, say).page(whole=whole)


def areas_chart(page: Table, card: Scorecard, say: Language, *, whole: bool = True) -> Chart | None:
    """The percentages of the areas as a radar, with the other columns of percentages.

    With `whole` only those columns are drawn that are known of every area. Beside the
    year before the unit's own has its year, too.
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
    both = any(key == "before" for _, key in others)
    own = f"{card.unit}, {card.year}" if both else card.unit
    return chart_of("radar", title, page, count, [(own, "percent"), *others])


_PRINTED = {
    "rank": (N_("Rank"), N_("Rank, as published")),
    "points_before": (N_("Points in {year}"), N_("Points in {year}, as published")),
    "before": (N_("% in {year}"), N_("% in {year}, as published")),
    "rank_before": (N_("Rank in {year}"), N_("Rank in {year}, as published")),
    "nation": (N_("Mean of all units (%)"), N_("Mean of all units, as published (%)")),
    "region": (N_("Mean of the region (%)"), N_("Mean of the region, as published (%)")),
}
"""Headings of what may be computed, or printed by others."""


def _around_titles(
    about: PublishedContext | None, before: object, say: Language
) -> Mapping[str, str]:
    """The headings of ranks, means and the year before, which say of printed ones that they are."""
    printed = dict.fromkeys(_PRINTED, False)
    if about is not None:
        printed["rank"] = about.ranked != "computed"
        is_row = not isinstance(about.pair.before, RankInput)
        printed |= dict.fromkeys(("points_before", "before", "rank_before"), is_row)
        means = any(mean.origin == "published" for mean in about.means)
        printed |= dict.fromkeys(("nation", "region"), means)
    return {key: say(_PRINTED[key][is_], year=before) for key, is_ in printed.items()}


class _Areas(StagedTable):
    """The table of the areas in the making."""

    def __init__(self, staged: Staged, about: PublishedContext | None, say: Language) -> None:
        total, year = staged.result.total, staged.result.scorecard.year - 1
        before = about.found.before if about else year
        whole = total.applicable_max == total.max
        super().__init__(
            staged,
            say,
            "code name max {} difference lost percent:bar points_before:number "
            "points_change:number before change rank rank_before:number move nation:number "
            "region:number group:number best:number".format,
            name=say("Area"),
            max=say("Maximum") if whole else say("Maximum that applies"),
            points_change=say("Points +/-"),
            change="% +/-",
            move=say("+/- places"),
            **_around_titles(about, before, say),
            group=say("Mean of the group (%)"),
            best=say("Highest of the group (%)"),
        )
        self.about = about

    def page(self, *, whole: bool) -> Table:
        """A row for each area, bonus and penalty, and the total."""
        about, card = self.about, self.result.scorecard
        pairs = (
            {pair.either.code: pair for pair in about.pair.criteria if pair.after} if about else {}
        )
        spreads = {each.code: each for each in about.areas} if about else {}
        areas = [
            self._add(node, pairs.get(node.code), spreads.get(node.code))
            for _, node in self.result.walk(1)
        ]
        added = {key: each.added for key, each in self.nodes("").items()}
        parts = areas
        if any(added.values()):
            parts = [*areas, self.add(name=self.say("Bonus/penalty"))]
            for key, each in added.items():
                self.put(parts[-1], key, each.low if each and each.low == each.high else None)
        pair = about.pair if about else None
        total = self._add(self.result.total, pair, None, parts, areas)
        lone = [*self._lone(areas, total)] if areas and not whole else []
        title = self.say("Results by area")
        return self.table(
            f"{title} · {card.unit} · {card.year}", (*lone, *self._notes()), name=title
        )

    def _lone(self, areas: Sequence[int], total: int) -> Iterator[str]:
        """Take out of the total what is known of no area, and say it in a note."""
        say, titles, told = self.say, {each.key: each.title for each in self.columns}, []
        for key in _AROUND:
            value = self.cell(total, key)
            if value is not None and all(self.cell(row, key) is None for row in areas):
                figure = say.number(value) if isinstance(value, Decimal) else str(value)
                told.append(f"{titles[key]}: {figure}")
                self.put(total, key, None)
        if told:
            yield say("Known of the whole alone: {figures}.", figures="; ".join(told))

    def _add(
        self,
        node: Node,
        pair: Pair | None,
        spread: AreaSpread | None,
        parts: Collection[int] = (),
        below: Collection[int] = (),
    ) -> int:
        """Add an area or the total: its points are the sum of `parts`, its maximum that of `below`."""
        say, published = self.say, self.result.scorecard.published
        cells: dict[str, Cell | Fraction | None] = {
            "code": node.code,
            "name": name_of(node, say) if node.code else say("Total"),
            "rank": published.ranks.get(node.code) if published else None,
            **self._means(node),
            **_moved(pair),
        }
        if spread is not None:
            cells |= {"group": spread.mean, "best": spread.highest}
        row = self.add(cells, strong=not node.code)
        self.sum(row, "max", node.applicable_max, below)
        self.put_points(row, node.code, parts)
        self.put_shares(row, node.code, "max", live=False)
        _put_lost(self, row, node, self.counts)
        return row

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

    def _notes(self) -> Iterator[str]:
        """What was rounded, and areas that are compared with none, on either side."""
        about, say = self.about, self.say
        nodes = (*(node for _, node in self.result.walk(1)), self.result.total)
        yield from rounding_notes(self.result, nodes, say)
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


def _put_lost(page: FormulaTable, row: int, node: Node, points: str = "points") -> None:
    """Set what was lost, live where it is the maximum less the points."""
    if node.complete and node.points is not None and node.added is None:
        page.less(row, "lost", node.lost, "max", points)
    else:
        page.put(row, "lost", node.lost)


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
    keys = "name max points lost percent:bar"
    named = columns(say, keys, name=say("Origin of points"), percent="%")
    page, total = FormulaTable(named, result.scheme.rounding), result.total

    def add(
        node: Node,
        name: str,
        parts: Collection[int] = (),
        below: Collection[int] = (),
        depth: int = 0,
    ) -> int:
        row = page.add(name=name, depth=depth, strong=not depth)
        page.sum(row, "max", node.applicable_max, below)
        page.sum(row, "points", node.final, parts)
        _put_lost(page, row, node)
        page.share(row, "percent", "points", "max", result.printed_percent(node))
        return row

    for partition in result.parts:
        outer = {part.id for part in result.scheme.partitions[partition] if part.within is None}
        rows = {
            node.code: add(node, name_of(node, say), depth=1 if node.code in outer else 2)
            for node in result.part_nodes(partition)
        }
        inside = [row for code, row in rows.items() if code in outer]
        parts = inside
        if total.added is not None:
            parts = [*inside, page.add(name=say("Bonus/penalty"))]
            known = total.added.low == total.added.high
            page.put(parts[-1], "points", total.added.low if known else None)
        add(total, say("Total"), parts, inside)
    title, card = say("Results by origin of points"), result.scorecard
    nodes = (node for each in result.parts for node in result.part_nodes(each))
    notes = (*_within(result, say), *rounding_notes(result, nodes, say))
    return page.table(f"{title} · {card.unit} · {card.year}", notes, name=title)


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
