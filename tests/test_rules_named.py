"""Rules that take names: choice, checklist, survey; and watch, which takes anything."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from parindex.rules.base import Gain
from parindex.values.facts import Answer, Answers, Items
from tests.rule_support import EN, TWO, VI, faults, gain, gains, points, refused, rule, working

CHOICE = rule(kind="choice", options={"on_time": "2", "late": "0.5", "none": "0"})
CHECKLIST = rule(kind="checklist", items={"tasks": "0.5", "budget": "0.5", "people": "1"})
ALL = rule(kind="checklist", items=["tasks", "budget"], all="true")
SURVEY = rule(
    kind="survey", weights={"A": "100%", "B": "60%", "C": "20%", "D": "0%"}, left_out=["E"]
)
amounts = st.integers(0, 8).map(lambda quarters: Fraction(quarters, 4))


class TestChoice:
    """The points are those of the option that holds."""

    @pytest.mark.parametrize(
        ("option", "expected"), [("on_time", "2"), ("late", "0.5"), ("none", "0")]
    )
    def test_options(self, option: str, expected: str) -> None:
        assert points(CHOICE, f":{option}") == Fraction(expected)

    @pytest.mark.parametrize(("text", "code"), [(":early", "P217"), ("+late", "P205")])
    def test_refused(self, text: str, code: str) -> None:
        assert refused(CHOICE, text) == code

    @pytest.mark.parametrize(
        ("options", "codes"),
        [
            ({"yes": "2", "no": "0"}, []),
            ({"yes": "1", "no": "0"}, ["P305"]),
            ({"yes": "2", "best": "2.5"}, ["P306"]),
            ({"yes": "2", "no": "-1"}, ["P306"]),
            ({}, ["P109"]),
        ],
    )
    def test_proof(self, options: dict[str, str], codes: list[str]) -> None:
        assert faults(rule(kind="choice", options=options)) == codes

    def test_names_belong_to_options(self) -> None:
        named = {"options": {"yes": "2", "no": "0"}, "names": {"yse": {"vi": "Có"}}}
        assert faults(rule(kind="choice", **named)) == ["P313"]

    @pytest.mark.parametrize("name", ["a|b", "a=b", "", " a", "x" * 61])
    def test_names_of_options_fit_into_a_cell(self, name: str) -> None:
        with pytest.raises(ValidationError):
            rule(kind="choice", options={name: "2"})

    @given(st.dictionaries(st.sampled_from("abcdef"), amounts, min_size=1), st.data())
    def test_an_independent_computation(
        self, options: dict[str, Fraction], data: st.DataObject
    ) -> None:
        option = data.draw(st.sampled_from(sorted(options)))
        given_rule = rule(
            kind="choice", options={name: str(digits(p)) for name, p in options.items()}
        )
        assert given_rule.points(Answer(option), TWO) == options[option]

    def test_telling(self) -> None:
        names = {"late": {"vi": "trễ hạn", "en": "too late"}}
        named = rule(kind="choice", options={"on_time": "2", "late": "0.5"}, names=names)
        assert working(named, ":late") == "too late → 0.5"
        assert named.working(Answer("late"), TWO, VI) == "trễ hạn → 0,5"
        assert (
            named.in_words(TWO, EN) == "Points of the option that holds: on_time: 2; too late: 0.5."
        )

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            ("0", [gain("0.5", ":late"), gain("2", ":on_time")]),
            ("0.5", [gain("2", ":on_time")]),
            ("0.75", [gain("2", ":on_time")]),
            ("2", []),
        ],
    )
    def test_gains(self, now: str, expected: list[Gain]) -> None:
        assert gains(CHOICE, now) == expected


def digits(points_: Fraction) -> str:
    """A number of quarters in digits."""
    whole, rest = divmod(points_.numerator * (4 // points_.denominator), 4)
    return f"{whole}.{rest * 25:02}"


class TestChecklist:
    """The points are the sum of the items met; or the maximum where all are met, else 0."""

    @pytest.mark.parametrize(
        ("items", "expected"),
        [("", "0"), ("tasks", "0.5"), ("people|tasks", "1.5"), ("tasks|budget|people", "2")],
    )
    def test_sums(self, items: str, expected: str) -> None:
        assert points(CHECKLIST, f"+{items}") == Fraction(expected)

    @pytest.mark.parametrize(("items", "expected"), [("", 0), ("tasks", 0), ("budget|tasks", 2)])
    def test_all_or_nothing(self, items: str, expected: int) -> None:
        assert points(ALL, f"+{items}") == expected

    @pytest.mark.parametrize(
        ("text", "code"), [("+taks", "P217"), ("+tasks|tasks", "P107"), (":tasks", "P205")]
    )
    def test_refused(self, text: str, code: str) -> None:
        assert refused(CHECKLIST, text) == code
        assert refused(ALL, text) == code

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            ({"items": {"a": "1.5", "b": "0.5"}}, []),
            ({"items": {"a": "1", "b": "0.5"}}, ["P305"]),
            ({"items": {"a": "2", "b": "0.5"}}, ["P306"]),
            ({"items": {f"i{n}": "0.1" for n in range(20)}}, []),
            ({"items": {f"i{n}": "0.12500001" for n in range(16)}}, ["P306"]),
            (
                {"items": {"a": "0.4000016", **{f"i{n}": "0.0999999" for n in range(16)}}},
                ["P309"],
            ),
            ({"items": {"a": "2.5", "b": "-0.5"}}, ["P306", "P306"]),
            ({"items": ["a", "b"]}, ["P109", "P109"]),
            ({"items": ["a", "b"], "all": "true"}, []),
            ({"items": {"a": "1", "b": "1"}, "all": "true"}, ["P310", "P310"]),
            ({"items": {}}, ["P109"]),
            ({"items": ["a"], "all": "true", "names": {"b": {"vi": "B"}}}, ["P313"]),
        ],
    )
    def test_proof(self, fields: dict[str, object], codes: list[str]) -> None:
        assert faults(rule(kind="checklist", **fields)) == codes

    @pytest.mark.parametrize(
        "items",
        [["a", "a"], ["a", {}], [str(n) for n in range(21)], {str(n): "1" for n in range(21)}],
    )
    def test_forms_that_are_refused(self, items: object) -> None:
        with pytest.raises(ValidationError):
            rule(kind="checklist", items=items)

    @given(st.lists(amounts, min_size=1, max_size=8), st.data())
    def test_an_independent_computation(self, worth: list[Fraction], data: st.DataObject) -> None:
        names = [f"item{number}" for number in range(len(worth))]
        met = data.draw(st.sets(st.sampled_from(names)))
        maximum = sum(worth, Fraction(0))
        items = {name: digits(each) for name, each in zip(names, worth, strict=True)}
        found = rule(kind="checklist", items=items).points(Items(tuple(met)), maximum)
        assert found == sum((worth[names.index(name)] for name in met), Fraction(0))

    def test_telling(self) -> None:
        assert working(CHECKLIST, "+tasks|people") == "0.5 (tasks) + 1 (people) = 1.5"
        assert working(CHECKLIST, "+") == "no item met → 0"
        assert working(ALL, "+tasks") == "1 of 2 items met → 0"
        assert ALL.in_words(TWO, EN) == "2 where all of these are met, else 0: tasks; budget."
        told = "Points of each item that is met, added up: tasks: 0.5; budget: 0.5; people: 1."
        assert CHECKLIST.in_words(TWO, EN) == told

    @pytest.mark.parametrize(
        ("now", "text", "expected"),
        [
            ("0.5", "+tasks", ["1: tasks|budget", "1.5: tasks|people", "2: tasks|budget|people"]),
            ("1.5", "+people|tasks", ["2: tasks|people|budget"]),
            ("1", None, ["1.5: tasks|people", "2: tasks|budget|people"]),
            ("2", "+tasks|budget|people", []),
        ],
    )
    def test_gains(self, now: str, text: str | None, expected: list[str]) -> None:
        pairs = (each.split(": ") for each in expected)
        assert gains(CHECKLIST, now, text) == [gain(more, f"+{items}") for more, items in pairs]

    def test_all_or_nothing_gains_all(self) -> None:
        assert gains(ALL, "0", "+tasks") == [gain("2", "+tasks|budget")]
        assert gains(ALL, "2") == []


class TestSurvey:
    """The points are the mean weight of the answers that count, times the maximum."""

    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ("A=10", "2"),
            ("D=10", "0"),
            ("A=1|B=1|C=1", "6/5"),
            ("A=120|B=30|C=6|D=1", "1392/785"),
            ("A=1|D=1", "1"),
            ("A=1|D=1|E=99", "1"),
        ],
    )
    def test_answers(self, answers: str, expected: str) -> None:
        assert points(SURVEY, answers) == Fraction(expected)

    @pytest.mark.parametrize(
        ("text", "code"),
        [("A=0", "P206"), ("E=5", "P206"), ("F=5", "P217"), ("A=-1", "P203"), ("90%", "P205")],
    )
    def test_refused(self, text: str, code: str) -> None:
        assert refused(SURVEY, text) == code

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            ({"weights": {"A": "100%", "B": "0%"}}, []),
            ({"weights": {"A": "90%", "B": "0%"}}, ["P305"]),
            ({"weights": {"A": "101%", "B": "100%"}}, ["P309"]),
            ({"weights": {"A": "100%"}, "left_out": ["A"]}, ["P310"]),
            ({"weights": {}}, ["P109"]),
        ],
    )
    def test_proof(self, fields: dict[str, object], codes: list[str]) -> None:
        assert faults(rule(kind="survey", **fields)) == codes

    @given(*[st.integers(0, 1000)] * 4)
    def test_an_independent_computation(self, a: int, b: int, c: int, d: int) -> None:
        people = a + b + c + d
        if people:
            answers = Answers({"A": a, "B": b, "C": c, "D": d, "E": 7})
            expected = Fraction(a * 5 + b * 3 + c, people * 5) * 10
            assert SURVEY.points(answers, Fraction(10)) == expected

    def test_telling(self) -> None:
        assert working(SURVEY, "A=3|D=1|E=2") == "(3 × 100 % + 1 × 0 %) ÷ 4 × 2 = 1.5"
        told = "Mean worth of the answers × 2: A 100 %; B 60 %; C 20 %; D 0 %. Not counted: E."
        assert SURVEY.in_words(TWO, EN) == told
        assert gains(SURVEY) == []


class TestWatch:
    """The figure is shown, and gives no points: the maximum is 0."""

    @pytest.mark.parametrize("text", ["12.5", "97%", "3/4", "n=7", ":any", "2024-01-01"])
    def test_any_figure(self, text: str) -> None:
        assert points(rule(kind="watch"), text, Fraction(0)) == 0

    @pytest.mark.parametrize(("text", "code"), [("1/0", "P206"), ("5/4", "P207"), ("101%", "P207")])
    def test_what_is_impossible_is_refused(self, text: str, code: str) -> None:
        assert refused(rule(kind="watch"), text, Fraction(0)) == code

    def test_the_maximum_is_0(self) -> None:
        assert faults(rule(kind="watch"), Fraction(0)) == []
        assert faults(rule(kind="watch")) == ["P305"]

    def test_telling(self) -> None:
        watch = rule(kind="watch")
        assert working(watch, "3/4", Fraction(0)) == "3/4 = 75.00 %: shown, not added"
        assert working(watch, "n=3", Fraction(0)) == "shown, not added"
        assert watch.in_words(Fraction(0), EN) == "Shown, and never added."
        assert gains(watch, maximum=Fraction(0)) == []
