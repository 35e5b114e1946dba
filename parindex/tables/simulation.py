"""Scenarios as tables, rows and data."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.origin import working_of
from parindex.analysis.rank_among import Peers, Standing, standing
from parindex.analysis.scenario import Move, Shift, Simulation
from parindex.findings.lines import finding_lines
from parindex.scoring.result import Result
from parindex.tables.columns import columns
from parindex.tables.figures import exact_figures, exact_number, rows_of, signed
from parindex.tables.score_data import finding_data, head_cells, head_data, name_data
from parindex.tables.table import Cell, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.facts import form_of
from parindex.values.finding import Finding
from parindex.values.language import Language, language

FORMAT = "parindex-simulation/1"


def simulation_sheet(found: Simulation, name: str | None, peers: Peers, say: Language) -> Table:
    """What moved, from the leaves up to the total, and what becomes of index, band and place."""
    card, printed = found.before.scorecard, found.after.printed
    builder = TableBuilder(columns(say, "code name max before after change why"), printed)
    for move in found.moves:
        node = move.after
        change = None if move.change is None else printed(move.change)
        builder.add(
            code=node.code,
            name=say.name(node.name) if node.code else say("Total"),
            max=node.max if node.state == "not_applicable" else node.applicable_max,
            before=move.before.final,
            after=node.final,
            change=signed(change, say) or "–",
            why=_why(found, move, say),
            strong=move is found.moves[-1],
        )
    scenario = " ".join(filter(None, (say("Scenario"), name)))
    title = f"{scenario} · {card.unit} · {card.year} · {say.name(found.before.scheme.title)}"
    return builder.table(title, _notes(found, peers, say), keep=None)


def _why(found: Simulation, move: Move, say: Language) -> str:
    if move.why == "guard":
        if not found.before.node(move.guard).points:
            return say("opened: {guard} got points", guard=move.guard)
        return say("shut: {guard} got nothing", guard=move.guard)
    if move.why == "below":
        return ""
    working = working_of(found.after, move.after, say)
    change = found.changes[move.after.code]
    if isinstance(change, Shift):
        return say("set: {points} points", points=say.figures(f"{change.points:+f}"))
    return say("set: {value}", value=working or say.figures(_text(change)))


def _text(fact: Any) -> str:
    [value] = form_of(fact).values()
    return str(value)


def _notes(found: Simulation, peers: Peers, say: Language) -> Iterator[str]:
    before, after = found.before, found.after
    one, other = index_text(before, say), index_text(after, say)
    change = ""
    if before.index is not None and after.index is not None:
        change = f" ({signed(after.printed(Fraction(after.index - before.index)), say)})"
    index = say("Index: {index}", index=f"{one} → {other}")
    yield f"{index}{change}"
    if before.band_set is not None:
        bands = [band_text(result, say) for result in (before, after)]
        yield say("Band: {band}", band=" → ".join(bands))
    yield from rank_notes(standing(before, peers), standing(after, peers), peers, say)
    yield say("This is a scenario, not a score.")
    yield from (line for line, _ in finding_lines(after.findings, say))


def rank_notes(
    before: Standing | None, after: Standing | None, peers: Peers, say: Language
) -> Iterator[str]:
    """The place before and after, and what is said of the others."""
    if before is None or after is None:
        return
    ranks = " → ".join(_place(each) for each in (before, after))
    yield say("Rank: {rank} of {of}", rank=ranks, of=before.of)
    yield from peers_notes(peers, say)


def peers_notes(peers: Peers, say: Language) -> Iterator[str]:
    """What is said of the units among which a place is told."""
    if peers.year is not None:
        yield say(
            "The others are the published results of {year}, as printed; they are taken to stay so.",
            year=peers.year,
        )
    else:
        yield say("All other units are taken to stay as they are.")
    if peers.unknown:
        yield say("Without a known index, and so not counted: {count}.", count=peers.unknown)


def _place(each: Standing) -> str:
    return str(each.best) if each.best == each.worst else f"{each.best}–{each.worst}"


def index_text(result: Result, say: Language) -> str:
    """The index as printed, or its bounds."""
    if result.index is not None:
        return f"{say.number(result.index)} %"
    low, high = result.total.low, result.total.high
    if low is None or high is None:
        return say("not known")
    return f"{say.number(result.printed(low))}–{say.number(result.printed(high))} %"


def band_text(result: Result, say: Language) -> str:
    """The band, or all that are possible."""
    either = say("or")
    named = [name or say("not known") for name in result.bands]
    return f" {either} ".join(named) or say("not known")


COLUMNS: Final = (
    *("unit_id", "unit", "year", "scheme", "scenario", "code", "name_vi", "max", "before", "after"),
    *("change", "index_before", "index_after", "band_before", "band_after"),
    *("rank_before", "rank_after", "why", "guard"),
)


def simulation_rows(
    found: Simulation, name: str | None, peers: Peers
) -> Iterator[tuple[Cell, ...]]:
    """Every move as a row of CSV; the last is that of the whole, with index, band and place."""
    return rows_of(_records(found, name, peers), COLUMNS)


def _records(found: Simulation, name: str | None, peers: Peers) -> Iterator[dict[str, Any]]:
    """A record for each move, by the columns of CSV."""
    before, after = found.before, found.after
    head = {**head_cells(before), "scenario": name}
    for move in found.moves:
        node = move.after
        whole: dict[str, Any] = {}
        if not node.code:
            ranks = [standing(each, peers) for each in (before, after)]
            known = [each.best if each and each.best == each.worst else None for each in ranks]
            whole = {
                "band_before": before.band,
                "band_after": after.band,
                "rank_before": known[0],
                "rank_after": known[1],
            }
        yield {
            **head,
            **_move(found, move),
            "code": node.code or None,
            "name_vi": node.name.vi,
            "max": exact_number(node.applicable_max),
            "index_before": before.printed_percent(move.before),
            "index_after": after.printed_percent(node),
            **whole,
        }


def simulation_data(found: Simulation, name: str | None, peers: Peers) -> dict[str, Any]:
    """A scenario as data: what was set, figures before and after, and every move."""
    before = found.before
    return {
        "scenario": True,
        "name": name,
        **head_data(before),
        "set": {code: _change(change) for code, change in found.changes.items()},
        "before": summary(before, peers),
        "after": summary(found.after, peers),
        "among": {"year": peers.year, "of": peers.of, "unknown": peers.unknown},
        "moves": [_move(found, move) for move in found.moves],
        "findings": [_finding(finding) for finding in found.after.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    data = finding_data(finding)
    del data["parameters"]
    return data


def _change(change: Any) -> dict[str, Any]:
    return {"shift": change.points} if isinstance(change, Shift) else form_of(change)


def summary(result: Result, peers: Peers) -> dict[str, Any]:
    """Points, index, band and place of a result as data."""
    total, place = result.total, standing(result, peers)
    return {
        **exact_figures(points=total.final, applicable_max=total.applicable_max),
        "complete": total.complete,
        "index": result.index,
        "low": None if total.low is None else result.printed(total.low),
        "high": None if total.high is None else result.printed(total.high),
        "band": result.band,
        "bands": list(result.bands),
        "rank": {"best": place.best, "worst": place.worst, "of": place.of} if place else None,
    }


def _move(found: Simulation, move: Move) -> dict[str, Any]:
    node = move.after
    return {
        "code": node.code,
        "name": name_data(node.name),
        "why": move.why,
        "guard": move.guard or None,
        "working": working_of(found.after, node, language("en")),
        **exact_figures(before=move.before.final, after=node.final, change=move.change),
        "state_before": move.before.state,
        "state_after": node.state,
    }
