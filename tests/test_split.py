"""The split of a change: what the unit made and what the maxima made, and nothing left over."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from parindex.analysis.change_decomposition import Split, split, split_whole
from parindex.analysis.comparison import Pair, compare_criteria
from parindex.analysis.unit_figures import UnitFigures
from tests.support import area, scheme

MAXIMA = st.fractions(Fraction(1, 4), 40, max_denominator=12)
SHARES = st.fractions(0, 1, max_denominator=30)
AREAS = st.lists(st.tuples(MAXIMA, SHARES, MAXIMA, SHARES), min_size=1, max_size=6)


def standing(points: object, most: object, code: str = "", year: int = 2017) -> UnitFigures:
    """A unit, or with a code a criterion of it."""
    figures = [None if each is None else Fraction(str(each)) for each in (points, most)]
    share = 100 * figures[0] / figures[1] if figures[0] is not None and figures[1] else None
    return UnitFigures("X", year, code=code, points=figures[0], max=figures[1], percent=share)


class TestSplit:
    """Δ(w·s) = w̄·Δs + s̄·Δw: the parts add up to the change, exactly, whatever the figures."""

    @given(AREAS)
    def test_the_parts_add_up(
        self, areas: list[tuple[Fraction, Fraction, Fraction, Fraction]]
    ) -> None:
        one = standing(sum(m * s for m, s, _, _ in areas), sum(m for m, _, _, _ in areas))
        other = standing(sum(m * s for _, _, m, s in areas), sum(m for _, _, m, _ in areas))
        parts = [
            split(standing(m * s, m, "a"), standing(n * t, n, "a"), one, other)
            for m, s, n, t in areas
        ]
        whole = split_whole(Pair(one, other).change, parts)
        assert whole is not None
        assert whole.rest == 0
        assert whole.unit + whole.maxima == Pair(one, other).change
        for part, (m, s, n, t) in zip(parts, areas, strict=True):
            assert one.max is not None
            assert other.max is not None
            assert part is not None
            assert part.change == 100 * (n * t / other.max - m * s / one.max)

    @given(MAXIMA, SHARES, MAXIMA, SHARES)
    def test_backwards_it_is_the_same_with_the_other_sign(
        self, m: Fraction, s: Fraction, n: Fraction, t: Fraction
    ) -> None:
        whole = standing(50, 100)
        there = split(standing(m * s, m), standing(n * t, n), whole, whole)
        back = split(standing(n * t, n), standing(m * s, m), whole, whole)
        assert there is not None
        assert back == Split(-there.unit, -there.maxima)

    def test_by_hand(self) -> None:
        """9 of 10 became 12 of 16, of 100 each: 10·… the share fell, the weight rose."""
        whole = standing(0, 100)
        part = split(standing(9, 10), standing(12, 16), whole, whole)
        # w̄ = 0.13, Δs = −0.15; s̄ = 0.825, Δw = 0.06
        assert part == Split(Fraction("-1.95"), Fraction("4.95"))

    def test_one_maximum_leaves_all_to_the_unit(self) -> None:
        whole = standing(0, 100)
        assert split(standing(9, 10), standing(7, 10), whole, whole) == Split(
            Fraction(-2), Fraction(0)
        )

    def test_what_is_unknown_is_not_split(self) -> None:
        whole = standing(0, 100)
        known = standing(9, 10)
        for other, of in ((standing(None, 10), whole), (standing(9, None), whole), (known, standing(0, None))):  # fmt: skip
            assert split(known, other, whole, of) is None
        assert split_whole(Fraction(3), [None]) is None
        assert split_whole(None, [Split(Fraction(1), Fraction(0))]) is None


class TestCriteria:
    """Criteria of two schemes are the same by their names from the area down, never by number."""

    OLD = scheme(id="old", criteria=[area("1", "4"), area("2", "6", area("2.1", "6"))])
    # The areas changed places and numbers: what was area 2 is area 1.
    NEW = scheme(
        id="new",
        criteria=[
            {**area("1", "6", {**area("1.1", "6"), "name": {"vi": "Tiêu chí 2.1"}}),
             "name": {"vi": "Tiêu chí 2"}},
            {**area("2", "4"), "name": {"vi": "Khác"}},
        ],
    )  # fmt: skip

    def pairs(self, *, same: bool) -> list[tuple[str | None, str | None, bool]]:
        """Codes of both sides, and whether they are comparable."""
        one = [standing(1, 4, code) for code in ("1", "2", "2.1")]
        other = [standing(1, 4, code, 2018) for code in ("1", "2")]
        whole = Pair(standing(2, 10), standing(2, 10, year=2018))
        schemes = (self.OLD, self.OLD if same else self.NEW)
        return [
            (
                p.before.code if p.before else None,
                p.after.code if p.after else None,
                p.comparable,
            )
            for p in compare_criteria(one, other, schemes, whole)
        ]

    def test_one_scheme(self) -> None:
        assert self.pairs(same=True) == [("1", "1", True), ("2", "2", True), ("2.1", "2.1", True)]

    def test_two_schemes(self) -> None:
        assert self.pairs(same=False) == [
            ("2", "1", True),
            ("2.1", "1.1", True),  # it is there, but nobody scored it
            (None, "2", False),
            ("1", None, False),
        ]

    def test_a_name_that_stands_twice_matches_nothing(self) -> None:
        twin = scheme(id="twin", criteria=[area("1", "4"), {**area("2", "6"), "name": {"vi": "Tiêu chí 1"}}])  # fmt: skip
        whole = Pair(standing(2, 10), standing(2, 10, year=2018))
        found = compare_criteria(
            [standing(1, 4, "1")], [standing(1, 4, "1", 2018)], (self.OLD, twin), whole
        )
        assert [pair.comparable for pair in found] == [False, False]

    def test_without_a_scheme_nothing_is_comparable(self) -> None:
        whole = Pair(standing(2, 10), standing(2, 10, year=2018))
        found = compare_criteria(
            [standing(1, 4, "1")], [standing(1, 4, "1", 2018)], (None, None), whole
        )
        assert [pair.comparable for pair in found] == [False, False]


class TestPoints:
    """Points are subtracted under one scheme and for one maximum only; percentages always."""

    def pair(self, scheme_: str | None, other: str | None, most: int) -> Pair:
        one = UnitFigures("X", 2017, scheme=scheme_, points=Fraction(5), max=Fraction(10), percent=Fraction(50))  # fmt: skip
        last = UnitFigures("X", 2018, scheme=other, points=Fraction(6), max=Fraction(most), percent=Fraction(600, most))  # fmt: skip
        return Pair(one, last)

    def test_points(self) -> None:
        assert self.pair("a", "a", 10).points == 1
        assert [self.pair(*each).points for each in (("a", "a", 12), ("a", "b", 10), (None, None, 10))] == [None] * 3  # fmt: skip

    def test_percent(self) -> None:
        assert self.pair("a", "b", 12).change == 0
