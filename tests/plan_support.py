"""What tests of losses, scenarios and targets use: small schemes and scorecards, made up at random."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.values.facts import Answer, Count, Fact, Items, Points, Ratio, State, Value
from tests.support import area, card, scheme

RULES: dict[str, tuple[dict[str, Any], tuple[Fact, ...]]] = {
    "points": ({"kind": "points"}, tuple(Points(Decimal(p)) for p in ("0", "0.5", "1.3", "2"))),
    "choice": (
        {"kind": "choice", "options": {"full": "2", "half": "1", "none": "0"}},
        (Answer("none"), Answer("half"), Answer("full")),
    ),
    "steps": (
        {
            "kind": "steps",
            "steps": [
                {"from": "90", "points": "2"},
                {"from": "60", "points": "1.25"},
                {"from": "0", "points": "0"},
            ],
        },
        (Value(Decimal(10), is_percent=True), Value(Decimal(70), is_percent=True)),
    ),
    "ratio": (
        {"kind": "ratio", "floor": "50%"},
        (
            Ratio(Decimal(100), Decimal(300)),
            Ratio(Decimal(225), Decimal(300)),
            Ratio(Decimal(300), Decimal(300)),
        ),
    ),
    "deduct": ({"kind": "deduct", "step": "0.75"}, (Count(0), Count(1), Count(9))),
    "checklist": (
        {"kind": "checklist", "items": {"a": "0.5", "b": "1.5"}},
        (Items(()), Items(("a",)), Items(("b",))),
    ),
    "watch": ({"kind": "watch"}, (Value(Decimal(3)),)),
}
"""Rules of a leaf of 2 points (a figure to watch has none), each with facts that it takes."""
STATES = (State("unknown"), State("not_applicable"), State("no_evidence"))


@st.composite
def cases(draw: st.DrawFn, leaves: int = 5, *, guards: bool = True) -> tuple[Scheme, Scorecard]:
    """A scheme of two areas whose leaves have rules, offices and guards, and a scorecard for it."""
    kinds = draw(st.lists(st.sampled_from(sorted(RULES)), min_size=2, max_size=leaves))
    codes = [f"{1 + number % 2}.{1 + number // 2}" for number in range(len(kinds))]
    scores: dict[str, Entry] = {}
    below: dict[str, list[dict[str, Any]]] = {"1": [], "2": []}
    for number, (code, kind) in enumerate(zip(codes, kinds, strict=True)):
        rule, facts = RULES[kind]
        fields: dict[str, Any] = {"rule": rule}
        if draw(st.booleans()):
            fields["lead"] = draw(st.sampled_from(["Office A", "Office B"]))
        if guards and number and draw(st.integers(0, 2)) == 0:
            fields["requires"] = draw(st.sampled_from(codes[:number]))
        below[code[0]].append(area(code, "0" if kind == "watch" else "2", **fields))
        scores[code] = Entry(draw(st.sampled_from((*facts, *facts, *STATES))))
    worth = {c: sum(int(leaf["max"]) for leaf in below[c]) for c in ("1", "2")}
    areas = [area(c, str(worth[c]), *below[c]) for c in ("1", "2")]
    made = scheme(max=str(sum(worth.values())), criteria=areas)
    return made, card(scores)
