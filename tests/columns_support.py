"""Random schemes and units for scoring by columns: as a frame, and as scorecards."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
from hypothesis import strategies as st

from parindex.findings import InputError
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scoring import score
from parindex.scoring.result import Result
from parindex.values.exact import rounded
from parindex.values.facts import (
    Answer,
    Answers,
    Count,
    Date,
    Fact,
    Figures,
    Items,
    Points,
    Ratio,
    Value,
)
from parindex.values.language import language
from tests.test_rule_expressions import RULES, facts

Row = dict[str, Any]
Form = dict[str, Any]
BANDS = {
    "steps": [
        {"name": "A", "from": "80"},
        {"name": "B", "above": "65.5"},
        {"name": "C", "from": "33.33", "to": "60"},
        {"name": "D", "from": "0"},
    ]
}
SIMPLE = {kind: rule for kind, rule in RULES.items() if kind not in ("watch", "standard")}
MAXIMA = ("1", "2", "2.5", "0.75", "3", "1.2")


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """A scheme of some areas and leaves of any kind, without what columns leave to rows."""
    areas: list[Form] = []
    for area in range(1, draw(st.integers(1, 3)) + 1):
        leaves = [leaf(draw, f"{area}.{n}") for n in range(1, draw(st.integers(1, 4)) + 1)]
        areas.append(parent(str(area), leaves))
    if draw(st.booleans()):
        areas[0]["children"][0]["requires"] = f"{len(areas)}" if len(areas) > 1 else None
    whole = sum(Fraction(each["max"]) for each in areas)
    index = draw(st.sampled_from([2, 2, 2, 0, 1, 4]))
    mode = draw(st.sampled_from(["half-up", "half-up", "half-even", "down"]))
    by = draw(st.sampled_from(["percent", "percent", "points"]))
    return Scheme.model_validate(
        {
            "id": "drawn",
            "title": {"vi": "Rút thăm"},
            "years": ["2024"],
            "max": number(whole),
            "rounding": {"index": str(index), "mode": mode},
            "bands": [BANDS | {"by": by}],
            "criteria": areas,
        }
    )


def leaf(draw: st.DrawFn, code: str) -> Form:
    """A leaf with a rule of any kind, or without one."""
    kind = draw(st.sampled_from([None, *SIMPLE]))
    maximum = "3" if kind == "sum-of" else draw(st.sampled_from(MAXIMA))
    form: Form = {"code": code, "name": {"vi": code}, "max": maximum}
    if kind is not None:
        form["rule"] = without_rates(draw(SIMPLE[kind]))
    return form


def without_rates(rule: Any) -> Any:
    """A rule that goes by no other leaf."""
    if isinstance(rule, dict):
        return {key: without_rates(each) for key, each in rule.items() if key != "times"}
    return rule


def parent(code: str, leaves: list[Form]) -> Form:
    """A criterion of leaves."""
    most = sum(Fraction(each["max"]) for each in leaves)
    return {"code": code, "name": {"vi": code}, "max": number(most), "children": leaves}


def number(value: Fraction) -> str:
    """A decimal as text."""
    return str(Decimal(value.numerator) / Decimal(value.denominator))


@st.composite
def units(draw: st.DrawFn, scheme: Scheme) -> dict[str, Fact]:
    """What a unit reports; rarely something is left out."""
    found: dict[str, Fact] = {}
    full = draw(st.integers(0, 3)) == 0
    for each in scheme.leaves:
        if draw(st.integers(0, 60)) == 0:
            continue
        most = Fraction(each.max or 0)
        if each.rule is None or (draw(st.integers(0, 15)) == 0):
            points = most if full else most * draw(st.integers(0, 8)) / 8
            found[each.code] = Points(rounded(points, 3))
        else:
            found[each.code] = draw(facts(each.scored_by))
    return found


def cells(code: str, fact: Fact, scheme: Scheme) -> Row:  # noqa: PLR0911
    """The cells of a fact."""
    rule = scheme.by_code[code].scored_by
    match fact:
        case Points(points):
            return {code: points}
        case Value(value):
            return {f"{code}.value": value}
        case Ratio(part, whole):
            return {f"{code}.part": int(part), f"{code}.whole": int(whole)}
        case Answer(answer):
            return {f"{code}.answer": answer}
        case Count(count):
            return {f"{code}.count": count}
        case Date(date):
            return {f"{code}.date": date}
        case Items(items):
            known = rule.named(language("en"))
            return {f"{code}.items.{each}": each in items for each in known}
        case Answers(answers):
            known = rule.named(language("en"))
            return {f"{code}.answers.{each}": answers.get(each, 0) for each in known}
        case Figures(figures):
            return dict(
                pair for n, each in figures.items() for pair in figure(f"{code}.figures.{n}", each)
            )
    raise AssertionError(fact)


def figure(column: str, each: Any) -> list[tuple[str, Any]]:
    """The cells of a figure by name."""
    if isinstance(each, Ratio):
        return [(f"{column}.part", int(each.part)), (f"{column}.whole", int(each.whole))]
    return [(column, each.value)]


def frame(rows: list[Row], *, binary: bool) -> pl.DataFrame:
    """Rows as a frame; decimals as such, or as binary numbers."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {}
    for name in names:
        values = [row.get(name) for row in rows]
        if any(isinstance(each, Decimal) for each in values):
            if binary:
                values = [None if each is None else float(each) for each in values]
            else:
                columns[name] = pl.Series(name, values, dtype=pl.Decimal(30, 4))
                continue
        columns[name] = pl.Series(name, values)
    return pl.DataFrame(columns)


def rows_of(found: list[dict[str, Fact]], scheme: Scheme) -> list[Row]:
    """Units as rows."""
    rows = []
    for number_, each in enumerate(found):
        row: Row = {"unit": f"Xã {number_}"}
        for code, fact in each.items():
            row |= cells(code, fact, scheme)
        rows.append(row)
    return rows


def exactly(found: list[dict[str, Fact]], scheme: Scheme) -> list[Result | None]:
    """What the row engine says of each unit; None where it refuses."""
    results: list[Result | None] = []
    for each in found:
        card = Scorecard("x", 2024, {code: Entry(fact) for code, fact in each.items()})
        try:
            results.append(score(card, scheme))
        except InputError:
            results.append(None)
    return results


def shown(result: Result) -> tuple[Decimal | None, Decimal | None, str | None]:
    """The points, index and band of a result as printed."""
    total, rounding = result.total, result.scheme.rounding
    points = total.final if total.complete else None
    digits = max(2, rounding.index)
    return (
        None if points is None else rounded(points, digits, rounding.mode),
        result.index,
        result.band,
    )


def told(row: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    """The same of a row of a frame that was scored."""
    return row["points"], row["index"], row["band"]
