"""The service index of decision 766, leaf by leaf, against formulas worked out apart from the engine."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.api import load_scheme, rank, read_scorecards, score
from parindex.scheme.proof import prove
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Period
from parindex.scoring.result import Result
from parindex.values.facts import Answers, Fact, Figures, Ratio, Value
from parindex.values.language import language
from tests.support import ROOT, card
from tools.docs import read

SCHEME: Final = load_scheme("vn-766-service-index-2026")
GROUPS: Final = {"1": 18, "2": 20, "3": 12, "3b": 10, "4": 22, "5": 18}
PLAIN: Final = {  # points, target in hundredths, points without cases
    "1.1": (6, 100, 0),
    "1.2": (4, 100, 0),
    "1.3": (2, 100, 0),
    "2.1": (20, 100, 0),
    "3.1": (2, 80, 0),
    "3.2": (4, 100, 0),
    "3.5": (2, 80, 0),
    "3.5b": (2, 80, 0),
    "4.1": (6, 100, 0),
    "4.2": (4, 100, 0),
    "4.2b": (2, 100, 0),
    "4.3": (2, 80, 0),
    "4.4": (4, 100, 0),
    "4.5a": (2, 100, 0),
    "4.5b": (2, 100, 0),
    "5.2": (6, 100, 6),
    "5.3": (6, 100, 6),
}
"""Every leaf that takes a part and a whole, as the portal's scores were fitted."""
PERIODS: Final = {12: "12-31", 3: "03-31", 1: "01-31"}
"""The last day of a period that begins with the year, by its months."""

Counts = Mapping[str, tuple[int, int]]
MANY = st.integers(0, 10**7)


@st.composite
def part_of_whole(draw: st.DrawFn) -> tuple[int, int]:
    whole = draw(MANY)
    return draw(st.integers(0, whole)), whole


@st.composite
def handled(draw: st.DrawFn) -> tuple[int, int, int]:
    """Dossiers received, and of them late ones and ones that people complained about."""
    received = draw(MANY)
    late = draw(st.integers(0, received))
    return received, late, draw(st.integers(0, received - late))


@st.composite
def paid(draw: st.DrawFn) -> tuple[int, int, int]:
    """Dossiers of procedures with a fee, of them those without any, and those paid online."""
    with_fee = draw(MANY)
    free = draw(st.integers(0, with_fee))
    return with_fee, free, draw(st.integers(0, with_fee - free))


class Synchronised(NamedTuple):
    """Dossiers reported, in the portal, of the year before, and synchronised; months of the period."""

    reported: int
    portal: int
    last_year: int
    synced: int
    months: int

    @property
    def whole(self) -> Fraction:
        """The larger count; where both are 0, so much of last year's as the period is of a year."""
        return Fraction(max(self.reported, self.portal)) or Fraction(
            self.last_year * self.months, 12
        )

    @property
    def rate(self) -> Fraction:
        return Fraction(self.synced) / self.whole if self.whole else Fraction(0)


@st.composite
def synchronised(draw: st.DrawFn) -> Synchronised:
    reported, portal = draw(MANY), draw(MANY)
    if draw(st.booleans()):
        reported = portal = 0
    counts = Synchronised(reported, portal, draw(MANY), 0, draw(st.sampled_from([*PERIODS])))
    return counts._replace(synced=draw(st.integers(0, int(counts.whole))))


def in_proportion(maximum: int, part: int, whole: int, target: int, without: int) -> Fraction:
    """What the portal gives for a part of a whole, as 20 × on time ÷ received."""
    if whole == 0:
        return Fraction(without)
    return min(Fraction(maximum), Fraction(maximum * part * 100, whole * target))


def ratio(part: int, whole: int) -> Entry:
    return Entry(Ratio(Decimal(part), Decimal(whole)))


def figures(**counts: int) -> Entry:
    return Entry(Figures({name: Value(Decimal(count)) for name, count in counts.items()}))


def scored(entries: Mapping[str, Entry], **fields: Any) -> Result:
    return score(card(dict(entries), year=2026, **fields), SCHEME)


def points(code: str, fact: Fact) -> Fraction | None:
    return scored({code: Entry(fact)}).node(code).points


class TestPortal:
    """Every leaf, group and the whole are what the portal's formulas give, to the last digit."""

    @given(
        counts=st.fixed_dictionaries({code: part_of_whole() for code in PLAIN}),
        sync=synchronised(),
        online=part_of_whole(),
        payment=paid(),
        dossiers=handled(),
    )
    def test_points(
        self,
        counts: Counts,
        sync: Synchronised,
        online: tuple[int, int],
        payment: tuple[int, int, int],
        dossiers: tuple[int, int, int],
    ) -> None:
        expected = {
            code: in_proportion(maximum, *counts[code], target, without)
            for code, (maximum, target, without) in PLAIN.items()
        }
        expected["1.4"] = 6 * sync.rate
        share = Fraction(*online) if online[1] else Fraction(0)
        expected["3.3"] = min(Fraction(6), 6 * share * sync.rate / Fraction(1, 2))
        with_fee, free, paid_ = payment
        expected["3.6"] = in_proportion(6, paid_, with_fee - free, 100, 0)
        received, late, complained = dossiers
        expected["5.4"] = in_proportion(6, received - late - complained, received, 90, 0)

        entries = {code: ratio(*pair) for code, pair in counts.items()}
        entries["1.4"] = figures(
            synced=sync.synced,
            reported=sync.reported,
            portal=sync.portal,
            last_year=sync.last_year,
        )
        entries["3.3"] = ratio(*online)
        entries["3.6"] = figures(paid=paid_, with_fee=with_fee, free=free)
        entries["5.4"] = figures(received=received, late=late, complained=complained)
        last = date.fromisoformat(f"2026-{PERIODS[sync.months]}")
        result = scored(entries, period=Period(date(2026, 1, 1), last))

        assert {code: result.node(code).points for code in expected} == expected
        for group in GROUPS:
            inside = [leaf.code for leaf in SCHEME.by_code[group].leaves() if leaf.max]
            assert result.node(group).points == sum(expected[code] for code in inside)
        total = sum(expected.values())
        assert result.total.points == total
        cents = total * 100
        rounded = (cents.numerator * 2 + cents.denominator) // (2 * cents.denominator)
        assert result.index == Decimal(rounded).scaleb(-2)

    @given(a=part_of_whole(), b=part_of_whole(), c=part_of_whole())
    def test_payment(self, a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> None:
        """The group as it was fitted: 6·A + min(2; 2.5·B) + 2.5·C.

        The fit has no cap on the last term, as no rate over 80 % was seen; the
        document has, and so the scheme: beyond, the fit would pass 10 points.
        """
        rates = [Fraction(*pair) if pair[1] else Fraction(0) for pair in (a, b, c)]
        capped = min(Fraction(2), Fraction(5, 2) * rates[2])
        fitted = 6 * rates[0] + min(Fraction(2), Fraction(5, 2) * rates[1]) + capped
        result = scored({"3.6": ratio(*a), "3.5": ratio(*b), "3.5b": ratio(*c)})
        assert result.node("3b").points == fitted <= 10

    def test_the_rate_of_one_leaf_in_another(self) -> None:
        """3.3 is its rate times that of 1.4: unknown as long as 1.4 is, and half of it at 50 %."""
        half = figures(synced=50, reported=100, portal=80)
        assert scored({"3.3": ratio(40, 100)}).node("3.3").points is None
        assert scored({"3.3": ratio(40, 100), "1.4": half}).node("3.3").points == Fraction("2.4")


class TestTree:
    """Six groups, 21 leaves with points and two that are only shown; 100 in all."""

    def test_sums(self) -> None:
        assert {area.code: area.max for area in SCHEME.criteria} == GROUPS
        leaves = [leaf for leaf in SCHEME.leaves if leaf.max]
        assert (len(leaves), sum(leaf.max or 0 for leaf in leaves)) == (21, 100)
        watched = [leaf.code for leaf in SCHEME.leaves if not leaf.max]
        assert watched == ["2.2", "5.1"]

    def test_every_name_is_in_both_languages(self) -> None:
        assert all(criterion.name.en for _, criterion in SCHEME.walk())

    def test_doubts_are_told(self) -> None:
        by_code = SCHEME.by_code
        assert {by_code[code].confidence for code in ("3.1", "3.2", "3.3")} == {"likely"}
        assert by_code["4.4"].confidence == "weak"
        assert "80 %" in (by_code["4.2"].note or "")
        assert "shared equally" in (by_code["5.3"].note or "")

    def test_the_older_fragment_stays_and_its_maxima_agree(self) -> None:
        older = load_scheme("vn-766-service-index")
        same = [code for code in older.by_code if code in SCHEME.by_code and code not in GROUPS]
        maxima = [(older.by_code[code].max, SCHEME.by_code[code].max) for code in same]
        assert len(maxima) == 20
        assert all(old in (None, new) for old, new in maxima)


class TestMistakes:
    """Where tools in use went wrong with these rules."""

    @pytest.mark.parametrize(("code", "target", "maximum"), [("3.1", 80, 2), ("5.4", 90, 6)])
    def test_below_the_target_is_a_proportion_and_no_constant(
        self, code: str, target: int, maximum: int
    ) -> None:
        """A rate of 0 gives 0 points, not the 80 % of them that a portal gave."""
        for percent in (0, 1, target - 1, target, 100):
            fact = Value(Decimal(percent), is_percent=True)
            expected = Fraction(maximum * min(percent, target), target)
            assert points(code, fact) == expected

    def test_what_is_late_and_complained_about_is_taken_off_twice(self) -> None:
        """5.4 adds two rates up: 10 % late and 5 % complained about leave 85 %."""
        counts = {"received": 100, "late": 10, "complained": 5}
        entry = figures(**counts)
        assert scored({"5.4": entry}).node("5.4").points == Fraction(6 * 85, 90)
        told = SCHEME.by_code["5.4"].scored_by.working(entry.fact, Fraction(6), language("en"))
        assert told == "(100 − 10 − 5) ÷ 100 = 85.00 % ÷ 90 % × 6 ≈ 5.6667"

    def test_computed_and_not_printed_at_digitisation(self) -> None:
        assert points("4.2", Value(Decimal(80), is_percent=True)) == Fraction("3.2")


class TestCommune:
    """A commune has full points where the scope is the province."""

    def test_full_points(self) -> None:
        result = scored({"4.1": ratio(1, 2)}, profile="commune", level="commune")
        assert [result.node(code).points for code in ("4.5a", "4.5b")] == [2, 2]
        assert result.node("4").points == 3 + 4
        assert result.total.applicable_max == 100

    def test_other_bodies_report_them(self) -> None:
        assert scored({}).node("4.5a").points is None


class TestRanks:
    """Bodies are ranked in their own group, and equals share a rank."""

    def test_each_group_apart(self) -> None:
        cards = read_scorecards(ROOT / "examples" / "service-index-2026.yaml")
        rankings = rank([score(each, SCHEME) for each in cards])
        assert {ranking.group.group for ranking in rankings} == {each.group for each in cards}

    def test_equals_share_a_rank(self) -> None:
        """A rank that is the place in the list plus one would tell the two apart."""
        full = {leaf.code: ratio(1, 1) for leaf in SCHEME.leaves if leaf.max}
        late = {**full, "2.1": ratio(9, 10)}
        cards = {"a": late, "b": full, "c": full}
        [ranking] = rank(score(card(x, year=2026, unit=u), SCHEME) for u, x in cards.items())
        assert [(each.rank, each.entrant.unit) for each in ranking.places] == [
            (1, "b"),
            (1, "c"),
            (3, "a"),
        ]


class TestCircular:
    """The nine indices of circular 01/2018: 18 points, each option in both languages."""

    CIRCULAR = load_scheme("vn-tt01-2018-vpcp")

    def test_nine_of_two(self) -> None:
        assert [leaf.max for leaf in self.CIRCULAR.leaves] == [2] * 9
        assert self.CIRCULAR.max == 18
        assert all(leaf.guidance and leaf.name.en for leaf in self.CIRCULAR.leaves)

    @given(counts=st.lists(MANY, min_size=3, max_size=3).filter(any))
    def test_mean_of_dossiers(self, counts: list[int]) -> None:
        """(2 a + b) ÷ (a + b + c), half up to one decimal: article 15."""
        names = ("shorter", "equal", "longer")
        entry = Entry(Answers(dict(zip(names, counts, strict=True))))
        got = score(card({"1": entry}, year=2024), self.CIRCULAR).node("1").points
        tenths = Fraction(2 * counts[0] + counts[1], sum(counts)) * 10
        assert got == Fraction((tenths + Fraction(1, 2)).__floor__(), 10)

    def test_the_example(self) -> None:
        [filled] = read_scorecards(ROOT / "examples" / "tt01-2018.yaml")
        result = score(filled, self.CIRCULAR)
        assert (result.total.points, result.band) == (Fraction("13.7"), "Tốt")


class TestPrintedContradiction:
    """Maxima that do not add up are refused; the catalog keeps what is printed in a note."""

    def test_a_total_that_the_areas_do_not_make(self) -> None:
        file = ROOT / "parindex/scheme/catalog/schemes/vn-district-divisions-2019.yaml"
        tree = read(file.read_text(encoding="utf-8"))
        tree["criteria"][4]["max"] = "10.05"
        told = {each.code: each.parameters for each in prove(Scheme.model_validate(tree))}
        assert told == {"P302": {"found": "99.55", "expected": "100"}}

    def test_neither_figure_is_given(self) -> None:
        scheme = load_scheme("vn-district-divisions-2019")
        assert (scheme.max, scheme.by_code["5"].max) == (100, None)
        assert "10.05" in (scheme.by_code["5"].note or "")
