"""Targets on schemes that had no right plan: each with the plan that is right."""

import datetime
import json
import random
import time
import tracemalloc
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import parindex
from parindex.analysis.goal import Goal
from parindex.analysis.rank_among import peers_of, rank_range
from parindex.analysis.ranking import rank
from parindex.analysis.scenario import Shift, simulate
from parindex.analysis.target import Target, plan_target
from parindex.analysis.unit_figures import rank_input_of
from parindex.scorecard.scorecard import Entry
from parindex.scoring import score
from parindex.scoring.result import Result
from parindex.values.facts import Date, Points, Ratio, Value
from tests.support import ROOT, area, call, card, run, scheme

DEPARTMENTS = str(ROOT / "examples" / "schemes" / "departments-2024.yaml")


def planned(
    tree: list[dict[str, Any]], scores: dict[str, Any], index: str, **fields: Any
) -> Target:
    """The plans for an index."""
    maximum = str(sum(Decimal(each["max"]) for each in tree))
    result = score(card(scores), scheme(max=maximum, criteria=tree, **fields))
    return plan_target(result, Goal(index=Decimal(index)))


def told(target: Target) -> list[tuple[str, list[str]]]:
    """Each plan as its gain and what is raised to how much."""
    return [
        (str(plan.gain), [f"{step.now.code}: {step.gain.points}" for step in plan.steps])
        for plan in target.plans
    ]


class TestOrder:
    """Of as many criteria the least gain comes first, as it is reported: rounded up."""

    def test_gain_after_rounding_up(self) -> None:
        tree = [area(code, "5", rule={"kind": "ratio"}) for code in ("1", "2")]
        scores = {
            "1": Entry(Ratio(Decimal(1), Decimal(3))),
            "2": Entry(Value(Decimal(50), is_percent=True)),
        }
        found = planned(tree, scores, "42")
        assert found.proved
        assert told(found) == [("33/1000", ["2: 2533/1000"]), ("5/3", ["1: 10/3"])]

    def test_the_smaller_step_that_is_enough(self) -> None:
        steps = {"kind": "choice", "options": {"a": "3", "b": "2.05", "c": "2", "d": "0"}}
        tree = [area(code, "3", rule=steps) for code in ("1", "2", "3")]
        found = planned(tree, {"1": "0", "2": "2", "3": "0.5"}, "50")
        assert told(found) == [("2", ["1: 2"]), ("5/2", ["3: 3"])]

    @pytest.mark.parametrize("index", ["50", "99"])
    def test_counts_of_forty_digits(self, index: str) -> None:
        """So many steps that their number fits no index are looked at in coarser ones."""
        rated = {"kind": "ratio", "times": "1"}
        tree = [
            area("1", "4", rule={"kind": "ratio"}),
            area("2", "3", rule={"kind": "ratio"}),
            area("3", "3", rule=rated),
        ]
        large = Entry(Ratio(Decimal("1" * 40), Decimal("9" * 40)))
        found = planned(tree, {"1": large, "2": large, "3": large}, index)
        assert found.plans
        assert not found.proved
        beside = [*tree[:2], area("3", "3", rule={"kind": "ratio"})]
        assert planned(beside, {"1": large, "2": large, "3": large}, index).plans

    def test_a_department(self) -> None:
        file = str(ROOT / "tests" / "given" / "target-order.yaml")
        out = call("target", file, "--scheme", DEPARTMENTS, "--index", "75", "-f", "json").out
        [found] = json.loads(out)["results"]
        gains = [round(Decimal(str(plan["gain"])), 2) for plan in found["plans"]]
        assert gains[0] == Decimal("5.49")
        assert gains == sorted(gains)
        assert found["proved"]


class TestGuards:
    """Guards are raised together with what stands behind them, however many there are."""

    def test_many_guards(self) -> None:
        leaves = []
        for n in range(40):
            guard = {} if n % 4 == 0 else {"requires": f"1.{n - n % 4}"}
            leaves.append(area(f"1.{n}", "1", **guard))
        scores = {f"1.{n}": "0" if n % 4 == 0 else "1" for n in range(40)}
        found = planned([area("1", "40", *leaves)], scores, "50")
        assert found.proved
        plan = found.plans[0]
        assert [step.now.code for step in plan.steps] == ["1.0", "1.4", "1.8", "1.12", "1.16"]
        assert plan.simulation.after.index == 50

    def test_an_empty_template(self) -> None:
        result = score(card({}), parindex.load_scheme(DEPARTMENTS))
        found = plan_target(result, Goal(index=Decimal(60)))
        assert (found.proved, bool(found.plans)) == (True, True)
        assert found.plans[0].simulation.after.printed(
            found.plans[0].simulation.after.total.low or Fraction(0)
        ) == Decimal("60.00")

    def test_a_guard_within_points_that_were_given_above_it(self) -> None:
        tree = [
            area("1", "4", area("1.1", "1"), area("1.2", "3")),
            area("2", "6", requires="1.1"),
        ]
        found = planned(tree, {"1": "2", "2": "3"}, "60")
        assert found.proved
        assert told(found) == [("5", ["1: 4"])]

    @pytest.mark.parametrize("wanted", ["50", "90"])
    def test_a_long_chain(self, wanted: str) -> None:
        leaves = [
            area("1.0", "1"),
            *(area(f"1.{n}", "1", requires=f"1.{n - 1}") for n in range(1, 200)),
        ]
        found = planned([area("1", "200", *leaves)], {f"1.{n}": "0" for n in range(200)}, wanted)
        assert found.proved
        assert len(found.plans[0].steps) == 2 * int(wanted)

    def test_guards_that_cannot_be_told_apart_in_time(self) -> None:
        rng = random.Random(1)
        leaves = [area(f"1.{n}", "1") for n in range(40)]
        for n in range(40, 120):
            group = area(f"2.{n}", "1", requires=f"1.{rng.randrange(40)}")
            leaves.append(area(f"1.{n}", "1", group, requires=f"1.{rng.randrange(40)}"))
        found = planned([area("1", "120", *leaves)], {f"1.{n}": "0" for n in range(40)}, "70")
        assert found.plans
        assert (
            found.plans[0].simulation.after.printed(
                found.plans[0].simulation.after.total.low or Fraction(0)
            )
            >= 70
        )


class TestBest:
    """`best` is what can be raised: what people answer stays, and what opens nothing too."""

    def test_a_survey_stays(self) -> None:
        weights = {"kind": "survey", "weights": {"A": "100%", "B": "0%"}}
        found = planned([area("1", "4"), area("2", "6", rule=weights)], {"1": "2", "2": "3"}, "80")
        assert (found.plans, found.best.index) == ((), Decimal("70.00"))

    def test_behind_a_survey_without_points(self) -> None:
        weights = {"kind": "survey", "weights": {"A": "100%", "B": "0%"}}
        tree = [area("1", "4", rule=weights), area("2", "6", requires="1")]
        found = planned(tree, {"1": "0", "2": "3"}, "10")
        assert (found.plans, found.best.index, found.proved) == ((), Decimal("0.00"), True)


class TestStates:
    """Cards that can be scored can be planned for, and tried with other scores."""

    TREE = (
        area("1", "4", area("1.1", "1"), area("1.2", "3")),
        area("2", "6", area("2.1", "2", requires="1.1"), area("2.2", "4")),
    )

    @pytest.mark.parametrize(
        ("scores", "profile"),
        [
            ({"1": "unknown", "2": "3"}, None),
            ({"1": "no_evidence", "2.1": "2", "2.2": "1"}, None),
            ({"1.1": "0", "1.2": "1", "2": "not_applicable"}, None),
            ({"1.1": "0", "1.2": "0.5", "2.1": "2", "2.2": "not_applicable"}, None),
            ({"1": "not_applicable", "2.1": "1", "2.2": "1"}, None),
            ({"1.1": "0", "1.2": "1", "2.2": "1"}, "full"),
        ],
    )
    def test_planned(self, scores: dict[str, Any], profile: str | None) -> None:
        made = scheme(
            criteria=list(self.TREE), profiles={"full": ["2.1"]}, not_applicable="full-points"
        )
        result = score(card(scores, profile=profile), made)
        found = plan_target(result, Goal(index=Decimal(90)))
        assert found.plans or found.best.total.low is not None
        for plan in found.plans:
            assert (
                plan.simulation.after.printed(plan.simulation.after.total.low or Fraction(0)) >= 90
            )

    def test_one_leaf_of_an_area_that_is_said_to_be_unknown(self) -> None:
        result = score(
            card({"1": "unknown", "2.1": "0", "2.2": "3"}), scheme(criteria=list(self.TREE))
        )
        after = simulate(result, {"1.1": Points(Decimal("0.5"))}).after
        assert (after.node("1").state, after.node("1.1").points) == ("partial", Fraction(1, 2))

    def test_one_leaf_of_an_area_without_evidence(self) -> None:
        result = score(
            card({"1": "no_evidence", "2.1": "0", "2.2": "3"}), scheme(criteria=list(self.TREE))
        )
        after = simulate(result, {"1.2": Points(Decimal("0.5"))}).after
        assert (after.node("1").points, after.node("1.1").state) == (Fraction(1, 2), "no_evidence")
        assert after.total.complete

    def test_a_state_of_what_is_not_listed_cannot_be_divided(self) -> None:
        tree = [area("1", "4", area("1.1", "1"), complete=False), area("2", "6")]
        result = score(card({"1": "no_evidence", "2": "3"}), scheme(criteria=tree))
        with pytest.raises(parindex.InputError, match="P221"):
            simulate(result, {"1.1": Points(Decimal(1))})

    def test_given_points_that_a_guard_makes_untrue_are_left_out(self) -> None:
        result = score(
            card({"1.1": "0", "1.2": "1", "2": "1", "2.1": "2", "2.2": "1"}),
            scheme(criteria=list(self.TREE)),
        )
        after = simulate(result, {"1.1": Points(Decimal(1))}).after
        assert (after.node("2").points, after.total.points) == (Fraction(3), Fraction(5))


class TestFineSteps:
    """However fine steps are, a plan is found within a counted budget; what is not proved says so."""

    @pytest.mark.parametrize(("step", "leaves"), [("0.001", 30), ("0.00001", 4)])
    def test_deductions(self, step: str, leaves: int) -> None:
        tree = [
            area(f"{n}", "1", rule={"kind": "deduct", "step": step}) for n in range(1, leaves + 1)
        ]
        tracemalloc.start()
        start = time.process_time()
        found = planned(tree, {f"{n}": f"0.{n + 100}" for n in range(1, leaves + 1)}, "80")
        assert time.process_time() - start < 20
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
        tracemalloc.stop()
        assert (found.proved, bool(found.plans)) == (True, True)

    def test_steps_of_many_digits(self) -> None:
        rng = random.Random(2)
        tree = []
        for n in range(1, 61):
            points = sorted((f"0.{rng.randrange(10**8, 10**9)}" for _ in range(3)), reverse=True)
            options = {"a": "1", **dict(zip("bcd", points, strict=True)), "e": "0"}
            tree.append(area(f"{n}", "1", rule={"kind": "choice", "options": options}))
        found = planned(tree, {f"{n}": "0" for n in range(1, 61)}, "81")
        assert not found.proved
        assert found.plans
        gains = [plan.gain for plan in found.plans]
        assert gains == sorted(gains)

    def test_it_is_said_in_every_language(self, tmp_path: Any) -> None:
        leaves = ", ".join(
            f"{{code: '{n}', name: {{vi: c{n}}}, max: 1, rule: {{kind: ratio}}}}"
            for n in range(1, 31)
        )
        primes = (101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173)
        scores = ", ".join(f"'{n}': {{ratio: [{n}, {primes[n % 15]}]}}" for n in range(1, 31))
        made, file = tmp_path / "scheme.yaml", tmp_path / "card.yaml"
        head = "id: t\ntitle: {vi: T}\nstatus: example\nlevel: department\nyears: [2024]\nmax: 30\n"
        made.write_text(f"{head}criteria: [{leaves}]\n", encoding="utf-8")
        file.write_text(f"unit: A\nyear: 2024\nscores: {{{scores}}}\n", encoding="utf-8")
        options = ("target", str(file), "--scheme", str(made), "--index", "70.03")
        assert "Best found, not proved" in call(*options, "--lang", "en").out
        assert "chưa chứng minh là ít nhất" in run(*options, "--lang", "vi").out
        [found] = json.loads(call(*options, "-f", "json").out)["results"]
        assert (found["proved"], found["state"]) == (False, "planned")


class TestRounding:
    """Where the scheme rounds on the way, plans still reach the target, and what is out of reach is."""

    TREE = (
        area("1", "4", area("1.1", "1.25"), area("1.2", "2.75")),
        area("2", "6", area("2.1", "3.3"), area("2.2", "2.7")),
    )

    @pytest.mark.parametrize(
        ("at", "wanted", "proved", "plan"),
        [
            ("leaf", "61", True, ("1", ["1.2: 2"])),
            ("area", "61", False, ("1", ["2.1: 4999/2000"])),
            ("total", "61", True, ("1", ["1.2: 2"])),
            ("leaf", "98", True, ("47/10", ["1.1: 5/4", "1.2: 11/4", "2.1: 33/10", "2.2: 5/2"])),
            (
                "area",
                "100",
                False,
                ("49/10", ["1.1: 5/4", "1.2: 11/4", "2.1: 33/10", "2.2: 27/10"]),
            ),
            (
                "total",
                "100",
                True,
                ("49/10", ["1.1: 5/4", "1.2: 11/4", "2.1: 33/10", "2.2: 53/20"]),
            ),
        ],
    )
    def test_plan(self, at: str, wanted: str, proved: bool, plan: tuple[str, list[str]]) -> None:
        rounding = {"index": 2, "points": {"digits": 1, "at": at}}
        scores = {"1.1": "0.55", "1.2": "1", "2.1": "1.5", "2.2": "2"}
        found = planned(list(self.TREE), scores, wanted, rounding=rounding)
        assert (found.proved, told(found)[0]) == (proved, plan)
        for each in found.plans:
            assert (each.simulation.after.index or 0) >= Decimal(wanted)


class TestBands:
    """A band is named in whole: case and marks do not count, signs do."""

    STEPS = (
        {"name": "A+", "from": "90"},
        {"name": "A", "from": "80"},
        {"name": "A-", "from": "70"},
        {"name": "Khá tốt", "from": "0"},
    )

    @pytest.mark.parametrize(
        ("band", "index"), [("A+", "90.00"), ("a", "80.00"), (" A- ", "70.00")]
    )
    def test_with_signs(self, band: str, index: str) -> None:
        made = scheme(bands=[{"years": [2024], "steps": list(self.STEPS)}])
        result = score(card({"1": "1", "2": "1"}), made)
        found = plan_target(result, Goal(band=band))
        assert found.plans[0].simulation.after.index == Decimal(index)

    @pytest.mark.parametrize("name", ["A+", "A-", "A*", "Ax", "B+", "Nhóm A"])
    def test_no_such_band(self, name: str) -> None:
        for command in (
            ("target", "examples/soc-trang-2018.yaml", "--band", name),
            (
                "report",
                "--kind",
                "plan",
                "examples/soc-trang-2018.yaml",
                "--target",
                f"band={name}",
            ),
        ):
            ran = call(*command)
            assert ran.code == 2
            assert "expected: A, B, C, D" in ran.err

    def test_no_such_unit(self) -> None:
        ran = call("score", "examples/soc-trang-2018.yaml", "--unit", "Sóc Trăng+")
        assert ran.code == 2


class TestRank:
    """Scenarios and targets stand in the order that `rank` has: by the scheme's `by` and `ties`."""

    def results(self, ties: str, **fields: Any) -> list[Result]:
        bonus = {"id": "b", "kind": "bonus", "items": [area("T", "2")]}
        bonus["items"] = [{k: v for k, v in area("T", "2").items() if k != "children"}]
        made = scheme(ranking={"by": "points", "ties": ties, **fields}, adjustments=[bonus])
        scores = {
            "A": {"1": "4", "2": "5"},
            "B": {"1": "4", "2": "5"},
            "C": {"1": "4", "2": "2", "T": "2"},
            "D": {"1": "4", "2": "3"},
        }
        return [score(card(given, unit=unit), made) for unit, given in scores.items()]

    @pytest.mark.parametrize(
        ("ties", "expected"),
        [
            ("dense", {"A": 1, "B": 1, "C": 2, "D": 3}),
            ("competition", {"A": 1, "B": 1, "C": 3, "D": 4}),
            ("ordinal", {"A": 1, "B": 2, "C": 3, "D": 4}),
        ],
    )
    def test_bonus_counts_and_ties_are_those_of_the_scheme(
        self, ties: str, expected: dict[str, int]
    ) -> None:
        results = self.results(ties)
        [ranking] = rank([rank_input_of(each) for each in results])
        assert {each.entrant.unit: each.rank for each in ranking.places} == expected
        for own in results:
            peers = peers_of([each for each in results if each is not own], own)
            place = rank_range(own, peers)
            assert place is not None
            assert place.best == place.worst == expected[own.scorecard.unit]

    @pytest.mark.parametrize(
        ("ties", "rank_", "gain"),
        [
            ("dense", 1, "2"),
            ("dense", 2, "1"),
            ("competition", 3, "1"),
            ("ordinal", 2, "20001/10000"),
        ],
    )
    def test_target(self, ties: str, rank_: int, gain: str) -> None:
        *others, own = self.results(ties)
        target = plan_target(own, Goal(rank=rank_, peers=peers_of(others, own)))
        assert str(target.plans[0].gain) == gain

    def test_keys_decide_before_names(self) -> None:
        *others, own = self.results("ordinal", keys=["1"])
        target = plan_target(own, Goal(rank=1, peers=peers_of(others, own)))
        place = rank_range(target.plans[0].simulation.after, peers_of(others, own))
        assert place is not None
        assert place.worst == 1


class TestDates:
    """Due days and dates at both ends of the calendar are planned for like any other."""

    @pytest.mark.parametrize(
        ("due", "date"), [("2999-12-31", "2999-12-31"), ("1000-01-01", "1000-06-01")]
    )
    def test_far(self, due: str, date: str) -> None:
        rule = {"kind": "deadline", "due": due, "late": [{"days": "999999", "points": "0.5"}]}
        result = score(
            card({"1": "0", "2": "6"}), scheme(criteria=[area("1", "4", rule=rule), area("2", "6")])
        )
        target = plan_target(result, Goal(index=Decimal(64)))
        assert [step.now.code for step in target.plans[0].steps] == ["1"]
        assert target.plans[0].steps[0].gain.points == Fraction(1, 2)
        fact = Date(datetime.date.fromisoformat(date))
        assert simulate(result, {"1": fact}).after.total.points
        assert simulate(result, {"2": Shift(Decimal(-1))}).after.total.points == Fraction(5)
