"""Targets as tables, rows and data: what is missing, and the plans that reach it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from parindex.analysis.goal import Goal
from parindex.analysis.target import Plan, Step, Target
from parindex.tables.columns import columns
from parindex.tables.facts import fact_text
from parindex.tables.figures import exact_figures, exact_number
from parindex.tables.score import index_text, title_of
from parindex.tables.score_data import head_cells, head_data, name_data
from parindex.tables.simulation import after_notes, among, opened_text, peers_notes, summary
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import ZERO
from parindex.values.facts import cell_form, form_of
from parindex.values.fuzzy import find_named
from parindex.values.language import Language

FORMAT = "parindex-target/1"
_SIGNS: Final = {"from": "≥ ", "above": "> ", "to": "≤ ", "below": "< ", "is": ""}
"""What must be reported for a step: `≥ 54.84 %`, `≤ 2`, or the option."""


def target_sheets(found: Target, say: Language) -> Iterator[Table]:
    """The best plan, then the others in a line each."""
    result, plan = found.result, found.plans[0] if found.plans else None
    builder = TableBuilder(columns(say, "code name max now then gain report"), result.printed)
    _add_steps(builder, plan, say)
    total, best = found.result.total, found.best.total
    cells = {"max": total.applicable_max, "now": total.final}
    if plan is not None:
        cells |= {"then": plan.simulation.after.total.final or ZERO, "gain": plan.gain}
    elif state_of(found) == "out_of_reach":
        cells |= {"then": best.final, "gain": (best.points or ZERO) - (total.points or ZERO)}
    builder.add(cells, code="", name=say("Total"), strong=True)
    target, whose = say("Target"), title_of(result.scorecard, result.scheme, say)
    title = f"{target} {goal_text(found, say)} · {whose}"
    yield builder.table(title, _notes(found, plan, say), keep=None)
    if len(found.plans) > 1:
        yield _others(found, say)


def goal_text(found: Target, say: Language) -> str:
    """What is aimed at, in a word or two: a band by its own name, however it was typed."""
    goal, bands = found.goal, found.result.band_set
    if goal.band is not None:
        names = [step.name for step in bands.steps] if bands else []
        return say("band {band}", band=find_named(goal.band, names) or goal.band)
    if goal.index is not None:
        return say("index {index} %", index=say.number(goal.index))
    return say("rank {rank}", rank=goal.rank)


def _add_steps(builder: TableBuilder, plan: Plan | None, say: Language) -> None:
    """Add what is to be done, and what a guard opens by it."""
    if plan is None:
        return
    steps = []
    for step in plan.steps:
        rule = step.now.criterion.rule if step.now.criterion else None
        told = f"{_SIGNS[step.gain.need]}{fact_text(step.gain.fact, rule, say)}"
        steps.append((step.now, step.gain.points, step.raised, told))
    codes = {step.now.code for step in plan.steps}
    for move in plan.simulation.moves:
        node, then = move.before, move.after.points or ZERO
        is_leaf = node.criterion is not None and not node.criterion.children
        if move.why == "guard" and node.code not in codes and is_leaf:
            steps.append((node, then, then - (node.points or ZERO), opened_text(move, say)))
    for node, then, gain, report in steps:
        most = max(filter(None, (node.max, node.applicable_max)), default=node.max)
        now = {"max": most, "now": node.points, "then": then, "gain": gain}
        builder.add(now, code=node.code, name=say.name(node.name), report=report)


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
        yield from after_notes(result, plan.simulation.after, goal.peers, say)
    if not found.proved:
        yield say("Best found, not proved: there may be a plan with less.")


def _no_plan(found: Target, say: Language) -> Iterator[str]:
    if state_of(found) == "reached":
        index = index_text(found.result, say)
        yield say("The target is reached: the index is {index}.", index=index)
    else:
        yield say(
            "The target is out of reach: with all that can be raised the index is {index}.",
            index=index_text(found.best, say),
        )
    if found.goal.rank is not None:
        yield from peers_notes(found.goal.peers, say)


def _others(found: Target, say: Language) -> Table:
    titles = {"number": "#", "codes": say("Criteria"), "index": say("Index")}
    printed = found.result.printed
    builder = TableBuilder(columns(say, "number codes:text gain index", **titles), printed)
    for number, plan in enumerate(found.plans[1:], start=1):
        codes = (f"{each.now.code} (+{say.number(printed(each.raised))})" for each in plan.steps)
        index = index_text(plan.simulation.after, say)
        builder.add(number=number, codes=", ".join(codes), gain=plan.gain, index=index)
    return builder.table(say("Other plans of as many criteria"), keep=None)


COLUMNS: Final = (
    *("unit_id", "unit", "year", "scheme", "goal", "value", "state", "missing"),
    *("plan", "code", "name_vi", "max", "now", "then", "gain", "need", "report"),
)


def target_records(found: Target) -> Iterator[dict[str, Any]]:
    """Each step of each plan by the columns of CSV; one record without a plan where there is none."""
    kind, value = _goal(found.goal)
    head = {
        **head_cells(found.result),
        "goal": kind,
        "value": None if value is None else str(value),
        "missing": exact_number(found.missing),
    }
    if not found.plans:
        yield {**head, "state": state_of(found)}
    for number, plan in enumerate(found.plans, start=1):
        for step in plan.steps:
            report = cell_form(step.gain.fact)
            shown = {"state": state_of(found), "name_vi": step.now.name.vi, "report": report}
            yield {**head, "plan": number, **_step(step), **shown}


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
    kind, value = _goal(goal)
    return {
        **head_data(result),
        "goal": {kind: value},
        "state": state_of(found),
        "proved": found.proved,
        "now": summary(result, goal.peers),
        "best": summary(found.best, goal.peers),
        "among": among(goal.peers),
        **exact_figures(missing=found.missing),
        "plans": [
            {
                **exact_figures(gain=plan.gain),
                "then": summary(plan.simulation.after, goal.peers),
                "steps": [_step(step) for step in plan.steps],
                "opened": [m.after.code for m in plan.simulation.moves if m.why == "guard"],
            }
            for plan in found.plans
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    node, gain = step.now, step.gain
    return {
        "code": node.code,
        "name": name_data(node.name),
        "state": node.state,
        **exact_figures(max=node.max, now=node.points, then=gain.points, gain=step.raised),
        "need": gain.need,
        "report": form_of(gain.fact),
    }
