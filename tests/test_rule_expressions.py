"""The expression of a rule gives the points of the rule, for everything that fits it."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from parindex.rules import KINDS, AnyRule, Rule
from parindex.rules.base import RefusedError
from parindex.rules.expression import Tree, ZeroDivisorError, evaluate, holds
from parindex.rules.figures import exact_figure
from parindex.rules.input import NUMBER
from parindex.rules.setting import Setting
from parindex.values.facts import (
    Answer,
    Answers,
    Count,
    Date,
    Fact,
    Figures,
    Items,
    Ratio,
    Value,
)
from parindex.values.language import language

Form = dict[str, Any]
RULE: TypeAdapter[Rule] = TypeAdapter(AnyRule)
WITHOUT = {
    "points": "points are given as they are",
    "by-unit": "the rule of the unit has it (`for_unit`)",
    "relative": "the points hang on the other units",
}
"""The kinds that have no expression, and why."""

small = st.integers(0, 40)
tenths = st.integers(0, 400).map(lambda n: str(Decimal(n) / 10))
maxima = st.sampled_from(
    [Fraction(1), Fraction(2), Fraction(5, 2), Fraction(3, 4), Fraction(10, 3)]
)
percents = st.integers(0, 1000).map(lambda n: Value(Decimal(n) / 10, is_percent=True))
ratios = st.tuples(small, small).map(lambda two: Ratio(Decimal(min(two)), Decimal(max(two))))
rates = percents | ratios
values = tenths.map(lambda text: Value(Decimal(text)))
days = st.dates(datetime.date(2023, 1, 1), datetime.date(2025, 12, 31))
counts = small.map(lambda n: Value(Decimal(n)))


def edges(most: int) -> st.SearchStrategy[list[int]]:
    """Edges from the highest to the lowest, which is 0."""
    return st.lists(st.integers(1, most), unique=True, max_size=5).map(
        lambda found: [*sorted(found, reverse=True), 0]
    )


@st.composite
def steps(draw: st.DrawFn) -> Form:
    of = draw(st.sampled_from(["percent", "value"]))
    found = draw(edges(99 if of == "percent" else 39))
    sides = draw(st.lists(st.sampled_from(["from", "above"]), min_size=len(found) - 1))
    worths = sorted(draw(st.lists(small, min_size=len(found), max_size=len(found))), reverse=True)
    rows = [
        {side: str(edge), "points": f"{worth}%"}
        for side, edge, worth in zip([*sides[: len(found) - 1], "from"], found, worths, strict=True)
    ]
    return {"kind": "steps", "of": of, "steps": rows}


@st.composite
def ratio(draw: st.DrawFn) -> Form:
    tree: Form = {"kind": "ratio"}
    edge = f"{draw(st.integers(1, 100))}%"
    tree |= draw(st.sampled_from([{}, {"floor": edge}, {"target": edge}]))
    tree |= draw(st.sampled_from([{}, {"inverted": True}, {"times": "9"}]))
    if draw(st.booleans()):
        tree |= {"part": "a", "of": draw(st.sampled_from(["a + b", "b", "b * 12 / months"]))}
        tree |= draw(st.sampled_from([{}, {"else": "c"}]))
    return tree


@st.composite
def linear(draw: st.DrawFn) -> Form:
    zero, full = draw(st.lists(small, min_size=2, max_size=2, unique=True))
    of = draw(st.sampled_from(["percent", "value"]))
    return {"kind": "linear", "of": of, "zero_at": str(zero), "full_at": str(full)}


def events(kind: str, one: str) -> st.SearchStrategy[Form]:
    step = st.sampled_from(["0.25", "10%", "0.1"])
    several = step.map(lambda each: {"kind": kind, "events": {"a": each, "b": "30%"}})
    return several | step.map(lambda each: {"kind": kind, one: each})


@st.composite
def table(draw: st.DrawFn) -> Form:
    rate, least = draw(st.integers(1, 99)), draw(st.integers(1, 20))
    rows: list[Form] = [
        {"when": {"rate": f">= {rate}%", "n": f"< {least}"}, "points": "100%"},
        {"when": {"rate": f">= {rate}%"}, "points": "50%"},
    ]
    is_open = draw(st.booleans())
    rows += [] if is_open else [{"points": "0"}]
    return {"kind": "table", "inputs": {"rate": "percent", "n": "count"}, "rows": rows,
            "open": is_open}  # fmt: skip


FORMULAS = (
    "maximum * min(1, a / b / 90%)",
    "if(a > b and not b = 0, maximum, a * maximum / 100)",
    "max(minimum, maximum - (a - b) * 0.25 - r)",
    "maximum * r * months / 12",
    "-a + maximum * (1 + a) - maximum * a",
)


def formula(text: str) -> Form:
    kinds = {"a": "count", "b": "count", "r": "percent"}
    used = {name: kind for name, kind in kinds.items() if f"{name} " in text or f" {name}" in text}
    used = {name: kind for name, kind in used.items() if name in text.replace("maximum", "")}
    return {"kind": "formula", "inputs": used, "points": text}


PLAIN: dict[str, st.SearchStrategy[Form]] = {
    "choice": st.just(
        {"kind": "choice", "options": {"on time": "100%", "late": "0.25", "none": "0"}}
    ),
    "checklist": st.sampled_from(
        [
            {"kind": "checklist", "items": {"a": "0.2", "b": "30%", "c": "7%"}},
            {"kind": "checklist", "all": True, "items": ["a", "b", "c"]},
        ]
    ),
    "steps": steps(),
    "ratio": ratio(),
    "linear": linear(),
    "deduct": events("deduct", "step"),
    "count": events("count", "each") | st.just({"kind": "count", "each": "0.3", "above": "2"}),
    "deadline": st.integers(1, 60).map(
        lambda n: {"kind": "deadline", "due": "12-31", "late": [{"days": str(n), "points": "40%"}]}
    ),
    "survey": st.just(
        {"kind": "survey", "weights": {"A": "100%", "B": "60%", "C": "0.1"}, "left_out": ["D"]}
    ),
    "mix": st.just({"kind": "mix", "weights": {"A": "100%", "B": "0.1", "C": "0"}}),
    "watch": st.just({"kind": "watch"}),
    "standard": st.sampled_from(
        [{"kind": "standard"}, {"kind": "standard", "from": "80%"}, {"kind": "standard", "to": "9"}]
    ),
    "table": table(),
    "formula": st.sampled_from(FORMULAS).map(formula),
}
RULES = PLAIN | {
    "best-of": st.tuples(steps(), linear()).map(
        lambda two: {"kind": "best-of", "rules": {"one": two[0], "other": two[1]}}
    ),
    "sum-of": st.tuples(ratio(), events("count", "each")).map(
        lambda two: {
            "kind": "sum-of",
            "parts": {"one": {"max": "1", "rule": two[0]}, "other": {"max": "2", "rule": two[1]}},
        }
    ),
}


def figure(kind: str | None) -> st.SearchStrategy[Any]:
    """A figure by name of a kind."""
    return {"percent": rates, "count": counts, "number": values}[kind or "count"]


@st.composite
def facts(draw: st.DrawFn, rule: Rule) -> Fact:  # noqa: PLR0911
    """What may be reported for a rule."""
    match rule.takes.field:
        case "answer":
            return Answer(draw(st.sampled_from([*rule.named(language("en"))])))
        case "items":
            return Items(tuple(draw(st.sets(st.sampled_from(["a", "b", "c"])))))
        case "count":
            return Count(draw(small))
        case "date":
            return Date(draw(days))
        case "answers":
            return Answers(draw(st.dictionaries(st.sampled_from(["A", "B", "C"]), small)))
        case "figures":
            return Figures({name: draw(figure(kind)) for name, kind in kinds(rule).items()})
        case _:
            return draw(values if rule.takes is NUMBER else rates)


def kinds(rule: Rule) -> Mapping[str, str]:
    """Of which kind the figures of a rule are."""
    worked = getattr(rule, "_worked_out", None)
    found: dict[str, str] = dict(worked.kinds if worked else getattr(rule, "inputs", {}))
    for inner in getattr(rule, "inner", {}).values():
        found |= kinds(inner) if inner.takes.field == "figures" else {}
    return found


def named(rule: Rule, fact: Fact) -> dict[str, Fraction]:  # noqa: PLR0911
    """What was reported by the names that expressions have for it."""
    match fact:
        case Value(value, True):
            return {"rate": Fraction(value) / 100}
        case Value(value):
            return {"value": Fraction(value)}
        case Ratio():
            return {"rate": fact.share()}
        case Answer(answer):
            return {f"={x}": Fraction(x == answer) for x in rule.named(language("en"))}
        case Items(items):
            return {f"+{x}": Fraction(x in items) for x in getattr(rule, "items", ())}
        case Count(count):
            return {"count": Fraction(count)}
        case Date(date):
            return {"day": Fraction(date.toordinal())}
        case Answers(answers):
            return {f"#{x}": Fraction(answers.get(x, 0)) for x in getattr(rule, "weights", ())}
        case Figures(figures):
            of = kinds(rule)
            return {n: exact_figure(n, each, of[n]) for n, each in figures.items()}  # type: ignore[arg-type]  # a kind as text
    return {}


def divides_by_zero(tree: Tree, figures: Mapping[str, Fraction]) -> bool:
    """Whether an expression has no value."""
    try:
        evaluate(tree, figures)
    except ZeroDivisorError:
        return True
    return False


def drawn(data: Any, kind: str, factor: int) -> Rule:
    """A rule of a kind in a setting, of a leaf that may have less than 0."""
    told = RULE.validate_python(data.draw(RULES[kind]))
    lowest = data.draw(st.sampled_from([0, 0, Fraction(-3, 4)]))
    told = told.with_lowest(lowest) if lowest else told
    return told.for_unit(Setting(2024, months=9, rates={"9": Fraction(factor)}))


class TestLaw:
    """evaluate(rule.expression(M), what was reported) == rule.points(fact, M), for all that fits."""

    @pytest.mark.parametrize("kind", RULES)
    @given(data=st.data(), maximum=maxima, factor=st.integers(0, 100))
    def test_points(self, kind: str, data: Any, maximum: Fraction, factor: int) -> None:
        maximum = Fraction(3) if kind == "sum-of" else maximum
        maximum = Fraction(0) if kind in ("watch", "standard") else maximum
        rule = drawn(data, kind, factor)
        fact = data.draw(facts(rule))
        try:
            points = rule.points(fact, maximum)
            figures = named(rule, fact) | {"@9": Fraction(factor, 100)}
        except RefusedError:
            assume(False)
        if any(True for _ in rule.remarks(fact, maximum)):
            return
        tree, fits = rule.expression(maximum), rule.fits(maximum)
        assert tree is not None
        assert fits is None or holds(fits, figures)
        assert evaluate(tree, figures) == points

    @pytest.mark.parametrize("kind", RULES)
    @given(data=st.data(), maximum=maxima)
    def test_what_is_refused_or_told_does_not_fit(
        self, kind: str, data: Any, maximum: Fraction
    ) -> None:
        maximum = Fraction(3) if kind == "sum-of" else maximum
        rule = drawn(data, kind, 50)
        fact = data.draw(facts(rule))
        try:
            figures = named(rule, fact) | {"@9": Fraction(1, 2)}
        except (RefusedError, ZeroDivisionError):
            return  # no possible figure by itself
        tree, fits = rule.expression(maximum), rule.fits(maximum)
        assert tree is not None
        try:
            rule.points(fact, maximum)
        except RefusedError:
            try:
                fitting = fits is None or holds(fits, figures)
            except ZeroDivisorError:
                return
            assert not fitting or divides_by_zero(tree, figures)
            return
        if [*rule.remarks(fact, maximum)]:
            assert fits is not None
            assert not holds(fits, figures)


class TestEveryKind:
    """A kind of rule has an expression, or it is told here why not."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_is_drawn_or_told(self, kind: str) -> None:
        assert (kind in RULES) != (kind in WITHOUT)

    @pytest.mark.parametrize("kind", WITHOUT)
    def test_without(self, kind: str) -> None:
        form = yaml.load(KINDS[kind].example.rule, Loader=yaml.BaseLoader)  # noqa: S506
        rule = RULE.validate_python(form)
        assert rule.expression(Fraction(1)) is None

    def test_by_unit_is_that_of_the_unit(self) -> None:
        rule = RULE.validate_python(
            {"kind": "ratio", "target": {"province": "20%", "others": "50%"}}
        )
        of_unit = rule.for_unit(Setting(2024, "province"))
        tree = of_unit.expression(Fraction(2))
        assert tree is not None
        assert evaluate(tree, {"rate": Fraction(1, 10)}) == 1

    def test_days_that_only_a_calendar_counts_have_none(self) -> None:
        form = {"kind": "deadline", "due": "2024-12-31", "calendar": "working"}
        assert RULE.validate_python(form).expression(Fraction(1)) is None
