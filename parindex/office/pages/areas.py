"""Layouts L3 and L4: points by area and by origin, beside what is published."""

from collections.abc import Mapping
from fractions import Fraction

from parindex.analysis.comparison import Pair
from parindex.office.pages.page import At, Chart, Line, Page, Span
from parindex.office.pages.table_builder import Draft, Ledger
from parindex.published_figures.context import PublishedContext
from parindex.scoring.result import Node, Result
from parindex.tables.score import name_of
from parindex.tables.sheet import Cell, Column, places
from parindex.values.language import Language

_ADDED = " added"


def areas_page(result: Result, about: PublishedContext | None, say: Language) -> Page | None:
    """The areas of a unit: points, percentages, ranks, the year before and the means."""
    areas = [node for _, node in result.walk(1)]
    if not any(node.points is not None for node in areas):
        return None
    draft = Draft(_columns(result, say), result.printed)
    ledger = _ledger(draft, result)
    pairs = {pair.either.code: pair for pair in about.pair.criteria} if about else {}
    for node in areas:
        mean = about.area_means.get((None, node.code)) if about else None
        _row(result, ledger, draft, node, say.name(node.name), pairs.get(node.code), mean)
    mean = next((m.after for m in about.means if m.region is None), None) if about else None
    pair = about.pair if about else None
    _total(result, ledger, draft, [node.code for node in areas], (pair, mean), say)
    title = say("Results by area")
    card = result.scorecard
    notes = []
    if pair and pair.before and any(not pair.comparable for pair in pair.criteria):
        notes.append(
            say("The scheme changed: areas without a partner of their name are not compared.")
        )
    return draft.page(title, f"{title} · {card.unit} · {card.year}", notes)


def areas_chart(page: Page, unit: str, say: Language) -> Chart | None:
    """The percentages of the areas as a radar, with the mean of the nation where it is known."""
    keys = [column.key for column in page.sheet.columns]
    last = sum(bool(row[0]) for row in page.sheet.rows) - 1  # only areas have a code
    if last < 2 or "percent" not in keys:  # noqa: PLR2004 a radar has three axes at the least
        return None

    def span(key: str) -> Span:
        return Span(At(0, keys.index(key)), At(last, keys.index(key)))

    lines = [Line(unit, span("percent"))]
    if "nation" in keys and all(
        row[keys.index("nation")] is not None for row in page.sheet.rows[: last + 1]
    ):
        lines.append(Line(say("Mean of the nation"), span("nation")))
    title = say("Areas, % of the maximum")
    return Chart("radar", title, page, span("name"), tuple(lines))


def _columns(result: Result, say: Language) -> tuple[Column, ...]:
    before = result.scorecard.year - 1
    return (
        Column("code", say("Code"), "code"),
        Column("name", say("Area")),
        Column("max", say("Maximum"), "number"),
        Column("points", say("Points"), "number"),
        Column("lost", say("Lost"), "number"),
        Column("percent", "%", "bar"),
        Column("before", say("% in {year}", year=before), "number"),
        Column("change", "+/-", "number"),
        Column("rank_before", say("Rank in {year}", year=before), "number"),
        Column("rank", say("Rank"), "number"),
        Column("move", say("+/- places"), "number"),
        Column("nation", say("Mean of the nation"), "number"),
        Column("state", say("State")),
    )


def _ledger(draft: Draft, result: Result) -> Ledger:
    return Ledger(draft, result.scheme.rounding.index, result.scheme.rounding.mode)


def _row(
    result: Result,
    ledger: Ledger,
    draft: Draft,
    node: Node,
    name: str,
    pair: Pair | None,
    mean: Fraction | None,
) -> None:
    cells = {"code": node.code, "name": name, "nation": mean, **_moved(pair)}
    if node.criterion is not None and cells.get("rank") is None:
        published = result.scorecard.published
        cells["rank"] = published.ranks.get(node.code) if published else None
    row = draft.add(cells)
    ledger.put("max", node.code, row, node.applicable_max)
    ledger.put("points", node.code, row, node.points)
    _reached(result, ledger, node, row)


def _reached(result: Result, ledger: Ledger, node: Node, row: int) -> None:
    """What was lost, and the percentage."""
    one, other = ledger.of("max", node.code), ledger.of("points", node.code)
    known = node.complete and node.points is not None and node.added is None
    if known and one and other:
        ledger.live("lost", node.code, row, node.lost, (*one, "-", *other))
    else:
        ledger.put("lost", node.code, row, node.lost)
    ledger.share(row, "percent", "points", "max", node.code, result.printed_percent(node))


def _moved(pair: Pair | None) -> dict[str, Cell | Fraction]:
    """What is known of the year before; nothing where the scheme changed what is compared."""
    if pair is None or not pair.comparable:
        return {}
    before, after = pair.before, pair.after
    return {
        "before": before.percent if before else None,
        "change": pair.change,
        "rank_before": before.rank if before else None,
        "rank": after.rank if after else None,
        "move": places(pair.move),
    }


def _total(
    result: Result,
    ledger: Ledger,
    draft: Draft,
    areas: list[str],
    known: tuple[Pair | None, Fraction | None],
    say: Language,
) -> None:
    total = result.total
    parts = _with_added(result, draft, ledger, areas, say)
    cells: Mapping[str, Cell | Fraction] = {
        "name": say("Total"),
        "nation": known[1],
        **_moved(known[0]),
    }
    row = draft.add(cells, strong=True)
    ledger.sum("max", "", row, total.applicable_max, areas)
    ledger.sum("points", "", row, total.final, parts)
    _reached(result, ledger, total, row)


def _with_added(
    result: Result, draft: Draft, ledger: Ledger, parts: list[str], say: Language
) -> list[str]:
    """The parts, and below them what bonus and penalty add, where there are any."""
    added = result.total.added
    if added is None:
        return parts
    row = draft.add({"name": say("Bonus/penalty")})
    ledger.put("points", _ADDED, row, added.low if added.low == added.high else None)
    return [*parts, _ADDED]


def origins_page(result: Result, say: Language) -> Page | None:
    """The points by where they come from, for each partition that is known."""
    if not result.parts:
        return None
    columns = (
        Column("name", say("Origin of points")),
        Column("max", say("Maximum"), "number"),
        Column("points", say("Points"), "number"),
        Column("lost", say("Lost"), "number"),
        Column("percent", "%", "bar"),
    )
    draft = Draft(columns, result.printed)
    ledger = _ledger(draft, result)
    for partition in result.parts:
        outer = {part.id for part in result.scheme.partitions[partition] if part.within is None}
        for node in result.part_nodes(partition):
            row = draft.add({"name": name_of(node, say)}, depth=1 if node.code in outer else 2)
            ledger.put("max", node.code, row, node.applicable_max)
            ledger.put("points", node.code, row, node.points)
            _reached(result, ledger, node, row)
        _sum_of_parts(result, draft, ledger, sorted(outer), say)
    title = say("Results by origin of points")
    card = result.scorecard
    return draft.page(title, f"{title} · {card.unit} · {card.year}")


def _sum_of_parts(
    result: Result, draft: Draft, ledger: Ledger, parts: list[str], say: Language
) -> None:
    """The total below the parts, live where it is their sum."""
    total = result.total
    order = [node.code for partition in result.parts for node in result.part_nodes(partition)]
    inside = [code for code in order if code in parts]
    with_added = _with_added(result, draft, ledger, inside, say)
    row = draft.add({"name": say("Total")}, strong=True)
    ledger.sum("max", "", row, total.applicable_max, inside)
    ledger.sum("points", "", row, total.final, with_added)
    _reached(result, ledger, total, row)
