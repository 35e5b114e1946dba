"""Scenarios as sheets, rows and data."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.explanation import working_of
from parindex.analysis.rank_among import Peers, RankRange, rank_range
from parindex.analysis.scenario import Move, Shift, Simulation
from parindex.findings import message, severity
from parindex.findings.lines import finding_lines
from parindex.scoring.result import Node, Result
from parindex.tables.score_data import put
from parindex.tables.sheet import Cell, Column, Sheet
from parindex.values.exact import shortened, terminating
from parindex.values.facts import form_of
from parindex.values.language import Language, language

FORMAT = "parindex-simulation/1"


def simulation_sheet(found: Simulation, name: str | None, peers: Peers, say: Language) -> Sheet:
    """What moved, from the leaves up to the total, and what becomes of index, band and place."""
    card = found.before.scorecard
    rows = tuple(_row(found, move, say) for move in found.moves)
    scenario = say("Scenario")
    return Sheet(
        title=f"{scenario}{f' {name}' if name else ''} · {card.unit} · {card.year} · "
        f"{say.name(found.before.scheme.title)}",
        columns=(
            Column("code", say("Code"), "code"),
            Column("name", say("Criterion")),
            Column("max", say("Maximum"), "number"),
            Column("before", say("Before"), "number"),
            Column("after", say("After"), "number"),
            Column("change", say("Change"), "number"),
            Column("why", say("Why")),
        ),
        rows=rows,
        strong=frozenset({len(rows) - 1}),
        notes=tuple(_notes(found, peers, say)),
    )


def _row(found: Simulation, move: Move, say: Language) -> tuple[Cell, ...]:
    printed = found.after.printed
    node = move.after
    maximum = node.max if node.state == "not_applicable" else node.applicable_max
    return (
        node.code,
        say.name(node.name) if node.code else say("Total"),
        None if maximum is None else printed(maximum),
        _points(found.before, move.before),
        _points(found.after, node),
        _signed(found.after, move.change, say),
        _why(found, move, say),
    )


def _points(result: Result, node: Node) -> Decimal | None:
    return None if node.final is None else result.printed(node.final)


def _signed(result: Result, value: Fraction | Decimal | None, say: Language) -> str | None:
    if value is None:
        return "–"
    printed = result.printed(Fraction(value))
    return say.figures(f"{printed:+f}" if printed else f"{printed:f}")


def _why(found: Simulation, move: Move, say: Language) -> str:
    if move.why == "guard":
        was = found.before.node(move.guard)
        opened = not was.points
        return (
            say("opened: {guard} got points", guard=move.guard)
            if opened
            else say("shut: {guard} got nothing", guard=move.guard)
        )
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
        change = f" ({_signed(after, after.index - before.index, say)})"
    index = say("Index: {index}", index=f"{one} → {other}")
    yield f"{index}{change}"
    if before.band_set is not None:
        bands = [band_text(result, say) for result in (before, after)]
        yield say("Band: {band}", band=" → ".join(bands))
    yield from rank_notes(rank_range(before, peers), rank_range(after, peers), peers, say)
    yield say("This is a scenario, not a score.")
    yield from (line for line, _ in finding_lines(after.findings, say))


def rank_notes(
    before: RankRange | None, after: RankRange | None, peers: Peers, say: Language
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


def _place(each: RankRange) -> str:
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
    before, after = found.before, found.after
    card = before.scorecard
    head = (card.unit_id, card.unit, str(card.year), before.scheme.id, name)
    for move in found.moves:
        node = move.after
        points = (node.applicable_max, move.before.final, node.final, move.change)
        figures = [_decimal(each) for each in points]
        shares = (before.printed_percent(move.before), after.printed_percent(node))
        tail: tuple[Cell, ...] = (None,) * 4
        if not node.code:
            places = [rank_range(each, peers) for each in (before, after)]
            ranks = [p.best if p and p.best == p.worst else None for p in places]
            tail = (before.band, after.band, *ranks)
        yield (
            *head,
            node.code or None,
            node.name.vi,
            *figures,
            *shares,
            *tail,
            move.why,
            move.guard,
        )


def _decimal(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal


def simulation_data(found: Simulation, name: str | None, peers: Peers) -> dict[str, Any]:
    """A scenario as data: what was set, figures before and after, and every move."""
    before = found.before
    card = before.scorecard
    return {
        "scenario": True,
        "name": name,
        "unit": card.unit,
        "unit_id": card.unit_id,
        "year": card.year,
        "scheme": {"id": before.scheme.id, "sha256": before.scheme.sha256},
        "set": {code: _change(change) for code, change in found.changes.items()},
        "before": summary(before, peers),
        "after": summary(found.after, peers),
        "among": {"year": peers.year, "of": peers.of, "unknown": peers.unknown},
        "moves": [_move(found, move) for move in found.moves],
        "findings": [
            {
                "code": finding.code,
                "severity": severity(finding),
                "where": finding.where,
                "message": message(finding, language("en")),
            }
            for finding in found.after.findings
        ],
    }


def _change(change: Any) -> dict[str, Any]:
    return {"shift": change.points} if isinstance(change, Shift) else form_of(change)


def summary(result: Result, peers: Peers) -> dict[str, Any]:
    """Points, index, band and place of a result as data."""
    total = result.total
    place = rank_range(result, peers)
    data: dict[str, Any] = {}
    put(data, "points", total.final)
    put(data, "applicable_max", total.applicable_max)
    return {
        **data,
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
    data: dict[str, Any] = {
        "code": node.code,
        "name": {"vi": node.name.vi, "en": node.name.en},
        "why": move.why,
        "guard": move.guard or None,
        "working": working_of(found.after, node, language("en")),
    }
    put(data, "before", move.before.final)
    put(data, "after", node.final)
    put(data, "change", move.change)
    data["state_before"], data["state_after"] = move.before.state, node.state
    return data
