"""How sure ranks are: laws of the draws, exact ranks beside them, bounds, and what is printed."""

import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import parindex
from parindex.analysis.stability import MOST_DRAWS, Choices, Stability
from parindex.analysis.unit_figures import Ties
from parindex.scale.stability.ranks import ranks_of
from parindex.scale.stability.shares import shares_of
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scoring.result import Result
from parindex.tables.stability import chance_text
from parindex.values.facts import Answers, Points, State
from parindex.values.language import language
from tests.support import area, call, same_as_golden, scheme

BANDS = [
    {
        "steps": [
            {"name": "A", "from": "80"},
            {"name": "B", "from": "50"},
            {"name": "C", "from": "0"},
        ]
    }
]
THREE = scheme(criteria=[area("1", "2"), area("2", "3"), area("3", "5")], bands=BANDS)
FILE = "examples/departments-areas-2024.csv"
ASKED = (FILE, "--scheme", "examples/schemes/departments-2024.yaml", "--top", "3")
EVERY: dict[str, Any] = {"rounding": True, "leave_out": "area", "draws": 600}


def unit(name: str, *points: str, **fields: Any) -> Scorecard:
    """A unit with the points of its areas, as text; a state where it is no number."""
    scores = {}
    for number, each in enumerate(points, 1):
        is_state = each in ("unknown", "not_applicable", "no_evidence")
        fact = State(each) if is_state else Points(Decimal(each))  # type: ignore[arg-type]
        scores[str(number)] = Entry(fact)
    return Scorecard(name, 2024, scores, **fields)


def results(*cards: Scorecard, of: Scheme = THREE) -> list[Result]:
    """The results of units under one scheme."""
    return parindex.score(cards, of)


def only(cards: Sequence[Result], **choices: Any) -> Stability:
    """The one group."""
    [found] = parindex.stability(cards, **choices)
    return found


MANY = results(
    unit("A", "1.9", "2.4", "4.1"),
    unit("B", "1.2", "2.9", "4.2"),
    unit("C", "1.5", "2.1", "4.4"),
    unit("D", "1.0", "2.0", "4.9"),
    unit("E", "0.4", "1.1", "2.0"),
)
TENTHS = st.integers(0, 20).map(lambda n: f"{n / 10:.1f}")
CARDS = st.lists(st.tuples(TENTHS, TENTHS, TENTHS), min_size=1, max_size=6)


class TestNothingMoves:
    """Without noise every draw gives the ranks and bands of today, ties included; chances are 0 or 1."""

    @given(CARDS, st.sampled_from(["competition", "dense", "ordinal"]))
    def test_present_ranks(self, points: list[tuple[str, str, str]], ties: Ties) -> None:
        cards = [unit(f"U{number}", *each) for number, each in enumerate(points)]
        found = only(results(*cards), weights=0, draws=3, ties=ties, top=2)
        [ranking] = parindex.rank(results(*cards), ties)
        assert found.ranking == ranking
        for each in found.units:
            spread, rank = each.together, each.place.rank
            assert (spread.median, spread.low, spread.high, spread.shift) == (rank, rank, rank, 0)
            assert spread.top == (rank <= 2)
            assert spread.bands == {each.place.entrant.band: 1}

    @given(CARDS)
    def test_full_points_keep_the_bounds(self, points: list[tuple[str, str, str]]) -> None:
        """Whoever has all points has them with any weights, and so has whoever has none."""
        full, nothing = unit("full", "2", "3", "5"), unit("nothing", "0", "0", "0")
        cards = [unit(f"U{number}", *each) for number, each in enumerate(points)]
        found = only(results(full, *cards, nothing), draws=50)
        by_name = {each.place.entrant.unit: each.together for each in found.units}
        assert (by_name["full"].high, by_name["full"].bands) == (1, {"A": 1})
        assert by_name["nothing"].bands == {"C": 1}

    def test_equals_in_another_way(self) -> None:
        """3 + 4.1 and 4.1 + 3 are equal today, and stay so where nothing moves."""
        found = only(results(unit("A", "0.1", "0.2", "3"), unit("B", "0.2", "0.1", "3")), weights=0)
        assert [each.together.median for each in found.units] == [1, 1]


class TestDraws:
    """The same seed gives the same; who is alike has the same chances; more noise, more movement."""

    def test_seed(self) -> None:
        one, again = only(MANY, **EVERY), only(MANY, **EVERY)
        assert one.units == again.units
        assert only(MANY, seed=2, **EVERY).units != one.units

    def test_a_source_alone_draws_the_same(self) -> None:
        """Whatever else is drawn: each has a generator of its own."""
        both, weights = only(MANY, **EVERY), only(MANY, draws=600)
        alone = [each.alone["weights"] for each in both.units]
        assert alone == [each.together for each in weights.units]

    def test_twins(self) -> None:
        twins = [unit(name, "1.5", "2.5", "3.5") for name in ("A", "B")]
        found = only(results(*twins, unit("C", "1", "1", "1")), draws=500)
        one, other, last = (each.together for each in found.units)
        assert one == other
        assert (one.median, last.median) == (1, 3)

    def test_twins_that_are_rounded(self) -> None:
        """Alike they are first as often, within five standard errors."""
        twins = [unit(name, "1.5", "2.5", "3.5") for name in ("A", "B")]
        found = only(results(*twins), weights=0, rounding=True, top=1)
        first = [each.together.top for each in found.units]
        assert sum(first) == 1
        assert abs(first[0] - Fraction(1, 2)) < Fraction(25, 1000)

    def test_who_is_better_in_all_stays_so(self) -> None:
        better = unit("A", "1.6", "2.6", "3.6"), unit("B", "1.5", "2.5", "3.5")
        found = only(results(*better), weights=100, leave_out="area")
        assert [each.together.high for each in found.units] == [1, 2]

    def test_wider_weights_move_more(self) -> None:
        shifts = [only(MANY, weights=each).shift for each in (1, 10, 50)]
        assert shifts == sorted(shifts)
        assert shifts[0] < shifts[-1]

    @pytest.mark.parametrize("ties", ["competition", "dense", "ordinal"])
    def test_shares_of_the_draws(self, ties: Ties) -> None:
        found = only(MANY, ties=ties, **EVERY)
        for each in found.units:
            for spread in (each.together, *each.alone.values()):
                assert sum(spread.bands.values()) == 1
                assert spread.low <= spread.median <= spread.high


class TestRounding:
    """Points lie within half a unit of the digits of their column, and within 0…maximum."""

    def test_the_digits_of_the_column(self) -> None:
        """1 beside 1.25 is 1.00: half a unit of a whole point would move it."""
        cards = results(unit("A", "1", "2", "4"), unit("B", "1.25", "1.74", "3.91"))
        assert only(cards, weights=0, rounding=True).shift == 0
        whole = results(unit("A", "1", "2", "4"), unit("B", "1", "2", "3"))
        assert only(whole, weights=0, rounding=True).shift > 0

    def test_bounds(self) -> None:
        """Full points can only be fewer: half of the draws of (9.5, 10] are above 9.75."""
        full = scheme(
            criteria=[area("1", "10")], bands=[{"steps": [{"name": "A", "from": "97.5"}]}]
        )
        found = only(results(unit("A", "10"), of=full), weights=0, rounding=True)
        chance = found.units[0].together.bands["A"]
        assert abs(chance - Fraction(1, 2)) < Fraction(25, 1000)

    def test_a_total(self) -> None:
        """8.00 of 10 is from 79.95 to 80.05 %, and from 79.995 % on it is printed as the band's edge."""
        card = Scorecard("A", 2024, total=Decimal("8.00"))
        found = only(results(card), weights=0, rounding=True)
        assert found.figures == {"rounding": 1}
        chance = found.units[0].together.bands["A"]
        assert abs(chance - Fraction(55, 100)) < Fraction(25, 1000)

    def test_quotients_are_exact(self) -> None:
        card = Scorecard("A", 2024, {str(n): Entry(Points(Fraction(n, 3))) for n in (1, 2, 3)})
        assert only(results(card), weights=0, rounding=True).left == {
            "rounding": "no points are given as numbers"
        }


class TestSurvey:
    """Answers are drawn again, with the error that so many answers have."""

    RULE: dict[str, Any] = {"kind": "survey", "weights": {"yes": "100%", "no": "0%"}}  # noqa: RUF012

    def _chance(self, fact: Points | Answers, **choices: Any) -> Fraction:
        bands = [{"steps": [{"name": "A", "from": "55"}]}]
        of = scheme(criteria=[area("1", "10", rule=self.RULE)], bands=bands)
        card = Scorecard("A", 2024, {"1": Entry(fact)})
        found = only(results(card, of=of), weights=0, **choices)
        return found.units[0].together.bands.get("A", Fraction(0))

    def test_counts(self) -> None:
        """Of 100 answers at 50 % at least 54.995 % with the binomial's chance: 18.4 %."""
        chance = self._chance(Answers({"yes": 50, "no": 50}), survey="counts")
        assert abs(chance - Fraction(184, 1000)) < Fraction(2, 100)

    def test_points_of_a_survey(self) -> None:
        """A standard error of 5 % puts 54.995 % one of them away: 15.9 %."""
        chance = self._chance(Points(Decimal(5)), survey=100)
        assert abs(chance - Fraction(159, 1000)) < Fraction(2, 100)

    def test_points_have_no_counts(self) -> None:
        assert self._chance(Points(Decimal(5)), survey="counts") == 0

    def test_everybody_said_yes(self) -> None:
        assert self._chance(Answers({"yes": 30}), survey="counts") == 1


class TestLeftOut:
    """Ranks without an area are those of the exact engine under a scheme that lacks it."""

    @given(CARDS, st.sampled_from(["1", "2", "3"]))
    def test_exact(self, points: list[tuple[str, str, str]], code: str) -> None:
        cards = [unit(f"U{number}", *each) for number, each in enumerate(points)]
        found = only(results(*cards), weights=0, leave_out="area", draws=2)
        rest = [each.model_dump(by_alias=True) for each in THREE.criteria if each.code != code]
        most = str(sum(Decimal(str(each["max"])) for each in rest))
        of = scheme(criteria=rest, max=most)
        fewer = [
            Scorecard(each.unit, 2024, {c: e for c, e in each.scores.items() if c != code})
            for each in cards
        ]
        [ranking] = parindex.rank(results(*fewer, of=of))
        expected = {place.entrant.unit: place.rank for place in ranking.places}
        assert {e.place.entrant.unit: e.without[code] for e in found.units} == expected

    def test_drawn_as_often(self) -> None:
        """None or one of three areas: an area is left out in a quarter of the draws."""
        cards = results(unit("A", "2", "3", "1"), unit("B", "0", "0", "4"))
        found = only(cards, weights=0, leave_out="area", top=1)
        wins = [code for code, rank in found.units[1].without.items() if rank == 1]
        chance = found.units[1].together.top
        assert abs(chance - Fraction(len(wins), 4)) < Fraction(25, 1000)

    def test_nothing_would_be_left(self) -> None:
        one = unit("A", "1", "not_applicable", "not_applicable")
        found = only(results(one, unit("B", "1", "1", "1")), leave_out="area")
        assert "leave-out" in found.left
        [rank] = [e.without["1"] for e in found.units if e.place.entrant.unit == "A"]
        assert rank is None


class TestShares:
    """Sobol shares of outputs whose shares are known in closed form."""

    @staticmethod
    def _drawn(rows: int, output: Any) -> dict[Any, list[Any]]:
        random = np.random.default_rng(5)
        one, other = random.random((2, rows, 3)) * 2 - 1
        mixed = {}
        for at, source in enumerate(("weights", "rounding", "survey")):
            changed = one.copy()
            changed[:, at] = other[:, at]
            mixed[source] = output(changed)[:, np.newaxis]
        return shares_of(output(one)[:, np.newaxis], output(other)[:, np.newaxis], mixed)  # type: ignore[arg-type]

    def test_additive(self) -> None:
        """Of x + 2 y + 3 z: 1, 4 and 9 of 14, and the total is the first order."""
        found = self._drawn(20_000, lambda x: x @ np.array([1, 2, 3]))
        for source, part in (("weights", 1), ("rounding", 4), ("survey", 9)):
            [share] = found[source]
            for told, error in ((share.first, share.first_error), (share.total, share.total_error)):
                assert abs(float(told) - part / 14) < 5 * float(error) + 0.001
                assert float(error) < 0.02

    def test_product(self) -> None:
        """Of x × y nothing comes from either alone, and all from each with the other."""
        found = self._drawn(20_000, lambda x: x[:, 0] * x[:, 1])
        for source, total in (("weights", 1), ("rounding", 1), ("survey", 0)):
            [share] = found[source]
            assert abs(float(share.first)) < 5 * float(share.first_error) + 0.001
            assert abs(float(share.total) - total) < 5 * float(share.total_error) + 0.001

    def test_nothing_varies(self) -> None:
        found = self._drawn(100, lambda x: x[:, 0] * 0)
        assert {share.first for [share] in found.values()} == {None}

    def test_of_ranks(self) -> None:
        found = only(MANY, **EVERY)
        assert set(found.shares) == {"weights", "rounding", "leave-out"}
        assert found.base == 120
        assert only(MANY).shares == {}


class TestRanks:
    """Ranks of figures as the exact ranking gives them."""

    FIGURES = np.array([[3, 5, 5, 1, 0], [2, 2, 2, 2, 2], [1, 2, 3, 4, 5]]) / 1

    @pytest.mark.parametrize(
        ("ties", "expected"),
        [
            ("competition", [[3, 1, 1, 4, 5], [1, 1, 1, 1, 1], [5, 4, 3, 2, 1]]),
            ("dense", [[2, 1, 1, 3, 4], [1, 1, 1, 1, 1], [5, 4, 3, 2, 1]]),
            ("ordinal", [[3, 1, 2, 4, 5], [1, 2, 3, 4, 5], [5, 4, 3, 2, 1]]),
        ],
    )
    def test_ties(self, ties: Ties, expected: list[list[int]]) -> None:
        assert ranks_of(self.FIGURES, ties).tolist() == expected


class TestApart:
    """What cannot be drawn is told, and what is not known is listed and not drawn."""

    def test_unknown(self) -> None:
        found = only(results(unit("A", "1", "1", "1"), unit("B", "1", "unknown", "1")))
        assert [each.place.entrant.unit for each in found.units] == ["A"]
        assert [each.unit for each in found.ranking.unknown] == ["B"]

    def test_nobody_is_known(self) -> None:
        found = only(results(unit("B", "1", "unknown", "1")), **EVERY)
        assert (found.units, found.sources) == ((), ())

    def test_totals_have_no_areas(self) -> None:
        cards = results(unit("A", "1", "1", "1"), Scorecard("B", 2024, total=Decimal(5)))
        found = only(cards, **EVERY)
        assert (set(found.left), found.sources) == ({"weights", "leave-out"}, ("rounding",))

    def test_maxima_that_nobody_knows(self) -> None:
        of = scheme(criteria=[area("1", None), area("2", None)], max=None)
        found = only(results(unit("A", "1", "1"), unit("B", "2", "0.5"), of=of), leave_out="area")
        assert (found.ranking.by, set(found.left), found.sources) == (
            "points",
            {"weights"},
            ("leave-out",),
        )

    def test_bonus_and_penalty_do_not_weigh(self) -> None:
        block = {"id": "bonus", "kind": "bonus", "items": [area("T1", "1")]}
        of = scheme(criteria=[area("1", "4"), area("2", "6")], adjustments=[block], bands=BANDS)
        full = Scorecard(
            "A", 2024, {c: Entry(Points(Decimal(p))) for c, p in (("1", 4), ("2", 6), ("T1", 1))}
        )
        found = only(results(full, of=of), **EVERY)
        assert found.units[0].together.bands == {"A": 1}

    def test_scorecards(self) -> None:
        """They are scored as `score` does."""
        cards = parindex.read_scorecards("examples/provinces-2018.csv")
        assert parindex.stability(cards, draws=10)[0].units[0].place.entrant.unit == "Quảng Ninh"


class TestRefused:
    """Numbers out of bounds, words that are no choice, and work without end."""

    @pytest.mark.parametrize(
        "choices",
        [
            {"draws": 0},
            {"draws": MOST_DRAWS + 1},
            {"seed": -1},
            {"weights": 101},
            {"weights": Decimal("NaN")},
            {"weights": Decimal(-1)},
            {"survey": 0},
            {"survey": "n=500"},
            {"leave_out": "leaf"},
            {"top": 0},
            {"ties": "none"},
        ],
        ids=str,
    )
    def test_value(self, choices: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=f"^{next(iter(choices))}: expected "):
            parindex.stability(MANY, **choices)

    @pytest.mark.parametrize(
        "choices", [{"draws": 1.5}, {"weights": 0.1}, {"rounding": 1}, {"seed": True}], ids=str
    )
    def test_type(self, choices: dict[str, Any]) -> None:
        with pytest.raises(TypeError, match=f"^{next(iter(choices))}: expected "):
            parindex.stability(MANY, **choices)

    def test_too_much(self) -> None:
        many = results(*(unit(f"U{number}", "1", "1", "1") for number in range(1001)))
        with pytest.raises(ValueError, match=r"^draws: expected at most "):
            parindex.stability(many, draws=MOST_DRAWS)

    @pytest.mark.parametrize(
        "option",
        [
            ("--draws", "0"),
            ("--seed", "-1"),
            ("--weights", "101%"),
            ("--weights", "x"),
            ("--weights", "10%%"),
            ("--survey", "500"),
            ("--survey", "n=0"),
            ("--leave-out", "leaf"),
            ("--top", "0"),
            ("-o", "x.pdf"),
            ("-o", "x.txt.bak"),
        ],
        ids=" ".join,
    )
    def test_options(self, option: tuple[str, str]) -> None:
        ran = call("stability", *ASKED, *option)
        assert (ran.code, ran.out) == (2, "")
        assert option[0] in ran.err

    def test_a_picture_of_two_groups(self, tmp_path: Path) -> None:
        files = ("examples/provinces-2018.csv", "seeds/lang-son-2016.yaml")
        ran = call("stability", *files, "-o", str(tmp_path / "x.svg"))
        assert (ran.code, "-o" in ran.err, [*tmp_path.iterdir()]) == (2, True, [])


class TestOutput:
    """The same figures in every form, and chances that never look like scores."""

    ALL = (*ASKED, "--rounding", "--leave-out", "area")

    def test_golden(self) -> None:
        assert same_as_golden("stability.txt", call("stability", *self.ALL).out)

    def test_json_and_csv_agree(self) -> None:
        told = json.loads(call("stability", *self.ALL, "-f", "json").out)
        assert (told["seed"], told["draws"], told["weights"]) == (1, 10_000, 10)
        [group] = told["groups"]
        text = call("stability", *self.ALL, "-f", "csv").out
        assert len(text.splitlines()) == 1 + len(group["ranked"]) * (1 + 3 + 8)
        first = group["ranked"][0]
        row = next(each for each in text.splitlines() if ",together," in each)
        assert (
            f",{first['rank']},{first['median']},{first['low']},{first['high']},{first['top']:.2f},"
            in row
        )

    @pytest.mark.parametrize(
        ("name", "start"),
        [("x.svg", b"<svg"), ("x.png", b"\x89PNG"), ("x.html", b"<!"), ("x.xlsx", b"PK")],
    )
    def test_files(self, name: str, start: bytes, tmp_path: Path) -> None:
        file = tmp_path / name
        assert call("stability", *ASKED, "--draws", "100", "-o", str(file)).code == 0
        assert file.read_bytes().startswith(start)

    @pytest.mark.parametrize(
        ("chance", "draws", "text"),
        [
            ("0", 10_000, "0 %"),
            ("1/10000", 10_000, "<1 %"),
            ("0.5", 10_000, "50 %"),
            ("0.996", 10_000, ">99 %"),
            ("9999/10000", 10_000, ">99 %"),
            ("1", 10_000, "100 %"),
            ("1/10000", 1_000_000, "<0.1 %"),
            ("0.1234", 1_000_000, "12.3 %"),
        ],
    )
    def test_rare_is_not_never(self, chance: str, draws: int, text: str) -> None:
        assert chance_text(Fraction(chance), Choices(draws), language("en")) == text

    def test_one_unit(self) -> None:
        ran = call(
            "stability", "examples/soc-trang-2018.yaml", "--draws", "10", "--leave-out", "area"
        )
        assert (ran.code, "Sóc Trăng" in ran.out) == (0, True)
