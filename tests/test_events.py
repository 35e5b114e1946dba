"""Cases of several kinds in one leaf: what `deduct` takes off for each, and `count` adds."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.rules.base import Gain, RefusedError, Rule
from parindex.rules.input import COUNT, FIGURES
from parindex.values.facts import Answer, Count, Fact, Figures, Percent, Ratio, Value
from tests.rule_support import EN, TWO, VI, faults, rule

LATE = {"late": "0.25", "quarterly": "0.5", "yearly": "100%"}
DEDUCT = rule(kind="deduct", events=LATE, names={"late": {"vi": "Chậm", "en": "Late report"}})
COUNTED = rule(kind="count", events={"conference": "0.5", "training": "12.5%"})


def told(**counts: int) -> Figures:
    return Figures({name: Value(Decimal(n)) for name, n in counts.items()})


def counted(gain: Gain) -> dict[str, Decimal]:
    """The counts that a gain asks for."""
    assert isinstance(gain.fact, Figures)
    return {x: each.value for x, each in gain.fact.figures.items() if isinstance(each, Value)}


class TestDeduct:
    """The maximum, less the step of each case by its kind, never below the lowest."""

    @pytest.mark.parametrize(
        ("late", "quarterly", "yearly", "expected"),
        [
            (0, 0, 0, "2"),
            (1, 0, 0, "1.75"),
            (2, 1, 0, "1"),
            (0, 4, 0, "0"),
            (1, 4, 0, "0"),
            (0, 0, 1, "0"),
            (9, 9, 9, "0"),
        ],
    )
    def test_edges(self, late: int, quarterly: int, yearly: int, expected: str) -> None:
        fact = told(late=late, quarterly=quarterly, yearly=yearly)
        assert DEDUCT.points(fact, TWO) == Fraction(expected)

    def test_the_lowest(self) -> None:
        """A leaf that may go below zero goes down to its lowest."""
        low = DEDUCT.with_lowest(Fraction(-1))
        assert low.points(told(late=1, quarterly=1, yearly=1), TWO) == Fraction(-3, 4)
        fact = told(late=9, quarterly=1, yearly=1)
        assert low.points(fact, TWO) == -1
        assert low.working(fact, TWO, EN).endswith("< -1 → -1")

    @pytest.mark.parametrize(
        ("fact", "code"),
        [
            (Count(1), "P205"),
            (told(late=1, quarterly=0), "P224"),
            (told(late=1, quarterly=0, yearly=0, monthly=1), "P217"),
            (told(late=-1, quarterly=0, yearly=0), "P203"),
            (Figures({**told(late=1, quarterly=0).figures, "yearly": Value(Decimal("0.5"))}), "P207"),
            (Figures({**told(late=1, quarterly=0).figures, "yearly": Answer("none")}), "P205"),
            (Figures({**told(late=1, quarterly=0).figures, "yearly": Value(Decimal(1), is_percent=True)}), "P205"),
        ],
    )  # fmt: skip
    def test_refused(self, fact: Fact, code: str) -> None:
        with pytest.raises(RefusedError) as caught:
            DEDUCT.points(fact, TWO)
        assert caught.value.code == code

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            ({"events": {"a": "2"}}, []),
            ({"events": {"a": "100%"}}, []),
            ({"events": {"a": "2.01"}}, ["P306"]),
            ({"events": {"a": "0", "b": "-1"}}, ["P306", "P306"]),
            ({"events": {"a": "0.00001"}}, ["P309"]),
            ({"events": {"a": "1"}, "step": "1"}, ["P310"]),
            ({}, ["P109"]),
            ({"events": {"a": "1"}, "names": {"b": {"vi": "b"}}}, ["P313"]),
        ],
    )
    def test_proof(self, fields: dict[str, Any], codes: list[str]) -> None:
        assert faults(rule(kind="deduct", **fields)) == codes

    def test_telling(self) -> None:
        fact = told(late=2, quarterly=0, yearly=1)
        assert DEDUCT.working(fact, TWO, EN) == (
            "2 − 2 × 0.25 (Late report) − 1 × 2 (yearly) < 0 → 0"
        )
        assert DEDUCT.working(told(late=1, quarterly=0, yearly=0), TWO, VI) == (
            "2 − 1 × 0,25 (Chậm) = 1,75"
        )
        none = told(late=0, quarterly=0, yearly=0)
        assert DEDUCT.working(none, TWO, EN) == "no case arose → 2"
        assert DEDUCT.in_words(TWO, EN) == (
            "2, less for each case: Late report 0.25; quarterly 0.5; yearly 2; not below 0."
        )
        assert DEDUCT.named(VI) == {"late": "Chậm", "quarterly": "quarterly", "yearly": "yearly"}

    def test_the_next_step(self) -> None:
        """The least points more: one case less of the kind that costs the least."""
        [first, *others] = DEDUCT.gains(Fraction(1), TWO, told(late=2, quarterly=1, yearly=0))
        assert (first.points, first.need) == (Fraction(5, 4), "to")
        assert counted(first) == {"late": 1, "quarterly": 1, "yearly": 0}
        assert [each.points for each in others] == [Fraction("1.5"), Fraction("1.75"), 2]

    def test_names_are_taken(self) -> None:
        fact = Figures({"Chậm": Value(Decimal(1)), "Quarterly": Value(Decimal(0))})
        meant = DEDUCT.meant(fact)
        assert isinstance(meant, Figures)
        assert [*meant.figures] == ["late", "quarterly"]


class TestCount:
    """So many of each kind, each with what it gives, at most the maximum."""

    @pytest.mark.parametrize(
        ("conference", "training", "expected"),
        [(0, 0, "0"), (1, 1, "0.75"), (3, 1, "1.75"), (3, 2, "2"), (3, 3, "2"), (0, 8, "2")],
    )
    def test_edges(self, conference: int, training: int, expected: str) -> None:
        fact = told(conference=conference, training=training)
        assert COUNTED.points(fact, TWO) == Fraction(expected)

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            ({"events": {"a": "0.5"}, "each": "1"}, ["P310"]),
            ({"events": {"a": "0.5"}, "above": "1"}, ["P310"]),
            ({}, ["P109"]),
            ({"events": {"a": "3"}}, ["P306"]),
        ],
    )
    def test_proof(self, fields: dict[str, Any], codes: list[str]) -> None:
        assert faults(rule(kind="count", **fields)) == codes

    def test_telling(self) -> None:
        fact = told(conference=1, training=2)
        assert COUNTED.working(fact, TWO, EN) == "1 × 0.5 (conference) + 2 × 0.25 (training) = 1"
        fact = told(conference=5, training=0)
        assert COUNTED.working(fact, TWO, EN) == "5 × 0.5 (conference) > 2 → 2"
        assert COUNTED.in_words(TWO, EN) == ("For each: conference 0.5; training 0.25; at most 2.")

    def test_the_next_step(self) -> None:
        gain = COUNTED.next_step(Fraction(3, 4), TWO, told(conference=1, training=1))
        assert gain is not None
        assert (gain.points, gain.need) == (1, "from")
        assert counted(gain) == {"conference": 1, "training": 2}


class TestInput:
    """With `events` figures are taken, and a count without."""

    def test_takes(self) -> None:
        assert (DEDUCT.takes, COUNTED.takes) == (FIGURES, FIGURES)
        assert rule(kind="deduct", step="1").takes is COUNT
        assert rule(kind="count", each="1").takes is COUNT


steps = st.dictionaries(
    st.sampled_from("abc"), st.sampled_from(["0.25", "0.3", "25%", "1", "2"]), min_size=1
)
KINDS = {"deduct": 1, "count": -1}


def all_points(one: Rule, fact: Figures | None) -> dict[Fraction, dict[str, int]]:
    """All points that other counts give: fewer of what costs, more of what gives."""
    found: dict[Fraction, dict[str, int]] = {}
    events: dict[str, Any] = one.events  # type: ignore[attr-defined]
    ranges = []
    for name in events:
        present = None if fact is None else int(fact.figures[name].value)  # type: ignore[union-attr]
        if one.kind == "deduct":
            ranges.append(range((9 if present is None else present) + 1))
        else:
            ranges.append(range(present or 0, (present or 0) + 10))
    for counts in product(*ranges):
        reported = dict(zip(events, counts, strict=True))
        found.setdefault(one.points(told(**reported), TWO), reported)
    return found


class TestLaws:
    """No counts leave the bounds, and every points that can be reached is found."""

    @given(st.sampled_from(sorted(KINDS)), steps, st.data())
    def test_bounds(self, kind: str, events: dict[str, str], data: st.DataObject) -> None:
        one = rule(kind=kind, events=events)
        assert faults(one) == []
        counts = {name: data.draw(st.integers(0, 10**6)) for name in events}
        points = one.points(told(**counts), TWO)
        exact = sum(
            (
                n * (Fraction(events[x].rstrip("%")) / (50 if "%" in events[x] else 1))
                for x, n in counts.items()
            ),
            Fraction(0),
        )
        expected = max(Fraction(0), 2 - exact) if kind == "deduct" else min(TWO, exact)
        assert points == expected
        assert one.working(told(**counts), TWO, EN)

    @given(
        st.one_of(
            st.builds(Count, st.integers(-5, 5)),
            st.builds(Percent, st.decimals(0, 100, places=1)),
            st.builds(
                Figures,
                st.dictionaries(
                    st.sampled_from(["late", "quarterly", "yearly", "x"]),
                    st.one_of(
                        st.builds(Value, st.decimals(-3, 9, places=1), st.booleans()),
                        st.builds(Ratio, st.just(Decimal(1)), st.just(Decimal(0))),
                        st.builds(Answer, st.text("ab", max_size=2)),
                    ),
                ),
            ),
        )
    )
    def test_any_fact(self, fact: Fact) -> None:
        """A fact is scored within the bounds, or refused."""
        with suppress(RefusedError):
            assert 0 <= DEDUCT.points(fact, TWO) <= TWO

    @pytest.mark.parametrize("kind", KINDS)
    @given(steps, st.data())
    def test_all_gains(self, kind: str, events: dict[str, str], data: st.DataObject) -> None:
        """Against trying everything, with counts reported and without."""
        one = rule(kind=kind, events=events)
        counts = {name: data.draw(st.integers(0, 3)) for name in events}
        fact = data.draw(st.sampled_from([told(**counts), None]))
        now = Fraction(0) if fact is None else one.points(fact, TWO)
        tried = {each for each in all_points(one, fact) if each > now}
        gains = list(one.gains(now, TWO, fact))
        assert [each.points for each in gains] == sorted(tried)
        for each in gains:
            assert one.points(each.fact, TWO) == each.points
            reached = one.reaching(each.points, TWO, fact)
            assert reached is not None
            assert reached.points == each.points
        ladders = list(one.ladders(now, TWO, fact, Fraction(1, 100), 4))
        assert [each.start for each in ladders] == sorted(tried)
        assert all(each.whole for each in ladders)

    @pytest.mark.parametrize("kind", KINDS)
    def test_too_many_to_list(self, kind: str) -> None:
        """Fine steps of many kinds are not listed one by one, and it is said."""
        events = {f"e{n}": f"0.00{n + 11}" for n in range(20)}
        one = rule(kind=kind, events=events)
        ladders = list(one.ladders(Fraction(0), TWO, None, Fraction(1, 100), 4))
        assert len(ladders) <= 501
        assert max(each.most for each in ladders) == TWO
        assert not all(each.whole for each in ladders)
        reached = one.reaching(Fraction(3, 2), TWO)
        assert reached is not None
        assert one.points(reached.fact, TWO) >= Fraction(3, 2)
