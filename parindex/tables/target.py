"""Targets as sheets, rows and data: what is missing, and the plans that reach it."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.goal import Goal
from parindex.analysis.rank_among import standing
from parindex.analysis.target import Plan, Step, Target
from parindex.scoring.result import Node
from parindex.tables.score_data import put
from parindex.tables.sheet import Cell, Column, Sheet
from parindex.tables.simulation import (
    band_text,
    index_text,
    peers_notes,
    rank_notes,
    summary,
)
from parindex.values.exact import shortened, terminating
from parindex.values.facts import Answer, Fact, Items, Points, Ratio, Value, form_of
from parindex.values.fuzzy import named
from parindex.values.language import Language

FORMAT = "parindex-target/1"
_SIGNS: Final = {"from": "≥ ", "above": "> ", "to": "≤ ", "below": "< ", "is": ""}


def target_sheets(found: Target, say: Language) -> Iterator[Sheet]:
    """The best plan, then the others in a line each."""
    yield _best(found, say)
    if len(found.plans) > 1:
        yield _others(found, say)


def _best(found: Target, say: Language) -> Sheet:
    result = found.result
    plan = found.plans[0] if found.plans else None
    rows = list(_rows(found, plan, say)) if plan else [_whole(found, say)]
    card = result.scorecard
    target = say("Target")
    return Sheet(
        title=f"{target} {goal_text(found, say)} · {card.unit} · {card.year} · "
        f"{say.name(result.scheme.title)}",
        columns=(
            Column("code", say("Code"), "code"),
            Column("name", say("Criterion")),
            Column("max", say("Maximum"), "number"),
            Column("now", say("Now"), "number"),
            Column("then", say("Then"), "number"),
            Column("gain", say("Gain"), "number"),
            Column("report", say("To be reported")),
        ),
        rows=tuple(rows),
        strong=frozenset({len(rows) - 1}),
        notes=tuple(_notes(found, plan, say)),
    )


def goal_text(found: Target, say: Language) -> str:
    """What is aimed at, in a word or two: a band by its own name, however it was typed."""
    goal, bands = found.goal, found.result.band_set
    if goal.band is not None:
        names = [step.name for step in bands.steps] if bands else []
        return say("band {band}", band=named(goal.band, names) or goal.band)
    if goal.index is not None:
        return say("index {index} %", index=say.number(goal.index))
    return say("rank {rank}", rank=goal.rank)


def _rows(found: Target, plan: Plan, say: Language) -> Iterator[tuple[Cell, ...]]:
    result = found.result
    for step in plan.steps:
        yield _row(found, step.now, step.gain.points, step.raised, report_text(step, say), say)
    steps = {step.now.code for step in plan.steps}
    for move in plan.simulation.moves:
        node = move.before
        if move.why == "guard" and node.code not in steps and not node.criterion.children:  # type: ignore[union-attr]
            then = move.after.points or Fraction(0)
            opened = say("opened: {guard} got points", guard=move.guard)
            yield _row(found, node, then, then - (node.points or Fraction(0)), opened, say)
    total, after = result.total, plan.simulation.after.total
    then = after.final or Fraction(0)
    yield (
        *("", say("Total"), _printed(found, total.applicable_max), _printed(found, total.final)),
        *(_printed(found, then), _printed(found, plan.gain), ""),
    )


def _whole(found: Target, say: Language) -> tuple[Cell, ...]:
    """The total alone: as it is, and where the target is out of reach as it could be at best."""
    total, best = found.result.total, found.best.total
    now = (_printed(found, total.applicable_max), _printed(found, total.final))
    then, gain = None, None
    if state_of(found) == "out_of_reach":
        then = _printed(found, best.final)
        gain = _printed(found, (best.points or Fraction(0)) - (total.points or Fraction(0)))
    return ("", say("Total"), *now, then, gain, "")


def _row(
    found: Target, node: Node, then: Fraction, gain: Fraction, report: str, say: Language
) -> tuple[Cell, ...]:
    figures = (node.max, node.points, then, gain)
    return (node.code, say.name(node.name), *(_printed(found, each) for each in figures), report)


def _printed(found: Target, value: Fraction | None) -> Decimal | None:
    return None if value is None else found.result.printed(value)


def report_text(step: Step, say: Language) -> str:
    """What must be reported for a step: `≥ 54.84 %`, `≤ 2`, or the option."""
    sign = _SIGNS[step.gain.need]
    return f"{sign}{fact_text(step.gain.fact, step.now, say)}"


def fact_text(fact: Fact, node: Node, say: Language) -> str:
    """A fact as people write it; options and items by their names."""
    rule = node.criterion.rule if node.criterion else None
    names = rule.named(say) if rule else {}
    match fact:
        case Points(points):
            return say("{points} points", points=say.number(points))
        case Value(value, True):
            return f"{say.number(value)} %"
        case Ratio(part, whole):
            return f"{say.number(part)}/{say.number(whole)}"
        case Answer(answer):
            return names.get(answer, answer)
        case Items(items):
            return ", ".join(names.get(each, each) for each in items)
        case _:
            [value] = form_of(fact).values()
            return say.figures(str(value))


def _notes(found: Target, plan: Plan | None, say: Language) -> Iterator[str]:
    result, goal = found.result, found.goal
    if not result.total.complete:
        yield say("Partial: what is not yet known counts as 0 here, and the lowest index counts.")
    if plan is None:
        yield from _no_plan(found, say)
    else:
        if found.missing is not None:
            missing = say.number(result.printed(found.missing))
            yield say("Missing: {points} points.", points=missing)
        after = plan.simulation.after
        index = f"{index_text(result, say)} → {index_text(after, say)}"
        yield say("Index: {index}", index=index)
        if result.band_set is not None:
            bands = f"{band_text(result, say)} → {band_text(after, say)}"
            yield say("Band: {band}", band=bands)
        places = [standing(each, goal.peers) for each in (result, after)]
        yield from rank_notes(places[0], places[1], goal.peers, say)
    if not found.proved:
        yield say("Best found, not proved: there may be a plan with less.")


def _no_plan(found: Target, say: Language) -> Iterator[str]:
    index = index_text(found.result, say)
    if found.missing is not None and found.missing <= 0:
        yield say("The target is reached: the index is {index}.", index=index)
    else:
        best = index_text(found.best, say)
        yield say(
            "The target is out of reach: with all that can be raised the index is {index}.",
            index=best,
        )
    if found.goal.rank is not None:
        yield from peers_notes(found.goal.peers, say)


def _others(found: Target, say: Language) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for number, plan in enumerate(found.plans[1:], start=1):
        codes = ", ".join(
            f"{step.now.code} (+{say.number(found.result.printed(step.raised))})"
            for step in plan.steps
        )
        after = plan.simulation.after
        rows.append((number, codes, found.result.printed(plan.gain), index_text(after, say)))
    return Sheet(
        title=say("Other plans of as many criteria"),
        columns=(
            Column("number", "#", "number"),
            Column("codes", say("Criteria")),
            Column("gain", say("Gain"), "number"),
            Column("index", say("Index"), "number"),
        ),
        rows=tuple(rows),
    )


COLUMNS: Final = (
    *("unit_id", "unit", "year", "scheme", "goal", "value", "state", "missing"),
    *("plan", "code", "name_vi", "max", "now", "then", "gain", "need", "report"),
)


def target_rows(found: Target) -> Iterator[tuple[Cell, ...]]:
    """Each step of each plan as a row of CSV; one row without a plan where there is none."""
    card = found.result.scorecard
    kind, value = _goal(found.goal)
    told = None if value is None else str(value)
    who = (card.unit_id, card.unit, str(card.year), found.result.scheme.id)
    head = (*who, kind, told, state_of(found), _decimal(found.missing))
    if not found.plans:
        yield (*head, *(None,) * 9)
    for number, plan in enumerate(found.plans, start=1):
        for step in plan.steps:
            node = step.now
            figures = (node.max, node.points, step.gain.points, step.raised)
            [report] = form_of(step.gain.fact).values()
            cells = (node.code, node.name.vi, *map(_decimal, figures), step.gain.need)
            yield (*head, number, *cells, _cell(report))


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ("/" if isinstance(value[0], Decimal) else "|").join(map(str, value))
    return str(value)


def _decimal(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal


def _goal(goal: Goal) -> tuple[str, str | Decimal | int | None]:
    for kind in ("band", "index", "rank"):
        value = getattr(goal, kind)
        if value is not None:
            return kind, value
    return "", None


def state_of(found: Target) -> str:
    """Whether the target is reached, has a plan, or is out of reach."""
    if found.plans:
        return "planned"
    return "reached" if found.missing is not None and found.missing <= 0 else "out_of_reach"


def target_data(found: Target) -> dict[str, Any]:
    """A target as data; gains are exact."""
    result, goal = found.result, found.goal
    card = result.scorecard
    kind, value = _goal(goal)
    data: dict[str, Any] = {
        "unit": card.unit,
        "unit_id": card.unit_id,
        "year": card.year,
        "scheme": {"id": result.scheme.id, "sha256": result.scheme.sha256},
        "goal": {kind: value},
        "state": state_of(found),
        "proved": found.proved,
        "now": summary(result, goal.peers),
        "best": summary(found.best, goal.peers),
        "among": {"year": goal.peers.year, "of": goal.peers.of, "unknown": goal.peers.unknown},
    }
    put(data, "missing", found.missing)
    data["plans"] = [_plan(found, plan) for plan in found.plans]
    return data


def _plan(found: Target, plan: Plan) -> dict[str, Any]:
    data: dict[str, Any] = {}
    put(data, "gain", plan.gain)
    data["then"] = summary(plan.simulation.after, found.goal.peers)
    data["steps"] = [_step(step) for step in plan.steps]
    data["opened"] = [m.after.code for m in plan.simulation.moves if m.why == "guard"]
    return data


def _step(step: Step) -> dict[str, Any]:
    node = step.now
    data: dict[str, Any] = {
        "code": node.code,
        "name": {"vi": node.name.vi, "en": node.name.en},
        "state": node.state,
    }
    for name, value in (("max", node.max), ("now", node.points)):
        put(data, name, value)
    put(data, "then", step.gain.points)
    put(data, "gain", step.raised)
    data["need"], data["report"] = step.gain.need, form_of(step.gain.fact)
    return data
