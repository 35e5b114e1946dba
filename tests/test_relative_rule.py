"""Figures against the best of the group: the rule, the best of several units, and a best that is given."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parindex
from parindex.findings import InputError
from parindex.rules.base import RefusedError, UndecidedError
from parindex.rules.relative import RelativeRule
from parindex.rules.setting import Best, Setting
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scoring.group_best import Together
from parindex.values.facts import Fact, Points, Ratio, State, Value
from parindex.values.language import language
from tests.support import call, run

TWO = Fraction(2)
EN = language("en")
TARGET = {"target": "80%", "at_target": "50%", "below": "zero"}


def rule(best: Best | str | None = None, **fields: Any) -> RelativeRule:
    made = RelativeRule.model_validate({"kind": "relative", **fields})
    known = Fraction(best) if isinstance(best, str) and best[:1].isdigit() else best
    return made.for_unit(Setting(2026, best=known))


def percent(figure: str | Decimal) -> Value:
    return Value(Decimal(figure), is_percent=True)


def refused(of: RelativeRule, fact: Fact) -> str:
    with pytest.raises(RefusedError) as told:
        of.points(fact, TWO)
    return told.value.code


class TestPoints:
    """Own ÷ best, best ÷ own, or half at the target and the rest by the excess."""

    @pytest.mark.parametrize(
        ("fields", "best", "figure", "points"),
        [
            ({}, "95", "80", Fraction(32, 19)),
            ({}, "95", "95", 2),
            ({}, "95", "0", 0),
            ({}, "95", "99", 2),  # whoever is over the best is the best
            ({"lower_is_better": True}, "4", "5", Fraction(8, 5)),
            ({"lower_is_better": True}, "4", "4", 2),
            ({"lower_is_better": True}, "0", "5", 0),
            (TARGET, "95", "80", 1),
            (TARGET, "95", "85", Fraction(4, 3)),
            (TARGET, "95", "95", 2),
            (TARGET, "95", "79.99", 0),
            (TARGET, "80", "80", 1),  # half at the target, though nobody is over it
            (TARGET, "70", "70", 0),
            ({**TARGET, "below": "proportional"}, "95", "40", Fraction(1, 2)),
            ({**TARGET, "at_target": "0%"}, "90", "85", 1),
            ({**TARGET, "lower_is_better": True}, "60", "70", Fraction(3, 2)),
            ({**TARGET, "lower_is_better": True}, "60", "80.01", 0),
            (
                {**TARGET, "lower_is_better": True, "below": "proportional"},
                "60",
                "100",
                Fraction(4, 5),
            ),
        ],
    )
    def test_percentages(
        self, fields: dict[str, Any], best: str, figure: str, points: Fraction
    ) -> None:
        assert rule(best, **fields).points(percent(figure), TWO) == points

    def test_numbers(self) -> None:
        assert rule("50", of="value").points(Value(Decimal(30)), TWO) == Fraction(6, 5)
        days = rule(
            "3", of="value", lower_is_better=True, target="10", at_target="50%", below="zero"
        )
        assert days.points(Value(Decimal(5)), TWO) == 1 + Fraction(5, 7)

    def test_nothing_of_nothing(self) -> None:
        """0 ÷ 0 is what the rule says, of an own ratio and of a best figure of 0."""
        for fact in (Ratio(Decimal(0), Decimal(0)), percent("0")):
            assert refused(rule("0"), fact) == "P206"
            assert rule("0", no_cases="zero").points(fact, TWO) == 0
            assert rule("0", no_cases="full-points").points(fact, TWO) == 2

    def test_unknown_best(self) -> None:
        for best in (None, "Sở B"):
            with pytest.raises(UndecidedError) as told:
                rule(best).points(percent("80"), TWO)
            assert (told.value.code, told.value.parameters.get("found")) == ("P422", best)

    def test_refused(self) -> None:
        assert refused(rule(None), Points(Decimal(1))) == "P205"
        assert refused(rule("95"), percent("101")) == "P207"
        assert refused(rule("95"), Value(Decimal(80))) == "P205"

    @pytest.mark.parametrize(
        ("fields", "best", "fact", "told"),
        [
            ({}, "95", percent("80"), "best of the group: 95 %; 80 % ÷ 95 % × 2 ≈ 1.6842"),
            (
                {},
                "95",
                Ratio(Decimal(4), Decimal(5)),
                "best of the group: 95 %; 4/5 = 80.00 % ÷ 95 % × 2 ≈ 1.6842",
            ),
            (
                {"lower_is_better": True},
                "4",
                percent("5"),
                "best of the group: 4 %; 4 % ÷ 5 % × 2 = 1.6",
            ),
            (
                TARGET,
                "95",
                percent("85"),
                "best of the group: 95 %; 1 + (85 % − 80 %) ÷ (95 % − 80 %) × 1 ≈ 1.3333",
            ),
            (TARGET, "95", percent("80"), "best of the group: 95 %; 80 % = 80 % → 1"),
            (TARGET, "95", percent("79"), "best of the group: 95 %; 79 % < 80 % → 0"),
        ],
    )
    def test_working(self, fields: dict[str, Any], best: str, fact: Fact, told: str) -> None:
        assert rule(best, **fields).working(fact, TWO, EN) == told


class TestProof:
    """A target goes with its share, and with what is given below it; nothing of it stands alone."""

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            ({}, []),
            (TARGET, []),
            ({"target": "80%"}, ["P109", "P109"]),
            ({"target": "80%", "at_target": "50%"}, ["P109"]),
            ({"at_target": "50%"}, ["P109"]),
            ({"below": "zero"}, ["P109"]),
            ({**TARGET, "at_target": "100%"}, ["P309"]),
            ({**TARGET, "target": "100%"}, ["P309"]),
            ({**TARGET, "target": "0%"}, ["P309"]),
            ({**TARGET, "target": "80"}, ["P110"]),
            ({**TARGET, "of": "value"}, ["P110"]),
            ({**TARGET, "of": "value", "target": "250"}, []),
        ],
    )
    def test_proof(self, fields: dict[str, Any], codes: list[str]) -> None:
        assert [each.code for each in rule(None, **fields).proof(TWO)] == codes


SHAPES = [
    {},
    {"lower_is_better": True},
    TARGET,
    {**TARGET, "below": "proportional"},
    {**TARGET, "lower_is_better": True},
    {**TARGET, "lower_is_better": True, "below": "proportional"},
]
HUNDREDTHS = st.integers(1, 10_000).map(lambda n: Decimal(n) / 100)
FACTS = st.one_of(
    HUNDREDTHS.map(percent),
    st.integers(1, 30).flatmap(
        lambda whole: st.integers(1, whole).map(lambda part: Ratio(Decimal(part), Decimal(whole)))
    ),
)


class TestLaws:
    """Points stay within 0…maximum, better figures never give fewer, and what is asked for gives them."""

    @given(st.sampled_from(SHAPES), HUNDREDTHS, FACTS, FACTS)
    def test_bounds_and_order(
        self, fields: dict[str, Any], best: Decimal, one: Fact, other: Fact
    ) -> None:
        of = rule(Fraction(best), **fields)
        figures = [of.compared(each) for each in (one, other)]
        known = [each for each in figures if each is not None]
        points = [of.points(each, TWO) for each in (one, other)]
        assert all(0 <= each <= 2 for each in points)
        better = figures.index(of.best_of(known))
        assert points[better] == max(points)

    @given(st.sampled_from(SHAPES), HUNDREDTHS, FACTS)
    def test_gains(self, fields: dict[str, Any], best: Decimal, fact: Fact) -> None:
        of = rule(Fraction(best), **fields)
        now = of.points(fact, TWO)
        gains = [*of.gains(now, TWO, fact)]
        assert bool(gains) or now == 2 or isinstance(fact, Ratio)
        for gain in gains:
            assert of.points(gain.fact, TWO) == gain.points > now

    @given(st.sampled_from(SHAPES), HUNDREDTHS, FACTS, st.integers(0, 400))
    def test_targets(self, fields: dict[str, Any], best: Decimal, fact: Fact, at: int) -> None:
        """Whatever points a ladder has, something that can be reported gives them or more."""
        of = rule(Fraction(best), **fields)
        now = of.points(fact, TWO)
        for ladder in of.ladders(now, TWO, fact, Fraction(1, 100), 2):
            points = min(ladder.start + ladder.step * min(at, ladder.count - 1), TWO)
            gain = of.reaching(points, TWO, fact)
            assert gain is not None
            assert points > now
            assert of.points(gain.fact, TWO) >= points


SCHEME = """\
id: example-relative
title: {vi: Thử}
status: example
level: department
years: [2026]
max: 4
criteria:
  - {code: "1", name: {vi: Hồ sơ trực tuyến}, max: 2, rule: {kind: relative}}
  - {code: "2", name: {vi: Khác}, max: 2}
"""


@pytest.fixture
def scheme(tmp_path: Path) -> str:
    file = tmp_path / "schemes" / "scheme.yaml"
    file.parent.mkdir()
    file.write_text(SCHEME, encoding="utf-8")
    return str(file)


def table(
    tmp_path: Path, *rows: str, heading: str = "unit,year,group,code,value,points,state"
) -> str:
    file = tmp_path / "cards.csv"
    file.write_text("\n".join([heading, *rows, ""]), encoding="utf-8")
    return str(file)


THREE = (
    "A,2026,x,1,80%,,",
    "A,2026,x,2,,1,",
    "B,2026,x,1,95%,,",
    "C,2026,y,1,60%,,",
    "D,2026,y,1,40%,,",
)


def scored(*arguments: str) -> dict[str, Any]:
    """The points of the first criterion by unit."""
    ran = call("score", *arguments, "-f", "json")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)["results"]
    return {
        each["unit"]: each["criteria"][0].get("points_exact", each["criteria"][0]["points"])
        for each in found
    }


class TestGroups:
    """The best of a group is that of all its units that are scored together, whatever the command."""

    def test_score(self, tmp_path: Path, scheme: str) -> None:
        found = scored(table(tmp_path, *THREE), "--scheme", scheme)
        assert found == {"A": "32/19", "B": 2, "C": 2, "D": "4/3"}

    def test_several_files(self, tmp_path: Path, scheme: str) -> None:
        names = []
        for unit, figure in (("A", 80), ("B", 95)):
            file = tmp_path / f"{unit}.yaml"
            file.write_text(f'unit: {unit}\nyear: 2026\nscores: {{"1": {{value: {figure}%}}}}\n')
            names.append(str(file))
        assert scored(*names, "--scheme", scheme) == {"A": "32/19", "B": 2}
        assert scored(str(tmp_path / "."), "--scheme", scheme) == {"A": "32/19", "B": 2}

    def test_one_unit_of_a_file(self, tmp_path: Path, scheme: str) -> None:
        """Who is not asked for still counts for the best."""
        cards = table(tmp_path, *THREE)
        assert scored(cards, "--scheme", scheme, "--unit", "A") == {"A": "32/19"}
        text = call("explain", cards, "1", "--scheme", scheme, "--unit", "A").out
        assert "best of the group: 95 %; 80 % ÷ 95 % × 2 ≈ 1.6842" in " ".join(text.split())

    def test_rank_losses_simulate_target(self, tmp_path: Path, scheme: str) -> None:
        rows = [each.replace(",y,", ",x,") for each in THREE]
        rows += [f"{unit},2026,x,2,,2," for unit in "BCD"]
        cards = table(tmp_path, *rows)
        ran = call("rank", cards, "--scheme", scheme, "-f", "json")
        [group] = json.loads(ran.out)["groups"]
        assert [each["unit"] for each in group["ranked"]] == ["B", "C", "D", "A"]
        ran = call("losses", cards, "--scheme", scheme, "--unit", "A", "-f", "csv")
        assert "0.315789" in ran.out
        ran = call(
            "simulate", cards, "--unit", "A", "--scheme", scheme, "--set", "1=99%", "-f", "json"
        )
        assert "99 % ÷ 99 % × 2 = 2" in ran.out
        ran = call("target", cards, "--unit", "A", "--scheme", scheme, "--index", "74")
        assert (ran.code, "1 (+0.28)" in ran.out) == (0, True)

    def test_a_unit_that_is_not_known(self, tmp_path: Path, scheme: str) -> None:
        """Unknown is not zero: the leaf of all of them is unknown, and one such unit is named."""
        cards = table(tmp_path, *THREE, "E,2026,x,2,,1,", "F,2026,x,1,,2,")
        ran = call("score", cards, "--scheme", scheme, "-f", "json")
        results = json.loads(ran.out)["results"]
        states = {each["unit"]: each["criteria"][0]["state"] for each in results}
        assert states == dict.fromkeys("ABE", "unknown") | dict.fromkeys("FCD", "scored")
        told = [each for each in results[0]["findings"] if each["code"] == "P422"]
        assert [each["parameters"]["found"] for each in told] == ["E"]
        assert call("check", cards, "--scheme", scheme).out.count("P422") >= 1

    @pytest.mark.parametrize("state", ["not_applicable", "no_evidence"])
    def test_a_unit_without_figure(self, tmp_path: Path, scheme: str, state: str) -> None:
        """What does not apply, or has no evidence, is not awaited."""
        cards = table(tmp_path, *THREE, f"E,2026,x,1,,,{state}")
        found = scored(cards, "--scheme", scheme)
        assert (found["A"], found["B"]) == ("32/19", 2)

    def test_alone(self, tmp_path: Path, scheme: str) -> None:
        ran = call("score", table(tmp_path, THREE[0]), "--scheme", scheme)
        assert (ran.code, "P422" in ran.err + ran.out) == (0, True)
        assert "P422" not in call("check", table(tmp_path, THREE[0]), "--scheme", scheme).out

    def test_stages(self, tmp_path: Path, scheme: str) -> None:
        """Each stage has its own best."""
        heading = "unit,year,code,stage,value"
        rows = (
            "A,2026,1,self,80%",
            "A,2026,1,final,60%",
            "B,2026,1,self,90%",
            "B,2026,1,final,75%",
        )
        cards = table(tmp_path, *rows, heading=heading)
        assert scored(cards, "--scheme", scheme)["A"] == 1.6
        assert scored(cards, "--scheme", scheme, "--stage", "self")["A"] == "16/9"
        [one, *_] = json.loads(
            call("score", cards, "--scheme", scheme, "--stages", "-f", "json").out
        )["results"]
        assert "-0.177777" in json.dumps(one)  # 1.6 − 16/9

    def test_a_ratio_that_does_not_end(self, tmp_path: Path, scheme: str) -> None:
        heading = "unit,year,code,ratio"
        cards = table(tmp_path, "A,2026,1,1/3", "B,2026,1,2/3", heading=heading)
        ran = call("score", cards, "--scheme", scheme, "--depth", "9", "-f", "json")
        again = tmp_path / "result.json"
        again.write_text(ran.out, encoding="utf-8")
        assert scored(str(again), "--scheme", scheme) == {"A": 1, "B": 2}
        assert call("verify", str(again), cards, "--scheme", scheme).code == 0
        assert call("verify", str(again), str(again), "--scheme", scheme).code == 0

    def test_other_schemes_stream(self, tmp_path: Path) -> None:
        """Without such a rule results are written as they are read."""
        plain = tmp_path / "plain.yaml"
        plain.write_text(SCHEME.replace(", rule: {kind: relative}", ""), encoding="utf-8")
        cards = table(tmp_path, "A,2026,x,1,,1,", "B,2026,x,1,,9,")
        ran = call("score", cards, "--scheme", str(plain), "-f", "ndjson")
        assert (ran.code, "A" in ran.out) == (2, True)


def card(unit: str, fact: Fact, **fields: Any) -> Scorecard:
    return Scorecard(unit, 2026, scheme="example-relative", scores={"1": Entry(fact)}, **fields)


class TestPython:
    """The same from Python: several scorecards are scored together, and results ranked."""

    def test_score(self, scheme: str) -> None:
        under = parindex.load_scheme(scheme)
        cards = [card("A", percent("80")), card("B", percent("95"))]
        first, second = parindex.score(cards, under)
        assert (first.node("1").points, second.node("1").points) == (Fraction(32, 19), 2)
        assert parindex.score(cards[0], under).node("1").points is None

    def test_rank(self, scheme: str) -> None:
        """Results that were scored one by one are compared when they are ranked."""
        under = parindex.load_scheme(scheme)
        cards = [card("A", percent("80")), card("B", percent("95"))]
        full = [
            Scorecard(each.unit, 2026, scores={**each.scores, "2": Entry(Points(Decimal(2)))})
            for each in cards
        ]
        [group] = parindex.rank(parindex.score(each, under) for each in full)
        assert [place.entrant.unit for place in group.places] == ["B", "A"]

    def test_every_fault(self, scheme: str) -> None:
        under = parindex.load_scheme(scheme)
        with pytest.raises(InputError) as told:
            parindex.score([card("A", percent("101")), card("B", percent("102"))], under)
        assert [each.code for each in told.value.findings] == ["P207", "P207"]

    @given(st.lists(st.one_of(FACTS, st.just(State("not_applicable"))), min_size=2, max_size=6))
    def test_plainly(self, facts: list[Fact]) -> None:
        """The best is the highest of the figures, by a plain computation."""
        under = SCHEME_OF()
        cards = [card(f"U{n}", fact) for n, fact in enumerate(facts)]
        of = Together((each, under) for each in cards)
        figures = [
            Fraction(fact.part) / Fraction(fact.whole)
            if isinstance(fact, Ratio)
            else Fraction(fact.value) / 100
            for fact in facts
            if isinstance(fact, Ratio | Value)
        ]
        for each, fact in zip(cards, facts, strict=True):
            points = of.score(each, under).node("1").points
            if isinstance(fact, State):
                assert points is None
            else:
                own = figures[[f for f in facts if not isinstance(f, State)].index(fact)]
                assert points == own / max(figures) * 2


def SCHEME_OF() -> parindex.Scheme:  # noqa: N802
    """The scheme of these tests."""
    from tests.support import area
    from tests.support import scheme as made

    return made(years=[2026], max="2", criteria=[area("1", "2", rule={"kind": "relative"})])


class TestReference:
    """A best figure that is given beside the value wins, and is not below the unit's own."""

    def score(self, tmp_path: Path, scheme: str, entry: str) -> Any:
        file = tmp_path / "one.yaml"
        file.write_text(f'unit: A\nyear: 2026\nscores: {{"1": {entry}}}\n', encoding="utf-8")
        return call("score", str(file), "--scheme", scheme, "-f", "json")

    @pytest.mark.parametrize(
        ("entry", "points"),
        [
            ("{value: 80%, reference: 95%}", "32/19"),
            ("{value: 80%, reference: 19/20}", "32/19"),
            ("{value: 80%, reference: [19, 20]}", "32/19"),
            ("{ratio: 4/5, reference: 95%}", "32/19"),
            ("{self: {value: 80%}, reference: 95%}", "32/19"),
            ("{self: {value: 80%, reference: 95%}}", "32/19"),
            ("{value: 80%, reference: 80%}", 2),
        ],
    )
    def test_given(self, tmp_path: Path, scheme: str, entry: str, points: object) -> None:
        ran = self.score(tmp_path, scheme, entry)
        [result] = json.loads(ran.out)["results"]
        first = result["criteria"][0]
        assert first.get("points_exact", first["points"]) == points
        assert "reference" in first["input"]

    @pytest.mark.parametrize(
        ("entry", "code"),
        [
            ("{value: 80%, reference: 79.99%}", "P207"),
            ("{value: 80%, reference: 101%}", "P207"),
            ("{value: 80%, reference: 95}", "P205"),
            ("{value: 80%, reference: 0/0}", "P206"),
            ("{value: 80%, reference: x}", "P110"),
            ("{state: unknown, reference: 95}", "P205"),
        ],
    )
    def test_refused(self, tmp_path: Path, scheme: str, entry: str, code: str) -> None:
        ran = self.score(tmp_path, scheme, entry)
        assert (ran.code, code in ran.err) == (2, True), ran.err

    def test_where_none_is_asked_for(self, tmp_path: Path, scheme: str) -> None:
        file = tmp_path / "one.yaml"
        file.write_text('unit: A\nyear: 2026\nscores: {"2": {points: 1, reference: 2}}\n')
        ran = call("score", str(file), "--scheme", scheme)
        assert (ran.code, "P205" in ran.err) == (2, True)

    def test_it_wins(self, tmp_path: Path, scheme: str) -> None:
        heading = "Đơn vị,Năm,Mã,Giá trị,Mốc so sánh"
        cards = table(
            tmp_path, "A,2026,1,80%,", "B,2026,1,90%,", "C,2026,1,45%,100%", heading=heading
        )
        found = scored(cards, "--scheme", scheme)
        assert found == {"A": "16/9", "B": 2, "C": 0.9}

    def test_written_and_read(self, tmp_path: Path, scheme: str) -> None:
        under = parindex.load_scheme(scheme)
        one = Scorecard("A", 2026, scores={"1": Entry(percent("80"), reference=percent("95"))})
        file = tmp_path / "again.yaml"
        file.write_text(parindex.write_scorecard([one]), encoding="utf-8")
        [read] = parindex.read_scorecards(file, under)
        assert read.scores["1"] == one.scores["1"]

    def test_simulate_keeps_it(self, tmp_path: Path, scheme: str) -> None:
        self.score(tmp_path, scheme, "{value: 80%, reference: 95%}")
        cards = [str(tmp_path / "one.yaml"), "--scheme", scheme]
        ran = call("simulate", *cards, "--set", "1=85%", "-f", "json")
        assert "85 % ÷ 95 % × 2" in ran.out

    def test_in_vietnamese(self, tmp_path: Path, scheme: str) -> None:
        self.score(tmp_path, scheme, "{value: 80%, reference: 95%}")
        out = run(
            "explain", str(tmp_path / "one.yaml"), "1", "--scheme", scheme, "--lang", "vi"
        ).out
        assert "mức tốt nhất của nhóm: 95%; 80% ÷ 95% × 2 ≈ 1,6842" in " ".join(out.split())

    def test_templates(self, scheme: str) -> None:
        assert ",reference" in call("template", scheme, "-f", "csv").out.splitlines()[0]
