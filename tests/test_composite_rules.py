"""Rules made of rules: the best of several, and the sum of several with maxima of their own."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from parindex.rules.base import RefusedError, Rule, UndecidedError
from parindex.rules.setting import Setting
from parindex.tables.facts import fact_text
from parindex.values.exact import add
from parindex.values.facts import Answer, Count, Date, Fact, Figure, Figures, Ratio, Value
from tests.rule_support import EN, TWO, VI, fact, faults, rule

TEN: Final = Fraction(10)
RATIO: Final = {"kind": "ratio", "target": "80%", "no_cases": "zero"}
YES_NO: Final = {
    "kind": "choice",
    "options": {"yes": "1", "no": "0"},
    "names": {"yes": {"vi": "Có", "en": "Yes"}, "no": {"vi": "Không", "en": "No"}},
}
EVENTS: Final = {"kind": "deduct", "events": {"late": "0.25", "missing": "100%"}}
PAYMENT = rule(
    kind="sum-of",
    parts={
        "integrated": {"max": "2", "rule": RATIO},
        "transactions": {"max": "2", "rule": RATIO},
        "dossiers": {"max": "6", "rule": {"kind": "ratio", "no_cases": "zero"}},
    },
    names={"integrated": {"vi": "Tích hợp", "en": "Integrated"}},
)
BEST_FORM: Final = {
    "kind": "best-of",
    "rules": {"own": {"kind": "ratio", "target": "80%"}, "shared": YES_NO},
    "names": {"shared": {"vi": "Dùng chung", "en": "Shared"}},
}
BEST = rule(**BEST_FORM)
EVERY = rule(
    kind="sum-of",
    parts={
        "rate": {"max": "1", "rule": {"kind": "ratio"}},
        "days": {"max": "1", "rule": {"kind": "linear", "zero_at": "30", "full_at": "5"}},
        "cases": {"max": "1", "rule": {"kind": "deduct", "step": "25%"}},
        "done": {"max": "1", "rule": {"kind": "count", "each": "0.5"}},
        "sent": {"max": "1", "rule": {"kind": "deadline", "due": "12-31"}},
        "word": {"max": "1", "rule": YES_NO},
        "given": {"max": "1", "rule": {"kind": "points"}},
        "reports": {"max": "1", "rule": EVENTS},
        "best": {"max": "1", "rule": {"kind": "best-of", "rules": {"a": YES_NO, "b": RATIO}}},
    },
)
DUE = EVERY.for_unit(Setting(2024))
WHOLE: Final = {
    "rate": "100%",
    "days": "5",
    "cases": "0",
    "done": "2",
    "sent": "2024-12-31",
    "word": ":yes",
    "given": "1",
    "late": "0",
    "missing": "0",
    "a": ":yes",
}


def figure(text: str) -> Figure:
    """One figure, as `fact` of the tests of rules reads it."""
    found = fact(text)
    assert isinstance(found, Value | Ratio | Date | Answer)
    return found


def told(**figures: str) -> Figures:
    return Figures({name: figure(text) for name, text in figures.items()})


def refused(one: Rule, reported: Fact, maximum: Fraction) -> tuple[str, Mapping[str, str]]:
    with pytest.raises(RefusedError) as caught:
        one.points(reported, maximum)
    return caught.value.code, caught.value.parameters


class TestSumOf:
    """The points of all parts, each by its own rule and of its own maximum."""

    @pytest.mark.parametrize(
        ("figures", "expected"),
        [
            (("8/10", "5/10", "300/1000"), "5.05"),
            (("0/0", "0/0", "0/0"), "0"),
            (("0%", "0%", "0%"), "0"),
            (("80%", "79.99%", "100%"), "9.99975"),
            (("100%", "100%", "100%"), "10"),
        ],
    )
    def test_edges(self, figures: tuple[str, str, str], expected: str) -> None:
        names = ("integrated", "transactions", "dossiers")
        fact_ = told(**dict(zip(names, figures, strict=True)))
        assert PAYMENT.points(fact_, TEN) == Fraction(expected)

    def test_working(self) -> None:
        """One line that a person checks by hand."""
        fact_ = told(integrated="8/10", transactions="5/10", dossiers="1/3")
        assert PAYMENT.working(fact_, TEN, EN) == (
            "2 (Integrated: 8/10 = 80.00 % ≥ 80 % → 2)"
            " + 1.25 (transactions: 5/10 = 50.00 % ÷ 80 % × 2 = 1.25)"
            " + 2 (dossiers: 1/3 = 33.33 % × 6 = 2) = 5.25"
        )
        fact_ = told(integrated="0%", transactions="1/9", dossiers="0%")
        assert PAYMENT.working(fact_, TEN, EN).endswith(
            "≈ 0.2778) + 0 (dossiers: 0 % × 6 = 0) ≈ 0.2778"
        )

    def test_words(self) -> None:
        assert PAYMENT.in_words(TEN, EN) == (
            "Sum of these parts: Integrated: Rate ÷ 80 % × 2, at most 2;"
            " transactions: Rate ÷ 80 % × 2, at most 2; dossiers: Rate × 6."
        )
        assert next(iter(PAYMENT.named(VI).items())) == ("integrated", "Tích hợp")

    def test_every_kind_of_figure(self) -> None:
        assert DUE.points(told(**WHOLE), Fraction(9)) == 9
        assert [*DUE.named(EN)] == [*WHOLE, "b"]

    @pytest.mark.parametrize(
        ("name", "text", "code"),
        [
            ("rate", "1", "P205"),
            ("rate", "101%", "P207"),
            ("rate", "1/0", "P206"),
            ("rate", ":many", "P205"),
            ("days", "5%", "P205"),
            ("days", "-1", "P207"),
            ("cases", "1.5", "P207"),
            ("cases", "-1", "P203"),
            ("cases", "1/2", "P205"),
            ("done", "5%", "P205"),
            ("sent", "3", "P205"),
            ("sent", "2030-01-01", "P207"),
            ("word", ":maybe", "P217"),
            ("given", "1.5", "P202"),
            ("given", "-0.5", "P203"),
            ("given", ":one", "P205"),
            ("late", "0.5", "P207"),
            ("other", "1", "P217"),
        ],
    )
    def test_refused(self, name: str, text: str, code: str) -> None:
        found, parameters = refused(DUE, told(**{**WHOLE, name: text}), Fraction(9))
        assert found == code
        if name != "other":
            assert name in " ".join(parameters.values()) or name == "given"

    @pytest.mark.parametrize("reported", [Count(1), Value(Decimal(1)), Answer("yes")])
    def test_another_kind(self, reported: Fact) -> None:
        code, parameters = refused(PAYMENT, reported, TEN)
        assert (code, parameters["expected"]) == (
            "P205",
            "figures: {integrated: 97.2%, transactions: 97.2%, dossiers: 97.2%}",
        )

    def test_missing(self) -> None:
        """All that is missing is told at once."""
        code, parameters = refused(DUE, told(rate="1/1", late="0"), Fraction(9))
        assert code == "P224"
        assert parameters["found"] == "days, cases, done, sent, word, given, missing, a, b"

    @pytest.mark.parametrize(
        ("parts", "expected"),
        [
            ({"a": ("2", RATIO), "b": ("8", RATIO)}, []),
            ({"a": ("2", RATIO), "b": ("7.9", RATIO)}, [("P227", ("parts",))]),
            ({}, [("P109", ("parts",))]),
            (
                {"a": ("2", RATIO), "b": ("8", YES_NO)},
                [("P305", ("parts", "b", "rule", "options"))],
            ),
            (
                {"a": ("2", {"kind": "watch"}), "b": ("8", {"kind": "survey", "weights": {"A": "100%"}})},
                [("P227", ("parts", "a", "rule")), ("P227", ("parts", "b", "rule"))],
            ),
            (
                {"a": ("10", {"kind": "checklist", "items": {"a": "10"}})},
                [("P227", ("parts", "a", "rule"))],
            ),
            ({"a": ("0", RATIO), "b": ("10", RATIO)}, [("P309", ("parts", "a", "rule"))]),
            (
                {"a": ("10", {**RATIO, "target": "101%"})},
                [("P309", ("parts", "a", "rule", "target"))],
            ),
        ],
    )  # fmt: skip
    def test_proof(
        self, parts: dict[str, tuple[str, Any]], expected: list[tuple[str, tuple[str, ...]]]
    ) -> None:
        form = {name: {"max": max_, "rule": each} for name, (max_, each) in parts.items()}
        found = [*rule(kind="sum-of", parts=form).proof(TEN)]
        assert [(each.code, each.path) for each in found] == expected
        for each in found:
            if each.path == ("parts",) and parts:
                assert each.parameters == {"found": "9.9", "expected": "10"}

    def test_names_of_none(self) -> None:
        one = rule(
            kind="sum-of", parts={"a": {"max": "10", "rule": RATIO}}, names={"b": {"vi": "b"}}
        )
        assert faults(one, TEN) == ["P313"]

    def test_too_many(self) -> None:
        parts = {f"a{n}": {"max": "1", "rule": RATIO} for n in range(21)}
        assert faults(rule(kind="sum-of", parts=parts), Fraction(21)) == ["P227"]

    @pytest.mark.parametrize(
        "parts", [{"a": RATIO}, {"a": {"max": "1"}}, {"a b": {"max": "1", "rule": RATIO}}, ["a"]]
    )
    def test_no_parts(self, parts: Any) -> None:
        with pytest.raises(ValidationError):
            rule(kind="sum-of", parts=parts)


class TestBestOf:
    """The most points of any rule whose figures are reported."""

    @pytest.mark.parametrize(
        ("figures", "expected"),
        [
            ({"own": "60%", "shared": ":yes"}, "1.5"),
            ({"own": "20%", "shared": ":yes"}, "1"),
            ({"own": "20%"}, "0.5"),
            ({"shared": ":no"}, "0"),
            ({"own": "0%", "shared": ":no"}, "0"),
            ({"own": "80%"}, "2"),
        ],
    )
    def test_edges(self, figures: dict[str, str], expected: str) -> None:
        assert BEST.points(told(**figures), TWO) == Fraction(expected)

    def test_none_is_reported(self) -> None:
        code, parameters = refused(BEST, Figures({}), TWO)
        assert (code, parameters["expected"]) == ("P224", "own / shared")

    def test_a_rule_that_is_reported_in_part(self) -> None:
        one = rule(kind="best-of", rules={"a": EVENTS, "b": RATIO})
        assert one.points(told(b="40%"), TWO) == 1
        assert refused(one, told(b="40%", late="1"), TWO)[0] == "P224"

    def test_working(self) -> None:
        assert BEST.working(told(own="48%", shared=":no"), TWO, EN) == (
            "own: 48 % ÷ 80 % × 2 = 1.2; Shared: No → 0; max(1.2; 0) → 1.2"
        )
        assert BEST.working(told(own="1/9"), TWO, EN).endswith("max(≈ 0.2778) → ≈ 0.2778")
        assert BEST.in_words(TWO, EN) == (
            "The best of these: own: Rate ÷ 80 % × 2, at most 2;"
            " Shared: Points of the option that holds: Yes: 1; No: 0."
        )

    @pytest.mark.parametrize(
        ("rules", "expected"),
        [
            ({"a": RATIO, "b": YES_NO}, []),
            ({"a": YES_NO, "b": YES_NO}, [("P305", ("rules",), "a: 1, b: 1")]),
            (
                {"a": {**RATIO, "floor": "90%"}},
                [("P310", ("rules", "a", "target"), "floor, target")],
            ),
            (
                {"a": RATIO, "b": {**YES_NO, "options": {"yes": "3"}}},
                [
                    ("P306", ("rules", "b", "options", "yes"), "3"),
                    ("P313", ("rules", "b", "names", "no"), "no"),
                ],
            ),
            ({"a": {"kind": "watch"}}, [("P227", ("rules", "a"), "watch")]),
            ({}, [("P109", ("rules",), None)]),
        ],
    )
    def test_proof(self, rules: Any, expected: list[Any]) -> None:
        found = rule(kind="best-of", rules=rules).proof(TWO)
        assert [(each.code, each.path, each.parameters.get("found")) for each in found] == expected

    def test_depth(self) -> None:
        """Rules stand in rules at most three deep."""
        one: dict[str, Any] = RATIO
        for depth in range(1, 6):
            one = {"kind": "best-of", "rules": {"a": one}}
            found = [(each.code, each.path) for each in rule(**one).proof(TWO)]
            assert found == ([] if depth <= 3 else [("P227", ("rules", "a") * 3)])


class TestThroughToTheParts:
    """What a rule is asked reaches the rules of which it is made."""

    def test_the_year(self) -> None:
        assert EVERY.days() is None
        assert DUE.days() == (date(2024, 1, 1), date(2024, 12, 31))
        assert EVERY.is_plain

    def test_the_rate(self) -> None:
        """Of alternatives the best rate; of parts only where just one goes by a rate."""
        one = rule(kind="best-of", rules={"a": {"kind": "ratio"}, "b": RATIO, "c": YES_NO})
        assert one.gives_rate
        assert one.rate(told(a="1/4", b="30%", c=":yes")) == 30
        assert one.rate(told(c=":yes")) is None
        assert not PAYMENT.gives_rate
        parts = {"a": {"max": "1", "rule": RATIO}, "b": {"max": "1", "rule": YES_NO}}
        single = rule(kind="sum-of", parts=parts)
        assert single.gives_rate
        assert single.rate(told(a="1/4", b=":yes")) == 25

    def test_by_unit(self) -> None:
        """A figure of a part may differ by level, and another leaf's rate may be a factor."""
        by_level = {"kind": "ratio", "target": {"province": "20%", "commune": "100%"}}
        one = rule(kind="best-of", rules={"a": by_level, "b": {"kind": "ratio", "times": "1.4"}})
        assert (one.is_plain, one.needs) == (False, ("1.4",))
        for level, expected in (("province", 1), ("commune", Fraction(1, 5))):
            setting = Setting(2026, level=level, rates={"1.4": Fraction(50)})
            own = one.for_unit(setting)
            assert own.points(told(a="10%", b="20%"), TWO) == expected
        assert faults(one) == []

    def test_words_of_options(self) -> None:
        """Words in either language are taken for names and options, also inside."""
        fact_ = Figures({"own": figure("1/2"), "Dùng chung": Answer("có")})
        assert BEST.meant(fact_) == Figures({"own": figure("1/2"), "shared": Answer("yes")})
        inner = DUE.meant(told(**{**WHOLE, "a": ":Không"}))
        assert isinstance(inner, Figures)
        assert inner.figures["a"] == Answer("no")

    def test_words_for_people(self) -> None:
        """What was reported is told by the names of the option's own rule."""
        one = rule(kind="sum-of", parts={"a": {"max": "2", "rule": BEST_FORM}})
        assert fact_text(told(own="1/2", shared=":yes"), one, VI) == "own: 1/2; Dùng chung: Có"

    def test_an_option_that_looks_like_a_number(self) -> None:
        levels = {"kind": "choice", "options": {"3": "1", "4": "2"}}
        one = rule(kind="best-of", rules={"level": levels})
        assert one.points(told(level="4"), TWO) == 2

    def test_the_lowest(self) -> None:
        choice = {"kind": "choice", "options": {"yes": "1", "no": "-1"}}
        parts = {"a": {"max": "1", "rule": choice}, "b": {"max": "1", "rule": YES_NO}}
        one = rule(kind="sum-of", parts={**parts, "c": {"max": "1", "rule": EVENTS}})
        low = one.with_lowest(Fraction(-1))
        assert low.points(told(a=":no", b=":no", late="9", missing="9"), Fraction(3)) == -1
        assert low.lowest == -1

    def test_a_part_that_shares_a_figure(self) -> None:
        """Rules that take figures by name may take the same."""
        other = {"kind": "count", "events": {"late": "0.5"}}
        one = rule(
            kind="sum-of",
            parts={"a": {"max": "1", "rule": EVENTS}, "b": {"max": "1", "rule": other}},
        )
        assert one.points(told(late="1", missing="0"), TWO) == Fraction("1.25")


counts = st.integers(0, 60).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def share(pair: tuple[int, int]) -> Fraction:
    return Fraction(*pair) if pair[1] else Fraction(0)


class TestLaws:
    """Independent computations agree, and no fact leaves the bounds."""

    @given(counts, counts, counts)
    def test_payment_of_766(
        self, integrated: tuple[int, int], transactions: tuple[int, int], dossiers: tuple[int, int]
    ) -> None:
        """The formula fitted to the portal's answers: 6·A + min(2; 2.5·B) + min(2; 2.5·C)."""
        fact_ = told(
            integrated=f"{integrated[0]}/{integrated[1]}",
            transactions=f"{transactions[0]}/{transactions[1]}",
            dossiers=f"{dossiers[0]}/{dossiers[1]}",
        )
        expected = (
            6 * share(dossiers)
            + min(TWO, Fraction(5, 2) * share(integrated))
            + min(TWO, Fraction(5, 2) * share(transactions))
        )
        assert PAYMENT.points(fact_, TEN) == expected

    @given(
        st.dictionaries(
            st.sampled_from([*WHOLE, "b", "x"]),
            st.one_of(
                st.builds(Value, st.decimals(-2, 120, places=1), st.booleans()),
                st.builds(Ratio, st.integers(0, 3).map(Decimal), st.integers(0, 3).map(Decimal)),
                st.builds(Date, st.dates(date(2023, 1, 1), date(2026, 1, 1))),
                st.builds(Answer, st.sampled_from(["yes", "no", "Có", "maybe"])),
                *(st.just(figure(text)) for text in WHOLE.values()),
            ),
            min_size=8,
        )
    )
    def test_any_fact(self, figures: dict[str, Figure]) -> None:
        for one, maximum in ((DUE, Fraction(9)), (BEST, TWO)):
            with suppress(RefusedError):
                assert 0 <= one.points(Figures(figures), maximum) <= maximum
                assert one.working(Figures(figures), maximum, EN)


STEPS: Final = {
    "kind": "steps",
    "steps": [{"above": "90", "points": "100%"}, {"from": "70", "points": "60%"}, {"from": "0", "points": "0"}],
}  # fmt: skip
SMALL: Final[dict[str, tuple[dict[str, Any], list[Figure]]]] = {
    "word": ({"kind": "choice", "options": {"x": "100%", "y": "35%", "z": "0"}}, [*map(Answer, "xyz")]),
    "done": ({"kind": "count", "each": "40%"}, [Value(Decimal(n)) for n in range(5)]),
    "cases": ({"kind": "deduct", "step": "30%"}, [Value(Decimal(n)) for n in range(6)]),
    "rate": ({"kind": "ratio", "target": "80%"}, [Ratio(Decimal(n), Decimal(7)) for n in range(8)]),
    "bands": (STEPS, [Ratio(Decimal(n), Decimal(10)) for n in range(11)]),
}  # fmt: skip
"""Rules with all that can be reported for them, rates as counts of the same whole."""


def points_alone(one: Rule, maximum: Fraction, figure_: Figure) -> Fraction:
    """The points of one figure by its own rule."""
    if one.kind in ("count", "deduct") and isinstance(figure_, Value):
        return one.points(Count(int(figure_.value)), maximum)
    return one.points(figure_, maximum)


class TestGains:
    """Against trying everything: all points that something reported can give, and no other."""

    @given(st.data())
    def test_a_sum(self, data: st.DataObject) -> None:
        """No part is let fall so that another can rise."""
        names = data.draw(st.lists(st.sampled_from([*SMALL]), min_size=1, max_size=3, unique=True))
        maxima = {name: data.draw(st.sampled_from(["0.5", "1", "2"])) for name in names}
        form = {name: {"max": each, "rule": SMALL[name][0]} for name, each in maxima.items()}
        one, maximum = rule(kind="sum-of", parts=form), add(map(Fraction, maxima.values()))
        alone = {name: (rule(**SMALL[name][0]), Fraction(maxima[name])) for name in names}
        now = {name: data.draw(st.sampled_from(SMALL[name][1])) for name in names}
        kept = {
            name: [
                each
                for each in SMALL[name][1]
                if points_alone(*alone[name], each) >= points_alone(*alone[name], now[name])
            ]
            for name in names
        }
        self.compare(one, maximum, now, kept)

    @given(st.data())
    def test_the_best(self, data: st.DataObject) -> None:
        names = data.draw(st.lists(st.sampled_from([*SMALL]), min_size=1, max_size=3, unique=True))
        one = rule(kind="best-of", rules={name: SMALL[name][0] for name in names})
        now = {name: data.draw(st.sampled_from(SMALL[name][1])) for name in names}
        self.compare(one, TWO, now, {name: SMALL[name][1] for name in names})

    def compare(
        self,
        one: Rule,
        maximum: Fraction,
        figures: dict[str, Figure],
        possible: dict[str, list[Figure]],
    ) -> None:
        """What the rule tells against the points of all possible figures."""
        assert faults(one, maximum) == []
        fact_ = Figures(figures)
        now = one.points(fact_, maximum)
        tried = {
            one.points(Figures(dict(zip(possible, each, strict=True))), maximum)
            for each in product(*possible.values())
        }
        ladders = list(one.ladders(now, maximum, fact_, Fraction(1, 100), 4))
        assert all(each.whole for each in ladders)
        listed = {each.start + each.step * n for each in ladders for n in range(each.count)}
        assert listed == {each for each in tried if each > now}
        for points in listed:
            gain = one.reaching(points, maximum, fact_)
            assert gain is not None
            assert gain.points == one.points(gain.fact, maximum) == points
        gains = [each.points for each in one.gains(now, maximum, fact_)]
        assert gains == sorted(set(gains))
        assert (gains[-1] == maximum) if gains else (now == maximum)
        assert {*gains} <= listed
        if listed and "rate" not in figures:  # of which only the target is told
            assert gains[0] == min(listed)

    def test_a_figure_that_must_pass_an_edge(self) -> None:
        """Above 90 % is told as a figure that is above it."""
        one = rule(kind="best-of", rules={"bands": STEPS})
        gain = one.next_step(Fraction(3, 2), TWO, told(bands="80%"))
        assert gain is not None
        assert (gain.points, gain.need) == (2, "from")
        assert gain.fact == told(bands="90.01%")

    def test_a_rule_that_cannot_tell_its_points(self) -> None:
        """Beside it nothing counts but what gives all, and a sum that holds it gains nothing."""
        hanging = {"kind": "ratio", "times": "1.4"}
        word = {"kind": "choice", "options": {"x": "2", "y": "1", "z": "0"}}
        one = rule(kind="best-of", rules={"a": hanging, "b": word}).for_unit(Setting(2024))
        fact_ = told(a="50%", b=":z")
        with pytest.raises(UndecidedError):
            one.points(fact_, TWO)
        assert one.points(told(a="50%", b=":x"), TWO) == 2
        assert [each.fact for each in one.gains(Fraction(0), TWO, fact_)] == [told(a="50%", b=":x")]
        ladders = [*one.ladders(Fraction(0), TWO, fact_, Fraction(1, 100), 4)]
        assert {each.most for each in ladders} == {2}
        reached = one.reaching(Fraction(1), TWO, fact_)
        assert reached is not None
        assert reached.fact == told(a="50%", b=":x")
        parts = {"a": {"max": "2", "rule": hanging}, "b": {"max": "2", "rule": word}}
        sum_ = rule(kind="sum-of", parts=parts).for_unit(Setting(2024))
        assert [*sum_.gains(Fraction(0), Fraction(4), fact_)] == []
        for ladder in sum_.ladders(Fraction(0), Fraction(4), fact_, Fraction(1, 100), 4):
            assert sum_.reaching(ladder.start, Fraction(4), fact_) is not None

    def test_nothing_is_known(self) -> None:
        """Without a fact the plan names what is needed of some parts."""
        gain = PAYMENT.next_step(Fraction(0), TEN, None)
        assert gain is not None
        assert gain.points == 2
        reached = PAYMENT.reaching(TEN, TEN, None)
        assert reached is not None
        assert PAYMENT.points(reached.fact, TEN) == 10

    def test_many_parts(self) -> None:
        """Twenty parts with any points are not gone through one by one, and it is said."""
        parts = {f"a{n}": {"max": "1", "rule": {"kind": "ratio"}} for n in range(20)}
        one, maximum = rule(kind="sum-of", parts=parts), Fraction(20)
        fact_ = told(**{f"a{n}": "50%" for n in range(20)})
        ladders = list(one.ladders(TEN, maximum, fact_, Fraction(1, 100), 4))
        assert max(each.most for each in ladders) == maximum
        assert not all(each.whole for each in ladders)
        gain = one.reaching(Fraction(15), maximum, fact_)
        assert gain is not None
        assert one.points(gain.fact, maximum) >= 15
