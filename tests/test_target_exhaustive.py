"""Targets and scenarios against trying everything: on small random schemes, by scoring changed cards."""

import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from math import ceil
from typing import Any

import pytest
from msgspec.structs import replace

from parindex.analysis.goal import Goal, bound_of
from parindex.analysis.scenario import simulate
from parindex.analysis.target import MOST_PLANS, plan_target
from parindex.findings import InputError
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scoring import score
from parindex.scoring.reported import points_of
from parindex.scoring.result import Result
from parindex.values.exact import ZERO, to_decimal_or_none
from parindex.values.facts import Answer, Count, Fact, Figures, Items, Points, Ratio, State, Value
from tests.support import area, card, scheme

OPTIONS = {"a": "2", "b": "1.3", "c": "0.45", "d": "0"}
ITEMS = {"a": "0.35", "b": "0.65", "c": "1"}
WHOLE = Decimal(7)
CHOSEN = {"kind": "choice", "options": {"x": "1.3", "y": "0.65", "z": "0"}}
RULES: dict[str, tuple[dict[str, Any], list[Fact]]] = {
    "choice": ({"kind": "choice", "options": OPTIONS}, [Answer(each) for each in OPTIONS]),
    "deduct": ({"kind": "deduct", "step": "0.75"}, [Count(n) for n in range(4)]),
    "count": ({"kind": "count", "each": "0.8"}, [Count(n) for n in range(4)]),
    "ratio": ({"kind": "ratio"}, [Ratio(Decimal(n), WHOLE) for n in range(8)]),
    "floor": ({"kind": "ratio", "floor": "60%"}, [Ratio(Decimal(n), WHOLE) for n in range(8)]),
    "checklist": (
        {"kind": "checklist", "items": ITEMS},
        [Items(tuple(c)) for n in range(4) for c in combinations(ITEMS, n)],
    ),
    "table": (
        {
            "kind": "table",
            "inputs": {"done": "count", "late": "count"},
            "rows": [
                {"when": {"done": ">= 2", "late": "0"}, "points": "2"},
                {"when": {"done": ">= 2", "late": "> 0"}, "points": "0.7"},
                {"when": {"done": "1", "late": "0"}, "points": "1.15"},
                {"points": "0"},
            ],
        },
        [
            Figures({"done": Value(Decimal(a)), "late": Value(Decimal(b))})
            for a, b in product(range(3), range(2))
        ],
    ),
    "formula": (
        {
            "kind": "formula",
            "inputs": {"rate": "percent"},
            "points": "if(rate < 20%, 0, min(maximum, rate * 2.1))",
        },
        [Figures({"rate": Ratio(Decimal(n), WHOLE)}) for n in range(8)],
    ),
    "sum-of": (
        {
            "kind": "sum-of",
            "parts": {
                "a": {"max": "1.3", "rule": CHOSEN},
                "b": {"max": "0.7", "rule": {"kind": "deduct", "step": "0.3"}},
            },
        },
        [Figures({"a": a, "b": Value(Decimal(b))}) for a in map(Answer, "xyz") for b in range(4)],
    ),
    "best-of": (
        {
            "kind": "best-of",
            "rules": {
                "a": {"kind": "count", "each": "0.8"},
                "b": {"kind": "choice", "options": {"x": "1.3", "y": "0.35"}},
            },
        },
        [Figures({"a": Value(Decimal(a)), "b": b}) for a in range(4) for b in map(Answer, "xy")],
    ),
    "points": ({"kind": "points"}, [Points(Decimal(p)) for p in ("0", "0.5", "1.3", "2")]),
    "survey": ({"kind": "survey", "weights": {"A": "100%", "B": "0%"}}, [Points(Decimal("0.7"))]),
}
"""Rules of a leaf of 2 points, each with all that can be reported for it (any points for `points`)."""
HARM = {**OPTIONS, "e": "-1"}
RULES["harm"] = ({"kind": "choice", "options": HARM}, [Answer(each) for each in reversed(HARM)])
RULES["late"] = ({"kind": "deduct", "step": "0.75"}, [Count(n) for n in (4, 3, 2, 1, 0)])
LOWEST = {"harm": "-1", "late": "-0.4"}
"""The fewest points of leaves that may go below 0."""
RATES = ("ratio", "floor", "formula")
"""Always reported as counts, so that only counts of the same whole are needs."""
FREE = None
"""In place of a fact: the least points that are enough."""


def made(rng: random.Random, *, rounding: dict[str, Any] | None = None) -> Scheme:
    """Two areas with up to five leaves, of which some stand behind others."""
    kinds = [rng.choice(sorted(RULES)) for _ in range(rng.randint(3, 5))]
    if rng.random() < 1 / 2:
        kinds = [kind if kind != "points" else "choice" for kind in kinds]
    codes = [f"{1 + n % 2}.{1 + n // 2}" for n in range(len(kinds))]
    below: dict[str, list[dict[str, Any]]] = {"1": [], "2": []}
    for n, (code, kind) in enumerate(zip(codes, kinds, strict=True)):
        fields: dict[str, Any] = {"rule": RULES[kind][0]}
        if kind in LOWEST:
            fields["min"] = LOWEST[kind]
        if n and rng.random() < 1 / 3:
            fields["requires"] = rng.choice(codes[:n])
        if rng.random() < 1 / 8:
            fields["not_applicable"] = "full-points"
        beside = [each for each in codes if each[0] == code[0] and each != code]
        if beside and rng.random() < 1 / 4:
            fields["not_applicable"] = {"move_to": rng.sample(beside, rng.randint(1, len(beside)))}
        below[code[0]].append(area(code, "2", **fields))
    areas = [area(c, str(2 * len(below[c])), *below[c]) for c in ("1", "2")]
    if rng.random() < 1 / 4 and all("requires" not in leaf for leaf in below["1"]):
        areas[1]["requires"] = "1"
        for leaf in below["2"]:
            leaf.pop("requires", None)
    fields = {"rounding": rounding} if rounding else {}
    return scheme(max=str(2 * len(kinds)), criteria=areas, profiles={"out": ["1.2"]}, **fields)


def reported(rng: random.Random, of: Scheme) -> Scorecard:
    """A card with a fact or a state for every leaf, and at times one for a whole area instead."""
    scores: dict[str, Entry] = {}
    states = [State(each) for each in ("unknown", "no_evidence", "not_applicable")]
    for criterion in of.criteria:
        rates = any(kind_of(of, leaf.code) in RATES for leaf in criterion.children)
        if not rates and rng.random() < 1 / 3:
            whole: list[Fact] = [Points(Decimal(rng.choice(("0", "1", "1.5"))))]
            scores[criterion.code] = Entry(rng.choice([*states, *states, *whole, *whole]))
            continue
        for leaf in criterion.children:
            facts = RULES[kind_of(of, leaf.code)][1]
            low = facts[: max(1, len(facts) // 2)]
            others = [] if kind_of(of, leaf.code) in RATES else states
            others = [states[-1]] if leaf.moves_to and rng.random() < 1 / 2 else others
            scores[leaf.code] = Entry(rng.choice([*facts, *low, *low, *others]))
    return card(scores)


def scored(rng: random.Random, of: Scheme) -> Result | None:
    """A random card scored; None where its scores do not go together."""
    try:
        return score(reported(rng, of), of)
    except InputError:
        return None


def kind_of(of: Scheme, code: str) -> str:
    """The name of a leaf's rule in RULES."""
    rule = of.by_code[code].rule
    if rule is None:
        return "points"
    if of.by_code[code].lowest:
        return "harm" if rule.kind == "choice" else "late"
    return "floor" if getattr(rule, "floor", None) else rule.kind


def changed(result: Result, facts: dict[str, Fact]) -> Result | None:
    """The card scored with other facts; None where they do not go together."""
    scores = dict(result.scorecard.scores)
    for area_ in result.scheme.criteria:
        state = scores.get(area_.code)
        if state and isinstance(state.fact, State) and area_.code not in facts:
            del scores[area_.code]
            scores |= {leaf.code: Entry(state.fact) for leaf in area_.children}
    scores |= {code: Entry(fact) for code, fact in facts.items()}
    try:
        return score(replace(result.scorecard, scores=scores), result.scheme)
    except InputError:
        return None


def choices(result: Result) -> dict[str, list[Fact | None]]:
    """For every code that can be raised, all that can be reported for it that gives more."""
    found: dict[str, list[Fact | None]] = {}
    for area_ in result.scheme.criteria:
        entry = result.scorecard.scores.get(area_.code)
        if entry and isinstance(entry.fact, Points):
            found[area_.code] = free_or(entry.fact.points, area_.max)
            continue
        for leaf in area_.children:
            kind = kind_of(result.scheme, leaf.code)
            if result.node(leaf.code).state == "not_applicable" or kind == "survey":
                continue
            entry = result.scorecard.scores.get(leaf.code)
            fact = entry.fact if entry and not isinstance(entry.fact, State) else None
            rule, limits = result.rules.of(leaf), result.rules.limits(leaf)
            now = points_of(leaf, rule, fact, limits) if fact else ZERO
            if kind == "points":
                most = to_decimal_or_none(limits.most or ZERO)
                found[leaf.code] = free_or(to_decimal_or_none(now) or Decimal(0), most)
                continue
            kept = set(fact.items) if isinstance(fact, Items) else set()
            found[leaf.code] = [
                each
                for each in RULES[kind][1]
                if points_of(leaf, rule, each, limits) > now
                and not (isinstance(each, Items) and kept - set(each.items))
                and not (kind == "sum-of" and fact and lets_fall(leaf, fact, each))
            ]
    return {code: facts for code, facts in found.items() if facts}


def lets_fall(leaf: Criterion, fact: Fact, other: Fact) -> bool:
    """Whether a part of a sum has fewer points than before: what is done stays done."""
    parts = leaf.scored_by.parts(Fraction(2))  # type: ignore[attr-defined]
    assert isinstance(fact, Figures)
    assert isinstance(other, Figures)
    return any(part.points(other.figures) < part.points(fact.figures) for part in parts)


def free_or(now: Decimal | Fraction, most: Decimal | None) -> list[Fact | None]:
    """Any points, or the least that are more, or all."""
    assert most is not None
    if decimal_of(now) >= most:
        return []
    return [FREE, Points(min(most, decimal_of(now) + Decimal("0.01"))), Points(most)]


def decimal_of(points: Decimal | Fraction) -> Decimal:
    """Points of a card of these tests, which all have few decimals."""
    return points if isinstance(points, Decimal) else Decimal(points.numerator) / points.denominator


def total(result: Result | None) -> Fraction:
    """Points of the whole; what is unknown counts as 0."""
    return (result.total.points if result else None) or ZERO


def least_free(
    result: Result, facts: dict[str, Fact], free: str, need: Fraction
) -> Fraction | None:
    """The least total with any points for one code: these are decimals of four digits."""
    entry = result.scorecard.scores.get(free)
    now = decimal_of(entry.fact.points if entry and isinstance(entry.fact, Points) else ZERO)
    least = now + Decimal("0.01")
    start = total(changed(result, {**facts, free: Points(least)}))
    missing = max(ZERO, need - start)
    points = least + Decimal(ceil(missing * 10**4)) / 10**4
    if points >= (result.node(free).applicable_max or ZERO):
        return None
    after = total(changed(result, {**facts, free: Points(points)}))
    return after if after >= need else None


def tried(result: Result, need: Fraction) -> list[tuple[Fraction, tuple[str, ...]]]:
    """Every smallest set of codes that can reach what is needed, with its least gain."""
    can = choices(result)
    for count in range(1, len(can) + 1):
        found = []
        for codes in combinations(can, count):
            totals = list(_totals(result, codes, can, need))
            if totals:
                found.append((min(totals) - total(result), codes))
        if found:
            return sorted(found)
    return []


def _totals(
    result: Result, codes: tuple[str, ...], can: dict[str, list[Fact | None]], need: Fraction
) -> Iterator[Fraction]:
    """The totals that are enough with each of the codes raised in some way."""
    for facts in product(*(can[code] for code in codes)):
        chosen = dict(zip(codes, facts, strict=True))
        free = [code for code, fact in chosen.items() if fact is FREE]
        given = {code: fact for code, fact in chosen.items() if fact is not FREE}
        if len(free) > 1:
            continue
        after = least_free(result, given, free[0], need) if free else total(changed(result, given))
        if after is not None and after >= need:
            yield after


class TestEverything:
    """The plans are those that trying everything finds: fewest codes, least gain, in code order."""

    @pytest.mark.parametrize("start", range(0, 80, 20))
    def test_plans(self, start: int) -> None:
        planned = 0
        for seed in range(start, start + 20):
            rng = random.Random(seed)
            result = scored(rng, of := made(rng))
            if not result or not result.total.applicable_max:
                continue
            goal = Goal(index=Decimal(rng.randint(20, 100)))
            bound = bound_of(result, goal)
            assert bound is not None
            target = plan_target(result, goal)
            if bound.reached(total(result)):
                assert target.plans == ()
                continue
            expected = tried(result, bound.points)
            found = [(p.gain, tuple(s.now.code for s in p.steps)) for p in target.plans]
            given = [result.scorecard.scores.get(each.code) for each in of.criteria]
            if target.proved:
                assert found == expected[:MOST_PLANS], seed
            elif of.lowest < 0 and of.guarded:  # points below 0 rise behind shut guards too
                assert bool(found) == bool(expected)
                assert not found or found[0] >= expected[0]
            else:  # points of an area with criteria behind shut guards: a plan, at times not the least
                assert any(each and isinstance(each.fact, Points) for each in given)
                assert found[0] == expected[0] or (found and of.guarded)
            planned += len(found)
        assert planned


class TestSimulate:
    """A scenario is the score of the card with those scores changed, whatever was said above them."""

    @pytest.mark.parametrize("start", range(0, 100, 50))
    def test_as_scoring(self, start: int) -> None:
        compared = 0
        for seed in range(start, start + 50):
            rng = random.Random(seed)
            result = scored(rng, of := made(rng))
            if result is None:
                continue
            leaves = [leaf.code for each in of.criteria for leaf in each.children]
            codes = [code for code in leaves if result.node(code).state != "included"]
            facts: dict[str, Fact] = {
                code: rng.choice(RULES[kind_of(of, code)][1])
                for code in rng.sample(codes, min(len(codes), 2))
            }
            expected = changed(result, facts)
            given = any(
                entry and isinstance(entry.fact, Points)
                for each in of.criteria
                for entry in [result.scorecard.scores.get(each.code)]
            )
            if expected is None or given:
                continue
            after = simulate(result, facts).after
            assert (after.total.outcome, after.total.points) == (
                expected.total.outcome,
                expected.total.points,
            ), seed
            compared += 1
        assert compared
