"""Formulas over named figures: points, proof, working, and what would give more."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.rules import Gain, Rule
from parindex.rules.base import RefusedError
from parindex.rules.setting import Setting
from parindex.values.facts import Count, Fact, Figures, Ratio, Value
from tests.rule_support import EN, TWO, VI, fact, rule

ON_TIME = {"on_time": "count", "received": "count"}


def formula(points: str, inputs: dict[str, str] | None = None, **fields: Any) -> Rule:
    return rule(kind="formula", inputs=inputs or ON_TIME, points=points, **fields)


TARGET = formula("maximum * min(1, on_time / received / 90%)", no_cases="zero")
SHARE = formula("maximum * on_time / received")


def figures(**each: str) -> Figures:
    """Figures in the short form of files: `97%`, `234/543`, `12`."""
    return Figures({name: fact(text) for name, text in each.items()})  # type: ignore[misc]


def texts(rule_: Rule, now: Fraction, reported: Fact, maximum: Fraction = TWO) -> list[str]:
    """Gains as `points: figures that are not as reported`."""
    assert isinstance(reported, Figures)
    return [
        f"{gain.points}: {changed(gain, reported)}" for gain in rule_.gains(now, maximum, reported)
    ]


def changed(gain: Gain, reported: Figures) -> str:
    """The figure of a gain that is not as reported."""
    assert isinstance(gain.fact, Figures)
    assert gain.fact.figures.keys() == reported.figures.keys()
    return ", ".join(
        f"{name}={plain(each)}"
        for name, each in gain.fact.figures.items()
        if each != reported.figures[name]
    )


def plain(figure: Any) -> str:
    if isinstance(figure, Ratio):
        return f"{figure.part:f}/{figure.whole:f}"
    return f"{figure.value:f}{'%' if figure.is_percent else ''}"


class TestPoints:
    """Points are what the arithmetic gives, exactly, and never outside lowest…maximum."""

    @pytest.mark.parametrize(
        ("rule_", "reported", "expected"),
        [
            (TARGET, figures(on_time="982", received="1000"), "2"),
            (TARGET, figures(on_time="720", received="1000"), "1.6"),
            (TARGET, figures(on_time="899", received="1000"), "899/450"),
            (TARGET, figures(on_time="0", received="1000"), "0"),
            (TARGET, figures(on_time="0", received="0"), "0"),
            (SHARE, figures(on_time="1100", received="1000"), "2"),
            (
                formula("maximum - late / 4", {"late": "count"}),
                figures(late="9"),
                "0",
            ),
            (formula("2 * rate", {"rate": "percent"}), figures(rate="97.2%"), "1.944"),
            (formula("2 * rate", {"rate": "percent"}), figures(rate="1/3"), "2/3"),
            (
                formula("rate * 2", {"rate": "percent"}, no_cases="full-points"),
                figures(rate="0/0"),
                "2",
            ),
            (formula("amount / 10", {"amount": "number"}), figures(amount="12.5"), "1.25"),
        ],
    )
    def test_points(self, rule_: Rule, reported: Figures, expected: str) -> None:
        assert rule_.points(reported, TWO) == Fraction(expected)

    @pytest.mark.parametrize(
        ("rule_", "reported", "code"),
        [
            (SHARE, figures(on_time="0", received="0"), "P206"),
            (SHARE, figures(on_time="1", received="0"), "P206"),
            (SHARE, figures(on_time="1"), "P224"),
            (SHARE, figures(on_time="1", received="2", late="0"), "P217"),
            (SHARE, figures(on_time="1.5", received="2"), "P207"),
            (SHARE, figures(on_time="50%", received="2"), "P205"),
            (SHARE, Count(3), "P205"),
            (formula("rate * 2", {"rate": "percent"}), figures(rate="0/0"), "P206"),
            (
                formula("rate * 2", {"rate": "percent"}, no_cases="zero"),
                figures(rate="5/0"),
                "P206",
            ),
            (
                formula("rate * n", {"rate": "percent", "n": "count"}, no_cases="zero"),
                figures(rate="0/0", n="1.5"),
                "P207",
            ),
        ],
    )
    def test_refused(self, rule_: Rule, reported: Fact, code: str) -> None:
        with pytest.raises(RefusedError) as caught:
            rule_.points(reported, TWO)
        assert caught.value.code == code

    def test_the_lowest_of_the_leaf(self) -> None:
        below = formula("1 - late", {"late": "count"}).with_lowest(Fraction(-1))
        assert [below.points(figures(late=n), TWO) for n in ("0", "2", "5")] == [1, -1, -1]
        built_in = formula("max(minimum, 1 - late)", {"late": "count"})
        assert built_in.with_lowest(Fraction(-1)).points(figures(late="5"), TWO) == -1
        told = built_in.with_lowest(Fraction(-1)).working(figures(late="5"), TWO, EN)
        assert told == "max((-1); 1 − 5) = -1"

    def test_months_of_the_period(self) -> None:
        yearly = formula("min(2, reports / months * 2)", {"reports": "count"})
        reported = figures(reports="3")
        assert yearly.points(reported, TWO) == Fraction(1, 2)
        quarter = yearly.for_unit(Setting(2026, months=3))
        assert quarter.points(reported, TWO) == 2
        assert quarter.working(reported, TWO, EN) == "min(2; 3 ÷ 3 × 2) = 2"
        odd = yearly.for_unit(Setting(2026, months=None))
        with pytest.raises(RefusedError) as caught:
            odd.points(reported, TWO)
        assert (caught.value.code, list(odd.gains(Fraction(0), TWO, reported))) == ("P205", [])

    @given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=3, max_size=3))
    def test_the_service_index_as_its_portal_computes_it(
        self, counts: list[tuple[int, int]]
    ) -> None:
        """Decision 766: payment 6·A + min(2; 2.5·B) + 2.5·C, and min(6; 6 × rate ÷ 90 %); 0 of 0 gives 0."""
        names = ("paid", "used", "ready")
        parts = [(min(pair), max(pair)) for pair in counts]
        reported = Figures(
            {n: Ratio(Decimal(p), Decimal(w)) for n, (p, w) in zip(names, parts, strict=True)}
        )
        payment = formula(
            "6 * paid + min(2, 2.5 * used) + 2.5 * ready",
            dict.fromkeys(names, "percent"),
            no_cases="zero",
        )
        if any(whole == 0 for _, whole in parts):
            assert payment.points(reported, Fraction(10)) == 0
            return
        a, b, c = (Fraction(part, whole) for part, whole in parts)
        expected = min(
            Fraction(10), 6 * a + min(Fraction(2), Fraction(5, 2) * b) + Fraction(5, 2) * c
        )
        assert payment.points(reported, Fraction(10)) == expected
        content = formula("min(6, 6 * used / 90%)", {"used": "percent"})
        one = Figures({"used": reported.figures["used"]})
        assert content.points(one, Fraction(6)) == min(6, 6 * b * Fraction(10, 9))
        [part, whole] = parts[0]
        in_time = formula("20 * on_time / received")
        assert (
            in_time.points(figures(on_time=str(part), received=str(whole)), Fraction(20)) == 20 * a
        )


class TestProof:
    """All that can be known to be wrong before anybody reports is refused when a scheme is loaded."""

    @pytest.mark.parametrize(
        ("points", "inputs", "codes"),
        [
            ("maximum * on_time / received", ON_TIME, []),
            ("maximum", {"a": "count"}, ["P313"]),
            ("a + b", {"a": "count"}, ["P313"]),
            ("on_tine / received", ON_TIME, ["P313"]),
            ("a +", {"a": "count"}, ["P321"]),
            ("a > 1", {"a": "count"}, ["P321"]),
            ("a / 0", {"a": "count"}, ["P319"]),
            ("a / (1 - 100%)", {"a": "count"}, ["P319"]),
            ("a / (minimum * 2)", {"a": "count"}, ["P319"]),
            ("min(1, a)", {"a": "count"}, ["P305"]),
            ("1.5 * a", {"a": "percent"}, ["P305"]),
            ("2 * a", {"a": "percent"}, []),
            ("maximum - a", {"a": "number"}, []),
            ("-a", {"a": "number"}, ["P305"]),
            ("a * months", {"a": "count"}, []),
            ("maximum * 2", {}, ["P109"]),
            ("months * min", {"months": "count", "min": "count"}, ["P110", "P110", "P321"]),
        ],
    )
    def test_codes(self, points: str, inputs: dict[str, str], codes: list[str]) -> None:
        made = rule(kind="formula", inputs=inputs, points=points)
        assert [each.code for each in made.proof(TWO)] == codes

    def test_places_and_suggestions(self) -> None:
        made = formula("maximum * on_tine / received")
        found = [(each.path, dict(each.parameters)) for each in made.proof(TWO)]
        assert found[0][0] == ("points",)
        assert found[0][1]["near"] == "on_time"
        [unused] = formula("maximum * on_time", ON_TIME).proof(TWO)
        assert unused.path == ("inputs", "received")

    def test_names_belong_to_inputs(self) -> None:
        made = formula("maximum * on_time / received", names={"late": {"vi": "trễ"}})
        assert [each.code for each in made.proof(TWO)] == ["P313"]

    @given(
        st.sampled_from(
            [
                "maximum * a / b",
                "maximum * min(1, a / max(b, r))",
                "if(r > 50%, a - b, b / (a - 3))",
                "(a + r) * (b - 1) / (r - 20%)",
            ]
        ),
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(0, 100),
        st.sampled_from([None, "zero", "full-points"]),
    )
    def test_nothing_leaves_the_bounds(
        self, points: str, a: int, b: int, r: int, no_cases: str | None
    ) -> None:
        inputs = {"a": "count", "b": "count", "r": "percent"}
        used = {name: kind for name, kind in inputs.items() if name in points.replace("max", "")}
        made = formula(points, used, no_cases=no_cases)
        given_ = {"a": str(a), "b": str(b), "r": f"{r}%"}
        reported = figures(**{name: given_[name] for name in used})
        try:
            found = made.points(reported, TWO)
        except RefusedError:
            assert no_cases is None
            return
        assert 0 <= found <= TWO
        for say in (EN, VI):
            assert made.working(reported, TWO, say)
        assert len(list(made.remarks(reported, TWO))) <= 1


class TestTelling:
    """The working is one line that can be checked by hand; a bound that bites is told."""

    @pytest.mark.parametrize(
        ("rule_", "reported", "expected"),
        [
            (
                TARGET,
                figures(on_time="982", received="1000"),
                "2 × min(1; 982 ÷ 1000 ÷ 90 %) = 2",
            ),
            (
                SHARE,
                figures(on_time="1100", received="1000"),
                "2 × 1100 ÷ 1000 = 2.2 > 2 → 2",
            ),
            (SHARE, figures(on_time="1", received="3"), "2 × 1 ÷ 3 ≈ 0.6667"),
            (
                TARGET,
                figures(on_time="0", received="0"),
                "2 × min(1; 0 ÷ 0 ÷ 90 %) → no case arose → 0",
            ),
            (
                formula("1 - 25% * late", {"late": "count"}),
                figures(late="6"),
                "1 − 25 % × 6 = -0.5 < 0 → 0",
            ),
            (
                formula("maximum * rate", {"rate": "percent"}),
                figures(rate="3/4"),
                "2 × (3/4) = 1.5",
            ),
            (
                formula("maximum * rate", {"rate": "percent"}),
                figures(rate="97.2%"),
                "2 × 97.2 % = 1.944",
            ),
        ],
    )
    def test_working(self, rule_: Rule, reported: Figures, expected: str) -> None:
        assert rule_.working(reported, TWO, EN) == expected

    def test_words(self) -> None:
        names = {"on_time": {"vi": "số hồ sơ đúng hạn", "en": "files on time"}}
        named = formula("maximum * min(1, on_time / received / 90%)", names=names, no_cases="zero")
        assert named.in_words(TWO, EN) == (
            "2 × min(1; files on time ÷ received ÷ 90 %), from 0 to 2. 0 where no case arose."
        )
        assert named.in_words(TWO, VI).startswith(
            "2 × min(1; số hồ sơ đúng hạn ÷ received ÷ 90%), trong khoảng từ 0 đến 2."
        )

    def test_a_bound_that_bites_is_told(self) -> None:
        [told] = SHARE.remarks(figures(on_time="1100", received="1000"), TWO)
        assert (told.code, dict(told.parameters)) == ("P424", {"value": "2.2", "points": "2"})
        for reported in (
            figures(on_time="982", received="1000"),
            figures(on_time="9", received="9"),
        ):
            assert not list(SHARE.remarks(reported, TWO))
            assert not list(TARGET.remarks(reported, TWO))
        assert not SHARE.is_plain


class TestGains:
    """Of each figure alone the least change that gives more, and the maximum where it is in reach."""

    @pytest.mark.parametrize(
        ("rule_", "reported", "expected"),
        [
            (
                TARGET,
                figures(on_time="720", received="1000"),
                ["721/450: on_time=721", "2: on_time=900"],
            ),
            (TARGET, figures(on_time="982", received="1000"), []),
            (TARGET, figures(on_time="0", received="0"), []),
            (
                formula("2 * rate", {"rate": "percent"}),
                figures(rate="33.333%"),
                ["1667/2500: rate=33.34%", "2: rate=100%"],
            ),
            (
                formula("2 * rate", {"rate": "percent"}),
                figures(rate="1/3"),
                ["4/3: rate=2/3", "2: rate=3/3"],
            ),
            (
                formula("maximum - late / 4", {"late": "count"}),
                figures(late="3"),
                ["3/2: late=2", "2: late=0"],
            ),
            (
                formula("maximum - late / 4", {"late": "count"}),
                figures(late="40"),
                ["1/4: late=7", "2: late=0"],
            ),
            (
                formula("if(rate >= 80%, maximum, maximum * rate / 2)", {"rate": "percent"}),
                figures(rate="70%"),
                ["7001/10000: rate=70.01%", "2: rate=80%"],
            ),
            (
                formula("if(spent >= 99.5 and spent <= 100.5, maximum, 0)", {"spent": "number"}),
                figures(spent="110"),
                ["2: spent=100.5"],
            ),
            (
                formula(
                    "maximum * min(1, allowed / taken)", {"allowed": "count", "taken": "count"}
                ),
                figures(allowed="10", taken="15"),
                ["22/15: allowed=11", "2: allowed=15"],
            ),
        ],
    )
    def test_gains(self, rule_: Rule, reported: Figures, expected: list[str]) -> None:
        assert texts(rule_, rule_.points(reported, TWO), reported) == expected

    def test_a_figure_that_only_divides_is_the_last_resort(self) -> None:
        made = formula("min(maximum, 2 * fixed / days)", {"fixed": "percent", "days": "count"})
        reported = figures(fixed="100%", days="4")
        assert texts(made, Fraction(1, 2), reported) == ["2/3: days=3", "2: days=1"]

    @pytest.mark.parametrize(
        ("points", "kind", "reported", "expected"),
        [
            ("min(maximum, 0.5 * a)", "count", "1", ["1: a=2", "2: a=4"]),
            ("min(maximum, a / 2)", "number", "0.11", ["3/50: a=0.12", "2: a=4"]),
            ("a + 0 * 3", "count", "0", ["1: a=1", "2: a=2"]),
        ],
    )
    def test_a_count_that_is_no_part_may_rise(
        self, points: str, kind: str, reported: str, expected: list[str]
    ) -> None:
        made = formula(points, {"a": kind})
        given_ = figures(a=reported)
        assert texts(made, made.points(given_, TWO), given_) == expected

    def test_what_only_all_give_together(self) -> None:
        made = formula("min(1, a / 4) + min(1, b / 2)", {"a": "count", "b": "count"})
        given_ = figures(a="0", b="0")
        best = list(made.gains(Fraction(0), TWO, given_))[-1]
        assert (best.points, changed(best, given_)) == (TWO, "a=4, b=2")
        assert made.reaching(Fraction(3, 2), TWO, given_) == best

    def test_without_figures(self) -> None:
        assert list(TARGET.gains(Fraction(0), TWO)) == []
        assert list(TARGET.ladders(Fraction(0), TWO, None, Fraction(1, 100), 4)) == []
        assert TARGET.reaching(Fraction(1), TWO) is None

    @pytest.mark.parametrize(
        "points",
        [
            "maximum * min(1, a / max(b, 1) / 90%)",
            "if(a > b, maximum, maximum - (b - a) / 4)",
            "a * (8 - a) / 8 + b / 10",
            "maximum * a / b",
            "1 + 0.05 * (a + b)",
            "if(b = 0, maximum, a / b / 2)",
            "if(b = 0, a / 8, b / 9)",
        ],
    )
    @given(st.integers(0, 9), st.integers(0, 9))
    def test_against_trying_everything(self, points: str, a: int, b: int) -> None:
        made = formula(points, {"a": "count", "b": "count"}, no_cases="zero")
        reported = figures(a=str(a), b=str(b))
        now = made.points(reported, TWO)
        top = max(a, b) if "/ b" in points or "/ max(b" in points else 40
        tried = {
            "a": {n: made.points(figures(a=str(n), b=str(b)), TWO) for n in range(top + 1)},
            "b": {n: made.points(figures(a=str(a), b=str(n)), TWO) for n in range(top + 1)},
        }
        found = list(made.gains(now, TWO, reported))
        assert [gain.points for gain in found] == sorted({gain.points for gain in found})
        most = max(each for values in tried.values() for each in values.values())
        assert most == now or found[-1].points >= most
        for gain in found:
            assert made.points(gain.fact, TWO) == gain.points > now
            if gain.points > most:
                continue  # both figures together
            [(name, count)] = [each.split("=") for each in changed(gain, reported).split(", ")]
            least = {"a": a, "b": b}[name]
            enough = TWO if gain.points == TWO else now
            right = [
                abs(n - least)
                for n, each in tried[name].items()
                if (each >= TWO if enough == TWO else each > now)
            ]
            nearest = [abs(n - least) for n, each in tried[name].items() if each > now]
            assert abs(int(count) - least) in (min(right), min(nearest))
        if "/ b" not in points:  # there 0 is no count of cases
            ladders = made.ladders(now, TWO, reported, Fraction(1, 100), 4)
            assert max((each.most for each in ladders), default=now) >= max(most, now)
        for ladder in made.ladders(now, TWO, reported, Fraction(1, 100), 4):
            reached = made.reaching(ladder.start, TWO, reported)
            assert reached is not None
            assert made.points(reached.fact, TWO) == reached.points == ladder.start

    @given(st.integers(0, 10**12), st.integers(1, 10**12))
    def test_large_counts_take_no_longer(self, a: int, b: int) -> None:
        reported = figures(on_time=str(a), received=str(b))
        now = TARGET.points(reported, TWO)
        found = [gain for gain in TARGET.gains(now, TWO, reported) if gain.points == TWO]
        assert bool(found) == (now < TWO)
        for gain in found:
            assert gain.fact == Figures(
                {**reported.figures, "on_time": Value(Decimal(-(-b * 9 // 10)))}
            )
