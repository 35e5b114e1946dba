"""Scenarios as tables, rows and data."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.explanation import working_of
from parindex.analysis.rank_among import Peers, rank_range
from parindex.analysis.scenario import Move, Shift, Simulation
from parindex.findings.lines import finding_lines
from parindex.scoring.result import Result
from parindex.scoring.standards import standards_of
from parindex.tables.columns import columns
from parindex.tables.figures import exact_figures, exact_number, record_of, signed
from parindex.tables.score import band_text, count_text, index_text, title_of
from parindex.tables.score_data import finding_data, head_cells, head_data, name_data
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.facts import cell_form, form_of
from parindex.values.language import Language, language

FORMAT = "parindex-simulation/1"


def simulation_sheet(found: Simulation, name: str | None, peers: Peers, say: Language) -> Table:
    """What moved, from the leaves up to the total, and what becomes of index, band and place."""
    printed = found.after.printed
    builder = TableBuilder(columns(say, "code name max before after change why"), printed)
    for move in found.moves:
        node = move.after
        builder.add(
            code=node.code,
            name=say.name(node.name) if node.code else say("Total"),
            max=node.max if node.state == "not_applicable" else node.applicable_max,
            before=move.before.final,
            after=node.final,
            change=signed(printed(move.change), say) or "–",
            why=_why(found, move, say),
            strong=move is found.moves[-1],
        )
    scenario = " ".join(filter(None, (say("Scenario"), name)))
    title = f"{scenario} · {title_of(found.before.scorecard, found.before.scheme, say)}"
    return builder.table(title, _notes(found, peers, say), keep=None)


def _why(found: Simulation, move: Move, say: Language) -> str:
    if move.why == "guard":
        if not found.before.node(move.guard).points:
            return opened_text(move, say)
        return say("shut: {guard} got nothing", guard=move.guard)
    if move.why == "below":
        return ""
    change = found.changes[move.after.code]
    if isinstance(change, Shift):
        return say("set: {points} points", points=say.figures(f"{change.points:+f}"))
    working = working_of(found.after, move.after, say)
    return say("set: {value}", value=working or say.figures(cell_form(change)))


def opened_text(move: Move, say: Language) -> str:
    """That a guard does not hold a criterion back any more."""
    return say("opened: {guard} got points", guard=move.guard)


def _notes(found: Simulation, peers: Peers, say: Language) -> Iterator[str]:
    before, after = found.before, found.after
    change = ""
    if before.index is not None and after.index is not None:
        change = f" ({signed(after.printed(Fraction(after.index - before.index)), say)})"
    index, *more = after_notes(before, after, peers, say)
    yield f"{index}{change}"
    yield from more
    yield say("This is a scenario, not a score.")
    yield from (line for line, _ in finding_lines(after.findings, say))


def after_notes(before: Result, after: Result, peers: Peers, say: Language) -> Iterator[str]:
    """Index, band and place of a unit before and after."""
    both = (before, after)
    standards = [count_text(each, say) for each in map(standards_of, both) if each is not None]
    if before.total.applicable_max != 0 or not standards:
        yield say("Index: {index}", index=" → ".join(index_text(each, say) for each in both))
    if standards:
        yield " → ".join(standards)
    if before.band_set is not None:
        yield say("Band: {band}", band=" → ".join(band_text(each, say) for each in both))
    ranks = [each for result in both if (each := rank_range(result, peers)) is not None]
    if len(ranks) == len(both):
        places = ("–".join(map(str, dict.fromkeys((each.best, each.worst)))) for each in ranks)
        yield say("Rank: {rank} of {of}", rank=" → ".join(places), of=ranks[0].of)
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


COLUMNS: Final = (
    *("unit_id", "unit", "year", "scheme", "scenario", "code", "name_vi", "max", "before", "after"),
    *("change", "index_before", "index_after", "band_before", "band_after"),
    *("rank_before", "rank_after", "why", "guard"),
)


def simulation_records(
    found: Simulation, name: str | None, peers: Peers
) -> Iterator[dict[str, Any]]:
    """Every move by the columns of CSV; the last is that of the whole, with index, band and place."""
    before, after = found.before, found.after
    ranks = [rank_range(each, peers) for each in (before, after)]
    known = [each.best if each and each.best == each.worst else None for each in ranks]
    whole = {
        "band_before": before.band,
        "band_after": after.band,
        "rank_before": known[0],
        "rank_after": known[1],
    }
    for move in found.moves:
        node = move.after
        yield {
            **head_cells(before),
            "scenario": name,
            **_move(found, move),
            "code": node.code or None,
            "name_vi": node.name.vi,
            "max": exact_number(node.applicable_max),
            "index_before": before.printed_percent(move.before),
            "index_after": after.printed_percent(node),
            **({} if node.code else whole),
        }


def simulation_data(found: Simulation, name: str | None, peers: Peers) -> dict[str, Any]:
    """A scenario as data: what was set, figures before and after, and every move."""
    findings = [finding_data(finding) for finding in found.after.findings]
    shown = ("code", "severity", "where", "message")
    return {
        "scenario": True,
        "name": name,
        **head_data(found.before),
        "set": {
            code: {"shift": each.points} if isinstance(each, Shift) else form_of(each)
            for code, each in found.changes.items()
        },
        "before": summary(found.before, peers),
        "after": summary(found.after, peers),
        "among": among(peers),
        "moves": [_move(found, move) for move in found.moves],
        "findings": [{key: each[key] for key in shown} for each in findings],
    }


def among(peers: Peers) -> dict[str, Any]:
    """The units among which a place is told."""
    return record_of(peers, "year of unknown")


def summary(result: Result, peers: Peers) -> dict[str, Any]:
    """Points, index, band and place of a result as data."""
    total, place = result.total, rank_range(result, peers)
    return {
        **exact_figures(points=total.final, applicable_max=total.applicable_max),
        "complete": total.complete,
        "index": result.index,
        "low": result.low,
        "high": result.high,
        "band": result.band,
        "bands": list(result.bands),
        "rank": record_of(place, "best worst of") if place else None,
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
